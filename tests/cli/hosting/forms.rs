//! Notes made of submitted forms.

use std::io::Write;
use std::process::Stdio;

use serde_json::{Value, json};

use super::host::{Host, git};
use crate::support::book::{Book, Run};
use crate::support::harmless::HOSTILE;

/// A book with a kind that asks for much.
fn book() -> Book {
    let book = Book::small();
    book.write(
        "book.toml",
        "title = \"Small\"\n\n[kinds.theme]\nfolder = \"themes\"\n\n[kinds.lesson]\nfolder = \"lessons\"\n\n\
         [kinds.lesson.fields]\nthemes = { to = \"theme\", many = true, required = true }\n\
         basis = { one-of = [\"evaluated\", \"reported\"], required = true }\nplaces = { text = true, many = true }\n\
         sure = { flag = true }\n",
    );
    book.write(
        "content/lessons/first.md",
        "+++\ntitle = \"First\"\nthemes = [\"money\"]\nbasis = \"reported\"\n+++\n\nOne.\n",
    );
    book.write(
        "content/lessons/second.md",
        "+++\ntitle = \"Second\"\nthemes = [\"money\"]\nbasis = \"reported\"\n+++\n\nTwo.\n",
    );
    book.write("content/themes/money.md", "+++\ntitle = \"Money\"\n+++\n");
    book.write("content/themes/gender.md", "+++\ntitle = \"Women, girls\"\n+++\n");
    book
}

/// Returns the text of an issue as GitHub writes it for a form.
fn issue(answers: &[(&str, &str)]) -> String {
    let all = [
        "Lesson: title",
        "Summary",
        "Date",
        "Themes",
        "Basis",
        "Places",
        "Sure",
        "Sources",
        "Contact",
        "Consent",
        "Text",
    ];
    let answer = |label: &str| {
        let given = answers.iter().find(|(name, _)| *name == label);
        let usual =
            if label == "Consent" { "- [X] Everybody may read this" } else { "_No response_" };
        given.map_or(usual, |(_, answer)| *answer).to_owned()
    };
    let parts = all.iter().map(|label| format!("### {label}\r\n\r\n{}\r\n\r\n", answer(label)));
    parts.collect()
}

/// A form with all answers.
const WHOLE: &[(&str, &str)] = &[
    ("Lesson: title", "Ask \"early\" \\ and often"),
    ("Date", "2024-06"),
    ("Themes", "Women, girls, Money"),
    ("Basis", "reported"),
    ("Places", "- Chad, the north\n- Laos"),
    ("Sure", "Yes"),
    ("Sources", "A report, p. 3 https://example.org/a?b=\"c\"\nAn interview"),
    ("Contact", "Ask me: me@example.org"),
    ("Text", "+++\ndraft = true\n+++\n\nA text.\n\n## Themes\n\n### Themes\n\nNo theme."),
];

