//! The pages that are open, each told of what it should know by server-sent events (HTML, section
//! 9.2). All are written to by whichever thread has news: a client that does not take its few bytes
//! at once is dropped, and comes back by itself.

use std::io::Write;
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::http::{self, HttpReply};
use super::shared::{PublishedSite, lock};
use crate::preview::{PageState, address};

/// How many pages can be open.
const MOST: usize = 640;

/// How often a page hears that the server is there, and the server learns that a page is not.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The pages that are open.
#[derive(Default)]
pub(super) struct EventStreams {
    open: Mutex<Vec<OpenPage>>,
    is_any: Condvar,
}

struct OpenPage {
    socket: Arc<TcpStream>,
    /// The path of its address.
    at: String,
    known: PageState,
}

impl EventStreams {
    /// A page at the path `at` wants to hear what differs from what it knows.
    pub(super) fn admit(
        &self,
        socket: Arc<TcpStream>,
        at: String,
        known: PageState,
        shown: impl Fn() -> Arc<PublishedSite>,
    ) {
        // The first page may come before the book is read; others must not wait for that.
        shown();
        let mut open = lock(&self.open);
        if open.len() >= MOST {
            open.retain(|page| page.send(": \n\n"));
        }
        let mut page = OpenPage { socket, at, known };
        if open.len() >= MOST {
            let full = HttpReply::plain(503, "Too many pages are open.").with("Retry-After", "5");
            // One that does not take it comes back by itself.
            let _ = http::write(&page.socket, &full, false);
            return;
        }
        // Whoever publishes next waits for the lock, so nothing falls between.
        let head = format!("{}retry: 500\n\n{}", http::stream(), page.news(&shown()));
        if page.socket.set_nonblocking(true).is_ok() && page.send(&head) {
            open.push(page);
            self.is_any.notify_one();
        }
    }

    /// Tells every open page what is new to it.
    pub(super) fn tell(&self, shown: impl Fn() -> Arc<PublishedSite>) {
        let mut open = lock(&self.open);
        let shown = shown();
        open.retain_mut(|page| {
            let news = page.news(&shown);
            news.is_empty() || page.send(&news)
        });
    }

    /// Lets every open page know from time to time that the server is there. Never ends; does
    /// nothing while no page is open.
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
    /// The events that tell the page what is new to it.
    fn news(&mut self, shown: &PublishedSite) -> String {
        let now = shown.known(&self.at);
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

    /// Sends a few bytes; false if the page does not take them.
    fn send(&self, text: &str) -> bool {
        (&*self.socket).write(text.as_bytes()).is_ok_and(|sent| sent == text.len())
    }
}
