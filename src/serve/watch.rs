//! The choice of the moment to look at the book again. The system's reports of changes are only
//! hints: they miss files in new folders, get lost when the queue is full, describe renames in as
//! many ways as there are editors, and include our own reading. So reported files are read, and
//! once all is quiet the whole book is checked.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::diagnostic::Diagnostic;
use crate::disk::BookReader;
use crate::workspace::Plan;

/// The time without a change after which a change is complete. Editors write a file in a few steps.
const QUIET_TIME: Duration = Duration::from_millis(5);

/// The longest time to wait for quiet.
const MAX_WAIT: Duration = Duration::from_millis(250);

/// The time between the last change and the check of the whole book.
const CHECK_DELAY: Duration = Duration::from_millis(400);

/// The number of files and folders beyond which it is quicker to look at the whole book.
const MAX_PATHS: usize = 500;

/// The interval at which the book is looked at without the system's help, at least [`REST_FACTOR`]
/// times the duration of a look.
const POLL_INTERVAL: Duration = Duration::from_millis(500);
const REST_FACTOR: u32 = 10;

/// A sign that there is work to do.
pub(crate) enum ChangeHint {
    /// These files and folders may have changed.
    Paths(Vec<PathBuf>),
    /// Anything may have changed.
    Everything,
    /// A page of this plan could not be made.
    Failed(Box<Diagnostic>, Arc<Plan>),
    /// Somebody who may not edit notes asked to do so.
    Refused,
}

/// The work that is due.
#[derive(Default)]
pub(crate) struct DueChecks {
    pub(crate) paths: BTreeSet<PathBuf>,
    pub(crate) everything: bool,
    pub(crate) failed: Vec<(Diagnostic, Arc<Plan>)>,
    /// True if somebody who may not edit notes asked to do so.
    pub(crate) refused: bool,
    /// The time of the first sign, if there was one.
    pub(crate) since: Option<Instant>,
}

/// The watch over a book.
pub(crate) struct FileWatch {
    hints: Receiver<ChangeHint>,
    sender: Sender<ChangeHint>,
    /// The system's watcher; `None` if the book is looked at in intervals instead.
    watcher: Option<RecommendedWatcher>,
    /// The folders of the book that may hold sources.
    places: Vec<PathBuf>,
    /// The time at which the whole book is checked.
    settled: Option<Instant>,
    /// The folder of the book.
    root: PathBuf,
    /// The duration of the last look.
    pub(crate) look: Duration,
    /// True if the folder of the book is missing. The system doesn't report its return.
    is_away: bool,
}

impl FileWatch {
    /// Creates a watch that hasn't begun.
    pub(crate) fn new(reader: &BookReader) -> Self {
        let (sender, hints) = channel();
        Self {
            hints,
            sender,
            watcher: None,
            places: reader.places().collect(),
            settled: None,
            root: reader.root().to_owned(),
            look: Duration::ZERO,
            is_away: false,
        }
    }

    /// Returns the sender for hints.
    pub(crate) fn hints(&self) -> Sender<ChangeHint> {
        self.sender.clone()
    }

    /// Asks the system to report changes from now on. If it fails, the book is looked at in
    /// intervals, as before this call.
    pub(crate) fn begin(&mut self) -> notify::Result<()> {
        self.watcher = Some(self.follow(watcher(self.hints())?)?);
        Ok(())
    }

    /// Records whether the folder of the book is missing.
    pub(crate) fn set_away(&mut self, is_away: bool) {
        let was_away = std::mem::replace(&mut self.is_away, is_away);
        if was_away && !is_away {
            // It may be a different folder with that name. A folder that can't be watched is still
            // looked at whenever anything else changes.
            if let Some(watcher) = &mut self.watcher {
                for place in self.places.iter().chain([&self.root]) {
                    let _ = watcher.unwatch(place);
                }
                let _ = watcher.watch(&self.root, RecursiveMode::NonRecursive);
            }
            self.watch_new_folders(&self.places.clone());
        }
    }

    fn follow(&self, mut watcher: RecommendedWatcher) -> notify::Result<RecommendedWatcher> {
        // Folders of the book are created and removed, and so is the configuration.
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for place in self.places.iter().filter(|place| place.is_dir()) {
            watcher.watch(place, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }

    /// Waits until there is something to look at.
    pub(crate) fn next(&mut self) -> DueChecks {
        let mut due = DueChecks::default();
        let patience = match (self.settled, &self.watcher) {
            (Some(at), _) => Some(at.saturating_duration_since(Instant::now())),
            (None, Some(_)) if !self.is_away => None,
            (None, _) => Some(POLL_INTERVAL.max(self.look * REST_FACTOR)),
        };
        match self.receive(patience) {
            Some(hint) => self.collect_hints(hint, &mut due),
            None => {
                self.settled = None;
                due.everything = true;
            }
        }
        let big = due.paths.len() > MAX_PATHS;
        due.everything |= big;
        if self.watcher.is_some() && due.since.is_some() {
            self.settled = Some(Instant::now() + CHECK_DELAY);
        }
        due
    }

    fn receive(&self, patience: Option<Duration>) -> Option<ChangeHint> {
        match patience {
            Some(patience) => self.hints.recv_timeout(patience).ok(),
            None => self.hints.recv().ok(),
        }
    }

    /// Collects `hint` and the hints that follow it, until it is quiet.
    fn collect_hints(&mut self, hint: ChangeHint, due: &mut DueChecks) {
        let start = Instant::now();
        let mut next = Some(hint);
        while let Some(hint) = next {
            match hint {
                ChangeHint::Failed(diagnostic, plan) => due.failed.push((*diagnostic, plan)),
                ChangeHint::Refused => due.refused = true,
                ChangeHint::Everything => {
                    due.everything = true;
                    due.since = Some(start);
                }
                ChangeHint::Paths(paths) => {
                    due.since = Some(start);
                    self.watch_new_folders(&paths);
                    due.paths.extend(paths);
                }
            }
            next = (start.elapsed() < MAX_WAIT).then(|| self.receive(Some(QUIET_TIME))).flatten();
        }
    }

    /// Watches new folders of the book and everything in them.
    fn watch_new_folders(&mut self, paths: &[PathBuf]) {
        let Some(watcher) = &mut self.watcher else { return };
        for place in self.places.iter().filter(|place| paths.contains(place) && place.is_dir()) {
            // If that fails, the check of the whole book that follows still sees the content.
            let _ = watcher.watch(place, RecursiveMode::Recursive);
        }
    }
}

fn watcher(hints: Sender<ChangeHint>) -> notify::Result<RecommendedWatcher> {
    let handle = move |event: notify::Result<Event>| {
        let hint = match event {
            Ok(event) if event.need_rescan() => ChangeHint::Everything,
            Ok(event) if is_change(&event.kind) => ChangeHint::Paths(event.paths),
            Ok(_) => return,
            Err(_) => ChangeHint::Everything,
        };
        // After the keeper has ended, nobody receives hints.
        let _ = hints.send(hint);
    };
    RecommendedWatcher::new(handle, Config::default().with_follow_symlinks(false))
}

/// Returns whether a file may have changed. The system also reports our own reading.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(access) => *access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}
