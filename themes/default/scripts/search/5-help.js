// What a reader is told who asks for words that no note has, or not together: what was found instead, the
// nearest words of the book, and the lists to look in.

// The nearest words that are offered for one word.
const NEAREST = 3;

// What is to be said of an answer, besides the number of results.
function remarksOn({ query, hits, held, weights }, words) {
  const remarks = [];
  for (const [at, { stems, guess }] of query.words.entries()) {
    const isOther = guess && [NUMBERS.typo, NUMBERS.variant].includes(stems[0].factor);
    if (isOther && hits.length) remarks.push(fill(words["search-instead"], { word: isolated(query.typed[at]), other: isolated(guess) }));
  }
  if (hits.length && mostOf(held) < sumOf(weights)) {
    const missing = query.typed.filter((_, at) => weights[at] && !held.masses[at][hits[0].slot]);
    if (missing.length) remarks.push(fill(words["search-without"], { words: isolated(missing.join(" ")) }));
  }
  return remarks;
}

// What helps on where nothing, or not all, was found: a list of elements. `ask` searches for another text.
async function helpOn({ query, hits, index }, text, words, ask) {
  const isUnknown = ({ stems, isIgnored }, at) => !stems.length && !isIgnored &&
    !query.groups.some(({ first, end }) => first <= at && at < end);
  const help = [];
  const asking = (other, label) => {
    const link = element("a", { href: opener.dataset.search + addressOf({ q: other }), dir: "auto" }, label);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      ask(other);
    });
    return link;
  };
  if (!hits.length && query.phrases.length) {
    help.push(element("p", {}, asking(unquoted(text), words["search-unquoted"])));
  }
  const unknown = query.asked.filter((_, at) => isUnknown(query.words[at], at));
  const near = (await Promise.all(unknown.map((word) => nearestWords(index, word)))).flat();
  if (near.length) help.push(listed(words["search-nearest"], near.map((word) => asking(word, word))));
  if (!hits.length) {
    const lists = index.browse[pageLanguage()] ?? Object.values(index.browse)[0] ?? [];
    const links = lists.map(([title, url]) => element("a", { href: root + url }, title));
    if (links.length) help.push(listed(words["search-browse"], links));
  }
  return help;
}

const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (_, part) => parts[part]);

const unquoted = (text) => text.replace(new RegExp(QUOTATION_MARK, "gu"), " ").trim();

const listed = (title, links) => element("div", { class: "search-help-list" }, element("p", {}, title),
  element("ul", {}, ...links.map((link) => element("li", {}, link))));

// The words of the book that are nearest to one that it does not have, the nearest first.
async function nearestWords(index, word) {
  const letters = [...word], most = Math.max(2, Math.floor(letters.length / 3)), found = new Map();
  for (const entries of await Promise.all(shardsAround(index, word).map((at) => wordShard(index, at)))) {
    for (const [other, { stems }] of entries) {
      if (!stems.length) continue;
      const away = lettersBetween(letters, [...other]);
      const known = found.get(stems[0][0]);
      if (away <= most && !(known?.away <= away)) found.set(stems[0][0], { other, away, count: stems[0][1] });
    }
  }
  const order = (a, b) => a.away - b.away || b.count - a.count || compare(a.other, b.other);
  return [...found.values()].sort(order).slice(0, NEAREST).map(({ other }) => other);
}

// The letters by which two words differ: those to add, to leave out or to change.
function lettersBetween(word, other) {
  let before = other.map((_, at) => at + 1);
  for (const [row, letter] of word.entries()) {
    let corner = row, left = row + 1;
    before = before.map((above, at) => {
      left = Math.min(above + 1, left + 1, corner + (letter === other[at] ? 0 : 1));
      corner = above;
      return left;
    });
  }
  return before.at(-1) ?? word.length;
}
