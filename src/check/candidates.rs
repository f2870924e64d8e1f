//! The notes that a field takes, to be told where it names another.

use std::collections::BTreeMap;

use crate::config::KindId;
use crate::site::Site;

/// The most that are listed.
const LISTED: usize = 20;

/// The names of the notes of each kind.
pub(super) struct NamesByKind<'a> {
    site: &'a Site,
    names: BTreeMap<KindId, Vec<&'a str>>,
}

impl<'a> NamesByKind<'a> {
    pub(super) fn new(site: &'a Site) -> Self {
        // By kind and name, the path: of two notes of one name, only their paths tell which is meant.
        let mut paths: BTreeMap<(KindId, &str), Vec<&str>> = BTreeMap::new();
        for (_, note) in site.notes() {
            let facts = &note.facts;
            let stem = facts.names.first().map(|name| name.written.as_str());
            let name = stem.unwrap_or(&facts.card.title);
            let paths = paths.entry((facts.kind, name)).or_default();
            if !paths.contains(&&*facts.place.path) && paths.len() <= LISTED {
                paths.push(&facts.place.path);
            }
        }
        let mut names: BTreeMap<KindId, Vec<&str>> = BTreeMap::new();
        for ((kind, name), paths) in paths {
            let of_kind = names.entry(kind).or_default();
            match paths.as_slice() {
                [_] => of_kind.push(name),
                paths => of_kind.extend(paths),
            }
        }
        Self { site, names }
    }

    /// Lists the notes of these kinds: all if they are few, or else the first, and those only if there is no better
    /// help.
    pub(super) fn listed(&self, kinds: &[KindId], has_better: bool) -> Option<String> {
        let names = || kinds.iter().filter_map(|kind| self.names.get(kind)).flatten();
        let count = names().count();
        let config = &self.site.config;
        let called: Vec<String> =
            kinds.iter().map(|kind| format!("\"{}\"", config.kind(*kind).name)).collect();
        let of = match called.as_slice() {
            [] => return None,
            [one] => format!("kind {one}"),
            [most @ .., last] => format!("kinds {} and {last}", most.join(", ")),
        };
        let listed: Vec<&str> = names().take(LISTED).copied().collect();
        let listed = listed.join(", ");
        match count {
            0 => {
                let folder = kinds.iter().find_map(|kind| config.kind(*kind).folder.as_ref())?;
                Some(format!("there is no note of the {of} yet: write one in content/{folder}"))
            }
            1..=LISTED => Some(format!("the notes of the {of} are: {listed}")),
            _ if has_better => None,
            _ => Some(format!(
                "among the notes of the {of} are: {listed}, and {} more",
                count - LISTED
            )),
        }
    }
}
