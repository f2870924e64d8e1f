//! Real notes with random changes: everything is reported in every format, and no program crashes.

use std::path::Path;

use fieldbook::report;

use crate::support;
use crate::support::random::Random;

/// The number of books of mutated notes.
const BOOKS: usize = 12;

#[test]
fn mutated_notes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let notes: Vec<(String, Vec<u8>)> =
        support::read_tree(&root.join("content")).into_iter().collect();
    let book = std::fs::read(root.join("book.toml")).expect("the book");
    let mut random = Random::new(6);
    for _ in 0..BOOKS {
        let mut sources = vec![support::source("book.toml", &book)];
        for (path, bytes) in &notes {
            let mutated = match random.below(3) {
                0 => mutated(bytes, &notes, &mut random),
                _ => bytes.clone(),
            };
            sources.push(support::source(&format!("content/{path}"), &mutated));
        }
        let (workspace, site) = support::open(sources.into_iter().collect(), support::options());
        let (problems, sources) = (workspace.diagnostics(), workspace.sources());
        assert_eq!(site.is_none(), problems.iter().any(|problem| problem.is_error()));
        let forms = [
            report::human(problems, sources),
            report::lines(problems, sources),
            report::json(problems, sources),
            report::sarif(problems, sources, ""),
            report::annotations(problems, sources, ""),
            report::job_summary(problems, sources, ""),
        ];
        assert!(problems.is_empty() || forms.iter().all(|form| !form.is_empty()));
    }
}

/// Returns a note with some bytes removed, changed, doubled, or taken from another note.
fn mutated(bytes: &[u8], notes: &[(String, Vec<u8>)], random: &mut Random) -> Vec<u8> {
    const SIGNS: &[u8] = b"[]()!#^|`*_<>\"'=+-:\n\t{}\\/&$\0\xff";
    let mut bytes = bytes.to_vec();
    for _ in 0..1 + random.below(8) {
        let (a, b) = (random.below(bytes.len() + 1), random.below(bytes.len() + 1));
        let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 40));
        match random.below(4) {
            0 => drop(bytes.drain(start..end)),
            1 => bytes.insert(start, SIGNS[random.below(SIGNS.len())]),
            2 => drop(bytes.splice(start..start, bytes[start..end].to_vec())),
            _ => {
                let other = &notes[random.below(notes.len())].1;
                let from = random.below(other.len());
                let part = &other[from..other.len().min(from + 60)];
                drop(bytes.splice(start..end, part.iter().copied()));
            }
        }
    }
    bytes
}
