//! The plan of a site: every output that should exist, with a fingerprint of all that it is made from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use rayon::prelude::*;

use super::packed::{Packing, is_text};
use super::published::PublishedPages;
use super::rules::unlinked_file::{self, UnlinkedFiles};
use super::rules::{lost_address, same_address};
use crate::AT_A_TIME;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::note::NoteId;
use crate::parse::parse;
use crate::path::{OutputPath, SourcePath};
use crate::render::Theme;
use crate::search::{self, ScriptPart, SearchIndex, ShardBounds, TouchedKeys};
use crate::site::Site;
use crate::source::{Source, SourceRole, Sources};
use crate::view::{BookOutput, OutputOwner, View, outputs};

/// Every output that should exist.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The outputs by their path.
    pub outputs: Outputs,
    /// The problems with the addresses of the site.
    pub collisions: Vec<Diagnostic>,
    /// The problems with addresses that the site had.
    pub(super) lost: Vec<Diagnostic>,
    /// The files beside the notes that nothing links to.
    pub(super) unlinked: UnlinkedFiles,
    /// The places at which the index is cut into scripts.
    pub shards: ShardBounds,
    /// True if the index is planned, and with it every output.
    pub is_whole: bool,
    /// True if every text is planned packed as well.
    packs: bool,
}

/// Outputs by their path. A copy costs nothing, and the parts that two copies share are not compared.
pub type Outputs = OrdMap<OutputPath, PlannedOutput>;

/// One output that should exist.
#[derive(Clone, Debug)]
pub struct PlannedOutput {
    /// The fingerprint of all that it is made from: if that is the same, so are its bytes. A page has one
    /// once the plan is whole; before, [`Snapshot::fingerprint`](super::Snapshot::fingerprint) takes it.
    pub fingerprint: Option<Fingerprint>,
    /// The recipe for its bytes.
    pub made: Recipe,
}

/// The recipe for the bytes of an output.
#[derive(Clone, Debug)]
pub enum Recipe {
    /// A view of the book, rendered.
    Rendered(BookOutput),
    /// A file, as it is.
    Copied(Source),
    /// A part of the index.
    Script(ScriptPart),
    /// Another output, packed.
    Packed(OutputPath, Box<Recipe>, Packing),
}

/// A file of the site that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputChange {
    /// The file has this content.
    Write(OutputPath, Arc<[u8]>),
    /// The file is gone.
    Remove(OutputPath),
}

/// The parts of a book that a plan is made from.
#[derive(Clone, Copy)]
pub(super) struct PlanInput<'a> {
    /// The files of the book.
    pub(super) sources: &'a Sources,
    /// The book.
    pub(super) site: &'a Site,
    /// The theme.
    pub(super) theme: &'a Theme,
    /// True if every text is to be planned packed as well.
    pub(super) packs: bool,
    /// The pages of notes that an earlier run published.
    pub(super) published: &'a PublishedPages,
}

/// The time at which the fingerprints of pages are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PagePrints {
    /// While the pages are planned.
    Now,
    /// When somebody asks for them.
    Later,
}

impl Recipe {
    /// The note whose page the output is, if it is one.
    pub fn note_page(&self) -> Option<NoteId> {
        match self {
            Self::Rendered(BookOutput { owner: OutputOwner::NotePage(id), .. }) => Some(*id),
            _ => None,
        }
    }

    /// Says whether the output is a file that is copied, packed or not.
    pub(super) fn is_copy(&self) -> bool {
        match self {
            Self::Copied(_) => true,
            Self::Packed(_, made, _) => made.is_copy(),
            Self::Rendered(_) | Self::Script(_) => false,
        }
    }

    /// Says whether the output is a part of the index that follows from the words of all notes.
    fn is_of_words(&self) -> bool {
        match self {
            Self::Script(part) => part.is_of_words(),
            Self::Packed(_, made, _) => made.is_of_words(),
            Self::Rendered(_) | Self::Copied(_) => false,
        }
    }
}

impl Plan {
    /// Plans every output, and brings the index up to date for that.
    pub(super) fn whole(input: PlanInput<'_>, index: &mut SearchIndex) -> Self {
        count_words(input.site, input.sources);
        let pages = || Self::of_pages(input, PagePrints::Now);
        let ((), mut plan) = rayon::join(|| index.update(input.site), pages);
        plan.add_index(input.site, index);
        plan
    }

