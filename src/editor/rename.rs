//! What a new name for the thing under the cursor means: another file, another title, or another name for a part.

use super::named_setting::{named_setting, renamed_setting};
use super::navigation::target_place;
use super::pointed::link_name;
use super::signs::{block_id, footnote_places, is_of_id};
use super::{EditedBook, FilePlace, OpenText, PointedItem, PointedPlace, RenameStep, pointed};
use crate::change::ChangeSet;
use crate::diagnostic::TextEdit;
use crate::graph::{PartFound, Resolution};
use crate::note::Origin;
use crate::note_settings::{ValueSort, WrittenFrontMatter, written_value};
use crate::path::SourcePath;
use crate::span::Span;

/// The reason why nothing at a place can have another name.
pub const NOTHING_NAMED: &str =
    "there is nothing here that has a name: put the cursor on a link, a title or a heading";

/// The reason why something can't have another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenameRefusal(pub String);

/// Returns the place of the name at byte `at` of a text that can be another, and the name.
pub fn new_name(book: EditedBook<'_>, text: &OpenText, at: u32) -> Option<(Span, String)> {
    if let Some(setting) = named_setting(book, text, at) {
        return Some((setting.span, setting.name));
    }
    let PointedPlace { item, span } = pointed(text, at)?;
    let written = || text.text[span.within(&text.text)].to_owned();
    match item {
        PointedItem::Link(link) => {
            let to = book.link(text, link)?;
            let place = target_place(book, to)?;
            let note = text.note.as_deref()?;
            Some((link_name(note, link), stem(&place.path)))
        }
        PointedItem::Reference(at) => {
            let place = target_place(book, book.reference(text, at)?)?;
            Some((span, stem(&place.path)))
        }
        PointedItem::LinkPart(link) => {
            let Resolution::Note(id, part) = book.link(text, link)? else { return None };
            let facts = &book.note(id).facts;
            let name = match part {
                PartFound::Heading(at) => facts.headings.get(at as usize)?.text.clone(),
                PartFound::Anchor(at) => facts.anchors.get(at as usize)?.to_string(),
                PartFound::Whole | PartFound::Missing => return None,
            };
            Some((span, name))
        }
        PointedItem::Title => {
            let title = &text.note.as_deref()?.facts.card.title;
            Some((span, title.clone()))
        }
        PointedItem::Heading(_) | PointedItem::Block(_) | PointedItem::Footnote(_) => {
            Some((span, written()))
        }
        PointedItem::Key(_) | PointedItem::Value(_) => None,
    }
}

/// Returns the step that gives the thing at byte `at` of a text the name `new`. The book was linked with the text as it is.
pub fn rename_step(
    book: EditedBook<'_>,
    text: &OpenText,
    at: u32,
    new: &str,
) -> Result<RenameStep, RenameRefusal> {
    let refused = |why: &str| Err(RenameRefusal(why.to_owned()));
    let new = new.trim();
    if new.is_empty() || new.contains(['\n', '\r']) {
        return refused("a name is one line, and not empty");
    }
    if let Some(setting) = named_setting(book, text, at) {
        return renamed_setting(book, text, setting, new).map_err(RenameRefusal);
    }
    let Some(PointedPlace { item, span }) = pointed(text, at) else {
        return refused(NOTHING_NAMED);
    };
    let own = |span| FilePlace { path: text.path.clone(), span };
    match item {
        PointedItem::Link(link) => match book.link(text, link) {
            Some(to) => moved(book, to, new),
            None => refused("the file is not in the book yet: save it first"),
        },
        PointedItem::Reference(at) => match book.reference(text, at) {
            Some(to) => moved(book, to, new),
            None => refused("the file is not in the book yet: save it first"),
        },
        PointedItem::LinkPart(link) => part_of_link(book, text, link, new),
        PointedItem::Title => {
            let front = WrittenFrontMatter::of(&text.path, &text.text);
            let Some((front, title)) =
                front.as_ref().and_then(|front| Some((front, front.setting("title")?)))
            else {
                return refused("the front matter has no title that can be changed");
            };
            let value = written_value(
                ValueSort::Text,
                front.notation,
                new,
                Some(&text.text[title.place.clone()]),
            )
            .map_err(RenameRefusal)?;
            let value = TextEdit { span: Span::from(title.place.clone()), text: value };
            Ok(RenameStep::Retitle { path: text.path.clone(), value })
        }
        PointedItem::Heading(_) => Ok(RenameStep::Part { place: own(span), new: new.to_owned() }),
        PointedItem::Block(_) => block(own(span), new),
        PointedItem::Footnote(name) => footnote(text, &name, new),
        PointedItem::Key(key) => refused(&format!("{key} is a key of the book's configuration")),
        PointedItem::Value(key) => {
            refused(&format!("{key} takes any text, so its values have no other places"))
        }
    }
}

