//! The passages of a text that differ, word by word.

use std::collections::BTreeSet;

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::{PassageDifference, PassagePiece};

/// The most passages of a text that are compared with those of another; of a longer text, all that lies between the
/// first and the last difference counts as different. Comparing takes time in proportion to the square of the number.
const MOST_PASSAGES: usize = 2000;

/// The most pairs of passages whose words are compared to set passages beside each other.
const MOST_PAIRS: usize = 400;

/// The most bytes of two passages that are compared word by word.
const MOST_BYTES: usize = 20_000;

/// The number of parts of a passage of which one must stay so that its words are compared: a passage that was written anew
/// is easier to read as a whole.
const PARTS: usize = 4;

/// Returns the passages that differ, in the order of the text.
pub(super) fn differing(before: &str, after: &str) -> Vec<PassageDifference> {
    let (old, new) = (passages(before), passages(after));
    let first = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[first..], &new[first..]);
    let last = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - last], &new[..new.len() - last]);
    if old.len().max(new.len()) > MOST_PASSAGES {
        let gone = old.iter().map(|passage| difference(Some(passage), None));
        return gone.chain(new.iter().map(|passage| difference(None, Some(passage)))).collect();
    }
    let mut found = Vec::new();
    for change in capture_diff_slices(Algorithm::Myers, old, new) {
        let (old, new) = match change {
            DiffOp::Equal { .. } => continue,
            change => (&old[change.old_range()], &new[change.new_range()]),
        };
        let pairs = paired(old, new).into_iter();
        let pairs = pairs.map(|(was, is)| difference(was.map(|at| old[at]), is.map(|at| new[at])));
        found.extend(pairs);
    }
    found
}

/// Sets passages that are gone beside those that are new, in the order of the text, so that as many words as possible are
/// in both. Each pair holds places in the two lists.
fn paired(old: &[&str], new: &[&str]) -> Vec<(Option<usize>, Option<usize>)> {
    let at = |at: usize, length: usize| (at < length).then_some(at);
    if old.len() == new.len() || old.len() * new.len() > MOST_PAIRS {
        let all = 0..old.len().max(new.len());
        return all.map(|place| (at(place, old.len()), at(place, new.len()))).collect();
    }
    let words = |text: &&str| text.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    let (were, are): (Vec<_>, Vec<_>) =
        (old.iter().map(words).collect(), new.iter().map(words).collect());
    // The most words that the passages from two places on can share.
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    let shared = |was: usize, is: usize| were[was].intersection(&are[is]).count();
    for was in (0..old.len()).rev() {
        for is in (0..new.len()).rev() {
            let pair = shared(was, is) + best[was + 1][is + 1];
            best[was][is] = pair.max(best[was + 1][is]).max(best[was][is + 1]);
        }
    }
    let (mut was, mut is, mut pairs) = (0, 0, Vec::new());
    while was < old.len() || is < new.len() {
        let (skips_old, skips_new) = (is == new.len(), was == old.len());
        if skips_old || !skips_new && best[was][is] == best[was + 1][is] {
            pairs.push((Some(was), None));
            was += 1;
        } else if skips_new || best[was][is] == best[was][is + 1] {
            pairs.push((None, Some(is)));
            is += 1;
        } else {
            pairs.push((Some(was), Some(is)));
            (was, is) = (was + 1, is + 1);
        }
    }
    pairs
}

/// Returns the paragraphs and other blocks of a text, which empty lines part.
fn passages(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            found.push(text[start..at].trim_end());
            start = at + line.len();
        }
        at += line.len();
    }
    found.push(text[start..].trim_end());
    found.retain(|passage| !passage.is_empty());
    found
}

/// Compares a text before and after, word by word if that helps.
pub(super) fn difference(before: Option<&str>, after: Option<&str>) -> PassageDifference {
    let whole = |text: Option<&str>| {
        text.map(|text| vec![PassagePiece { text: text.to_owned(), differs: true }])
    };
    let words = before.zip(after).and_then(|(before, after)| by_words(before, after));
    words.unwrap_or_else(|| PassageDifference {
        before: whole(before).unwrap_or_default(),
        after: whole(after).unwrap_or_default(),
    })
}

/// Compares two passages word by word; `None` if they have too little in common, or are too long.
fn by_words(before: &str, after: &str) -> Option<PassageDifference> {
    if before.len() + after.len() > MOST_BYTES {
        return None;
    }
    let mut found = PassageDifference { before: Vec::new(), after: Vec::new() };
    let mut shared = 0;
    for change in TextDiff::from_words(before, after).iter_all_changes() {
        let text = change.value();
        match change.tag() {
            ChangeTag::Equal => {
                shared += text.trim().len();
                add(&mut found.before, text, false);
                add(&mut found.after, text, false);
            }
            ChangeTag::Delete => add(&mut found.before, text, true),
            ChangeTag::Insert => add(&mut found.after, text, true),
        }
    }
    (shared * PARTS >= before.len().max(after.len())).then_some(found)
}

fn add(pieces: &mut Vec<PassagePiece>, text: &str, differs: bool) {
    match pieces.last_mut() {
        Some(last) if last.differs == differs => last.text.push_str(text),
        _ => pieces.push(PassagePiece { text: text.to_owned(), differs }),
    }
}
