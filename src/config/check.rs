//! `[check]`: how strict a book is, rule by rule.

use std::collections::{BTreeMap, BTreeSet};

use super::languages::{NamedLanguage, NamedLanguageShape};
use super::names::kind_id;
use super::shapes::{NameShape, SHORT_TEXT};
use super::{KindId, MOST, MOST_WORDS, SpannedText};
use crate::diagnostic::{Level, OptionShape, Rule, RuleOption, RuleTable};
use crate::language::Language;
use crate::slug::fold;
use crate::table::rules::bad_config;
use crate::table::{ListShape, ReadShape, TableReader, TomlEntry, TomlTable, quoted, suggest};

const NAMES: ListShape<NameShape> = ListShape { items: NameShape, most: MOST };

const LANGUAGES: ListShape<NamedLanguageShape> =
    ListShape { items: NamedLanguageShape, most: MOST };

/// The settings of the rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strictness {
    rules: BTreeMap<&'static Rule, RuleSetting>,
}

/// The setting of a rule.
#[derive(Clone, Debug, Default, PartialEq)]
struct RuleSetting {
    level: Option<Level>,
    /// The kinds of the notes that it is for.
    kinds: Option<Vec<KindId>>,
    /// The options that are set, by their names.
    options: BTreeMap<&'static str, OptionValue>,
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq)]
enum OptionValue {
    Number(usize),
    Text(String),
    Texts(Vec<String>),
    /// Texts as names are compared.
    Names(BTreeSet<String>),
    Kinds(Vec<KindId>),
    Languages(Vec<Language>),
}

/// `[check]` as written; names of kinds are looked up when all kinds are known.
#[derive(Default)]
pub(super) struct RawStrictness {
    check: Strictness,
    /// The kinds that rules are for.
    kinds: Vec<(&'static Rule, Vec<SpannedText>)>,
    /// The options that are kinds.
    options: Vec<(&'static Rule, &'static RuleOption, Vec<SpannedText>)>,
    /// The options that are languages.
    languages: Vec<(&'static Rule, &'static RuleOption, Vec<NamedLanguage>)>,
}

impl Strictness {
    /// Returns the level of a finding in a note of `kind`.
    pub fn level(&self, rule: &Rule, kind: Option<KindId>) -> Level {
        let Some(setting) = self.rules.get(rule) else { return rule.level };
        let applies = setting
            .kinds
            .as_ref()
            .is_none_or(|kinds| kind.is_none_or(|kind| kinds.contains(&kind)));
        if applies {
            setting.level.unwrap_or(rule.level)
        } else if rule.level == Level::Error {
            // A rule that judges is for some kinds only; what is broken is broken in all of them.
            Level::Error
        } else {
            Level::Off
        }
    }

    /// Says whether a finding of the rule may be reported in any note.
    pub fn is_on(&self, rule: &Rule) -> bool {
        // Set for some kinds only, an error stays one in all others.
        let is_for_some = || self.rules.get(rule).is_some_and(|setting| setting.kinds.is_some());
        self.level(rule, None) != Level::Off || rule.level == Level::Error && is_for_some()
    }

    /// Returns an option that is a number.
    pub fn number(&self, rule: &Rule, option: &RuleOption) -> usize {
        match (self.option(rule, option), &option.shape) {
            (Some(OptionValue::Number(number)), _) => *number,
            (_, OptionShape::Number { default }) => *default,
            _ => 0,
        }
    }

    /// Returns an option that is a text.
    pub fn text(&self, rule: &Rule, option: &RuleOption) -> &str {
        match self.option(rule, option) {
            Some(OptionValue::Text(text)) => text,
            _ => "",
        }
    }

    /// Returns an option that is a list of texts.
    pub fn texts(&self, rule: &Rule, option: &RuleOption) -> &[String] {
        match self.option(rule, option) {
            Some(OptionValue::Texts(texts)) => texts,
            _ => &[],
        }
    }

    /// Says whether an option that is a list of names has a name, which is folded.
    pub fn has_name(&self, rule: &Rule, option: &RuleOption, name: &str) -> bool {
        match (self.option(rule, option), &option.shape) {
            (Some(OptionValue::Names(names)), _) => names.contains(name),
            (_, OptionShape::Names { default }) => default.contains(&name),
            _ => false,
        }
    }

    /// Returns an option that is a list of kinds.
    pub fn kinds(&self, rule: &Rule, option: &RuleOption) -> &[KindId] {
        match self.option(rule, option) {
            Some(OptionValue::Kinds(kinds)) => kinds,
            _ => &[],
        }
    }

    /// Returns an option that is a list of languages.
    pub fn languages(&self, rule: &Rule, option: &RuleOption) -> &[Language] {
        match self.option(rule, option) {
            Some(OptionValue::Languages(languages)) => languages,
            _ => &[],
        }
    }

