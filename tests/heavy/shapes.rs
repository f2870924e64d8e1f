//! Things that grow in books: many of one sort in one note, related notes, settings.

/// A book, as path and text of each file.
pub(crate) type Book = Vec<(String, String)>;

/// A shape: its name, its initial size, and the book of a given size.
pub(crate) type Shape = (&'static str, usize, fn(usize) -> Book);

/// Shapes of books that are built.
pub(crate) const BUILT: &[Shape] = &[
    ("places in one locator", 300, |n| {
        let places = "¶1-¶9, 2; Part 1, 2 and 3; Words, ".repeat(n);
        let front = format!("[[sources]]\nref = \"one\"\nlocator = \"{places}\"\n");
        front_matter(&front, "")
    }),
    ("notes that cite the paragraphs of one", 100, |n| {
        let cited = lines(n, |at| format!("¶{at}. Words.\n\n## Part {at}\n\n1. One\n2. Two\n\n"));
        let citing = |at| {
            let locator = format!("¶1-¶{at}; Parts {at}, 2; One");
            let front = format!("[[sources]]\nref = \"cited\"\nlocator = \"{locator}\"\n");
            (format!("content/notes/c{at}.md"), titled(&format!("Part {at}"), &front, ""))
        };
        with(
            with(base(), (0..n).map(citing)),
            [("content/notes/cited.md".to_owned(), titled("Cited", "", &cited))],
        )
    }),
    ("blocks of code", 60, |n| note(n, |at| format!("```rust\nlet x{at} = {at};\n```\n\n"))),
    ("rows of a table", 400, |n| {
        note(n, |at| match at {
            0 => "| a | b | c |\n|---|---|---|\n".to_owned(),
            _ => format!("| {at} | some words here | [[one|a link]] |\n"),
        })
    }),
    ("columns of a table", 1_000, |n| {
        text(&["|a", "|-", "|b"].map(|cell| cell.repeat(n) + "|\n").concat())
    }),
    ("footnotes", 800, |n| note(n, |at| format!("Words.[^{at}]\n\n[^{at}]: A note.\n\n"))),
    ("citations of a footnote", 1_000, |n| text(&("[^1] ".repeat(n) + "\n\n[^1]: A note."))),
    ("links in one note", 400, |n| {
        note(n, |at| format!("A link to [[{}]] here. ", one_or_two(at)))
    }),
    ("links in one sentence", 400, |n| note(n, |at| format!("[[{}]] ", one_or_two(at)))),
    ("links in one link text", 1_000, |n| {
        text(&format!("{}x{}", "[".repeat(n), "](one.md)".repeat(n)))
    }),
    ("headings of one name", 500, |n| note(n, |_| "## Again\n\nWords.\n\n".to_owned())),
    ("links to headings", 500, |n| note(n, |at| format!("## H {at}\n\n[[#H {at}]]\n\n"))),
    ("links to blocks", 500, |n| note(n, |at| format!("Words. ^b{at}\n\nSee [[#^b{at}]].\n\n"))),
    ("ids of one block", 800, |n| {
        text(
            &(lines(n, |at| format!("- [[one]] {at}\n"))
                + "\n"
                + &lines(n, |at| format!("^b{at}\n\n"))),
        )
    }),
    ("embedded parts", 300, |n| {
        let parts =
            note_at("content/notes/parts.md", &lines(n, |at| format!("## P {at}\n\nWords.\n\n")));
        with(note(n, |at| format!("![[parts#P {at}]]\n\n")), [parts])
    }),
    ("comments", 300, |n| note(n, |at| format!("Words %% and {at} `words` %% here.\n\n"))),
    ("comments in one line", 3_000, |n| text(&"a %% b %% ".repeat(n))),
    ("comments before the spaces of a line", 3_000, |n| {
        text(&("%%b%% ".repeat(n) + &" ".repeat(9 * n)))
    }),
    ("bare addresses", 400, |n| note(n, |at| format!("See https://example.org/{at}, too.\n\n"))),
    ("beginnings of addresses", 2_000, |n| text(&"https://-,".repeat(n))),
    ("highlighted words", 400, |n| note(n, |at| format!("A ==word {at}== here. "))),
    ("items of a list", 1_000, |n| note(n, |at| format!("- Item {at}\n"))),
    ("lines of a quotation in many", 1_000, |n| text(&(">".repeat(90) + "x\n" + &"y\n".repeat(n)))),
    ("definitions", 500, |n| note(n, |at| format!("Term {at}\n: Its meaning.\n\n"))),
    ("callouts", 300, |n| note(n, |_| "> [!note] A title\n> Words.\n\n".to_owned())),
    ("emphasis within emphasis", 1_000, |n| text(&("**a ".repeat(n) + &" b**".repeat(n)))),
    ("blocks with an id", 600, |n| note(n, |at| format!("Words and words. ^b{at}\n\n"))),
    ("elements that stay open", 2_000, |n| {
        text(&("x ".to_owned() + &"<b>".repeat(n) + &"</i>".repeat(n)))
    }),
    ("links in open elements", 1_500, |n| {
        text(&("x ".to_owned() + &"<b>".repeat(n) + &"<a href=\"one.md\">y</a>".repeat(n)))
    }),
    ("footnotes that do not end", 2_000, |n| text(&"[^a".repeat(n))),
    ("one long word", 20_000, |n| text(&"ya".repeat(n))),
    ("words with hyphens", 4_000, |n| text(&"word-".repeat(n))),
    ("aliases", 300, |n| front("aliases", n, |at| format!("Also {at}"))),
    ("links by aliases", 300, |n| {
        let links = lines(n, |at| format!("[[Also {at}]] "));
        with(
            front("aliases", n, |at| format!("Also {at}")),
            [note_at("content/notes/links.md", &links)],
        )
    }),
    ("former addresses", 100, |n| front("aliases", n, |at| format!("/old/{at}.html"))),
    ("values of a field", 600, |n| front("words", n, |at| format!("Word {at}"))),
    ("one value again and again", 600, |n| front("themes", n, |_| "one".to_owned())),
    ("sources", 300, |n| {
        let source =
            |at| format!("[[sources]]\ntitle = \"S {at}\"\nurl = \"https://e.org/{at}\"\n");
        front_matter(&lines(n, source), "Words.")
    }),
    ("changes", 300, |n| {
        let change = "[[changes]]\ndate = 2024-01-01\nweight = \"editorial\"\ntext = \"A word.\"\n";
        front_matter(&change.repeat(n), "Words.")
    }),
    ("terms in another script", 60, |n| {
        let term = |at| cyrillic(at);
        terms(n, term, &"слово ".repeat(50 * n))
    }),
    ("terms that begin alike", 60, |n| {
        terms(n, |at| format!("mine action {at}"), &"mine action now ".repeat(50 * n))
    }),
    ("terms that all stand in a text", 60, |n| {
        terms(n, |at| format!("term{at}x"), &lines(n, |at| format!("A term{at}x and [[g{at}]]. ")))
    }),
    ("notes that link to one", 60, |n| {
        notes(n, |_| "+++\ntitle = \"Some\"\n+++\n\nA link to [[one]] stands here.\n".to_owned())
    }),
    ("notes that one links to", 60, |n| {
        let hub = note_at("content/notes/hub.md", &lines(n, |at| format!("[[n{at}]] ")));
        with(notes(n, |at| titled(&format!("Note {at}"), "", "Words.")), [hub])
    }),
    ("notes of one theme", 60, |n| {
        notes(n, |at| titled(&format!("Note {at}"), "themes = [\"one\"]\n", "Words."))
    }),
    ("notes of one name by their paths", 60, |n| {
        let path = |at| format!("content/notes/d{at}/x.md");
        let note = |at| (path(at), titled("X", "", &format!("[[d{at}/x]] and [[x]].")));
        with(base(), (0..n).map(note))
    }),
    ("notes that each replace another", 60, |n| {
        notes(n, |at| match at {
            0 => titled("First", "", ""),
            _ => titled(&format!("Note {at}"), &format!("supersedes = [\"n{}\"]\n", at - 1), ""),
        })
    }),
    ("notes that replace one that all cite", 40, |n| {
        let citing = |at| (format!("content/notes/c{at}.md"), titled("C", "", "See [[one]]."));
        with(
            notes(n, |at| titled(&format!("Note {at}"), "supersedes = [\"one\"]\n", "")),
            (0..n).map(citing),
        )
    }),
    ("elements of a picture", 1_000, |n| {
        picture("<g>", n, "</g>", |at| {
            format!("<p{at}:r xmlns:p{at}='b' a='&#97;'/><rect fill='url(#a)'/>\n")
        })
    }),
    ("attributes of an element of a picture", 1_000, |n| {
        let all = lines(n, |at| format!("xmlns:p{at}='b' a{at}='c' "));
        picture(&format!("<g {all}>"), n, "</g>", |at| format!("<rect/><p{at}:r/>"))
    }),
    ("a style sheet in a picture", 2_000, |n| {
        picture("<style>", n, "</style>", |at| {
            format!("a{at} {{ fill: url(#a) }} \\61 &#97;<!-- -->\n")
        })
    }),
];

/// Shapes of books with many problems, which are found and reported.
pub(crate) const CHECKED: &[Shape] = &[
    ("missing headings", 400, |n| note(n, |at| format!("## H{at}\n\n[[#Hx{at}]]\n\n"))),
    ("missing blocks", 400, |n| note(n, |at| format!("Words. ^b{at}\n\n[[#^bx{at}]]\n\n"))),
    ("broken links", 500, |n| note(n, |at| format!("[[nothing {at}]] "))),
    ("broken links to notes that are near", 250, |n| {
        notes(n, |at| titled(&format!("Note {at}"), "", &format!("[[Notx {at}]]")))
    }),
    ("missing pictures", 400, |n| {
        let file = |at| (format!("content/notes/pic{at}.png"), "x".to_owned());
        with(note(n, |at| format!("![A](pix{at}.png)\n\n")), (0..n).map(file))
    }),
    ("links by names that nothing explains", 500, |n| {
        text(
            &(lines(n, |at| format!("[a][lab{at}x]\n\n"))
                + &lines(n, |at| format!("[lab{at}]: one.md\n"))),
        )
    }),
    ("elements of one line that are left out", 1_000, |n| text(&"<foo> ä ".repeat(n))),
    ("links of one line with a scheme that is refused", 500, |n| {
        text(
            &("[a ä](javascript:x ".repeat(n) + &")".repeat(n) + &"[a ä](javascript:x) ".repeat(n)),
        )
    }),
    ("rows with too many cells", 500, |n| {
        text(&("|a|b|\n|-|-|\n".to_owned() + &"|a|b|c|\n".repeat(n)))
    }),
    ("a link that bars cut", 2_000, |n| text(&format!("|a|b|\n|-|-|\n|[[{}]]|\n", "a|".repeat(n)))),
    ("pictures of a set", 500, |n| {
        text(&format!("<img alt=\"x\" srcset=\"{}\">", lines(n, |at| format!("a{at}.png {at}w, "))))
    }),
    ("attributes", 1_000, |n| {
        text(&format!("<p {}>x</p>", lines(n, |at| format!("a{at}=\"1\" "))))
    }),
    ("sums of money", 1_000, |n| text(&"US$5 of **$6** and $$7 ".repeat(n))),
    ("formulas of one line", 300, |n| text(&"$a_1$ and $`b`$ ".repeat(n))),
    ("links in brackets", 500, |n| {
        text(
            &("[[1]](one.md) [[2]][r] ".repeat(n) + &lines(n, |at| format!("\n\n[r{at}]: one.md"))),
        )
    }),
    ("stars that make nothing bold", 1_000, |n| text(&"a ** b 中**。** c ".repeat(n))),
    ("one row of stars", 2_000, |n| text(&format!("中{}。", "*".repeat(n)))),
    ("commands of other programs", 1_000, |n| text(&"x {{ a {% b *c* {: ".repeat(n))),
    ("bars of one line", 1_000, |n| text(&"a | *b* | [c] | ".repeat(n))),
    ("lines that define nothing", 500, |n| text(&":x y\n".repeat(n))),
    ("links that are parted", 500, |n| text(&"[a] (b.md [c [d](one.md)](e.md) ".repeat(n))),
    ("lines of embeds", 200, |n| text(&"Words\n![[one]]\n".repeat(n))),
    ("mailboxes", 500, |n| text(&"a.b@c.d.org @ x@y z@ ".repeat(n))),
    ("signs that nobody sees", 1_000, |n| text(&"*-\u{a0}x* ".repeat(n))),
    ("articles of no treaty", 300, |n| {
        let check =
            "[check.bare-article]\nlevel = \"warning\"\ntreaties = [\"The Ottawa Convention\"]\n";
        configured(
            text(&"**a ".repeat(n)).into_iter().chain(text(&"Article 5 *b* ".repeat(n))).collect(),
            check,
        )
    }),
    ("unknown keys", 300, |n| front_matter(&lines(n, |at| format!("key{at} = 1\n")), "")),
    ("keys that are nearly known", 200, |n| {
        front_matter(&lines(n, |at| format!("titl{at} = 1\n")), "")
    }),
    ("lines that are no settings", 300, |n| front_matter(&"x y z\n".repeat(n), "")),
    ("spaces that are none to a program", 1_000, |n| {
        front_matter(&format!("order = {}\n", "1\u{a0}".repeat(n)), "")
    }),
    ("words that a field does not take", 200, |n| {
        let list = |text: &str| lines(n, |at| format!("\"{text}{at}\", "));
        let field = format!("pick = {{ one-of = [{}], many = true }}\n", list("w"));
        configured(front_matter(&format!("pick = [{}]\n", list("wx")), ""), &field)
    }),
    ("exceptions from rules that are broken", 500, |n| {
        front_matter(
            &"[[except]]\nrule = \"refused-html\"\nreason = \"r\"\n".repeat(n),
            &"<foo> ".repeat(n),
        )
    }),
    ("notes of one name", 60, |n| notes(n, |_| titled("Same", "", "Words, and [[same]]."))),
    ("notes that embed each other", 100, |n| {
        notes(n, |at| {
            let text = format!("![[n{}]]\n\n![[n0]]", (at + 1) % n);
            titled(&format!("Note {at}"), "", &text)
        })
    }),
    ("embeds of a note with embeds", 300, |n| {
        let many = note_at("content/notes/many.md", &"![[one]]\n\n".repeat(n));
        with(text(&"![[many]]\n\n".repeat(n)), [many])
    }),
    ("notes that replace each other", 60, |n| {
        notes(n, |at| {
            let next = (at + 1) % n;
            titled(&format!("Note {at}"), &format!("supersedes = [\"n{next}\", \"n0\"]\n"), "")
        })
    }),
    ("citations of the first of a chain", 60, |n| {
        let chain = notes(n, |at| match at {
            0 => titled("First", "", ""),
            _ => titled(&format!("Note {at}"), &format!("supersedes = [\"n{}\"]\n", at - 1), ""),
        });
        let citing = |at| (format!("content/notes/c{at}.md"), titled("C", "", "See [[n0]]."));
        with(chain, (0..n).map(citing))
    }),
];

fn one_or_two(at: usize) -> &'static str {
    ["one", "two"][at % 2]
}

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect()
}

