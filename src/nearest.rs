//! "Did you mean": which of some names are near the one that was written.

use rapidfuzz::distance::osa;

use crate::slug::fold;

/// How many names are offered at most.
const OFFERED: usize = 3;

/// The names nearest to `written`, best first; none where nothing is near. Names are compared as
/// links compare them, and one slip in four characters (a letter missing, added, changed, or
/// swapped with its neighbour) still counts as near.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = fold(written);
    let allowed = (wanted.chars().count() / 4).clamp(1, 4);
    let comparator = osa::BatchComparator::new(wanted.chars());
    let args = osa::Args::default().score_cutoff(allowed);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let folded = fold(name);
            let close = folded.len().abs_diff(wanted.len()) <= allowed * 4;
            let distance =
                close.then(|| comparator.distance_with_args(folded.chars(), &args))??;
            // A name of which nothing is left is no suggestion.
            (distance < wanted.chars().count().max(folded.chars().count()))
                .then_some((distance, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    let best = near.first().map_or(0, |near| near.0);
    near.into_iter().filter(|near| near.0 <= best + 1).map(|near| near.1).take(OFFERED).collect()
}