fn block(place: FilePlace, new: &str) -> Result<RenameStep, RenameRefusal> {
    let new = new.trim_start_matches('^');
    if new.is_empty() || !new.chars().all(is_of_id) {
        let why = "the id of a block has letters without accents, digits and hyphens";
        return Err(RenameRefusal(why.to_owned()));
    }
    Ok(RenameStep::Part { place, new: new.to_owned() })
}

fn part_of_link(
    book: EditedBook<'_>,
    text: &OpenText,
    link: usize,
    new: &str,
) -> Result<RenameStep, RenameRefusal> {
    let refused = |why: &str| Err(RenameRefusal(why.to_owned()));
    let Some(Resolution::Note(id, part)) = book.link(text, link) else {
        return refused("this link leads to no note");
    };
    let note = book.note(id);
    let target = book.text(&note.source).unwrap_or_default();
    match part {
        PartFound::Heading(_) => {
            let to = target_place(book, Resolution::Note(id, part));
            match to.filter(|place| place.span.start < place.span.end) {
                Some(place) => Ok(RenameStep::Part { place, new: new.to_owned() }),
                None => refused("the heading was not found"),
            }
        }
        PartFound::Anchor(at) => {
            let anchor = note.facts.anchors.get(at as usize);
            match anchor.and_then(|anchor| block_id(target, anchor)) {
                Some(span) => block(FilePlace { path: note.source.clone(), span }, new),
                None => refused("this part has its name from its place in the text"),
            }
        }
        PartFound::Whole | PartFound::Missing => refused("the note has no such part"),
    }
}

/// Returns the move of the note or file to which a link leads.
fn moved(book: EditedBook<'_>, to: Resolution, new: &str) -> Result<RenameStep, RenameRefusal> {
    let refused = |why: &str| Err(RenameRefusal(why.to_owned()));
    if let Resolution::Note(id, _) | Resolution::WrongKind(id) = to
        && book.note(id).facts.origin != Origin::File
    {
        return refused("this name has no note of its own: make one first");
    }
    let Some(place) = target_place(book, to) else { return refused("this link leads nowhere") };
    let old = place.path;
    let is_note = matches!(to, Resolution::Note(..) | Resolution::WrongKind(_));
    let mut name = new.to_owned();
    if is_note && !name.ends_with(".md") {
        name.push_str(".md");
    }
    let folder = old.as_str().rsplit_once('/').map(|(folder, _)| folder);
    let below = |folder: &str, name: &str| match folder {
        "" => name.to_owned(),
        folder => format!("{folder}/{name}"),
    };
    // A path is one from the folder of the notes on, as in links.
    let new = match name.trim_start_matches('/') {
        path if path.contains('/') => below(&book.site().config.content, path),
        name => below(folder.unwrap_or_default(), name),
    };
    Ok(RenameStep::Move { old, new })
}

fn footnote(text: &OpenText, name: &str, new: &str) -> Result<RenameStep, RenameRefusal> {
    let new = new.trim_start_matches('^');
    if new.is_empty() || new.contains(['[', ']', '^']) || new.contains(char::is_whitespace) {
        let why = "the name of a footnote has no spaces and no brackets";
        return Err(RenameRefusal(why.to_owned()));
    }
    if !footnote_places(&text.text, new).is_empty() {
        return Err(RenameRefusal(format!("there is a footnote called {new} already")));
    }
    let mut changes = ChangeSet::default();
    for span in footnote_places(&text.text, name) {
        changes.edit(&text.path, TextEdit { span, text: new.to_owned() });
    }
    Ok(RenameStep::Edits(changes))
}

/// Returns the name of a file without its ending.
fn stem(path: &SourcePath) -> String {
    let name = path.as_str().rsplit('/').next().unwrap_or_default();
    name.strip_suffix(".md").unwrap_or(name).to_owned()
}
