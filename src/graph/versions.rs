//! The works of a book, each with a version in every language.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{Config, UntranslatedNotes};
use crate::language::Language;
use crate::note::{Note, NoteId, NotePlace, Origin, Status, inherit, untranslated, version_source};
use crate::path::SourcePath;

/// The place of a work, which all of its versions share: its path in the form in which notes are looked up, and whether
/// it stands for a folder.
type WorkPlace<'a> = (&'a str, bool);

/// The versions of each work, by language. Empty in a book of one language.
#[derive(Debug, Default)]
pub struct WorkTable {
    /// By note.
    of_note: Vec<WorkOfNote>,
    /// By work: the version in each language of the book, and the original.
    works: Vec<WorkVersions>,
}

/// The place of a note among works. Languages are indexes in the languages of the book.
#[derive(Debug)]
struct WorkOfNote {
    work: u32,
    /// The language of the page.
    language: u16,
    /// The language of the text, which is another if the note was not translated.
    text: u16,
}

/// The versions of one work.
#[derive(Debug)]
struct WorkVersions {
    original: NoteId,
    in_language: Box<[Option<NoteId>]>,
}

/// Gives each translation what belongs to the work. `notes` are those read from files.
pub(super) fn inherited(
    config: &Config,
    notes: Vec<Arc<Note>>,
    before: &[Arc<Note>],
) -> Vec<Arc<Note>> {
    if config.languages.len() < 2 {
        return notes;
    }
    let (originals, kept) = (originals(config, &notes), KeptVersions::new(before));
    let merged = |note: &Arc<Note>| match originals.get(&work_place(&note.facts.place)) {
        Some(original) if !Arc::ptr_eq(original, note) => {
            let made = || Arc::new(inherit(config, original, note));
            kept.get(&note.source, &[original, note]).unwrap_or_else(made)
        }
        _ => Arc::clone(note),
    };
    notes.iter().map(merged).collect()
}

/// Returns, for each of `notes`, whether it is a draft: by itself, or as the translation of a draft.
pub fn are_drafts(config: &Config, notes: &[Arc<Note>]) -> Vec<bool> {
    let is_draft = |note: &Note| note.facts.card.status == Status::Draft;
    if config.languages.len() < 2 {
        return notes.iter().map(|note| is_draft(note)).collect();
    }
    let originals = originals(config, notes);
    let original = |note: &Note| originals[&work_place(&note.facts.place)];
    notes.iter().map(|note| is_draft(note) || is_draft(original(note))).collect()
}

/// Returns the pages of works in the languages that they were not translated into, in the order of their originals.
pub(super) fn missing(
    config: &Config,
    notes: &[Arc<Note>],
    before: &[Arc<Note>],
) -> Vec<Arc<Note>> {
    if config.languages.len() < 2 {
        return Vec::new();
    }
    let mut versions: BTreeMap<WorkPlace<'_>, Vec<&Arc<Note>>> = BTreeMap::new();
    for note in notes {
        versions.entry(work_place(&note.facts.place)).or_default().push(note);
    }
    let kept = KeptVersions::new(before);
    let mut found = Vec::new();
    for (place, original) in originals(config, notes) {
        let there = &versions[&place];
        let in_language = |language: &Language| {
            there.iter().copied().find(|note| note.facts.place.language == *language)
        };
        let is_shown = |language: &&Language| {
            original.facts.place.is_index()
                || config.untranslated(language) != UntranslatedNotes::Hide
        };
        let missing = config.languages.iter().filter(|other| in_language(other).is_none());
        for language in missing.filter(is_shown) {
            // A translation that was withdrawn, or is not finished, stands in for no other.
            let is_fit = |note: &&Arc<Note>| note.facts.card.status == original.facts.card.status;
            let mut chain = config.fallback(language).iter().filter_map(in_language);
            let shown = chain.find(is_fit).unwrap_or(original);
            let made = || Arc::new(untranslated(config, shown, language));
            let source = version_source(config, original, language);
            found.push(kept.get(&source, &[shown]).unwrap_or_else(made));
        }
    }
    found
}

/// The versions that were made for an earlier state of the book, by the path that each has or would have. They are used
/// again while what they were made of is the same, so that nothing takes them for changed.
struct KeptVersions<'a>(BTreeMap<&'a SourcePath, &'a Arc<Note>>);

impl<'a> KeptVersions<'a> {
    fn new(before: &'a [Arc<Note>]) -> Self {
        let made = before.iter().filter(|note| !note.made_of.is_empty());
        Self(made.map(|note| (&note.source, note)).collect())
    }

