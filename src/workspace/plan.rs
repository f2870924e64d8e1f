//! Every output that should exist, each with a fingerprint of all that it is made from.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use imbl::OrdMap;
use imbl::ordmap::DiffItem;
use rayon::prelude::*;

use super::packed::{Packing, is_text};
use super::rules::same_address;
use super::rules::unlinked_file::{self, UnlinkedFiles};
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
use crate::view::{PageKey, outputs, outputs_of, view};

/// Every output that should exist.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The outputs by their path.
    pub outputs: Outputs,
    /// What is wrong with the addresses of the site.
    pub collisions: Vec<Diagnostic>,
    /// The files beside the notes that no reader is led to.
    pub(super) unlinked: UnlinkedFiles,
    /// Where the index is cut into scripts.
    pub shards: ShardBounds,
    /// Whether the index is there, and with it every output and its fingerprint.
    pub is_whole: bool,
    /// Whether every text is there packed as well.
    packs: bool,
}

/// Outputs by their path. A copy costs nothing, and what two copies have in common is not compared.
pub type Outputs = OrdMap<OutputPath, PlannedOutput>;

/// One output that should exist.
#[derive(Clone, Debug)]
pub struct PlannedOutput {
    /// The fingerprint of all it is made from: if that is the same, so are its bytes. That of a page is
    /// there once the plan is whole; [`Snapshot::fingerprint`](super::Snapshot::fingerprint) knows it before.
    pub fingerprint: Option<Fingerprint>,
    /// What it is made from.
    pub made: Recipe,
}

/// What an output is made from.
#[derive(Clone, Debug)]
pub enum Recipe {
    /// A view, by its template.
    Rendered(PageKey),
    /// A file, as it is.
    Copied(Source),
    /// A part of the index.
    Script(ScriptPart),
    /// Another output, packed.
    Packed(OutputPath, Box<Recipe>, Packing),
}

/// One file of the site that is now another, or gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutputChange {
    /// The file has this content.
    Write(OutputPath, Arc<[u8]>),
    /// The file is gone.
    Remove(OutputPath),
}

impl Plan {
    /// Plans every output, and brings the index up to date for that.
    pub(super) fn whole(
        sources: &Sources,
        site: &Site,
        theme: &Theme,
        index: &mut SearchIndex,
        packs: bool,
    ) -> Self {
        count_words(site, sources);
        let pages = || Self::of_pages(sources, site, theme, (packs, true));
        let ((), mut plan) = rayon::join(|| index.update(site), pages);
        plan.add_index(site, index);
        plan
    }

    /// Plans all but the index: the files of the theme, the pages, and the files of the book, which
    /// cover what would be made at their addresses. With `packs`, every text is there packed as well; with
    /// `prints`, the fingerprints of pages are taken.
    pub(super) fn of_pages(
        sources: &Sources,
        site: &Site,
        theme: &Theme,
        (packs, prints): (bool, bool),
    ) -> Self {
        let mut plan = Self { packs, ..Self::default() };
        plan.outputs.extend(
            theme.files.iter().filter_map(|(output, source)| copied(sources, output, source)),
        );
        let made = outputs(site);
        let rendered = || -> Vec<_> {
            let outputs = made.par_iter().with_max_len(AT_A_TIME);
            let rendered = outputs.map(|(path, subject)| {
                let fingerprint = prints.then(|| fingerprint(site, theme, path, subject));
                (
                    path.clone(),
                    PlannedOutput { fingerprint, made: Recipe::Rendered(subject.clone()) },
                )
            });
            rendered.collect()
        };
        let (rendered, found) = rayon::join(rendered, || {
            (same_address::check(site, theme, &made), unlinked_file::find(sources, site))
        });
        plan.outputs.extend(rendered);
        (plan.collisions, plan.unlinked) = found;
        // Of one file, what is worse is enough.
        let said: BTreeSet<&SourcePath> = plan.collisions.iter().map(|found| &found.path).collect();
        plan.unlinked.findings.retain(|found| !said.contains(&found.path));
        let withheld: BTreeSet<&SourcePath> = plan.unlinked.withheld.iter().collect();
        let files = site.files.published().filter(|(_, source)| !withheld.contains(source));
        plan.outputs.extend(files.filter_map(|(output, source)| copied(sources, output, source)));
        if packs {
            let texts = plan.outputs.iter().filter(|(path, _)| is_text(path));
            let packed: Vec<_> = texts.flat_map(|(path, output)| packed(path, output)).collect();
            for (path, output) in packed {
                plan.outputs.entry(path).or_insert(output);
            }
        }
        plan
    }

    /// Plans the scripts of the index besides.
    fn add_index(&mut self, site: &Site, index: &SearchIndex) {
        let (shards, parts) = search::words(index, site, None);
        self.put(parts.into_iter().chain(search::notes(index, site)));
        (self.shards, self.is_whole) = (shards, true);
    }

    /// Plans parts of the index. A file of the book at the address of one covers it.
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

