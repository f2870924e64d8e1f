//! Answers requests.

use percent_encoding::percent_decode_str;
use tiny_http::Method;

use super::edit;
use super::http::{AllowedUse, BodyReader, HTML, HttpReply, HttpRequest};
use super::published::PublishedSite;
use super::shared::ServerState;
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::fingerprint::Fingerprint;
use crate::note::{Origin, Status};
use crate::path::{OutputPath, url_path};
use crate::preview::{
    self, ByteRange, EditedNote, OWN_PREFIX, PageState, Requester, ResolvedAddress, requester,
};
use crate::span::LineIndex;
use crate::workspace::{PlannedOutput, Recipe};

/// The answer to a request.
pub(super) enum ServedAnswer {
    Reply(HttpReply),
    /// A stream of events for a page at this path, which is in this state.
    Events(String, PageState),
}

/// Returns the answer to a request, whose body is read only if it is needed.
pub(super) fn answer(
    shared: &ServerState,
    request: &HttpRequest,
    body: &mut BodyReader<'_>,
) -> ServedAnswer {
    let requester = match admitted(shared, request) {
        Ok(requester) if request.method == Method::Post => {
            return ServedAnswer::Reply(edit::answer(shared, request, requester, body));
        }
        Ok(requester) => requester,
        Err(refusal) => return ServedAnswer::Reply(refusal),
    };
    let Some(path) = preview::path_of(&request.target) else {
        return ServedAnswer::Reply(error_reply(400));
    };
    let query = request.target.split_once('?').map_or("", |(_, query)| query);
    match format!("/{path}").strip_prefix(OWN_PREFIX) {
        Some(_) if requester == Requester::Visitor => ServedAnswer::Reply(refusal_of_strangers()),
        Some(own) => answer_preview(shared, request, own, query),
        None => {
            let framed = edit::framed(shared, request, requester, query);
            let reply = framed.unwrap_or_else(|| site_reply(shared, request, &path, query));
            ServedAnswer::Reply(if may_have(requester, &reply) {
                reply
            } else {
                refusal_of_strangers()
            })
        }
    }
}

/// Returns whether `requester` may have the file of the site in `reply`.
fn may_have(requester: Requester, reply: &HttpReply) -> bool {
    match requester {
        Requester::Own => true,
        Requester::Visitor => reply.use_as == AllowedUse::Page || reply.status == 301,
        Requester::Unknown => {
            !["javascript", "ecmascript"].iter().any(|kind| reply.kind.contains(kind))
        }
        Requester::Stranger => false,
    }
}

/// Returns the reply to a request that comes from another site, or may come from one. In a window
/// opened by that site it must look like a missing page.
fn refusal_of_strangers() -> HttpReply {
    let text = "The preview gives this to its own pages only, not to other sites.";
    HttpReply { use_as: AllowedUse::Page, ..HttpReply::plain(403, text) }
}

/// Returns the reply to a request that is invalid or not allowed.
pub(super) fn error_reply(status: u16) -> HttpReply {
    HttpReply::plain(
        status,
        match status {
            400 => "The preview doesn't understand this request.",
            403 => {
                "The preview answers only to names of this machine. Start it with -i to change that."
            }
            405 => "The preview only gives pages; nothing can be sent to it.",
            408 => "The request took too long.",
            414 => "The address is too long.",
            431 => "The headers are too long.",
            505 => "The preview speaks HTTP/1.1.",
            _ => "There is nothing here.",
        },
    )
}

/// Returns who sent a request, or the reply that refuses it.
fn admitted(shared: &ServerState, request: &HttpRequest) -> Result<Requester, HttpReply> {
    let [host] = request.values("host")[..] else { return Err(error_reply(400)) };
    // A site that points its own name at this machine must not read the book.
    if !shared.any_host && !is_local(host) {
        return Err(error_reply(403));
    }
    let requester = requester(host, |name| request.values(name), request.method == Method::Get);
    if requester == Requester::Stranger {
        return Err(refusal_of_strangers());
    }
    if request.method == Method::Post && shared.desk.is_some() {
        return Ok(requester);
    }
    if !matches!(request.method, Method::Get | Method::Head) {
        return Err(error_reply(405).with("Allow", "GET, HEAD"));
    }
    if request.has_body() { Err(error_reply(400)) } else { Ok(requester) }
}

/// Returns whether a `Host` header names this machine in a way that no other machine can be named.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name.to_ascii_lowercase().as_str(), "localhost" | "127.0.0.1" | "[::1]")
}

