//! All templates, each with what it extends and includes.

use std::collections::BTreeMap;

use super::NotKnown;
use super::expression::{Expression, Name, Names};
use super::parser::parsed;
use super::run::TemplateFilter;
use super::step::{Parsed, ParsedComponent, TemplateStep};

/// All templates, ready to run.
#[derive(Debug)]
pub(crate) struct Program {
    /// The number of each template's name.
    numbers: BTreeMap<String, u32>,
    /// Each template, with its blocks replaced, at the number of its name.
    templates: Vec<Option<Vec<TemplateStep>>>,
    /// Each component, at the number of its name.
    components: Vec<Option<ParsedComponent>>,
    /// The variable with the frame of a page.
    pub(super) page: Name,
    /// The same of files that are no pages.
    pub(super) site: Name,
}

impl Program {
    /// Reads templates, given by name, that may use `filters`. A template that can't be read, or uses one that isn't
    /// there, is left out.
    pub(crate) fn new<'t>(
        texts: impl Iterator<Item = (&'t str, &'t str)>,
        filters: &BTreeMap<&'static str, TemplateFilter>,
    ) -> Self {
        let mut names = Names::new(filters);
        let (page, site) = (names.name("page"), names.name("site"));
        let mut read = BTreeMap::new();
        for (name, text) in texts {
            if let Ok(template) = parsed(text, &mut names) {
                read.insert(name, template);
            }
        }
        let (mut numbers, mut templates) = (BTreeMap::new(), Vec::new());
        for (name, template) in &read {
            if let Ok(steps) = complete(template, &read) {
                let number = names.name(name).id;
                numbers.insert((*name).to_owned(), number);
                put(&mut templates, number, steps);
            }
        }
        let mut components = Vec::new();
        for (name, component) in read.into_values().flat_map(|template| template.components) {
            put(&mut components, names.name(&name).id, component);
        }
        let mut program = Self { numbers, templates, components, page, site };
        while program.leave_out() {}
        program
    }

    /// Says whether there is a template.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.template(name).is_ok()
    }

    /// Returns the steps of a template.
    pub(super) fn template(&self, name: &str) -> Result<&[TemplateStep], NotKnown> {
        let number = self.numbers.get(name).ok_or(NotKnown)?;
        got(&self.templates, *number).map(Vec::as_slice)
    }

    /// Returns the steps of a template that another includes.
    pub(super) fn included(&self, name: &Name) -> Result<&[TemplateStep], NotKnown> {
        got(&self.templates, name.id).map(Vec::as_slice)
    }

    /// Returns a component.
    pub(super) fn component(&self, name: &Name) -> Result<&ParsedComponent, NotKnown> {
        got(&self.components, name.id)
    }

    /// Leaves out each template and component that uses one that is not there. Returns whether there was any.
    fn leave_out(&mut self) -> bool {
        let is_unfit = |steps: &[TemplateStep]| !self.has_all(steps);
        let templates = self.templates.iter().map(|steps| steps.as_deref().is_some_and(is_unfit));
        let of_component = |component: &ParsedComponent| is_unfit(&component.steps);
        let components =
            self.components.iter().map(|component| component.as_ref().is_some_and(of_component));
        let (templates, components): (Vec<bool>, Vec<bool>) =
            (templates.collect(), components.collect());
        let unfit = |unfit: &[bool]| unfit.contains(&true);
        let found = unfit(&templates) || unfit(&components);
        let keep = |unfit: Vec<bool>| unfit.into_iter().map(|unfit| !unfit);
        for (template, keep) in self.templates.iter_mut().zip(keep(templates)) {
            *template = template.take().filter(|_| keep);
        }
        for (component, keep) in self.components.iter_mut().zip(keep(components)) {
            *component = component.take().filter(|_| keep);
        }
        found
    }

    /// Says whether all that steps include or call is there.
    fn has_all(&self, steps: &[TemplateStep]) -> bool {
        steps.iter().all(|step| match step {
            TemplateStep::If(cases, otherwise) => {
                cases.iter().all(|(_, steps)| self.has_all(steps)) && self.has_all(otherwise)
            }
            TemplateStep::For(_, _, steps, otherwise) => {
                self.has_all(steps) && self.has_all(otherwise)
            }
            TemplateStep::Include(name) => self.included(name).is_ok(),
            TemplateStep::Component(name, _) => self.component(name).is_ok(),
            TemplateStep::Block(..) => false,
            TemplateStep::Text(_)
            | TemplateStep::Show(_)
            | TemplateStep::Set(..)
            | TemplateStep::SetAround(..) => true,
        })
    }
}

fn put<T>(list: &mut Vec<Option<T>>, number: u32, entry: T) {
    let at = number as usize;
    if list.len() <= at {
        list.resize_with(at + 1, || None);
    }
    list[at] = Some(entry);
}

fn got<T>(list: &[Option<T>], number: u32) -> Result<&T, NotKnown> {
    list.get(number as usize).and_then(Option::as_ref).ok_or(NotKnown)
}

/// Returns the steps of a template, with all that it extends.
fn complete(
    template: &Parsed,
    all: &BTreeMap<&str, Parsed>,
) -> Result<Vec<TemplateStep>, NotKnown> {
    let (mut blocks, mut top) = (BTreeMap::new(), template);
    while let Some(base) = &top.extends {
        for step in &top.steps {
            if let TemplateStep::Block(name, steps) = step {
                blocks.entry(name.as_str()).or_insert(steps);
            }
        }
        top = all.get(base.as_str()).ok_or(NotKnown)?;
    }
    let mut out = Vec::new();
    replace_blocks(&top.steps, &blocks, &mut out);
    Ok(out)
}

/// Copies steps, with the steps of a block in place of each block.
fn replace_blocks(
    steps: &[TemplateStep],
    blocks: &BTreeMap<&str, &Vec<TemplateStep>>,
    out: &mut Vec<TemplateStep>,
) {
    let replaced = |steps: &[TemplateStep]| {
        let mut out = Vec::new();
        replace_blocks(steps, blocks, &mut out);
        out
    };
    for step in steps {
        let step = match step {
            TemplateStep::Block(name, own) => {
                let steps = blocks.get(name.as_str()).copied().unwrap_or(own);
                replace_blocks(steps, blocks, out);
                continue;
            }
            TemplateStep::If(cases, otherwise) => {
                let case = |(condition, steps): &(Expression, Vec<TemplateStep>)| {
                    (condition.clone(), replaced(steps))
                };
                TemplateStep::If(cases.iter().map(case).collect(), replaced(otherwise))
            }
            TemplateStep::For(name, list, steps, otherwise) => {
                let steps = (replaced(steps), replaced(otherwise));
                TemplateStep::For(name.clone(), list.clone(), steps.0, steps.1)
            }
            step => step.clone(),
        };
        match (out.last_mut(), step) {
            (Some(TemplateStep::Text(before)), TemplateStep::Text(text)) => {
                *before = format!("{before}{text}").into_boxed_str();
            }
            (_, step) => out.push(step),
        }
    }
}
