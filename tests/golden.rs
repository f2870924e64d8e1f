//! Golden sites: each folder of `tests/sites` is a book with its expected site and report.
//!
//! `input/` is the book, `expected/` the site, byte for byte, and `diagnostics.txt` the report. A
//! book with errors has no `expected/`. `UPDATE=1 cargo test --test golden` writes both again; read
//! the difference before you commit it.
//!
//! Most of these books use the theme `plain` of `tests/support`, which shows what a template can
//! use and nothing else. Files of the built-in theme are part of every site: they are compared with
//! the theme itself, so that a new style sheet does not change every site here.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::path::Path;

use fieldbook::disk;
use fieldbook::path::SourcePath;
use fieldbook::workspace::Workspace;
use support::Tree;

#[test]
fn golden_sites() {
    let sites = support::entries(&support::tests().join("sites"));
    assert!(sites.len() >= 13, "there are only {} golden sites", sites.len());
    let wrong: Vec<String> = sites.iter().flat_map(|site| check(site)).collect();
    assert!(wrong.is_empty(), "{} differ:\n\n{}\n", wrong.len(), wrong.join("\n\n"));
}

/// The built-in templates are run by code of our own, and by Tera where a theme has templates. Both make the same pages.
#[test]
fn both_ways_to_run_a_template_make_the_same_bytes() {
    let (mut fast, mut differ) = (0, Vec::new());
    let tests = support::tests();
    let here = ["..", "pages/style", "trilingual/book"].map(|book| tests.join(book));
    let sites = support::entries(&tests.join("sites")).into_iter().map(|site| site.join("input"));
    for book in here.into_iter().chain(sites) {
        let read = disk::read(&book, &SourcePath::new("book.toml")).expect("a book");
        let (workspace, _) = support::open(read.into_files().collect(), support::options());
        let Some(snapshot) = workspace.snapshot() else { continue };
        let has_theme = book.join("themes").exists() && !book.ends_with("..");
        for (path, output) in &snapshot.plan.outputs {
            let Some([own, tera]) = snapshot.make_both_ways(path, output) else { continue };
            fast += usize::from(own.is_some());
            // A theme may have templates that only Tera knows, or faults that it reports.
            let is_left = has_theme && (own.is_none() || tera.is_none());
            if own != tera && !is_left {
                let text = |page: Option<Vec<u8>>| {
                    String::from_utf8_lossy(&page.unwrap_or_default()).into_owned()
                };
                let difference = support::difference(&text(tera), &text(own));
                differ.push(format!(
                    "{}: {path}: {}",
                    book.display(),
                    difference.unwrap_or_default()
                ));
            }
        }
    }
    let first = &differ[..differ.len().min(5)];
    assert!(differ.is_empty(), "{} pages differ:\n{}", differ.len(), first.join("\n"));
    assert!(fast > 800, "only {fast} pages were compared");
}

/// Returns the differences of a site from the expected one.
fn check(case: &Path) -> Vec<String> {
    let (built, report) = build(&case.join("input"));
    let folder = case.join("expected");
    let mut built = built.unwrap_or_default();
    built.retain(|path, _| !is_index(path));
    if support::is_update() {
        update(case, &built, &report);
        return Vec::new();
    }
    let expected = support::read_tree(&folder);
    let mut wrong = Vec::new();
    if !built.is_empty() {
        wrong = take_theme_files(&expected, &mut built);
    }
    for path in expected.keys().filter(|path| !built.contains_key(*path)) {
        wrong.push(format!("{path} is missing"));
    }
    for (path, bytes) in &built {
        let found = String::from_utf8_lossy(bytes);
        match expected.get(path).map(|bytes| String::from_utf8_lossy(bytes)) {
            None => wrong.push(format!("{path} is left over")),
            Some(expected) => {
                let difference = support::difference(&expected, &found);
                wrong.extend(difference.map(|difference| format!("{path}: {difference}")));
            }
        }
    }
    let expected = std::fs::read_to_string(case.join("diagnostics.txt")).unwrap_or_default();
    let difference = support::difference(&expected, &report);
    wrong.extend(difference.map(|difference| format!("diagnostics.txt: {difference}")));
    let name = case.file_name().unwrap_or_default().to_string_lossy();
    wrong.into_iter().map(|wrong| format!("{name}/{wrong}")).collect()
}

/// Returns the site of the book in a folder, if it has no errors, and its report.
fn build(input: &Path) -> (Option<Tree>, String) {
    let read = disk::read(input, &SourcePath::new("book.toml")).expect("a book");
    let sources = support::plain_theme().into_iter().chain(read.into_files()).collect();
    let (workspace, site) = support::open(sources, support::options());
    let site = site.map(|site| unstamped(site, &workspace));
    (site, support::lines(&workspace))
}

/// Returns the site with the theme's files under their own names, without the fingerprints of their
/// bytes.
fn unstamped(site: Tree, workspace: &Workspace) -> Tree {
    let cards = workspace.site().and_then(|site| site.cards.values().next());
    let assets = cards.map(|card| card.assets.clone()).unwrap_or_default();
    let mut tree = Tree::new();
    for (mut path, mut bytes) in site {
        for (name, output) in &assets {
            let name = format!("assets/{name}");
            if path == output.as_str() {
                path.clone_from(&name);
            } else if let Ok(text) = std::str::from_utf8(&bytes) {
                bytes = text.replace(output.as_str(), &name).into_bytes();
            }
        }
        tree.insert(path, bytes);
    }
    tree
}

/// Returns whether a file is a part of the search index, which is tested by its results: here it
/// would change with every weight.
fn is_index(path: &str) -> bool {
    path.starts_with("search/")
}

/// Removes the files of the built-in theme, and returns differences from the theme.
fn take_theme_files(expected: &Tree, built: &mut Tree) -> Vec<String> {
    let own = |(path, _): &(String, Vec<u8>)| !expected.contains_key(path);
    let theme = support::theme_files().into_iter().filter(own);
    let changed = theme.filter(|(path, bytes)| built.remove(path).as_ref() != Some(bytes));
    changed.map(|(path, _)| format!("{path} is not the file of the theme")).collect()
}

fn update(case: &Path, built: &Tree, report: &str) {
    let (theme, folder) = (support::theme_files(), case.join("expected"));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("an old folder");
    }
    let mut expected = built.clone();
    expected.retain(|path, bytes| theme.get(path) != Some(bytes));
    support::write_tree(&expected, &folder);
    std::fs::write(case.join("diagnostics.txt"), report).expect("a report");
}
