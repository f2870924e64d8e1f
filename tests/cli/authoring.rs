//! Notes that are made, set and formatted: only what is meant changes.

use std::path::Path;

use fieldbook::authoring::{
    Assignment, EditedFile, NewNote, TidyOutcome, choices, new_errors, new_note, new_path,
    set_values, tidy,
};
use fieldbook::config::FieldShape;
use fieldbook::path::SourcePath;
use fieldbook::source::{Source, SourceEdit, SourceRole};
use fieldbook::table::Notation;
use fieldbook::workspace::Workspace;

use crate::support::book::Book;
use crate::support::{options, source, sources};

const CONFIG: &str = r#"
title = "Lessons"

[kinds.lesson]
folder = "lessons"

[kinds.lesson.fields]
themes = { to = "theme", many = true, open = true }
stage = { one-of = ["early", "late"] }
held = { date = true }
count = { number = true }
closed = { flag = true }
names = { text = true, many = true }

[kinds.theme]
folder = "themes"
"#;

/// Returns a workspace with the book, drafts included.
fn workspace(files: &[(&str, &str)]) -> Workspace {
    let mut workspace = Workspace::new(options_with_drafts());
    let _ = workspace.open(sources(files).into_files().map(SourceEdit::Put).collect());
    workspace
}

fn options_with_drafts() -> fieldbook::workspace::BuildOptions {
    fieldbook::workspace::BuildOptions { drafts: true, ..options() }
}

/// Sets values in a lesson with this text.
fn set(text: &str, assignments: &[&str]) -> Result<String, String> {
    let workspace = workspace(&[("book.toml", CONFIG)]);
    let site = workspace.site().expect("a book");
    let assignments = assignments.iter().map(|text| Assignment::read(text).expect("an assignment"));
    let lesson = source("content/lessons/a.md", text.as_bytes());
    set_values(&lesson, &site.config, &assignments.collect::<Vec<_>>())
}

#[track_caller]
fn assert_set(text: &str, assignments: &[&str], expected: &str) {
    assert_eq!(set(text, assignments).as_deref(), Ok(expected));
}

#[test]
fn a_value_is_written_as_its_neighbours_are() {
    let toml = "+++\ntitle = 'A'   # named so\nheld = 2024-01-02\n+++\nText\n";
    assert_set(toml, &["title=B"], "+++\ntitle = 'B'   # named so\nheld = 2024-01-02\n+++\nText\n");
    assert_set(
        toml,
        &["title=B's"],
        "+++\ntitle = \"B's\"   # named so\nheld = 2024-01-02\n+++\nText\n",
    );
    assert_set(toml, &["held=2025"], "+++\ntitle = 'A'   # named so\nheld = \"2025\"\n+++\nText\n");
    assert_set(toml, &["held="], "+++\ntitle = 'A'   # named so\n+++\nText\n");
    assert_set(toml, &["title="], "+++\n# named so\nheld = 2024-01-02\n+++\nText\n");
    let yaml = "---\r\ntitle: A # named so\r\nheld:\r\nthemes:\r\n  - x # first\r\n  - y\r\n---\r\nText\r\n";
    assert_set(yaml, &["title=B"], &yaml.replace("A #", "B #"));
    assert_set(yaml, &["held=2024-03"], &yaml.replace("held:", "held: 2024-03"));
    assert_set(yaml, &["themes+=z"], &yaml.replace("- y\r\n", "- y\r\n  - z\r\n"));
    assert_set(yaml, &["themes-=x"], &yaml.replace("- x # first", "# first"));
    assert_set(yaml, &["themes=y"], &yaml.replace("- x # first", "# first"));
    assert_set(yaml, &["title=no"], &yaml.replace("A #", "\"no\" #"));
    assert_set(
        yaml,
        &["closed=true", "count=3"],
        &yaml.replace("held:\r\n", "held:\r\ncount: 3\r\nclosed: true\r\n"),
    );
}

