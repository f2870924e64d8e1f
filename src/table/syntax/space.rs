//! Spaces that no program takes for spaces: those that editors and web pages put between words.

use std::ops::Range;

use toml::de::DeTable;

use super::quotes::Quotes;
use super::{SyntaxExplanation, SyntaxFault, SyntaxHelp, SyntaxProblem, like, trimmed};

/// Explains a line in which nothing is wrong but its spaces: the first that is not a plain one.
pub(super) fn explain(text: &str, line: Range<usize>) -> Option<SyntaxProblem> {
    let written = &text[line.clone()];
    if written.is_ascii() {
        return None;
    }
    let odd: Vec<(usize, char)> = outside_quotes(written).filter(|(_, c)| is_odd(*c)).collect();
    let (at, first) = *odd.first()?;
    let (mut instead, mut shown) = (String::new(), String::new());
    let mut from = 0;
    for (at, c) in &odd {
        let between = &written[from..*at];
        instead.extend([between, &" ".repeat(c.len_utf8())]);
        shown.extend([between, if is_seen(*c) { " " } else { "" }]);
        from = at + c.len_utf8();
    }
    instead.push_str(&written[from..]);
    shown.push_str(&written[from..]);
    // A setting, the first line of one that goes on, or a line further down in it.
    let forms = [instead.clone(), format!("{instead}\n]"), format!("x = [\n{instead}\n]")];
    if !forms.iter().any(|form| DeTable::parse(form).is_ok()) {
        return None;
    }
    let name = match first {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => "a no-break space",
        c if is_seen(c) => "a space of another sort",
        _ => "a sign that nobody sees",
    };
    let meant = shown.trim().to_owned();
    let help = SyntaxHelp { sentence: like(&meant), meant: vec![meant], is_certain: false };
    let place = line.start + at..line.start + at + first.len_utf8();
    Some(SyntaxProblem {
        explained: SyntaxExplanation {
            place,
            fault: SyntaxFault::OddSpace(name),
            help: Some(help),
        },
        setting: trimmed(text, line.clone()),
        lines: line,
        instead: Some(instead),
    })
}

/// Returns the characters of a line outside quotes.
fn outside_quotes(line: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quotes = Quotes::default();
    line.char_indices().filter(move |(_, c)| !quotes.take(*c))
}

/// Returns whether a character looks like a space or like nothing, but isn't a space to a program.
fn is_odd(c: char) -> bool {
    !c.is_ascii() && (c.is_whitespace() || !is_seen(c))
}

/// Returns whether a character takes room.
pub(super) fn is_seen(c: char) -> bool {
    !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}
