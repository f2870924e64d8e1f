//! A build that is killed at any moment leaves every file old or new, and the next one repairs it.

use std::time::{Duration, Instant};

use crate::support::Tree;
use crate::support::book::Book;

const NOTES: usize = 400;

#[test]
fn a_killed_build_is_repaired_by_the_next() {
    let (book, spring, autumn) = (Book::new(&[]), site_of("spring"), site_of("autumn"));
    write(&book, "spring");
    let start = Instant::now();
    book.build().ends(0);
    let whole = start.elapsed();
    assert_eq!(book.site(), spring);
    let mut kills = 0;
    for (round, moment) in [25, 90, 60, 75, 50, 95, 40, 85, 70, 80, 65, 55].into_iter().enumerate()
    {
        let (season, wanted, before) = match round % 2 {
            0 => ("autumn", &autumn, &spring),
            _ => ("spring", &spring, &autumn),
        };
        write(&book, season);
        let mut child = book.begin();
        std::thread::sleep(whole * moment / 100);
        kills += u32::from(child.try_wait().expect("a program").is_none());
        child.kill().expect("a program that can be killed");
        child.wait().expect("the end");
        for (path, bytes) in book.site() {
            let staged = path.starts_with(".fieldbook-stage/");
            let fits = |site: &Tree| site.get(&path) == Some(&bytes);
            assert!(staged || fits(before) || fits(wanted), "{path} is neither old nor new");
        }
        std::thread::sleep(Duration::from_millis(5));
        book.build().ends(0);
        assert!(book.site() == *wanted, "round {round}: the site is not that of a clean build");
    }
    assert!(kills >= 4, "only {kills} builds were killed before they ended");
}

/// The site of the book in one season, built from nothing.
fn site_of(season: &str) -> Tree {
    let book = Book::new(&[]);
    write(&book, season);
    book.build().ends(0);
    book.site()
}

/// Every other note is there in spring only, so that builds add, change and remove files.
fn write(book: &Book, season: &str) {
    book.write(
        "book.toml",
        format!("title = \"In {season}\"\n[kinds.lesson]\nfolder = \"lessons\"\n"),
    );
    for number in 0..NOTES {
        let path = format!("content/lessons/{}/note-{number}.md", number % 7);
        if season == "autumn" && number % 2 == 1 {
            let _ = std::fs::remove_file(book.path(&path));
            continue;
        }
        let text = format!("A text of {season}, see [[note-{}]].\n\n", number / 2 * 2).repeat(20);
        book.write(&path, format!("+++\ntitle = \"Note {number}\"\n+++\n\n{text}"));
    }
}
