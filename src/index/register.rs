//! The register of a kind: its notes by the values of its columns.

use std::collections::{BTreeMap, BTreeSet};

use super::IndexInput;
use crate::config::{FieldShape, Kind, KindId, RegisterColumn};
use crate::language::Language;
use crate::note::{NoteId, RefField};

/// How many values of a column have pages of their own: every page of the register leads to all of
/// them.
const MOST_VALUES: usize = 250;

/// What orders the values of a column: own language first, then by the order of their kind.
type ValueRank = (bool, Option<(u32, u32)>, ColumnValue);

/// The register of a kind in one language.
#[derive(Debug)]
pub struct RegisterIndex {
    /// The kind.
    pub kind: KindId,
    /// The notes, in the order of the kind.
    pub notes: Vec<NoteId>,
    /// The columns whose values have pages of their own.
    pub facets: Vec<FacetColumn>,
}

/// A column of a register, by value.
#[derive(Debug)]
pub struct FacetColumn {
    /// The column.
    pub column: RegisterColumn,
    /// Each value with its notes, in the order of the register; a bounded number of them.
    pub values: Vec<(ColumnValue, Vec<NoteId>)>,
}

/// A value of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ColumnValue {
    /// A note.
    Note(NoteId),
    /// The word at this place among those that the field takes.
    Word(u32),
}

pub(super) fn registers(book: &IndexInput<'_>) -> Vec<(NoteId, RegisterIndex)> {
    let pages = book.graph.kind_pages.iter();
    // Where two kinds share a folder, they share its page, which has the register of the first.
    let mut taken = BTreeSet::new();
    let wanted = pages
        .filter(|page| !book.config.kind(page.0).shown.register.is_empty() && taken.insert(page.2));
    wanted
        .map(|(kind, language, page)| {
            let is_own =
                |s: &&crate::graph::KindSequence| s.kind == *kind && s.language == *language;
            let sequence = book.graph.sequences.iter().find(is_own);
            let notes = sequence.map_or_else(Vec::new, |sequence| sequence.notes.clone());
            (*page, register(book, *kind, notes, language))
        })
        .collect()
}

fn register(
    book: &IndexInput<'_>,
    id: KindId,
    notes: Vec<NoteId>,
    language: &Language,
) -> RegisterIndex {
    let kind = book.config.kind(id);
    let columns = kind.shown.register.iter().filter(|column| kind.is_facet(**column));
    let facet = |column: &RegisterColumn| {
        let mut values: BTreeMap<ValueRank, Vec<NoteId>> = BTreeMap::new();
        for id in &notes {
            for target in targets(book, kind, *column, *id) {
                // By the order of the kind that is pointed at, own language first.
                let key = match target {
                    ColumnValue::Note(to) => {
                        let other = book.note(to).facts.place.language != *language;
                        (other, book.graph.positions[to.index()], target)
                    }
                    ColumnValue::Word(_) => (false, None, target),
                };
                values.entry(key).or_default().push(*id);
            }
        }
        let values = values.into_iter().map(|((_, _, target), notes)| (target, notes));
        FacetColumn { column: *column, values: values.take(MOST_VALUES).collect() }
    };
    let facets = columns.map(facet).collect();
    RegisterIndex { kind: id, notes, facets }
}

/// The values of a column in a note, each once.
fn targets(
    book: &IndexInput<'_>,
    kind: &Kind,
    column: RegisterColumn,
    id: NoteId,
) -> Vec<ColumnValue> {
    let RegisterColumn::Field(at) = column else { return Vec::new() };
    let facts = &book.note(id).facts;
    let mut found: Vec<ColumnValue> = match &kind.fields[usize::from(at)].shape {
        FieldShape::OneOf(words) => {
            let values = facts.values.iter().filter(|v| v.field == at).flat_map(|v| &v.items);
            let place = |item: &String| words.iter().position(|word| word == item);
            values.filter_map(place).map(|place| ColumnValue::Word(place as u32)).collect()
        }
        _ => {
            let references = facts.references.iter().zip(&book.graph.references[id.index()]);
            let of_field = references.filter(|(r, _)| r.field == RefField::Own(at));
            of_field.filter_map(|(_, to)| to.note()).map(ColumnValue::Note).collect()
        }
    };
    found.sort();
    found.dedup();
    found
}
