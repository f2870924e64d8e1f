//! The rule `not-a-translation`.
//!
//! ```content/index.md
//! +++
//! title = "Home"
//! translation = "unofficial"
//! translated-by = "The secretariat"
//! +++
//! ```
//!
//! ```diagnostics
//! content/index.md:3:15-3:27: warning[not-a-translation]: a note in the language of the book is not a translation
//!   help: move the line into the translation: the file with a language before its ending
//! ```
//!
//! ```content/index.md
//! +++
//! title = "Home"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::table::TableReader;

/// A note in the language of the book says that it is a translation.
pub const RULE: Rule = Rule {
    name: "not-a-translation",
    summary: "A note in the language of the book says that it is a translation.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

`translation`, `translated-by` or `translated-on` in a note in the language of the book. They are not shown there.

## Why it matters

Notes in the language of the book are the originals of the others. Readers who are told that one of them is a translation would look for another text.

## What to do

Move the lines into the translation, such as `ask-early.fr.md`.
",
};

/// Looks for keys of translations in notes in the language of the book.
pub(crate) fn check(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    let Some(place) = note.draft.translation_span.filter(|_| !note.draft.inherits) else { return };
    let message = "a note in the language of the book is not a translation";
    let help = "move the line into the translation: the file with a language before its ending";
    reader.warn(place, &RULE, message.to_owned(), help.to_owned());
}
