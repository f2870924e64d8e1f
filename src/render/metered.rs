//! A template with calls in it that count what it does (`budget`): one at its start and in each loop, block
//! and component, and one around each value that is output or kept. A value that is only looked up is not
//! weighed when it is kept: it belongs to the page, and the template made nothing.

use std::ops::Range;

use super::budget::{COUNT, KEPT, SHOWN, WEIGH};
use super::tag::{self, TemplateTag, is_word};

/// The tags whose content may be run more than once, or from elsewhere, with those that end them.
const REPEATED: [(&str, &str); 3] =
    [("for", "endfor"), ("component", "endcomponent"), ("block", "endblock")];

/// A template with calls.
#[derive(Debug, Default)]
pub(super) struct MeteredTemplate {
    /// The template.
    pub(super) text: String,
    /// The calls put in: where each stands in the text, and its length, both in bytes.
    inserted: Vec<(usize, usize)>,
}

/// The place, in bytes, of what can't be bounded in a template.
pub(super) struct UnboundedPlace(pub(super) usize);

impl MeteredTemplate {
    /// Puts calls into a template. Fails where an expression goes round in a list, where none can be put.
    pub(super) fn new(template: &str) -> Result<Self, UnboundedPlace> {
        let mut calls = MeterCalls { template, made: Vec::new() };
        let mut open: Vec<(&TemplateTag<'_>, &str)> = Vec::new();
        let tags: Vec<_> = tag::tags(template).collect();
        if let Some(at) = tags.iter().find_map(|tag| tag.list_loop) {
            return Err(UnboundedPlace(at));
        }
        // What extends another begins with saying so, but for comments. Only what stands in its blocks is run.
        let extends =
            tags.iter().find(|tag| !tag.is_comment).is_some_and(|tag| tag.name == "extends");
        if !extends {
            calls.count(0, template.len(), false);
        }
        // The conditions that are open, each with the operators of all its branches.
        let mut conditions: Vec<(&TemplateTag<'_>, usize)> = Vec::new();
        for tag in &tags {
            calls.weigh(tag);
            match tag.name {
                "if" => conditions.push((tag, tag.operators)),
                "elif" => {
                    conditions
                        .iter_mut()
                        .next_back()
                        .into_iter()
                        .for_each(|(_, n)| *n += tag.operators);
                }
                "endif" => {
                    if let Some((first, n)) = conditions.pop() {
                        calls.count_operators(first, n);
                    }
                }
                _ if extends && open.is_empty() => {}
                _ => calls.count_operators(tag, tag.operators),
            }
            if let Some((_, end)) = REPEATED.iter().find(|(name, _)| *name == tag.name) {
                open.push((tag, end));
            } else if let Some((start, _)) = open.pop_if(|(_, end)| *end == tag.name) {
                calls.count(start.end, tag.start - start.end, start.trims);
            }
        }
        Ok(calls.put_in())
    }

    /// Returns where a place in the text with calls is in the template.
    pub(super) fn place(&self, place: usize) -> usize {
        let before = self.inserted.iter().take_while(|(at, _)| *at < place);
        before.fold(place, |found, (at, length)| found.saturating_sub((*length).min(place - at)))
    }
}

/// The calls to be put in: where, in bytes of the template.
struct MeterCalls<'t> {
    template: &'t str,
    made: Vec<(usize, String)>,
}

impl MeterCalls<'_> {
    /// Counts a step at `at`, before content of so many bytes.
    fn count(&mut self, at: usize, content: usize, trims: bool) {
        let end = if trims { " -}}" } else { " }}" };
        self.made.push((at, format!("{{{{ {COUNT}(text={content}){end}")));
    }

    /// Counts the operators of a tag before they are done.
    fn count_operators(&mut self, tag: &TemplateTag<'_>, operators: usize) {
        // The sign that ends a block of text with filters is none.
        if operators > 0 && !tag.is_comment && tag.name != "component" {
            let start = if tag.leads { "{{-" } else { "{{" };
            self.made.push((tag.start, format!("{start} {COUNT}(operators={operators}) }}}}")));
        }
    }

