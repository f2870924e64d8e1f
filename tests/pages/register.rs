//! The register in a browser: its rows are filtered and sorted in place, and the address records
//! it.

use std::path::Path;

use serde_json::{Value, json};

use crate::chromium::Browser;
use crate::site::Site;
use crate::support::{self, Tree};

/// The titles that are shown, in order.
const TITLES: &str = "[...document.querySelectorAll('.register tbody tr:not([hidden]) th')]
  .map(head => head.textContent.trim()).join('\\n')";

/// Types into the filter called `name`, as a reader does.
fn choose(browser: &mut Browser, name: &str, value: &str) {
    browser.evaluate(&format!(
        "{{ const field = document.querySelector('.filters [name=\"{name}\"]');
           field.value = {value:?};
           field.dispatchEvent(new Event('input', {{ bubbles: true }})); }}"
    ));
}

#[test]
fn a_register_is_filtered_and_sorted_in_place_and_the_address_keeps_it() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the filters of a register") else { return };
    let address = site.url("recommendations/index.html");
    browser.open(&address);
    let all = browser.text(TITLES);
    let count = all.lines().count();
    let tally = "document.querySelector('.tally').textContent";
    assert_eq!(browser.text(tally), format!("{count} rows"));
    let first = "document.querySelector('.register tbody tr').getBoundingClientRect().bottom";
    assert!(browser.evaluate(first).as_f64().is_some_and(|bottom| bottom < 900.0));

    choose(&mut browser, "themes", "Financing");
    let of_theme = browser.text(TITLES);
    // The rows that a script shows in place are those of the page of the value.
    browser.scripts(false);
    browser.open(&site.url("recommendations/by-themes/themes/financing.html"));
    assert_eq!(of_theme, browser.text(TITLES));
    browser.scripts(true);

    browser.open(&address);
    choose(&mut browser, "themes", "Financing");
    choose(&mut browser, "contains", "UKRAINE");
    browser.evaluate("document.querySelector('th[data-column=title] button').click()");
    browser.evaluate("document.querySelector('th[data-column=title] button').click()");
    let shown = browser.text(TITLES);
    let (few, of) = (shown.lines().count(), of_theme.lines().count());
    assert!(0 < few && few < of && of < count, "{few} of {of} of {count}");
    assert!(shown.lines().all(|title| of_theme.lines().any(|other| other == title)));
    assert!(shown.lines().is_sorted_by(|a, b| a > b), "{shown}");
    assert_eq!(browser.text(tally), format!("{few} of {count} rows"));

    let kept = browser.text("location.hash");
    assert_eq!(kept, "#themes=Financing&contains=UKRAINE&sort=-title");
    browser.open(&site.url("about.html"));
    browser.open(&format!("{address}{kept}"));
    assert_eq!(browser.text(TITLES), shown);
    browser.evaluate("document.querySelector('.tally-line button').click()");
    browser.until(&format!("{TITLES}.split('\\n').length === {count}"));
    assert_eq!(browser.text(TITLES), all);

    // All rows of the page of a value have it, so it can't be chosen there.
    browser.open(&site.url("recommendations/by-themes/themes/financing.html"));
    let names = "[...document.querySelectorAll('.filters [name]')].map(f => f.name).join()";
    let names = browser.text(names);
    assert!(names.contains("addressees") && !names.contains("themes"), "{names}");
    // Nothing has been assessed, so all rows agree in the outcome.
    assert!(!names.contains("disposition"), "{names}");
    assert_eq!(browser.problems(), Vec::<String>::new());
}

/// The options of the filter called `name` that can be chosen, with their counts.
fn options(browser: &mut Browser, name: &str) -> Vec<String> {
    let options = browser.text(&format!(
        "[...document.querySelector('.filters [name=\"{name}\"]').options]
           .filter(option => option.value && !option.disabled).map(option => option.text).join('\\n')"
    ));
    options.lines().map(ToOwned::to_owned).collect()
}

