//! A preview in which notes can be edited, and requests to it as the page on which that is done sends them.

use serde_json::{Value, json};

use crate::client::{Preview, Reply};
use crate::support::book::Book;
use crate::support::read_tree;

/// A preview of a book in which notes can be edited.
pub(crate) struct Editor {
    pub(crate) preview: Preview,
    pub(crate) key: String,
}

/// A note as it was opened.
pub(crate) struct Opened {
    pub(crate) path: String,
    pub(crate) base: String,
    pub(crate) fingerprint: String,
    pub(crate) form: Value,
}

impl Editor {
    pub(crate) fn of(book: &Book) -> Self {
        let preview = Preview::with(book.root(), &["-p", "0", "--edit"]);
        preview
            .until(|| (!preview.said().contains("notes read in")).then(|| "not open".to_owned()));
        let said = preview.said();
        let key = said.split("enter?key=").nth(1).and_then(|rest| rest.split_whitespace().next());
        let key = key.expect("a key").to_owned();
        Self { preview, key }
    }

    /// Returns the address that lets a browser edit.
    pub(crate) fn entrance(&self) -> String {
        self.preview.url(&format!("__fieldbook/enter?key={}", self.key))
    }

    /// Returns the header with the key.
    pub(crate) fn cookie(&self) -> String {
        format!("Cookie: fieldbook-edit-{}={}\r\n", self.preview.at.port(), self.key)
    }

    /// Returns the headers of a request by a page of the preview, each with its line break.
    pub(crate) fn headers(&self) -> String {
        format!(
            "Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n{}",
            self.preview.at,
            self.cookie(),
        )
    }

    /// Sends a task with these headers besides the required ones.
    pub(crate) fn send(&self, task: &str, headers: &str, body: &[u8]) -> Option<Reply> {
        let mut request = format!(
            "POST /__fieldbook/edit/{task} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n",
            self.preview.at,
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        self.preview.send(&request)
    }

    /// Does a task as the page does; returns the status and the answer.
    pub(crate) fn ask(&self, task: &str, data: &Value) -> (u16, Value) {
        let reply = self.send(task, &self.headers(), data.to_string().as_bytes());
        let reply = reply.unwrap_or_else(|| panic!("no answer to {task}: {data}"));
        let answer = serde_json::from_slice(&reply.body);
        (reply.status, answer.unwrap_or_else(|_| panic!("{task}: {}", reply.text())))
    }

    pub(crate) fn open(&self, path: &str) -> Opened {
        let (status, mut answer) = self.ask("open", &json!({ "path": path }));
        assert_eq!(status, 200, "{path}: {answer}");
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        Opened {
            path: path.to_owned(),
            base: text(&answer["base"]),
            fingerprint: text(&answer["fingerprint"]),
            form: answer["form"].take(),
        }
    }

    /// Saves changes of a note as it was opened.
    pub(crate) fn save(&self, opened: &Opened, changes: &Value) -> (u16, Value) {
        let note = opened.note(changes);
        self.ask("save", &json!({ "note": note, "fingerprint": opened.fingerprint }))
    }

    /// Returns the page that a frame shows of a note with these changes.
    pub(crate) fn page(&self, opened: &Opened, changes: &Value) -> (String, Vec<u8>) {
        let (status, answer) = self.ask("look", &opened.note(changes));
        assert_eq!(status, 200, "{answer}");
        let address = answer["page"].as_str().unwrap_or_else(|| panic!("no page: {answer}"));
        let reply = self.preview.ask(address, &self.cookie());
        assert_eq!(reply.status, 200, "{address}");
        (address.split('?').next().expect("a path").to_owned(), reply.body)
    }
}

impl Opened {
    pub(crate) fn note(&self, changes: &Value) -> Value {
        json!({ "path": self.path, "base": self.base, "changes": changes })
    }

    /// Returns the values of an input.
    pub(crate) fn values(&self, key: &str) -> Vec<&str> {
        let fields = self.form["fields"].as_array().expect("fields");
        let field = fields.iter().find(|field| field["key"] == key);
        let values = field.and_then(|field| field["values"].as_array());
        values.into_iter().flatten().filter_map(|value| value["written"].as_str()).collect()
    }
}

/// Returns this repository's own book in a folder of its own.
pub(crate) fn own_book() -> Book {
    let book = Book::new(&[]);
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for (path, bytes) in read_tree(&own.join("content")) {
        book.write(&format!("content/{path}"), bytes);
    }
    for path in ["book.toml", "static/social.png"] {
        book.write(path, std::fs::read(own.join(path)).expect("a file"));
    }
    book
}
