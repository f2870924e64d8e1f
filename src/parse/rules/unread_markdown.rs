//! The rule `unread-markdown`.

use crate::diagnostic::{Level, Relaxation, Rule, manual};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// Markdown in a block of HTML, where it is not read.
pub const RULE: Rule = Rule {
    name: "unread-markdown",
    summary: "Markdown in a block of HTML, where it is not read.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unread-markdown"),
};

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct UnreadMarkdown {
    /// The piece of HTML of which this was reported last.
    told: Option<usize>,
}

impl TextRule for UnreadMarkdown {
    fn visit(&mut self, event: &TextEvent<'_>, _: &TextContext<'_>, findings: &mut Findings<'_>) {
        let TextEvent::HtmlWords { words, at, html_at } = event else { return };
        if self.told == Some(*html_at) {
            return;
        }
        let Some(sign) = sign_of_markdown(words) else { return };
        self.told = Some(*html_at);
        let start = (at.start + sign).min(at.end);
        let message = "Markdown is not read here, so readers see its signs";
        let help = "put an empty line before this text, and one behind it";
        findings.warn(&(start..start + 1), &RULE, message, help);
    }
}

/// Finds the first sign of a text that is surely meant as Markdown.
fn sign_of_markdown(text: &str) -> Option<usize> {
    let links = ["[[", "]("].iter().filter_map(|sign| text.find(sign));
    let bold = text.find("**").filter(|at| text[at + 2..].contains("**"));
    let code = text.find('`').filter(|at| text[at + 1..].contains('`'));
    let is_entry = |line: &str| {
        let hashes = line.trim_start_matches('#');
        line.starts_with("- ")
            || line.starts_with("* ")
            || hashes.len() < line.len() && hashes.starts_with(' ')
    };
    let mut at = 0;
    let mut entry = None;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_start();
        if is_entry(inner) && entry.is_none() {
            entry = Some(at + line.len() - inner.len());
        }
        at += line.len();
    }
    links.chain(bold).chain(code).chain(entry).min()
}
