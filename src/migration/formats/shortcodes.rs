//! Commands in the texts of Hugo, Zola and Quarto: `{{< name arguments >}}` and their like, with or without a text that a
//! second one closes.

use std::collections::BTreeMap;

use crate::migration::foreign::ForeignBook;
use crate::migration::passages::{attributes, comment, lines};

/// The greatest depth of commands in each other.
const DEEPEST: usize = 8;

/// The most bytes of a text with all that was put in.
const LONGEST: usize = 4 * 1024 * 1024;

/// The form of the commands of a program.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ShortcodeForm {
    /// `{{< name a="b" >}}`, `{{% name %}}`, closed by `{{< /name >}}`.
    Angled,
    /// `{{ name(a="b") }}`, and `{% name(a="b") %}`, closed by `{% end %}`.
    Called,
}

/// A reader of the commands of one text.
pub(super) struct ShortcodeReader<'a> {
    pub(super) book: &'a mut ForeignBook,
    pub(super) file: &'a str,
    pub(super) form: ShortcodeForm,
    /// Returns the text of a file that a command includes.
    pub(super) include: &'a dyn Fn(&str) -> Option<String>,
}

/// A command as it is written.
struct Shortcode<'t> {
    written: &'t str,
    name: &'t str,
    arguments: Vec<(String, String)>,
    is_closing: bool,
    /// True if nothing closes it.
    is_alone: bool,
}

/// Names of callouts, as commands have them.
const CALLOUTS: &[&str] = &[
    "note",
    "tip",
    "warning",
    "caution",
    "important",
    "info",
    "danger",
    "hint",
    "attention",
    "success",
    "error",
    "question",
    "example",
    "quote",
    "tldr",
];

/// Commands that make a callout whose name is an argument.
const BOXES: &[&str] =
    &["alert", "admonition", "notice", "callout", "hint", "box", "block", "message"];

/// Places where films are, by the name of the command.
const FILMS: &[(&str, &str)] =
    &[("youtube", "https://www.youtube.com/watch?v="), ("vimeo", "https://vimeo.com/")];

