//! `home`: the kinds that the home page shows, in their order, and the number of notes of each.

use super::names::KindLookup;
use super::shapes::NameShape;
use super::{KindId, MOST, SpannedText};
use crate::table::rules::bad_config;
use crate::table::{
    ListShape, NumberShape, ReadShape, TableReader, TableShape, TomlEntry, TomlTable, keys,
};

/// The number of notes of a kind that the home page shows where nothing else is said.
pub const ON_HOME: usize = COUNT.shape.default as usize;

/// A list on the home page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HomeList {
    /// The kind whose notes it shows.
    pub kind: KindId,
    /// The number of notes, the first in the order of the kind.
    pub count: usize,
}

keys! {
    /// The keys of a list on the home page.
    LIST_KEYS:

    KIND: NameShape = "kind", NameShape, "The kind whose notes the list shows.";
    COUNT: NumberShape = "count",
        NumberShape {
            range: 1..=50,
            default: 6,
            message: "a list of the home page shows {range} notes",
        },
        "The number of notes that the list shows, the first in the order of their kind.";
}

/// The lists of the home page.
pub(super) const LISTS: ListShape<TableShape<Option<RawHomeList>>> = ListShape {
    items: TableShape { keys: LIST_KEYS, required: &["kind"], read: list },
    most: MOST,
};

/// A list as written.
pub(super) struct RawHomeList {
    kind: SpannedText,
    count: usize,
}

fn list(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    entry: TomlEntry<'_>,
) -> Option<RawHomeList> {
    let kind = KIND.take(table);
    let count = COUNT.read_or_default(reader, table).into();
    if kind.is_none() && reader.is_whole() {
        let message = "it is not said which kind this list of the home page shows";
        let help = "give it a kind: { kind = \"…\", count = 6 }".to_owned();
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
    }
    Some(RawHomeList { kind: KIND.shape.read(reader, kind?)?, count })
}

/// Returns the lists, without those that name unknown kinds.
pub(super) fn known(
    lists: impl Iterator<Item = RawHomeList>,
    reader: &mut TableReader<'_>,
    find: KindLookup<'_>,
) -> Vec<HomeList> {
    let known =
        |list: RawHomeList| Some(HomeList { kind: find(reader, &list.kind)?, count: list.count });
    lists.filter_map(known).collect()
}
