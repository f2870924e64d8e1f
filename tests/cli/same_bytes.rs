//! The same input gives the same bytes, on any machine, in any folder, time zone and language.

use crate::support::Tree;
use crate::support::book::{Book, finish};
use crate::support::{read_tree, tests};

#[test]
fn the_same_book_gives_the_same_bytes() {
    let reference = site_of(&[]);
    assert!(reference.len() > 20);
    for variables in [
        &[("RAYON_NUM_THREADS", "1")][..],
        &[("RAYON_NUM_THREADS", "4")],
        &[("TZ", "Pacific/Kiritimati"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("TZ", "America/Adak"), ("LANG", "ar_EG.UTF-8"), ("LC_ALL", "C")],
        &[("HOME", "/nonexistent"), ("USER", "somebody"), ("TERM", "dumb")],
    ] {
        assert!(site_of(variables) == reference, "with {variables:?} the site is another");
    }
}

/// Returns the sites of the golden books of kinds and of links, built in a new folder.
fn site_of(variables: &[(&str, &str)]) -> Tree {
    let mut all = Tree::new();
    for name in ["kinds", "links", "languages"] {
        let book = Book::new(&[]);
        // The files are written in a different order each time, so that the system lists them
        // differently.
        let mut files: Vec<_> =
            read_tree(&tests().join("sites").join(name).join("input")).into_iter().collect();
        files.rotate_left(variables.len() * 3);
        let theme = read_tree(&tests().join("support/plain")).into_iter();
        files.extend(theme.map(|(path, bytes)| (format!("themes/plain/{path}"), bytes)));
        for (path, bytes) in files {
            book.write(&path, bytes);
        }
        let mut command = book.command(&["build", "--today", "2026-11-22"]);
        finish(command.envs(variables.iter().copied())).ends(0);
        all.extend(book.site().into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
    }
    all
}
