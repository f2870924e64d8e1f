//! The keeper follows the book: it reads changes, hands them to the engine, and publishes the
//! result. It never ends, whatever the book contains.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use super::ServeEvent;
use super::published::PublishedSite;
use super::shared::ServerState;
use super::watch::{DueChecks, FileWatch};
use crate::diagnostic::{Diagnostic, KnownCounts};
use crate::disk::BookReader;
use crate::fingerprint::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::preview::Problems;
use crate::source::SourceEdit;
use crate::workspace::{BuildOptions, Plan, Snapshot, Workspace, differing};

/// The interval at which to look for a missing folder of the book.
const RETRY_DELAY: Duration = Duration::from_millis(500);

/// The most removed notes that are remembered, in case they appear elsewhere.
const MAX_REMOVED_PAGES: usize = 20_000;

/// Follows the book.
pub(super) struct BookKeeper<T> {
    options: BuildOptions,
    reader: BookReader,
    workspace: Workspace,
    shared: Arc<ServerState>,
    tell: T,
    /// The site as it was when the book last had no errors.
    good: Option<Snapshot>,
    /// The plan that is published.
    plan: Arc<Plan>,
    /// The plan that was published before search was ready, as long as the book hasn't changed
    /// since. One of its pages may fail when the complete plan is already published.
    opened: Weak<Plan>,
    /// The pages of removed notes, by text and by title.
    removed_pages: BTreeMap<Fingerprint, OutputPath>,
    moved: Arc<BTreeMap<OutputPath, OutputPath>>,
    /// Errors in pages that couldn't be made since the last change.
    failed: BTreeSet<Diagnostic>,
    /// The problems that were last reported, with their number.
    told: KnownCounts<Fingerprint>,
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
            removed_pages: BTreeMap::new(),
            moved: Arc::default(),
            failed: BTreeSet::new(),
            told: KnownCounts::default(),
            is_away: false,
        }
    }

    /// Reads the book, publishes it, and follows it, with the help of the system unless `polls` is
    /// set. The first page doesn't need the watch, which goes through all folders, or search; so
    /// both are started after it.
    pub(super) fn run(mut self, mut watch: FileWatch, polls: bool) {
        let start = Instant::now();
        let everything = DueChecks { everything: true, ..DueChecks::default() };
        while !self.is_open() {
            self.guarded(|keeper| keeper.look(&everything, &mut watch));
            if !self.is_open() {
                std::thread::sleep(RETRY_DELAY);
            }
        }
        let notes = self.workspace.note_count();
        (self.tell)(ServeEvent::Opened { notes, took: start.elapsed() });
        self.tell_problems();
        self.guarded(Self::complete);
        self.shared.set_complete();
        if !polls && let Err(why) = watch.begin() {
            let text = format!(
                "the system does not report changes ({why}), so the book is checked twice a second instead"
            );
            (self.tell)(ServeEvent::Trouble(text));
        }
        // Changes before the watch began were not reported.
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

    /// Runs `work` and survives a panic. A bug in the engine must not end the preview: the book is
    /// read again from scratch when it changes next.
    fn guarded(&mut self, work: impl FnOnce(&mut Self)) {
        let done = catch_unwind(AssertUnwindSafe(|| work(self)));
        if done.is_err() {
            let text = "this is a bug in Fieldbook; the page is shown as it was before";
            (self.tell)(ServeEvent::Trouble(text.to_owned()));
            self.workspace = Workspace::new(self.options.clone());
            self.reader.forget();
        }
    }

    fn look(&mut self, due: &DueChecks, watch: &mut FileWatch) {
        let start = Instant::now();
        if due.refused {
            let text = "a page elsewhere, or a program without the key, asked to edit notes and was refused";
            (self.tell)(ServeEvent::Trouble(text.to_owned()));
        }
        let known = self.workspace.sources();
        let edits = if due.everything {
            match self.reader.look(known) {
                Ok(edits) => edits,
                Err(failure) => {
                    watch.set_away(true);
                    if !std::mem::replace(&mut self.is_away, true) {
                        (self.tell)(ServeEvent::Trouble(failure.to_string()));
                    }
                    return;
                }
            }
        } else {
            self.reader.look_at(&due.paths, known)
        };
        watch.look = start.elapsed();
        if due.everything {
            self.is_away = false;
            watch.set_away(false);
        }
        if !edits.is_empty() || !self.is_open() {
            self.apply(edits, due.since.unwrap_or(start));
        } else {
            self.record_failures(&due.failed);
        }
    }

    /// Records errors in pages that couldn't be made. Errors of an earlier plan are ignored,
    /// because they may have been fixed since.
    fn record_failures(&mut self, failed: &[(Diagnostic, Arc<Plan>)]) {
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

    fn apply(&mut self, edits: Vec<SourceEdit>, since: Instant) {
        let first = !self.is_open();
        let files: Vec<SourcePath> = edits.iter().map(|edit| path(edit).clone()).collect();
        self.remember_removed(&edits);
        self.failed.clear();
        self.opened = Weak::new();
        let taken = if first && self.plan.outputs.is_empty() {
            self.workspace.open(edits)
        } else {
            self.workspace.update(edits)
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

    /// Publishes the current site. `restyles` is the plan before, if only style sheets changed.
    fn publish(&mut self, restyles: Option<Arc<Plan>>) {
        // A book that had errors from the start is shown as it is, which is better than nothing.
        let Some(snapshot) = self.good.clone().or_else(|| self.workspace.snapshot()) else {
            return;
        };
        let has_errors = self.workspace.diagnostics().iter().any(Diagnostic::is_error);
        let stale = has_errors && self.good.is_some();
        let problems = Problems::new(&self.problems(), self.workspace.sources(), stale);
        self.plan = Arc::clone(&snapshot.plan);
        let is_edited = self.shared.desk.is_some();
        let sources = is_edited.then(|| Arc::new(self.workspace.sources().clone()));
        self.shared.publish(PublishedSite::new(
            snapshot,
            sources,
            problems,
            Arc::clone(&self.moved),
            restyles,
        ));
    }

    /// Returns the problems of the book, and those of pages that couldn't be made.
    fn problems(&self) -> Vec<Diagnostic> {
        let mut problems = self.workspace.diagnostics().to_vec();
        problems.extend(self.failed.iter().cloned());
        problems.sort();
        problems.dedup();
        problems
    }

    fn tell_problems(&mut self) {
        let mut new = self.problems();
        // Spans are left out: a problem that moved down a line isn't new.
        let print = |it: &Diagnostic| Fingerprint::of(&(&it.path, it.rule, &it.message, &it.help));
        let now = KnownCounts::of(new.iter().map(print));
        let mut before = std::mem::replace(&mut self.told, now);
        if before == self.told {
            return;
        }
        let all = new.len();
        new.retain(|problem| !before.take(&print(problem)));
        let sources = self.workspace.sources();
        (self.tell)(match all {
            0 => ServeEvent::AllFixed,
            _ => ServeEvent::Problems { new: &new, standing: all - new.len(), sources },
        });
    }

    // Notes that move: a browser may show their pages, and should follow to the new address.

    /// Remembers the pages of notes that these edits remove.
    fn remember_removed(&mut self, edits: &[SourceEdit]) {
        let Some(site) = self.workspace.site().cloned() else { return };
        let gone = edits.iter().filter_map(|edit| match edit {
            SourceEdit::Remove(path) => site.note_at(path),
            SourceEdit::Put(_) => None,
        });
        for id in gone {
            let note = site.note(id);
            if let Some(source) = self.workspace.sources().get(&note.source) {
                let output = &note.facts.place.output;
                self.removed_pages.insert(source.fingerprint(), output.clone());
                self.removed_pages.insert(title(&note.facts.card.title), output.clone());
            }
        }
        if self.removed_pages.len() > MAX_REMOVED_PAGES {
            self.removed_pages.clear();
        }
    }

    /// Finds notes among `files` that were elsewhere before.
    fn find_moved(&mut self, files: &[SourcePath]) {
        let Some(site) = self.workspace.site().cloned() else { return };
        if self.removed_pages.is_empty() {
            return;
        }
        for path in files {
            let Some((id, source)) = site.note_at(path).zip(self.workspace.sources().get(path))
            else {
                continue;
            };
            let facts = &site.note(id).facts;
            let same_text = self.removed_pages.remove(&source.fingerprint());
            let same_title = self.removed_pages.remove(&title(&facts.card.title));
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

/// Counts the pages that differ between `before` and `now`, or are in only one of them.
fn changed_pages(before: &Plan, now: &Plan) -> usize {
    let difference = differing(&now.outputs, &before.outputs);
    let changed = difference.changed.iter().map(|(path, _)| *path);
    let paths = changed.chain(&difference.gone);
    paths.filter(|path| path.is_page()).count()
}
