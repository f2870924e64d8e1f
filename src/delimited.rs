//! Tables as spreadsheets of different countries write them (RFC 4180), with commas, semicolons or tabs between the cells.

/// A place where a table can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadableTable {
    /// The line, from one.
    pub line: usize,
    /// The reason.
    pub why: &'static str,
}

/// The line in which a row begins, from one, and its cells.
pub type TableRow = (usize, Vec<String>);

/// Returns the rows of a table, the one with the names of the columns first. The sign between the cells is the one that
/// is most often in the first line.
pub fn rows(text: &str) -> Result<Vec<TableRow>, UnreadableTable> {
    let header = text.lines().next().unwrap_or_default();
    let separators = [',', ';', '\t'];
    let separator =
        separators.into_iter().max_by_key(|sign| (header.matches(*sign).count(), *sign == ','));
    rows_between(text, separator.unwrap_or(','))
}

fn rows_between(text: &str, separator: char) -> Result<Vec<TableRow>, UnreadableTable> {
    let (mut rows, mut cells, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut begun) = (1, 1);
    let mut quoted_since = None;
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if quoted_since.is_some() => {
                if signs.next_if_eq(&'"').is_some() {
                    cell.push('"');
                } else {
                    quoted_since = None;
                }
            }
            '"' if cell.is_empty() => quoted_since = Some(line),
            c if quoted_since.is_some() => cell.push(c),
            c if c == separator => cells.push(std::mem::take(&mut cell)),
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' => {
                cells.push(std::mem::take(&mut cell));
                rows.push((begun, std::mem::take(&mut cells)));
                begun = line;
            }
            c => cell.push(c),
        }
    }
    if let Some(line) = quoted_since {
        return Err(UnreadableTable {
            line,
            why: "a quotation mark opens a cell here, and none closes it",
        });
    }
    if !cell.is_empty() || !cells.is_empty() {
        cells.push(cell);
        rows.push((begun, cells));
    }
    Ok(rows)
}
