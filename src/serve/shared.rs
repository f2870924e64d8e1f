//! The site that was published last, and everything else that connections share.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use super::ServeSettings;
use super::events::EventStreams;
use super::pages::PageCache;
use super::watch::ChangeHint;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::OutputPath;
use crate::preview::{PageState, Problems, ResolvedAddress, find};
use crate::view::base_path;
use crate::workspace::{Plan, PlannedOutput, Snapshot};

/// The longest time that a request waits for the index.
const INDEX_TIMEOUT: Duration = Duration::from_secs(30);

/// The site that is served at one moment.
pub(super) struct PublishedSite {
    /// The site of the book as it is, or as it was before it had errors.
    pub(super) snapshot: Snapshot,
    /// The problems of the book as it is.
    pub(super) problems: Problems,
    /// The fingerprint of all style sheets.
    pub(super) styles: Fingerprint,
    /// The new addresses of pages that moved.
    pub(super) moved: Arc<BTreeMap<OutputPath, OutputPath>>,
    /// The plan that was served before, if only style sheets changed since.
    pub(super) restyles: Option<Arc<Plan>>,
    base: String,
}

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

impl PublishedSite {
    pub(super) fn new(
        snapshot: Snapshot,
        problems: Problems,
        moved: Arc<BTreeMap<OutputPath, OutputPath>>,
        restyles: Option<Arc<Plan>>,
    ) -> Self {
        let sheets =
            snapshot.plan.outputs.iter().filter(|(path, _)| path.as_str().ends_with(".css"));
        let sheets: Vec<_> = sheets.map(|(path, output)| (path, output.fingerprint)).collect();
        let styles = Fingerprint::of(&sheets);
        let base = base_path(&snapshot.site);
        Self { snapshot, problems, styles, moved, restyles, base }
    }

    /// Returns the output at a requested path.
    pub(super) fn find(&self, path: &str) -> ResolvedAddress<'_> {
        find(&self.snapshot.plan, &self.base, path)
    }

    /// Returns the state that a page at this path should be in.
    pub(super) fn state_at(&self, path: &str) -> PageState {
        self.state_of(match self.find(path) {
            ResolvedAddress::File(file, output) => Some(self.snapshot.fingerprint(file, output)),
            ResolvedAddress::Folder | ResolvedAddress::Nothing => None,
        })
    }

    /// Returns the state that a page with this fingerprint should be in.
    pub(super) fn state_of(&self, page: Option<Fingerprint>) -> PageState {
        PageState { page, styles: self.styles, problems: self.problems.fingerprint }
    }

    /// Returns whether a page at this path in the state `before` only needs new style sheets. The
    /// address of a style sheet contains its fingerprint, so for the engine a page with a new style
    /// sheet is a different page.
    pub(super) fn is_restyled(&self, path: &str, before: &PageState) -> bool {
        let plan = self.restyles.as_ref().filter(|_| before.page.is_some());
        plan.is_some_and(|plan| page(plan, &self.base, path) == before.page)
    }

    /// Returns the new address of the page at this path, if it moved.
    pub(super) fn moved_from(&self, path: &str) -> Option<&OutputPath> {
        let path = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        let to = self.moved.get(&OutputPath::new(path))?;
        self.snapshot.plan.outputs.contains_key(to).then_some(to)
    }
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

/// Returns the fingerprint of the page at `path`, if there is one and it is known.
fn page(plan: &Plan, base: &str, path: &str) -> Option<Fingerprint> {
    match find(plan, base, path) {
        ResolvedAddress::File(_, output) => output.fingerprint,
        ResolvedAddress::Folder | ResolvedAddress::Nothing => None,
    }
}

/// Locks a mutex, ignoring panics of other threads: nothing here is changed in steps, so the data
/// is whole.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
