//! Text of strangers as a terminal, a log or a report may show it: each character that nobody sees, and
//! that could steer a terminal or turn a line round, is written as its code, such as `<U+001B>`.
//!
//! GitHub Actions takes some lines of a log for commands: those that begin with `::`, after spaces, and
//! those that hold `##[` (or `##vso[` and the like) and the name of a command (`ActionCommand.cs` of
//! <https://github.com/actions/runner>). The first sign of such a command is written as its code, too.

use std::borrow::Cow;
use std::fmt::Write;

/// Returns a part of a line with nothing hidden. Line breaks and tabs are written as their codes, too.
pub fn shown(text: &str) -> Cow<'_, str> {
    rewritten(text, HiddenCharacters::new(text, KeptControls::Nothing), code)
}

/// Returns whole lines with nothing hidden, none of which is a command. Line breaks and tabs stay.
pub fn shown_lines(text: &str) -> Cow<'_, str> {
    rewritten(text, HiddenCharacters::new(text, KeptControls::Lines), code)
}

/// Returns whole lines that Fieldbook coloured as [`shown_lines`] does, with their colours.
pub fn shown_colored(text: &str) -> Cow<'_, str> {
    rewritten(text, HiddenCharacters::new(text, KeptControls::Colors), code)
}

/// Returns JSON that means the same, with an escape for each character that would be hidden.
pub fn shown_json(json: &str) -> Cow<'_, str> {
    rewritten(json, HiddenCharacters::new(json, KeptControls::Lines), |c, out| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    })
}

/// Returns a line with nothing hidden but tabs, and each of `places`, counted in bytes, as a place in it.
pub fn shown_with<const N: usize>(line: &str, places: [usize; N]) -> (Cow<'_, str>, [usize; N]) {
    let hidden = || HiddenCharacters {
        line_start: false,
        ..HiddenCharacters::new(line, KeptControls::Lines)
    };
    let mut moved = places;
    let mut written = String::new();
    for (at, c) in hidden() {
        written.clear();
        code(c, &mut written);
        for (_, moved) in places.iter().zip(&mut moved).filter(|(place, _)| **place > at) {
            *moved += written.len() - c.len_utf8();
        }
    }
    (rewritten(line, hidden(), code), moved)
}

/// Writes the code of a character, as `less` and Git show it.
fn code(c: char, out: &mut String) {
    let _ = write!(out, "<U+{:04X}>", u32::from(c));
}

fn rewritten<'t>(
    text: &'t str,
    hidden: HiddenCharacters<'t>,
    write: impl Fn(char, &mut String),
) -> Cow<'t, str> {
    let mut out = String::new();
    let mut from = 0;
    for (at, c) in hidden {
        out.push_str(&text[from..at]);
        write(c, &mut out);
        from = at + c.len_utf8();
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// What may stay of what is hidden.
#[derive(Clone, Copy, PartialEq)]
enum KeptControls {
    /// Nothing.
    Nothing,
    /// Line breaks and tabs.
    Lines,
    /// Line breaks, tabs, and codes for colours.
    Colors,
}

/// The characters of a text that must not be shown as they are, each with its place.
struct HiddenCharacters<'t> {
    text: &'t str,
    at: usize,
    keep: KeptControls,
    /// Whether only spaces stand between here and the beginning of the line.
    line_start: bool,
    /// The character before.
    before: char,
}

impl<'t> HiddenCharacters<'t> {
    fn new(text: &'t str, keep: KeptControls) -> Self {
        Self { text, at: 0, keep, line_start: keep != KeptControls::Nothing, before: ' ' }
    }

    /// Takes the next character, with which `rest` begins, and says whether it must not be shown.
    fn take(&mut self, c: char, rest: &str) -> bool {
        let before = std::mem::replace(&mut self.before, c);
        let starts = self.line_start;
        let breaks = c == '\n' && self.keep != KeptControls::Nothing;
        self.line_start = breaks || starts && c.is_whitespace();
        match c {
            '\n' | '\t' => self.keep == KeptControls::Nothing,
            ':' => starts && rest.starts_with("::"),
            '#' => rest.strip_prefix("##").is_some_and(|rest| {
                // The names of commands begin with a letter; `##[[` is a heading without a space. Other
                // services put their own name before the bracket: `##vso[`, `##teamcity[`.
                let rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
                let inner = rest.strip_prefix('[');
                inner.is_some_and(|inner| {
                    starts || inner.starts_with(|c: char| c.is_ascii_alphabetic())
                })
            }),
            c if c.is_ascii() => c.is_ascii_control(),
            c => is_hidden(c, before),
        }
    }
}

impl Iterator for HiddenCharacters<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = &self.text[self.at..];
            // Most of a text is plain, and only its beginning and its end matter to what follows.
            let plain = rest.bytes().take_while(|byte| is_plain(*byte)).count();
            if plain > 0 {
                self.line_start = self.line_start && rest[..plain].bytes().all(|byte| byte == b' ');
                self.before = char::from(rest.as_bytes()[plain - 1]);
                self.at += plain;
                continue;
            }
            let c = rest.chars().next()?;
            if let Some(length) = color(rest).filter(|_| self.keep == KeptControls::Colors) {
                self.at += length;
                continue;
            }
            let at = self.at;
            self.at += c.len_utf8();
            if self.take(c, rest) {
                return Some((at, c));
            }
        }
    }
}

/// Says whether a byte is a character that is always shown, and with which no command begins.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b':' | b'#')
}

/// Returns the length of the code for a colour with which a text begins (ECMA-48, section 8.3.117).
fn color(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("\x1b[")?;
    let is_number = |byte: &u8| byte.is_ascii_digit() || *byte == b';';
    let length = inner.bytes().take_while(|byte| is_number(byte)).count();
    inner[length..].starts_with('m').then_some("\x1b[".len() + length + "m".len())
}

/// Says whether a character beyond ASCII, which follows `before`, is seen by nobody.
fn is_hidden(c: char, before: char) -> bool {
    match c {
        // They shape or part the letters of many scripts, and join pictures.
        _ if is_joiner(c) => {
            before < '\u{590}' || matches!(before, '\u{2000}'..='\u{206f}') || is_format(before)
        }
        _ if is_selector(c) => {
            before <= ' ' || is_joiner(before) || is_selector(before) || is_format(before)
        }
        c => is_format(c),
    }
}

/// Says whether a character joins or parts the letters around it.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}')
}

/// Says whether a character chooses among the forms of the one before.
fn is_selector(c: char) -> bool {
    matches!(c, '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Says whether a character is never seen: controls, separators of lines, what sets the direction of a text,
/// and all else that Unicode calls `Default_Ignorable_Code_Point` or that marks annotations.
fn is_format(c: char) -> bool {
    matches!(
        c,
        '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180e}'
            | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}'
            | '\u{e01f0}'..='\u{e0fff}'
    )
}
