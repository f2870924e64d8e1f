//! No edit costs more than necessary: exactly the outputs that each edit changes.

use std::collections::BTreeSet;

use fieldbook::path::SourcePath;
use fieldbook::render::builtin_files;
use fieldbook::source::{FileContent, Source, SourceEdit};
use fieldbook::workspace::{Recipe, Workspace};

use super::support::{open, options, source, sources};

const BOOK: &[(&str, &str)] = &[
    (
        "book.toml",
        "title = \"Book\"\nbase-url = \"https://example.org/\"\nlanguages = [\"fr\"]\n\
         [kinds.theme]\nfolder = \"themes\"\nfeed = true\n[kinds.lesson]\nfolder = \"lessons\"\n\
         [kinds.lesson.fields]\nthemes = { to = \"theme\", many = true }\n\
         places = { to = \"place\", many = true, open = true }\n[kinds.place]\nfolder = \"places\"\n\
         [kinds.term]\nfolder = \"terms\"\nglossary = \"means\"\nfields.means = { text = true }\n",
    ),
    ("content/terms/well.md", "+++\ntitle = \"Well\"\nmeans = \"A deep hole.\"\n+++\n\nFirst.\n"),
    ("content/about.md", "+++\ntitle = \"About\"\n+++\n\nA well.\n\nThe end.\n"),
    (
        "content/themes/water.md",
        "+++\ntitle = \"Water\"\ndate = 2024-01-01\n+++\n\nFirst.\n\nSecond.\n",
    ),
    ("content/lessons/a.md", "+++\ntitle = \"A\"\n+++\n\nFirst.\n\nSecond.\n"),
    (
        "content/lessons/b.md",
        "+++\ntitle = \"B\"\nthemes = [\"water\"]\n+++\n\nFirst.\n\nNow [[/lessons/d]] then.\n\n\
         ![A map](map.png)\n",
    ),
    ("content/lessons/c.md", "+++\ntitle = \"C\"\n+++\n\nFirst.\n\n![[/lessons/d]]\n"),
    (
        "content/lessons/d.md",
        "+++\ntitle = \"D\"\nthemes = [\"water\"]\nplaces = [\"Laos\"]\n+++\n\nFirst.\n\nSecond.\n\n\
         ## Part\n\n> [!note]\n> Third.\n",
    ),
    ("content/lessons/e.md", "+++\ntitle = \"E\"\n+++\n\nFirst.\n\n![[/lessons/c]]\n"),
    ("content/lessons/map.png", "a map"),
    ("static/plan.pdf", "a plan"),
    ("themes/default/i18n/fr.toml", "next = \"Suivant\"\n"),
];

