//! Hostile requests: each is answered or disconnected, soon, and reveals nothing.

use std::io::Write;

use crate::client::Preview;
use crate::support::book::Book;

const SECRET: &str = "SECRET-OUTSIDE-THE-SITE";

/// Spellings of "the folder above".
const UPS: &[&str] = &[
    "..",
    "%2e%2e",
    "%2E%2E",
    ".%2e",
    "%2e.",
    "%252e%252e",
    "..%00",
    "%c0%ae%c0%ae",
    "%uff0e%uff0e",
    "..;",
    "...",
    "....",
    "..\\",
    "%2e%2e%5c",
    "\u{ff0e}\u{ff0e}",
    "%ef%bc%8e%ef%bc%8e",
    ". .",
    "..%20",
];

/// Spellings of "into the folder".
const SLASHES: &[&str] = &["/", "%2f", "%2F", "\\", "%5c", "//", "/./", "%252f"];

/// Files beside the site, and files of systems that nobody should see.
const AIMS: &[&str] = &["book.toml", "secret.txt", "content/lessons/first.md", "etc/passwd"];

fn targets() -> Vec<String> {
    let mut targets: Vec<String> =
        ["", "/", "//", "///etc/passwd", "/.", "/..", "/./", "/../", "/%00"]
            .iter()
            .chain(&[
                "/content/lessons/first.md",
                "/book.toml",
                "/.fieldbook/",
                "/lessons/first.md",
            ])
            .chain(&[
                "*",
                "http://127.0.0.1/book.toml",
                "file:///etc/passwd",
                "/lessons//first.html",
            ])
            .chain(&[
                "/C:/Windows/win.ini",
                "/lessons/first.html::$DATA",
                "/con",
                "/%",
                "/%zz",
                "/%f",
            ])
            .chain(&["/__fieldbook/", "/__fieldbook/../book.toml", "/__fieldbook/events", "/\u{1}"])
            .chain(&[
                "/__fieldbook/place?at=/../book.toml&tag=p&nth=0",
                "/__fieldbook/events?at=..%2f..",
            ])
            .chain(&[
                "/__fieldbook/place?at=/index.html&tag=<&nth=-1",
                "/__fieldbook/problems?at=%2f..%2f",
            ])
            .chain(&[
                "/__fieldbook/place?at=/index.html&tag=&nth=99999999999999999999999",
                "?",
                "#",
                "/#",
            ])
            .map(|target| (*target).to_owned())
            .collect();
    for up in UPS {
        for slash in SLASHES {
            for aim in AIMS {
                targets.push(format!("/{up}{slash}{up}{slash}{aim}"));
            }
            targets.push(format!("/lessons/{up}{slash}{up}{slash}{up}{slash}secret.txt"));
        }
    }
    targets
}

/// Requests that are invalid as a whole.
fn requests(host: &str) -> Vec<Vec<u8>> {
    let long = |n: usize| "a".repeat(n);
    let mut requests: Vec<String> = [
        "\r\n\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET  / HTTP/1.1\r\nHost: H\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: H\r\n\r\n", "GET / http/1.1\r\nHost: H\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: H\r\nContent-Length: 5\r\n\r\nhello", "PUT /x HTTP/1.1\r\nHost: H\r\n\r\n",
        "DELETE /index.html HTTP/1.1\r\nHost: H\r\n\r\n", "CONNECT H HTTP/1.1\r\nHost: H\r\n\r\n",
        "TRACE / HTTP/1.1\r\nHost: H\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: H\r\n\r\n", "G\u{e9}T / HTTP/1.1\r\nHost: H\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nHost: example.org\r\n\r\n", "GET / HTTP/1.1\r\nHost : H\r\n\r\n",
        "GET / HTTP/1.1\r\n Host: H\r\n\r\n", "GET / HTTP/1.1\r\nHost: H\r\n folded\r\n\r\n", "GET / HTTP/1.1\r\nNothing\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\n: empty\r\n\r\n", "GET / HTTP/1.1\r\nHost: H\r\nX: a\rb\r\n\r\n", "GET / HTTP/1.1\r\nHost: H\r\nX: \0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nContent-Length: -1\r\n\r\n", "GET / HTTP/1.1\r\nHost: H\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "GET / HTTP/1.1\r\nHost: H\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n\r\n", "GET / HTTP/1.1\nHost: H\nConnection: close\n\n",
        "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: H\r\nConnection: close\r\nCookie: caf\u{e9}\r\n\r\n", "HEAD / HTTP/1.0\r\nHost: H\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nConnection: close\r\nRange: bytes=0-0,0-0,0-0\r\n\r\n", "GET / HTTP/1.1\r\nHost: H@example.org\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: H\r\nConnection: close\r\nIf-None-Match: \"\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\u{3}\u{3}\r\n\r\n",
    ]
    .iter()
    .map(|request| request.replace("Host: H", &format!("Host: {host}")))
    .collect();
    requests.push(format!("GET /{} HTTP/1.1\r\nHost: {host}\r\n\r\n", long(100_000)));
    requests.push(format!("GET / HTTP/1.1\r\nHost: {host}\r\nX: {}\r\n\r\n", long(1_000_000)));
    requests.push(format!("GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n", "X: y\r\n".repeat(100_000)));
    requests.push(format!("{} / HTTP/1.1\r\nHost: {host}\r\n\r\n", long(50_000)));
    requests.push(long(5_000_000));
    requests.push("\r\n".repeat(500_000));
    let mut requests: Vec<Vec<u8>> = requests.into_iter().map(String::into_bytes).collect();
    requests.push((0..=255).cycle().take(100_000).collect());
    requests
}

