//! A comparison as one page of HTML without scripts and other files, for those who have no account where the book is kept.

use std::fmt::{self, Write};

use pulldown_cmark_escape::escape_html;

use super::markdown::{UNSEEN, cause, page_label, said, summary};
use super::{BookComparison, ComparedNote, DifferenceSort, NoteLabel, PassageDifference, passages};
use crate::visible::shown_lines;

/// The style of the page, in light and dark, on a phone and on paper.
const STYLE: &str = "\
:root{color-scheme:light dark;--line:light-dark(#c9ced6,#454c57);--quiet:light-dark(#59626f,#a4adba);\
--old:light-dark(#fbe3e1,#532724);--new:light-dark(#dff3e2,#1f4629)}\
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:72rem;font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}\
h1{font-size:1.6rem;line-height:1.25}h2{margin-top:2.5rem;font-size:1.25rem;border-bottom:1px solid var(--line)}\
h3{margin:2rem 0 .25rem;font-size:1.05rem}code,.path{font:.875em/1.4 ui-monospace,monospace}.path,.quiet{color:var(--quiet)}\
.sides{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;margin:.75rem 0}\
.sides>*{margin:0;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.375rem;white-space:pre-wrap;min-width:0}\
.sides>:only-child{grid-column:1/-1}.sides>.none{border-style:dashed}del,ins{text-decoration:none;border-radius:.2rem}\
del{background:var(--old)}ins{background:var(--new)}del{text-decoration:line-through}\
.label{display:block;color:var(--quiet);font-size:.8125rem}li{margin:.25rem 0}\
@media(max-width:40rem){.sides{grid-template-columns:1fr}}\
@media print{.sides{break-inside:avoid}h2,h3{break-after:avoid}}";

/// Returns a comparison as one page of HTML.
pub fn html(comparison: &BookComparison) -> String {
    let mut page = HtmlPage { out: String::new() };
    // Writing to a text does not fail.
    let _ = page.write(comparison);
    page.out
}

struct HtmlPage {
    out: String,
}

impl HtmlPage {
    fn write(&mut self, comparison: &BookComparison) -> fmt::Result {
        let summary = Text(&summary(comparison)).to_string();
        write!(
            self.out,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>What changes on the site</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n\
             <h1>What changes on the site</h1>\n<p>{summary}</p>\n"
        )?;
        self.lost(comparison)?;
        self.problems(comparison)?;
        self.standings(comparison)?;
        if !comparison.notes.is_empty() {
            writeln!(self.out, "<h2>Notes</h2>")?;
        }
        for note in &comparison.notes {
            self.note(note)?;
        }
        self.pages(comparison)?;
        self.files(comparison)?;
        self.out.write_str("</main>\n</body>\n</html>\n")
    }

    fn lost(&mut self, comparison: &BookComparison) -> fmt::Result {
        if comparison.lost.is_empty() {
            return Ok(());
        }
        self.out.write_str(
            "<h2>Addresses that answer no more</h2>\n<p>Links of other sites and readers’ bookmarks to these break. An \
             address that is added to the <code>aliases</code> of a note leads on to it.</p>\n<ul>\n",
        )?;
        for lost in &comparison.lost {
            write!(self.out, "<li><code>{}</code>", Text(&lost.address))?;
            if let Some(title) = &lost.title {
                write!(self.out, " <bdi>{}</bdi>", Text(title))?;
            }
            self.out.write_str("</li>\n")?;
        }
        self.out.write_str("</ul>\n")
    }

    fn problems(&mut self, comparison: &BookComparison) -> fmt::Result {
        if comparison.problems.is_empty() {
            return Ok(());
        }
        self.out.write_str("<h2>New problems</h2>\n<ul>\n")?;
        for problem in &comparison.problems {
            let severity = if problem.is_error { "Error" } else { "Warning" };
            writeln!(
                self.out,
                "<li><span class=\"path\">{}, line {}</span> <strong>{severity}:</strong> <bdi>{}</bdi> <code>{}</code></li>",
                Text(&problem.path),
                problem.line,
                Text(&problem.message),
                problem.rule,
            )?;
        }
        self.out.write_str("</ul>\n")
    }

    fn standings(&mut self, comparison: &BookComparison) -> fmt::Result {
        if !comparison.standings.is_empty() {
            self.out.write_str("<h2>What is current</h2>\n<ul>\n")?;
            for standing in &comparison.standings {
                let (before, after) = (Text(&standing.before), Text(&standing.after));
                self.out.write_str("<li>")?;
                self.named(&standing.note)?;
                writeln!(self.out, ": {before} → <strong>{after}</strong></li>")?;
            }
            self.out.write_str("</ul>\n")?;
        }
        if !comparison.unlinked.is_empty() {
            self.out.write_str("<h2>Notes to which nothing leads any more</h2>\n")?;
            self.names(&comparison.unlinked)?;
        }
        Ok(())
    }

