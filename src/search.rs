//! The index by which readers find notes, and the ranking of the notes found.
//!
//! A browser can't ask a folder on a disk anything; it can only load scripts. So the index is
//! scripts, of which a query needs a few: one that lists the others ([`ScriptPart::Index`]), the
//! words that begin like those asked for, with their stems ([`ScriptPart::Words`]), the notes that hold
//! those stems ([`ScriptPart::Stems`]), what all notes are filed under ([`ScriptPart::Facets`]), and the texts of
//! the notes that are shown ([`ScriptPart::Texts`]). An edit changes the scripts of the words it touches.

mod dictionary;
mod facets;
mod filters;
mod index;
mod leaves;
mod lexicon;
mod list;
mod names;
mod numbers;
mod order;
mod query;
mod rank;
mod script;
mod slots;
mod tables;
mod texts;

use rayon::prelude::*;

pub use index::{SearchIndex, TouchedKeys};
pub use rank::{SearchHit, find};
pub use tables::script_tables;

use index::IndexEntry;
use leaves::{IndexShard, seal};

use crate::fingerprint::Fingerprint;
use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::Site;
use crate::view::{BodyContent, is_past};

/// The binary digits of a slot that name a note within its [`ScriptPart::Facets`].
const FACETS: u32 = 10;

/// The binary digits of a slot that name a note within its [`ScriptPart::Texts`].
const TEXTS: u32 = 3;

/// One script of the index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScriptPart {
    /// The list of the other scripts, with all that a browser must know first.
    Index,
    /// The words from this beginning on, up to the next part.
    Words(String),
    /// The stems from this beginning on, up to the next part.
    Stems(String),
    /// The groups that the notes in a range of slots belong to.
    Facets(u32),
    /// The texts of the notes in a range of slots.
    Texts(u32),
}

/// The scripts that words and stems are cut into.
#[derive(Clone, Debug, Default)]
pub struct ShardBounds {
    words: Vec<IndexShard>,
    stems: Vec<IndexShard>,
}

impl ShardBounds {
    /// Returns the scripts, each with its fingerprint.
    pub fn parts(&self) -> impl Iterator<Item = (ScriptPart, Fingerprint)> {
        let words =
            self.words.iter().map(|leaf| (ScriptPart::Words(leaf.start.clone()), leaf.print));
        words.chain(
            self.stems.iter().map(|leaf| (ScriptPart::Stems(leaf.start.clone()), leaf.print)),
        )
    }
}

impl ScriptPart {
    /// Returns the name of the script, which also says where it lies.
    fn key(&self) -> String {
        match self {
            Self::Index => "index".to_owned(),
            Self::Words(start) => format!("words-{}", plain(start)),
            Self::Stems(start) => format!("stems-{}", plain(start)),
            Self::Facets(group) => format!("facets-{group}"),
            Self::Texts(group) => format!("texts/{group}"),
        }
    }

    /// Says whether the part follows from the words of all notes.
    pub fn is_of_words(&self) -> bool {
        matches!(self, Self::Index | Self::Words(_) | Self::Stems(_))
    }

    /// Returns the file of the script.
    pub fn path(&self) -> OutputPath {
        OutputPath::new(format!("search/{}.js", self.key()))
    }
}

/// Says whether a file at `path`, written in small letters, may be one of the scripts, which change with every
/// note.
pub fn is_script(path: &str) -> bool {
    let name = path.strip_prefix("search/").and_then(|path| path.strip_suffix(".js"));
    let begins = ["words-", "stems-", "facets-", "texts/"];
    name.is_some_and(|name| name == "index" || begins.iter().any(|begin| name.starts_with(begin)))
}

/// Writes the beginning of a word as part of the name of a file, in letters that every system takes: the
/// others as their number in Unicode.
fn plain(start: &str) -> String {
    let sign = |sign: char| match sign {
        'a'..='z' | '0'..='9' => sign.to_string(),
        sign => format!("-{:x}-", sign as u32),
    };
    start.chars().map(sign).collect()
}

