//! Things in the output folder, or links to it, that may have come with a pull request, too.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::support::book::{Book, SMALL, finish};
use crate::support::read_tree;

/// A time longer than any build of a small book takes.
const AGES: Duration = Duration::from_secs(60);

/// Creates a named pipe, on which whoever opens it waits.
fn pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo makes a pipe");
}

#[test]
fn a_forged_manifest_gives_nothing_away() {
    let outside = Book::new(&[("precious.txt", "precious")]);
    let precious = outside.path("precious.txt").to_string_lossy().into_owned();
    let book = Book::small();
    book.write("public/mine.txt", "mine");
    let paths = [
        "../content/lessons/first.md",
        "..%2fbook.toml",
        "mine.txt",
        "./mine.txt",
        "a/../mine.txt",
    ];
    let paths =
        paths.into_iter().map(str::to_owned).chain([precious.clone(), format!("/{precious}")]);
    let paths: Vec<String> = paths.collect();
    // Manifests in the formats of an earlier version and of this one, under every name that they
    // had or have.
    let before = paths.iter().map(|path| format!("- 0 0 {path}\n")).collect::<String>();
    let hash = "0".repeat(32);
    let now = paths.iter().map(|path| format!("{hash} {hash} {hash} {path}\n")).collect::<String>();
    let texts = [
        format!("fieldbook manifest 1\n0.1.0 - 0\n{before}"),
        format!("fieldbook manifest 2\n0.1.0 {hash} 0\n{now}"),
        format!("fieldbook journal 1\nstage ../content\n{hash} mine.txt\n"),
    ];
    let names = ["public-327feef6.manifest", "public.manifest", "public.journal"];
    for (text, name) in texts.iter().flat_map(|text| names.map(|name| (text, name))) {
        book.write(&format!(".fieldbook/{name}"), text);
        book.build().ends(0);
    }
    let (read, name) = (book.state(), book.root().file_name().expect("a name").to_string_lossy());
    let ours = read_tree(&read).into_keys().find(|file| file.ends_with(".manifest"));
    let ours = ours.unwrap_or_else(|| panic!("no manifest of {name} in {}", read.display()));
    let in_book = read_tree(&book.path(".fieldbook")).into_keys();
    let in_book = in_book.filter(|file| file.starts_with("public-") && file.ends_with(".manifest"));
    let names: Vec<_> = in_book.chain([ours]).collect();
    for (text, name) in texts.iter().flat_map(|text| names.iter().map(move |name| (text, name))) {
        book.write(&format!(".fieldbook/{name}"), text);
        book.write(&format!(".fieldbook/{}", name.replace(".manifest", ".journal")), text);
        book.build().ends(0);
    }
    // Not even a file whose bytes are known is removed: the record on this machine decides which
    // files belong to the site.
    let index = book.read("public/index.html");
    let index_line = |text: &str| {
        let line = text.lines().find(|line| line.ends_with(" index.html")).expect("a line");
        line.replace(" index.html", " copy.html")
    };
    let (in_book, user) = (&names[0], &names[names.len() - 1]);
    for n in 0..3 {
        let text = std::fs::read_to_string(read.join(user)).expect("a manifest");
        let sealed = book.read(&format!(".fieldbook/{in_book}"));
        let seal = sealed.lines().last().expect("a seal");
        let line = index_line(&text);
        let forged = [
            format!("{text}{line}\n"),
            format!("{text}{line}\n{seal}\n"),
            format!("{sealed}{line}\n"),
        ];
        book.write("public/copy.html", &index);
        book.write(&format!(".fieldbook/{in_book}"), &forged[n]);
        book.build().ends(0);
        book.write("content/index.md", format!("+++\ntitle = \"Number {n}\"\n+++\n"));
        book.write(&format!(".fieldbook/{in_book}"), &forged[n]);
        book.build().ends(0);
        assert_eq!(book.read("public/copy.html"), index, "{}", forged[n]);
    }
    assert_eq!(outside.read("precious.txt"), "precious");
    assert_eq!(book.read("public/mine.txt"), "mine");
    assert!(book.has("content/lessons/first.md") && book.has("book.toml"));
}

