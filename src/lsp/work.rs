//! The messages between the threads of the language server.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use lsp_server::{Message, RequestId};

use crate::change::{ChangeSet, RelocationError};
use crate::editor::BookView;
use crate::path::SourcePath;
use crate::serve::watch::DueChecks;
use crate::source::Sources;

/// Work for the keeper.
pub(super) enum KeeperTask {
    /// A file has this text and version in the editor, whatever the disk says.
    Open(SourcePath, Arc<str>, i32),
    /// A file is closed: the disk has its text.
    Close(SourcePath),
    /// Files may have changed on the disk.
    Look(DueChecks),
    /// Something gets another name.
    Rename(RenameTask),
    /// The server ends.
    End,
}

/// A rename that is to be proved.
pub(super) struct RenameTask {
    pub(super) id: RequestId,
    pub(super) wish: RenameWish,
}

/// The rename that an editor wishes.
pub(super) enum RenameWish {
    /// The thing at a byte of a text gets this name.
    At(SourcePath, u32, String),
    /// These files move, which the editor does itself. Old and new paths.
    Files(Vec<(SourcePath, SourcePath)>),
}

/// A rename that was proved, or the reason why it isn't made.
pub(super) struct RenameOutcome {
    pub(super) id: RequestId,
    /// True if the editor moves the files itself.
    pub(super) by_editor: bool,
    pub(super) result: Result<ChangeSet, RenameFault>,
    /// The files before the change.
    pub(super) sources: Arc<Sources>,
    /// The versions of open texts to which it applies.
    pub(super) versions: BTreeMap<SourcePath, i32>,
}

impl RenameOutcome {
    /// Creates the outcome of a rename that isn't made, for a reason in words.
    pub(super) fn refused(id: RequestId, why: &str) -> Self {
        Self {
            id,
            by_editor: false,
            result: Err(RenameFault::Refused(why.to_owned())),
            sources: Arc::default(),
            versions: BTreeMap::new(),
        }
    }
}

/// The reason why a rename isn't made.
pub(super) enum RenameFault {
    /// A reason in words.
    Refused(String),
    /// The point at which the proof failed.
    Unproved(RelocationError),
}

/// An event that the server handles.
pub(super) enum ServerEvent {
    /// A message of the editor.
    Message(Message),
    /// The connection ended.
    Disconnected,
    /// Something happened to the book with this number.
    Book(usize, BookEvent),
}

/// An event of a book.
pub(super) enum BookEvent {
    /// The keeper published the book.
    Published(Arc<BookView>),
    /// The keeper finished a rename.
    Renamed(RenameOutcome),
    /// The keeper has something to say to the user.
    Trouble(String),
    /// The preview is ready at this address, or could not be started.
    Preview(Result<String, String>),
}

/// The way by which the events of one book come to the server.
#[derive(Clone)]
pub(super) struct BookEvents {
    /// The number of the book.
    pub(super) number: usize,
    pub(super) server: Sender<ServerEvent>,
}

impl BookEvents {
    pub(super) fn send(&self, event: BookEvent) {
        // After the end of the session nobody hears it.
        let _ = self.server.send(ServerEvent::Book(self.number, event));
    }
}