fn titled(title: &str, front: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{front}+++\n\n{text}\n")
}

fn note_at(path: &str, text: &str) -> (String, String) {
    (path.to_owned(), titled("Another", "", text))
}

/// Returns a book with one note that repeats something `n` times.
fn note(n: usize, say: impl Fn(usize) -> String) -> Book {
    text(&lines(n, say))
}

/// Returns a book with one note of this text.
pub(crate) fn text(text: &str) -> Book {
    front_matter("", text)
}

/// Returns a book with one note of this front matter and text.
fn front_matter(front: &str, text: &str) -> Book {
    with(base(), [("content/notes/heavy.md".to_owned(), titled("Heavy", front, text))])
}

/// Returns a book with one note that has a list of `n` items in its front matter.
fn front(key: &str, n: usize, item: impl Fn(usize) -> String) -> Book {
    let items = lines(n, |at| format!("\"{}\", ", item(at)));
    front_matter(&format!("{key} = [{items}]\n"), "Words.")
}

/// Returns a book of `n` more notes.
fn notes(n: usize, write: impl Fn(usize) -> String) -> Book {
    with(base(), (0..n).map(|at| (format!("content/notes/n{at}.md"), write(at))))
}

/// Returns a book with one picture that repeats something `n` times.
fn picture(before: &str, n: usize, after: &str, hold: impl Fn(usize) -> String) -> Book {
    let start = "<svg xmlns=\"http://www.w3.org/2000/svg\">";
    let picture = format!("{start}{before}{}{after}</svg>", lines(n, hold));
    with(base(), [("content/notes/heavy.svg".to_owned(), picture)])
}

