//! `check --fix` and `check --diff`, run on books in folders of their own.

use fieldbook::disk::{RewriteOutcome, rewrite};
use fieldbook::path::SourcePath;

use crate::command::check;
use crate::support::book::Book;

const BROKEN: &str = "+++\ntitle: Bad\n+++\n\nText\n";
const FIXED: &str = "+++\ntitle = \"Bad\"\n+++\n\nText\n";

fn bad() -> Book {
    let book = Book::small();
    book.write("content/bad.md", BROKEN);
    book
}

/// The names of the files of a folder.
fn names(book: &Book, folder: &str) -> Vec<String> {
    let entries = crate::support::entries(&book.path(folder));
    let name = |path: &std::path::PathBuf| path.file_name().map(|n| n.to_string_lossy().into());
    entries.iter().filter_map(name).collect()
}

#[test]
fn problems_are_fixed_and_the_others_reported() {
    let book = bad();
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\n[[Nothing]]\n");
    let run = check(&book, &["--fix"]).ends(1);
    let fix = "content/bad.md:2: fixed[bad-front-matter]: write it like this: title = \"Bad\"\n";
    let run = run.says(fix).says("1 problem fixed in 1 file\n").says("error[broken-link]");
    assert!(!run.err.contains("error[bad-front-matter]"), "{}", run.err);
    assert!(run.last_line().starts_with("4 notes, 1 error, 0 warnings in "), "{}", run.last_line());
    assert_eq!(book.read("content/bad.md"), FIXED);
    assert_eq!(names(&book, "content"), ["bad.md", "index.md", "lessons"]);
    check(&book, &["--fix"]).ends(1).says("Nothing was fixed\n");
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n");
    check(&book, &["--fix"]).ends(0);
}

#[test]
fn a_report_for_programs_stays_one() {
    let book = bad();
    let run = check(&book, &["--fix", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!((run.code, &report["errors"]), (Some(0), &0.into()), "{}", run.out);
    assert!(run.err.contains("fixed[bad-front-matter]"), "{}", run.err);
}

#[test]
fn a_report_carries_the_fixes() {
    let book = bad();
    let run = check(&book, &[]).ends(1);
    assert!(run.last_line().ends_with(" ms; fieldbook fix may fix 1"), "{}", run.last_line());
    let report = check(&book, &["--format", "json"]).out;
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let fix = serde_json::json!([{
        "title": "write it like this: title = \"Bad\"",
        "safety": "safe",
        "edits": [{ "start": 4, "end": 14, "text": "title = \"Bad\"" }],
    }]);
    assert_eq!(report["problems"][0]["fixes"], fix);
    let report = check(&book, &["--format", "sarif"]).out;
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let change = &report["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    let region = serde_json::json!({
        "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 11,
        "byteOffset": 4, "byteLength": 10,
    });
    assert_eq!(change["artifactLocation"]["uri"], "content/bad.md");
    assert_eq!(change["replacements"][0]["deletedRegion"], region);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "title = \"Bad\"");
}

#[test]
fn a_diff_is_shown_and_nothing_written() {
    let book = bad();
    let crlf = BROKEN.replace('\n', "\r\n");
    book.write("content/bad.md", &crlf);
    for option in ["--diff", "--dry-run"] {
        let run = check(&book, &[option]);
        let diff = "--- a/content/bad.md\n+++ b/content/bad.md\n@@ -1,5 +1,5 @@\n +++\n-title: Bad\n\
                    +title = \"Bad\"\n +++\n \n Text\n";
        assert_eq!((run.code, run.out.as_str()), (Some(1), diff), "{}", run.err);
        assert_eq!(run.err, "1 problem would be fixed in 1 file\n");
    }
    assert_eq!(book.read("content/bad.md"), crlf);
    book.write("content/bad.md", FIXED);
    let run = check(&book, &["--diff"]).ends(0);
    assert_eq!(run.err, "Nothing would be fixed\n");
    assert_eq!(check(&book, &["--diff", "--fix"]).code, Some(2));
}

