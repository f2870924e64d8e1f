//! An editor as the language server sees it: it starts the program and talks to it over its standard input and output.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::book::Book;

/// The longest time to wait for an answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with a book.
pub(crate) struct Editor<'b> {
    pub(crate) book: &'b Book,
    program: Child,
    input: Option<ChildStdin>,
    output: Receiver<Value>,
    count: i64,
    /// What the server sent by itself, in its order.
    pub(crate) said: Vec<Value>,
    /// The answer to the first request.
    pub(crate) greeting: Value,
}

/// Returns the abilities of an editor that can do everything.
pub(crate) fn abilities(unit: &str) -> Value {
    json!({
        "general": { "positionEncodings": [unit] },
        "workspace": {
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] },
        },
        "textDocument": {
            "completion": { "completionItem": { "snippetSupport": true } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
        "window": { "showDocument": { "support": true } },
    })
}

impl<'b> Editor<'b> {
    /// Opens the folder of a book in an editor with these abilities.
    pub(crate) fn with(book: &'b Book, abilities: Value) -> Self {
        Self::with_options(book, abilities, json!({}))
    }

    /// Opens the folder of a book in an editor with these abilities and options.
    pub(crate) fn with_options(book: &'b Book, abilities: Value, options: Value) -> Self {
        let command = book.command(&["lsp", "--today", "2026-11-22"]);
        let folder = json!({ "rootUri": uri_of(book, "") });
        Self::start(book, command, abilities, options, folder)
    }

    /// Opens a folder in an editor that does not say where a book is.
    pub(crate) fn found(book: &'b Book, abilities: Value) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.args(["lsp", "--today", "2026-11-22"]).current_dir(std::env::temp_dir());
        let folder = json!({ "rootUri": uri_of(book, "") });
        Self::start(book, command, abilities, json!({}), folder)
    }

    /// Opens folders of which each may hold a book; the names of files count from the folder around them.
    pub(crate) fn with_folders(around: &'b Book, folders: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        command.args(["lsp", "--today", "2026-11-22"]).current_dir(std::env::temp_dir());
        let folder = |name: &&str| json!({ "uri": uri_of(around, name), "name": name });
        let list: Vec<Value> = folders.iter().map(folder).collect();
        let list = json!({ "workspaceFolders": list });
        Self::start(around, command, abilities("utf-8"), json!({}), list)
    }

    fn start(
        book: &'b Book,
        mut command: Command,
        abilities: Value,
        options: Value,
        folders: Value,
    ) -> Self {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = command.spawn().expect("a program");
        let (input, output) = (program.stdin.take(), program.stdout.take().expect("its output"));
        let (sender, receiver) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let (said, greeting) = (Vec::new(), Value::Null);
        let mut editor = Self { book, program, input, output: receiver, count: 0, said, greeting };
        let mut params = json!({
            "processId": null,
            "capabilities": abilities,
            "initializationOptions": options,
        });
        for (key, value) in folders.as_object().expect("folders") {
            params[key] = value.clone();
        }
        editor.greeting = editor.ask("initialize", params);
        editor.notify("initialized", json!({}));
        editor
    }

    pub(crate) fn new(book: &'b Book) -> Self {
        Self::with(book, abilities("utf-8"))
    }

    /// Opens the folder of a book in an editor whose renames leave no former addresses.
    pub(crate) fn without_addresses(book: &'b Book) -> Self {
        Self::with_options(book, abilities("utf-8"), json!({ "keepAddresses": false }))
    }

    /// Returns the address of a file of the book.
    pub(crate) fn uri(&self, path: &str) -> String {
        uri_of(self.book, path)
    }

    pub(crate) fn send(&mut self, message: &Value) {
        self.send_raw(&message.to_string());
    }

