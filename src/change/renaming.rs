//! Other names for a note or a part of it, with every link that calls it by the old one.

use std::sync::Arc;

use super::part_place::part_place;
use super::proof::{Counterparts, written};
use super::relocation::{LinkMover, linked, proved, without_errors};
use super::respelling::TargetSyntax;
use super::{ChangeSet, MovedPaths, Relocation, RelocationError};
use crate::diagnostic::{Diagnostic, TextEdit};
use crate::graph::{PartFound, Resolution, find_heading};
use crate::note::{Facts, Fragment, Note, NoteId};
use crate::path::SourcePath;
use crate::site::Site;
use crate::slug::typed;
use crate::source::{Source, Sources};
use crate::span::Span;
use crate::workspace::Workspace;

/// Returns the changes that replace a part of a note, such as the words of a heading or the id of a block, by another text.
/// They were proved in the workspace, as in [`super::relocate`].
pub fn rename_part(
    workspace: &mut Workspace,
    path: &SourcePath,
    span: Span,
    new: &str,
) -> Result<Relocation, RelocationError> {
    renamed(workspace, path, TextEdit { span, text: new.to_owned() }, part_edits)
}

/// Returns the changes that give a note another title. `value` is the edit of the setting. They were proved in the workspace,
/// as in [`super::relocate`].
pub fn retitle(
    workspace: &mut Workspace,
    path: &SourcePath,
    value: TextEdit,
) -> Result<Relocation, RelocationError> {
    renamed(workspace, path, value, |renaming| {
        let Renaming { before, after, counterparts, sources, changes } = renaming;
        LinkMover::new(before, after, counterparts, sources, changes).edits()
    })
}

/// Returns the changes that give a note another name in place of `old`, one of those beside its title. `value` is the edit of that
/// value to `new`. They were proved in the workspace, as in [`super::relocate`].
pub fn rename_alias(
    workspace: &mut Workspace,
    path: &SourcePath,
    value: TextEdit,
    [old, new]: [&str; 2],
) -> Result<Relocation, RelocationError> {
    renamed(workspace, path, value, |renaming| {
        let Renaming { before, after, counterparts, sources, changes } = renaming;
        let mover = LinkMover::new(before, after, counterparts, sources, changes);
        mover.with_alias((old, new)).edits()
    })
}

/// Proves edits of texts that are to change no link and make no problem.
pub fn prove_edits(
    workspace: &mut Workspace,
    changes: ChangeSet,
) -> Result<Relocation, RelocationError> {
    let before = Arc::clone(workspace.site().ok_or(RelocationError::Unreadable)?);
    let sources = workspace.sources().clone();
    let known: Vec<Diagnostic> = workspace.diagnostics().to_vec();
    let new = proved(workspace, &before, &known, &changes, &sources, &MovedPaths::none())?;
    if !new.is_empty() {
        return Err(RelocationError::Errors(new));
    }
    Ok(Relocation { changes, links: 0, warnings: Vec::new() })
}

/// A book before and after a part of it got another name, before the links follow.
struct Renaming<'a> {
    before: &'a Site,
    after: &'a Site,
    counterparts: &'a Counterparts,
    sources: &'a Sources,
    changes: &'a ChangeSet,
}

/// An edit of a link in a file.
type LinkEdit = (SourcePath, TextEdit);

