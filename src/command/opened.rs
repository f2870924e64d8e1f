//! A book that was read for a command, and the notes that its user names.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::asked_paths::path_in_book;
use super::build::{options, root};
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome};
use crate::authoring::{EditedFile, new_errors};
use crate::cli::{BuildArgs, CommonArgs};
use crate::diagnostic::Diagnostic;
use crate::disk::{self, SourceChange};
use crate::graph::LinkResolver;
use crate::nearest::nearest;
use crate::note::{LinkTarget, Note, NoteId, Origin};
use crate::path::SourcePath;
use crate::report;
use crate::site::Site;
use crate::source::{Source, SourceEdit};
use crate::workspace::Workspace;

/// A book that was read.
pub(super) struct OpenedBook {
    pub(super) root: PathBuf,
    pub(super) workspace: Workspace,
    pub(super) site: Arc<Site>,
}

impl OpenedBook {
    /// Reads the book without planning its pages. Its problems don't matter here: `check` reports them.
    pub(super) fn read(common: &CommonArgs, drafts: bool) -> Result<Self, CommandError> {
        let root = root(common)?;
        let options = options(common, &BuildArgs { drafts, ..BuildArgs::default() })?;
        let config = options.config.clone();
        let sources = disk::read(&root, &config)?;
        if sources.get(&config).is_none() {
            return Err(CommandError::usage(format!(
                "there is no {config} in {}; name the folder of the book with --root, or make a book with \
                 fieldbook init",
                root.display()
            )));
        }
        let mut workspace = Workspace::new(options);
        let _ = workspace.open(sources.into_files().map(SourceEdit::Put).collect());
        let unread = || CommandError::usage("the book can't be read; fieldbook check says why");
        let site = workspace.site().cloned().ok_or_else(unread)?;
        let is_of_config = |problem: &&Diagnostic| problem.path == config && problem.is_error();
        if let Some(error) = workspace.diagnostics().iter().find(is_of_config) {
            let message = &error.message;
            return Err(CommandError::usage(format!(
                "{config}: {message}; fieldbook check says more"
            )));
        }
        Ok(Self { root, workspace, site })
    }

    /// Returns the text of a file of the book.
    pub(super) fn text(&self, path: &SourcePath) -> Option<&str> {
        self.workspace.sources().get(path).and_then(Source::text)
    }

    /// Returns the note in the file that the user names.
    pub(super) fn note_in(&self, file: &str) -> Option<NoteId> {
        let path = path_in_book(&self.root, Path::new(file)).ok()?;
        self.site.note_at(&SourcePath::of_book(&self.site.config.content, &path))
    }

    /// Returns the note that the user means: by the path of its file, or by any name that a link may use.
    pub(super) fn note(&self, named: &str) -> Result<NoteId, CommandError> {
        let found = self.named(&[named.to_owned()])?;
        found.first().copied().ok_or_else(|| CommandError::usage("no note is named"))
    }

    /// Returns the notes that the user means, each as in [`OpenedBook::note`].
    pub(super) fn named(&self, names: &[String]) -> Result<Vec<NoteId>, CommandError> {
        let site = &self.site;
        let names_known = OnceCell::new();
        let find = |named: &String| match self.note_in(named) {
            Some(id) => Ok(id),
            None => {
                let new = || LinkResolver::new(&site.config, &site.notes);
                self.called(names_known.get_or_init(new), named)
            }
        };
        names.iter().map(find).collect()
    }

    /// Returns the note with a name that a link may use.
    fn called(&self, resolver: &LinkResolver<'_>, named: &str) -> Result<NoteId, CommandError> {
        let site = &self.site;
        let name = named.trim_start_matches("[[").trim_end_matches("]]");
        let home = &site.card(site.config.language()).home;
        let is_home = |(_, note): &(NoteId, &Note)| note.facts.place.output == *home;
        let from = site.notes().find(is_home).or_else(|| site.notes().next());
        let Some((_, from)) = from else {
            return Err(CommandError::usage("the book has no notes"));
        };
        let found = resolver.candidates(&LinkTarget::plain(name), from);
        match &*found {
            [id] => Ok(*id),
            [] => {
                let names = site.notes.iter().flat_map(|note| {
                    let names = note.facts.names.iter().map(|name| name.written.as_str());
                    names.chain([note.facts.card.title.as_str()])
                });
                let near = nearest(name, names);
                let help = near
                    .first()
                    .map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
                Err(CommandError::usage(format!("no note is called \"{named}\"{help}")))
            }
            several => {
                let paths: Vec<&str> =
                    several.iter().take(5).map(|id| shown_path(site, *id)).collect();
                Err(CommandError::usage(format!(
                    "\"{named}\" may be {}; name one of them by its path",
                    paths.join(" or ")
                )))
            }
        }
    }

    /// Returns the notes in the folder that the user names; `None` if that is no folder with notes.
    pub(super) fn notes_below(&self, named: &str) -> Option<Vec<NoteId>> {
        let folder = path_in_book(&self.root, Path::new(named)).ok()?;
        let is_below = |path: &SourcePath| folder.is_empty() || path.below(&folder).is_some();
        let notes = self.site.notes().filter(|(_, note)| note.facts.origin == Origin::File);
        let found: Vec<NoteId> =
            notes.filter(|(_, note)| is_below(&note.source)).map(|(id, _)| id).collect();
        (!found.is_empty()).then_some(found)
    }

    /// Writes changes if the book, read with them, has no new error; all of them or none.
    pub(super) fn write(
        &mut self,
        files: &[EditedFile],
        terminal: &mut Terminal,
    ) -> Result<CommandOutcome, CommandError> {
        let refused = self.prove(files, terminal)?;
        if refused == CommandOutcome::Fine {
            write_changes(&self.root, files)?;
        }
        Ok(refused)
    }

    /// Reads the book with the changes, and reports the errors that they would make.
    pub(super) fn prove(
        &mut self,
        files: &[EditedFile],
        terminal: &mut Terminal,
    ) -> Result<CommandOutcome, CommandError> {
        let errors = new_errors(&mut self.workspace, files);
        if errors.is_empty() {
            return Ok(CommandOutcome::Fine);
        }
        terminal.problems(&report::human(&errors, self.workspace.sources()));
        let errors = report::count(errors.len(), "error");
        terminal.say(&format!("Nothing was written: the book would have {errors} more"));
        Ok(CommandOutcome::Content)
    }
}

/// Returns the path of the file of a note, or of its page if it has no file.
pub(super) fn shown_path(site: &Site, id: NoteId) -> &str {
    let note = site.note(id);
    match note.facts.origin {
        Origin::File => note.source.as_str(),
        Origin::Folder | Origin::OpenField | Origin::Untranslated | Origin::Listed => {
            note.facts.place.output.as_str()
        }
    }
}

/// Writes all changes to the book at `root`, or none.
pub(super) fn write_changes(root: &Path, files: &[EditedFile]) -> Result<(), CommandError> {
    let changes = files.iter().map(|file| SourceChange {
        path: &file.path,
        before: Some(file.before.as_bytes()),
        after: Some(file.after.as_bytes()),
    });
    match disk::change(root, &changes.collect::<Vec<_>>())? {
        None => Ok(()),
        Some((path, why)) => {
            Err(CommandError::usage(format!("nothing was written: {path}: {why}")))
        }
    }
}
