//! The rule `not-a-link`.
//!
//! Signs of links that are shown as they are.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! [a](My Note (v2).md) ![x *y*](my map.png) ![x](m.png =100x20) [t](https://x.org “title”)
//!
//! [a](my note.md "Read this")
//!
//! - see [the *big* one](a b.md)
//! ```
//!
//! ```diagnostics
//! content/a.md:5:1-5:21: warning[not-a-link]: this is meant as a link and is none: an address ends at the first space
//!   help: put < and > around the address: [a](<My Note (v2).md>)
//! content/a.md:5:22-5:42: warning[not-a-link]: this is meant as a link and is none: an address ends at the first space
//!   help: put < and > around the address: ![x *y*](<my map.png>)
//! content/a.md:5:43-5:62: warning[not-a-link]: this is meant as a link and is none: an address ends at the first space
//!   help: write the size after a bar: ![x|100x20](m.png)
//! content/a.md:5:63-5:89: warning[not-a-link]: this is meant as a link and is none: an address ends at the first space
//!   help: put straight quotes around the title: [t](https://x.org "title")
//! content/a.md:7:1-7:28: warning[not-a-link]: this is meant as a link and is none: an address ends at the first space
//!   help: put < and > around the address: [a](<my note.md> "Read this")
//! content/a.md:9:7-9:30: warning[not-a-link]: this is meant as a link and is none: an address ends at the first space
//!   help: put < and > around the address: [the *big* one](<a b.md>)
//! ```
//!
//! Links in links, and links in parts.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! [the note[^1]](a.md) and [see [[a]] note](a.md) and [the note] (a.md) and [x [y](a.md) z](https://e.org/x).
//!
//! [^1]: x
//! ```
//!
//! ```diagnostics
//! content/a.md:5:1-5:21: warning[not-a-link]: this is meant as a link and is none: its words hold a link or a footnote
//!   help: put what stands in the inner brackets behind the link: [the note](a.md)
//! content/a.md:5:26-5:48: warning[not-a-link]: this is meant as a link and is none: its words hold a link or a footnote
//!   help: put what stands in the inner brackets behind the link: [see](a.md)
//! content/a.md:5:53-5:70: warning[not-a-link]: this is meant as a link and is none: a space parts its words from its address
//!   help: delete the space: [the note](a.md)
//! content/a.md:5:75-5:107: warning[not-a-link]: this is meant as a link and is none: its words hold a link or a footnote
//!   help: put what stands in the inner brackets behind the link: [x](https://e.org/x)
//! ```
//!
//! Code, escaped signs, and what is a link.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! `[a](My Note.md)` \[a](My Note.md) [a\](My Note.md) [a](<a.md>) [a](a.md "b c") f[1] (x y) [sic] (see page 5) and [2](
//!
//!     [a](My Note.md)
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{FixSafety, Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text::REACH;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};
use crate::table::CURLY;

/// A text looks like a link but is not one.
pub const RULE: Rule = Rule {
    name: "not-a-link",
    summary: "A text looks like a link but is not one.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

Text that looks like a link or a picture, `[words](address)`, but is not one: there is a space in the address, the title is
in curly quotes, or the address is followed by a size.

## Why it matters

Readers see the signs, and no link or picture.

## What to do

Put `<` and `>` around an address with spaces: `[words](<My note.md>)`. Put a title in straight quotes:
`[words](address "title")`. Write the size of a picture after a bar: `![words|300](map.png)`.
"#,
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct NotALink;

impl TextRule for NotALink {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::Brackets { at, .. } = event else { return };
        for bracket in memchr::memchr_iter(b']', note.written(at).as_bytes()) {
            let middle = at.start + bracket;
            let rest = &note.markdown[middle..];
            if rest.starts_with("](") {
                check_link_signs(note.markdown, middle, findings);
            } else if rest.starts_with("] (") {
                check_parted_link(note.markdown, middle, findings);
            }
        }
    }
}

