//! `fieldbook serve`: the site in a browser, kept up to date while it is being written.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::mpsc::channel;

use super::build;
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome};
use crate::cli::{BuildArgs, CommonArgs, ServeArgs};
use crate::report;
use crate::serve::{self, PORT, ServeEvent, ServeSettings};

/// How many files are named when several change at once.
const NAMED: usize = 3;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &ServeArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = build::root(common)?;
    let as_built = BuildArgs {
        drafts: arguments.drafts,
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
    // The first line, so that a script can wait for it.
    terminal.say(&format!("The preview is at {url} (Ctrl-C ends it)"));
    if !address.is_loopback() {
        let drafts = if arguments.drafts { ", drafts included" } else { "" };
        terminal
            .say(&format!("Every machine that reaches this address can read the book{drafts}."));
    }
    let (end, ended) = channel();
    // The handler can be set once in a program, and this is where.
    ctrlc::set_handler(move || {
        // Once it has ended there is nobody to tell.
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
        poll: arguments.poll,
    };
    let mut telling = Terminal::new(common);
    serve::start(settings, listener, move |news| tell(&mut telling, news))?;
    if arguments.open
        && let Err(error) = open::that_detached(&url)
    {
        terminal.say(&format!("The browser could not be opened: {error}"));
    }
    // The sender lives as long as the handler does, so this ends only by a signal.
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
            let named: Vec<&str> = files.iter().take(NAMED).map(|path| path.as_str()).collect();
            let more = match files.len().saturating_sub(NAMED) {
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
                (false, _) => terminal.say(&format!("… and {said} said before")),
            }
        }
        ServeEvent::Mended => terminal.say("Nothing is wrong any more"),
        ServeEvent::Trouble(text) => terminal.failed(&text),
    }
}
