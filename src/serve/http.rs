//! Requests and replies in the form in which they are transmitted (RFC 9110, RFC 9112). Size and
//! time are limited: a client that sends too much, too slowly or invalid data gets an error, and
//! the connection is closed.

use std::io::{self, BufWriter, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tiny_http::{HTTPVersion, Header, Method, Response, StatusCode};

/// The media type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

/// The longest head of a request, in bytes; browsers send far less.
const MAX_HEAD: usize = 16 * 1024;

/// The time that a head may take once it has begun.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);

/// The time that a connection is kept without a request.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);

/// The time that a write may wait for a client.
const WRITE_TIMEOUT: Duration = Duration::from_secs(10);

/// The time that a body may take.
const BODY_TIMEOUT: Duration = Duration::from_secs(30);

/// A request. Its body, if it has one, is read only where one is expected.
pub(super) struct HttpRequest {
    pub(super) method: Method,
    pub(super) target: String,
    headers: Vec<(String, String)>,
    /// True if this is the last request on the connection.
    pub(super) is_last: bool,
}

/// Reads the body of a request of at most so many bytes; the error is the status of the refusal.
pub(super) type BodyReader<'r> = dyn FnMut(usize) -> Result<Vec<u8>, u16> + 'r;

/// The result of reading from a connection.
pub(super) enum ReceivedMessage {
    Request(HttpRequest),
    /// An invalid request, to be answered with this status.
    Nonsense(u16),
    /// Nothing: the client left or is silent.
    Nothing,
}

/// The headers of every reply. They tell browsers to use it only for pages of the preview, only as
/// its declared type, and not to tell other sites the address of a page.
const SECURITY_HEADERS: [(&str, &str); 3] = [
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// The use that a browser may make of a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AllowedUse {
    /// A page of the site, which declares itself what it may load.
    Page,
    /// A film or PDF, which is shown by a part of the browser that doesn't work in a sandbox.
    Player,
    /// Anything else. Shown by itself, it runs nothing, loads nothing and isn't part of this site.
    Part,
    /// The page on which a note is edited. It loads only files of the preview, and nothing may show it in a frame.
    Editor,
    /// The page of a note with text that isn't saved, in a frame of the page on which it is edited. It runs nothing.
    Framed,
    /// A page for the frame of such a page, in one file, that is no part of this site. It runs nothing and loads nothing.
    Document,
}

/// A reply.
pub(super) struct HttpReply {
    pub(super) status: u16,
    /// The media type.
    pub(super) kind: String,
    pub(super) use_as: AllowedUse,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Arc<[u8]>,
    /// The range of the body that is sent.
    pub(super) part: Range<usize>,
}

impl HttpRequest {
    /// Returns the value of a header, named in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|header| header.0 == name).map(|header| header.1.as_str())
    }

    /// Returns the values of all headers with that name, given in lower case.
    pub(super) fn values(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|header| header.0 == name);
        named.map(|header| header.1.as_str()).collect()
    }

    /// Returns whether the request has a body.
    pub(super) fn has_body(&self) -> bool {
        let length = self.header("content-length").is_some_and(|length| length.trim() != "0");
        length || self.header("transfer-encoding").is_some()
    }
}

/// Reads the body of a request, of which `unread` may hold the beginning. Fails with the status of the refusal if its
/// length is not declared or greater than `limit`, in bytes, or if it does not come.
pub(super) fn read_body(
    mut socket: &TcpStream,
    unread: &mut Vec<u8>,
    request: &HttpRequest,
    limit: usize,
) -> Result<Vec<u8>, u16> {
    let [length] = request.values("content-length")[..] else { return Err(411) };
    let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || request.header("transfer-encoding").is_some() {
        return Err(400);
    }
    let length = length.parse().ok().filter(|length| *length <= limit).ok_or(413u16)?;
    let (start, mut part) = (Instant::now(), vec![0; 64 * 1024]);
    while unread.len() < length {
        let left = BODY_TIMEOUT.checked_sub(start.elapsed()).filter(|left| !left.is_zero());
        let left = left.ok_or(408u16)?;
        let read = socket.set_read_timeout(Some(left)).and_then(|()| socket.read(&mut part));
        match read {
            Ok(0) => return Err(400),
            Ok(size) => unread.extend_from_slice(&part[..size]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted || is_timeout(&error) => {}
            Err(_) => return Err(400),
        }
    }
    Ok(unread.drain(..length).collect())
}

impl AllowedUse {
    /// Returns the content security policy.
    fn policy(self) -> &'static str {
        match self {
            Self::Page | Self::Player => "frame-ancestors 'none'",
            Self::Part => {
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; \
                 base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            }
            Self::Editor => {
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
                 frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            }
            Self::Framed => "sandbox allow-same-origin; frame-ancestors 'self'",
            Self::Document => {
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                 frame-ancestors 'self'"
            }
        }
    }

    /// Returns which pages may show the reply in a frame, in the header that is older than the policy.
    fn frames(self) -> &'static str {
        if matches!(self, Self::Framed | Self::Document) { "SAMEORIGIN" } else { "DENY" }
    }
}

