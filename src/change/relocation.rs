//! A move of notes, folders and files, with every link that has to follow.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::moved_notes::{MovedNotes, titles_of_files};
use super::proof::{Counterparts, as_read, written};
use super::respelling::{
    PathLikeness, TargetPlace, TargetSyntax, path_likeness, respellings, with_path,
};
use super::{ChangeSet, MovedPaths, config_paths};
use crate::diagnostic::{Diagnostic, KnownCounts, TextEdit};
use crate::graph::{Resolution, TargetResolver};
use crate::note::{LinkTarget, Note, NoteId, NoteLink, Reference};
use crate::path::SourcePath;
use crate::site::Site;
use crate::slug::fold;
use crate::source::{Source, SourceEdit, Sources};
use crate::span::Span;
use crate::table::quoted;
use crate::workspace::Workspace;

/// A move that was proved.
#[derive(Clone, Debug)]
pub struct Relocation {
    /// The changes of files.
    pub changes: ChangeSet,
    /// The number of links and references that are written otherwise.
    pub links: usize,
    /// Problems that the book has only after the move, none of them an error.
    pub warnings: Vec<Diagnostic>,
}

/// The reason why a move is not made.
#[derive(Clone, Debug)]
pub enum RelocationError {
    /// The book can't be read.
    Unreadable,
    /// The front matter of this note can't be edited.
    FrontMatter(SourcePath),
    /// This file of the book was not read, so it can't be moved.
    NotRead,
    /// A link at this place would not lead to where it leads now, however it is written.
    Link {
        /// The note, where it is now.
        path: SourcePath,
        /// The place of the link in it.
        span: Span,
        /// The target as written.
        written: String,
    },
    /// The book would have these errors.
    Errors(Vec<Diagnostic>),
}

/// Returns the changes that move files of the book in `workspace`. They were proved there: each link leads to the same note
/// and part, or the same file, as before, and the book has no new error. The workspace holds the book after the move then.
/// `config` is the configuration file. The former addresses of pages become their aliases if `keeps_addresses` is true.
pub fn relocate(
    workspace: &mut Workspace,
    moved: &MovedPaths,
    config: &SourcePath,
    keeps_addresses: bool,
) -> Result<Relocation, RelocationError> {
    let before = Arc::clone(workspace.site().ok_or(RelocationError::Unreadable)?);
    let sources = workspace.sources().clone();
    let known: Vec<Diagnostic> = workspace.diagnostics().to_vec();
    let mut changes = ChangeSet { moves: moved.files.clone(), ..ChangeSet::default() };
    if let Some(text) = sources.get(config).and_then(Source::text) {
        for edit in config_paths::edits(text, &before.config, moved) {
            changes.edit(config, edit);
        }
    }
    let mut after = linked(workspace, &changes, &sources)?;
    let mut counterparts = Counterparts::new(&before, &after, moved);
    let titles = titles_of_files(&before, &after, &counterparts);
    let moved_notes = MovedNotes { before: &before, sources: &sources, titles: &titles };
    let mut titled = changes.clone();
    if !titles.is_empty() {
        moved_notes
            .edit(&mut titled, &after, &counterparts, false)
            .map_err(RelocationError::FrontMatter)?;
        after = linked(workspace, &titled, &sources)?;
        counterparts = Counterparts::new(&before, &after, moved);
    }
    let links = LinkMover::new(&before, &after, &counterparts, &sources, &titled).edits()?;
    for (path, edit) in &links {
        changes.edit(path, edit.clone());
    }
    moved_notes
        .edit(&mut changes, &after, &counterparts, keeps_addresses)
        .map_err(RelocationError::FrontMatter)?;
    let new = proved(workspace, &before, &known, &changes, &sources, moved)?;
    let warnings = without_errors(new)?;
    Ok(Relocation { changes, links: links.len(), warnings })
}

/// Returns the book after the changes of `sources`, with its links alone.
pub(super) fn linked(
    workspace: &Workspace,
    changes: &ChangeSet,
    sources: &Sources,
) -> Result<Site, RelocationError> {
    workspace.site_after(edits(changes, sources)?).ok_or(RelocationError::Unreadable)
}

