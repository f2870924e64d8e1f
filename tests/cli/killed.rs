//! A build killed at any moment leaves every file old or new, and the next build repairs the site.

use std::process::Child;
use std::time::{Duration, Instant};

use crate::support::Tree;
use crate::support::book::Book;

const NOTES: usize = 300;

#[test]
fn a_killed_build_is_repaired_by_the_next() {
    let (book, spring, autumn) = (Book::new(&[]), site_of("spring"), site_of("autumn"));
    write(&book, "spring");
    let start = Instant::now();
    book.build().ends(0);
    let whole = start.elapsed();
    assert_eq!(book.site(), spring);
    let (mut early, mut mixed) = (0, 0);
    for round in 0..12 {
        let (season, wanted, before) = match round % 2 {
            0 => ("autumn", &autumn, &spring),
            _ => ("spring", &spring, &autumn),
        };
        write(&book, season);
        let mut child = book.begin();
        match round % 3 {
            0 => std::thread::sleep(whole * (20 + 7 * round) / 100),
            _ => wait_for_a_new_file(&book, before, wanted, round as usize, &mut child),
        }
        early += u32::from(child.try_wait().expect("a program").is_none());
        child.kill().expect("a program that can be killed");
        child.wait().expect("the end");
        let site = book.site();
        let is_old = |(path, bytes): &(&String, &Vec<u8>)| before.get(*path) == Some(*bytes);
        let is_new = |(path, bytes): &(&String, &Vec<u8>)| wanted.get(*path) == Some(*bytes);
        let published = || site.iter().filter(|(path, _)| !path.starts_with(".fieldbook-stage/"));
        let torn = published().find(|file| !is_old(file) && !is_new(file));
        assert!(torn.is_none(), "{:?} is neither old nor new", torn.map(|(path, _)| path));
        let only_old = published().any(|file| is_old(&file) && !is_new(&file));
        mixed += u32::from(only_old && published().any(|file| is_new(&file) && !is_old(&file)));
        book.build().ends(0);
        assert!(book.site() == *wanted, "round {round}: the site is not that of a clean build");
    }
    assert!(early >= 6, "only {early} builds were killed before they ended");
    assert!(mixed >= 1, "no build was killed while it moved files into place");
}

/// Waits until one file of the site is the new one, a different one in each round, or the build
/// ends.
fn wait_for_a_new_file(book: &Book, before: &Tree, wanted: &Tree, round: usize, child: &mut Child) {
    let mut changed = wanted.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes));
    let (path, bytes) = changed.nth(round * 9).expect("a file that changes");
    let file = book.path("public").join(path);
    while std::fs::read(&file).ok().as_ref() != Some(bytes) {
        if child.try_wait().expect("a program").is_some() {
            return;
        }
        std::thread::sleep(Duration::from_micros(200));
    }
}

/// Returns the site of the book in one season, built from scratch.
fn site_of(season: &str) -> Tree {
    let book = Book::new(&[]);
    write(&book, season);
    book.build().ends(0);
    book.site()
}

/// Writes the book. Every other note exists in spring only, so that builds add, change and remove
/// files.
fn write(book: &Book, season: &str) {
    let toml = format!("title = \"In {season}\"\n[kinds.lesson]\nfolder = \"lessons\"\n");
    book.write("book.toml", toml);
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