#[test]
fn a_user_without_a_folder_for_state_is_as_safe() {
    let book = Book::small();
    let build = |book: &Book| {
        let mut command = book.command(&["build", "--today", "2026-11-22"]);
        // A folder that can't be created, even by an administrator.
        finish(command.env("XDG_STATE_HOME", "/dev/null/state"))
    };
    build(&book).ends(0);
    let in_book = read_tree(&book.path(".fieldbook"));
    let manifest =
        in_book.keys().find(|file| file.ends_with(".manifest")).expect("a manifest").clone();
    assert_eq!(in_book[".gitignore"], b"*\n");
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nOther.\n");
    book.remove("content/lessons/second.md");
    build(&book).ends(0);
    assert!(book.read("public/lessons/first.html").contains("Other."));
    assert!(!book.has("public/lessons/second.html"));
    // Such a manifest can be forged, so only files whose bytes match are treated as ours, and its
    // statement about a page doesn't save checking it.
    book.write("public/mine.txt", "mine");
    let text = book.read(&format!(".fieldbook/{manifest}"));
    let line = text.lines().last().expect("a line").rsplit_once(' ').expect("parts").0.to_owned();
    book.write(
        &format!(".fieldbook/{manifest}"),
        format!("{text}{line} mine.txt\n{line} ../book.toml\n"),
    );
    book.write("public/lessons/first.html", "forged");
    build(&book).ends(3).says("lessons/first.html: this file is in the way");
    book.remove("public/lessons/first.html");
    build(&book).ends(0).says("mine.txt");
    assert_eq!(book.read("public/mine.txt"), "mine");
    assert!(book.has("book.toml"));
    let journal = manifest.replace(".manifest", ".journal");
    for stage in ["lessons", ".", "..", "../content", "lessons/..", ".fieldbook-stage/../lessons"] {
        book.write(
            &format!(".fieldbook/{journal}"),
            format!("fieldbook journal 1\nstage {stage}\n"),
        );
        build(&book).ends(0);
        assert!(book.has("public/mine.txt") && book.has("content/index.md"), "{stage}");
    }
    // Nothing is written through a link either.
    let outside = Book::new(&[]);
    std::fs::remove_dir_all(book.path(".fieldbook")).expect("a folder");
    symlink(outside.root(), book.path(".fieldbook")).expect("a link");
    build(&book).ends(0).says(".fieldbook").says("XDG_STATE_HOME");
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n");
    build(&book).ends(3).says("first.html: this file is in the way");
    assert!(read_tree(outside.root()).is_empty());
    std::fs::remove_file(book.path(".fieldbook")).expect("a link");
    std::fs::remove_dir_all(book.path("public")).expect("a site");
    std::fs::create_dir(book.path(".fieldbook")).expect("a folder");
    symlink(outside.path("created"), book.path(".fieldbook/.gitignore")).expect("a link");
    build(&book).ends(0);
    assert!(read_tree(outside.root()).is_empty());
}

