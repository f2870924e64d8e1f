//! Other sites that are open in the writer's browser: they learn nothing about the book.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::chromium::{Browser, server};
use crate::client::Preview;
use crate::support::book::Book;

/// A text that only the writer may read.
const SECRET: &str = "UNPUBLISHED";

/// Files that other sites would like to have. Trying each in every way takes at least two seconds.
const TRIED: &[&str] = &[
    "search/index.js",
    "lessons/draft.html",
    "map.svg",
    "search/texts/0.js",
    "notes.json",
    "own.html",
    "__fieldbook/preview.js",
];

fn book() -> Book {
    let book = Book::small();
    let draft = format!("+++\ntitle = \"D\"\nstatus = \"draft\"\n+++\n\n{SECRET}\n");
    book.write("content/lessons/draft.md", draft);
    book.write("book.toml", "title = \"Small\"\nindexes = [\"notes\"]\n[files]\nallow = [\"html\"]\n[kinds.lesson]\nfolder = \"lessons\"\n");
    book.write("static/map.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
    book.write("static/own.js", "fieldbookSearch('own', 'UNPUBLISHED')");
    book.write("static/own.html", "<!doctype html><title>own</title><p>UNPUBLISHED</p></body>");
    book
}

fn preview(book: &Book) -> Preview {
    let preview = Preview::with(book.root(), &["-p", "0", "--drafts"]);
    preview.until(|| preview.file("search/index.js").is_none().then(|| "not yet".to_owned()));
    preview
}

/// Returns the scripts of the index.
fn scripts(preview: &Preview) -> Vec<String> {
    let numbered =
        |name: &str| (0..4).map(|n| format!("/search/{name}/{n}.js")).collect::<Vec<_>>();
    let texts = ["texts", "notes", "names"].into_iter().flat_map(numbered);
    let texts = texts.chain(["/search/index.js".to_owned()]);
    texts.filter(|path| preview.get(path).status == 200).collect()
}

#[test]
fn who_asks_is_told_by_headers() {
    let (page, script, picture, missing) =
        ("/lessons/draft.html", "/search/index.js", "/map.svg", "/x.svg");
    let book = book();
    let preview = preview(&book);
    let (at, port) = (preview.at, preview.at.port());
    let visit = "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    let strangers: Vec<String> = [
        // Every request that isn't a visit.
        "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: style\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: websocket\r\nSec-Fetch-Dest: websocket\r\n",
        "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: frame\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: object\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: embed\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: document\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n",
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: document\r\n",
        // Requests that no browser sends.
        "Sec-Fetch-Site:\r\n",
        "Sec-Fetch-Site: Same-Origin\r\n",
        "Sec-Fetch-Site: same-origin, cross-site\r\n",
        "Sec-Fetch-Site: \"same-origin\"\r\n",
        "Sec-Fetch-Site: same-origin;x\r\n",
        "Sec-Fetch-Site: anything\r\n",
        "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: same-origin\r\n",
        "sEC-fETCH-sITE: cross-site\r\n",
        // Other headers don't matter.
        "Sec-Fetch-Site: same-origin\r\nOrigin: null\r\n",
        "Sec-Fetch-Site: same-origin\r\nOrigin: http://example.org\r\n",
        "Sec-Fetch-Site: same-origin\r\nService-Worker: script\r\n",
        "Origin: null\r\n",
        "Origin: http://127.0.0.1\r\n",
        "Origin: http://localhost:PORT\r\n",
        "Origin: https://127.0.0.1:PORT\r\n",
        "Origin: http://127.0.0.1:PORT\r\nOrigin: http://example.org\r\n",
        "Origin: http://127.0.0.1:PORT@example.org\r\n",
    ]
    .iter()
    .map(|headers| headers.replace("PORT", &port.to_string()))
    .collect();
    let twice = format!("Sec-Fetch-Site: cross-site\r\n{visit}Sec-Fetch-Dest: iframe\r\n");
    for headers in strangers.iter().chain([&twice]) {
        for target in [
            page,
            script,
            picture,
            missing,
            "/",
            "/__fieldbook/preview.js",
            "/__fieldbook/events?at=/",
        ] {
            assert_eq!(preview.ask_as(target, headers).status, 403, "{target} {headers}");
        }
    }
    // The preview's own pages, and a person who types the address.
    let own = [
        "Sec-Fetch-Site: same-origin\r\n".to_owned(),
        "Sec-Fetch-Site: none\r\n".to_owned(),
        format!("sec-fetch-site:same-origin\r\nOrigin: http://{at}\r\n"),
        format!("Referer: http://{at}/lessons/first.html\r\n"),
        format!("Referer: http://{at}\r\n"),
        format!("Origin: http://{at}\r\n"),
        "Sec-Fetch-Site: same-origin\r\nReferer: http://example.org/\r\n".to_owned(),
    ];
    for headers in &own {
        let status = |target: &str| preview.ask_as(target, headers).status;
        assert_eq!([page, script, picture, missing].map(status), [200, 200, 200, 404], "{headers}");
    }
    // A person who follows a link of another site.
    let visits = [
        format!("Sec-Fetch-Site: cross-site\r\n{visit}"),
        format!("Sec-Fetch-Site: same-site\r\n{visit}"),
        format!(
            "Sec-Fetch-Site: cross-site\r\n{visit}Sec-Fetch-User: ?1\r\nReferer: http://example.org/\r\n"
        ),
        // In an old browser, such a request looks like that for a picture or script.
        "Referer: http://example.org/\r\n".to_owned(),
        format!("Referer: http://localhost:{port}/\r\n"),
        format!("Referer: http://{at}@example.org/\r\n"),
        format!("Referer: http://{at}.example.org/\r\n"),
        format!("Referer: http://{at}\r\nReferer: http://example.org/\r\n"),
        "Referer: about:blank\r\n".to_owned(),
    ];
    for headers in &visits {
        let status = |target: &str| preview.ask_as(target, headers).status;
        assert_eq!([page, script, picture, missing].map(status), [200, 403, 403, 404], "{headers}");
        assert_eq!(["/own.html", "/notes.json"].map(status), [403, 403], "{headers}");
        assert_eq!(["/lessons", "/__fieldbook/preview.js"].map(status), [301, 403], "{headers}");
    }
    let status = |target: &str| preview.ask_as(target, "").status;
    assert_eq!([page, script, picture, missing].map(status), [200, 403, 200, 404], "curl");
    for target in scripts(&preview).iter().map(String::as_str).chain(["/own.js"]) {
        assert_eq!(status(target), 403, "{target}");
        assert_eq!(preview.ask_as(target, "If-None-Match: *\r\n").status, 403, "{target}");
        assert_eq!(preview.ask_as(target, "Range: bytes=0-0\r\n").status, 403, "{target}");
    }
    assert!(!preview.said().contains("panicked"), "{}", preview.said());
}

