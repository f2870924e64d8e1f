//! The reference of what templates see, made from the doc comments of the views.
//!
//! `UPDATE=1 cargo test --test template_variables` writes the page anew; without it, the test fails where page and
//! views differ.
#![allow(clippy::disallowed_methods, reason = "the test reads the source code and writes a page")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The files and folders that declare views and the data in them.
const SOURCES: &[&str] = &[
    "src/view",
    "src/site.rs",
    "src/site/theme.rs",
    "src/note.rs",
    "src/note/card.rs",
    "src/note/target.rs",
];

/// The page that is made.
const PAGE: &str = "src/manual/content/reference/template-variables.md";

/// The views that have a template, with the templates that show them.
const VIEWS: &[(&str, &str, &str)] = &[
    ("NoteView", "The page of a note", "`note.html`, `kind.html`, `home.html`"),
    ("ListView", "A further page of a list", "`list.html`"),
    ("RegisterView", "A further page of a register", "`register.html`"),
    ("InFullView", "A note with all that points at it", "`in-full.html`"),
    ("LettersPageView", "The names of all notes, by letter", "`letters.html`"),
    ("CoveragePageView", "The notes under each theme, counted", "`coverage.html`"),
    ("TimelinePageView", "The notes with a date, by year", "`timeline.html`"),
    ("ChangesPageView", "The changes of notes, by month", "`changes.html`"),
    ("StatePageView", "The notes that need care", "`state.html`"),
    ("EditorsPageView", "What notes say to editors", "`editors.html`"),
    ("TranslationsPageView", "The notes with their state in each language", "`translations.html`"),
    ("BookListView", "A part of an index on a page of its own", "`indexlist.html`"),
    ("SearchView", "The search", "`search.html`"),
    ("NotFoundView", "The page for addresses that lead nowhere", "`404.html`"),
    ("RedirectView", "The page at a former address", "`redirect.html`"),
    ("FeedView", "A feed", "`feed.xml`"),
    ("SitemapView", "The list of all pages", "`sitemap.xml`"),
    ("RobotsView", "What search engines may read", "`robots.txt`"),
];

/// Types without fields of their own, each with its name for authors of templates.
const PLAIN: &[(&str, &str)] = &[
    ("String", "text"),
    ("str", "text"),
    ("bool", "true or false"),
    ("u8", "number"),
    ("u32", "number"),
    ("u64", "number"),
    ("usize", "number"),
    ("u16", "number"),
    ("i16", "number"),
    ("Date", "date, such as `2024-06-24`, `2024-06` or `2024`"),
    ("DateView", "text"),
    ("OutputPath", "address in the site"),
    ("Language", "code of a language, such as `fr`"),
    ("Direction", "`ltr` or `rtl`"),
    ("ColumnRoom", "`any`, `table` or `fold`"),
    ("Status", "`draft`, `under-review`, `published`, `endorsed` or `withdrawn`"),
    ("HomePlace", "`above`, `beside` or `below`"),
    ("BodyContent", "HTML"),
    ("QuoteView", "HTML"),
    ("JsonLd", "JSON-LD, to be shown with the filter `safe`"),
    ("Strings", "words of the interface, by key: `page.site.words[\"show-all\"]`"),
];

/// A struct of the source code.
#[derive(Default)]
struct Struct {
    says: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    says: String,
    /// The type, without lifetimes and references.
    of: String,
    is_flat: bool,
}

#[test]
fn the_reference_of_template_variables_is_true() {
    let structs = structs();
    let page = page(&structs);
    let file = root().join(PAGE);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(&file, &page).expect("a page");
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(written, page, "{PAGE} differs from the views; UPDATE=1 writes it anew");
}

