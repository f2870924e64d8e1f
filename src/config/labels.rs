//! The words of a book's own that readers see: titles of kinds, labels of fields, the words that fields hold, and the
//! headings of charts and of the home page. Each has a key, by which a translation gives it, and `i18n/LANGUAGE.toml` holds them beside the words of the interface.

use super::names::label;
use super::{ChartAxis, FieldShape, HomeList, Kind};

/// The words of the interface for the built-in kind: for one note, and for several.
const PAGE_WORDS: [&str; 2] = ["kind-page", "kind-pages"];

/// The word of a book that readers see, to be read or replaced.
pub struct BookLabel<'a> {
    /// The key, such as `kinds.lesson.plural`.
    pub key: String,
    /// The word.
    pub text: &'a mut String,
}

/// Returns the words of `kinds`, in their order, and of the lists of the home page.
pub fn labels<'a>(kinds: &'a mut [Kind], home: &'a mut [HomeList]) -> Vec<BookLabel<'a>> {
    let mut found = Vec::new();
    for list in home {
        if let Some(title) = &mut list.title {
            let key = format!("kinds.{}.home", kinds[usize::from(list.kind.0)].name);
            found.push(BookLabel { key, text: title });
        }
    }
    for kind in kinds {
        // A kind without a folder has no page. Unless the book names it, words of the interface do.
        if kind.folder.is_none() {
            if kind.title == label(&kind.name) {
                for (key, text) in PAGE_WORDS.into_iter().zip([&mut kind.title, &mut kind.plural]) {
                    found.push(BookLabel { key: key.to_owned(), text });
                }
            }
            continue;
        }
        let of_kind = format!("kinds.{}", kind.name);
        let mut add = |key: String, text| found.push(BookLabel { key, text });
        add(format!("{of_kind}.title"), &mut kind.title);
        add(format!("{of_kind}.plural"), &mut kind.plural);
        if let Some(date_title) = &mut kind.date_title {
            add(format!("{of_kind}.date-title"), date_title);
        }
        for chart in &mut kind.features.charts {
            let rows = match chart.rows {
                ChartAxis::Field(at) => &kind.fields[usize::from(at)].name,
                ChartAxis::Year => "date",
            };
            if let Some(title) = &mut chart.title {
                add(format!("{of_kind}.charts.{rows}.title"), title);
            }
        }
        // A field that infers is shown as the one that it adds to.
        for field in kind.fields.iter_mut().filter(|field| field.infers.is_none()) {
            let of_field = format!("{of_kind}.fields.{}", field.name);
            add(format!("{of_field}.title"), &mut field.label);
            let further = [
                ("column", &mut field.column),
                ("inverse", &mut field.inverse),
                ("heading", &mut field.heading),
            ];
            for (name, text) in further {
                if let Some(text) = text {
                    add(format!("{of_field}.{name}"), text);
                }
            }
            if let FieldShape::OneOf(words) = &mut field.shape {
                for (word, label) in words.words.iter().zip(&mut words.labels) {
                    add(format!("{of_field}.words.{word}"), label);
                }
            }
        }
    }
    found
}