    /// Weighs the values that a tag outputs or keeps.
    fn weigh(&mut self, tag: &TemplateTag<'_>) {
        let body = &self.template[tag.body.clone()];
        let from = |text: &str| tag.body.end - text.len();
        match tag.name {
            "" if tag.is_output => {
                // What a component or the block of a parent outputs was weighed there.
                let inner = body.trim();
                match () {
                    () if is_component(inner) || inner == "super()" => {}
                    // Weighed by itself, so that Tera says what it is if it is not defined.
                    () if is_looked_up(inner) => {
                        let end = if tag.trims { " -}}" } else { " }}" };
                        let call = format!("{{{{ {SHOWN}(value={inner}){end}");
                        self.made.push((tag.end, call));
                    }
                    () => self.filter(tag.body.clone(), SHOWN),
                }
            }
            "set" | "set_global" => {
                let after = body.trim_start().trim_start_matches(|c| c != '|' && c != '=');
                match after.strip_prefix('=') {
                    Some(value) => self.keep(from(value)..tag.body.end),
                    None => self.made.push((tag.body.end, format!(" | {KEPT} "))),
                }
            }
            "for" => {
                let mut words = body.match_indices("in").map(|(at, _)| at);
                let is_in = |at: usize| {
                    let around = [at.wrapping_sub(1), at + 2];
                    around.iter().all(|at| body.as_bytes().get(*at).is_none_or(|b| !is_word(*b)))
                };
                if let Some(at) = words.find(|at| is_in(*at)) {
                    self.keep(tag.body.start + at + 2..tag.body.end);
                }
            }
            "component" => self.weigh_arguments(tag, body),
            _ => {}
        }
    }

    /// Weighs a value unless it is only looked up.
    fn keep(&mut self, value: Range<usize>) {
        if !is_looked_up(&self.template[value.clone()]) {
            self.filter(value, KEPT);
        }
    }

    fn filter(&mut self, value: Range<usize>, name: &str) {
        self.made.push((value.start, "(".to_owned()));
        self.made.push((value.end, format!(") | {name} ")));
    }

    /// Weighs what a component is given, at its start.
    fn weigh_arguments(&mut self, tag: &TemplateTag<'_>, body: &str) {
        let Some((_, arguments)) = body.split_once('(') else { return };
        let mut names = Vec::new();
        let (mut is_name, mut depth, mut rest) = (true, 0, arguments);
        while let Some(first) = rest.bytes().next() {
            let length = match first {
                b'"' | b'\'' | b'`' => tag::end_of_string(rest.as_bytes(), 0, first).unwrap_or(1),
                _ => rest.bytes().take_while(|byte| is_word(*byte)).count().max(1),
            };
            match first {
                b'(' | b'[' | b'{' => depth += 1,
                b')' if depth == 0 => break,
                b')' | b']' | b'}' => depth -= 1,
                b',' if depth == 0 => is_name = true,
                _ if is_word(first) && is_name => {
                    is_name = false;
                    names.push(&rest[..length]);
                }
                _ => {}
            }
            rest = rest.get(length..).unwrap_or_default();
        }
        let given: Vec<_> = names.iter().map(|name| format!("{name}={name}")).collect();
        let end = if tag.trims { " -}}" } else { " }}" };
        self.made.push((tag.end, format!("{{{{ {WEIGH}({}){end}", given.join(", "))));
    }

    fn put_in(mut self) -> MeteredTemplate {
        self.made.sort_by_key(|(at, _)| *at);
        let mut metered = MeteredTemplate::default();
        let mut from = 0;
        for (at, call) in self.made {
            metered.text.push_str(&self.template[from..at]);
            metered.inserted.push((metered.text.len(), call.len()));
            metered.text.push_str(&call);
            from = at;
        }
        metered.text.push_str(&self.template[from..]);
        metered
    }
}

/// Says whether an expression only looks something up.
fn is_looked_up(expression: &str) -> bool {
    let is_path = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_.[]\"".contains(c);
    expression.chars().all(is_path) && !expression.trim_start().starts_with('[')
}

/// Says whether an expression is one component and nothing else.
fn is_component(expression: &str) -> bool {
    expression.starts_with('<') && expression.find("/>") == expression.len().checked_sub(2)
}
