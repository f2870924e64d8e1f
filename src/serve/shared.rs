//! The site that was published last, and everything else that connections share.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use super::ServeSettings;
use super::desk::{EditDesk, OpenDesk};
use super::events::EventStreams;
use super::lock::lock;
use super::pages::PageCache;
use super::published::PublishedSite;
use super::watch::ChangeHint;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::source::{Source, Sources};
use crate::workspace::{PlannedOutput, Snapshot};

/// The longest time that a request waits for the index.
const INDEX_TIMEOUT: Duration = Duration::from_secs(30);

/// The longest time that a request waits for a file that was just written.
const FILE_TIMEOUT: Duration = Duration::from_secs(2);

/// The state that all threads of the preview share.
pub(super) struct ServerState {
    /// The folder of the book.
    pub(super) root: PathBuf,
    /// True if requests may name any host.
    pub(super) any_host: bool,
    /// The time of the start. It distinguishes this run of the program from others, whose pages a
    /// browser may have cached.
    pub(super) run: SystemTime,
    /// The port at which requests come.
    pub(super) port: u16,
    /// The book with text that isn't saved yet, if notes can be edited.
    pub(super) desk: Option<EditDesk>,
    /// True once somebody was refused who asked to edit notes.
    has_refused: AtomicBool,
    /// The pages that are open.
    pub(super) events: EventStreams,
    /// The files of the book when it was read for the first time, if notes can be edited.
    begun: OnceLock<Arc<Sources>>,
    shown: Mutex<Option<Arc<PublishedSite>>>,
    is_shown: Condvar,
    /// True if what is shown is complete.
    is_complete: AtomicBool,
    pages: Mutex<PageCache>,
    hints: Mutex<Sender<ChangeHint>>,
}

impl ServerState {
    pub(super) fn new(
        settings: &ServeSettings,
        root: PathBuf,
        port: u16,
        hints: Sender<ChangeHint>,
    ) -> Self {
        Self {
            root,
            port,
            any_host: settings.any_host,
            // Only who sits at this machine may edit.
            desk: settings
                .edit_key
                .clone()
                .filter(|_| !settings.any_host)
                .map(|key| EditDesk::new(key, &settings.options)),
            has_refused: AtomicBool::new(false),
            run: SystemTime::now(),
            events: EventStreams::default(),
            begun: OnceLock::new(),
            shown: Mutex::default(),
            is_shown: Condvar::new(),
            is_complete: AtomicBool::new(false),
            pages: Mutex::default(),
            hints: Mutex::new(hints),
        }
    }

    /// Publishes the site that is served from now on, and tells open pages.
    pub(super) fn publish(&self, shown: PublishedSite) {
        if let Some(sources) = shown.sources.as_ref().filter(|_| self.desk.is_some()) {
            self.begun.get_or_init(|| Arc::clone(sources));
        }
        *lock(&self.shown) = Some(Arc::new(shown));
        self.is_shown.notify_all();
        self.events.tell(|| self.shown());
    }

    /// Returns the site that is served now. Waits until the book was read for the first time.
    pub(super) fn shown(&self) -> Arc<PublishedSite> {
        let mut shown = lock(&self.shown);
        loop {
            match &*shown {
                Some(shown) => return Arc::clone(shown),
                None => {
                    shown = self.is_shown.wait(shown).unwrap_or_else(PoisonError::into_inner);
                }
            }
        }
    }

    /// Returns the files of the book as they were when the preview was started.
    pub(super) fn begun(&self) -> Arc<Sources> {
        self.begun.get().cloned().unwrap_or_default()
    }

    /// Returns the complete site, including the index, which is ready after the first page. Waits
    /// for it up to a limit.
    pub(super) fn shown_complete(&self) -> Arc<PublishedSite> {
        let is_incomplete =
            |_: &mut Option<Arc<PublishedSite>>| !self.is_complete.load(Ordering::Acquire);
        drop(self.is_shown.wait_timeout_while(lock(&self.shown), INDEX_TIMEOUT, is_incomplete));
        self.shown()
    }

    /// Declares the site complete, or as complete as it can be after an error.
    pub(super) fn set_complete(&self) {
        // The lock is held, so that no thread can begin to wait in between.
        let shown = lock(&self.shown);
        self.is_complete.store(true, Ordering::Release);
        drop(shown);
        self.is_shown.notify_all();
    }

    /// Returns the desk with the book as it was published last, and with what was saved at the desk.
    pub(super) fn open_desk<'d>(&self, desk: &'d EditDesk) -> MutexGuard<'d, OpenDesk> {
        let mut open = desk.open();
        if let Some((path, before)) = open.take_awaited() {
            self.wait_for_change(&path, before.as_ref());
        }
        if let Some(published) = &self.shown().sources {
            open.follow(published);
        }
        open
    }

    /// Waits until a file of the book that was written is published otherwise than `before`; but not long, since
    /// somebody may have changed it back.
    fn wait_for_change(&self, path: &SourcePath, before: Option<&Source>) {
        let before = before.map(|source| &source.content);
        let is_same = |shown: &mut Option<Arc<PublishedSite>>| {
            let sources = shown.as_ref().and_then(|shown| shown.sources.as_ref());
            let now = sources.and_then(|sources| sources.get(path));
            now.map(|source| &source.content) == before
        };
        drop(self.is_shown.wait_timeout_while(lock(&self.shown), FILE_TIMEOUT, is_same));
    }

    /// Has the keeper say that somebody was refused who asked to edit notes: once, since a page can ask without end.
    pub(super) fn tell_refusal(&self) {
        if !self.has_refused.swap(true, Ordering::Relaxed) {
            // After the keeper has ended, nobody receives hints.
            let _ = lock(&self.hints).send(ChangeHint::Refused);
        }
    }

    /// Has the keeper look at a file of the book that was written or removed.
    pub(super) fn look_at(&self, path: &SourcePath) {
        // After the keeper has ended, nobody receives hints.
        let _ = lock(&self.hints).send(ChangeHint::Paths(vec![self.root.join(path.as_str())]));
    }

    /// Has the keeper look at the whole book.
    pub(super) fn look_at_all(&self) {
        // After the keeper has ended, nobody receives hints.
        let _ = lock(&self.hints).send(ChangeHint::Everything);
    }

    /// Returns the fingerprint of a file of the site, and its bytes. They are made now, unless the
    /// file was last made from the same inputs. If the template fails, returns the file as it was
    /// before, or else the error.
    pub(super) fn bytes(
        &self,
        snapshot: &Snapshot,
        path: &OutputPath,
        output: &PlannedOutput,
    ) -> (Fingerprint, Result<Arc<[u8]>, Diagnostic>) {
        let before = lock(&self.pages).get(path);
        let fingerprint = snapshot.fingerprint(path, output);
        if let Some((_, bytes)) = before.as_ref().filter(|page| page.0 == fingerprint) {
            return (fingerprint, Ok(Arc::clone(bytes)));
        }
        let made = match snapshot.make(path, output) {
            Ok(bytes) => {
                let bytes: Arc<[u8]> = bytes.into();
                lock(&self.pages).put(path, fingerprint, Arc::clone(&bytes));
                Ok(bytes)
            }
            Err(diagnostic) => {
                // The keeper reports the error, in the terminal and on every page.
                let _ = lock(&self.hints).send(ChangeHint::Failed(
                    Box::new(diagnostic.clone()),
                    Arc::clone(&snapshot.plan),
                ));
                before.map(|(_, bytes)| bytes).ok_or(diagnostic)
            }
        };
        (fingerprint, made)
    }
}
