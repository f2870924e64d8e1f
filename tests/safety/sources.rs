//! Only sources of the book are read and published, wherever links lead.

use std::os::unix::fs::symlink;

use crate::support::book::Book;

const SECRET: &str = "TOPSECRET";

/// Returns whether the secret is in the site or in the output.
fn is_told(book: &Book, said: &str) -> bool {
    let holds = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes());
    said.contains(SECRET) || book.site().values().any(|bytes| holds(bytes))
}

#[test]
fn links_to_what_is_no_source_publish_nothing() {
    let outside = Book::new(&[("credentials", SECRET), ("folder/deep.md", SECRET)]);
    let absolute = outside.path("credentials").to_string_lossy().into_owned();
    let cases = [
        ("static/c.txt", "../.git/config"),
        ("static/g", "../.git"),
        ("static/deep/er/c.txt", "../../../.git/config"),
        ("static/e.txt", "../.env"),
        ("static/own.toml", "../book.toml"),
        ("static/f", "../.fieldbook"),
        ("static/pub", "../public"),
        ("static/all", ".."),
        ("static/all-too", "../content/.."),
        ("static/hidden.txt", "../content/.obsidian/secret.txt"),
        ("static/hidden", "../content/.obsidian"),
        ("static/dot.txt", ".env"),
        ("content/note.md", "../.env"),
        ("content/lessons/picture.png", "../../.git/config"),
        ("content/secrets", "../.git"),
        ("themes/default/templates/note.html", "../../../.env"),
        ("themes/default/static/x.txt", "../../../.env"),
        ("themes/other", "../.git"),
        ("book.toml", ".env"),
        ("book.toml", ".git/config"),
        ("content/absolute.md", &absolute),
        ("static/absolute.txt", &absolute),
        ("static/by-link.txt", "link-to-link.txt"),
    ];
    for (link, target) in cases {
        let book = Book::small();
        for file in
            [".git/config", ".env", ".fieldbook/x", "content/.obsidian/secret.txt", "static/.env"]
        {
            book.write(file, SECRET);
        }
        std::fs::remove_file(book.path("static/.env")).expect("a file");
        book.write("static/link-to-link.txt", "");
        book.remove("static/link-to-link.txt");
        symlink("../.env", book.path("static/link-to-link.txt")).expect("a link");
        book.write("public/old.txt", "old");
        book.write(link, "");
        book.remove(link);
        symlink(target, book.path(link)).expect("a link");
        if !link.contains("link-to-link") && link != "static/by-link.txt" {
            book.remove("static/link-to-link.txt");
        }
        let runs = ["human", "line", "json", "sarif", "github", "gitlab"]
            .map(|format| book.run(&["check", "--format", format]))
            .into_iter()
            .chain([book.build()]);
        for run in runs {
            assert!(run.code != Some(0), "{link} -> {target}: {}", run.err);
            assert!(!is_told(&book, &(run.out + &run.err)), "{link} -> {target}");
        }
        assert_eq!(book.site().len(), 1, "{link} -> {target}");
    }
}

#[test]
fn a_baseline_that_is_no_file_is_refused() {
    for target in ["/dev/zero", "/dev/stdin", "."] {
        let book = Book::small();
        symlink(target, book.path("baseline.json")).expect("a link");
        let file = book.path("baseline.json");
        book.run(&["check", "--baseline", file.to_str().expect("text")])
            .ends(2)
            .says("baseline.json");
    }
}

#[test]
fn links_to_sources_are_followed() {
    let book = Book::small();
    book.write("static/img/a.txt", "a picture");
    book.write("content/note.md", "+++\ntitle = \"Note\"\n+++\n\nA text.\n");
    symlink("note.md", book.path("content/again.md")).expect("a link");
    symlink("../static/img", book.path("content/pictures")).expect("a link");
    symlink("../../static/img/a.txt", book.path("content/lessons/a.txt")).expect("a link");
    symlink(book.path("static/img"), book.path("static/more")).expect("a link");
    book.build().ends(0);
    for file in ["again.html", "pictures/a.txt", "lessons/a.txt"] {
        assert!(book.has(&format!("public/{file}")), "{file}");
    }
}

