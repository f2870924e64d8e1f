//! `propose` and `accept`: changes handed over by a branch and by a file.

use std::io::{Cursor, Write};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

use crate::hosting::git;
use crate::support::book::{Book, Run};
use crate::support::read_tree;

/// A picture.
const PICTURE: &[u8] = include_bytes!("../pages/style/content/notes/picture.png");

/// Returns a book of which everything is in git.
fn committed() -> Book {
    let book = Book::small();
    book.write("content/lessons/crlf.md", "+++\r\ntitle = \"Lines\"\r\n+++\r\n\r\nText.\r\n");
    git(book.root(), &["init", "--quiet", "-b", "main"]);
    git(book.root(), &["config", "core.autocrlf", "false"]);
    git(book.root(), &["config", "user.name", "A"]);
    git(book.root(), &["config", "user.email", "a@example.org"]);
    git(book.root(), &["add", "--all"]);
    git(book.root(), &["commit", "--quiet", "-m", "A book"]);
    book
}

/// Changes a book in each way that a proposal can hold.
fn edit(book: &Book) {
    book.write(
        "content/lessons/first.md",
        "+++\ntitle = \"First\"\n+++\n\nOther words.\n\n![A map](map.png)\n",
    );
    book.write("content/lessons/crlf.md", "+++\r\ntitle = \"Lines\"\r\n+++\r\n\r\nOther text.\r\n");
    book.write(
        "content/lessons/new.md",
        "+++\ntitle = \"New\"\n+++\n\nText without a last line break",
    );
    book.write("content/lessons/map.png", PICTURE);
    book.remove("content/lessons/second.md");
}

fn bundle(book: &Book, place: &str) -> Run {
    book.run(&["propose", "A new *lesson*", "-m", "Because", "--bundle", place])
}

