//! Notes edited in the browser: a save changes what was changed and nothing else, and nobody's work is lost.

use fieldbook::path::SourcePath;
use fieldbook::workspace::BuildOptions;
use serde_json::{Value, json};

use crate::editor::{Editor, own_book};
use crate::support::book::Book;
use crate::support::random::Random;
use crate::support::{open, options, read_tree};

/// The number of random edits, unless `FIELDBOOK_EDITS` says otherwise.
const EDITS: usize = 25;

fn edits() -> usize {
    std::env::var("FIELDBOOK_EDITS").map_or(EDITS, |number| number.parse().expect("a number"))
}

/// Returns the number of lines that are only before, and of those that are only after.
pub(crate) fn lines_changed(before: &str, after: &str) -> (usize, usize) {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let same = |a: &mut dyn Iterator<Item = (&&str, &&str)>| a.take_while(|(a, b)| a == b).count();
    let start = same(&mut before.iter().zip(&after));
    let end = same(&mut before[start..].iter().rev().zip(after[start..].iter().rev()));
    (before.len() - start - end, after.len() - start - end)
}

#[test]
fn each_note_of_the_book_saves_one_line_and_no_more() {
    let book = own_book();
    let before = read_tree(&book.path("content"));
    let editor = Editor::of(&book);
    let notes: Vec<&String> = before.keys().filter(|path| path.ends_with(".md")).collect();
    assert!(notes.len() > 300);
    for below in &notes {
        let path = format!("content/{below}");
        let opened = editor.open(&path);
        let (status, answer) = editor.save(&opened, &json!({}));
        assert_eq!((status, &answer["is_saved"]), (200, &json!(false)), "{path}: {answer}");
        // What a form shows, sent back as it is, is no change either.
        let fields = opened.form["fields"].as_array().expect("fields").iter();
        let free = fields.filter(|field| field["is_locked"] == false);
        let values: Value = free
            .map(|field| {
                let key = field["key"].as_str().expect("a key").to_owned();
                let values = opened.values(&key);
                (key, json!(values))
            })
            .collect::<serde_json::Map<String, Value>>()
            .into();
        let all = json!({ "values": values, "sources": opened.form["sources"], "text": opened.form["text"] });
        let (status, answer) = editor.save(&opened, &all);
        assert_eq!((status, &answer["is_saved"]), (200, &json!(false)), "{path}: {answer}");
    }
    let after = read_tree(&book.path("content"));
    assert_eq!(before, after, "nothing was changed, so nothing is written");
    // A save has the whole book planned again, so only some are tried unless all are asked for.
    let step = if std::env::var("FIELDBOOK_EDITS").is_ok() { 1 } else { 12 };
    for below in notes.iter().step_by(step) {
        let path = format!("content/{below}");
        let opened = editor.open(&path);
        let title = format!("{} II", opened.values("title").first().expect("a title"));
        let changes = json!({ "values": { "summary": [format!("Summary of {title}")] } });
        let (status, answer) = editor.save(&opened, &changes);
        assert_eq!((status, &answer["is_saved"]), (200, &json!(true)), "{path}: {answer}");
        let changed = lines_changed(&opened.base, &book.read(&path));
        assert!(matches!(changed, (0 | 1, 1)), "{path}: {changed:?}");
    }
}

