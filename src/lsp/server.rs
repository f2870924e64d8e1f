//! The server: it takes the events of the editor and of the keeper one by one.

mod renaming;
mod telling;
mod texts;

use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use gen_lsp_types::*;
use lsp_server::{Connection, ErrorCode, Message, Request, Response};
use serde_json::Value;

use super::LspSettings;
use super::abilities::{ClientAbilities, server_capabilities};
use super::documents::OpenDocuments;
use super::folder::{BookFolder, file_of};
use super::keeper::LspKeeper;
use super::requests;
use super::session::{LspSession, OpenedFolder};
use super::work::{KeeperTask, ServerEvent};
use crate::disk::BookReader;
use crate::serve::watch::FileWatch;

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
    let session = LspSession {
        settings,
        connection,
        events,
        client,
        opened: None,
        documents: OpenDocuments::default(),
        book: None,
        waiting: Vec::new(),
        told: BTreeMap::new(),
        preview: None,
        shown: Vec::new(),
        keeps_addresses: params["initializationOptions"]["keepAddresses"] != false,
        count: 0,
        is_shut_down: false,
    };
    session.run(&params, &received)
}

/// Returns the folders that an editor has open.
fn folders(params: &Value) -> Vec<PathBuf> {
    let uris = params["workspaceFolders"].as_array().into_iter().flatten();
    let uris = uris.filter_map(|folder| folder["uri"].as_str());
    let uris = uris.chain(params["rootUri"].as_str());
    let paths = uris.filter_map(|uri| file_of(&Uri(uri.to_owned())));
    paths.chain(params["rootPath"].as_str().map(PathBuf::from)).collect()
}

impl LspSession<'_> {
    fn run(mut self, params: &Value, received: &Receiver<ServerEvent>) -> bool {
        let asked = self.settings.root.clone();
        match asked {
            Some(root) => {
                if let Some(folder) = BookFolder::new(&root) {
                    self.open_folder(folder);
                }
            }
            None => folders(params).iter().for_each(|folder| self.find_folder(folder)),
        }
        let (events, receiver) = (self.events.clone(), self.connection.receiver.clone());
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
                        self.tell(MessageType::Error, "this is a bug in Fieldbook");
                    }
                }
            }
        }
        if let Some(opened) = &self.opened {
            let _ = opened.keeper.send(KeeperTask::End);
        }
        self.is_shut_down
    }

    /// Opens the book in or above a folder or file, if there is one and none is open.
    fn find_folder(&mut self, path: &std::path::Path) {
        if self.opened.is_none()
            && let Some(folder) = BookFolder::above(path, &self.settings.config)
        {
            self.open_folder(folder);
        }
    }

    fn open_folder(&mut self, folder: BookFolder) {
        if let Err(why) = self.start_keeper(folder) {
            self.tell(MessageType::Error, &why);
        }
    }

    fn start_keeper(&mut self, folder: BookFolder) -> Result<(), String> {
        let options = (self.settings.options)(&folder.root)?;
        let reader =
            BookReader::new(&folder.root, &options.config).map_err(|why| why.to_string())?;
        let notes = reader.notes().to_owned();
        let mut watch = FileWatch::new(&reader);
        let (keeper, tasks) = channel();
        let worker =
            LspKeeper::new(options.clone(), reader, self.events.clone(), self.keeps_addresses);
        let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
            let thread = std::thread::Builder::new().name(name.to_owned());
            thread.spawn(work).map(drop).map_err(|why| why.to_string())
        };
        spawn("keeper", Box::new(move || worker.run(&tasks)))?;
        let looks = keeper.clone();
        spawn(
            "watch",
            Box::new(move || {
                // Without the system's help, the book is looked at in intervals.
                let _ = watch.begin();
                loop {
                    if looks.send(KeeperTask::Look(watch.next())).is_err() {
                        return;
                    }
                }
            }),
        )?;
        self.opened = Some(OpenedFolder { folder, notes, options, keeper });
        Ok(())
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
                self.send(Response::new_err(request.id.clone(), code, "cancelled".to_owned()));
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
            ServerEvent::Published(state) => self.published(state),
            ServerEvent::Renamed(outcome) => self.renamed(outcome),
            ServerEvent::Trouble(text) => self.tell(MessageType::Error, &text),
            ServerEvent::Preview(result) => self.previewed(result),
        }
    }

    fn request(&mut self, request: Request) {
        if request.method == "shutdown" {
            self.is_shut_down = true;
            for waiting in std::mem::take(&mut self.waiting) {
                let (code, why) = (ErrorCode::RequestCanceled as i32, "the session has ended");
                self.send(Response::new_err(waiting.id, code, why.to_owned()));
            }
            return self.send(Response::new_ok(request.id, Value::Null));
        }
        if self.is_shut_down {
            let (code, why) = (ErrorCode::InvalidRequest as i32, "the session has ended");
            return self.send(Response::new_err(request.id, code, why.to_owned()));
        }
        // Until the book is read, what is asked of it waits.
        if self.opened.is_some() && self.book.is_none() {
            return self.waiting.push(request);
        }
        if let Some(response) = requests::answer(self, request) {
            self.send(response);
        }
    }

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
