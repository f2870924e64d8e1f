//! The places of the settings of a text, for changes that leave everything else in it as it is.

use std::ops::Range;

use toml::de::DeTable;

use super::written::{WrittenList, WrittenPart, WrittenValue};
use super::{Notation, yaml};

/// A setting at the top of a text, with its places in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingPlace {
    /// The key.
    pub key: String,
    /// The place of the key.
    pub key_place: Range<usize>,
    /// The place of the value, with its quotes or brackets.
    pub place: Range<usize>,
    /// The form of the value.
    pub form: SettingForm,
}

/// The form of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingForm {
    /// A key of YAML without a value.
    Nothing,
    /// One value, as text.
    One(String),
    /// Several values.
    Several {
        /// The values.
        items: Vec<ItemPlace>,
        /// True if they stand in brackets, false if each has a line with a hyphen.
        in_brackets: bool,
    },
    /// A part with keys of its own, or several of them.
    Part,
}

/// A value of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemPlace {
    /// The value as text.
    pub text: String,
    /// The place of the value.
    pub place: Range<usize>,
}

/// One of several parts below a key, such as a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPart {
    /// The settings of the part in the order in which they stand there.
    pub settings: Vec<SettingPlace>,
}

/// Returns the settings of a text in the order in which they stand there; `None` if it can't be read without a fault.
pub fn setting_places(text: &str, notation: Notation) -> Option<Vec<SettingPlace>> {
    read(text, notation, |settings| places(text, settings))
}

/// Returns the parts below a key in the order in which they stand there, none if it is not set; `None` if the text
/// can't be read without a fault, or anything else stands below the key.
pub fn part_places(text: &str, notation: Notation, key: &str) -> Option<Vec<PlacedPart>> {
    read(text, notation, |settings| {
        let mut parts = Some(Vec::new());
        settings.each(|(name, _, _, value)| {
            if name == key {
                parts = parts_of(text, value);
            }
        });
        parts
    })?
}

/// Reads a text; `None` if it has a fault.
fn read<T>(text: &str, notation: Notation, take: impl FnOnce(WrittenPart<'_>) -> T) -> Option<T> {
    match notation {
        Notation::Toml => {
            let (tree, errors) = DeTable::parse_recoverable(text);
            errors.is_empty().then(|| take(WrittenPart::Toml(tree.get_ref())))
        }
        Notation::Yaml => {
            let tree = yaml::tree(text).ok().filter(|tree| tree.refused.is_empty())?;
            Some(take(WrittenPart::Yaml(&tree.entries)))
        }
    }
}

fn parts_of(text: &str, value: WrittenValue<'_>) -> Option<Vec<PlacedPart>> {
    let list = match value {
        WrittenValue::Nothing => return Some(Vec::new()),
        WrittenValue::List(list) => list,
        _ => return None,
    };
    let part = |(_, value)| match value {
        WrittenValue::Part(part) => Some(PlacedPart { settings: places(text, part) }),
        _ => None,
    };
    list.items().into_iter().map(part).collect()
}

fn places(text: &str, part: WrittenPart<'_>) -> Vec<SettingPlace> {
    let mut places = Vec::with_capacity(part.len());
    part.each(|(key, key_place, place, value)| {
        let form = form(text, &place, value);
        places.push(SettingPlace { key: key.to_owned(), key_place, place, form });
    });
    places.sort_by_key(|setting| setting.key_place.start);
    places
}

fn form(text: &str, place: &Range<usize>, value: WrittenValue<'_>) -> SettingForm {
    match value {
        WrittenValue::Nothing => SettingForm::Nothing,
        WrittenValue::Part(_) => SettingForm::Part,
        WrittenValue::List(list) => several(text, place, list),
        value => single(value).map_or(SettingForm::Part, SettingForm::One),
    }
}

fn several(text: &str, place: &Range<usize>, list: WrittenList<'_>) -> SettingForm {
    let items = list.items().into_iter();
    let item = |(place, value)| Some(ItemPlace { text: single(value)?, place });
    let in_brackets = text[place.clone()].starts_with('[');
    match items.map(item).collect() {
        Some(items) => SettingForm::Several { items, in_brackets },
        None => SettingForm::Part,
    }
}

fn single(value: WrittenValue<'_>) -> Option<String> {
    match value {
        WrittenValue::Text(text) | WrittenValue::Bare(text) => Some(text.to_owned()),
        WrittenValue::Integer(number) => Some(number.to_string()),
        WrittenValue::Float(number) => Some(number.as_str().to_owned()),
        WrittenValue::Flag(flag) => Some(flag.to_string()),
        WrittenValue::Moment(moment) => Some(moment.to_string()),
        WrittenValue::Nothing | WrittenValue::List(_) | WrittenValue::Part(_) => None,
    }
}