    /// Plans all but the index: the files of the theme, the pages, and the files of the book, which
    /// replace what would be made at their addresses.
    pub(super) fn of_pages(input: PlanInput<'_>, prints: PagePrints) -> Self {
        let PlanInput { sources, site, theme, packs, published } = input;
        let mut plan = Self { packs, ..Self::default() };
        plan.outputs.extend(theme.files.iter().map(|(output, source)| copied(output, source)));
        let listed = outputs(site);
        let (rendered, found) = rayon::join(
            || rendered(site, theme, &listed, prints),
            || (same_address::check(site, theme, &listed), unlinked_file::find(sources, site)),
        );
        plan.outputs.extend(rendered);
        (plan.collisions, plan.unlinked) = found;
        // Of one file, what is worse is enough.
        let said: BTreeSet<&SourcePath> = plan.collisions.iter().map(|found| &found.path).collect();
        plan.unlinked.findings.retain(|found| !said.contains(&found.path));
        let withheld: BTreeSet<&SourcePath> = plan.unlinked.withheld.iter().collect();
        let files = site.files.published().filter(|(_, source)| !withheld.contains(source));
        let files = files.filter_map(|(output, source)| Some(copied(output, sources.get(source)?)));
        plan.outputs.extend(files);
        plan.lost =
            lost_address::check(site, sources, published, |path| plan.outputs.contains_key(path));
        if packs {
            let texts = plan.outputs.iter().filter(|(path, _)| is_text(path));
            let packed: Vec<_> = texts.flat_map(|(path, output)| packed(path, output)).collect();
            for (path, output) in packed {
                plan.outputs.entry(path).or_insert(output);
            }
        }
        plan
    }

    /// Plans the scripts of the index as well.
    fn add_index(&mut self, site: &Site, index: &SearchIndex) {
        self.add_texts(site, index);
        self.add_words(site, index);
    }

    /// Plans the scripts of the index that show the texts of notes. The index need only have its slots.
    pub(super) fn add_texts(&mut self, site: &Site, index: &SearchIndex) {
        self.put(search::all_texts(index, site).into_iter());
    }

    /// Plans all other scripts of the index.
    pub(super) fn add_words(&mut self, site: &Site, index: &SearchIndex) {
        let (shards, parts) = search::words(index, site, None);
        self.put(parts.into_iter().chain(search::facets(index, site)));
        (self.shards, self.is_whole) = (shards, true);
    }

    /// Plans parts of the index. A file of the book at the address of one replaces it.
    fn put(&mut self, parts: impl Iterator<Item = (ScriptPart, Fingerprint)>) {
        for (part, fingerprint) in parts {
            let (path, fingerprint) = (part.path(), Some(fingerprint));
            let output = PlannedOutput { fingerprint, made: Recipe::Script(part) };
            if self.is_covered(&path) {
                continue;
            }
            for (path, output) in packed(&path, &output).into_iter().filter(|_| self.packs) {
                if !self.is_covered(&path) {
                    self.outputs.insert(path, output);
                }
            }
            self.outputs.insert(path, output);
        }
    }

    /// Says whether a file of the book takes the place of what would be made at `path`.
    fn is_covered(&self, path: &OutputPath) -> bool {
        let made = self.outputs.get(path).map(|output| &output.made);
        matches!(made, Some(Recipe::Copied(source)) if SourceRole::of(&source.path) != SourceRole::Theme)
    }

    /// Looks again for problems with addresses, of which an edit of a text moves only the places.
    pub(super) fn judge_again(&mut self, input: PlanInput<'_>) {
        let PlanInput { sources, site, theme, published, .. } = input;
        self.collisions = same_address::check(site, theme, &outputs(site));
        self.lost =
            lost_address::check(site, sources, published, |path| self.outputs.contains_key(path));
    }

    /// Takes the fingerprints of some outputs again. Some of them may not be there.
    pub(super) fn refresh(&mut self, site: &Site, theme: &Theme, paths: BTreeSet<OutputPath>) {
        for path in paths {
            let Some(output) = self.outputs.get_mut(&path) else { continue };
            // A file of the book may have taken its place.
            let Recipe::Rendered(shown) = &output.made else { continue };
            output.fingerprint = Some(fingerprint(site, theme, &path, shown));
            let packed = self.packs.then(|| packed(&path, output));
            for (path, new) in packed.into_iter().flatten() {
                if let Some(packed) = self.outputs.get_mut(&path) {
                    *packed = new;
                }
            }
        }
    }

    /// Plans the scripts of the index again that changed with the texts of `notes`; `touched` are the parts
    /// of the index that these touched.
    pub(super) fn refresh_index(
        &mut self,
        site: &Site,
        index: &SearchIndex,
        notes: &[NoteId],
        touched: &TouchedKeys,
    ) {
        let (shards, parts) = search::words(index, site, Some((&self.shards, touched)));
        let mut before: BTreeMap<ScriptPart, Fingerprint> = self.shards.parts().collect();
        let parts = parts.into_iter().chain(search::texts(index, site, notes));
        let changed: Vec<_> =
            parts.filter(|(part, print)| before.remove(part) != Some(*print)).collect();
        for path in before.keys().map(ScriptPart::path) {
            for path in Packing::ALL.map(|packing| packing.path(&path)).into_iter().chain([path]) {
                if self.outputs.get(&path).is_some_and(|output| output.made.is_of_words()) {
                    self.outputs.remove(&path);
                }
            }
        }
        self.put(changed.into_iter());
        self.shards = shards;
    }

