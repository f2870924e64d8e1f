//! Tries again every note that coverage-guided fuzzing found to reach something new (`tests/fuzz`).

#[path = "../fuzz/judge.rs"]
mod judge;

use crate::support;

#[test]
fn every_note_of_the_corpus() {
    let corpus = support::read_tree(&support::tests().join("fuzz/corpus"));
    assert!(corpus.len() > 100, "the corpus holds {} notes", corpus.len());
    for (name, note) in &corpus {
        let judged = std::panic::catch_unwind(|| judge::judge(note));
        assert!(judged.is_ok(), "tests/fuzz/corpus/{name}");
    }
}