/// The titles of the rows that have these values, from the file of the register; those by the book's own reading
/// count if `inferred`.
fn titles(site: &Site, values: &[(&str, &str)], inferred: bool) -> String {
    let file: Value =
        serde_json::from_slice(&site.files["recommendations/register.json"]).expect("JSON");
    let has = |row: &Value, (field, value): &(&str, &str)| {
        let stated = row[field].as_array().into_iter();
        let read = row[format!("{field}-inferred")].as_array().into_iter().filter(|_| inferred);
        stated.chain(read).flatten().any(|one| one == value)
    };
    let rows = file["rows"].as_array().expect("rows").iter();
    let rows = rows.filter(|row| values.iter().all(|value| has(row, value)));
    rows.filter_map(|row| row["title"].as_str()).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_asked_of_donors_on_localisation_is_found_also_where_the_theme_is_the_book_s_own_reading()
{
    let site = Site::own();
    let Some(mut browser) = Browser::launch("the filters of a register together") else { return };
    let address = site.url("recommendations/index.html");
    browser.open(&address);
    choose(&mut browser, "addressees", "Donors");
    let question = [("addressees", "Donors"), ("themes", "Localisation")];
    let (all, stated) = (titles(&site, &question, true), titles(&site, &question, false));
    let (count, marked) = (all.lines().count(), all.lines().count() - stated.lines().count());
    assert!(0 < marked && marked < count, "{all}");
    let counts = options(&mut browser, "themes");
    assert!(counts.contains(&format!("Localisation ({count}, {marked}*)")), "{counts:?}");
    choose(&mut browser, "themes", "Localisation");
    assert_eq!(browser.text(TITLES), all);
    // Each count is that of the rows that the option would show.
    let tally = "document.querySelector('.tally').textContent";
    for option in options(&mut browser, "addressees") {
        let (value, count) = option.rsplit_once(" (").expect("a count");
        let count = count.split([',', ')']).next().expect("a count");
        choose(&mut browser, "addressees", value);
        assert!(browser.text(tally).starts_with(&format!("{count} of ")), "{option}");
    }

    // What is the book's own reading can be left out, and a step back brings it back.
    choose(&mut browser, "addressees", "Donors");
    browser.evaluate("document.querySelector('.switch input').click()");
    assert_eq!(browser.text(TITLES), stated);
    assert!(browser.text("location.hash").contains("inferred=no"));
    browser.evaluate("history.back()");
    browser.until(&format!("{TITLES}.split('\\n').length === {count}"));
    assert_eq!(browser.problems(), Vec::<String>::new());
}

#[test]
fn where_no_row_is_left_the_page_names_the_filter_to_drop() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("a register without rows") else { return };
    let address = site.url("recommendations/index.html");
    browser.open(&format!("{address}#addressees=Donors&contains=xyzzy"));
    let tally = "document.querySelector('.tally').textContent";
    assert!(browser.text(tally).starts_with("0 of "), "{}", browser.text(tally));
    let ways = "[...document.querySelectorAll('.none button')].map(b => b.textContent).join('\\n')";
    let of_donors = titles(&site, &[("addressees", "Donors")], true);
    let count = of_donors.lines().count();
    assert_eq!(browser.text(ways), format!("Without “Contains: xyzzy”: {count}"));
    browser.evaluate("document.querySelector('.none button').click()");
    assert_eq!(browser.text(TITLES), of_donors);
    assert_eq!(browser.text("location.hash"), "#addressees=Donors");
    // An address may name a value that is gone.
    browser.open(&site.url("about.html"));
    browser.open(&format!("{address}#addressees=Nobody&themes=Financing"));
    let ways = browser.text(ways);
    assert!(ways.starts_with("Without “Asked of: Nobody”: "), "{ways}");
    assert_eq!(browser.problems(), Vec::<String>::new());
}

