//! A map of the notes around a note, drawn when the site is built: those that point at it on one side,
//! those it points at on the other, the most important first. The lists of the page say the same in words.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

use pulldown_cmark_escape::escape_html;

use crate::graph::LinkVia;
use crate::language::{Direction, Language};
use crate::note::{NoteCard, NoteId};
use crate::path::url_path;
use crate::site::Site;
use crate::view::parts::measure;
use crate::view::parts::related::{notes_pointing, notes_targeted};

/// The most notes on each side.
const SIDE: usize = 6;

/// The sizes of the drawing, in its own units: about pixels on a wide screen. The gap is that between
/// two titles.
const WIDTH: i32 = 880;
const MIDDLE: i32 = WIDTH / 2;
const GAP: i32 = 12;

/// The widths of the titles on either side, and of the box in the middle.
const COLUMN: i32 = 280;
const BOX: i32 = 200;

/// The size of letters, as the style sheet sets it, and the distances of a line of a title, and of the
/// name of its kind, from the line before.
const FONT: i32 = 14;
const LINE: i32 = 17;
const KIND: i32 = 15;

/// Returns the map around the note at `id`, as SVG; `None` if its kind shows none, or if it stands alone.
pub(crate) fn draw(site: &Site, id: NoteId) -> Option<String> {
    let facts = &site.note(id).facts;
    if !site.config.kind(facts.kind).features.map {
        return None;
    }
    let is_entry = |id: &NoteId| site.graph.positions[id.index()].is_some();
    let mut before: Vec<NoteId> = notes_pointing(site.graph.incoming.of(id));
    let mut after = notes_targeted(site, id).to_vec();
    before.retain(is_entry);
    after.retain(|id| is_entry(id) && before.binary_search(id).is_err());
    if before.is_empty() && after.is_empty() {
        return None;
    }
    let pointers = site.graph.incoming.of(id).iter();
    let by_field = pointers.filter(|pointer| matches!(pointer.relation.way, LinkVia::Field(_)));
    by_importance(site, &mut before, &by_field.map(|pointer| pointer.from).collect());
    let references = site.graph.references[id.index()].iter();
    by_importance(site, &mut after, &references.filter_map(|found| found.note()).collect());
    let words = &site.card(&facts.place.language).words;
    let label = |id: &NoteId, width, most| {
        let card = &site.note(*id).facts.card;
        let kind = if site.is_past(*id) {
            format!("{} · {}", card.kind_title, words.get("past"))
        } else {
            card.kind_title.clone()
        };
        MapLabel { card, title: lines(card.short_title(), width, most), kind }
    };
    let side = |ids: &[NoteId]| ids.iter().take(SIDE).map(|id| label(id, COLUMN, 3)).collect();
    let sides: [Vec<MapLabel<'_>>; 2] = [side(&before), side(&after)];
    let middle = label(&id, BOX - 16, 4);
    let stacked =
        |labels: &[MapLabel<'_>]| labels.iter().map(|label| label.height() + GAP).sum::<i32>();
    let height = stacked(&sides[0]).max(stacked(&sides[1])).max(middle.height() + 3 * GAP);
    let foot = if before.len().max(after.len()) > SIDE { LINE } else { 0 };
    let mut svg =
        format!("<svg viewBox=\"0 0 {WIDTH} {}\" role=\"group\" aria-label=\"", height + foot);
    let _ = escape_html(&mut svg, words.get("map-text"));
    svg.push_str("\">");
    let (root, language) = (facts.place.output.to_root(), &facts.place.language);
    let mut drawing = MapDrawing { root, language, svg, height };
    for (labels, ids, is_before) in [(&sides[0], &before, true), (&sides[1], &after, false)] {
        drawing.side(labels, (height - stacked(labels)) / 2, is_before);
        if ids.len() > SIDE {
            drawing.more(&words.counted("map-more", ids.len() - SIDE), is_before);
        }
    }
    drawing.middle(&middle);
    drawing.svg.push_str("</svg>");
    Some(drawing.svg)
}

/// Puts the neighbours of a note in order: the current ones first, then those that are neighbours by a field, then
/// those of a kind under which notes are filed, then those at which most notes point.
fn by_importance(site: &Site, notes: &mut [NoteId], by_field: &BTreeSet<NoteId>) {
    let is_filed_under =
        |id: &NoteId| site.config.kind(site.note(*id).facts.kind).features.taxonomy;
    notes.sort_by_key(|id| {
        let pointing = site.graph.incoming.of(*id).len();
        (site.is_past(*id), !by_field.contains(id), !is_filed_under(id), Reverse(pointing), *id)
    });
}

/// A note with its title on lines.
struct MapLabel<'a> {
    card: &'a NoteCard,
    title: Vec<String>,
    /// The name of its kind, and a word if it is superseded or withdrawn.
    kind: String,
}

struct MapDrawing<'a> {
    root: String,
    /// The language of the page.
    language: &'a Language,
    svg: String,
    height: i32,
}

