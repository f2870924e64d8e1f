//! The keeper follows the book: what changed is read, handed to the engine, and what comes of it is
//! published. It never ends, whatever the book holds.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use super::ServeEvent;
use super::shared::{PublishedSite, ServerState};
use super::watch::{DueChecks, FileWatch};
use crate::diagnostic::Diagnostic;
use crate::disk::BookReader;
use crate::fingerprint::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::preview::Problems;
use crate::source::SourceEdit;
use crate::workspace::{BuildOptions, Plan, Snapshot, Workspace, differing};

/// How long to wait for the folder of the book to come back.
const AWAY: Duration = Duration::from_millis(500);

/// How many notes that are gone are remembered, in case they turn up elsewhere.
const GRAVES: usize = 20_000;

/// The one who follows the book.
pub(super) struct BookKeeper<T> {
    options: BuildOptions,
    reader: BookReader,
    workspace: Workspace,
    shared: Arc<ServerState>,
    tell: T,
    /// The site as it was when the book had no errors last.
    good: Option<Snapshot>,
    /// What is published.
    plan: Arc<Plan>,
    /// What was published before search was there, as long as the book is as it was then. A page of it
    /// may fail when the whole is there already.
    opened: Weak<Plan>,
    /// The pages of notes that are gone, by their text and by their title.
    graves: BTreeMap<Fingerprint, OutputPath>,
    moved: Arc<BTreeMap<OutputPath, OutputPath>>,
    /// Pages that could not be made since the last change.
    failed: BTreeSet<Diagnostic>,
    /// What was wrong when it was told last, and how often.
    told: BTreeMap<Fingerprint, usize>,
    is_away: bool,
}

