//! One build of a book, from its sources to its files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::rules::lost_address;
use super::{BookErrors, EarlierSite, ExistingOutputs, PlannedOutput, PublishedPages, Workspace};
use crate::AT_A_TIME;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::path::{OutputPath, SourcePath};
use crate::search::{SearchIndex, is_script};
use crate::source::{SourceEdit, Sources};

/// The options of a build, beside the book itself.
#[derive(Clone, Debug, Hash)]
pub struct BuildOptions {
    /// The day for which the site is made.
    pub today: Date,
    /// True if drafts are shown.
    pub drafts: bool,
    /// True if texts are also written packed, for servers.
    pub precompress: bool,
    /// The base address; `None`: that of the book.
    pub base_url: Option<String>,
    /// The configuration file.
    pub config: SourcePath,
    /// The names of the folders below `themes/`, as far as they are known.
    pub themes: BTreeSet<String>,
}

/// The result of a build.
pub struct BuildResult {
    /// Success, or the sign that the book has errors and that the files handed over are to be thrown away.
    pub result: Result<(), BookErrors>,
    /// The problems of the book.
    pub diagnostics: Vec<Diagnostic>,
    /// The number of notes that were read from files.
    pub notes: usize,
    /// Every output that should exist, with its fingerprint; empty if the book has errors.
    pub plan: BTreeMap<OutputPath, Fingerprint>,
    /// The pages of notes, for the next build.
    pub pages: PublishedPages,
    /// Files of the book that are not for readers yet, each with the reason.
    pub withheld: Vec<(SourcePath, &'static str)>,
}

/// The outputs of a build, each with its fingerprint.
type BuiltOutputs = BTreeMap<OutputPath, Fingerprint>;

/// A build keeps no snapshot of the site.
const ALONE: &str = "nothing shares the site of a build";

/// The function that takes a file that was made.
type FileTaker<'f> = dyn Fn(&OutputPath, &[u8]) + Sync + 'f;

impl Workspace {
    /// Builds a book once, from `sources`. Whatever only a further edit would need is dropped, and the texts of
    /// notes are dropped as soon as all that shows them is made, which saves the memory that they take.
    pub fn build(
        options: BuildOptions,
        sources: Sources,
        earlier: EarlierSite,
        write: &FileTaker<'_>,
    ) -> BuildResult {
        let mut built = Self { forgets: true, ..Self::after(options, earlier) };
        let edits = sources.into_files().map(SourceEdit::Put).collect();
        let read = built.take(edits, true, false);
        let notes = built.notes.len();
        let made = read.and_then(|()| built.make_all(write));
        built.end(notes, made)
    }

    /// Finds the problems of a book, also those of templates. Keeps the texts, which fixes need.
    pub fn check(options: BuildOptions, sources: Sources, pages: PublishedPages) -> BuildResult {
        let earlier = EarlierSite { pages, ..EarlierSite::default() };
        let mut read = Self::after(options, earlier);
        let edits = sources.into_files().map(SourceEdit::Put).collect();
        let mut made = BuiltOutputs::new();
        let result = read.take(edits, false, false);
        let result = result.and_then(|()| read.make(&mut made, &|_, _| true, &|_, _| {}));
        let notes = read.notes.len();
        read.end(notes, result.map(|()| made))
    }

    /// An empty book of which an earlier run wrote a site.
    fn after(options: BuildOptions, earlier: EarlierSite) -> Self {
        let EarlierSite { outputs, pages: published } = earlier;
        let written = ExistingOutputs::Earlier(outputs);
        Self { written, published, ..Self::new(options) }
    }

    /// Makes all outputs: first those that show texts, then the rest of the index, which takes the memory of these.
    fn make_all(&mut self, write: &FileTaker<'_>) -> Result<BuiltOutputs, BookErrors> {
        let mut made = BuiltOutputs::new();
        // The site and the plan have what they need of them.
        self.notes.clear();
        self.sources = Sources::default();
        let site = self.site.as_mut().and_then(Arc::get_mut).expect(ALONE);
        site.drop_places();
        self.index = Arc::new(SearchIndex::of_slots(site));
        Arc::make_mut(&mut self.plan).add_texts(site, &self.index);
        // A script of the index takes the place of a file that the theme has there.
        let is_final = |path: &OutputPath, output: &PlannedOutput| {
            !output.made.is_copy() || !is_script_file(path)
        };
        self.make(&mut made, &is_final, write)?;
        let site = self.site.as_mut().and_then(Arc::get_mut).expect(ALONE);
        site.drop_texts();
        let index = Arc::make_mut(&mut self.index);
        index.update(site);
        Arc::make_mut(&mut self.plan).add_words(site, index);
        self.make(&mut made, &|_, _| true, write)?;
        Ok(made)
    }

    /// Makes each planned output that is wanted now, is not among `made`, and whose fingerprint is not that of an earlier run, hands
    /// it to `write`, and adds the fingerprints.
    fn make(
        &mut self,
        made: &mut BuiltOutputs,
        is_wanted: &dyn Fn(&OutputPath, &PlannedOutput) -> bool,
        write: &FileTaker<'_>,
    ) -> Result<(), BookErrors> {
        let Some(snapshot) = self.snapshot() else { return Err(BookErrors) };
        let before = |path: &OutputPath| match &self.written {
            ExistingOutputs::Earlier(prints) => prints.get(path),
            ExistingOutputs::Planned(_) => None,
        };
        let make = |(path, output): (&OutputPath, &PlannedOutput)| {
            let (print, bytes) = snapshot.make_unless(before(path), path, output)?;
            if let Some(bytes) = bytes {
                write(path, &bytes);
            }
            Ok((path.clone(), print))
        };
        let waiting = snapshot.plan.outputs.iter();
        let waiting =
            waiting.filter(|(path, output)| is_wanted(path, output) && !made.contains_key(*path));
        let waiting: Vec<(&OutputPath, &PlannedOutput)> = waiting.collect();
        let results: Vec<Result<(OutputPath, Fingerprint), Diagnostic>> =
            waiting.into_par_iter().with_max_len(AT_A_TIME).map(make).collect();
        let mut failed = Vec::new();
        for result in results {
            match result {
                Ok((path, print)) => drop(made.insert(path, print)),
                Err(diagnostic) => failed.push(diagnostic),
            }
        }
        if failed.is_empty() { Ok(()) } else { Err(self.report_pages(failed)) }
    }

    /// Ends a build in which so many notes were read and these outputs were made.
    fn end(mut self, notes: usize, made: Result<BuiltOutputs, BookErrors>) -> BuildResult {
        let (result, plan) = match made {
            Ok(plan) => (Ok(()), plan),
            Err(errors) => (Err(errors), BuiltOutputs::new()),
        };
        let is_there = |path: &OutputPath| self.plan.outputs.contains_key(path);
        let pages = self.site.as_deref();
        let pages = pages.map(|site| lost_address::published(site, &self.published, is_there));
        let pages = pages.unwrap_or_default();
        let built = BuildResult {
            result,
            diagnostics: std::mem::take(&mut self.diagnostics),
            notes,
            plan,
            pages,
            withheld: self.withheld(),
        };
        // The program is about to end, and the system takes all memory back at once.
        std::mem::forget(self);
        built
    }
}

/// Says whether a script of the index, packed or not, may be written to this file.
fn is_script_file(path: &OutputPath) -> bool {
    let name = path.as_str().to_lowercase();
    is_script(name.trim_end_matches(".br").trim_end_matches(".gz"))
}
