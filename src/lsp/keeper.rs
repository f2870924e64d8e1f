//! The keeper owns the book in memory: it takes texts from the editor and files from the disk, publishes the book once it is
//! quiet, and proves renames. It never ends by itself, whatever the book contains.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::work::{
    BookEvent, BookEvents, KeeperTask, RenameFault, RenameOutcome, RenameTask, RenameWish,
};
use crate::change::{
    MovedPaths, Relocation, prove_edits, relocate, rename_alias, rename_part, retitle,
};
use crate::diagnostic::Diagnostic;
use crate::disk::BookReader;
use crate::editor::{BookView, EditedBook, OpenText, RenameStep, rename_step};
use crate::path::SourcePath;
use crate::serve::watch::DueChecks;
use crate::source::{Source, SourceEdit, Sources};
use crate::workspace::{BuildOptions, Workspace};

/// The time after the last key until the whole book is read again.
const QUIET_TIME: Duration = Duration::from_millis(150);

/// The owner of the book, which works on a thread of its own.
pub(super) struct LspKeeper {
    options: BuildOptions,
    reader: BookReader,
    workspace: Workspace,
    events: BookEvents,
    /// The texts that the editor has, with their versions.
    open: BTreeMap<SourcePath, (Arc<str>, i32)>,
    /// The texts that the book does not have yet.
    pending: BTreeSet<SourcePath>,
    /// The texts that are being given to the book.
    trying: BTreeSet<SourcePath>,
    /// True if the book has to be read from scratch.
    is_lost: bool,
    /// The time of the last change that the book does not have yet.
    since: Option<Instant>,
    /// True if the former addresses of pages become their aliases.
    keeps_addresses: bool,
    /// The book as it was when its configuration could last be read.
    good: Option<Arc<BookView>>,
}

impl LspKeeper {
    pub(super) fn new(
        options: BuildOptions,
        reader: BookReader,
        events: BookEvents,
        keeps_addresses: bool,
    ) -> Self {
        Self {
            workspace: Workspace::new(options.clone()),
            options,
            reader,
            events,
            open: BTreeMap::new(),
            pending: BTreeSet::new(),
            trying: BTreeSet::new(),
            is_lost: false,
            since: None,
            keeps_addresses,
            good: None,
        }
    }

    /// Works until it is told to end.
    pub(super) fn run(mut self, tasks: &Receiver<KeeperTask>) {
        self.guarded(|keeper| {
            keeper.look(&DueChecks { everything: true, ..DueChecks::default() });
            keeper.publish();
        });
        loop {
            let task = match self.since {
                Some(since) => {
                    match tasks.recv_timeout(QUIET_TIME.saturating_sub(since.elapsed())) {
                        Err(RecvTimeoutError::Timeout) => {
                            self.guarded(|keeper| {
                                keeper.take_pending();
                                keeper.publish();
                            });
                            continue;
                        }
                        Err(RecvTimeoutError::Disconnected) => return,
                        Ok(task) => task,
                    }
                }
                None => match tasks.recv() {
                    Err(_) => return,
                    Ok(task) => task,
                },
            };
            if matches!(task, KeeperTask::End) {
                return;
            }
            self.guarded(|keeper| keeper.take(task));
        }
    }

