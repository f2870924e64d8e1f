//! `[check]`: how strict a book is, rule by rule.

use std::collections::{BTreeMap, BTreeSet};

use super::read::kind_id;
use super::strict::why;
use super::values::{items, text};
use super::{KindId, MOST, MOST_WORDS, SpannedText};
use crate::diagnostic::{Code, Level};
use crate::slug::fold;
use crate::table::{TableReader, TomlEntry, TomlTable};

/// How strict a book is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strictness {
    rules: BTreeMap<Code, RuleSetting>,
    /// How long a summary may be, in characters.
    pub summary_limit: Option<usize>,
    /// Texts of links that do not say where the link leads, as names are compared.
    pub vague: Option<BTreeSet<String>>,
    /// What the treaties are called whose articles are named.
    pub treaties: Vec<String>,
    /// Which notes may not say who took part.
    pub confidential: Option<Confidential>,
}

/// Which notes may not name which others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Confidential {
    /// The field that says that a note is confidential.
    pub field: String,
    /// The values that say so.
    pub is: Vec<String>,
    /// The kinds that it may not name.
    pub names: Vec<KindId>,
    /// The fields in which it may name them all the same.
    pub may_name: Vec<String>,
}

/// How bad a rule's findings are, and for which kinds.
#[derive(Clone, Debug, Default, PartialEq)]
struct RuleSetting {
    level: Option<Level>,
    kinds: Option<Vec<KindId>>,
}

/// `[check]` as written; names of kinds are looked up when all kinds are known.
#[derive(Default)]
pub(super) struct RawStrictness {
    check: Strictness,
    kinds: Vec<(Code, Vec<SpannedText>)>,
    names: Vec<SpannedText>,
}

impl Strictness {
    /// How bad it is if a note of `kind` breaks the rule of `code`.
    pub fn level(&self, code: Code, kind: Option<KindId>) -> Level {
        let Some(setting) = self.rules.get(&code) else { return code.level() };
        let applies = setting
            .kinds
            .as_ref()
            .is_none_or(|kinds| kind.is_none_or(|kind| kinds.contains(&kind)));
        match applies {
            true => setting.level.unwrap_or(code.level()),
            // Of other kinds a rule that judges says nothing; what is broken is broken there too.
            false if code.level() == Level::Error => Level::Error,
            false => Level::Off,
        }
    }
}

pub(super) fn read(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> RawStrictness {
    let mut raw = RawStrictness::default();
    for entry in reader.nested(entry, |_, table| table.take_all()).unwrap_or_default() {
        match Code::named(entry.key) {
            Some(code) if entry.is_table() => {
                reader.nested(entry, |reader, table| raw.rule(reader, table, code));
            }
            Some(code) => {
                let level = level(reader, entry, code);
                raw.check.rules.insert(code, RuleSetting { level, kinds: None });
            }
            None => unknown(reader, entry),
        }
    }
    raw
}

fn unknown(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) {
    let names = Code::ALL.iter().filter(|code| code.is_settable()).map(|code| code.name());
    let near = reader.nearest(entry.key, names);
    let message = format!("no rule is called \"{}\"", entry.key);
    let diagnostic = reader.report(entry.key_span, Code::BadConfig, message);
    *diagnostic = diagnostic.clone().did_you_mean(&near);
    if near.is_empty() {
        let help = "fieldbook explain lists all rules, and which of them can be set";
        diagnostic.help.push(help.to_owned());
    }
}

impl RawStrictness {
    /// A rule that is set with more than its level.
    fn rule(&mut self, reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>, code: Code) {
        let level = table.take("level").and_then(|entry| level(reader, entry, code));
        let kinds = table.take("kinds").map(|entry| reader.texts(entry));
        if let Some(kinds) = kinds {
            let kinds = kinds.into_iter().map(|(text, span)| SpannedText { text, span }).collect();
            self.kinds.push((code, kinds));
        }
        self.check.rules.insert(code, RuleSetting { level, kinds: None });
        match code {
            Code::LongSummary => {
                let limit = table.take("limit").and_then(|entry| reader.integer(entry));
                self.check.summary_limit = limit.and_then(|limit| usize::try_from(limit).ok());
            }
            Code::VagueLink => {
                let words = table.take("words").map(|entry| words(reader, entry));
                self.check.vague = words.map(|words| words.iter().map(|word| fold(word)).collect());
            }
            Code::BareArticle => {
                let treaties = table.take("treaties").map(|entry| words(reader, entry));
                self.check.treaties = treaties.unwrap_or_default();
            }
            Code::ConfidentialName => {
                self.check.confidential = Some(Confidential {
                    field: text(reader, table, "field").unwrap_or_default(),
                    is: table.take("is").map_or_else(Vec::new, |entry| words(reader, entry)),
                    names: Vec::new(),
                    may_name: table.take("may-name").map_or_else(Vec::new, |e| words(reader, e)),
                });
                self.names = items(reader, table, "names", MOST, super::values::spanned);
            }
            _ => {}
        }
    }

    pub(super) fn resolve(mut self, reader: &mut TableReader<'_>, names: &[String]) -> Strictness {
        let mut ids = |targets: Vec<SpannedText>| -> Vec<KindId> {
            targets.iter().filter_map(|target| kind_id(reader, names, target)).collect()
        };
        for (code, kinds) in std::mem::take(&mut self.kinds) {
            let kinds = Some(ids(kinds));
            self.check.rules.entry(code).and_modify(|setting| setting.kinds = kinds);
        }
        if let Some(confidential) = &mut self.check.confidential {
            confidential.names = ids(std::mem::take(&mut self.names));
        }
        self.check
    }
}

pub(super) fn words(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Vec<String> {
    let items = reader.list(entry).unwrap_or_default();
    let items = reader.at_most(items, MOST_WORDS, Code::BadConfig).into_iter();
    items.filter_map(|item| reader.text(item)).collect()
}

/// Returns how bad the book takes a problem to be: as bad as it can take it to be, at least.
fn level(reader: &mut TableReader<'_>, entry: TomlEntry<'_>, code: Code) -> Option<Level> {
    let written = reader.text(entry)?;
    let Some((_, level)) = Level::ALL.iter().find(|(name, _)| *name == written) else {
        let near = reader.nearest(&written, Level::ALL.iter().map(|(name, _)| *name));
        let message = format!("\"{written}\" is not a level");
        let diagnostic = reader.report(entry.span, Code::BadConfig, message);
        *diagnostic = diagnostic
            .clone()
            .did_you_mean(&near)
            .help("a rule is set to \"off\", \"warning\" or \"error\"");
        return None;
    };
    if *level < code.least() {
        let least = Level::ALL.iter().find(|(_, level)| *level == code.least());
        let least = least.map_or("", |(name, _)| name);
        let message = format!("{} can't be set to \"{written}\": {}", code.name(), why(code));
        let help = match code.least() {
            Level::Error => format!("delete this setting: it is always an {least}"),
            _ => format!("set it to \"{least}\""),
        };
        reader.report(entry.span, Code::BadConfig, message).help.push(help);
        return None;
    }
    Some(*level)
}
