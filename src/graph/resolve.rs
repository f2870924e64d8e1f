//! Links and references: where each leads.

use std::sync::Arc;

use super::names::{LinkResolver, ResolvedName};
use super::{PartFound, Resolution, WorkTable};
use crate::config::{Config, KindId};
use crate::files::BookFiles;
use crate::note::{LinkRole, LinkTarget, Note, NoteId, NoteLink, RefField, Reference};

/// A note whose links are resolved, with what they may lead to.
#[derive(Clone, Copy)]
pub(super) struct LinkSource<'a, 'n> {
    pub(super) names: &'a LinkResolver<'n>,
    pub(super) works: &'a WorkTable,
    pub(super) id: NoteId,
    pub(super) note: &'a Note,
}

impl LinkSource<'_, '_> {
    /// Returns the resolution of a target that means the note at `id`. Fields lead to the version in the language of the
    /// page, and so do the links of a text that was not translated; other links lead to what is written.
    fn lead(&self, id: NoteId, target: &LinkTarget, is_field: bool) -> Resolution {
        if !is_field && !self.note.facts.origin.is_untranslated() {
            return self.names.whole_or_part(id, target);
        }
        let version = self.works.for_reader(id, self.id);
        match self.names.whole_or_part(version, target) {
            // The headings of a translation have other texts.
            Resolution::Note(found, PartFound::Missing) if found != id => {
                Resolution::Note(found, PartFound::Whole)
            }
            found => found,
        }
    }

    fn link(&self, link: &NoteLink, files: &BookFiles) -> Resolution {
        let (note, target) = (self.note, &link.target);
        let file = || {
            let file = files.find(&note.facts.place.folder, &target.path);
            file.map_or(Resolution::Missing, Resolution::File)
        };
        match link.role {
            LinkRole::Image => file(),
            _ if target.is_own_note() => self.names.whole_or_part(self.id, target),
            LinkRole::Link | LinkRole::Embed => match self.names.find(target, note) {
                ResolvedName::Note(id) => self.lead(id, target, false),
                ResolvedName::Ambiguous => Resolution::Ambiguous,
                ResolvedName::Nothing => file(),
            },
        }
    }

    fn reference(&self, config: &Config, reference: &Reference) -> Resolution {
        let (names, note, target) = (self.names, self.note, &reference.target);
        let to: &[KindId] = match reference.field {
            RefField::Own(field) => config.kind(note.facts.kind).fields[usize::from(field)].kinds(),
            RefField::Supersedes | RefField::Sources => &[],
        };
        let found = match to {
            [] => names.find(target, note),
            kinds => names.find_of_kind(target, note, kinds),
        };
        match found {
            ResolvedName::Note(id) => self.lead(id, target, true),
            ResolvedName::Ambiguous => Resolution::Ambiguous,
            // The name may belong to notes of other kinds, which makes a more helpful message.
            ResolvedName::Nothing => match names.candidates(target, note).first() {
                Some(id) if !to.is_empty() => Resolution::WrongKind(*id),
                _ => Resolution::Missing,
            },
        }
    }
}

/// Resolves the links of a text.
pub(super) fn links_of(source: LinkSource<'_, '_>, files: &BookFiles) -> Box<[Resolution]> {
    source.note.facts.links.iter().map(|link| source.link(link, files)).collect()
}

/// Resolves the references of the front matter.
pub(super) fn references_of(config: &Config, source: LinkSource<'_, '_>) -> Box<[Resolution]> {
    let references = source.note.facts.references.iter();
    references.map(|reference| source.reference(config, reference)).collect()
}

/// Resolves links and references of a book that is linked, written otherwise than they are there.
pub struct TargetResolver<'a> {
    config: &'a Config,
    files: &'a BookFiles,
    works: &'a WorkTable,
    names: LinkResolver<'a>,
}

impl<'a> TargetResolver<'a> {
    /// Collects the names of `notes`, which are all notes of the book.
    pub fn new(
        config: &'a Config,
        notes: &'a [Arc<Note>],
        works: &'a WorkTable,
        files: &'a BookFiles,
    ) -> Self {
        Self { config, files, works, names: LinkResolver::new(config, notes) }
    }

    /// Returns the resolution of a link in the text of the note at `id`, which is given as it was read.
    pub fn link(&self, id: NoteId, note: &Note, link: &NoteLink) -> Resolution {
        LinkSource { names: &self.names, works: self.works, id, note }.link(link, self.files)
    }

    /// Returns the resolution of a reference in the front matter of the note at `id`, which is given as it was read.
    pub fn reference(&self, id: NoteId, note: &Note, reference: &Reference) -> Resolution {
        let source = LinkSource { names: &self.names, works: self.works, id, note };
        source.reference(self.config, reference)
    }
}
