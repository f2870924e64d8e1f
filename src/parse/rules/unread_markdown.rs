//! The rule `unread-markdown`.
//!
//! Markdown in blocks of HTML.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! <details>
//! <summary>How</summary>
//! See [[b]], **important**.
//! </details>
//!
//! <table><tr><th>A</th></tr>
//! <tr><td>[u](nope.md)</td></tr></table>
//!
//! <div>
//! - one
//! - two
//! </div>
//!
//! <br>
//! `code` and more
//! ```
//!
//! ```diagnostics
//! content/a.md:7:5-7:6: warning[unread-markdown]: Markdown is not read here, so readers see its signs
//!   help: put an empty line before this text, and one behind it
//! content/a.md:11:11-11:12: warning[unread-markdown]: Markdown is not read here, so readers see its signs
//!   help: put an empty line before this text, and one behind it
//! content/a.md:14:1-14:2: warning[unread-markdown]: Markdown is not read here, so readers see its signs
//!   help: put an empty line before this text, and one behind it
//! content/a.md:19:1-19:2: warning[unread-markdown]: Markdown is not read here, so readers see its signs
//!   help: put an empty line before this text, and one behind it
//! ```
//!
//! Markdown after an empty line, and text that is none.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! <details>
//! <summary>How</summary>
//!
//! See [[a]], **important**.
//!
//! </details>
//!
//! <div>
//! 5 * 3 and a - b
//! </div>
//!
//! <pre>
//! - [[x]]
//! </pre>
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// Markdown stands in a block of HTML, where it is not read.
pub const RULE: Rule = Rule {
    name: "unread-markdown",
    summary: "Markdown stands in a block of HTML, where it is not read.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

Links, stars, backticks or list signs in a block of HTML, such as below `<summary>` or in a cell `<td>`. Markdown
is not read there.

## Why it matters

Readers see the signs. A link there leads nowhere and is not checked.

## What to do

Put an empty line before the text and one after it:

```markdown
<details>
<summary>How</summary>

See [[another note]], which is **important**.

</details>
```
",
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
