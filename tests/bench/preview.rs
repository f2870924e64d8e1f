//! The preview as a browser uses it: the time from saving a note until its new page is served.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;
use crate::edit::{edited, notes};

/// The number of notes that are edited, spread over the book.
const N_EDITS: usize = 40;

/// The number of notes that get another title.
const N_TITLES: usize = 10;

/// The time for which the preview is left alone, to see what it does by itself.
const IDLE: Duration = Duration::from_secs(5);

/// The pause after an edit, in which the preview checks the whole book.
const REST: Duration = Duration::from_millis(700);

pub(crate) struct Seen {
    /// The time from the start of the program to the first page.
    pub(crate) first_page: Duration,
    /// The time from there to the index, without which there is no search.
    pub(crate) index: Duration,
    /// The time from just before a note is written to its new page, shortest first.
    pub(crate) edits: Vec<Duration>,
    /// The same for a change of the title, which other pages show.
    pub(crate) titles: Vec<Duration>,
    /// The most memory it used at one time, in bytes.
    pub(crate) peak: Option<u64>,
    /// The processor time it used while nothing happened.
    pub(crate) idle: Option<Duration>,
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the preview of the book at `root`, whose notes are `book`, and edits some of them.
pub(crate) fn look(root: &Path, book: &[(String, String)]) -> Result<Seen> {
    let notes: Vec<&(String, String)> = notes(book).collect();
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
    command.args(["serve", "-p", "0", "-r"]).arg(root).stdin(Stdio::null());
    let mut running = Running(command.stderr(Stdio::piped()).spawn()?);
    let mut lines = BufReader::new(running.0.stderr.take().ok_or("no stream")?).lines();
    let first = lines.next().ok_or("the preview said nothing")??;
    let at = first
        .split("http://")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .ok_or(first.clone())?;
    let at = at.to_owned();
    thread::spawn(move || lines.map_while(std::io::Result::ok).for_each(drop));
    let page = |path: &str| path.replacen("content/", "/", 1).replace(".md", ".html");
    get(&at, &page(&notes[0].0))?;
    let first_page = start.elapsed();
    get(&at, "/search/index.js")?;
    let index = start.elapsed() - first_page;

    let (mut edits, mut titles) = (Vec::new(), Vec::new());
    for n in 0..N_EDITS {
        let (path, text) = notes[n * notes.len() / N_EDITS];
        let new = edited(text).ok_or_else(|| format!("{path}: no sentence without links"))?;
        let new = new.replacen(" clearly ", &format!(" clearly{n} "), 1);
        thread::sleep(REST);
        edits.push(until(&at, &page(path), root, path, &new, &format!("clearly{n}"))?);
    }
    // These edits take longer, and would delay an edit that follows at once.
    for n in 0..N_TITLES {
        let (path, text) = notes[n * notes.len() / N_TITLES];
        let new = text.replacen("title = \"", &format!("title = \"Retitled{n} "), 1);
        thread::sleep(REST);
        titles.push(until(&at, &page(path), root, path, &new, &format!("Retitled{n}"))?);
    }
    for (path, text) in notes {
        fs::write(root.join(path), text)?;
    }
    edits.sort();
    titles.sort();
    thread::sleep(REST * 4);
    let id = running.0.id();
    let before = cpu(id);
    thread::sleep(IDLE);
    let idle = cpu(id).zip(before).map(|(after, before)| after - before);
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok();
    let peak = status.and_then(|status| crate::measure::peak_in(&status));
    Ok(Seen { first_page, index, edits, titles, peak, idle })
}

/// Writes a note, and requests its page until the page contains `part`.
fn until(
    at: &str,
    page: &str,
    root: &Path,
    path: &str,
    text: &str,
    part: &str,
) -> Result<Duration> {
    let start = Instant::now();
    fs::write(root.join(path), text)?;
    while !get(at, page)?.contains(part) {
        if start.elapsed() > Duration::from_secs(60) {
            return Err(format!("{page} never shows {part}").into());
        }
        thread::sleep(Duration::from_millis(1));
    }
    Ok(start.elapsed())
}

fn get(at: &str, page: &str) -> Result<String> {
    let mut stream = TcpStream::connect(at)?;
    // The request looks like that of a page of the preview; scripts are only for those.
    let headers = format!("Host: {at}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n");
    write!(stream, "GET {page} HTTP/1.1\r\n{headers}\r\n")?;
    stream.shutdown(std::net::Shutdown::Write)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Returns the processor time of a process so far: fields 14 and 15 of its `stat`.
pub(crate) fn cpu(id: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: Vec<u32> = fields.split(' ').skip(12).take(2).flat_map(str::parse).collect();
    (ticks.len() == 2).then(|| crate::measure::TICK * ticks.iter().sum())
}
