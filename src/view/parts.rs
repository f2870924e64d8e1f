//! Parts that several pages and other outputs show.

pub mod backlinks;
pub mod book_list;
pub mod chart;
pub(crate) mod colour;
pub mod dates;
pub mod field;
pub mod filed;
pub mod frame;
pub mod home;
pub mod json_ld;
pub(crate) mod kind_charts;
pub(crate) mod lead;
pub mod list;
mod locator;
pub(crate) mod map;
mod measure;
pub mod mentions;
pub mod quote;
pub mod register;
pub mod related;
pub mod staleness;
pub mod supersession;
pub mod translation;
