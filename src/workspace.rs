//! The step from edits to changes, without I/O: `build`, the preview and the tests all take it.

mod build;
mod declared_words;
mod input;
mod interface_words;
mod judge;
mod packed;
mod plan;
mod published;
mod refresh;
pub mod rules;
mod snapshot;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

pub use build::{BuildOptions, BuildResult};
pub use declared_words::declared_words;
pub use plan::{OutputChange, Outputs, Plan, PlanDifference, PlannedOutput, Recipe, differing};
use plan::{PagePrints, PlanInput};
pub use published::{EarlierSite, PublishedPages};
pub use snapshot::Snapshot;

use crate::AT_A_TIME;
use crate::check::{check_facts, check_texts};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::files::BookFiles;
use crate::fingerprint::Fingerprint;
use crate::graph::are_drafts;
use crate::language::Language;
use crate::note::Note;
use crate::parse::parse;
use crate::path::{OutputPath, SourcePath};
use crate::render::{self, Theme};
use crate::search::{self, SearchHit, SearchIndex};
use crate::site::{PageFurniture, Site};
use crate::source::{Source, SourceEdit, SourceRole, Sources};

/// The book in memory, the outputs that should exist of its site, and those that do. A copy, in which a change can be tried,
/// shares what is large.
#[derive(Clone)]
pub struct Workspace {
    options: BuildOptions,
    sources: Sources,
    loaded: Option<LoadedFiles>,
    notes: BTreeMap<SourcePath, Arc<Note>>,
    site: Option<Arc<Site>>,
    /// The search index of the site.
    index: Arc<SearchIndex>,
    /// Every output that should exist.
    plan: Arc<Plan>,
    /// Every output that does.
    written: ExistingOutputs,
    /// The pages of notes that an earlier run published.
    published: PublishedPages,
    /// The problems of the facts as a whole.
    of_facts: Vec<Diagnostic>,
    /// The problems of the texts as a whole.
    of_texts: Vec<Diagnostic>,
    /// The problems of templates, found when pages were made.
    of_pages: Vec<Diagnostic>,
    diagnostics: Vec<Diagnostic>,
    /// True if the texts of notes are dropped once they are parsed.
    forgets: bool,
}

/// The outputs that exist of the site.
#[derive(Clone)]
enum ExistingOutputs {
    /// The outputs of an earlier run, each with its fingerprint.
    Earlier(BTreeMap<OutputPath, Fingerprint>),
    /// These outputs.
    Planned(Outputs),
}

/// The sources that are not notes, as read.
#[derive(Clone)]
struct LoadedFiles {
    config: Arc<Config>,
    theme: Arc<Theme>,
    furniture: Arc<PageFurniture>,
    files: Arc<BookFiles>,
    diagnostics: Vec<Diagnostic>,
}

/// The book has errors, so nothing changed. [`Workspace::diagnostics`] says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BookErrors;

/// The part of the site that an edit can reach.
enum EditReach {
    /// All of it.
    Site,
    /// The pages that show the text of these notes.
    Bodies(Vec<SourcePath>),
}

impl Workspace {
    /// An empty book.
    pub fn new(options: BuildOptions) -> Self {
        let mut sources = Sources::default();
        sources.apply(render::builtin_files().into_iter().map(SourceEdit::Put).collect());
        Self {
            options,
            sources,
            loaded: None,
            notes: BTreeMap::new(),
            site: None,
            index: Arc::default(),
            plan: Arc::default(),
            written: ExistingOutputs::Planned(Outputs::new()),
            published: PublishedPages::default(),
            of_facts: Vec::new(),
            of_texts: Vec::new(),
            of_pages: Vec::new(),
            diagnostics: Vec::new(),
            forgets: false,
        }
    }

    /// Takes the outputs of an earlier run, so that they are not written again.
    pub fn assume_written(&mut self, written: BTreeMap<OutputPath, Fingerprint>) {
        self.written = ExistingOutputs::Earlier(written);
    }

    /// Takes the pages that an earlier run published, so that an address that is gone is reported.
    pub fn assume_published(&mut self, published: PublishedPages) {
        self.published = published;
    }

    /// Takes edits, and returns exactly the files that changed.
    pub fn apply(&mut self, edits: Vec<SourceEdit>) -> Result<Vec<OutputChange>, BookErrors> {
        let changes = Mutex::new(Vec::new());
        let removed = self.apply_into(edits, &|path, bytes| {
            let mut changes = changes.lock().unwrap_or_else(PoisonError::into_inner);
            changes.push(OutputChange::Write(path.clone(), Arc::from(bytes)));
        })?;
        let mut changes = changes.into_inner().unwrap_or_else(PoisonError::into_inner);
        changes.extend(removed.into_iter().map(OutputChange::Remove));
        changes.sort_by(|a, b| a.path().cmp(b.path()));
        Ok(changes)
    }

