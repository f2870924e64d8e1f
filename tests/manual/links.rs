//! Every link of the documents and of the manual leads to something.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use scraper::{Html, Selector};

use fieldbook::manual::manual_sources;

use crate::support;

/// The documents in the top folder of the repository.
const DOCUMENTS: &[&str] = &["README.md", "ARCHITECTURE.md", "CHANGELOG.md"];

/// The most lines of the README.
const README: usize = 150;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The documents of the repository, by their path.
fn documents() -> BTreeMap<PathBuf, String> {
    let in_folder = support::entries(&root().join(".github")).into_iter();
    let in_folder = in_folder.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    let files = DOCUMENTS.iter().map(|name| root().join(name)).chain(in_folder);
    let manual = root().join("src/manual/content");
    let pages = support::read_tree(&manual).into_keys().map(|page| manual.join(page));
    let files = files.filter(|path| path.is_file()).chain(pages);
    files.map(|path| (path.clone(), std::fs::read_to_string(path).expect("a document"))).collect()
}

#[test]
fn the_readme_is_short() {
    let text = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let lines = text.lines().count();
    assert!(lines <= README, "the README has {lines} lines");
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    let documents = documents();
    let mut checked = 0;
    let mut broken = Vec::new();
    for (file, text) in &documents {
        for link in links(text).into_iter().filter(|link| !is_elsewhere(link)) {
            checked += 1;
            if !leads_somewhere(file, text, &link) {
                broken.push(format!("{}: {link}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(checked >= 5, "only {checked} links were looked at");
}

/// Says whether a link of a document leads to a file of the repository, and to a heading of it.
fn leads_somewhere(from: &Path, text: &str, link: &str) -> bool {
    let (path, part) = link.split_once('#').map_or((link, None), |(path, part)| (path, Some(part)));
    let target = normal(&from.parent().expect("a folder").join(path));
    let is_there = path.is_empty() || target.starts_with(root()) && target.exists();
    let Some(part) = part else { return is_there };
    let of_target = || std::fs::read_to_string(&target).unwrap_or_default();
    let text = if path.is_empty() { text.to_owned() } else { of_target() };
    is_there && headings(&text).contains(part)
}

#[test]
fn every_link_of_the_manual_leads_to_a_page_and_a_part_of_it() {
    let (_, site) = support::open(manual_sources(), support::options());
    let site = site.expect("a site");
    let pages: BTreeMap<&str, Html> = support::pages(&site)
        .into_iter()
        .map(|page| (page, Html::parse_document(&String::from_utf8_lossy(&site[page]))))
        .collect();
    let anchors =
        Selector::parse("a[href], link[href], script[src], img[src]").expect("a selector");
    let mut checked = 0;
    let mut broken = Vec::new();
    for (page, html) in &pages {
        for element in html.select(&anchors) {
            let link = element.attr("href").or(element.attr("src")).unwrap_or_default();
            if is_elsewhere(link) {
                continue;
            }
            checked += 1;
            let (path, part) = link.split_once('#').unwrap_or((link, ""));
            let path = path.split('?').next().unwrap_or(path);
            let target = match path.is_empty() {
                true => (*page).to_owned(),
                false => joined(page, path),
            };
            let is_part = |html: &Html| {
                html.select(&Selector::parse("[id]").expect("a selector"))
                    .any(|element| element.attr("id") == Some(part))
            };
            let is_there = match pages.get(target.as_str()) {
                Some(html) => part.is_empty() || is_part(html),
                None => site.contains_key(&target),
            };
            if !is_there {
                broken.push(format!("{page}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(checked > 1000, "only {checked} links were looked at");
}

/// The path of the site that a relative address on a page means.
fn joined(page: &str, path: &str) -> String {
    let folder = Path::new(page).parent().expect("a folder");
    let from_top = path.strip_prefix('/').map(PathBuf::from);
    let joined = normal(&from_top.unwrap_or_else(|| folder.join(path)));
    let mut joined = joined.to_string_lossy().replace('\\', "/");
    if path.ends_with('/') || joined.is_empty() {
        joined = format!("{joined}/index.html").trim_start_matches('/').to_owned();
    }
    joined
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(normal.pop()),
            Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}

fn is_elsewhere(link: &str) -> bool {
    ["https://", "http://", "mailto:", "data:"].iter().any(|start| link.starts_with(start))
}

/// The addresses of the links and pictures of a Markdown text.
fn links(markdown: &str) -> Vec<String> {
    let events = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let links = events.filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            Some(dest_url.to_string())
        }
        _ => None,
    });
    links.collect()
}

/// The addresses of the headings of a Markdown text, as GitHub makes them.
fn headings(markdown: &str) -> BTreeSet<String> {
    let mut headings = BTreeSet::new();
    let mut open: Option<String> = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => headings.extend(open.take().map(|text| {
                // Notes may give a heading an address of its own.
                let own = text.split_once("{#").and_then(|(_, own)| own.strip_suffix('}'));
                if let Some(own) = own {
                    return own.to_owned();
                }
                let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
                text.to_lowercase().chars().filter(kept).collect::<String>().replace(' ', "-")
            })),
            Event::Text(text) | Event::Code(text) => {
                if let Some(open) = &mut open {
                    open.push_str(&text);
                }
            }
            _ => {}
        }
    }
    headings
}