#[test]
fn the_output_folder_is_never_a_link_of_the_repository() {
    for (link, target) in [
        ("public", ".git"),
        ("public", "elsewhere"),
        ("out", ".git"),
        ("site/deep", "../.git/hooks"),
    ] {
        let book = Book::small();
        book.write(".git/config", "[core]\n");
        book.write(".git/hooks/x", "");
        book.write("elsewhere/x", "");
        book.write("static/config", "[core]\n\tfsmonitor = \"touch PWNED\"\n");
        book.write(&format!("{link}/x"), "");
        std::fs::remove_dir_all(book.path(link)).expect("a folder");
        symlink(target, book.path(link)).expect("a link");
        let before = read_tree(&book.path(".git"));
        let output = book.path(link);
        let run = book.run(&["build", "-o", output.to_str().expect("text"), "--allow-foreign"]);
        run.ends(3).says("this is a link");
        let inner = book.path(&format!("{link}/inner"));
        book.run(&["build", "-o", inner.to_str().expect("text")]).ends(3).says("this is a link");
        book.build();
        assert_eq!(read_tree(&book.path(".git")), before, "{link}");
        assert_eq!(read_tree(&book.path("elsewhere")).len(), 1, "{link}");
    }
    // The book may be a folder of the repository, and the link one beside it.
    let repository =
        Book::new(&[(".git/config", "[core]\n"), ("docs/book.toml", "title = \"X\"\n")]);
    repository.write("docs/content/index.md", "+++\ntitle = \"Home\"\n+++\n");
    symlink(".git", repository.path("site")).expect("a link");
    let (root, site) = (repository.path("docs"), repository.path("site"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    command.env("XDG_STATE_HOME", repository.state());
    finish(command.arg("build").arg("-r").arg(root).arg("-o").arg(site))
        .ends(3)
        .says("this is a link");
    assert_eq!(read_tree(&repository.path(".git")).len(), 1);
}

#[test]
fn folders_that_are_no_place_for_a_site_are_refused() {
    let book = Book::small();
    book.write(".git/config", "[core]\n");
    let home = Book::new(&[("letter.txt", "mine")]);
    let here =
        ["", "content", "content/lessons", "Content", "static", "themes/x", "public/../content"];
    let of_programs = [".git", ".git/x", "sub/.GIT/x", ".fieldbook"];
    let paths = here.into_iter().chain(of_programs).map(|path| book.path(path));
    let others = [home.root().to_owned(), PathBuf::from("/"), std::env::temp_dir()];
    for path in paths.chain(others) {
        let mut command = book.command(&["build", "--allow-foreign"]);
        let run = finish(command.arg("-o").arg(&path).env("HOME", home.root())).ends(2);
        assert!(run.err.contains("the site can't be written"), "{}: {}", path.display(), run.err);
    }
    assert_eq!(read_tree(home.root()).len(), 1);
}

#[test]
fn a_folder_with_files_of_others_is_written_to_only_if_that_is_asked() {
    let book = Book::small();
    let other = Book::new(&[("site/letter.txt", "mine"), ("site/index.html", "mine")]);
    let site = other.path("site").to_string_lossy().into_owned();
    let build = ["build", "-o", &site];
    book.run(&build).ends(3).says("--allow-foreign");
    assert_eq!(read_tree(&other.path("site")).len(), 2);
    let allowed = ["build", "--allow-foreign", "-o", &site];
    book.run(&allowed).ends(3).says("index.html: this file is in the way");
    other.remove("site/index.html");
    book.run(&allowed).ends(0);
    // From now on it is known which files are ours.
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nOther.\n");
    book.run(&build).ends(0);
    assert_eq!(other.read("site/letter.txt"), "mine");
    // Another book doesn't treat the site of this one as its own.
    let run = Book::small().run(&allowed).ends(3);
    assert!(run.err.contains("in the way"), "{}", run.err);
}

#[test]
fn nothing_is_written_through_a_link_in_the_output_folder() {
    for (link, depth) in [("lessons", 1), ("deep", 1), ("deep/er", 2), ("x", 1)] {
        let outside = Book::new(&[("precious.txt", "precious")]);
        let book = Book::small();
        book.write("static/x/precious.txt", "EVIL");
        book.write("content/deep/er/precious.txt", "EVIL");
        book.write(&format!("public/{link}/x"), "");
        std::fs::remove_dir_all(book.path(&format!("public/{link}"))).expect("a folder");
        symlink(outside.root(), book.path(&format!("public/{link}"))).expect("a link");
        book.build().ends(3).says("this is a link").says(link);
        assert_eq!(outside.read("precious.txt"), "precious", "{depth}");
        assert_eq!(read_tree(outside.root()).len(), 1);
        assert_eq!(std::fs::read_dir(book.path("public")).expect("a folder").count(), 1);
    }
    // A link replaces a page or a folder of Fieldbook.
    let outside = Book::new(&[("second.html", "precious")]);
    let book = Book::small();
    book.build().ends(0);
    std::fs::remove_dir_all(book.path("public/lessons")).expect("a folder");
    symlink(outside.root(), book.path("public/lessons")).expect("a link");
    book.remove("content/lessons/second.md");
    book.build().ends(3).says("lessons: this is a link");
    assert_eq!(outside.read("second.html"), "precious");
    std::fs::remove_file(book.path("public/lessons")).expect("a link");
    symlink(outside.path("second.html"), book.path("public/index2.html")).expect("a link");
    book.write("static/index2.html", "new");
    book.build().ends(3).says("index2.html: this is a link");
    assert_eq!(outside.read("second.html"), "precious");
}

#[test]
fn pipes_devices_and_folders_in_the_way_are_named_and_not_waited_for() {
    for place in ["public/index.html", "public/lessons", "public/lessons/first.html", "public"] {
        let book = Book::small();
        book.write(place, "");
        book.remove(place);
        pipe(&book.path(place));
        let start = Instant::now();
        book.build().ends(3).says(place).says("neither a file nor a folder");
        assert!(start.elapsed() < AGES);
    }
    let book = Book::small();
    book.build().ends(0);
    book.remove("public/index.html");
    pipe(&book.path("public/index.html"));
    book.build().ends(3).says("index.html: this is neither");
    book.remove("public/index.html");
    book.write("public/index.html/mine.txt", "mine");
    book.build().ends(3).says("index.html: this folder holds files");
    assert_eq!(book.read("public/index.html/mine.txt"), "mine");
    // A page of ours that is no longer planned was replaced by a pipe.
    let book = Book::small();
    book.build().ends(0);
    book.remove("public/lessons/second.html");
    pipe(&book.path("public/lessons/second.html"));
    book.remove("content/lessons/second.md");
    book.build().ends(0).says("second.html").says("were left");
    assert!(book.has("public/lessons/second.html"));
}

#[test]
fn what_was_altered_and_is_no_longer_wanted_stays() {
    let book = Book::small();
    book.write("book.toml", SMALL[0].1.to_owned() + "\n[check]\nlost-address = \"off\"\n");
    book.build().ends(0);
    book.write("public/lessons/second.html", "mine by now");
    book.remove("content/lessons/second.md");
    let run = book.build().ends(0).says("lessons/second.html");
    assert_eq!(run.err.lines().count(), 2, "{}", run.err);
    assert_eq!(book.read("public/lessons/second.html"), "mine by now");
}

#[test]
fn altered_pages_are_made_again() {
    let book = Book::small();
    book.build().ends(0);
    let site = book.site();
    let page = book.path("public/lessons/first.html");
    let alter = || {
        let mut bytes = std::fs::read(&page).expect("a page");
        bytes[0] ^= 1;
        let time = page.metadata().and_then(|metadata| metadata.modified()).expect("a time");
        std::fs::write(&page, bytes).expect("a page");
        // The file has the same time and length as before.
        std::fs::File::options()
            .append(true)
            .open(&page)
            .expect("a page")
            .set_modified(time)
            .expect("a time");
    };
    alter();
    book.build().ends(0);
    assert_eq!(book.site(), site);
    alter();
    book.run(&["build", "--verify", "--today", "2026-11-22"]).ends(0);
    assert_eq!(book.site(), site);
    let run = book.run(&["build", "--verify", "--today", "2026-11-22"]).ends(0);
    run.says("nothing to do");
}

#[test]
fn no_file_of_the_book_gets_into_the_stage_folder() {
    let book = Book::small();
    book.write("static/.fieldbook-stage/x.txt", "x");
    book.write("static/.Fieldbook-stage-1/x.txt", "x");
    book.write(
        "content/lessons/first.md",
        "+++\ntitle = \"A\"\naliases = [\"/.fieldbook-stage/y\"]\n+++\n",
    );
    let run = book.build();
    assert!(
        !book.has("public/.fieldbook-stage") && !book.has("public/.Fieldbook-stage-1"),
        "{}",
        run.err
    );
}

/// Tests that a file of the user that appears during a build is in the way, even if the folder was
/// empty before.
#[test]
fn a_file_that_comes_meanwhile_is_not_written_over() {
    let book = Book::small();
    for number in 0..300 {
        book.write(&format!("content/lessons/n{number}.md"), "+++\ntitle = \"N\"\n+++\n");
    }
    let mut child = book.begin();
    let start = Instant::now();
    while !book.has("public/.fieldbook-stage") && start.elapsed() < AGES {
        std::thread::yield_now();
    }
    book.write("public/index.html", "precious");
    let ended = child.wait().expect("an end");
    assert_eq!(ended.code(), Some(3));
    assert_eq!(book.read("public/index.html"), "precious");
}

#[test]
fn two_books_do_not_mix_in_one_folder() {
    let (one, other, place) = (Book::small(), Book::small(), Book::new(&[]));
    other.write("content/more.md", "+++\ntitle = \"More\"\n+++\n");
    place.write("site/x", "");
    place.remove("site/x");
    let site = place.path("site").to_string_lossy().into_owned();
    let start = |book: &Book| {
        let mut command = book.command(&["build", "--today", "2026-11-22", "-o", &site]);
        command.stderr(std::process::Stdio::null()).spawn().expect("a program")
    };
    let mut both = [start(&one), start(&other)];
    let codes = both.each_mut().map(|child| child.wait().expect("an end").code());
    assert!(codes.contains(&Some(0)) && codes.contains(&Some(3)), "{codes:?}");
    let winner = if codes[0] == Some(0) { &one } else { &other };
    winner.build().ends(0);
    assert_eq!(read_tree(&place.path("site")), winner.site());
}

/// Tests that only Git's marks of a repository count: a pull request may bring the others.
#[test]
fn a_mark_of_a_repository_moves_no_border() {
    for mark in [".hg", ".svn", ".jj"] {
        let outside = Book::new(&[]);
        let place = Book::new(&[]);
        for (path, text) in crate::support::book::SMALL {
            place.write(&format!("book/{path}"), text);
        }
        place.write(".git/config", "[core]\n");
        place.write(&format!("book/{mark}"), "x");
        symlink(outside.root(), place.path("site")).expect("a link");
        let build = |output: &str| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
            command.args(["build", "-o", output]).current_dir(place.path("book"));
            finish(command.env("XDG_STATE_HOME", place.state()))
        };
        build("../site").ends(3).says("this is a link");
        build(&place.path("site").to_string_lossy()).ends(3).says("this is a link");
        assert!(read_tree(outside.root()).is_empty());
    }
}

/// Tests a record in the book that somebody else sealed, for a folder that the user chose.
#[test]
fn a_forged_record_says_nothing_of_a_folder_that_was_asked_for() {
    let (theirs, book) = (Book::small(), Book::small());
    theirs.write("static/guide.md", "guide");
    theirs.run(&["build", "-o", &theirs.path("docs").to_string_lossy()]).ends(0);
    for (path, bytes) in read_tree(&theirs.path(".fieldbook")) {
        book.write(&format!(".fieldbook/{path}"), bytes);
    }
    book.write("docs/guide.md", "guide");
    let docs = book.path("docs").to_string_lossy().into_owned();
    book.run(&["build", "-o", &docs]).ends(3).says("--allow-foreign");
    book.run(&["build", "-o", &docs, "--allow-foreign"]).ends(0);
    assert_eq!(book.read("docs/guide.md"), "guide");
}

#[test]
fn a_record_that_can_be_forged_says_nothing_of_folders_elsewhere() {
    let (book, place) = (Book::small(), Book::new(&[]));
    let site = place.path("site").to_string_lossy().into_owned();
    let build = |arguments: &[&str]| {
        let mut command = book.command(&["build", "--today", "2026-11-22", "-o", &site]);
        finish(command.args(arguments).env("XDG_STATE_HOME", "/dev/null/state"))
    };
    build(&[]).ends(0);
    assert!(!book.has(".fieldbook"));
    build(&[]).ends(3).says("--allow-foreign");
    build(&["--allow-foreign"]).ends(0);
    book.write("content/lessons/first.md", "+++\ntitle = \"First\"\n+++\n\nOther.\n");
    build(&["--allow-foreign"]).ends(3).says("in the way");
}

#[test]
fn links_of_other_repositories_around_the_book_are_not_followed() {
    let outside = Book::new(&[]);
    let note = "+++\ntitle = \"Home\"\n+++\n";
    for marker in [".git/config", ".jj/x", ".hg/x"] {
        // A submodule, whose `.git` is a file, in another repository.
        let around = Book::new(&[(marker, ""), ("book/.git", "gitdir: ../.git/modules/book\n")]);
        around.write("book/book.toml", "title = \"X\"\n");
        around.write("book/content/index.md", note);
        symlink(outside.root(), around.path("out")).expect("a link");
        symlink(outside.root(), around.path("state")).expect("a link");
        let build = |arguments: &[&str], state: PathBuf| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
            command.env("XDG_STATE_HOME", state).current_dir(around.root());
            finish(command.args(["build", "-r", "book"]).args(arguments))
        };
        let out = around.path("out").to_string_lossy().into_owned();
        for target in ["out", "out/deep", &out] {
            build(&["-o", target], around.state()).ends(3).says("this is a link");
        }
        build(&[], around.path("state")).ends(0);
        assert!(read_tree(outside.root()).is_empty(), "{marker}");
    }
    // Nothing shows that a folder is a checkout whose `.git` is elsewhere, but the path leads
    // through it.
    let bare = Book::new(&[("book/book.toml", "title = \"X\"\n"), ("book/content/index.md", note)]);
    symlink(outside.root(), bare.path("out")).expect("a link");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    command.env("XDG_STATE_HOME", bare.state()).current_dir(bare.root());
    finish(command.args(["build", "-r", "book", "-o", "out"])).ends(3).says("this is a link");
    assert!(read_tree(outside.root()).is_empty());
}