fn answer_preview(
    shared: &ServerState,
    request: &HttpRequest,
    own: &str,
    query: &str,
) -> ServedAnswer {
    let value = |key: &str| {
        let value = query.split('&').find_map(|part| part.strip_prefix(key)?.strip_prefix('='))?;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    };
    if let Some(reply) = edit::page(shared, request, own, &value) {
        return ServedAnswer::Reply(reply);
    }
    let at = value("at").and_then(|at| preview::path_of(&at));
    ServedAnswer::Reply(match (own, at) {
        ("preview.js", _) => {
            let script =
                HttpReply::new(200, "text/javascript; charset=utf-8", preview::SCRIPT.as_bytes());
            tagged(request, script, Fingerprint::of(preview::SCRIPT))
        }
        ("events", Some(at)) if request.method == Method::Get => {
            return ServedAnswer::Events(at, PageState::read(query));
        }
        ("problems", Some(at)) => {
            let shown = shared.shown();
            let html = format!("{}{}", missing_page_notice(&shown, &at), shown.problems.html);
            HttpReply::new(200, HTML, html.into_bytes())
        }
        ("place", Some(at)) => {
            let nth = value("nth").and_then(|nth| nth.parse().ok()).unwrap_or(0);
            let place = source_position(shared, &at, &value("tag").unwrap_or_default(), nth);
            place.map_or_else(|| error_reply(404), |place| HttpReply::plain(200, &place))
        }
        _ => error_reply(404),
    })
}

fn site_reply(shared: &ServerState, request: &HttpRequest, path: &str, query: &str) -> HttpReply {
    let mut shown = shared.shown();
    if matches!(shown.find(path), ResolvedAddress::Nothing) {
        shown = shared.shown_complete();
    }
    match shown.find(path) {
        ResolvedAddress::File(file, output) => file_reply(shared, request, &shown, file, output),
        ResolvedAddress::Folder => {
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            let to = format!("/{}/{query}", url_path(path));
            HttpReply::plain(301, "This is a folder.").with("Location", to)
        }
        ResolvedAddress::Nothing => not_found(shared, &shown),
    }
}

fn file_reply(
    shared: &ServerState,
    request: &HttpRequest,
    shown: &PublishedSite,
    file: &OutputPath,
    output: &PlannedOutput,
) -> HttpReply {
    let (fingerprint, bytes) = shared.bytes(&shown.snapshot, file, output);
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(diagnostic) => return failed_page(shown, fingerprint, &diagnostic),
    };
    let kind = mime_guess::from_path(file.as_str()).first_or_octet_stream();
    let is_text = kind.type_() == "text"
        || matches!(kind.subtype().as_str(), "javascript" | "json" | "xml" | "manifest+json");
    let charset = if is_text { "; charset=utf-8" } else { "" };
    let kind = format!("{kind}{charset}");
    // A page that the book brings as a file isn't a page of the site, so it is sent unchanged.
    if !file.is_page() || !matches!(output.made, Recipe::Rendered(_)) {
        return tagged(request, HttpReply::new(200, &kind, bytes), (shared.run, fingerprint));
    }
    let line = preview::script(
        &shown.state_of(Some(fingerprint)),
        draft_notice(shown, output),
        edited_note(shared, shown, output).as_ref(),
    );
    let reply = HttpReply::page(200, preview::with_line(&bytes, &line));
    tagged(request, reply, (shared.run, line))
}

/// Adds an entity tag to a reply, with which a browser asks whether its copy is current, and
/// reduces the reply to the requested range.
fn tagged(request: &HttpRequest, mut reply: HttpReply, of: impl std::hash::Hash) -> HttpReply {
    let tag = format!("\"{}\"", Fingerprint::of(&of));
    let same = |value: &str| {
        value.split(',').any(
            |one| matches!(one.trim().trim_start_matches("W/"), one if one == tag || one == "*"),
        )
    };
    reply = reply.with("ETag", tag.clone()).with("Accept-Ranges", "bytes");
    if request.header("if-none-match").is_some_and(same) {
        reply.status = 304;
        reply.part = 0..0;
        return reply;
    }
    let range = request.header("range").filter(|_| request.method == Method::Get);
    let range = range.filter(|_| request.header("if-range").is_none_or(|one| one == tag));
    let size = reply.body.len();
    match preview::part(range, size) {
        ByteRange::Whole => reply,
        ByteRange::Bytes(part) => {
            let content_range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
            reply.status = 206;
            reply.part = part;
            reply.with("Content-Range", content_range)
        }
        ByteRange::Beyond => {
            reply.status = 416;
            reply.part = 0..0;
            reply.with("Content-Range", format!("bytes */{size}"))
        }
    }
}