impl ShortcodeReader<'_> {
    /// Returns a text that begins in line `first` of its file, with each command as what it means in a book.
    pub(super) fn converted(&mut self, text: &str, first: usize) -> String {
        self.at_depth(text, first, 0)
    }

    fn at_depth(&mut self, text: &str, first: usize, depth: usize) -> String {
        let (code, commands) = (code(text), commands(text, self.form));
        let closers = closers(&commands, self.form);
        let mut out = String::with_capacity(text.len());
        let (mut from, mut counted, mut lines) = (0, 0, first);
        for (nth, FoundShortcode { at, end, command }) in commands.iter().enumerate() {
            let (at, end) = (*at, *end);
            if at < from {
                continue;
            }
            lines += text[counted..at].matches('\n').count();
            counted = at;
            let number = lines;
            out.push_str(&text[from..at]);
            let written = &text[at..end];
            from = end;
            let after = code.partition_point(|range| range.end <= at);
            let is_code = code.get(after).is_some_and(|range| range.start <= at);
            let (begin, inner) = written.split_at(self.form.sign_length());
            if let Some(escaped) = inner.trim_start().strip_prefix("/*") {
                out.push_str(&format!("{begin}{}", escaped.replacen("*/", "", 1)));
                continue;
            }
            let Some(command) = command.as_ref().filter(|_| !is_code) else {
                out.push_str(written);
                continue;
            };
            let closer = closers.get(&nth).and_then(|closer| commands.get(*closer));
            let body = closer.map(|closer| (closer.at, closer.end));
            let body_text = body.map(|(inner, _)| &text[end..inner]);
            let line = number + written.matches('\n').count();
            // What a callout says besides its title and its name has no place in it.
            let is_used =
                |name: &str| matches!(name, "title" | "type" | "summary" | "0" | "1" | "header");
            let is_box = CALLOUTS.contains(&command.name) || BOXES.contains(&command.name);
            if is_box && command.arguments.iter().any(|(name, _)| !is_used(name)) {
                let text = format!("made a callout of {}", in_line(written));
                self.book.remark(self.file, number, text);
            }
            let made = self.made(command, body_text.map(|text| (text, line)), number, depth);
            match made {
                Some((made, uses_body)) if out.len() + made.len() <= LONGEST => {
                    out.push_str(&made);
                    if let Some((_, after)) = body.filter(|_| uses_body) {
                        from = after;
                    }
                }
                _ => {
                    if !command.is_closing {
                        self.book.remark(
                            self.file,
                            number,
                            format!("put a command into a comment: {}", in_line(written)),
                        );
                    }
                    // A comment is no address, so the text of such a link stays alone.
                    if out.ends_with("](") && text[from..].starts_with(')') {
                        out.pop();
                        from += 1;
                    }
                    out.push_str(&comment(&in_line(written)));
                }
            }
        }
        out + &text[from..]
    }

    /// Returns what a command becomes, and whether that has the text up to its end; none if nobody knows it.
    fn made(
        &mut self,
        command: &Shortcode<'_>,
        body: Option<(&str, usize)>,
        number: usize,
        depth: usize,
    ) -> Option<(String, bool)> {
        let argument = |names: &[&str]| {
            let named = |name: &&str| command.arguments.iter().find(|(key, _)| key == name);
            names.iter().find_map(named).map(|(_, value)| value.as_str())
        };
        let name = command.name.to_ascii_lowercase();
        let url = |text: &str| text.trim().replace(' ', "%20");
        match name.as_str() {
            _ if command.is_closing => None,
            "ref" | "relref" => Some((url(argument(&["0", "path"])?), false)),
            "figure" | "img" | "image" | "picture" => {
                let source = argument(&["src", "0", "path", "file", "link"])?;
                let words = argument(&["alt", "caption", "title", "1"]).unwrap_or_default();
                let is_used = |name: &str| {
                    matches!(name, "src" | "0" | "path" | "alt" | "caption" | "title" | "1")
                };
                if command.arguments.iter().any(|(name, _)| !is_used(name)) {
                    let text = format!("made a picture of {}", in_line(command.written));
                    self.book.remark(self.file, number, text);
                }
                let mut out = format!("![{}]({})", words.replace(['[', ']'], ""), url(source));
                for text in ["title", "caption", "attr"] {
                    let text = argument(&[text]).filter(|text| *text != words && !text.is_empty());
                    if let Some(text) = text {
                        out.push_str(&format!("\n\n*{text}*"));
                    }
                }
                Some((out, false))
            }
            "highlight" | "code-toggle" | "code" => {
                let (text, _) = body?;
                let language = argument(&["0", "lang"]).unwrap_or_default();
                Some((format!("```{language}\n{}\n```", text.trim_matches('\n')), true))
            }
            "include" | "readfile" => {
                let path = argument(&["0", "file", "path"])?;
                let text = (self.include)(path).filter(|_| depth < DEEPEST)?;
                Some((self.at_depth(&text, 1, depth + 1), false))
            }
            "video" => Some((format!("[{0}]({0})", url(argument(&["0", "url", "src"])?)), false)),
            "details" => {
                let title = argument(&["summary", "title", "0"]).unwrap_or_default();
                self.callout("note", "-", title, body, depth)
            }
            name if FILMS.iter().any(|(film, _)| *film == name) => {
                let id = argument(&["id", "0"])?;
                let place = FILMS.iter().find(|(film, _)| *film == name)?.1;
                let title = argument(&["title"]).unwrap_or("Video");
                self.book.remark(self.file, number, format!("made a film a link: {id}"));
                Some((format!("[{title}]({place}{id})"), false))
            }
            name if CALLOUTS.contains(&name) && argument(&["type", "0"]).is_none() => {
                self.callout(name, "", argument(&["title"]).unwrap_or_default(), body, depth)
            }
            name if BOXES.contains(&name) || CALLOUTS.contains(&name) => {
                let kind = argument(&["type", "color", "context", "class", "style", "0"]);
                let known = kind
                    .map(str::to_ascii_lowercase)
                    .filter(|kind| CALLOUTS.contains(&kind.as_str()));
                if known.is_none() {
                    self.book.remark(
                        self.file,
                        number,
                        format!("guessed that it is a note: {}", in_line(command.written)),
                    );
                }
                let title = argument(&["title", "header", "1"]).unwrap_or_default();
                self.callout(known.as_deref().unwrap_or("note"), "", title, body, depth)
            }
            _ => None,
        }
    }

    fn callout(
        &mut self,
        name: &str,
        fold: &str,
        title: &str,
        body: Option<(&str, usize)>,
        depth: usize,
    ) -> Option<(String, bool)> {
        let (text, line) = body.filter(|_| depth < DEEPEST)?;
        let text = self.at_depth(text, line, depth + 1);
        let title = if title.is_empty() { String::new() } else { format!(" {title}") };
        Some((callout(name, fold, &title, &text), true))
    }
}

