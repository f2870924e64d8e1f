//! What must hold for a book with any bytes as a note.

use std::collections::BTreeSet;

use fieldbook::date::Date;
use fieldbook::path::SourcePath;
use fieldbook::report;
use fieldbook::source::{Source, SourceEdit};
use fieldbook::workspace::{BuildOptions, OutputChange, Workspace};

use crate::oracle;

/// A book with fields of every type.
const BOOK: &str = r#"title = "Book"

[kinds.lesson]
folder = "lessons"
title = "Lesson"
plural = "Lessons"
numbered = true

[kinds.lesson.fields]
themes = { to = "theme", many = true, title = "Themes" }
with = { to = "lesson", open = true, title = "With" }
state = { one-of = ["open", "done"], title = "State" }
day = { date = true, title = "Day" }
count = { number = true, title = "Count" }
agreed = { flag = true, title = "Agreed" }
see = { url = true, title = "See" }
words = { text = true, many = true, title = "Words" }

[kinds.theme]
folder = "themes"
title = "Theme"
plural = "Themes"
"#;

const OTHER: &str =
    "+++\ntitle = \"Other\"\naliases = [\"Second\"]\n+++\n\n## Part\n\nSee [[note]]. ^end\n";

/// Builds the book with `note` in it. Fails if the program breaks, if the site is there though the
/// book has errors or is missing though it has none, or if a page holds what no note may have.
pub(crate) fn judge(note: &[u8]) {
    let options = BuildOptions {
        today: Date::parse("2026-11-22").expect("a day"),
        drafts: false,
        precompress: false,
        base_url: None,
        config: SourcePath::new("book.toml"),
        themes: BTreeSet::new(),
    };
    let file = |path: &str, bytes: &[u8]| {
        SourceEdit::Put(Source::new(SourcePath::new(path), bytes.to_vec()))
    };
    let mut workspace = Workspace::new(options);
    let changes = workspace.apply(vec![
        file("book.toml", BOOK.as_bytes()),
        file("content/lessons/note.md", note),
        file("content/lessons/other.md", OTHER.as_bytes()),
        file("content/themes/one.md", b"+++\ntitle = \"One\"\n+++\n"),
    ]);
    let (problems, sources) = (workspace.diagnostics(), workspace.sources());
    assert_eq!(changes.is_err(), problems.iter().any(|problem| problem.is_error()));
    let forms = [report::human(problems, sources), report::lines(problems, sources)];
    assert!(problems.is_empty() || forms.iter().all(|form| !form.is_empty()));
    for change in changes.into_iter().flatten() {
        let OutputChange::Write(path, bytes) = change else {
            panic!("nothing was there to remove")
        };
        if path.as_str().ends_with(".html") {
            let html = std::str::from_utf8(&bytes).expect("UTF-8");
            let faults = oracle::faults(html, html.contains("http-equiv=\"refresh\""));
            assert!(faults.is_empty(), "{path}: {faults:?}");
        }
    }
}
