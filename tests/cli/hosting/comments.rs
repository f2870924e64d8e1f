//! Comments on proposals: the scripts of both jobs, one after the other, on a repository with what strangers might write.

use std::io::{Cursor, Write};

use serde_json::{Value, json};

use super::host::{Host, git};
use crate::support::book::Book;
use crate::support::harmless::HOSTILE;

/// The list of open pull requests for the branch.
const PULLS: &str = "GET repos_o_r_pulls";

/// The artifacts of the run.
const ARTIFACTS: &str = "GET repos_o_r_actions_runs_7_artifacts";

/// The archive with the record.
const ARCHIVE: &str = "GET repos_o_r_actions_artifacts_5_zip";

/// The comments below the pull request.
const COMMENTS: &str = "GET repos_o_r_issues_3_comments";

/// The comments beside its lines.
const LINE_COMMENTS: &str = "GET repos_o_r_pulls_3_comments";

/// A new comment.
const POST: &str = "POST repos_o_r_issues_3_comments";

/// A comment that is edited.
const PATCH: &str = "PATCH repos_o_r_issues_comments_11";

/// A review with suggestions.
const REVIEW: &str = "POST repos_o_r_pulls_3_reviews";

/// A name of a branch that would run a program, if a shell read it.
const BRANCH: &str = "x$(touch${IFS}pwned)`touch${IFS}pwned`;touch-pwned";

/// A note with two mistakes whose remedy is certain, in the second of which a word stands beside signs of a shell.
const NOTE: &str = "+++\ntitle = \"New @everyone <img src=x> $(touch pwned)\"\ndate = 24.06.2024\n+++\n\n\
                    ##\u{a0}What `touch pwned` ``` $(touch pwned).\n\nSee [[first]].\n";

/// Returns a repository with a proposal: the book before it on `main`, and a branch with another note.
fn proposal(note: &str) -> Book {
    let book = Book::small();
    book.run(&["ci", "github"]).ends(0);
    git(book.root(), &["init", "--quiet", "-b", "main"]);
    git(book.root(), &["add", "--all"]);
    git(book.root(), &["commit", "--quiet", "-m", "A book"]);
    git(book.root(), &["switch", "--quiet", "-c", BRANCH]);
    book.write("content/lessons/$(touch pwned) @everyone.md", note);
    git(book.root(), &["add", "--all"]);
    git(book.root(), &["commit", "--quiet", "-m", "$(touch pwned)"]);
    book
}

/// Runs the job that may only read, and returns its record.
#[track_caller]
fn compared(book: &Book, host: &Host) -> Vec<u8> {
    let base = git(book.root(), &["rev-parse", "main"]);
    host.runs(book, ".github/workflows/book.yml", "Compare", &[("BASE", &base)]);
    assert!(
        host.path("temp/review/changes.html").is_file() && host.path("temp/summary.md").is_file()
    );
    std::fs::read(host.path("temp/review/review.json")).expect("a record")
}

fn archived(record: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("review.json", options).expect("an archive");
    archive.write_all(record).expect("an archive");
    archive.finish().expect("an archive").into_inner()
}

/// Runs the job that may comment.
#[track_caller]
fn comments(book: &Book, host: &Host, record: &[u8]) -> String {
    let commit = git(book.root(), &["rev-parse", "HEAD"]);
    let size =
        json!({ "artifacts": [{ "name": "review", "id": 5, "size_in_bytes": record.len() }] });
    host.answers(PULLS, json!([{ "number": 3, "head": { "sha": commit } }]).to_string());
    host.answers(ARTIFACTS, size.to_string());
    host.answers(ARCHIVE, archived(record));
    let variables = [
        ("REPOSITORY", "o/r"),
        ("RUN", "7"),
        ("RUN_URL", "https://github.com/o/r/actions/runs/7"),
        ("HEAD", &format!("stranger:{BRANCH}")),
        ("COMMIT", &commit),
        ("GH_TOKEN", "the-token"),
    ];
    host.runs(book, ".github/workflows/comment.yml", "Comment", &variables)
}