#[test]
fn nothing_is_given_away_and_nothing_breaks() {
    let (shelf, book) = (Book::new(&[("secret.txt", SECRET)]), Book::small());
    book.write("secret.txt", SECRET);
    book.write(
        "content/lessons/first.md",
        format!("+++\ntitle = \"First\"\n+++\n\n<!-- {SECRET} -->\n"),
    );
    let preview = Preview::of(book.root());
    preview.until(|| preview.file("index.html").is_none().then(|| "not yet".to_owned()));
    let mut n_asked = 0;
    let mut look = |request: &[u8]| {
        let shown = String::from_utf8_lossy(&request[..request.len().min(200)]).into_owned();
        n_asked += 1;
        let Some(reply) = preview.send(request) else { return };
        let text = reply.text();
        assert!(
            !text.contains(SECRET) && !text.contains("root:") && !text.contains("[kinds"),
            "{shown}"
        );
        assert_ne!(reply.status, 500, "{shown}");
    };
    for target in targets() {
        let host = preview.at;
        look(
            format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
                .as_bytes(),
        );
    }
    // A request for events lasts as long as its connection, so those above request none that exist.
    for request in requests(&preview.at.to_string()) {
        look(&request);
    }
    assert!(n_asked > 700, "{n_asked}");
    assert_eq!(preview.get("/index.html").status, 200);
    assert!(!preview.said().contains("panicked"), "{}", preview.said());
    drop(shelf);
}

#[test]
fn each_fault_is_told_apart() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    let host = format!("Host: {}\r\n", preview.at);
    for (status, request) in [
        (400, "GET / HTTP/1.1\r\n\r\n".to_owned()),
        (400, format!("GET /../book.toml HTTP/1.1\r\n{host}\r\n")),
        (400, format!("GET /%2e%2e/book.toml HTTP/1.1\r\n{host}\r\n")),
        (400, format!("GET /%5cx HTTP/1.1\r\n{host}\r\n")),
        (400, format!("GET /%ff HTTP/1.1\r\n{host}\r\n")),
        (400, format!("GET / HTTP/1.1\r\n{host}Content-Length: 2\r\n\r\nab")),
        (403, "GET / HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n".to_owned()),
        (405, format!("POST / HTTP/1.1\r\n{host}Content-Length: 2\r\n\r\nab")),
        (414, format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(20_000))),
        (431, format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "a".repeat(20_000))),
        (505, format!("GET / HTTP/2.0\r\n{host}\r\n")),
    ] {
        let request = request.replace("HTTP/1.1\r\nHost", "HTTP/1.1\r\nConnection: close\r\nHost");
        let shown = &request[..request.len().min(80)];
        assert_eq!(
            preview.send(request.as_bytes()).map(|reply| reply.status),
            Some(status),
            "{shown}"
        );
    }
}

#[test]
fn several_requests_come_on_one_connection() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    let mut stream = preview.connect();
    let ask = |path: &str, more: &str| {
        format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{more}\r\n", preview.at)
    };
    let all = ask("/robots.txt", "")
        + &ask("/nothing", "")
        + &ask("/robots.txt", "Connection: close\r\n");
    stream.write_all(all.as_bytes()).expect("a write");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut stream, &mut text).expect("an end");
    assert_eq!(text.matches("HTTP/1.1 200 OK").count(), 2, "{text}");
    assert_eq!(text.matches("HTTP/1.1 404 Not Found").count(), 1, "{text}");
}
