//! The scripts of workflows, and a stand-in for the program `gh`, which records what it is asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use fieldbook::path::SourcePath;
use fieldbook::table::{Notation, UntypedSettings, UntypedValue, untyped};
use serde_json::Value;

use crate::support::book::Book;

/// The stand-in for `gh api`: it answers with the file that is named like the question, and keeps what it is sent.
const GH: &str = r#"#!/usr/bin/env bash
set -euo pipefail
case "$1" in
  release) cp "$HOST"/release/* .; exit 0 ;;
  attestation) [ ! -e "$HOST/unattested" ]; exit ;;
  auth) exit 0 ;;
esac
shift
method=GET input= filter= path= fields=
while [ $# -gt 0 ]; do
  case "$1" in
    --method) method=$2; shift ;;
    --input) input=$2; shift ;;
    --jq) filter=$2; shift ;;
    -f) fields="$fields $2"; shift ;;
    --paginate | --silent) ;;
    *) path=$1 ;;
  esac
  shift
done
name="$method $path"
name=${name//\//_}
echo "$name$fields" >> "$HOST/asked"
if [ -n "$input" ]; then cp "$input" "$HOST/sent $name"; fi
answer="$HOST/answers/$name"
if [ ! -f "$answer" ]; then
  [ "$method" = GET ] || exit 0
  answer="$HOST/nothing"
  echo '[]' > "$answer"
fi
if [ -n "$filter" ]; then jq -r "$filter" "$answer"; else cat "$answer"; fi
"#;

/// The stand-in for `curl`, which answers in the same way, and keeps the headers that it is given in files.
const CURL: &str = r#"#!/usr/bin/env bash
set -euo pipefail
method=GET data= output=/dev/stdout url=
while [ $# -gt 0 ]; do
  case "$1" in
    --request) method=$2; shift ;;
    --data) data=${2#@}; shift ;;
    --output) output=$2; shift ;;
    --header) case "$2" in @*) cat "${2#@}" >> "$HOST/headers"; echo >> "$HOST/headers" ;; esac; shift ;;
    --proto) shift ;;
    --*) ;;
    *) url=$1 ;;
  esac
  shift
done
path=${url#*/api/*/}
path=${path%%\?*}
name="$method ${path//\//_}"
echo "$name" >> "$HOST/asked"
if [ -n "$data" ]; then cp "$data" "$HOST/sent $name"; fi
answer="$HOST/answers/$name"
if [ -f "$answer" ]; then cat "$answer" > "$output"; elif [ "$method" = GET ]; then echo '[]' > "$output"; else echo '{}' > "$output"; fi
"#;

/// A stand-in for a code host, and a runner's folder for temporary files.
pub(super) struct Host {
    folder: tempfile::TempDir,
}

impl Host {
    pub(super) fn new() -> Self {
        let host = Self { folder: tempfile::tempdir().expect("a folder") };
        for name in ["bin", "answers", "release", "temp"] {
            std::fs::create_dir(host.path(name)).expect("a folder");
        }
        use std::os::unix::fs::PermissionsExt;
        for (program, script) in [("bin/gh", GH), ("bin/curl", CURL)] {
            std::fs::write(host.path(program), script).expect("a file");
            let mode = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(host.path(program), mode).expect("a program");
        }
        let program = Path::new(env!("CARGO_BIN_EXE_fieldbook"));
        std::os::unix::fs::symlink(program, host.path("bin/fieldbook")).expect("a link");
        host
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Sets the answer to a question, such as `GET repos_o_r_pulls`.
    pub(super) fn answers(&self, question: &str, answer: impl AsRef<[u8]>) {
        std::fs::write(self.path("answers").join(question), answer).expect("a file");
    }

    /// Returns what was sent with a question, and forgets it.
    pub(super) fn sent(&self, question: &str) -> Option<Value> {
        let place = self.path(&format!("sent {question}"));
        let text = std::fs::read_to_string(&place).ok()?;
        std::fs::remove_file(place).expect("a file");
        Some(serde_json::from_str(&text).expect("JSON"))
    }

    /// Returns the questions that were asked, and forgets them.
    pub(super) fn asked(&self) -> String {
        let place = self.path("asked");
        let asked = std::fs::read_to_string(&place).unwrap_or_default();
        let _ = std::fs::remove_file(place);
        asked
    }

    /// Runs the script of a step in the folder of a book, and returns what it says. It has to succeed.
    #[track_caller]
    pub(super) fn runs(
        &self,
        book: &Book,
        workflow: &str,
        step: &str,
        variables: &[(&str, &str)],
    ) -> String {
        let (succeeds, said) = self.tries(book, workflow, step, variables);
        assert!(succeeds, "{step}: {said}");
        said
    }

    /// Returns Bash with a script, in the folder of a book, where the programs of a runner are stood in for.
    pub(super) fn bash(&self, book: &Book, script: &str) -> Command {
        let mut command = Command::new("bash");
        let path = std::env::var("PATH").unwrap_or_default();
        command.args(["-e", "-c", script]).current_dir(book.root());
        command.env("PATH", format!("{}:{path}", self.path("bin").display()));
        command.env("HOST", self.path("")).env("RUNNER_TEMP", self.path("temp"));
        command.env("XDG_STATE_HOME", book.state()).env("SOURCE_DATE_EPOCH", "1795219200");
        command.env("GITHUB_STEP_SUMMARY", self.path("temp/summary.md"));
        command.env("GITHUB_PATH", self.path("temp/path"));
        command.env("HOME", self.path("temp")).env("GIT_CONFIG_NOSYSTEM", "1");
        command
    }

    /// Runs the script of a step, and returns whether it succeeds, and what it says.
    pub(super) fn tries(
        &self,
        book: &Book,
        workflow: &str,
        step: &str,
        variables: &[(&str, &str)],
    ) -> (bool, String) {
        let script = scripts(&book.read(workflow)).remove(step).expect("the step has a script");
        let mut command = self.bash(book, &script);
        command.envs(variables.iter().copied());
        let done = command.output().expect("Bash is installed");
        let said = [done.stdout, done.stderr].concat();
        (done.status.success(), String::from_utf8_lossy(&said).into_owned())
    }
}

/// Returns the scripts of a workflow by the names of their steps.
pub(super) fn scripts(workflow: &str) -> BTreeMap<String, String> {
    let workflow = json(workflow);
    let jobs = workflow["jobs"].as_object().expect("jobs").values();
    let steps = jobs.flat_map(|job| job["steps"].as_array().expect("steps"));
    let script =
        |step: &Value| Some((step["name"].as_str()?.to_owned(), step["run"].as_str()?.to_owned()));
    steps.filter_map(script).collect()
}

/// Reads YAML as the code hosts do.
pub(super) fn json(yaml: &str) -> Value {
    let mut faults = Vec::new();
    let path = SourcePath::new("workflow.yml");
    let settings = untyped(&path, 0, yaml, Notation::Yaml, &mut faults);
    assert!(faults.is_empty(), "{faults:?}");
    part(settings)
}

fn part(settings: UntypedSettings) -> Value {
    Value::Object(settings.into_iter().map(|(key, it)| (key, value(it))).collect())
}

fn value(untyped: UntypedValue) -> Value {
    match untyped {
        UntypedValue::Nothing => Value::Null,
        UntypedValue::Part(settings) => part(settings),
        UntypedValue::List(items) => items.into_iter().map(value).collect(),
        UntypedValue::Text(text) => match text.parse::<u32>() {
            Ok(number) => number.into(),
            Err(_) if text == "true" || text == "false" => (text == "true").into(),
            Err(_) => text.into(),
        },
    }
}

/// Runs git in a folder, for somebody who has not set it up, and returns what it says.
#[track_caller]
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]);
    command.args(["-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"]).args(arguments);
    let done = command.output().expect("git is installed");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text").trim_end().to_owned()
}
