//! `fieldbook list`: what the book holds, a line each on the standard output.

use std::fmt::Write;

use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, build, print};
use crate::cli::{BuildArgs, CommonArgs, ListArgs, Listing};
use crate::disk;
use crate::note::Origin;
use crate::source::SourceEdit;
use crate::visible::shown;
use crate::workspace::Workspace;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &ListArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let Listing::Search { words, limit, drafts } = &arguments.what;
    let root = build::root(common)?;
    let mut options = build::options(common, &BuildArgs::default())?;
    options.drafts = *drafts;
    let sources = disk::read(&root, &options.config)?;
    let mut workspace = Workspace::new(options);
    // What is wrong with the book is for `build` to say; what can be read can be found.
    let _ = workspace.update(sources.into_files().map(SourceEdit::Put).collect());
    let Some(site) = workspace.site() else {
        return Err(CommandError::usage("the book can't be read; fieldbook build says why"));
    };
    let mut out = String::new();
    let hits = workspace.find(&words.join(" "));
    for hit in hits.iter().take(*limit) {
        let note = site.note(hit.id);
        let place = match note.facts.origin {
            Origin::File => note.source.as_str(),
            Origin::Folder | Origin::OpenField => note.facts.place.output.as_str(),
        };
        let _ = writeln!(out, "{}\t{}", shown(place), shown(&note.facts.card.title));
    }
    print(&out)?;
    terminal.say(&crate::report::count(hits.len(), "note"));
    Ok(CommandOutcome::Fine)
}
