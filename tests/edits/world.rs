//! Small books with few words and names, so that names often collide.

use std::collections::BTreeMap;

use super::book::Book;
use super::random::Random;
use super::text;

/// The files of a book: path to content.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The most notes of a book.
pub(crate) const MOST: usize = 12;

pub(crate) const FOLDERS: &[&str] =
    &["themes/", "themes/", "lessons/", "lessons/", "lessons/deep/", "guides/", "countries/", ""];
pub(crate) const STEMS: &[&str] = &["alpha", "beta", "gamma", "delta", "laos"];
/// Stems that collide with generated pages, or have a meaning of their own.
pub(crate) const ODD_STEMS: &[&str] =
    &["index", "index", "README", "page-2", "404", "Alpha", "lesson-themes", "café"];
pub(crate) const TITLES: &[&str] =
    &["Alpha", "Beta", "Gamma", "Delta", "Deep water", "École", "المياه", "Laos", "<Alpha> & co"];
pub(crate) const ALIASES: &[&str] = &[
    "Alpha",
    "Beta",
    "Water",
    "Schools and roads",
    "Old name",
    "Eau",
    "old/alpha/",
    "themes/beta",
    "old/gone.html",
    "lessons/page-2.html",
    "fr/alpha",
];
pub(crate) const COUNTRIES: &[&str] = &["Laos", "laos", "Chad", "Tchad", "alpha", "Alpha"];
pub(crate) const DATES: &[&str] = &["2024-06-24", "2025-01-01", "\"2025-01\"", "\"2023\""];

/// A book, as the content of its files.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) book: Book,
    /// The notes by path below `content/`.
    pub(crate) notes: BTreeMap<String, Note>,
    /// All other files.
    pub(crate) files: Files,
    /// Removed notes, which may be restored.
    pub(crate) graves: Vec<(String, Note)>,
    /// The number of marks so far, so that each mark is new.
    pub(crate) marks: usize,
}

/// A note, as the content of its file.
#[derive(Clone, Default)]
pub(crate) struct Note {
    /// The front matter: each key with its value as TOML.
    pub(crate) keys: BTreeMap<&'static str, String>,
    /// The paragraphs, headings and other blocks.
    pub(crate) blocks: Vec<String>,
    /// A fault of the whole file.
    pub(crate) harm: Option<Harm>,
}

/// A fault of the file of a note.
#[derive(Clone, Copy)]
pub(crate) enum Harm {
    Toml,
    Unclosed,
    NoFrontMatter,
    NotText,
    Empty,
}

/// Returns `text` as a TOML string.
pub(crate) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// Splits a path into its folder, with the slash, and the rest.
pub(crate) fn split(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |slash| slash + 1))
}

/// Returns the identity of a note at `path`: the path without ending and language; an index is its
/// folder.
pub(crate) fn identity(path: &str) -> &str {
    let stem = path.trim_end_matches(".md").trim_end_matches(".fr").trim_end_matches(".ar");
    let (folder, name) = split(stem);
    if matches!(name, "index" | "README") { folder.trim_end_matches('/') } else { stem }
}

impl Note {
    fn text(&self) -> Vec<u8> {
        let keys: String =
            self.keys.iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
        let blocks = self.blocks.join("\n\n");
        let text = match self.harm {
            Some(Harm::Empty) => String::new(),
            Some(Harm::NoFrontMatter) => blocks,
            Some(Harm::Unclosed) => format!("+++\n{keys}\n{blocks}\n"),
            Some(Harm::Toml) => format!("+++\n{keys}date = = [\n+++\n\n{blocks}\n"),
            Some(Harm::NotText) | None => format!("+++\n{keys}+++\n\n{blocks}\n"),
        };
        let mut bytes = text.into_bytes();
        if matches!(self.harm, Some(Harm::NotText)) {
            bytes.insert(bytes.len() / 2, 0xff);
        }
        bytes
    }

    pub(crate) fn title(&self) -> String {
        self.keys.get("title").map_or_else(String::new, |title| title.trim_matches('"').to_owned())
    }

    /// Returns the items of a list of strings.
    pub(crate) fn list(&self, key: &str) -> Vec<String> {
        let list = self.keys.get(key).map_or("", String::as_str).trim_matches(['[', ']']);
        let items = list.split(", ").map(|item| item.trim_matches('"').to_owned());
        items.filter(|item| !item.is_empty()).collect()
    }

    pub(crate) fn set_list(&mut self, key: &'static str, items: &[String]) {
        let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
        self.keys.insert(key, format!("[{}]", items.join(", ")));
    }

