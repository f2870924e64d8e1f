//! The keys of front matter of other programs, and what each becomes.

use super::dates::date;
use super::foreign::{ForeignBook, ForeignNote};
use super::settings::shown;
use crate::config::note_keys;
use crate::table::{UntypedSettings, UntypedValue};

/// The meaning of a key of another program.
#[derive(Clone, Copy, Debug)]
pub(super) enum KeyMeaning {
    /// A text that is set under this key.
    Text(&'static str),
    /// A date that is set under this key.
    Date(&'static str),
    /// True for a draft.
    Draft,
    /// False for a draft.
    Published,
    /// The place in a list.
    Order,
    /// Other names of the note.
    Names,
    /// Addresses that the page had, from the top of the site.
    Addresses,
    /// The same, but those without a slash at the beginning are seen from the folder of the page.
    AddressesBeside,
    /// The language of the note.
    Language,
    /// A part whose keys count as those of the note.
    Lifted,
    /// Nothing that a book has a place for, with the reason.
    Dropped(&'static str),
}

/// A key and its meaning.
pub(super) type ForeignKey = (&'static str, KeyMeaning);

/// The keys that mean the same in most programs.
const COMMON: &[ForeignKey] = &[
    ("title", KeyMeaning::Text("title")),
    ("description", KeyMeaning::Text("summary")),
    ("summary", KeyMeaning::Text("summary")),
    ("date", KeyMeaning::Date("date")),
    ("published", KeyMeaning::Date("published")),
    ("updated", KeyMeaning::Date("updated")),
    ("lastmod", KeyMeaning::Date("updated")),
    ("modified", KeyMeaning::Date("updated")),
    ("draft", KeyMeaning::Draft),
    ("publish", KeyMeaning::Published),
    ("weight", KeyMeaning::Order),
    ("order", KeyMeaning::Order),
    ("aliases", KeyMeaning::Addresses),
    ("permalink", KeyMeaning::Addresses),
    ("language", KeyMeaning::Language),
];

/// Keys of the front matter of a note, and where it stands in the collection.
struct KeyMapper<'a> {
    book: &'a mut ForeignBook,
    note: &'a mut ForeignNote,
    keys: &'a [ForeignKey],
}

/// Sets the front matter of a note from the settings of the other program. `keys` are those that mean something else
/// in it than in most programs.
pub(super) fn set(
    book: &mut ForeignBook,
    note: &mut ForeignNote,
    settings: UntypedSettings,
    keys: &[ForeignKey],
) {
    let mut mapper = KeyMapper { book, note, keys };
    settings.into_iter().for_each(|(key, value)| mapper.take(key, value));
}

impl KeyMapper<'_> {
    fn take(&mut self, key: String, value: UntypedValue) {
        let tables = self.keys.iter().chain(COMMON);
        let lowered = key.to_ascii_lowercase();
        let meaning = tables.into_iter().find(|(name, _)| *name == lowered).map(|key| key.1);
        let is_known = note_keys::names().any(|name| name == key);
        match (meaning, value) {
            (_, UntypedValue::Nothing) => {}
            (_, UntypedValue::List(items)) if items.is_empty() => {}
            (Some(KeyMeaning::Lifted), UntypedValue::Part(inner)) => {
                inner.into_iter().for_each(|(key, value)| self.take(key, value));
            }
            (Some(meaning), value) => {
                if let Err(why) = self.understood(meaning, &value) {
                    self.drop(&key, &value, &why);
                }
            }
            (None, value) if is_known => {
                self.drop(&key, &value, "the key means something else in a book");
            }
            (None, value) => self.keep(key, value),
        }
    }

    fn drop(&mut self, key: &str, value: &UntypedValue, why: &str) {
        let text = format!("dropped the key {key} ({why}): {}", shown(value));
        self.book.remark(&self.note.file, 0, text);
    }

    /// Keeps a key that a book has no meaning for.
    fn keep(&mut self, key: String, value: UntypedValue) {
        if self.note.settings.iter().any(|(name, _)| *name == key) {
            self.drop(&key, &value, "the key is there twice");
            return;
        }
        *self.book.kept_keys.entry(key.clone()).or_default() += 1;
        self.note.settings.push((key, value));
    }

    fn put(&mut self, key: &str, value: UntypedValue) -> Result<(), String> {
        if self.note.settings.iter().any(|(name, _)| name == key) {
            return Err(format!("\"{key}\" is set already"));
        }
        self.note.settings.push((key.to_owned(), value));
        Ok(())
    }

    /// Puts a value where it belongs; returns the reason if it can't.
    fn understood(&mut self, meaning: KeyMeaning, value: &UntypedValue) -> Result<(), String> {
        let no_text = || "it is no text".to_owned();
        match meaning {
            KeyMeaning::Text(key) => {
                let text = value.text().ok_or_else(no_text)?.trim();
                match text.is_empty() {
                    true => Ok(()),
                    false => self.put(key, UntypedValue::Text(text.to_owned())),
                }
            }
            KeyMeaning::Date(key) => {
                let written = value.text().ok_or_else(no_text)?;
                let date = date(written).ok_or("it is no date that is clear")?;
                if date != written {
                    let text = format!("read the date {written} as {date}");
                    self.book.remark(&self.note.file, 0, text);
                }
                self.put(key, UntypedValue::Text(date))
            }
            KeyMeaning::Draft | KeyMeaning::Published => {
                let of_draft = if matches!(meaning, KeyMeaning::Draft) { "true" } else { "false" };
                match value.text().map(str::to_lowercase).as_deref() {
                    Some(flag) if flag == of_draft => {
                        self.put("draft", UntypedValue::Text("true".to_owned()))
                    }
                    Some("true" | "false") => Ok(()),
                    _ => Err("it is neither true nor false".to_owned()),
                }
            }
            KeyMeaning::Order => {
                let number = value.text().and_then(|text| text.trim().parse::<i64>().ok());
                let number = number.ok_or("it is no whole number")?;
                self.put("order", UntypedValue::Text(number.to_string()))
            }
            KeyMeaning::Names => {
                let names = value.texts().into_iter().map(str::trim);
                let names = names.filter(|name| !name.is_empty());
                let names: Vec<_> = names.map(|name| UntypedValue::Text(name.to_owned())).collect();
                if names.is_empty() {
                    Ok(())
                } else {
                    self.put("aliases", UntypedValue::List(names))
                }
            }
            KeyMeaning::Addresses | KeyMeaning::AddressesBeside => {
                let folder = match meaning {
                    KeyMeaning::AddressesBeside => self.note.folder().to_owned(),
                    _ => String::new(),
                };
                let mut unfit = Vec::new();
                for address in value.texts() {
                    match former(address, &folder) {
                        Some(former) => self.note.former.push(former),
                        None => unfit.push(address),
                    }
                }
                match unfit.is_empty() {
                    true => Ok(()),
                    false => Err(format!("no page of a book can stand at {}", unfit.join(", "))),
                }
            }
            KeyMeaning::Language => {
                let language = value.text().and_then(crate::language::Language::new);
                let language = language.ok_or("it is no language")?;
                self.note.language = Some(language.as_str().to_owned());
                Ok(())
            }
            KeyMeaning::Lifted => Err("it holds no keys".to_owned()),
            KeyMeaning::Dropped(why) => Err(why.to_owned()),
        }
    }
}

/// Returns a former address of a page from the top of the site; none where no page can stand.
pub(super) fn former(address: &str, folder: &str) -> Option<String> {
    let address = address.trim();
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => address,
    };
    let is_absolute = address.starts_with('/') || address.contains("://") || folder.is_empty();
    let path = if is_absolute { path.to_owned() } else { format!("{folder}/{path}") };
    let inner = path.trim_matches('/');
    let is_fit = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && !part.contains(['?', '#', ':', '*', '"', '<', '>', '|', '\\', '%'])
            && !part.chars().any(|c| c.is_control() || c.is_whitespace())
    };
    let (_, name) = inner.rsplit_once('/').unwrap_or(("", inner));
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    let is_page = ending.is_none_or(|ending| matches!(ending, "html" | "htm" | "shtml"));
    let end = if path.ends_with('/') { "/" } else { "" };
    (is_page && inner.split('/').all(is_fit)).then(|| format!("/{inner}{end}"))
}