/// Fails the test if a text of a stranger was executed.
#[track_caller]
pub(super) fn nothing_was_executed(book: &Book, host: &Host) {
    let is_there = |place: std::path::PathBuf| place.join("pwned").exists();
    assert!(
        !is_there(book.path(""))
            && !is_there(host.path("temp/comment"))
            && !is_there(host.path("temp"))
    );
}

/// Fails the test if a comment makes more of a stranger's text than words.
#[track_caller]
pub(super) fn harmless(comment: &str) {
    let mut html = comrak::markdown_to_html(comment, &comrak::Options::default());
    // Code is shown as it is.
    while let Some((start, end)) = html.find("<code>").zip(html.find("</code>")) {
        html.replace_range(start..end + "</code>".len(), "");
    }
    let harm = [
        "<script",
        "<img",
        "<a href=\"https://evil",
        "<h1",
        "@everyone",
        "\u{202e}",
        "\u{1b}",
        "<pre",
    ];
    for markup in harm {
        assert!(!html.contains(markup), "{markup}: {comment}\n{html}");
    }
}

fn body(comment: &Value) -> &str {
    comment["body"].as_str().expect("a text")
}

#[test]
fn a_comment_is_made_once_then_kept_up_to_date() {
    let (book, host) = (proposal(NOTE), Host::new());
    let record = compared(&book, &host);
    let said = comments(&book, &host, &record);
    let first = host.sent(POST).expect("a comment");
    let text = body(&first);
    assert!(text.starts_with("<!-- fieldbook review -->\n## What changes on the site\n"), "{text}");
    assert!(text.contains("1 new note") && text.contains("/actions/runs/7#artifacts"), "{text}");
    harmless(text);
    assert!(!text.contains("the-token") && !said.contains("the-token"), "{text}{said}");
    let asked = host.asked();
    assert!(asked.contains(&format!("head=stranger:{BRANCH}")), "{asked}");
    nothing_was_executed(&book, &host);

    // Four more pushes.
    let made = host.sent(REVIEW).expect("suggestions");
    let made: Vec<Value> = made["comments"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| json!({ "user": { "login": "github-actions[bot]" }, "body": it["body"] }))
        .collect();
    host.answers(LINE_COMMENTS, Value::Array(made).to_string());
    let bot = json!({ "id": 11, "user": { "login": "github-actions[bot]" }, "body": text });
    // A stranger's comment that looks alike is not touched.
    let stranger = json!({ "id": 10, "user": { "login": "stranger" }, "body": text });
    // The host answers in pages.
    host.answers(COMMENTS, format!("{}\n{}", json!([stranger]), json!([bot])));
    for push in 0..4 {
        book.write(
            "content/lessons/more.md",
            format!("+++\ntitle = \"More {push}\"\n+++\n\nText.\n"),
        );
        git(book.root(), &["add", "--all"]);
        git(book.root(), &["commit", "--quiet", "-m", "More"]);
        comments(&book, &host, &compared(&book, &host));
        let comment = host.sent(PATCH).expect("the comment is edited");
        assert!(body(&comment).contains(&format!("More {push}")), "{}", body(&comment));
        assert!(host.sent(POST).is_none() && host.sent(REVIEW).is_none(), "nothing is said twice");
    }
    nothing_was_executed(&book, &host);
}

