//! Passages of imported notes that no book may have, changed to what it may. Each change is reported.

use std::ops::Range;

use super::{MigratedBook, Remark};

/// A passage that a rule finds, and that no book can allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnfitPassage {
    /// The file in the book.
    pub path: String,
    /// The place, in bytes.
    pub place: Range<usize>,
    /// The name of the rule.
    pub rule: &'static str,
}

impl MigratedBook {
    /// Changes passages of the notes: formulas that can't be shown become code, and links that could run a program lose
    /// their address. Returns whether anything was changed.
    pub fn mend(&mut self, mut passages: Vec<UnfitPassage>) -> bool {
        // From the end of each file on, so that places stay what they are.
        passages.sort_by_key(|passage| std::cmp::Reverse(passage.place.start));
        let mut is_changed = false;
        for UnfitPassage { path, place, rule } in passages {
            let Some(bytes) = self.files.get_mut(&path) else { continue };
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            let mended = match rule {
                "bad-math" => formula(text, place),
                "refused-scheme" => link(text, place),
                _ => None,
            };
            if let Some((place, new, what)) = mended {
                *bytes = [&text[..place.start], &new, &text[place.end..]].concat().into_bytes();
                self.remarks.push(Remark::new(&path, 0, what));
                is_changed = true;
            }
        }
        self.remarks.sort();
        is_changed
    }
}

/// A place, the text for it, and a remark.
type MendedPassage = (Range<usize>, String, String);

/// Returns a formula as code, or with dollar signs that are no more than that.
fn formula(text: &str, place: Range<usize>) -> Option<MendedPassage> {
    let before = text.get(..place.start)?;
    let after = text.get(place.end..)?;
    let start = before.trim_end_matches('$').len();
    let end = place.end + after.len() - after.trim_start_matches('$').len();
    let written = text.get(start..end)?;
    let inner = written.trim_matches('$');
    let new = match inner.contains(['\n', '`']) || inner.is_empty() {
        true => written.replace('$', "\\$"),
        false => format!("`{}`", inner.trim()),
    };
    let what =
        format!("made a formula that can't be shown plain text: {}", inner.replace('\n', " "));
    (written.len() > inner.len()).then_some((start..end, new, what))
}

/// Returns the text of a link without its address.
fn link(text: &str, place: Range<usize>) -> Option<MendedPassage> {
    let written = text.get(place.clone())?;
    let what = format!("took the address out of a link: {}", written.replace('\n', " "));
    let new = match written.strip_prefix('[').and_then(|rest| rest.rsplit_once("](")) {
        Some((label, _)) => label.to_owned(),
        None => format!("`{}`", written.trim_matches(['<', '>']).replace(['`', '\n'], " ")),
    };
    Some((place, new, what))
}
