// The index, as `src/search/script.rs` writes it. Each part of it is a script that calls `fieldbookSearch`
// with its name and data, because a page in a folder on a disk may load scripts and nothing else.

const opener = document.querySelector("a[data-search]");
const root = opener?.dataset.root ?? "";
const { digits: DIGITS, textBits: TEXT_BITS, forms: FORMS } = TABLES.index;
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));
// The upper half of the digits says that another one follows.
const BASE = DIGITS.length / 2;

const scripts = new Map();
window.fieldbookSearch = (key, data) => scripts.get(key)?.take(data);

// Loads a part of the index once; one that failed is asked for again next time.
function load(key) {
  let script = scripts.get(key);
  if (!script) {
    script = {};
    script.data = new Promise((resolve, reject) => {
      script.take = resolve;
      const element = document.createElement("script");
      element.src = `${root}search/${key}.js`;
      element.onerror = () => {
        scripts.delete(key);
        reject(new Error(key));
      };
      document.head.append(element);
    });
    scripts.set(key, script);
  }
  return script.data;
}

const unpacked = new Map();
// Loads a part and unpacks it once.
function loadOnce(key, unpack) {
  if (!unpacked.has(key)) {
    unpacked.set(key, load(key).then(unpack));
    unpacked.get(key).catch(() => unpacked.delete(key));
  }
  return unpacked.get(key);
}

const loadIndex = () => load("index");