    /// Takes edits, hands each file that changed to `write` as soon as it is made, on many threads and in
    /// no order, and returns those that are gone. After an error, the files handed over are to be thrown
    /// away.
    pub fn apply_into(
        &mut self,
        edits: Vec<SourceEdit>,
        write: &(dyn Fn(&OutputPath, &[u8]) + Sync),
    ) -> Result<Vec<OutputPath>, BookErrors> {
        self.update(edits)?;
        let Some(snapshot) = self.snapshot() else { return Err(BookErrors) };
        let outputs = &snapshot.plan.outputs;
        let difference = match &self.written {
            ExistingOutputs::Earlier(prints) => plan::differing_prints(outputs, prints),
            ExistingOutputs::Planned(before) => plan::differing(outputs, before),
        };
        let failed: Vec<Diagnostic> = difference
            .changed
            .par_iter()
            .with_max_len(AT_A_TIME)
            .filter_map(|(path, output)| match snapshot.make(path, output) {
                Ok(bytes) => {
                    write(path, &bytes);
                    None
                }
                Err(diagnostic) => Some(diagnostic),
            })
            .collect();
        if !failed.is_empty() {
            return Err(self.report_pages(failed));
        }
        let gone = difference.gone;
        self.written = ExistingOutputs::Planned(outputs.clone());
        Ok(gone)
    }

    /// Adds the problems of templates.
    fn report_pages(&mut self, mut failed: Vec<Diagnostic>) -> BookErrors {
        failed.sort();
        failed.dedup();
        self.of_pages = failed;
        self.diagnostics.extend(self.of_pages.iter().cloned());
        self.diagnostics.sort();
        self.diagnostics.dedup();
        BookErrors
    }

    /// Takes edits, and plans the outputs that should exist; renders nothing. After an error there is a
    /// [`Workspace::snapshot`] all the same, of a site that is not to be published.
    pub fn update(&mut self, edits: Vec<SourceEdit>) -> Result<(), BookErrors> {
        self.take(edits, true, true)
    }

    /// Does the same without the index and the fingerprints of pages, which take as long as all the rest,
    /// unless they are there: [`Workspace::complete`] adds them, after the first page was seen. After an edit
    /// of texts that changes nothing that other pages show, only these texts are read and checked.
    pub fn open(&mut self, edits: Vec<SourceEdit>) -> Result<(), BookErrors> {
        self.take(edits, self.plan.is_whole, self.plan.is_whole)
    }

    /// Returns the site that the book would have after some edits, with its links but without its problems; `None` if it can't
    /// be read.
    pub fn site_after(&self, edits: Vec<SourceEdit>) -> Option<Site> {
        let mut tried = self.clone();
        let touched = tried.sources.apply(input::with_builtin(edits));
        tried.reload(&touched, false);
        tried.linked_site()
    }

    /// Adds the index and the fingerprints, if [`Workspace::open`] left them out.
    pub fn complete(&mut self) {
        let Some((site, loaded)) = self.site.as_ref().zip(self.loaded.as_ref()) else { return };
        if !self.plan.is_whole {
            let mut index = std::mem::take(&mut self.index);
            let input = self.plan_input(site, &loaded.theme);
            self.plan = Arc::new(Plan::whole(input, Arc::make_mut(&mut index)));
            self.index = index;
        }
    }

