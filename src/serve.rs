//! The preview: the book kept open behind a server on this machine. What a build would write is
//! served from memory, each page made when it is asked for, by the same engine.
//!
//! Three sorts of threads: one *keeper* follows the book and is the only one to change anything;
//! one thread a connection reads what the keeper published last; one tells open pages what changed.
#![expect(clippy::disallowed_methods, reason = "a server reads clocks and sockets")]

mod answer;
mod connections;
mod events;
mod http;
mod keeper;
mod pages;
mod shared;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::disk::{BookReader, DiskError};
use crate::path::SourcePath;
use crate::source::Sources;
use crate::workspace::BuildOptions;

/// The port that is tried first: "book" on the keys of a telephone. No other generator of sites
/// begins there.
pub const PORT: u16 = 2665;

/// How many further ports are tried.
const MORE_PORTS: u16 = 20;

/// What is to be served, and how.
pub struct ServeSettings {
    /// The folder of the book.
    pub root: PathBuf,
    /// What is asked of the engine.
    pub options: BuildOptions,
    /// Whether requests may name any host. If not, only this machine's own names will do, so that
    /// no web site can have its visitors' browsers read the book (DNS rebinding).
    pub any_host: bool,
    /// Whether to look at the book again and again, where the system tells nothing of changes.
    pub poll: bool,
}

/// What the preview has to say to the person who started it.
pub enum ServeEvent<'a> {
    /// The book was read for the first time.
    Opened {
        /// How many notes were read from files.
        notes: usize,
        /// How long it took.
        took: Duration,
    },
    /// Files of the book are others now.
    Changed {
        /// The files.
        files: &'a [SourcePath],
        /// How many pages are others now.
        pages: usize,
        /// How long it took, from the first sign of it.
        took: Duration,
    },
    /// What is wrong with the book is another now than it was.
    Problems {
        /// What was not wrong before.
        new: &'a [Diagnostic],
        /// How much was, and still is.
        standing: usize,
        /// The files in which it is.
        sources: &'a Sources,
    },
    /// Nothing is wrong with the book any more.
    Mended,
    /// Something that the writer should know of the preview itself.
    Trouble(String),
}

/// A place to listen at: `port`, or if none is asked for, the first from [`PORT`] on that is free.
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

/// Serves the book at `listener` until the program ends, on threads of its own. `tell` is called
/// by one of them at a time.
pub fn start(
    settings: ServeSettings,
    listener: TcpListener,
    tell: impl FnMut(ServeEvent<'_>) + Send + 'static,
) -> Result<(), DiskError> {
    let reader = BookReader::new(&settings.root, &settings.options.config)?;
    let watch = watch::FileWatch::new(&reader);
    let shared = shared::ServerState::new(&settings, reader.root().to_owned(), watch.hints());
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