impl HttpReply {
    /// Creates a reply with `body` of the media type `kind`, which is not a page of the site.
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

    /// Creates a reply with a page of the site.
    pub(super) fn page(status: u16, body: Vec<u8>) -> Self {
        Self { use_as: AllowedUse::Page, ..Self::new(status, HTML, body) }
    }

    /// Creates a reply with data for a script.
    pub(super) fn json(status: u16, data: &serde_json::Value) -> Self {
        Self::new(status, "application/json", data.to_string().into_bytes())
    }

    /// Creates a reply with one line of text.
    pub(super) fn plain(status: u16, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{text}\n").into_bytes())
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// Prepares a connection for `read` and `write`.
pub(super) fn prepare(socket: &TcpStream) -> io::Result<()> {
    socket.set_nodelay(true)?;
    socket.set_write_timeout(Some(WRITE_TIMEOUT))
}

/// Waits for the next request. `unread` holds bytes that were received but not used yet.
pub(super) fn read(mut socket: &TcpStream, unread: &mut Vec<u8>) -> ReceivedMessage {
    let mut start = Instant::now();
    let mut part = [0; 4096];
    loop {
        // Empty lines before a request are ignored (RFC 9112, section 2.2).
        let empty = unread.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        unread.drain(..empty);
        if let Some(end) = head_end(unread) {
            let head: Vec<u8> = unread.drain(..end).collect();
            return parse(&head);
        }
        if unread.len() >= MAX_HEAD {
            return ReceivedMessage::Nonsense(if unread.contains(&b'\n') { 431 } else { 414 });
        }
        let limit = if unread.is_empty() { IDLE_TIMEOUT } else { HEAD_TIMEOUT };
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

/// Returns the end of the empty line that ends a head. A line may end with LF alone.
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
        // A value may contain any byte but a line break; cookies of other programs on this machine
        // do.
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

/// Returns whether `text` is a token (RFC 9110, section 5.6.2).
fn is_token(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(plain)
}

/// Sends a reply; in answer to `HEAD`, without its body.
pub(super) fn write(socket: &TcpStream, reply: &HttpReply, without_body: bool) -> io::Result<()> {
    let own = reply.headers.iter().map(|(name, value)| (*name, value.as_str()));
    let fixed = [("Content-Type", reply.kind.as_str()), ("Cache-Control", "no-cache")];
    let header = |(name, value): (&str, &str)| Header::from_bytes(name, value).ok();
    let headers = fixed.into_iter().chain(security_headers(reply.use_as)).chain(own);
    let headers = headers.filter_map(header);
    let body = &reply.body[reply.part.clone()];
    let mut out = BufWriter::with_capacity(16 * 1024, socket);
    Response::new(StatusCode(reply.status), headers.collect(), body, Some(body.len()), None)
        .with_chunked_threshold(usize::MAX)
        .raw_print(&mut out, HTTPVersion(1, 1), &[], without_body, None)?;
    out.flush()
}

/// Returns the head of a reply that lasts as long as the connection: a stream of events.
pub(super) fn stream() -> String {
    let fixed = [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")];
    let headers = fixed
        .into_iter()
        .chain(security_headers(AllowedUse::Part))
        .chain([("Connection", "close")]);
    let lines: String = headers.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("HTTP/1.1 200 OK\r\n{lines}\r\n")
}

fn security_headers<'a>(use_as: AllowedUse) -> impl Iterator<Item = (&'a str, &'a str)> {
    // A page that opened this one gets no access to its window. With a sandbox, browsers show
    // nothing if this header is set.
    let alone = ("Cross-Origin-Opener-Policy", "same-origin");
    let policy = ("Content-Security-Policy", use_as.policy());
    let is_sandbox = matches!(use_as, AllowedUse::Part | AllowedUse::Framed | AllowedUse::Document);
    SECURITY_HEADERS
        .into_iter()
        .chain([("X-Frame-Options", use_as.frames()), policy])
        .chain((!is_sandbox).then_some(alone))
}

/// Closes a connection on which more data may arrive: a reset must not discard what was sent.
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
