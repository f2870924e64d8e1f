//! `fieldbook manual` and `fieldbook explain`: the manual in a folder and in the terminal.

use std::path::PathBuf;
use std::process::Command;

use crate::support::book::{Run, finish};

/// The folders of a user, with the caches and the state of programs in them.
struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.env("XDG_STATE_HOME", self.0.path().join("state"));
        command.env("XDG_CACHE_HOME", self.0.path().join("cache"));
        finish(command.current_dir(self.0.path()).args(arguments))
    }

    fn manual(&self) -> PathBuf {
        let path = self.0.path().canonicalize().expect("a folder");
        path.join("cache/fieldbook/manual")
    }
}

#[test]
fn it_is_written_to_the_cache_and_its_place_is_printed() {
    let home = Home::new();
    let run = home.run(&["manual", "--no-open"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let index = home.manual().join("index.html");
    assert_eq!(run.out, format!("{}\n", index.display()));
    let page = std::fs::read_to_string(&index).expect("the page");
    assert!(page.contains("<h1>The Fieldbook manual</h1>"), "{page}");
    let written = || index.metadata().and_then(|of| of.modified()).expect("a time");
    let before = written();
    assert_eq!(home.run(&["manual", "--no-open"]).code, Some(0));
    assert_eq!(written(), before, "what is there is not written again");
    // A page that somebody altered is made again.
    std::fs::write(&index, "altered").expect("a file");
    assert_eq!(home.run(&["manual", "--no-open"]).code, Some(0));
    assert_eq!(std::fs::read_to_string(&index).expect("the page"), page);
}

#[test]
fn a_page_is_opened_by_its_name() {
    let home = Home::new();
    for (name, page) in [
        ("broken-link", "rules/broken-link.html"),
        ("write-a-note", "guides/write-a-note.html"),
        ("settings", "reference/settings.html"),
        ("rules", "rules/index.html"),
    ] {
        let run = home.run(&["manual", name, "--no-open"]);
        assert_eq!(run.out, format!("{}\n", home.manual().join(page).display()));
        assert!(home.manual().join(page).is_file(), "{page}");
    }
    home.run(&["manual", "write-a-not", "--no-open"]).ends(2).says("did you mean write-a-note?");
}

#[test]
fn nothing_of_others_is_replaced() {
    let home = Home::new();
    let index = home.manual().join("index.html");
    std::fs::create_dir_all(home.manual()).expect("a folder");
    std::fs::write(&index, "mine").expect("a file");
    home.run(&["manual", "--no-open"]).ends(3).says("index.html");
    assert_eq!(std::fs::read_to_string(&index).expect("a file"), "mine");
    let own = home.0.path().join("own");
    std::fs::create_dir(&own).expect("a folder");
    std::fs::write(own.join("letter.txt"), "mine").expect("a file");
    home.run(&["manual", "--no-open", "-o", "own"]).ends(3).says("letter.txt");
    assert_eq!(std::fs::read_dir(&own).expect("a folder").count(), 1);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_way_is_not_followed() {
    let home = Home::new();
    let elsewhere = home.0.path().join("elsewhere");
    std::fs::create_dir(&elsewhere).expect("a folder");
    std::fs::create_dir_all(home.manual().parent().expect("a folder")).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, home.manual()).expect("a link");
    home.run(&["manual", "--no-open"]).ends(3).says("this is a link");
    assert_eq!(std::fs::read_dir(&elsewhere).expect("a folder").count(), 0);
}

#[test]
fn it_can_be_written_to_another_folder() {
    let home = Home::new();
    let run = home.run(&["manual", "--no-open", "-o", "new/manual"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(home.0.path().join("new/manual/rules/orphan.html").is_file());
    assert!(!home.manual().exists());
    // It is known as ours the next time.
    assert_eq!(home.run(&["manual", "--no-open", "-o", "new/manual"]).code, Some(0));
}

#[test]
fn every_page_can_be_printed() {
    let home = Home::new();
    let guide = home.run(&["explain", "start-a-book"]).out;
    assert!(guide.starts_with("# Start a book\n\n## Install the program\n"), "{guide}");
    assert!(home.run(&["explain", "rules"]).out.starts_with("# Rules\n\n"));
    let list = home.run(&["explain"]).out;
    let (rules, pages) = list.split_once("The other pages of the manual").expect("both lists");
    assert!(rules.contains("\nfile-name "), "{rules}");
    let guide = |line: &str| line.starts_with("start-a-book ") && line.ends_with(" Start a book");
    assert!(pages.lines().any(guide) && !pages.contains("\nfile-name "), "{pages}");
    let rule = home.run(&["explain", "file-name"]).out;
    let parts: Vec<&str> = rule.split("\n## ").collect();
    assert!(parts[..parts.len() - 1].iter().all(|part| part.ends_with('\n')), "{rule}");
}