#[test]
fn lists_keep_their_form() {
    let lines = "+++\ntitle = \"A\"\nthemes = [\n  \"x\", # why\n  # a remark\n  \"y\"\n]\n+++\n";
    assert_set(lines, &["themes+=z"], &lines.replace("\"y\"\n", "\"y\",\n  \"z\"\n"));
    assert_set(lines, &["themes-=y"], &lines.replace("  \"y\"\n", ""));
    assert_set(lines, &["themes-=x"], &lines.replace("\"x\", # why", "# why"));
    let one = "+++\ntitle = \"A\"\nthemes = [\"x\", \"y\"]\n+++\n";
    assert_set(one, &["themes+=z,w"], &one.replace("\"y\"]", "\"y\", \"z\", \"w\"]"));
    assert_set(one, &["themes-=x"], &one.replace("\"x\", ", ""));
    assert_set(one, &["themes-=y"], &one.replace(", \"y\"", ""));
    assert_set(one, &["themes-=x,y"], &one.replace("\"x\", \"y\"", ""));
    assert_set(one, &["themes=y,x"], &one.replace("\"x\", \"y\"", "\"y\", \"x\""));
    assert_set(one, &["names+=a, b"], &one.replace("]\n", "]\nnames = [\"a, b\"]\n"));
    let block = "---\ntitle: A\nthemes:\n- x\n---\n";
    assert_set(block, &["themes-=x"], "---\ntitle: A\nthemes: []\n---\n");
    assert_set(
        "---\ntitle: A\nthemes: x\n---\n",
        &["themes+=z"],
        "---\ntitle: A\nthemes: [x, z]\n---\n",
    );
}

#[test]
fn a_note_without_front_matter_gets_some() {
    assert_set("# A\n\nText\n", &["stage=early"], "---\nstage: early\n---\n\n# A\n\nText\n");
    assert_set("+++\n+++\n# A\n", &["stage=early"], "+++\nstage = \"early\"\n+++\n# A\n");
}

#[test]
fn a_value_takes_the_place_of_the_remarks_about_it() {
    let remarks = "# stage is needed, one of: early, late\n# stage = \"early\"\n# held is wanted\n# held = 2024-06-24\n\
                   # It may also have: themes, count\n";
    let note = format!("+++\ntitle = \"A\"\n{remarks}+++\n# stage is needed\n");
    let start = "+++\ntitle = \"A\"\n";
    let held = "# held is wanted\n# held = 2024-06-24\n";
    let others = "# It may also have: themes, count\n";
    let end = "+++\n# stage is needed\n";
    assert_set(&note, &["stage=late"], &format!("{start}stage = \"late\"\n{held}{others}{end}"));
    assert_set(
        &format!("{start}# count is not needed\n{held}{others}{end}"),
        &["count=3", "held=2024-05-01"],
        &format!(
            "{start}held = 2024-05-01\ncount = 3\n# count is not needed\n# It may also have: themes\n{end}"
        ),
    );
    assert_set(
        &format!("{start}# It may also have: count\n{end}"),
        &["count=3"],
        &format!("{start}count = 3\n{end}"),
    );
    let yaml = "---\ntitle: A\n# stage is needed, one of: early, late\n# stage: early\n---\n";
    assert_set(yaml, &["stage=late"], "---\ntitle: A\nstage: late\n---\n");
    assert_set(yaml, &["stage="], yaml);
    let text = "+++\ntitle = \"A\"\nsummary = \"\"\"\n# stage is needed\n\"\"\"\n+++\n";
    let with = text.replace("\"\"\"\n+++", "\"\"\"\nstage = \"late\"\n+++");
    assert_set(text, &["stage=late"], &with);
}

#[test]
fn what_makes_no_sense_is_refused_in_a_sentence() {
    let note = "+++\ntitle = \"A\"\n+++\n";
    for (assignment, why) in [
        ("held=soon", "\"soon\" is no date"),
        ("closed=yes", "true or false"),
        ("count=many", "no number"),
        ("stag=early", "did you mean stage?"),
        ("sources+=x", "parts with keys of their own"),
        ("stage+=early", "takes one value"),
    ] {
        let refused = set(note, &[assignment]).expect_err(assignment);
        assert!(refused.contains(why), "{assignment}: {refused}");
    }
    assert!(set("+++\ntitle = \n+++\n", &["stage=early"]).is_err());
}

