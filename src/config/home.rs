//! `home`: the kinds that the home page shows, in their order, and the number of notes of each.

use super::names::KindLookup;
use super::shapes::{NameShape, SHORT_TEXT};
use super::{KindId, MOST, SpannedText};
use crate::table::rules::bad_config;
use crate::table::{
    ListShape, NumberShape, ReadShape, ShortTextShape, TableReader, TableShape, TomlEntry,
    TomlTable, keys,
};

/// The number of notes of a kind that the home page shows where nothing else is said.
const ON_HOME: usize = COUNT.shape.default as usize;

/// A list on the home page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeList {
    /// The kind whose notes it shows.
    pub kind: KindId,
    /// The number of notes, the first in the order of the kind; 0: it only leads to the page of the kind.
    pub count: usize,
    /// The heading; absent: the title of the page of the kind.
    pub title: Option<String>,
    /// The kind whose open notes are counted for each note; absent: all kinds on the home page, where
    /// notes of this kind gather others.
    pub counts: Option<KindId>,
}

impl HomeList {
    /// A list of the first notes of a kind, as a book has it that says nothing of its home page.
    pub fn of(kind: KindId) -> Self {
        Self { kind, count: ON_HOME, title: None, counts: None }
    }
}

keys! {
    /// The keys of a list on the home page.
    LIST_KEYS:

    KIND: NameShape = "kind", NameShape, "The kind whose notes the list shows.";
    COUNT: NumberShape = "count",
        NumberShape {
            range: 0..=50,
            default: 6,
            message: "a list of the home page shows {range} notes",
        },
        "The number of notes that the list shows, the first in the order of their kind; with 0 it only leads to them.";
    TITLE: ShortTextShape = "title", SHORT_TEXT,
        "The heading of the list; without it, the title of the page of the kind.";
    COUNTS: NameShape = "counts", NameShape,
        "The kind whose open notes are counted for each note of the list, by the first of their fields that may name it. Notes without any are left out, and the list stands above the text.";
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
    title: Option<String>,
    counts: Option<SpannedText>,
}

fn list(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    entry: TomlEntry<'_>,
) -> Option<RawHomeList> {
    let kind = KIND.take(table);
    let count = COUNT.read_or_default(reader, table).into();
    let (title, counts) = (TITLE.read(reader, table), COUNTS.read(reader, table));
    if kind.is_none() && reader.is_whole() {
        let message = "it is not said which kind this list of the home page shows";
        let help = "give it a kind: { kind = \"…\", count = 6 }".to_owned();
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
    }
    Some(RawHomeList { kind: KIND.shape.read(reader, kind?)?, count, title, counts })
}

/// Returns the lists, without those that name unknown kinds.
pub(super) fn known(
    lists: impl Iterator<Item = RawHomeList>,
    reader: &mut TableReader<'_>,
    find: KindLookup<'_>,
) -> Vec<HomeList> {
    let known = |RawHomeList { kind, count, title, counts }: RawHomeList| {
        let counts = counts.and_then(|name| find(reader, &name));
        Some(HomeList { kind: find(reader, &kind)?, count, title, counts })
    };
    lists.filter_map(known).collect()
}
