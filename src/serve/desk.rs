//! The desk: the book in memory with the text of a note that isn't saved yet in the place of its file. It follows what
//! the keeper publishes, and has no part in what the preview serves.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use super::handouts::Handouts;
use super::lock::lock;
use super::offered::LastOffer;
use crate::authoring::KnownErrors;
use crate::diagnostic::Diagnostic;
use crate::note::Status;
use crate::path::{OutputPath, SourcePath};
use crate::site::Site;
use crate::source::{Source, SourceEdit, Sources};
use crate::workspace::{BuildOptions, Workspace};

/// The most pages that are kept for the frames that show them.
const MAX_PAGES: usize = 32;

/// The most saves that can be undone.
const MAX_SAVES: usize = 100;

/// The desk, and the key of those who may use it.
pub(super) struct EditDesk {
    pub(super) key: String,
    pub(super) options: BuildOptions,
    /// Files that tasks made.
    pub(super) handouts: Mutex<Handouts>,
    open: Mutex<OpenDesk>,
}

/// The state of the desk.
pub(super) struct OpenDesk {
    pub(super) workspace: Workspace,
    /// The notes that were offered last to choose from.
    pub(super) offer: LastOffer,
    /// The files of the book as they were published last.
    published: Arc<Sources>,
    /// The errors that the book has without what isn't saved.
    errors: KnownErrors,
    /// The file whose text isn't that of the book.
    laid_over: Option<SourcePath>,
    pages: VecDeque<DraftPage>,
    /// The number of pages so far.
    count: u64,
    saves: Vec<SavedNote>,
    /// A file that was written, until the keeper publishes it.
    awaited: Option<SourcePath>,
}

/// The page of a note with text that isn't saved.
#[derive(Clone)]
pub(super) struct DraftPage {
    pub(super) number: u64,
    pub(super) path: OutputPath,
    pub(super) bytes: Arc<[u8]>,
}

/// A note that was saved, so that this can be undone.
pub(super) struct SavedNote {
    pub(super) path: SourcePath,
    /// The text before; none for a new note.
    pub(super) before: Option<String>,
    pub(super) after: String,
}

/// The consequences of a text in the place of a note.
pub(super) struct TextOutcome {
    /// The problems of the note, then the errors that other files would have.
    pub(super) found: Vec<Diagnostic>,
    /// The errors that the book would have and has not.
    pub(super) new_errors: Vec<Diagnostic>,
    /// True if readers would not see the note.
    pub(super) is_draft: bool,
    /// The page; none if the note has none.
    pub(super) page: Option<DraftPage>,
}

impl EditDesk {
    pub(super) fn new(key: String, options: &BuildOptions) -> Self {
        let desk = OpenDesk {
            workspace: Workspace::new(options.clone()),
            offer: LastOffer::default(),
            published: Arc::default(),
            errors: KnownErrors::default(),
            laid_over: None,
            pages: VecDeque::new(),
            count: 0,
            saves: Vec::new(),
            awaited: None,
        };
        let (options, handouts) = (options.clone(), Mutex::default());
        Self { key, options, handouts, open: Mutex::new(desk) }
    }

    /// Waits until nobody else uses the desk.
    pub(super) fn open(&self) -> MutexGuard<'_, OpenDesk> {
        let is_broken = self.open.is_poisoned();
        let mut desk = lock(&self.open);
        if is_broken {
            // A bug in the engine must not end the editing, so the book is read again from scratch.
            desk.workspace = Workspace::new(self.options.clone());
            desk.published = Arc::default();
            self.open.clear_poison();
        }
        desk
    }

    /// Returns the page with this number, if it is still kept.
    pub(super) fn page(&self, number: u64) -> Option<DraftPage> {
        lock(&self.open).pages.iter().find(|page| page.number == number).cloned()
    }
}

impl OpenDesk {
    /// Takes the book as it was published.
    pub(super) fn follow(&mut self, published: &Arc<Sources>) {
        if Arc::ptr_eq(&self.published, published) {
            return;
        }
        let edits = self.workspace.sources().edits_to(published);
        // A book with errors is read all the same.
        let _ = self.workspace.open(edits);
        self.published = Arc::clone(published);
        self.laid_over = None;
        self.errors = KnownErrors::of(&self.workspace);
    }

