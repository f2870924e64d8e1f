//! `diff`: what a change does to the site, from revisions of git and from folders.

use std::process::Command;

use serde_json::Value;

use crate::support::book::{Book, finish};

/// Runs git in the folder of a book, for somebody who has not set it up.
fn git(book: &Book, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(book.path(".")).args([
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
    ]);
    command.args(["-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"]).args(arguments);
    let done = command.output().expect("git is installed");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Returns a book of which everything is in git.
fn committed() -> Book {
    let book = Book::small();
    book.write(
        "content/lessons/third.md",
        "+++\ntitle = \"Third\"\n+++\n\nSee [[second]].\n\nThe end of it.\n",
    );
    git(&book, &["init", "--quiet", "-b", "main"]);
    git(&book, &["add", "--all"]);
    git(&book, &["commit", "--quiet", "-m", "A book"]);
    book
}

/// Returns what the command prints.
#[track_caller]
fn printed(book: &Book, arguments: &[&str]) -> String {
    let run = book.run(&[&["diff", "--today", "2026-11-22"], arguments].concat());
    assert_eq!(run.code, Some(0), "{}", run.err);
    run.out
}

fn json(book: &Book, arguments: &[&str]) -> Value {
    let text = printed(book, &[&["--format", "json"], arguments].concat());
    serde_json::from_str(&text).expect("JSON")
}

fn texts<'v>(list: &'v Value, key: &str) -> Vec<&'v str> {
    list.as_array()
        .expect("a list")
        .iter()
        .map(|item| item[key].as_str().expect("a text"))
        .collect()
}

#[test]
fn nothing_differs_in_a_book_as_it_was() {
    let book = committed();
    let said = printed(&book, &["main"]);
    assert!(said.contains("Nothing that readers see differs"), "{said}");
    let same = json(&book, &["HEAD"]);
    assert_eq!(same["pages"], Value::Array(Vec::new()));
}

#[test]
fn a_change_is_told_with_its_pages_and_reasons() {
    let book = committed();
    book.write("content/lessons/third.md", "+++\ntitle = \"Third\"\nstatus = \"withdrawn\"\nwithdrawn-reason = \"Wrong.\"\n+++\n\nSee the first.\n\nThe very end of it.\n");
    book.write(
        "content/lessons/fourth.md",
        "+++\ntitle = \"Fourth @all <b>\"\n+++\n\nSee [[nothing]].\n",
    );
    book.remove("content/lessons/first.md");
    let found = json(&book, &["main"]);
    assert_eq!(texts(&found["lost"], "address"), ["/lessons/first.html"]);
    assert_eq!(texts(&found["notes"], "change"), ["removed", "added", "edited"]);
    let third = &found["notes"][2];
    assert_eq!(texts(&third["settings"], "key"), ["status", "withdrawn-reason"]);
    assert_eq!(texts(&third["unlinked"], "title"), ["Second"]);
    let after: String = texts(&third["passages"][1]["after"], "text").concat();
    assert_eq!(after, "The very end of it.");
    let words = third["passages"][1]["after"].as_array().expect("pieces");
    assert!(
        words.iter().any(|piece| piece["text"] == "very " && piece["differs"] == true),
        "{words:?}"
    );
    assert_eq!(texts(&found["standings"], "after"), ["withdrawn"]);
    assert_eq!(texts(&found["unlinked"], "title"), ["Second"]);
    let second = found["pages"].as_array().expect("pages").iter();
    let second = second.clone().find(|page| page["address"] == "/lessons/second.html");
    assert_eq!(second.expect("its page")["causes"][0]["why"], "linked-from");
    assert_eq!(texts(&found["problems"], "rule"), ["broken-link", "broken-link"]);
    // What a stranger wrote calls nobody and is no markup.
    let shown = printed(&book, &["main"]);
    assert!(shown.contains("Fourth @&#8203;all &#60;b&#62;"), "{shown}");
    let page = printed(&book, &["main", "--format", "html"]);
    assert!(page.contains("Fourth @all &lt;b&gt;"), "{page}");
    assert!(page.contains("<ins>very </ins>"), "{page}");
}

#[test]
fn a_new_paragraph_stands_alone_and_the_edited_one_beside_what_it_was() {
    let book = committed();
    let text = book.read("content/lessons/third.md");
    book.write("content/lessons/third.md", text.replace("The end", "A new one.\n\nThe very end"));
    let found = json(&book, &["main"]);
    let passages = found["notes"][0]["passages"].as_array().expect("passages");
    assert_eq!(passages[0]["before"], Value::Array(Vec::new()));
    assert_eq!(texts(&passages[1]["before"], "text").concat(), "The end of it.");
    assert_eq!(texts(&passages[1]["after"], "text").concat(), "The very end of it.");
}

