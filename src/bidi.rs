//! Control characters that change the order in which a line is read (Unicode Standard Annex #9,
//! section 2): embeddings, overrides and isolates, each of which lasts until a character that ends
//! it. Marks such as U+200F affect only their neighbours, so they aren't handled here.
//!
//! A text that leaves one open changes the text after it, and an override shows letters in an order
//! that no language needs: `Invoice <U+202E>txt.exe` is read as another name.

use std::borrow::Cow;
use std::fmt::Write;

const EMBED_LTR: char = '\u{202a}';
const EMBED_RTL: char = '\u{202b}';
const POP: char = '\u{202c}';
const OVERRIDE_LTR: char = '\u{202d}';
const OVERRIDE_RTL: char = '\u{202e}';
const ISOLATE_LTR: char = '\u{2066}';
const ISOLATE_RTL: char = '\u{2067}';
const ISOLATE_FIRST: char = '\u{2068}';
const POP_ISOLATE: char = '\u{2069}';

/// A fault of a control character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BidiFault {
    /// It forces the order of letters.
    Override,
    /// It is for right-to-left text, and there is none.
    Needless,
    /// Nothing ends it.
    Unclosed,
    /// It ends nothing.
    Unopened,
}

/// A text that doesn't change the order of anything else.
pub struct TidiedText<'t> {
    /// The text without overrides, needless controls and unmatched ends; controls still open are
    /// closed at its end.
    pub text: Cow<'t, str>,
    /// The faults, each with its control character.
    pub faults: Vec<(char, BidiFault)>,
}

/// Returns the control characters of a text, each with its offset in bytes.
pub fn controls(text: &str) -> impl Iterator<Item = (usize, char)> {
    // All control characters are three bytes long and begin with this byte.
    memchr::memchr_iter(0xE2, text.as_bytes()).filter_map(|at| {
        let c = match text.as_bytes().get(at + 1..at + 3)? {
            [0x80, 0xAA..=0xAE] | [0x81, 0xA6..=0xA9] => text[at..].chars().next(),
            _ => None,
        };
        Some((at, c?))
    })
}

/// Changes a text so that it doesn't affect the order of anything else.
pub fn tidied(text: &str) -> TidiedText<'_> {
    let found: Vec<(usize, char)> = controls(text).collect();
    if found.is_empty() {
        return TidiedText { text: Cow::Borrowed(text), faults: Vec::new() };
    }
    let signs = found.iter().map(|control| control.1);
    let ControlVerdicts { verdicts, ends } = judge(signs, has_right_to_left(text));
    let mut tidy = String::with_capacity(text.len() + ends.len());
    let mut from = 0;
    for ((at, c), _) in found.iter().zip(&verdicts).filter(|(_, verdict)| !verdict.stays) {
        tidy.push_str(&text[from..*at]);
        from = at + c.len_utf8();
    }
    tidy.push_str(&text[from..]);
    tidy.push_str(&ends);
    let faults = found.iter().zip(verdicts).filter_map(|((_, c), v)| Some((*c, v.fault?)));
    TidiedText { text: Cow::Owned(tidy), faults: faults.collect() }
}

