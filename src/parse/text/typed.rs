//! Text in the elements of HTML for code, which stays as it is typed: quotes, hyphens and points are not made
//! into signs for print there.

use std::borrow::Cow;

use crate::slug::as_typed as signs_of;

/// Returns the text of an event as it is `written` in the Markdown, with entities and backslashes read.
pub(crate) fn as_typed<'t>(text: &'t str, written: &str) -> Cow<'t, str> {
    if text == written || !text.contains(|c| signs_of(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut typed = String::with_capacity(written.len());
    let mut rest = written;
    for c in text.chars() {
        // A backslash or an entity stands for this sign.
        if let Some(after) = rest.strip_prefix('\\').filter(|after| after.starts_with(c)) {
            rest = after;
        }
        let signs = signs_of(c).filter(|signs| rest.starts_with(signs));
        if let Some(signs) = signs {
            typed.push_str(signs);
            rest = &rest[signs.len()..];
            continue;
        }
        typed.push(c);
        rest = match rest.strip_prefix(c) {
            Some(after) => after,
            None => rest.split_once(';').map_or("", |(_, after)| after),
        };
    }
    Cow::Owned(typed)
}