/// An edit of the book: in a file, the first text is replaced by the second. An empty first text
/// creates the file; an empty second one deletes it.
type Replace = (&'static str, &'static str, &'static str);

/// A name for every output made from a view; `!` before an output excludes it, or before a folder what is in it.
const ALL: &str = "*";

/// A name for every output in the further language that is made from a view.
const FRENCH: &str = "fr/*";

/// The edits, with the outputs that change.
const TABLE: &[(&str, &[Replace], &[&str])] = &[
    ("text", &[("content/lessons/a.md", "Second", "Other")], &["lessons/a.html"]),
    (
        "the first words, which describe the page",
        &[("content/lessons/a.md", "First", "Other")],
        &["lessons/a.html"],
    ),
    (
        "text that is embedded, in the embedded too",
        &[("content/lessons/d.md", "Third", "Other")],
        &["lessons/c.html", "lessons/d.html", "lessons/e.html"],
    ),
    (
        "a sentence with a link",
        &[("content/lessons/b.md", "then", "later")],
        &["lessons/b.html", "lessons/d.html"],
    ),
    (
        "the definition of a term, where it is mentioned",
        &[("content/terms/well.md", "deep", "dry")],
        &["about.html", "terms/well.html"],
    ),
    (
        "a mention of a term, which its page lists",
        &[("content/lessons/a.md", "Second", "A well")],
        &["lessons/a.html", "terms/well.html"],
    ),
    (
        "a mention gone",
        &[("content/about.md", "A well", "Nothing")],
        &["about.html", "terms/well.html"],
    ),
    (
        "a mention that stays, with other words before it",
        &[("content/about.md", "A well", "A good well")],
        &["about.html"],
    ),
    (
        "a link added",
        &[("content/lessons/a.md", "Second.", "Second [[/lessons/b]].")],
        &["lessons/a.html", "lessons/b.html"],
    ),
    (
        "a link gone",
        &[("content/lessons/b.md", "[[/lessons/d]]", "nothing")],
        &["lessons/b.html", "lessons/d.html"],
    ),
    (
        "a title",
        &[("content/lessons/a.md", "\"A\"", "\"Aa\"")],
        &["index.html", "lessons/a.html", "lessons/b.html", "lessons/index.html"],
    ),
    (
        "the title of a note that is linked and embedded",
        &[("content/lessons/d.md", "\"D\"", "\"Dd\"")],
        &[
            "index.html",
            "lessons/b.html",
            "lessons/c.html",
            "lessons/d.html",
            "lessons/e.html",
            "lessons/index.html",
            "places/laos.html",
            "themes/water.html",
        ],
    ),
    (
        "a summary",
        &[("content/lessons/d.md", "places", "summary = \"Short.\"\nplaces")],
        &[
            "index.html",
            "lessons/c.html",
            "lessons/d.html",
            "lessons/e.html",
            "lessons/index.html",
            "places/laos.html",
            "themes/water.html",
        ],
    ),
    (
        "the title of a theme",
        &[("content/themes/water.md", "\"Water\"", "\"Rivers\"")],
        &[
            "index.html",
            "lessons/b.html",
            "lessons/d.html",
            "feed.xml",
            "themes/feed.xml",
            "themes/index.html",
            "themes/water.html",
            "themes/water.xml",
        ],
    ),
    (
        "a heading",
        &[("content/lessons/d.md", "## Part", "## Place")],
        &["lessons/c.html", "lessons/d.html", "lessons/e.html"],
    ),
    ("another name", &[("content/lessons/a.md", "+++\n\n", "aliases = [\"Eh\"]\n+++\n\n")], &[]),
    (
        "a former address",
        &[("content/lessons/a.md", "+++\n\n", "aliases = [\"old/a\"]\n+++\n\n")],
        &["old/a.html"],
    ),
    (
        "a reference gone",
        &[("content/lessons/d.md", "themes = [\"water\"]\n", "\n")],
        &["lessons/d.html", "themes/water.html"],
    ),
    (
        "the last name in an open field gone",
        &[("content/lessons/d.md", "[\"Laos\"]", "[]")],
        &["index.html", "lessons/d.html", "places/index.html", "places/laos.html"],
    ),
    (
        "a note added",
        &[("content/lessons/f.md", "", "+++\ntitle = \"F\"\n+++\n")],
        &["index.html", "lessons/e.html", "lessons/f.html", "lessons/index.html", "sitemap.xml"],
    ),
    (
        "a note gone",
        &[("content/lessons/a.md", "+", "")],
        &["index.html", "lessons/a.html", "lessons/b.html", "lessons/index.html", "sitemap.xml"],
    ),
    (
        "a note that is a draft now",
        &[("content/lessons/a.md", "+++\n\n", "status = \"draft\"\n+++\n\n")],
        &["index.html", "lessons/a.html", "lessons/b.html", "lessons/index.html", "sitemap.xml"],
    ),
    (
        "a note renamed",
        &[
            ("content/lessons/a.md", "+", ""),
            ("content/lessons/a2.md", "", "+++\ntitle = \"A\"\n+++\n\nFirst.\n\nSecond.\n"),
        ],
        &[
            "index.html",
            "lessons/a.html",
            "lessons/a2.html",
            "lessons/b.html",
            "lessons/index.html",
            "sitemap.xml",
        ],
    ),
    (
        "a note withdrawn",
        &[("content/lessons/e.md", "+++\n\n", "status = \"withdrawn\"\n+++\n\n")],
        &[
            "index.html",
            "lessons/c.html",
            "lessons/d.html",
            "lessons/e.html",
            "lessons/index.html",
            "sitemap.xml",
        ],
    ),
    (
        "a translation",
        &[(
            "content/lessons/a.fr.md",
            "",
            "+++\ntitle = \"A\"\ndate = 2024-01-03\n+++\n\nTexte.\n",
        )],
        // The next of the lessons names this one. Its date is that of the original, which has none.
        &[
            "fr/index.html",
            "fr/lessons/a.html",
            "fr/lessons/b.html",
            "fr/lessons/index.html",
            "lessons/a.html",
            "sitemap.xml",
        ],
    ),
    ("a picture", &[("content/lessons/map.png", "a map", "another")], &["lessons/map.png"]),
    ("a file added", &[("static/new.txt", "", "new")], &["new.txt"]),
    ("a file gone", &[("static/plan.pdf", "a plan", "")], &["plan.pdf"]),
    ("a file over a page that is made", &[("static/robots.txt", "", "mine")], &["robots.txt"]),
    (
        "a word of the interface",
        &[("themes/default/i18n/en.toml", "next = \"Next\"", "next = \"Onward\"")],
        &[ALL, "!sitemap.xml", "!fr/"],
    ),
    (
        "a word of another language",
        &[("themes/default/i18n/fr.toml", "Suivant", "Prochain")],
        &[FRENCH],
    ),
    (
        "a template",
        &[("themes/default/templates/note.html", "", "{{ note.title }}{{ content | safe }}")],
        &[ALL],
    ),
    ("a file of the theme", &[("themes/default/static/new.js", "", "new")], &["new.js"]),
    ("a file of another theme", &[("themes/other/templates/note.html", "", "new")], &[]),
    ("the title of the book", &[("book.toml", "\"Book\"", "\"The book\"")], &[ALL, "!sitemap.xml"]),
    (
        "a comment in the configuration",
        &[("book.toml", "title = \"Book\"", "# New.\ntitle = \"Book\"")],
        &[],
    ),
    (
        "the size of lists",
        &[("book.toml", "base-url", "paginate = 4\nbase-url")],
        &["lessons/index.html", "lessons/page-2.html"],
    ),
    (
        "the order of a kind",
        &[("book.toml", "folder = \"lessons\"", "folder = \"lessons\"\norder = \"-date\"")],
        &[],
    ),
    (
        "numbered paragraphs",
        &[("book.toml", "folder = \"lessons\"", "folder = \"lessons\"\nnumbered = true")],
        &["lessons/a.html", "lessons/b.html", "lessons/c.html", "lessons/d.html", "lessons/e.html"],
    ),
    (
        "what a kind is called",
        &[("book.toml", "folder = \"lessons\"", "folder = \"lessons\"\nplural = \"Learned\"")],
        &[ALL, "!sitemap.xml"],
    ),
    (
        "no feed",
        &[("book.toml", "feed = true", "feed = false")],
        &["themes/feed.xml", "themes/index.html", "themes/water.html", "themes/water.xml"],
    ),
    ("the same text again", &[("content/lessons/a.md", "Second", "Second")], &[]),
];

#[test]
fn an_edit_changes_no_more_than_it_must() {
    let mut wrong = Vec::new();
    for (what, replaces, expected) in TABLE {
        let (mut workspace, site) = open(sources(BOOK), options());
        assert!(site.is_some(), "{:?}", workspace.diagnostics());
        let before = rendered(&workspace);
        let edits = replaces.iter().map(edit).collect();
        let Ok(changes) = workspace.apply(edits) else {
            panic!("{what}: {:?}", workspace.diagnostics());
        };
        // Changes of the index are tested with search.
        let found = changes.iter().map(|change| change.path().to_string());
        let found: BTreeSet<String> = found.filter(|path| !path.starts_with("search/")).collect();
        let there: BTreeSet<String> = before.iter().cloned().chain(rendered(&workspace)).collect();
        let mut expected: BTreeSet<String> = match expected {
            [ALL, excepted @ ..] => before
                .into_iter()
                .filter(|path| !excepted.contains(&&*format!("!{path}")))
                .filter(|path| !(excepted.contains(&"!fr/") && path.starts_with("fr/")))
                .collect(),
            [FRENCH] => before.into_iter().filter(|path| path.starts_with("fr/")).collect(),
            paths => paths.iter().map(|path| (*path).to_owned()).collect(),
        };
        // What is not translated changes in both languages, unless the edit is one of words.
        if !replaces.iter().any(|(path, ..)| path.contains("/i18n/")) {
            let in_french: Vec<String> = expected.iter().map(|path| format!("fr/{path}")).collect();
            expected.extend(in_french.into_iter().filter(|path| there.contains(path)));
        }
        if found != expected {
            let more: Vec<_> = found.difference(&expected).collect();
            let less: Vec<_> = expected.difference(&found).collect();
            wrong.push(format!("{what}: changed besides {more:?}, not changed {less:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Returns the outputs that are made from a view.
fn rendered(workspace: &Workspace) -> BTreeSet<String> {
    let outputs = workspace.plan().outputs.iter();
    let rendered = outputs.filter(|(_, output)| matches!(output.made, Recipe::Rendered(_)));
    rendered.map(|(path, _)| path.to_string()).collect()
}

fn edit((path, from, to): &Replace) -> SourceEdit {
    match (*from, *to) {
        ("", text) => SourceEdit::Put(source(path, text.as_bytes())),
        (_, "") => SourceEdit::Remove(SourcePath::new(*path)),
        (from, to) => {
            let is_file = |file: &&Source| file.path.as_str() == *path;
            let files: Vec<Source> =
                builtin_files().into_iter().chain(sources(BOOK).into_files()).collect();
            let before = files.iter().find(is_file).map_or(&[][..], bytes);
            let before = String::from_utf8_lossy(before);
            assert!(before.contains(from), "{path} does not hold {from}");
            SourceEdit::Put(source(path, before.replacen(from, to, 1).as_bytes()))
        }
    }
}

fn bytes(source: &Source) -> &[u8] {
    match &source.content {
        FileContent::Text(text) => text.as_bytes(),
        FileContent::Bytes(bytes) => bytes,
        FileContent::Refused(_) => &[],
    }
}