#[test]
fn random_changes_are_those_of_set() {
    let (book, other) = (own_book(), own_book());
    let editor = Editor::of(&book);
    let mut random = Random::new(41);
    let files = read_tree(&book.path("content"));
    let notes: Vec<&String> = files
        .keys()
        .filter(|path| path.starts_with("lessons/") || path.starts_with("recommendations/"))
        .collect();
    let notes: Vec<&&String> = notes
        .iter()
        .filter(|path| path.matches('.').count() == 1 && !path.ends_with("index.md"))
        .collect();
    let texts =
        ["A \"quoted\" text", "It's so", "Größe, plain", "back\\slash", "[[x]] # no remark"];
    let themes = ["financing", "environment", "technology", "localisation"];
    let mut changed = 0;
    for _ in 0..edits() {
        let path = format!("content/{}", notes[random.below(notes.len())]);
        let opened = editor.open(&path);
        let (key, values): (&str, Vec<String>) = match random.below(6) {
            0 => ("summary", vec![texts[random.below(texts.len())].to_owned()]),
            1 => ("short", vec![texts[random.below(texts.len())].to_owned()]),
            2 => ("date", vec![["2024", "2024-06", "2024-06-24"][random.below(3)].to_owned()]),
            3 => ("order", vec![random.below(50).to_string()]),
            4 => (
                "review-by",
                if random.below(2) == 0 { vec!["2027-01-01".to_owned()] } else { Vec::new() },
            ),
            _ => {
                let from = random.below(themes.len());
                (
                    "themes",
                    themes[from..]
                        .iter()
                        .take(1 + random.below(2))
                        .map(|theme| (*theme).to_owned())
                        .collect(),
                )
            }
        };
        let mut map = serde_json::Map::new();
        map.insert(key.to_owned(), json!(values));
        let (status, answer) = editor.save(&opened, &json!({ "values": map }));
        assert_eq!(status, 200, "{path} {key} {values:?}: {answer}");
        let set = format!("{key}={}", values.join(", "));
        let run = other.run(&["set", &path, &set]);
        assert_eq!(run.code, Some(0), "{path} {set}: {}", run.err);
        assert_eq!(book.read(&path), other.read(&path), "{path} {set}");
        changed += usize::from(answer["is_saved"] == true);
    }
    assert!(changed * 2 > edits(), "{changed}");
    assert_eq!(read_tree(&book.path("content")), read_tree(&other.path("content")));
}

#[test]
fn the_page_while_typing_is_that_of_the_saved_note() {
    let book = own_book();
    let editor = Editor::of(&book);
    let notes = ["lessons/competing-objectives.md", "recommendations/index.md"];
    for below in notes {
        let path = format!("content/{below}");
        let opened = editor.open(&path);
        let text = opened.form["text"].as_str().expect("text");
        let changes = [
            json!({ "text": format!("{text}\n\nOne more paragraph about [[financing]].\n") }),
            json!({ "values": { "title": ["Another title"], "summary": ["New"] }, "text": format!("New.\n\n{text}") }),
        ];
        for changes in changes {
            let (address, typed) = editor.page(&opened, &changes);
            let now = book.read(&path);
            let (status, answer) = editor.save(&editor.open(&path), &changes);
            assert_eq!(status, 200, "{path}: {answer}");
            let sources =
                fieldbook::disk::read(book.root(), &SourcePath::new("book.toml")).expect("a book");
            let (_, site) = open(sources, BuildOptions { drafts: true, ..options() });
            let site = site.expect("a book without errors");
            let file = address.trim_start_matches('/');
            let file =
                if file.ends_with('/') { format!("{file}index.html") } else { file.to_owned() };
            let built = &site[&file];
            assert!(typed == *built, "{path}: the page differs from the one of the build");
            // The preview itself shows it as well, with its own line.
            editor.preview.until(|| {
                let served = editor.preview.file(&file);
                (served.as_ref() != Some(built)).then(|| "the preview is not up to date".to_owned())
            });
            let (status, _) = editor.ask("undo", &json!({ "path": path }));
            assert_eq!(status, 200);
            assert_eq!(book.read(&path), now, "undone");
        }
    }
}

#[test]
fn nobodys_work_is_lost() {
    let book = Book::small();
    let path = "content/lessons/first.md";
    let editor = Editor::of(&book);
    let mut random = Random::new(7);
    let mut tabs = [editor.open(path), editor.open(path)];
    let mut saved: Vec<String> = Vec::new();
    let (mut conflicts, mut outside) = (0, 0);
    for number in 0..edits() * 2 {
        if random.below(5) == 0 {
            // An editor writes the file.
            let line = format!("Outside {number}.");
            book.write(path, format!("{}\n{line}\n", book.read(path)));
            saved.push(line);
            outside += 1;
            continue;
        }
        let tab = &mut tabs[random.below(2)];
        let line = format!("Line {number}.");
        let text = format!("{}\n\n{line}", tab.form["text"].as_str().expect("text"));
        let (status, answer) = editor.save(tab, &json!({ "text": text }));
        match status {
            200 => saved.push(line),
            409 => {
                conflicts += 1;
                assert_eq!(answer["text"], book.read(path), "the answer has the text on the disk");
                assert!(answer["yours"].as_str().expect("text").contains(&line), "and one's own");
            }
            _ => panic!("{status}: {answer}"),
        }
        *tab = editor.open(path);
    }
    assert!(
        conflicts > 2 && outside > 2 && saved.len() > 10,
        "{conflicts} {outside} {}",
        saved.len()
    );
    let text = book.read(path);
    let lost: Vec<&String> = saved.iter().filter(|line| !text.contains(line.as_str())).collect();
    assert!(lost.is_empty(), "{lost:?} in\n{text}");
}