#[test]
fn a_bundle_there_gives_the_same_bytes() {
    let (writer, keeper) = (committed(), committed());
    edit(&writer);
    writer.write("book.toml", "title = \"Mine\"\n\n[kinds.lesson]\nfolder = \"lessons\"\n");
    let place = keeper.path("x.fieldbook").display().to_string();
    let run = bundle(&writer, &place).ends(0).says("5 files in ");
    run.says("book.toml differs too, and is left out");
    let again = std::fs::read(&place).expect("a file");
    bundle(&writer, &place).ends(0);
    assert_eq!(
        std::fs::read(&place).expect("a file"),
        again,
        "the same proposal has the same bytes"
    );

    let before = read_tree(&keeper.path("content"));
    let run = keeper.run(&["accept", &place]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    for part in [
        "# A new \\*lesson\\*\n\nBecause\n",
        "## What changes on the site",
        "1 new note",
        "1 removed note",
        "Other words",
    ] {
        assert!(run.out.contains(part), "{part}: {}", run.out);
    }
    assert!(run.err.contains("Nothing was changed"), "{}", run.err);
    assert_eq!(read_tree(&keeper.path("content")), before);

    let run = keeper.run(&["accept", &place, "--yes"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(read_tree(&keeper.path("content")), read_tree(&writer.path("content")));
    assert!(keeper.read("book.toml").contains("Small"));

    // And back: the keeper's former state, as a proposal to the writer.
    let (back, home) = (writer.path("y.fieldbook").display().to_string(), committed());
    let base = keeper.root().display().to_string();
    home.run(&["propose", "Back", "--bundle", &back, "--base", &base]).ends(0);
    assert_eq!(writer.run(&["accept", &back, "--yes"]).code, Some(0));
    assert_eq!(read_tree(&writer.path("content")), before);
}

#[test]
fn a_proposal_with_errors_is_not_made_and_not_taken() {
    let (writer, keeper) = (committed(), committed());
    writer.write("content/lessons/new.md", "+++\ntitle = \"New\"\n+++\n\nSee [[second]].\n");
    let place = keeper.path("x.fieldbook").display().to_string();
    bundle(&writer, &place).ends(0);
    keeper.remove("content/lessons/second.md");
    let before = read_tree(&keeper.path("content"));
    let run = keeper.run(&["accept", &place, "--yes"]);
    assert!(run.code == Some(1) && run.err.contains("1 error more"), "{}{}", run.out, run.err);
    assert_eq!(read_tree(&keeper.path("content")), before);
    writer.write("content/lessons/new.md", "+++\ntitle = \"New\"\n+++\n\nSee [[nothing]].\n");
    let other = writer.path("y.fieldbook").display().to_string();
    bundle(&writer, &other).ends(1).says("the book would have 1 error more");
    assert!(!writer.has("y.fieldbook"));
}

#[test]
fn a_file_that_was_changed_since_is_not_overwritten() {
    let (writer, keeper) = (committed(), committed());
    edit(&writer);
    let place = keeper.path("x.fieldbook").display().to_string();
    bundle(&writer, &place).ends(0);
    for (path, text) in [
        ("first.md", "+++\ntitle = \"First\"\n+++\n\nThird.\n"),
        ("new.md", "+++\ntitle = \"There\"\n+++\n"),
    ] {
        let path = format!("content/lessons/{path}");
        let there = keeper.has(&path).then(|| keeper.read(&path));
        keeper.write(&path, text);
        let before = read_tree(&keeper.path("content"));
        let run = keeper.run(&["accept", &place, "--yes"]).ends(2);
        run.says(&format!("{path} is not as it was when the proposal was made"));
        assert_eq!(read_tree(&keeper.path("content")), before);
        match there {
            Some(text) => keeper.write(&path, text),
            None => keeper.remove(&path),
        }
    }
}

/// Returns an archive with a list and files, each of which may be a link.
fn archive(list: &Value, files: &[(&str, &[u8], bool)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    archive.start_file("proposal.json", options).expect("an archive");
    archive.write_all(list.to_string().as_bytes()).expect("an archive");
    for (name, bytes, is_link) in files {
        if *is_link {
            let target = String::from_utf8_lossy(bytes).into_owned();
            archive.add_symlink(*name, target, options).expect("an archive");
        } else {
            archive.start_file(*name, options).expect("an archive");
            archive.write_all(bytes).expect("an archive");
        }
    }
    archive.finish().expect("an archive").into_inner()
}

fn list(paths: &[&str]) -> Value {
    let file = |path: &&str| json!({ "path": path, "before": null, "is_removed": false });
    let files: Vec<Value> = paths.iter().map(file).collect();
    json!({ "version": 1, "title": "x", "reason": "", "files": files })
}

#[test]
fn hostile_bundles_are_refused_whole() {
    let book = committed();
    let good: (&str, &[u8], bool) =
        ("files/content/lessons/good.md", b"+++\ntitle = \"Good\"\n+++\n", false);
    let mut cases = Vec::new();
    let paths = [
        "../x.md",
        "/etc/x.md",
        "content/../../x.md",
        "content/lessons/../x.md",
        "content//x.md",
        "content/./x.md",
        "content\\..\\x.md",
        "C:/x.md",
        "content/C:x.md",
        "book.toml",
        "content/book.toml",
        "content/x.TOML",
        "static/site.js",
        "themes/x/templates/base.html",
        ".github/workflows/x.yml",
        "content/.git/hooks/post-checkout",
        "content/lessons/x.md/",
        "content/lessons/x.md ",
        "content",
        "",
        "content/x\u{0}.md",
        "x.md",
    ];
    for path in paths {
        let name = format!("files/{path}");
        let bytes =
            archive(&list(&["content/lessons/good.md", path]), &[good, (&name, b"x", false)]);
        cases.push((format!("path {path:?}"), bytes));
    }
    let there = ["content/lessons/good.md"];
    let mut of_later = list(&there);
    of_later["version"] = json!(2);
    let mut removes = list(&there);
    removes["files"][0]["is_removed"] = json!(true);
    let bomb = vec![0; 140 * 1024 * 1024];
    cases.extend([
        ("link".to_owned(), archive(&list(&there), &[(good.0, b"/etc/passwd", true)])),
        (
            "more files than listed".to_owned(),
            archive(&list(&there), &[good, ("files/content/y.md", b"x", false)]),
        ),
        ("fewer".to_owned(), archive(&list(&["content/lessons/good.md", "content/y.md"]), &[good])),
        (
            "twins".to_owned(),
            archive(
                &list(&["content/lessons/good.md", "content/lessons/GOOD.md"]),
                &[good, ("files/content/lessons/GOOD.md", b"x", false)],
            ),
        ),
        ("bomb".to_owned(), archive(&list(&there), &[(good.0, &bomb, false)])),
        ("later version".to_owned(), archive(&of_later, &[good])),
        ("removes what is not there".to_owned(), archive(&removes, &[])),
        ("empty".to_owned(), archive(&list(&[]), &[])),
        ("no list".to_owned(), archive(&json!([]), &[good])),
        ("no archive".to_owned(), b"PK\x03\x04".to_vec()),
        ("nothing".to_owned(), Vec::new()),
    ]);
    let before = read_tree(&book.path("content"));
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("x.fieldbook");
    for (name, bytes) in cases {
        std::fs::write(&place, bytes).expect("a file");
        let run = book.run(&["accept", &place.display().to_string(), "--yes"]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{name}: {}", run.err);
        assert!(run.err.contains("nothing was changed"), "{name}: {}", run.err);
        assert_eq!(read_tree(&book.path("content")), before, "{name}");
    }
    std::fs::write(&place, archive(&list(&there), &[good])).expect("a file");
    assert_eq!(book.run(&["accept", &place.display().to_string(), "--yes"]).code, Some(0));
    #[cfg(unix)]
    {
        // A folder of the book that is a link leads out of it.
        let elsewhere = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink(elsewhere.path(), book.path("content/out")).expect("a link");
        let bytes = archive(
            &list(&["content/out/x.md"]),
            &[("files/content/out/x.md", b"+++\ntitle = \"X\"\n+++\n", false)],
        );
        std::fs::write(&place, bytes).expect("a file");
        assert_ne!(book.run(&["accept", &place.display().to_string(), "--yes"]).code, Some(0));
        assert_eq!(std::fs::read_dir(elsewhere.path()).expect("a folder").count(), 0);
    }
}

#[test]
fn a_branch_holds_the_changes_and_nothing_else() {
    let book = committed();
    let server = tempfile::tempdir().expect("a folder");
    git(server.path(), &["init", "--quiet", "--bare"]);
    git(book.root(), &["remote", "add", "origin", &server.path().display().to_string()]);
    book.run(&["propose", "Nothing"]).ends(2).says("no note or picture differs from HEAD");
    edit(&book);
    book.write("content/lessons/$(touch pwned) 'x'.md", "+++\ntitle = \"X\"\n+++\n\nText.\n");
    book.write("notes.txt", "mine");
    book.write("book.toml", "title = \"Mine\"\n\n[kinds.lesson]\nfolder = \"lessons\"\n");
    git(book.root(), &["add", "notes.txt"]);
    let title = "Other words; $(touch pwned) \"x\"";
    let run = book.run(&["propose", title, "-m", "#1 matters\n\n-- `touch pwned`"]).ends(0);
    run.says("6 files committed to the branch proposal/other-words-touch-pwned-x")
        .says("git switch main leads back")
        .says("It is sent");
    let branch = "proposal/other-words-touch-pwned-x";
    let said = git(server.path(), &["show", "--format=%B", "--name-only", branch]);
    assert!(said.starts_with(&format!("{title}\n\n#1 matters\n\n-- `touch pwned`")), "{said}");
    assert!(
        said.contains("content/lessons/map.png")
            && !said.contains("notes.txt")
            && !said.contains("book.toml"),
        "{said}"
    );
    assert_eq!(git(book.root(), &["branch", "--show-current"]), branch);
    assert_eq!(
        git(book.root(), &["status", "--short"]),
        " M book.toml
A  notes.txt"
    );
    assert!(!book.has("pwned"));

    // Another change on that branch belongs to the same proposal.
    book.write("content/lessons/crlf.md", "+++\ntitle = \"Lines\"\n+++\n\nMore.\n");
    let run = book.run(&["propose", "More"]).ends(0);
    run.says(&format!("1 file committed to the branch {branch}, on which you were"));
    assert_eq!(git(server.path(), &["log", "-1", "--format=%s", branch]), "More");

    // The same title once more has another name, and --no-push sends nothing.
    git(book.root(), &["switch", "--quiet", "main"]);
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nMore.\n");
    book.run(&["propose", title, "--no-push"]).ends(0).says(&format!("{branch}-2"));
    let branches = git(server.path(), &["branch", "--format=%(refname:short)"]);
    assert_eq!(branches, branch);

    // What git refuses leaves everything as it was.
    git(book.root(), &["switch", "--quiet", "main"]);
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nYet more.\n");
    book.write(".git/hooks/pre-commit", "#!/bin/sh\necho no >&2\nexit 1\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let hook = book.path(".git/hooks/pre-commit");
        std::fs::set_permissions(hook, std::fs::Permissions::from_mode(0o755)).expect("a hook");
        book.run(&["propose", "Refused"]).ends(3).says("no");
        assert_eq!(git(book.root(), &["branch", "--show-current"]), "main");
        assert_eq!(git(book.root(), &["branch", "--list", "proposal/refused"]), "");
        assert!(book.read("content/lessons/first.md").contains("Yet more"));
    }
}

#[test]
fn the_page_to_propose_on_is_filled_in() {
    use fieldbook::proposal::compare_page;
    let page = |remote: &str| compare_page(remote, "main", "proposal/x", "A & b", "c\nd");
    let github =
        "https://github.com/o/r/compare/main...proposal/x?expand=1&title=A%20%26%20b&body=c%0Ad";
    for remote in [
        "https://github.com/o/r.git",
        "git@github.com:o/r.git",
        "ssh://git@github.com:22/o/r",
        "https://name:token@github.com/o/r",
    ] {
        assert_eq!(page(remote).as_deref(), Some(github), "{remote}");
    }
    let gitlab = page("git@gitlab.example.org:group/sub/r.git").expect("a page");
    assert!(gitlab.starts_with("https://gitlab.example.org/group/sub/r/-/merge_requests/new?merge_request%5Bsource_branch%5D=proposal/x&"), "{gitlab}");
    let forgejo = page("https://codeberg.org/o/r").expect("a page");
    assert!(
        forgejo.starts_with("https://codeberg.org/o/r/compare/main...proposal/x?"),
        "{forgejo}"
    );
    for remote in [
        "/srv/r.git",
        "file:///srv/r.git",
        "../r",
        "https://evil.example/<x>/r",
        "javascript:alert(1)",
        "C:\\r",
        "",
    ] {
        assert_eq!(page(remote), None, "{remote}");
    }
    let long = compare_page("https://github.com/o/r", "main", "x", "t", &"é".repeat(10_000))
        .expect("a page");
    assert!(long.len() < 20_000, "{}", long.len());
}
