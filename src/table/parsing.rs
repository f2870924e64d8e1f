//! Texts of settings → tables. A line that can't be read is reported, and the others are read all the same.

use std::ops::Range;

use toml::de::DeTable;

use super::rules::bad_date;
use super::syntax::{SyntaxExplanation, SyntaxFault};
use super::written::WrittenPart;
use super::yaml::YamlFault;
use super::{Notation, TableReader, TomlTable, syntax, yaml};
use crate::diagnostic::{Diagnostic, Fix, Rule};
use crate::span::Span;

/// The most times that a text is read again without the lines that can't be read.
const ROUNDS: usize = 30;

/// The most bytes that are read again for that.
const MOST_READ_AGAIN: usize = 1024 * 1024;

impl TableReader<'_> {
    /// Parses `text` and hands its top table to `read`. Lines that can't be parsed are reported as
    /// breaches of `rule`, and the others are read all the same.
    pub fn parse<'k, R>(
        &mut self,
        text: &str,
        rule: &'static Rule,
        read: impl FnOnce(&mut Self, &mut TomlTable<'_, 'k>) -> R,
    ) -> R {
        if self.notation == Notation::Yaml {
            return self.parse_yaml(text, rule, read);
        }
        let (tree, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return self.take(tree.span(), WrittenPart::Toml(tree.get_ref()), read);
        }
        let text = self.readable(text.to_owned(), rule);
        let (tree, _) = DeTable::parse_recoverable(&text);
        self.take(tree.span(), WrittenPart::Toml(tree.get_ref()), read)
    }

    /// Parses a text of YAML, as [`TableReader::parse`] does one of TOML.
    fn parse_yaml<'k, R>(
        &mut self,
        text: &str,
        rule: &'static Rule,
        read: impl FnOnce(&mut Self, &mut TomlTable<'_, 'k>) -> R,
    ) -> R {
        let (mut mended, mut rounds) = (None::<String>, 0);
        let tree = loop {
            let text = mended.as_deref().unwrap_or(text);
            let fault = match yaml::tree(text) {
                Ok(tree) => break tree,
                Err(fault) => fault,
            };
            rounds += 1;
            let lines = yaml::setting_around(text, fault.place.start);
            let fix = yaml::quoted_value(text, fault.place.start);
            let is_last = rounds >= ROUNDS || rounds * text.len() > MOST_READ_AGAIN;
            // The rest can't be read if the fault lies in no setting.
            let lines = if is_last || lines.is_empty() { 0..text.len() } else { lines };
            let blank = blank(&text[lines.clone()]);
            let without = [&text[..lines.start], &blank, &text[lines.end..]].concat();
            self.refuse(fault, fix, rule);
            mended = Some(without);
            if is_last {
                break yaml::YamlTree::default();
            }
        };
        let yaml::YamlTree { entries, refused } = tree;
        for fault in refused {
            let fix = yaml::quoted_value(text, fault.place.start);
            self.refuse(fault, fix, rule);
        }
        self.take(0..text.len(), WrittenPart::Yaml(&entries), read)
    }

    /// Reports a fault of YAML, with a text that may have been meant in place of one.
    fn refuse(
        &mut self,
        fault: YamlFault,
        quoted: Option<(Range<usize>, String)>,
        rule: &'static Rule,
    ) {
        let YamlFault { kind, place } = fault;
        (self.is_whole, self.has_lost) = (false, true);
        let base = self.base;
        let diagnostic = self.report(Span::shifted(place, base), rule, kind.message());
        match quoted.filter(|_| kind.may_be_text()) {
            Some((place, text)) => {
                let help = format!("put the text in quotes: {text}");
                let fix = Fix::likely(help.clone()).replace(Span::shifted(place, base), text);
                diagnostic.help.push(help);
                diagnostic.add_fix(fix);
            }
            None => diagnostic.help.extend(kind.help().map(str::to_owned)),
        }
    }

    /// Reports the lines of `text` that can't be parsed, and puts others in their place. What stands below
    /// one may be lost with it, so the rest is read again.
    fn readable(&mut self, mut text: String, rule: &'static Rule) -> String {
        for _ in 0..ROUNDS {
            let (_, errors) = DeTable::parse_recoverable(&text);
            if errors.is_empty() {
                break;
            }
            let mut readable = text.clone();
            for problem in syntax::explain(&text, &errors) {
                let lines = problem.lines;
                let is_lost = problem.instead.is_none();
                self.is_whole &= !is_lost;
                let instead = problem.instead.unwrap_or_else(|| blank(&text[lines.clone()]));
                readable.replace_range(lines, &instead);
                let SyntaxExplanation { place, fault, help } = problem.explained;
                let written = &text[problem.setting.clone()];
                let setting = Span::shifted(problem.setting, self.base);
                let is_date = matches!(fault, SyntaxFault::NoDate(_));
                let rule = if is_date { &bad_date::RULE } else { rule };
                self.has_lost |= is_lost && !is_date;
                let span = Span::shifted(place, self.base);
                let mut diagnostic = Diagnostic::error(&self.path, span, rule, fault.message());
                if let Some(help) = help {
                    diagnostic.fixes = help.fixes(written, setting).into();
                    diagnostic = diagnostic.help(help.sentence);
                }
                self.out.push(diagnostic);
            }
            text = readable;
        }
        text
    }
}

/// Returns as many blank lines, of as many bytes.
fn blank(lines: &str) -> String {
    lines.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}
