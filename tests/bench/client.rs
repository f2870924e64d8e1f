//! An editor as the language server sees it: it starts the program, and notes when each message came.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Result;

/// The longest time to wait for a message.
const PATIENCE: Duration = Duration::from_secs(120);

/// An editor that has a book open.
pub(crate) struct Client {
    program: Child,
    input: ChildStdin,
    /// The messages, and when they came.
    output: Receiver<(Instant, Value)>,
    root: String,
    n_requests: i64,
    version: i64,
}

impl Client {
    /// Starts the language server for the book at `root`.
    pub(crate) fn start(root: &Path) -> Result<Client> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.arg("lsp").current_dir(root).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = command.stderr(Stdio::null()).spawn()?;
        let input = program.stdin.take().ok_or("no input")?;
        let mut messages = BufReader::new(program.stdout.take().ok_or("no output")?);
        let (sender, output) = channel();
        thread::spawn(move || {
            while let Some(message) = next(&mut messages) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let root = format!("file://{}", root.canonicalize()?.display());
        let mut client = Client { program, input, output, root, n_requests: 0, version: 0 };
        let edit = json!({ "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] });
        let abilities = json!({
            "general": { "positionEncodings": ["utf-8"] },
            "workspace": { "workspaceEdit": edit },
            "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } },
        });
        let start = json!({ "processId": null, "rootUri": client.root, "capabilities": abilities });
        client.ask("initialize", &start)?;
        client.notify("initialized", &json!({}))?;
        Ok(client)
    }

    /// Returns the number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.program.id()
    }

    /// Returns a document as requests name it.
    pub(crate) fn document(&self, path: &str) -> Value {
        json!({ "uri": format!("{}/{path}", self.root) })
    }

    /// Asks for something, and returns the time of the answer and the answer.
    pub(crate) fn ask(&mut self, method: &str, params: &Value) -> Result<(Instant, Value)> {
        self.n_requests += 1;
        let id = self.n_requests;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }))?;
        let is_answer = |message: &Value| message["id"] == id && message.get("method").is_none();
        let (came, mut answer) = self.until(is_answer)?;
        match answer.get("error") {
            Some(error) => Err(format!("{method}: {error}").into()),
            None => Ok((came, answer["result"].take())),
        }
    }

    /// Gives a document its first text.
    pub(crate) fn open(&mut self, path: &str, text: &str) -> Result<()> {
        let mut document = self.document(path);
        document["languageId"] = json!("markdown");
        document["version"] = json!(0);
        document["text"] = json!(text);
        self.notify("textDocument/didOpen", &json!({ "textDocument": document }))
    }

    /// Gives an open document another text.
    pub(crate) fn change(&mut self, path: &str, text: &str) -> Result<()> {
        self.version += 1;
        let mut document = self.document(path);
        document["version"] = json!(self.version);
        let changes = json!([{ "text": text }]);
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.notify("textDocument/didChange", &params)
    }

    /// Waits until the problems of a file with this rule are there or gone, and returns when that was said.
    pub(crate) fn problems(&mut self, path: &str, rule: &str, are_there: bool) -> Result<Instant> {
        let uri = self.document(path)["uri"].take();
        let is_rule = |problem: &Value| problem["code"] == rule;
        let (came, _) = self.until(|message| {
            let said = &message["params"];
            message["method"] == "textDocument/publishDiagnostics"
                && said["uri"] == uri
                && said["diagnostics"].as_array().is_some_and(|list| list.iter().any(is_rule))
                    == are_there
        })?;
        Ok(came)
    }

    /// Waits for a message, and drops those before it.
    fn until(&mut self, is_it: impl Fn(&Value) -> bool) -> Result<(Instant, Value)> {
        loop {
            let (came, message) = self.output.recv_timeout(PATIENCE)?;
            if is_it(&message) {
                return Ok((came, message));
            }
        }
    }

    fn notify(&mut self, method: &str, params: &Value) -> Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    fn send(&mut self, message: &Value) -> Result<()> {
        let body = message.to_string();
        // In one piece, as editors do.
        let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(message.as_bytes())?;
        Ok(self.input.flush()?)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Reads a message, with the time when all of it was there; `None` at the end.
fn next(output: &mut impl BufRead) -> Option<(Instant, Value)> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        output.read_line(&mut line).ok()?;
        let (name, value) = match line.trim() {
            "" if line.is_empty() => return None,
            "" => break,
            line => line.split_once(':')?,
        };
        if name == "Content-Length" {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    let came = Instant::now();
    Some((came, serde_json::from_slice(&body).ok()?))
}
