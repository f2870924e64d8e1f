//! Notes that were edited in the browser, made into one proposal there: by a branch, and by a file.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::chromium::Browser;
use crate::edit_pages::{AXE, RUN, enter, problems, says, tab_to};
use crate::editor::{Editor, own_book};
use crate::support::book::Book;
use crate::support::read_tree;

const FIRST: &str = "content/lessons/first.md";
const SECOND: &str = "content/lessons/second.md";

/// Runs git in a folder as somebody who has no settings of it.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(arguments);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.output().expect("git runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
}

/// Puts a book into a git repository of its own.
pub(crate) fn commit(book: &Book) {
    for arguments in [
        &["init", "--quiet", "-b", "main"][..],
        &["config", "user.name", "A Writer"],
        &["config", "user.email", "a@example.org"],
        &["config", "core.autocrlf", "false"],
        &["config", "commit.gpgsign", "false"],
        &["add", "--all"],
        &["commit", "--quiet", "-m", "A book"],
    ] {
        git(book.root(), arguments);
    }
}

/// Returns an empty repository from which `book` seems to come.
fn server_of(book: &Book) -> Book {
    let server = Book::new(&[]);
    git(server.root(), &["init", "--quiet", "--bare"]);
    let place = server.root().display().to_string();
    git(book.root(), &["remote", "add", "origin", &place]);
    server
}

fn edit(editor: &Editor, path: &str, text: &str) {
    let (status, answer) = editor.save(&editor.open(path), &json!({ "text": text }));
    assert_eq!((status, &answer["is_saved"]), (200, &json!(true)), "{answer}");
}

fn changes(editor: &Editor, without: &[&str]) -> Value {
    let (status, answer) = editor.ask("changes", &json!({ "without": without }));
    assert_eq!(status, 200, "{answer}");
    answer
}

fn propose(
    editor: &Editor,
    title: &str,
    without: &[&str],
    state: &Value,
    form: &str,
) -> (u16, Value) {
    let asked = json!({
        "title": title, "reason": "Because\nof this", "without": without, "state": state, "form": form,
    });
    editor.ask("propose", &asked)
}

fn paths(changes: &Value) -> Vec<&str> {
    let files = changes["files"].as_array().expect("files").iter();
    files.filter_map(|file| file["path"].as_str()).collect()
}

