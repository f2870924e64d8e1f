//! Scripts that a theme writes in parts: the files of `scripts/NAME/` become `static/assets/NAME.js`.

use std::collections::BTreeMap;

use crate::path::SourcePath;
use crate::search::script_tables;
use crate::source::{FileContent, Source};

/// Joins the parts of scripts, which are given by their names below `scripts/`, and returns the scripts by their
/// names below `static/`.
///
/// The parts of a script follow each other in the order of their names, and share what they declare with each
/// other and with nothing else. Lines that hold only a comment are left out, so that readers don't fetch what is
/// said to those who read the code.
pub(super) fn joined(parts: &BTreeMap<String, &Source>) -> BTreeMap<String, Source> {
    let mut scripts: BTreeMap<&str, Vec<&Source>> = BTreeMap::new();
    for (name, source) in parts {
        if let Some((script, part)) = name.split_once('/')
            && part.ends_with(".js")
        {
            scripts.entry(script).or_default().push(source);
        }
    }
    let join = |(name, parts): (&str, Vec<&Source>)| {
        let mut text = String::from("\"use strict\";\n(() => {\n");
        text.push_str(&tables(name));
        parts.iter().for_each(|part| push_code(part, &mut text));
        text.push_str("})();\n");
        (format!("assets/{name}.js"), Source::new(folder(parts[0]), text.into_bytes()))
    };
    scripts.into_iter().map(join).collect()
}

/// Returns the declarations that the program puts before the parts of a script.
fn tables(script: &str) -> String {
    match script {
        "search" => format!("const TABLES = {};\n", script_tables()),
        _ => String::new(),
    }
}

fn push_code(part: &Source, out: &mut String) {
    let bytes = match &part.content {
        FileContent::Text(text) => text.as_bytes(),
        FileContent::Bytes(bytes) => bytes,
        FileContent::Refused(_) => &[],
    };
    for line in String::from_utf8_lossy(bytes).lines() {
        if !line.trim_start().starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
    }
}

/// Returns the folder of a part, which stands for the script where something is wrong with its address.
fn folder(part: &Source) -> SourcePath {
    let folder = part.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    SourcePath::new(folder)
}
