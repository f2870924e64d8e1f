//! There and back again: the book is the same, byte for byte.
//!
//! `FIELDBOOK_MOVES` sets the number of moves.

use std::collections::BTreeMap;

use fieldbook::disk;
use fieldbook::path::SourcePath;
use fieldbook::source::{SourceRole, Sources};

use crate::MovedBook;
use crate::support::random::Random;

/// The number of moves.
const MOVES: usize = 12;

#[test]
fn the_book_is_as_before_after_moves_in_random_order_and_back() {
    let number = std::env::var("FIELDBOOK_MOVES").ok().and_then(|number| number.parse().ok());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = disk::read(root, &SourcePath::new("book.toml")).expect("the book");
    let texts = |sources: &Sources| -> BTreeMap<String, String> {
        let notes =
            sources.iter().filter(|source| SourceRole::of(&source.path) != SourceRole::Theme);
        notes.map(|note| (note.path.to_string(), note.shown().to_owned())).collect()
    };
    let before = texts(&sources);
    let mut notes: Vec<String> = before
        .keys()
        .filter(|path| path.starts_with("content/") && path.ends_with(".md"))
        .filter(|path| !path.ends_with(".fr.md") && !path.ends_with(".ar.md"))
        .filter(|path| !path.ends_with("/index.md"))
        .cloned()
        .collect();
    let (mut book, mut random) = (MovedBook::new(sources), Random::new(7));
    let (mut made, mut refused) = (Vec::new(), Vec::new());
    for at in 0..number.unwrap_or(MOVES).min(notes.len()) {
        let old = notes.remove(random.below(notes.len()));
        let (folder, name) = old.rsplit_once('/').expect("a folder");
        let new = match at % 3 {
            0 => format!("{folder}/moved-{name}"),
            1 => format!("{folder}/deeper/{name}"),
            _ => format!("{folder}/a b/{name}"),
        };
        match book.relocate(&old, &new, true) {
            Ok(_) => made.push((old, new)),
            Err(error) => refused.push(format!("{old} to {new}: {error:?}")),
        }
    }
    assert_eq!(refused, Vec::<String>::new());
    assert_ne!(texts(book.workspace.sources()), before);
    for at in (1..made.len()).rev() {
        made.swap(at, random.below(at + 1));
    }
    for (old, new) in made {
        book.relocate(&new, &old, false).unwrap_or_else(|error| panic!("{new} back: {error:?}"));
    }
    let after = texts(book.workspace.sources());
    for (path, text) in &before {
        let now = after.get(path).map(String::as_str);
        assert_eq!(now, Some(text.as_str()), "{path}");
    }
    assert_eq!(after.len(), before.len());
}
