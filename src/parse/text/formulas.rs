//! Formulas between dollar signs, told from sums of money by the rules of Pandoc and GitHub: a sign after a
//! letter or digit opens nothing, one before a digit closes nothing, and the signs touch the formula. Each
//! formula is put into a code span with a mark, so that nothing in it is read as Markdown.

use pulldown_cmark::{Event, LinkType, Tag};

use super::edited::Replacement;
use super::events::{is_inline, is_inline_end};
use super::located::LocatedEvent;
use super::signs::is_escaped;

/// The beginnings of code spans that hold a formula of a line, or one that stands for itself. They are no
/// characters of Unicode, so no text holds them.
const INLINE: char = '\u{fdd0}';
const DISPLAY: char = '\u{fdd1}';

/// A dollar sign in a text.
#[derive(Clone, Copy)]
struct DollarSign {
    at: usize,
    /// The bold text and the link in which it stands, by where they begin.
    within: (usize, usize),
}

/// Finds the formulas of a text whose `events` are known, and returns what marks them.
pub(crate) fn find(markdown: &str, events: &[LocatedEvent<'_>]) -> Vec<[Replacement; 2]> {
    let mut edits = Vec::new();
    let mut dollars: Vec<DollarSign> = Vec::new();
    // For each element within a line that is open, in what a sign in it stands.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut is_code = false;
    for (event, range) in events {
        let within = open.last().copied().unwrap_or_default();
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) => is_code = true,
            Event::Start(tag) if is_inline(tag) => open.push(match tag {
                Tag::Strong => (range.start + 1, within.1),
                Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {
                    (usize::MAX, usize::MAX)
                }
                Tag::Link { .. } | Tag::Image { .. } => (within.0, range.start + 1),
                _ => within,
            }),
            Event::End(end) if is_inline_end(*end) => drop(open.pop()),
            Event::Start(_) | Event::End(_) => {
                is_code = false;
                pair(markdown, &std::mem::take(&mut dollars), &mut edits);
                open.clear();
            }
            // In elements for code a text stays as it is typed.
            Event::InlineHtml(html) => match html.get(..3) {
                Some("<co" | "<kb" | "<pr" | "<sa" | "<va") => is_code = true,
                Some("</c" | "</k" | "</p" | "</s" | "</v") => is_code = false,
                _ => {}
            },
            Event::Text(_) if !is_code && within.0 != usize::MAX => {
                let signs = memchr::memchr_iter(b'$', markdown[range.clone()].as_bytes());
                let signs = signs.map(|at| range.start + at);
                let signs = signs.filter(|at| !is_escaped(markdown, *at));
                dollars.extend(signs.map(|at| DollarSign { at, within }));
            }
            _ => {}
        }
    }
    pair(markdown, &dollars, &mut edits);
    edits
}

/// Returns the formula of a code span, and whether it stands for itself.
pub(crate) fn in_code(code: &str) -> Option<(&str, bool)> {
    let inline = code.strip_prefix(INLINE).map(|formula| (formula, false));
    inline.or_else(|| code.strip_prefix(DISPLAY).map(|formula| (formula, true)))
}

/// Finds the signs of one block that belong together.
fn pair(markdown: &str, dollars: &[DollarSign], edits: &mut Vec<[Replacement; 2]>) {
    let is_double = |at: usize| {
        let next = dollars.get(at + 1)?;
        (next.at == dollars[at].at + 1).then_some(())
    };
    let mut at = 0;
    while at < dollars.len() {
        let opener = dollars[at];
        let is_display = is_double(at).is_some();
        let signs = 1 + usize::from(is_display);
        let closer = if is_display {
            (at + 2..dollars.len()).find(|at| is_double(*at).is_some())
        } else {
            Some(at + 1).filter(|at| *at < dollars.len() && is_double(*at).is_none())
        };
        let formula = closer.filter(|closer| {
            let closer = dollars[*closer];
            let range = opener.at + signs..closer.at;
            closer.within == opener.within
                && may_open(markdown, opener.at)
                && !markdown[closer.at + signs..].starts_with(|c: char| c.is_ascii_digit())
                && is_formula(&markdown[range], is_display)
        });
        let Some(closer) = formula else {
            at += signs;
            continue;
        };
        let (start, end) = (opener.at, dollars[closer].at);
        // A row of backticks longer than any in the formula.
        let formula = &markdown[start + signs..end];
        let longest = formula.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest + 1);
        let mark = if is_display { DISPLAY } else { INLINE };
        // One space is taken from the end if the formula ends with a backtick.
        let space = if formula.ends_with('`') { " " } else { "" };
        edits.push([
            Replacement { at: start..start + signs, with: format!("{fence}{mark}") },
            Replacement { at: end..end + signs, with: format!("{space}{fence}") },
        ]);
        at = closer + signs;
    }
}

/// Says whether a dollar sign may open a formula: none does after a letter or digit, as in `US$`.
fn may_open(markdown: &str, at: usize) -> bool {
    !markdown[..at].ends_with(char::is_alphanumeric)
}

/// Says whether a text between two dollar signs may be a formula.
fn is_formula(text: &str, is_display: bool) -> bool {
    let touches = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
    let is_touched = touches(text.chars().next()) && touches(text.chars().next_back());
    !text.trim().is_empty() && (is_display || is_touched && !is_prose(text))
}

/// Says whether a text is a part of a sentence between two sums: words, and nothing that only formulas have.
fn is_prose(text: &str) -> bool {
    if text.contains(['\\', '^', '_', '=', '{', '<', '>']) {
        return false;
    }
    let begins_with_number = text.starts_with(|c: char| c.is_ascii_digit());
    let is_word = |word: &&str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.chars().count() > 1 && word.chars().all(char::is_alphabetic)
    };
    let words = text.split_whitespace().filter(is_word).count();
    words > 1 || begins_with_number && words > 0
}
