//! Rings in a relation.

use std::collections::BTreeMap;

/// The rings of a relation, each once, beginning with its lowest member. Rings that share a member
/// may be found as one.
pub fn rings<T: Copy + Ord>(edges: &[(T, T)]) -> Vec<Vec<T>> {
    let mut next: BTreeMap<T, Vec<T>> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(*from).or_default().push(*to);
    }
    let mut finished: BTreeMap<T, bool> = BTreeMap::new();
    let mut rings: Vec<Vec<T>> = Vec::new();
    for start in next.keys() {
        // A walk in depth, by hand: a chain may be longer than the stack is deep.
        let mut path: Vec<(T, usize)> = Vec::new();
        if !finished.contains_key(start) {
            finished.insert(*start, false);
            path.push((*start, 0));
        }
        while let Some((member, at)) = path.last_mut() {
            let step = next.get(member).and_then(|targets| targets.get(*at)).copied();
            *at += 1;
            match step {
                None => {
                    finished.insert(*member, true);
                    path.pop();
                }
                Some(to) => match finished.get(&to) {
                    Some(true) => {}
                    Some(false) => rings.push(ring(&path, to)),
                    None => {
                        finished.insert(to, false);
                        path.push((to, 0));
                    }
                },
            }
        }
    }
    rings.sort();
    rings.dedup();
    rings
}

fn ring<T: Copy + Ord>(path: &[(T, usize)], to: T) -> Vec<T> {
    let start = path.iter().position(|(member, _)| *member == to).unwrap_or(0);
    let mut ring: Vec<T> = path[start..].iter().map(|(member, _)| *member).collect();
    let lowest = ring.iter().enumerate().min_by_key(|(_, member)| **member).map_or(0, |(at, _)| at);
    ring.rotate_left(lowest);
    ring
}
