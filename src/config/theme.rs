//! `[theme]`: the look of the site. `theme = "…"` names the folder of the theme alone.

use super::read::folder;
use super::values::{flag, items, spanned, text};
use super::{LONGEST_TEXT, MOST, SpannedText};
use crate::colour::Colour;
use crate::diagnostic::Code;
use crate::span::Span;
use crate::table::{TableReader, TomlEntry, TomlTable};

/// The endings of pictures that browsers show.
pub(crate) const PICTURES: &[&str] = &["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// The endings of pictures that other sites show beside a link.
pub(crate) const SOCIAL_PICTURES: &[&str] = &["gif", "jpeg", "jpg", "png", "webp"];

/// The endings of style sheets.
pub(crate) const STYLE_SHEETS: &[&str] = &["css"];

/// The longest text of the footer, in bytes.
const LONGEST_FOOTER: usize = 4000;

/// The settings of the look of the site.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThemeSettings {
    /// The picture of the site.
    pub logo: Option<LogoSettings>,
    /// The colour of links and of what is set off.
    pub accent: Option<AccentSettings>,
    /// The text at the foot of every page, in Markdown.
    pub footer: Option<SpannedText>,
    /// The picture that other sites show beside a link to a page.
    pub social_image: Option<SpannedText>,
    /// Entries of the navigation that lead out of the site.
    pub links: Vec<LinkSettings>,
    /// A style sheet of the book.
    pub css: Option<SpannedText>,
}

/// The picture of the site.
#[derive(Clone, Debug, PartialEq)]
pub struct LogoSettings {
    /// The file, as written.
    pub file: SpannedText,
    /// The words for those who can't see it.
    pub alt: Option<String>,
    /// True if it stands in place of the title, rather than beside it.
    pub replaces_title: bool,
}

/// The accent colour, in light and in dark colours.
#[derive(Clone, Debug, PartialEq)]
pub struct AccentSettings {
    /// The colour in light colours.
    pub light: SpannedColour,
    /// The colour in dark colours; a shade of the other where it is not given.
    pub dark: Option<SpannedColour>,
}

/// A colour of the configuration and its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpannedColour {
    /// The colour.
    pub colour: Colour,
    /// Its place.
    pub span: Span,
}

/// An entry of the navigation that leads out of the site.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkSettings {
    /// The text that readers see.
    pub title: String,
    /// The address.
    pub url: SpannedText,
}

/// The theme as written: the folder, its place, and the settings.
#[derive(Default)]
pub(super) struct RawTheme {
    pub(super) folder: Option<(String, Span)>,
    pub(super) settings: ThemeSettings,
}

/// Reads `theme = "folder"` or `[theme]`.
pub(super) fn read(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> RawTheme {
    if !entry.is_table() {
        let folder = folder(reader, entry).map(|folder| (folder, entry.span));
        return RawTheme { folder, ..RawTheme::default() };
    }
    reader.nested(entry, |reader, table| theme(reader, table)).unwrap_or_default()
}

fn theme(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> RawTheme {
    let named = table.take("folder");
    let footer = table.take("footer").and_then(|entry| {
        let text = reader.short_text(entry, LONGEST_FOOTER)?;
        Some(SpannedText { text, span: entry.span })
    });
    let social = table.take("social-image");
    let css = table.take("css");
    RawTheme {
        folder: named.and_then(|entry| Some((folder(reader, entry)?, entry.span))),
        settings: ThemeSettings {
            logo: table.take("logo").and_then(|entry| logo(reader, entry)),
            accent: table.take("accent").and_then(|entry| accent(reader, entry)),
            footer,
            social_image: social.and_then(|entry| file(reader, entry, SOCIAL_PICTURES)),
            links: items(reader, table, "links", MOST, link),
            css: css.and_then(|entry| file(reader, entry, STYLE_SHEETS)),
        },
    }
}

/// Reads the name of a file of the book that ends in one of `endings`.
fn file(
    reader: &mut TableReader<'_>,
    entry: TomlEntry<'_>,
    endings: &[&str],
) -> Option<SpannedText> {
    let file = SpannedText { text: reader.short_text(entry, LONGEST_TEXT)?, span: entry.span };
    let ending = file.text.rsplit_once('.').map_or("", |(_, ending)| ending);
    if endings.iter().any(|known| known.eq_ignore_ascii_case(ending)) {
        return Some(file);
    }
    let message = format!("\"{}\" can't be used here, by the ending of its name", file.text);
    let help = format!("name a file whose name ends in .{}", endings.join(", ."));
    reader.report(entry.span, Code::BadConfig, message).help.push(help);
    None
}

/// Reads the name of a picture, or a table with more about it.
fn logo(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<LogoSettings> {
    if !entry.is_table() {
        let file = file(reader, entry, PICTURES)?;
        return Some(LogoSettings { file, alt: None, replaces_title: false });
    }
    reader.nested(entry, |reader, table| {
        let named = table.take("file");
        let (alt, replaces_title) =
            (text(reader, table, "alt"), flag(reader, table, "replaces-title"));
        if named.is_none() && reader.is_whole() {
            let message = "the logo names no file";
            let help = "give it one: logo = { file = \"logo.svg\", alt = \"…\" }".to_owned();
            reader.report(entry.span, Code::BadConfig, message).help.push(help);
        }
        Some(LogoSettings { file: file(reader, named?, PICTURES)?, alt, replaces_title })
    })?
}

/// Reads one colour, or a table with one for light and one for dark colours.
fn accent(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<AccentSettings> {
    if !entry.is_table() {
        return Some(AccentSettings { light: colour(reader, entry)?, dark: None });
    }
    reader.nested(entry, |reader, table| {
        let (light, dark) = (table.take("light"), table.take("dark"));
        if light.is_none() && reader.is_whole() {
            let message = "the accent has no colour for light pages";
            let help =
                "give it one: accent = { light = \"#0d5c63\", dark = \"#6cc0bb\" }".to_owned();
            reader.report(entry.span, Code::BadConfig, message).help.push(help);
        }
        let dark = dark.and_then(|entry| colour(reader, entry));
        Some(AccentSettings { light: colour(reader, light?)?, dark })
    })?
}

fn colour(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<SpannedColour> {
    let written = reader.text(entry)?;
    let Some(colour) = Colour::parse(&written) else {
        let message = format!("\"{written}\" is not a colour as it is written here");
        let help =
            "write # and six digits from 0 to f, two each for red, green and blue: \"#0d5c63\"";
        reader.report(entry.span, Code::BadConfig, message).help.push(help.to_owned());
        return None;
    };
    Some(SpannedColour { colour, span: entry.span })
}

fn link(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<LinkSettings> {
    reader.nested(entry, |reader, table| {
        let (title, url) = (table.take("title"), table.take("url"));
        if (title.is_none() || url.is_none()) && reader.is_whole() {
            let message = "a link of the navigation has a title and an address";
            let help = "write both: { title = \"…\", url = \"https://…\" }".to_owned();
            reader.report(entry.span, Code::BadConfig, message).help.push(help);
        }
        let title = title.and_then(|entry| reader.short_text(entry, LONGEST_TEXT));
        let url = url.and_then(|entry| spanned(reader, entry));
        Some(LinkSettings { title: title?, url: url? })
    })?
}
