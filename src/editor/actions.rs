//! Changes that an editor offers at a place: the fixes of problems, and changes of form.

use super::action::{EditorAction, NewFileText};
use super::extract::extraction;
use super::pointed::link_name;
use super::{EditedBook, OpenText, PointedItem, found_now, pointed};
use crate::authoring::{NewNote, new_note, new_path_in};
use crate::change::{part_place, relative_path};
use crate::config::{KindId, title_of_file};
use crate::diagnostic::{Diagnostic, FixSafety, TextEdit};
use crate::graph::{PartFound, Resolution};
use crate::note::{LinkRole, LinkTarget, Note, Origin, RefField};
use crate::note_settings::WrittenFrontMatter;
use crate::path::url_path;
use crate::span::Span;
use crate::table::Notation;

/// The most kinds in which a missing note is offered.
const MAX_KINDS: usize = 12;

/// Returns the changes that are offered for a part of a text, those of its problems first.
pub fn editor_actions(book: EditedBook<'_>, text: &OpenText, span: Span) -> Vec<EditorAction> {
    let touches = |place: Span| place.start <= span.end && span.start <= place.end;
    let mut actions = Vec::new();
    for problem in found_now(book, text).iter().filter(|problem| touches(problem.span)) {
        actions.extend(problem.fixes.iter().map(|fix| EditorAction {
            title: fix.title.clone(),
            problem: Some(problem.clone()),
            is_safe: fix.safety == FixSafety::Safe,
            edits: fix.edits.clone(),
            file: None,
        }));
        actions.extend(exception(text, problem));
    }
    if let Some(place) = pointed(text, span.start) {
        match place.item {
            PointedItem::Link(link) | PointedItem::LinkPart(link) => {
                actions.extend(other_form(book, text, link));
                actions.extend(missing_notes(book, text, link));
            }
            PointedItem::Reference(reference) => actions.extend(named_notes(book, text, reference)),
            PointedItem::Heading(heading) => {
                actions.extend(extraction(book, text, heading, notation(text)));
            }
            _ => {}
        }
    }
    actions
}

/// Returns the change that makes a note an exception from the rule that it breaks, with an empty reason.
fn exception(text: &OpenText, problem: &Diagnostic) -> Option<EditorAction> {
    let rule = problem.rule;
    let front = WrittenFrontMatter::of(&text.path, &text.text).filter(|_| rule.is_excusable())?;
    if !front.is_fenced {
        return None;
    }
    let end = front.line_break();
    let lines = match front.notation {
        Notation::Toml => {
            format!("{end}[[except]]{end}rule = \"{}\"{end}reason = \"\"{end}", rule.name)
        }
        Notation::Yaml if front.setting("except").is_some() => return None,
        Notation::Yaml => format!("except:{end}  - rule: {}{end}    reason: \"\"{end}", rule.name),
    };
    let at = front.block.end as u32;
    Some(EditorAction {
        title: format!("let this note break {}, and give a reason", rule.name),
        problem: Some(problem.clone()),
        is_safe: false,
        edits: vec![TextEdit { span: Span { start: at, end: at }, text: lines }],
        file: None,
    })
}

/// Returns the change of a link from double brackets to Markdown, or back.
fn other_form(book: EditedBook<'_>, text: &OpenText, link: usize) -> Option<EditorAction> {
    let note = text.note.as_deref()?;
    let LinkNames { path, short, heading, anchor } = linked(book, text, note, link)?;
    let whole = note.spans.links[link];
    let written = &text.text[whole.within(&text.text)];
    let line = text.text[..whole.start as usize].rsplit('\n').next().unwrap_or_default();
    // A bar would part the cell of a table.
    if note.facts.links[link].role != LinkRole::Link || line.trim_start().starts_with('|') {
        return None;
    }
    let (title, new) = if let Some(inner) = written.strip_prefix("[[") {
        let inner = inner.strip_suffix("]]")?;
        let shown = inner
            .split_once('|')
            .map_or_else(|| title(book, text, link), |(_, shown)| shown.to_owned());
        let part = anchor.map_or_else(String::new, |anchor| format!("#{anchor}"));
        let target = format!("{}{part}", url_path(&path));
        ("write this link as Markdown", format!("[{}]({target})", shown.replace(['[', ']'], "")))
    } else {
        let shown = written.strip_prefix('[')?.split_once("](")?.0;
        let name = link_name(note, link).within(&text.text);
        if part_place(&text.text, note, link).map_or(name.end, |part| part.end as usize) + 1
            < whole.end as usize
        {
            return None;
        }
        let part = heading.map_or_else(String::new, |heading| format!("#{heading}"));
        if shown.contains(['|', '[', ']', '\n']) {
            return None;
        }
        ("write this link in double brackets", format!("[[{short}{part}|{shown}]]"))
    };
    Some(EditorAction {
        title: title.to_owned(),
        problem: None,
        is_safe: false,
        edits: vec![TextEdit { span: whole, text: new }],
        file: None,
    })
}

