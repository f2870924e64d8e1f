//! The language server as an editor uses it: the time from a key or a request until the answer is there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::Result;
use crate::client::Client;
use crate::edit::notes;
use crate::places::{at_link, links, place, stem};
use crate::preview::cpu;
use crate::series::Series;
use crate::table::{Table, megabytes, time};

/// The number of times that the program is started.
const N_STARTS: usize = 5;

/// The number of requests of each sort.
const N_REQUESTS: usize = 200;

/// The number of edits after which problems are waited for; each is made and taken back.
const N_EDITS: usize = 20;

/// The number of renames.
const N_RENAMES: usize = 20;

/// The number of links to the note that gets another name, if the book has such a note.
const N_LINKS: usize = 1_000;

/// The time after the last key until the server reads the whole book again, which is no part of what that takes.
const PAUSE: Duration = Duration::from_millis(150);

/// The time in which the server comes to rest.
const REST: Duration = Duration::from_millis(700);

/// The beginnings of names that are typed after `[[`.
const TYPED: [&str; 10] = ["", "a", "le", "co", "risk", "s", "mi", "pro", "be", "th"];

/// The times of one sort of request.
struct Times {
    what: &'static str,
    goal: Duration,
    took: Vec<Duration>,
    /// The processor time that the server used meanwhile.
    cpu: Option<Duration>,
}

/// The figures of the language server.
pub(crate) struct Latencies {
    times: Vec<Times>,
    /// The number of places that the rename changes.
    n_places: usize,
    /// The most memory it used at one time, in bytes.
    peak: Option<u64>,
}

/// Starts the language server for the book at `root`, whose notes are `book`, and asks it everything.
pub(crate) fn measure(root: &Path, book: &[(String, String)]) -> Result<Latencies> {
    let notes: Vec<&(String, String)> = notes(book).collect();
    let (path, text) =
        notes.iter().find(|(_, text)| links(text).len() > 2).ok_or("no note has links")?;
    let mut all = Latencies { times: Vec::new(), n_places: 0, peak: None };

    let mut ready = Times::new("ready to answer", Duration::from_millis(1_500));
    for _ in 0..N_STARTS {
        let start = Instant::now();
        let mut client = Client::start(root)?;
        client.open(path, text)?;
        let (came, _) = client.ask("textDocument/hover", &at_link(&client, path, text, 0))?;
        ready.took.push(came - start);
        ready.cpu = cpu(client.id()).map(|cpu| ready.cpu.unwrap_or_default() + cpu);
    }
    all.times.push(ready);

    let mut client = Client::start(root)?;
    client.open(path, text)?;
    client.ask("textDocument/hover", &at_link(&client, path, text, 0))?;
    thread::sleep(REST * 2);
    for (what, method, goal) in [
        ("completion", "textDocument/completion", 30),
        ("hover", "textDocument/hover", 10),
        ("definition", "textDocument/definition", 10),
    ] {
        let mut times = Times::new(what, Duration::from_millis(goal));
        times.run(&mut client, N_REQUESTS, |client, n| {
            let start = Instant::now();
            let place = if what == "completion" {
                let typed = format!("{text}\n[[{}", TYPED[n % TYPED.len()]);
                client.change(path, &typed)?;
                place(client, path, &typed, typed.len())
            } else {
                at_link(client, path, text, n)
            };
            let (came, answer) = client.ask(method, &place)?;
            if answer.is_null() {
                return Err(format!("{what}: no answer for {place}").into());
            }
            Ok(vec![came - start])
        })?;
        client.change(path, text)?;
        thread::sleep(REST);
        all.times.push(times);
    }
    all.problems_of_a_note(&mut client, path, text)?;
    all.problems_of_the_book(&mut client, &notes)?;
    all.rename(&mut client, book)?;
    let status = fs::read_to_string(format!("/proc/{}/status", client.id())).ok();
    all.peak = status.and_then(|status| crate::measure::peak_in(&status));
    Ok(all)
}

impl Latencies {
    /// Makes an empty heading, which the server sees without the rest of the book, and takes it back.
    fn problems_of_a_note(&mut self, client: &mut Client, path: &str, text: &str) -> Result<()> {
        let mut times = Times::new("own problems", Duration::from_millis(20));
        times.run(client, N_EDITS, |client, _| {
            let mut took = Vec::new();
            for (text, are_there) in [(format!("{text}\n##\n"), true), (text.to_owned(), false)] {
                thread::sleep(REST);
                let start = Instant::now();
                client.change(path, &text)?;
                took.push(client.problems(path, "empty-heading", are_there)? - start);
            }
            Ok(took)
        })?;
        self.times.push(times);
        Ok(())
    }

