//! The rule `bad-template`.
//!
//! A template with a mistake in it is reported where it stands.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//! ```
//!
//! ```themes/default/templates/note.html
//! <h1>{{ note.title }</h1>
//! ```
//!
//! ```diagnostics
//! themes/default/templates/note.html:1:19-1:20: error[bad-template]: this template can't be used: Found `}` but expected }}
//! ```
//!
//! A name that the template can't see, found when a page is made.
//!
//! ```themes/default/templates/note.html
//! <h1>{{ note.titel.short }}</h1>
//! ```
//!
//! ```diagnostics
//! themes/default/templates/note.html:1:13-1:18: error[bad-template]: this template can't be used: Field `titel` is not defined. Available fields: closed, date, kind, kind_title, language, state, status, summary, title, updated, url
//! ```
//!
//! A filter that there is not.
//!
//! ```themes/default/templates/note.html
//! <h1>{{ note.title | shout }}</h1>
//! ```
//!
//! ```diagnostics
//! themes/default/templates/note.html:1:21-1:21: error[bad-template]: this template can't be used: Unknown filter `shout`
//! ```
//!
//! All is well.
//!
//! ```themes/default/templates/note.html
//! <h1>{{ note.title }}</h1>
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};

/// A template of the book can't be used.
pub const RULE: Rule = Rule {
    name: "bad-template",
    summary: "A template of the book can't be used.",
    level: Level::Error,
    relaxation: Relaxation::None("pages would be missing or broken"),
    options: &[],
    page: "
## What it finds

A template of the theme that can't be used.

## Why it matters

The pages made with it would be missing.

## What to do

Correct the template at the place that is named. The message comes from the template engine, Tera.
",
};
