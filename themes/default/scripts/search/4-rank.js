// The notes that fit a query, the best first, as `src/search/rank.rs` and `src/search/order.rs` rank them:
// in whole numbers, so that the two agree to the last place.

// How much a word tells that `count` of `notes` notes hold.
const rarity = (count, notes) =>
  Math.floor(NUMBERS.rarityUnit * Math.log(1 + (notes - count + 0.5) / (count + 0.5)));

// Finds works: { hits, query, index, filed, held, weights }. A hit has the slots of the versions that readers may be
// shown, the one to show first. `isWhole` says that the text is not being typed: then the
// lists of the words as they stand are asked for at once, since most words are their own stem but for the
// end.
async function find(text, isWhole = false) {
  const index = await loadIndex();
  const filing = loadFiled(index);
  if (isWhole) askAhead(index, text);
  const query = await understand(index, text);
  const lists = await listsFor(index, query);
  const filed = await filing;
  const weights = query.words.map(({ count, isIgnored }) => (isIgnored ? 0 : rarity(count, index.notes)));
  const held = scoresOf(index, query, lists, weights, filed);
  const versions = versionsFor(index, filed);
  let hits = best(held, filed, isOfKind(index, query, filed), versions);
  const hasPhrases = query.phrases.length > 0;
  if (hasPhrases) hits = await withPhrases(hits, query, weights);
  hits = oneOfEachWork(hits, versions);
  if (!hasPhrases) hits = (await inOrderFirst(hits, query, filed)).map((hit) => inOwnLanguage(hit, versions));
  return { hits, query, index, filed, held, weights };
}

// Asks for the lists of the words of a text, and of those that the book relates to them, before it is known what
// their stems are.
function askAhead(index, text) {
  const { ignored, formOf, relatedTo } = lexiconOf(index);
  for (const word of foldedWords(text).slice(0, NUMBERS.queryWords).filter((word) => !ignored.has(word))) {
    const form = formOf(word, null);
    const related = form === undefined ? [] : relatedTo(form);
    for (const stem of [word, ...related.flat()]) listOf(index, stem).catch(() => {});
  }
}

// The lists of all stems of a query.
async function listsFor(index, { words, groups }) {
  const stems = words.flatMap(({ stems }) => stems.map(({ stem }) => stem));
  const wanted = new Set([...stems, ...groups.flatMap(({ stems }) => stems)]);
  return new Map(await Promise.all([...wanted].map(async (stem) => [stem, await listOf(index, stem)])));
}

// For each word of the query and each slot, how much of the word the note holds (`masses`), and how much
// that counts (`scores`). `isFound` marks the slots of notes that hold any.
function scoresOf(index, query, lists, weights, filed) {
  const perSlot = () => query.words.map(() => new Float64Array(filed.size));
  const held = { scores: perSlot(), masses: perSlot(), isFound: new Uint8Array(filed.size) };
  const { scores, masses, isFound } = held;
  for (const [at, { stems }] of query.words.entries()) {
    if (!weights[at]) continue;
    for (const { stem, factor } of stems) {
      const { slots, levels } = lists.get(stem);
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i], score = weights[at] * levels[i] * factor;
        isFound[slot] = 1;
        masses[at][slot] = weights[at];
        if (score > scores[at][slot]) scores[at][slot] = score;
      }
    }
  }
  for (const group of query.groups) applyGroup(index, group, lists, weights, held);
  for (const [at, { isKind }] of query.words.entries()) {
    if (!weights[at] || !isKind) continue;
    const score = weights[at] * NUMBERS.filedLevel * NUMBERS.exact;
    for (let slot = 0; slot < filed.size; slot++) {
      if (!isFound[slot] || filed.standing[slot] !== GATHERS) continue;
      masses[at][slot] = weights[at];
      scores[at][slot] = Math.max(scores[at][slot], score);
    }
  }
  raiseNamed(query, weights, held);
  return held;
}

