//! Requests and replies as they stand on the wire (RFC 9110, RFC 9112). Bounded in size and in time:
//! whoever sends too much, too slowly or nonsense is told so, and the connection is closed.

use std::io::{self, BufWriter, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tiny_http::{HTTPVersion, Header, Method, Response, StatusCode};

/// The media type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// The longest head of a request, in bytes; browsers stay far below.
const HEAD: usize = 16 * 1024;

/// How long a head may take once it has begun.
const SLOW: Duration = Duration::from_secs(5);

/// How long a connection may be kept without a request.
const IDLE: Duration = Duration::from_secs(20);

/// How long a write may wait for a client to take what was sent before.
const STUCK: Duration = Duration::from_secs(10);

/// A request. Its body, if it has one, is not read.
pub(super) struct HttpRequest {
    pub(super) method: Method,
    pub(super) target: String,
    headers: Vec<(String, String)>,
    /// Whether no other request follows on the connection.
    pub(super) is_last: bool,
}

/// What came on a connection.
pub(super) enum ReceivedMessage {
    Request(HttpRequest),
    /// Something else, to be answered with this status.
    Nonsense(u16),
    /// Nothing; the client left or is silent.
    Nothing,
}

/// What every reply says to browsers: that only pages of the preview may have it, as what it is and in a
/// window of its own, and that links to elsewhere do not tell where they stood.
const SHIELD: [(&str, &str); 4] = [
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
];

/// What a browser may do with what is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AllowedUse {
    /// It is a page of the site, and says itself what it may load.
    Page,
    /// It is played or shown by a part of the browser that does not work in a sandbox: films, PDF.
    Player,
    /// Shown by itself it runs nothing, loads nothing and is no part of this site, whatever it is.
    Part,
}

/// What is sent back.
pub(super) struct HttpReply {
    pub(super) status: u16,
    /// The media type.
    pub(super) kind: String,
    pub(super) use_as: AllowedUse,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Arc<[u8]>,
    /// What of the body is sent.
    pub(super) part: Range<usize>,
}

impl HttpRequest {
    /// The value of a header, named in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
    }

    /// The values of all headers of that name, in lower case.
    pub(super) fn values(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|header| header.0 == name);
        named.map(|header| header.1.as_str()).collect()
    }

    /// Whether it comes with a body.
    pub(super) fn has_body(&self) -> bool {
        let length = self.header("content-length").is_some_and(|length| length.trim() != "0");
        length || self.header("transfer-encoding").is_some()
    }
}

impl AllowedUse {
    /// The content security policy.
    fn policy(self) -> &'static str {
        match self {
            Self::Page | Self::Player => "frame-ancestors 'none'",
            Self::Part => {
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; \
                 base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            }
        }
    }
}

impl HttpReply {
    /// A reply with `body`, which is of the media type `kind` and no page.
    pub(super) fn new(status: u16, kind: &str, body: impl Into<Arc<[u8]>>) -> Self {
        let (kind, body) = (kind.to_owned(), body.into());
        let use_as = match kind.split('/').next() {
            Some("audio" | "video") => AllowedUse::Player,
            _ if kind == "application/pdf" => AllowedUse::Player,
            _ => AllowedUse::Part,
        };
        let part = 0..body.len();
        Self { status, kind, use_as, headers: Vec::new(), body, part }
    }

    /// A reply with a page of the site.
    pub(super) fn page(status: u16, body: Vec<u8>) -> Self {
        Self { use_as: AllowedUse::Page, ..Self::new(status, HTML, body) }
    }

