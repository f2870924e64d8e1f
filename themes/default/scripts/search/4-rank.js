// The notes that fit a query, the best first, as `src/search/rank.rs` and `src/search/order.rs` rank them:
// in whole numbers, so that the two agree to the last place.

// How much a word tells that `count` of `notes` notes hold.
const rarity = (count, notes) =>
  Math.floor(NUMBERS.rarityUnit * Math.log(1 + (notes - count + 0.5) / (count + 0.5)));

// Finds notes: { hits, query, index, filed }. `isWhole` says that the text is not being typed: then the
// lists of the words as they stand are asked for at once, since most words are their own stem but for the
// end.
async function find(text, isWhole = false) {
  const index = await loadIndex();
  const filing = loadFiled(index);
  if (isWhole) for (const word of foldedWords(text).slice(0, NUMBERS.queryWords)) listOf(index, word).catch(() => {});
  const query = await understand(index, text);
  const lists = await listsFor(index, query);
  const filed = await filing;
  const weights = query.words.map(({ count }) => rarity(count, index.notes));
  let hits = best(scoresOf(index, query, lists, weights, filed.size), filed);
  const hasPhrases = query.phrases.length > 0;
  if (hasPhrases) hits = await withPhrases(hits, query, weights);
  const [first, others] = oneOfEachText(hits, index, filed);
  hits = [...(hasPhrases ? first : await inOrderFirst(first, query, filed)), ...others];
  return { hits, query, index, filed };
}

// The lists of all stems of a query.
async function listsFor(index, { words, groups }) {
  const stems = words.flatMap(({ stems }) => stems.map(({ stem }) => stem));
  const wanted = new Set([...stems, ...groups.flatMap(({ stems }) => stems)]);
  return new Map(await Promise.all([...wanted].map(async (stem) => [stem, await listOf(index, stem)])));
}

// For each word of the query and each slot, how much of the word the note holds (`masses`), and how much
// that counts (`scores`). `isFound` marks the slots of notes that hold any.
function scoresOf(index, query, lists, weights, size) {
  const perSlot = () => query.words.map(() => new Float64Array(size));
  const held = { scores: perSlot(), masses: perSlot(), isFound: new Uint8Array(size) };
  const { scores, masses, isFound } = held;
  for (const [at, { stems }] of query.words.entries()) {
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
  for (const { first, end, slots } of query.names) {
    for (const slot of slots) for (let at = first; at < end; at++) scores[at][slot] *= NUMBERS.named;
  }
  return held;
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

// The notes that hold enough of what the best one holds of the query, by score: { slot, mass, score }.
function best({ scores, masses, isFound }, filed) {
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
  for (const hit of hits) if (filed.past[hit.slot]) hit.score = Math.floor(hit.score / NUMBERS.pastDivisor);
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

// Of several translations of one text, that in the language of the page comes in the place of the best;
// the others are returned apart, for after all other notes.
function oneOfEachText(hits, index, filed) {
  const texts = new Map();
  for (const hit of hits) {
    const text = filed.textOf.get(hit.slot);
    if (text === undefined) continue;
    if (!texts.has(text)) texts.set(text, []);
    texts.get(text).push(hit);
  }
  const language = document.documentElement.lang;
  const filter = index.filters.findIndex(({ name }) => name === "language");
  const isOwn = ({ slot }) => filed.values.get(slot)[filter]?.includes(language);
  const shownOf = ([best, ...others]) => [best, ...others]
    .find((hit) => isOwn(hit) && hit.score * NUMBERS.translationDivisor >= best.score) ?? best;
  const first = [], others = [];
  for (const hit of hits) {
    const all = texts.get(filed.textOf.get(hit.slot));
    if (!all) first.push(hit);
    else {
      if (all[0] === hit) first.push(shownOf(all));
      if (shownOf(all) !== hit) others.push(hit);
    }
  }
  return [first, others];
}

// Puts first, of those that are shown at first, the notes that have all words in the order in which they
// were asked, or are called so.
async function inOrderFirst(hits, { asked, isOpen, names }, filed) {
  if (asked.length < 2) return hits;
  const last = asked.length - 1;
  const says = (words) => words.some((_, at) => at + last < words.length && asked.every((word, offset) =>
    words[at + offset] === word || (isOpen && offset === last && words[at + offset].startsWith(word))));
  const called = new Set(names.filter(({ first, end }) => first === 0 && end === asked.length)
    .flatMap(({ slots }) => slots));
  const shown = hits.slice(0, NUMBERS.shownAtFirst);
  const notes = await Promise.all(shown.map(({ slot }) => noteAt(slot)));
  const comesFirst = ({ slot }, at) => !filed.past[slot] && (called.has(slot) ||
    [notes[at].title, notes[at].summary, notes[at].text].some((part) => says(foldedWords(part))));
  const first = [], then = [];
  for (const [at, hit] of shown.entries()) (comesFirst(hit, at) ? first : then).push(hit);
  return [...first, ...then, ...hits.slice(NUMBERS.shownAtFirst)];
}
