//! Values of front matter set in many notes at once.

use super::remarks::without_remarks;
use crate::config::note_keys::{NOTE_KEYS, SUMMARY};
use crate::config::{Config, Kind};
use crate::diagnostic::with_edits;
use crate::nearest::nearest;
use crate::note;
use crate::note_settings::{
    KeyType, ValueSort, WrittenFrontMatter, add_list_item, insert_setting, key_type, put_value,
    remove_list_item, remove_setting, written_value,
};
use crate::path::SourcePath;
use crate::slug::fold;
use crate::source::Source;
use crate::table::{SettingForm, SettingPlace};

/// A value to set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The key of the front matter.
    pub key: String,
    /// The operation.
    pub operation: SetOperation,
    /// The value as it was typed; several are parted by commas where the key takes names or words.
    pub value: String,
}

/// An operation on the value of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOperation {
    /// It gets this value, or none if that is empty.
    Put,
    /// The value is added to the list, if it is not there.
    Add,
    /// The value is taken out of the list, if it is there.
    TakeOut,
}

/// The reason why a value can't be set in a note, in a sentence.
pub type SetError = String;

impl Assignment {
    /// Reads `key=value`, `key+=value` or `key-=value`; `None` if a text is none of these.
    pub fn read(text: &str) -> Option<Self> {
        let (key, value) = text.split_once('=')?;
        let (key, operation) = match (key.strip_suffix('+'), key.strip_suffix('-')) {
            (Some(key), _) => (key, SetOperation::Add),
            (_, Some(key)) => (key, SetOperation::TakeOut),
            (None, None) => (key, SetOperation::Put),
        };
        let is_sign = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let is_key = !key.is_empty() && key.chars().all(is_sign);
        is_key.then(|| Self { key: key.to_owned(), operation, value: value.trim().to_owned() })
    }
}

/// Returns the text of a note with some values set; everything else in it stays byte by byte.
pub fn set_values(
    source: &Source,
    config: &Config,
    assignments: &[Assignment],
) -> Result<String, SetError> {
    let path = &source.path;
    let kind = config.kind(note::kind(&note::place(path, config), config));
    let mut text = source.text().ok_or("it is not text in UTF-8")?.to_owned();
    for assignment in assignments {
        let set = |text| set_value(text, path, kind, assignment);
        text = with_key_changed(text, path, kind, &assignment.key, set)?;
    }
    Ok(text)
}

/// Returns the text of a note whose `key` has just these values, or is gone if there are none; everything else stays
/// byte by byte. Unlike those of an [`Assignment`], the values are not parted at commas.
pub fn set_list(
    text: String,
    path: &SourcePath,
    kind: &Kind,
    key: &str,
    values: &[&str],
) -> Result<String, SetError> {
    let Some(key_type) = key_type(kind, key) else { return Err(unknown(kind, key)) };
    with_key_changed(text, path, kind, key, |text| match values {
        [one] if !key_type.many => put(&front_matter(&text, path)?, kind, key, key_type, one),
        [] => put(&front_matter(&text, path)?, kind, key, key_type, ""),
        _ if !key_type.many => Err(format!("\"{key}\" takes one value")),
        values => put_all(text, path, kind, key, key_type, values),
    })
}

/// Changes the setting of a key, and refuses a change that is read as one of any other setting.
pub(super) fn with_key_changed(
    text: String,
    path: &SourcePath,
    kind: &Kind,
    key: &str,
    change: impl FnOnce(String) -> Result<String, SetError>,
) -> Result<String, SetError> {
    let after = without_remarks(path, change(text.clone())?, key);
    let before = front_matter(&text, path)?;
    let is_read = WrittenFrontMatter::of(path, &after)
        .is_some_and(|after| others(&before, kind, key) == others(&after, kind, key));
    if is_read { Ok(after) } else { Err(unchangeable(key)) }
}

/// Returns all settings but that of a key, as they are written.
fn others<'f>(
    front: &'f WrittenFrontMatter<'_>,
    kind: &Kind,
    key: &str,
) -> Vec<(&'f str, &'f str)> {
    let changed = find(front, kind, key).map(|setting| setting.key_place.start);
    let others = front.settings.iter().filter(|other| Some(other.key_place.start) != changed);
    others.map(|other| (other.key.as_str(), front.text[other.place.clone()].trim())).collect()
}

