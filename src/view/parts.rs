//! Parts that several pages and other outputs show.

pub mod backlinks;
pub mod book_list;
pub(crate) mod colour;
pub mod field;
pub mod filed;
pub mod frame;
pub mod home;
pub mod json_ld;
pub mod list;
pub(crate) mod map;
mod measure;
pub mod quote;
pub mod register;
pub mod related;
pub mod supersession;
