//! Tasks of readers, done in a real browser: how many actions each takes, and where its answer stands.
//!
//! `tasks.toml` lists the tasks. Their table is printed with `cargo test --test pages tasks -- --nocapture`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::chromium::Browser;
use crate::site::Site;
use crate::support;

/// The height of the first screen, in CSS pixels.
const SCREEN: u32 = 900;

/// The number of tasks that must be answered.
const ANSWERED: usize = 25;
/// The number of them that must be answered on the first screen.
const ON_FIRST_SCREEN: usize = 20;
/// The most actions that a task may take.
const ACTIONS: usize = 3;

#[derive(Deserialize)]
struct TaskList {
    task: Vec<Task>,
}

/// A question that a reader brings.
#[derive(Deserialize)]
struct Task {
    /// Who asks.
    reader: String,
    /// The question.
    asks: String,
    /// The page on which the reader begins.
    start: String,
    /// The actions of the reader.
    #[serde(default)]
    actions: Vec<Action>,
    /// Words of the answer, as the page shows them.
    answer: String,
    /// A selector of the parts of the page in which the answer counts.
    #[serde(default = "anywhere")]
    within: String,
}

fn anywhere() -> String {
    "body".to_owned()
}

/// One thing that a reader does.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Action {
    /// Clicks a link, a button or a fold with this text.
    Click(String),
    /// Chooses a value of a filter, by the label of the filter and the text of the value.
    Choose { filter: String, value: String },
    /// Types a query into the search field, which has to be opened first if the page shows none.
    Search(String),
    /// Prints the page.
    Print,
}

/// The outcome of a task.
struct Outcome {
    actions: usize,
    /// The distances below the window of the controls that the reader has to use, added up, in CSS pixels.
    scrolled: f64,
    /// The place where the answer starts, in CSS pixels below the top of the window and of the page, or what was missing.
    answer: Result<(f64, f64), String>,
}

impl Outcome {
    fn is_on_first_screen(&self) -> bool {
        self.answer.as_ref().is_ok_and(|(window, _)| (0.0..f64::from(SCREEN)).contains(window))
    }
}

/// The functions of the page that the actions use.
const SCRIPT: &str = include_str!("tasks.js");

/// Calls one of the functions of [`SCRIPT`] with texts.
fn call(browser: &mut Browser, function: &str, texts: &[&str]) -> Value {
    let texts = json!(texts);
    browser.evaluate(&format!("(() => {{ {SCRIPT}\nreturn {function}(...{texts}); }})()"))
}

/// Waits until the page shows what an action changed.
fn settle(browser: &mut Browser) {
    let frame = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
    browser.evaluate(&format!("{frame}.then(() => 1)"));
}

/// Types a query, into a field that is opened first if the page shows none. Returns how many actions that took.
fn search(browser: &mut Browser, query: &str) -> Result<usize, String> {
    let mut actions = 1;
    if call(browser, "enterSearch", &[]) != true {
        browser.evaluate("document.querySelector('[data-search]').click()");
        browser.until("Boolean(document.querySelector('dialog[open] input'))");
        call(browser, "enterSearch", &[]);
        actions += 1;
    }
    browser.write(query);
    if browser.evaluate("Boolean(document.activeElement.closest('dialog'))") != true {
        browser.press(&["Enter"]);
    }
    browser.until("document.querySelectorAll('.search-results a').length > 0");
    settle(browser);
    Ok(actions)
}

/// Does an action. Returns how many actions of the reader it is, and how far beyond the window its control stands.
fn act(browser: &mut Browser, action: &Action) -> Result<(usize, f64), String> {
    let (used, missing) = match action {
        Action::Search(query) => return search(browser, query).map(|actions| (actions, 0.0)),
        Action::Print => {
            browser.media("print", &[]);
            return Ok((1, 0.0));
        }
        Action::Click(name) => (call(browser, "click", &[name]), name.clone()),
        Action::Choose { filter, value } => {
            (call(browser, "choose", &[filter, value]), format!("{filter}: {value}"))
        }
    };
    let away = used[0].as_f64().ok_or_else(|| format!("no \"{missing}\""))?;
    if used[1] == true {
        browser.until("!window.isBefore && document.readyState === 'complete'");
    }
    settle(browser);
    Ok((1, away))
}

/// Does a task from its beginning.
fn perform(browser: &mut Browser, site: &Site, task: &Task) -> Outcome {
    browser.media("", &[]);
    browser.open(&site.url(&task.start));
    let mut outcome = Outcome { actions: 0, scrolled: 0.0, answer: Err("no answer".to_owned()) };
    for action in &task.actions {
        match act(browser, action) {
            Ok((actions, away)) => {
                outcome.actions += actions;
                outcome.scrolled += away;
            }
            Err(missing) => {
                outcome.answer = Err(missing);
                return outcome;
            }
        }
    }
    let place = call(browser, "placeOf", &[&task.answer, &task.within]);
    if let (Some(window), Some(page)) = (place[0].as_f64(), place[1].as_f64()) {
        outcome.answer = Ok((window, page));
    }
    outcome
}

/// Returns a line of the table.
fn line(task: &Task, outcome: &Outcome) -> String {
    let Outcome { actions, scrolled, answer } = outcome;
    let place = match answer {
        Ok((window, page)) => format!("{window:>6} {page:>6}"),
        Err(missing) => format!("     -      -  {missing}"),
    };
    format!("{actions:>7} {scrolled:>8} {place}  {} ({})\n", task.asks, task.reader)
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is for who runs the test")]
fn readers_find_what_they_came_for() {
    let text = std::fs::read_to_string(support::tests().join("pages/tasks.toml")).expect("tasks");
    let tasks = toml::from_str::<TaskList>(&text).expect("tasks").task;
    assert_eq!(tasks.len(), 25);
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the tasks of readers") else { return };
    browser.viewport(1280, SCREEN);
    let outcomes: Vec<Outcome> =
        tasks.iter().map(|task| perform(&mut browser, &site, task)).collect();
    let mut table = "actions scrolled window   page  task\n".to_owned();
    table.extend(tasks.iter().zip(&outcomes).map(|(task, outcome)| line(task, outcome)));
    let answered = outcomes.iter().filter(|outcome| outcome.answer.is_ok()).count();
    let on_first_screen = outcomes.iter().filter(|outcome| outcome.is_on_first_screen()).count();
    let most = outcomes.iter().map(|outcome| outcome.actions).max().unwrap_or_default();
    table += &format!(
        "{answered} answered, {on_first_screen} on the first screen, {most} actions at most\n"
    );
    println!("{table}");
    assert!(answered >= ANSWERED, "{table}");
    assert!(on_first_screen >= ON_FIRST_SCREEN, "{table}");
    assert!(most <= ACTIONS, "{table}");
}
