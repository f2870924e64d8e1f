//! The rule `translation-without-original`.
//!
//! ```book.toml
//! title = "Book"
//! languages = ["fr", "ar"]
//! check.missing-words = "off"
//!
//! [kinds.lesson]
//! folder = "lessons"
//!
//! [kinds.lesson.fields]
//! country = { text = true }
//! outcome = { one-of = ["open", "done"], required = true }
//! ```
//!
//! ```content/lessons/ask-early-and-often.md
//! +++
//! title = "Ask early and often"
//! outcome = "open"
//! +++
//! ```
//!
//! ```content/lessons/ask-early.fr.md
//! +++
//! title = "Demander tôt"
//! +++
//! ```
//!
//! ```content/scope.ar.md
//! +++
//! title = "النطاق"
//! translation = "unofficial"
//! +++
//! ```
//!
//! ```content/terms.ar.md
//! +++
//! title = "المصطلحات"
//! +++
//! ```
//!
//! ```diagnostics
//! content/lessons/ask-early.fr.md:2:9-2:23: warning[translation-without-original]: this translates no note: there is no content/lessons/ask-early.md
//!   help: only a translation may leave out "outcome", which it takes from its original
//!   help: did content/lessons/ask-early-and-often.md become its original? then rename this file to content/lessons/ask-early-and-often.fr.md
//! content/scope.ar.md:2:9-2:17: warning[translation-without-original]: this translates no note: there is no content/scope.md
//!   help: rename the file after its original; if it is no translation, delete the lines that say so
//! ```
//!
//! ```content/lessons/ask-early.fr.md
//! ```
//!
//! ```content/lessons/ask-early-and-often.fr.md
//! +++
//! title = "Demander tôt"
//! +++
//! ```
//!
//! ```content/scope.ar.md
//! +++
//! title = "النطاق"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::config::KindId;
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::nearest::{self, nearest};
use crate::note::{self, Facts, Note, NoteId, Origin, RefField, version_source};
use crate::path::{OutputPath, SourcePath};
use crate::site::Site;
use crate::slug::fold;

/// A note in a further language reads as a translation, and there is no original.
pub const RULE: Rule = Rule {
    name: "translation-without-original",
    summary: "A note reads as a translation, and there is no original.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A note in a further language of the book that has no version in the language of the book, though it reads as a translation:

- it says so, with `translation`, `translated-by`, `translated-on` or `translated-from`;
- it lacks a field that its kind requires, which a translation takes from its original;
- it is there in two further languages;
- it has a title and a text only, and a note that was not translated has a name like its own, or had its address before.

A note that was written in a further language only, with all that its kind requires, is not reported: it is the original of its work.

## Why it matters

Usually the original was renamed, and its translations were forgotten. The page of the original then says that it was not translated, and the translation stands beside it as another work, without dates, sources and fields.

## What to do

Give the file the name of its original again, with the language before the ending. If the note is no translation, delete the lines that say so, or add what its kind requires; or make it an exception, with the reason:

    [[except]]
    rule = "translation-without-original"
    reason = "It was written in French and Arabic only."
"#,
};

/// The points from which a note is so like a lost original that it need not be the only sign.
const CERTAIN: usize = 4;

/// The points from which a note is offered.
const LIKELY: usize = 2;

/// The most notes that are offered.
const OFFERED: usize = 3;

/// Runs the check.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    if site.graph.works.is_empty() {
        return;
    }
    let mut of_kinds: Option<BTreeMap<KindId, Vec<NoteId>>> = None;
    for (number, work) in LostWork::all(site).enumerate() {
        // Each looks at all notes of a kind.
        let near = if number < nearest::SUGGESTED {
            let notes = of_kinds.get_or_insert_with(|| originals(site));
            work.near(notes.get(&work.facts().kind).map_or(&[], Vec::as_slice))
        } else {
            Vec::new()
        };
        let Some(sign) = work.sign(&near) else { continue };
        for version in &work.versions {
            out.push(work.finding(site.note(*version), &sign, &near));
        }
    }
}

