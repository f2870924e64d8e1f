//! The rule `bad-front-matter`.

use crate::diagnostic::{Level, Relaxation, Rule};

/// The front matter of a note can't be read.
pub const RULE: Rule = Rule {
    name: "bad-front-matter",
    summary: "The front matter of a note can't be read.",
    level: Level::Error,
    relaxation: Relaxation::Warning(
        "a note whose front matter can't be read is left out, and somebody must know",
    ),
    options: &[],
    page: r#"
## What it finds

A line between the `+++` or `---` lines that can't be read, or a block that has no end.

## Why it matters

The content of the line would be lost. If a book makes this a warning, a note is left out if that line may say that it is a draft, withdrawn or confidential.

## What to do

Each line is a key, an equals sign and a value. Put text in straight quotes, and a list in square brackets:

    title = "Clearance at scale"
    themes = ["financing", "localisation"]
    date = 2024-06-24

Between lines of `---`, each line is a key, a colon and a value. Put a text in quotes that holds a colon and a space, or that begins with a sign such as `@`, `*` or `&`:

```yaml
title: "Clearance: at scale"
themes: [financing, localisation]
date: 2024-06-24
```

Anchors (`&x`), aliases (`*x`), merge keys (`<<`) and tags (`!x`) of YAML are refused, because a reader of the note could not see what its values are.
"#,
};