#[test]
fn every_template_of_a_view_is_in_the_reference() {
    let mut files = Vec::new();
    gather(&root().join("src/view"), &mut files);
    let texts = files.iter().map(|file| std::fs::read_to_string(file).expect("a source file"));
    let mut used = BTreeSet::new();
    for text in texts {
        // A view names its template where it is made, or where a page chooses one of several.
        let names = text.split('"').skip(1).step_by(2);
        let is_template =
            |name: &&str| root().join("themes/default/templates").join(name).is_file();
        used.extend(names.filter(is_template).map(str::to_owned));
    }
    let listed: BTreeSet<String> = VIEWS
        .iter()
        .flat_map(|(.., templates)| templates.split('`').skip(1).step_by(2))
        .map(str::to_owned)
        .collect();
    assert_eq!(used, listed, "templates that views name, and those in VIEWS");
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every struct that templates may see, by name.
fn structs() -> BTreeMap<String, Struct> {
    let mut files: Vec<PathBuf> = vec![root().join("src/view.rs")];
    for source in SOURCES {
        gather(&root().join(source), &mut files);
    }
    let mut found = BTreeMap::new();
    for file in files {
        read(&std::fs::read_to_string(&file).expect("a source file"), &mut found);
    }
    found
}

fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        return files.push(path.to_owned());
    }
    let entries = std::fs::read_dir(path).expect("a folder");
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for entry in
        entries.iter().filter(|path| path.is_dir() || path.extension().is_some_and(|e| e == "rs"))
    {
        gather(entry, files);
    }
}

/// Reads the structs of a file that are handed to templates.
fn read(text: &str, found: &mut BTreeMap<String, Struct>) {
    let (mut says, mut attributes) = (String::new(), String::new());
    let mut open: Option<(String, Struct)> = None;
    for line in text.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("///") {
            let _ = write!(says, "{}{}", if says.is_empty() { "" } else { " " }, words.trim());
        } else if line.starts_with("#[") {
            attributes.push_str(line);
        } else if let Some((name, held)) = &mut open {
            if line == "}" {
                // An enum that holds nothing is text.
                if !held.fields.is_empty() {
                    found.insert(std::mem::take(name), std::mem::take(held));
                }
                open = None;
            } else if let Some((field, of)) =
                field(line).filter(|_| !attributes.contains("serde(skip)"))
            {
                held.fields.push(Field {
                    name: field,
                    says: says.clone(),
                    of: bare(&of),
                    is_flat: attributes.contains("flatten"),
                });
            }
            (says, attributes) = (String::new(), String::new());
        } else {
            let declared =
                line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
            if let Some(rest) = declared.and_then(|l| l.strip_suffix(" {"))
                && attributes.contains("Serialize")
            {
                let name = rest.split('<').next().unwrap_or(rest).to_owned();
                open = Some((name, Struct { says: says.clone(), fields: Vec::new() }));
            }
            (says, attributes) = (String::new(), String::new());
        }
    }
}

/// The name and the type of a field, or of what a variant of an enum holds: only one of the variants is there.
fn field(line: &str) -> Option<(String, String)> {
    if let Some((name, of)) = line.strip_prefix("pub ").and_then(|line| line.split_once(": ")) {
        return Some((name.to_owned(), of.trim_end_matches(',').to_owned()));
    }
    let (name, of) = line.strip_suffix("),")?.split_once('(')?;
    let is_variant =
        name.chars().all(char::is_alphanumeric) && name.starts_with(char::is_uppercase);
    is_variant.then(|| (name.to_lowercase(), format!("Option<{of}>")))
}

/// A type without lifetimes, references and what only the program sees.
fn bare(of: &str) -> String {
    let of = of
        .replace("'a, ", "")
        .replace("'a ", "")
        .replace("<'a>", "")
        .replace("'static ", "")
        .replace('&', "");
    let mut of = of;
    while let Some(at) = of.find("::") {
        let module = of[..at].trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        of.replace_range(module..at + 2, "");
    }
    of
}

/// The type in `name<…>`.
fn inner(of: &str, name: &str) -> Option<String> {
    of.strip_prefix(name)?.strip_prefix('<')?.strip_suffix('>').map(str::to_owned)
}

