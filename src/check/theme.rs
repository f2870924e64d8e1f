//! Mistakes in `[theme]`: files and notes that are not there, addresses, and colours that can't be read.

use crate::check::rules::{ambiguous_name, missing_anchor, missing_asset};
use crate::colour::{Colour, DARK, Grounds, LEAST_CONTRAST, LIGHT};
use crate::config::{SpannedColour, SpannedText};
use crate::diagnostic::Diagnostic;
use crate::graph::{PartFound, Resolution};
use crate::nearest::{Suggestions, nearest};
use crate::note::{HoleKind, Note};
use crate::parse::OutsideAddress;
use crate::parse::rules::broken_link;
use crate::path::SourcePath;
use crate::scheme::whole_address;
use crate::site::{Site, theme_file};
use crate::span::Span;
use crate::table::rules::{bad_config, refused_scheme};

pub(super) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    let config = &site.config;
    let (settings, path) = (&config.theme_settings, SourcePath::new(config.path.as_str()));
    let logo = settings.logo.as_ref().map(|logo| &logo.file);
    let files = [logo, settings.social_image.as_ref(), settings.css.as_ref()];
    out.extend(files.into_iter().flatten().filter_map(|file| missing_file(site, &path, file)));
    if let Some(file) = settings.social_image.as_ref().filter(|_| config.base_url.is_none()) {
        let message = "other sites show this picture only if they are told where the site is";
        let help = "write base-url = \"https://…\" at the top of the configuration";
        out.push(Diagnostic::warning(&path, file.span, &bad_config::RULE, message).help(help));
    }
    if let Some(accent) = &settings.accent {
        out.extend(unreadable(&path, accent.light, &LIGHT, "light"));
        out.extend(accent.dark.and_then(|dark| unreadable(&path, dark, &DARK, "dark")));
    }
    out.extend(settings.links.iter().filter_map(|link| unfit_link(&path, &link.url)));
    let footer = settings.footer.as_ref().zip(site.footers.get(config.language()));
    if let Some((written, note)) = footer {
        unfit_footer(&path, written.span, note, out);
        broken_links(site, &path, note, out);
    }
}

fn missing_file(site: &Site, path: &SourcePath, file: &SpannedText) -> Option<Diagnostic> {
    if theme_file(&site.files, &file.text).is_some() {
        return None;
    }
    let near = nearest(&file.text, site.files.iter().map(|(output, _)| output.as_str()));
    let message = format!("there is no file \"{}\"", file.text);
    let help = "name a file of the folder static or content, as it is called from there";
    let found = Diagnostic::error(path, file.span, &missing_asset::RULE, message);
    Some(found.did_you_mean(&near).help(help))
}

/// Reports a colour in which text can't be read on one of `grounds`.
fn unreadable(
    path: &SourcePath,
    SpannedColour { colour, span }: SpannedColour,
    grounds: &Grounds,
    name: &str,
) -> Option<Diagnostic> {
    let (ground, contrast) = grounds.worst(colour);
    if contrast >= LEAST_CONTRAST {
        return None;
    }
    // Not rounded up, so that what is too little does not look like enough.
    let contrast = (contrast * 100.0).floor() / 100.0;
    let message = format!(
        "text in {colour} can't be read well in {name} colours: on {ground} its contrast is {contrast}:1, and \
         {LEAST_CONTRAST}:1 is the least"
    );
    let shade: Colour = grounds.readable(colour);
    let help = format!("the nearest shade that can be read everywhere is \"{shade}\"");
    Some(Diagnostic::error(path, span, &bad_config::RULE, message).help(help))
}

fn unfit_link(path: &SourcePath, url: &SpannedText) -> Option<Diagnostic> {
    let error = |code, message| Diagnostic::error(path, url.span, code, message);
    match OutsideAddress::of(&url.text) {
        OutsideAddress::Allowed => None,
        OutsideAddress::Refused { scheme } => {
            let message = format!("a link may not begin with \"{scheme}:\"");
            let help = "a link begins with https:, http:, mailto: or tel:";
            Some(error(&refused_scheme::RULE, message).help(help))
        }
        OutsideAddress::Inside => {
            let message = format!("\"{}\" does not lead out of the site", url.text);
            let help = match whole_address(&url.text) {
                Some(address) => format!("write \"{address}\""),
                None => {
                    "write an address that begins with https://, or name a note in menu".to_owned()
                }
            };
            Some(error(&broken_link::RULE, message).help(help))
        }
    }
}

/// Reports what only a note can hold: the footer stands on every page, so it has no ids, and is short.
fn unfit_footer(path: &SourcePath, span: Span, footer: &Note, out: &mut Vec<Diagnostic>) {
    let unfit = footer.body.holes.iter().find_map(|hole| match hole.what {
        HoleKind::Href(_) | HoleKind::Text(_) | HoleKind::CitedBy(_) | HoleKind::Part(_) => None,
        HoleKind::Src(_) | HoleKind::Address(_) | HoleKind::Size(_) => Some("a picture"),
        HoleKind::Embed(..) => Some("an embedded note"),
        HoleKind::Id(_) | HoleKind::Own(_) => {
            Some("a heading, a footnote or another part with an id")
        }
        HoleKind::Word(_) => Some("a table, a task or a callout"),
        HoleKind::Code(_) => Some("a block of code"),
    });
    let unfit = unfit.or((!footer.facts.headings.is_empty()).then_some("a heading"));
    if let Some(what) = unfit {
        let message = format!("the footer holds {what}");
        let help = "it takes paragraphs and lists, with emphasis and links";
        out.push(Diagnostic::error(path, span, &bad_config::RULE, message).help(help));
    }
}

/// Reports the links of the footer that lead nowhere.
fn broken_links(site: &Site, path: &SourcePath, footer: &Note, out: &mut Vec<Diagnostic>) {
    let Some(resolved) = site.graph.footers.get(site.config.language()) else { return };
    let links = footer.facts.links.iter().zip(&footer.spans.links).zip(resolved);
    for ((link, span), resolution) in links {
        let name = &*link.target.path;
        let error = |code, message| Diagnostic::error(path, *span, code, message);
        out.extend(match resolution {
            Resolution::Missing => {
                let facts = site.notes.iter().map(|note| &note.facts);
                let names = facts.flat_map(|facts| {
                    [&*facts.place.path, &facts.card.title].into_iter().chain(facts.other_names())
                });
                let near = Suggestions::new(names);
                let message = format!("no note is called \"{name}\"");
                Some(error(&broken_link::RULE, message).did_you_mean(&near.near(name)))
            }
            Resolution::Ambiguous => {
                let message = format!("two or more notes are called \"{name}\"");
                let help = "write the path of the one that is meant";
                Some(error(&ambiguous_name::RULE, message).help(help))
            }
            Resolution::Note(_, PartFound::Missing) => {
                let message = format!("the note \"{name}\" has no such part");
                Some(error(&missing_anchor::RULE, message))
            }
            Resolution::Note(..) | Resolution::File(_) | Resolution::WrongKind(_) => None,
        });
    }
}
