//! The server: it takes the events of the editor and of the keeper one by one.

mod books;
mod renaming;
mod routing;
mod telling;
mod texts;

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use gen_lsp_types::*;
use lsp_server::{Connection, ErrorCode, Message, Request, Response};
use serde_json::Value;

use super::LspSettings;
use super::abilities::{ClientAbilities, server_capabilities};
use super::documents::OpenDocument;
use super::folder::{BookFolder, file_of};
use super::requests;
use super::session::LspSession;
use super::work::{BookEvent, BookEvents, KeeperTask, ServerEvent};

/// Answers an editor until it ends the session. Returns whether it ended it as the protocol asks.
pub(super) fn run(settings: LspSettings, connection: &Connection) -> bool {
    let Ok((id, params)) = connection.initialize_start() else { return false };
    let client = ClientAbilities::read(&params);
    let result = InitializeResult {
        capabilities: server_capabilities(&client),
        server_info: Some(ServerInfo {
            name: "fieldbook".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    };
    let result = serde_json::to_value(result).unwrap_or_default();
    if connection.initialize_finish(id, result).is_err() {
        return false;
    }
    let (events, received) = channel();
    let nowhere = BookEvents { number: 0, server: events.clone() };
    let server = LspServer {
        settings,
        events,
        keeps_addresses: params["initializationOptions"]["keepAddresses"] != false,
        folders: folders(&params),
        books: Vec::new(),
        count: 0,
        outside: LspSession::new(connection, nowhere, client, None),
        homeless: BTreeMap::new(),
        waiting: Vec::new(),
        is_shut_down: false,
    };
    server.run(&received)
}

/// Returns the folders that an editor has open.
fn folders(params: &Value) -> Vec<PathBuf> {
    let uris = params["workspaceFolders"].as_array().into_iter().flatten();
    let uris = uris.filter_map(|folder| folder["uri"].as_str());
    let uris = uris.chain(params["rootUri"].as_str());
    let paths = uris.filter_map(|uri| file_of(&Uri(uri.to_owned())));
    paths.chain(params["rootPath"].as_str().map(PathBuf::from)).collect()
}

/// The server with all its books.
struct LspServer<'c> {
    settings: LspSettings,
    events: Sender<ServerEvent>,
    /// True if the former addresses of pages become their aliases.
    keeps_addresses: bool,
    /// The folders that the editor has open.
    folders: Vec<PathBuf>,
    /// The books, in the order in which they were opened.
    books: Vec<LspSession<'c>>,
    /// The number of books that were opened.
    count: usize,
    /// The session about what is in no book.
    outside: LspSession<'c>,
    /// The open texts that are in no book, by their addresses.
    homeless: BTreeMap<String, OpenDocument>,
    /// Requests that came before their book was read.
    waiting: Vec<Request>,
    is_shut_down: bool,
}

impl LspServer<'_> {
    fn run(mut self, received: &Receiver<ServerEvent>) -> bool {
        match self.settings.root.clone() {
            Some(root) => {
                if let Some(folder) = BookFolder::new(&root) {
                    self.open_folder(folder);
                }
            }
            None => self.open_folders(),
        }
        let (events, receiver) = (self.events.clone(), self.outside.connection.receiver.clone());
        std::thread::spawn(move || {
            for message in receiver {
                if events.send(ServerEvent::Message(message)).is_err() {
                    return;
                }
            }
            let _ = events.send(ServerEvent::Disconnected);
        });
        let mut queue = VecDeque::new();
        loop {
            if queue.is_empty() {
                match received.recv() {
                    Ok(event) => queue.push_back(event),
                    Err(_) => break,
                }
            }
            // A request that is cancelled already is not worth the work.
            queue.extend(received.try_iter());
            self.cancel(&mut queue);
            let Some(event) = queue.pop_front() else { continue };
            match event {
                ServerEvent::Disconnected => break,
                ServerEvent::Message(Message::Notification(notification))
                    if notification.method == "exit" =>
                {
                    break;
                }
                event => {
                    // A bug must not end the session.
                    if catch_unwind(AssertUnwindSafe(|| self.handle(event))).is_err() {
                        self.outside.tell(MessageType::Error, "this is a bug in Fieldbook");
                    }
                }
            }
        }
        for opened in self.books.iter().filter_map(|book| book.opened.as_ref()) {
            let _ = opened.keeper.send(KeeperTask::End);
        }
        self.is_shut_down
    }

    /// Answers the requests in the queue that are cancelled.
    fn cancel(&self, queue: &mut VecDeque<ServerEvent>) {
        let cancelled: Vec<Value> = queue
            .iter()
            .filter_map(|event| match event {
                ServerEvent::Message(Message::Notification(notification))
                    if notification.method == "$/cancelRequest" =>
                {
                    Some(notification.params["id"].clone())
                }
                _ => None,
            })
            .collect();
        if cancelled.is_empty() {
            return;
        }
        queue.retain(|event| {
            let ServerEvent::Message(Message::Request(request)) = event else { return true };
            let id = serde_json::to_value(&request.id).unwrap_or_default();
            let is_cancelled = cancelled.contains(&id) && request.method != "shutdown";
            if is_cancelled {
                let code = ErrorCode::RequestCanceled as i32;
                self.outside.send(Response::new_err(
                    request.id.clone(),
                    code,
                    "cancelled".to_owned(),
                ));
            }
            !is_cancelled
        });
    }

    fn handle(&mut self, event: ServerEvent) {
        match event {
            ServerEvent::Message(Message::Request(request)) => self.request(request),
            ServerEvent::Message(Message::Notification(notification)) => {
                self.notified(notification)
            }
            // What an editor answers to a request to look again does not matter.
            ServerEvent::Message(Message::Response(_)) | ServerEvent::Disconnected => {}
            ServerEvent::Book(number, event) => self.happened(number, event),
        }
    }

    fn happened(&mut self, number: usize, event: BookEvent) {
        let Some(book) = self.books.iter_mut().find(|book| book.events.number == number) else {
            // The book was closed meanwhile.
            if let BookEvent::Renamed(outcome) = event {
                let (code, why) = (ErrorCode::ContentModified as i32, "the book is closed");
                self.outside.send(Response::new_err(outcome.id, code, why.to_owned()));
            }
            return;
        };
        match event {
            BookEvent::Published(view) => {
                book.published(view);
                for request in std::mem::take(&mut self.waiting) {
                    self.request(request);
                }
            }
            BookEvent::Renamed(outcome) => book.renamed(outcome),
            BookEvent::Trouble(text) => book.tell(MessageType::Error, &text),
            BookEvent::Preview(result) => book.previewed(result),
        }
    }

    fn request(&mut self, request: Request) {
        let outside = &self.outside;
        if request.method == "shutdown" {
            self.is_shut_down = true;
            for waiting in std::mem::take(&mut self.waiting) {
                let (code, why) = (ErrorCode::RequestCanceled as i32, "the session has ended");
                outside.send(Response::new_err(waiting.id, code, why.to_owned()));
            }
            return outside.send(Response::new_ok(request.id, Value::Null));
        }
        if self.is_shut_down {
            let (code, why) = (ErrorCode::InvalidRequest as i32, "the session has ended");
            return outside.send(Response::new_err(request.id, code, why.to_owned()));
        }
        self.route(request);
    }
}

impl LspSession<'_> {
    fn previewed(&mut self, result: Result<String, String>) {
        match result {
            Ok(url) => {
                self.preview = Some(url);
                for (id, page) in std::mem::take(&mut self.shown) {
                    requests::show_page(self, id, &page);
                }
            }
            Err(why) => {
                let code = ErrorCode::RequestFailed as i32;
                for (waiting, _) in std::mem::take(&mut self.shown) {
                    self.send(Response::new_err(waiting, code, why.clone()));
                }
            }
        }
    }
}