#[test]
fn the_shown_rows_are_downloaded_with_what_they_were_chosen_by() {
    let site = Site::own();
    let Some(mut browser) = Browser::launch("files of some rows") else { return };
    let (_server, http) = site.serve();
    for url in [site.url("recommendations/index.html"), format!("{http}recommendations/index.html")]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let behaviour = json!({ "behavior": "allow", "downloadPath": folder.path() });
        browser.call("Page.setDownloadBehavior", behaviour);
        browser.open(&url);
        choose(&mut browser, "addressees", "Donors");
        choose(&mut browser, "themes", "Localisation");
        let mut download = |at: usize, ending: &str| {
            browser.evaluate(&format!("document.querySelectorAll('.downloads a')[{at}].click()"));
            let name = format!("recommendations-asked-of-donors-theme-localisation.{ending}");
            let file = folder.path().join(name);
            (0..100).find_map(|_| {
                browser.evaluate("new Promise(done => setTimeout(done, 50))");
                std::fs::read_to_string(&file).ok().filter(|text| !text.is_empty())
            })
        };
        let csv = download(0, "csv").expect("a file of two rows");
        let state = "Asked of: Donors, Theme: Localisation";
        assert_eq!(csv.lines().count(), 3, "{csv}");
        assert!(csv.starts_with("Title,") && csv.contains("Theme (by this book’s own reading)"));
        assert!(csv.lines().next().is_some_and(|head| head.ends_with(",\"Rows chosen by\"")));
        assert!(csv.lines().skip(1).all(|line| line.ends_with(&format!(",\"{state}\""))), "{csv}");
        let json = download(1, "json").expect("a file of two rows");
        let json: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(json["filter"], state);
        let readings = |row: &Value| row["themes-inferred"] == json!(["Localisation"]);
        let rows = json["rows"].as_array().expect("rows");
        assert_eq!((rows.len(), rows.iter().filter(|row| readings(row)).count()), (2, 1), "{json}");
        assert_eq!(browser.problems(), Vec::<String>::new());
    }
}

#[test]
fn dates_and_numbers_are_sorted_as_what_they_are() {
    let values = [
        ("a", "2024-06-24", "10"),
        ("b", "2006-05-30", "-2"),
        ("c", "2020", "3.5"),
        ("d", "2006-09-18", "-10"),
        ("e", "2020-05", "3.25"),
    ];
    let config = "title = \"T\"\n[kinds.ask]\nfolder = \"asks\"\ntitle = \"Ask\"\nplural = \"Asks\"\n\
        register = [\"date\", \"n\"]\n[kinds.ask.fields]\nn = { number = true }\n";
    let mut files = Tree::from([("book.toml".to_owned(), config.into())]);
    for (name, date, number) in values {
        // An incomplete date is written as text.
        let quote = if date.len() < 10 { "\"" } else { "" };
        let text =
            format!("+++\ntitle = \"{name}\"\ndate = {quote}{date}{quote}\nn = {number}\n+++\n");
        files.insert(format!("content/asks/{name}.md"), text.into());
    }
    let folder = tempfile::tempdir().expect("a folder");
    support::write_tree(&files, folder.path());
    let site = Site::of(Path::new(folder.path()));
    let Some(mut browser) = Browser::launch("the order of a register") else { return };
    browser.open(&site.url("asks/index.html"));
    for (column, order) in [("date", "b d c e a"), ("n", "d b e c a")] {
        browser.evaluate(&format!(
            "document.querySelector('th[data-column={column}] button').click()"
        ));
        assert_eq!(browser.text(TITLES), order.replace(' ', "\n"), "{column}");
    }
}

#[test]
fn a_register_shows_five_times_as_many_rows_as_a_list_has_entries() {
    let config =
        "title = \"T\"\npaginate = 3\n[kinds.ask]\nfolder = \"asks\"\nregister = [\"date\"]\n";
    let mut files = Tree::from([("book.toml".to_owned(), config.into())]);
    for number in 10..26 {
        let text = format!("+++\ntitle = \"Ask {number}\"\ndate = 2024-01-01\n+++\n");
        files.insert(format!("content/asks/{number}.md"), text.into());
    }
    let folder = tempfile::tempdir().expect("a folder");
    support::write_tree(&files, folder.path());
    let site = Site::of(Path::new(folder.path()));
    let rows = |page: &str| {
        String::from_utf8_lossy(&site.files[page]).matches("<th scope=\"row\"").count()
    };
    assert_eq!([rows("asks/index.html"), rows("asks/page-2.html")], [15, 1]);
}
