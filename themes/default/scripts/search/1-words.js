// The words of a text, cut out and folded as `src/token` does it. `TABLES.words` holds the program's
// classes of signs, as they stand between the brackets of a regular expression.

const LETTER = /[\p{Alphabetic}\p{N}\p{M}]/u;
const ALPHABETIC = /\p{Alphabetic}/u;
const MARK = /\p{M}/u;
const signsOf = (name, flags = "u") => new RegExp(`[${TABLES.words[name]}]`, flags);
const WITHOUT_SPACES = signsOf("withoutSpaces");
const INVISIBLE = signsOf("invisible");
const APOSTROPHE = signsOf("apostrophes");
const HYPHEN = signsOf("hyphens");
const CYRILLIC = signsOf("cyrillic");
const STACKS_NEXT = signsOf("stacksNext");
const DROPPED = signsOf("dropped", "gu");
const ZERO_WIDTH_SPACE = "\u200b";
const { articles: ARTICLES, longestWord: LONGEST_WORD, neverCut: NEVER_CUT } = TABLES.words;
const LETTERS = { ...TABLES.words.letters };
for (const zero of TABLES.words.zeros) {
  for (let digit = 0; digit < 10; digit++) LETTERS[String.fromCodePoint(zero + digit)] = `${digit}`;
}

const classes = new Map();
// The class of a sign: "w" goes on with a word, "r" with a run without spaces, "i" is invisible and goes
// on with either; "" ends both.
function classOf(sign) {
  let known = classes.get(sign);
  if (known === undefined) {
    if (sign.codePointAt(0) < 128) known = /[A-Za-z0-9]/.test(sign) ? "w" : "";
    else if (INVISIBLE.test(sign)) known = "i";
    else if (!LETTER.test(sign)) known = "";
    else known = WITHOUT_SPACES.test(sign) ? "r" : "w";
    classes.set(sign, known);
  }
  return known;
}

const signAt = (text, at) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "");
const isLetter = (sign) => sign !== "" && LETTER.test(sign);
const isWordAt = (text, at) => at < text.length && classOf(signAt(text, at)) === "w";
function signBefore(text, at) {
  if (at <= 0) return "";
  const isPair = at > 1 && /[\udc00-\udfff]/.test(text[at - 1]);
  return signAt(text, at - (isPair ? 2 : 1));
}

// The end of the word that `at` stands in. Between Cyrillic letters an apostrophe is a letter.
function endOfWord(text, at) {
  for (;;) {
    const sign = signAt(text, at);
    if (sign === "") return at;
    const found = classOf(sign);
    const joins = found === "w" || (found === "i" && sign !== ZERO_WIDTH_SPACE) ||
      (APOSTROPHE.test(sign) && CYRILLIC.test(signAt(text, at + 1)) && CYRILLIC.test(signBefore(text, at)));
    if (!joins) return at;
    at += sign.length;
  }
}

// The end of initials: `U.S.A.` is one word.
function endOfInitials(text, start, end) {
  const letter = signAt(text, start);
  if (start + letter.length !== end || !ALPHABETIC.test(letter)) return end;
  for (;;) {
    const next = text[end] === "." ? signAt(text, end + 1) : "";
    const after = end + 1 + next.length;
    if (!ALPHABETIC.test(next) || classOf(next) !== "w" || isWordAt(text, after)) return end;
    end = after;
  }
}

// Says whether a word is only the part of another that an apostrophe cuts off: `l'`, `'s`.
function isScrap(text, start, end) {
  if ([...text.slice(start, end)].length > 2) return false;
  return (APOSTROPHE.test(signBefore(text, start)) && isLetter(signBefore(text, start - 1))) ||
    (APOSTROPHE.test(signAt(text, end)) && isLetter(signAt(text, end + 1)));
}

// The pieces of a text: kind ("w" word, "j" words joined by hyphens, "r" run without spaces), start, end.
function segment(text) {
  const pieces = [];
  let at = 0;
  let joinedFrom = -1;
  while (at < text.length) {
    const sign = signAt(text, at);
    const start = at;
    const found = classOf(sign);
    if (found === "r") {
      while (at < text.length && /[ri]/.test(classOf(signAt(text, at)))) at += signAt(text, at).length;
      pieces.push(["r", start, at]);
    } else if (found === "w") {
      at = endOfInitials(text, start, endOfWord(text, at));
      if (!isScrap(text, start, at)) pieces.push(["w", start, at]);
      const hyphen = HYPHEN.test(text[at] ?? "") && isWordAt(text, at + 1);
      if (joinedFrom < 0 && hyphen) joinedFrom = start;
      else if (joinedFrom >= 0 && !hyphen) {
        if (ALPHABETIC.test(text.slice(joinedFrom, at))) pieces.push(["j", joinedFrom, at]);
        joinedFrom = -1;
      }
      if (hyphen) at += 1;
    } else at += sign.length;
  }
  return pieces;
}

// Folds a run without spaces, of any length: small letters, no accents, one form of each letter.
function foldRun(text) {
  if (/^[A-Za-z0-9]*$/.test(text)) return text.toLowerCase();
  let folded = "";
  for (const sign of text.normalize("NFKD").toLowerCase().replace(DROPPED, "")) folded += LETTERS[sign] ?? sign;
  return folded.normalize("NFC");
}

// Folds a word: as a run, up to a length, and without the Arabic article.
function fold(word) {
  const folded = foldRun(word);
  return withoutArticles(folded.length > LONGEST_WORD ? [...folded].slice(0, LONGEST_WORD).join("") : folded);
}

function withoutArticles(word) {
  for (;;) {
    const [article, least] = ARTICLES.find(([start]) => word.startsWith(start)) ?? ["", Infinity];
    const rest = word.slice(article.length);
    if ([...rest].length < least || word === NEVER_CUT) return word;
    word = rest;
  }
}

// The signs of a run, each with its marks and what stands below it.
function signsIn(run) {
  const list = [];
  let stacks = false;
  for (const sign of run) {
    if (list.length && (stacks || MARK.test(sign))) list[list.length - 1] += sign;
    else list.push(sign);
    stacks = STACKS_NEXT.test(sign);
  }
  return list;
}

// The pairs of neighbouring signs of a run, which stand for its words.
function pairsIn(run) {
  const list = signsIn(run);
  return list.length < 2 ? list : list.slice(1).map((sign, at) => list[at] + sign);
}

// The words of a text, folded: { word, start, end, isPair, joined }. `joined` is where the words joined by
// hyphens stand of which this is the last.
function wordsOf(text) {
  const words = [];
  for (const [kind, start, end] of segment(text)) {
    const written = text.slice(start, end);
    if (kind === "w") words.push({ word: fold(written), start, end, isPair: false });
    else if (kind === "r") {
      for (const word of pairsIn(foldRun(written))) words.push({ word, start, end, isPair: true });
    } else if (words.length) words[words.length - 1].joined = [start, end];
  }
  return words.filter(({ word }) => word !== "");
}

const foldedWords = (text) => wordsOf(text).map(({ word }) => word);
