//! The depth to which templates include and extend each other. Rendering is recursive, and the
//! stack is limited.

use std::collections::BTreeMap;

use super::tag;
use crate::source::Source;

/// The greatest depth that is allowed. The built-in templates go four deep.
pub(super) const DEEPEST: usize = 32;

/// Returns the name of a template from which another is reached at too great a depth, if there is
/// one. Templates that contain themselves are reported by Tera.
pub(super) fn too_deep(templates: &BTreeMap<String, Source>) -> Option<&str> {
    let uses: BTreeMap<&str, Vec<&str>> = templates
        .iter()
        .map(|(name, source)| (name.as_str(), used(source.text().unwrap_or_default())))
        .collect();
    // The templates that are reached from one after this many steps; a cycle never ends.
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

/// Returns the names of the templates that one includes or extends, and all other strings in such
/// tags.
pub(super) fn used(template: &str) -> Vec<&str> {
    let tags = tag::tags(template).filter(|tag| matches!(tag.name, "include" | "extends"));
    let quoted = tags.flat_map(|tag| template[tag.body].split(['"', '\'', '`']).skip(1).step_by(2));
    quoted.collect()
}