#[test]
fn a_thousand_notes_keep_every_remark() {
    let book = workspace(&[("book.toml", CONFIG)]);
    let config = &book.site().expect("a book").config;
    let assignments: Vec<Assignment> = ["stage=late", "themes+=new", "held=2026-01-01"]
        .iter()
        .map(|text| Assignment::read(text).expect("an assignment"))
        .collect();
    for number in 0..1000 {
        let text = if number % 2 == 0 {
            format!(
                "+++\n# note {number}\ntitle = \"N {number}\" # t{number}\nthemes = [ # open\n  \"a\", # a{number}\n] \
                 # end\nstage = \"early\"# s{number}\n+++\n\nText # no remark\n"
            )
        } else {
            format!(
                "---\n# note {number}\ntitle: N {number} # t{number}\nthemes: # open\n  - a # a{number}\n# between\n\
                 stage: early # s{number}\n---\n\nText # no remark\n"
            )
        };
        let note = source("content/lessons/a.md", text.as_bytes());
        let after = set_values(&note, config, &assignments).expect("values that can be set");
        let remarks = |text: &str| -> Vec<String> {
            text.lines().filter_map(|line| Some(line.split_once('#')?.1.to_owned())).collect()
        };
        assert_eq!(remarks(&after), remarks(&text), "{after}");
        assert!(after.contains("late") && after.contains("new") && after.contains("2026-01-01"));
        assert_eq!(
            set_values(&source("content/lessons/a.md", after.as_bytes()), config, &assignments),
            Ok(after)
        );
    }
}

#[test]
fn random_edits_are_read_back_and_change_nothing_else() {
    let forms = [
        "+++\ntitle = \"A\"\nLIST\ncount = 3\n\n[[sources]]\ntitle = \"x\"\n+++\n\nText\n",
        "+++\r\ntitle = 'A'\r\nLIST\r\ncount = 3\r\n+++\r\nText\r\n",
        "---\ntitle: A\nLIST\ncount: 3\n---\nText\n",
    ];
    let lists: [&[&str]; 3] = [
        &[
            "",
            "themes = [\"a\", \"b\"]",
            "themes = [\n  \"a\", # one\n  \"b\", # two\n]",
            "themes = [ 'a' , 'b' ] # r",
            "themes = []",
        ],
        &["", "themes = [\"a\", \"b\"]", "themes = [\r\n  \"a\",\r\n  \"b\"\r\n]"],
        &[
            "",
            "themes: [a, b]",
            "themes:\n  - a # one\n  - b",
            "themes: a",
            "themes:\n- a\n- \"b\"",
            "themes: []",
            "themes:",
        ],
    ];
    let mut seed = 7_u64;
    let mut random = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most
    };
    for _ in 0..200 {
        let form = random(forms.len());
        let list = lists[form][random(lists[form].len())];
        let before = if list.is_empty() {
            forms[form].replace("LIST\r\n", "").replace("LIST\n", "")
        } else {
            forms[form].replace("LIST", list)
        };
        let mut expected = themes(&before);
        let value = ["a", "b", "c", "d e", "it's", "[[x]]", "2024", "no"][random(8)];
        let operation = ["+=", "-=", "="][random(3)];
        let after =
            set(&before, &[&format!("themes{operation}{value}")]).expect("a value that can be set");
        match operation {
            "+=" if !expected.iter().any(|other| other == value) => expected.push(value.to_owned()),
            "-=" => expected.retain(|other| other != value),
            "=" => expected = vec![value.to_owned()],
            _ => {}
        }
        assert_eq!(themes(&after), expected, "{before}\nthemes{operation}{value}\n{after}");
        assert_eq!(without_themes(&after), without_themes(&before), "{before}\n{after}");
    }
}

/// Returns the themes that the reader of settings finds.
fn themes(text: &str) -> Vec<String> {
    use fieldbook::table::SettingForm;
    let (_, setting) = place_of_themes(text);
    match setting.map(|setting| setting.form) {
        Some(SettingForm::One(value)) => vec![value],
        Some(SettingForm::Several { items, .. }) => {
            items.into_iter().map(|item| item.text).collect()
        }
        _ => Vec::new(),
    }
}

fn place_of_themes(text: &str) -> (usize, Option<fieldbook::table::SettingPlace>) {
    let notation = if text.starts_with("+++") { Notation::Toml } else { Notation::Yaml };
    let start = text.find('\n').expect("a line") + 1;
    let end = start + text[start..].find(notation.fence()).expect("a fence");
    let settings = fieldbook::table::setting_places(&text[start..end], notation).expect("settings");
    (start, settings.into_iter().find(|setting| setting.key == "themes"))
}

/// Returns the text without the lines of the themes and their remarks.
fn without_themes(text: &str) -> String {
    let (start, setting) = place_of_themes(text);
    let Some(setting) = setting else { return text.to_owned() };
    let from = start + setting.key_place.start;
    let to = start + setting.place.end.max(setting.key_place.end);
    let end = text[to..].find('\n').map_or(text.len(), |at| to + at + 1);
    format!("{}{}", &text[..from], &text[end..])
}

