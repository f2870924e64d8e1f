//! The commands themselves, run on books in folders of their own.

use crate::support::book::{Book, Run, finish};

const BROKEN: &str = "+++\ntitle = \"Bad\"\n+++\n\n[[Secund]]\n";
const WARNED: &str = "+++\ntitle = \"Warned\"\n+++\n\n#### Deep\n";

/// Runs `check` as outside of GitHub Actions.
pub(crate) fn check(book: &Book, arguments: &[&str]) -> Run {
    let mut command = book.command(&["check", "--today", "2026-11-22"]);
    for variable in ["GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR"]
    {
        command.env_remove(variable);
    }
    finish(command.args(arguments))
}

fn bad() -> Book {
    let book = Book::small();
    book.write("content/bad.md", BROKEN);
    book.write("content/lessons/warned.md", WARNED);
    book
}

#[test]
fn a_check_writes_nothing_and_ends_as_a_build_does() {
    let book = Book::small();
    let run = check(&book, &[]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
    assert!(run.err.starts_with("3 notes, 0 errors, 0 warnings in "), "{}", run.err);
    let book = bad();
    let run =
        check(&book, &[]).ends(1).says("did you mean").says("bad.md:5:1").says("skipped-heading");
    assert!(run.last_line().starts_with("5 notes, 1 error, 1 warning in "), "{}", run.last_line());
    assert!(!book.has("public") && !book.has(".fieldbook"));
    book.write("book.toml", "titel = \"x\"\n");
    check(&book, &[]).ends(2);
}

#[test]
fn it_fails_from_the_level_that_is_asked_for() {
    let book = bad();
    let code = |arguments: &[&str]| check(&book, arguments).code;
    assert_eq!(code(&["--fail-on", "never"]), Some(0));
    assert_eq!(code(&["--fail-on", "error"]), Some(1));
    book.remove("content/bad.md");
    assert_eq!(code(&["--fail-on", "error"]), Some(0));
    assert_eq!(code(&["--fail-on", "warning"]), Some(1));
}

#[test]
fn it_reports_on_the_paths_that_are_asked_for() {
    let book = bad();
    let on = |path: &str| check(&book, &["--format", "line", path]);
    assert!(on("content/bad.md").out.starts_with("content/bad.md:5:1: error[broken-link]"));
    let folder = on("content/lessons");
    assert!(folder.out.starts_with("content/lessons/warned.md:5:1: warning["), "{}", folder.out);
    assert_eq!((folder.code, on("content/index.md").out.as_str()), (Some(0), ""));
    assert_eq!(on("content/gone.md").code, Some(2));
    assert_eq!(on("/").code, Some(2));
}

#[test]
fn a_configuration_that_is_wrong_is_said_whatever_is_asked_for() {
    let book = Book::small();
    book.write("book.toml", "title = Small\n\n[kinds.lesson]\nfolder = \"lessons\"\n");
    for path in ["content/index.md", "content/lessons"] {
        let run = check(&book, &[path]).ends(2).says("book.toml:1:9").says("title = \"Small\"");
        assert!(run.last_line().starts_with("3 notes, 1 error, 0 warnings"), "{}", run.last_line());
    }
}

#[test]
fn a_line_is_one_line() {
    let book = Book::small();
    book.write("content/bad.md", "+++\ntitle = \"Bad\"\n+++\n\n[[a\nb]]\n");
    let out = check(&book, &["--format", "line"]).out;
    assert_eq!(out, "content/bad.md:5:1: error[broken-link]: no note is called \"a b\"\n");
}

#[test]
fn what_is_known_is_left_out() {
    let book = bad();
    let report = check(&book, &["--format", "json"]).out;
    book.write("known.json", &report);
    let known = book.path("known.json");
    let known = known.to_str().expect("text");
    check(&book, &["--baseline", known]).ends(0).says("2 known problems left out");
    // The same problem a second time is new, wherever it is.
    book.write("content/bad.md", format!("{BROKEN}\nAnd [[Secund]].\n"));
    check(&book, &["--baseline", known]).ends(1).says("1 error, 0 warnings, 2 known problems");
    // PowerShell writes UTF-16.
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(report.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    book.write("known.json", wide);
    check(&book, &["--baseline", known]).ends(1).says("2 known problems left out");
    book.write("known.json", b"{\xe9}");
    check(&book, &["--baseline", known]).ends(2).says("this file is not text in UTF-8");
    book.write("known.json", "{}");
    check(&book, &["--baseline", known]).ends(2).says("not a report of version 1");
}

#[test]
fn github_is_found_out_and_gets_its_summary() {
    let book = bad();
    let run = |summary: bool| {
        let mut command = book.command(&["check", "--today", "2026-11-22"]);
        command
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_WORKSPACE", book.root().parent().expect("a folder"));
        match summary {
            true => command.env("GITHUB_STEP_SUMMARY", book.path("summary.md")),
            false => command.env_remove("GITHUB_STEP_SUMMARY"),
        };
        finish(&mut command)
    };
    let folder = book.root().file_name().expect("a name").to_string_lossy().into_owned();
    let first =
        format!("::error file={folder}/content/bad.md,line=5,endLine=5,col=1,endColumn=11,");
    let found = run(true);
    assert!(found.out.starts_with(&first), "{}", found.out);
    assert_eq!(found.out.lines().count(), 2);
    assert!(book.read("summary.md").contains("/content/lessons/warned.md:5:1` | warning: "));
    assert!(run(false).out.contains("\ncontent/bad.md:5:1: error[broken-link]"));
}

#[test]
fn rules_are_explained() {
    let book = Book::small();
    let explain = |code: &[&str]| book.run(&[&["explain"], code].concat());
    assert!(explain(&["broken-link"]).out.starts_with("# `broken-link`\n"));
    assert!(explain(&[]).out.contains("\norphan                 off    * A note that"));
    assert!(explain(&["broken-lnk"]).ends(2).err.contains("did you mean broken-link?"));
}

#[test]
fn schemas_are_printed() {
    let book = Book::small();
    let schema = |kind: &[&str]| book.run(&[&["schema"], kind].concat());
    assert!(schema(&["--kind", "lesson"]).out.contains("\"Front matter: Lesson\""));
    assert!(schema(&[]).out.contains("\"The configuration of a Fieldbook\""));
    assert!(schema(&["--kind", "leson"]).ends(2).err.contains("did you mean lesson?"));
}

#[test]
fn many_problems_are_counted_by_rule() {
    let book = Book::small();
    let links: String = (0..30).map(|n| format!("[[nothing {n}]]\n")).collect();
    book.write("content/bad.md", format!("+++\ntitle = \"Bad\"\n+++\n{links}"));
    book.write("content/lessons/warned.md", WARNED);
    let run = check(&book, &[]).ends(1).says("31 problems, by rule:").says("     30  broken-link");
    let run = run.says("broken-link = \"warning\"").says("--format json > baseline.json");
    assert!(
        run.last_line().starts_with("5 notes, 30 errors, 1 warning in "),
        "{}",
        run.last_line()
    );
    finish(&mut book.command(&["build"])).ends(1).says("31 problems, by rule:");
    let json = check(&book, &["--format", "json"]);
    assert!(!json.err.contains("by rule"), "{}", json.err);
    book.write("baseline.json", &json.out);
    let known = book.path("baseline.json");
    let known = check(&book, &["--baseline", known.to_str().expect("text")]);
    assert!(known.code == Some(0) && !known.err.contains("by rule"), "{}", known.err);
    book.remove("content/bad.md");
    assert!(!check(&book, &[]).err.contains("by rule"));
}
