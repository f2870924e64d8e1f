//! Many clients: slow or stuck ones, pages that wait for events, files that change.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::client::{PATIENCE, Preview, built};
use crate::support::book::Book;

/// An open page: the events it receives.
struct Open(TcpStream, String);

impl Open {
    fn new(preview: &Preview, at: &str) -> Self {
        let page = preview.get(at).text();
        let known = page.split("data-known=\"").nth(1).and_then(|rest| rest.split('"').next());
        let known = known.expect("the script").replace("&amp;", "&");
        let mut stream = preview.connect();
        let host = preview.at;
        let ask =
            format!("GET /__fieldbook/events?{known}&at={at} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(ask.as_bytes()).expect("a write");
        let mut open = Self(stream, String::new());
        open.until("retry: ");
        open
    }

    /// Reads until `part` has arrived.
    #[track_caller]
    fn until(&mut self, part: &str) {
        let (start, mut bytes) = (Instant::now(), [0; 4096]);
        while !self.1.contains(part) {
            // The preview sends signs of life at intervals, so reading alone does not end.
            assert!(start.elapsed() < PATIENCE, "no {part} in {}", self.1);
            let size =
                self.0.read(&mut bytes).unwrap_or_else(|e| panic!("{part}: {e}\n{}", self.1));
            assert!(size > 0, "closed before {part}: {}", self.1);
            self.1 += &String::from_utf8_lossy(&bytes[..size]);
        }
    }

    /// Returns whether anything but the beginning arrived.
    fn is_quiet(&mut self) -> bool {
        self.0.set_read_timeout(Some(Duration::from_millis(300))).expect("a limit");
        let came = self.0.read(&mut [0; 4096]).is_ok_and(|size| size > 0);
        self.0.set_read_timeout(Some(PATIENCE)).expect("a limit");
        !came && !self.1.contains("event:")
    }
}

fn note(title: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n\n{text}\n")
}

#[test]
fn a_page_hears_of_itself_and_of_nothing_else() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    let mut first = Open::new(&preview, "/lessons/first.html");
    let mut second = Open::new(&preview, "/lessons/second.html");
    book.write("content/lessons/first.md", note("First", "Edited."));
    first.until("event: page\n");
    assert!(second.is_quiet(), "{}", second.1);
    book.write("content/lessons/first.md", note("First", "See [[Gone]]."));
    second.until("event: problems\n");
    book.write("content/lessons/first.md", note("First", "Edited."));
    preview.until(|| (!preview.problems("").is_empty()).then(|| "not mended".to_owned()));
    let mut first = Open::new(&preview, "/lessons/first.html");
    std::fs::rename(book.path("content/lessons/first.md"), book.path("content/lessons/1st.md"))
        .expect("a move");
    first.until("event: moved\ndata: /lessons/1st.html\n");
    book.remove("content/lessons/second.md");
    let is_there = || preview.file("lessons/second.html").map(|_| "not gone".to_owned());
    preview.until(is_there);
    let mut third = Open::new(&preview, "/lessons/1st.html");
    book.write("themes/default/static/assets/site.css", "body { color: red }");
    third.until("event: styles\n");
    assert!(!third.1.contains("event: page"), "{}", third.1);
    // A page that was disconnected hears at once what it missed.
    let knew = "page=00000000000000000000000000000001&styles=0&problems=0";
    let mut stream = preview.connect();
    let ask = format!("GET /__fieldbook/events?{knew}&at=/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(ask.as_bytes()).expect("a write");
    Open(stream, String::new()).until("event: page\n");
}

#[test]
fn five_hundred_open_pages() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    let mut pages: Vec<Open> =
        (0..500).map(|_| Open::new(&preview, "/lessons/first.html")).collect();
    let start = Instant::now();
    assert_eq!(preview.get("/").status, 200);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    if let Some(threads) = preview.figure("Threads") {
        assert!(threads < 60, "{threads} threads");
    }
    book.write("content/lessons/first.md", note("First", "Edited."));
    pages.iter_mut().for_each(|page| page.until("event: page\n"));
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn slow_and_stuck_clients_keep_nobody_waiting() {
    let book = Book::small();
    book.write("static/film.mp4", vec![7; 20_000_000]);
    let preview = Preview::of(book.root());
    assert_eq!(preview.get("/").status, 200);
    let mut stuck = Vec::new();
    for at in 0..600 {
        let mut stream = preview.connect();
        let begun = [
            "",
            "GET",
            "GET / HTTP/1.1\r\nHost: loc",
            "GET /film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        ];
        let _ = stream.write_all(begun[at % begun.len()].as_bytes());
        stuck.push(stream);
        if at % 20 == 0 {
            let start = Instant::now();
            assert_eq!(preview.get("/lessons/first.html").status, 200);
            assert!(start.elapsed() < Duration::from_secs(3), "{at}: {:?}", start.elapsed());
        }
    }
    // The threads of connections that are being closed take a moment to end.
    preview.until(|| {
        let threads = preview.figure("Threads").filter(|threads| *threads >= 300);
        threads.map(|threads| format!("{threads} threads"))
    });
    // A client that begins a request and doesn't finish it gets an error.
    let mut slow = preview.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHo").expect("a write");
    let mut answer = String::new();
    slow.read_to_string(&mut answer).expect("an end");
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    drop(stuck);
    assert_eq!(preview.get("/").status, 200);
}

#[test]
fn a_storm_of_changes_ends_in_what_a_build_writes() {
    const N: usize = 5_000;
    let book = Book::small();
    let write = |n: usize, round: usize| {
        let text =
            note(&format!("Note {n}"), &format!("Round {round}. See [[n-{}]].", (n + 1) % N));
        book.write(&format!("content/lessons/n-{n}.md"), text);
    };
    (0..N).for_each(|n| write(n, 0));
    let preview = Preview::of(book.root());
    preview.until_shows("lessons/n-0.html", "Round 0.");
    (0..N).for_each(|n| write(n, 1));
    for n in (0..N).step_by(5) {
        std::fs::remove_file(book.path(&format!("content/lessons/n-{n}.md"))).expect("a removal");
        write(n, 2);
    }
    preview.until_shows("lessons/n-0.html", "Round 2.");
    let site = built(book.root()).expect("no errors");
    preview.until(|| preview.difference(&site, &[]));
    assert_eq!(preview.problems(""), "", "what was wrong on the way is so no more");
    assert!(!preview.said().contains("panicked"), "{}", preview.said());
}
