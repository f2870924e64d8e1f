//! Licence expressions as crates write them (SPDX), such as `(MIT OR Apache-2.0) AND Unicode-3.0`.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::SplitWhitespace;

/// Returns whether `expression` lets us use a crate if the licences in `allowed` are accepted.
pub(crate) fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    // Older crates write a slash for OR.
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any(&mut words, allowed) && words.next().is_none()
}

/// Reads alternatives and returns whether one of them is allowed.
fn any(words: &mut Peekable<SplitWhitespace<'_>>, allowed: &BTreeSet<&str>) -> bool {
    let mut is_allowed = all(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        is_allowed |= all(words, allowed);
    }
    is_allowed
}

/// Reads licences that hold together and returns whether all of them are allowed.
fn all(words: &mut Peekable<SplitWhitespace<'_>>, allowed: &BTreeSet<&str>) -> bool {
    let mut is_allowed = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        is_allowed &= one(words, allowed);
    }
    is_allowed
}

/// Reads one licence, or an expression in parentheses.
fn one(words: &mut Peekable<SplitWhitespace<'_>>, allowed: &BTreeSet<&str>) -> bool {
    match words.next() {
        Some("(") => {
            let is_allowed = any(words, allowed);
            words.next() == Some(")") && is_allowed
        }
        Some(licence) => {
            // An exception (WITH) must be allowed by name; a plus (this version or a later one) need not be.
            let licence = match words.next_if_eq(&"WITH").and_then(|_| words.next()) {
                Some(exception) => format!("{licence} WITH {exception}"),
                None => licence.trim_end_matches('+').to_owned(),
            };
            allowed.contains(licence.as_str())
        }
        None => false,
    }
}

#[test]
fn expressions_are_understood() {
    let allowed = BTreeSet::from(["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"]);
    let yes = [
        "MIT",
        "MIT+",
        "MIT OR GPL-3.0",
        "GPL-3.0/MIT",
        "GPL-3.0 OR (MIT AND Zlib)",
        "Apache-2.0 WITH LLVM-exception",
    ];
    let no = [
        "",
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "Apache-2.0",
        "Zlib WITH LLVM-exception",
        "(GPL-3.0 OR MIT) AND GPL-3.0",
        "MIT MIT",
        "(MIT",
    ];
    for expression in yes {
        assert!(is_allowed(expression, &allowed), "{expression}");
    }
    for expression in no {
        assert!(!is_allowed(expression, &allowed), "{expression}");
    }
}
