//! The former addresses of a page, which are kept among the aliases of its note.

use super::edits::{
    add_list_item, insert_setting, new_front_matter, put_value, remove_list_item, remove_setting,
    written_value,
};
use super::key_type::ValueSort;
use super::written::WrittenFrontMatter;
use crate::config::{Kind, note_keys};
use crate::diagnostic::TextEdit;
use crate::note::Note;
use crate::parse::former_address;
use crate::path::OutputPath;
use crate::span::Span;
use crate::table::{ItemPlace, SettingForm};

/// Returns the edits of the front matter of `note`, with this text, that make `address` one of its aliases. `None` if the
/// front matter has to be corrected first.
pub fn with_alias(
    text: &str,
    note: &Note,
    kind: &Kind,
    address: &OutputPath,
) -> Option<Vec<TextEdit>> {
    let own = &note.facts.place.output;
    with_address(
        text,
        note,
        kind,
        AddressChange { former: address, own, is_kept: true, title: None },
    )
}

/// Returns the edits of the front matter of `note`, with this text, which moves: its new address is no alias of it any
/// more, and the address that it had becomes one if that is kept. `None` if the front matter has to be corrected first.
pub fn with_moved_address(
    text: &str,
    note: &Note,
    kind: &Kind,
    moved: MovedNote<'_>,
) -> Option<Vec<TextEdit>> {
    let MovedNote { address: own, keeps_address: is_kept, title } = moved;
    let former = &note.facts.place.output;
    with_address(text, note, kind, AddressChange { former, own, is_kept, title })
}

/// The place of a note after a move.
#[derive(Clone, Copy, Debug)]
pub struct MovedNote<'a> {
    /// The new address.
    pub address: &'a OutputPath,
    /// True if the former address is to lead to the note.
    pub keeps_address: bool,
    /// The title that it had from its file name, if the new name would give it another.
    pub title: Option<&'a str>,
}

/// A change of the addresses of a note.
struct AddressChange<'a> {
    /// An address that it had.
    former: &'a OutputPath,
    /// Its address from now on.
    own: &'a OutputPath,
    /// True if the former address is to lead to it.
    is_kept: bool,
    /// The title to write, if it has none.
    title: Option<&'a str>,
}

/// Returns an address as it is written among aliases.
fn written_alias(front: &WrittenFrontMatter<'_>, address: &OutputPath) -> Option<String> {
    let address = format!("/{}", address.as_str().replace('%', "%25").replace(' ', "%20"));
    written_value(ValueSort::Text, front.notation, &address, None).ok()
}

fn with_address(
    text: &str,
    note: &Note,
    kind: &Kind,
    change: AddressChange<'_>,
) -> Option<Vec<TextEdit>> {
    let front = WrittenFrontMatter::of(&note.source, text)?;
    let Some(title) = change.title else { return address_edits(&front, kind, change) };
    let key = note_keys::TITLE.name;
    let title = written_value(ValueSort::Text, front.notation, title, None).ok()?;
    if !front.is_fenced {
        let aliases = format!("[{}]", written_alias(&front, change.former)?);
        let settings = [(key, &*title), (note_keys::ALIASES.name, &*aliases)];
        let count = if change.is_kept { 2 } else { 1 };
        return Some(vec![new_front_matter(&front, &settings[..count])]);
    }
    let mut edits = insert_setting(&front, kind, key, &title);
    for edit in address_edits(&front, kind, change)? {
        // Two edits at one place are made as one.
        match edits.iter_mut().find(|title| title.span.start == edit.span.start) {
            Some(title) => {
                *title = TextEdit { span: edit.span, text: [&*title.text, &edit.text].concat() };
            }
            None => edits.push(edit),
        }
    }
    Some(edits)
}

fn address_edits(
    front: &WrittenFrontMatter<'_>,
    kind: &Kind,
    change: AddressChange<'_>,
) -> Option<Vec<TextEdit>> {
    let AddressChange { former: old, own: new, is_kept, title } = change;
    let key = note_keys::ALIASES.name;
    let alias = written_alias(front, old)?;
    let leads_to = |written: &str, address: &OutputPath| {
        let output = written.contains('/').then(|| former_address(written)).flatten();
        output.is_some_and(|output| output == *address)
    };
    let Some(setting) = front.setting(key) else {
        let list = format!("[{alias}]");
        return Some(if is_kept { insert_setting(front, kind, key, &list) } else { Vec::new() });
    };
    let (items, in_brackets): (&[ItemPlace], bool) = match &setting.form {
        SettingForm::Several { items, in_brackets } => (items, *in_brackets),
        SettingForm::One(one) => {
            let is_new = leads_to(one, new);
            return Some(match is_kept && !leads_to(one, old) {
                true if is_new => put_value(front, setting, format!("[{alias}]")),
                true => {
                    let before = &front.text[setting.place.clone()];
                    put_value(front, setting, format!("[{before}, {alias}]"))
                }
                false if is_new => remove_setting(front, setting),
                false => Vec::new(),
            });
        }
        SettingForm::Nothing if is_kept => {
            return Some(put_value(front, setting, format!("[{alias}]")));
        }
        SettingForm::Nothing => return Some(Vec::new()),
        SettingForm::Part => return None,
    };
    let own = items.iter().position(|item| leads_to(&item.text, new));
    let is_missing = is_kept && !items.iter().any(|item| leads_to(&item.text, old));
    Some(match own {
        // The one takes the place of the other.
        Some(at) if is_missing => {
            vec![TextEdit { span: Span::from(items[at].place.clone()), text: alias }]
        }
        Some(_) if items.len() == 1 => match title.is_none() && is_only_setting(front) {
            true => vec![TextEdit { span: whole_front_matter(front), text: String::new() }],
            false => remove_setting(front, setting),
        },
        Some(at) => remove_list_item(front, setting, items, in_brackets, at),
        None if is_missing => add_list_item(front, setting, items, in_brackets, &alias),
        None => Vec::new(),
    })
}

/// Returns whether the front matter has one setting, and nothing else.
fn is_only_setting(front: &WrittenFrontMatter<'_>) -> bool {
    let [only] = front.settings.as_slice() else { return false };
    let around = [front.block.start..only.key_place.start, only.place.end..front.block.end];
    around.into_iter().all(|place| front.text[place].trim().is_empty())
}

/// Returns the place of the front matter with its fences and the empty line below.
fn whole_front_matter(front: &WrittenFrontMatter<'_>) -> Span {
    let above = front.text[..front.block.start].rfind(front.notation.fence());
    let text = front.next_line(front.block.end);
    let is_blank = front.line_end(text) == text;
    let end = if is_blank { front.next_line(text) } else { text };
    Span::from(above.unwrap_or(front.block.start)..end)
}
