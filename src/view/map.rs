//! A map of what a note points at and what points at it, drawn when the site is built: those that
//! point on one side, those pointed at on the other. The lists of the page say the same in words.

use std::fmt::Write;

use pulldown_cmark_escape::escape_html;

use super::related::{sources, targets};
use crate::note::NoteId;
use crate::path::url_path;
use crate::site::Site;

/// How many notes stand on each side.
const SIDE: usize = 8;

/// How many letters of a title fit.
const LETTERS: usize = 30;

/// The sizes of the drawing, in its own units: about pixels on a wide screen.
const WIDTH: i32 = 720;
const COLUMN: i32 = 236;
const ROW: i32 = 40;

/// The map around the note at `id`, as SVG; none if its kind shows none or it stands alone.
pub(super) fn of(site: &Site, id: NoteId) -> Option<String> {
    let facts = &site.note(id).facts;
    if !site.config.kind(facts.kind).shown.map {
        return None;
    }
    let is_entry = |id: &NoteId| site.graph.positions[id.index()].is_some();
    let mut before: Vec<NoteId> = sources(site.graph.incoming.of(id));
    let mut after = targets(site, id);
    before.retain(is_entry);
    after.retain(|id| is_entry(id) && before.binary_search(id).is_err());
    let rows = before.len().min(SIDE).max(after.len().min(SIDE)) as i32;
    if rows == 0 {
        return None;
    }
    let height = rows * ROW;
    let words = &site.card(&facts.place.language).words;
    let mut svg =
        format!("<svg viewBox=\"0 0 {WIDTH} {}\" role=\"group\" aria-label=\"", height + ROW);
    let _ = escape_html(&mut svg, words.get("map-text"));
    svg.push_str("\">");
    let mut drawing = Drawing { site, root: facts.place.output.to_root(), svg, height };
    drawing.side(&before, true);
    drawing.side(&after, false);
    drawing.label(id, WIDTH / 2, height / 2, "middle", false);
    for (ids, x, anchor) in [(&before, 0, "start"), (&after, WIDTH, "end")] {
        if ids.len() > SIDE {
            let more = words.get("map-more").replace("{count}", &(ids.len() - SIDE).to_string());
            let y = height + ROW / 2;
            let _ = write!(drawing.svg, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">");
            let _ = escape_html(&mut drawing.svg, &more);
            drawing.svg.push_str("</text>");
        }
    }
    drawing.svg.push_str("</svg>");
    Some(drawing.svg)
}

struct Drawing<'a> {
    site: &'a Site,
    root: String,
    svg: String,
    height: i32,
}

impl Drawing<'_> {
    /// One side of the map: a line to the middle for each note, and its title.
    fn side(&mut self, ids: &[NoteId], is_before: bool) {
        let shown = &ids[..ids.len().min(SIDE)];
        let top = (self.height - shown.len() as i32 * ROW) / 2 + ROW / 2;
        for (at, id) in (0i32..).zip(shown) {
            let (y, middle) = (top + at * ROW, self.height / 2);
            let (x, end) = match is_before {
                true => (COLUMN, WIDTH / 2 - 106),
                false => (WIDTH - COLUMN, WIDTH / 2 + 106),
            };
            let bend = (x + end) / 2;
            let path = format!("M{x} {y}C{bend} {y} {bend} {middle} {end} {middle}");
            let _ = write!(self.svg, "<path d=\"{path}\"/>");
            let (x, anchor) = if is_before { (0, "start") } else { (WIDTH, "end") };
            self.label(*id, x, y, anchor, true);
        }
    }

    /// The title of a note, above the name of its kind.
    fn label(&mut self, id: NoteId, x: i32, y: i32, anchor: &str, is_link: bool) {
        let card = &self.site.note(id).facts.card;
        if is_link {
            let url = url_path(card.url.as_str());
            let _ = write!(self.svg, "<a href=\"{}{url}\"><title>", self.root);
            let _ = escape_html(&mut self.svg, &card.title);
            self.svg.push_str("</title>");
        } else {
            let (left, top) = (x - 106, y - ROW / 2);
            let _ = write!(
                self.svg,
                "<rect x=\"{left}\" y=\"{top}\" width=\"212\" height=\"{ROW}\" rx=\"3\"/>"
            );
        }
        let letters = if is_link { LETTERS } else { LETTERS - 4 };
        let _ = write!(self.svg, "<text x=\"{x}\" y=\"{}\" text-anchor=\"{anchor}\">", y - 2);
        let _ = escape_html(&mut self.svg, &short(&card.title, letters));
        let y = y + 13;
        let _ = write!(self.svg, "<tspan x=\"{x}\" y=\"{y}\">");
        let _ = escape_html(&mut self.svg, &card.kind_title);
        self.svg.push_str("</tspan></text>");
        self.svg.push_str(if is_link { "</a>" } else { "" });
    }
}

/// A title cut after a word so that it fits.
fn short(title: &str, letters: usize) -> String {
    if title.chars().count() <= letters {
        return title.to_owned();
    }
    let cut: String = title.chars().take(letters - 1).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(cut, _)| cut);
    format!("{}…", cut.trim_end_matches([',', ';', ':']))
}