// The standings of a page that lists notes, and of a note under which others are filed, as `src/search/facets.rs`
// numbers them.
const LISTS = 1;
const GATHERS = 3;

// The most of a query that any note holds.
function mostOf({ masses, isFound }) {
  let most = 0;
  for (let slot = 0; slot < isFound.length; slot++) {
    if (isFound[slot]) most = Math.max(most, sumOf(masses.map((ofWord) => ofWord[slot])));
  }
  return most;
}

// Raises the scores of words in the notes whose name they are, each for the longest name that it is in.
function raiseNamed({ names, first: coreFirst, end: coreEnd }, weights, held) {
  const most = Math.max(mostOf(held), 1), raised = new Set();
  for (const { first, end, slots } of names) {
    const mass = Math.min(sumOf(weights.slice(first, end)), most);
    const named = first === coreFirst && end === coreEnd ? NUMBERS.named : NUMBERS.namedInPart;
    const more = Math.floor(named * mass * mass / (most * most));
    for (const slot of slots) {
      if (!held.isFound[slot]) continue;
      for (let at = first; at < end; at++) {
        const key = `${slot} ${at}`;
        if (raised.has(key)) continue;
        raised.add(key);
        held.scores[at][slot] = Math.floor(held.scores[at][slot] * (NUMBERS.exact + more) / NUMBERS.exact);
      }
    }
  }
}

// Lets a group stand for its words, in notes that hold all of its stems and less of the words themselves.
function applyGroup(index, { first, end, stems, factor }, lists, weights, { scores, masses, isFound }) {
  const holding = new Map();
  for (const stem of stems) {
    const { count, slots, levels } = lists.get(stem);
    const weight = rarity(count, index.notes);
    for (let i = 0; i < slots.length; i++) {
      const [times, score] = holding.get(slots[i]) ?? [0, 0];
      holding.set(slots[i], [times + 1, score + weight * levels[i]]);
    }
  }
  const mass = sumOf(weights.slice(first, end));
  for (const [slot, [times, sum]] of holding) {
    if (times !== stems.length) continue;
    const score = sum * factor;
    let ownMass = 0, ownScore = 0;
    for (let at = first; at < end; at++) {
      ownMass += masses[at][slot];
      ownScore += scores[at][slot];
    }
    isFound[slot] = 1;
    if (mass < ownMass || (mass === ownMass && score <= ownScore)) continue;
    for (let at = first; at < end; at++) {
      masses[at][slot] = weights[at];
      scores[at][slot] = at === first ? score : 0;
    }
  }
}

const sumOf = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

// A function that says whether a query names the kind of the note at a slot.
function isOfKind(index, { kinds }, filed) {
  const filter = index.filters.findIndex(({ name }) => name === "kind");
  return (slot) => kinds.size > 0 && filed.values.get(slot)[filter].some((kind) => kinds.has(kind));
}

// The notes that hold enough of what the best one holds of the query, by score: { slot, mass, score }.
function best({ scores, masses, isFound }, filed, isOfKind, versions) {
  let most = 0;
  const found = [];
  for (let slot = 0; slot < filed.size; slot++) {
    if (!isFound[slot]) continue;
    let mass = 0, score = 0;
    for (let at = 0; at < masses.length; at++) {
      mass += masses[at][slot];
      score += scores[at][slot];
    }
    most = Math.max(most, mass);
    found.push({ slot, mass, score });
  }
  const hits = found.filter(({ mass }) => mass * NUMBERS.wholeParts >= most * NUMBERS.neededParts);
  for (const hit of hits) {
    const standing = filed.standing[hit.slot], ofKind = standing !== LISTS && isOfKind(hit.slot) ? 1 : 0;
    const own = versions.ownOf(hit.slot) === undefined ? 0 : 1;
    hit.score *= NUMBERS.standings[standing] * NUMBERS.ofKind[ofKind] * NUMBERS.ownLanguage[own];
  }
  return hits.sort((a, b) => b.score - a.score || a.slot - b.slot);
}

