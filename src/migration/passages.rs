//! The lines of a Markdown text, told apart from code, and passages that are written as Markdown.

/// A line of a text, without its line break.
#[derive(Clone, Copy, Debug)]
pub(super) struct TextLine<'t> {
    pub(super) text: &'t str,
    /// The number of the line in the file, from one.
    pub(super) number: usize,
    /// True in a block of code between fences, which belong to it.
    pub(super) is_code: bool,
    /// True for the fence that opens a block of code.
    pub(super) opens_code: bool,
}

/// Returns the lines of a text that begins in line `first` of its file.
pub(super) fn lines(text: &str, first: usize) -> Vec<TextLine<'_>> {
    let mut fence: Option<(char, usize)> = None;
    let mut out = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let inner = line.trim_start_matches([' ', '\t', '>']);
        let sign = inner.chars().next().filter(|sign| matches!(sign, '`' | '~'));
        let length = sign.map_or(0, |sign| inner.len() - inner.trim_start_matches(sign).len());
        let rest = &inner[length..];
        let (mut is_code, mut opens_code) = (fence.is_some(), false);
        match (fence, sign) {
            (None, Some(sign)) if length >= 3 && !(sign == '`' && rest.contains('`')) => {
                fence = Some((sign, length));
                (is_code, opens_code) = (true, true);
            }
            (Some((open, least)), Some(sign))
                if sign == open && length >= least && rest.trim().is_empty() =>
            {
                fence = None;
            }
            _ => {}
        }
        out.push(TextLine { text: line, number: first + at, is_code, opens_code });
    }
    out
}

/// Returns a line with `edit` made to each part of it that is not code.
pub(super) fn outside_code(line: &str, mut edit: impl FnMut(&str) -> String) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        let length = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let after = start + length;
        let Some(end) = closing(&rest[after..], length).map(|end| after + end) else { break };
        out.push_str(&edit(&rest[..start]));
        out.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    out + &edit(rest)
}

/// Returns the end of the run of just so many backticks in a text.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find('`')?;
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == length {
            return Some(start + run);
        }
        from = start + run;
    }
}

/// Returns a text as a comment of writers, which no page shows.
pub(super) fn comment(text: &str) -> String {
    format!("%% {} %%", text.trim().replace("%%", "% %"))
}

/// Returns a value with the quotes around it taken off.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = |sign| text.strip_prefix(sign)?.strip_suffix(sign);
    inner('"').or_else(|| inner('\'')).or_else(|| inner('`')).unwrap_or(text)
}

/// Returns the attributes `name="value"` of a tag or shortcode, and the values without names as `0`, `1` ….
pub(super) fn attributes(text: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut rest = text.trim_start();
    let mut place = 0;
    while let Some(first) = rest.chars().next() {
        let name_end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '"' || c == '`');
        let name_end = name_end.unwrap_or(rest.len());
        let is_named = rest[name_end..].starts_with('=') && name_end > 0;
        let value = if is_named { &rest[name_end + 1..] } else { rest };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
        let (written, end) = match quote {
            Some(quote) => {
                let end = value[1..].find(quote).map_or(value.len(), |end| end + 1);
                (&value[1..end.max(1)], (end + 1).min(value.len()))
            }
            None => {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                (&value[..end], end)
            }
        };
        let name = match is_named {
            true => rest[..name_end].to_owned(),
            false => place.to_string(),
        };
        place += usize::from(!is_named);
        out.push((name, written.to_owned()));
        rest = value[end..].trim_start();
        if end == 0 && !is_named {
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    out
}

/// Returns a text in which no sign means anything in Markdown.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        let is_in_word =
            before.is_alphanumeric() && signs.peek().is_some_and(|c| c.is_alphanumeric());
        let is_sign = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '$' => true,
            '_' => !is_in_word,
            '~' | '%' | '=' | '^' => before == c || signs.peek() == Some(&c) || c == '^',
            '&' => signs.peek().is_some_and(|c| c.is_alphabetic() || *c == '#'),
            _ => false,
        };
        if is_sign {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// Escapes what would begin a heading, a list or a quotation.
pub(super) fn at_line_start(text: &str) -> String {
    let number = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = &text[number..];
    if (1..10).contains(&number) && after.starts_with(['.', ')']) && after[1..].starts_with([' ']) {
        return format!("{}\\{after}", &text[..number]);
    }
    let is_sign = ["# ", "## ", "### ", "- ", "+ ", "> ", ">", "---", "===", "+++"]
        .iter()
        .any(|sign| text.starts_with(sign));
    if is_sign { format!("\\{text}") } else { text.to_owned() }
}

/// Returns a table with these rows of cells, the first of which are its head; `None` if there are no cells.
pub(super) fn markdown_table(rows: Vec<Vec<String>>) -> Option<String> {
    let width = rows.iter().map(Vec::len).max().filter(|width| *width > 0)?;
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for (at, mut row) in rows.into_iter().enumerate() {
        row.resize(width, String::new());
        lines.push(format!("| {} |", row.join(" | ")));
        if at == 0 {
            lines.push(format!("|{}", " --- |".repeat(width)));
        }
    }
    Some(lines.join("\n"))
}