/// Returns a book of `n` terms, and a note of this text.
fn terms(n: usize, term: impl Fn(usize) -> String, words: &str) -> Book {
    let kind = "[kinds.term]\nfolder = \"terms\"\nglossary = \"definition\"\n[kinds.term.fields]\n\
                definition = { text = true }\n";
    let note = |at| {
        let front = "definition = \"What it means.\"\n";
        (format!("content/terms/g{at}.md"), titled(&term(at), front, "Words."))
    };
    configured(with(text(words), (0..n).map(note)), kind)
}

/// Returns a word of Cyrillic letters.
fn cyrillic(at: usize) -> String {
    let letter = |place: u32| char::from_u32(0x430 + ((at * 7919) >> (5 * place)) as u32 % 32);
    (0..6).filter_map(letter).collect()
}

fn with(mut book: Book, files: impl IntoIterator<Item = (String, String)>) -> Book {
    book.extend(files);
    book
}

/// Returns the book with more settings.
fn configured(mut book: Book, settings: &str) -> Book {
    book[0].1.push_str(settings);
    book
}

fn base() -> Book {
    let config = "title = \"Book\"\npaginate = 20\nrelated = 3\nindexes = [\"a-z\", \"changes\", \"notes\"]\n\
                  [kinds.theme]\nfolder = \"themes\"\n[kinds.note]\nfolder = \"notes\"\nmap = true\n\
                  [kinds.note.fields]\nthemes = { to = \"theme\", many = true }\n\
                  words = { text = true, many = true }\n";
    vec![
        ("book.toml".to_owned(), config.to_owned()),
        ("content/index.md".to_owned(), titled("Home", "", "Words.")),
        ("content/themes/one.md".to_owned(), titled("One", "", "Words.")),
        ("content/themes/two.md".to_owned(), titled("Two", "", "Words.")),
    ]
}
