//! The index as scripts. Each calls `fieldbookSearch` with its name and its data, as JSON: a page may load
//! a script from its own site, and also from a folder on a disk, where it may fetch nothing else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::facets::{FacetScript, facets_of_note};
use super::filters::{SearchFilter, filters, value_titles};
use super::index::{IndexEntry, SearchIndex};
use super::leaves::IndexShard;
use super::lexicon::{self, ListToBrowse, lists_to_browse};
use super::list::write_number;
use super::tables::interface_words;
use super::texts::{SearchText, texts};
use super::{ScriptPart, ShardBounds, group_of, groups};
use crate::site::Site;
use crate::view::{TextPlace, is_past};
use crate::words::StringForms;

/// Returns the bytes of a part of the index.
pub(super) fn script(
    index: &SearchIndex,
    shards: &ShardBounds,
    site: &Site,
    part: &ScriptPart,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(16 * 1024);
    out.extend_from_slice(b"fieldbookSearch(");
    write_json(&part.key(), &mut out);
    out.push(b',');
    match part {
        ScriptPart::Index => write_json(&IndexSummary::new(index, shards, site), &mut out),
        ScriptPart::Words(start) => {
            write_json(&words(index, leaf(&shards.words, start)), &mut out);
        }
        ScriptPart::Stems(start) => {
            write_json(&stems(index, leaf(&shards.stems, start)), &mut out);
        }
        ScriptPart::Facets(group) => {
            let entries = group_of(&index.entries, *group, super::FACETS);
            let facets = |entry: &IndexEntry| (entry.slot, facets_of_note(site, entry.id));
            let notes: Vec<_> = entries.iter().map(facets).collect();
            let titles = value_titles(site, entries.iter().map(|entry| entry.id));
            write_json(&FacetScript::new(&notes, filters(site).len(), titles), &mut out);
        }
        ScriptPart::Texts(group) => {
            let entries = group_of(&index.entries, *group, super::TEXTS);
            let texts = texts(site, entries);
            out.reserve(texts.iter().map(|said| said.text.len()).sum());
            out.push(b'[');
            for (at, (entry, text)) in entries.iter().zip(&texts).enumerate() {
                out.extend((at > 0).then_some(b','));
                write_result(site, entry, text, &mut out);
            }
            out.push(b']');
        }
    }
    out.extend_from_slice(b")\n");
    out
}

fn write_json(data: &impl Serialize, out: &mut Vec<u8>) {
    serde_json::to_writer(out, data).expect("the index has only keys that are text");
}

fn leaf<'l>(leaves: &'l [IndexShard], start: &str) -> Option<&'l IndexShard> {
    let at = leaves.binary_search_by(|leaf| leaf.start.as_str().cmp(start));
    at.ok().map(|at| &leaves[at])
}

/// The first part of the index, which a browser needs before it looks anything up.
#[derive(Hash, Serialize)]
pub(super) struct IndexSummary<'s> {
    /// The number of notes.
    notes: usize,
    /// The beginnings of the shards of words.
    words: Vec<&'s str>,
    /// The beginnings of the shards of stems.
    stems: Vec<&'s str>,
    /// The groups of slots that have notes, for [`ScriptPart::Facets`].
    facets: Vec<u32>,
    filters: Vec<SearchFilter<'s>>,
    /// The stems of the names of kinds, each with the titles of the kinds.
    kinds: BTreeMap<String, BTreeSet<String>>,
    /// The titles of kinds by language, where they differ from those in the language of the book.
    #[serde(rename = "kindsIn", skip_serializing_if = "BTreeMap::is_empty")]
    kinds_in: BTreeMap<&'s str, BTreeMap<&'s str, &'s str>>,
    /// The groups of related phrases, each with its forms.
    related: Vec<Vec<String>>,
    /// The lists to look in where nothing is found, by language.
    browse: BTreeMap<&'s str, Vec<ListToBrowse<'s>>>,
    /// The words of the interface by language, in the order of [`interface_words`].
    texts: BTreeMap<&'s str, Vec<Option<&'s StringForms>>>,
}

impl<'s> IndexSummary<'s> {
    /// Sums up the index of a site.
    pub(super) fn new(index: &SearchIndex, shards: &'s ShardBounds, site: &'s Site) -> Self {
        let starts = |leaves: &'s [IndexShard]| leaves.iter().map(|leaf| leaf.start.as_str());
        let texts = site.cards.iter().map(|(language, card)| {
            (language.as_str(), interface_words().map(|key| card.words.forms(key)).collect())
        });
        Self {
            notes: index.entries.len(),
            words: starts(&shards.words).collect(),
            stems: starts(&shards.stems).collect(),
            facets: groups(&index.entries, super::FACETS),
            filters: filters(site),
            kinds: lexicon::kinds(site),
            kinds_in: kinds_in(site),
            related: lexicon::related(site),
            browse: lists_to_browse(site),
            texts: texts.collect(),
        }
    }
}