#[test]
fn a_note_with_errors_is_saved_as_a_draft_only() {
    let book = own_book();
    let path = "content/lessons/competing-objectives.md";
    let editor = Editor::of(&book);
    let opened = editor.open(path);
    let changes = json!({ "values": { "themes": [] }, "text": "See [[Nowhere at all]]." });
    let (status, answer) = editor.save(&opened, &changes);
    assert_eq!(status, 422, "{answer}");
    assert_eq!(answer["can_be_draft"], true, "{answer}");
    let findings = answer["findings"].as_array().expect("a list");
    let keys: Vec<&Value> = findings.iter().map(|finding| &finding["place"]).collect();
    assert!(
        keys.contains(&&json!([4, 22])) || findings.iter().any(|f| f["place"].is_array()),
        "{answer}"
    );
    assert_eq!(book.read(path), opened.base, "nothing is written");
    let note = opened.note(&changes);
    let (status, answer) = editor
        .ask("save", &json!({ "note": note, "fingerprint": opened.fingerprint, "as_draft": true }));
    assert_eq!((status, &answer["is_saved"]), (200, &json!(true)), "{answer}");
    assert!(book.read(path).contains("\ndraft = true\n"), "{}", book.read(path));
    // It can't be published before it is corrected, even though its errors are not new.
    let opened = editor.open(path);
    let (status, answer) = editor.save(&opened, &json!({ "values": { "draft": [] } }));
    assert_eq!((status, answer["findings"].as_array().map(Vec::is_empty)), (422, Some(false)));
    // A value that can't be written is refused in words, at its key.
    let opened = editor.open(path);
    let (status, answer) = editor.save(&opened, &json!({ "values": { "date": ["next week"] } }));
    assert_eq!((status, &answer["faults"][0]["key"]), (422, &json!("date")), "{answer}");
    // A new error in another note is refused also for a draft.
    let theme = editor.open("content/themes/financing.md");
    let gone = json!({ "values": { "superseded": ["x"] } });
    assert_eq!(editor.save(&theme, &gone).0, 422);
}

#[test]
fn a_new_note_is_made_found_and_undone() {
    let book = own_book();
    let editor = Editor::of(&book);
    let (status, answer) =
        editor.ask("new", &json!({ "title": "A new lesson", "folder": "lessons" }));
    assert_eq!(
        (status, &answer["path"]),
        (200, &json!("content/lessons/a-new-lesson.md")),
        "{answer}"
    );
    let made = book.read("content/lessons/a-new-lesson.md");
    assert!(made.contains("title = \"A new lesson\"") && made.contains("draft = true"), "{made}");
    let (status, answer) =
        editor.ask("new", &json!({ "title": "A new lesson", "folder": "lessons" }));
    assert_eq!(status, 422, "{answer}");
    let (status, answer) =
        editor.ask("new", &json!({ "title": "Quite new theme", "kind": "theme" }));
    assert_eq!((status, &answer["written"]), (200, &json!("quite-new-theme")), "{answer}");
    let (_, answer) = editor.ask("find", &json!({ "kinds": ["theme"], "query": "quite theme" }));
    assert_eq!(
        answer["notes"],
        json!([{
            "written": "quite-new-theme", "shown": "Quite new theme", "kind": "Theme", "standing": "draft",
        }])
    );
    let (_, answer) = editor.ask("find", &json!({ "kinds": ["lesson"], "query": "quite new" }));
    assert_eq!(answer["notes"], json!([]));
    let opened = editor.open("content/lessons/a-new-lesson.md");
    let changes = json!({ "values": { "themes": ["quite-new-theme"] }, "text": "What was found." });
    let (status, answer) = editor.save(&opened, &changes);
    assert_eq!(status, 200, "{answer}");
    let theme = "content/themes/quite-new-theme.md";
    // Each note has its own saves.
    for path in ["content/lessons/a-new-lesson.md", "content/lessons/a-new-lesson.md", theme] {
        let (status, answer) = editor.ask("undo", &json!({ "path": path }));
        assert_eq!(status, 200, "{answer}");
    }
    assert!(
        !book.has("content/lessons/a-new-lesson.md")
            && !book.has("content/themes/quite-new-theme.md")
    );
    assert_eq!(editor.ask("undo", &json!({ "path": theme })).0, 404);
}

