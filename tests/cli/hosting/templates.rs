//! The files that `ci` writes.

use std::path::Path;

use fieldbook::hosting::{CodeHost, ProgramOrigin, WorkflowSettings, issue_forms, workflow_files};
use fieldbook::path::SourcePath;
use serde_json::Value;

use super::host::{Host, json, scripts};
use crate::support;
use crate::support::book::Book;

/// Returns the problems of YAML by a schema.
fn problems(schema: &str, yaml: &str) -> Vec<String> {
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    schema.iter_errors(&json(yaml)).map(|error| error.to_string()).collect()
}

/// Returns whether a line names an action by its commit, and says which version that is.
fn is_pinned(line: &str) -> bool {
    let version = line.split_once('@').map_or("", |(_, version)| version);
    version.chars().take_while(char::is_ascii_hexdigit).count() == 40 && version.contains(" # v")
}

/// Returns every workflow, from every origin of the program.
fn workflows() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for program in ["release", "source"] {
        for (host, folder) in [("github", ".github"), ("forms", ".github"), ("forgejo", ".forgejo")]
        {
            let book = Book::small();
            book.run(&["ci", host, "--program", program]).ends(0);
            let files = std::fs::read_dir(book.path(folder).join("workflows")).expect("a folder");
            for file in files {
                let name = file.expect("a file").file_name().into_string().expect("text");
                let text = book.read(&format!("{folder}/workflows/{name}"));
                all.push((format!("{host} {program} {name}"), text));
            }
        }
    }
    assert_eq!(all.len(), 12);
    all
}

#[test]
fn workflows_follow_the_schema_of_github() {
    // From https://github.com/SchemaStore/schemastore, under the Apache License 2.0, as is that of issue forms.
    let schema = include_str!("workflow.schema.json");
    for (name, text) in workflows() {
        assert_eq!(problems(schema, &text), [""; 0], "{name}");
    }
    assert_ne!(problems(schema, "on: push\njobs:\n  a:\n    stepz: []\n"), [""; 0]);
}

#[test]
fn no_script_holds_an_expression_and_every_action_is_pinned() {
    for (name, text) in workflows() {
        for (step, script) in scripts(&text) {
            assert!(!script.contains("${{"), "{name}: {step}: {script}");
        }
        for line in text.lines().filter(|line| line.contains("uses:")) {
            assert!(is_pinned(line), "{name}: {line}");
        }
        assert!(!text.contains('@') || !text.contains("@get-"), "{name}: {text}");
        assert!(!text.contains("pull_request_target"), "{name}");
    }
}

#[test]
fn a_job_on_what_strangers_wrote_can_only_read() {
    for (name, text) in workflows().into_iter().filter(|(name, _)| name.ends_with("book.yml")) {
        let is_free = |line: &str| !line.contains("secrets.") && !line.contains(": write");
        let lines = || text.lines().filter(|line| !line.starts_with('#'));
        assert!(lines().all(is_free), "{name}");
    }
    for (name, text) in workflows().into_iter().filter(|(name, _)| name.ends_with("comment.yml")) {
        // On Forgejo it starts by the clock, on the published branch.
        let is_by_clock = text.contains("schedule:") && !text.contains("pull_request");
        let used = text.contains("actions/checkout");
        assert_eq!(used, name.contains("source") || is_by_clock, "{name}");
        assert!(!text.contains("ref:"), "{name}: only the published branch is checked out");
    }
}