/// Runs builds while another process swaps a folder of the site for a link, and back, during builds.
#[test]
fn a_folder_that_is_swapped_for_a_link_meanwhile_leads_nowhere() {
    let outside = Book::new(&[("precious.txt", "precious")]);
    let book = Book::small();
    for number in 0..40 {
        book.write(&format!("static/x/n{number}.txt"), "EVIL");
    }
    book.write("static/x/precious.txt", "EVIL");
    book.build().ends(0);
    let stop = std::sync::atomic::AtomicBool::new(false);
    let (folder, away) = (book.path("public/x"), book.path("public/away"));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let _ = std::fs::rename(&folder, &away);
                let _ = symlink(outside.root(), &folder);
                let _ = std::fs::remove_file(&folder);
                let _ = std::fs::rename(&away, &folder);
            }
        });
        for round in 0..12 {
            for number in 0..40 {
                book.write(&format!("static/x/n{number}.txt"), format!("EVIL {round}"));
            }
            book.write("static/x/precious.txt", format!("EVIL {round}"));
            let run = book.build();
            assert!(
                matches!(run.code, Some(0 | 3)) && !run.err.contains("panicked"),
                "{}",
                run.err
            );
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(read_tree(outside.root()).len(), 1);
    assert_eq!(outside.read("precious.txt"), "precious");
}

#[test]
fn a_book_that_cannot_be_written_to_is_built_elsewhere() {
    let (book, other) = (Book::small(), Book::new(&[]));
    let site = other.path("site");
    let locked = |is: bool| {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(if is { 0o555 } else { 0o755 });
        std::fs::set_permissions(book.root(), mode).expect("a right");
    };
    locked(true);
    for _ in 0..2 {
        book.run(&["build", "-o", site.to_str().expect("text")]).ends(0);
    }
    // No other writable folder is needed.
    let elsewhere = other.path("elsewhere");
    let mut command = book.command(&["build", "-o", elsewhere.to_str().expect("text")]);
    finish(command.env("XDG_STATE_HOME", "/dev/null/state")).ends(0);
    assert!(elsewhere.join("index.html").is_file());
    locked(false);
    assert!(site.join("index.html").is_file());
}