/// The names by which a link can call a note.
struct LinkNames {
    /// The path from the folder of the note that links.
    path: String,
    /// The shortest name.
    short: String,
    /// The part, by its text.
    heading: Option<String>,
    /// The part, by its anchor.
    anchor: Option<String>,
}

fn linked(book: EditedBook<'_>, text: &OpenText, note: &Note, link: usize) -> Option<LinkNames> {
    let Resolution::Note(id, part) = book.link(text, link)? else { return None };
    let target = book.note(id);
    if target.facts.origin != Origin::File || note.facts.links[link].target.is_own_note() {
        return None;
    }
    let short = book.view.names().written(id)?.to_owned();
    let path = relative_path(&note.facts.place.folder, target.source.in_notes()?);
    let (heading, anchor) = match part {
        PartFound::Heading(at) => {
            let heading = target.facts.headings.get(at as usize)?;
            let is_plain = !heading.text.contains(['|', '[', ']', '#']);
            let name = if is_plain { heading.text.clone() } else { heading.anchor.to_string() };
            (Some(name), Some(heading.anchor.to_string()))
        }
        PartFound::Anchor(at) => {
            let anchor = target.facts.anchors.get(at as usize)?;
            (Some(format!("^{anchor}")), Some(anchor.to_string()))
        }
        PartFound::Whole => (None, None),
        PartFound::Missing => return None,
    };
    Some(LinkNames { path, short, heading, anchor })
}

fn title(book: EditedBook<'_>, text: &OpenText, link: usize) -> String {
    match book.link(text, link) {
        Some(Resolution::Note(id, _)) => book.note(id).facts.card.title.clone(),
        _ => String::new(),
    }
}

/// Returns the new notes that a link which leads nowhere may mean: one of each kind.
fn missing_notes(book: EditedBook<'_>, text: &OpenText, link: usize) -> Vec<EditorAction> {
    let Some(note) = text.note.as_deref() else { return Vec::new() };
    let target = &note.facts.links[link].target;
    let is_missing = matches!(book.link(text, link), Some(Resolution::Missing));
    if !is_missing || note.facts.links[link].role == LinkRole::Image {
        return Vec::new();
    }
    let config = &book.site().config;
    let own = note.facts.kind;
    let mut kinds: Vec<KindId> = config.kinds().map(|(id, _)| id).collect();
    kinds.sort_by_key(|kind| *kind != own);
    new_notes(book, target, &kinds, notation(text))
}

/// Returns the new notes that a reference may mean which names none: one of each kind that the field takes.
fn named_notes(book: EditedBook<'_>, text: &OpenText, reference: usize) -> Vec<EditorAction> {
    let Some(note) = text.note.as_deref() else { return Vec::new() };
    let written = &note.facts.references[reference];
    let is_named = match book.reference(text, reference) {
        Some(Resolution::Missing) => true,
        Some(Resolution::Note(id, _)) => book.note(id).facts.origin == Origin::OpenField,
        _ => false,
    };
    if !is_named {
        return Vec::new();
    }
    let config = &book.site().config;
    let kinds: Vec<KindId> = match written.field {
        RefField::Own(at) => config.kind(note.facts.kind).fields[usize::from(at)].kinds().to_vec(),
        RefField::Supersedes => vec![note.facts.kind],
        RefField::Sources => config.kinds().map(|(id, _)| id).collect(),
    };
    new_notes(book, &written.target, &kinds, notation(text))
}

/// Returns the changes that make a note with a name, one for each kind.
fn new_notes(
    book: EditedBook<'_>,
    target: &LinkTarget,
    kinds: &[KindId],
    notation: Notation,
) -> Vec<EditorAction> {
    let site = book.site();
    let name = target.path.trim_end_matches(".md").rsplit('/').next().unwrap_or_default();
    let with_folder = |kind: &&KindId| site.config.kind(**kind).folder.is_some();
    let actions = kinds.iter().filter(with_folder).take(MAX_KINDS).filter_map(|kind| {
        let kind_config = site.config.kind(*kind);
        let title = match name.contains([' ', '\'']) || name.chars().any(char::is_uppercase) {
            true => name.to_owned(),
            false => title_of_file(name),
        };
        let folder = kind_config.folder.as_deref().unwrap_or_default();
        let named = new_path_in(&site.config, folder, name).ok()?;
        if book.has_file(&named) {
            return None;
        }
        let asked = NewNote {
            kind: *kind,
            title: &title,
            values: &[],
            is_draft: false,
            text: None,
            notation,
        };
        let text = new_note(site, &named, &asked).ok()?;
        Some(EditorAction {
            title: format!("make the {} {}", kind_config.title.to_lowercase(), named.as_str()),
            problem: None,
            is_safe: false,
            edits: Vec::new(),
            file: Some(NewFileText { path: named, text }),
        })
    });
    actions.collect()
}

/// Returns the notation of the front matter of a text.
fn notation(text: &OpenText) -> Notation {
    let front = WrittenFrontMatter::of(&text.path, &text.text).filter(|front| front.is_fenced);
    front.map_or(Notation::Toml, |front| front.notation)
}
