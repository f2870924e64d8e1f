//! `fieldbook schema`: prints the schema of front matter or of the configuration, for editors.

use super::build::{options, read_config, root};
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, print};
use crate::cli::{BuildArgs, CommonArgs, SchemaArgs};
use crate::nearest::nearest;
use crate::schema;
use crate::visible::shown_json;
use crate::workspace::rules;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &SchemaArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let Some(name) = &arguments.kind else {
        print(&schema::of_config(rules::all()))?;
        return Ok(CommandOutcome::Fine);
    };
    let root = root(common)?;
    let asked = BuildArgs::default();
    let path = options(common, &asked)?.config;
    let Some(config) = read_config(&root, &path, terminal) else {
        return Ok(CommandOutcome::Usage);
    };
    let Some(kind) = config.kind_named(name) else {
        let near = nearest(name, config.kinds.iter().map(|kind| kind.name.as_str()));
        let help = near.first().map_or(String::new(), |near| format!("; did you mean {near}?"));
        return Err(CommandError::usage(format!("no kind is called \"{name}\"{help}")));
    };
    print(&shown_json(&schema::of_kind(&config, kind)))?;
    Ok(CommandOutcome::Fine)
}