    /// Gives headings another text, so that links in other notes lead nowhere, and the former text again.
    fn problems_of_the_book(
        &mut self,
        client: &mut Client,
        notes: &[&(String, String)],
    ) -> Result<()> {
        let by_name: BTreeMap<&str, &(String, String)> =
            notes.iter().map(|note| (stem(&note.0), *note)).collect();
        let mut cases = Vec::new();
        for (from, text) in notes {
            let targets = links(text).into_iter().filter_map(|link| {
                let (path, text) = by_name.get(link.name)?;
                let heading = format!("# {}\n", link.part?);
                Some((path, text.replacen(&heading, "# Another heading\n", 1), text))
            });
            // Only the links of one note to a part lead nowhere.
            cases.extend(
                targets.filter(|(_, new, old)| new != *old).take(1).map(|case| (from, case)),
            );
        }
        let mut times = Times::new("problems of the book", Duration::from_millis(150));
        let n_cases = cases.len().min(N_EDITS);
        times.run(client, n_cases, |client, n| {
            let (from, (path, new, old)) = &cases[n * cases.len() / n_cases];
            client.open(path, old)?;
            let mut took = Vec::new();
            for (text, are_there) in [(new, true), (*old, false)] {
                thread::sleep(REST);
                let start = Instant::now();
                client.change(path, text)?;
                let came = client.problems(from, "missing-anchor", are_there)?;
                took.push((came - start).saturating_sub(PAUSE));
            }
            Ok(took)
        })?;
        self.times.push(times);
        Ok(())
    }

    /// Gives the note to which about [`N_LINKS`] links lead other names, at a link to it.
    fn rename(&mut self, client: &mut Client, book: &[(String, String)]) -> Result<()> {
        let notes: Vec<_> = book.iter().filter(|(path, _)| path.ends_with(".md")).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for link in notes.iter().flat_map(|(_, text)| links(text)) {
            *counts.entry(link.name).or_default() += 1;
        }
        let Some((name, _)) = counts.iter().min_by_key(|(_, count)| count.abs_diff(N_LINKS)) else {
            return Ok(());
        };
        let link = notes.iter().find_map(|(path, text)| {
            let link = links(text).into_iter().find(|link| link.name == *name)?;
            Some((path, text, link.at))
        });
        let (path, text, at) = link.ok_or("no link")?;
        // With a title like its file, the note would still be found by the title, and no link need change.
        if let Some((path, text)) = notes.iter().find(|(path, _)| stem(path) == *name) {
            client.open(path, &text.replacen("title = \"", "title = \"On ", 1))?;
        }
        client.open(path, text)?;
        let mut n_places = 0;
        let mut times = Times::new("rename", Duration::from_millis(300));
        times.run(client, N_RENAMES, |client, n| {
            thread::sleep(REST);
            let mut place = place(client, path, text, at);
            place["newName"] = json!(format!("another-name-{n}"));
            let start = Instant::now();
            let (came, answer) = client.ask("textDocument/rename", &place)?;
            let steps = answer["documentChanges"].as_array().ok_or("no changes")?;
            let edits = steps.iter().filter_map(|step| step["edits"].as_array());
            n_places = edits.map(Vec::len).sum();
            Ok(vec![came - start])
        })?;
        self.n_places = n_places;
        self.times.push(times);
        Ok(())
    }

    /// Adds the figures to a table: medians, and what 19 cases of 20 take at most, which the goals are for.
    pub(crate) fn show(&self, table: &mut Table) {
        for times in &self.times {
            let mut took: Vec<f64> = times.took.iter().map(Duration::as_secs_f64).collect();
            took.sort_by(f64::total_cmp);
            let series = Series(took);
            let (Some(median), Some(late)) = (series.median(), series.late()) else {
                table.note(&format!("editor: {}", times.what), "n/a".to_owned());
                continue;
            };
            let shown = |seconds| time(Duration::from_secs_f64(seconds));
            let mut figure = format!("{}; 95 %: {}", shown(median), shown(late));
            if let Some(cpu) = times.cpu {
                figure += &format!("; processor {}", time(cpu / times.took.len() as u32));
            }
            let what = match times.what {
                "rename" => format!("editor: rename, {} places", self.n_places),
                what => format!("editor: {what}"),
            };
            let goal = times.goal.as_secs_f64();
            table.at_most(&what, figure, late, goal, &format!("≤ {}", time(times.goal)));
        }
        if let Some(peak) = self.peak.map(|peak| peak as f64) {
            table.at_most("editor: peak memory", megabytes(peak), peak, 300e6, "≤ 300 MB");
        }
    }
}

impl Times {
    fn new(what: &'static str, goal: Duration) -> Times {
        Times { what, goal, took: Vec::new(), cpu: None }
    }

    /// Does something `n` times, and keeps the times that it returns.
    fn run(
        &mut self,
        client: &mut Client,
        n: usize,
        mut work: impl FnMut(&mut Client, usize) -> Result<Vec<Duration>>,
    ) -> Result<()> {
        let before = cpu(client.id());
        for at in 0..n {
            self.took.extend(work(client, at)?);
        }
        self.cpu = cpu(client.id()).zip(before).map(|(after, before)| after - before);
        Ok(())
    }
}