fn edits(changes: &ChangeSet, sources: &Sources) -> Result<Vec<SourceEdit>, RelocationError> {
    let files = changes.files(sources).ok_or(RelocationError::NotRead)?;
    Ok(files.iter().map(super::ChangedFile::source_edit).collect())
}

/// The finding that a target can't be written so that it leads to where it led.
struct NoSpelling;

/// Finds the links that have to be written otherwise.
pub(super) struct LinkMover<'a> {
    before: &'a Site,
    after: &'a Site,
    counterparts: &'a Counterparts,
    sources: &'a Sources,
    /// The changes before those of links.
    moves: &'a ChangeSet,
    old: TargetResolver<'a>,
    new: TargetResolver<'a>,
    /// The pages that show a text in languages that it was not translated into, before and after, by the file of the text.
    stand_ins: BTreeMap<&'a SourcePath, Vec<(NoteId, NoteId)>>,
    /// A name before and after, of a note that has another name beside its title now.
    alias: Option<(&'a str, &'a str)>,
}

impl<'a> LinkMover<'a> {
    pub(super) fn new(
        before: &'a Site,
        after: &'a Site,
        counterparts: &'a Counterparts,
        sources: &'a Sources,
        moves: &'a ChangeSet,
    ) -> Self {
        let resolver = |site: &'a Site| {
            TargetResolver::new(&site.config, &site.notes, &site.graph.works, &site.files)
        };
        let (old, new) = (resolver(before), resolver(after));
        let mut stand_ins: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, note) in before.notes().filter(|(_, note)| note.facts.origin.is_untranslated()) {
            if let Some((shown, new)) = note.made_of.last().zip(counterparts.note(id)) {
                stand_ins.entry(&shown.source).or_default().push((id, new));
            }
        }
        Self { before, after, counterparts, sources, moves, old, new, stand_ins, alias: None }
    }

    /// Has links that call a note by the first of two names call it by the other.
    pub(super) fn with_alias(self, alias: (&'a str, &'a str)) -> Self {
        Self { alias: Some(alias), ..self }
    }

    /// Returns the edits of all notes.
    pub(super) fn edits(&self) -> Result<Vec<(SourcePath, TextEdit)>, RelocationError> {
        let notes: Vec<(NoteId, &Note)> = written(self.before).collect();
        let edits: Result<Vec<Vec<_>>, _> =
            notes.into_par_iter().map(|(id, note)| self.edits_of(id, note)).collect();
        Ok(edits?.concat())
    }

    fn edits_of(
        &self,
        id: NoteId,
        note: &Note,
    ) -> Result<Vec<(SourcePath, TextEdit)>, RelocationError> {
        let Some(new_id) = self.counterparts.note(id) else { return Ok(Vec::new()) };
        let moved = as_read(self.after.note(new_id));
        let text = self.sources.get(&note.source).and_then(Source::text).unwrap_or_default();
        let folders = [&*note.facts.place.folder, &*moved.facts.place.folder];
        let mut edits: Vec<TextEdit> = Vec::new();
        let mut put = |edit: TextEdit| {
            // A definition of a link is shared by those that refer to it.
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        };
        let failed = |span: Span, target: &LinkTarget| RelocationError::Link {
            path: note.source.clone(),
            span,
            written: target.written.to_string(),
        };
        for (at, link) in note.facts.links.iter().enumerate() {
            let is = self.old.link(id, note, link);
            let resolve = |target: LinkTarget| {
                self.new.link(new_id, moved, &NoteLink { target, ..link.clone() })
            };
            let whole = note.spans.links.get(at).copied().unwrap_or_default();
            let span = note.spans.targets.get(at).copied().unwrap_or_default();
            // Another language may have another note by the same name.
            let leads_in_languages = |target: &LinkTarget| {
                let link = NoteLink { target: target.clone(), ..link.clone() };
                let resolve = |id: NoteId, page: &Note| self.new.link(id, page, &link);
                self.leads_in_languages(note, at, &self.before.graph.links, &resolve)
            };
            let spellings =
                self.spellings(&link.target, is, folders, &resolve, &leads_in_languages);
            let spellings = spellings.map_err(|NoSpelling| failed(whole, &link.target))?;
            let Some(spellings) = spellings else { continue };
            let (range, of_link) = (span.within(text), whole.within(text));
            let syntax = TargetSyntax::of(&text[of_link], &text[..range.start]);
            let new = spellings.iter().find_map(|path| syntax.write(path, &text[range.clone()]));
            let new =
                new.filter(|_| !range.is_empty()).ok_or_else(|| failed(whole, &link.target))?;
            put(TextEdit { span, text: new });
        }
        let references = note.facts.references.iter().zip(&note.spans.references);
        for (at, (reference, span)) in references.enumerate() {
            // The kind of the note may be another after the move, with other fields.
            let places = moved.spans.references.iter().zip(&moved.facts.references);
            let new_span = self.moves.span_after(&note.source, *span);
            let Some((_, now)) = places.into_iter().find(|(place, _)| **place == new_span) else {
                continue;
            };
            let is = self.old.reference(id, note, reference);
            let resolve = |target: LinkTarget| {
                self.new.reference(new_id, moved, &Reference { target, ..now.clone() })
            };
            let leads_in_languages = |target: &LinkTarget| {
                let reference = Reference { target: target.clone(), ..now.clone() };
                let resolve = |id: NoteId, page: &Note| self.new.reference(id, page, &reference);
                self.leads_in_languages(note, at, &self.before.graph.references, &resolve)
            };
            let spellings =
                self.spellings(&reference.target, is, folders, &resolve, &leads_in_languages);
            let spellings = spellings.map_err(|NoSpelling| failed(*span, &reference.target))?;
            let Some(new) = spellings.iter().flatten().next() else { continue };
            put(TextEdit {
                span: *span,
                text: rewritten(&text[span.within(text)], &reference.target, new),
            });
        }
        Ok(edits.into_iter().map(|edit| (note.source.clone(), edit)).collect())
    }

    /// Returns whether the link or reference with number `at` of a note leads to where it led, as `rows` has it by note, also on
    /// the pages that show the text in languages that it was not translated into.
    fn leads_in_languages(
        &self,
        note: &Note,
        at: usize,
        rows: &[Box<[Resolution]>],
        resolve: &dyn Fn(NoteId, &Note) -> Resolution,
    ) -> bool {
        self.stand_ins.get(&note.source).into_iter().flatten().all(|&(old, new)| {
            let expected = rows[old.index()].get(at).and_then(|is| self.counterparts.expected(*is));
            expected == Some(resolve(new, self.after.note(new)))
        })
    }

    /// Returns the paths with which a target leads to where it led, the best first; `None` if it needs no other. `leads` says
    /// whether one also does so on the pages in other languages that show the text.
    fn spellings(
        &self,
        target: &LinkTarget,
        is: Resolution,
        folders: [&str; 2],
        resolve: &dyn Fn(LinkTarget) -> Resolution,
        leads: &dyn Fn(&LinkTarget) -> bool,
    ) -> Result<Option<Vec<String>>, NoSpelling> {
        if matches!(is, Resolution::Missing | Resolution::Ambiguous) {
            return Ok(None);
        }
        let expected = self.counterparts.expected(is).ok_or(NoSpelling)?;
        let place = |site: &'a Site, resolution: Resolution| match resolution {
            Resolution::File(id) => {
                TargetPlace { path: site.files.output(id).as_str(), is_note: false }
            }
            Resolution::Note(id, _) | Resolution::WrongKind(id) => {
                TargetPlace { path: &site.note(id).facts.place.path, is_note: true }
            }
            Resolution::Missing | Resolution::Ambiguous => TargetPlace { path: "", is_note: false },
        };
        let (old, new) = (place(self.before, is), place(self.after, expected));
        // Other programs find a note by its path alone, letter by letter.
        let was = path_likeness(&target.path, old, folders[0]);
        let stays =
            was == PathLikeness::Other || path_likeness(&target.path, new, folders[1]) >= was;
        if stays && resolve(target.clone()) == expected && leads(target) {
            return Ok(None);
        }
        let mut spellings = respellings(&target.path, old, new, folders);
        if let Some((_, new)) = self.alias.filter(|(old, _)| fold(&target.path) == fold(old)) {
            spellings.insert(0, new.to_owned());
        }
        if let Some(title) = self.new_title(target, is, expected) {
            spellings.insert(0, title);
        }
        spellings.retain(|path| {
            let target = with_path(target, path);
            leads(&target) && resolve(target) == expected
        });
        if spellings.is_empty() { Err(NoSpelling) } else { Ok(Some(spellings)) }
    }

    /// Returns the new title of the note that a target calls by its old one.
    fn new_title(&self, target: &LinkTarget, was: Resolution, now: Resolution) -> Option<String> {
        let [old, new] = [self.before.note(was.note()?), self.after.note(now.note()?)]
            .map(|note| &note.facts.card.title);
        (old != new && fold(&target.path) == fold(old)).then(|| new.clone())
    }
}

