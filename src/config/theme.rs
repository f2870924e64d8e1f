//! `[theme]`: the look of the site. `theme = "…"` names the folder of the theme alone.

use crate::table::rules::bad_config;
use serde_json::{Value, json};

use super::shapes::{FolderShape, NameShape, SHORT_TEXT};
use super::{LONGEST_TEXT, MOST, SpannedText};
use crate::colour::Colour;
use crate::span::Span;
use crate::table::{
    FlagShape, ListShape, ReadShape, ShortTextShape, TableReader, TableShape, TextShape, TomlEntry,
    TomlTable, ValueShape, json, keys,
};

/// The theme of a book that names none.
pub(super) const DEFAULT_THEME: &str = "default";

/// The endings of pictures that browsers show.
const PICTURES: &[&str] = &["avif", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// The endings of pictures that other sites show beside a link.
const SOCIAL_PICTURES: &[&str] = &["gif", "jpeg", "jpg", "png", "webp"];

/// The endings of style sheets.
const STYLE_SHEETS: &[&str] = &["css"];

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

keys! {
    /// The keys of `[theme]`.
    THEME_KEYS:

    FOLDER: FolderShape = "folder", FolderShape { default: Some(DEFAULT_THEME) },
        "The folder below themes/ that says how the site looks.";
    LOGO: LogoShape = "logo", LogoShape,
        "The picture of the site, in place of its title or beside it.";
    ACCENT: AccentShape = "accent", AccentShape,
        "The colour of links and of what is set off, or one for light and one for dark pages.";
    FOOTER: FooterShape = "footer", FooterShape,
        "The text at the foot of every page, in Markdown.";
    SOCIAL_IMAGE: FileShape = "social-image", FileShape(SOCIAL_PICTURES),
        "The picture that other sites show beside a link to a page.";
    LINKS: ListShape<TableShape<Option<LinkSettings>>> = "links",
        ListShape {
            items: TableShape { keys: LINK_KEYS, required: &["title", "url"], read: link },
            most: MOST,
        },
        "Entries of the navigation that lead out of the site, after those of the menu.";
    CSS: FileShape = "css", FileShape(STYLE_SHEETS),
        "A style sheet of the book, which is loaded after that of the theme.";
}

keys! {
    /// The keys of the logo.
    LOGO_KEYS:

    LOGO_FILE: FileShape = "file", FileShape(PICTURES), "The picture.";
    LOGO_ALT: TextShape = "alt", TextShape, "The words for readers who can't see the picture.";
    REPLACES_TITLE: FlagShape = "replaces-title", FlagShape(false),
        "Shows the picture in place of the title, rather than beside it.";
}

keys! {
    /// The keys of the accent.
    ACCENT_KEYS:

    ACCENT_LIGHT: ColourShape = "light", ColourShape, "The colour on light pages.";
    ACCENT_DARK: ColourShape = "dark", ColourShape,
        "The colour on dark pages; without it, a lighter shade of the other.";
}

keys! {
    /// The keys of a link of the navigation.
    LINK_KEYS:

    LINK_TITLE: ShortTextShape = "title", SHORT_TEXT, "The words that readers see.";
    LINK_URL: NameShape = "url", NameShape, "The address that the link leads to.";
}

/// The theme as written: the folder, its place, and the settings.
#[derive(Default)]
pub(super) struct RawTheme {
    pub(super) folder: Option<(String, Span)>,
    pub(super) settings: ThemeSettings,
}

/// The folder of the theme, or a table of settings.
#[derive(Clone, Copy, Debug)]
pub(super) struct ThemeShape;

impl ValueShape for ThemeShape {
    fn schema(&self) -> Value {
        json!({ "anyOf": [FOLDER.shape.schema(), json::table_of(THEME_KEYS, &[])] })
    }

    fn example(&self) -> &'static str {
        "{ … }"
    }

    fn default_value(&self) -> Option<Value> {
        FOLDER.shape.default_value()
    }
}

impl ReadShape for ThemeShape {
    type Value = RawTheme;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<RawTheme> {
        if entry.is_table() {
            return reader.nested(entry, |reader, table| theme(reader, table));
        }
        let span = entry.span;
        let folder = FOLDER.shape.read(reader, entry).map(|folder| (folder, span));
        Some(RawTheme { folder, ..RawTheme::default() })
    }
}

fn theme(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>) -> RawTheme {
    RawTheme {
        folder: FOLDER.read_with_place(reader, table),
        settings: ThemeSettings {
            logo: LOGO.read(reader, table),
            accent: ACCENT.read(reader, table),
            footer: FOOTER.read(reader, table),
            social_image: SOCIAL_IMAGE.read(reader, table),
            links: LINKS.read_or_default(reader, table).into_iter().flatten().collect(),
            css: CSS.read(reader, table),
        },
    }
}

/// The text of the footer.
#[derive(Clone, Copy, Debug)]
struct FooterShape;

impl ValueShape for FooterShape {
    fn schema(&self) -> Value {
        json::text()
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}

impl ReadShape for FooterShape {
    type Value = SpannedText;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<SpannedText> {
        let span = entry.span;
        Some(SpannedText { text: reader.short_text(entry, LONGEST_FOOTER)?, span })
    }
}

/// The name of a file of the book that ends in one of these endings.
#[derive(Clone, Copy, Debug)]
struct FileShape(&'static [&'static str]);

