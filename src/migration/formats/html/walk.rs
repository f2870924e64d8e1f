//! The text of a page of HTML as Markdown.

use super::tree::{PageElement, PageNode, is_block};
use crate::migration::passages::{escaped, markdown_table};

/// Elements whose text readers don't see, or that hold no text of the page.
const DROPPED: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed",
    "form", "button", "input", "select", "textarea", "nav", "head", "audio", "video", "map",
];

/// A writer of Markdown.
#[derive(Default)]
pub(super) struct PageWriter {
    pub(super) remarks: Vec<String>,
}

impl PageWriter {
    /// Returns the blocks in an element.
    pub(super) fn blocks(&mut self, around: &PageElement) -> Vec<String> {
        let mut out = Vec::new();
        let mut line = String::new();
        for node in &around.nodes {
            match node {
                PageNode::Element(element) if holds_blocks(element) => {
                    finish(&mut line, &mut out);
                    self.block(element, &mut out);
                }
                node => self.inline(node, &mut line),
            }
        }
        finish(&mut line, &mut out);
        out
    }

    fn block(&mut self, element: &PageElement, out: &mut Vec<String>) {
        let name = element.name.as_str();
        match name {
            _ if DROPPED.contains(&name) => self.drop(element),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let mut text = String::new();
                element.nodes.iter().for_each(|node| self.inline(node, &mut text));
                let text = text.trim().replace("\\\n", " ");
                let level = name.bytes().last().map_or(1, |digit| usize::from(digit - b'0'));
                if !text.is_empty() {
                    let id = element.attribute("id").filter(|id| is_name(id));
                    let id = id.map_or(String::new(), |id| format!(" {{#{id}}}"));
                    out.push(format!("{} {text}{id}", "#".repeat(level)));
                }
            }
            "ul" | "ol" | "menu" => self.list(element, out),
            "blockquote" => {
                let inner = self.blocks(element).join("\n\n");
                let lines = inner.lines().map(|line| format!("> {line}").trim_end().to_owned());
                out.push(lines.collect::<Vec<_>>().join("\n"));
            }
            "pre" => {
                let text = element.text();
                let fence = if text.contains("```") { "````" } else { "```" };
                out.push(format!("{fence}\n{}\n{fence}", text.trim_matches('\n')));
            }
            "hr" => out.push("---".to_owned()),
            "table" => self.table(element, out),
            "dt" => {
                let mut text = String::new();
                element.nodes.iter().for_each(|node| self.inline(node, &mut text));
                out.push(format!("**{}**", text.trim()));
            }
            "details" => {
                let summary = element.elements().find(|inner| inner.name == "summary");
                let title = summary.map(|summary| collapsed(&summary.text())).unwrap_or_default();
                let mut blocks = self.blocks(element);
                if summary.is_some() && !blocks.is_empty() {
                    blocks.remove(0);
                }
                let lines: Vec<String> =
                    blocks.join("\n\n").lines().map(|line| format!("> {line}")).collect();
                out.push(format!("> [!note]- {title}\n{}", lines.join("\n")));
            }
            _ => out.extend(self.blocks(element)),
        }
    }

    fn list(&mut self, list: &PageElement, out: &mut Vec<String>) {
        let start = list.attribute("start").and_then(|start| start.parse::<usize>().ok());
        let mut items = Vec::new();
        for (number, item) in (start.unwrap_or(1)..).zip(list.elements()) {
            let marker = if list.name == "ol" { format!("{number}. ") } else { "- ".to_owned() };
            let inner = if item.name == "li" {
                self.blocks(item)
            } else {
                let mut blocks = Vec::new();
                self.block(item, &mut blocks);
                blocks
            };
            let is_tight = inner.iter().skip(1).all(|block| block.starts_with(['-', '1']));
            let inner = inner.join(if is_tight { "\n" } else { "\n\n" });
            let indent = format!("\n{}", " ".repeat(marker.len()));
            let text = inner.replace('\n', &indent);
            items.push(format!("{marker}{}", text.replace(&format!("{indent}\n"), "\n\n")));
        }
        if !items.is_empty() {
            out.push(items.join("\n"));
        }
    }

    fn table(&mut self, table: &PageElement, out: &mut Vec<String>) {
        let mut rows: Vec<Vec<String>> = Vec::new();
        self.rows(table, &mut rows, out);
        // A table of one cell arranges a page.
        if let [row] = rows.as_slice()
            && let [cell] = row.as_slice()
        {
            out.push(cell.replace("<br>", "\n\n").replace("\\|", "|"));
            return;
        }
        out.extend(markdown_table(rows));
    }

    fn rows(&mut self, around: &PageElement, rows: &mut Vec<Vec<String>>, out: &mut Vec<String>) {
        for element in around.elements() {
            match element.name.as_str() {
                "tr" => {
                    let mut cells = Vec::new();
                    for cell in
                        element.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th"))
                    {
                        let text = self.blocks(cell).join("<br>").replace("\\\n", "<br>");
                        cells.push(text.replace('\n', " ").replace('|', "\\|"));
                        let span =
                            cell.attribute("colspan").and_then(|span| span.parse::<usize>().ok());
                        let span = span.unwrap_or(1).clamp(1, 64);
                        cells.extend((1..span).map(|_| String::new()));
                        if span > 1 || cell.attribute("rowspan").is_some_and(|span| span != "1") {
                            self.remarks.push(
                                "divided merged cells of a table: the text is in the first"
                                    .to_owned(),
                            );
                        }
                    }
                    rows.push(cells);
                }
                "caption" => {
                    let text = self.blocks(element).join(" ");
                    out.push(format!("*{text}*"));
                }
                _ => self.rows(element, rows, out),
            }
        }
    }

    fn inline(&mut self, node: &PageNode, out: &mut String) {
        let element = match node {
            PageNode::Text(text) => {
                push_collapsed(out, &escaped(text));
                return;
            }
            PageNode::Element(element) => element,
        };
        let name = element.name.as_str();
        if DROPPED.contains(&name) {
            self.drop(element);
            return;
        }
        match name {
            "br" => {
                out.truncate(out.trim_end().len());
                out.push_str("\\\n");
            }
            "img" => {
                let Some(source) = element.attribute("src") else { return };
                let words = escaped(&collapsed(element.attribute("alt").unwrap_or_default()));
                let width = element
                    .attribute("width")
                    .filter(|w| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit()));
                let width = width.map_or(String::new(), |width| format!("|{width}"));
                out.push_str(&format!("![{words}{width}]({})", address(source)));
            }
            "code" | "kbd" | "samp" | "tt" => {
                let text = element.text();
                let fence = if text.contains('`') { "``" } else { "`" };
                if !text.trim().is_empty() {
                    out.push_str(&format!("{fence}{}{fence}", collapsed(&text)));
                }
            }
            _ => {
                let mut inner = String::new();
                for node in &element.nodes {
                    self.inline(node, &mut inner);
                }
                let sign = match name {
                    "b" | "strong" => "**",
                    "i" | "em" | "cite" | "dfn" | "var" => "*",
                    "del" | "s" | "strike" => "~~",
                    _ => "",
                };
                let text = inner.trim();
                let link = element.attribute("href").filter(|_| name == "a");
                let made = match (text.is_empty(), link) {
                    (true, _) => String::new(),
                    (false, Some(link)) => format!("[{text}]({})", address(link)),
                    (false, None) if matches!(name, "sub" | "sup") => {
                        format!("<{name}>{text}</{name}>")
                    }
                    (false, None) => format!("{sign}{text}{sign}"),
                };
                if inner.starts_with(' ') {
                    push_collapsed(out, " ");
                }
                out.push_str(&made);
                if inner.ends_with(' ') && !text.is_empty() {
                    push_collapsed(out, " ");
                }
            }
        }
    }

    fn drop(&mut self, element: &PageElement) {
        let is_code = matches!(
            element.name.as_str(),
            "script" | "style" | "template" | "head" | "noscript" | "svg"
        );
        let text = collapsed(&element.text());
        let source = element.attribute("src").unwrap_or_default();
        let is_empty = text.is_empty() && source.is_empty();
        if !is_code && !is_empty {
            let parts: Vec<&str> =
                [source, text.as_str()].into_iter().filter(|p| !p.is_empty()).collect();
            self.remarks.push(format!("dropped <{}>: {}", element.name, parts.join(" ")));
        }
    }
}

fn holds_blocks(element: &PageElement) -> bool {
    let name = element.name.as_str();
    let is_inline = matches!(name, "img" | "br" | "code");
    is_block(name) || !is_inline && element.find(&|inner| is_block(&inner.name)).is_some()
}

fn finish(line: &mut String, out: &mut Vec<String>) {
    let text = std::mem::take(line);
    let text = text.trim().trim_end_matches('\\').trim_end();
    if !text.is_empty() {
        out.push(crate::migration::passages::at_line_start(text));
    }
}

/// Returns an address as Markdown has it.
fn address(written: &str) -> String {
    let written = written.trim();
    match written.contains([' ', '(', ')']) {
        true => format!("<{written}>"),
        false => written.to_owned(),
    }
}

/// Adds a text in which each row of spaces is one.
fn push_collapsed(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\t' | '\r' if out.is_empty() || out.ends_with([' ', '\n']) => {}
            ' ' | '\n' | '\t' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
}

pub(super) fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_name(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}
