//! The site that was published last, and everything else that connections share.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::ServeSettings;
use super::events::EventStreams;
use super::lock::lock;
use super::pages::PageCache;
use super::published::PublishedSite;
use super::watch::ChangeHint;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::workspace::{PlannedOutput, Snapshot};

/// The longest time that a request waits for the index.
const INDEX_TIMEOUT: Duration = Duration::from_secs(30);

/// The state that all threads of the preview share.
pub(super) struct ServerState {
    /// The folder of the book.
    pub(super) root: PathBuf,
    /// True if requests may name any host.
    pub(super) any_host: bool,
    /// The time of the start. It distinguishes this run of the program from others, whose pages a
    /// browser may have cached.
    pub(super) run: SystemTime,
    /// The pages that are open.
    pub(super) events: EventStreams,
    shown: Mutex<Option<Arc<PublishedSite>>>,
    is_shown: Condvar,
    /// True if what is shown is complete.
    is_complete: AtomicBool,
    pages: Mutex<PageCache>,
    hints: Mutex<Sender<ChangeHint>>,
}

impl ServerState {
    pub(super) fn new(settings: &ServeSettings, root: PathBuf, hints: Sender<ChangeHint>) -> Self {
        Self {
            root,
            any_host: settings.any_host,
            run: SystemTime::now(),
            events: EventStreams::default(),
            shown: Mutex::default(),
            is_shown: Condvar::new(),
            is_complete: AtomicBool::new(false),
            pages: Mutex::default(),
            hints: Mutex::new(hints),
        }
    }

    /// Publishes the site that is served from now on, and tells open pages.
    pub(super) fn publish(&self, shown: PublishedSite) {
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