    /// Runs `work` and survives a panic. A bug in the engine must not end the session.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        if catch_unwind(AssertUnwindSafe(|| work(self))).is_err() {
            let text = "this is a bug in Fieldbook; the book is read again";
            self.events.send(BookEvent::Trouble(text.to_owned()));
            self.begin_again();
        }
    }

    /// Has the book read from scratch, without the texts that it was being given, which may be the reason.
    fn begin_again(&mut self) {
        self.workspace = Workspace::new(self.options.clone());
        self.reader.forget();
        let tried = std::mem::take(&mut self.trying);
        self.pending = self.open.keys().filter(|path| !tried.contains(*path)).cloned().collect();
        (self.is_lost, self.since) = (true, Some(Instant::now()));
    }

    fn take(&mut self, task: KeeperTask) {
        match task {
            // What the book would not read from the disk is not read from the editor.
            KeeperTask::Open(path, ..) if !self.reader.takes(&path) => {}
            KeeperTask::Open(path, text, version) => {
                self.open.insert(path.clone(), (text, version));
                self.pending.insert(path);
                self.since = Some(Instant::now());
            }
            KeeperTask::Close(path) => {
                self.open.remove(&path);
                self.pending.remove(&path);
                // It may have been removed meanwhile, or never have been saved.
                if !self.reader.forget_file(&path) {
                    let _ = self.workspace.open(vec![SourceEdit::Remove(path)]);
                }
                self.look(&DueChecks { everything: true, ..DueChecks::default() });
                self.publish();
            }
            KeeperTask::Look(due) => {
                if self.look(&due) {
                    self.publish();
                }
            }
            KeeperTask::Rename(task) => {
                self.take_pending();
                let id = task.id.clone();
                let proved = catch_unwind(AssertUnwindSafe(|| self.rename(task)));
                let outcome = proved.unwrap_or_else(|_| {
                    self.begin_again();
                    RenameOutcome::refused(id, "this is a bug in Fieldbook")
                });
                self.events.send(BookEvent::Renamed(outcome));
                self.publish();
            }
            KeeperTask::End => {}
        }
    }

    /// Reads files from the disk, but for those that the editor has. Returns whether anything changed.
    fn look(&mut self, due: &DueChecks) -> bool {
        let known = self.workspace.sources();
        let mut edits = if due.everything {
            // If the folder is gone for a moment, the next look finds it.
            self.reader.look(known).unwrap_or_default()
        } else {
            self.reader.look_at(&due.paths, known)
        };
        edits.retain(|edit| match edit {
            SourceEdit::Put(source) => !self.open.contains_key(&source.path),
            SourceEdit::Remove(path) => !self.open.contains_key(path),
        });
        let changed = !edits.is_empty();
        if changed {
            let _ = self.workspace.open(edits);
        }
        changed
    }

    /// Gives the book the texts that it does not have yet.
    fn take_pending(&mut self) {
        self.since = None;
        if std::mem::take(&mut self.is_lost) {
            self.look(&DueChecks { everything: true, ..DueChecks::default() });
        }
        self.trying = std::mem::take(&mut self.pending);
        let edits: Vec<SourceEdit> = self
            .trying
            .clone()
            .into_iter()
            .filter_map(|path| {
                let (text, _) = self.open.get(&path)?;
                Some(SourceEdit::Put(Source::new(path, text.as_bytes().to_vec())))
            })
            .collect();
        if !edits.is_empty() {
            let _ = self.workspace.open(edits);
        }
        self.trying.clear();
    }

    /// Publishes the book and its problems. While the configuration has errors, the book is the one before, with these.
    fn publish(&mut self) {
        let Some(site) = self.workspace.site().cloned() else { return };
        let is_config = |path: &SourcePath| *path == self.options.config;
        let found = self.workspace.diagnostics();
        let broken = found.iter().filter(|found| is_config(&found.path) && found.is_error());
        let broken: Vec<Diagnostic> = broken.cloned().collect();
        let view = match self.good.as_ref().filter(|_| !broken.is_empty()) {
            Some(good) => {
                let others = good.found.iter().filter(|found| !is_config(&found.path)).cloned();
                let mut found: Vec<Diagnostic> = others.chain(broken).collect();
                found.sort();
                let mut sources = (*good.sources).clone();
                let config = self.workspace.sources().get(&self.options.config).cloned();
                sources.apply(config.map(SourceEdit::Put).into_iter().collect());
                let site = Arc::clone(&good.site);
                Arc::new(BookView::new(site, Arc::new(sources), found.into()))
            }
            None => {
                let sources = Arc::new(self.workspace.sources().clone());
                let view = Arc::new(BookView::new(site, sources, found.into()));
                if broken.is_empty() {
                    self.good = Some(Arc::clone(&view));
                }
                view
            }
        };
        self.events.send(BookEvent::Published(view));
    }

    /// Returns the versions of the open texts that the book has.
    fn versions(&self) -> BTreeMap<SourcePath, i32> {
        let taken = self.open.iter().filter(|(path, _)| !self.pending.contains(*path));
        taken.map(|(path, (_, version))| (path.clone(), *version)).collect()
    }

    /// Proves a rename, and leaves the book as it was.
    fn rename(&mut self, task: RenameTask) -> RenameOutcome {
        let before = self.workspace.clone();
        let by_editor = matches!(task.wish, RenameWish::Files(_));
        let result = self.prove(task.wish);
        // The proof left the book after the rename in memory.
        self.workspace = before;
        let sources = self.workspace.sources().clone();
        RenameOutcome {
            id: task.id,
            by_editor,
            result: result.map(|relocation| relocation.changes),
            sources: Arc::new(sources),
            versions: self.versions(),
        }
    }

    fn prove(&mut self, wish: RenameWish) -> Result<Relocation, RenameFault> {
        let step = match wish {
            RenameWish::At(path, at, new) => self.step(&path, at, &new)?,
            RenameWish::Files(files) => return self.move_files(&files),
        };
        let workspace = &mut self.workspace;
        let proved = match step {
            RenameStep::Move { old, new } => {
                let path = SourcePath::of_book(old.folder_of_notes(), &new);
                return self.move_files(&[(old, path)]);
            }
            RenameStep::Retitle { path, value } => retitle(workspace, &path, value),
            RenameStep::Part { place, new } => {
                rename_part(workspace, &place.path, place.span, &new)
            }
            RenameStep::Alias { path, value, names: [old, new] } => {
                rename_alias(workspace, &path, value, [&old, &new])
            }
            RenameStep::Edits(changes) => prove_edits(workspace, changes),
        };
        proved.map_err(RenameFault::Unproved)
    }

    /// Returns the step that gives the thing at byte `at` of a text another name.
    fn step(&self, path: &SourcePath, at: u32, new: &str) -> Result<RenameStep, RenameFault> {
        let unread = || RenameFault::Refused("the book can't be read".to_owned());
        let site = self.workspace.site().cloned().ok_or_else(unread)?;
        let sources: Sources = self.workspace.sources().clone();
        let text = sources.get(path).and_then(Source::text).unwrap_or_default();
        let text = OpenText::new(path.clone(), text, &site.config);
        let view = BookView::new(site, Arc::new(sources), self.workspace.diagnostics().into());
        let open = BTreeMap::new();
        let book = EditedBook { view: &view, open: &open };
        rename_step(book, &text, at, new).map_err(|refusal| RenameFault::Refused(refusal.0))
    }

    /// Moves a file or a folder.
    fn move_files(
        &mut self,
        files: &[(SourcePath, SourcePath)],
    ) -> Result<Relocation, RenameFault> {
        let refused = |why: String| RenameFault::Refused(why);
        let [(old, new)] = files else {
            let why = "Fieldbook moves one file or folder at a time: move them one by one";
            return Err(refused(why.to_owned()));
        };
        let Some(site) = self.workspace.site() else {
            return Err(refused("the book can't be read".to_owned()));
        };
        let sources = self.workspace.sources();
        let moved = MovedPaths::find(&site.config, sources, old.as_str(), new.as_str());
        let moved = moved.map_err(|error| refused(error.to_string()))?;
        let config = self.options.config.clone();
        relocate(&mut self.workspace, &moved, &config, self.keeps_addresses)
            .map_err(RenameFault::Unproved)
    }
}