/// Returns the notice for the writer of a page, which readers don't see.
fn draft_notice(shown: &PublishedSite, output: &PlannedOutput) -> &'static str {
    let Some(id) = output.made.note_page() else { return "" };
    match shown.snapshot.site.note(id).facts.card.status {
        Status::Draft => "This note is a draft. A build without --drafts leaves it out.",
        _ => "",
    }
}

/// Returns the note on a page, if its reader may edit it.
fn edited_note(
    shared: &ServerState,
    shown: &PublishedSite,
    output: &PlannedOutput,
) -> Option<EditedNote> {
    shared.desk.as_ref()?;
    let note = shown.snapshot.site.note(output.made.note_page()?);
    let path = (note.facts.origin == Origin::File).then(|| note.source.as_str().to_owned());
    Some(EditedNote { path, folder: note.facts.place.folder.to_string() })
}

/// Returns a page for an error in a template, if the page was never made before.
fn failed_page(
    shown: &PublishedSite,
    fingerprint: Fingerprint,
    diagnostic: &Diagnostic,
) -> HttpReply {
    let script = preview::script(&shown.state_of(Some(fingerprint)), "", None);
    let title = "This page can't be made";
    let said = escaped(&format!("{}: {}", diagnostic.path, diagnostic.message));
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <body>\n<h1>{title}</h1>\n<p>{said}</p>\n{script}</body>\n</html>\n"
    );
    HttpReply::page(500, page.into_bytes())
}

/// Returns the site's own 404 page; the preview's script adds pages with similar addresses.
fn not_found(shared: &ServerState, shown: &PublishedSite) -> HttpReply {
    let file = OutputPath::new("404.html");
    let output = shown.snapshot.plan.outputs.get(&file);
    // A 404 page that the book brings as a file may contain scripts, which must not run as part of
    // the site.
    let output = output.filter(|output| matches!(output.made, Recipe::Rendered(_)));
    let page = output.and_then(|output| shared.bytes(&shown.snapshot, &file, output).1.ok());
    let page = page.unwrap_or_else(|| {
        b"<!doctype html>\n<title>No page</title>\n<body></body>\n".to_vec().into()
    });
    let script = preview::script(&shown.state_of(None), "", None);
    HttpReply::page(404, preview::with_line(&page, &script))
}

/// Returns the notice for a path that leads nowhere; empty for a path that leads somewhere.
fn missing_page_notice(shown: &PublishedSite, path: &str) -> String {
    if !matches!(shown.find(path), ResolvedAddress::Nothing) {
        return String::new();
    }
    let plan = &shown.snapshot.plan;
    let link = |page: &OutputPath| {
        let (to, name) = (escaped(&preview::address(page)), escaped(page.as_str()));
        format!("<li><a href=\"{to}\">{name}</a></li>\n")
    };
    let mut html = format!("<h2 class=\"lost\">No page is at /{}</h2>\n", escaped(path));
    let is_here = |output: &OutputPath| output.as_str() == path;
    if shown.snapshot.site.drafts.iter().any(|note| is_here(&note.facts.place.output)) {
        html += "<p>This note is a draft. Start the preview with --drafts to see it.</p>\n";
    }
    if let Some(to) = shown.moved_from(path) {
        html += &format!("<p>It was moved:</p>\n<ul>\n{}</ul>\n", link(to));
    }
    let near = preview::near(plan, path);
    if !near.is_empty() {
        let list: String = near.into_iter().map(link).collect();
        html += &format!("<p>Pages with nearly this address:</p>\n<ul>\n{list}</ul>\n");
    }
    html
}

/// Returns the position in the sources of the `nth` element called `tag` on the page at `path`.
fn source_position(shared: &ServerState, path: &str, tag: &str, nth: usize) -> Option<String> {
    let shown = shared.shown();
    let ResolvedAddress::File(file, output) = shown.find(path) else { return None };
    let page = shared.bytes(&shown.snapshot, file, output).1.ok()?;
    let (source, span) = preview::origin(&shown.snapshot, file, &page, tag, nth)?;
    let sources = disk::read_again(&shared.root, std::iter::once(&source));
    let text = sources.get(&source)?.text()?;
    let (line, _) = LineIndex::new(text).line_column(text, span.start as usize);
    Some(preview::place(source.as_str(), line))
}

fn escaped(text: &str) -> String {
    let mut html = String::new();
    let _ = pulldown_cmark_escape::escape_html(&mut html, text);
    html
}
