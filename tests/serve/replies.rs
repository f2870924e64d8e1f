//! Features of HTTP that a browser may use besides requesting a page.

use crate::client::Preview;
use crate::support::book::Book;

fn book() -> Book {
    let book = Book::small();
    book.write("static/film.mp4", (0..=255).cycle().take(100_000).collect::<Vec<u8>>());
    book.write("content/lessons/مياه نظيفة.md", "+++\ntitle = \"Water\"\n+++\n\nText\n");
    book.write("content/lessons/draft.md", "+++\ntitle = \"D\"\nstatus = \"draft\"\n+++\n\nText\n");
    book
}

#[test]
fn parts_of_files() {
    let (book, all) = (book(), (0..=255).cycle().take(100_000).collect::<Vec<u8>>());
    let preview = Preview::of(book.root());
    let ask = |range: &str| preview.ask("/film.mp4", &format!("Range: {range}\r\n"));
    let whole = preview.get("/film.mp4");
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("video/mp4")));
    assert_eq!((whole.header("accept-ranges"), whole.body == all), (Some("bytes"), true));
    for (range, part) in [
        ("bytes=0-0", 0..1),
        ("bytes=10-19", 10..20),
        ("bytes=99990-", 99_990..100_000),
        ("bytes=-5", 99_995..100_000),
        ("bytes=99990-999999999999999999999999", 99_990..100_000),
        ("bytes=-999999", 0..100_000),
    ] {
        let reply = ask(range);
        assert_eq!((reply.status, reply.body == all[part.clone()]), (206, true), "{range}");
        let is = format!("bytes {}-{}/100000", part.start, part.end - 1);
        assert_eq!(reply.header("content-range"), Some(is.as_str()));
        assert_eq!(reply.header("content-length"), Some(part.len().to_string().as_str()));
    }
    for range in ["bytes=100000-", "bytes=-0", "bytes=200000-300000"] {
        assert_eq!((ask(range).status, ask(range).body.len()), (416, 0), "{range}");
    }
    for range in ["bytes=5-2", "bytes=0-1,4-5", "items=0-1", "bytes=", "bytes=-", "bytes=a-b", ""] {
        assert_eq!(ask(range).status, 200, "{range}");
    }
    let tag = whole.header("etag").expect("a tag");
    let if_range = |tag: &str| {
        let headers = format!("Range: bytes=0-0\r\nIf-Range: {tag}\r\n");
        preview.ask("/film.mp4", &headers).status
    };
    assert_eq!((if_range(tag), if_range("\"other\"")), (206, 200));
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let book = book();
    let preview = Preview::of(book.root());
    for target in ["/", "/lessons/first.html", "/film.mp4", "/__fieldbook/preview.js"] {
        let tag = preview.get(target).header("etag").expect("a tag").to_owned();
        for tags in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            let reply = preview.ask(target, &format!("If-None-Match: {tags}\r\n"));
            assert_eq!((reply.status, reply.body.len()), (304, 0), "{target} {tags}");
        }
        assert_eq!(preview.ask(target, "If-None-Match: \"x\"\r\n").status, 200);
    }
    let tag = preview.get("/lessons/first.html").header("etag").expect("a tag").to_owned();
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nAnother.\n");
    preview.until_shows("lessons/first.html", "Another.");
    let again = preview.ask("/lessons/first.html", &format!("If-None-Match: {tag}\r\n"));
    assert_eq!(again.status, 200);
}

#[test]
fn heads_folders_and_odd_addresses() {
    let book = book();
    let preview = Preview::of(book.root());
    let head = format!("HEAD /lessons/first.html HTTP/1.0\r\nHost: {}\r\n\r\n", preview.at);
    let head = preview.send(head.as_bytes()).expect("an answer");
    let whole = preview.get("/lessons/first.html");
    assert_eq!(head.header("content-length"), Some(whole.body.len().to_string().as_str()));
    assert!(head.body.is_empty());
    let water = "/lessons/%D9%85%D9%8A%D8%A7%D9%87%20%D9%86%D8%B8%D9%8A%D9%81%D8%A9.html";
    assert!(preview.get(water).text().contains("Water"));
    assert!(preview.get("/lessons/مياه%20نظيفة.html").text().contains("Water"));
    assert!(preview.get("/lessons/first.html?x=%2e%2e#y").text().contains("The first."));
    let folder = preview.get("/lessons?a=b");
    assert_eq!((folder.status, folder.header("location")), (301, Some("/lessons/?a=b")));
    assert_eq!(preview.get("/lessons/").status, 200);
    for (file, kind) in [("/robots.txt", "text/plain"), ("/index.html", "text/html")] {
        let kind = format!("{kind}; charset=utf-8");
        assert_eq!(preview.get(file).header("content-type"), Some(kind.as_str()));
    }
}

#[test]
fn an_address_that_leads_nowhere_says_what_is_near() {
    let book = book();
    let preview = Preview::of(book.root());
    let lost = preview.get("/lessons/frist.html");
    assert_eq!(lost.status, 404);
    assert!(lost.text().contains("/__fieldbook/preview.js"));
    let near = preview.problems("lessons/frist.html");
    assert!(near.contains("<a href=\"/lessons/first.html\">"), "{near}");
    assert!(preview.problems("first.html").contains("/lessons/first.html"));
    assert!(preview.problems("lessons/draft.html").contains("--drafts"));
    assert!(!preview.problems("<script>").contains("<script>"));
    assert!(!preview.problems("lessons/first.html").contains("href="));
}

#[test]
fn drafts_are_shown_if_asked_for_and_marked() {
    let book = book();
    let preview = Preview::with(book.root(), &["-p", "0", "--drafts"]);
    let draft = preview.get("/lessons/draft.html").text();
    assert!(draft.contains("data-note=\"This note is a draft."), "{draft}");
    assert!(preview.get("/lessons/first.html").text().contains("data-note=\"\""));
}

#[test]
fn a_passage_tells_where_it_was_written() {
    let book = Book::small();
    let first = "+++\ntitle = \"First\"\n+++\n\nOne [[second]].\n\n## Head\n\n> Said\n\n- a\n- b\n\n\
        ![[second]]\n\nLast\n";
    book.write("content/lessons/first.md", first);
    book.write("content/lessons/second.md", "+++\ntitle = \"Second\"\n+++\n\nUp.\n\nThe second.\n");
    let preview = Preview::of(book.root());
    let page = preview.get("/lessons/first.html").text();
    for (tag, part, place) in [
        ("p", "<p>One", "first.md:5"),
        ("h2", "<h2 id=\"head\"", "first.md:7"),
        ("p", "<p>Said", "first.md:9"),
        ("li", "<li>b", "first.md:12"),
        ("p", "<p>The second", "second.md:7"),
        ("p", "<p>Last", "first.md:16"),
        ("h1", "<h1", "first.md:2"),
    ] {
        let before = &page[..page.find(part).unwrap_or_else(|| panic!("{part} in {page}"))];
        let opens = [format!("<{tag}>"), format!("<{tag} ")];
        let nth: usize = opens.iter().map(|open| before.matches(open.as_str()).count()).sum();
        let query = format!("/__fieldbook/place?at=/lessons/first.html&tag={tag}&nth={nth}");
        let told = preview.get(&query).text();
        assert_eq!(told.trim_end(), format!("content/lessons/{place}"), "{part}");
    }
}