/// Returns a part of a text without overrides, for use where the rest is not known.
pub fn without_overrides(text: &str) -> Cow<'_, str> {
    let is_override = |c: char| matches!(c, OVERRIDE_LTR | OVERRIDE_RTL);
    if controls(text).any(|(_, c)| is_override(c)) {
        Cow::Owned(text.replace(is_override, ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns a text with each control character replaced by its code, such as `<U+202E>`.
pub fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len() + 16);
    let mut from = 0;
    for (at, c) in controls(text) {
        spelled.push_str(&text[from..at]);
        let _ = write!(spelled, "<U+{:04X}>", u32::from(c));
        from = at + c.len_utf8();
    }
    spelled.push_str(&text[from..]);
    spelled
}

/// Returns the fault, if any, of each control character of a text. `mixed` is whether the text has
/// right-to-left letters.
pub fn faults(
    controls: impl Iterator<Item = char>,
    mixed: bool,
) -> impl Iterator<Item = Option<BidiFault>> {
    judge(controls, mixed).verdicts.into_iter().map(|verdict| verdict.fault)
}

/// Returns the message about a control character, and the help.
pub fn said(control: char, fault: BidiFault) -> (String, &'static str) {
    let name = named(control);
    let typed = "type the text again, without what was copied along";
    match fault {
        BidiFault::Override => {
            (format!("{name} forces the order of the letters after it, so it is left out"), typed)
        }
        BidiFault::Needless => {
            (format!("{name} is for text from right to left, and there is none here"), typed)
        }
        BidiFault::Unclosed if is_isolate(control) => {
            (format!("nothing ends {name}"), "delete it, or put U+2069 where it should end")
        }
        BidiFault::Unclosed => {
            (format!("nothing ends {name}"), "delete it, or put U+202C where it should end")
        }
        BidiFault::Unopened => (format!("{name} ends nothing"), "delete it"),
    }
}

/// Returns the code and the name of a control character, by which people can look it up.
pub fn named(control: char) -> String {
    let name = match control {
        EMBED_LTR => "left-to-right embedding",
        EMBED_RTL => "right-to-left embedding",
        POP => "pop directional formatting",
        OVERRIDE_LTR => "left-to-right override",
        OVERRIDE_RTL => "right-to-left override",
        ISOLATE_LTR => "left-to-right isolate",
        ISOLATE_RTL => "right-to-left isolate",
        ISOLATE_FIRST => "first strong isolate",
        _ => "pop directional isolate",
    };
    format!("U+{:04X} ({name})", u32::from(control))
}

/// Returns whether a text has right-to-left letters (Unicode Character Database,
/// `DerivedBidiClass.txt`, the blocks of the classes R and AL).
pub fn has_right_to_left(text: &str) -> bool {
    text.chars().any(is_right_to_left)
}

fn is_right_to_left(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// Returns whether a text has letters of the other direction than that of the page it stands on, so that it could change the
/// order of its neighbours. `is_rtl` is whether the page is read from right to left.
pub fn is_opposite(text: &str, is_rtl: bool) -> bool {
    if !is_rtl {
        return !text.is_ascii() && has_right_to_left(text);
    }
    text.chars().any(|c| c.is_alphabetic() && !is_right_to_left(c))
}

/// Returns a text as a part of a line that is read in one direction: between isolates (U+2068 and U+2069) if it has letters of the
/// other. It is for texts that can have no markup, such as the title of a window.
pub fn isolated(text: &str, is_rtl: bool) -> Cow<'_, str> {
    if is_opposite(text, is_rtl) {
        Cow::Owned(format!("{ISOLATE_FIRST}{text}{POP_ISOLATE}"))
    } else {
        Cow::Borrowed(text)
    }
}

fn is_isolate(c: char) -> bool {
    matches!(c, ISOLATE_LTR | ISOLATE_RTL | ISOLATE_FIRST)
}

struct ControlVerdicts {
    verdicts: Vec<ControlVerdict>,
    /// The characters that close the controls still open at the end.
    ends: String,
}

#[derive(Clone, Copy)]
struct ControlVerdict {
    fault: Option<BidiFault>,
    stays: bool,
}

impl ControlVerdict {
    /// Leaves out a control that would stay, because of this fault.
    fn leave_out(&mut self, fault: BidiFault) {
        if self.stays {
            *self = Self { fault: Some(fault), stays: false };
        }
    }
}

/// Matches each control with its end, according to section 3.1.2 and rules X1 to X8.
fn judge(controls: impl Iterator<Item = char>, mixed: bool) -> ControlVerdicts {
    const FINE: ControlVerdict = ControlVerdict { fault: None, stays: true };
    let mut verdicts: Vec<ControlVerdict> = Vec::new();
    // The open controls with their indexes, and the number of isolates among them.
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut isolates = 0usize;
    for (at, c) in controls.enumerate() {
        let left_out = |fault| ControlVerdict { fault: Some(fault), stays: false };
        let verdict = match c {
            POP => match open.pop_if(|(opener, _)| !is_isolate(*opener)) {
                Some((_, opener)) => ControlVerdict { fault: None, ..verdicts[opener] },
                None => left_out(BidiFault::Unopened),
            },
            POP_ISOLATE if isolates == 0 => left_out(BidiFault::Unopened),
            POP_ISOLATE => {
                isolates -= 1;
                // Embeddings inside end here, too. If this end doesn't stay, nothing else would end
                // them.
                while let Some((_, at)) = open.pop_if(|(opener, _)| !is_isolate(*opener)) {
                    verdicts[at].leave_out(BidiFault::Unclosed);
                }
                let opener = open.pop().map(|(_, opener)| verdicts[opener]);
                ControlVerdict { fault: None, ..opener.unwrap_or(FINE) }
            }
            opener => {
                open.push((opener, at));
                isolates += usize::from(is_isolate(opener));
                match opener {
                    OVERRIDE_LTR | OVERRIDE_RTL => left_out(BidiFault::Override),
                    EMBED_RTL | ISOLATE_RTL if !mixed => left_out(BidiFault::Needless),
                    _ => FINE,
                }
            }
        };
        verdicts.push(verdict);
    }
    let mut ends = String::new();
    for (opener, at) in open.into_iter().rev() {
        if verdicts[at].stays {
            verdicts[at].fault = Some(BidiFault::Unclosed);
            ends.push(if is_isolate(opener) { POP_ISOLATE } else { POP });
        }
    }
    ControlVerdicts { verdicts, ends }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_letters_of_the_other_direction_are_isolated() {
        let (arabic, mixed) = ("إدارة", "معيار IMAS");
        assert_eq!(isolated("IMAS (2019)", false), "IMAS (2019)");
        assert_eq!(isolated(arabic, false), format!("\u{2068}{arabic}\u{2069}"));
        assert_eq!(isolated(arabic, true), arabic);
        assert_eq!(isolated("2019–2024", true), "2019–2024");
        assert_eq!(isolated(mixed, true), format!("\u{2068}{mixed}\u{2069}"));
        assert_eq!(isolated("本地化", true), "\u{2068}本地化\u{2069}");
    }
}
