//! The index as scripts. Each calls `fieldbookSearch` with the name of what it brings and the data:
//! a page may load a script from its own site, and also from a folder on a disk, where it may
//! fetch nothing else.

use std::borrow::Cow;
use std::io::Write;

use super::facets::{self, COMMON};
use super::index::{IndexEntry, SearchIndex};
use super::leaves::IndexShard;
use super::list::write_number;
use super::texts::{SearchText, texts};
use super::{ScriptPart, ShardBounds, group_of, groups};
use crate::site::Site;
use crate::view::is_past;

/// The keys of the words of the interface that searching needs; `search.js` knows the order.
const WORDS: &[&str] = &[
    "search",
    "search-label",
    "search-close",
    "search-hint",
    "search-loading",
    "search-none",
    "search-none-filtered",
    "search-one",
    "search-many",
    "search-more",
    "search-filters",
    "search-clear",
    "search-failed",
    "search-page",
    "search-past",
    "search-kind",
    "search-status",
    "search-year",
    "search-language",
    "status-draft",
    "status-under-review",
    "status-published",
    "status-endorsed",
    "status-withdrawn",
    "status-superseded",
];

/// The bytes of the part of the index.
pub(super) fn script(
    index: &SearchIndex,
    shards: &ShardBounds,
    site: &Site,
    part: &ScriptPart,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 * 1024);
    out.extend_from_slice(b"fieldbookSearch(");
    text(&part.key(), &mut out);
    out.push(b',');
    match part {
        ScriptPart::Index => about(index, shards, site, &mut out),
        ScriptPart::Words(start) => words(index, leaf(&shards.words, start), &mut out),
        ScriptPart::Stems(start) => stems(index, leaf(&shards.stems, start), &mut out),
        ScriptPart::Facets(group) => {
            let entries = group_of(&index.entries, *group, super::FACETS);
            let of = |entry: &IndexEntry| (entry.slot, facets::values_of_note(site, entry.id));
            let notes: Vec<_> = entries.iter().map(of).collect();
            facets::write(&notes, COMMON.len() + site.config.filters.len(), &mut out);
        }
        ScriptPart::Texts(group) => {
            let entries = group_of(&index.entries, *group, super::TEXTS);
            let said = texts(site, entries);
            out.reserve(said.iter().map(|said| said.text.len()).sum());
            array(&mut out, entries.iter().zip(&said), |out, (entry, said)| {
                note(site, entry, said, out);
            });
        }
    }
    out.extend_from_slice(b")\n");
    out
}

fn leaf<'l>(leaves: &'l [IndexShard], start: &str) -> Option<&'l IndexShard> {
    let at = leaves.binary_search_by(|leaf| leaf.start.as_str().cmp(start));
    at.ok().map(|at| &leaves[at])
}

/// What must be known before anything is looked up.
fn about(index: &SearchIndex, shards: &ShardBounds, site: &Site, out: &mut Vec<u8>) {
    let _ = write!(out, "{{\"notes\":{},\"bits\":{},\"words\":", index.entries.len(), index.bits);
    array(out, &shards.words, |out, leaf| text(&leaf.start, out));
    out.extend_from_slice(b",\"stems\":");
    array(out, &shards.stems, |out, leaf| text(&leaf.start, out));
    out.extend_from_slice(b",\"facets\":");
    array(out, groups(&index.entries, super::FACETS), |out, group| {
        let _ = write!(out, "{group}");
    });
    out.extend_from_slice(b",\"filters\":");
    let common = COMMON.iter().map(|name| (*name, String::new()));
    let filters: Vec<_> = common.chain(facets::fields(&site.config)).collect();
    array(out, &filters, |out, (name, label)| {
        out.push(b'[');
        text(name, out);
        out.push(b',');
        text(label, out);
        out.push(b']');
    });
    out.extend_from_slice(b",\"texts\":{");
    for (at, (language, words)) in interface(site).enumerate() {
        out.extend_from_slice(if at > 0 { b"," } else { b"" });
        text(language, out);
        out.push(b':');
        array(out, words, |out, word| text(word, out));
    }
    out.extend_from_slice(b"}}");
}

