//! Files for programs. To add one, write its file, name it here as a module and put its `FORMAT` into
//! `EXPORTS`.

pub mod citation;
pub mod feed;
pub mod notes;
pub mod register;
pub mod robots;
pub mod sitemap;
pub mod translations;

use super::output::OutputFormat;

/// All files for programs.
pub(crate) const EXPORTS: &[OutputFormat] = &[
    feed::FORMAT,
    citation::FORMAT,
    register::FORMAT,
    notes::FORMAT,
    translations::FORMAT,
    sitemap::FORMAT,
    robots::FORMAT,
];