/// A type in plain words; the structs in it are added to `named`.
fn in_words(of: &str, structs: &BTreeMap<String, Struct>, named: &mut Vec<String>) -> String {
    let mut words = |of: &str| in_words(of, structs, named);
    if let Some(of) = inner(of, "Option") {
        return format!("{}, or nothing", words(&of));
    }
    if let Some(of) =
        inner(of, "Vec").or_else(|| of.strip_prefix('[')?.strip_suffix(']').map(str::to_owned))
    {
        return format!("list of {}", words(&of));
    }
    for name in ["Box", "SharedValue", "HashedValue", "Cow"] {
        if let Some(of) = inner(of, name) {
            return words(&of);
        }
    }
    if let Some(of) = of.strip_prefix("BTreeMap<String, ").and_then(|of| of.strip_suffix('>')) {
        return format!("by name, {}", words(of));
    }
    if let Some(pair) = of.strip_prefix('(').and_then(|of| of.strip_suffix(')')) {
        let parts: Vec<String> = pair.split(", ").map(words).collect();
        return format!("pair: {}", parts.join(" and "));
    }
    if structs.contains_key(of) {
        named.push(of.to_owned());
        return format!("[{of}](#{})", of.to_lowercase());
    }
    let plain = PLAIN.iter().find(|(name, _)| *name == of);
    plain.unwrap_or_else(|| panic!("what is {of} to a template?")).1.to_owned()
}

/// The fields of a struct; those of a part that is taken in stand in its place.
fn fields<'s>(name: &str, structs: &'s BTreeMap<String, Struct>) -> Vec<&'s Field> {
    let own = structs.get(name).unwrap_or_else(|| panic!("there is no struct {name}"));
    let fields = own.fields.iter().map(|field| match field.is_flat {
        true => fields(&field.of, structs),
        false => vec![field],
    });
    fields.flatten().collect()
}

fn table(name: &str, structs: &BTreeMap<String, Struct>, named: &mut Vec<String>) -> String {
    let mut text = String::from("| name | what it holds | meaning |\n|---|---|---|\n");
    for field in fields(name, structs) {
        assert!(!field.says.is_empty(), "{name}::{} is not documented", field.name);
        let of = in_words(&field.of, structs, named);
        let _ = writeln!(text, "| `{}` | {} | {} |", field.name, of, plain(&field.says));
    }
    text
}

/// A doc comment as prose: links to the code are no use to those who write templates.
fn plain(says: &str) -> String {
    says.replace("[`", "`").replace("`]", "`").replace('|', "\\|")
}

fn page(structs: &BTreeMap<String, Struct>) -> String {
    let mut text = String::from(
        "+++\ntitle = \"Template variables\"\nsummary = \"What each template of a theme can show: every variable, what it holds and what it means.\"\norder = 20\n+++\n\n\
         A template shows what is on this page and nothing else. [[change-the-look]] says how to write \
         one. The page is made from the program's own code, so it is true of the version it comes with.\n\n\
         A variable of another variable is written with a point: `page.site.title`. Where a table names a group of variables, \
         such as [NoteCard](#notecard), these are listed under that name. \
         An address in the site begins at its top: write `{{ page.root }}` before it. \
         Test a variable that may be nothing with `if` before you show it.\n\n\
         Five filters are Fieldbook's own. `{{ note.date | date(words=page.site.words) }}` writes a date as readers of the page \
         write it. `<p{{ card.language | lang }}>` adds the attributes `lang` and `dir` where a text is in another language than \
         the page. In a line with others, `{{ item.text | marked(language=item.language) }}` does the same in an element of its \
         own, and keeps letters of the other direction from moving what is beside them; `{{ page.title | isolate }}` does so where \
         no element can stand, such as in a title. `{{ page.site.words[\"register-rows\"] | counted(count=3) }}` has the plural \
         form of a number. `page.site.assets[\"site.css\"]` is the address of a file of `static/assets/`, which has a fingerprint in its \
         name.\n\n## By template\n",
    );
    let mut named = Vec::new();
    for (view, title, templates) in VIEWS {
        let _ =
            write!(text, "\n### {title}\n\n{templates}\n\n{}", table(view, structs, &mut named));
    }
    text.push_str("\n## Groups of variables\n");
    let mut told: BTreeSet<String> = BTreeSet::new();
    let mut groups = BTreeMap::new();
    while let Some(name) = named.pop() {
        if told.insert(name.clone()) {
            let table = table(&name, structs, &mut named);
            groups.insert(name, table);
        }
    }
    for (name, table) in groups {
        let _ = write!(text, "\n### {name}\n\n{}\n\n{table}", plain(&structs[&name].says));
    }
    text
}
