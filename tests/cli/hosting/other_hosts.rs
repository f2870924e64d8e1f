//! Comments on proposals on GitLab and Forgejo: the scripts of the jobs that start by the clock, on a repository with what strangers
//! might write.

use std::process::Command;

use serde_json::{Value, json};

use super::comments::{harmless, nothing_was_executed};
use super::host::{Host, git, json as read, scripts};
use crate::support::book::Book;

/// The name of a note that would do harm in a shell, in a comment, or as a command of GitLab.
const NAME: &str = "content/lessons/$(touch pwned) @everyone.md";

/// A note in which strangers try each of that.
const NOTE: &str = "+++\ntitle = \"/close `touch pwned` @everyone <img src=x> $(touch pwned)\"\nsummary = \"/approve\"\n+++\n\n\
                    /close\n\n> /approve\n\n- /merge\n\n    /close\n\n$(touch pwned) \\\n/unlabel\n";

/// A host, and the words that it has for its questions.
struct OtherHost {
    name: &'static str,
    open: &'static str,
    comments: &'static str,
    post: &'static str,
    edit: &'static str,
    reference: &'static str,
}

const HOSTS: [OtherHost; 2] = [
    OtherHost {
        name: "gitlab",
        open: "GET projects_9_merge_requests",
        comments: "GET projects_9_merge_requests_3_notes",
        post: "POST projects_9_merge_requests_3_notes",
        edit: "PUT projects_9_merge_requests_3_notes_11",
        reference: "refs/merge-requests/3/head",
    },
    OtherHost {
        name: "forgejo",
        open: "GET repos_o_r_pulls",
        comments: "GET repos_o_r_issues_3_comments",
        post: "POST repos_o_r_issues_3_comments",
        edit: "PATCH repos_o_r_issues_comments_11",
        reference: "refs/pull/3/head",
    },
];

impl OtherHost {
    /// Returns a repository on its published branch, and the server from which it came.
    fn repository(&self) -> (Book, Book) {
        let (book, server) = (Book::small(), Book::new(&[]));
        book.run(&["ci", self.name]).ends(0);
        git(book.root(), &["init", "--quiet", "-b", "main"]);
        git(book.root(), &["add", "--all"]);
        git(book.root(), &["commit", "--quiet", "-m", "A book"]);
        git(server.root(), &["init", "--quiet", "--bare"]);
        let place = server.root().display().to_string();
        git(book.root(), &["remote", "add", "origin", &place]);
        (book, server)
    }

    /// Proposes a note as a stranger would, and returns the commit.
    fn propose(&self, book: &Book, text: &str) -> String {
        git(book.root(), &["switch", "--quiet", "-C", "proposal", "main"]);
        book.write(NAME, text);
        // What git or the program might run, if it were told so by the proposal.
        book.write(".gitattributes", "*.md filter=x diff=x\n");
        git(book.root(), &["add", "--all"]);
        git(book.root(), &["commit", "--quiet", "-m", "$(touch pwned)"]);
        git(
            book.root(),
            &["push", "--quiet", "--force", "origin", &format!("proposal:{}", self.reference)],
        );
        let commit = git(book.root(), &["rev-parse", "HEAD"]);
        git(book.root(), &["switch", "--quiet", "main"]);
        commit
    }

    /// Tells the host which proposals are open.
    fn opens(&self, host: &Host, proposals: &[(&str, &str)]) {
        let proposal = |(number, commit): &(&str, &str)| -> Value {
            let number: Value = serde_json::from_str(number).unwrap_or_else(|_| json!(number));
            json!({ "iid": number, "number": number, "sha": commit, "head": { "sha": commit } })
        };
        let all: Vec<Value> = proposals.iter().map(proposal).collect();
        host.answers(self.open, Value::Array(all).to_string());
    }

    fn comment(&self, id: u32, author: &str, body: &str) -> Value {
        json!({ "id": id, "body": body, "author": { "username": author }, "user": { "login": author } })
    }

