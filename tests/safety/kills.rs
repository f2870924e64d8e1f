//! Builds that are killed or fail at every file operation: the next build gives the clean site.

use std::collections::BTreeSet;
use std::path::Path;

use crate::shim::{self, Blow, EIO, ENOSPC};
use crate::support::Tree;
use crate::support::book::Book;

/// A kind of change: its name, and the two states of the book.
struct Change {
    name: &'static str,
    states: [fn(usize) -> Files; 2],
}

/// The files of a state besides those of all states, by path.
type Files = Vec<(String, String)>;

/// The number of pages that the changes of many pages affect. `FIELDBOOK_KILLS` sets another
/// number; `1000/37` also limits the test to every 37th operation, because with so many pages all
/// operations take a day.
const PAGES: usize = 4;

const CHANGES: &[Change] = &[
    Change {
        name: "a file becomes a folder",
        states: [|_| one("static/data", "x"), |_| one("static/data/deep/x.txt", "y")],
    },
    Change {
        name: "a page becomes a folder",
        states: [
            |_| one("static/lessons/n1.html", "x"),
            |_| one("static/lessons/n1.html/x.txt", "y"),
        ],
    },
    Change {
        name: "only the case of names",
        states: [
            |_| both("static/Logo.svg.txt", "content/lessons/Case.md"),
            |_| both("static/logo.svg.txt", "content/lessons/case.md"),
        ],
    },
    Change {
        name: "a kind gets another folder",
        states: [|n| kind("lessons", n), |n| kind("moved", n)],
    },
    Change {
        name: "the theme changes",
        states: [
            |_| Vec::new(),
            |_| one("themes/default/static/assets/site.css", "body { color: red }"),
        ],
    },
    Change {
        name: "pages are added and removed",
        states: [|_| Vec::new(), |n| notes("", n, "New")],
    },
    Change {
        name: "pages move",
        states: [|n| notes("spring/", n, "N"), |n| notes("autumn/deep/", n, "N")],
    },
    Change {
        name: "every page changes",
        states: [|n| notes("", n, "Old"), |n| notes("", n, "New")],
    },
    Change {
        name: "some pages change, come and go",
        states: [
            |n| notes("", n, "A"),
            |n| [notes("", n / 2, "B"), notes("x/", n / 2, "B")].concat(),
        ],
    },
    Change {
        name: "pages and files change places",
        states: [
            |n| notes("", n, "A"),
            |n| {
                (0..n).map(|at| (format!("static/lessons/n{at}.html"), "file".to_owned())).collect()
            },
        ],
    },
];

fn one(path: &str, text: &str) -> Files {
    vec![(path.to_owned(), text.to_owned())]
}

fn both(file: &str, note: &str) -> Files {
    let note = (note.to_owned(), "+++\ntitle = \"Case\"\n+++\n".to_owned());
    [one(file, "the same bytes"), vec![note]].concat()
}

fn kind(folder: &str, n: usize) -> Files {
    let config = format!("title = \"Small\"\n\n[kinds.lesson]\nfolder = \"{folder}\"\n");
    let notes = (0..n).map(|at| {
        (
            format!("content/{folder}/n{at}.md"),
            format!("+++\ntitle = \"N{at}\"\n+++\n\nSee [[first]].\n"),
        )
    });
    [one("book.toml", &config), notes.collect()].concat()
}

fn notes(below: &str, n: usize, title: &str) -> Files {
    let note = |at| {
        let text = format!("+++\ntitle = \"{title} {at}\"\n+++\n\nSee [[first]].\n");
        (format!("content/lessons/{below}n{at}.md"), text)
    };
    (0..n).map(note).collect()
}

/// Puts the book into one of the states of a change.
fn put(book: &Book, files: &Files) {
    for entry in std::fs::read_dir(book.root()).expect("a folder") {
        let entry = entry.expect("an entry");
        if ["public", ".fieldbook"].iter().any(|kept| entry.file_name() == *kept) {
            continue;
        }
        match entry.path().is_dir() {
            true => std::fs::remove_dir_all(entry.path()).expect("a folder"),
            false => std::fs::remove_file(entry.path()).expect("a file"),
        }
    }
    crate::support::book::SMALL.iter().for_each(|(path, text)| book.write(path, text));
    files.iter().for_each(|(path, text)| book.write(path, text));
}

/// Returns a site: its files, and all its folders, because a clean site has no empty folder.
fn site(book: &Book) -> (Tree, BTreeSet<String>) {
    let mut folders = BTreeSet::new();
    find_folders(&book.path("public"), "", &mut folders);
    (book.site(), folders)
}