#[test]
fn a_fix_is_made_in_the_text_that_is_not_saved() {
    let book = Book::small();
    let path = "content/lessons/first.md";
    let editor = Editor::of(&book);
    let opened = editor.open(path);
    let changes = json!({ "values": { "summary": ["Kept"] }, "text": "See [[Frist]] and more." });
    let note = opened.note(&changes);
    let (_, answer) = editor.ask("look", &note);
    let found = answer["findings"].as_array().expect("a list").iter();
    let found = found.filter(|found| found["fixes"][0].is_string()).collect::<Vec<_>>();
    let first = found.first().unwrap_or_else(|| panic!("no fix: {answer}"));
    let asked = json!({ "note": note, "message": first["message"], "line": first["line"], "fix": first["fixes"][0] });
    let (status, fixed) = editor.ask("fix", &asked);
    assert_eq!(status, 200, "{fixed}");
    assert!(
        fixed["base"].as_str().expect("text").to_lowercase().contains("see [[first]] and more."),
        "{fixed}"
    );
    assert!(fixed["base"].as_str().expect("text").contains("Kept"), "{fixed}");
    let asked = json!({ "note": { "path": path, "base": fixed["base"], "changes": {} }, "fingerprint": opened.fingerprint });
    assert_eq!(editor.ask("save", &asked).0, 200);
    assert_eq!(Value::from(book.read(path)), fixed["base"]);
}

#[test]
fn untouched_lines_keep_their_bytes_and_sources_are_edited_in_place() {
    let book = Book::small();
    let path = "content/lessons/first.md";
    let editor = Editor::of(&book);
    let cases: &[(&str, Value, &str)] = &[
        // Line ends of two systems in one file.
        (
            "+++\r\ntitle = 'First' # why\r\n+++\r\n\r\nOne\r\nTwo\nThree\r\n",
            json!({ "text": "One\nTwo\nAnd\nThree" }),
            "+++\r\ntitle = 'First' # why\r\n+++\r\n\r\nOne\r\nTwo\nAnd\r\nThree\r\n",
        ),
        (
            "+++\r\ntitle = 'First' # why\r\n+++\r\n\r\nOne\r\n",
            json!({ "values": { "title": ["Second"] } }),
            "+++\r\ntitle = 'Second' # why\r\n+++\r\n\r\nOne\r\n",
        ),
        (
            "+++\ntitle = \"First\"\n+++\n",
            json!({ "text": "Text\n" }),
            "+++\ntitle = \"First\"\n+++\n\nText\n",
        ),
        (
            "+++\ntitle = \"F\"\n\n[[sources]] # a\ntitle = \"A\" # kept\nlocator = 'p. 1'\n\n[[sources]]\ntitle = \"B\"\n+++\n\nText\n",
            json!({ "sources": [{ "was": 0, "title": "A", "locator": "p. 2" }, { "was": 1, "title": "B", "url": "https://example.org/" }, { "title": "C" }] }),
            "+++\ntitle = \"F\"\n\n[[sources]] # a\ntitle = \"A\" # kept\nlocator = 'p. 2'\n\n[[sources]]\ntitle = \"B\"\nurl = \"https://example.org/\"\n\n[[sources]]\ntitle = \"C\"\n+++\n\nText\n",
        ),
        (
            "+++\ntitle = \"F\"\n\n[[sources]]\ntitle = \"A\"\n\n[[sources]]\ntitle = \"B\"\n+++\n\nText\n",
            json!({ "sources": [{ "was": 1, "title": "B" }] }),
            "+++\ntitle = \"F\"\n\n[[sources]]\ntitle = \"B\"\n+++\n\nText\n",
        ),
        (
            "+++\ntitle = \"F\"\n+++\n\nText\n",
            json!({ "sources": [{ "title": "A", "accessed": "2024-06" }] }),
            "+++\ntitle = \"F\"\n\n[[sources]]\ntitle = \"A\"\naccessed = \"2024-06\"\n+++\n\nText\n",
        ),
        (
            "+++\ntitle = \"F\"\nsources = [{ title = \"A\" }]\n+++\n\nText\n",
            json!({ "sources": [{ "was": 0, "title": "A" }, { "title": "B" }] }),
            "+++\ntitle = \"F\"\nsources = [{ title = \"A\" }, { title = \"B\" }]\n+++\n\nText\n",
        ),
        (
            "---\ntitle: F\nsources:\n  - title: A # kept\n    locator: p. 1\n  - title: B\n---\n\nText\n",
            json!({ "sources": [{ "was": 0, "title": "A" }, { "was": 1, "title": "B", "locator": "p. 3" }, { "title": "C", "locator": "p. 4" }] }),
            "---\ntitle: F\nsources:\n  - title: A # kept\n  - title: B\n    locator: p. 3\n  - title: C\n    locator: p. 4\n---\n\nText\n",
        ),
        (
            "---\ntitle: F\nsources:\n  - title: A\n  - title: B\nsummary: S\n---\n\nText\n",
            json!({ "sources": [] }),
            "---\ntitle: F\nsummary: S\n---\n\nText\n",
        ),
        (
            "---\ntitle: F\nsources:\n- title: A\n- title: B\nsummary: S\n---\n\nText\n",
            json!({ "sources": [{ "title": "C" }] }),
            "---\ntitle: F\nsources:\n  - title: C\nsummary: S\n---\n\nText\n",
        ),
        (
            "---\ntitle: F\n---\n\nText\n",
            json!({ "sources": [{ "title": "A", "locator": "¶9" }] }),
            "---\ntitle: F\nsources:\n  - title: A\n    locator: \"¶9\"\n---\n\nText\n",
        ),
    ];
    for (before, changes, after) in cases {
        book.write(path, before);
        editor.preview.until(|| {
            let (status, answer) = editor.ask("open", &json!({ "path": path }));
            (status != 200 || answer["base"] != *before).then(|| format!("{answer}"))
        });
        let (status, answer) = editor.save(&editor.open(path), changes);
        assert_eq!(status, 200, "{before}\n{changes}\n{answer}");
        assert_eq!(book.read(path), *after, "{before}\n{changes}");
    }
}