#[test]
fn a_move_leads_on_and_loses_no_address() {
    let book = committed();
    book.run(&["mv", "content/lessons/second.md", "content/lessons/later.md"]).ends(0);
    let found = json(&book, &["main"]);
    assert_eq!(found["lost"], Value::Array(Vec::new()));
    let moved = &found["notes"][0];
    assert_eq!(
        (moved["change"].as_str(), moved["from"].as_str()),
        (Some("moved"), Some("content/lessons/second.md"))
    );
    // A link that follows is no other link.
    assert!(
        found["notes"]
            .as_array()
            .expect("notes")
            .iter()
            .all(|note| note["linked"] == Value::Array(Vec::new()))
    );
}

#[test]
fn notes_with_the_same_text_keep_their_names_when_their_folder_moves() {
    let book = committed();
    let note = "+++\ntitle = \"Same\"\n+++\n\nThe same.\n";
    ["a", "b", "c"].iter().for_each(|name| book.write(&format!("content/old/{name}.md"), note));
    git(&book, &["add", "--all"]);
    git(&book, &["commit", "--quiet", "-m", "Three alike"]);
    ["a", "b", "c"].iter().for_each(|name| {
        book.remove(&format!("content/old/{name}.md"));
        book.write(&format!("content/new/{name}.md"), note);
    });
    let found = json(&book, &["main"]);
    let from = ["content/old/a.md", "content/old/b.md", "content/old/c.md"];
    assert_eq!(texts(&found["notes"], "from"), from);
}

#[test]
fn two_states_are_compared_without_touching_the_book() {
    let book = committed();
    book.write("content/lessons/second.md", "+++\ntitle = \"Second\"\n+++\n\nAnother text.\n");
    git(&book, &["commit", "--quiet", "--all", "-m", "Another text"]);
    book.write("content/lessons/second.md", "+++\ntitle = \"Second\"\n+++\n\nNot yet kept.\n");
    let found = json(&book, &["HEAD~1", "HEAD"]);
    let after: String = texts(&found["notes"][0]["passages"][0]["after"], "text").concat();
    assert_eq!(after, "Another text.");
    assert!(book.read("content/lessons/second.md").contains("Not yet kept."));
    book.run(&["diff", "no-such-branch"]).ends(3).says("no branch, tag or commit");
}

#[test]
fn a_folder_is_a_state_too_and_the_page_is_written_to_a_file() {
    let (before, book) = (Book::small(), Book::small());
    book.write("content/lessons/second.md", "+++\ntitle = \"Second\"\n+++\n\nAnother text.\n");
    let was = before.path(".").to_string_lossy().into_owned();
    let file = book.path("changes.html").to_string_lossy().into_owned();
    book.run(&["diff", &was, "--format", "html", "-o", &file]).ends(0);
    assert!(book.read("changes.html").contains("Another text"));
}

#[test]
fn a_book_in_a_folder_of_the_repository_is_compared_from_a_hook_too() {
    let note = "+++\ntitle = \"Home\"\n+++\n\nA text.\n";
    let book = Book::new(&[
        (".gitattributes", "docs/**/*.md text eol=crlf\n"),
        ("docs/book.toml", "title = \"Small\"\n"),
        ("docs/content/index.md", note),
        ("else/content/index.md", "no part of it"),
    ]);
    git(&book, &["init", "--quiet", "-b", "main"]);
    git(&book, &["add", "--all"]);
    git(&book, &["commit", "--quiet", "-m", "A book"]);
    let diff = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.env("XDG_STATE_HOME", book.state()).current_dir(book.root());
        command.env("GIT_DIR", book.path("else")).env("GIT_INDEX_FILE", book.path("none"));
        let run = finish(command.args(["diff", "HEAD", "-r", "docs", "--today", "2026-11-22"]));
        assert_eq!(run.code, Some(0), "{}", run.err);
        run.out
    };
    // The files of the revision have the line ends that its attributes give them.
    assert!(diff().contains("Nothing that readers see differs"), "{}", diff());
    book.write("docs/content/index.md", note.replace("A text", "Another text"));
    assert!(diff().contains("1 edited note"), "{}", diff());
    book.write("docs/content/index.md", note.replace('\n', "\r\n") + "\r\n");
    assert!(!diff().contains("1 page differs"), "{}", diff());
}

