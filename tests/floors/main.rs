//! The rules of the code that no compiler enforces: which module may import which, which may touch the world
//! outside, how long a file may be, how things are named, and that the map in `ARCHITECTURE.md` is true.
#![allow(clippy::disallowed_methods, reason = "this test reads the source code")]

mod figures;
mod recipes;
mod tree;

use std::collections::BTreeMap;

use tree::{root, texts};

/// The floors from the lowest to the highest. A module imports only from lower floors, so modules
/// on one floor don't know each other.
const FLOORS: &[&[&str]] = &[
    &[
        "bidi",
        "colour",
        "date",
        "delimited",
        "fingerprint",
        "language",
        "path",
        "scheme",
        "slug",
        "span",
        "visible",
    ],
    &["collation", "diagnostic", "nearest", "plural", "source", "template", "token"],
    &["active", "manual", "refused", "table"],
    &["files", "words"],
    &["config"],
    &["note"],
    &["graph", "parse"],
    &["note_settings", "terms", "translation", "unfit"],
    &["index"],
    &["site"],
    &["check", "view"],
    &["listing", "schema", "search"],
    &["render"],
    &["workspace"],
    &["authoring", "autofix", "comparison", "disk", "exchange", "migration", "preview", "report"],
    &["change", "hosting", "proposal"],
    &["editor"],
    &["serve"],
    &["lsp"],
    &["cli"],
    &["command"],
];

/// The rooms of views from the lowest to the highest.
const ROOMS: &[&str] = &["text", "parts", "exports", "pages"];

/// Forbidden imports that are accepted: the importing module, the imported one, and the reason.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// The only modules that touch files, the clock, the environment or the terminal.
const IO_MODULES: &[&str] = &["command", "disk", "lsp", "main", "serve"];

/// Names that only these modules may use.
const IO_NAMES: &[&str] =
    &["std::env", "std::fs", "std::process", "Instant", "SystemTime", "print!", "println!"];

/// The most lines of a file.
const MAX_LINES: usize = 400;

/// Returns the texts of the source files, by their paths below `src/`.
fn files() -> BTreeMap<String, String> {
    texts(&root().join("src"))
}

/// Returns the top-level module of a file.
fn module(file: &str) -> &str {
    file.split('/').next().unwrap_or(file).trim_end_matches(".rs")
}

/// Returns the lines of code with their numbers, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Returns the top-level modules that a line names.
fn imports(line: &str) -> impl Iterator<Item = &str> {
    let is_other = |c: char| !c.is_ascii_lowercase() && c != '_';
    line.split("crate::").skip(1).filter_map(move |rest| rest.split(is_other).next())
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

#[track_caller]
fn assert_none(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn modules_import_only_from_lower_floors() {
    let mut problems = Vec::new();
    for (file, text) in &files() {
        let from = module(file);
        for (number, line) in code(text).filter(|_| !matches!(from, "lib" | "main")) {
            if line.contains("super::super::") || line.contains("crate::{") {
                problems.push(format!("src/{file}:{number}: write crate::module::…"));
            }
            for to in imports(line).filter(|to| *to != from && floor(to) >= floor(from)) {
                if !EXCEPTIONS.iter().any(|except| (except.0, except.1) == (from, to)) {
                    problems.push(format!("src/{file}:{number}: {from} may not import {to}"));
                }
            }
        }
    }
    assert_none(&problems);
}

#[test]
fn rooms_of_views_import_only_from_lower_rooms() {
    let mut problems = Vec::new();
    for (from, room) in ROOMS.iter().enumerate() {
        let own = format!("view/{room}/");
        for (file, text) in files().iter().filter(|(file, _)| file.starts_with(&own)) {
            let above = |line: &str| {
                ROOMS[from + 1..].iter().any(|above| line.contains(&format!("view::{above}")))
            };
            let found = code(text).filter(|(_, line)| above(line));
            problems.extend(found.map(|(number, line)| format!("src/{file}:{number}: {line}")));
        }
    }
    assert_none(&problems);
}

#[test]
fn every_module_has_a_floor() {
    let files = files();
    let declared = files["lib.rs"]
        .lines()
        .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
    let mut declared: Vec<&str> = declared.collect();
    let mut known = FLOORS.concat();
    declared.sort();
    known.sort();
    assert_eq!(declared, known, "the modules of src/lib.rs, and those in the table of this test");
}

#[test]
fn only_io_modules_touch_the_outside() {
    let mut problems = Vec::new();
    for (file, text) in files().iter().filter(|(file, _)| !IO_MODULES.contains(&module(file))) {
        for (number, line) in code(text) {
            let named = IO_NAMES.iter().filter(|word| line.contains(**word));
            problems.extend(named.map(|word| format!("src/{file}:{number}: names {word}")));
        }
    }
    assert_none(&problems);
}

#[test]
fn no_file_is_long() {
    let lengths = files().into_iter().map(|(file, text)| (file, text.lines().count()));
    let long = lengths.filter(|(_, lines)| *lines > MAX_LINES);
    assert_none(&long.map(|(file, n)| format!("src/{file}: {n} lines")).collect::<Vec<_>>());
}

#[test]
fn every_rule_is_one_file_and_is_listed() {
    let mut in_files = Vec::new();
    for (file, text) in files() {
        let Some(name) = text.split("pub const RULE: Rule = Rule {\n    name: \"").nth(1) else {
            continue;
        };
        let name = name.split('"').next().unwrap_or_default();
        let wanted = format!("/rules/{}.rs", name.replace('-', "_"));
        assert!(file.ends_with(&wanted), "{name} stands in src/{file}");
        in_files.push(name.to_owned());
    }
    in_files.sort();
    let listed: Vec<&str> =
        fieldbook::workspace::rules::all().all().iter().map(|r| r.name).collect();
    assert_eq!(in_files, listed, "the files of rules, and the rules of the lists");
}

#[test]
fn the_map_is_true() {
    let map = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let named: Vec<&str> = map.split('`').skip(1).step_by(2).collect();
    let gone = named.iter().filter(|name| name.starts_with("src/") && !root().join(name).exists());
    let mut problems: Vec<String> = gone.map(|name| format!("{name} is not there")).collect();
    for module in FLOORS.concat() {
        let ways = [module.to_owned(), format!("src/{module}.rs"), format!("src/{module}/")];
        if !ways.iter().any(|way| named.contains(&way.as_str())) {
            problems.push(format!("`{module}` is not in the map"));
        }
    }
    assert_none(&problems);
}