/// Returns the titles of kinds in the further languages of the book, by those in its own.
fn kinds_in(site: &Site) -> BTreeMap<&str, BTreeMap<&str, &str>> {
    let in_languages = site.config.kinds_in.iter().map(|(language, kinds)| {
        let both =
            site.config.kinds.iter().zip(kinds).filter(|(own, kind)| own.title != kind.title);
        let titles = both.map(|(own, kind)| (own.title.as_str(), kind.title.as_str())).collect();
        (language.as_str(), titles)
    });
    in_languages.filter(|(_, titles): &(_, BTreeMap<_, _>)| !titles.is_empty()).collect()
}

/// Writes the words of a shard: the letters that each has in common with the one before, the rest of it, its
/// stems, and of a name its other names and the notes it names.
fn words(index: &SearchIndex, leaf: Option<&IndexShard>) -> String {
    let (mut last, mut out) = ("", Vec::new());
    for entry in leaf.into_iter().flat_map(|leaf| index.dictionary(leaf)) {
        shorten(last, entry.key, &mut out);
        last = entry.key;
        for (stem, _) in entry.stems.into_iter().flatten() {
            out.push(b'=');
            shorten(entry.key, stem, &mut out);
            out.push(b':');
            write_number(index.lists.get(stem).map_or(0, |list| list.count), &mut out);
        }
        for name in entry.owner.into_iter().flat_map(|owner| &owner.others) {
            out.push(b'~');
            out.extend_from_slice(name.as_bytes());
        }
        for slot in entry.owner.into_iter().flat_map(|owner| &owner.slots) {
            out.push(b'@');
            write_number(*slot, &mut out);
        }
        out.push(b' ');
    }
    text(out)
}

/// Writes the stems of a shard, each with the notes that hold it.
fn stems(index: &SearchIndex, leaf: Option<&IndexShard>) -> String {
    let (mut last, mut out) = ("", Vec::new());
    for (stem, list) in leaf.into_iter().flat_map(|leaf| index.held(leaf)) {
        shorten(last, stem, &mut out);
        last = stem;
        out.push(b':');
        list.write(&mut out);
        out.push(b' ');
    }
    text(out)
}

fn text(written: Vec<u8>) -> String {
    String::from_utf8(written).expect("words and digits are text")
}

/// Writes `word` as the number of letters it has in common with `like`, and the rest.
fn shorten(like: &str, word: &str, out: &mut Vec<u8>) {
    let same = like.chars().zip(word.chars()).take_while(|(a, b)| a == b);
    // In the units that the browser counts texts in.
    let (units, bytes) =
        same.fold((0, 0), |(units, bytes), (c, _)| (units + c.len_utf16(), bytes + c.len_utf8()));
    write_number(units as u32, out);
    out.extend_from_slice(&word.as_bytes()[bytes..]);
}

/// Writes what a result shows of a note: slot, address, title, name of the kind, date, 1 if it is past, summary,
/// language, other names, places in the text, text, and 1 if that is only the beginning.
fn write_result(site: &Site, entry: &IndexEntry, text: &SearchText, out: &mut Vec<u8>) {
    let facts = &site.note(entry.id).facts;
    let card = &facts.card;
    let others = facts.other_names().filter(|name| *name != card.title);
    let place = |place: &TextPlace| (place.line, place.anchor.clone(), place.sort.clone());
    let before_text = (
        entry.slot,
        crate::path::url_path(card.url.as_str()).to_string(),
        with_newlines(&card.title),
        &site.config.kind(facts.kind).title,
        card.date.map(|date| date.to_string()).unwrap_or_default(),
        u8::from(is_past(site, entry.id)),
        with_newlines(card.summary.as_deref().unwrap_or_default()),
        card.language.as_str(),
        others.collect::<Vec<_>>(),
        text.places.iter().map(place).collect::<Vec<_>>(),
    );
    write_json(&before_text, out);
    // The text goes into the same list.
    out.pop();
    out.push(b',');
    write_text(&with_newlines(&text.text), out);
    out.extend_from_slice(if text.is_cut { b",1]" } else { b",0]" });
}

/// Writes a text as JSON, line by line. Nearly no line has a character to escape, and to look for one in many bytes
/// at once takes a tenth of the time that serde_json takes for them one by one.
fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.extend_from_slice(b"\\n");
        }
        let is_escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        if line.bytes().fold(false, |any, byte| any | is_escaped(byte)) {
            let start = out.len();
            write_json(&line, out);
            // Without its quotes.
            out.remove(start);
            out.pop();
        } else {
            out.extend_from_slice(line.as_bytes());
        }
    }
    out.push(b'"');
}

/// Returns a text with its ends of lines written in one way.
fn with_newlines(text: &str) -> Cow<'_, str> {
    match memchr::memchr(b'\r', text.as_bytes()) {
        Some(_) => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        None => Cow::Borrowed(text),
    }
}
