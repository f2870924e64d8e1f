//! How deep templates include and extend each other. Each calls the next, and a stack has an end.

use std::collections::BTreeMap;

use super::tag;
use crate::source::Source;

/// The depth to which they may go. The built-in ones go four deep.
pub(super) const DEEPEST: usize = 32;

/// Returns the name of a template from which others are reached that lie too deep, if there is one. Of templates
/// that contain themselves Tera says so.
pub(super) fn too_deep(templates: &BTreeMap<String, Source>) -> Option<&str> {
    let uses: BTreeMap<&str, Vec<&str>> = templates
        .iter()
        .map(|(name, source)| (name.as_str(), used(source.text().unwrap_or_default())))
        .collect();
    // The templates that are reached from one after so many steps; those that go in a circle never end.
    let mut deepest: BTreeMap<&str, usize> = uses.keys().map(|name| (*name, 0)).collect();
    for _ in 0..=DEEPEST {
        let next = |name: &str| deepest.get(name).map_or(0, |depth| depth + 1);
        let depth = |used: &Vec<&str>| used.iter().map(|name| next(name)).max().unwrap_or(0);
        deepest = uses.iter().map(|(name, used)| (*name, depth(used))).collect();
    }
    let (first, _) = deepest.iter().find(|(_, depth)| **depth > DEEPEST)?;
    let mut way = vec![*first];
    while let Some(next) = uses.get(way.last()?)?.iter().max_by_key(|name| deepest.get(**name)) {
        if way.contains(next) {
            return None;
        }
        if way.len() > DEEPEST {
            break;
        }
        way.push(next);
    }
    Some(first)
}

/// The names of the templates that one includes or extends, and all other texts in such tags.
pub(super) fn used(template: &str) -> Vec<&str> {
    let tags = tag::tags(template).filter(|tag| matches!(tag.name, "include" | "extends"));
    let quoted = tags.flat_map(|tag| template[tag.body].split(['"', '\'', '`']).skip(1).step_by(2));
    quoted.collect()
}