fn set_value(
    mut text: String,
    path: &SourcePath,
    kind: &Kind,
    assignment: &Assignment,
) -> Result<String, SetError> {
    let Assignment { key, operation, value } = assignment;
    let Some(key_type) = key_type(kind, key) else { return Err(unknown(kind, key)) };
    if key_type.sort == ValueSort::Part {
        return Err(format!(
            "\"{key}\" holds parts with keys of their own: change them in the file"
        ));
    }
    if *operation != SetOperation::Put && !key_type.many {
        return Err(format!("\"{key}\" takes one value: write {key}={value}"));
    }
    if *operation == SetOperation::Put && (value.is_empty() || !key_type.many) {
        let front = front_matter(&text, path)?;
        return put(&front, kind, key, key_type, value);
    }
    let values = parted(value, key_type);
    match operation {
        SetOperation::Add => {
            for value in values {
                text = add(&front_matter(&text, path)?, kind, key, key_type, value)?;
            }
        }
        SetOperation::TakeOut => {
            for value in values {
                text = take_out(&front_matter(&text, path)?, key, value)?;
            }
        }
        SetOperation::Put => text = put_all(text, path, kind, key, key_type, &values)?,
    }
    Ok(text)
}

/// Reads the front matter of a text.
pub(super) fn front_matter<'t>(
    text: &'t str,
    path: &SourcePath,
) -> Result<WrittenFrontMatter<'t>, SetError> {
    WrittenFrontMatter::of(path, text)
        .ok_or_else(|| "correct its front matter first; fieldbook check says how".to_owned())
}

/// Returns the setting with a key, perhaps under another name that is read as well.
pub(super) fn find<'f>(
    front: &'f WrittenFrontMatter<'_>,
    kind: &Kind,
    key: &str,
) -> Option<&'f SettingPlace> {
    let others = NOTE_KEYS.iter().find(|declared| declared.name() == key);
    let is_own = |name: &str| kind.fields.iter().any(|field| field.name == name);
    let others = others.map_or(&[][..], |declared| declared.former());
    let mut others = others.iter().filter(|name| !(is_own(name) && SUMMARY.former.contains(name)));
    front.setting(key).or_else(|| others.find_map(|name| front.setting(name)))
}

fn put(
    front: &WrittenFrontMatter<'_>,
    kind: &Kind,
    key: &str,
    key_type: KeyType,
    value: &str,
) -> Result<String, SetError> {
    let found = find(front, kind, key);
    if let Some(setting) = found {
        whole(front, setting)?;
    }
    let edits = match (found, value) {
        (None, "") => Vec::new(),
        (Some(setting), "") => remove_setting(front, setting),
        (Some(setting), value) => {
            let manner = &front.text[setting.place.clone()];
            let value = written(key, key_type, front, value, Some(manner))?;
            put_value(front, setting, value)
        }
        (None, value) => {
            insert_setting(front, kind, key, &written(key, key_type, front, value, None)?)
        }
    };
    applied(front, key, &edits)
}

/// Gives a list these values: those that are there stay, with their remarks.
fn put_all(
    mut text: String,
    path: &SourcePath,
    kind: &Kind,
    key: &str,
    key_type: KeyType,
    values: &[&str],
) -> Result<String, SetError> {
    let there = |text: &str| -> Result<Vec<String>, SetError> {
        let front = front_matter(text, path)?;
        Ok(match find(&front, kind, key).map(|setting| &setting.form) {
            Some(SettingForm::Several { items, .. }) => {
                items.iter().map(|item| item.text.clone()).collect()
            }
            Some(SettingForm::One(value)) => vec![value.clone()],
            _ => Vec::new(),
        })
    };
    let before = there(&text)?;
    let kept: Vec<&String> =
        before.iter().filter(|value| values.contains(&value.as_str())).collect();
    let is_prefix = kept.iter().zip(values).all(|(kept, value)| kept == value);
    if !is_prefix || kept.len() > values.len() {
        let front = front_matter(&text, path)?;
        let Some(setting) = find(&front, kind, key) else { return Ok(text) };
        if front.text[setting.place.clone()].contains('#') {
            return Err(format!(
                "\"{key}\" has remarks between its values: change their order in the file"
            ));
        }
        let items = values.iter().map(|value| written(key, key_type, &front, value, None));
        let items = items.collect::<Result<Vec<String>, SetError>>()?;
        let list = format!("[{}]", items.join(", "));
        return applied(&front, key, &put_value(&front, setting, list));
    }
    for value in values {
        text = add(&front_matter(&text, path)?, kind, key, key_type, value)?;
    }
    for value in before.iter().filter(|value| !values.contains(&value.as_str())) {
        text = take_out(&front_matter(&text, path)?, key, value)?;
    }
    Ok(text)
}