#[test]
fn a_note_that_becomes_a_draft_is_not_told_as_removed() {
    let book = committed();
    let text = book.read("content/lessons/second.md");
    book.write("content/lessons/second.md", text.replacen("+++\n", "+++\nstatus = \"draft\"\n", 1));
    let found = json(&book, &["main"]);
    let note = &found["notes"][0];
    assert_eq!(note["change"], "unpublished");
    assert_eq!(texts(&note["settings"], "key"), ["status"]);
    assert_eq!(texts(&found["lost"], "address"), ["/lessons/second.html"]);
}

#[test]
fn a_long_note_hides_no_other() {
    let book = committed();
    let long: String = (0..5000).map(|at| format!("Paragraph {at} says something.\n\n")).collect();
    book.write("content/a.md", format!("+++\ntitle = \"Long\"\n+++\n\n{long}"));
    book.write("content/lessons/third.md", "+++\ntitle = \"Third\"\n+++\n\nOther words.\n");
    let shown = printed(&book, &["main"]);
    assert!(shown.contains("And 4980 more passages"), "{shown}");
    assert!(shown.contains("Other words"), "{shown}");
    assert!(shown.contains("/lessons/third.html"), "{shown}");
}

#[test]
fn a_template_that_fails_on_a_page_is_a_new_problem() {
    let book = committed();
    book.write("themes/default/templates/note.html", "{{ page.nothing.more }}");
    let found = json(&book, &["main"]);
    assert_eq!(texts(&found["problems"], "rule"), ["bad-template"]);
    // The other way round, it was mended.
    git(&book, &["add", "--all"]);
    git(&book, &["commit", "--quiet", "-m", "A template"]);
    book.remove("themes/default/templates/note.html");
    let found = json(&book, &["main"]);
    assert_eq!(found["problems"], Value::Array(Vec::new()));
    assert!(texts(&found["pages"], "address").contains(&"/lessons/first.html"));
}

#[test]
fn what_a_stranger_writes_makes_no_link_and_calls_nobody() {
    let book = committed();
    let title = "HTTP://evil.example ftp://evil.example WWW.evil.example GH-12 #1 !2 ~l %m @me :tada: 0123456789abcdef";
    book.write("content/a.md", format!("+++\ntitle = \"{title}\"\n+++\n\n    - text\n"));
    // In code, nothing is made of it.
    let shown: String = printed(&book, &["main"]).split('`').step_by(2).collect();
    for part in
        ["://", "WWW.evil", "GH-12", "GH\\-12", "#1", "!2", "~l", "%m", "@me", ":tada", "6789abcd"]
    {
        assert!(!shown.contains(part), "{part}: {shown}");
    }
    // It is a paragraph, and no list or block of code.
    assert!(shown.contains("> \\+ \\- text"), "{shown}");
}

#[test]
fn a_setting_with_parts_is_compared_with_all_of_them() {
    let book = committed();
    let note = |locator: &str| {
        format!(
            "+++\ntitle = \"Second\"\n\n[[sources]]\ntitle = \"A\"\nlocator = \"p. 1\"\n\n[[sources]]\n\
             title = \"B\"\nlocator = \"{locator}\"\n+++\n\nText.\n"
        )
    };
    book.write("content/lessons/second.md", note("p. 2"));
    git(&book, &["commit", "--quiet", "--all", "-m", "Sources"]);
    book.write("content/lessons/second.md", note("p. 3"));
    let found = json(&book, &["main"]);
    let setting = &found["notes"][0]["settings"][0];
    assert_eq!(setting["key"], "sources");
    let [before, after] = ["before", "after"].map(|side| setting[side].as_str().expect("a value"));
    assert_eq!(after, before.replace("p. 2", "p. 3"));
    assert!(before.contains("p. 1") && before.contains("p. 2"), "{before}");
    // So is one in YAML.
    let note = |page: &str| {
        format!(
            "---\ntitle: Second\nsources:\n  - title: A\n    locator: p. {page}\ntags: [x]\n---\n\nText.\n"
        )
    };
    book.write("content/lessons/second.md", note("2"));
    git(&book, &["commit", "--quiet", "--all", "-m", "YAML"]);
    book.write("content/lessons/second.md", note("3"));
    let found = json(&book, &["main"]);
    let settings = &found["notes"][0]["settings"];
    assert_eq!(texts(settings, "key"), ["sources"]);
    assert!(settings[0]["after"].as_str().is_some_and(|text| text.contains("p. 3")), "{settings}");
}