/// Looks at the signs of a link whose text ends at `middle`, with a space before its address.
fn check_parted_link(markdown: &str, middle: usize, findings: &mut Findings<'_>) {
    let start = middle + "] (".len();
    let far = markdown.floor_char_boundary((start + REACH).min(markdown.len()));
    let line = markdown[start..far].split('\n').next().unwrap_or_default();
    let Some(length) = closing(line) else { return };
    let address = &line[..length];
    let is_address = address.contains("://")
        || [".md", ".html", ".pdf"].iter().any(|end| address.ends_with(end))
        || address.starts_with('#');
    let Some(opening) = opening(&markdown[..middle]) else { return };
    let words = &markdown[opening + 1..middle];
    if !is_address || address.contains(char::is_whitespace) || words.contains('\n') {
        return;
    }
    let message = "this is meant as a link and is none: a space parts its words from its address";
    let help = format!("delete the space: [{words}]({address})");
    let at = opening..start + length + 1;
    findings.warn(&at, &RULE, message, &help);
    findings.fix(FixSafety::Safe, help, [(middle + 1..middle + 2, String::new())]);
}

/// Looks at the signs of a link whose text ends at `middle` and holds another link or a footnote.
fn check_nested_link(markdown: &str, middle: usize, address: &str, findings: &mut Findings<'_>) {
    let Some(opening) = opening(&markdown[..middle]) else { return };
    let words = &markdown[opening + 1..middle];
    let Some(inner) = words.find('[').filter(|_| !words.contains('\n')) else { return };
    let message = "this is meant as a link and is none: its words hold a link or a footnote";
    let before = words[..inner].trim_end();
    let help = if before.is_empty() {
        "put what stands in the inner brackets behind the link".to_owned()
    } else {
        format!("put what stands in the inner brackets behind the link: [{before}]({address})")
    };
    let at = opening..middle + "](".len() + address.len() + 1;
    findings.warn(&at, &RULE, message, &help);
}

/// Looks at the signs of a link whose text ends at `middle`, where its address begins with `](`.
fn check_link_signs(markdown: &str, middle: usize, findings: &mut Findings<'_>) {
    let near = markdown.floor_char_boundary(middle.saturating_sub(REACH))..middle;
    let Some(opening) = markdown[near.clone()].rfind('[').map(|at| near.start + at) else {
        return;
    };
    let words = &markdown[opening + 1..middle];
    let is_escaped = |text: &str| text.ends_with('\\');
    if words.contains('\n') || is_escaped(words) || is_escaped(&markdown[..opening]) {
        return;
    }
    let is_picture = markdown[..opening].ends_with('!');
    let start = middle + "](".len();
    let far = markdown.ceil_char_boundary((start + REACH).min(markdown.len()));
    let line = markdown[start..far].split('\n').next().unwrap_or_default();
    let Some(length) = closing(line) else { return };
    let address = &line[..length];
    let sign = if is_picture { "!" } else { "" };
    let title = address.split_once(char::is_whitespace).map(|(file, title)| (file, title.trim()));
    let (advice, link) = match title {
        Some((file, title)) if title.starts_with(CURLY) => {
            let title = title.trim_matches(CURLY).trim();
            let link = format!("{sign}[{words}]({file} \"{title}\")");
            ("put straight quotes around the title", link)
        }
        Some((file, size)) if size.starts_with('=') => {
            let size = &size[1..];
            ("write the size after a bar", format!("{sign}[{words}|{size}]({file})"))
        }
        Some(_) => {
            let title = address.find(" \"").unwrap_or(address.len());
            let (file, title) = address.split_at(title);
            let link = format!("{sign}[{words}](<{}>{title})", file.trim());
            ("put < and > around the address", link)
        }
        None => return check_nested_link(markdown, middle, address, findings),
    };
    let help = format!("{advice}: {link}");
    let message = "this is meant as a link and is none: an address ends at the first space";
    let at = opening - sign.len()..start + length + 1;
    findings.warn(&at, &RULE, message, &help);
    findings.fix(FixSafety::Safe, help, [(at, link)]);
}

/// Finds the square bracket that is closed behind `before`, in the same paragraph and not far away.
fn opening(before: &str) -> Option<usize> {
    let near = before.floor_char_boundary(before.len().saturating_sub(REACH));
    let mut closed = 0u32;
    for (at, byte) in before.bytes().enumerate().skip(near).rev() {
        match byte {
            b']' => closed += 1,
            b'[' if closed == 0 => return Some(at),
            b'[' => closed -= 1,
            b'\n' if before[..at].ends_with('\n') => return None,
            _ => {}
        }
    }
    None
}

/// Finds the round bracket that closes the one before `line`.
fn closing(line: &str) -> Option<usize> {
    let mut open = 0u32;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => return Some(at),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}