#[test]
fn a_suggestion_applied_as_it_stands_removes_its_finding() {
    let (book, host) = (proposal(NOTE), Host::new());
    comments(&book, &host, &compared(&book, &host));
    let review = host.sent(REVIEW).expect("suggestions");
    assert_eq!(review["event"], "COMMENT");
    assert_eq!(review["commit_id"], git(book.root(), &["rev-parse", "HEAD"]));
    let suggested = review["comments"].as_array().expect("a list");
    assert_eq!(suggested.len(), 2, "{review:#}");
    let findings =
        || book.run(&["check", "--format", "line", "--fail-on", "never"]).out.lines().count();
    for suggestion in suggested {
        let path = suggestion["path"].as_str().expect("a path");
        let (lines, last) =
            (book.read(path), suggestion["line"].as_u64().expect("a line") as usize);
        let first = suggestion["start_line"].as_u64().map_or(last, |first| first as usize);
        let text = body(suggestion);
        let (_, block) = text.split_once("suggestion\n").expect("a block");
        let fence = text.lines().find(|line| line.starts_with("```")).expect("a fence");
        let fence = fence.trim_end_matches("suggestion");
        let (new, _) = block.split_once(&format!("{fence}\n")).expect("the end of the block");
        let old: Vec<&str> = lines.split_inclusive('\n').collect();
        let before = findings();
        book.write(path, old[..first - 1].concat() + new + &old[last..].concat());
        assert!(findings() < before, "{text}");
    }
    assert_eq!(book.run(&["fix", "--diff"]).code, Some(0), "nothing is left to fix");
    nothing_was_executed(&book, &host);
}

#[test]
fn only_lines_of_the_proposal_get_suggestions() {
    let book = Book::small();
    book.run(&["ci", "github"]).ends(0);
    book.write("content/lessons/old.md", "+++\ntitle = \"Old\"\ndate = 24.06.2024\n+++\n\nText.\n");
    git(book.root(), &["init", "--quiet", "-b", "main"]);
    git(book.root(), &["add", "--all"]);
    git(book.root(), &["commit", "--quiet", "-m", "A book"]);
    book.write(
        "content/lessons/old.md",
        "+++\ntitle = \"Old\"\ndate = 24.06.2024\n+++\n\nText.\n\n##\u{a0}Another\n",
    );
    git(book.root(), &["commit", "--quiet", "--all", "-m", "Another"]);
    let host = Host::new();
    let base = git(book.root(), &["rev-parse", "HEAD^"]);
    host.runs(&book, ".github/workflows/book.yml", "Compare", &[("BASE", &base)]);
    let record = std::fs::read_to_string(host.path("temp/review/review.json")).expect("a record");
    let record: Value = serde_json::from_str(&record).expect("JSON");
    let lines: Vec<&Value> =
        record["suggestions"].as_array().expect("a list").iter().map(|it| &it["first"]).collect();
    assert_eq!(lines, [8], "{record:#}");
}