impl ValueShape for FileShape {
    fn schema(&self) -> Value {
        let letter = |c: char| format!("[{c}{}]", c.to_ascii_uppercase());
        let ending = |ending: &&str| ending.chars().map(letter).collect::<String>();
        let endings: Vec<String> = self.0.iter().map(ending).collect();
        json!({ "type": "string", "pattern": format!(r"\.({})$", endings.join("|")) })
    }

    fn example(&self) -> &'static str {
        "\"…\""
    }
}

impl ReadShape for FileShape {
    type Value = SpannedText;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<SpannedText> {
        let span = entry.span;
        let file = SpannedText { text: reader.short_text(entry, LONGEST_TEXT)?, span };
        let ending = file.text.rsplit_once('.').map_or("", |(_, ending)| ending);
        if self.0.iter().any(|known| known.eq_ignore_ascii_case(ending)) {
            return Some(file);
        }
        let message = format!("\"{}\" can't be used here, by the ending of its name", file.text);
        let help = format!("name a file whose name ends in .{}", self.0.join(", ."));
        reader.report(span, &bad_config::RULE, message).help.push(help);
        None
    }
}

/// The name of a picture, or a table with more about it.
#[derive(Clone, Copy, Debug)]
struct LogoShape;

impl ValueShape for LogoShape {
    fn schema(&self) -> Value {
        json!({ "anyOf": [LOGO_FILE.shape.schema(), json::table_of(LOGO_KEYS, &["file"])] })
    }

    fn example(&self) -> &'static str {
        "\"logo.svg\""
    }
}

impl ReadShape for LogoShape {
    type Value = LogoSettings;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<LogoSettings> {
        if !entry.is_table() {
            let file = LOGO_FILE.shape.read(reader, entry)?;
            return Some(LogoSettings { file, alt: None, replaces_title: false });
        }
        reader.nested(entry, |reader, table| {
            let named = LOGO_FILE.take(table);
            let alt = LOGO_ALT.read(reader, table);
            let replaces_title = REPLACES_TITLE.read_or_default(reader, table);
            if named.is_none() && reader.is_whole() {
                let message = "the logo names no file";
                let help = "give it one: logo = { file = \"logo.svg\", alt = \"…\" }".to_owned();
                reader.report(entry.span, &bad_config::RULE, message).help.push(help);
            }
            let file = LOGO_FILE.shape.read(reader, named?)?;
            Some(LogoSettings { file, alt, replaces_title })
        })?
    }
}

/// One colour, or a table with one for light and one for dark pages.
#[derive(Clone, Copy, Debug)]
struct AccentShape;

impl ValueShape for AccentShape {
    fn schema(&self) -> Value {
        json!({ "anyOf": [ColourShape.schema(), json::table_of(ACCENT_KEYS, &["light"])] })
    }

    fn example(&self) -> &'static str {
        ColourShape.example()
    }
}

impl ReadShape for AccentShape {
    type Value = AccentSettings;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<AccentSettings> {
        if !entry.is_table() {
            return Some(AccentSettings { light: ColourShape.read(reader, entry)?, dark: None });
        }
        reader.nested(entry, |reader, table| {
            let light = ACCENT_LIGHT.take(table);
            let dark = ACCENT_DARK.read(reader, table);
            if light.is_none() && reader.is_whole() {
                let message = "the accent has no colour for light pages";
                let help =
                    "give it one: accent = { light = \"#0d5c63\", dark = \"#6cc0bb\" }".to_owned();
                reader.report(entry.span, &bad_config::RULE, message).help.push(help);
            }
            Some(AccentSettings { light: ColourShape.read(reader, light?)?, dark })
        })?
    }
}

/// A colour, written as `#` and three or six digits.
#[derive(Clone, Copy, Debug)]
struct ColourShape;

impl ValueShape for ColourShape {
    fn schema(&self) -> Value {
        json!({ "type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$" })
    }

    fn example(&self) -> &'static str {
        "\"#0d5c63\""
    }
}

impl ReadShape for ColourShape {
    type Value = SpannedColour;

    fn read(&self, reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<SpannedColour> {
        let span = entry.span;
        let written = reader.text(entry)?;
        let Some(colour) = Colour::parse(&written) else {
            let message = format!("\"{written}\" is not a colour as it is written here");
            let help =
                "write # and six digits from 0 to f, two each for red, green and blue: \"#0d5c63\"";
            reader.report(span, &bad_config::RULE, message).help.push(help.to_owned());
            return None;
        };
        Some(SpannedColour { colour, span })
    }
}

fn link(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    entry: TomlEntry<'_>,
) -> Option<LinkSettings> {
    let (title, url) = (LINK_TITLE.take(table), LINK_URL.take(table));
    if (title.is_none() || url.is_none()) && reader.is_whole() {
        let message = "a link of the navigation has a title and an address";
        let help = "write both: { title = \"…\", url = \"https://…\" }".to_owned();
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
    }
    let title = title.and_then(|entry| LINK_TITLE.shape.read(reader, entry));
    let url = url.and_then(|entry| LINK_URL.shape.read(reader, entry));
    Some(LinkSettings { title: title?, url: url? })
}
