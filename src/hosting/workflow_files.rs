//! The workflows of a book on a code host, made of templates.

use super::upkeep::kept;
use crate::authoring::NewFile;
use crate::path::SourcePath;

/// A code host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeHost {
    /// GitHub.
    Github,
    /// GitLab.
    Gitlab,
    /// Forgejo, and Codeberg, which runs it.
    Forgejo,
}

/// The origin of the program in a workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramOrigin {
    /// A release of Fieldbook, of the version of this program.
    Release,
    /// The source in the repository itself, which is Fieldbook's own.
    Source,
}

/// The wishes for workflows.
#[derive(Clone, Debug)]
pub struct WorkflowSettings {
    /// The branch that is published.
    pub branch: String,
    /// The file with known problems, if there is one.
    pub baseline: Option<SourcePath>,
    /// The origin of the program.
    pub origin: ProgramOrigin,
}

impl WorkflowSettings {
    /// Returns the usual settings.
    pub fn usual(baseline: Option<SourcePath>) -> Self {
        Self { branch: "main".to_owned(), baseline, origin: ProgramOrigin::Release }
    }
}

/// A template: the path of its file in the repository, and its text.
type WorkflowTemplate = (&'static str, &'static str);

macro_rules! template {
    ($name:literal) => {
        include_str!(concat!("templates/", $name))
    };
}

const GITHUB: &[WorkflowTemplate] = &[
    (".github/workflows/book.yml", template!("github/book.yml")),
    (".github/workflows/comment.yml", template!("github/comment.yml")),
    (".github/workflows/weekly.yml", template!("github/weekly.yml")),
];

const GITLAB: &[WorkflowTemplate] = &[(".gitlab-ci.yml", template!("gitlab/gitlab-ci.yml"))];

const FORGEJO: &[WorkflowTemplate] = &[
    (".forgejo/workflows/book.yml", template!("forgejo/book.yml")),
    (".forgejo/workflows/comment.yml", template!("forgejo/comment.yml")),
];

/// The part of a script that comments on proposals where a host starts no trusted job after that of a proposal.
const COMMENT_SCRIPT: &str = template!("comment-script.txt");

const FORMS: &[WorkflowTemplate] =
    &[(".github/workflows/forms.yml", template!("github/forms.yml"))];

/// The step before others in a job that may write: the files of the published branch, never those of a proposal.
const CHECKOUT: &str = template!("get/checkout.yml");

impl CodeHost {
    /// Returns the name, as the command line has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Forgejo => "forgejo",
        }
    }

    /// Returns the steps that get the program.
    fn steps(self, origin: ProgramOrigin) -> &'static str {
        match (self, origin) {
            (Self::Gitlab, _) => template!("get/shell-release.yml"),
            (_, ProgramOrigin::Source) => template!("get/github-source.yml"),
            (Self::Github, ProgramOrigin::Release) => template!("get/github-release.yml"),
            (Self::Forgejo, ProgramOrigin::Release) => template!("get/forgejo-release.yml"),
        }
    }
}

/// Returns the workflows for a code host.
pub fn workflow_files(host: CodeHost, settings: &WorkflowSettings) -> Vec<NewFile> {
    let templates = match host {
        CodeHost::Github => GITHUB,
        CodeHost::Gitlab => GITLAB,
        CodeHost::Forgejo => FORGEJO,
    };
    files(host, templates, host.name(), settings)
}

/// Returns the workflow that makes notes of submitted forms, on GitHub.
pub(super) fn form_workflow(settings: &WorkflowSettings) -> Vec<NewFile> {
    files(CodeHost::Github, FORMS, "forms", settings)
}

fn files(
    host: CodeHost,
    templates: &[WorkflowTemplate],
    command: &str,
    settings: &WorkflowSettings,
) -> Vec<NewFile> {
    let command = format!("fieldbook ci {command}");
    let file = |(path, text): &WorkflowTemplate| NewFile {
        path: SourcePath::new(*path),
        text: kept(&command, &filled(text, host, settings)),
    };
    templates.iter().map(file).collect()
}

fn filled(text: &str, host: CodeHost, settings: &WorkflowSettings) -> String {
    let steps = host.steps(settings.origin);
    let trusted = match settings.origin {
        ProgramOrigin::Source => format!("{CHECKOUT}{steps}"),
        ProgramOrigin::Release => steps.to_owned(),
    };
    let mut out = String::with_capacity(text.len() * 2);
    for line in text.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        match line.trim() {
            "@get-fieldbook@" => indented(steps, indent, &mut out),
            "@comment-script@" => indented(COMMENT_SCRIPT, indent, &mut out),
            "@get-trusted-fieldbook@" => indented(&trusted, indent, &mut out),
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    let baseline = settings.baseline.as_ref().map(|path| format!(" --baseline {path}"));
    out.replace("@branch@", &settings.branch)
        .replace("@baseline@", &baseline.unwrap_or_default())
        .replace("@version@", env!("CARGO_PKG_VERSION"))
}

fn indented(text: &str, indent: &str, out: &mut String) {
    for line in text.lines() {
        if !line.is_empty() {
            out.push_str(indent);
        }
        out.push_str(line);
        out.push('\n');
    }
}
