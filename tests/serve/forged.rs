//! Requests that only look as if they came from the page on which notes are edited: none of them is done.

use serde_json::json;

use crate::client::{Preview, Reply};
use crate::editor::Editor;
use crate::support::book::Book;
use crate::support::read_tree;

const PATH: &str = "content/lessons/first.md";

/// The tasks.
const TASKS: [&str; 15] = [
    "save", "open", "look", "fix", "find", "paste", "undo", "new", "picture", "changes", "propose",
    "send", "leave", "kinds", "pack",
];

#[test]
fn forged_requests_change_and_tell_nothing() {
    let (book, outside) =
        (Book::small(), Book::new(&[("secret.md", "+++\ntitle = \"S\"\n+++\n\nSECRET\n")]));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(outside.path("secret.md"), book.path("content/out.md"))
            .expect("a link");
        std::os::unix::fs::symlink(outside.root(), book.path("content/away")).expect("a link");
    }
    let before = read_tree(&book.path("content/lessons"));
    let editor = Editor::of(&book);
    let (at, port) = (editor.preview.at, editor.preview.at.port());
    let opened = editor.open(PATH);
    let body = json!({ "note": opened.note(&json!({ "text": "Forged" })), "fingerprint": opened.fingerprint });
    let body = body.to_string().into_bytes();
    let (origin, site, kind) = (
        format!("Origin: http://{at}\r\n"),
        "Sec-Fetch-Site: same-origin\r\n",
        "Content-Type: application/json\r\n",
    );
    let cookie = editor.cookie();
    let other = "0".repeat(editor.key.len());
    // Each lacks one thing that the page sends, or has it otherwise.
    let headers: Vec<(u16, String)> = vec![
        (403, format!("{site}{kind}{cookie}")),
        (403, format!("Origin: null\r\n{site}{kind}{cookie}")),
        (403, format!("Origin: http://example.org\r\n{site}{kind}{cookie}")),
        (403, format!("Origin: https://{at}\r\n{site}{kind}{cookie}")),
        (403, format!("Origin: http://localhost:{port}\r\n{site}{kind}{cookie}")),
        (403, format!("Origin: http://127.0.0.1\r\n{site}{kind}{cookie}")),
        (403, format!("Origin: http://127.0.0.1:1\r\n{site}{kind}{cookie}")),
        (403, format!("Origin: http://{at}/\r\n{site}{kind}{cookie}")),
        (403, format!("Origin: http://{at}.example.org\r\n{site}{kind}{cookie}")),
        (403, format!("{origin}{origin}{site}{kind}{cookie}")),
        (403, format!("{origin}Sec-Fetch-Site: cross-site\r\n{kind}{cookie}")),
        (403, format!("{origin}Sec-Fetch-Site: same-site\r\n{kind}{cookie}")),
        (403, format!("{origin}{site}Service-Worker: script\r\n{kind}{cookie}")),
        (403, format!("{origin}{site}{kind}")),
        (403, format!("{origin}{site}{kind}Cookie: fieldbook-edit-{port}={other}\r\n")),
        (403, format!("{origin}{site}{kind}Cookie: fieldbook-edit-{port}=\r\n")),
        (
            403,
            format!("{origin}{site}{kind}Cookie: fieldbook-edit-{port}={}\r\n", &editor.key[1..]),
        ),
        (403, format!("{origin}{site}{kind}Cookie: fieldbook-edit-1={}\r\n", editor.key)),
        (403, format!("{origin}{site}{kind}Cookie: x={}\r\n", editor.key)),
        (403, format!("{origin}{site}{kind}Authorization: Bearer {}\r\n", editor.key)),
        (415, format!("{origin}{site}{cookie}")),
        (415, format!("{origin}{site}Content-Type: text/plain\r\n{cookie}")),
        (415, format!("{origin}{site}Content-Type: application/x-www-form-urlencoded\r\n{cookie}")),
        (415, format!("{origin}{site}Content-Type: multipart/form-data; boundary=x\r\n{cookie}")),
        (415, format!("{origin}{site}{kind}{kind}{cookie}")),
    ];
    for (status, headers) in &headers {
        for task in TASKS {
            let reply = editor.send(task, headers, &body);
            assert_eq!(reply.map(|reply| reply.status), Some(*status), "{task} {headers}");
        }
    }
    editor.preview.until(|| {
        let times = editor.preview.said().matches("asked to edit notes and was refused").count();
        (times != 1).then(|| format!("the terminal says so {times} times"))
    });
    // Whole requests.
    let own = editor.headers();
    let raw = |first: &str, host: &str, rest: &str| -> Option<Reply> {
        let head = format!("{first} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{rest}");
        editor.preview.send(&[head.as_bytes(), &body].concat())
    };
    let length = format!("Content-Length: {}\r\n\r\n", body.len());
    let save = "POST /__fieldbook/edit/save";
    let at = at.to_string();
    let requests: Vec<(u16, &str, &str, String)> = vec![
        (403, save, "example.org", format!("{own}{length}")),
        (403, save, "127.0.0.1.example.org", format!("{own}{length}")),
        (403, save, "localhost", format!("{own}{length}")),
        (400, "GET /__fieldbook/edit/save", &at, format!("{own}{length}")),
        (404, "GET /__fieldbook/edit/save", &at, format!("{own}\r\n")),
        (405, "PUT /__fieldbook/edit/save", &at, format!("{own}{length}")),
        (405, "DELETE /__fieldbook/edit/save", &at, format!("{own}{length}")),
        (405, "OPTIONS /__fieldbook/edit/save", &at, format!("{own}\r\n")),
        (404, "POST /__fieldbook/edit/run", &at, format!("{own}{length}")),
        (404, "POST /lessons/first.html", &at, format!("{own}{length}")),
        (411, save, &at, format!("{own}\r\n")),
        (400, save, &at, format!("{own}Transfer-Encoding: chunked\r\n{length}")),
        (400, save, &at, format!("{own}Content-Length: -1\r\n\r\n")),
        (411, save, &at, format!("{own}Content-Length: 3\r\n{length}")),
        (413, save, &at, format!("{own}Content-Length: 1073741824\r\n\r\n")),
        (413, save, &at, format!("{own}Content-Length: 99999999999999999999999\r\n\r\n")),
    ];
    for (status, first, host, rest) in &requests {
        let reply = raw(first, host, rest);
        assert_eq!(reply.map(|reply| reply.status), Some(*status), "{first} {host} {rest}");
    }
    // Places that are no notes of the book.
    let absolute = outside.path("secret.md");
    let places = [
        "../secret.md",
        "content/../book.toml",
        "content/../../secret.md",
        "/etc/passwd",
        absolute.to_str().expect("a path"),
        "book.toml",
        "static/x.md",
        "themes/x.md",
        ".git/config",
        "content/.hidden.md",
        "content/lessons/first.md/",
        "content//lessons/first.md",
        "content\\lessons\\first.md",
        "content/lessons/first.html",
        "content/picture.png",
        "C:/x.md",
        "content/out.md",
        "content/away/secret.md",
        "content/lessons/first.md\0",
        "",
    ];
    for path in places {
        for (task, body) in [
            ("open", json!({ "path": path })),
            (
                "save",
                json!({ "note": { "path": path, "base": "x", "changes": { "text": "Forged" } }, "fingerprint": "" }),
            ),
            ("picture", json!({ "path": path, "name": "x.png", "data": "iVBORw0KGgo=" })),
        ] {
            let (status, answer) = editor.ask(task, &body);
            assert!(matches!(status, 404 | 422), "{task} {path}: {status} {answer}");
            assert!(!answer.to_string().contains("SECRET"), "{task} {path}: {answer}");
        }
    }
    for folder in ["..", "../out", "/tmp", "content/../..", ".hidden", "away"] {
        let (status, answer) = editor.ask("new", &json!({ "title": "Forged", "folder": folder }));
        assert!(status >= 400, "{folder}: {status} {answer}");
    }
    // Proposals and branches that nobody was shown.
    let forged = |form: &str| json!({ "title": "x", "reason": "", "without": [], "state": "", "form": form });
    for (task, body) in [
        ("propose", forged("branch")),
        ("propose", forged("bundle")),
        ("propose", forged("push")),
        ("send", json!({ "branch": "main" })),
        ("send", json!({ "branch": "--mirror" })),
        ("leave", json!({ "branch": "main" })),
        ("pack", json!({ "branch": "main" })),
    ] {
        let (status, answer) = editor.ask(task, &body);
        assert!(status >= 400, "{task} {body}: {status} {answer}");
    }
    for body in ["", "{", "[]", "null", "{\"path\":1}", "{\"path\":\"x\",\"more\":1}"] {
        let reply = editor.send("open", &own, body.as_bytes());
        assert_eq!(reply.map(|reply| reply.status), Some(400), "{body}");
    }
    assert_eq!(read_tree(&book.path("content/lessons")), before, "nothing is written");
    assert!(!book.has("forged.md") && !outside.has("forged.md") && !outside.has("x.png"));
    assert!(!editor.preview.said().contains("panicked"), "{}", editor.preview.said());
    assert!(headers.len() + requests.len() > 23);
}

