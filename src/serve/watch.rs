//! When to look at the book again. What the system says of changes is a hint and no more: it loses
//! files in new folders, drops what does not fit its queue, tells of renames in as many ways as there
//! are editors, and tells us of our own reading. So files that are named are read, and when all is
//! quiet the whole book is looked over once.

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

/// How long it must have been quiet after a change. Editors write a file in a few steps.
const QUIET: Duration = Duration::from_millis(5);

/// How long changes are waited for at most, if it never gets quiet.
const PATIENCE: Duration = Duration::from_millis(250);

/// When the whole book is looked over, after the last change.
const SETTLED: Duration = Duration::from_millis(400);

/// Beyond so many files and folders it is quicker to look at the whole book.
const MANY: usize = 500;

/// How often the book is looked at where the system tells nothing, and how many times longer than
/// such a look takes it rests at least.
const POLL: Duration = Duration::from_millis(500);
const REST: u32 = 10;

/// A sign that something is to be done.
pub(super) enum ChangeHint {
    /// These files and folders may have changed.
    Paths(Vec<PathBuf>),
    /// Anything may have changed.
    Everything,
    /// A page of this plan could not be made.
    Failed(Box<Diagnostic>, Arc<Plan>),
}

/// What is to be looked at.
#[derive(Default)]
pub(super) struct DueChecks {
    pub(super) paths: BTreeSet<PathBuf>,
    pub(super) everything: bool,
    pub(super) failed: Vec<(Diagnostic, Arc<Plan>)>,
    /// When the first sign of it came, if one did.
    pub(super) since: Option<Instant>,
}

/// The watch over a book.
pub(super) struct FileWatch {
    hints: Receiver<ChangeHint>,
    sender: Sender<ChangeHint>,
    /// `None` where the book is looked at again and again instead.
    watcher: Option<RecommendedWatcher>,
    /// The folders of the book that hold sources.
    places: Vec<PathBuf>,
    /// When the whole book is to be looked over.
    settled: Option<Instant>,
    /// The folder of the book.
    root: PathBuf,
    /// How long the last look took.
    pub(super) look: Duration,
    /// Whether the folder of the book is gone. The system tells nothing of its coming back.
    is_away: bool,
}

impl FileWatch {
    /// A watch that has not begun.
    pub(super) fn new(reader: &BookReader) -> Self {
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

    /// Where hints are handed in.
    pub(super) fn hints(&self) -> Sender<ChangeHint> {
        self.sender.clone()
    }

    /// Has the system tell of changes from now on. If it does not, the book is looked at again and
    /// again, as it is without this.
    pub(super) fn begin(&mut self) -> notify::Result<()> {
        self.watcher = Some(self.follow(watcher(self.hints())?)?);
        Ok(())
    }

    /// The folder of the book is gone, or there.
    pub(super) fn set_away(&mut self, is_away: bool) {
        let was_away = std::mem::replace(&mut self.is_away, is_away);
        if was_away && !is_away {
            // It may be another folder of that name. What can't be watched is still looked at
            // whenever anything else changes.
            if let Some(watcher) = &mut self.watcher {
                for place in self.places.iter().chain([&self.root]) {
                    let _ = watcher.unwatch(place);
                }
                let _ = watcher.watch(&self.root, RecursiveMode::NonRecursive);
            }
            self.welcome(&self.places.clone());
        }
    }

    fn follow(&self, mut watcher: RecommendedWatcher) -> notify::Result<RecommendedWatcher> {
        // Folders of the book come and go, and so does the configuration.
        watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        for place in self.places.iter().filter(|place| place.is_dir()) {
            watcher.watch(place, RecursiveMode::Recursive)?;
        }
        Ok(watcher)
    }

    /// Waits until there is something to look at.
    pub(super) fn next(&mut self) -> DueChecks {
        let mut due = DueChecks::default();
        let patience = match (self.settled, &self.watcher) {
            (Some(at), _) => Some(at.saturating_duration_since(Instant::now())),
            (None, Some(_)) if !self.is_away => None,
            (None, _) => Some(POLL.max(self.look * REST)),
        };
        match self.receive(patience) {
            Some(hint) => self.gather(hint, &mut due),
            None => {
                self.settled = None;
                due.everything = true;
            }
        }
        let big = due.paths.len() > MANY;
        due.everything |= big;
        if self.watcher.is_some() && due.since.is_some() {
            self.settled = Some(Instant::now() + SETTLED);
        }
        due
    }

    fn receive(&self, patience: Option<Duration>) -> Option<ChangeHint> {
        match patience {
            Some(patience) => self.hints.recv_timeout(patience).ok(),
            None => self.hints.recv().ok(),
        }
    }

    /// Takes `hint` and what follows it, until it is quiet.
    fn gather(&mut self, hint: ChangeHint, due: &mut DueChecks) {
        let start = Instant::now();
        let mut next = Some(hint);
        while let Some(hint) = next {
            match hint {
                ChangeHint::Failed(diagnostic, plan) => due.failed.push((*diagnostic, plan)),
                ChangeHint::Everything => {
                    due.everything = true;
                    due.since = Some(start);
                }
                ChangeHint::Paths(paths) => {
                    due.since = Some(start);
                    self.welcome(&paths);
                    due.paths.extend(paths);
                }
            }
            next = (start.elapsed() < PATIENCE).then(|| self.receive(Some(QUIET))).flatten();
        }
    }

    /// A folder of the book that has just come is watched, with all that is in it.
    fn welcome(&mut self, paths: &[PathBuf]) {
        let Some(watcher) = &mut self.watcher else { return };
        for place in self.places.iter().filter(|place| paths.contains(place) && place.is_dir()) {
            // If it can't be, the look at the whole book that follows still sees what is in it.
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
        // After the keeper ended there is nobody to tell.
        let _ = hints.send(hint);
    };
    RecommendedWatcher::new(handle, Config::default().with_follow_symlinks(false))
}

/// Whether a file may be another now. Our own reading is told of too.
fn is_change(kind: &EventKind) -> bool {
    match kind {
        EventKind::Access(access) => *access == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}