/// Returns a record in which each text is one that a stranger might write.
fn hostile(record: &[u8], text: &str) -> Vec<u8> {
    fn replace(value: &mut Value, text: &str) {
        match value {
            Value::String(old) => {
                // The names of sorts are read as such, and refused otherwise.
                let sorts = ["added", "removed", "moved", "published", "unpublished", "edited"];
                let causes =
                    ["own-text", "linked-from", "links-to", "terms", "whole-site", "other-notes"];
                if !sorts.contains(&&**old) && !causes.contains(&&**old) {
                    *old = text.to_owned();
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| replace(item, text)),
            Value::Object(keys) => keys.values_mut().for_each(|value| replace(value, text)),
            _ => {}
        }
    }
    let mut record: Value = serde_json::from_slice(record).expect("JSON");
    record["comparison"]["standings"] =
        json!([{ "note": { "path": "x", "title": "x" }, "before": "x", "after": "x" }]);
    record["comparison"]["problems"] =
        json!([{ "path": "x", "line": 1, "rule": "x", "is_error": true, "message": "x" }]);
    record["comparison"]["lost"] = json!([{ "address": "x", "title": "x" }]);
    replace(&mut record, text);
    record.to_string().into_bytes()
}

#[test]
fn a_record_is_data_whoever_wrote_it() {
    let (book, host) = (proposal(NOTE), Host::new());
    let record = compared(&book, &host);
    let further = [
        "@everyone #1 https://evil.example/ <script>alert(1)</script> ![x](https://evil.example/x.png)",
        "$(touch pwned) `touch pwned` ```\n\n# Heading\n<!-- fieldbook review -->",
    ];
    for text in HOSTILE.iter().copied().chain(further) {
        comments(&book, &host, &hostile(&record, text));
        let comment = host.sent(POST).expect("a comment");
        let said = body(&comment);
        harmless(said);
        // The paths in it are those of no note, so nothing is suggested.
        assert!(host.sent(REVIEW).is_none());
        nothing_was_executed(&book, &host);
    }
}

#[test]
fn a_suggestion_of_a_forged_record_is_of_a_note_and_short() {
    let (book, host) = (proposal(NOTE), Host::new());
    let record: Value = serde_json::from_slice(&compared(&book, &host)).expect("JSON");
    let suggestion = |path: &str, first: u64, last: u64, lines: &[&str]| {
        let mut forged = record.clone();
        forged["suggestions"] = json!([
            { "path": path, "first": first, "last": last, "lines": lines, "fixes": ["x", "@everyone"] }
        ]);
        comments(&book, &host, forged.to_string().as_bytes());
        host.sent(REVIEW).map(|review| body(&review["comments"][0]).to_owned())
    };
    let long = "x".repeat(10_000);
    for (path, first, last, lines) in [
        (".github/workflows/book.yml", 1, 1, &["x"][..]),
        ("content/x.md\u{202e}", 1, 1, &["x"]),
        ("content/x.md", 0, 1, &["x"]),
        ("content/x.md", 2, 1, &["x"]),
        ("content/x.md", 1, u64::MAX, &["x"]),
        ("content/x.md", 1, 1, &[&long]),
        ("content/x.md", 1, 1, &["x"; 100]),
    ] {
        assert_eq!(suggestion(path, first, last, lines), None, "{path} {first} {last}");
    }
    let said =
        suggestion("content/x.md", 1, 1, &["````", "@everyone\n<img src=x>"]).expect("a comment");
    let block = "`````suggestion\n````\n@everyone <img src=x>\n`````\n";
    assert!(said.contains(block), "{said}");
    assert!(!said.replace(block, "").contains("@everyone"), "{said}");
}

#[test]
fn what_is_no_record_is_refused() {
    let book = Book::small();
    let record = book.path("record.zip");
    let place = |name: &str| book.path(name).display().to_string();
    let mut wide = serde_json::to_vec(&json!({ "version": 1 })).expect("JSON");
    wide.resize(20_000_000, b' ');
    let other = archived(b"{\"version\": 9, \"comparison\": 1}");
    for bytes in [b"".as_slice(), b"{}", b"PK", b"PK\x03\x04 no archive", &archived(&wide), &other]
    {
        std::fs::write(&record, bytes).expect("a file");
        let run = book.run(&[
            "ci",
            "comment",
            &place("record.zip"),
            "--commit",
            "abc",
            "--comment",
            &place("c.json"),
            "--suggestions",
            &place("s.json"),
        ]);
        run.ends(2).says("record.zip: ");
        assert!(!book.has("c.json") && !book.has("s.json"));
    }
}

#[test]
fn an_older_commit_gets_no_comment() {
    let (book, host) = (proposal(NOTE), Host::new());
    let record = compared(&book, &host);
    host.answers(PULLS, json!([{ "number": 3, "head": { "sha": "another" } }]).to_string());
    host.answers(ARCHIVE, archived(&record));
    let variables = [
        ("REPOSITORY", "o/r"),
        ("RUN", "7"),
        ("RUN_URL", ""),
        ("HEAD", "a:b"),
        ("COMMIT", "abc"),
        ("GH_TOKEN", ""),
    ];
    let said = host.runs(&book, ".github/workflows/comment.yml", "Comment", &variables);
    assert!(said.contains("No open pull request") && host.sent(POST).is_none(), "{said}");
}

#[test]
fn the_job_on_gitlab_keeps_what_it_finds_also_if_it_fails() {
    let (book, host) = (proposal(NOTE), Host::new());
    book.run(&["ci", "gitlab"]).ends(0);
    let base = git(book.root(), &["rev-parse", "main"]);
    let run = |book: &Book| {
        let workflow = super::host::json(&book.read(".gitlab-ci.yml"));
        let script = workflow["book"]["script"][1].as_str().expect("a script").to_owned();
        let mut command = host.bash(book, &script);
        command.env("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base).env("CI_PAGES_DOMAIN", "gitlab.io");
        command.env("CI_PROJECT_ROOT_NAMESPACE", "group").env("CI_PROJECT_PATH", "group/sub/book");
        command.env("CI_JOB_ID", "7").env("TMPDIR", host.path("temp"));
        command.output().expect("Bash is installed")
    };
    let done = run(&book);
    assert_eq!(done.status.code(), Some(1), "{}", String::from_utf8_lossy(&done.stderr));
    let found: Value = serde_json::from_str(&book.read("review/code-quality.json")).expect("JSON");
    assert!(found.as_array().is_some_and(|found| found.len() > 1), "{found}");
    assert!(book.read("review/changes.html").contains("touch pwned") && !book.has("review/site"));
    nothing_was_executed(&book, &host);

    std::fs::remove_dir_all(book.path("review")).expect("a folder");
    book.write(
        "content/lessons/$(touch pwned) @everyone.md",
        NOTE.replace("24.06.2024", "2024-06-24"),
    );
    let done = run(&book);
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    let site = "https://group.gitlab.io/-/sub/book/-/jobs/7/artifacts/review/site/index.html";
    assert_eq!(book.read("review/site.env"), format!("SITE_URL={site}\n"));
    assert!(book.has("review/site/index.html") && !book.has("review/site/review"));
}

#[test]
fn the_job_on_forgejo_keeps_what_changes() {
    let (book, host) = (proposal(NOTE), Host::new());
    book.run(&["ci", "forgejo"]).ends(0);
    let base = git(book.root(), &["rev-parse", "main"]);
    let said = host.runs(&book, ".forgejo/workflows/book.yml", "Compare", &[("BASE", &base)]);
    assert!(
        said.contains("1 new note") && host.path("temp/review/changes.html").is_file(),
        "{said}"
    );
    nothing_was_executed(&book, &host);
}

#[test]
fn overdue_reviews_are_one_issue() {
    let book = Book::small();
    book.run(&["ci", "github"]).ends(0);
    let (host, variables) = (Host::new(), [("REPOSITORY", "o/r"), ("GH_TOKEN", "")]);
    let issues = "GET repos_o_r_issues";
    let report =
        |host: &Host| host.runs(&book, ".github/workflows/weekly.yml", "Report", &variables);
    report(&host);
    assert!(!host.asked().contains("POST"), "nothing is overdue");
    let note = "+++\ntitle = \"Old\"\nreview-by = 2020-01-01\n+++\n\nText.\n";
    book.write("content/lessons/$(touch pwned) @everyone.md", note);
    report(&host);
    let issue = host.sent("POST repos_o_r_issues").expect("an issue");
    assert!(body(&issue).starts_with("<!-- fieldbook overdue -->\n"), "{issue}");
    assert!(body(&issue).contains("2020\\-01\\-01"), "{issue}");
    host.answers(
        issues,
        json!([{ "number": 4, "body": null }, { "number": 5, "body": issue["body"] }]).to_string(),
    );
    report(&host);
    assert!(
        host.sent("PATCH repos_o_r_issues_5").is_some()
            && host.sent("POST repos_o_r_issues").is_none()
    );
    host.asked();
    book.remove("content/lessons/$(touch pwned) @everyone.md");
    report(&host);
    assert!(host.asked().contains("PATCH repos_o_r_issues_5 state=closed"));
    nothing_was_executed(&book, &host);
}