/// Returns the value of a reference with another path in it.
fn rewritten(value: &str, target: &LinkTarget, path: &str) -> String {
    let end = target.written.find('#').unwrap_or(target.written.len());
    let before = target.written[..end].trim();
    let mut places = value.match_indices(before);
    match (places.next(), places.next()) {
        (Some((at, _)), None) if !before.is_empty() => {
            [&value[..at], path, &value[at + before.len()..]].concat()
        }
        _ => quoted(&format!("{path}{}", &target.written[end..])),
    }
}

/// Gives the workspace the book after the changes of `sources`, checks that all links lead to where they led, and returns the
/// problems that are new.
pub(super) fn proved(
    workspace: &mut Workspace,
    before: &Site,
    known: &[Diagnostic],
    changes: &ChangeSet,
    sources: &Sources,
    moved: &MovedPaths,
) -> Result<Vec<Diagnostic>, RelocationError> {
    // The errors that the book has are looked at when all is done.
    let _ = workspace.open(edits(changes, sources)?);
    let after = workspace.site().ok_or(RelocationError::Unreadable)?;
    prove(before, after, moved)?;
    Ok(new_problems(known, workspace.diagnostics(), moved))
}

/// Returns the warnings among new problems; fails if there are errors.
pub(super) fn without_errors(new: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, RelocationError> {
    let (errors, warnings): (Vec<_>, Vec<_>) = new.into_iter().partition(Diagnostic::is_error);
    if errors.is_empty() { Ok(warnings) } else { Err(RelocationError::Errors(errors)) }
}

/// Checks that each link and reference leads to where it led, also on the pages of texts that were not translated.
fn prove(before: &Site, after: &Site, moved: &MovedPaths) -> Result<(), RelocationError> {
    let counterparts = Counterparts::new(before, after, moved);
    let failed = |note: &Note, span: Option<&Span>, target: &LinkTarget| RelocationError::Link {
        path: note.source.clone(),
        span: span.copied().unwrap_or_default(),
        written: target.written.to_string(),
    };
    for (id, note) in before.notes() {
        let Some(new) = counterparts.note(id) else { continue };
        let (id, at) = (id.index(), new.index());
        let links = (&before.graph.links[id], &after.graph.links[at]);
        if let Some(at) = counterparts.first_other(links.0, links.1) {
            return Err(failed(note, note.spans.links.get(at), &note.facts.links[at].target));
        }
        // With another kind, a note has other fields.
        let is_of_kind = note.facts.kind == after.note(new).facts.kind;
        let references = (&before.graph.references[id], &after.graph.references[at]);
        let other = counterparts.first_other(references.0, references.1);
        if let Some(at) = other.filter(|_| is_of_kind) {
            let target = &note.facts.references[at].target;
            return Err(failed(note, note.spans.references.get(at), target));
        }
    }
    Ok(())
}

/// Returns the problems that are new after a move: those of which a file has more of one rule than before.
fn new_problems(known: &[Diagnostic], now: &[Diagnostic], moved: &MovedPaths) -> Vec<Diagnostic> {
    let there = |problem: &Diagnostic| (moved.new_place(&problem.path), problem.rule.name);
    let mut known = KnownCounts::of(known.iter().map(there));
    let is_new = |problem: &&Diagnostic| !known.take(&(problem.path.clone(), problem.rule.name));
    now.iter().filter(is_new).cloned().collect()
}