    fn own_name(&self) -> &'static str {
        if self.name == "gitlab" { "project_9_bot" } else { "forgejo-actions" }
    }

    /// Runs the job, and returns what it says.
    #[track_caller]
    fn runs(&self, book: &Book, host: &Host) -> String {
        let mut command: Command = match self.name {
            "gitlab" => {
                let jobs = read(&book.read(".gitlab-ci.yml"));
                let script = jobs["comment"]["script"][1].as_str().expect("a script").to_owned();
                host.answers("GET user", json!({ "username": self.own_name() }).to_string());
                host.bash(book, &script)
            }
            _ => {
                let workflow = book.read(".forgejo/workflows/comment.yml");
                host.bash(book, &scripts(&workflow)["Comment"])
            }
        };
        command.env("FIELDBOOK_COMMENT_TOKEN", "the-token").env("CI_PROJECT_ID", "9");
        command.env("CI_API_V4_URL", "https://gitlab.invalid/api/v4");
        command.env("ADDRESS", "https://forgejo.invalid/api/v1/repos/o/r");
        if self.name == "forgejo" {
            command.env("TOKEN", "the-token");
        }
        let done = command.output().expect("Bash is installed");
        let said = [done.stdout, done.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        assert!(done.status.success(), "{}: {said}", self.name);
        assert!(!said.contains("the-token"), "{}: {said}", self.name);
        said
    }
}

fn body(comment: &Value) -> &str {
    comment["body"].as_str().expect("a text")
}

#[test]
fn one_comment_is_made_and_kept_up_to_date() {
    for at in &HOSTS {
        let ((book, _server), host) = (at.repository(), Host::new());
        let commit = at.propose(&book, NOTE);
        let other = "0".repeat(40);
        // A commit that the server does not have, and numbers that are none.
        at.opens(
            &host,
            &[("4", &other), ("$(touch pwned)", &commit), ("5", "--x"), ("3", &commit)],
        );
        let said = at.runs(&book, &host);
        let made = host.sent(at.post).unwrap_or_else(|| panic!("{}: {said}", at.name));
        let text = body(&made).to_owned();
        assert!(
            text.starts_with("<!-- fieldbook review -->\n") && text.contains("1 new note"),
            "{text}"
        );
        harmless(&text);
        let is_command = |line: &&str| line.trim_start().starts_with('/');
        assert_eq!(text.lines().find(is_command), None, "GitLab would do this: {text}");
        let headers = std::fs::read_to_string(host.path("headers")).expect("headers");
        assert!(headers.lines().all(|line| line.ends_with("the-token")), "{headers}");

        // The same commit again: nothing is said.
        let stranger = at.comment(10, "stranger", "<!-- fieldbook review -->\n");
        let own = at.comment(11, at.own_name(), &text);
        host.answers(at.comments, json!([stranger, own]).to_string());
        at.runs(&book, &host);
        assert!(host.sent(at.post).is_none() && host.sent(at.edit).is_none(), "{}", at.name);
        // Three more pushes.
        for push in 0..3 {
            let commit = at.propose(&book, &NOTE.replace("/merge", &format!("Push {push}")));
            at.opens(&host, &[("3", &commit)]);
            let said = at.runs(&book, &host);
            let edited = host.sent(at.edit).unwrap_or_else(|| panic!("{}: {said}", at.name));
            assert!(body(&edited).contains(&format!("Push {push}")), "{}", body(&edited));
            assert!(host.sent(at.post).is_none(), "{}: one comment", at.name);
        }
        nothing_was_executed(&book, &host);
        assert_eq!(git(book.root(), &["worktree", "list"]).lines().count(), 1);
    }
}

#[test]
fn only_the_job_by_the_clock_gets_a_token() {
    let book = Book::small();
    book.run(&["ci", "gitlab"]).ends(0);
    let jobs = read(&book.read(".gitlab-ci.yml"));
    assert_eq!(jobs["book"]["rules"][0]["if"], "$CI_PIPELINE_SOURCE != \"schedule\"");
    assert!(!jobs["book"].to_string().contains("TOKEN"), "{jobs:#}");
    let rule = jobs["comment"]["rules"][0]["if"].as_str().expect("a rule");
    assert!(rule.starts_with("$CI_PIPELINE_SOURCE == \"schedule\" &&"), "{rule}");
    book.run(&["ci", "forgejo"]).ends(0);
    let workflow = book.read(".forgejo/workflows/comment.yml");
    let events = read(&workflow)["on"].as_object().expect("events").clone();
    assert_eq!(events.keys().collect::<Vec<_>>(), ["schedule", "workflow_dispatch"]);
}