/// A picture of one point.
const PICTURE: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[test]
fn a_picture_lies_beside_the_note_if_the_rules_let_it() {
    let book = Book::small();
    let path = "content/lessons/first.md";
    let editor = Editor::of(&book);
    let picture = |name: &str, data: &str| {
        editor.ask("picture", &json!({ "path": path, "name": name, "data": data }))
    };
    let (status, answer) = picture("My Map.PNG", PICTURE);
    assert_eq!((status, &answer["markdown"]), (200, &json!("![](my-map.png)")), "{answer}");
    let bytes = std::fs::read(book.path("content/lessons/my-map.png")).expect("a picture");
    assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.ends_with(b"IEND\xaeB`\x82"));
    // Nothing is written over.
    let (status, answer) = picture("my map.png", PICTURE);
    assert_eq!((status, &answer["markdown"]), (200, &json!("![](my-map-2.png)")), "{answer}");
    // A picture with a script is refused, as is what is no picture.
    let script = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxzY3JpcHQ+YWxlcnQoMSk8L3NjcmlwdD48L3N2Zz4=";
    for (name, data) in [
        ("x.svg", script),
        ("x.html", PICTURE),
        ("x.png", "?"),
        ("x.png", ""),
        ("png", PICTURE),
        ("x.md", PICTURE),
    ] {
        let (status, answer) = picture(name, data);
        assert_eq!(status, 422, "{name}: {answer}");
    }
    let (status, _) = picture("../../up.png", PICTURE);
    assert!(
        status == 200 && !book.has("up.png") && !book.has("content/up.png"),
        "a name is no path"
    );
    let opened = editor.open(path);
    let (status, answer) = editor.save(&opened, &json!({ "text": "![A map](my-map.png)" }));
    assert_eq!(status, 200, "{answer}");
    editor.preview.until_shows("lessons/first.html", "my-map.png");
}

#[test]
fn a_passage_from_word_becomes_markdown() {
    let book = Book::small();
    let editor = Editor::of(&book);
    let html = "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><style>p { margin: 0 }</style></head><body>\
        <!--StartFragment--><h2>What was found</h2><p class=MsoNormal>A <b>bold</b> word and <a href=\"https://example.org/x\">a link</a>.<o:p></o:p></p>\
        <ul><li>One</li><li>Two</li></ul><table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>\
        <script>alert(1)</script><!--EndFragment--></body></html>";
    let (status, answer) = editor.ask("paste", &json!({ "html": html }));
    assert_eq!(status, 200, "{answer}");
    let text = answer["text"].as_str().expect("text");
    for part in [
        "## What was found",
        "A **bold** word and [a link](https://example.org/x).",
        "- One\n- Two",
        "| A | B |",
    ] {
        assert!(text.contains(part), "{part} is not in\n{text}");
    }
    assert!(
        !text.contains("alert") && !text.contains("margin") && !text.contains("<o:p>"),
        "{text}"
    );
}
