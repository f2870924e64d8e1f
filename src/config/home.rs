//! `home`: which kinds the home page shows, in which order, and how many notes of each.

use super::read::kind_id;
use super::values::{number, spanned};
use super::{KindId, MOST, SpannedText};
use crate::config::rules::bad_config;
use crate::table::{TableReader, TomlEntry, TomlTable};

/// How many notes of a kind the home page shows where nothing else is said.
pub const ON_HOME: usize = 6;

/// A list on the home page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HomeList {
    /// The kind whose notes it shows.
    pub kind: KindId,
    /// How many of them, the first in the order of the kind.
    pub count: usize,
}

/// A list as written.
pub(super) struct RawHomeList {
    kind: SpannedText,
    count: usize,
}

/// The lists as written.
pub(super) fn read(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
) -> Vec<RawHomeList> {
    let entries = table.take("home").and_then(|entry| reader.list(entry)).unwrap_or_default();
    let entries = reader.at_most(entries, MOST, &bad_config::RULE);
    let lists = entries.into_iter().map(|entry| reader.nested(entry, |r, t| list(r, t, entry)));
    lists.flatten().flatten().collect()
}

fn list(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    entry: TomlEntry<'_>,
) -> Option<RawHomeList> {
    let kind = table.take("kind");
    let message = "a list of the home page shows from 1 to 50 notes";
    let count = number(reader, table, "count", 1..=50, message).unwrap_or(ON_HOME);
    if kind.is_none() && reader.is_whole() {
        let message = "it is not said which kind this list of the home page shows";
        let help = "give it a kind: { kind = \"…\", count = 6 }".to_owned();
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
    }
    Some(RawHomeList { kind: spanned(reader, kind?)?, count })
}

/// The lists whose kinds there are.
pub(super) fn known(
    lists: Vec<RawHomeList>,
    names: &[String],
    reader: &mut TableReader<'_>,
) -> Vec<HomeList> {
    let known = |list: RawHomeList| {
        Some(HomeList { kind: kind_id(reader, names, &list.kind)?, count: list.count })
    };
    lists.into_iter().filter_map(known).collect()
}
