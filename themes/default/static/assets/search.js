// Search in the browser: loads the parts of the index a query needs, ranks notes as
// `src/search/query.rs` and `src/search/rank.rs` do, and shows them. No part of it writes HTML.
// `site.js` loads it when somebody wants to search.
"use strict";
(() => {
  // The parts of the index. Each is a script that calls `fieldbookSearch` with its name and data,
  // because a page in a folder on a disk may load scripts and nothing else.
  const opener = document.querySelector("a[data-search]");
  if (!opener) return;
  const root = opener.dataset.root;
  const parts = new Map();
  window.fieldbookSearch = (key, data) => parts.get(key)?.take(data);

  function load(key) {
    let part = parts.get(key);
    if (!part) {
      part = {};
      part.data = new Promise((resolve, reject) => {
        part.take = resolve;
        const script = document.createElement("script");
        script.src = `${root}search/${key}.js`;
        script.onerror = () => {
          parts.delete(key);
          reject(new Error(key));
        };
        document.head.append(script);
      });
      parts.set(key, part);
    }
    return part.data;
  }

  const made = new Map();
  // Loads a part and makes it ready once.
  function ready(key, make) {
    if (!made.has(key)) {
      made.set(key, load(key).then(make));
      made.get(key).catch(() => made.delete(key));
    }
    return made.get(key);
  }

  // Words: the same as `src/token`.
  const LETTER = /[\p{Alphabetic}\p{N}\p{M}]/u;
  const ALPHABETIC = /\p{Alphabetic}/u;
  const MARK = /\p{M}/u;
  const RUNS = [
    [0xe00, 0xe4f], [0xe5a, 0xecf], [0xeda, 0xeff], [0x1000, 0x103f], [0x104a, 0x109f], [0x1780, 0x17df],
    [0x17ea, 0x17ef], [0x3005, 0x3007], [0x3040, 0x30ff], [0x31f0, 0x31ff], [0x3400, 0x4dbf],
    [0x4e00, 0x9fff], [0xa9e0, 0xa9ef], [0xaa60, 0xaa7f], [0xf900, 0xfaff], [0xff66, 0xff9f],
    [0x20000, 0x3ffff],
  ];
  const UNSEEN = /[\u00ad\u0640\u061c\u200b-\u200f\u2060\ufeff]/;
  const APOSTROPHE = /['\u2019\u2018\uff07]/;
  const CYRILLIC = /[\u0400-\u052f]/;
  const DROPPED = new RegExp(
    "[\\u00ad\\u0300-\\u036f\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a" +
      "\\u061c\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed" +
      "\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u200b-\\u200f\\u2010\\u2011\\u2018\\u2019\\u2060\\u20d0-\\u20ff" +
      "\\u02bc\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff'\\-.]", "g");
  const LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l",
    "ħ": "h", "ŧ": "t", "ς": "σ", "ґ": "г", "\u0671": "\u0627", "\u0649": "\u064a",
    "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643",
  };
  for (const zero of [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xed0, 0x1040, 0x17e0]) {
    for (let digit = 0; digit < 10; digit++) LETTERS[String.fromCharCode(zero + digit)] = `${digit}`;
  }
  const ARTICLES = ["وال", "بال", "كال", "فال", "لل", "ال"];
  const LONGEST = 40;

  const classes = new Map();
  // "w" goes on with a word, "r" with a run without spaces, "u" with either; "" ends both.
  function classOf(sign) {
    let found = classes.get(sign);
    if (found === undefined) {
      const code = sign.codePointAt(0);
      if (code < 128) found = /[A-Za-z0-9]/.test(sign) ? "w" : "";
      else if (UNSEEN.test(sign)) found = "u";
      else if (!LETTER.test(sign)) found = "";
      else found = RUNS.some(([first, last]) => first <= code && code <= last) ? "r" : "w";
      classes.set(sign, found);
    }
    return found;
  }

  const signAt = (text, at) => (at < text.length ? String.fromCodePoint(text.codePointAt(at)) : "");
  const isLetter = (sign) => sign !== "" && LETTER.test(sign);
  function signBefore(text, at) {
    if (at <= 0) return "";
    const pair = at > 1 && /[\udc00-\udfff]/.test(text[at - 1]);
    return signAt(text, at - (pair ? 2 : 1));
  }

  function endOfWord(text, at) {
    for (;;) {
      const sign = signAt(text, at);
      if (sign === "") return at;
      const found = classOf(sign);
      const joins = found === "w" || (found === "u" && sign !== "\u200b") ||
        (APOSTROPHE.test(sign) && CYRILLIC.test(signAt(text, at + 1)) && CYRILLIC.test(signBefore(text, at)));
      if (!joins) return at;
      at += sign.length;
    }
  }

  // Where initials end: `U.S.A.` is one word.
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

  const isWordAt = (text, at) => at < text.length && classOf(signAt(text, at)) === "w";

  // Whether a word is what an apostrophe left of another.
  function isScrap(text, start, end) {
    if ([...text.slice(start, end)].length > 2) return false;
    return (APOSTROPHE.test(signBefore(text, start)) && isLetter(signBefore(text, start - 1))) ||
      (APOSTROPHE.test(signAt(text, end)) && isLetter(signAt(text, end + 1)));
  }

  // The pieces of a text: a kind ("w" word, "j" words joined by hyphens, "r" run), start, end.
  function segment(text) {
    const pieces = [];
    let at = 0;
    let joined = -1;
    while (at < text.length) {
      const sign = signAt(text, at);
      const start = at;
      const found = classOf(sign);
      if (found === "r") {
        while (at < text.length && /[ru]/.test(classOf(signAt(text, at)))) at += signAt(text, at).length;
        pieces.push(["r", start, at]);
      } else if (found === "w") {
        at = endOfInitials(text, start, endOfWord(text, at));
        if (!isScrap(text, start, at)) pieces.push(["w", start, at]);
        const hyphen = /[-\u2010\u2011]/.test(text[at] || "") && classOf(signAt(text, at + 1)) === "w";
        if (joined < 0 && hyphen) joined = start;
        else if (joined >= 0 && !hyphen) {
          if (ALPHABETIC.test(text.slice(joined, at))) pieces.push(["j", joined, at]);
          joined = -1;
        }
        if (hyphen) at += 1;
      } else at += sign.length;
    }
    return pieces;
  }

  function foldRun(text) {
    if (/^[A-Za-z0-9]*$/.test(text)) return text.toLowerCase();
    let folded = "";
    for (const sign of text.normalize("NFKD").toLowerCase().replace(DROPPED, "")) folded += LETTERS[sign] ?? sign;
    return folded.normalize("NFC");
  }

  function fold(word) {
    const folded = foldRun(word);
    word = folded.length > LONGEST ? [...folded].slice(0, LONGEST).join("") : folded;
    for (;;) {
      const article = ARTICLES.find((article) => word.startsWith(article));
      const rest = article ? word.slice(article.length) : "";
      if ([...rest].length < (article === "ال" ? 2 : 3) || word === "الله") return word;
      word = rest;
    }
  }

  function signs(run) {
    const list = [];
    let stacks = false;
    for (const sign of run) {
      if (list.length && (stacks || MARK.test(sign))) list[list.length - 1] += sign;
      else list.push(sign);
      stacks = sign === "\u17d2" || sign === "\u1039";
    }
    return list;
  }

  function pairs(run) {
    const list = signs(run);
    return list.length < 2 ? list : list.slice(1).map((sign, at) => list[at] + sign);
  }

  // The words of a text, folded: { word, start, end, pair, joined }.
  function wordsOf(text) {
    const words = [];
    for (const [kind, start, end] of segment(text)) {
      const written = text.slice(start, end);
      if (kind === "w") words.push({ word: fold(written), start, end, pair: false });
      else if (kind === "r") {
        for (const word of pairs(foldRun(written))) words.push({ word, start, end, pair: true });
      } else if (words.length) words[words.length - 1].joined = [start, end];
    }
    return words.filter((found) => found.word !== "");
  }

  // The shards, as `src/search/script.rs` writes them.
  const DIGITS = new Map([..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].map((d, at) => [d, at]));

  function reader(text) {
    let at = 0;
    return {
      number() {
        for (let number = 0, shift = 1; ; shift *= 32) {
          const digit = DIGITS.get(text[at++]) ?? 0;
          number += (digit & 31) * shift;
          if (digit < 32) return number;
        }
      },
      until(ends) {
        const start = at;
        while (at < text.length && !ends.includes(text[at])) at++;
        return text.slice(start, at);
      },
      next: (sign) => text[at] === sign && ++at > 0,
      more: () => at < text.length,
    };
  }

  function dictionaryOf(data) {
    const entries = new Map();
    let last = "";
    for (const written of data.split(" ")) {
      if (written === "") continue;
      const from = reader(written);
      last = last.slice(0, from.number()) + from.until("=~@");
      const entry = { stems: [], others: [], slots: [] };
      while (from.next("=")) {
        const stem = last.slice(0, from.number()) + from.until(":");
        from.next(":");
        entry.stems.push([stem, from.number()]);
      }
      while (from.next("~")) entry.others.push(from.until("~@"));
      while (from.next("@")) entry.slots.push(from.number());
      entries.set(last, entry);
    }
    return entries;
  }

  function stemsOf(data) {
    const lists = new Map();
    let last = "";
    for (const written of data.split(" ")) {
      if (written === "") continue;
      const from = reader(written);
      last = last.slice(0, from.number()) + from.until(":");
      from.next(":");
      lists.set(last, { from });
    }
    return lists;
  }

  // A list: how many notes hold the stem, and for each that is named its slot and level.
  function unpack(list) {
    if (list.from) {
      const { from } = list;
      list.count = from.number();
      list.slots = [];
      list.levels = [];
      while (from.more()) {
        const level = from.number();
        let slot = 0;
        for (let left = from.number(); left > 0; left--) {
          slot += from.number();
          list.slots.push(slot);
          list.levels.push(level);
        }
      }
      delete list.from;
    }
    return list;
  }

  // Orders texts as Rust does, by code points.
  function compare(a, b) {
    if (a === b) return 0;
    let at = 0;
    while (at < a.length && at < b.length && a[at] === b[at]) at++;
    const sign = (text) => (at < text.length ? text.charCodeAt(at) : -1);
    const high = (unit) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
    return high(sign(a)) < high(sign(b)) ? -1 : 1;
  }

  function leafOf(starts, word) {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compare(starts[middle], word) <= 0) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  const plain = (start) =>
    [...start].map((sign) => (/[a-z0-9]/.test(sign) ? sign : `-${sign.codePointAt(0).toString(16)}-`)).join("");
  const about = () => ready("index", (data) => data);
  const shard = (index, at) =>
    index.words.length ? ready(`words-${plain(index.words[at])}`, dictionaryOf) : Promise.resolve(new Map());

  // What is asked for: `src/search/query.rs`.
  const WORDS = 12, REACH = 4, OTHERS = 8, NAMES = 6, LONGEST_NAME = 6;
  const WHOLE = 1024, LONGER = 512, BEGINS = 820, TYPO = 716, VARIANT = 512, SYNONYM = 716;

  async function understand(index, text) {
    const asked = wordsOf(text).slice(0, WORDS);
    const open = /[\p{Alphabetic}\p{N}]$/u.test(text);
    const words = await Promise.all(
      asked.map((word, at) => meant(index, word, open && at === asked.length - 1)));
    const quoted = text.split(/["“”„«»]/).filter((_, at) => at % 2 === 1);
    const phrases = quoted.map((part) => wordsOf(part).slice(0, WORDS).map(({ word }) => word));
    return { words, ...(await names(index, asked, text)), phrases: phrases.filter((words) => words.length),
      asked: asked.map(({ word }) => word), open };
  }

  async function meant(index, asked, open) {
    const { word, pair } = asked;
    const length = [...word].length;
    const first = leafOf(index.words, word);
    const entry = (await shard(index, first)).get(word);
    const stems = (entry?.stems ?? []).map(([stem, count]) => ({ stem, count, factor: WHOLE }));
    const exact = stems.length ? Math.max(...stems.map(({ count }) => count)) : null;
    const leaves = [first];
    if (exact === null || (open && !pair && length >= 2)) {
      for (let at = first + 1; at < Math.min(index.words.length, first + REACH); at++) {
        if (!index.words[at].startsWith(word)) break;
        leaves.push(at);
      }
      const found = await within(index, leaves, (other) => (other.startsWith(word) && other !== word ? 0 : null));
      take(stems, found, exact === null ? BEGINS : LONGER, OTHERS);
    }
    if (!stems.length && !pair && length >= 4) {
      leaves.splice(0, leaves.length, ...around(index, word));
      const letters = [...word];
      take(stems, await within(index, leaves, (other) => (isTypo(letters, [...other]) ? 0 : null)), TYPO, OTHERS);
    }
    if (!stems.length && !pair && length >= 5) {
      const least = Math.max(length - 3, 4);
      const letters = [...word];
      take(stems, await within(index, [first], (other) => {
        const others = [...other];
        let same = 0;
        while (same < others.length && others[same] === letters[same]) same++;
        return same >= least && others.length <= length + 3 ? length - same : null;
      }), VARIANT, OTHERS / 2);
    }
    const all = stems.reduce((sum, { count }) => sum + count, 0);
    return { stems, count: Math.min(exact ?? all, index.notes), leaves };
  }

  async function within(index, leaves, rank) {
    const found = [];
    for (const entries of await Promise.all(leaves.map((at) => shard(index, at)))) {
      for (const [word, { stems }] of entries) {
        const of = stems.length ? rank(word) : null;
        if (of !== null) for (const [stem, count] of stems) found.push({ rank: of, stem, count });
      }
    }
    return found;
  }

  function take(stems, found, factor, most) {
    found.sort((a, b) => a.rank - b.rank || b.count - a.count || compare(a.stem, b.stem));
    const end = stems.length + most;
    for (const { stem, count } of found) {
      if (stems.length < end && !stems.some((other) => other.stem === stem)) stems.push({ stem, count, factor });
    }
  }

  function around(index, word) {
    const [first, second, ...rest] = word;
    const tail = rest.join("");
    const spellings = [word, second + tail, first + tail, second + first + tail];
    return [...new Set(spellings.map((spelling) => leafOf(index.words, spelling)))].sort((a, b) => a - b);
  }

  function isTypo(word, other) {
    if (Math.abs(word.length - other.length) > 1) return false;
    let same = 0;
    while (same < word.length && same < other.length && word[same] === other[same]) same++;
    const a = word.slice(same), b = other.slice(same);
    if (!a.length && !b.length) return false;
    const equal = (x, y) => x.length === y.length && x.every((letter, at) => letter === y[at]);
    return equal(a.slice(1), b) || equal(a, b.slice(1)) || equal(a.slice(1), b.slice(1)) ||
      (a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0] && equal(a.slice(2), b.slice(2)));
  }

  // Words that hyphens join, as one word; names among the words, and what else they are called.
  async function names(index, asked, text) {
    const groups = [], names = [];
    for (const [at, { joined }] of asked.entries()) {
      if (!joined) continue;
      const word = fold(text.slice(...joined));
      const entry = (await shard(index, leafOf(index.words, word))).get(word);
      const first = asked.findIndex(({ start }) => start >= joined[0]);
      for (const [stem] of entry?.stems ?? []) groups.push({ first, end: at + 1, stems: [stem], factor: WHOLE });
    }
    for (let length = Math.min(LONGEST_NAME, asked.length); length >= 1; length--) {
      for (let first = 0; first + length <= asked.length; first++) {
        const end = first + length;
        const name = asked.slice(first, end).map(({ word }) => word).join("_");
        const entry = (await shard(index, leafOf(index.words, name))).get(name);
        for (const other of (entry?.others ?? []).slice(0, NAMES)) {
          groups.push({ first, end, stems: other.split("_"), factor: SYNONYM });
        }
        if (entry?.slots.length) names.push({ first, end, slots: entry.slots });
      }
    }
    return { groups, names };
  }

  // How what is found is ranked: `src/search/rank.rs`.
  const PAST = 2, NAMED = 4, CHECKED = 24;
  const rarity = (count, notes) => Math.floor(1024 * Math.log(1 + (notes - count + 0.5) / (count + 0.5)));

  async function listOf(index, stem) {
    if (!index.stems.length) return { count: 0, slots: [], levels: [] };
    const lists = await ready(`stems-${plain(index.stems[leafOf(index.stems, stem)])}`, stemsOf);
    const list = lists.get(stem);
    return list ? unpack(list) : { count: 0, slots: [], levels: [] };
  }

  // `whole` says that the text is not being typed: then the lists of the words as they stand are asked for
  // at once, since most words are their own stem but for the end.
  async function find(text, whole = false) {
    const index = await about();
    const filing = facets(index);
    if (whole) for (const { word } of wordsOf(text).slice(0, WORDS)) listOf(index, word).catch(() => {});
    const query = await understand(index, text);
    const { words } = query;
    const wanted = new Set([...words, ...query.groups].flatMap(({ stems }) => stems.map((s) => s.stem ?? s)));
    const lists = new Map(await Promise.all(
      [...wanted].map(async (stem) => [stem, await listOf(index, stem)])));
    const filed = await filing;
    const weights = words.map(({ count }) => rarity(count, index.notes));
    const size = filed.size;
    const scores = words.map(() => new Float64Array(size));
    const masses = words.map(() => new Float64Array(size));
    const seen = new Uint8Array(size);
    for (const [at, { stems }] of words.entries()) {
      for (const { stem, factor } of stems) {
        const { slots, levels } = lists.get(stem);
        for (let i = 0; i < slots.length; i++) {
          const slot = slots[i], score = weights[at] * levels[i] * factor;
          seen[slot] = 1;
          masses[at][slot] = weights[at];
          if (score > scores[at][slot]) scores[at][slot] = score;
        }
      }
    }
    for (const group of query.groups) regroup(index, group, lists, weights, masses, scores, seen);
    for (const { first, end, slots } of query.names) {
      for (const slot of slots) for (let at = first; at < end; at++) scores[at][slot] *= NAMED;
    }
    let best = 0;
    const found = [];
    for (let slot = 0; slot < size; slot++) {
      if (!seen[slot]) continue;
      let mass = 0, score = 0;
      for (let at = 0; at < words.length; at++) {
        mass += masses[at][slot];
        score += scores[at][slot];
      }
      best = Math.max(best, mass);
      found.push({ slot, mass, score });
    }
    let hits = found.filter(({ mass }) => mass * 3 >= best * 2);
    for (const hit of hits) if (filed.past[hit.slot]) hit.score = Math.floor(hit.score / PAST);
    hits.sort((a, b) => b.score - a.score || a.slot - b.slot);
    if (query.phrases.length) {
      const checked = hits.slice(0, CHECKED);
      const notes = await Promise.all(checked.map(({ slot }) => noteAt(slot)));
      // A note too long to be looked through is taken at its words, if it holds them all.
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      hits = checked.filter(({ mass }, at) =>
        saysAll(notes[at], query.phrases) || (notes[at].isCut && mass === all));
    }
    const [first, others] = oneOfEach(hits, filed);
    hits = [...(query.phrases.length ? first : await inOrderFirst(first, query, filed)), ...others];
    return { hits, query, index, filed };
  }

  // What scores leave open: `src/search/order.rs`.
  const FIRST = 10, NEARLY = 2, LANGUAGE = 3;

  // Of several translations of one text, that in the language of the page comes in the place of the best;
  // the others are apart, for after all other notes.
  function oneOfEach(hits, filed) {
    const texts = new Map();
    for (const hit of hits) {
      const text = filed.same.get(hit.slot);
      if (text === undefined) continue;
      if (!texts.has(text)) texts.set(text, []);
      texts.get(text).push(hit);
    }
    const language = document.documentElement.lang;
    const isOwn = ({ slot }) => filed.values.get(slot)[LANGUAGE][0] === language;
    const shown = ([best, ...others]) =>
      [best, ...others].find((hit) => isOwn(hit) && hit.score * NEARLY >= best.score) ?? best;
    const first = [], others = [];
    for (const hit of hits) {
      const all = texts.get(filed.same.get(hit.slot));
      if (!all) first.push(hit);
      else {
        if (all[0] === hit) first.push(shown(all));
        if (shown(all) !== hit) others.push(hit);
      }
    }
    return [first, others];
  }

  // Those come first that have all words in the order in which they were asked, or are called so.
  async function inOrderFirst(hits, { asked, open, names }, filed) {
    if (asked.length < 2) return hits;
    const last = asked.length - 1;
    const says = (words) => words.some((_, at) => at + last < words.length && asked.every((word, offset) =>
      words[at + offset] === word || (open && offset === last && words[at + offset].startsWith(word))));
    const called = new Set(names.filter(({ first, end }) => first === 0 && end === asked.length)
      .flatMap(({ slots }) => slots));
    const shown = hits.slice(0, FIRST);
    const notes = await Promise.all(shown.map(({ slot }) => noteAt(slot)));
    const comesFirst = ({ slot }, at) => !filed.past[slot] && (called.has(slot) ||
      [notes[at].title, notes[at].summary, notes[at].text]
        .some((part) => says(wordsOf(part).map(({ word }) => word))));
    const first = [], then = [];
    for (const [at, hit] of shown.entries()) (comesFirst(hit, at) ? first : then).push(hit);
    return [...first, ...then, ...hits.slice(FIRST)];
  }

  function regroup(index, { first, end, stems, factor }, lists, weights, masses, scores, seen) {
    const held = new Map();
    for (const stem of stems) {
      const { count, slots, levels } = lists.get(stem);
      const weight = rarity(count, index.notes);
      for (let i = 0; i < slots.length; i++) {
        const [times, score] = held.get(slots[i]) ?? [0, 0];
        held.set(slots[i], [times + 1, score + weight * levels[i]]);
      }
    }
    let mass = 0;
    for (let at = first; at < end; at++) mass += weights[at];
    for (const [slot, [times, sum]] of held) {
      if (times !== stems.length) continue;
      const score = sum * factor;
      let ownMass = 0, ownScore = 0;
      for (let at = first; at < end; at++) {
        ownMass += masses[at][slot];
        ownScore += scores[at][slot];
      }
      seen[slot] = 1;
      if (mass < ownMass || (mass === ownMass && score <= ownScore)) continue;
      for (let at = first; at < end; at++) {
        masses[at][slot] = weights[at];
        scores[at][slot] = at === first ? score : 0;
      }
    }
  }

  // What all notes are filed under, by slot.
  let filed = null;
  function facets(index) {
    filed ??= Promise.all(index.facets.map((group) => load(`facets-${group}`))).then(gather);
    filed.catch(() => (filed = null));
    return filed;
  }

  function gather(groups) {
    const slots = groups.flatMap(([, notes]) => notes.map(([slot]) => slot));
    const size = 1 + slots.reduce((most, slot) => Math.max(most, slot), 0);
    const all = { size, past: new Uint8Array(size), values: new Map(), same: new Map() };
    for (const [lists, notes, same] of groups) {
      for (const [slot, text] of same) all.same.set(slot, text);
      for (const [slot, past, ...places] of notes) {
        all.past[slot] = past;
        all.values.set(slot, places.map((of, at) => [of].flat().map((place) => lists[at][place])));
      }
    }
    return all;
  }

  async function noteAt(slot) {
    const notes = await load(`texts/${slot >> 3}`);
    const [, url, title, kind, date, past, summary, language, text, isCut] =
      notes.find((note) => note[0] === slot);
    return { url, title, kind, date, past, summary, language, text, isCut };
  }

  function saysAll({ title, summary, text }, phrases) {
    const said = [title, summary, text].map((part) => wordsOf(part).map(({ word }) => word));
    const says = (words, phrase) =>
      words.some((_, at) => phrase.every((word, offset) => words[at + offset] === word));
    return phrases.every((phrase) => said.some((words) => says(words, phrase)));
  }
  window.fieldbookSearch.find = async (text) => {
    const { hits } = await find(text);
    const notes = await Promise.all(hits.slice(0, SHOWN).map(({ slot }) => noteAt(slot)));
    return notes.map(({ url }, at) => ({ url, score: hits[at].score }));
  };
  window.fieldbookSearch.words = (text) => wordsOf(text).map(({ word }) => word);

  // The sentence of a note that says most of what was asked, cut where it is long.
  const SENTENCE = 260;

  async function marker(index, query) {
    const marks = new Map();
    for (const [at, { stems, leaves }] of query.words.entries()) {
      const wanted = new Set(stems.map(({ stem }) => stem));
      for (const entries of await Promise.all(leaves.map((leaf) => shard(index, leaf)))) {
        for (const [word, entry] of entries) {
          if (entry.stems.some(([stem]) => wanted.has(stem))) marks.set(word, at);
        }
      }
    }
    const others = query.groups.flatMap((group) => group.stems.map((stem) => [stem, group]));
    // A word that most notes hold is worth no mark, unless nothing else was asked for.
    const common = query.words.map(({ count }) => count * 2 > index.notes);
    if (!common.every(Boolean)) for (const [word, at] of marks) if (common[at]) marks.delete(word);
    return (word) => {
      const at = marks.get(word);
      if (at !== undefined) return { at, word };
      const other = others.find(([stem]) => isOf(word, stem))?.[1];
      return other && { at: other.first, word, other };
    };
  }

  function isOf(word, stem) {
    return word === stem || (stem.length > 3 && word.startsWith(stem));
  }

  // Where the words asked for stand in a text: [start, end, which of them]. Words of another name of
  // what was asked count only where the whole name does.
  function marksIn(text, mark) {
    const found = [];
    const add = (start, end, meant) => meant && found.push({ start, end, ...meant });
    for (const [kind, start, end] of segment(text)) {
      const written = text.slice(start, end);
      if (kind === "w") {
        add(start, end, mark(fold(written)));
      } else if (kind === "j") {
        add(start, end, mark(fold(written)));
      } else if (kind === "r") {
        const list = signs(written.normalize("NFC") === written ? written : "");
        let from = start;
        for (const [place, sign] of list.entries()) {
          const pair = sign + (list[place + 1] ?? "");
          add(from, from + pair.length, mark(foldRun(pair)));
          from += sign.length;
        }
      }
    }
    const isThere = (stem) => found.some(({ word }) => isOf(word, stem));
    const counts = ({ other }) => !other || other.stems.every(isThere);
    return found.filter(counts).map(({ start, end, at }) => [start, end, at]);
  }

  function excerpt({ summary, text }, mark) {
    const sentences = `${summary}\n${text}`
      .replace(/([.!?؟।]["'”’»)\]]*)\s+/g, "$1\n").replace(/([。！？។៕]["”’»）]*)/g, "$1\n").split("\n");
    let best = { said: -1, text: "", marks: [] };
    for (const sentence of sentences) {
      const marks = sentence.trim() ? marksIn(sentence, mark) : [];
      const said = new Set(marks.map(([, , at]) => at)).size;
      if (said > best.said && sentence.trim()) best = { said, text: sentence, marks };
    }
    if (best.text.length <= SENTENCE) return best;
    const first = best.marks[0]?.[0] ?? 0;
    const last = best.marks.filter(([, end]) => end <= first + SENTENCE - 60).pop()?.[1] ?? first;
    let start = Math.max(0, Math.min(first - 60, last - SENTENCE + 60));
    if (start > 0) start = Math.max(start, best.text.indexOf(" ", start) + 1 || start);
    if (start > first) start = first;
    let end = Math.min(best.text.length, start + SENTENCE);
    if (end < best.text.length) end = Math.max(best.text.lastIndexOf(" ", end), last, start + 1);
    const marks = best.marks.filter(([from, to]) => from >= start && to <= end);
    return { text: best.text, marks, start, end };
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  function marked({ text, marks, start = 0, end = text.length }) {
    const parts = start > 0 ? ["…"] : [];
    let at = start;
    for (const [from, to] of marks) {
      if (from < at && to <= at) continue;
      parts.push(text.slice(at, Math.max(from, at)), element("mark", {}, text.slice(Math.max(from, at), to)));
      at = Math.max(to, at);
    }
    parts.push(text.slice(at, end), end < text.length ? "…" : "");
    return parts.filter((part) => part !== "");
  }

  // The words of the interface, in the order of `src/search/script.rs`.
  const KEYS = [
    "search", "label", "close", "hint", "loading", "none", "none-filtered", "one", "many", "more", "filters", "clear", "failed",
    "page", "past", "kind", "status", "year", "language", "draft", "under-review", "published", "endorsed",
    "withdrawn", "superseded",
  ];
  // A date as readers write it, as far as it is known: a day, a month or a year.
  const forms = new Map();
  function dated(date) {
    const [, month, day] = date.split("-");
    if (!forms.has(date.length)) {
      const lang = document.documentElement.lang;
      const form = { timeZone: "UTC", year: "numeric", ...(month && { month: "long" }), ...(day && { day: "numeric" }) };
      forms.set(date.length, new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, form));
    }
    return forms.get(date.length).format(new Date(date));
  }

  // Lets the browser draw, and answer who types on.
  const pause = () => globalThis.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));

  const SHOWN = 10;
  const WAIT = 120;

  async function texts() {
    const index = await about();
    const language = document.documentElement.lang;
    const said = index.texts[language] ?? Object.values(index.texts)[0] ?? [];
    return Object.fromEntries(KEYS.map((key, at) => [key, said[at] ?? key]));
  }

  // The search itself, in a dialog or on its page; `changed` hears of what is asked.
  function panel(t, index, id, changed) {
    const input = element("input", { type: "search", name: "q", id: `${id}.q`, autocomplete: "off",
      autocapitalize: "none", spellcheck: "false", "aria-describedby": `${id}.hint`, enterkeyhint: "search" });
    const status = element("p", { class: "search-status", role: "status", "aria-live": "polite" });
    const filters = element("div", { class: "search-filters", role: "group", "aria-label": t.filters, hidden: true });
    const list = element("ol", { class: "search-results cards" });
    const more = element("button", { type: "button", class: "search-more", hidden: true }, t.more);
    const form = element("form", { role: "search", class: "search-form", action: opener.dataset.search },
      element("label", { for: `${id}.q` }, t.label), input,
      element("p", { class: "search-hint", id: `${id}.hint` }, t.hint));
    const body = element("div", { class: "search-panel" }, form, filters, status, list, more);
    const chosen = new Map();
    let asked = 0, found = null, shown = 0, order = null;

    const label = (name, value) => {
      if (name === "status") return t[value] ?? value;
      if (name !== "language") return value;
      try {
        return new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(value);
      } catch {
        return value;
      }
    };

    const fits = (hit, except = -1) => [...chosen].every(([at, value]) =>
      at === except || found.filed.values.get(hit.slot)[at].includes(value));

    function showFilters() {
      order ??= new Intl.Collator(document.documentElement.lang);
      const selects = index.filters.map(([name, called], at) => {
        const counts = new Map();
        for (const hit of found.hits.filter((hit) => fits(hit, at))) {
          for (const value of found.filed.values.get(hit.slot)[at]) counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        const own = chosen.get(at);
        if (own !== undefined && !counts.has(own)) counts.set(own, 0);
        if (counts.size < 2 && own === undefined) return null;
        const values = [...counts].map(([value, count]) => [label(name, value), value, count]);
        values.sort(([a], [b]) => (name === "year" ? -1 : 1) * order.compare(a, b));
        const options = values.map(([shownAs, value, count]) =>
          element("option", { value, selected: value === own }, `${shownAs} (${count})`));
        const select = element("select", { id: `${id}.filter.${name}` },
          element("option", { value: "" }, t.clear), ...options);
        select.addEventListener("change", () => {
          if (select.value) chosen.set(at, select.value);
          else chosen.delete(at);
          show();
          changed(state(), true);
          filters.querySelector(`[id="${id}.filter.${name}"]`)?.focus();
        });
        return element("p", {}, element("label", { for: `${id}.filter.${name}` }, called || t[name] || name), select);
      });
      filters.replaceChildren(...selects.filter(Boolean));
      filters.hidden = !filters.childElementCount;
    }

    async function showMore() {
      const now = asked, from = shown;
      const hits = found.hits.filter((hit) => fits(hit)).slice(from, from + SHOWN);
      const mark = await marker(index, found.query);
      const notes = await Promise.allSettled(hits.map(({ slot }) => noteAt(slot)));
      if (now !== asked || from !== shown) return;
      shown += hits.length;
      for (const { value: note } of notes.filter(({ status }) => status === "fulfilled")) {
        list.append(result(note, mark));
        await pause();
        if (now !== asked) return;
      }
      if (notes.some(({ status }) => status === "rejected")) status.textContent = t.failed;
      more.hidden = shown >= found.hits.filter((hit) => fits(hit)).length;
      if (from) list.children[from]?.querySelector("a")?.focus();
    }

    function result(note, mark) {
      const link = element("a", { href: root + note.url, lang: note.language, dir: "auto" },
        ...marked({ text: note.title, marks: marksIn(note.title, mark) }));
      const about = element("p", { class: "search-about" }, [note.kind, note.date && dated(note.date)].filter(Boolean).join(" · "));
      if (note.past) about.append(" ", element("strong", { class: "tag" }, t.past));
      const said = excerpt(note, mark);
      return element("li", note.past ? { class: "past" } : {}, link, about,
        ...(said.text ? [element("p", { class: "summary", lang: note.language, dir: "auto" }, ...marked(said))] : []));
    }

    function show() {
      const count = found.hits.filter((hit) => fits(hit)).length;
      status.textContent = count === 1 ? t.one : count ? t.many.replace("{count}", count)
        : found.hits.length ? t["none-filtered"].replace("{count}", found.hits.length) : t.none;
      list.replaceChildren();
      shown = 0;
      more.hidden = true;
      showFilters();
      return showMore();
    }

    async function ask(whole) {
      const now = ++asked, text = input.value;
      if (!text.trim()) {
        for (const part of [status, list, filters]) part.replaceChildren();
        filters.hidden = more.hidden = true;
        return;
      }
      const late = setTimeout(() => (status.textContent = t.loading), 400);
      try {
        const answer = await find(text, whole);
        clearTimeout(late);
        if (now !== asked) return;
        found = answer;
        await show();
      } catch {
        if (now === asked) status.textContent = t.failed;
      } finally {
        clearTimeout(late);
      }
    }

    const state = () => ({ q: input.value,
      filters: [...chosen].map(([at, value]) => [index.filters[at][0], value]) });

    let timer = 0;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask().then(() => changed(state(), false)), WAIT);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      ask().then(() => changed(state(), true));
    });
    more.addEventListener("click", showMore);
    body.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [input, ...list.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      if (!step || at < 0 || !stops[at + step]) return;
      event.preventDefault();
      stops[at + step].focus();
    });

    return {
      body, input,
      set({ q = "", filters: wanted = [] }) {
        input.value = q;
        chosen.clear();
        for (const [name, value] of wanted) {
          const at = index.filters.findIndex(([known]) => known === name);
          if (at >= 0) chosen.set(at, value);
        }
        return ask(true);
      },
      state,
    };
  }

  // A dialog on every page. What was asked is kept with the page, so that the way back from a
  // result leads to the results.
  let dialog = null;
  async function openDialog(before) {
    if (!dialog) {
      const [t, index] = [await texts(), await about()];
      const keep = (state) => history.replaceState({ fieldbookSearch: state }, "");
      const search = panel(t, index, "page.dialog", keep);
      const close = element("button", { type: "button", class: "search-close" }, t.close);
      const page = element("a", { href: opener.dataset.search }, t.page);
      const box = element("dialog", { class: "search-dialog", "aria-label": t.search }, close, search.body,
        element("p", { class: "search-page" }, page));
      close.addEventListener("click", () => box.close());
      box.addEventListener("click", (event) => event.target === box && box.close());
      box.addEventListener("close", () => history.replaceState(null, ""));
      page.addEventListener("click", () => (page.href = opener.dataset.search + written(search.state())));
      document.body.append(box);
      dialog = { box, search };
    }
    if (!dialog.box.open) dialog.box.showModal();
    dialog.search.input.focus();
    if (before) await dialog.search.set(before);
  }

  const written = ({ q, filters = [] }) =>
    `?${new URLSearchParams([["q", q], ...filters.filter(([, value]) => value)])}`;

  function addressed() {
    const [q, ...filters] = [...new URLSearchParams(location.search)].sort(([a], [b]) => (b === "q") - (a === "q"));
    return q?.[0] === "q" ? { q: q[1], filters } : { q: "", filters: [] };
  }

  // The page to search from. Its address holds what is asked.
  async function openPage(place) {
    const [t, index] = [await texts(), await about()];
    const search = panel(t, index, "page.search", (state, entered) => {
      const address = state.q ? written(state) : location.pathname;
      if (address === location.search) return;
      if (entered) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    });
    place.replaceChildren(search.body);
    window.addEventListener("popstate", () => search.set(addressed()));
    await search.set(addressed());
    if (!location.hash) search.input.focus();
  }

  const place = document.getElementById("page.search");
  if (place) openPage(place);
  window.fieldbookSearch.open = openDialog;
})();