    /// Returns the names that links may use for parts of the note: headings and blocks.
    pub(crate) fn parts(&self) -> Vec<String> {
        let part = |block: &String| match block.strip_prefix('#') {
            Some(heading) => {
                let text = heading.trim_start_matches('#').trim();
                Some(text.split(" {").next().unwrap_or(text).to_owned())
            }
            None => block.rsplit_once(" ^").map(|(_, id)| format!("^{id}")),
        };
        self.blocks.iter().filter_map(part).collect()
    }
}

impl World {
    /// Creates a book of some notes.
    pub(crate) fn generate(random: &mut Random) -> Self {
        let mut world = Self {
            book: Book::generate(random),
            notes: BTreeMap::new(),
            files: Files::new(),
            graves: Vec::new(),
            marks: 0,
        };
        world.files.insert("content/lessons/map.png".to_owned(), b"map".to_vec());
        world.files.insert("static/plan.pdf".to_owned(), b"plan".to_vec());
        if random.chance(60) {
            let words = b"callout-note = \"Remarque\"\nnext = \"Suivant\"\n".to_vec();
            world.files.insert("themes/default/i18n/fr.toml".to_owned(), words);
        }
        let fixed = ["themes/alpha.md", "themes/beta.md", "lessons/gamma.md", "index.md"];
        for path in fixed {
            world.add(path.to_owned(), random);
        }
        for _ in 0..random.below(6) {
            let path = world.new_path(random);
            world.add(path, random);
        }
        world
    }

    /// Returns a path that no note has.
    pub(crate) fn new_path(&self, random: &mut Random) -> String {
        loop {
            let stem = if random.chance(75) { random.pick(STEMS) } else { random.pick(ODD_STEMS) };
            let language = random.pick(&["", "", "", "", "", "", ".fr", ".fr", ".ar"]);
            let path = format!("{}{stem}{language}.md", random.pick(FOLDERS));
            if !self.notes.contains_key(&path) {
                return path;
            }
        }
    }

    /// Adds a note at `path`.
    pub(crate) fn add(&mut self, path: String, random: &mut Random) {
        let mut note = Note::default();
        note.keys.insert("title", quoted(&self.new_title(random)));
        if random.chance(30) {
            note.keys.insert("date", random.pick(DATES).to_owned());
        }
        if random.chance(30) {
            note.set_list("aliases", &[random.pick(ALIASES).to_owned()]);
        }
        self.notes.insert(path.clone(), note);
        self.refit(&path, random);
        let blocks = (0..1 + random.below(4)).map(|_| text::block(self, &path, random)).collect();
        self.notes.entry(path).or_default().blocks = blocks;
    }

    /// Returns a title; rarely one that a note has.
    pub(crate) fn new_title(&self, random: &mut Random) -> String {
        let title = random.pick(TITLES).to_owned();
        let taken = self.notes.values().any(|note| note.title() == title);
        if taken && random.chance(80) { format!("{title} {}", random.below(99)) } else { title }
    }

    /// Gives the note at `path` exactly the fields of its kind.
    pub(crate) fn refit(&mut self, path: &str, random: &mut Random) {
        let fields = self.book.fields_of(path);
        let wanted = |name: &str, spec: &str, random: &mut Random| {
            spec.contains("required") || (name != "themes" && random.chance(40))
        };
        let mut values = BTreeMap::new();
        for (name, spec) in &fields {
            if wanted(name, spec, random) {
                values.insert(*name, text::value(self, name, random));
            }
        }
        let Some(note) = self.notes.get_mut(path) else { return };
        note.keys.retain(|key, _| !Book::is_field(key) || fields.contains_key(key));
        for (name, value) in values {
            note.keys.entry(name).or_insert(value);
        }
    }

    /// Returns the files of the book.
    pub(crate) fn render(&self) -> Files {
        let mut files = self.files.clone();
        files.insert("book.toml".to_owned(), self.book.text().into_bytes());
        let notes = self.notes.iter();
        files.extend(notes.map(|(path, note)| (format!("content/{path}"), note.text())));
        files
    }

    /// Returns the path of a random note.
    pub(crate) fn some(&self, random: &mut Random) -> Option<String> {
        random.any(self.notes.keys().cloned())
    }

    /// Restores the file at `path` to its state in `good`.
    pub(crate) fn restore(&mut self, path: &str, good: &World) {
        if path == "book.toml" {
            self.book = good.book.clone();
        } else if let Some(note) =
            path.strip_prefix("content/").filter(|path| path.ends_with(".md"))
        {
            match good.notes.get(note) {
                Some(before) => self.notes.insert(note.to_owned(), before.clone()),
                None => self.notes.remove(note),
            };
        } else {
            match good.files.get(path) {
                Some(before) => self.files.insert(path.to_owned(), before.clone()),
                None => self.files.remove(path),
            };
        }
    }

    /// Returns a mark that nothing has yet.
    pub(crate) fn mark(&mut self) -> usize {
        self.marks += 1;
        self.marks
    }
}