    fn option(&self, rule: &Rule, option: &RuleOption) -> Option<&OptionValue> {
        self.rules.get(rule)?.options.get(option.name)
    }
}

pub(super) fn read(
    reader: &mut TableReader<'_>,
    entry: TomlEntry<'_>,
    rules: RuleTable,
) -> RawStrictness {
    let mut raw = RawStrictness::default();
    for entry in reader.nested(entry, |_, table| table.take_all()).unwrap_or_default() {
        match rules.named(entry.key) {
            Some(rule) if entry.is_table() => {
                reader.nested(entry, |reader, table| raw.rule(reader, table, rule));
            }
            Some(rule) => {
                let level = level(reader, entry, rule);
                raw.check.rules.insert(rule, RuleSetting { level, ..RuleSetting::default() });
            }
            None => unknown(reader, entry, rules),
        }
    }
    raw
}

fn unknown(reader: &mut TableReader<'_>, entry: TomlEntry<'_>, rules: RuleTable) {
    let near = reader.nearest(entry.key, rules.settable());
    let message = format!("no rule is called \"{}\"", entry.key);
    let diagnostic = reader.report(entry.key_span, &bad_config::RULE, message);
    suggest(diagnostic, entry.key, &near, str::to_owned);
    if near.is_empty() {
        let help = "fieldbook explain lists all rules, and which of them can be set";
        diagnostic.help.push(help.to_owned());
    }
}

impl RawStrictness {
    /// Reads a rule that is set with more than its level.
    fn rule<'k>(
        &mut self,
        reader: &mut TableReader<'_>,
        table: &mut TomlTable<'_, 'k>,
        rule: &'static Rule,
    ) {
        let level = table.take("level").and_then(|entry| level(reader, entry, rule));
        let kinds = table.take("kinds").map(|entry| reader.texts(entry));
        if let Some(kinds) = kinds {
            let kinds = kinds.into_iter().map(|(text, span)| SpannedText { text, span }).collect();
            self.kinds.push((rule, kinds));
        }
        let mut options = BTreeMap::new();
        for option in rule.options {
            let Some(entry) = table.take(option.name) else { continue };
            if let OptionShape::Kinds = option.shape {
                let kinds = NAMES.read(reader, entry).unwrap_or_default();
                self.options.push((rule, option, kinds));
            } else if let OptionShape::Languages = option.shape {
                let languages = LANGUAGES.read(reader, entry).unwrap_or_default();
                self.languages.push((rule, option, languages));
            } else if let Some(value) = value(reader, entry, &option.shape) {
                options.insert(option.name, value);
            }
        }
        self.check.rules.insert(rule, RuleSetting { level, kinds: None, options });
    }

    /// Looks up the kinds and languages that are named; `names` are those of the kinds, and `languages` those of the
    /// book.
    pub(super) fn resolve(
        mut self,
        reader: &mut TableReader<'_>,
        names: &[String],
        languages: &[Language],
    ) -> Strictness {
        for (rule, option, named) in std::mem::take(&mut self.languages) {
            let known = named.into_iter().filter_map(|named| named.known(reader, languages));
            let setting = self.check.rules.entry(rule).or_default();
            setting.options.insert(option.name, OptionValue::Languages(known.collect()));
        }
        let mut ids = |targets: Vec<SpannedText>| -> Vec<KindId> {
            targets.iter().filter_map(|target| kind_id(reader, names, target)).collect()
        };
        for (rule, kinds) in std::mem::take(&mut self.kinds) {
            let kinds = Some(ids(kinds));
            self.check.rules.entry(rule).and_modify(|setting| setting.kinds = kinds);
        }
        for (rule, option, kinds) in std::mem::take(&mut self.options) {
            let kinds = OptionValue::Kinds(ids(kinds));
            let setting = self.check.rules.entry(rule).or_default();
            setting.options.insert(option.name, kinds);
        }
        self.check
    }
}

/// Reads an option whose values need not be looked up.
fn value(
    reader: &mut TableReader<'_>,
    entry: TomlEntry<'_>,
    shape: &OptionShape,
) -> Option<OptionValue> {
    match shape {
        OptionShape::Number { .. } => {
            let number = usize::try_from(reader.integer(entry)?).ok()?;
            Some(OptionValue::Number(number))
        }
        OptionShape::Text => SHORT_TEXT.read(reader, entry).map(OptionValue::Text),
        OptionShape::Texts => Some(OptionValue::Texts(words(reader, entry))),
        OptionShape::Names { .. } => {
            let names = words(reader, entry);
            Some(OptionValue::Names(names.iter().map(|name| fold(name)).collect()))
        }
        OptionShape::Kinds | OptionShape::Languages => None,
    }
}

/// Reads a list of words.
fn words(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Vec<String> {
    let items = reader.list(entry).unwrap_or_default();
    let items = reader.at_most(items, MOST_WORDS, &bad_config::RULE).into_iter();
    items.filter_map(|item| reader.text(item)).collect()
}

/// Reads the level of a rule, which is not below the lowest that it may have.
fn level(reader: &mut TableReader<'_>, entry: TomlEntry<'_>, rule: &Rule) -> Option<Level> {
    let written = reader.text(entry)?;
    let Some((_, level)) = Level::ALL.iter().find(|(name, _)| *name == written) else {
        let near = reader.nearest(&written, Level::ALL.iter().map(|(name, _)| *name));
        let message = format!("\"{written}\" is not a level");
        let diagnostic = reader.report(entry.span, &bad_config::RULE, message);
        suggest(diagnostic, &written, &near, quoted);
        diagnostic.help.push("a rule is set to \"off\", \"warning\" or \"error\"".to_owned());
        return None;
    };
    let least = rule.least();
    if *level < least {
        let message = format!("{} can't be set to \"{written}\": {}", rule.name, rule.harm());
        let help = match least {
            Level::Error => format!("delete this setting: it is always an {}", least.name()),
            _ => format!("set it to \"{}\"", least.name()),
        };
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
        return None;
    }
    Some(*level)
}