#[test]
fn set_writes_only_what_keeps_the_book_right() {
    let book = Book::small();
    book.write("book.toml", CONFIG);
    let run = book.run(&["set", "first", "stage=latest"]).ends(1).says("value-not-in-list");
    assert!(run.err.contains("Nothing was written"), "{}", run.err);
    let before = book.read("content/lessons/first.md");
    book.run(&["set", "first", "stage=late", "--dry-run"]).says("1 file would change");
    assert_eq!(book.read("content/lessons/first.md"), before);
    book.run(&["set", "content/lessons", "stage=late"]).ends(0).says("2 files changed");
    assert_eq!(
        book.read("content/lessons/first.md"),
        before.replace("First\"\n", "First\"\nstage = \"late\"\n")
    );
    book.run(&["set", "--where", "stage=late", "stage="]).ends(0).says("2 files changed");
    assert_eq!(book.read("content/lessons/first.md"), before);
    book.run(&["set", "frist", "stage=late"]).ends(2).says("did you mean \"First\"?");
    book.run(&["set", "stage=late"]).ends(2).says("name a note");
}

#[test]
fn many_files_change_only_if_that_is_confirmed() {
    let book = Book::new(&[("book.toml", CONFIG), ("content/index.md", "# Home\n")]);
    for number in 0..21 {
        book.write(&format!("content/lessons/n{number}.md"), format!("# Note {number}\n"));
    }
    let run = book.run(&["set", "--kind", "lesson", "stage=late"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.err.contains("add --yes") && run.out.contains("+stage: late"), "{}", run.err);
    assert_eq!(book.read("content/lessons/n3.md"), "# Note 3\n");
    book.run(&["set", "--kind", "lesson", "stage=late", "--yes"]).ends(0).says("21 files changed");
    book.build().ends(0);
}

/// The book of this repository, with its drafts.
fn own_book() -> Workspace {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = fieldbook::disk::read(root, &SourcePath::new("book.toml")).expect("a book");
    let mut workspace = Workspace::new(options_with_drafts());
    let _ = workspace.update(sources.into_files().map(SourceEdit::Put).collect());
    workspace
}

#[test]
fn a_new_note_of_each_kind_of_this_book_has_no_problem() {
    let mut workspace = own_book();
    let site = workspace.site().cloned().expect("a book");
    let mut files = Vec::new();
    for (kind, config) in site.config.kinds() {
        for notation in [Notation::Toml, Notation::Yaml] {
            let title = format!("A new: {} \"note\" in {notation:?}", config.title);
            let path = new_path(&site.config, kind, &title).expect("a path");
            let value = |field: &fieldbook::config::FieldConfig| match &field.shape {
                FieldShape::Date(_) => "2026-01-02".to_owned(),
                FieldShape::Flag(_) => "true".to_owned(),
                FieldShape::Number(_) => "3".to_owned(),
                FieldShape::Url(_) => "https://example.org/".to_owned(),
                FieldShape::Text(_) => "Some text".to_owned(),
                FieldShape::Reference(_) | FieldShape::OneOf(_) => choices(&site, field)
                    .first()
                    .map(|choice| choice.written.clone())
                    .unwrap_or_default(),
            };
            let required = config.fields.iter().filter(|field| field.required);
            let values: Vec<Assignment> = required
                .map(|field| format!("{}={}", field.name, value(field)))
                .map(|text| Assignment::read(&text).expect("an assignment"))
                .collect();
            let note = NewNote {
                kind,
                title: &title,
                values: &values,
                is_draft: true,
                text: None,
                notation,
            };
            let after = new_note(&site, &path, &note).expect("a note");
            let without =
                NewNote { kind, title: &title, values: &[], is_draft: true, text: None, notation };
            let text = new_note(&site, &path, &without).expect("a note");
            for field in config.fields.iter().filter(|field| field.required) {
                assert!(text.contains(&format!("# {} is needed", field.name)), "{text}");
            }
            files.push(EditedFile { path, before: String::new(), after });
        }
    }
    let errors = new_errors(&mut workspace, &files);
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn a_new_note_has_a_name_that_every_system_can_write() {
    let book = Book::small();
    book.write("book.toml", CONFIG);
    for (title, name) in [
        ("Before/after", "before-after"),
        ("CON", "con-note"),
        ("Lpt9", "lpt9-note"),
        ("COM10", "com10"),
        ("2010–2020: a look back", "2010-2020-a-look-back"),
    ] {
        let run = book.run(&["new", "lesson", title]);
        assert_eq!(run.out, format!("content/lessons/{name}.md\n"), "{}", run.err);
    }
    book.write("content/lessons/aux.md", "# Aux\n");
    book.run(&["check"]).says("rename it: aux-note");
}

#[test]
fn drafts_that_link_to_each_other_are_made_one_by_one() {
    let book = Book::small();
    book.write("book.toml", CONFIG);
    book.write("one.txt", "See [[Two]] and [it](two.md).\n");
    book.write("two.txt", "---\nthemes: [Law]\n---\nSee [[One]].\n");
    let new = |title: &str, file: &str, more: &[&str]| {
        let from = book.path(file).display().to_string();
        book.run(&[&["new", "lesson", title, "--from", &from], more].concat())
    };
    let run = new("One", "one.txt", &[]).says("To do: no note is called \"Two\"");
    assert_eq!((run.code, book.has("content/lessons/one.md")), (Some(0), true));
    let run = new("Two", "two.txt", &[]);
    assert!(run.code == Some(0) && !run.err.contains("To do"), "{}", run.err);
    book.build().ends(0);
    assert!(!book.has("public/lessons/one.html"));
    book.run(&["check", "--drafts"]).ends(0);
    book.write("three.txt", "See [[Nobody]].\n");
    new("Three", "three.txt", &["--set", "draft=false"]).ends(1).says("Nothing was written");
    book.write("book.toml", CONFIG.replace(", open = true", ""));
    new("Four", "three.txt", &["--set", "themes=Nobody"]).ends(1).says("Nothing was written");
    assert!(!book.has("content/lessons/three.md") && !book.has("content/lessons/four.md"));
}

#[test]
fn a_new_note_takes_a_text_and_says_what_is_left_to_do() {
    let book = Book::small();
    book.write(
        "book.toml",
        CONFIG.replace("stage = { one-of", "stage = { required = true, one-of"),
    );
    let run = book.run(&["new", "lesson", "Ask early"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (Some(0), "content/lessons/ask-early.md\n"),
        "{}",
        run.err
    );
    assert!(run.err.contains("To do: the note has no \"stage\""), "{}", run.err);
    let text = book.read("content/lessons/ask-early.md");
    assert!(
        text.contains("# stage is needed, one of: early, late\n# stage = \"early\"\n"),
        "{text}"
    );
    book.run(&["new", "lesson", "Ask early"]).ends(2).says("is there already");
    book.run(&["new", "lessen", "Other"]).ends(2).says("did you mean lesson?");
    book.run(&["new", "lesson", "?!"]).ends(2).says("no letters or digits");
    book.run(&["new", "lesson", "Index"]).ends(2).says("the page of its folder");
    book.run(&["new", "lesson", "Wrong", "--set", "stage=last"])
        .ends(1)
        .says("Nothing was written");
    assert!(!book.has("content/lessons/wrong.md"));
    book.write("given.txt", "# From a file\n\nThe text.\n");
    let given = book.path("given.txt").to_string_lossy().into_owned();
    let run = book.run(&[
        "new",
        "lesson",
        "From a file",
        "--from",
        &given,
        "--yaml",
        "--set",
        "stage=early",
    ]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(
        book.read("content/lessons/from-a-file.md"),
        "---\ntitle: From a file\ndraft: true\nstage: early\n# It may also have: themes, held, count, closed, names\n---\n\nThe text.\n"
    );
}

/// Tidies a note of the book at `path`.
fn tidied(workspace: &Workspace, path: &str, text: &str) -> TidyOutcome {
    tidy(&source(path, text.as_bytes()), &workspace.site().expect("a book").config)
}

#[track_caller]
fn assert_tidied(text: &str, expected: &str) {
    let workspace = workspace(&[("book.toml", CONFIG)]);
    match tidied(&workspace, "content/lessons/a.md", text) {
        TidyOutcome::Changed(file) => assert_eq!(file.after, expected),
        TidyOutcome::Tidy => assert_eq!(text, expected),
        TidyOutcome::Left => panic!("left: {text}"),
    }
    assert_eq!(tidied(&workspace, "content/lessons/a.md", expected), TidyOutcome::Tidy);
}

#[test]
fn a_note_is_brought_into_one_layout() {
    assert_tidied(
        "+++\r\n\r\n# about the stage\r\nstage=\"late\"   \r\nthemes = [ \"b\",\"a\" ] # why\r\n\r\n\r\ntitle   =   \"A\"\r\n\
         [[sources]]\r\ntitle = \"x\"\r\n+++\r\nText  \r\nmore \r\n\r\n    code  \r\n\r\nend  ",
        "+++\ntitle = \"A\"\nthemes = [\"b\", \"a\"] # why\n\n# about the stage\nstage = \"late\"\n\n[[sources]]\n\
         title = \"x\"\n+++\nText  \nmore\n\n    code  \n\nend\n",
    );
    assert_tidied(
        "---\nstage:   late\ntitle: A\nthemes:\n    - a\n    - b # two\n---\n",
        "---\ntitle: A\nthemes:\n    - a\n    - b # two\nstage: late\n---\n",
    );
    assert_tidied("# A\n\n```\nx  \n```\n", "# A\n\n```\nx  \n```\n");
    assert_tidied("# A\n\nText\n\n\n", "# A\n\nText\n");
}

#[test]
fn formatting_changes_no_page_of_this_book() {
    let mut workspace = own_book();
    let site = workspace.site().cloned().expect("a book");
    let before = workspace.plan().fingerprints();
    let notes: Vec<Source> = workspace
        .sources()
        .iter()
        .filter(|source| SourceRole::of(&source.path) == SourceRole::Note)
        .cloned()
        .collect();
    let mut edits = Vec::new();
    for source in &notes {
        // Layouts that differ in everything that may differ.
        let text = source.text().expect("text").replace('\n', " \r\n").replace(" = [", "   =[ ");
        let worse = Source::new(source.path.clone(), text.into_bytes());
        for source in [source, &worse] {
            match tidy(source, &site.config) {
                TidyOutcome::Changed(file) => {
                    let after = Source::new(file.path, file.after.into_bytes());
                    assert_eq!(tidy(&after, &site.config), TidyOutcome::Tidy, "{}", after.path);
                    if source.path == worse.path && source.text() != worse.text() {
                        edits.push(SourceEdit::Put(after));
                    }
                }
                TidyOutcome::Tidy => {}
                TidyOutcome::Left => assert_ne!(
                    source.text(),
                    notes.iter().find(|note| note.path == source.path).and_then(Source::text),
                    "{}",
                    source.path
                ),
            }
        }
    }
    let _ = workspace.update(edits);
    assert_eq!(workspace.plan().fingerprints(), before);
}

#[test]
fn formatting_the_specification_of_markdown_twice_is_as_once() {
    let spec = include_str!("../commonmark/spec.txt");
    let workspace = workspace(&[("book.toml", CONFIG)]);
    let mut counts = [0, 0, 0];
    let examples = spec.split("````````````````````````````````").skip(1).step_by(2);
    for example in examples {
        let markdown = example.split_once('\n').map_or("", |(_, rest)| rest);
        let markdown = markdown.split("\n.\n").next().unwrap_or_default().replace('→', "\t");
        let text = format!("---\ntitle: A\n---\n{markdown}\n").replace('\n', "\r\n");
        match tidied(&workspace, "content/lessons/a.md", &text) {
            TidyOutcome::Tidy => counts[0] += 1,
            TidyOutcome::Left => counts[1] += 1,
            TidyOutcome::Changed(file) => {
                counts[2] += 1;
                let again = tidied(&workspace, "content/lessons/a.md", &file.after);
                assert_eq!(again, TidyOutcome::Tidy, "{text}\n{}", file.after);
            }
        }
    }
    assert!(counts[2] > 600 && counts[1] < 40, "tidy, left, changed: {counts:?}");
}

#[test]
fn fmt_says_what_it_changes_and_changes_it_once() {
    let book = Book::small();
    book.write("content/lessons/first.md", "+++\ntitle=\"First\"\n+++\nText  \n");
    let run = book.run(&["fmt", "--check"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (Some(1), "content/lessons/first.md\n"),
        "{}",
        run.err
    );
    book.run(&["fmt"]).ends(0).says("1 file of 3 notes changed");
    assert_eq!(book.read("content/lessons/first.md"), "+++\ntitle = \"First\"\n+++\nText\n");
    book.run(&["fmt", "--check"]).ends(0).says("0 files of 3 notes would change");
}
