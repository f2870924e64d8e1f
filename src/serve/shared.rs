//! What the keeper published last, and what every connection shares.

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

/// How long a request waits for the index at most.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is served at one moment.
pub(super) struct PublishedSite {
    /// The site: that of the book as it is, or as it was before it had errors.
    pub(super) snapshot: Snapshot,
    /// What is wrong with the book as it is.
    pub(super) problems: Problems,
    /// The fingerprint of all style sheets.
    pub(super) styles: Fingerprint,
    /// Where pages went that are no longer there.
    pub(super) moved: Arc<BTreeMap<OutputPath, OutputPath>>,
    /// What was served before, if no more than style sheets is another since.
    pub(super) restyles: Option<Arc<Plan>>,
    base: String,
}

/// What every thread of the preview shares.
pub(super) struct ServerState {
    /// The folder of the book.
    pub(super) root: PathBuf,
    /// Whether requests may name any host.
    pub(super) any_host: bool,
    /// Tells this run of the program from others, whose pages a browser may have kept.
    pub(super) run: SystemTime,
    /// The pages that are open.
    pub(super) events: EventStreams,
    shown: Mutex<Option<Arc<PublishedSite>>>,
    is_shown: Condvar,
    /// Whether what is shown lacks nothing that is still to come.
    is_settled: AtomicBool,
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

    /// What lies at a path that was asked for.
    pub(super) fn find(&self, path: &str) -> ResolvedAddress<'_> {
        find(&self.snapshot.plan, &self.base, path)
    }

    /// What a page at this path should know.
    pub(super) fn known(&self, path: &str) -> PageState {
        self.known_of(match self.find(path) {
            ResolvedAddress::File(file, output) => Some(self.snapshot.fingerprint(file, output)),
            ResolvedAddress::Folder | ResolvedAddress::Nothing => None,
        })
    }

    /// What a page with this fingerprint should know.
    pub(super) fn known_of(&self, page: Option<Fingerprint>) -> PageState {
        PageState { page, styles: self.styles, problems: self.problems.fingerprint }
    }

    /// Whether a page at this path that knows `before` need only take new style sheets. Addresses
    /// of style sheets change with what is in them, so a new one is another page to the engine.
    pub(super) fn is_restyled(&self, path: &str, before: &PageState) -> bool {
        let plan = self.restyles.as_ref().filter(|_| before.page.is_some());
        plan.is_some_and(|plan| page(plan, &self.base, path) == before.page)
    }

    /// Where the page at this path went, if it is gone.
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
            is_settled: AtomicBool::new(false),
            pages: Mutex::default(),
            hints: Mutex::new(hints),
        }
    }

    /// Publishes what is served from now on, and tells open pages.
    pub(super) fn publish(&self, shown: PublishedSite) {
        *lock(&self.shown) = Some(Arc::new(shown));
        self.is_shown.notify_all();
        self.events.tell(|| self.shown());
    }

    /// What is served now. Waits until the book was read for the first time.
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

    /// What is served once the index is there too, which comes after the first page.
    pub(super) fn shown_whole(&self) -> Arc<PublishedSite> {
        let is_to_come =
            |_: &mut Option<Arc<PublishedSite>>| !self.is_settled.load(Ordering::Acquire);
        drop(self.is_shown.wait_timeout_while(lock(&self.shown), PATIENCE, is_to_come));
        self.shown()
    }

    /// Nothing more is to come, whether because all is there or because a fault kept it away.
    pub(super) fn settle(&self) {
        // Under the lock, so that nobody begins to wait in between.
        let shown = lock(&self.shown);
        self.is_settled.store(true, Ordering::Release);
        drop(shown);
        self.is_shown.notify_all();
    }

    /// The fingerprint of a file of the site, and its bytes. They are made now unless they were just
    /// the same when they were made last. If the template fails, the file as it was before, or else
    /// what is wrong.
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
                // The keeper says so, here and on every page.
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

/// The fingerprint of the page at `path`, if there is one and it is known.
fn page(plan: &Plan, base: &str, path: &str) -> Option<Fingerprint> {
    match find(plan, base, path) {
        ResolvedAddress::File(_, output) => output.fingerprint,
        ResolvedAddress::Folder | ResolvedAddress::Nothing => None,
    }
}

/// Locks; what a thread that panicked left behind is whole, for nothing here is changed in steps.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