    fn is_covered(&self, path: &OutputPath) -> bool {
        let made = self.outputs.get(path).map(|output| &output.made);
        matches!(made, Some(Recipe::Copied(source)) if SourceRole::of(&source.path) != SourceRole::Theme)
    }

    /// Looks again for what is wrong with addresses, of which other texts move only the places.
    pub(super) fn judge_again(&mut self, site: &Site, theme: &Theme) {
        self.collisions = same_address::check(site, theme, &outputs(site));
    }

    /// Takes the fingerprints of the pages of `notes` again.
    pub(super) fn refresh(&mut self, site: &Site, theme: &Theme, notes: &BTreeSet<NoteId>) {
        for (path, subject) in notes.iter().flat_map(|id| outputs_of(site, *id)) {
            let Some(output) = self.outputs.get_mut(&path) else { continue };
            output.fingerprint = Some(fingerprint(site, theme, &path, &subject));
            let packed = self.packs.then(|| packed(&path, output));
            for (path, new) in packed.into_iter().flatten() {
                if let Some(packed) = self.outputs.get_mut(&path) {
                    *packed = new;
                }
            }
        }
    }

    /// Plans the scripts of the index again that other texts of `notes` change; `touched` is what they
    /// touch of the index.
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
                if self.outputs.get(&path).is_some_and(|output| is_of_words(&output.made)) {
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

/// An output is as it was if it is made from the same.
impl PartialEq for PlannedOutput {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint.is_some() && self.fingerprint == other.fingerprint
    }
}

fn copied(
    sources: &Sources,
    output: &OutputPath,
    source: &SourcePath,
) -> Option<(OutputPath, PlannedOutput)> {
    let source = sources.get(source)?;
    // Taken before it is copied, so that it is known of the next copy too.
    let fingerprint = Some(source.fingerprint());
    Some((output.clone(), PlannedOutput { fingerprint, made: Recipe::Copied(source.clone()) }))
}

/// The outputs that are others than `before` or new, and those that are gone.
pub fn differing<'p>(
    outputs: &'p Outputs,
    before: &'p Outputs,
) -> (Vec<(&'p OutputPath, &'p PlannedOutput)>, Vec<OutputPath>) {
    let (mut differing, mut gone) = (Vec::new(), Vec::new());
    for item in before.diff(outputs) {
        match item {
            DiffItem::Add(path, output) | DiffItem::Update { new: (path, output), .. } => {
                differing.push((path, output));
            }
            DiffItem::Remove(path, _) => gone.push(path.clone()),
        }
    }
    (differing, gone)
}

/// The same, where of those before only the fingerprints are known.
pub(super) fn differing_prints<'p>(
    outputs: &'p Outputs,
    before: &BTreeMap<OutputPath, Fingerprint>,
) -> (Vec<(&'p OutputPath, &'p PlannedOutput)>, Vec<OutputPath>) {
    let (mut differing, mut gone) = (Vec::new(), Vec::new());
    let mut before = before.iter().peekable();
    for (path, output) in outputs {
        while let Some((old, _)) = before.next_if(|(old, _)| *old < path) {
            gone.push(old.clone());
        }
        let same = before.next_if(|(old, _)| *old == path);
        if same.is_none_or(|(_, fingerprint)| Some(*fingerprint) != output.fingerprint) {
            differing.push((path, output));
        }
    }
    gone.extend(before.map(|(old, _)| old.clone()));
    (differing, gone)
}

/// Whether an output is a part of the index that follows from the words of all notes.
fn is_of_words(made: &Recipe) -> bool {
    match made {
        Recipe::Script(part) => part.is_of_words(),
        Recipe::Packed(_, made, _) => is_of_words(made),
        Recipe::Rendered(_) | Recipe::Copied(_) => false,
    }
}

/// An output packed in every way.
fn packed(path: &OutputPath, output: &PlannedOutput) -> [(OutputPath, PlannedOutput); 2] {
    Packing::ALL.map(|packing| {
        let fingerprint = output.fingerprint.map(|print| packing.fingerprint(print));
        let made = Recipe::Packed(path.clone(), Box::new(output.made.clone()), packing);
        (packing.path(path), PlannedOutput { fingerprint, made })
    })
}

pub(super) fn fingerprint(
    site: &Site,
    theme: &Theme,
    path: &OutputPath,
    subject: &PageKey,
) -> Fingerprint {
    let view = view(site, path, subject);
    Fingerprint::of(&(theme.fingerprint, view.template(), &view))
}

/// Counts the words of the notes that were read without. They are read again for that: to keep what they
/// say until then would take as much memory as all texts.
fn count_words(site: &Site, sources: &Sources) {
    let uncounted = site.notes.par_iter().with_max_len(AT_A_TIME);
    uncounted.filter(|note| note.words.get().is_none()).for_each(|note| {
        let Some(source) = sources.get(&note.source) else { return };
        let read = || parse(source, &site.config, true).words.into_inner();
        note.words.get_or_init(|| read().unwrap_or_default());
    });
}