impl<T: FnMut(ServeEvent<'_>)> BookKeeper<T> {
    pub(super) fn new(
        options: BuildOptions,
        reader: BookReader,
        shared: Arc<ServerState>,
        tell: T,
    ) -> Self {
        Self {
            workspace: Workspace::new(options.clone()),
            options,
            reader,
            shared,
            tell,
            good: None,
            plan: Arc::default(),
            opened: Weak::new(),
            graves: BTreeMap::new(),
            moved: Arc::default(),
            failed: BTreeSet::new(),
            told: BTreeMap::new(),
            is_away: false,
        }
    }

    /// Reads the book, publishes it, and follows it, with the help of the system unless it `polls`. What
    /// the first page can do without comes after it: the watch, which goes through all folders, and
    /// search.
    pub(super) fn run(mut self, mut watch: FileWatch, polls: bool) {
        let start = Instant::now();
        let everything = DueChecks { everything: true, ..DueChecks::default() };
        while !self.is_open() {
            self.guarded(|keeper| keeper.look(&everything, &mut watch));
            if !self.is_open() {
                std::thread::sleep(AWAY);
            }
        }
        let notes = self.workspace.note_count();
        (self.tell)(ServeEvent::Opened { notes, took: start.elapsed() });
        self.tell_problems();
        self.guarded(Self::complete);
        self.shared.settle();
        if !polls && let Err(why) = watch.begin() {
            let text = format!(
                "the system does not tell of changes ({why}); the book is looked at twice a second instead"
            );
            (self.tell)(ServeEvent::Trouble(text));
        }
        // Nobody told of what changed before that.
        self.guarded(|keeper| keeper.look(&everything, &mut watch));
        loop {
            let due = watch.next();
            self.guarded(|keeper| keeper.look(&due, &mut watch));
        }
    }

    fn is_open(&self) -> bool {
        self.workspace.site().is_some()
    }

    /// Adds what search needs, once the first page can be seen.
    fn complete(&mut self) {
        self.workspace.complete();
        self.opened = Arc::downgrade(&self.plan);
        self.good = self.good.take().and(self.workspace.snapshot());
        self.publish(None);
    }

    /// A fault of the engine must not end the preview: the book is then read anew from the ground up,
    /// when it changes next.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        let done = catch_unwind(AssertUnwindSafe(|| work(self)));
        if done.is_err() {
            let text = "this is a fault of Fieldbook's own; the page is shown as it was before";
            (self.tell)(ServeEvent::Trouble(text.to_owned()));
            self.workspace = Workspace::new(self.options.clone());
            self.reader.forget();
        }
    }

    fn look(&mut self, due: &DueChecks, watch: &mut FileWatch) {
        let start = Instant::now();
        let known = self.workspace.sources();
        let edits = match due.everything {
            true => match self.reader.look(known) {
                Ok(edits) => edits,
                Err(failure) => {
                    watch.set_away(true);
                    if !std::mem::replace(&mut self.is_away, true) {
                        (self.tell)(ServeEvent::Trouble(failure.to_string()));
                    }
                    return;
                }
            },
            false => self.reader.look_at(&due.paths, known),
        };
        watch.look = start.elapsed();
        if due.everything {
            self.is_away = false;
            watch.set_away(false);
        }
        if !edits.is_empty() || !self.is_open() {
            self.take(edits, due.since.unwrap_or(start));
        } else {
            self.take_failed(&due.failed);
        }
    }

    /// Takes the pages that could not be made. One of an earlier plan may have been mended since.
    fn take_failed(&mut self, failed: &[(Diagnostic, Arc<Plan>)]) {
        let known = self.failed.len();
        let now = [Arc::as_ptr(&self.plan), self.opened.as_ptr()];
        let is_now = |plan| now.contains(&Arc::as_ptr(plan));
        let current = failed.iter().filter(|(_, plan)| is_now(plan));
        self.failed.extend(current.map(|(diagnostic, _)| diagnostic.clone()));
        if self.failed.len() > known {
            self.publish(None);
            self.tell_problems();
        }
    }

    fn take(&mut self, edits: Vec<SourceEdit>, since: Instant) {
        let first = !self.is_open();
        let files: Vec<SourcePath> = edits.iter().map(|edit| path(edit).clone()).collect();
        self.bury(&edits);
        self.failed.clear();
        self.opened = Weak::new();
        let taken = match first && self.plan.outputs.is_empty() {
            true => self.workspace.open(edits),
            false => self.workspace.update(edits),
        };
        if taken.is_ok() {
            self.good = self.workspace.snapshot();
        }
        self.find_moved(&files);
        let before = Arc::clone(&self.plan);
        let styled = !first && files.iter().all(|path| path.as_str().ends_with(".css"));
        self.publish(styled.then(|| Arc::clone(&before)));
        if !first {
            let pages = changed_pages(&before, &self.plan);
            (self.tell)(ServeEvent::Changed { files: &files, pages, took: since.elapsed() });
            self.tell_problems();
        }
    }

    /// Publishes the site as it is now. `restyles` is what was there before, if no more than style
    /// sheets changed.
    fn publish(&mut self, restyles: Option<Arc<Plan>>) {
        // A book that had errors from the start is shown as it is: better than nothing.
        let Some(snapshot) = self.good.clone().or_else(|| self.workspace.snapshot()) else {
            return;
        };
        let has_errors = self.workspace.diagnostics().iter().any(Diagnostic::is_error);
        let stale = has_errors && self.good.is_some();
        let problems = Problems::new(&self.problems(), self.workspace.sources(), stale);
        self.plan = Arc::clone(&snapshot.plan);
        self.shared.publish(PublishedSite::new(
            snapshot,
            problems,
            Arc::clone(&self.moved),
            restyles,
        ));
    }

    /// What is wrong with the book, and with pages that could not be made.
    fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.workspace.diagnostics().to_vec();
        problems.extend(self.failed.iter().cloned());
        problems.sort();
        problems.dedup();
        problems
    }

    fn tell_problems(&mut self) {
        let mut new = self.problems();
        // That a problem moved down a line is no news.
        let print = |it: &Diagnostic| Fingerprint::of(&(&it.path, it.rule, &it.message, &it.help));
        let mut now: BTreeMap<Fingerprint, usize> = BTreeMap::new();
        new.iter().for_each(|problem| *now.entry(print(problem)).or_default() += 1);
        let mut before = std::mem::replace(&mut self.told, now);
        if before == self.told {
            return;
        }
        let all = new.len();
        new.retain(|problem| match before.get_mut(&print(problem)) {
            Some(times @ 1..) => {
                *times -= 1;
                false
            }
            _ => true,
        });
        let sources = self.workspace.sources();
        (self.tell)(match all {
            0 => ServeEvent::Mended,
            _ => ServeEvent::Problems { new: &new, standing: all - new.len(), sources },
        });
    }

    // Notes that move: their pages are open somewhere, and should go along.

    /// Remembers the pages of notes that these edits take away.
    fn bury(&mut self, edits: &[SourceEdit]) {
        let Some(site) = self.workspace.site().cloned() else { return };
        let gone = edits.iter().filter_map(|edit| match edit {
            SourceEdit::Remove(path) => site.note_at(path),
            SourceEdit::Put(_) => None,
        });
        for id in gone {
            let note = site.note(id);
            if let Some(source) = self.workspace.sources().get(&note.source) {
                let output = &note.facts.place.output;
                self.graves.insert(source.fingerprint(), output.clone());
                self.graves.insert(title(&note.facts.card.title), output.clone());
            }
        }
        if self.graves.len() > GRAVES {
            self.graves.clear();
        }
    }

    /// Finds among `files` notes that lay elsewhere before.
    fn find_moved(&mut self, files: &[SourcePath]) {
        let Some(site) = self.workspace.site().cloned() else { return };
        if self.graves.is_empty() {
            return;
        }
        for path in files {
            let Some((id, source)) = site.note_at(path).zip(self.workspace.sources().get(path))
            else {
                continue;
            };
            let facts = &site.note(id).facts;
            let same_text = self.graves.remove(&source.fingerprint());
            let same_title = self.graves.remove(&title(&facts.card.title));
            let to = &facts.place.output;
            if let Some(from) = same_text.or(same_title).filter(|from| from != to) {
                let moved = Arc::make_mut(&mut self.moved);
                moved.remove(to);
                moved.values_mut().filter(|to| **to == from).for_each(|old| *old = to.clone());
                moved.insert(from, to.clone());
            }
        }
    }
}

fn title(title: &str) -> Fingerprint {
    Fingerprint::of(&("title", title))
}

fn path(edit: &SourceEdit) -> &SourcePath {
    match edit {
        SourceEdit::Put(source) => &source.path,
        SourceEdit::Remove(path) => path,
    }
}

/// How many pages are others in `now` than in `before`, or are in one of them only.
fn changed_pages(before: &Plan, now: &Plan) -> usize {
    let (differing, gone) = differing(&now.outputs, &before.outputs);
    let paths = differing.into_iter().map(|(path, _)| path).chain(&gone);
    paths.filter(|path| path.is_page()).count()
}
