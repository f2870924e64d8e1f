//! One thread a connection, and never more than so many: when all places are taken, the client
//! that has been silent longest loses its own. So no client can keep another waiting.
//!
//! tiny_http's own server is not used, only its messages: its pool of threads was measured to leave
//! requests waiting behind a connection that says nothing (a browser opens such connections ahead
//! of need), it has no bound and no time limit, and one failed `accept` ends it for good.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::answer::{ServedAnswer, answer, nonsense};
use super::http::{self, HttpReply, ReceivedMessage};
use super::shared::{ServerState, lock};
use tiny_http::Method;

/// How many connections there are at most, besides those of the pages that wait for events.
const MOST: usize = 256;

/// How long to wait before the next try, when the system has no room for another connection.
const PAUSE: Duration = Duration::from_millis(50);

/// The connections that are open.
#[derive(Default)]
struct ConnectionTable {
    guests: BTreeMap<u64, OpenConnection>,
    /// How many came so far.
    n_came: u64,
}

struct OpenConnection {
    socket: Arc<TcpStream>,
    /// When it came, or asked for something last.
    since: Instant,
}

impl ConnectionTable {
    /// Shows the guest out that has been silent longest.
    fn make_place(&mut self) {
        let silent = self.guests.iter().min_by_key(|(_, guest)| guest.since).map(|(id, _)| *id);
        if let Some(guest) = silent.and_then(|id| self.guests.remove(&id)) {
            // One that has left already can't be shown out.
            let _ = guest.socket.shutdown(Shutdown::Both);
        }
    }
}

/// Takes connections until the program ends.
pub(super) fn accept(listener: &TcpListener, shared: &Arc<ServerState>) {
    let room = Arc::new(Mutex::new(ConnectionTable::default()));
    loop {
        let Ok((socket, _)) = listener.accept() else {
            // The client left meanwhile, or the system has no room for it.
            lock(&room).make_place();
            thread::sleep(PAUSE);
            continue;
        };
        let socket = Arc::new(socket);
        let id = {
            let mut room = lock(&room);
            while room.guests.len() >= MOST {
                room.make_place();
            }
            room.n_came += 1;
            let (id, since) = (room.n_came, Instant::now());
            room.guests.insert(id, OpenConnection { socket: Arc::clone(&socket), since });
            id
        };
        let (guests, shared) = (Arc::clone(&room), Arc::clone(shared));
        let serve = move || {
            talk(&socket, &shared, || {
                if let Some(guest) = lock(&guests).guests.get_mut(&id) {
                    guest.since = Instant::now();
                }
            });
            lock(&guests).guests.remove(&id);
        };
        if thread::Builder::new().name("connection".to_owned()).spawn(serve).is_err() {
            let mut room = lock(&room);
            room.guests.remove(&id);
            room.make_place();
        }
    }
}

/// Answers what is asked on a connection, as long as it lasts.
fn talk(socket: &Arc<TcpStream>, shared: &Arc<ServerState>, asked: impl Fn()) {
    let mut unread = Vec::new();
    if http::prepare(socket).is_err() {
        return;
    }
    loop {
        let request = match http::read(socket, &mut unread) {
            ReceivedMessage::Request(request) => request,
            ReceivedMessage::Nonsense(status) => {
                if http::write(socket, &nonsense(status), false).is_ok() {
                    http::close(socket);
                }
                return;
            }
            ReceivedMessage::Nothing => return,
        };
        asked();
        let answered = catch_unwind(AssertUnwindSafe(|| answer(shared, &request)));
        let failed =
            |_| ServedAnswer::Reply(HttpReply::plain(500, "This is a fault of Fieldbook's own."));
        match answered.unwrap_or_else(failed) {
            ServedAnswer::Reply(reply) => {
                let sent = http::write(socket, &reply, request.method == Method::Head);
                let refused = matches!(reply.status, 400 | 403 | 405);
                if sent.is_err() || refused || request.is_last {
                    return if sent.is_ok() {
                        http::close(socket)
                    };
                }
            }
            ServedAnswer::Events(at, known) => {
                return shared.events.admit(Arc::clone(socket), at, known, || shared.shown());
            }
        }
    }
}
