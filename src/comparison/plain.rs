//! Texts of the book in Markdown, written so that they are no markup, call nobody and make no link: neither in CommonMark
//! nor by what GitHub and GitLab make of names, numbers and addresses after that.

use std::fmt::Write;

use crate::visible::shown;

/// The code of a space without width, which parts signs that would mean something together. An escaped sign would not do:
/// the hosts look for names and numbers in the text that comes of the Markdown.
const PARTED: &str = "&#8203;";

/// The least length of a run of hexadecimal digits that may be the name of a commit.
const SHORTEST_COMMIT: usize = 7;

/// Returns a text as one line without markup.
pub fn plain(text: &str) -> String {
    let chars: Vec<char> = one_line(text).chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, c) in chars.iter().enumerate() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' | '(' | ')' | '$' | '-' | '+'
            | '=' => {
                out.push('\\');
                out.push(*c);
            }
            '&' | '<' | '>' => {
                let _ = write!(out, "&#{};", u32::from(*c));
            }
            c => out.push(*c),
        }
        if is_parted(&chars, at) {
            out.push_str(PARTED);
        }
    }
    out
}

/// Returns whether the sign at `at` would begin or make up a name, number or address with what follows.
fn is_parted(chars: &[char], at: usize) -> bool {
    let follows = chars.get(at + 1).is_some_and(|next| !next.is_whitespace());
    let ends_with = |word: &str| {
        let length = word.len();
        at >= length && chars[at - length..at].iter().collect::<String>().eq_ignore_ascii_case(word)
    };
    match chars[at] {
        // Persons, issues, merge requests, labels, milestones, snippets, epics, alerts; and addresses of any scheme, and
        // emoji.
        '@' | '#' | '!' | '~' | '%' | '$' | '&' | '^' | ':' => follows,
        '.' => follows && ends_with("www"),
        '-' => follows && ends_with("GH"),
        c if c.is_ascii_hexdigit() => {
            let before = chars[..at].iter().rev().take_while(|c| c.is_ascii_hexdigit()).count();
            let after = chars[at..].iter().take_while(|c| c.is_ascii_hexdigit()).count();
            before + after >= SHORTEST_COMMIT
                && after > 1
                && (before + 1) % (SHORTEST_COMMIT - 1) == 0
        }
        _ => false,
    }
}

/// Returns a text as code in one line.
pub fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let needs_pad = text.starts_with('`') || text.ends_with('`') || text.trim().is_empty();
    let pad = if needs_pad { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn one_line(text: &str) -> String {
    shown(&text.replace(['\n', '\r', '\t'], " ")).into_owned()
}