    /// Returns the book with what is laid over it; `None` if it can't be read.
    pub(super) fn site(&self) -> Option<Arc<Site>> {
        self.workspace.site().cloned()
    }

    /// Lays a file over the book, in the place of the one that was laid over it before.
    pub(super) fn lay(&mut self, source: Source) {
        let mut edits = Vec::new();
        if let Some(before) = self.laid_over.take().filter(|before| *before != source.path) {
            edits.push(match self.published.get(&before) {
                Some(source) => SourceEdit::Put(source.clone()),
                None => SourceEdit::Remove(before),
            });
        }
        self.laid_over = Some(source.path.clone());
        edits.push(SourceEdit::Put(source));
        let _ = self.workspace.open(edits);
    }

    /// Returns the errors that the book has with what is laid over it, and has not without it.
    pub(super) fn new_errors(&self) -> Vec<Diagnostic> {
        self.errors.new_in(&self.workspace)
    }

    /// Puts a text in the place of a note, and returns the consequences.
    pub(super) fn put(&mut self, path: &SourcePath, text: &str) -> TextOutcome {
        self.lay(Source::new(path.clone(), text.as_bytes().to_vec()));
        let new_errors = self.new_errors();
        let own = self.workspace.diagnostics().iter().filter(|found| found.path == *path).cloned();
        let elsewhere = new_errors.iter().filter(|error| error.path != *path).cloned();
        let found = own.chain(elsewhere).collect();
        let id = self.workspace.site().and_then(|site| Some((site.clone(), site.note_at(path)?)));
        let is_draft =
            id.as_ref().is_some_and(|(site, id)| site.note(*id).facts.card.status == Status::Draft);
        let page = id.and_then(|(site, id)| self.page(&site.note(id).facts.place.output));
        TextOutcome { found, new_errors, is_draft, page }
    }

    /// Makes the page at `path`, and keeps it for the frame that will ask for it.
    fn page(&mut self, path: &OutputPath) -> Option<DraftPage> {
        let snapshot = self.workspace.snapshot()?;
        let output = snapshot.plan.outputs.get(path)?;
        let bytes = snapshot.make(path, output).ok()?.into_owned();
        self.count += 1;
        let page = DraftPage { number: self.count, path: path.clone(), bytes: bytes.into() };
        self.pages.push_back(page.clone());
        if self.pages.len() > MAX_PAGES {
            self.pages.pop_front();
        }
        Some(page)
    }

    /// Notes that a file was written or removed, which the keeper has yet to publish.
    pub(super) fn await_file(&mut self, path: &SourcePath) {
        self.awaited = Some(path.clone());
    }

    /// Returns the file that is awaited, as it was published before; afterwards none is.
    pub(super) fn take_awaited(&mut self) -> Option<(SourcePath, Option<Source>)> {
        let path = self.awaited.take()?;
        let before = self.published.get(&path).cloned();
        Some((path, before))
    }

    /// Remembers a save.
    pub(super) fn remember(&mut self, save: SavedNote) {
        self.saves.push(save);
        if self.saves.len() > MAX_SAVES {
            self.saves.remove(0);
        }
    }

    /// Returns the last save of a note that is not undone yet.
    pub(super) fn last_save(&self, path: &SourcePath) -> Option<&SavedNote> {
        self.saves.iter().rfind(|save| save.path == *path)
    }

    /// Returns what undoing the last save of a note would do, as the page names it: `"save"` takes back a save, `"making"` takes
    /// the note away. `None` if nothing can be undone.
    pub(super) fn undo_of(&self, path: &SourcePath) -> Option<&'static str> {
        let save = self.last_save(path)?;
        Some(if save.before.is_some() { "save" } else { "making" })
    }

    /// Forgets the last save of a note.
    pub(super) fn forget_save(&mut self, path: &SourcePath) {
        if let Some(at) = self.saves.iter().rposition(|save| save.path == *path) {
            self.saves.remove(at);
        }
    }
}
