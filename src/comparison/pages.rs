//! The pages that differ between two states of a book, each with the reasons.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::notes::{ChangedFiles, label};
use super::{ComparedPage, ComparedState, DifferenceSort, LostAddress, NoteLabel, PageCause};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::note::{Note, NoteId};
use crate::path::{OutputPath, SourcePath};
use crate::site::Site;
use crate::source::SourceRole;
use crate::view::OutputOwner;
use crate::workspace::{PlannedOutput, Recipe};

/// The differences of the site.
pub(super) struct PageDifferences {
    pub(super) lost: Vec<LostAddress>,
    pub(super) pages: Vec<ComparedPage>,
    pub(super) files: usize,
}

/// Compares the outputs of two states. The index for search is left out: it follows from the notes.
pub(super) fn compare(
    before: &ComparedState<'_>,
    after: &ComparedState<'_>,
    changed: &ChangedFiles,
) -> Result<PageDifferences, Diagnostic> {
    let [old, new] = [before, after].map(|state| &state.snapshot.plan.outputs);
    let mut found = PageDifferences { lost: Vec::new(), pages: Vec::new(), files: 0 };
    for (path, output) in old.iter().filter(|(path, _)| !new.contains_key(*path)) {
        if is_page(path, output) {
            found.pages.push(page(before, path, output, DifferenceSort::Removed));
        }
        if is_linked_from_outside(output) {
            let note = owner(output).map(|id| before.snapshot.site.note(id));
            let title = note.map(|note| note.facts.card.title.to_string());
            found.lost.push(LostAddress { address: address(path), title });
        }
    }
    for (path, output) in new.iter().filter(|(path, _)| !old.contains_key(*path)) {
        if is_page(path, output) {
            found.pages.push(page(after, path, output, DifferenceSort::Added));
        } else if !is_former(output) {
            found.files += 1;
        }
    }
    let both: Vec<(&OutputPath, &PlannedOutput, &PlannedOutput)> =
        old.iter().filter_map(|(path, was)| Some((path, was, new.get(path)?))).collect();
    let whole_site = WholeSite::new(before, after);
    let compared = both.into_par_iter().map(|(path, was, is)| {
        if !differs(before, after, (path, was, is))? {
            return Ok(None);
        }
        if !is_page(path, was) && !is_page(path, is) {
            return Ok(Some(None));
        }
        // A page whose note moved leads on to it; the new page is told of.
        if is_former(is) {
            return Ok(Some(Some(page(before, path, was, DifferenceSort::Moved))));
        }
        let mut page = page(after, path, is, DifferenceSort::Edited);
        page.causes = causes(before, after, changed, (was, is), &whole_site);
        Ok(Some(Some(page)))
    });
    let compared: Result<Vec<Option<Option<ComparedPage>>>, Diagnostic> = compared.collect();
    for page in compared?.into_iter().flatten() {
        match page {
            Some(page) => found.pages.push(page),
            None => found.files += 1,
        }
    }
    found.pages.sort_by(|a, b| a.address.cmp(&b.address));
    Ok(found)
}

/// Returns whether the bytes of an output differ. Equal fingerprints spare making them.
fn differs(
    before: &ComparedState<'_>,
    after: &ComparedState<'_>,
    (path, was, is): (&OutputPath, &PlannedOutput, &PlannedOutput),
) -> Result<bool, Diagnostic> {
    let print = |state: &ComparedState<'_>, output: &PlannedOutput| {
        state.snapshot.fingerprint(path, output)
    };
    if before.snapshot.look() == after.snapshot.look() && print(before, was) == print(after, is) {
        return Ok(false);
    }
    Ok(before.snapshot.make(path, was)? != after.snapshot.make(path, is)?)
}

/// Returns whether an output is a page that somebody reads.
fn is_page(path: &OutputPath, output: &PlannedOutput) -> bool {
    path.is_page() && matches!(output.made, Recipe::Rendered(_)) && !is_former(output)
}

/// Returns whether an output is the page at a former address.
fn is_former(output: &PlannedOutput) -> bool {
    let Recipe::Rendered(shown) = &output.made else { return false };
    matches!(shown.owner, OutputOwner::FormerAddress(..))
}