#[test]
fn the_key_is_needed_for_all_and_given_to_nobody_else() {
    let book = Book::small();
    let editor = Editor::of(&book);
    let preview = &editor.preview;
    let enter = format!("/__fieldbook/enter?key={}", editor.key);
    assert_eq!(preview.get("/__fieldbook/edit?path=content/lessons/first.md").status, 403);
    assert_eq!(preview.get("/__fieldbook/suggest").status, 403);
    assert_eq!(preview.get("/__fieldbook/made?number=1").status, 403);
    assert_eq!(preview.get("/__fieldbook/enter").status, 403);
    assert_eq!(preview.get("/__fieldbook/enter?key=").status, 403);
    assert_eq!(preview.ask_as(&enter, "Sec-Fetch-Site: cross-site\r\n").status, 403);
    assert_eq!(preview.ask_as(&enter, "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n").status, 403);
    let entered = preview.ask_as(&enter, "Sec-Fetch-Site: none\r\n");
    assert_eq!((entered.status, entered.header("Location")), (303, Some("/")));
    let cookie = entered.header("Set-Cookie").expect("a cookie");
    assert!(cookie.contains("; SameSite=Strict") && cookie.contains("; HttpOnly"), "{cookie}");
    let page = preview.ask("/__fieldbook/edit?path=x", &editor.cookie());
    assert_eq!(page.status, 200);
    let policy = page.header("Content-Security-Policy").expect("a policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self'")
            && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(!page.text().contains(&editor.key));
    // The page in a frame is only for those who have the key, and runs nothing.
    let (_, answer) = editor.ask("look", &editor.open(PATH).note(&json!({ "text": "UNSAVED" })));
    let address = answer["page"].as_str().expect("a page");
    let framed = preview.ask(address, &editor.cookie());
    assert!(framed.text().contains("UNSAVED"));
    assert!(
        framed
            .header("Content-Security-Policy")
            .expect("a policy")
            .starts_with("sandbox allow-same-origin;")
    );
    assert_eq!(framed.header("X-Frame-Options"), Some("SAMEORIGIN"));
    let without = preview.get(address);
    assert!(without.status == 403 && !without.text().contains("UNSAVED"));
    assert!(!preview.get("/lessons/first.html").text().contains("UNSAVED"));
    assert_eq!(preview.get("/lessons/first.html").header("X-Frame-Options"), Some("DENY"));
}