fn add(
    front: &WrittenFrontMatter<'_>,
    kind: &Kind,
    key: &str,
    key_type: KeyType,
    value: &str,
) -> Result<String, SetError> {
    let Some(setting) = find(front, kind, key) else {
        let value = written(key, key_type, front, value, None)?;
        return applied(front, key, &insert_setting(front, kind, key, &format!("[{value}]")));
    };
    let edits = match &setting.form {
        SettingForm::Several { items, in_brackets } => {
            if items.iter().any(|item| item.text == value) {
                return Ok(front.text.to_owned());
            }
            let manner = items.last().map(|item| &front.text[item.place.clone()]);
            let value = written(key, key_type, front, value, manner)?;
            add_list_item(front, setting, items, *in_brackets, &value)
        }
        SettingForm::One(one) if one == value => return Ok(front.text.to_owned()),
        SettingForm::One(_) => {
            whole(front, setting)?;
            let manner = &front.text[setting.place.clone()];
            let value = written(key, key_type, front, value, Some(manner))?;
            put_value(front, setting, format!("[{manner}, {value}]"))
        }
        SettingForm::Nothing => {
            let value = written(key, key_type, front, value, None)?;
            put_value(front, setting, format!("[{value}]"))
        }
        SettingForm::Part => return Err(parts(key)),
    };
    applied(front, key, &edits)
}

fn take_out(front: &WrittenFrontMatter<'_>, key: &str, value: &str) -> Result<String, SetError> {
    let is_meant = |text: &str| text == value || fold(unlinked(text)) == fold(unlinked(value));
    let edits = match front.setting(key) {
        None => Vec::new(),
        Some(setting) => match &setting.form {
            SettingForm::Several { items, in_brackets } => {
                match items.iter().position(|item| is_meant(&item.text)) {
                    Some(at) => remove_list_item(front, setting, items, *in_brackets, at),
                    None => Vec::new(),
                }
            }
            SettingForm::One(one) if is_meant(one) => remove_setting(front, setting),
            SettingForm::One(_) | SettingForm::Nothing => Vec::new(),
            SettingForm::Part => return Err(parts(key)),
        },
    };
    applied(front, key, &edits)
}

/// Returns the name in a link such as `[[x]]`.
fn unlinked(text: &str) -> &str {
    text.strip_prefix("[[").and_then(|text| text.strip_suffix("]]")).unwrap_or(text)
}

/// Returns the values of a list as they were typed.
fn parted(value: &str, key_type: KeyType) -> Vec<&str> {
    if key_type.commas {
        value.split(',').map(str::trim).filter(|value| !value.is_empty()).collect()
    } else {
        vec![value]
    }
}

fn written(
    key: &str,
    key_type: KeyType,
    front: &WrittenFrontMatter<'_>,
    value: &str,
    manner: Option<&str>,
) -> Result<String, SetError> {
    written_value(key_type.sort, front.notation, value, manner)
        .map_err(|why| format!("\"{key}\": {why}"))
}

/// Refuses a value that stands in several lines of YAML without brackets, or below a heading.
fn whole(front: &WrittenFrontMatter<'_>, setting: &SettingPlace) -> Result<(), SetError> {
    match setting.form {
        SettingForm::Part => Err(parts(&setting.key)),
        _ if front.is_line(setting) => Ok(()),
        _ => Err(parts(&setting.key)),
    }
}

fn parts(key: &str) -> SetError {
    format!("\"{key}\" holds parts with keys of their own: change them in the file")
}

fn applied(
    front: &WrittenFrontMatter<'_>,
    key: &str,
    edits: &[crate::diagnostic::TextEdit],
) -> Result<String, SetError> {
    with_edits(front.text, edits).ok_or_else(|| unchangeable(key))
}

/// Returns the message about a setting whose form nothing but an editor can change.
pub(super) fn unchangeable(key: &str) -> SetError {
    format!("\"{key}\" can't be changed here: change it in the file")
}

fn unknown(kind: &Kind, key: &str) -> SetError {
    let names = || {
        let own = kind.fields.iter().map(|field| field.name.as_str());
        own.chain(NOTE_KEYS.iter().map(|declared| declared.name()))
    };
    let near = nearest(key, names());
    let help = match near.first() {
        Some(near) => format!("; did you mean {near}?"),
        None => format!(
            "; its fields are {}",
            kind.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ")
        ),
    };
    let help = if near.is_empty() && kind.fields.is_empty() { String::new() } else { help };
    format!("notes of the kind {} have no \"{key}\"{help}", kind.name)
}