/// Returns the notes in the language of the book, by kind, without the pages of folders.
fn originals(site: &Site) -> BTreeMap<KindId, Vec<NoteId>> {
    let mut found: BTreeMap<KindId, Vec<NoteId>> = BTreeMap::new();
    for (id, note) in site.notes() {
        let Facts { origin, place, .. } = &note.facts;
        let is_own = place.language == *site.config.language();
        if *origin == Origin::File && is_own && !place.is_index() {
            found.entry(note.facts.kind).or_default().push(id);
        }
    }
    found
}

/// Returns the versions of a work that were read from files.
fn written(site: &Site, id: NoteId) -> Vec<NoteId> {
    let all = site.graph.works.all(id);
    all.filter(|id| site.note(*id).facts.origin == Origin::File).collect()
}

/// A work without a version in the language of the book.
struct LostWork<'a> {
    site: &'a Site,
    /// The versions that there are, the one first that counts as the original.
    versions: Vec<NoteId>,
    /// The path that the original would have.
    source: SourcePath,
    /// The address that the original would have.
    output: OutputPath,
}

/// A sign that a work had an original.
enum LossSign<'a> {
    /// A version says that it is a translation.
    Said,
    /// A version lacks a field that its kind requires.
    Lacks(&'a str),
    /// There are several versions.
    Several,
    /// Another note is much like it.
    Like,
}

/// A note that may be the original under another name.
struct NearNote<'a> {
    note: &'a Note,
    points: usize,
}

impl<'a> LostWork<'a> {
    /// Returns the works that have no version in the language of the book, neither written nor named.
    fn all(site: &'a Site) -> impl Iterator<Item = Self> {
        let works = &site.graph.works;
        let is_lost = |(id, note): &(NoteId, &Note)| {
            let place = &note.facts.place;
            let in_book = works.in_languages(*id).first().copied().flatten();
            note.facts.origin == Origin::File
                && works.original(*id) == *id
                && !place.is_index()
                && place.language != *site.config.language()
                && in_book.is_none_or(|own| site.note(own).facts.origin.is_untranslated())
        };
        site.notes().filter(move |note| is_lost(note)).map(move |(id, note)| {
            let others = written(site, id).into_iter().filter(|other| *other != id);
            let versions = std::iter::once(id).chain(others).collect();
            let source = version_source(&site.config, note, site.config.language());
            let output = note::place(&source, &site.config).output;
            Self { site, versions, source, output }
        })
    }

