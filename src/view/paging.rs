//! Lists that are cut into pages, and links between these pages.

use std::ops::Range;

use serde::Serialize;

use super::address::stem;
use crate::path::OutputPath;
use crate::site::Site;

/// The pages of a list, seen from one of them.
#[derive(Hash, Serialize)]
pub struct Pager {
    /// The number of this page, from 1.
    pub current: usize,
    /// The number of the last page.
    pub last: usize,
    /// Links to the first page, to the last and to those near this one, in order. A gap, where pages
    /// are left out, is null.
    pub pages: Vec<Option<PageLink>>,
    /// The path of the page before; absent on the first.
    pub previous: Option<OutputPath>,
    /// The path of the page after; absent on the last.
    pub next: Option<OutputPath>,
}

/// A link to a page of a list.
#[derive(Hash, Serialize)]
pub struct PageLink {
    /// The number of the page, from 1.
    pub number: usize,
    /// The path of the page.
    pub url: OutputPath,
}

impl Pager {
    /// The pages of a list of `last` pages, seen from page `current`; `None` if there is one page.
    pub(crate) fn new(
        current: usize,
        last: usize,
        url: impl Fn(usize) -> OutputPath,
    ) -> Option<Self> {
        if last < 2 {
            return None;
        }
        let is_near =
            |number: &usize| number.abs_diff(current) <= 1 || *number == 1 || *number == last;
        let mut pages = Vec::new();
        let mut before = 0;
        for number in (1..=last).filter(is_near) {
            if number > before + 1 {
                pages.push(None);
            }
            pages.push(Some(PageLink { number, url: url(number) }));
            before = number;
        }
        let previous = (current > 1).then(|| url(current - 1));
        let next = (current < last).then(|| url(current + 1));
        Some(Self { current, last, pages, previous, next })
    }
}

/// The number of rows of a register for each entry of a list: rows are read by the eye that runs down a column, and a
/// script filters them only where all are on one page. With 50 entries a page, a page has at most 250 rows; those
/// of this repository's book weigh 200 bytes each when packed.
const ROWS_PER_ENTRY: usize = 5;

/// The number of rows on a page of a register.
pub(crate) fn rows_per_page(site: &Site) -> usize {
    site.config.page_size * ROWS_PER_ENTRY
}

/// A list that is cut into pages of so many entries as the book sets. Pages are numbered from 1.
pub(crate) struct PagedList {
    first: OutputPath,
    length: usize,
    page_size: usize,
}

impl PagedList {
    /// A list of `length` entries whose first page is at `first`.
    pub(crate) fn new(site: &Site, first: OutputPath, length: usize) -> Self {
        Self { first, length, page_size: site.config.page_size }
    }

    /// The rows of a register, of which the first page is at `first`.
    pub(crate) fn of_rows(site: &Site, first: OutputPath, length: usize) -> Self {
        Self { first, length, page_size: rows_per_page(site) }
    }

    /// The number of pages; at least one.
    pub(crate) fn page_count(&self) -> usize {
        self.length.div_ceil(self.page_size).max(1)
    }

    /// The places of the entries on a page.
    pub(crate) fn part(&self, page: usize) -> Range<usize> {
        let start = ((page - 1) * self.page_size).min(self.length);
        start..(start + self.page_size).min(self.length)
    }

    /// The path of a page.
    pub(crate) fn path(&self, page: usize) -> OutputPath {
        match (page, self.first.as_str().strip_suffix("index.html")) {
            (1, _) => self.first.clone(),
            (_, Some(folder)) => OutputPath::new(format!("{folder}page-{page}.html")),
            (_, None) => OutputPath::new(format!("{}-{page}.html", stem(&self.first))),
        }
    }

    /// The pages, seen from one of them; `None` if there is only that one.
    pub(crate) fn pager(&self, page: usize) -> Option<Pager> {
        Pager::new(page, self.page_count(), |page| self.path(page))
    }
}