/// Runs `new --stdin-json`.
fn submit(book: &Book, form: &Value) -> Run {
    let mut command = book.command(&["new", "--stdin-json"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("a program");
    let sent = child.stdin.take().expect("an input").write_all(form.to_string().as_bytes());
    // A form that is too large is not read to its end.
    let _ = sent;
    let done = child.wait_with_output().expect("an end");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    Run { code: done.status.code(), out: text(done.stdout), err: text(done.stderr) }
}

#[test]
fn a_form_becomes_a_note_in_the_notation_of_the_book() {
    for is_yaml in [false, true] {
        let book = book();
        if is_yaml {
            for name in ["first", "second"] {
                let note = "---\ntitle: One\nthemes: [money]\nbasis: reported\n---\n\nOne.\n";
                book.write(&format!("content/lessons/{name}.md"), note.replace("One", name));
            }
        }
        let run =
            submit(&book, &json!({ "title": "Lesson: x", "body": issue(WHOLE), "author": "a" }));
        assert_eq!(
            (run.code, run.out.as_str()),
            (Some(0), "content/lessons/ask-early-and-often.md\n"),
            "{}",
            run.err
        );
        book.run(&["check", "--fail-on", "warning", "--today", "2026-11-22"]).ends(0);
        let note = book.read("content/lessons/ask-early-and-often.md");
        assert!(note.starts_with(if is_yaml { "---\n" } else { "+++\n" }), "{note}");
        assert!(
            note.ends_with(
                "\n\n+++\ndraft = true\n+++\n\nA text.\n\n## Themes\n\n### Themes\n\nNo theme.\n"
            ),
            "{note}"
        );
        let listed = book
            .run(&[
                "list",
                "notes",
                "--kind",
                "lesson",
                "--where",
                "themes=gender",
                "--format",
                "json",
            ])
            .out;
        assert!(listed.contains("Ask \\\"early\\\""), "{listed}\n{note}");
        assert!(
            !note.contains("me@example.org")
                && note.contains("Chad, the north")
                && note.contains("https://example.org/a?b="),
            "{note}"
        );
        assert_eq!(
            submit(&book, &json!({ "body": issue(WHOLE) })).code,
            Some(1),
            "it is there already"
        );
    }
}

#[test]
fn an_answer_says_what_is_missing() {
    let book = book();
    let form =
        |answers: &[(&str, &str)]| submit(&book, &json!({ "title": "x", "body": issue(answers) }));
    let run =
        form(&[("Lesson: title", "New"), ("Basis", "guessed @everyone"), ("Consent", "- [ ] x")]);
    assert_eq!(run.code, Some(1));
    for part in [
        "**Themes** is missing",
        "**Text** is missing",
        "is none of the choices",
        "**Consent** is not ticked",
    ] {
        assert!(run.out.contains(part), "{}", run.out);
    }
    assert!(!run.out.contains("**Places**"), "{}", run.out);
    let text = [
        ("Lesson: title", "New"),
        ("Themes", "Money"),
        ("Basis", "reported"),
        ("Text", "See [[nothing]]."),
    ];
    let run = form(&text);
    assert!(run.code == Some(1) && run.out.contains("nothing"), "{}", run.out);
    let run = submit(&book, &json!({ "title": "x", "body": "I can't find the forms" }));
    assert!(
        run.code == Some(1) && run.out.contains("Lesson, Page") | run.out.contains("Theme, Lesson"),
        "{}",
        run.out
    );
    assert!(!book.has("content/lessons/new.md"));
}

#[test]
fn values_may_be_given_by_name() {
    let book = book();
    let form = json!({ "kind": "lesson", "title": "By name", "text": "Text.",
        "values": { "themes": ["money", "gender"], "basis": "evaluated" } });
    let run = submit(&book, &form);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    book.run(&["check"]).ends(0);
    assert!(book.read("content/lessons/by-name.md").contains("themes = [\"money\", \"gender\"]"));
    let run =
        submit(&book, &json!({ "kind": "lesson", "title": "Other", "values": { "nothing": "x" } }));
    assert!(run.code == Some(1) && run.out.contains("nothing"), "{}", run.out);
}

#[test]
fn a_hostile_form_is_a_note_or_an_answer() {
    let book = book();
    for hostile in HOSTILE.iter().copied().chain([
        "../../../x",
        "+++\n+++",
        "\"\"\"",
        "'''",
        "]]",
        "\u{0}\u{1}\u{7f}",
    ]) {
        let with = |label: &'static str| {
            let answers: Vec<(&str, &str)> =
                WHOLE.iter().copied().filter(|(name, _)| *name != label).collect();
            issue(&[&answers[..], &[(label, hostile)]].concat())
        };
        for label in ["Lesson: title", "Summary", "Places", "Sources", "Text", "Themes"] {
            let run = submit(&book, &json!({ "title": hostile, "body": with(label) }));
            let is_note = run.code == Some(0)
                && run.out.starts_with("content/lessons/")
                && run.out.lines().count() == 1;
            assert!(
                is_note || run.code == Some(1) && run.out.contains("can't become"),
                "{label} {hostile:?}: {}{}",
                run.out,
                run.err
            );
            assert!(!run.err.contains("panicked"), "{}", run.err);
            if is_note {
                book.remove(run.out.trim());
            }
        }
    }
    for wrong in
        [json!(1), json!({ "title": 1 }), json!({ "title": "x", "body": "x".repeat(2_000_000) })]
    {
        assert_eq!(submit(&book, &wrong).code, Some(2));
    }
    assert_eq!(git_status(&book), "");
}

fn git_status(book: &Book) -> String {
    let names = std::fs::read_dir(book.path("content/lessons")).expect("a folder");
    let names = names.map(|name| name.expect("a file").file_name().into_string().expect("text"));
    names.filter(|name| name != "first.md" && name != "second.md").collect()
}

#[test]
fn a_label_makes_one_pull_request() {
    let (book, host) = (book(), Host::new());
    book.run(&["ci", "forms"]).ends(0);
    git(book.root(), &["init", "--quiet", "-b", "main"]);
    git(book.root(), &["add", "--all"]);
    git(book.root(), &["commit", "--quiet", "-m", "A book"]);
    let server = tempfile::tempdir().expect("a folder");
    git(server.path(), &["init", "--quiet", "--bare"]);
    git(book.root(), &["remote", "add", "origin", &server.path().display().to_string()]);
    let propose = |body: &str| {
        git(book.root(), &["switch", "--quiet", "main"]);
        let event = json!({ "issue": { "title": "$(touch pwned)", "body": body, "user": { "login": "a" } } });
        std::fs::write(host.path("temp/event.json"), event.to_string()).expect("a file");
        let event = host.path("temp/event.json").display().to_string();
        let variables = [
            ("REPOSITORY", "o/r"),
            ("OWNER", "o"),
            ("NUMBER", "12"),
            ("SENDER", "editor"),
            ("GH_TOKEN", "the-token"),
            ("GITHUB_EVENT_PATH", &event),
        ];
        host.runs(&book, ".github/workflows/forms.yml", "Propose", &variables)
    };
    host.answers("GET repos_o_r_collaborators_editor_permission", "{\"permission\": \"write\"}");
    host.answers("POST repos_o_r_pulls", "{\"number\": 13}");
    let comment = "POST repos_o_r_issues_12_comments";

    // Something is missing.
    propose(&issue(&WHOLE[..2]));
    let answer = host.sent(comment).expect("an answer");
    assert!(answer["body"].as_str().expect("text").contains("**Themes** is missing"), "{answer}");
    assert!(host.sent("POST repos_o_r_pulls").is_none());

    let answers: Vec<(&str, &str)> =
        WHOLE.iter().copied().filter(|(label, _)| *label != "Text").collect();
    let hostile = "`touch pwned` $(touch pwned) ${{ github.token }}\n\n'; touch pwned; '";
    propose(&issue(&[&answers[..], &[("Text", hostile)]].concat()));
    let answer = host.sent(comment).expect("an answer");
    assert!(answer["body"].as_str().expect("text").contains("#13"), "{answer}");
    let pull = host.sent("POST repos_o_r_pulls").expect("a pull request");
    assert_eq!((pull["head"].as_str(), pull["base"].as_str()), (Some("issue-12"), Some("main")));
    let changed = git(server.path(), &["show", "--name-only", "--format=%s", "issue-12"]);
    assert_eq!(changed, "Add the note of issue 12\n\ncontent/lessons/ask-early-and-often.md");

    // The form was corrected: the same pull request has the other note.
    host.answers("GET repos_o_r_pulls", "[{\"number\": 13}]");
    let answers = [&answers[1..], &[("Lesson: title", "Another"), ("Text", hostile)]].concat();
    propose(&issue(&answers));
    assert!(host.sent("POST repos_o_r_pulls").is_none());
    let changed = git(server.path(), &["show", "--name-only", "--format=", "issue-12"]);
    assert_eq!(changed, "content/lessons/another.md");
    assert!(!book.has("pwned") && !host.path("temp/pwned").exists());
}

#[test]
fn a_label_of_somebody_who_may_not_write_does_nothing() {
    let (book, host) = (book(), Host::new());
    book.run(&["ci", "forms"]).ends(0);
    host.answers("GET repos_o_r_collaborators_stranger_permission", "{\"permission\": \"read\"}");
    let variables = [
        ("REPOSITORY", "o/r"),
        ("OWNER", "o"),
        ("NUMBER", "1"),
        ("SENDER", "stranger"),
        ("GITHUB_EVENT_PATH", "/dev/null"),
    ];
    let (succeeds, said) = host.tries(&book, ".github/workflows/forms.yml", "Propose", &variables);
    assert!(!succeeds && said.contains("Only those who may write"), "{said}");
    assert_eq!(host.asked(), "GET repos_o_r_collaborators_stranger_permission\n");
}