    fn facts(&self) -> &'a Facts {
        &self.site.note(self.versions[0]).facts
    }

    /// Returns the notes that may be the original, the likeliest first.
    fn near(&self, notes: &[NoteId]) -> Vec<NearNote<'a>> {
        let language = |id: &NoteId| &self.site.note(*id).facts.place.language;
        let has_own = |id: &&NoteId| {
            let mut there = written(self.site, **id);
            there.retain(|other| self.versions.iter().any(|own| language(own) == language(other)));
            !there.is_empty()
        };
        let notes = notes.iter().filter(|id| !has_own(id)).map(|id| self.site.note(*id));
        let near = notes.map(|note| NearNote { note, points: self.likeness(&note.facts) });
        let mut near: Vec<NearNote<'_>> = near.filter(|near| near.points >= LIKELY).collect();
        let is_away =
            |near: &NearNote<'_>| near.note.facts.place.folder != self.facts().place.folder;
        near.sort_by_key(|near| (Reverse(near.points), is_away(near)));
        let best = near.first().map_or(0, |near| near.points);
        near.retain(|near| near.points == best);
        near.truncate(OFFERED);
        near
    }

    /// Returns how much a note is like this work, in points.
    fn likeness(&self, other: &Facts) -> usize {
        let own = self.facts();
        let targets = |facts: &Facts| -> Vec<String> {
            facts.links.iter().map(|link| link.target.key.to_string()).collect()
        };
        let is_linked_alike = !own.links.is_empty() && targets(own) == targets(other);
        let has_date = own.card.date.is_some() && own.card.date == other.card.date;
        let was_here = other.redirects.contains(&self.output);
        name_likeness(stem(&own.place.path), stem(&other.place.path))
            + if was_here { CERTAIN } else { 0 }
            + if is_linked_alike { LIKELY } else { 0 }
            + if has_date { LIKELY } else { 0 }
    }

    /// Returns the sign that there was an original.
    fn sign(&self, near: &[NearNote<'_>]) -> Option<LossSign<'a>> {
        let own = self.facts();
        let said = |id: &NoteId| {
            let facts = &self.site.note(*id).facts;
            facts.translation.is_some() || facts.recorded.is_some()
        };
        if self.versions.iter().any(said) {
            return Some(LossSign::Said);
        }
        let fields = &self.site.config.kind(own.kind).fields;
        let is_missing = |at: u16| {
            own.values.iter().all(|value| value.field != at)
                && own.references_in(RefField::Own(at)).is_empty()
        };
        let mut required = (0..).zip(fields).filter(|(_, field)| field.required);
        if let Some((_, field)) = required.find(|(at, _)| is_missing(*at)) {
            return Some(LossSign::Lacks(&field.name));
        }
        if self.versions.len() > 1 {
            return Some(LossSign::Several);
        }
        let says_nothing = own.references.is_empty()
            && own.values.is_empty()
            && own.sources.is_empty()
            && own.card.date.is_none();
        let is_like = near.first().is_some_and(|near| near.points >= CERTAIN);
        (says_nothing && is_like).then_some(LossSign::Like)
    }

    fn finding(&self, version: &Note, sign: &LossSign<'_>, near: &[NearNote<'_>]) -> Diagnostic {
        let message = format!("this translates no note: there is no {}", self.source);
        let mut found = Diagnostic::warning(&version.source, version.spans.title, &RULE, message);
        if let LossSign::Lacks(field) = sign {
            found = found.help(format!(
                "only a translation may leave out \"{field}\", which it takes from its original"
            ));
        }
        let renamed = |near: &NearNote<'_>| {
            let language = &version.facts.place.language;
            version_source(&self.site.config, near.note, language).to_string()
        };
        let help = match near {
            [] => match sign {
                LossSign::Said => "rename the file after its original; if it is no translation, \
                                   delete the lines that say so"
                    .to_owned(),
                _ => "rename the file after its original; if it has none, make it an exception \
                      from this rule"
                    .to_owned(),
            },
            [one] => format!(
                "did {} become its original? then rename this file to {}",
                one.note.source,
                renamed(one)
            ),
            several => {
                let names: Vec<String> = several.iter().map(renamed).collect();
                format!("rename this file after its original, perhaps to {}", names.join(" or "))
            }
        };
        found.help(help)
    }
}

fn stem(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, stem)| stem)
}

/// Returns how much two file names are alike, in points. Names that differ in a number are those of different notes.
fn name_likeness(lost: &str, other: &str) -> usize {
    let [a, b] = [lost, other].map(fold);
    let numbers = |name: &str| -> Vec<String> {
        let runs = name.split(|sign: char| !sign.is_ascii_digit());
        runs.filter(|run| !run.is_empty()).map(str::to_owned).collect()
    };
    if numbers(&a) != numbers(&b) {
        return 0;
    }
    let words = |name: &'_ str| -> BTreeSet<String> {
        let words = name.split(|sign: char| !sign.is_alphanumeric());
        words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let (a_words, b_words) = (words(&a), words(&b));
    if a_words.is_subset(&b_words) || b_words.is_subset(&a_words) {
        CERTAIN
    } else if !a_words.is_disjoint(&b_words) || !nearest(&a, [b.as_str()]).is_empty() {
        LIKELY
    } else {
        0
    }
}
