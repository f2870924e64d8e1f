//! The download size of the pages of this repository's book, packed with Brotli.

use std::collections::BTreeMap;
use std::path::Path;

use fieldbook::disk;
use fieldbook::path::SourcePath;

use crate::table::Table;
use crate::{Result, support};

/// The most that a page may weigh with its style and script, in bytes.
const BUDGET: f64 = 30_000.0;

/// Returns the heaviest page of each folder, and each page outside of them, with styles and
/// scripts.
pub(crate) fn table() -> Result<Table> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = disk::read(root, &SourcePath::new("book.toml"))?;
    let (_, files) = support::open(sources, support::options());
    let files = files.ok_or("the book has problems")?;
    let is_shared = |path: &&String| path.starts_with("assets/site.");
    let shared: usize =
        files.keys().filter(is_shared).map(|path| support::packed(&files[path])).sum();
    let mut heaviest = BTreeMap::<&str, (usize, &str)>::new();
    for weight in support::weights(&files) {
        let folder = weight.1.split_once('/').map_or(weight.1, |(folder, _)| folder);
        heaviest.entry(folder).and_modify(|most| *most = weight.max(*most)).or_insert(weight);
    }
    let mut table = Table::default();
    table.note("style and script", format!("{shared} bytes"));
    for (weight, page) in heaviest.into_values() {
        table.at_most(page, format!("{weight} bytes"), weight as f64, BUDGET, "≤ 30 kB");
    }
    Ok(table)
}
