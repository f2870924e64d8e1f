//! A running preview, and raw requests to it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use fieldbook::disk;
use fieldbook::path::SourcePath;

use crate::support::{Tree, open, options};

/// The longest time that anything may take before a test fails. The machine may be busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// A preview of a book, as long as the value lives.
pub(crate) struct Preview {
    pub(crate) child: Child,
    pub(crate) at: SocketAddr,
    said: Arc<Mutex<String>>,
}

/// A reply.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Preview {
    /// Starts the preview of the book at `root`, at any free port.
    pub(crate) fn of(root: &Path) -> Self {
        Self::with(root, &["-p", "0"])
    }

    /// Starts the preview with these arguments, and waits until it prints its address.
    pub(crate) fn with(root: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.arg("serve").arg("-r").arg(root).args(["--today", "2026-11-22"]).args(arguments);
        command.env_remove("SOURCE_DATE_EPOCH").stdin(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("a program");
        let mut lines = BufReader::new(child.stderr.take().expect("a stream")).lines();
        let first = lines.next().expect("a line").expect("text");
        let at = first.split("http://").nth(1).and_then(|rest| rest.split('/').next());
        let at = at.and_then(|at| at.parse().ok()).unwrap_or_else(|| panic!("{first}"));
        let said = Arc::new(Mutex::new(first + "\n"));
        let saying = Arc::clone(&said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut said = saying.lock().expect("no panic");
                said.push_str(&line);
                said.push('\n');
            }
        });
        Self { child, at, said }
    }

    /// Returns its terminal output so far.
    pub(crate) fn said(&self) -> String {
        self.said.lock().expect("no panic").clone()
    }

    /// Returns the address of a page, for a browser.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.at)
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.at).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        stream
    }

    /// Requests an address, unchanged, as a page of the preview does.
    pub(crate) fn get(&self, target: &str) -> Reply {
        self.ask(target, "")
    }

    /// Does the same with further headers, each with its line break.
    pub(crate) fn ask(&self, target: &str, headers: &str) -> Reply {
        self.ask_as(target, &format!("Sec-Fetch-Site: same-origin\r\n{headers}"))
    }

    /// Sends a request with only these headers, each with its line break, besides the required
    /// ones.
    pub(crate) fn ask_as(&self, target: &str, headers: &str) -> Reply {
        let request = format!(
            "GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n",
            self.at
        );
        self.send(request.as_bytes()).unwrap_or_else(|| panic!("no answer to {request}"))
    }

    /// Sends bytes, and reads until the connection is closed. Returns `None` if nothing came.
    pub(crate) fn send(&self, bytes: &[u8]) -> Option<Reply> {
        let mut stream = self.connect();
        // The preview may close before it has read everything.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        if let Err(error) = stream.read_to_end(&mut answer) {
            assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset, "it hangs: {error}");
        }
        Reply::read(&answer)
    }

    /// Returns the file at this path of the site, as a build would have written it; `None` if it
    /// doesn't exist.
    pub(crate) fn file(&self, path: &str) -> Option<Vec<u8>> {
        let target = format!("/{}", fieldbook::path::url_path(path));
        let reply = self.get(&target);
        (reply.status == 200).then(|| without_script(reply.body))
    }

    /// Returns the problems shown on the page at `path`.
    pub(crate) fn problems(&self, path: &str) -> String {
        self.get(&format!("/__fieldbook/problems?at=/{path}")).text()
    }

    /// Returns the difference of the served site from `site`, if there is one.
    pub(crate) fn difference(&self, site: &Tree, others: &[&str]) -> Option<String> {
        let wrong = site.iter().find(|(path, bytes)| self.file(path).as_ref() != Some(bytes));
        let wrong = wrong.map(|(path, _)| format!("{path} is not what a build writes"));
        let left =
            others.iter().find(|path| !site.contains_key(**path) && self.file(path).is_some());
        wrong.or_else(|| left.map(|path| format!("{path} should be gone")))
    }

    /// Waits until `check` finds no fault.
    #[track_caller]
    pub(crate) fn until(&self, mut check: impl FnMut() -> Option<String>) {
        let start = Instant::now();
        while let Some(wrong) = check() {
            assert!(start.elapsed() < PATIENCE, "{wrong}\n{}", self.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Makes changes while the preview is stopped, so that it sees all of them at once: a book that is right only
    /// between two of them would be shown, and kept while the next has errors.
    pub(crate) fn while_stopped(&self, change: impl FnOnce()) {
        self.signal("-STOP");
        change();
        self.signal("-CONT");
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        let status = std::process::Command::new("kill").args([name, id.as_str()]).status();
        assert!(status.is_ok_and(|status| status.success()), "kill {name}");
    }

    /// Waits until the file at `path` is served and contains `part`.
    #[track_caller]
    pub(crate) fn until_shows(&self, path: &str, part: &str) {
        self.until(|| {
            let text = String::from_utf8_lossy(&self.file(path)?).into_owned();
            (!text.contains(part)).then(|| format!("{path} does not show {part}"))
        });
        assert!(self.file(path).is_some(), "{path} is not there");
    }

    /// Returns a figure that the system keeps of the process: `VmHWM`, in kB, or the number of
    /// `Threads`.
    pub(crate) fn figure(&self, name: &str) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
        line.split_whitespace().next()?.parse().ok()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        Some(Self { status, head, body: bytes[end + 4..].to_vec() })
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|line| line.0.eq_ignore_ascii_case(name)).map(|line| line.1).next()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Returns a page without the line that the preview adds.
fn without_script(page: Vec<u8>) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(&page) else { return page };
    let Some(start) = text.find("<script src=\"/__fieldbook/") else { return page };
    let end = start + text[start..].find("</script>\n").expect("an end") + "</script>\n".len();
    format!("{}{}", &text[..start], &text[end..]).into_bytes()
}

/// Returns the site of the book at `root`; `None` if it has errors.
pub(crate) fn built(root: &Path) -> Option<Tree> {
    let sources = disk::read(root, &SourcePath::new("book.toml")).expect("a book");
    open(sources, options()).1
}
