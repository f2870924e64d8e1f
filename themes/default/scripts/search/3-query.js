// What is asked for: the words of a query, and the stems that may be meant by each, as
// `src/search/query.rs` finds them. `NUMBERS` are declared in `src/search/numbers.rs`.

const { numbers: NUMBERS } = TABLES;
const { joint: JOINT } = TABLES.index;
const QUOTATION_MARK = new RegExp(`[${TABLES.quotationMarks}]`, "u");

const PARAGRAPH_SIGN = new RegExp(`[${TABLES.paragraphSigns}]\\s*$`, "u");
const isNumber = (word) => /^[0-9]+$/.test(word);

// Understands a text: { words, groups, kinds, names, phrases, asked, typed, first, end, isOpen, paragraph }. What names
// something stands from `first` to `end` of `asked`; `typed` has the words as they were typed.
async function understand(index, text) {
  const lexicon = lexiconOf(index);
  const asked = wordsOf(text).slice(0, NUMBERS.queryWords);
  const paragraph = ignore(asked, lexicon, text);
  // Whoever types may not have finished the last word.
  let isOpen = /[\p{Alphabetic}\p{N}]$/u.test(text);
  const words = await Promise.all(
    asked.map((word, at) => meaningOf(index, lexicon, word, isOpen && at === asked.length - 1)));
  const quoted = text.split(QUOTATION_MARK).filter((_, at) => at % 2 === 1);
  const phrases = quoted.map((part) => foldedWords(part).slice(0, NUMBERS.queryWords));
  const named = await namesIn(index, asked, words);
  const related = relatedIn(lexicon, asked, words);
  const groups = [...await joinedIn(index, asked, text), ...named.groups, ...related];
  const own = words.filter(({ isKind }) => isKind).flatMap(({ stems }) => stems.map(({ stem }) => stem));
  const kinds = new Set(lexicon.kindsOf([...own, ...related.flatMap(({ stems }) => stems)]));
  // A word that the book has is whole, as far as the order of words is concerned.
  isOpen &&= words.length > 0 && !words[words.length - 1].isKnown;
  const names = ({ isIgnored }) => !isIgnored;
  return { words, groups, kinds, names: named.names, phrases: phrases.filter((words) => words.length),
    asked: asked.map(({ word }) => word), typed: asked.map(({ start, end }) => text.slice(start, end)),
    first: Math.max(asked.findIndex(names), 0),
    end: asked.findLastIndex(names) + 1, isOpen, paragraph };
}

// Marks the words that name nothing, and the number of a paragraph with the word for it, unless nothing is
// left. Returns the number.
function ignore(asked, lexicon, text) {
  const ignored = asked.map(({ word }) => lexicon.ignored.has(word));
  let paragraph = null;
  for (const [at, { word, start }] of asked.entries()) {
    if (!isNumber(word)) continue;
    const hasSign = PARAGRAPH_SIGN.test(text.slice(0, start));
    const hasWord = at > 0 && lexicon.paragraph.has(asked[at - 1].word);
    if (hasSign || hasWord) {
      ignored[at] = true;
      paragraph ??= word;
    }
    if (hasWord) ignored[at - 1] = true;
  }
  if (!ignored.every(Boolean)) asked.forEach((word, at) => (word.isIgnored = ignored[at]));
  return paragraph;
}

// What may be meant by a word: its own stems; if it may go on or is not known, those of words that begin
// so; then those of which it may be a slip of the keys; then those that begin alike.
async function meaningOf(index, lexicon, { word, isPair, isIgnored }, isOpen) {
  if (isIgnored) return { stems: [], count: 0, shards: [], isIgnored: true, isKind: false, isKnown: false, guess: null };
  const letters = [...word];
  const own = shardOf(index.words, word);
  const entry = (await wordShard(index, own)).get(word);
  const stems = (entry?.stems ?? []).map(([stem, count]) => ({ stem, count, factor: NUMBERS.exact }));
  const exact = stems.length ? Math.max(...stems.map(({ count }) => count)) : null;
  const isKind = lexicon.kindsOf(stems.map(({ stem }) => stem)).length > 0;
  // What is meant by a word that the book relates to others needs no guess.
  const isGuessed = exact === null && lexicon.formOf(word, null) === undefined;
  let shards = [own], guess = null;
  if (isGuessed || (isOpen && !isPair && letters.length >= NUMBERS.shortestBegun)) {
    shards = shardsBeginning(index, word, own);
    const longer = (other) => (other.startsWith(word) && other !== word ? 0 : null);
    const factor = exact === null ? NUMBERS.begun : NUMBERS.longer;
    guess = add(stems, await stemsWhere(index, shards, longer), factor, NUMBERS.stemsOfWord);
  }
  const mayDiffer = isGuessed && !isPair;
  if (!stems.length && mayDiffer && letters.length >= NUMBERS.shortestMistyped) {
    shards = shardsAround(index, word);
    guess = add(stems, await mistypedIn(index, shards, word), NUMBERS.typo, NUMBERS.stemsOfWord);
  }
  if (!stems.length && mayDiffer && letters.length >= NUMBERS.shortestVaried) {
    const variants = await stemsWhere(index, [own], (other) => endingOf(letters, [...other]));
    guess = add(stems, variants, NUMBERS.variant, NUMBERS.stemsOfVariant);
  }
  const all = stems.reduce((sum, { count }) => sum + count, 0);
  const isKnown = exact !== null;
  return { stems, count: Math.min(exact ?? all, index.notes), shards, isIgnored: false, isKind, isKnown,
    guess: isKnown ? null : guess };
}