#[test]
fn a_visit_asks_for_a_page_and_nothing_else() {
    let book = book();
    let preview = preview(&book);
    for method in ["HEAD", "POST", "PUT", "OPTIONS"] {
        let request = format!(
            "{method} / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nSec-Fetch-Site: cross-site\r\n\
             Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n\r\n",
            preview.at
        );
        let reply = preview.send(request.as_bytes()).expect("an answer");
        assert_eq!(reply.status, 403, "{method}");
        assert_eq!(reply.header("access-control-allow-origin"), None);
    }
    // Other names of this machine are other origins, and a page knows only its own.
    let port = preview.at.port();
    for host in ["localhost", "LocalHost", "127.0.0.1", "[::1]"] {
        let ask = |referer: &str| {
            let request = format!(
                "GET /search/index.js HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\
                 Referer: {referer}\r\n\r\n"
            );
            preview.send(request.as_bytes()).expect("an answer").status
        };
        assert_eq!(ask(&format!("http://{host}:{port}/")), 200, "{host}");
        assert_eq!(ask(&format!("http://{}:{port}/", host.to_lowercase())), 200, "{host}");
        for other in
            ["http://other:1/", &format!("https://{host}:{port}/"), &format!("http://{host}/")]
        {
            assert_eq!(ask(other), 403, "{host} {other}");
        }
    }
}

