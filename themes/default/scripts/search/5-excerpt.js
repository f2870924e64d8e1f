// What a result shows of a note: the sentences that say most of what was asked, with the words marked, and the
// place in the note that they come from.

// The longest excerpt, the longest part of one that has two, and how much stands around what is marked, in signs.
const LONGEST_EXCERPT = 260;
const LONGEST_PART = 150;
const AROUND_MARKS = 60;

// A function that says of a word whether it was asked for: as which word of the query, and by which of
// its other names.
async function markerOf(index, query) {
  const marks = new Map();
  for (const [at, { stems, shards, isIgnored }] of query.words.entries()) {
    if (isIgnored) continue;
    const wanted = new Set(stems.map(({ stem }) => stem));
    for (const entries of await Promise.all(shards.map((shard) => wordShard(index, shard)))) {
      for (const [word, entry] of entries) {
        if (entry.stems.some(([stem]) => wanted.has(stem))) marks.set(word, at);
      }
    }
  }
  const ofGroups = query.groups.flatMap((group) => group.stems.map((stem) => [stem, group]));
  // A word that most notes hold is worth no mark, unless nothing else was asked for.
  const isCommon = query.words.map(({ count, isIgnored }) => isIgnored || count * 2 > index.notes);
  if (!isCommon.every(Boolean)) for (const [word, at] of marks) if (isCommon[at]) marks.delete(word);
  return (word) => {
    const at = marks.get(word);
    if (at !== undefined) return { at, word };
    const group = ofGroups.find(([stem]) => isOf(word, stem))?.[1];
    return group && { at: group.first, word, group };
  };
}

const isOf = (word, stem) => word === stem || (stem.length > 3 && word.startsWith(stem));

// Where the words asked for stand in a text: [start, end, which of them]. Words of another name of
// what was asked count only where the whole name does.
function marksIn(text, marker) {
  const found = [];
  const add = (start, end, word) => {
    const asked = marker(word);
    if (asked) found.push({ start, end, ...asked });
  };
  for (const [kind, start, end] of segment(text)) {
    const written = text.slice(start, end);
    if (kind !== "r") add(start, end, fold(written));
    else {
      const signs = signsIn(written.normalize("NFC") === written ? written : "");
      let from = start;
      for (const [at, sign] of signs.entries()) {
        const pair = sign + (signs[at + 1] ?? "");
        add(from, from + pair.length, foldRun(pair));
        from += sign.length;
      }
    }
  }
  const isThere = (stem) => found.some(({ word }) => isOf(word, stem));
  const { ignored } = lexicon;
  return found.filter(({ group, word }) => !group || (group.stems.every(isThere) && !ignored.has(word)))
    .map(({ start, end, at }) => [start, end, at]);
}

// What a result shows of a note: { title, parts, place }, each of them a text with marks. `place` also has the
// anchor to which the result leads, if it is not the whole note.
function excerptOf(note, query, marker, words) {
  const title = markedUp(note.title, marker);
  const place = paragraphOf(note, query);
  const sentences = sentencesOf(note)
    .filter((sentence) => !place || sentence.line === place[0])
    .map((sentence) => ({ ...sentence, ...markedUp(sentence.text, marker) }));
  const [summary] = sentences, best = mostOfWords(sentences, new Set());
  if (!best) return { title, parts: [], place: null };
  // Where the title and the first sentence say as much together, the first sentence says it best.
  const isEnough = summary.words.size > 0 && !newWords(best, new Set([...title.words, ...summary.words])).length;
  const first = isEnough ? summary : best;
  const told = new Set([...title.words, ...first.words]);
  const then = mostOfWords(sentences, told);
  const others = note.names.map((name) => markedUp(`${words.aliases}: ${name}`, marker));
  const name = mostOfWords(others, new Set([...told, ...(then?.words ?? [])]));
  const parts = [first, ...[then, name].filter((part) => part && newWords(part, told).length)];
  // An excerpt says what the title does not; where it says nothing, the name does that was asked for.
  if (parts.length > 1 && !first.words.size) parts.shift();
  const from = place ?? (newWords(first, title.words).length ? first.place : null);
  const longest = parts.length > 1 ? LONGEST_PART : LONGEST_EXCERPT;
  return { title, parts: parts.map((part) => cut(part, longest)), place: from && labelOf(from, note, marker) };
}

// A text with its marks, and which words of the query they are.
function markedUp(text, marker) {
  const marks = marksIn(text, marker);
  return { text, marks, words: new Set(marks.map(([, , at]) => at)) };
}

const newWords = ({ words }, told) => [...words].filter((at) => !told.has(at));

// The first of some texts that has most words of the query besides those that are `told`.
function mostOfWords(texts, told) {
  let best = null, most = -1;
  for (const text of texts) {
    const count = newWords(text, told).length;
    if (count > most) [best, most] = [text, count];
  }
  return best;
}

// The sentences of a note: { text, line, place }. A place is a line, its anchor, and its number if it has one, 1 if
// it is a heading.
function sentencesOf({ summary, text, places }) {
  const split = (line) => line.replace(/([.!?؟।]["'”’»)\]]*)\s+/g, "$1\n").replace(/([。！？။៕]["”’»）]*)/g, "$1\n")
    .split("\n").filter((sentence) => sentence.trim());
  const placeOf = new Map(places.map((place) => [place[0], place]));
  const sentences = split(summary).map((text) => ({ text, line: -1, place: null }));
  let section = null;
  for (const [line, written] of text.split("\n").entries()) {
    const own = placeOf.get(line) ?? null;
    if (own?.[2] === 1) section = own;
    for (const text of split(written)) sentences.push({ text, line, place: own ?? section });
  }
  return sentences;
}

// The paragraph that was asked for by its number: "¶9 of" a note, or "9" after the name of a note.
function paragraphOf({ slot, places }, { asked, names, paragraph }) {
  const named = names.filter(({ slots }) => slots.includes(slot));
  const isInName = (at) => named.some(({ first, end }) => first <= at && at < end);
  const numbers = paragraph !== null ? [paragraph]
    : named.length ? asked.filter((word, at) => isNumber(word) && !isInName(at)) : [];
  return places.find(([, , number]) => numbers.includes(number)) ?? null;
}

// The anchor of a place, and what readers call it.
function labelOf([line, anchor, sort], { text, places }, marker) {
  const lines = text.split("\n");
  const heading = places.filter(([at, , other]) => at <= line && other === 1).pop();
  const label = typeof sort === "string" ? `¶${sort}` : heading ? lines[heading[0]] : "";
  return { anchor, ...cut(markedUp(label, marker), LONGEST_PART) };
}

// Cuts a text to the part around its marks, if it is longer than `longest`.
function cut({ text, marks }, longest) {
  if (text.length <= longest) return { text, marks };
  const first = marks[0]?.[0] ?? 0;
  const last = marks.filter(([, end]) => end <= first + longest - AROUND_MARKS).pop()?.[1] ?? first;
  let start = Math.max(0, Math.min(first - AROUND_MARKS, last - longest + AROUND_MARKS));
  if (start > 0) start = Math.max(start, text.indexOf(" ", start) + 1 || start);
  if (start > first) start = first;
  let end = Math.min(text.length, start + longest);
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), last, start + 1);
  return { text, marks: marks.filter(([from, to]) => from >= start && to <= end), start, end };
}

// The nodes of a text with its marks.
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