// Those of the best notes that say the phrases in quotation marks, word for word. A note too long to be
// looked through is taken at its words, if it holds them all.
async function withPhrases(hits, { phrases }, weights) {
  const looked = hits.slice(0, NUMBERS.phraseNotes);
  const notes = await Promise.all(looked.map(({ slot }) => noteAt(slot)));
  const all = sumOf(weights);
  return looked.filter(({ mass }, at) => saysAll(notes[at], phrases) || (notes[at].isCut && mass === all));
}

function saysAll({ title, summary, text }, phrases) {
  const parts = [title, summary, text].map(foldedWords);
  const says = (words, phrase) =>
    words.some((_, at) => phrase.every((word, offset) => words[at + offset] === word));
  return phrases.every((phrase) => parts.some((words) => says(words, phrase)));
}

// The versions of works: the work of a note that has several, and the slot of its version in the language of the page.
function versionsFor(index, filed) {
  const filter = index.filters.findIndex(({ name }) => name === "language"), language = pageLanguage();
  const isOwn = (slot) => filed.values.get(slot)[filter].includes(language);
  const owns = new Map([...filed.workOf].filter(([slot]) => isOwn(slot)).map(([slot, work]) => [work, slot]));
  const workOf = (slot) => filed.workOf.get(slot);
  return { workOf, isOwn, ownOf: (slot) => (isOwn(slot) ? slot : owns.get(workOf(slot))) };
}

// One hit for each work, in the place of the best of its versions. The one in the language of the page is shown.
function oneOfEachWork(hits, { workOf, isOwn }) {
  const works = new Map(), first = [];
  for (const hit of hits) {
    const work = workOf(hit.slot), known = work === undefined ? undefined : works.get(work);
    if (!known) {
      first.push({ ...hit, slots: [hit.slot] });
      works.set(work, first.at(-1));
    } else if (isOwn(hit.slot)) {
      known.slots.unshift(hit.slot);
      known.slot = hit.slot;
    } else known.slots.push(hit.slot);
  }
  return first;
}

// A hit with the version in the language of the page first, even if that does not hold the words.
function inOwnLanguage(hit, { ownOf }) {
  const own = ownOf(hit.slot);
  return own === undefined || own === hit.slot ? hit : { ...hit, slot: own, slots: [own, ...hit.slots] };
}

// Puts first, among the best, the notes that have the paragraph that was asked for, then those that have all words
// in the order in which they were asked, or are called so. A note that is past must say them in its name.
async function inOrderFirst(hits, { asked, first: coreFirst, end: coreEnd, isOpen, names, paragraph }, filed) {
  const core = asked.slice(coreFirst, coreEnd), last = core.length - 1;
  if (last < 1 && paragraph === null) return hits;
  const goesOn = isOpen && coreEnd === asked.length;
  const says = (words) => words.some((_, at) => at + last < words.length && core.every((word, offset) =>
    words[at + offset] === word || (goesOn && offset === last && words[at + offset].startsWith(word))));
  const called = new Set(names.filter(({ first, end }) => first === coreFirst && end === coreEnd)
    .flatMap(({ slots }) => slots));
  const best = hits.slice(0, NUMBERS.orderedNotes);
  const notes = await Promise.all(best.map(({ slot }) => noteAt(slot)));
  const comesFirst = ({ slot }, at) => last > 0 && (called.has(slot) || says(foldedWords(notes[at].title)) ||
    (filed.standing[slot] > 0 && [notes[at].summary, notes[at].text].some((part) => says(foldedWords(part)))));
  const hasParagraph = ({ places }) => places.some(([, , number]) => number === paragraph);
  const groups = [[], [], [], []];
  for (const [at, hit] of best.entries()) {
    const isElsewhere = paragraph !== null && !hasParagraph(notes[at]);
    groups[(isElsewhere ? 2 : 0) + (comesFirst(hit, at) ? 0 : 1)].push(hit);
  }
  return [...groups.flat(), ...hits.slice(NUMBERS.orderedNotes)];
}
