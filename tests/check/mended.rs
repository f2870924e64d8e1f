//! Values that are broken as people break them: what is suggested holds just what was meant, or
//! nothing is suggested.

use toml::Value;

use crate::support;

/// Values as they are meant.
const MEANT: &[&str] = &[
    r#""A""#,
    r#""Priority on paper""#,
    r#""it's the group's""#,
    r#""“Quiet” lanes""#,
    r#""The \"safe\" lane""#,
    r#""C:\\maps""#,
    r#""p. 3, and 4""#,
    r#""a = b""#,
    r#""¶7""#,
    r#""C# and F#""#,
    r#""https://x.org/?a=b#c""#,
    r#"["Laos"]"#,
    r#"["Laos", "Viet Nam", "Côte d'Ivoire"]"#,
    r#"["one, two", "three"]"#,
    r#"[{ ref = "b" }, { title = "x", locator = "p. 3" }]"#,
    r#"{ ref = "b", locator = "p. 3" }"#,
    "2024-01-01",
    "true",
    "12",
    "3.5",
];

/// How a value may be broken.
const BREAKS: &[fn(&str) -> String] = &[
    |value| format!("{value},"),
    |value| format!("{value};"),
    |value| format!("{value} ,"),
    |value| format!("= {value}"),
    |value| value.strip_suffix('"').unwrap_or(value).to_owned(),
    |value| value.strip_suffix('"').map_or(value.to_owned(), |rest| format!("{rest}”")),
    |value| value.replace("\", \"", "\" \""),
    |value| value.replace("}, {", "} {"),
    |value| value.replace("\", ", "\" "),
    |value| value.strip_suffix(']').unwrap_or(value).to_owned(),
    |value| value.strip_suffix("\"]").map_or(value.to_owned(), |rest| format!("{rest}]")),
    // Without its quotes, nobody can know what a backslash or a comma was meant for.
    |value| match value.contains('\\') || value.contains("one, two") {
        true => value.to_owned(),
        false => value.replace('"', ""),
    },
    |value| if value.contains('\\') { value.to_owned() } else { curly(value) },
    |value| value.replace("\\\"", "\""),
    |value| value.replace("\\\\", "\\"),
    |value| match value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(inner) => format!("({inner})"),
        None => value.to_owned(),
    },
    |value| value.strip_prefix('[').and_then(|v| v.strip_suffix(']')).unwrap_or(value).to_owned(),
    |value| if value.contains('\\') { value.to_owned() } else { value.replace('"', "'") },
];

/// `value` in curly quotes, as a word processor writes it.
fn curly(value: &str) -> String {
    let mut opens = false;
    let quote = |c| match c {
        '"' => {
            opens = !opens;
            if opens { '“' } else { '”' }
        }
        c => c,
    };
    value.chars().map(quote).collect()
}

fn read(setting: &str) -> Option<Value> {
    let table: toml::Table = setting.parse().ok()?;
    (table.len() == 1).then(|| table.get("key").cloned()).flatten()
}

/// What is said of `key = value` in a note: the suggestion, if there is one.
fn suggestion(value: &str) -> Option<String> {
    let note = format!("+++\ntitle = \"A\"\nkey = {value}\n+++\n");
    let files = [("book.toml", "title = \"Book\"\n"), ("content/a.md", note.as_str())];
    let (workspace, _) = support::open(support::sources(&files), support::options());
    let broken =
        workspace.diagnostics().iter().find(|problem| problem.rule.name == "bad-front-matter")?;
    let helps = broken.helps();
    assert!(!helps.is_empty(), "{value}: nothing is said of what to do");
    helps.iter().find_map(|help| help.strip_prefix("write it like this: ").map(str::to_owned))
}

#[test]
fn what_is_suggested_is_what_was_meant() {
    let (mut right, mut silent, mut wrong) = (0, 0, Vec::new());
    for meant in MEANT {
        let wanted = read(&format!("key = {meant}"));
        assert!(wanted.is_some(), "{meant}");
        for (number, broken) in BREAKS.iter().map(|broken| broken(meant)).enumerate() {
            if read(&format!("key = {broken}")).is_some() {
                continue;
            }
            let Some(found) = suggestion(&broken) else {
                silent += 1;
                continue;
            };
            let found = found.split("; or, ").next().unwrap_or(&found).to_owned();
            match read(&found) == wanted {
                true => right += 1,
                false => wrong.push(format!("{meant} broken {number} as {broken}: {found}")),
            }
        }
    }
    println!("{right} right, {silent} without a suggestion, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(right > 10 * silent, "{right} right, {silent} without a suggestion");
}
