//! The configuration of a small book.

use std::collections::BTreeMap;

use super::random::Random;

/// The content of `book.toml`.
#[derive(Clone)]
pub(crate) struct Book {
    /// The settings at the top, each with its value as TOML.
    pub(crate) keys: BTreeMap<&'static str, String>,
    pub(crate) kinds: Vec<Kind>,
    /// The number of comment lines at the beginning, which move everything else.
    pub(crate) comments: usize,
    /// Something that makes it invalid.
    pub(crate) wrong: &'static str,
}

#[derive(Clone)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) keys: BTreeMap<&'static str, String>,
    pub(crate) fields: BTreeMap<&'static str, String>,
}

/// The kinds with their folders.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("theme", "themes"),
    ("lesson", "lessons"),
    ("guide", "guides"),
    ("country", "countries"),
    ("page", ""),
];

/// The fields that a kind may have.
pub(crate) const FIELDS: &[(&str, &str, &str)] = &[
    ("theme", "weight", "{ number = true }"),
    ("theme", "urgent", "{ flag = true }"),
    ("theme", "site", "{ url = true }"),
    ("theme", "basis", "{ one-of = [\"seen\", \"told\"], undefined = [\"told\"] }"),
    ("theme", "near", "{ to = \"theme\", many = true, inverse = \"Near\" }"),
    ("lesson", "themes", "{ to = \"theme\", many = true, required = true, inverse = \"Filed\" }"),
    ("lesson", "countries", "{ to = \"country\", many = true, open = true }"),
    ("lesson", "follows", "{ to = [\"lesson\", \"guide\"], inverse = \"Followed by\" }"),
    ("lesson", "basis", "{ one-of = [\"seen\", \"told\"] }"),
    ("lesson", "says", "{ text = true }"),
    ("lesson", "when", "{ date = true }"),
    ("guide", "written-for", "{ to = \"country\", many = true, open = true }"),
    ("page", "about", "{ to = \"theme\" }"),
];

/// Features of kinds: the kind, a key and its value.
const GAINED: &[(&str, &str, &str)] = &[
    ("theme", "axis", "true"),
    ("theme", "map", "true"),
    ("theme", "glossary", "\"weight\""),
    ("lesson", "register", "[\"themes\", \"basis\", \"sources\", \"date\"]"),
    ("lesson", "cite", "true"),
    ("lesson", "timeline", "true"),
    ("guide", "about", "\"https://schema.org/Article\""),
    ("country", "by", "\"theme\""),
];

impl Book {
    pub(crate) fn generate(random: &mut Random) -> Self {
        let keys = [("title", "\"The book\""), ("languages", "[\"fr\"]"), ("theme", "\"default\"")];
        let mut keys: BTreeMap<_, _> = keys.map(|(key, value)| (key, value.to_owned())).into();
        keys.insert("paginate", random.pick(&["1", "2", "3", "50"]).to_owned());
        if random.chance(60) {
            keys.insert("base-url", "\"https://example.org/b/\"".to_owned());
        }
        let mut kinds: Vec<Kind> =
            KINDS.iter().map(|(name, folder)| Kind::new(name, folder)).collect();
        if random.chance(60) {
            let indexes = "[\"a-z\", \"changes\", \"state\", \"translations\", \"notes\"]";
            keys.insert("indexes", indexes.to_owned());
            keys.insert("related", "2".to_owned());
            for (kind, key, value) in GAINED {
                let kind = kinds.iter_mut().find(|other| other.name == *kind);
                kind.expect("a kind").keys.insert(key, (*value).to_owned());
            }
        }
        Self { keys, kinds, comments: 0, wrong: "" }
    }

    pub(crate) fn text(&self) -> String {
        let mut text = "# A comment.\n".repeat(self.comments);
        let line = |(key, value): (&&str, &String)| format!("{key} = {value}\n");
        text.extend(self.keys.iter().map(line));
        for kind in &self.kinds {
            text.push_str(&format!("\n[kinds.{}]\n", kind.name));
            text.extend(kind.keys.iter().map(line));
            text.push_str(&format!("\n[kinds.{}.fields]\n", kind.name));
            text.extend(kind.fields.iter().map(line));
        }
        text + self.wrong
    }

    /// Returns the fields of the note at `path`.
    pub(crate) fn fields_of(&self, path: &str) -> BTreeMap<&'static str, String> {
        let at =
            |kind: &&Kind| path.starts_with(&format!("{}/", kind.folder())) && kind.name != "page";
        let is_kind_page = |kind: &Kind| {
            ["index", "README"]
                .iter()
                .any(|name| path.starts_with(&format!("{}/{name}.", kind.folder())))
        };
        let kind = self.kinds.iter().find(at).filter(|kind| !is_kind_page(kind));
        let kind = kind.or_else(|| self.kinds.iter().find(|kind| kind.name == "page"));
        kind.map_or_else(BTreeMap::new, |kind| kind.fields.clone())
    }

    /// Returns whether a key of front matter is a field of some kind.
    pub(crate) fn is_field(key: &str) -> bool {
        FIELDS.iter().any(|field| field.1 == key)
    }
}

impl Kind {
    pub(crate) fn new(name: &'static str, folder: &str) -> Self {
        let fields = FIELDS.iter().filter(|field| field.0 == name);
        let fields = fields.map(|(_, name, spec)| (*name, (*spec).to_owned())).collect();
        let mut keys = BTreeMap::new();
        if name != "page" {
            keys.insert("folder", format!("\"{folder}\""));
        }
        if name == "theme" {
            for flag in ["feed", "in-full"] {
                keys.insert(flag, "true".to_owned());
            }
            keys.insert("order", "\"order\"".to_owned());
            keys.insert("colours", "2".to_owned());
        }
        if name == "guide" {
            keys.insert("numbered", "true".to_owned());
        }
        Self { name, keys, fields }
    }

    pub(crate) fn folder(&self) -> &str {
        self.keys.get("folder").map_or("", |folder| folder.trim_matches('"'))
    }
}
