//! The address of the preview, its clients, and its end.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::client::{PATIENCE, Preview};
use crate::support::book::{Book, finish};

/// The port that `fieldbook serve` tries first.
const PORT: u16 = fieldbook::serve::PORT;

#[test]
fn a_port_that_is_taken_is_passed_over_unless_it_was_asked_for() {
    let book = Book::small();
    // Another preview may run on this machine, which serves as well.
    let taken = TcpListener::bind(("127.0.0.1", PORT));
    let preview = Preview::with(book.root(), &[]);
    assert!(preview.at.ip().is_loopback());
    assert!((PORT + 1..PORT + 21).contains(&preview.at.port()), "{}", preview.at);
    assert_eq!(preview.get("/").status, 200);
    drop(taken);
    let port = preview.at.port().to_string();
    let run = book.run(&["serve", "-p", &port]).ends(3);
    assert!(run.err.contains(&port), "{}", run.err);
    let asked = Preview::with(book.root(), &["-p", "0"]);
    assert!(asked.at.port() != 0 && asked.at != preview.at);
}

#[test]
fn what_is_asked_before_it_is_there_is_waited_for() {
    let book = Book::small();
    for n in 0..300 {
        let text = format!("+++\ntitle = \"Note {n}\"\n+++\n\n{}\n", "Some words. ".repeat(500));
        book.write(&format!("content/note-{n}.md"), text.as_bytes());
    }
    for path in ["/", "/search/index.js", "/note-7.html"] {
        let preview = Preview::of(book.root());
        assert_eq!(preview.get(path).status, 200, "{path}");
        assert_eq!(preview.get("/nothing.html").status, 404);
    }
    // Changes before the watch begins, which is after the first page, are not reported by the
    // system.
    let preview = Preview::of(book.root());
    assert_eq!(preview.get("/note-7.html").status, 200);
    book.write("content/note-7.md", "+++\ntitle = \"Note 7\"\n+++\n\nSaved early.\n");
    preview.until(|| {
        let page = preview.get("/note-7.html").text();
        (!page.contains("Saved early.")).then(|| "the page is as it was".to_owned())
    });
}

#[test]
fn what_is_asked_wrongly_ends_with_2() {
    let book = Book::small();
    for arguments in [&["-p", "70000"][..], &["-i", "nowhere"], &["--today", "soon"]] {
        let run = finish(book.command(&["serve"]).args(arguments));
        assert_eq!(run.code, Some(2), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn only_this_machine_is_answered() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    let port = preview.at.port();
    let status = |preview: &Preview, host: &str| {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        preview.send(request.as_bytes()).expect("an answer").status
    };
    for host in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        assert_eq!(status(&preview, &format!("{host}:{port}")), 200, "{host}");
        assert_eq!(status(&preview, host), 200, "{host}");
    }
    for host in
        ["example.org", "127.0.0.1.example.org", "localhost.example.org", "0.0.0.0", "", "::1"]
    {
        assert!(matches!(status(&preview, &format!("{host}:{port}")), 400 | 403), "{host}");
    }
    let origin = |origin: &str| preview.ask("/", &format!("Origin: {origin}\r\n")).status;
    assert_eq!(origin("https://example.org"), 403);
    assert_eq!(origin("null"), 403);
    assert_eq!(origin(&format!("http://{}", preview.at)), 200);
    let open = Preview::with(book.root(), &["-p", "0", "-i", "127.0.0.1"]);
    assert_eq!(status(&open, "book.example.org"), 200);
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to() {
    for signal in ["-TERM", "-INT"] {
        let book = Book::small();
        let mut preview = Preview::of(book.root());
        let _stuck = preview.connect();
        preview.until_shows("lessons/first.html", "The first.");
        let start = Instant::now();
        let mut kill = Command::new("kill");
        let sent = kill.arg(signal).arg(preview.child.id().to_string()).stdout(Stdio::null());
        assert!(sent.status().expect("kill").success());
        let status = loop {
            if let Some(status) = preview.child.try_wait().expect("a process") {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "it goes on after {signal}");
            std::thread::sleep(Duration::from_millis(5));
        };
        assert_eq!(status.code(), Some(0), "{signal}");
        preview.until(|| (!preview.said().contains("has ended")).then(|| "not said".to_owned()));
        assert!(!book.has("public") && !book.has(".fieldbook"));
    }
}