#[test]
fn everything_says_who_may_have_it() {
    let book = book();
    book.write("content/lessons/paper.pdf", "%PDF-1.4");
    book.write("content/lessons/film.mp4", "film");
    let preview = preview(&book);
    let events = {
        let mut stream = preview.connect();
        let ask = format!(
            "GET /__fieldbook/events?at=/ HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\n\r\n",
            preview.at
        );
        std::io::Write::write_all(&mut stream, ask.as_bytes()).expect("a write");
        let mut lines = std::io::BufRead::lines(std::io::BufReader::new(stream));
        let head: Vec<String> =
            lines.by_ref().map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
        head.join("\r\n")
    };
    let mut heads = vec![("events".to_owned(), events)];
    let nonsense = preview.send(b"GET\r\n\r\n").expect("an answer");
    heads.push(("nonsense".to_owned(), nonsense.head));
    let targets = [
        "/",
        "/nothing",
        "/lessons",
        "/lessons/first.html",
        "/search/index.js",
        "/own.html",
        "/own.js",
        "/map.svg",
        "/notes.json",
        "/robots.txt",
        "/lessons/paper.pdf",
        "/lessons/film.mp4",
        "/%zz",
        "/__fieldbook/preview.js",
        "/__fieldbook/problems?at=/",
        "/__fieldbook/place?at=/lessons/first.html&tag=p&nth=0",
        "/__fieldbook/x",
    ];
    for target in targets {
        for headers in [
            "",
            "If-None-Match: *\r\n",
            "Range: bytes=0-0\r\n",
            "Range: bytes=99999999-\r\n",
            "Origin: null\r\n",
            "Host: x\r\n",
        ] {
            heads.push((format!("{target} {headers}"), preview.ask(target, headers).head));
        }
    }
    for (what, head) in &heads {
        let values = |name: &str| -> Vec<&str> {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.filter(|line| line.0.eq_ignore_ascii_case(name)).map(|line| line.1).collect()
        };
        assert_eq!(values("cross-origin-resource-policy"), ["same-origin"], "{what}: {head}");
        assert_eq!(values("x-content-type-options"), ["nosniff"], "{what}");
        assert_eq!(values("x-frame-options"), ["DENY"], "{what}");
        assert_eq!(values("referrer-policy"), ["same-origin"], "{what}");
        let [policy] = values("content-security-policy")[..] else { panic!("{what}: {head}") };
        assert!(policy.contains("frame-ancestors 'none'"), "{what}: {policy}");
        assert!(values("access-control-allow-origin").is_empty(), "{what}");
        // Files other than pages are sandboxed when shown by themselves, except films and PDF.
        let is_locked = policy.starts_with("sandbox; default-src 'none';");
        let is_played = what.contains(".pdf") || what.contains(".mp4");
        let is_alone = values("cross-origin-opener-policy") == ["same-origin"];
        assert_eq!(is_locked, !is_alone, "{what}: {head}");
        if head.starts_with("HTTP/1.1 2") || head.starts_with("HTTP/1.1 304") {
            let is_page = what.starts_with("/ ") || what.contains("first.html ");
            assert_eq!(is_locked, !is_page && !is_played, "{what}: {head}");
        }
    }
    assert!(heads.len() > 100);
}

/// Tries every way that a browser offers, from another port and from another name of this machine.
#[test]
fn a_page_elsewhere_learns_nothing() {
    let Some(mut browser) = Browser::launch("what other sites see of the preview") else { return };
    let book = book();
    let preview = preview(&book);
    let folder = tempfile::tempdir().expect("a folder");
    let page =
        "<!doctype html><title>elsewhere</title><body><script src=strangers.js></script></body>";
    std::fs::write(folder.path().join("index.html"), page).expect("a file");
    std::fs::write(folder.path().join("strangers.js"), include_str!("strangers.js"))
        .expect("a file");
    // The same attempts on files that anybody may have: there, they do find something.
    let open = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(open.path().join("search")).expect("a folder");
    std::fs::write(open.path().join("search/index.js"), "fieldbookSearch('x', 'UNPUBLISHED')")
        .expect("a file");
    std::fs::write(open.path().join("map.svg"), book.read("static/map.svg")).expect("a file");
    let (elsewhere, open) = (server::serve(folder.path()), server::serve(open.path()));
    let same_site = elsewhere.url.clone();
    let cross_site = elsewhere.url.replace("127.0.0.1", "localhost");

    browser.open(&same_site);
    let found = attack(&mut browser, &format!("{}search/index.js", open.url));
    assert_eq!(
        (&*found["script"], &*found["window"]),
        ("load", "false 0 SecurityError"),
        "{found:?}"
    );
    assert!(read(&mut browser).contains(SECRET), "what is tried would find it");
    let found = attack(&mut browser, &format!("{}map.svg", open.url));
    assert_eq!(&*found["image"], "load", "{found:?}");

    for from in [&same_site, &cross_site] {
        browser.open(from);
        let missing = attack(&mut browser, &preview.url("search/nothing.js"));
        for (way, outcome) in &missing {
            assert!(!matches!(&**outcome, "load" | "open" | "message"), "{way}: {outcome}");
        }
        assert_eq!(&*missing["window"], "true 0 SecurityError", "no hold on its window");
        let tried = if from == &same_site { TRIED } else { &TRIED[..3] };
        for target in tried {
            assert_eq!(preview.get(&format!("/{target}")).status, 200, "{target}");
            let found = attack(&mut browser, &preview.url(target));
            assert_eq!(found, missing, "{target} from {from}");
        }
        assert_eq!(read(&mut browser), "", "from {from}");
    }
}

