//! The open pages, which are told about changes by server-sent events (HTML, section 9.2). The
//! thread that has news writes to all of them: a client that doesn't accept the few bytes at once
//! is dropped, and connects again by itself.

use std::io::Write;
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::http::{self, HttpReply};
use super::shared::{PublishedSite, lock};
use crate::preview::{PageState, address};

/// The most pages that can be open.
const MAX_OPEN_PAGES: usize = 640;

/// The interval at which pages learn that the server is running, and the server notices that a page
/// is closed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The pages that are open.
#[derive(Default)]
pub(super) struct EventStreams {
    open: Mutex<Vec<OpenPage>>,
    is_any: Condvar,
}

struct OpenPage {
    socket: Arc<TcpStream>,
    /// The path of the page's address.
    at: String,
    known: PageState,
}

impl EventStreams {
    /// Adds a page at the path `at`, which is in the state `known` and wants to hear about changes.
    pub(super) fn admit(
        &self,
        socket: Arc<TcpStream>,
        at: String,
        known: PageState,
        shown: impl Fn() -> Arc<PublishedSite>,
    ) {
        // The first page may connect before the book is read; others must not wait for the lock
        // meanwhile.
        shown();
        let mut open = lock(&self.open);
        if open.len() >= MAX_OPEN_PAGES {
            open.retain(|page| page.send(": \n\n"));
        }
        let mut page = OpenPage { socket, at, known };
        if open.len() >= MAX_OPEN_PAGES {
            let full = HttpReply::plain(503, "Too many pages are open.").with("Retry-After", "5");
            // A page that doesn't receive this connects again by itself.
            let _ = http::write(&page.socket, &full, false);
            return;
        }
        // The next publication waits for the lock, so no change is missed.
        let head = format!("{}retry: 500\n\n{}", http::stream(), page.news(&shown()));
        if page.socket.set_nonblocking(true).is_ok() && page.send(&head) {
            open.push(page);
            self.is_any.notify_one();
        }
    }

    /// Tells every open page what changed for it.
    pub(super) fn tell(&self, shown: impl Fn() -> Arc<PublishedSite>) {
        let mut open = lock(&self.open);
        let shown = shown();
        open.retain_mut(|page| {
            let news = page.news(&shown);
            news.is_empty() || page.send(&news)
        });
    }

    /// Sends a sign of life to every open page at intervals. Never returns; waits while no page is
    /// open.
    pub(super) fn keep_alive(&self) {
        loop {
            let mut open = lock(&self.open);
            while open.is_empty() {
                open = self.is_any.wait(open).unwrap_or_else(PoisonError::into_inner);
            }
            drop(open);
            std::thread::sleep(HEARTBEAT);
            lock(&self.open).retain(|page| page.send(": \n\n"));
        }
    }
}

impl OpenPage {
    /// Returns the events that tell the page what changed for it.
    fn news(&mut self, shown: &PublishedSite) -> String {
        let now = shown.state_at(&self.at);
        let before = std::mem::replace(&mut self.known, now);
        if now.page != before.page && !shown.is_restyled(&self.at, &before) {
            return match shown.moved_from(&self.at).filter(|_| now.page.is_none()) {
                Some(to) => format!("event: moved\ndata: {}\n\n", address(to)),
                None => "event: page\ndata: is another\n\n".to_owned(),
            };
        }
        let mut news = String::new();
        if now.styles != before.styles {
            news += &format!("event: styles\ndata: {}\n\n", now.styles);
        }
        if now.problems != before.problems {
            news += &format!("event: problems\ndata: {}\n\n", now.problems);
        }
        news
    }

    /// Sends a few bytes; returns false if the page doesn't accept them.
    fn send(&self, text: &str) -> bool {
        (&*self.socket).write(text.as_bytes()).is_ok_and(|sent| sent == text.len())
    }
}