    pub(crate) fn send_raw(&mut self, body: &str) {
        let input = self.input.as_mut().expect("a program that listens");
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len())
            .expect("a program that reads");
        input.flush().expect("a program that reads");
    }

    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request and returns its number.
    pub(crate) fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.count += 1;
        let id = self.count;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Waits for the answer to a request, with its error if that is what it is.
    pub(crate) fn answer(&mut self, id: i64) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let message = self.output.recv_timeout(left).expect("an answer");
            if message["id"] == id && message.get("method").is_none() {
                return message;
            }
            self.said.push(message);
        }
    }

    /// Waits for the answer to a request, or finds it among those that came before.
    pub(crate) fn answer_in_any_order(&mut self, id: i64) -> Value {
        let is_answer = |said: &Value| said["id"] == id && said.get("method").is_none();
        match self.said.iter().position(is_answer) {
            Some(at) => self.said.remove(at),
            None => self.answer(id),
        }
    }

    /// Asks for something, and returns the result.
    #[track_caller]
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Asks for something that is refused, and returns the reason.
    #[track_caller]
    pub(crate) fn refused(&mut self, method: &str, params: Value) -> String {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        let message = answer["error"]["message"].as_str();
        message.unwrap_or_else(|| panic!("{method}: {answer}")).to_owned()
    }

    /// Opens a file with a text.
    pub(crate) fn open(&mut self, path: &str, text: &str) {
        let document =
            json!({ "uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Opens a file with its text on the disk, and returns that.
    pub(crate) fn open_file(&mut self, path: &str) -> String {
        let text = self.book.read(path);
        self.open(path, &text);
        text
    }

    /// Gives an open file another text.
    pub(crate) fn change(&mut self, path: &str, version: i32, text: &str) {
        let document = json!({ "uri": self.uri(path), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": [{ "text": text }] });
        self.notify("textDocument/didChange", params);
    }

    pub(crate) fn close(&mut self, path: &str) {
        let params = json!({ "textDocument": { "uri": self.uri(path) } });
        self.notify("textDocument/didClose", params);
    }

    /// Returns the place after the first `before` in a text, as parameters of a request; columns in bytes.
    #[track_caller]
    pub(crate) fn after(&self, path: &str, text: &str, before: &str) -> Value {
        let at =
            text.find(before).unwrap_or_else(|| panic!("no {before:?} in {text:?}")) + before.len();
        json!({ "textDocument": { "uri": self.uri(path) }, "position": position(text, at) })
    }

    /// Waits until the problems of a file that the server told of are as `fits` wants them, and returns them.
    #[track_caller]
    pub(crate) fn problems(&mut self, path: &str, fits: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = self.uri(path);
        let end = Instant::now() + PATIENCE;
        loop {
            let of_file = self.said.iter().rev().find(|said| {
                said["method"] == "textDocument/publishDiagnostics"
                    && said["params"]["uri"] == uri.as_str()
            });
            let found = of_file.and_then(|said| said["params"]["diagnostics"].as_array());
            let found = found.cloned().unwrap_or_default();
            if of_file.is_some() && fits(&found) {
                return found;
            }
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(message) => self.said.push(message),
                Err(_) => panic!("the problems of {path} are {found:#?}"),
            }
        }
    }

    /// Waits until the server has been silent for a while.
    pub(crate) fn settle(&mut self, silence: Duration) {
        loop {
            match self.output.recv_timeout(silence) {
                Ok(message) => self.said.push(message),
                Err(RecvTimeoutError::Timeout) => return,
                Err(RecvTimeoutError::Disconnected) => panic!("the server has ended"),
            }
        }
    }

    /// Ends the session as the protocol asks, and returns the exit code.
    pub(crate) fn end(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        self.wait()
    }

    /// Hangs up, and returns the exit code.
    pub(crate) fn wait(mut self) -> Option<i32> {
        self.input = None;
        self.program.wait().expect("a program").code()
    }
}

impl Drop for Editor<'_> {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Returns the address of a file of a book.
fn uri_of(book: &Book, path: &str) -> String {
    let root = book.root().canonicalize().expect("a folder");
    format!("file://{}", root.join(path).to_string_lossy().trim_end_matches('/'))
}

/// Returns the position of a byte in a text; columns in bytes.
pub(crate) fn position(text: &str, at: usize) -> Value {
    let line = text[..at].matches('\n').count();
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    json!({ "line": line, "character": at - start })
}

/// Returns the byte at a position in a text; columns in bytes.
pub(crate) fn offset(text: &str, position: &Value) -> usize {
    let number = |key: &str| position[key].as_u64().expect("a number") as usize;
    let start = match number("line") {
        0 => 0,
        line => text.match_indices('\n').nth(line - 1).expect("a line").0 + 1,
    };
    start + number("character")
}

/// Returns the part of a text in a range; columns in bytes.
pub(crate) fn within<'t>(text: &'t str, range: &Value) -> &'t str {
    &text[offset(text, &range["start"])..offset(text, &range["end"])]
}

/// Returns a text after edits.
pub(crate) fn edited(text: &str, edits: &Value) -> String {
    let mut edits: Vec<&Value> = edits.as_array().expect("edits").iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(text, &edit["range"]["start"])));
    let mut text = text.to_owned();
    for edit in edits {
        let [start, end] = ["start", "end"].map(|end| offset(&text, &edit["range"][end]));
        text.replace_range(start..end, edit["newText"].as_str().expect("a text"));
    }
    text
}

/// Reads a message; `None` at the end.
fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim() {
            "" => break,
            line => {
                if let Some(value) = line.strip_prefix("Content-Length:") {
                    length = value.trim().parse().expect("a length");
                }
            }
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON on the standard output, and nothing else"))
}