// The stems of words that somebody may have meant who typed `word`: if there are words with one letter more or
// less at their end, only those.
async function mistypedIn(index, shards, word) {
  const letters = [...word];
  const found = await stemsWhere(index, shards, (other) => isTypo(letters, [...other])
    ? (other.startsWith(word) || word.startsWith(other) ? 0 : 1) : null);
  const least = Math.min(...found.map(({ rank }) => rank));
  return found.filter(({ rank }) => rank === least);
}

// The shards of words that begin as `word` does, from its own shard on.
function shardsBeginning(index, word, own) {
  const shards = [own];
  const end = Math.min(index.words.length, own + NUMBERS.shardsOfBeginning);
  for (let at = own + 1; at < end && index.words[at].startsWith(word); at++) shards.push(at);
  return shards;
}

// The shards a word may be in that was mistyped as `word`: its own, and those it would be in without its
// first or second letter, or with these two changed round.
function shardsAround(index, word) {
  const [first, second, ...others] = word;
  const rest = others.join("");
  const spellings = [word, second + rest, first + rest, second + first + rest];
  return [...new Set(spellings.map((spelling) => shardOf(index.words, spelling)))].sort((a, b) => a - b);
}

// The stems of the words in some shards to which `rankOf` gives a rank.
async function stemsWhere(index, shards, rankOf) {
  const found = [];
  for (const entries of await Promise.all(shards.map((at) => wordShard(index, at)))) {
    for (const [word, { stems }] of entries) {
      const rank = stems.length ? rankOf(word) : null;
      if (rank !== null) for (const [stem, count] of stems) found.push({ rank, stem, count, word });
    }
  }
  return found;
}

// Adds the best of what was found to `stems`, `most` at most. Returns the word of the very best.
function add(stems, found, factor, most) {
  found.sort((a, b) =>
    a.rank - b.rank || b.count - a.count || compare(a.stem, b.stem) || compare(a.word, b.word));
  const end = stems.length + most;
  for (const { stem, count } of found) {
    if (stems.length < end && !stems.some((known) => known.stem === stem)) stems.push({ stem, count, factor });
  }
  return found[0]?.word ?? null;
}

function sameLetters(word, other) {
  let same = 0;
  while (same < word.length && same < other.length && word[same] === other[same]) same++;
  return same;
}

// Says whether `other` is `word` with one letter more, less or other, or two neighbours changed round.
function isTypo(word, other) {
  if (Math.abs(word.length - other.length) > 1) return false;
  const same = sameLetters(word, other);
  const a = word.slice(same), b = other.slice(same);
  if (!a.length && !b.length) return false;
  const equal = (x, y) => x.length === y.length && x.every((letter, at) => letter === y[at]);
  return equal(a.slice(1), b) || equal(a, b.slice(1)) || equal(a.slice(1), b.slice(1)) ||
    (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0] && equal(a.slice(2), b.slice(2)));
}

// How many letters at its end tell `word` from `other`, if these are few.
function endingOf(word, other) {
  const same = sameLetters(word, other);
  const least = Math.max(word.length - NUMBERS.variedLetters, NUMBERS.leastInCommon);
  return same >= least && other.length <= word.length + NUMBERS.variedLetters ? word.length - same : null;
}

// Words that hyphens join, as one word.
async function joinedIn(index, asked, text) {
  const groups = [];
  for (const [at, { joined }] of asked.entries()) {
    if (!joined) continue;
    const entry = await entryOf(index, fold(text.slice(...joined)));
    const first = asked.findIndex(({ start }) => start >= joined[0]);
    for (const [stem] of entry?.stems ?? []) groups.push({ first, end: at + 1, stems: [stem], factor: NUMBERS.exact });
  }
  return groups;
}

// The names among the words, the longest first, and what else they are called.
async function namesIn(index, asked, meanings) {
  const groups = [], names = [];
  for (let length = Math.min(NUMBERS.longestName, asked.length); length >= 1; length--) {
    for (let first = 0; first + length <= asked.length; first++) {
      const end = first + length;
      if (asked.slice(first, end).every(({ isIgnored }) => isIgnored)) continue;
      const entry = await entryOf(index, spelled(asked, meanings, first, end));
      for (const other of (entry?.otherNames ?? []).slice(0, NUMBERS.otherNames)) {
        groups.push({ first, end, stems: other.split(JOINT), factor: NUMBERS.synonym });
      }
      if (entry?.slots.length) names.push({ first, end, slots: entry.slots });
    }
  }
  return { groups, names };
}

// Some words of a query as they are meant.
const spelled = (asked, meanings, first, end) =>
  asked.slice(first, end).map(({ word }, at) => meanings[first + at].guess ?? word).join(JOINT);

// What the book relates to the words.
function relatedIn(lexicon, asked, meanings) {
  const groups = [];
  for (let length = Math.min(NUMBERS.longestName, asked.length); length >= 1; length--) {
    for (let first = 0; first + length <= asked.length; first++) {
      const end = first + length;
      if (asked.slice(first, end).every(({ isIgnored }) => isIgnored)) continue;
      const words = spelled(asked, meanings, first, end);
      const stems = meanings.slice(first, end).map(({ stems }) => stems[0]?.stem);
      const form = lexicon.formOf(words, stems.includes(undefined) ? null : stems.join(JOINT));
      for (const other of form === undefined ? [] : lexicon.relatedTo(form)) {
        groups.push({ first, end, stems: other, factor: NUMBERS.related });
      }
    }
  }
  return groups;
}
