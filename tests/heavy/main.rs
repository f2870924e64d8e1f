//! The work of a build, counted. Heavy notes and hubs: four times as much takes about four times the
//! work, never its square. An ordinary note: it costs what it did.
#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests run the program")]

mod count;
#[allow(dead_code, reason = "the benchmark uses all of it")]
#[path = "../bench/generate/mod.rs"]
mod generate;
mod steady;
#[path = "../support/mod.rs"]
mod support;

use std::fmt::Write;
use std::thread;

use count::instructions;

/// A book, as path and text of each file.
type Book = Vec<(String, String)>;

/// What is heavy, how much of it at first, and the book with so much.
type Shape = (&'static str, usize, fn(usize) -> Book);

/// How much more work four times as much may be. Sorting and the growth of tables take their share;
/// what grows with the square would take 16 times.
const AT_MOST: f64 = 5.0;

const SHAPES: &[Shape] = &[
    ("blocks of code", 20, |n| note(n, |at| format!("```rust\nlet x{at} = {at};\n```\n\n"))),
    ("rows of a table", 400, |n| {
        note(n, |at| match at {
            0 => "| a | b | c |\n|---|---|---|\n".to_owned(),
            _ => format!("| {at} | some words here | [[one|a link]] |\n"),
        })
    }),
    ("footnotes", 400, |n| note(n, |at| format!("Words.[^{at}]\n\n[^{at}]: A note.\n\n"))),
    ("links in one note", 400, |n| {
        note(n, |at| format!("A link to [[{}]] here. ", ONE_OR_TWO[at % 2]))
    }),
    ("links in one sentence", 300, |n| note(n, |at| format!("[[{}]] ", ONE_OR_TWO[at % 2]))),
    ("headings of one name", 500, |n| note(n, |_| "## Again\n\nWords.\n\n".to_owned())),
    ("comments", 300, |n| note(n, |at| format!("Words %% and {at} `words` %% here.\n\n"))),
    ("bare addresses", 400, |n| note(n, |at| format!("See https://example.org/{at}, too.\n\n"))),
    ("highlighted words", 400, |n| note(n, |at| format!("A ==word {at}== here. "))),
    ("items of a list", 1_000, |n| note(n, |at| format!("- Item {at}\n"))),
    ("blocks with an id", 600, |n| note(n, |at| format!("Words and words. ^b{at}\n\n"))),
    ("notes that link to one", 60, |n| {
        notes(n, |_| "+++\ntitle = \"Some\"\n+++\n\nA link to [[one]] stands here.\n".to_owned())
    }),
    ("notes of one theme", 60, |n| {
        notes(n, |at| format!("+++\ntitle = \"Note {at}\"\nthemes = [\"one\"]\n+++\n\nWords.\n"))
    }),
    ("notes of one name", 60, |n| {
        notes(n, |_| "+++\ntitle = \"Same\"\n+++\n\nWords.\n".to_owned())
    }),
    ("notes that each replace another", 60, |n| {
        notes(n, |at| match at {
            0 => "+++\ntitle = \"First\"\n+++\n".to_owned(),
            _ => format!("+++\ntitle = \"Note {at}\"\nsupersedes = [\"n{}\"]\n+++\n", at - 1),
        })
    }),
    ("elements of a picture", 1_000, |n| {
        picture("<g>", n, "</g>", |at| {
            format!("<p{at}:r xmlns:p{at}='b' a='&#97;'/><rect fill='url(#a)'/>\n")
        })
    }),
    ("attributes of an element of a picture", 1_000, |n| {
        let all: String = (0..n).map(|at| format!("xmlns:p{at}='b' a{at}='c' ")).collect();
        picture(&format!("<g {all}>"), n, "</g>", |at| format!("<rect/><p{at}:r/>"))
    }),
    ("a style sheet in a picture", 2_000, |n| {
        picture("<style>", n, "</style>", |at| {
            format!("a{at} {{ fill: url(#a) }} \\61 &#97;<!-- -->\n")
        })
    }),
];

const ONE_OR_TWO: [&str; 2] = ["one", "two"];

#[test]
fn nothing_takes_the_square_of_its_size() {
    let Some(bare) = instructions(&note(0, |_| String::new())) else { return };
    let measured = |(what, n, book): &Shape| {
        let work = |n| instructions(&book(n)).expect("valgrind was there").saturating_sub(bare);
        let (once, more) = (work(*n), work(4 * n));
        (*what, once, more as f64 / once as f64)
    };
    let (left, right) = SHAPES.split_at(SHAPES.len() / 2);
    let rows = thread::scope(|scope| {
        let left = scope.spawn(|| left.iter().map(measured).collect::<Vec<_>>());
        let right: Vec<_> = right.iter().map(measured).collect();
        [left.join().expect("no panic"), right].concat()
    });
    let mut said = String::new();
    for (what, once, ratio) in &rows {
        let _ = writeln!(
            said,
            "{what}: {once} instructions, and {ratio:.2} times as many for four times as much"
        );
    }
    eprintln!("{said}");
    assert!(rows.iter().all(|(_, _, ratio)| *ratio <= AT_MOST), "\n{said}");
}

/// A book with one note that says something `n` times.
fn note(n: usize, say: impl Fn(usize) -> String) -> Book {
    let text: String = (0..n).map(say).collect();
    let mut book = base();
    book.push((
        "content/notes/heavy.md".to_owned(),
        format!("+++\ntitle = \"Heavy\"\n+++\n\n{text}\n"),
    ));
    book
}

/// A book with one picture that holds something `n` times.
fn picture(before: &str, n: usize, after: &str, hold: impl Fn(usize) -> String) -> Book {
    let parts: String = (0..n).map(hold).collect();
    let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{before}{parts}{after}</svg>");
    let mut book = base();
    book.push(("content/notes/heavy.svg".to_owned(), text));
    book
}

/// A book of `n` more notes.
fn notes(n: usize, write: impl Fn(usize) -> String) -> Book {
    let mut book = base();
    book.extend((0..n).map(|at| (format!("content/notes/n{at}.md"), write(at))));
    book
}

fn base() -> Book {
    let config = "title = \"Book\"\npaginate = 20\n[kinds.theme]\nfolder = \"themes\"\n[kinds.note]\n\
                  folder = \"notes\"\n[kinds.note.fields]\nthemes = { to = \"theme\", many = true }\n";
    let titled = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n\nWords.\n");
    vec![
        ("book.toml".to_owned(), config.to_owned()),
        ("content/index.md".to_owned(), titled("Home")),
        ("content/themes/one.md".to_owned(), titled("One")),
        ("content/themes/two.md".to_owned(), titled("Two")),
    ]
}
