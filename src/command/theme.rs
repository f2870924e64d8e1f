//! `fieldbook theme eject`: a built-in file of the theme, copied into the book to be changed there.

use super::build::{asked_of, options, read_config, root};
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome, print};
use crate::cli::{BuildArgs, CommonArgs, ThemeAction, ThemeArgs};
use crate::config::{Config, ThemeSettings};
use crate::disk;
use crate::nearest::nearest;
use crate::path::SourcePath;
use crate::render::{DEFAULT, builtin_files};
use crate::source::{FileContent, Source};

/// The folder of the built-in theme.
const BUILT_IN: &str = "themes/default";

/// The name of the theme that is made for a book that has none.
const OWN: &str = "own";

pub(super) fn run(
    common: &CommonArgs,
    arguments: &ThemeArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let ThemeAction::Eject { file } = &arguments.action;
    let files = builtin_files();
    let Some(file) = file else {
        let names = files.iter().filter_map(|file| file.path.below(BUILT_IN));
        print(&names.map(|name| format!("{name}\n")).collect::<String>())?;
        return Ok(CommandOutcome::Fine);
    };
    let (name, source) = find(&files, file, common)?;
    let root = root(common)?;
    let options = options(common, &BuildArgs::default())?;
    let path = options.config;
    let Some(config) = read_config(&root, &path, terminal) else {
        return Ok(CommandOutcome::Usage);
    };
    let theme = theme(&config, options.themes.contains(DEFAULT));
    let target = SourcePath::new(format!("themes/{theme}/{name}"));
    if !disk::write_new(&root, &target, bytes(source))? {
        let message = format!("{target} is there already and was left as it is; edit that file");
        return Err(CommandError::usage(message));
    }
    terminal.say(&format!("Written: {target}"));
    if theme != config.theme {
        terminal.say(&setting(&config, theme, &path));
    }
    terminal.say(&next(name, source));
    Ok(CommandOutcome::Fine)
}

/// Returns the built-in file that is meant: by its path in the theme, or by the end of it.
fn find<'f>(
    files: &'f [Source],
    wanted: &str,
    common: &CommonArgs,
) -> Result<(&'f str, &'f Source), CommandError> {
    let named = |source: &'f Source| Some((source.path.below(BUILT_IN)?, source));
    let all: Vec<(&str, &Source)> = files.iter().filter_map(named).collect();
    let wanted = wanted.trim_start_matches("./").trim_start_matches("themes/default/");
    let is_end = |name: &str| name.strip_suffix(wanted).is_some_and(|rest| rest.ends_with('/'));
    let fits = |(name, _): &&(&str, &Source)| *name == wanted || is_end(name);
    let found: Vec<_> = all.iter().filter(fits).collect();
    if let [one] = found.as_slice() {
        return Ok(**one);
    }
    if !found.is_empty() {
        let names: Vec<&str> = found.iter().map(|(name, _)| *name).collect();
        let message = format!("\"{wanted}\" may be {}; name one of them", names.join(" or "));
        return Err(CommandError::usage(message));
    }
    let last = |name: &'f str| name.rsplit('/').next().unwrap_or(name);
    let near = nearest(wanted, all.iter().flat_map(|(name, _)| [*name, last(name)]));
    let help = match near.as_slice() {
        [] => format!("fieldbook theme eject{}, with no file, lists all", asked_of(common)),
        near => format!("did you mean {}?", near.join(" or ")),
    };
    Err(CommandError::usage(format!("the built-in theme has no file \"{wanted}\"; {help}")))
}

fn bytes(source: &Source) -> &[u8] {
    match &source.content {
        FileContent::Text(text) => text.as_bytes(),
        FileContent::Bytes(bytes) => bytes,
        FileContent::Refused(_) => &[],
    }
}

/// Returns the name of the theme that the file goes to: that of the book, or a new one.
fn theme(config: &Config, covers_default: bool) -> &str {
    let is_named = config.theme_span.end > 0;
    if is_named || covers_default { &config.theme } else { OWN }
}

/// Returns the line to add to the configuration so that the theme counts.
fn setting(config: &Config, theme: &str, path: &SourcePath) -> String {
    if config.theme_settings == ThemeSettings::default() {
        format!("Now add this line at the top of {path}: theme = \"{theme}\"")
    } else {
        format!("Now add this line below [theme] in {path}: folder = \"{theme}\"")
    }
}

/// Returns the next step with a file that was written.
fn next(name: &str, source: &Source) -> String {
    let text = source.text().unwrap_or_default();
    match name.strip_prefix("templates/") {
        Some(template) if text.contains("{% block ") => format!(
            "To change parts of it only, begin it with {{% extends \"{DEFAULT}/{template}\" %}} and keep the blocks \
             you change"
        ),
        _ if name.starts_with("i18n/") => "Keep the lines you change; the others stay as built in".to_owned(),
        _ => "Edit it; it counts in place of the built-in file, also when a later version changes that".to_owned(),
    }
}