    fn plan_input<'a>(&'a self, site: &'a Site, theme: &'a Theme) -> PlanInput<'a> {
        let (sources, published) = (&self.sources, &self.published);
        PlanInput { sources, site, theme, packs: self.options.precompress, published }
    }

    fn take(
        &mut self,
        edits: Vec<SourceEdit>,
        with_words: bool,
        with_index: bool,
    ) -> Result<(), BookErrors> {
        let touched = self.sources.apply(input::with_builtin(edits));
        let of_pages = std::mem::take(&mut self.of_pages);
        self.diagnostics.retain(|diagnostic| of_pages.binary_search(diagnostic).is_err());
        match self.reload(&touched, with_words) {
            EditReach::Bodies(paths) if with_index == self.plan.is_whole => self.refresh(&paths),
            _ => self.replan(with_index),
        }
        if self.diagnostics.iter().any(Diagnostic::is_error) { Err(BookErrors) } else { Ok(()) }
    }

    /// Reads the touched files again, and counts their words if they are asked for.
    fn reload(&mut self, touched: &[SourcePath], with_words: bool) -> EditReach {
        let mut reach = EditReach::Bodies(Vec::new());
        let beyond_notes = touched.iter().any(|path| SourceRole::of(path) != SourceRole::Note);
        let mut changed: Vec<SourcePath> = touched
            .iter()
            .filter(|path| SourceRole::of(path) == SourceRole::Note)
            .cloned()
            .collect();
        let is_new =
            |path: &SourcePath| self.sources.get(path).is_none() || !self.notes.contains_key(path);
        let folders_may_differ = || {
            let loaded = self.loaded.as_ref();
            loaded.is_some_and(|loaded| loaded.config.kinds_of_folders)
                && changed.iter().any(is_new)
        };
        if self.loaded.is_none() || beyond_notes || folders_may_differ() {
            let before = self.loaded.take();
            let loaded = input::load(&self.sources, &self.options);
            if before.is_none_or(|before| before.config != loaded.config) {
                // A note is read by its kind, so every note is read again.
                self.notes.clear();
                let paths = self.sources.iter().map(|source| &source.path);
                changed = paths
                    .filter(|path| SourceRole::of(path) == SourceRole::Note)
                    .cloned()
                    .collect();
            }
            self.loaded = Some(loaded);
            reach = EditReach::Site;
        }
        let Some(loaded) = &self.loaded else { return reach };
        let take = |path: SourcePath| {
            if self.forgets {
                (self.sources.forget(&path), path)
            } else {
                (self.sources.get(&path).cloned(), path)
            }
        };
        let sources: Vec<(Option<Source>, SourcePath)> = changed.into_iter().map(take).collect();
        let read = |source: Source| Arc::new(parse(&source, &loaded.config, with_words));
        let sources = sources.into_par_iter().with_max_len(AT_A_TIME);
        let parsed: Vec<(Option<Arc<Note>>, SourcePath)> =
            sources.map(|(source, path)| (source.map(read), path)).collect();
        for (note, path) in parsed {
            let before = match note {
                Some(note) => {
                    let before = self.notes.insert(path.clone(), Arc::clone(&note));
                    before.map(|before| before.facts == note.facts)
                }
                None => self.notes.remove(&path).map(|_| false),
            };
            match &mut reach {
                EditReach::Bodies(paths) if before == Some(true) => paths.push(path),
                _ => reach = EditReach::Site,
            }
        }
        if self.site.is_none() { EditReach::Site } else { reach }
    }

    /// Returns the site of the notes as they are, with all its links.
    fn linked_site(&self) -> Option<Site> {
        let loaded = self.loaded.as_ref()?;
        let all: Vec<Arc<Note>> = self.notes.values().cloned().collect();
        let hidden = are_drafts(&loaded.config, &all);
        let hidden = |at: usize| hidden[at] && !self.options.drafts;
        let (drafts, notes): (Vec<_>, Vec<_>) =
            all.into_iter().enumerate().partition(|(at, _)| hidden(*at));
        let [drafts, notes] =
            [drafts, notes].map(|part| part.into_iter().map(|(_, note)| note).collect());
        Some(Site::new(
            Arc::clone(&loaded.config),
            self.options.today,
            notes,
            drafts,
            Arc::clone(&loaded.files),
            &loaded.furniture,
            self.site.as_deref(),
        ))
    }

    /// Works everything out again.
    fn replan(&mut self, with_index: bool) {
        let Some((site, loaded)) = self.linked_site().zip(self.loaded.as_ref()) else { return };
        let mut index = std::mem::take(&mut self.index);
        let input = self.plan_input(&site, &loaded.theme);
        let plan = || {
            if with_index {
                Plan::whole(input, Arc::make_mut(&mut index))
            } else {
                Plan::of_pages(input, PagePrints::Later)
            }
        };
        let (plan, found) = rayon::join(plan, || (check_facts(&site), check_texts(&site)));
        self.index = index;
        self.plan = Arc::new(plan);
        (self.of_facts, self.of_texts) = found;
        self.judge(&site, None);
        self.site = Some(Arc::new(site));
    }

    /// The problems of the book, in the order of files and places.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The files of the book, the built-in theme included.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The book as it was read last, if it could be.
    pub fn site(&self) -> Option<&Arc<Site>> {
        self.site.as_ref()
    }

    /// Finds the works that fit a query, the best first, for readers of pages in the language of the book.
    pub fn find(&self, query: &str) -> Vec<SearchHit> {
        let site = self.site.as_ref();
        site.map_or_else(Vec::new, |site| self.find_for(query, site.config.language()))
    }

    /// Finds the works that fit a query, the best first, for readers of pages in `language`.
    pub fn find_for(&self, query: &str, language: &Language) -> Vec<SearchHit> {
        self.site.as_ref().map_or_else(Vec::new, |site| {
            search::find(&self.index, &self.plan.shards, site, query, language)
        })
    }

    /// The number of notes that were read from files.
    pub fn note_count(&self) -> usize {
        self.notes.len()
    }

    /// The site as the last edits left it, if there were any.
    pub fn snapshot(&self) -> Option<Snapshot> {
        let (site, loaded) = self.site.as_ref().zip(self.loaded.as_ref())?;
        let (site, plan) = (Arc::clone(site), Arc::clone(&self.plan));
        let (index, theme) = (Arc::clone(&self.index), Arc::clone(&loaded.theme));
        Some(Snapshot { site, plan, index, theme })
    }

    /// Every output that should exist, with its fingerprint.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}
