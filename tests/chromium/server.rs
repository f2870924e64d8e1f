//! A file server for what a `file:` address can't show: the network, and the policies of hosts.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A server of a folder, on this machine only, as long as the value lives.
pub(crate) struct Server {
    /// The address, with a trailing slash.
    pub(crate) url: String,
    port: u16,
    done: Arc<AtomicBool>,
}

/// Serves a folder. If a file has a packed copy with the ending `.br`, that is sent instead.
pub(crate) fn serve(folder: &Path) -> Server {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let done = Arc::new(AtomicBool::new(false));
    let (root, stop) = (folder.to_owned(), Arc::clone(&done));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            let root = root.clone();
            std::thread::spawn(move || stream.map(|stream| answer(&stream, &root)));
        }
    });
    Server { url: format!("http://127.0.0.1:{port}/"), port, done }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
        // Wakes the listener, which then notices the end.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

fn answer(mut stream: &TcpStream, root: &Path) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    let request = lines.next()?.ok()?;
    lines.map_while(Result::ok).find(String::is_empty)?;
    let path = request.split(' ').nth(1)?.split(['?', '#']).next()?;
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    let mut name = path.trim_start_matches('/').to_owned();
    if name.is_empty() || name.ends_with('/') {
        name.push_str("index.html");
    }
    let file = root.join(&name);
    let packed = PathBuf::from(format!("{}.br", file.display()));
    let (status, encoding, bytes) = match (std::fs::read(packed), std::fs::read(&file)) {
        _ if name.split('/').any(|part| part == "..") => ("400 Bad Request", "", Vec::new()),
        (Ok(bytes), _) => ("200 OK", "Content-Encoding: br\r\n", bytes),
        (_, Ok(bytes)) => ("200 OK", "", bytes),
        _ => ("404 Not Found", "", std::fs::read(root.join("404.html")).unwrap_or_default()),
    };
    let kind = match name.rsplit('.').next() {
        _ if status.starts_with('4') => "text/html; charset=utf-8",
        Some("html" | "htm") => "text/html; charset=utf-8",
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("xml") => "application/xml",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{encoding}Content-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&bytes).ok()
}