#[test]
fn nothing_can_be_edited_unless_that_was_asked_for() {
    let book = Book::small();
    let preview = Preview::of(book.root());
    preview.until_shows("lessons/first.html", "The first.");
    for target in [
        "enter",
        "enter?key=",
        "edit",
        "edit?path=content/index.md",
        "edit.js",
        "edit/open",
        "suggest",
        "made",
    ] {
        let target = format!("/__fieldbook/{target}");
        assert_eq!(preview.get(&target).status, 404, "{target}");
    }
    let page = preview.get("/lessons/first.html").text();
    assert!(!page.contains("data-edit") && !page.contains("data-folder"), "{page}");
    let request = format!(
        "POST /__fieldbook/edit/open HTTP/1.1\r\nHost: {}\r\nContent-Length: 2\r\n\r\n{{}}",
        preview.at
    );
    assert_eq!(preview.send(request.as_bytes()).map(|reply| reply.status), Some(405));
    let run = book.run(&["serve", "--edit", "--interface", "0.0.0.0"]);
    assert_eq!(run.code, Some(2), "{}", run.err);
    // What is built knows nothing of it.
    book.build().ends(0);
    let site = book.site();
    let all = site.values().map(|bytes| String::from_utf8_lossy(bytes));
    assert!(!all.into_iter().any(|text| text.contains("__fieldbook")));
}
