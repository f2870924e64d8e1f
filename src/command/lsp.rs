//! `fieldbook lsp`: answers a text editor, over standard input and output.

use std::path::{Path, PathBuf};

use lsp_server::Connection;

use super::build;
use super::{CommandError, CommandOutcome};
use crate::cli::{BuildArgs, CommonArgs, LspArgs};
use crate::lsp::{self, LspSettings};

pub(super) fn run(
    common: &CommonArgs,
    arguments: &LspArgs,
) -> Result<CommandOutcome, CommandError> {
    // The editor says which folder it has open, unless one is named.
    let root = (common.root != Path::new(".")).then(|| build::root(common)).transpose()?;
    let (config, color) = (common.config.clone(), common.color);
    let today = arguments.today.clone();
    let options = move |root: &Path| {
        let common = CommonArgs {
            root: PathBuf::from(root),
            config: config.clone(),
            quiet: true,
            verbose: false,
            color,
        };
        // Who edits notes makes drafts.
        let as_built = BuildArgs { drafts: true, today: today.clone(), ..BuildArgs::default() };
        build::options(&common, &as_built).map_err(|error| error.message)
    };
    let settings = LspSettings { root, config: common.config.clone(), options: Box::new(options) };
    let (connection, threads) = Connection::stdio();
    let is_ended = lsp::run(settings, &connection);
    // The threads end once nothing more can be read or sent.
    drop(connection);
    let _ = threads.join();
    Ok(if is_ended { CommandOutcome::Fine } else { CommandOutcome::Environment })
}
