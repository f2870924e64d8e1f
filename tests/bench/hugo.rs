//! The same book for Hugo, with layouts like those of the default theme, in the templates that are
//! fastest in Hugo.
//!
//! Hugo gets every advantage that a fair reader would grant: links are written as finished
//! addresses, so that it resolves none; there are no backlinks, no feeds, no minifying; nothing in
//! the templates grows with the book.

use std::fmt::Write;

use crate::generate::{KINDS, Link, Plan, THEMES, names, slug};

/// Returns a whole book for Hugo, as path and text of each file.
pub(crate) fn hugo(notes: usize) -> Vec<(String, String)> {
    let plan = Plan::new(notes);
    let mut files: Vec<(String, String)> =
        LAYOUTS.iter().map(|(path, text)| (format!("layouts/{path}"), text.to_string())).collect();
    files.push(("hugo.toml".to_string(), config()));
    files.push(("content/_index.md".to_string(), home()));
    for [_, folder, _, plural] in KINDS {
        files.push((format!("content/{folder}/_index.md"), titled(plural, "")));
    }
    for (at, title) in names(THEMES).enumerate() {
        let text = titled(title, &plan.theme_text(at));
        files.push((format!("content/themes/{}/_index.md", slug(title)), text));
    }
    for (at, note) in plan.notes.iter().enumerate() {
        let text = format!("{}\n{}", note.front_matter(), plan.text(at, hugo_link));
        files.push((format!("content/{}/{}.md", note.folder, note.stem), text));
    }
    files
}

fn hugo_link(link: &Link) -> String {
    let part = link.part.map(|heading| format!("#{}", slug(heading))).unwrap_or_default();
    format!("[{}](../../{}/{}/{part})", link.text, link.to.folder, link.to.stem)
}

fn titled(title: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n\n{text}")
}

fn home() -> String {
    let mut out = titled("Generated book", "The themes:\n\n");
    for title in names(THEMES) {
        let _ = writeln!(out, "- [{title}](themes/{}/)", slug(title));
    }
    out
}

fn config() -> String {
    let mut out = String::from(
        r#"title = "Generated book"
baseURL = "https://example.org/bench/"
locale = "en"
disableKinds = ["rss"]
enableRobotsTXT = true

[pagination]
disableAliases = true
pagerSize = 50

[taxonomies]
theme = "themes"
tag = "tags"
country = "countries"

[markup.goldmark.renderer]
unsafe = true

[markup.highlight]
noClasses = false

[markup.tableOfContents]
startLevel = 2
endLevel = 3

[params]
description = "A book made of chance, to measure how long a build takes."
"#,
    );
    let menu = KINDS.map(|[_, folder, _, plural]| [folder, plural]);
    for [folder, plural] in [["themes", "Themes"]].into_iter().chain(menu) {
        let _ = writeln!(out, "[[params.menu]]\nname = \"{plural}\"\nurl = \"/bench/{folder}/\"");
    }
    out
}

const LAYOUTS: [(&str, &str); 8] = [
    ("baseof.html", BASE),
    ("page.html", PAGE),
    ("home.html", HOME),
    ("section.html", LIST),
    ("term.html", LIST),
    ("taxonomy.html", TERMS),
    ("404.html", MISSING),
    ("_partials/list.html", CARDS),
];

const BASE: &str = r##"<!doctype html>
<html lang="{{ site.Language.Locale }}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} · {{ site.Title }}</title>
<meta name="description" content="{{ with .Params.summary }}{{ . }}{{ else }}{{ site.Params.description }}{{ end }}">
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/bench/style.css">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<a href="/bench/">{{ site.Title }}</a>
<nav aria-label="Main"><ul>
{{ range site.Params.menu }}<li><a href="{{ .url }}">{{ .name }}</a></li>
{{ end }}</ul></nav>
</header>
<main id="content">
{{ block "main" . }}{{ end }}
</main>
<footer><p>{{ site.Params.description }}</p></footer>
</body>
</html>
"##;

const PAGE: &str = r#"{{ define "main" }}
<nav aria-label="Breadcrumb"><ol>
<li><a href="/bench/">Home</a></li>
<li><a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a></li>
<li aria-current="page">{{ .Title }}</li>
</ol></nav>
<article>
<h1>{{ .Title }}</h1>
<p class="summary">{{ .Params.summary }}</p>
<dl class="facts">
<dt>Date</dt><dd><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time></dd>
{{ with .GetTerms "themes" }}<dt>Themes</dt>{{ range . }}<dd><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></dd>{{ end }}{{ end }}
{{ with .GetTerms "tags" }}<dt>Tags</dt>{{ range . }}<dd><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></dd>{{ end }}{{ end }}
{{ with .GetTerms "countries" }}<dt>Countries</dt>{{ range . }}<dd><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></dd>{{ end }}{{ end }}
</dl>
<nav class="contents" aria-label="Contents">{{ .TableOfContents }}</nav>
{{ .Content }}
</article>
<nav aria-label="Previous and next">
{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
</nav>
{{ end }}
"#;

const HOME: &str = r#"{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ .Content }}
<ul class="cards">
{{ range first 20 site.RegularPages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> <p>{{ .Params.summary }}</p></li>
{{ end }}</ul>
{{ end }}
"#;

const LIST: &str = r#"{{ define "main" }}
<nav aria-label="Breadcrumb"><ol>
<li><a href="/bench/">Home</a></li>
<li aria-current="page">{{ .Title }}</li>
</ol></nav>
<h1>{{ .Title }}</h1>
{{ .Content }}
{{ partial "list.html" . }}
{{ end }}
"#;

const CARDS: &str = r#"{{ $paginator := .Paginate .Pages }}
<ul class="cards">
{{ range $paginator.Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>
<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time>
<p>{{ .Params.summary }}</p></li>
{{ end }}</ul>
<nav aria-label="Pages">
{{ if $paginator.HasPrev }}<a rel="prev" href="{{ $paginator.Prev.URL }}">Previous</a>{{ end }}
<span>{{ $paginator.PageNumber }} of {{ $paginator.TotalPages }}</span>
{{ if $paginator.HasNext }}<a rel="next" href="{{ $paginator.Next.URL }}">Next</a>{{ end }}
</nav>
"#;

const TERMS: &str = r#"{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>
{{ end }}</ul>
{{ end }}
"#;

const MISSING: &str = r#"{{ define "main" }}<h1>Not found</h1><p><a href="/bench/">Home</a></p>{{ end }}
"#;