    fn note(&mut self, note: &ComparedNote) -> fmt::Result {
        writeln!(
            self.out,
            "<h3>{}: <bdi>{}</bdi></h3>",
            said(note.change),
            Text(&note.note.title)
        )?;
        write!(self.out, "<p class=\"path\">{}", Text(&note.note.path))?;
        if let Some(from) = &note.from {
            write!(self.out, " (was {})", Text(from))?;
        }
        self.out.write_str("</p>\n")?;
        let is_whole = matches!(note.change, DifferenceSort::Added | DifferenceSort::Removed);
        for setting in &note.settings {
            let value = passages::difference(setting.before.as_deref(), setting.after.as_deref());
            writeln!(self.out, "<p class=\"label\"><code>{}</code></p>", Text(&setting.key))?;
            self.sides(&value, is_whole)?;
        }
        for passage in &note.passages {
            self.sides(passage, is_whole)?;
        }
        if note.is_unseen() {
            writeln!(self.out, "<p>{UNSEEN}</p>")?;
        }
        let lists = [("Links to", &note.linked), ("Links no more to", &note.unlinked)];
        for (label, notes) in lists.into_iter().filter(|(_, notes)| !notes.is_empty()) {
            writeln!(self.out, "<p>{label}:</p>")?;
            self.names(notes)?;
        }
        Ok(())
    }

    /// Writes a text before and after, side by side. If `is_whole` is true, all of the note is new or gone, and a side that
    /// is empty is left out.
    fn sides(&mut self, passage: &PassageDifference, is_whole: bool) -> fmt::Result {
        self.out.write_str("<div class=\"sides\">")?;
        for (name, element, pieces) in
            [("Before", "del", &passage.before), ("After", "ins", &passage.after)]
        {
            if pieces.is_empty() {
                if !is_whole {
                    let label = format!("<span class=\"label\">{name}: nothing</span>");
                    write!(self.out, "<div class=\"none\">{label}</div>")?;
                }
                continue;
            }
            write!(self.out, "<div><span class=\"label\">{name}</span><div dir=\"auto\">")?;
            for piece in pieces {
                let text = Text(&piece.text);
                match piece.differs {
                    true => write!(self.out, "<{element}>{text}</{element}>")?,
                    false => write!(self.out, "{text}")?,
                }
            }
            self.out.write_str("</div></div>")?;
        }
        self.out.write_str("</div>\n")
    }

    fn pages(&mut self, comparison: &BookComparison) -> fmt::Result {
        if comparison.pages.is_empty() {
            return Ok(());
        }
        self.out.write_str("<h2>Pages</h2>\n<ul>\n")?;
        for page in &comparison.pages {
            let label = page_label(page.change);
            write!(self.out, "<li>{label}: <code>{}</code>", Text(&page.address))?;
            if let Some(title) = &page.title {
                write!(self.out, " <bdi>{}</bdi>", Text(title))?;
            }
            let causes: Vec<String> = page.causes.iter().map(cause).collect();
            if !causes.is_empty() {
                write!(self.out, " <span class=\"quiet\">– {}</span>", Text(&causes.join("; ")))?;
            }
            self.out.write_str("</li>\n")?;
        }
        self.out.write_str("</ul>\n")
    }

    fn files(&mut self, comparison: &BookComparison) -> fmt::Result {
        if comparison.files.is_empty() {
            return Ok(());
        }
        self.out.write_str("<h2>Other files</h2>\n<ul>\n")?;
        for file in &comparison.files {
            writeln!(self.out, "<li><code>{}</code></li>", Text(file))?;
        }
        self.out.write_str("</ul>\n")
    }

    fn names(&mut self, notes: &[NoteLabel]) -> fmt::Result {
        self.out.write_str("<ul>\n")?;
        for note in notes {
            self.out.write_str("<li>")?;
            self.named(note)?;
            self.out.write_str("</li>\n")?;
        }
        self.out.write_str("</ul>\n")
    }

    fn named(&mut self, note: &NoteLabel) -> fmt::Result {
        let (title, path) = (Text(&note.title), Text(&note.path));
        write!(self.out, "<bdi>{title}</bdi> <span class=\"path\">{path}</span>")
    }
}

/// A text of the book, escaped.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = shown_lines(self.0);
        let mut escaped = String::with_capacity(text.len());
        let _ = escape_html(&mut escaped, &text);
        f.write_str(&escaped)
    }
}
