//! The rule `refused-html`.

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{RefusedPiece, TextContext, TextEvent, TextRule};

/// A note has HTML that is not allowed.
pub const RULE: Rule = Rule {
    name: "refused-html",
    summary: "A note has HTML that is not allowed.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

An HTML element or attribute that is not on the list of what notes may use.

## Why it matters

Notes are written by many hands. Scripts and styles could harm readers, or make a note look like something else.

## What to do

Use Markdown, or plain HTML elements such as `details`, `sub`, `sup`, `abbr` and tables, without `class` or `style`.
",
};

const HELP: &str = "Markdown can say nearly all that notes need; of HTML, notes may use plain \
                    elements such as details, sub, sup, abbr and tables, without class or style";

/// The most findings of one note that are said one by one.
const FEW: usize = 4;

/// The most names of what is left out that are said.
const NAMED: usize = 8;

/// The help where much of a note is HTML.
const PASTED: &str = "if this was pasted from a page, paste it as plain text (Ctrl+Shift+V), and add headings and links \
                      in Markdown";

/// The rule over the text of a note. It reports at the end, since it makes one of many findings: a page pasted as
/// HTML has an element that notes can't hold in each of its lines.
#[derive(Default)]
pub(crate) struct RefusedHtml {
    left_out: Vec<LeftOut>,
}

/// A piece of HTML that is left out.
struct LeftOut {
    at: Range<usize>,
    /// The element or attribute, if it is one that notes can't hold.
    name: Option<String>,
    message: String,
    help: &'static str,
}

impl TextRule for RefusedHtml {
    fn visit(&mut self, event: &TextEvent<'_>, _: &TextContext<'_>, findings: &mut Findings<'_>) {
        match event {
            TextEvent::RefusedHtml { piece, at } => self.left_out.push(left_out(piece, at)),
            TextEvent::End => report(&mut self.left_out, findings),
            _ => {}
        }
    }
}

fn left_out(piece: &RefusedPiece<'_>, at: &Range<usize>) -> LeftOut {
    let at = at.clone();
    let named = |name: String| {
        let message = format!("{name} is left out");
        LeftOut { at: at.clone(), name: Some(name), message, help: HELP }
    };
    let unnamed = |message: &str, help| LeftOut {
        at: at.clone(),
        name: None,
        message: message.to_owned(),
        help,
    };
    match piece {
        RefusedPiece::Element(name) => named(format!("<{name}>")),
        RefusedPiece::Attribute { key, element } => named(format!("\"{key}\" of <{element}>")),
        RefusedPiece::NestedLink => unnamed("a link can't stand within a link", HELP),
        RefusedPiece::Id => {
            unnamed("an id holds no spaces, so this one is left out", "join its words with hyphens")
        }
    }
}

/// Reports each piece that is left out, or all at the place of the first if they are many.
fn report(left_out: &mut [LeftOut], findings: &mut Findings<'_>) {
    if left_out.len() <= FEW {
        for LeftOut { at, message, help, .. } in &*left_out {
            findings.warn(at, &RULE, message.as_str(), *help);
        }
        return;
    }
    left_out.sort_by(|a, b| {
        (a.at.start, a.at.end, &a.message).cmp(&(b.at.start, b.at.end, &b.message))
    });
    let mut named: Vec<&str> = Vec::new();
    for name in left_out.iter().filter_map(|piece| piece.name.as_deref()) {
        if !named.contains(&name) {
            named.push(name);
            if named.len() > NAMED {
                break;
            }
        }
    }
    let more = if named.len() > NAMED { " and more" } else { "" };
    named.truncate(NAMED);
    let count = left_out.len();
    let message = format!("{count} pieces of HTML are left out: {}{more}", named.join(", "));
    if let Some(LeftOut { at, help, .. }) = left_out.first() {
        findings.warn(at, &RULE, message, *help).help.push(PASTED.to_owned());
    }
}
