//! The preview: a server on this machine that keeps the book in memory. It serves what a build
//! would write, and makes each page when it is requested, with the same engine.
//!
//! There are three kinds of threads: one *keeper* follows the book and is the only one to change
//! anything; one thread for each connection reads what the keeper published last; one tells open
//! pages what changed.
#![expect(clippy::disallowed_methods, reason = "a server reads clocks and sockets")]

mod answer;
mod connections;
mod desk;
mod edit;
mod events;
mod handouts;
mod http;
mod keeper;
mod lock;
mod offered;
mod pages;
mod published;
mod shared;
pub(crate) mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::disk::{BookReader, DiskError};
use crate::path::SourcePath;
use crate::preview::OWN_PREFIX;
use crate::source::Sources;
use crate::workspace::BuildOptions;

/// The port that is tried first: "book" on a telephone keypad. No other site generator uses it by
/// default.
pub const PORT: u16 = 2665;

/// The number of further ports that are tried.
const MORE_PORTS: u16 = 20;

/// The book to serve, and options.
pub struct ServeSettings {
    /// The folder of the book.
    pub root: PathBuf,
    /// The options for the engine.
    pub options: BuildOptions,
    /// True if requests may name any host. If not, only the names of this machine are accepted, so
    /// that a web site can't make its visitors' browsers read the book (DNS rebinding).
    pub any_host: bool,
    /// The key with which notes can be edited; none if they can't. See [`new_edit_key`].
    pub edit_key: Option<String>,
    /// True to look at the book at intervals, instead of relying on the system to report
    /// changes.
    pub poll: bool,
}

/// An event that the preview reports to the person who started it.
pub enum ServeEvent<'a> {
    /// The book was read for the first time.
    Opened {
        /// The number of notes read from files.
        notes: usize,
        /// The time it took.
        took: Duration,
    },
    /// Files of the book changed.
    Changed {
        /// The files.
        files: &'a [SourcePath],
        /// The number of pages that changed.
        pages: usize,
        /// The time since the first sign of the change.
        took: Duration,
    },
    /// The problems of the book changed.
    Problems {
        /// The new problems.
        new: &'a [Diagnostic],
        /// The number of problems that were there before and still are.
        standing: usize,
        /// The files with the problems.
        sources: &'a Sources,
    },
    /// All problems are fixed.
    AllFixed,
    /// A message about the preview itself.
    Trouble(String),
}

/// Returns a new key with which notes can be edited in the browser: 128 random bits.
pub fn new_edit_key() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

/// Returns the address below that of the preview that lets a browser edit notes.
pub fn edit_address(key: &str) -> String {
    format!("{}enter?key={key}", OWN_PREFIX.trim_start_matches('/'))
}

/// Opens a listener at `port`, or if none is requested, at the first free port from [`PORT`] on.
pub fn listen(address: IpAddr, port: Option<u16>) -> io::Result<TcpListener> {
    if let Some(port) = port {
        return TcpListener::bind(SocketAddr::new(address, port));
    }
    let mut result = TcpListener::bind(SocketAddr::new(address, PORT));
    for more in 1..=MORE_PORTS {
        let taken = matches!(&result, Err(error) if error.kind() == io::ErrorKind::AddrInUse);
        if !taken {
            break;
        }
        result = TcpListener::bind(SocketAddr::new(address, PORT + more));
    }
    result
}

/// Serves the book at `listener` until the program ends, on threads of its own. `tell` is called by
/// one thread at a time.
pub fn start(
    settings: ServeSettings,
    listener: TcpListener,
    tell: impl FnMut(ServeEvent<'_>) + Send + 'static,
) -> Result<(), DiskError> {
    let reader = BookReader::new(&settings.root, &settings.options.config)?;
    let watch = watch::FileWatch::new(&reader);
    let port = listener.local_addr().map_or(0, |address| address.port());
    let root = reader.root().to_owned();
    let shared = shared::ServerState::new(&settings, root, port, watch.hints());
    let (shared, polls) = (Arc::new(shared), settings.poll);
    let keeper = keeper::BookKeeper::new(settings.options, reader, Arc::clone(&shared), tell);
    let failed = |error| DiskError { path: settings.root.clone(), error };
    let spawn = |name: &str, work: Box<dyn FnOnce() + Send>| {
        std::thread::Builder::new().name(name.to_owned()).spawn(work).map(drop).map_err(failed)
    };
    spawn("keeper", Box::new(move || keeper.run(watch, polls)))?;
    let telling = Arc::clone(&shared);
    spawn("events", Box::new(move || telling.events.keep_alive()))?;
    spawn("listener", Box::new(move || connections::accept(&listener, &shared)))
}