/// Tests that ignored names are ignored whatever is there, even a broken link.
#[test]
fn what_is_ignored_is_ignored_as_a_link_too() {
    let book = Book::small();
    book.write("themes/default/templates/robots.txt", "x");
    let folders = ["content", "content/lessons", "static", "themes/default/templates"];
    for folder in folders {
        std::fs::create_dir_all(book.path(folder)).expect("a folder");
        for name in [".#first.md", "#first.md#", "first.md~", "x.bak", ".~lock.x.odt#", "~$x.docx"]
        {
            symlink("somebody@machine.123:456", book.path(&format!("{folder}/{name}")))
                .expect("a link");
        }
    }
    for name in [".x", ".x.png"] {
        symlink("nowhere", book.path(&format!("content/{name}"))).expect("a link");
    }
    symlink("/etc", book.path("content/.obsidian")).expect("a link");
    symlink("nowhere", book.path(".#book.toml")).expect("a link");
    let run = book.build().ends(0);
    assert!(run.err.contains("3 notes") && run.err.contains("0 problems"), "{}", run.err);
}

/// Tests that a folder of notes behind a link is read once, and so is a file that `static/` has at
/// the same address.
#[test]
fn what_is_reached_twice_is_read_once() {
    let book = Book::small();
    book.write("static/img/a.txt", "a text");
    symlink("lessons", book.path("content/same")).expect("a link");
    symlink("../static/img", book.path("content/img")).expect("a link");
    book.write("content/lessons/x.md", "+++\ntitle = \"X\"\n+++\n\n[a](/img/a.txt), [[First]]\n");
    let run = book.build().ends(0);
    assert!(run.err.contains("4 notes") && run.err.contains("0 problems"), "{}", run.err);
    assert!(book.has("public/img/a.txt") && !book.has("public/same"));
}

/// Links to each other, and many links to one folder, come to an end.
#[test]
fn links_do_not_multiply_a_book() {
    let book = Book::small();
    for at in 0..16 {
        book.write(&format!("content/d{at}/n.md"), "+++\ntitle = \"N\"\n+++\n");
        for way in ["a", "b"] {
            symlink(format!("../d{}", (at + 1) % 16), book.path(&format!("content/d{at}/{way}")))
                .expect("a link");
        }
    }
    let run = book.build();
    assert!(run.code.is_some(), "{}", run.err);
    let notes = book.site().keys().filter(|path| path.ends_with("/n.html")).count();
    assert!(notes <= 32, "{notes} pages came of 16 notes");
}

#[test]
fn many_links_to_one_file_are_refused() {
    let book = Book::small();
    book.write("static/z.txt", "a text");
    for at in 0..40 {
        symlink("z.txt", book.path(&format!("static/l{at}.txt"))).expect("a link");
    }
    book.build().ends(1).says("more than 16 links");
}

#[test]
fn folders_of_programs_are_not_published() {
    let book = Book::small();
    for folder in [".git", ".hg", ".SVN", ".jj", "deep/.hg", ".ssh"] {
        book.write(&format!("static/{folder}/x"), SECRET);
    }
    book.write("static/.well-known/security.txt", "a text");
    let run = book.build().ends(0);
    assert!(!is_told(&book, &run.err));
    assert!(book.has("public/.well-known/security.txt"));
}

/// Runs builds while another process swaps files of the book for links to a secret, and back,
/// during builds.
#[test]
fn a_file_that_is_swapped_for_a_link_meanwhile_tells_nothing() {
    let outside = Book::new(&[("secret", SECRET)]);
    let book = Book::small();
    for number in 0..20 {
        book.write(&format!("static/x/n{number}.txt"), "a text");
    }
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (file, folder, away) =
                (book.path("static/x/n3.txt"), book.path("static/x"), book.path("static-away"));
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let _ = std::fs::remove_file(&file);
                let _ = symlink(outside.path("secret"), &file);
                let _ = std::fs::remove_file(&file);
                let _ = std::fs::write(&file, "a text");
                let _ = std::fs::rename(&folder, &away);
                let _ = symlink(outside.root(), &folder);
                let _ = std::fs::remove_file(&folder);
                let _ = std::fs::rename(&away, &folder);
            }
        });
        for _ in 0..30 {
            let run = book.build();
            assert!(!run.err.contains("panicked"), "{}", run.err);
            assert!(!is_told(&book, &run.err), "the secret was published");
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn files_that_vanish_meanwhile_are_passed_over() {
    let book = Book::small();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                for number in 0..20 {
                    let _ = std::fs::write(book.path(&format!("static/n{number}.txt")), "a text");
                    let _ = std::fs::create_dir_all(book.path("static/deep"));
                    let _ = std::fs::write(book.path("static/deep/x.txt"), "a text");
                    let _ = std::fs::remove_file(book.path(&format!("static/n{number}.txt")));
                    let _ = std::fs::remove_dir_all(book.path("static/deep"));
                }
            }
        });
        std::fs::create_dir_all(book.path("static")).expect("a folder");
        for _ in 0..30 {
            book.build().ends(0);
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
