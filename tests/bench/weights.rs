//! What the pages of this repository's book weigh on their way to a reader, packed with brotli.

use std::collections::BTreeMap;
use std::path::Path;

use fieldbook::disk;
use fieldbook::path::SourcePath;
use fieldbook::source::Edit;
use fieldbook::workspace::{Change, Workspace};

use crate::table::Table;
use crate::{Result, support};

/// The most that a page may weigh with its style and script, in bytes.
const BUDGET: f64 = 30_000.0;

/// The heaviest page of each folder, and each page outside of them, with style and script.
pub(crate) fn table() -> Result<Table> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = disk::read(root, &SourcePath::new("book.toml"))?;
    let mut workspace = Workspace::new(support::options());
    let edits = sources.into_files().map(Edit::Put).collect();
    let changes = workspace.apply(edits).map_err(|_| "the book has problems")?;
    let (mut shared, mut heaviest) = (0, BTreeMap::<&str, (usize, &str)>::new());
    for change in &changes {
        let Change::Write(path, bytes) = change else { continue };
        let path = path.as_str();
        if path.starts_with("assets/site.") {
            shared += support::packed(bytes);
        } else if path.ends_with(".html") && !path.ends_with("/in-full.html") {
            let folder = path.split_once('/').map_or(path, |(folder, _)| folder);
            let weight = (support::packed(bytes), path);
            heaviest.entry(folder).and_modify(|most| *most = weight.max(*most)).or_insert(weight);
        }
    }
    let mut table = Table::default();
    table.note("style and script", format!("{shared} bytes"));
    for (weight, page) in heaviest.values() {
        let whole = weight + shared;
        table.at_most(page, format!("{whole} bytes"), whole as f64, BUDGET, "≤ 30 kB");
    }
    Ok(table)
}