    fn get(&self, source: &SourcePath, made_of: &[&Arc<Note>]) -> Option<Arc<Note>> {
        let kept = self.0.get(source)?;
        let is_same = kept.made_of.len() == made_of.len()
            && kept.made_of.iter().zip(made_of).all(|(a, b)| Arc::ptr_eq(a, b));
        is_same.then(|| Arc::clone(kept))
    }
}

fn work_place(place: &NotePlace) -> WorkPlace<'_> {
    (&place.key, place.is_index())
}

/// Returns the original of each work: the version in the language of the book, or else in the first of its other
/// languages that there is.
fn originals<'a>(
    config: &Config,
    notes: &'a [Arc<Note>],
) -> BTreeMap<WorkPlace<'a>, &'a Arc<Note>> {
    let rank = |note: &Note| {
        let language = config.languages.iter().position(|of| *of == note.facts.place.language);
        (note.facts.origin != Origin::File, language)
    };
    let mut originals: BTreeMap<WorkPlace<'_>, &Arc<Note>> = BTreeMap::new();
    for note in notes {
        let known = originals.entry(work_place(&note.facts.place)).or_insert(note);
        if rank(note) < rank(known) {
            *known = note;
        }
    }
    originals
}

impl WorkTable {
    /// Collects the works of `notes`, which have a version of each in every language.
    pub(super) fn new(config: &Config, notes: &[Arc<Note>]) -> Self {
        if config.languages.len() < 2 {
            return Self::default();
        }
        let originals = originals(config, notes);
        let mut table = Self::default();
        let at_language = |language: &Language| {
            config.languages.iter().position(|of| of == language).unwrap_or(0)
        };
        let mut numbers: BTreeMap<WorkPlace<'_>, u32> = BTreeMap::new();
        for (at, note) in notes.iter().enumerate() {
            let id = NoteId(at as u32);
            let place = work_place(&note.facts.place);
            let next = table.works.len() as u32;
            let work = *numbers.entry(place).or_insert(next);
            if work == next {
                let in_language = vec![None; config.languages.len()].into();
                table.works.push(WorkVersions { original: id, in_language });
            }
            let language = at_language(&note.facts.place.language);
            let text = at_language(&note.facts.card.language) as u16;
            let versions = &mut table.works[work as usize];
            versions.in_language[language].get_or_insert(id);
            if Arc::ptr_eq(originals[&place], note) {
                versions.original = id;
            }
            table.of_note.push(WorkOfNote { work, language: language as u16, text });
        }
        table
    }

    /// Returns whether the book has one language.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    /// Returns the original of the work of a note; the note itself in a book of one language.
    pub fn original(&self, id: NoteId) -> NoteId {
        self.versions(id).map_or(id, |versions| versions.original)
    }

    /// Returns the versions of the work of a note, in the order of the languages of the book; none in a book of one
    /// language.
    pub fn all(&self, id: NoteId) -> impl Iterator<Item = NoteId> {
        self.versions(id)
            .into_iter()
            .flat_map(|versions| versions.in_language.iter().flatten().copied())
    }

    /// Returns the version of the work of a note in each language of the book, in their order.
    pub fn in_languages(&self, id: NoteId) -> &[Option<NoteId>] {
        self.versions(id).map_or(&[], |versions| &versions.in_language)
    }

    /// Returns the version of the work of `id` in the language of the note at `reader`; the original if that language
    /// leaves it out.
    pub fn for_reader(&self, id: NoteId, reader: NoteId) -> NoteId {
        self.of_note
            .get(reader.index())
            .and_then(|reader| {
                let versions = self.versions(id)?;
                versions.in_language[usize::from(reader.language)].or(Some(versions.original))
            })
            .unwrap_or(id)
    }

    /// Returns the version whose text the note at `id` has: the note itself, unless it was not translated.
    pub fn shown(&self, id: NoteId) -> NoteId {
        self.of_note
            .get(id.index())
            .and_then(|of| self.versions(id)?.in_language[usize::from(of.text)])
            .unwrap_or(id)
    }

    /// Returns whether two notes are for readers of the same language.
    pub fn have_one_language(&self, a: NoteId, b: NoteId) -> bool {
        let language = |id: NoteId| self.of_note.get(id.index()).map(|of| of.language);
        language(a) == language(b)
    }

    /// Returns the versions of each work.
    pub(super) fn groups(&self) -> impl Iterator<Item = impl Iterator<Item = NoteId> + Clone> {
        self.works.iter().map(|versions| versions.in_language.iter().flatten().copied())
    }

    fn versions(&self, id: NoteId) -> Option<&WorkVersions> {
        self.of_note.get(id.index()).map(|of| &self.works[of.work as usize])
    }
}