impl MapLabel<'_> {
    /// The height of the title with the name of its kind.
    fn height(&self) -> i32 {
        self.title.len() as i32 * LINE + KIND
    }
}

impl MapDrawing<'_> {
    /// Draws one side of the map from `top` on: for each note a line to the middle, and its title as a
    /// link.
    fn side(&mut self, labels: &[MapLabel<'_>], mut top: i32, is_before: bool) {
        for label in labels {
            let (y, middle) = (top + (label.height() + GAP) / 2, self.height / 2);
            top += label.height() + GAP;
            let (x, from, end, side) = if is_before {
                (COLUMN, COLUMN + 8, MIDDLE - BOX / 2, TextSide::Right)
            } else {
                (WIDTH - COLUMN, WIDTH - COLUMN - 8, MIDDLE + BOX / 2, TextSide::Left)
            };
            let bend = (from + end) / 2;
            let path = format!("M{from} {y}C{bend} {y} {bend} {middle} {end} {middle}");
            let _ = write!(self.svg, "<path d=\"{path}\"/>");
            let url = url_path(label.card.url.as_str());
            let _ = write!(self.svg, "<a href=\"{}{url}\"><title", self.root);
            let language = Some(&label.card.language).filter(|of_title| *of_title != self.language);
            if let Some(language) = language {
                let _ = write!(self.svg, " lang=\"{language}\"");
            }
            self.svg.push('>');
            let _ = escape_html(&mut self.svg, &label.card.title);
            self.svg.push_str("</title>");
            self.label(label, (x, y), side);
            self.svg.push_str("</a>");
        }
    }

    /// Writes below one side that there are more notes.
    fn more(&mut self, text: &str, is_before: bool) {
        let (x, side) =
            if is_before { (COLUMN, TextSide::Right) } else { (WIDTH - COLUMN, TextSide::Left) };
        let (y, side) = (self.height + LINE - GAP / 3, side.attributes(self.language));
        let _ = write!(self.svg, "<text x=\"{x}\" y=\"{y}\"{side}>");
        let _ = escape_html(&mut self.svg, text);
        self.svg.push_str("</text>");
    }

    /// Draws the note itself.
    fn middle(&mut self, label: &MapLabel<'_>) {
        let (y, height) = (self.height / 2, label.height() + 16);
        let (left, top) = (MIDDLE - BOX / 2, y - height / 2);
        let size = format!("width=\"{BOX}\" height=\"{height}\" rx=\"3\"");
        let _ = write!(self.svg, "<rect x=\"{left}\" y=\"{top}\" {size}/>");
        self.label(label, (MIDDLE, y), TextSide::Middle);
    }

    /// Draws a title on its lines, above the name of its kind, with its middle at `y`.
    fn label(&mut self, label: &MapLabel<'_>, (x, y): (i32, i32), side: TextSide) {
        let mut line = y - label.height() / 2 + FONT - 2;
        let language = &label.card.language;
        let _ = write!(self.svg, "<text{}", side.attributes(language));
        let is_other = language != self.language;
        if is_other {
            let _ = write!(self.svg, " lang=\"{language}\"");
        }
        self.svg.push('>');
        for text in &label.title {
            let _ = write!(self.svg, "<tspan x=\"{x}\" y=\"{line}\">");
            let _ = escape_html(&mut self.svg, text);
            self.svg.push_str("</tspan>");
            line += LINE;
        }
        let y = line - LINE + KIND;
        // The name of the kind is in the language of the page.
        if is_other {
            let _ = write!(self.svg, "</text><text{}>", side.attributes(self.language));
        }
        let _ = write!(self.svg, "<tspan class=\"kind\" x=\"{x}\" y=\"{y}\">");
        let _ = escape_html(&mut self.svg, &label.kind);
        self.svg.push_str("</tspan></text>");
    }
}

/// The side on which all lines of a text begin or end.
#[derive(Clone, Copy)]
enum TextSide {
    Left,
    Middle,
    Right,
}

impl TextSide {
    /// The attributes of a text in `language`: the start of a line is on the right in some.
    fn attributes(self, language: &Language) -> String {
        let is_rtl = language.direction() == Direction::Rtl;
        let anchor = match self {
            Self::Middle => "middle",
            Self::Left => {
                if is_rtl {
                    "end"
                } else {
                    "start"
                }
            }
            Self::Right => {
                if is_rtl {
                    "start"
                } else {
                    "end"
                }
            }
        };
        let direction = if is_rtl { " direction=\"rtl\"" } else { "" };
        format!(" text-anchor=\"{anchor}\"{direction}")
    }
}

/// The lines of a title in a column of this width.
fn lines(title: &str, width: i32, most: usize) -> Vec<String> {
    measure::lines(title, (width * 100 / FONT).unsigned_abs(), most)
}