    /// A reply that says one thing.
    pub(super) fn plain(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Readies a connection for `read` and `write`.
pub(super) fn prepare(socket: &TcpStream) -> io::Result<()> {
    socket.set_nodelay(true)?;
    socket.set_write_timeout(Some(STUCK))
}

/// Waits for the next request. `unread` is what was read of the connection and not yet used.
pub(super) fn read(mut socket: &TcpStream, unread: &mut Vec<u8>) -> ReceivedMessage {
    let mut start = Instant::now();
    let mut part = [0; 4096];
    loop {
        // Empty lines before a request are passed over (RFC 9112, section 2.2).
        let empty = unread.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        unread.drain(..empty);
        if let Some(end) = head_end(unread) {
            let head: Vec<u8> = unread.drain(..end).collect();
            return parse(&head);
        }
        if unread.len() >= HEAD {
            return ReceivedMessage::Nonsense(if unread.contains(&b'\n') { 431 } else { 414 });
        }
        let limit = if unread.is_empty() { IDLE } else { SLOW };
        let Some(left) = limit.checked_sub(start.elapsed()).filter(|left| !left.is_zero()) else {
            return if unread.is_empty() {
                ReceivedMessage::Nothing
            } else {
                ReceivedMessage::Nonsense(408)
            };
        };
        let read = socket.set_read_timeout(Some(left)).and_then(|()| socket.read(&mut part));
        match read {
            Ok(0) => return ReceivedMessage::Nothing,
            Ok(size) => {
                if unread.is_empty() {
                    start = Instant::now();
                }
                unread.extend_from_slice(&part[..size]);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if is_timeout(&error) => {}
            Err(_) => return ReceivedMessage::Nothing,
        }
    }
}

fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

/// Where the empty line ends that ends a head. A line may end in LF alone.
fn head_end(bytes: &[u8]) -> Option<usize> {
    let mut breaks = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at);
    breaks.find_map(|at| match &bytes[at + 1..] {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

fn parse(head: &[u8]) -> ReceivedMessage {
    let mut lines =
        head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let Some(first) = lines.next().and_then(|line| std::str::from_utf8(line).ok()) else {
        return ReceivedMessage::Nonsense(400);
    };
    let parts: Vec<&str> = first.split(' ').collect();
    let [method, target, version] = parts[..] else { return ReceivedMessage::Nonsense(400) };
    let (true, Ok(method)) = (is_token(method), Method::from_str(method)) else {
        return ReceivedMessage::Nonsense(400);
    };
    let old = match version {
        "HTTP/1.1" => false,
        "HTTP/1.0" => true,
        _ if version.starts_with("HTTP/") => return ReceivedMessage::Nonsense(505),
        _ => return ReceivedMessage::Nonsense(400),
    };
    let mut headers = Vec::new();
    for line in lines.filter(|line| !line.is_empty()) {
        // A value may hold any byte but a line break; cookies of other programs on this machine do.
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            return ReceivedMessage::Nonsense(400);
        };
        let name = String::from_utf8_lossy(&line[..colon]);
        if !is_token(&name) || line.contains(&b'\r') || line.contains(&0) {
            return ReceivedMessage::Nonsense(400);
        }
        let value = String::from_utf8_lossy(&line[colon + 1..]).trim().to_owned();
        headers.push((name.to_ascii_lowercase(), value));
    }
    let mut request = HttpRequest { method, target: target.to_owned(), headers, is_last: old };
    let closes = |value: &str| value.to_ascii_lowercase().contains("close");
    request.is_last |= request.header("connection").is_some_and(closes) || request.has_body();
    ReceivedMessage::Request(request)
}

/// Whether `text` is a token (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(plain)
}

/// Sends a reply; to `HEAD`, all but its body.
pub(super) fn write(socket: &TcpStream, reply: &HttpReply, without_body: bool) -> io::Result<()> {
    let own = reply.headers.iter().map(|(name, value)| (*name, value.as_str()));
    let fixed = [("Content-Type", reply.kind.as_str()), ("Cache-Control", "no-cache")];
    let header = |(name, value): (&str, &str)| Header::from_bytes(name, value).ok();
    let headers = fixed.into_iter().chain(shield(reply.use_as)).chain(own).filter_map(header);
    let body = &reply.body[reply.part.clone()];
    let mut out = BufWriter::with_capacity(16 * 1024, socket);
    Response::new(StatusCode(reply.status), headers.collect(), body, Some(body.len()), None)
        .with_chunked_threshold(usize::MAX)
        .raw_print(&mut out, HTTPVersion(1, 1), &[], without_body, None)?;
    out.flush()
}

/// The head of a reply that goes on as long as the connection: a stream of events.
pub(super) fn stream() -> String {
    let fixed = [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")];
    let headers =
        fixed.into_iter().chain(shield(AllowedUse::Part)).chain([("Connection", "close")]);
    let lines: String = headers.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 200 OK\r\n{lines}\r\n")
}

fn shield<'a>(use_as: AllowedUse) -> impl Iterator<Item = (&'a str, &'a str)> {
    // Whoever opened the page has no hold on its window. With a sandbox, browsers show nothing then.
    let alone = ("Cross-Origin-Opener-Policy", "same-origin");
    let policy = ("Content-Security-Policy", use_as.policy());
    SHIELD.into_iter().chain([policy]).chain((use_as != AllowedUse::Part).then_some(alone))
}

/// Ends a connection on which more may come: what was sent must not be lost to a reset.
pub(super) fn close(mut socket: &TcpStream) {
    let _ = socket.shutdown(Shutdown::Write);
    let (start, mut part) = (Instant::now(), [0; 4096]);
    while let Some(left) =
        Duration::from_secs(1).checked_sub(start.elapsed()).filter(|left| !left.is_zero())
    {
        let read = socket.set_read_timeout(Some(left)).and_then(|()| socket.read(&mut part));
        if !read.is_ok_and(|size| size > 0) {
            break;
        }
    }
}
