//! One thread for each connection, up to a limit: when it is reached, the connection that has been
//! silent longest is closed. So no client can keep another waiting.
//!
//! Only tiny_http's messages are used, not its server: measurements showed that its thread pool
//! leaves requests waiting behind a silent connection (browsers open such connections ahead of
//! need), it has no limit on threads or time, and one failed `accept` ends it for good.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::answer::{ServedAnswer, answer, error_reply};
use super::http::{self, HttpReply, ReceivedMessage};
use super::lock::lock;
use super::shared::ServerState;
use tiny_http::Method;

/// The most connections, besides those of pages that wait for events.
const MAX_CONNECTIONS: usize = 256;

/// The delay before the next try, when the system has no room for another connection.
const RETRY_DELAY: Duration = Duration::from_millis(50);

/// The connections that are open.
#[derive(Default)]
struct ConnectionTable {
    connections: BTreeMap<u64, OpenConnection>,
    /// The number of connections so far.
    count: u64,
}

struct OpenConnection {
    socket: Arc<TcpStream>,
    /// The time of the last request, or of the connection.
    since: Instant,
}

impl ConnectionTable {
    /// Closes the connection that has been silent longest.
    fn close_most_silent(&mut self) {
        let silent = self
            .connections
            .iter()
            .min_by_key(|(_, connection)| connection.since)
            .map(|(id, _)| *id);
        if let Some(connection) = silent.and_then(|id| self.connections.remove(&id)) {
            // If the client has left already, there is nothing to close.
            let _ = connection.socket.shutdown(Shutdown::Both);
        }
    }
}

/// Accepts connections until the program ends.
pub(super) fn accept(listener: &TcpListener, shared: &Arc<ServerState>) {
    let table = Arc::new(Mutex::new(ConnectionTable::default()));
    loop {
        let Ok((socket, _)) = listener.accept() else {
            // Either the client has left already, or the system has no room for the connection.
            lock(&table).close_most_silent();
            thread::sleep(RETRY_DELAY);
            continue;
        };
        let socket = Arc::new(socket);
        let id = {
            let mut table = lock(&table);
            while table.connections.len() >= MAX_CONNECTIONS {
                table.close_most_silent();
            }
            table.count += 1;
            let (id, since) = (table.count, Instant::now());
            table.connections.insert(id, OpenConnection { socket: Arc::clone(&socket), since });
            id
        };
        let (shared_table, shared) = (Arc::clone(&table), Arc::clone(shared));
        let serve = move || {
            talk(&socket, &shared, || {
                if let Some(connection) = lock(&shared_table).connections.get_mut(&id) {
                    connection.since = Instant::now();
                }
            });
            lock(&shared_table).connections.remove(&id);
        };
        if thread::Builder::new().name("connection".to_owned()).spawn(serve).is_err() {
            let mut table = lock(&table);
            table.connections.remove(&id);
            table.close_most_silent();
        }
    }
}

/// Answers the requests on a connection as long as it lasts.
fn talk(socket: &Arc<TcpStream>, shared: &Arc<ServerState>, asked: impl Fn()) {
    let mut unread = Vec::new();
    if http::prepare(socket).is_err() {
        return;
    }
    loop {
        let request = match http::read(socket, &mut unread) {
            ReceivedMessage::Request(request) => request,
            ReceivedMessage::Nonsense(status) => {
                if http::write(socket, &error_reply(status), false).is_ok() {
                    http::close(socket);
                }
                return;
            }
            ReceivedMessage::Nothing => return,
        };
        asked();
        let mut body = |limit| http::read_body(socket, &mut unread, &request, limit);
        let answered = catch_unwind(AssertUnwindSafe(|| answer(shared, &request, &mut body)));
        let failed = |_| ServedAnswer::Reply(HttpReply::plain(500, "This is a bug in Fieldbook."));
        match answered.unwrap_or_else(failed) {
            ServedAnswer::Reply(reply) => {
                let sent = http::write(socket, &reply, request.method == Method::Head);
                let refused = matches!(reply.status, 400 | 403 | 405 | 408 | 411 | 413 | 415);
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