/// Returns the result of each way to learn something about `url`.
fn attack(browser: &mut Browser, url: &str) -> BTreeMap<String, String> {
    // A window may be opened only after an action of a person.
    let ask = json!({
        "expression": format!("attack({})", Value::from(url)),
        "awaitPromise": true, "returnByValue": true, "userGesture": true,
    });
    let answer = browser.call("Runtime.evaluate", ask);
    let found = answer["result"]["value"].as_object().unwrap_or_else(|| panic!("{answer}"));
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    found.iter().map(|(way, outcome)| (way.clone(), text(outcome))).collect()
}

/// Returns everything that was read so far.
fn read(browser: &mut Browser) -> String {
    browser.text("read.join('\\n')")
}

/// Files that a browser runs are shown and do nothing; in the preview's own pages everything works.
#[test]
fn files_of_the_book_do_not_run() {
    let Some(mut browser) = Browser::launch("files of the book in the preview") else { return };
    let book = book();
    let evil = "document.title = 'ran'; fetch('/').then(() => { document.title = 'read' })";
    let page = format!("<!doctype html><title>still</title><p>Shown</p><script>{evil}</script>");
    let picture = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='40'><title>still</title>\
         <style>rect {{ fill: rgb(1, 2, 3) }}</style><rect width='40' height='40'/><script>{evil}</script></svg>"
    );
    let data = format!("<x><script xmlns='http://www.w3.org/1999/xhtml'>{evil}</script></x>");
    book.write("content/lessons/evil.html", &page);
    book.write("static/evil.html", &page);
    book.write("static/evil.svg", &picture);
    book.write("static/evil.xml", &data);
    book.write(
        "static/evil.xhtml",
        page.replace("<!doctype html>", "<html xmlns='http://www.w3.org/1999/xhtml'>") + "</html>",
    );
    book.write(
        "content/lessons/first.md",
        "+++\ntitle = \"First\"\n+++\n\n![Map](/evil.svg) words\n",
    );
    let preview = preview(&book);
    let plain = server::serve(&book.path("static"));
    browser.open(&format!("{}evil.svg", plain.url));
    browser.until("document.title !== 'still'");
    for path in ["lessons/evil.html", "evil.html", "evil.svg", "evil.xml", "evil.xhtml"] {
        browser.open(&preview.url(path));
        std::thread::sleep(std::time::Duration::from_millis(200));
        let title = browser.text("document.title ?? ''");
        assert!(!matches!(&*title, "ran" | "read"), "{path}: {title}");
        assert_eq!(browser.text("self.origin"), "null", "{path}");
    }
    browser.open(&preview.url("evil.svg"));
    assert_eq!(
        browser.text("getComputedStyle(document.querySelector('rect')).fill"),
        "rgb(1, 2, 3)"
    );
    browser.open(&preview.url("lessons/first.html"));
    browser.until("document.querySelector('main img').naturalWidth === 40");
    assert_eq!(browser.problems(), Vec::<String>::new());
}

#[test]
fn search_works_in_the_preview() {
    let Some(mut browser) = Browser::launch("search in the preview") else { return };
    let book = book();
    let preview = preview(&book);
    for url in [preview.url("search.html?q=UNPUBLISHED"), preview.url("search.html?q=unpublishd")] {
        let url = url.replace("127.0.0.1", "localhost");
        browser.open(&url);
        browser.until("document.querySelector('main a[href$=\"lessons/draft.html\"]') !== null");
        assert_eq!(browser.problems(), Vec::<String>::new());
    }
}
