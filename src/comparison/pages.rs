//! The pages that differ between two states of a book, each with the reasons.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::notes::{ChangedFiles, label, targets};
use super::{ComparedPage, ComparedState, DifferenceSort, LostAddress, NoteLabel, PageCause};
use crate::diagnostic::Diagnostic;
use crate::fingerprint::Fingerprint;
use crate::language::Language;
use crate::note::{Note, NoteId};
use crate::path::{OutputPath, SourcePath};
use crate::site::{Site, SiteCard};
use crate::source::{FileContent, SourceRole};
use crate::template::SharedValue;
use crate::view::OutputOwner;
use crate::workspace::{PlannedOutput, Recipe};

/// The differences of the site.
pub(super) struct PageDifferences {
    pub(super) lost: Vec<LostAddress>,
    pub(super) pages: Vec<ComparedPage>,
    pub(super) files: Vec<String>,
    /// The errors of templates on pages that could be made before.
    pub(super) failed: Vec<Diagnostic>,
}

/// Compares the outputs of two states.
pub(super) fn compare(
    before: &ComparedState<'_>,
    after: &ComparedState<'_>,
    changed: &ChangedFiles,
) -> PageDifferences {
    let [old, new] = [before, after].map(|state| &state.snapshot.plan.outputs);
    let mut found = PageDifferences {
        lost: Vec::new(),
        pages: Vec::new(),
        files: Vec::new(),
        failed: Vec::new(),
    };
    for (path, output) in old.iter().filter(|(path, _)| !new.contains_key(*path)) {
        if is_page(path, output) {
            found.pages.push(page(before, path, output, DifferenceSort::Removed));
        } else if !is_former(output) {
            found.files.push(address(path));
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
            found.files.push(address(path));
        }
    }
    let both: Vec<(&OutputPath, &PlannedOutput, &PlannedOutput)> =
        old.iter().filter_map(|(path, was)| Some((path, was, new.get(path)?))).collect();
    let whole_site = WholeSite::new(before, after);
    let compared = both.into_par_iter().filter_map(|(path, was, is)| {
        let failed = match differs(before, after, (path, was, is)) {
            OutputChangeSort::Same => return None,
            OutputChangeSort::Differs => None,
            OutputChangeSort::Fails(error) => Some(error),
        };
        if !is_page(path, was) && !is_page(path, is) {
            return Some((Err(address(path)), failed));
        }
        // A page whose note moved leads on to it; the new page is told of.
        if is_former(is) {
            return Some((Ok(page(before, path, was, DifferenceSort::Moved)), failed));
        }
        let mut page = page(after, path, is, DifferenceSort::Edited);
        page.causes = causes(before, after, changed, (was, is), &whole_site);
        Some((Ok(page), failed))
    });
    let compared: Vec<(Result<ComparedPage, String>, Option<Diagnostic>)> = compared.collect();
    for (differing, failed) in compared {
        match differing {
            Ok(page) => found.pages.push(page),
            Err(file) => found.files.push(file),
        }
        found.failed.extend(failed);
    }
    // A template that can't be read at all is among the problems of the book.
    if after.problems.iter().any(Diagnostic::is_error) {
        found.failed.clear();
    }
    found.failed.sort();
    found.failed.dedup();
    found.files.sort();
    found.pages.sort_by(|a, b| a.address.cmp(&b.address));
    found
}

/// A finding about one output in two states.
enum OutputChangeSort {
    /// The bytes are the same.
    Same,
    /// They differ.
    Differs,
    /// It can't be made any more, because of an error in a template.
    Fails(Diagnostic),
}

/// Compares the bytes of an output. Equal fingerprints spare making them.
fn differs(
    before: &ComparedState<'_>,
    after: &ComparedState<'_>,
    (path, was, is): (&OutputPath, &PlannedOutput, &PlannedOutput),
) -> OutputChangeSort {
    let print = |state: &ComparedState<'_>, output: &PlannedOutput| {
        state.snapshot.fingerprint(path, output)
    };
    if before.snapshot.look() == after.snapshot.look() && print(before, was) == print(after, is) {
        return OutputChangeSort::Same;
    }
    match (before.snapshot.make(path, was), after.snapshot.make(path, is)) {
        (Ok(before), Ok(after)) if before == after => OutputChangeSort::Same,
        (Err(_), Err(_)) => OutputChangeSort::Same,
        (Ok(_), Err(error)) => OutputChangeSort::Fails(error),
        _ => OutputChangeSort::Differs,
    }
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

/// Returns whether other sites and readers may know the address of an output: it is no file of the theme, no part of the
/// index for search, and no file that could not be read.
fn is_linked_from_outside(output: &PlannedOutput) -> bool {
    match &output.made {
        Recipe::Rendered(_) => true,
        Recipe::Copied(source) => {
            SourceRole::of(&source.path) != SourceRole::Theme
                && !matches!(source.content, FileContent::Refused(_))
        }
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
    let note = output.made.note_page().map(|id| state.snapshot.site.note(id));
    let title = note.map(|note| note.facts.card.title.to_string());
    ComparedPage { address: address(path), title, change, causes: Vec::new() }
}

/// The parts that all pages of a language share.
struct WholeSite {
    /// True if the templates differ.
    look: bool,
    /// The languages in which other parts differ, such as the menu and the words of the interface.
    languages: BTreeSet<Language>,
}

impl WholeSite {
    fn new(before: &ComparedState<'_>, after: &ComparedState<'_>) -> Self {
        let [old, new] = [before, after].map(|state| &state.snapshot.site.cards);
        let print = |card: Option<&SharedValue<SiteCard>>| card.map(Fingerprint::of);
        let differs = |language: &&Language| print(old.get(*language)) != print(new.get(*language));
        Self {
            look: before.snapshot.look() != after.snapshot.look(),
            languages: new.keys().filter(differs).cloned().collect(),
        }
    }

    /// Returns whether the parts that all pages share differ on a page of a note.
    fn differs(&self, site: &Site, note: Option<&Note>) -> bool {
        let language = note.map_or(site.config.language(), |note| &note.facts.place.language);
        self.look || self.languages.contains(language)
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
    if whole_site.differs(new, note) {
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
            let notes = notes.filter(|note| is_changed(note) && !changed.has_moved(&note.source));
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
    among(&|site, id| targets(site, id).collect(), PageCause::LinksTo);
    among(&|site, id| site.terms.mentions(id).map(|(_, term)| term).collect(), PageCause::Terms);
    if causes.is_empty() {
        causes.insert(PageCause::OtherNotes);
    }
    causes.into_iter().collect()
}
