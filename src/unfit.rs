//! Passages that no book may have, changed to what it may: formulas that can't be shown, and links that could run a
//! program. No word is lost.

use std::ops::Range;

/// A change of an unfit passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MendedPassage {
    /// The place that changes, in bytes.
    pub place: Range<usize>,
    /// The new text.
    pub text: String,
    /// The change in words, for a report.
    pub remark: String,
}

/// Returns the change of the passage at `place` in `text` that the rule of this name finds; `None` if there is none.
pub fn mended(text: &str, place: Range<usize>, rule: &str) -> Option<MendedPassage> {
    match rule {
        "bad-math" => formula(text, place),
        "refused-scheme" => link(text, place),
        _ => None,
    }
}

/// Returns a formula as code, or with dollar signs that are no more than that.
fn formula(text: &str, place: Range<usize>) -> Option<MendedPassage> {
    let before = text.get(..place.start)?;
    let after = text.get(place.end..)?;
    let start = before.trim_end_matches('$').len();
    let end = place.end + after.len() - after.trim_start_matches('$').len();
    let written = text.get(start..end)?;
    let inner = written.trim_matches('$');
    if written.len() == inner.len() {
        return None;
    }
    let new = match inner.contains(['\n', '`']) || inner.is_empty() {
        true => written.replace('$', "\\$"),
        false => format!("`{}`", inner.trim()),
    };
    let inner = inner.replace('\n', " ");
    let remark = format!("made a formula that can't be shown plain text: {inner}");
    Some(MendedPassage { place: start..end, text: new, remark })
}

/// Returns a link as its text with the address as code: `[Open](obsidian://x)` becomes ``Open (`obsidian://x`)``. The beginning
/// of a link in HTML goes.
fn link(text: &str, place: Range<usize>) -> Option<MendedPassage> {
    let written = text.get(place.clone())?;
    let code = |address: &str| format!("`{}`", address.replace(['`', '\n'], " ").trim());
    let inline = written.strip_prefix('[').and_then(|link| link.strip_suffix(')'));
    let new = if written.starts_with("<a ") {
        String::new()
    } else if let Some((label, address)) = inline.and_then(|link| link.rsplit_once("](")) {
        format!("{label} ({})", code(address.trim().trim_matches(['<', '>'])))
    } else {
        code(written.trim_matches(['<', '>']))
    };
    let remark = format!("made the address of a link text: {}", written.replace('\n', " "));
    Some(MendedPassage { place, text: new, remark })
}