fn renamed(
    workspace: &mut Workspace,
    path: &SourcePath,
    edit: TextEdit,
    links: impl Fn(&Renaming<'_>) -> Result<Vec<LinkEdit>, RelocationError>,
) -> Result<Relocation, RelocationError> {
    let before = Arc::clone(workspace.site().ok_or(RelocationError::Unreadable)?);
    let sources = workspace.sources().clone();
    let known: Vec<Diagnostic> = workspace.diagnostics().to_vec();
    let mut changes = ChangeSet::default();
    changes.edit(path, edit);
    let after = linked(workspace, &changes, &sources)?;
    let unmoved = MovedPaths::none();
    let counterparts = Counterparts::new(&before, &after, &unmoved);
    let renaming = Renaming {
        before: &before,
        after: &after,
        counterparts: &counterparts,
        sources: &sources,
        changes: &changes,
    };
    let links = links(&renaming)?;
    for (path, edit) in &links {
        changes.edit(path, edit.clone());
    }
    let new = proved(workspace, &before, &known, &changes, &sources, &unmoved)?;
    let warnings = without_errors(new)?;
    Ok(Relocation { changes, links: links.len(), warnings })
}

/// Returns the edits of the links that named a part which has another name.
fn part_edits(renaming: &Renaming<'_>) -> Result<Vec<LinkEdit>, RelocationError> {
    let mut edits = Vec::new();
    for (id, note) in written(renaming.before) {
        let Some(new) = renaming.counterparts.note(id) else { continue };
        edits.extend(renaming.edits_of(id, new, note)?);
    }
    Ok(edits)
}

impl Renaming<'_> {
    fn edits_of(
        &self,
        id: NoteId,
        new: NoteId,
        note: &Note,
    ) -> Result<Vec<LinkEdit>, RelocationError> {
        let text = self.sources.get(&note.source).and_then(Source::text).unwrap_or_default();
        let mut edits: Vec<LinkEdit> = Vec::new();
        let mut put = |edit: TextEdit| {
            let edit = (note.source.clone(), edit);
            // A definition of a link is shared by those that refer to it.
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        };
        let links =
            self.before.graph.links[id.index()].iter().zip(&self.after.graph.links[new.index()]);
        for (at, (was, _)) in links.enumerate().filter(|(_, (was, now))| self.differ(**was, **now))
        {
            let (link, span) = (&note.facts.links[at], part_place(text, note, at));
            let whole = note.spans.links.get(at).copied().unwrap_or_default();
            let failed = || RelocationError::Link {
                path: note.source.clone(),
                span: whole,
                written: link.target.written.to_string(),
            };
            let span = span.ok_or_else(failed)?;
            let range = span.within(text);
            let syntax = TargetSyntax::of(&text[whole.within(text)], &text[..range.start]);
            let part = link.target.part.as_ref().ok_or_else(failed)?;
            let name = self.new_part(*was, part, Some((syntax, &text[range])));
            put(TextEdit { span, text: name.ok_or_else(failed)? });
        }
        let references = self.before.graph.references[id.index()].iter();
        let references = references.zip(&self.after.graph.references[new.index()]);
        for (at, (was, _)) in
            references.enumerate().filter(|(_, (was, now))| self.differ(**was, **now))
        {
            let reference = &note.facts.references[at];
            let value = note.spans.references.get(at).copied().unwrap_or_default();
            let failed = || RelocationError::Link {
                path: note.source.clone(),
                span: value,
                written: reference.target.written.to_string(),
            };
            let written = &text[value.within(text)];
            let (part, start) =
                reference.target.part.as_ref().zip(written.find('#')).ok_or_else(failed)?;
            let name = self.new_part(*was, part, None).ok_or_else(failed)?;
            let rest = &written[start + 1..];
            let length = rest.find(['"', '\'', ']', '|']).unwrap_or(rest.len());
            let start = value.start + start as u32 + 1;
            put(TextEdit { span: Span { start, end: start + length as u32 }, text: name });
        }
        Ok(edits)
    }

    /// Returns whether a link leads elsewhere than before.
    fn differ(&self, was: Resolution, now: Resolution) -> bool {
        self.counterparts.expected(was) != Some(now)
    }

    /// Returns the name of a part after the change, written as it was. `syntax` is that of the link, with the part as it is
    /// written there; none for a reference.
    fn new_part(
        &self,
        was: Resolution,
        part: &Fragment,
        syntax: Option<(TargetSyntax, &str)>,
    ) -> Option<String> {
        let Resolution::Note(id, found) = was else { return None };
        let (old, new) = (self.before.note(id), self.after.note(self.counterparts.note(id)?));
        let write = |name: &str| match syntax {
            Some((syntax, before)) => syntax.write(name, before),
            None => Some(name.to_owned()),
        };
        match (part, found) {
            (Fragment::Heading(names), PartFound::Heading(last)) => {
                let mut written = Vec::new();
                for count in 1..=names.len() {
                    let at = match count == names.len() {
                        true => last,
                        false => find_heading(&old.facts.headings, &names[..count])?,
                    };
                    let name = heading_name(&old.facts, &new.facts, at, &names[count - 1].written)?;
                    let anchor = &*new.facts.headings.get(at as usize)?.anchor;
                    written.push(write(&name).or_else(|| write(anchor))?);
                }
                Some(written.join("#"))
            }
            (Fragment::Heading(_), PartFound::Anchor(at)) => {
                write(new.facts.anchors.get(at as usize)?)
            }
            (Fragment::Block(_), PartFound::Anchor(at)) => {
                Some(format!("^{}", new.facts.anchors.get(at as usize)?))
            }
            _ => None,
        }
    }
}

/// Returns the new name of a heading for a link that called it by its text, or by its id.
fn heading_name(old: &Facts, new: &Facts, at: u32, written: &str) -> Option<String> {
    let (was, now) = (old.headings.get(at as usize)?, new.headings.get(at as usize)?);
    let is_text = typed(written) == typed(&was.text);
    Some(if is_text { now.text.clone() } else { now.anchor.to_string() })
}
