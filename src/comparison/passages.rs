//! The passages of a text that differ, word by word.

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::{PassageDifference, PassagePiece};

/// The most passages of a text that are compared with those of another; of a longer text, all that lies between the
/// first and the last difference counts as different. Comparing takes time in proportion to the square of the number.
const MOST_PASSAGES: usize = 2000;

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
        let pairs = (0..old.len().max(new.len()))
            .map(|at| difference(old.get(at).copied(), new.get(at).copied()));
        found.extend(pairs);
    }
    found
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
