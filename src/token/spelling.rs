//! One spelling of English, so that British and American writers find each other.

/// Returns the word as an American writes it; only to be stemmed, so a wrong guess merely has to be made
/// the same way each time.
pub(super) fn american(word: &str) -> String {
    if let Some((head, tail)) = ["re", "res"].into_iter().find_map(|end| split(word, "t", end)) {
        return format!("{head}ter{}", &tail[2..]);
    }
    for (british, american) in
        [("defence", "defense"), ("offence", "offense"), ("licence", "license")]
    {
        if let Some(rest) = word.strip_prefix(british) {
            return format!("{american}{rest}");
        }
    }
    if let Some(rest) = word.strip_prefix("programme").filter(|rest| matches!(*rest, "" | "s")) {
        return format!("program{rest}");
    }
    let word = match word.find("our").filter(|at| *at >= 3 && word.len() >= 6) {
        Some(at) => format!("{}or{}", &word[..at], &word[at + 3..]),
        None => word.to_owned(),
    };
    let endings = ["e", "ed", "es", "er", "ers", "ing", "ation", "ations", "ational", "able"];
    match endings.into_iter().find_map(|end| split(&word, "is", end)) {
        Some((head, end)) if head.len() >= 3 => format!("{head}iz{end}"),
        _ => word,
    }
}

/// Splits a word that is `head` + `middle` + `end` into `head` and `end`.
fn split<'w>(word: &'w str, middle: &str, end: &'w str) -> Option<(&'w str, &'w str)> {
    Some((word.strip_suffix(end)?.strip_suffix(middle)?, end)).filter(|(head, _)| head.len() >= 3)
}