/// Returns a callout; its title begins with a space.
pub(super) fn callout(name: &str, fold: &str, title: &str, text: &str) -> String {
    let mut out = format!("\n> [!{name}]{fold}{title}");
    for line in text.trim_matches('\n').trim_end().lines() {
        out.push_str(format!("\n> {line}").trim_end());
    }
    out + "\n"
}

fn in_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the places of code in a text.
fn code(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    let all = lines(text, 1);
    for (line, written) in all.iter().zip(text.split_inclusive('\n')) {
        if line.is_code {
            ranges.push(at..at + written.len());
        } else if written.contains('`') {
            let mut outside = 0;
            crate::migration::passages::outside_code(written, |part| {
                // Parts come in order; what lies between two of them is code.
                if let Some(found) = written[outside..].find(part) {
                    ranges.push(at + outside..at + outside + found);
                    outside += found + part.len();
                }
                String::new()
            });
        }
        at += written.len();
    }
    ranges
}

/// A command and its place; what looks like one and is none has no command.
struct FoundShortcode<'t> {
    at: usize,
    end: usize,
    command: Option<Shortcode<'t>>,
}

impl ShortcodeForm {
    /// Returns the length of the sign that begins a command.
    fn sign_length(self) -> usize {
        match self {
            Self::Angled => 3,
            Self::Called => 2,
        }
    }
}

/// Returns the commands of a text, in their order.
fn commands(text: &str, form: ShortcodeForm) -> Vec<FoundShortcode<'_>> {
    let signs: [(&str, &str); 2] = match form {
        ShortcodeForm::Angled => [("{{<", ">}}"), ("{{%", "%}}")],
        ShortcodeForm::Called => [("{{", "}}"), ("{%", "%}")],
    };
    let mut found = Vec::new();
    let mut from = 0;
    // The next place of each sign, so that none is looked for twice.
    let mut nexts = signs.map(|(begin, _)| text.find(begin));
    loop {
        for (next, (begin, _)) in nexts.iter_mut().zip(&signs) {
            if next.is_some_and(|at| at < from) {
                *next = text[from..].find(begin).map(|at| from + at);
            }
        }
        let first = nexts.iter().enumerate().filter_map(|(sign, at)| Some(((*at)?, sign))).min();
        let Some((at, sign)) = first else { return found };
        match text[at..].find(signs[sign].1) {
            Some(length) => {
                let end = at + length + signs[sign].1.len();
                let command = read(&text[at..end], form);
                found.push(FoundShortcode { at, end, command });
                from = end;
            }
            // Nothing ends a command of this sign any more.
            None => nexts[sign] = None,
        }
    }
}

/// Returns for each command whose text another closes the place of that in the list.
fn closers(commands: &[FoundShortcode<'_>], form: ShortcodeForm) -> BTreeMap<usize, usize> {
    let mut closers = BTreeMap::new();
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, found) in commands.iter().enumerate() {
        let Some(command) = found.command.as_ref().filter(|command| !command.is_alone) else {
            continue;
        };
        // The end of a command of Zola does not name it.
        let name = if form == ShortcodeForm::Called { "" } else { command.name };
        let of_name = places.entry(name).or_default();
        if !command.is_closing {
            of_name.push(at);
        } else if let Some(opener) = of_name.pop() {
            closers.insert(opener, at);
        }
    }
    closers
}

/// Reads a command; none if it is none.
fn read(written: &str, form: ShortcodeForm) -> Option<Shortcode<'_>> {
    let signs = form.sign_length();
    let inner = written.get(signs..written.len() - signs)?.trim();
    let is_alone =
        inner.ends_with('/') || form == ShortcodeForm::Called && written.starts_with("{{");
    let inner = inner.trim_end_matches('/').trim_end();
    let (is_closing, inner) = match inner.strip_prefix('/') {
        Some(inner) => (true, inner.trim()),
        None => (form == ShortcodeForm::Called && inner == "end", inner),
    };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.' | ':');
    let length = inner.find(|c| !is_name(c)).unwrap_or(inner.len());
    let (name, arguments) = inner.split_at(length);
    if name.is_empty() {
        return None;
    }
    let arguments = match form {
        ShortcodeForm::Angled => attributes(arguments),
        ShortcodeForm::Called => {
            let arguments = arguments.trim();
            if is_closing {
                Vec::new()
            } else {
                let inner = arguments.strip_prefix('(')?.strip_suffix(')')?;
                attributes(&inner.replace(", ", " ").replace(" = ", "=").replace(",\n", "\n"))
            }
        }
    };
    Some(Shortcode { written, name, arguments, is_closing, is_alone })
}
