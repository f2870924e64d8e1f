//! `fieldbook serve`: previews the site in a browser, and updates it as the book changes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::mpsc::channel;

use super::build;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome};
use crate::cli::{BuildArgs, CommonArgs, ServeArgs};
use crate::report;
use crate::serve::{self, PORT, ServeEvent, ServeSettings};

/// The most files that are named when several change at once.
const MAX_NAMED_FILES: usize = 3;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &ServeArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = build::root(common)?;
    let as_built = BuildArgs {
        // Who edits notes makes drafts.
        drafts: arguments.drafts || arguments.edit,
        today: arguments.today.clone(),
        ..BuildArgs::default()
    };
    let options = build::options(common, &as_built)?;
    let address = arguments.interface.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let listener = serve::listen(address, arguments.port).map_err(|error| {
        let place = SocketAddr::new(address, arguments.port.unwrap_or(PORT));
        CommandError { outcome: CommandOutcome::Environment, message: format!("{place}: {error}") }
    })?;
    let place = listener.local_addr();
    let place = place.map_err(|error| CommandError::usage(format!("{address}: {error}")))?;
    let url = format!("http://{place}/");
    // This line comes first, so that a script can wait for it.
    terminal.say(&format!("The preview is at {url} (Ctrl-C ends it)"));
    let no_key = |error: std::io::Error| CommandError {
        outcome: CommandOutcome::Environment,
        message: error.to_string(),
    };
    let edit_key = arguments.edit.then(serve::new_edit_key).transpose().map_err(no_key)?;
    let start =
        edit_key.as_deref().map_or(url.clone(), |key| url.clone() + &serve::edit_address(key));
    if edit_key.is_some() {
        terminal.say(&format!("To edit notes, open {start}"));
        terminal.say(
            "Keep this address to yourself: whoever opens it can change the notes of the book",
        );
    }
    if !address.is_loopback() {
        let drafts = if arguments.drafts { ", drafts included" } else { "" };
        terminal
            .say(&format!("Every machine that reaches this address can read the book{drafts}."));
    }
    let (end, ended) = channel();
    // The handler can be set only once in a program, and this is the place.
    ctrlc::set_handler(move || {
        // After the end nobody receives this.
        let _ = end.send(());
    })
    .map_err(|error| CommandError {
        outcome: CommandOutcome::Environment,
        message: error.to_string(),
    })?;
    let settings = ServeSettings {
        root,
        options,
        any_host: arguments.interface.is_some(),
        edit_key,
        poll: arguments.poll,
    };
    let mut telling = Terminal::new(common);
    serve::start(settings, listener, move |news| tell(&mut telling, news))?;
    if arguments.open
        && let Err(error) = open::that_detached(&start)
    {
        terminal.say(&format!("The browser could not be opened: {error}"));
    }
    // The sender lives as long as the handler, so this waits for a signal.
    let _ = ended.recv();
    terminal.say("The preview has ended");
    Ok(CommandOutcome::Fine)
}

fn tell(terminal: &mut Terminal, news: ServeEvent<'_>) {
    match news {
        ServeEvent::Opened { notes, took } => {
            let notes = report::count(notes, "note");
            terminal.say(&format!("{notes} read in {} ms", took.as_millis()));
        }
        ServeEvent::Changed { files, pages, took } => {
            let named: Vec<&str> =
                files.iter().take(MAX_NAMED_FILES).map(|path| path.as_str()).collect();
            let more = match files.len().saturating_sub(MAX_NAMED_FILES) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let pages = report::count(pages, "page");
            terminal.say(&format!(
                "{}{more}: {pages} changed in {} ms",
                named.join(", "),
                took.as_millis()
            ));
        }
        ServeEvent::Problems { new, standing, sources } => {
            terminal.problems(&report::human(new, sources));
            let said = report::count(standing, "problem");
            match (new.is_empty(), standing) {
                (_, 0) => {}
                (true, 1) => terminal.say("1 problem is left"),
                (true, _) => terminal.say(&format!("{said} are left")),
                (false, _) => terminal.say(&format!("… and {said} reported before")),
            }
        }
        ServeEvent::AllFixed => terminal.say("All problems are fixed"),
        ServeEvent::Trouble(text) => terminal.failed(&text),
    }
}
