//! The rule `bare-article`.

use std::ops::Range;

use memchr::memmem;

use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// An article is named without its treaty.
pub const RULE: Rule = Rule {
    name: "bare-article",
    summary: "An article is named without its treaty.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[TREATIES],
    page: r#"
## What it finds

The name of an article, such as "Article 5", that does not say of which treaty.

## Why it matters

Two treaties have an Article 5, and they ask for different things. Readers who come by a search see one paragraph only.

## What to do

Name the treaty in the same paragraph, or link the words to the note of the article. A book lists its treaties in `book.toml`; without the list, this rule finds nothing:

    [check]
    bare-article = { treaties = ["Convention on Cluster Munitions", "CCM"] }
"#,
};

pub(crate) const TREATIES: RuleOption = RuleOption {
    name: "treaties",
    help: "The names of the treaties whose articles notes name.",
    shape: OptionShape::Texts,
};

/// The words before the number of an article.
const ARTICLE: &[&str] = &["Articles ", "Article ", "Art. "];

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct BareArticle {
    /// True if the articles of the note may be those of several treaties.
    is_needed: bool,
    /// The articles that the passage names.
    articles: Vec<Range<usize>>,
}

impl TextRule for BareArticle {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let treaties = || note.check.texts(&RULE, &TREATIES);
        match event {
            // All articles of a note about one treaty are of that treaty.
            TextEvent::Start => {
                self.is_needed = !treaties().is_empty() && !names_any(note.title, treaties());
            }
            TextEvent::Words { at, in_link: false } if self.is_needed => {
                let found = articles(note.written(at)).into_iter();
                self.articles
                    .extend(found.map(|found| at.start + found.start..at.start + found.end));
            }
            TextEvent::PassageEnd { words } if !self.articles.is_empty() => {
                let articles = std::mem::take(&mut self.articles);
                if names_any(words, treaties()) {
                    return;
                }
                for at in articles {
                    let message = "this article could be that of several treaties";
                    let help =
                        "name the treaty in the same paragraph, or link the words to its note";
                    findings.warn(&at, &RULE, message, help);
                }
            }
            _ => {}
        }
    }
}

/// Says whether a text names one of several treaties.
fn names_any(text: &str, treaties: &[String]) -> bool {
    treaties.iter().any(|treaty| text.contains(treaty.as_str()))
}

/// Finds "Article 5" and its like in a text.
fn articles(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = memmem::find(&text.as_bytes()[from..], b"Art").map(|at| from + at) {
        let word = ARTICLE.iter().find(|word| text[at..].starts_with(**word));
        from = at + word.map_or(3, |word| word.len());
        let number = text[from..].bytes().take_while(u8::is_ascii_digit).count();
        let stands_apart = !text[..at].ends_with(char::is_alphanumeric);
        if word.is_some() && number > 0 && stands_apart {
            found.push(at..from + number);
        }
    }
    found
}
