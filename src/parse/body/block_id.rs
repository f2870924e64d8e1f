//! Ids that writers give to blocks.

/// Returns the id that a text ends in: `Some text. ^id`, or `^id` alone for the block before.
pub(crate) fn id_of(text: &str) -> Option<&str> {
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    // Nearly every text ends in a full stop, so this is seldom more than a look at its last sign.
    let before = text.bytes().rposition(|byte| !is_id(byte))?;
    let (rest, id) = (text[..=before].strip_suffix('^')?, &text[before + 1..]);
    let stands_apart = rest.is_empty() || rest.ends_with(' ');
    (stands_apart && !id.is_empty()).then_some(id)
}
