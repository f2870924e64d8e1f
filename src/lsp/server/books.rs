//! The books of a session: one for each folder and open text that is in one. They come and go with the folders of the editor.

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use gen_lsp_types::*;

use super::LspServer;
use crate::disk::BookReader;
use crate::lsp::documents::OpenDocument;
use crate::lsp::folder::{BookFolder, file_of};
use crate::lsp::keeper::LspKeeper;
use crate::lsp::session::{LspSession, OpenedFolder};
use crate::lsp::work::{BookEvents, KeeperTask};
use crate::serve::watch::FileWatch;

impl LspServer<'_> {
    /// Opens the books of all folders that the editor has open.
    pub(super) fn open_folders(&mut self) {
        for folder in self.folders.clone() {
            self.find_book(&folder);
        }
    }

    /// Opens the book in or above a folder or file, if there is one that is not open.
    fn find_book(&mut self, path: &Path) {
        if self.settings.root.is_none()
            && let Some(folder) = BookFolder::above(path, &self.settings.config)
            && !self.roots().any(|root| root == folder.root)
        {
            self.open_folder(folder);
        }
    }

    fn roots(&self) -> impl Iterator<Item = &Path> {
        let opened = self.books.iter().filter_map(|book| book.opened.as_ref());
        opened.map(|opened| opened.folder.root.as_path())
    }

    pub(super) fn open_folder(&mut self, folder: BookFolder) {
        self.count += 1;
        let events = BookEvents { number: self.count, server: self.events.clone() };
        match self.start_keeper(folder, events.clone()) {
            Ok(opened) => {
                let (connection, client) = (self.outside.connection, self.outside.client);
                self.books.push(LspSession::new(connection, events, client, Some(opened)));
            }
            Err(why) => self.outside.tell(MessageType::Error, &why),
        }
    }

    fn start_keeper(&self, folder: BookFolder, events: BookEvents) -> Result<OpenedFolder, String> {
        let options = (self.settings.options)(&folder.root)?;
        let reader =
            BookReader::new(&folder.root, &options.config).map_err(|why| why.to_string())?;
        let notes = reader.notes().to_owned();
        let mut watch = FileWatch::new(&reader);
        let (keeper, tasks) = channel();
        let worker = LspKeeper::new(options.clone(), reader, events, self.keeps_addresses);
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
        Ok(OpenedFolder { folder, notes, options, keeper })
    }

    /// Takes a text that the editor has opened, with the book that it is in.
    pub(super) fn take_text(&mut self, document: OpenDocument) {
        if let Some(file) = file_of(&document.uri) {
            self.find_book(&file);
        }
        match self.book_of(&document.uri) {
            Some(at) => self.books[at].take_text(document),
            None => {
                self.homeless.insert(document.uri.0.clone(), document);
            }
        }
    }

    /// Looks for the books of texts that are in none. Somebody may have made one.
    pub(super) fn house_texts(&mut self) {
        for (_, document) in std::mem::take(&mut self.homeless) {
            self.take_text(document);
        }
    }

    /// Opens the books of folders that the editor adds, and closes those that nothing needs after it has removed others.
    pub(super) fn folders_changed(&mut self, params: DidChangeWorkspaceFoldersParams) {
        let paths = |folders: Vec<WorkspaceFolder>| -> Vec<PathBuf> {
            folders.iter().filter_map(|folder| file_of(&folder.uri)).collect()
        };
        let removed = paths(params.event.removed);
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(paths(params.event.added));
        if self.settings.root.is_some() {
            return;
        }
        let config = &self.settings.config;
        let above = self.folders.iter().filter_map(|folder| BookFolder::above(folder, config));
        let wanted: Vec<PathBuf> = above.map(|folder| folder.root).collect();
        self.books.retain_mut(|book| {
            let Some(opened) = &book.opened else { return false };
            let is_needed = wanted.contains(&opened.folder.root) || !book.documents.list.is_empty();
            if !is_needed {
                let _ = opened.keeper.send(KeeperTask::End);
                book.take_back_all();
            }
            is_needed
        });
        self.open_folders();
    }
}
