//! The scripts that say what each note is filed under, by which a browser filters and ranks.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::filters::{ValueTitles, filter_values};
use super::slots::number;
use crate::config::Kind;
use crate::note::NoteId;
use crate::site::Site;
use crate::view::is_past;

/// The groups that a note belongs to.
#[derive(Hash)]
pub(super) struct FacetValues {
    standing: Standing,
    /// The number of its work, if that has several versions.
    work: Option<u32>,
    /// The values of each filter.
    values: Vec<Vec<String>>,
}

/// Returns the groups that the note at `id` belongs to.
pub(super) fn facets_of_note(site: &Site, id: NoteId) -> FacetValues {
    let key = &site.note(id).facts.place.key;
    let work = site.graph.translations.contains_key(key).then(|| number(key));
    FacetValues { standing: Standing::of(site, id), work, values: filter_values(site, id) }
}

/// The place of a note among others that fit a query equally well, as its number in `NUMBERS.standings`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Standing {
    /// Withdrawn or superseded.
    Past = 0,
    /// A page that lists the notes of a folder.
    Lists = 1,
    /// None of the others.
    Usual = 2,
    /// Other notes are filed under it.
    Gathers = 3,
}

impl Standing {
    /// Returns the standing of the note at `id`.
    pub(super) fn of(site: &Site, id: NoteId) -> Self {
        let facts = &site.note(id).facts;
        if is_past(site, id) {
            Self::Past
        } else if facts.place.is_index() {
            Self::Lists
        } else if gathers(site.config.kind(facts.kind)) {
            Self::Gathers
        } else {
            Self::Usual
        }
    }
}

/// Says whether notes of other kinds are filed under those of `kind`.
pub(super) fn gathers(kind: &Kind) -> bool {
    kind.features.taxonomy || kind.features.group_by.is_some()
}

/// A number, or a list of numbers where there are none or several.
#[derive(Serialize)]
#[serde(untagged)]
enum NumberOrList {
    One(usize),
    List(Vec<usize>),
}

/// The script of some notes: the values there are, in a list for each filter; for each note its slot, its
/// [`Standing`], and the places of its values in those lists; of versions of works
/// that have several the slot, and the number of the work; and the titles of values in further languages.
#[derive(Serialize)]
pub(super) struct FacetScript<'f>(
    Vec<BTreeSet<&'f str>>,
    Vec<Vec<NumberOrList>>,
    Vec<(u32, u32)>,
    #[serde(skip_serializing_if = "Vec::is_empty")] Vec<ValueTitles<'f>>,
);

impl<'f> FacetScript<'f> {
    /// Puts together what is said of the notes at some slots, each with a value for each of `filters`.
    pub(super) fn new(
        notes: &'f [(u32, FacetValues)],
        filters: usize,
        titles: Vec<ValueTitles<'f>>,
    ) -> Self {
        let mut lists: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); filters];
        for (_, facets) in notes {
            for (list, values) in lists.iter_mut().zip(&facets.values) {
                list.extend(values.iter().map(String::as_str));
            }
        }
        let place_in = |list: &BTreeSet<&'f str>| -> BTreeMap<&'f str, usize> {
            list.iter().enumerate().map(|(place, value)| (*value, place)).collect()
        };
        let places: Vec<_> = lists.iter().map(place_in).collect();
        let filed = |(slot, facets): &(u32, FacetValues)| {
            let head = [*slot as usize, facets.standing as usize].map(NumberOrList::One);
            let values = places.iter().zip(&facets.values).map(|(places, values)| {
                match values.as_slice() {
                    // Most have one value, and then a number stands for a list of it.
                    [value] => NumberOrList::One(places[value.as_str()]),
                    values => {
                        let places = values.iter().map(|value| places[value.as_str()]);
                        NumberOrList::List(places.collect())
                    }
                }
            });
            head.into_iter().chain(values).collect()
        };
        let versions =
            notes.iter().filter_map(|(slot, facets)| Some((*slot, facets.work?))).collect();
        let filed = notes.iter().map(filed).collect();
        Self(lists, filed, versions, titles)
    }
}
