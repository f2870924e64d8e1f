//! The scripts that say what each note is filed under, by which a browser filters and ranks.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::filters::filter_values;
use super::slots::number;
use crate::note::NoteId;
use crate::site::Site;
use crate::view::is_past;

/// The groups that a note belongs to.
#[derive(Hash)]
pub(super) struct FacetValues {
    /// Says whether the note is withdrawn or superseded.
    is_past: bool,
    /// The number of its text, if that is there in several languages.
    text: Option<u32>,
    /// The values of each filter.
    values: Vec<Vec<String>>,
}

/// Returns the groups that the note at `id` belongs to.
pub(super) fn facets_of_note(site: &Site, id: NoteId) -> FacetValues {
    let key = &site.note(id).facts.place.key;
    let text = site.graph.translations.contains_key(key).then(|| number(key));
    FacetValues { is_past: is_past(site, id), text, values: filter_values(site, id) }
}

/// A number, or a list of numbers where there are none or several.
#[derive(Serialize)]
#[serde(untagged)]
enum NumberOrList {
    One(usize),
    List(Vec<usize>),
}

/// The script of some notes: the values there are, in a list for each filter; for each note its slot, 1
/// if it is past, and the places of its values in those lists; of translations the slot, and the number
/// of the text.
#[derive(Serialize)]
pub(super) struct FacetScript<'f>(Vec<BTreeSet<&'f str>>, Vec<Vec<NumberOrList>>, Vec<(u32, u32)>);

impl<'f> FacetScript<'f> {
    /// Puts together what is said of the notes at some slots, each with a value for each of `filters`.
    pub(super) fn new(notes: &'f [(u32, FacetValues)], filters: usize) -> Self {
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
            let head = [*slot as usize, usize::from(facets.is_past)].map(NumberOrList::One);
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
        let translations =
            notes.iter().filter_map(|(slot, facets)| Some((*slot, facets.text?))).collect();
        let filed = notes.iter().map(filed).collect();
        Self(lists, filed, translations)
    }
}
