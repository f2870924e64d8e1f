// What a result shows of a note: the sentence that says most of what was asked, with the words marked.

// The longest excerpt, and how much of it stands around what is marked, in signs.
const LONGEST_EXCERPT = 260;
const AROUND_MARKS = 60;

// A function that says of a word whether it was asked for: as which word of the query, and by which of
// its other names.
async function markerOf(index, query) {
  const marks = new Map();
  for (const [at, { stems, shards }] of query.words.entries()) {
    const wanted = new Set(stems.map(({ stem }) => stem));
    for (const entries of await Promise.all(shards.map((shard) => wordShard(index, shard)))) {
      for (const [word, entry] of entries) {
        if (entry.stems.some(([stem]) => wanted.has(stem))) marks.set(word, at);
      }
    }
  }
  const ofGroups = query.groups.flatMap((group) => group.stems.map((stem) => [stem, group]));
  // A word that most notes hold is worth no mark, unless nothing else was asked for.
  const isCommon = query.words.map(({ count }) => count * 2 > index.notes);
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
  return found.filter(({ group }) => !group || group.stems.every(isThere))
    .map(({ start, end, at }) => [start, end, at]);
}

// The sentence of a note that says most of what was asked: { text, marks, start, end }, where `start` and
// `end` cut it if it is long.
function excerptOf({ summary, text }, marker) {
  const sentences = `${summary}\n${text}`
    .replace(/([.!?؟।]["'”’»)\]]*)\s+/g, "$1\n").replace(/([。！？။៕]["”’»）]*)/g, "$1\n").split("\n");
  let best = { words: -1, text: "", marks: [] };
  for (const sentence of sentences.filter((sentence) => sentence.trim())) {
    const marks = marksIn(sentence, marker);
    const words = new Set(marks.map(([, , at]) => at)).size;
    if (words > best.words) best = { words, text: sentence, marks };
  }
  return best.text.length <= LONGEST_EXCERPT ? best : cut(best);
}

function cut({ text, marks }) {
  const first = marks[0]?.[0] ?? 0;
  const last = marks.filter(([, end]) => end <= first + LONGEST_EXCERPT - AROUND_MARKS).pop()?.[1] ?? first;
  let start = Math.max(0, Math.min(first - AROUND_MARKS, last - LONGEST_EXCERPT + AROUND_MARKS));
  if (start > 0) start = Math.max(start, text.indexOf(" ", start) + 1 || start);
  if (start > first) start = first;
  let end = Math.min(text.length, start + LONGEST_EXCERPT);
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
