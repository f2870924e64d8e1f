//! The additions of `[theme]` to every page of a language.

use serde::Serialize;

use crate::bidi::tidied;
use crate::config::Config;
use crate::files::{BookFiles, FileId};
use crate::graph::{Graph, PartFound, Resolution};
use crate::language::Language;
use crate::note::{HoleKind, Note};
use crate::path::{OutputPath, url_path};

/// The additions of `[theme]` to every page of a language.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct SiteTheme {
    /// The picture of the site.
    pub logo: Option<SiteLogo>,
    /// The entries of the navigation that lead out of the site; they stand after `menu`.
    pub links: Vec<OutsideLink>,
    /// The text at the foot of every page, cut where the address of a page of the site goes.
    pub footer: Vec<FooterPart>,
    /// The picture that other sites show beside a link to a page.
    pub social_image: Option<SocialImage>,
    /// The style sheet of the book, which stands after that of the theme.
    pub css: Option<OutputPath>,
}

/// The picture of the site.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SiteLogo {
    /// The file, from the top of the site.
    pub url: OutputPath,
    /// The words for those who can't see it; none if the title stands beside it.
    pub alt: String,
    /// True if it stands in place of the title.
    pub replaces_title: bool,
    /// Its width in pixels, where that is known.
    pub width: Option<u32>,
    /// Its height in pixels, where that is known.
    pub height: Option<u32>,
}

/// An entry of the navigation that leads out of the site.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct OutsideLink {
    /// The text that readers see.
    pub title: String,
    /// The address.
    pub url: String,
}

/// A piece of the text at the foot of every page.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct FooterPart {
    /// HTML, which is safe to show as it is.
    pub html: String,
    /// An address in the site that stands after the HTML. The next piece ends the attribute.
    pub url: Option<String>,
}

/// The picture that other sites show beside a link to a page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SocialImage {
    /// Its absolute address.
    pub url: String,
    /// Its width in pixels, where that is known.
    pub width: Option<u32>,
    /// Its height in pixels, where that is known.
    pub height: Option<u32>,
}

/// Returns the file that a setting of `[theme]` names: from the top of `static` or `content`, or from that of the
/// book.
pub fn theme_file(files: &BookFiles, written: &str) -> Option<FileId> {
    let below = || written.strip_prefix("static/").or_else(|| written.strip_prefix("content/"));
    files.find("", written).or_else(|| files.find("", below()?))
}

/// The files that the settings of `[theme]` name and that are there.
pub fn theme_files(config: &Config, files: &BookFiles) -> impl Iterator<Item = FileId> {
    let settings = &config.theme_settings;
    let logo = settings.logo.as_ref().map(|logo| &logo.file);
    let named = [logo, settings.social_image.as_ref(), settings.css.as_ref()];
    named.into_iter().flatten().filter_map(|file| theme_file(files, &file.text))
}

/// Returns what the pages in `language` show of the theme's settings. A file or note that is not there is left out
/// here, and reported by a rule.
pub(super) fn site_theme(
    config: &Config,
    files: &BookFiles,
    notes: &[std::sync::Arc<Note>],
    graph: &Graph,
    footer: Option<(&Language, &Note)>,
) -> SiteTheme {
    let settings = &config.theme_settings;
    let size = |id: FileId| files.size(id).unzip();
    let logo = settings.logo.as_ref().and_then(|logo| {
        let id = theme_file(files, &logo.file.text)?;
        let (width, height) = size(id);
        // Beside the title a picture says nothing that the title does not.
        let alt = logo.alt.clone().or_else(|| logo.replaces_title.then(|| config.title.clone()));
        Some(SiteLogo {
            url: files.output(id).clone(),
            alt: alt.unwrap_or_default(),
            replaces_title: logo.replaces_title,
            width,
            height,
        })
    });
    let social_image = settings.social_image.as_ref().and_then(|file| {
        let id = theme_file(files, &file.text)?;
        let base = config.base_url.as_deref()?;
        let (width, height) = size(id);
        let url = format!("{base}{}", url_path(files.output(id).as_str()));
        Some(SocialImage { url, width, height })
    });
    let css = settings.css.as_ref().and_then(|file| theme_file(files, &file.text));
    let link = |link: &crate::config::LinkSettings| OutsideLink {
        title: link.title.clone(),
        url: link.url.text.clone(),
    };
    SiteTheme {
        logo,
        links: settings.links.iter().map(link).collect(),
        footer: footer
            .map_or_else(Vec::new, |(language, note)| parts(note, language, files, notes, graph)),
        social_image,
        css: css.map(|id| files.output(id).clone()),
    }
}

/// Cuts the text of the footer where the addresses of pages of the site go.
fn parts(
    footer: &Note,
    language: &Language,
    files: &BookFiles,
    notes: &[std::sync::Arc<Note>],
    graph: &Graph,
) -> Vec<FooterPart> {
    let resolved = graph.footers.get(language).map_or(&[][..], |resolved| resolved);
    let leads = |link: u32| -> Option<String> {
        match *resolved.get(link as usize)? {
            Resolution::Note(id, part) => {
                let facts = &notes[id.index()].facts;
                let anchor = match part {
                    PartFound::Heading(at) => Some(&*facts.headings[at as usize].anchor),
                    PartFound::Anchor(at) => Some(&*facts.anchors[at as usize]),
                    PartFound::Whole | PartFound::Missing => None,
                };
                let page = url_path(facts.place.output.as_str());
                Some(match anchor {
                    Some(anchor) => format!("{page}#{}", url_path(anchor)),
                    None => page.to_string(),
                })
            }
            Resolution::File(id) => Some(url_path(files.output(id).as_str()).to_string()),
            Resolution::Missing | Resolution::Ambiguous | Resolution::WrongKind(_) => None,
        }
    };
    let text = |link: u32| match resolved.get(link as usize).and_then(|found| found.note()) {
        Some(id) => notes[id.index()].facts.card.title.clone(),
        None => tidied(&footer.facts.links[link as usize].target.written).text.into_owned(),
    };
    let (mut parts, mut part, mut from) = (Vec::new(), FooterPart::default(), 0);
    for hole in &footer.body.holes {
        part.html.push_str(&footer.body.html[from..hole.at as usize]);
        from = hole.at as usize;
        match hole.what {
            HoleKind::Href(link) => {
                if let Some(url) = leads(link) {
                    part.html.push_str(" href=\"");
                    part.url = Some(url);
                    parts.push(std::mem::take(&mut part));
                    part.html.push('"');
                }
            }
            HoleKind::Text(link) => {
                // It writes to memory, which does not fail.
                let _ = pulldown_cmark_escape::escape_html(&mut part.html, &text(link));
            }
            // A rule reports everything else.
            _ => {}
        }
    }
    part.html.push_str(&footer.body.html[from..]);
    parts.push(part);
    parts
}