#[test]
fn files_are_kept_up_to_date_until_somebody_changes_them() {
    let book = Book::small();
    let run = book.run(&["ci", "github", "--branch", "trunk"]).ends(0);
    let run = run.says(".github/workflows/book.yml: written").says("FIELDBOOK_REPOSITORY");
    assert!(!run.err.contains("<U+"), "{}", run.err);
    book.run(&["ci", "github", "--branch", "trunk"]).ends(0).says("Everything is up to date");
    book.run(&["ci", "github", "--check"]).ends(1).says("book.yml is not up to date");
    // Another branch is as another version: nobody has changed the file.
    book.run(&["ci", "github"]).ends(0).says(".github/workflows/book.yml: updated");
    book.run(&["ci", "github", "--check"]).ends(0);
    let changed = book.read(".github/workflows/book.yml").replace("20", "30");
    book.write(".github/workflows/book.yml", &changed);
    let run = book.run(&["ci", "github"]).ends(0);
    run.says("book.yml was changed by hand and is left as it is; --force replaces it");
    assert_eq!(book.read(".github/workflows/book.yml"), changed);
    book.run(&["ci", "github", "--force"]).ends(0).says("book.yml: updated");
    assert_ne!(book.read(".github/workflows/book.yml"), changed);
}

#[test]
#[cfg(target_os = "linux")]
fn the_program_is_taken_only_with_its_checksum_and_attestation() {
    let (book, host) = (Book::small(), Host::new());
    book.run(&["ci", "github"]).ends(0);
    let shell = |script: &str| {
        let mut command = std::process::Command::new("bash");
        command.args(["-e", "-c", script]).current_dir(host.path("release"));
        assert!(command.status().expect("Bash").success(), "{script}");
    };
    let get = |address: &str| {
        let variables =
            [("FIELDBOOK_REPOSITORY", address), ("FIELDBOOK_VERSION", "v1"), ("GH_TOKEN", "")];
        host.tries(&book, ".github/workflows/comment.yml", "Get Fieldbook", &variables)
    };
    let archive = "fieldbook-x86_64-unknown-linux-gnu.tar.gz";
    let pack = format!("echo one > fieldbook; tar -czf {archive} fieldbook; rm fieldbook");
    shell(&format!("{pack}; echo other > other.zip; sha256sum -- * > SHA256SUMS; rm other.zip"));
    assert!(get("").1.contains("Set the variable FIELDBOOK_REPOSITORY"));
    let (succeeds, said) = get("https://github.com/o/fieldbook");
    assert!(succeeds && host.path("temp/fieldbook/fieldbook").is_file(), "{said}");
    let path = std::fs::read_to_string(host.path("temp/path")).expect("a path");
    assert_eq!(path.trim_end(), host.path("temp/fieldbook").display().to_string());

    std::fs::write(host.path("unattested"), "").expect("a file");
    assert!(!get("o/fieldbook").0, "nobody has attested it");
    std::fs::remove_file(host.path("unattested")).expect("a file");
    shell(&format!("echo two > fieldbook; tar -czf {archive} fieldbook; rm fieldbook"));
    assert!(!get("o/fieldbook").0, "it is another file");
    shell(&format!("sed -i /{archive}/d SHA256SUMS; echo >> SHA256SUMS"));
    assert!(!get("o/fieldbook").0, "it has no checksum");
}

#[test]
fn a_branch_is_no_way_into_a_workflow() {
    for branch in ["a\"]\njobs: {}", "a b", "$(id)", "", "-x"] {
        let book = Book::small();
        book.run(&["ci", "github", &format!("--branch={branch}")]).ends(2);
        assert!(!book.has(".github"));
    }
}

#[test]
fn known_problems_are_left_out_of_the_check() {
    let book = Book::small();
    book.write(".github/known-problems.json", "{}");
    book.run(&["ci", "gitlab"]).ends(0).says(".gitlab-ci.yml: written");
    assert!(book.read(".gitlab-ci.yml").contains("--baseline .github/known-problems.json"));
    assert!(json(&book.read(".gitlab-ci.yml"))["book"]["script"].is_array());
}

