//! Rings in a relation.

use std::collections::BTreeMap;

/// How many rings are told of. A relation may have more of them than members, each as long as all
/// members together; who mends the first finds the others.
const TOLD: usize = 100;

/// Where a member is while rings are looked for.
enum RingVisit {
    /// On the path that is walked, at this place.
    OnPath(usize),
    /// It was left, with all that it leads to.
    Finished,
}

/// The rings of a relation, each once, beginning with its lowest member. Rings that share a member
/// may be found as one.
pub fn rings<T: Copy + Ord>(edges: &[(T, T)]) -> Vec<Vec<T>> {
    let mut next: BTreeMap<T, Vec<T>> = BTreeMap::new();
    for (from, to) in edges {
        next.entry(*from).or_default().push(*to);
    }
    let mut visits: BTreeMap<T, RingVisit> = BTreeMap::new();
    let mut rings: Vec<Vec<T>> = Vec::new();
    for start in next.keys() {
        // A walk in depth, by hand: a chain may be longer than the stack is deep.
        let mut path: Vec<(T, usize)> = Vec::new();
        if !visits.contains_key(start) {
            visits.insert(*start, RingVisit::OnPath(0));
            path.push((*start, 0));
        }
        while let Some((member, at)) = path.last_mut().filter(|_| rings.len() < TOLD) {
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

/// The members of a part of a path, the lowest first.
fn ring<T: Copy + Ord>(path: &[(T, usize)]) -> Vec<T> {
    let mut ring: Vec<T> = path.iter().map(|(member, _)| *member).collect();
    lowest_first(&mut ring);
    ring
}

/// Turns a ring so that it begins with its lowest member.
pub fn lowest_first<T: Ord>(ring: &mut [T]) {
    let lowest = ring.iter().enumerate().min_by_key(|(_, member)| *member);
    let at = lowest.map_or(0, |(at, _)| at);
    ring.rotate_left(at);
}
