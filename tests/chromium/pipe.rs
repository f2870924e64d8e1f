//! A running browser, and the pipe to it.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The options of the browser: no window, and no network access of its own.
const ARGUMENTS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--remote-debugging-pipe",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=en",
    "--no-default-browser-check",
    "--no-first-run",
    "--password-store=basic",
];

/// Chromium reads from file descriptor 3 and writes to 4, to which a shell connects our pipe.
const START: &str = r#"exec "$0" "$@" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null"#;

/// A running browser.
pub(super) struct Pipe {
    child: Child,
    to: Option<ChildStdin>,
    from: Receiver<Value>,
    last: u64,
    /// The folder the browser works in; it is deleted after the browser.
    _profile: tempfile::TempDir,
}

/// Returns the browser of this machine.
pub(super) fn program(names: &[&str]) -> Option<OsString> {
    let given = std::env::var_os("CHROMIUM").filter(|program| !program.is_empty());
    given.or_else(|| {
        let path = std::env::var_os("PATH")?;
        let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
        let files = names.iter().flat_map(|name| folders.iter().map(move |f| f.join(name)));
        files.into_iter().find(|file| file.is_file()).map(PathBuf::into_os_string)
    })
}

impl Pipe {
    /// Starts the browser.
    pub(super) fn open(program: &OsString) -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let mut folder = OsString::from("--user-data-dir=");
        folder.push(profile.path());
        let mut child = Command::new("sh")
            .args(["-c", START])
            .arg(program)
            .args(ARGUMENTS)
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut from = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            while from.read_until(0, &mut bytes).is_ok_and(|read| read > 0) {
                bytes.pop();
                let message = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
                if sender.send(message).is_err() {
                    break;
                }
                bytes.clear();
            }
        });
        let to = child.stdin.take();
        Self { child, to, from: receiver, last: 0, _profile: profile }
    }

    /// Sends a request, and returns its number.
    pub(super) fn send(&mut self, session: &str, method: &str, parameters: &Value) -> u64 {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if !session.is_empty() {
            message["sessionId"] = json!(session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        let pipe = self.to.as_mut().expect("open as long as it lives");
        pipe.write_all(&bytes).expect("the browser went away");
        self.last
    }

    /// Returns the next message: an answer or an event.
    pub(super) fn receive(&self, patience: Duration) -> Value {
        self.from.recv_timeout(patience).expect("the browser says nothing any more")
    }
}

impl Drop for Pipe {
    /// Ends the browser. It ends when its pipe is closed; otherwise it is killed.
    fn drop(&mut self) {
        self.to = None;
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(5) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
