//! Rings in a relation.

use std::collections::BTreeMap;

/// The most rings that are returned. A relation may have more rings than members, each as long as
/// all members together; whoever mends the first ones finds the others.
const MAX_RINGS: usize = 100;

/// The state of a member during the search.
enum RingVisit {
    /// On the current path, at this index.
    OnPath(usize),
    /// Finished, with everything reachable from it.
    Finished,
}

/// Returns the rings of a relation, each once, beginning with its lowest member. Rings that share a
/// member may be found as one.
pub fn rings<T: Copy + Ord>(edges: &[(T, T)]) -> Vec<Vec<T>> {
    let mut next: BTreeMap<T, Vec<T>> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(*from).or_default().push(*to);
    }
    let mut visits: BTreeMap<T, RingVisit> = BTreeMap::new();
    let mut rings: Vec<Vec<T>> = Vec::new();
    for start in next.keys() {
        // An explicit depth-first search: a chain may be longer than the stack is deep.
        let mut path: Vec<(T, usize)> = Vec::new();
        if !visits.contains_key(start) {
            visits.insert(*start, RingVisit::OnPath(0));
            path.push((*start, 0));
        }
        while let Some((member, at)) = path.last_mut().filter(|_| rings.len() < MAX_RINGS) {
            let step = next.get(member).and_then(|targets| targets.get(*at)).copied();
            *at += 1;
            match step {
                None => {
                    visits.insert(*member, RingVisit::Finished);
                    path.pop();
                }
                Some(to) => match visits.get(&to) {
                    Some(RingVisit::Finished) => {}
                    Some(RingVisit::OnPath(place)) => rings.push(ring(&path[*place..])),
                    None => {
                        visits.insert(to, RingVisit::OnPath(path.len()));
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

/// Returns the members of a section of a path, with the lowest first.
fn ring<T: Copy + Ord>(path: &[(T, usize)]) -> Vec<T> {
    let mut ring: Vec<T> = path.iter().map(|(member, _)| *member).collect();
    lowest_first(&mut ring);
    ring
}

/// Rotates a ring so that it begins with its lowest member.
pub fn lowest_first<T: Ord>(ring: &mut [T]) {
    let lowest = ring.iter().enumerate().min_by_key(|(_, member)| *member);
    let at = lowest.map_or(0, |(at, _)| at);
    ring.rotate_left(at);
}
