//! The rule `missing-words`.
//!
//! The program has the words of its interface in French, but not those of the book.
//!
//! ```book.toml
//! title = "Book"
//! languages = ["fr"]
//!
//! [kinds.lesson]
//! folder = "lessons"
//! title = "Lesson"
//! plural = "Lessons"
//! ```
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//! ```
//!
//! ```diagnostics
//! book.toml:1:1-1:1: warning[missing-words]: 2 words are missing in "fr": "kinds.lesson.title", "kinds.lesson.plural"
//!   help: write them in themes/default/i18n/fr.toml
//! ```
//!
//! ```themes/default/i18n/fr.toml
//! [kinds.lesson]
//! title = "Leçon"
//! plural = "Leçons"
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::language::Language;
use crate::path::SourcePath;
use crate::render::builtin_files;
use crate::source::{Source, Sources};
use crate::span::Span;

/// The words of the interface are not all there in a language of the book.
pub const RULE: Rule = Rule {
    name: "missing-words",
    summary: "A language of the book lacks words of the interface.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A language of the book in which some words are missing: those of the interface, such as \"On this page\", or those of the book, which are the titles of kinds and fields, the words that fields hold, and the headings of charts and of lists of the home page. The program has the words of the interface in Arabic, Chinese, English, French, Portuguese, Russian, Spanish and Ukrainian.

## Why it matters

What is missing is shown in English, or in the language of the book, in the middle of pages in another language. A screen reader reads it with the wrong voice.

## What to do

Add the words to `themes/default/i18n/LANGUAGE.toml`, or to the same file of the book's own theme. The message names them by their keys. Those of the book stand in tables:

```text
[kinds.lesson]
title = \"Leçon\"
plural = \"Leçons\"

[kinds.lesson.fields.basis]
title = \"Fondement\"
words = { evaluated = \"évalué\", documented = \"documenté\" }
```

`fieldbook theme eject en.toml` writes the file of the interface's English words to begin with.
",
};

/// The number of words that a message names.
const NAMED: usize = 8;

/// Reports the words that a language lacks.
pub(crate) fn check(
    sources: &Sources,
    theme: &str,
    config: &SourcePath,
    language: &Language,
    missing: &[&str],
    out: &mut Vec<Diagnostic>,
) {
    if missing.is_empty() {
        return;
    }
    let file = SourcePath::new(format!("themes/{theme}/i18n/{language}.toml"));
    let built_in = builtin_files();
    let is_own = |source: &Source| built_in.iter().all(|file| file.text() != source.text());
    let place = if sources.get(&file).is_some_and(is_own) { &file } else { config };
    let named: Vec<String> = missing.iter().take(NAMED).map(|key| format!("\"{key}\"")).collect();
    let more = match missing.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let of = if missing.len() == 1 { "word is" } else { "words are" };
    let count = missing.len();
    let message = format!("{count} {of} missing in \"{language}\": {}{more}", named.join(", "));
    let found = Diagnostic::warning(place, Span::default(), &RULE, message);
    out.push(found.help(format!("write them in {file}")));
}
