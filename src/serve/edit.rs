//! Editing in the browser: who may do it, and which addresses it has.
//!
//! Whoever has the key may edit. A browser gets it from the address that the terminal shows, as a cookie that no script
//! reads and that goes along with no request of another site. Each task must come from a page of the preview, as JSON in
//! a request that no form and no link can make.

mod answers;
mod asked;
mod changes;
mod files;
mod proposing;
mod saving;

use serde_json::json;
use tiny_http::Method;

use super::desk::EditDesk;
use super::handouts::Handout;
use super::http::{AllowedUse, BodyReader, HTML, HttpReply, HttpRequest};
use super::lock::lock;
use super::shared::ServerState;
use crate::preview::{EDITOR_FILES, EDITOR_PAGE, OWN_PREFIX, Requester, SUGGEST_PAGE, path_of};

/// The largest body of a task, in bytes: a note, or a picture in Base64.
const MAX_BODY: usize = 32 * 1024 * 1024;

/// A task of the page on which a note is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EditTask {
    /// Lists the kinds of notes.
    Kinds,
    /// Opens a note.
    Open,
    /// Shows the page and the problems of a text.
    Look,
    /// Makes a change that solves a problem.
    Fix,
    /// Finds notes to choose from.
    Find,
    /// Turns a passage of HTML into Markdown.
    Paste,
    /// Writes a note.
    Save,
    /// Undoes the last save.
    Undo,
    /// Makes a new note.
    New,
    /// Writes a picture beside a note.
    Picture,
    /// Lists the changed notes.
    Changes,
    /// Makes a proposal of them.
    Propose,
    /// Sends the branch with a proposal.
    Send,
    /// Makes a file of the branch with a proposal.
    Pack,
    /// Leaves the branch with a proposal.
    Leave,
}

/// The tasks, by the last part of their addresses.
const TASKS: [(&str, EditTask); 15] = [
    ("kinds", EditTask::Kinds),
    ("open", EditTask::Open),
    ("look", EditTask::Look),
    ("fix", EditTask::Fix),
    ("find", EditTask::Find),
    ("paste", EditTask::Paste),
    ("save", EditTask::Save),
    ("undo", EditTask::Undo),
    ("new", EditTask::New),
    ("picture", EditTask::Picture),
    ("changes", EditTask::Changes),
    ("propose", EditTask::Propose),
    ("send", EditTask::Send),
    ("pack", EditTask::Pack),
    ("leave", EditTask::Leave),
];

impl EditTask {
    /// Does the task that a request with this body describes.
    fn run(self, shared: &ServerState, desk: &EditDesk, body: &[u8]) -> HttpReply {
        let done = match self {
            Self::Kinds => asked::with(body, |asked| answers::kinds(shared, desk, &asked)),
            Self::Open => asked::with(body, |asked| answers::open(shared, desk, &asked)),
            Self::Look => asked::with(body, |asked| answers::look(shared, desk, &asked)),
            Self::Fix => asked::with(body, |asked| answers::fix(shared, desk, &asked)),
            Self::Find => asked::with(body, |asked| answers::find(shared, desk, &asked)),
            Self::Paste => asked::with(body, |asked| Ok(answers::paste(&asked))),
            Self::Save => asked::with(body, |asked| saving::save(shared, desk, &asked)),
            Self::Undo => asked::with(body, |asked| saving::undo(shared, desk, &asked)),
            Self::New => asked::with(body, |asked| saving::new(shared, desk, &asked)),
            Self::Picture => asked::with(body, |asked| files::picture(shared, desk, &asked)),
            Self::Changes => asked::with(body, |asked| changes::list(shared, desk, &asked)),
            Self::Propose => asked::with(body, |asked| proposing::propose(shared, desk, &asked)),
            Self::Send => asked::with(body, |asked| proposing::send(shared, &asked)),
            Self::Pack => asked::with(body, |asked| proposing::pack(shared, desk, &asked)),
            Self::Leave => asked::with(body, |asked| proposing::leave(shared, desk, &asked)),
        };
        match done {
            Ok(data) => HttpReply::json(200, &data),
            Err(failure) => HttpReply::json(failure.status, &failure.data),
        }
    }
}

/// The reason why a task was not done, with a status of HTTP.
pub(super) struct TaskFailure {
    status: u16,
    data: serde_json::Value,
}

impl TaskFailure {
    /// Creates a failure with a sentence for the writer.
    fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, data: json!({ "message": message.into() }) }
    }
}

/// Returns the reply to a request for a task. Its body is read only if it may be done.
pub(super) fn answer(
    shared: &ServerState,
    request: &HttpRequest,
    requester: Requester,
    body: &mut BodyReader<'_>,
) -> HttpReply {
    let Some(desk) = &shared.desk else { return refusal(404, "Nothing can be edited.") };
    let task = match task(shared, desk, request, requester) {
        Ok(task) => task,
        Err(refusal) => return refusal,
    };
    match body(MAX_BODY) {
        Ok(body) => task.run(shared, desk, &body),
        Err(413) => refusal(413, "This is more than 32 MB, which is too much."),
        Err(status) => refusal(status, "The request did not come as a whole."),
    }
}