/// Returns the parts of the index that follow from words alone, and their bounds. `before` is the bounds
/// before, and the keys touched since: the rest need not be looked at.
pub fn words(
    index: &SearchIndex,
    site: &Site,
    before: Option<(&ShardBounds, &TouchedKeys)>,
) -> (ShardBounds, Vec<(ScriptPart, Fingerprint)>) {
    let [words, stems] = index.leaves();
    let mut shards = ShardBounds { words, stems };
    let known = before.map(|(before, touched)| (&*before.words, &touched.words));
    seal(&mut shards.words, known, |leaf| {
        let entries = index.dictionary(leaf).map(|entry| {
            let stems: Vec<_> = entry.stems.into_iter().flatten().map(|(stem, _)| stem).collect();
            let counts: Vec<_> =
                stems.iter().map(|s| index.lists.get(*s).map(|l| l.count)).collect();
            (entry.key, stems, counts, entry.owner)
        });
        Fingerprint::of(&entries.collect::<Vec<_>>())
    });
    let known = before.map(|(before, touched)| (&*before.stems, &touched.stems));
    seal(&mut shards.stems, known, |leaf| {
        let entries = index.held(leaf).map(|(stem, list)| (stem, list.count, list.fingerprint));
        Fingerprint::of(&entries.collect::<Vec<_>>())
    });
    let mut parts: Vec<_> = shards.parts().collect();
    let summary = Fingerprint::of(&script::IndexSummary::new(index, &shards, site));
    parts.push((ScriptPart::Index, summary));
    (shards, parts)
}

/// Returns the parts that say what the notes are filed under.
pub fn facets(index: &SearchIndex, site: &Site) -> Vec<(ScriptPart, Fingerprint)> {
    let facets = groups(&index.entries, FACETS).into_par_iter().map(|group| {
        let entries = group_of(&index.entries, group, FACETS).iter();
        let of = |entry: &IndexEntry| (entry.slot, facets::facets_of_note(site, entry.id));
        let titles = filters::value_titles(site, entries.clone().map(|entry| entry.id));
        let notes: Vec<_> = entries.map(of).collect();
        (ScriptPart::Facets(group), Fingerprint::of(&(notes, titles)))
    });
    facets.collect()
}

/// Returns the parts that show the texts of the notes.
pub fn all_texts(index: &SearchIndex, site: &Site) -> Vec<(ScriptPart, Fingerprint)> {
    let groups = groups(&index.entries, TEXTS).into_par_iter();
    groups.map(|group| (ScriptPart::Texts(group), texts_print(index, site, group))).collect()
}

/// Returns the parts that show the texts of some notes.
pub fn texts(
    index: &SearchIndex,
    site: &Site,
    changed: &[NoteId],
) -> Vec<(ScriptPart, Fingerprint)> {
    groups(&index.entries_of(changed), TEXTS)
        .into_iter()
        .map(|group| (ScriptPart::Texts(group), texts_print(index, site, group)))
        .collect()
}

/// Returns the bytes of a part.
pub fn script(
    index: &SearchIndex,
    shards: &ShardBounds,
    site: &Site,
    part: &ScriptPart,
) -> Vec<u8> {
    script::script(index, shards, site, part)
}

fn texts_print(index: &SearchIndex, site: &Site, group: u32) -> Fingerprint {
    let print = |entry: &IndexEntry| {
        let facts = &site.note(entry.id).facts;
        let values: Vec<_> = facts.values.iter().map(|value| &value.items).collect();
        let titles = facts.references.iter().enumerate().filter_map(|(at, reference)| {
            let named = site.graph.references[entry.id.index()][at].note()?;
            Some((reference.field, &site.note(named).facts.card.title))
        });
        let named = (facts.other_names().collect::<Vec<_>>(), titles.collect::<Vec<_>>());
        let fields = &site.kind_for(facts.kind, entry.id).fields;
        let shown: Vec<_> = fields.iter().map(|field| (&field.label, field.for_editors)).collect();
        let body = BodyContent::new(site, entry.id);
        let words = site.words_of(entry.id);
        let signs = ["label-separator", "list-separator"].map(|key| words.get(key));
        let kind = &site.config.kind(facts.kind).title;
        let said = (values, shown, named, signs, body);
        (entry.slot, &facts.card, kind, is_past(site, entry.id), said)
    };
    let notes: Vec<_> = group_of(&index.entries, group, TEXTS).iter().map(print).collect();
    Fingerprint::of(&notes)
}

/// Returns the ranges of slots that have notes, each of `digits` binary digits.
fn groups(entries: &[IndexEntry], digits: u32) -> Vec<u32> {
    let mut groups: Vec<u32> = entries.iter().map(|entry| entry.slot >> digits).collect();
    groups.dedup();
    groups
}

/// Returns the notes in a range of slots.
fn group_of(entries: &[IndexEntry], group: u32, digits: u32) -> &[IndexEntry] {
    let start = entries.partition_point(|entry| entry.slot >> digits < group);
    let end = entries.partition_point(|entry| entry.slot >> digits <= group);
    &entries[start..end]
}