#[test]
fn only_the_paths_that_are_asked_for_are_fixed() {
    let book = bad();
    book.write("content/lessons/bad.md", BROKEN);
    check(&book, &["--fix", "content/lessons"]).ends(0);
    assert_eq!(book.read("content/lessons/bad.md"), FIXED);
    assert_eq!(book.read("content/bad.md"), BROKEN);
}

#[test]
fn a_byte_order_mark_and_line_breaks_stay() {
    let book = bad();
    let note = format!("\u{feff}{}", BROKEN.replace('\n', "\r\n"));
    book.write("content/bad.md", &note);
    book.write("book.toml", "title = \"Small\"\n[kinds.lesson]\nfolder = \"lessons\"\n[check]\ninvisible-character = \"off\"\n");
    check(&book, &["--fix"]).ends(0).says("1 problem fixed");
    let fixed = format!("\u{feff}{}", FIXED.replace('\n', "\r\n"));
    assert_eq!(book.read("content/bad.md"), fixed);
}

#[test]
fn the_configuration_is_fixed_too() {
    let book = Book::small();
    book.write("book.toml", "title = “Small”\n\n[kinds.lesson]\nfolder = \"lessons\"\n");
    check(&book, &["--fix"]).ends(0).says("book.toml:1: fixed[bad-config]");
    assert!(book.read("book.toml").starts_with("title = \"Small\"\n"));
}

#[test]
fn a_file_that_changed_meanwhile_is_left() {
    let book = bad();
    let (root, path) =
        (book.root().canonicalize().expect("a folder"), SourcePath::new("content/bad.md"));
    let outcome = rewrite(&root, &path, FIXED, "x").expect("a file");
    assert_eq!(outcome, RewriteOutcome::Left("it was changed meanwhile"));
    assert_eq!(book.read("content/bad.md"), BROKEN);
    assert_eq!(rewrite(&root, &path, BROKEN, FIXED).expect("a file"), RewriteOutcome::Written);
    assert_eq!(book.read("content/bad.md"), FIXED);
    book.remove("content/bad.md");
    assert_eq!(rewrite(&root, &path, FIXED, "x").ok(), Some(RewriteOutcome::Left("it is gone")));
    assert!(!book.has("content/bad.md"));
    for outside in ["../a.md", "/a.md", "content/../a.md"] {
        let left = rewrite(&root, &SourcePath::new(outside), "", "x");
        assert!(!matches!(left, Ok(RewriteOutcome::Written)), "{outside}: {left:?}");
    }
    assert_eq!(names(&book, "content"), ["index.md", "lessons"]);
}

#[cfg(unix)]
#[test]
fn links_and_files_that_are_read_only_are_left() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let book = bad();
    let mode = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(book.path("content/bad.md"), permissions).expect("a file");
    };
    mode(0o444);
    let left = "content/bad.md can be fixed, but was left as it is: it is read-only";
    check(&book, &["--fix"]).ends(1).says(left).says("Nothing was fixed");
    assert_eq!(book.read("content/bad.md"), BROKEN);
    mode(0o640);
    check(&book, &["--fix"]).ends(0);
    let metadata = std::fs::metadata(book.path("content/bad.md")).expect("a file");
    assert_eq!(
        (book.read("content/bad.md").as_str(), metadata.permissions().mode() & 0o777),
        (FIXED, 0o640)
    );
    // A link to a file, and one to a folder.
    book.write("static/bad.txt", BROKEN);
    book.remove("content/bad.md");
    symlink("../static/bad.txt", book.path("content/bad.md")).expect("a link");
    let left = "content/bad.md can be fixed, but was left as it is: a link leads to it";
    check(&book, &["--fix"]).ends(1).says(left);
    assert_eq!(book.read("static/bad.txt"), BROKEN);
    assert!(book.path("content/bad.md").is_symlink());
    book.remove("content/bad.md");
    book.write("static/notes/bad.md", BROKEN);
    symlink("../static/notes", book.path("content/more")).expect("a link");
    check(&book, &["--fix"]).ends(1).says("content/more/bad.md can be fixed, but was left");
    assert_eq!(book.read("static/notes/bad.md"), BROKEN);
}
