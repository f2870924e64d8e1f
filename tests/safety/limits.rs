//! The limits of memory and threads.

use std::process::Command;

use crate::support::book::{Book, Run, finish};

/// Builds the book in a shell that sets a limit first.
fn limited(book: &Book, limit: &str) -> Run {
    let program = book.command(&["build", "--today", "2026-11-22"]);
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{limit}; exec \"$@\"")).arg("sh").arg(program.get_program());
    command.args(program.get_args()).env("XDG_STATE_HOME", book.state());
    finish(&mut command)
}

#[test]
fn the_end_of_memory_is_said_and_leaves_the_site() {
    let book = Book::small();
    limited(&book, "true").ends(0);
    let site = book.site();
    let text = "A word and another. ".repeat(400_000);
    for number in 0..4 {
        book.write(
            &format!("content/big{number}.md"),
            format!("+++\ntitle = \"Big\"\n+++\n\n{text}"),
        );
    }
    let mut ended = 0;
    // The limits range from too little to start with to enough.
    for kilobytes in (60_000..700_000).step_by(40_000) {
        let run = limited(&book, &format!("ulimit -v {kilobytes}"));
        match run.code {
            Some(0) => break,
            Some(3) => ended += 1,
            // The system itself could not load the program.
            Some(126 | 127) | None => continue,
            code => panic!("{code:?} at {kilobytes} kB: {}", run.err),
        }
        assert!(run.err.contains("memory") || run.err.contains("threads"), "{}", run.err);
        assert_eq!(book.site(), site, "at {kilobytes} kB");
    }
    assert!(ended > 0, "memory never came to its end");
}

#[test]
fn a_limit_of_the_size_of_files_is_said() {
    let book = Book::small();
    limited(&book, "ulimit -f 8").ends(3);
    book.build().ends(0);
}

#[test]
fn the_end_of_threads_is_said() {
    let book = Book::small();
    let mut ended = 0;
    for kilobytes in (500_000..510_000).step_by(1_000) {
        let limit = format!("ulimit -v {kilobytes}; export RAYON_NUM_THREADS=1000");
        let run = limited(&book, &limit);
        // The last thread may get its stack, and no memory for the handler of overflows that Rust
        // gives each thread: then the runtime itself ends the program.
        if run.code.is_none() {
            continue;
        }
        assert_eq!(run.code, Some(3), "at {kilobytes} kB: {}", run.err);
        assert!(run.says("no more threads").err.contains("RAYON_NUM_THREADS=1"));
        assert!(!book.has("public"));
        ended += 1;
    }
    assert!(ended > 0, "threads never came to their end");
}