// Reads numbers and texts from the text of a shard.
function reader(text) {
  let at = 0;
  return {
    number() {
      for (let number = 0, unit = 1; ; unit *= BASE) {
        const value = VALUES.get(text[at++]) ?? 0;
        number += (value % BASE) * unit;
        if (value < BASE) return number;
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

// A shard of words: for each the stems with how many notes hold them, and of a name its other names
// and the slots of the notes it names.
function readWords(data) {
  const entries = new Map();
  let last = "";
  for (const written of data.split(" ").filter(Boolean)) {
    const from = reader(written);
    last = last.slice(0, from.number()) + from.until("=~@");
    const entry = { stems: [], otherNames: [], slots: [] };
    while (from.next("=")) {
      const stem = last.slice(0, from.number()) + from.until(":");
      from.next(":");
      entry.stems.push([stem, from.number()]);
    }
    while (from.next("~")) entry.otherNames.push(from.until("~@"));
    while (from.next("@")) entry.slots.push(from.number());
    entries.set(last, entry);
  }
  return entries;
}

// A shard of stems: for each its list, which is read when it is asked for.
function readStems(data) {
  const lists = new Map();
  let last = "";
  for (const written of data.split(" ").filter(Boolean)) {
    const from = reader(written);
    last = last.slice(0, from.number()) + from.until(":");
    from.next(":");
    lists.set(last, { from });
  }
  return lists;
}

// A list: how many notes hold the stem, and for each that is named its slot and level.
function readList(list) {
  if (list.from) {
    const { from } = list;
    list.count = from.number();
    list.slots = [];
    list.levels = [];
    while (from.more()) {
      const level = from.number();
      let slot = 0;
      for (let remaining = from.number(); remaining > 0; remaining--) {
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
  const unitOf = (text) => (at < text.length ? text.charCodeAt(at) : -1);
  const ordered = (unit) => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
  return ordered(unitOf(a)) < ordered(unitOf(b)) ? -1 : 1;
}

// The place of the shard that a word is in, of those that begin at `starts`.
function shardOf(starts, word) {
  let low = 0, high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(starts[middle], word) <= 0) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

// The beginning of a word as part of the name of a file.
const fileName = (start) =>
  [...start].map((sign) => (/[a-z0-9]/.test(sign) ? sign : `-${sign.codePointAt(0).toString(16)}-`)).join("");

const wordShard = (index, at) => index.words.length
  ? loadOnce(`words-${fileName(index.words[at])}`, readWords) : Promise.resolve(new Map());

// The entry of a word or name, if there is one.
const entryOf = async (index, word) => (await wordShard(index, shardOf(index.words, word))).get(word);

async function listOf(index, stem) {
  const none = { count: 0, slots: [], levels: [] };
  if (!index.stems.length) return none;
  const lists = await loadOnce(`stems-${fileName(index.stems[shardOf(index.stems, stem)])}`, readStems);
  const list = lists.get(stem);
  return list ? readList(list) : none;
}

let filed = null;
// What all notes are filed under, by slot: the number of their standing, their values of each filter, and the
// number of its work, if that has several versions; and for each filter the titles of its values in further languages.
function loadFiled(index) {
  filed ??= Promise.all(index.facets.map((group) => load(`facets-${group}`))).then(readFiled);
  filed.catch(() => (filed = null));
  return filed;
}

function readFiled(groups) {
  const slots = groups.flatMap(([, notes]) => notes.map(([slot]) => slot));
  const size = 1 + slots.reduce((most, slot) => Math.max(most, slot), 0);
  const all = { size, standing: new Uint8Array(size), values: new Map(), workOf: new Map(), titles: [] };
  for (const [lists, notes, versions, titles = []] of groups) {
    for (const [filter, of] of titles.entries()) all.titles[filter] = { ...all.titles[filter], ...of };
    for (const [slot, work] of versions) all.workOf.set(slot, work);
    for (const [slot, standing, ...places] of notes) {
      all.standing[slot] = standing;
      all.values.set(slot, places.map((own, filter) => [own].flat().map((place) => lists[filter][place])));
    }
  }
  return all;
}

// What a result shows of a note.
async function noteAt(slot) {
  const notes = await load(`texts/${slot >> TEXT_BITS}`);
  const [, url, title, kind, date, past, summary, language, names, places, text, isCut] =
    notes.find((note) => note[0] === slot);
  return { slot, url, title, kind, date, past, summary, language, names, places, text, isCut };
}

let lexicon = null;
// What is known of the words of queries besides what the notes say, as `src/search/lexicon.rs` tells.
function lexiconOf(index) {
  if (lexicon) return lexicon;
  const related = index.related.map((group) => group.flatMap((phrase) => phrase.split(FORMS)));
  const groups = new Map();
  for (const [at, group] of related.entries()) {
    for (const form of group) groups.set(form, (groups.get(form) ?? new Set()).add(at));
  }
  const wordsAt = (key) => new Set(foldedWords(wordsOfPage(index)[key]));
  const ignored = wordsAt("search-ignored");
  // The other forms of the phrase with this form, and those of phrases that are related to it, each once, as the words
  // that a note must hold of them.
  const relatedTo = (form) => {
    const others = [...groups.get(form) ?? []].flatMap((group) => related[group].filter((other) => other !== form));
    const words = others.map((other) => other.split(JOINT).filter((word) => !ignored.has(word)).join(JOINT));
    return [...new Set(words)].filter(Boolean).map((words) => words.split(JOINT));
  };
  const has = (form) => groups.has(form);
  // The form in which a phrase stands in a group: as it is asked for, or as its stems. Where the book knows no
  // stems of its words, a last letter may be left out.
  const formOf = (asked, stems) => {
    const shorter = [...asked].slice(0, -1);
    const known = [asked, stems ?? ""].find(has);
    if (known !== undefined || stems !== null || shorter.length < NUMBERS.shortestForm) return known;
    return has(shorter.join("")) ? shorter.join("") : undefined;
  };
  // The titles of the kinds whose name has one of some stems.
  const kindsOf = (stems) => stems.flatMap((stem) => index.kinds[stem] ?? []);
  lexicon = { ignored, paragraph: wordsAt("search-paragraph"),
    kindsOf, formOf, relatedTo };
  return lexicon;
}

// The words of the interface in the language of the page, by their names in `i18n/`.
function wordsOfPage({ texts }) {
  const words = texts[document.documentElement.lang] ?? Object.values(texts)[0] ?? [];
  return Object.fromEntries(TABLES.interfaceWords.map((key, at) => [key, words[at] ?? key]));
}