    /// The fingerprint of every output.
    pub fn fingerprints(&self) -> BTreeMap<OutputPath, Fingerprint> {
        let print = |(path, output): (&OutputPath, &PlannedOutput)| {
            Some((path.clone(), output.fingerprint?))
        };
        self.outputs.iter().filter_map(print).collect()
    }
}

impl OutputChange {
    /// The file.
    pub fn path(&self) -> &OutputPath {
        match self {
            Self::Write(path, _) | Self::Remove(path) => path,
        }
    }
}

/// Outputs are equal if they are made from the same.
impl PartialEq for PlannedOutput {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint.is_some() && self.fingerprint == other.fingerprint
    }
}

fn copied(output: &OutputPath, source: &Source) -> (OutputPath, PlannedOutput) {
    // Taken before the source is copied, so that the copies know it too.
    let fingerprint = Some(source.fingerprint());
    (output.clone(), PlannedOutput { fingerprint, made: Recipe::Copied(source.clone()) })
}

/// The difference between two plans.
#[derive(Default)]
pub struct PlanDifference<'p> {
    /// Outputs that are new or changed.
    pub changed: Vec<(&'p OutputPath, &'p PlannedOutput)>,
    /// The paths of outputs that are gone.
    pub gone: Vec<OutputPath>,
}

/// Returns the outputs that are not as they were `before`.
pub fn differing<'p>(outputs: &'p Outputs, before: &'p Outputs) -> PlanDifference<'p> {
    let mut found = PlanDifference::default();
    for item in before.diff(outputs) {
        match item {
            DiffItem::Add(path, output) | DiffItem::Update { new: (path, output), .. } => {
                found.changed.push((path, output));
            }
            DiffItem::Remove(path, _) => found.gone.push(path.clone()),
        }
    }
    found
}

/// Does the same if only the fingerprints of the outputs before are known.
pub(super) fn differing_prints<'p>(
    outputs: &'p Outputs,
    before: &BTreeMap<OutputPath, Fingerprint>,
) -> PlanDifference<'p> {
    let mut found = PlanDifference::default();
    let mut before = before.iter().peekable();
    for (path, output) in outputs {
        while let Some((old, _)) = before.next_if(|(old, _)| *old < path) {
            found.gone.push(old.clone());
        }
        let same = before.next_if(|(old, _)| *old == path);
        if same.is_none_or(|(_, fingerprint)| Some(*fingerprint) != output.fingerprint) {
            found.changed.push((path, output));
        }
    }
    found.gone.extend(before.map(|(old, _)| old.clone()));
    found
}

/// Returns an output packed in every way.
fn packed(path: &OutputPath, output: &PlannedOutput) -> [(OutputPath, PlannedOutput); 2] {
    Packing::ALL.map(|packing| {
        let fingerprint = output.fingerprint.map(|print| packing.fingerprint(print));
        let made = Recipe::Packed(path.clone(), Box::new(output.made.clone()), packing);
        (packing.path(path), PlannedOutput { fingerprint, made })
    })
}

/// The outputs that are made from views.
fn rendered(
    site: &Site,
    theme: &Theme,
    outputs: &[(OutputPath, BookOutput)],
    prints: PagePrints,
) -> Vec<(OutputPath, PlannedOutput)> {
    let planned = |(path, output): &(OutputPath, BookOutput)| {
        let is_now = prints == PagePrints::Now;
        let fingerprint = is_now.then(|| fingerprint(site, theme, path, output));
        (path.clone(), PlannedOutput { fingerprint, made: Recipe::Rendered(output.clone()) })
    };
    outputs.par_iter().with_max_len(AT_A_TIME).map(planned).collect()
}

/// The fingerprint of all that an output is rendered from: its view and the theme.
pub(super) fn fingerprint(
    site: &Site,
    theme: &Theme,
    path: &OutputPath,
    output: &BookOutput,
) -> Fingerprint {
    print_of(theme, &output.view(site, path))
}

/// Returns the fingerprint of what is rendered from `view`.
pub(super) fn print_of(theme: &Theme, view: &View<'_>) -> Fingerprint {
    Fingerprint::of(&(theme.fingerprint, view.fingerprint()))
}

/// Counts the words of the notes that were read without that. They are read again: to keep their texts
/// until then would take as much memory as all texts.
fn count_words(site: &Site, sources: &Sources) {
    let uncounted = site.notes.par_iter().with_max_len(AT_A_TIME);
    uncounted.filter(|note| note.words.get().is_none()).for_each(|note| {
        let Some(source) = sources.get(&note.source) else { return };
        let read = || parse(source, &site.config, true).words.into_inner();
        note.words.get_or_init(|| read().unwrap_or_default());
    });
}