#[test]
fn forms_follow_the_schema_of_github() {
    let schema = include_str!("issue-form.schema.json");
    let book = Book::small();
    book.write(
        "book.toml",
        "title = \"Small\"\n\n[kinds.lesson]\nfolder = \"lessons\"\ntitle = \"A \\\"lesson\\\": # learned\"\n\n\
         [kinds.lesson.fields]\nbasis = { one-of = [\"none\", \"seen: it\"] }\nsort = { one-of = [\"a, b\", \"a\"], many = true }\n\
         refers = { to = \"lesson\", many = true, required = true }\nplace = { text = true, title = \"Summary\" }\n\
         sure = { flag = true }\nwhy = { text = true, for-editors = true, title = \"Secret\" }\n",
    );
    book.run(&["ci", "forms"]).ends(0).says("note-lesson.yml: written").says("add to book");
    let form = book.read(".github/ISSUE_TEMPLATE/note-lesson.yml");
    assert_eq!(problems(schema, &form), [""; 0], "{form}");
    let labels: Vec<String> = json(&form)["body"]
        .as_array()
        .expect("questions")
        .iter()
        .map(|question| question["attributes"]["label"].as_str().expect("a label").to_owned())
        .collect();
    let first = "A \"lesson\": # learned: title";
    let expected = [
        first,
        "Summary",
        "Date",
        "Basis",
        "Sort",
        "Refers",
        "Summary (place)",
        "Sure",
        "Sources",
        "Contact",
        "Consent",
        "Text",
    ];
    assert_eq!(labels, expected, "a reader's field each, under names that differ");
    assert_ne!(problems(schema, "name: x\nbody: []\n"), [""; 0]);
}

/// Returns the questions of a form without the choices, since a note more is a choice more.
fn questions(form: &str) -> Value {
    let mut body = json(form)["body"].take();
    for question in body.as_array_mut().expect("questions") {
        let attributes = question["attributes"].as_object_mut().expect("attributes");
        attributes.remove("options");
    }
    body
}

/// The repository of Fieldbook has these files of its own.
#[test]
fn the_files_of_this_repository_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings =
        WorkflowSettings { origin: ProgramOrigin::Source, ..WorkflowSettings::usual(None) };
    let sources = fieldbook::disk::read(root, &SourcePath::new("book.toml")).expect("a book");
    let (workspace, _) = support::open(sources, support::options());
    let site = workspace.site().expect("a site");
    let forms = issue_forms(site, &settings);
    assert!(forms.len() > 10, "{}", forms.len());
    for file in forms.into_iter().chain(workflow_files(CodeHost::Github, &settings)) {
        let there = std::fs::read_to_string(root.join(file.path.as_str())).unwrap_or_default();
        let is_current = match file.path.as_str().contains("/ISSUE_TEMPLATE/") {
            true => !there.is_empty() && questions(&there) == questions(&file.text),
            false => there == file.text,
        };
        assert!(
            is_current,
            "{}: run fieldbook ci github and ci forms with --program source",
            file.path
        );
    }
}

#[test]
fn workflows_and_forms_of_this_repository_follow_the_schemas() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github");
    for name in ["ci", "release"] {
        let text =
            std::fs::read_to_string(root.join(format!("workflows/{name}.yml"))).expect("text");
        assert_eq!(problems(include_str!("workflow.schema.json"), &text), [""; 0], "{name}");
        for (step, script) in scripts(&text) {
            assert!(!script.contains("${{"), "{name}: {step}: {script}");
        }
        for line in text.lines().filter(|line| line.contains("uses: ")) {
            assert!(is_pinned(line), "{name}: {line}");
        }
    }
    let forms = std::fs::read_dir(root.join("ISSUE_TEMPLATE")).expect("forms");
    for file in forms.map(|file| file.expect("a file").path()) {
        if file.file_name().is_some_and(|name| name != "config.yml") {
            let form = std::fs::read_to_string(&file).expect("text");
            let schema = include_str!("issue-form.schema.json");
            assert_eq!(problems(schema, &form), [""; 0], "{}", file.display());
        }
    }
}
