//! Fixes: what each does to a note, and what no fix does to any book.

use std::collections::BTreeSet;
use std::path::Path;

use fieldbook::autofix::{AppliedFix, FixedFile, fix_book};
use fieldbook::diagnostic::{Diagnostic, FixSafety, with_edits};
use fieldbook::disk;
use fieldbook::path::SourcePath;
use fieldbook::source::Sources;
use fieldbook::workspace::{PublishedPages, Workspace};

use crate::support;

const BOOK: &str = r#"title = "Book"

[kinds.lesson]
folder = "lessons"

[kinds.lesson.fields]
age = { number = true }
places = { text = true, many = true }
done = { flag = true }
site = { url = true }
size = { one-of = ["small", "large"] }
"#;

/// A rule, the safety of its fix, and a note before and after the fix.
struct Example(&'static str, FixSafety, &'static str, &'static str);

use FixSafety::{NeedsReview, Safe};

const EXAMPLES: &[Example] = &[
    // Front matter: where it begins and ends.
    Example(
        "bad-front-matter",
        Safe,
        "\n\n+++\ntitle = \"A\"\n+++\nText\n",
        "+++\ntitle = \"A\"\n+++\nText\n",
    ),
    Example("bad-front-matter", Safe, "  +++\ntitle = \"A\"\n+++\n", "+++\ntitle = \"A\"\n+++\n"),
    Example("bad-front-matter", Safe, "++++\ntitle = \"A\"\n+++\n", "+++\ntitle = \"A\"\n+++\n"),
    Example(
        "bad-front-matter",
        Safe,
        "title = \"A\"\n+++\nText\n",
        "+++\ntitle = \"A\"\n+++\nText\n",
    ),
    Example(
        "bad-front-matter",
        Safe,
        "+++\ntitle = \"A\"\n---\nText\n",
        "+++\ntitle = \"A\"\n+++\nText\n",
    ),
    Example(
        "bad-front-matter",
        NeedsReview,
        "+++\ntitle = \"A\"\n\nText\n",
        "+++\ntitle = \"A\"\n+++\n\nText\n",
    ),
    // Front matter: lines that can't be read.
    Example("bad-front-matter", Safe, "+++\ntitle: A\n+++\n", "+++\ntitle = \"A\"\n+++\n"),
    Example("bad-front-matter", Safe, "+++\ntitle = “A”\n+++\n", "+++\ntitle = \"A\"\n+++\n"),
    Example(
        "bad-front-matter",
        Safe,
        "+++\n  title == A b \n+++\n",
        "+++\n  title = \"A b\" \n+++\n",
    ),
    Example(
        "bad-front-matter",
        Safe,
        "+++\ntitle\u{a0}= \"A\"\n+++\n",
        "+++\ntitle = \"A\"\n+++\n",
    ),
    Example(
        "bad-front-matter",
        Safe,
        "+++\ntitle = \"A\"\nplaces:\n- B\n- C\n+++\n",
        "+++\ntitle = \"A\"\nplaces = [\"B\", \"C\"]\n+++\n",
    ),
    Example(
        "bad-front-matter",
        NeedsReview,
        "+++\ntitle = \"A\"\ndone = yes\n+++\n",
        "+++\ntitle = \"A\"\ndone = true\n+++\n",
    ),
    Example(
        "bad-front-matter",
        NeedsReview,
        "+++\ntitle = \"A # the first\n+++\n",
        "+++\ntitle = \"A # the first\"\n+++\n",
    ),
    // Values.
    Example(
        "bad-date",
        Safe,
        "+++\ntitle = \"A\"\ndate = 24.06.2024\n+++\n",
        "+++\ntitle = \"A\"\ndate = 2024-06-24\n+++\n",
    ),
    Example(
        "bad-date",
        Safe,
        "+++\ntitle = \"A\"\ndate = \"June 2024\"\n+++\n",
        "+++\ntitle = \"A\"\ndate = \"2024-06\"\n+++\n",
    ),
    Example(
        "bad-date",
        NeedsReview,
        "+++\ntitle = \"A\"\ndate = \"3/4/2024\"\n+++\n",
        "+++\ntitle = \"A\"\ndate = 2024-04-03\n+++\n",
    ),
    Example("bad-value", Safe, "+++\ntitle = 2024\n+++\n", "+++\ntitle = \"2024\"\n+++\n"),
    Example(
        "bad-value",
        Safe,
        "+++\ntitle = \"A\"\nage = \"007\"\n+++\n",
        "+++\ntitle = \"A\"\nage = 7\n+++\n",
    ),
    Example(
        "bad-value",
        NeedsReview,
        "+++\ntitle = \"A\"\nage = \"1,5\"\n+++\n",
        "+++\ntitle = \"A\"\nage = 1.5\n+++\n",
    ),
    Example(
        "bad-value",
        Safe,
        "+++\ntitle = \"A\"\ndone = \"yes\"\n+++\n",
        "+++\ntitle = \"A\"\ndone = true\n+++\n",
    ),
    Example(
        "bad-value",
        Safe,
        "+++\ntitle = \"A\"\nplaces = \"B\"\n+++\n",
        "+++\ntitle = \"A\"\nplaces = [\"B\"]\n+++\n",
    ),
    Example(
        "bad-value",
        NeedsReview,
        "+++\ntitle = \"A\"\nplaces = \"B, C\"\n+++\n",
        "+++\ntitle = \"A\"\nplaces = [\"B\", \"C\"]\n+++\n",
    ),
    Example(
        "value-not-in-list",
        Safe,
        "+++\ntitle = \"A\"\nsize = \"smal\"\n+++\n",
        "+++\ntitle = \"A\"\nsize = \"small\"\n+++\n",
    ),
    Example(
        "value-not-in-list",
        NeedsReview,
        "+++\ntitle = \"A\"\nstatus = \"puplisshed\"\n+++\n",
        "+++\ntitle = \"A\"\nstatus = \"published\"\n+++\n",
    ),
    Example("unknown-key", Safe, "+++\nTitle = \"A\"\n+++\n", "+++\ntitle = \"A\"\n+++\n"),
    Example(
        "unknown-key",
        Safe,
        "+++\ntitle = \"A\"\nplacse = [\"B\"]\n+++\n",
        "+++\ntitle = \"A\"\nplaces = [\"B\"]\n+++\n",
    ),
    Example(
        "unknown-key",
        NeedsReview,
        "+++\ntitle = \"A\"\nsummmarry = \"B\"\n+++\n",
        "+++\ntitle = \"A\"\nsummary = \"B\"\n+++\n",
    ),
    // Characters that nobody sees.
    Example(
        "invisible-character",
        Safe,
        "\u{feff}+++\ntitle = \"A\"\n+++\n",
        "+++\ntitle = \"A\"\n+++\n",
    ),
    Example(
        "invisible-character",
        Safe,
        "+++\ntitle = \"A\u{200b}b\tc\"\n+++\n",
        "+++\ntitle = \"Ab c\"\n+++\n",
    ),
    Example(
        "bidi-control",
        Safe,
        "+++\ntitle = \"A \u{202e}b\"\n+++\n",
        "+++\ntitle = \"A b\"\n+++\n",
    ),
    Example(
        "bad-value",
        Safe,
        "+++\ntitle = \"A\"\naliases = [\"/old#part\"]\n+++\n",
        "+++\ntitle = \"A\"\naliases = [\"/old\"]\n+++\n",
    ),
    Example(
        "refused-scheme",
        NeedsReview,
        "+++\ntitle = \"A\"\nsite = \"www.example.org\"\n+++\n",
        "+++\ntitle = \"A\"\nsite = \"https://www.example.org\"\n+++\n",
    ),
    Example(
        "refused-scheme",
        Safe,
        "+++\ntitle = \"A\"\nsite = \"https://example.org/a b\"\n+++\n",
        "+++\ntitle = \"A\"\nsite = \"https://example.org/a%20b\"\n+++\n",
    ),
    Example(
        "value-not-in-list",
        Safe,
        "+++\ntitle = \"A\"\n[[except]]\nrule = \"vague-lnk\"\nreason = \"x\"\n+++\n[here](https://example.org)\n",
        "+++\ntitle = \"A\"\n[[except]]\nrule = \"vague-link\"\nreason = \"x\"\n+++\n[here](https://example.org)\n",
    ),
    Example(
        "unused-exception",
        Safe,
        "+++\ntitle = \"A\"\n\n[[except]]\nrule = \"vague-link\"\nreason = \"x\"\n\n[[sources]]\ntitle = \"S\"\n+++\n",
        "+++\ntitle = \"A\"\n\n\n[[sources]]\ntitle = \"S\"\n+++\n",
    ),
    // The text.
    Example(
        "bidi-control",
        Safe,
        "+++\ntitle = \"A\"\n+++\nA \u{202e}b",
        "+++\ntitle = \"A\"\n+++\nA b",
    ),
    Example(
        "invisible-character",
        Safe,
        "+++\ntitle = \"A\"\n+++\n#\u{a0}Part\n",
        "+++\ntitle = \"A\"\n+++\n# Part\n",
    ),
    Example(
        "repeated-title",
        NeedsReview,
        "+++\ntitle = \"A\"\n+++\n# A\nText\n",
        "+++\ntitle = \"A\"\n+++\nText\n",
    ),
    Example(
        "repeated-title",
        NeedsReview,
        "+++\ntitle = \"A\"\n+++\n# Other\n",
        "+++\ntitle = \"A\"\n+++\n## Other\n",
    ),
    Example(
        "skipped-heading",
        NeedsReview,
        "+++\ntitle = \"A\"\n+++\n## B\n\n#### C\n",
        "+++\ntitle = \"A\"\n+++\n## B\n\n### C\n",
    ),
    Example(
        "not-a-link",
        Safe,
        "+++\ntitle = \"A\"\n+++\nSee [it] (https://example.org).\n",
        "+++\ntitle = \"A\"\n+++\nSee [it](https://example.org).\n",
    ),
    Example(
        "not-a-link",
        Safe,
        "+++\ntitle = \"A\"\n+++\nSee [it](https://example.org “It”).\n",
        "+++\ntitle = \"A\"\n+++\nSee [it](https://example.org \"It\").\n",
    ),
    Example(
        "lost-cell",
        Safe,
        "+++\ntitle = \"A\"\n+++\n| a |\n|---|\n| [[a|A]] |\n",
        "+++\ntitle = \"A\"\n+++\n| a |\n|---|\n| [[a\\|A]] |\n",
    ),
    Example(
        "foreign-markup",
        Safe,
        "+++\ntitle = \"A\"\n+++\n[toc]\n\nText\n",
        "+++\ntitle = \"A\"\n+++\n\nText\n",
    ),
    Example(
        "near-markup",
        Safe,
        "+++\ntitle = \"A\"\n+++\n• one\r\n• two\r\n•three\r\n",
        "+++\ntitle = \"A\"\n+++\n- one\r\n- two\r\n- three\r\n",
    ),
    Example(
        "near-markup",
        NeedsReview,
        "+++\ntitle = \"A\"\n+++\n– one\n– two\n",
        "+++\ntitle = \"A\"\n+++\n- one\n- two\n",
    ),
    Example(
        "near-markup",
        Safe,
        "+++\ntitle = \"A\"\n+++\nH~2~O\n",
        "+++\ntitle = \"A\"\n+++\nH<sub>2</sub>O\n",
    ),
    Example(
        "near-markup",
        NeedsReview,
        "+++\ntitle = \"A\"\n+++\n| a | b |\n| c | d |\n",
        "+++\ntitle = \"A\"\n+++\n| a | b |\n| --- | --- |\n| c | d |\n",
    ),
    Example(
        "broken-link",
        Safe,
        "+++\ntitle = \"A\"\n+++\n[[The Alphabt|x]], and [y](b.md)\n",
        "+++\ntitle = \"A\"\n+++\n[[The Alphabet|x]], and [y](b.md)\n",
    ),
    Example(
        "broken-link",
        NeedsReview,
        "+++\ntitle = \"A\"\n+++\n[x](Thee-Alfabet)\n",
        "+++\ntitle = \"A\"\n+++\n[x](<The Alphabet>)\n",
    ),
    Example(
        "missing-asset",
        Safe,
        "+++\ntitle = \"A\"\n+++\n![A map](mapp.png)\n",
        "+++\ntitle = \"A\"\n+++\n![A map](map.png)\n",
    ),
];

fn sources(note: &str) -> Sources {
    support::sources(&[
        ("book.toml", BOOK),
        ("content/lessons/a.md", note),
        ("content/lessons/b.md", "+++\ntitle = \"The Alphabet\"\n+++\n"),
        ("content/lessons/map.png", ""),
    ])
}

fn workspace(note: &str) -> Workspace {
    support::open(sources(note), support::options()).0
}

/// The first problem of a rule.
fn problem(workspace: &Workspace, rule: &str) -> Option<Diagnostic> {
    workspace.diagnostics().iter().find(|problem| problem.rule.name == rule).cloned()
}

#[test]
fn each_rule_is_fixed() {
    let mut wrong = Vec::new();
    for Example(rule, safety, before, after) in EXAMPLES {
        let Some(problem) = problem(&workspace(before), rule) else {
            wrong.push(format!("{rule} is not found in {before:?}"));
            continue;
        };
        let fixed = match safety {
            Safe => {
                fix_book(support::options(), sources(before), PublishedPages::default(), &|found| {
                    *found == problem
                })
                .files
                .first()
                .map(|file| file.after.clone())
            }
            NeedsReview => {
                assert!(problem.safe_fix().is_none(), "{before:?} is said to be certain");
                problem.fixes.first().and_then(|fix| with_edits(before, &fix.edits))
            }
        };
        if fixed.as_deref() != Some(after) {
            wrong.push(format!("{rule}\n  {before:?}\n  {fixed:?}\n  {after:?}\n  {problem:?}"));
        } else if let Some(problem) = self::problem(&workspace(after), rule) {
            wrong.push(format!("{rule} is still found in {after:?}: {problem:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_what_is_wanted_is_fixed_and_a_fix_that_makes_an_error_is_not() {
    let note = "+++\nTitle = \"A\"\ntitle = \"B\"\nAge = 3\n+++\n";
    let book = fix_book(support::options(), sources(note), PublishedPages::default(), &|_| true);
    assert!(book.left > 0);
    let fixed = book.files;
    assert_eq!(fixed[0].after, "+++\nTitle = \"A\"\ntitle = \"B\"\nage = 3\n+++\n");
    assert_eq!(fixed[0].fixes.len(), 1);
    assert_eq!((fixed[0].fixes[0].line, &*fixed[0].fixes[0].title), (4, "write age"));
    assert!(
        fix_book(support::options(), sources(note), PublishedPages::default(), &|_| false)
            .files
            .is_empty()
    );
}

#[test]
fn a_file_keeps_its_line_breaks_and_its_mark() {
    let note = "\u{feff}title = “A”\r\n+++\r\nText \r\n\nmore";
    let is_wanted = |problem: &Diagnostic| problem.rule.name == "bad-front-matter";
    let fixed = fix_book(support::options(), sources(note), PublishedPages::default(), &is_wanted);
    assert_eq!(fixed.left, 0);
    let fixed = fixed.files;
    assert_eq!(fixed[0].after, "\u{feff}+++\r\ntitle = \"A\"\r\n+++\r\nText \r\n\nmore");
    assert_eq!(fixed[0].before, note);
}

/// The books of `tests/bad`, and a book for each note of the fuzzing corpus.
fn books() -> Vec<(String, Sources)> {
    let of_folder = |book: &Path| {
        let config = SourcePath::new("book.toml");
        let mut files: Vec<_> = disk::read(book, &config).expect("a book").into_files().collect();
        if !book.join("book.toml").exists() {
            files.push(support::source("book.toml", b"title = \"Book\"\n"));
        }
        (book.display().to_string(), files.into_iter().collect())
    };
    let bad = support::entries(&support::tests().join("bad"));
    let mut books: Vec<(String, Sources)> = bad.iter().map(|book| of_folder(book)).collect();
    for (name, note) in support::read_tree(&support::tests().join("fuzz/corpus")) {
        let files = [("book.toml", BOOK.as_bytes()), ("content/lessons/a.md", &note)];
        let files = files.map(|(path, bytes)| support::source(path, bytes));
        books.push((name, files.into_iter().collect()));
    }
    books
}

/// The errors of a book, without their places.
fn errors(workspace: &Workspace) -> BTreeSet<String> {
    let errors = workspace.diagnostics().iter().filter(|problem| problem.is_error());
    errors.map(|error| format!("{} {} {}", error.path, error.rule.name, error.message)).collect()
}

/// The lines of the file that no safe fix of a problem touches.
fn untouched<'t>(text: &'t str, problems: &[&Diagnostic]) -> Vec<&'t str> {
    let edits = problems.iter().filter_map(|problem| problem.safe_fix()).flat_map(|fix| &fix.edits);
    let edits: Vec<_> = edits.map(|edit| edit.span).collect();
    let mut at = 0;
    let lines = text.split_inclusive('\n').filter(|line| {
        let (start, end) = (at, at + line.len());
        at = end;
        !edits.iter().any(|edit| (edit.start as usize) < end && edit.end as usize >= start)
    });
    lines.collect()
}

#[test]
fn fixes_make_no_error_and_touch_nothing_else() {
    let (mut fixed, mut is_seen) = (0, BTreeSet::new());
    for (name, sources) in books() {
        let before = support::open(sources.clone(), support::options()).0;
        for problem in before.diagnostics() {
            let text = before.sources().get(&problem.path).and_then(|source| source.text());
            for fix in &problem.fixes {
                is_seen.insert(problem.rule.name);
                let edited = with_edits(text.expect("a text"), &fix.edits);
                assert!(edited.is_some_and(|edited| Some(&*edited) != text), "{name}: {problem:?}");
            }
        }
        if !before.diagnostics().iter().any(|problem| problem.safe_fix().is_some()) {
            continue;
        }
        let files =
            fix_book(support::options(), sources.clone(), PublishedPages::default(), &|_| true)
                .files;
        let put = |sources: &mut Sources, FixedFile { path, after, .. }: &FixedFile| {
            let source = support::source(path.as_str(), after.as_bytes());
            sources.apply(vec![fieldbook::source::SourceEdit::Put(source)]);
        };
        let mut after = sources.clone();
        files.iter().for_each(|file| put(&mut after, file));
        for file in &files {
            let problems = before.diagnostics().iter().filter(|problem| problem.path == file.path);
            let problems: Vec<&Diagnostic> = problems.collect();
            let mut lines = file.after.split_inclusive('\n');
            // An exception from a misspelt rule may turn out to be one that nothing needs.
            let is_deleted = |fix: &AppliedFix| fix.rule.name == "unused-exception";
            let untouched = match file.fixes.iter().any(is_deleted) {
                true => Vec::new(),
                false => untouched(&file.before, &problems),
            };
            for line in untouched {
                assert!(lines.any(|other| other == line), "{name}: {line:?} is lost");
            }
            fixed += file.fixes.len();
        }
        let again =
            fix_book(support::options(), after.clone(), PublishedPages::default(), &|_| true).files;
        assert!(again.is_empty(), "{name}: not all is fixed at once: {again:?}");
        let after = support::open(after, support::options()).0;
        let new: Vec<String> = errors(&after).difference(&errors(&before)).cloned().collect();
        assert!(new.is_empty(), "{name}: {new:?}");
    }
    println!("{fixed} problems fixed");
    assert!(fixed > 40, "only {fixed} problems were fixed");
    // Fixes of the configuration are shown by `fixed`.
    let shown = EXAMPLES.iter().map(|example| example.0).chain(["bad-config"]);
    let shown: BTreeSet<&str> = shown.collect();
    let missing: Vec<&&str> = is_seen.difference(&shown).collect();
    assert!(missing.is_empty(), "no example shows the fixes of {missing:?}");
}