/// The words of the interface that searching needs, by language, in the order of [`WORDS`].
pub(super) fn interface(site: &Site) -> impl Iterator<Item = (&str, Vec<&str>)> {
    site.cards.iter().map(|(language, card)| {
        (language.as_str(), WORDS.iter().map(|key| card.words.get(key)).collect())
    })
}

/// The words of a shard: what each has in common with the one before, the rest of it, its stems, and
/// of a name what it names: the other names, and the notes.
fn words(index: &SearchIndex, leaf: Option<&IndexShard>, out: &mut Vec<u8>) {
    let mut last = "";
    out.push(b'"');
    for (key, words, names) in leaf.into_iter().flat_map(|leaf| index.dictionary(leaf)) {
        shorten(last, key, out);
        last = key;
        for (stem, _) in words.into_iter().flatten() {
            out.push(b'=');
            shorten(key, stem, out);
            out.push(b':');
            write_number(index.lists.get(stem).map_or(0, |list| list.count), out);
        }
        for name in names.into_iter().flat_map(|named| &named.others) {
            out.push(b'~');
            out.extend_from_slice(name.as_bytes());
        }
        for slot in names.into_iter().flat_map(|named| &named.slots) {
            out.push(b'@');
            write_number(*slot, out);
        }
        out.push(b' ');
    }
    out.push(b'"');
}

/// The stems of a shard, each with the notes that hold it.
fn stems(index: &SearchIndex, leaf: Option<&IndexShard>, out: &mut Vec<u8>) {
    let mut last = "";
    out.push(b'"');
    for (stem, list) in leaf.into_iter().flat_map(|leaf| index.held(leaf)) {
        shorten(last, stem, out);
        last = stem;
        out.push(b':');
        list.write(out);
        out.push(b' ');
    }
    out.push(b'"');
}

/// Writes `word` as what it has in common with `like`, and the rest.
fn shorten(like: &str, word: &str, out: &mut Vec<u8>) {
    let same = like.chars().zip(word.chars()).take_while(|(a, b)| a == b);
    // In the units that the browser counts texts in.
    let (units, bytes) =
        same.fold((0, 0), |(units, bytes), (c, _)| (units + c.len_utf16(), bytes + c.len_utf8()));
    write_number(units as u32, out);
    out.extend_from_slice(&word.as_bytes()[bytes..]);
}

/// What a result shows: slot, address, title, name of the kind, date, whether it is past, summary,
/// language, text, and 1 if that is only the beginning.
fn note(site: &Site, entry: &IndexEntry, said: &SearchText, out: &mut Vec<u8>) {
    let note = site.note(entry.id);
    let card = &note.facts.card;
    let _ = write!(out, "[{},", entry.slot);
    text(&crate::path::url_path(card.url.as_str()).to_string(), out);
    let date = card.date.map(|date| date.to_string()).unwrap_or_default();
    for part in [&card.title, &card.kind_title, &date] {
        out.push(b',');
        text(part, out);
    }
    out.extend_from_slice(if is_past(site, entry.id) { b",1," } else { b",0," });
    text(card.summary.as_deref().unwrap_or_default(), out);
    out.push(b',');
    text(card.language.as_str(), out);
    out.push(b',');
    text(&said.text, out);
    out.extend_from_slice(if said.is_cut { b",1]" } else { b"]" });
}

/// Writes a list.
pub(super) fn array<T>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut Vec<u8>, T),
) {
    out.push(b'[');
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.push(b']');
}

/// Writes a text as a literal of JavaScript (ECMA-262, StringLiteral), in which only quotation marks,
/// backslashes and ends of lines are not themselves. An end of a line is one however it was written.
pub(super) fn text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let text = match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(text),
    };
    let mut rest = text.as_bytes();
    while let Some(at) = memchr::memchr3(b'"', b'\\', b'\n', rest) {
        out.extend_from_slice(&rest[..at]);
        let sign = if rest[at] == b'\n' { b'n' } else { rest[at] };
        out.extend_from_slice(&[b'\\', sign]);
        rest = &rest[at + 1..];
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}