#[test]
fn saved_notes_become_a_branch_which_is_sent_only_by_its_button() {
    let book = Book::small();
    commit(&book);
    let server = server_of(&book);
    let editor = Editor::of(&book);
    let nothing = changes(&editor, &[]);
    assert_eq!((paths(&nothing), &nothing["page"]), (vec![], &Value::Null), "{nothing}");
    edit(&editor, FIRST, "Other words.\n");
    edit(&editor, SECOND, "Left for later.\n");
    let (status, new) = editor.ask("new", &json!({ "title": "<b>New</b>", "folder": "lessons" }));
    assert_eq!(status, 200, "{new}");
    let new = new["path"].as_str().expect("a path");
    let all = changes(&editor, &[]);
    assert_eq!(paths(&all), [new, FIRST, SECOND]);
    assert_eq!(all["files"][0]["is_draft"], true, "{all}");
    assert_eq!(all["branch"]["name"], "main");
    let chosen = changes(&editor, &[SECOND]);
    assert_ne!(all["state"], chosen["state"]);
    let page = chosen["page"].as_str().expect("a page");
    let reply = editor.preview.ask(page, &editor.cookie());
    let shown = reply.text();
    assert!(shown.contains("Other") && !shown.contains("Left for later"), "{shown}");
    let policy = reply.header("Content-Security-Policy").expect("a policy");
    assert!(policy.starts_with("sandbox; default-src 'none'"), "{policy}");
    assert_eq!(editor.preview.get(page).status, 403, "only with the key");

    // What was not looked at is not proposed.
    let (status, answer) = propose(&editor, "One lesson", &[SECOND], &all["state"], "branch");
    assert_eq!(status, 409, "{answer}");
    book.write(FIRST, "+++\ntitle = \"First\"\n+++\n\nWords of somebody else.\n");
    let (status, answer) = propose(&editor, "One lesson", &[SECOND], &chosen["state"], "branch");
    assert_eq!(status, 409, "{answer}");
    let chosen = changes(&editor, &[SECOND]);
    for title in ["", " \n", "a\0b", &"x".repeat(400)] {
        let (status, answer) = propose(&editor, title, &[SECOND], &chosen["state"], "branch");
        assert_eq!(status, 422, "{title}: {answer}");
    }
    assert_eq!(git(book.root(), &["branch", "--format=%(refname:short)"]), "main");
    let title = "--amend $(touch x) `y`\n; <b>lesson</b>";
    let (status, made) = propose(&editor, title, &[SECOND], &chosen["state"], "branch");
    assert_eq!((status, &made["count"]), (200, &json!(2)), "{made}");
    let branch = made["name"].as_str().expect("a branch");
    assert!(branch.starts_with("proposal/amend-touch-x"), "{branch}");
    let of_branch = git(book.root(), &["diff", "--name-only", "main", branch]);
    assert_eq!(of_branch, format!("{new}\n{FIRST}"));
    let message = git(book.root(), &["log", "-1", "--format=%B"]);
    assert_eq!(message, "--amend $(touch x) `y` ; <b>lesson</b>\n\nBecause\nof this");
    assert_eq!(git(server.root(), &["branch"]), "", "nothing is sent");

    let proposed = changes(&editor, &[]);
    assert_eq!(paths(&proposed), [SECOND]);
    let shown = &proposed["branch"];
    assert_eq!(shown["proposal"]["base"], "main", "{proposed}");
    assert_eq!(shown["proposal"]["is_sent"], false, "{proposed}");
    for other in ["main", "proposal/other", "--all", ""] {
        assert_eq!(editor.ask("send", &json!({ "branch": other })).0, 409, "{other}");
        assert_eq!(editor.ask("leave", &json!({ "branch": other })).0, 409, "{other}");
    }
    assert_eq!(git(server.root(), &["branch"]), "", "nothing is sent");
    let (status, sent) = editor.ask("send", &json!({ "branch": branch }));
    assert_eq!((status, &sent["branch"]["proposal"]["is_sent"]), (200, &json!(true)), "{sent}");
    assert_eq!(git(server.root(), &["branch", "--format=%(refname:short)"]), branch);

    // More goes to the same branch, until it is left.
    let (status, more) = propose(&editor, "More", &[], &proposed["state"], "branch");
    assert_eq!((status, &more["name"]), (200, &made["name"]), "{more}");
    assert_eq!(changes(&editor, &[])["branch"]["proposal"]["is_sent"], false);
    // Where it can't be sent, a file holds all of it.
    let (status, packed) = editor.ask("pack", &json!({ "branch": branch }));
    assert_eq!(status, 200, "{packed}");
    let address = packed["address"].as_str().expect("an address");
    let keeper = Book::small();
    keeper.write("x.fieldbook", &editor.preview.ask(address, &editor.cookie()).body);
    let place = keeper.path("x.fieldbook").display().to_string();
    let run = keeper.run(&["accept", &place, "--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(read_tree(&keeper.path("content")), read_tree(&book.path("content")));
    let (status, left) = editor.ask("leave", &json!({ "branch": branch }));
    assert_eq!((status, &left["branch"]), (200, &json!("main")), "{left}");
    assert!(book.read(FIRST).contains("The first."));
    editor.preview.until_shows("lessons/first.html", "The first.");
    assert_eq!(editor.ask("send", &json!({ "branch": branch })).0, 409);
}

#[test]
fn the_page_of_the_host_has_title_and_reason_and_a_failure_says_why() {
    let book = Book::small();
    commit(&book);
    let remote = "https://writer:SECRET@git.invalid/group/book.git";
    git(book.root(), &["remote", "add", "origin", remote]);
    let editor = Editor::of(&book);
    edit(&editor, FIRST, "Other words.\n");
    let state = &changes(&editor, &[])["state"];
    assert_eq!(propose(&editor, "A & b", &[], state, "branch").0, 200);
    let shown = changes(&editor, &[]);
    assert_eq!(shown["branch"]["server"], "git.invalid/group/book");
    assert!(!shown.to_string().contains("SECRET"), "{shown}");
    let (status, answer) = editor.ask("send", &json!({ "branch": "proposal/a-b" }));
    assert_eq!(status, 422, "{answer}");
    assert!(answer.to_string().contains("It was not sent. Git says"), "{answer}");
    assert!(!answer.to_string().contains("SECRET"), "{answer}");
    // As if the server had it.
    git(book.root(), &["update-ref", "refs/remotes/origin/proposal/a-b", "HEAD"]);
    git(book.root(), &["config", "branch.proposal/a-b.remote", "origin"]);
    git(book.root(), &["config", "branch.proposal/a-b.merge", "refs/heads/proposal/a-b"]);
    git(book.root(), &["config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"]);
    let page = &changes(&editor, &[])["branch"]["proposal"]["page"];
    assert_eq!(
        page,
        "https://git.invalid/group/book/compare/main...proposal/a-b?expand=1&title=A%20%26%20b&body=Because%0Aof%20this"
    );
}

#[test]
fn without_git_a_file_is_made_that_accept_takes() {
    let (writer, keeper) = (Book::small(), Book::small());
    let editor = Editor::of(&writer);
    edit(&editor, FIRST, "Other words.\n");
    let shown = changes(&editor, &[]);
    assert_eq!((paths(&shown), &shown["branch"]), (vec![FIRST], &Value::Null));
    let (status, answer) = propose(&editor, "A lesson", &[], &shown["state"], "branch");
    assert_eq!(status, 422, "{answer}");
    let (status, answer) = propose(&editor, "A lesson", &[], &shown["state"], "bundle");
    assert_eq!((status, &answer["file"]), (200, &json!("a-lesson.fieldbook")), "{answer}");
    let address = answer["address"].as_str().expect("an address");
    assert_eq!(editor.preview.get(address).status, 403);
    let reply = editor.preview.ask(address, &editor.cookie());
    assert_eq!(reply.header("Content-Disposition"), Some("attachment"));
    keeper.write("x.fieldbook", &reply.body);
    let place = keeper.path("x.fieldbook").display().to_string();
    let run = keeper.run(&["accept", &place, "--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(read_tree(&keeper.path("content")), read_tree(&writer.path("content")));
    // Errors that the book had not are in the way.
    writer.write(SECOND, "+++\ntitle = \"Second\"\n+++\n\n[[Nowhere]]\n");
    let shown = changes(&editor, &[]);
    assert_eq!(shown["error_count"], 1, "{shown}");
    let (status, answer) = propose(&editor, "A lesson", &[], &shown["state"], "bundle");
    assert_eq!(status, 422, "{answer}");
    let shown = changes(&editor, &[SECOND]);
    assert_eq!(shown["error_count"], 0, "{shown}");
}

#[test]
fn a_suggestion_is_made_by_keyboard_on_a_phone() {
    let Some(mut browser) = Browser::launch("a suggestion by keyboard") else { return };
    let book = Book::small();
    commit(&book);
    let server = server_of(&book);
    let editor = Editor::of(&book);
    edit(&editor, FIRST, "Other words.\n");
    edit(&editor, SECOND, "Left for later.\n");
    browser.viewport(360, 740);
    enter(&mut browser, &editor);
    browser.until("document.querySelector('fieldbook-preview') !== null");
    tab_to(&mut browser, "it.shadowRoot?.activeElement?.textContent === 'Suggest'");
    browser.press(&["Enter"]);
    browser.until("document.querySelectorAll('#files li').length === 2");
    tab_to(&mut browser, &format!("it.value === '{SECOND}'"));
    browser.press(&[" "]);
    browser.until("!document.getElementById('make-branch').disabled && document.getElementById('state').textContent === ''");
    tab_to(&mut browser, "it.localName === 'summary'");
    browser.press(&["Enter"]);
    browser.until("document.querySelector('#compared iframe') !== null");
    tab_to(&mut browser, "it.id === 'title'");
    browser.write("One lesson");
    tab_to(&mut browser, "it.id === 'reason'");
    browser.write("Because");
    tab_to(&mut browser, "it.id === 'make-bundle'");
    browser.press(&["Enter"]);
    browser.until("document.activeElement.id === 'file'");
    assert_eq!(browser.text("document.activeElement.download"), "one-lesson.fieldbook");
    tab_to(&mut browser, "it.id === 'make-branch'");
    browser.press(&["Enter"]);
    says(&mut browser, "1 file put on the branch proposal/one-lesson");
    assert_eq!(git(server.root(), &["branch"]), "");
    assert_eq!(browser.evaluate("document.documentElement.scrollWidth <= innerWidth"), true);
    tab_to(&mut browser, "it.id === 'send'");
    browser.press(&["Enter"]);
    says(&mut browser, "It is sent");
    assert_eq!(git(server.root(), &["branch", "--format=%(refname:short)"]), "proposal/one-lesson");
    assert_eq!(problems(&mut browser), Vec::<String>::new());
}

#[test]
fn no_fault_is_found_in_the_page_on_which_notes_are_suggested() {
    let Some(mut browser) = Browser::launch("axe on the page of suggestions") else { return };
    let book = own_book();
    commit(&book);
    let _server = server_of(&book);
    let editor = Editor::of(&book);
    enter(&mut browser, &editor);
    let path = "content/lessons/competing-objectives.md";
    let long = "a-name-without-a-place-to-break-it-".repeat(4);
    let mut faults = Vec::new();
    for step in ["nothing", "changes", "errors", "made", "branch"] {
        match step {
            "changes" => {
                edit(&editor, path, "Other words.\n");
                book.write(
                    &format!("content/{long}.md"),
                    format!("+++\ntitle = \"{long}\"\ndraft = true\n+++\n"),
                );
            }
            "errors" => book.write("content/x.md", "+++\ntitle = \"X\"\n+++\n\n[[Nowhere]]\n"),
            "made" => book.remove("content/x.md"),
            "branch" => {
                let state = &changes(&editor, &[path])["state"];
                let (status, made) = propose(&editor, &long, &[path], state, "branch");
                assert_eq!(status, 200, "{made}");
            }
            _ => {}
        }
        for (width, scheme, direction) in [(1280, "light", "ltr"), (360, "dark", "rtl")] {
            browser.viewport(width, 800);
            browser.media("", &[("prefers-color-scheme", scheme)]);
            browser.open(&editor.preview.url("__fieldbook/suggest"));
            browser.until(match step {
                "nothing" => "!document.getElementById('nothing').hidden",
                "errors" => "!document.getElementById('wrong').hidden",
                "branch" => "document.getElementById('send') !== null",
                _ => "!document.getElementById('make-branch').disabled",
            });
            browser.evaluate(&format!("document.documentElement.dir = '{direction}'"));
            if step == "made" {
                browser.evaluate("document.getElementById('title').value = 'X'; document.getElementById('make-bundle').click()");
                browser.until("document.getElementById('file') !== null");
            }
            browser.evaluate(&format!("{AXE};0"));
            let found = browser.evaluate(&RUN.replace("#frames", "#compared"));
            let found = found.as_array().expect("a list").iter().filter_map(Value::as_str);
            faults
                .extend(found.map(|fault| format!("{width} {scheme} {direction} {step}: {fault}")));
            if browser.evaluate("document.documentElement.scrollWidth > innerWidth") == true {
                faults.push(format!("{width} {direction} {step}: wider than the window"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!(problems(&mut browser), Vec::<String>::new());
}
