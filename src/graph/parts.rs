//! The parts of notes that links name: headings and other anchors.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxBuildHasher;

use super::PartFound;
use crate::note::{Facts, Fragment, Heading, Note, NoteId, PartName};
use crate::slug::{slug, slug_of_github, typed};

#[expect(clippy::disallowed_types, reason = "looked up, never iterated")]
type PartMap<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// So few parts are looked at one by one, which costs less.
const FEW: usize = 32;

/// The parts of all notes by what they are called, of each note once somebody asks.
#[derive(Default)]
pub(super) struct PartTable<'a> {
    of_notes: Vec<OnceLock<Box<PartsByName<'a>>>>,
}

/// The parts of a note by what they are called; where several are called alike, the first.
struct PartsByName<'a> {
    anchors: PartMap<&'a str, u32>,
    ids: PartMap<&'a str, u32>,
    /// All headings by their text as it is typed, in their order.
    texts: PartMap<String, Vec<u32>>,
    /// All headings by their slug and by their id, in their order.
    slugs: PartMap<&'a str, Vec<u32>>,
    /// All headings by the anchors that GitHub would give them.
    of_github: OnceLock<PartMap<String, Vec<u32>>>,
}

impl<'a> PartTable<'a> {
    pub(super) fn new(notes: &[Arc<Note>]) -> Self {
        Self { of_notes: notes.iter().map(|_| OnceLock::new()).collect() }
    }

    /// The part of the note at `id` that is meant. Its title names the whole of it.
    pub(super) fn find(&self, id: NoteId, facts: &'a Facts, part: Option<&Fragment>) -> PartFound {
        let Some(part) = part else { return PartFound::Whole };
        let called = match facts.headings.len() + facts.anchors.len() <= FEW {
            true => None,
            false => {
                Some(self.of_notes[id.index()].get_or_init(|| Box::new(PartsByName::new(facts))))
            }
        };
        let anchor = |id: &str| match called {
            Some(called) => called.anchors.get(id).copied(),
            None => facts.anchors.iter().position(|anchor| **anchor == *id).map(|at| at as u32),
        };
        let found = match part {
            Fragment::Block(id) => anchor(id).map(PartFound::Anchor),
            Fragment::Heading(names) => {
                let heading = |at: Option<u32>| at.map(PartFound::Heading);
                let written = names.last().map_or("", |name| &*name.written);
                let by_id = match called {
                    Some(called) => called.ids.get(written).copied(),
                    None => heading_with_id(&facts.headings, written),
                };
                let by_name = || match called {
                    Some(called) => called.below(&facts.headings, names),
                    None => find_heading(&facts.headings, names),
                };
                heading(by_id)
                    .or_else(|| anchor(written).map(PartFound::Anchor))
                    .or_else(|| heading(by_name()))
                    .or_else(|| is_title(facts, names).then_some(PartFound::Whole))
            }
        };
        found.unwrap_or(PartFound::Missing)
    }
}

impl<'a> PartsByName<'a> {
    fn new(facts: &'a Facts) -> Self {
        let (mut anchors, mut ids) = (PartMap::default(), PartMap::default());
        for (at, anchor) in (0..).zip(&facts.anchors) {
            anchors.entry(&**anchor).or_insert(at);
        }
        let mut texts: PartMap<String, Vec<u32>> = PartMap::default();
        let mut slugs: PartMap<&str, Vec<u32>> = PartMap::default();
        for (at, heading) in (0..).zip(&facts.headings) {
            ids.entry(&*heading.anchor).or_insert(at);
            texts.entry(typed(&heading.text).into_owned()).or_default().push(at);
            slugs.entry(&heading.slug).or_default().push(at);
            if heading.anchor != heading.slug {
                slugs.entry(&heading.anchor).or_default().push(at);
            }
        }
        Self { anchors, ids, texts, slugs, of_github: OnceLock::new() }
    }

    /// The heading that is meant: see [`find_heading`].
    fn below(&self, headings: &[Heading], names: &[PartName]) -> Option<u32> {
        let (mut from, mut found) = (0, None);
        for name in names {
            let first = |called: Option<&Vec<u32>>| {
                called?.iter().copied().nth(called?.partition_point(|at| *at < from))
            };
            let of_github = || self.of_github.get_or_init(|| of_github(headings));
            let at = first(self.texts.get(&*typed(&name.written)))
                .or_else(|| first(self.slugs.get(&*name.slug)))
                .or_else(|| first(of_github().get(&*name.written)))?;
            (from, found) = (at + 1, Some(at));
        }
        found
    }
}

fn of_github(headings: &[Heading]) -> PartMap<String, Vec<u32>> {
    let mut called: PartMap<String, Vec<u32>> = PartMap::default();
    for (at, heading) in (0..).zip(headings) {
        for anchor in anchors_of_github(heading) {
            called.entry(anchor).or_default().push(at);
        }
    }
    called
}

/// The anchors that GitHub may give a heading: of its text as it is shown, and as it is typed.
fn anchors_of_github(heading: &Heading) -> [String; 2] {
    [slug_of_github(&heading.text), slug_of_github(&typed(&heading.text))]
}

fn heading_with_id(headings: &[Heading], id: &str) -> Option<u32> {
    headings.iter().position(|heading| *heading.anchor == *id).map(|at| at as u32)
}

/// Finds the heading called so after the headings that it stands under: by its text, else by its id or the slug
/// of its text, else by the anchor that GitHub would give it.
pub fn find_heading(headings: &[Heading], names: &[PartName]) -> Option<u32> {
    let (mut from, mut found) = (0, None);
    for name in names {
        let written = typed(&name.written);
        let is_text = |heading: &Heading| typed(&heading.text) == written;
        let is_slug = |heading: &Heading| heading.slug == name.slug || heading.anchor == name.slug;
        let is_of_github =
            |heading: &Heading| anchors_of_github(heading).iter().any(|a| **a == *name.written);
        let rest = &headings[from..];
        // The text of most has the slug, too, which is quicker to compare.
        let by_slug = rest.iter().position(is_slug);
        let at = match by_slug.filter(|at| is_text(&rest[*at])) {
            Some(at) => at,
            None => rest
                .iter()
                .position(is_text)
                .or(by_slug)
                .or_else(|| rest.iter().position(is_of_github))?,
        };
        found = Some((from + at) as u32);
        from += at + 1;
    }
    found
}

/// Says whether a part is called as the note is, by its title or as GitHub makes an anchor of that.
fn is_title(facts: &Facts, names: &[PartName]) -> bool {
    let [name] = names else { return false };
    let title = &facts.card.title;
    *name.slug == *slug(title) || *name.written == *slug_of_github(title)
}
