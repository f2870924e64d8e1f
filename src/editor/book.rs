//! The book with the texts that are open in an editor.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::names::NamedNotes;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::graph::{Resolution, TargetResolver};
use crate::note::{Note, NoteId, Origin};
use crate::parse::parse;
use crate::path::SourcePath;
use crate::site::Site;
use crate::source::{Source, SourceRole, Sources};
use crate::span::Span;

/// A text that is open in an editor, as it is now.
#[derive(Clone, Debug)]
pub struct OpenText {
    /// The file.
    pub path: SourcePath,
    /// The text.
    pub text: Arc<str>,
    /// The note in it; `None` if the file is none.
    pub note: Option<Arc<Note>>,
}

impl OpenText {
    /// Reads a text.
    pub fn new(path: SourcePath, text: &str, config: &Config) -> Self {
        let source = Source::new(path, text.as_bytes().to_vec());
        let is_note = SourceRole::of(&source.path) == SourceRole::Note;
        let note = is_note.then(|| Arc::new(parse(&source, config, false)));
        Self { path: source.path, text: text.into(), note }
    }
}

/// The book as it was linked last.
pub struct BookView {
    /// The book.
    pub site: Arc<Site>,
    /// Its files, with the text that open ones had then.
    pub sources: Arc<Sources>,
    /// Its problems, in the order of files and places.
    pub found: Arc<[Diagnostic]>,
    names: OnceLock<NamedNotes>,
}

impl BookView {
    /// Creates a view of a book.
    pub fn new(site: Arc<Site>, sources: Arc<Sources>, found: Arc<[Diagnostic]>) -> Self {
        Self { site, sources, found, names: OnceLock::new() }
    }

    /// Returns the notes with the names by which a link can call them.
    pub(super) fn names(&self) -> &NamedNotes {
        self.names.get_or_init(|| NamedNotes::new(&self.site))
    }

    /// Returns the notes that a query finds by their names, at most `most`.
    pub fn find(&self, query: &str, most: usize) -> Vec<NoteId> {
        self.names().find(query, most).0.into_iter().map(|note| note.id).collect()
    }

    /// Returns the problems of a file.
    pub fn found_in(&self, path: &SourcePath) -> &[Diagnostic] {
        let start = self.found.partition_point(|found| found.path < *path);
        let length = self.found[start..].partition_point(|found| found.path == *path);
        &self.found[start..start + length]
    }
}

/// A place in a file of the book.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePlace {
    /// The file.
    pub path: SourcePath,
    /// The place in it.
    pub span: Span,
}

/// The book as it was linked last, with the texts that are open.
#[derive(Clone, Copy)]
pub struct EditedBook<'a> {
    /// The book.
    pub view: &'a BookView,
    /// The open texts.
    pub open: &'a BTreeMap<SourcePath, OpenText>,
}

impl<'a> EditedBook<'a> {
    /// Returns the book without the open texts.
    pub fn site(self) -> &'a Site {
        &self.view.site
    }

    /// Returns the text of a file as it is now.
    pub fn text(self, path: &SourcePath) -> Option<&'a str> {
        match self.open.get(path) {
            Some(open) => Some(&open.text),
            None => self.view.sources.get(path).and_then(Source::text),
        }
    }

    /// Returns whether there is a file, whatever it holds.
    pub fn has_file(self, path: &SourcePath) -> bool {
        self.open.contains_key(path) || self.view.sources.get(path).is_some()
    }

    /// Returns a note as it is now.
    pub fn note(self, id: NoteId) -> &'a Note {
        let note = self.site().note(id);
        let open = self.open.get(&note.source).and_then(|open| open.note.as_deref());
        open.filter(|_| note.facts.origin == Origin::File).unwrap_or(note)
    }

    /// Returns the note that an open text was when the book was linked.
    pub fn id_of(self, path: &SourcePath) -> Option<NoteId> {
        self.site().note_at(path)
    }

    /// Returns the target of a link of an open text; `None` if the book does not know the file yet.
    pub fn link(self, text: &OpenText, at: usize) -> Option<Resolution> {
        let (site, note) = (self.site(), text.note.as_deref()?);
        let (id, link) = (self.id_of(&text.path)?, note.facts.links.get(at)?);
        let known = &site.note(id).facts.links;
        let same = known.get(at).filter(|known| *known == link).map(|_| at);
        match same.or_else(|| known.iter().position(|known| known == link)) {
            Some(at) => site.graph.links[id.index()].get(at).copied(),
            None => Some(self.resolver().link(id, note, link)),
        }
    }

    /// Returns the target of a reference of an open text; `None` if the book does not know the file yet.
    pub fn reference(self, text: &OpenText, at: usize) -> Option<Resolution> {
        let (site, note) = (self.site(), text.note.as_deref()?);
        let (id, reference) = (self.id_of(&text.path)?, note.facts.references.get(at)?);
        let known = site.note(id);
        let has_kind = known.facts.kind == note.facts.kind;
        let same = known.facts.references.iter().position(|known| known == reference);
        match same.filter(|_| has_kind) {
            Some(at) => site.graph.references[id.index()].get(at).copied(),
            None if has_kind => Some(self.resolver().reference(id, note, reference)),
            None => None,
        }
    }

    /// Returns where the links and the references of an open text lead, in their order; `None` if the book does not know the
    /// file yet.
    pub fn leads(self, text: &OpenText) -> Option<[Vec<Resolution>; 2]> {
        let (site, note) = (self.site(), text.note.as_deref()?);
        let id = self.id_of(&text.path)?;
        let (known, graph) = (&site.note(id).facts, &site.graph);
        // To collect the names of all notes takes a while, and most links are as they were.
        let resolver = LazyCell::new(|| self.resolver());
        let links = leads_of(
            (&known.links, &graph.links[id.index()]),
            &note.facts.links,
            |link| &link.target.written,
            |link| resolver.link(id, note, link),
        );
        if known.kind != note.facts.kind {
            return Some([links, Vec::new()]);
        }
        let references = leads_of(
            (&known.references, &graph.references[id.index()]),
            &note.facts.references,
            |reference| &reference.target.written,
            |reference| resolver.reference(id, note, reference),
        );
        Some([links, references])
    }

    fn resolver(self) -> TargetResolver<'a> {
        let site = self.site();
        TargetResolver::new(&site.config, &site.notes, &site.graph.works, &site.files)
    }
}

/// Returns where some links or references lead: those that are among the `known` ones where these did, which are found by what is
/// written, and the others where `resolve` finds.
fn leads_of<T: PartialEq>(
    known: (&[T], &[Resolution]),
    now: &[T],
    written: impl Fn(&T) -> &str,
    resolve: impl Fn(&T) -> Resolution,
) -> Vec<Resolution> {
    let pairs = known.0.iter().zip(known.1);
    let before: BTreeMap<&str, (&T, &Resolution)> =
        pairs.map(|pair| (written(pair.0), pair)).collect();
    let lead = |of: &T| {
        let same = before.get(written(of)).filter(|(known, _)| *known == of);
        same.map_or_else(|| resolve(of), |(_, lead)| **lead)
    };
    now.iter().map(lead).collect()
}
