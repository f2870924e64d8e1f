//! The figures by which the code is kept easy to take over. To print them, also beside those of another
//! checkout:
//!
//! ```sh
//! cargo test --test floors figures -- --nocapture
//! FIELDBOOK_BEFORE=../other-checkout cargo test --test floors figures -- --nocapture
//! ```

use std::path::Path;

use crate::recipes;
use crate::tree::{Tree, root};

/// The first words that hide the noun of a doc comment in a clause.
const CLAUSES: [&str; 4] = ["What", "How", "Where", "Whether"];

/// The largest share of doc comments that may open with such a word, in hundredths.
const MOST_CLAUSES: usize = 2;

/// The figures of one checkout, each with what it is of.
fn figures(repository: &Path) -> Vec<(String, String)> {
    let tree = Tree::read(repository);
    let lengths = tree.files.iter().map(|(name, file)| (file.text.lines().count(), name.clone()));
    let functions = tree.files.iter().flat_map(|(file, source)| {
        source.functions.iter().map(move |(name, lines)| (*lines, format!("{name} in {file}")))
    });
    let (openings, clauses) = openings(&tree);
    let share = 100.0 * clauses.len() as f64 / openings as f64;
    let mut out = vec![
        ("type names declared twice or more".to_owned(), tree.repeated_types().len().to_string()),
        ("import cycles between files".to_owned(), tree.import_cycles().len().to_string()),
        ("lines of a file, median and longest".to_owned(), spread(lengths.collect())),
        ("lines of a function, median and longest".to_owned(), spread(functions.collect())),
        (
            format!("doc comments that open with {}", CLAUSES.join(", ")),
            format!("{} of {openings} ({share:.1} %)", clauses.len()),
        ),
    ];
    out.extend(recipes::read(repository).into_iter().map(|recipe| {
        (format!("files to touch: {}", recipe.title), recipe.files.len().to_string())
    }));
    out
}

/// Returns the middle and the end of a list of sizes.
fn spread(mut sizes: Vec<(usize, String)>) -> String {
    sizes.sort();
    let (middle, longest) = (&sizes[sizes.len() / 2], &sizes[sizes.len() - 1]);
    format!("{} and {} ({})", middle.0, longest.0, longest.1)
}

/// Returns the number of doc comments, and the places of those that open with a clause.
fn openings(tree: &Tree) -> (usize, Vec<String>) {
    let all = tree.files.iter().flat_map(|(file, source)| {
        source.openings.iter().map(move |(word, line)| (word.as_str(), file, *line))
    });
    let clauses = all.clone().filter(|(word, ..)| CLAUSES.contains(word));
    let places = clauses.map(|(word, file, line)| format!("src/{file}:{line}: opens with {word}"));
    (all.count(), places.collect())
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are for who runs the test")]
fn figures_of_the_code() {
    let now = figures(root());
    let before = std::env::var_os("FIELDBOOK_BEFORE").map(|path| figures(Path::new(&path)));
    for (name, figure) in now {
        let earlier = before.as_ref().map(|all| all.iter().find(|(other, _)| *other == name));
        match earlier {
            None => println!("{name}: {figure}"),
            Some(None) => println!("{name}: not known → {figure}"),
            Some(Some((_, earlier))) => println!("{name}: {earlier} → {figure}"),
        }
    }
}

#[test]
fn every_type_has_a_name_of_its_own() {
    let tree = Tree::read(root());
    let repeated = tree.repeated_types();
    let problems = repeated.iter().map(|(name, files)| format!("{name}: {}", files.join(", ")));
    super::assert_none(&problems.collect::<Vec<_>>());
}

#[test]
fn no_files_import_each_other() {
    let tree = Tree::read(root());
    let cycles = tree.import_cycles();
    super::assert_none(&cycles.iter().map(|files| files.join(", ")).collect::<Vec<_>>());
}

#[test]
fn doc_comments_open_with_a_noun_or_a_verb() {
    let (all, clauses) = openings(&Tree::read(root()));
    let few = clauses.len() * 100 < all * MOST_CLAUSES;
    assert!(few, "{} of {all} doc comments:\n{}", clauses.len(), clauses.join("\n"));
}