/// Returns whether other sites and readers may know the address of an output: it is no part of the theme, and none of
/// search.
fn is_linked_from_outside(output: &PlannedOutput) -> bool {
    match &output.made {
        Recipe::Rendered(_) => true,
        Recipe::Copied(source) => SourceRole::of(&source.path) != SourceRole::Theme,
        Recipe::Script(_) | Recipe::Packed(..) => false,
    }
}

fn owner(output: &PlannedOutput) -> Option<NoteId> {
    let Recipe::Rendered(shown) = &output.made else { return None };
    shown.owner.note()
}

fn address(path: &OutputPath) -> String {
    format!("/{}", path.address())
}

fn page(
    state: &ComparedState<'_>,
    path: &OutputPath,
    output: &PlannedOutput,
    change: DifferenceSort,
) -> ComparedPage {
    let note = owner(output).map(|id| state.snapshot.site.note(id));
    let title = note.map(|note| note.facts.card.title.to_string());
    ComparedPage { address: address(path), title, change, causes: Vec::new() }
}

/// The parts of all pages that differ.
struct WholeSite {
    /// True if the templates or style sheets differ.
    look: bool,
}

impl WholeSite {
    fn new(before: &ComparedState<'_>, after: &ComparedState<'_>) -> Self {
        Self { look: before.snapshot.look() != after.snapshot.look() }
    }

    /// Returns whether the parts that all pages share differ on a page of a note.
    fn differs(&self, old: &Site, new: &Site, note: Option<&Note>) -> bool {
        let card = |site: &Site| {
            let language = note.map_or(site.config.language(), |note| &note.facts.place.language);
            site.cards.get(language).map(Fingerprint::of)
        };
        self.look || card(old) != card(new)
    }
}

fn causes(
    before: &ComparedState<'_>,
    after: &ComparedState<'_>,
    changed: &ChangedFiles,
    (was, is): (&PlannedOutput, &PlannedOutput),
    whole_site: &WholeSite,
) -> Vec<PageCause> {
    let (old, new) = (&*before.snapshot.site, &*after.snapshot.site);
    let is_changed = |note: &Note| {
        let files = note.made_of.iter().map(|of| &of.source).chain([&note.source]);
        files.into_iter().any(|path| changed.paths.contains(path))
    };
    let mut causes = BTreeSet::new();
    let note = owner(is).map(|id| new.note(id));
    if whole_site.differs(old, new, note) {
        causes.insert(PageCause::WholeSite);
    }
    if note.is_some_and(&is_changed) {
        causes.insert(PageCause::OwnText);
    }
    let sides = [(old, owner(was)), (new, owner(is))];
    let mut among = |of: &dyn Fn(&Site, NoteId) -> Vec<NoteId>,
                     cause: fn(Vec<NoteLabel>) -> PageCause| {
        // A note with another title is named by the new one.
        let mut labels: BTreeMap<&SourcePath, NoteLabel> = BTreeMap::new();
        for (site, id) in sides {
            let Some(id) = id else { continue };
            let notes = of(site, id).into_iter().filter(|of| *of != id).map(|id| site.note(id));
            let notes = notes.filter(|note| is_changed(note) && !changed.has_left(&note.source));
            labels.extend(notes.map(|note| (&note.source, label(note))));
        }
        if !labels.is_empty() {
            causes.insert(cause(labels.into_values().collect()));
        }
    };
    among(
        &|site, id| site.pointers(id).iter().map(|pointer| pointer.from).collect(),
        PageCause::LinkedFrom,
    );
    among(
        &|site, id| {
            let graph = &site.graph;
            let all = graph.links[id.index()].iter().chain(&graph.references[id.index()]);
            all.filter_map(|to| to.note()).collect()
        },
        PageCause::LinksTo,
    );
    among(&|site, id| site.terms.mentions(id).map(|(_, term)| term).collect(), PageCause::Terms);
    if causes.is_empty() {
        causes.insert(PageCause::OtherNotes);
    }
    causes.into_iter().collect()
}