/// Returns the task that a request asks for, or its refusal.
fn task(
    shared: &ServerState,
    desk: &EditDesk,
    request: &HttpRequest,
    requester: Requester,
) -> Result<EditTask, HttpReply> {
    // Browsers name the origin of each request that is sent by POST.
    let [host] = request.values("host")[..] else { return Err(refusal(400, "No host is named.")) };
    let is_own = request.values("origin") == [format!("http://{host}")];
    if requester != Requester::Own || !is_own {
        shared.tell_refusal();
        return Err(refusal(403, "Only pages of the preview may ask for this."));
    }
    if !has_key(desk, shared, request) {
        shared.tell_refusal();
        return Err(refusal(403, NO_KEY));
    }
    let address = path_of(&request.target).map(|path| format!("/{path}"));
    let name =
        address.as_deref().and_then(|path| path.strip_prefix(OWN_PREFIX)?.strip_prefix("edit/"));
    let found = TASKS.iter().find(|task| name == Some(task.0));
    let (_, task) = found.ok_or_else(|| refusal(404, "There is nothing here."))?;
    if request.values("content-type") != ["application/json"] {
        return Err(refusal(415, "This takes JSON."));
    }
    Ok(*task)
}

/// Returns the reply to a request for the preview's own address `own`, if that has to do with editing.
pub(super) fn page(
    shared: &ServerState,
    request: &HttpRequest,
    own: &str,
    value: &dyn Fn(&str) -> Option<String>,
) -> Option<HttpReply> {
    let desk = shared.desk.as_ref()?;
    if let Some((_, kind, text)) = EDITOR_FILES.iter().find(|file| file.0 == own) {
        return Some(HttpReply::new(200, kind, text.as_bytes()));
    }
    match own {
        "enter" if request.method == Method::Get => {
            let is_right = value("key").is_some_and(|key| are_equal(&key, &desk.key));
            Some(if is_right { entered(shared, desk) } else { no_key() })
        }
        "edit" | "suggest" | "made" if !has_key(desk, shared, request) => Some(no_key()),
        "edit" => Some(own_page(EDITOR_PAGE)),
        "suggest" => Some(own_page(SUGGEST_PAGE)),
        "made" => {
            let number = value("number").and_then(|number| number.parse().ok());
            Some(made(desk, number))
        }
        _ => None,
    }
}

fn own_page(page: &str) -> HttpReply {
    HttpReply { use_as: AllowedUse::Editor, ..HttpReply::new(200, HTML, page.as_bytes()) }
}

/// Returns a file that a task made.
fn made(desk: &EditDesk, number: Option<u64>) -> HttpReply {
    let file = number.and_then(|number| lock(&desk.handouts).get(number));
    match file {
        Some(Handout::Comparison(page)) => {
            HttpReply { use_as: AllowedUse::Document, ..HttpReply::new(200, HTML, page) }
        }
        Some(Handout::Bundle(bytes)) => HttpReply::new(200, "application/octet-stream", bytes)
            .with("Content-Disposition", "attachment"),
        None => HttpReply::plain(404, "This is no longer kept. Look at the changes again."),
    }
}

/// Returns the page of a note with text that isn't saved, if the request is for one.
pub(super) fn framed(
    shared: &ServerState,
    request: &HttpRequest,
    requester: Requester,
    query: &str,
) -> Option<HttpReply> {
    let desk = shared.desk.as_ref()?;
    let number = query.strip_prefix("fieldbook-draft=")?;
    if requester != Requester::Own || !has_key(desk, shared, request) {
        return Some(no_key());
    }
    let path = path_of(&request.target)?;
    let page = number.parse().ok().and_then(|number| desk.page(number));
    let page = page.filter(|page| page.path.address() == path)?;
    Some(HttpReply { use_as: AllowedUse::Framed, ..HttpReply::new(200, HTML, page.bytes) })
}

const NO_KEY: &str =
    "To edit notes, open the address that fieldbook serve --edit shows in the terminal.";

fn no_key() -> HttpReply {
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Not open for editing</title>\n\
         <main>\n<h1>Not open for editing</h1>\n<p>{NO_KEY}</p>\n</main>\n</html>\n"
    );
    HttpReply { use_as: AllowedUse::Editor, ..HttpReply::new(403, HTML, page.into_bytes()) }
}

/// Returns the reply that gives a browser the key.
fn entered(shared: &ServerState, desk: &EditDesk) -> HttpReply {
    let cookie = format!("{}={}; Path=/; SameSite=Strict; HttpOnly", cookie_name(shared), desk.key);
    HttpReply::plain(303, "Notes can be edited.").with("Location", "/").with("Set-Cookie", cookie)
}

/// Returns the name of the cookie. A cookie goes to all ports of a host, so each preview has its own.
fn cookie_name(shared: &ServerState) -> String {
    format!("fieldbook-edit-{}", shared.port)
}

/// Returns whether a request brings the key.
fn has_key(desk: &EditDesk, shared: &ServerState, request: &HttpRequest) -> bool {
    let name = cookie_name(shared);
    let cookies = request.values("cookie");
    let mut pairs = cookies.iter().flat_map(|value| value.split(';'));
    pairs.any(|pair| {
        let pair = pair.trim().split_once('=');
        pair.is_some_and(|(of, value)| of == name && are_equal(value, &desk.key))
    })
}

/// Compares in a time that does not tell how much is equal.
fn are_equal(given: &str, key: &str) -> bool {
    let difference = given.bytes().zip(key.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == key.len() && difference == 0
}

fn refusal(status: u16, message: &str) -> HttpReply {
    HttpReply::json(status, &json!({ "message": message }))
}