fn find_folders(folder: &Path, below: &str, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.expect("an entry");
        if entry.file_type().expect("a kind").is_dir() {
            let path = format!("{below}{}/", entry.file_name().to_string_lossy());
            find_folders(&entry.path(), &path, found);
            found.insert(path);
        }
    }
}

/// Returns the site of a state, built from scratch.
fn clean(files: &Files) -> (Tree, BTreeSet<String>) {
    let book = Book::new(&[]);
    put(&book, files);
    book.build().ends(0);
    site(&book)
}

/// Returns the number of pages that the changes of many pages affect, and the interval of the
/// operations that are hit.
fn asked() -> (usize, usize) {
    let asked = std::env::var("FIELDBOOK_KILLS").unwrap_or_default();
    let (n, each) = asked.split_once('/').unwrap_or((&asked, "1"));
    (n.parse().unwrap_or(PAGES), each.parse().expect("a number"))
}

/// The records that survive from build to build.
#[derive(Clone, Copy, PartialEq)]
enum Kept {
    /// Both that of the user and that in the book.
    Both,
    /// Only that in the book: it was copied or moved, or each build runs in a container.
    InBook,
}

/// Switches between the two states of a change, interrupts each build at the next operation, and
/// then builds again. Returns the number of interrupted builds.
fn try_all(change: &Change, blows: &[Blow], kept: Kept) -> usize {
    let (n, each) = asked();
    let states = change.states.map(|state| state(n));
    let cleans = [clean(&states[0]), clean(&states[1])];
    let book = Book::new(&[]);
    put(&book, &states[0]);
    book.build().ends(0);
    let forget = || {
        if kept == Kept::InBook && book.state().is_dir() {
            std::fs::remove_dir_all(book.state()).expect("a folder");
        }
    };
    let (mut struck, mut now) = (0, 0);
    for &blow in blows {
        let mut counts = [0, 0];
        for _ in 0..2 {
            now = 1 - now;
            put(&book, &states[now]);
            forget();
            counts[now] = shim::count(&book);
            assert!(site(&book) == cleans[now], "{}: not a clean site", change.name);
        }
        for (number, at) in (1..=counts[0].max(counts[1])).step_by(each).enumerate() {
            now = 1 - now;
            put(&book, &states[now]);
            forget();
            let run = shim::strike(&book, at, blow);
            struck += usize::from(run.code != Some(0));
            assert!(
                !run.err.contains("panicked"),
                "{}: {blow:?} at {at}: {}",
                change.name,
                run.err
            );
            is_whole(
                &book,
                [&cleans[0].0, &cleans[1].0],
                &format!("{}: {blow:?} at {at}", change.name),
            );
            forget();
            book.build().ends(0);
            let difference = format!("{}: after {blow:?} at {at}, the next build", change.name);
            assert!(site(&book) == cleans[now], "{difference} does not give a clean site");
            if number % 8 == 7 {
                book.build().ends(0).says("nothing to do");
            }
        }
    }
    struck
}

/// Fails if a published file is that of neither site.
#[track_caller]
fn is_whole(book: &Book, sites: [&Tree; 2], when: &str) {
    for (path, bytes) in
        book.site().iter().filter(|(path, _)| !path.starts_with(".fieldbook-stage"))
    {
        let is_whole = sites.iter().any(|site| site.get(path) == Some(bytes));
        assert!(is_whole, "{when}: {path} is neither old nor new");
    }
}

#[test]
fn the_build_after_a_kill_at_any_operation_is_clean() {
    for change in CHANGES {
        let struck = try_all(change, &[Blow::Kill], Kept::Both);
        assert!(struck > 20 / asked().1, "{}: only {struck} builds were killed", change.name);
    }
}

#[test]
fn the_build_after_an_error_at_any_operation_is_clean() {
    for change in CHANGES {
        let struck = try_all(change, &[Blow::Once(EIO)], Kept::Both);
        assert!(struck > 20 / asked().1, "{}: only {struck} builds failed", change.name);
    }
}

#[test]
fn the_build_after_the_disk_was_full_from_any_operation_on_is_clean() {
    for change in CHANGES {
        let struck = try_all(change, &[Blow::Always(ENOSPC)], Kept::Both);
        assert!(struck > 20 / asked().1, "{}: only {struck} builds failed", change.name);
    }
}

#[test]
fn a_book_that_was_copied_is_repaired_as_well() {
    for change in CHANGES {
        let struck = try_all(change, &[Blow::Kill], Kept::InBook);
        assert!(struck > 20 / asked().1, "{}: only {struck} builds were killed", change.name);
    }
}
