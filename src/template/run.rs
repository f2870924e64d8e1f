//! Running a template.

mod evaluate;
mod filter;

use std::fmt::Write;

use pulldown_cmark_escape::escape_html;

use super::NotKnown;
use super::data::TemplateData;
use super::expression::{Expression, Name};
use super::program::Program;
use super::step::TemplateStep;
use super::value::{DataList, DataMap, DataValue};
pub(crate) use filter::{FilterCall, TemplateFilter};

/// The endings of the names of templates in whose pages texts are escaped.
const ESCAPED: &[&str] = &[".html", ".htm", ".xml"];

/// The number of a variable that has no name yet.
const UNNAMED: u32 = u32::MAX;

/// The deepest that includes and components may be nested.
const DEEPEST: usize = 64;

impl Program {
    /// Returns the page that a template makes of data, of at most `limit` bytes.
    pub(crate) fn page(
        &self,
        template: &str,
        data: &TemplateData,
        limit: usize,
        capacity: usize,
    ) -> Result<String, NotKnown> {
        let root = DataValue::of(data, data.root()).map().ok_or(NotKnown)?;
        let mut run = TemplateRun {
            program: self,
            data,
            root: Some(root),
            variables: Vec::new(),
            frame: 0,
            loops: Vec::new(),
            depth: 0,
            escapes: ESCAPED.iter().any(|ending| template.ends_with(ending)),
            limit,
            page: String::with_capacity(capacity),
        };
        run.steps(self.template(template)?)?;
        if run.page.len() > limit { Err(NotKnown) } else { Ok(run.page) }
    }
}

/// A round of a loop.
#[derive(Clone, Copy, Debug)]
struct LoopRound {
    /// The number of rounds before it.
    at: usize,
    is_last: bool,
}

/// A template that is running.
struct TemplateRun<'d> {
    program: &'d Program,
    data: &'d TemplateData,
    /// The variables of the page; absent within a component.
    root: Option<DataMap<'d>>,
    /// All other variables, those set last at the end.
    variables: Vec<(u32, DataValue<'d>)>,
    /// The place of the first variable that is known here.
    frame: usize,
    /// The round of each loop around this place.
    loops: Vec<LoopRound>,
    depth: usize,
    escapes: bool,
    limit: usize,
    page: String,
}

impl<'d> TemplateRun<'d> {
    fn steps(&mut self, steps: &'d [TemplateStep]) -> Result<(), NotKnown> {
        steps.iter().try_for_each(|step| self.step(step))
    }

    fn step(&mut self, step: &'d TemplateStep) -> Result<(), NotKnown> {
        match step {
            TemplateStep::Text(text) => self.page.push_str(text),
            TemplateStep::Show(expression) => {
                let value = self.value(expression)?;
                self.show(&value)?;
            }
            TemplateStep::If(cases, otherwise) => {
                for (condition, steps) in cases {
                    if self.value(condition)?.is_true() {
                        return self.steps(steps);
                    }
                }
                self.steps(otherwise)?;
            }
            TemplateStep::For(name, list, steps, otherwise) => match self.value(list)? {
                DataValue::List(list) if list.len() == 0 => self.steps(otherwise)?,
                DataValue::List(list) => self.repeat(name, list, steps)?,
                _ => return Err(NotKnown),
            },
            TemplateStep::Set(name, expression) => {
                let value = self.value(expression)?;
                self.variables.push((name.id, value));
            }
            TemplateStep::SetAround(name, expression) => {
                let value = self.value(expression)?;
                let known = self.variables[self.frame..].iter_mut();
                let mut variables = known.rev().filter(|(id, _)| *id == name.id);
                variables.next().ok_or(NotKnown)?.1 = value;
            }
            TemplateStep::Include(name) => {
                let before = self.variables.len();
                self.deeper(|run| run.steps(run.program.included(name)?))?;
                self.variables.truncate(before);
            }
            TemplateStep::Component(name, arguments) => self.component(name, arguments)?,
            TemplateStep::Block(..) => return Err(NotKnown),
        }
        Ok(())
    }

    fn deeper(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<(), NotKnown>,
    ) -> Result<(), NotKnown> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(NotKnown);
        }
        inner(self)?;
        self.depth -= 1;
        Ok(())
    }

    fn show(&mut self, value: &DataValue<'d>) -> Result<(), NotKnown> {
        match value {
            DataValue::Text(text) if self.escapes => {
                escape_html(&mut self.page, text).map_err(|_| NotKnown)?;
            }
            DataValue::Text(text) | DataValue::SafeText(text) => self.page.push_str(text),
            DataValue::Number(number) => write!(self.page, "{number}").map_err(|_| NotKnown)?,
            DataValue::Bool(value) => self.page.push_str(if *value { "true" } else { "false" }),
            DataValue::Null => {}
            DataValue::Undefined | DataValue::List(_) | DataValue::Texts(_) | DataValue::Map(_) => {
                return Err(NotKnown);
            }
        }
        Ok(())
    }

    fn repeat(
        &mut self,
        name: &'d Name,
        list: DataList<'d>,
        steps: &'d [TemplateStep],
    ) -> Result<(), NotKnown> {
        let before = self.variables.len();
        for (at, entry) in list.iter().enumerate() {
            self.loops.push(LoopRound { at, is_last: at + 1 == list.len() });
            self.variables.push((name.id, entry));
            self.steps(steps)?;
            self.variables.truncate(before);
            if self.page.len() > self.limit {
                return Err(NotKnown);
            }
            self.loops.pop();
        }
        Ok(())
    }

    fn component(
        &mut self,
        name: &'d Name,
        arguments: &'d [(Name, Expression)],
    ) -> Result<(), NotKnown> {
        let component = self.program.component(name)?;
        let before = self.variables.len();
        // A variable gets its name when all are there, since the arguments are expressions of the caller.
        for implicit in &component.implicit {
            let value = self.variable(implicit);
            self.variables.push((UNNAMED, value));
        }
        for (parameter, default) in &component.parameters {
            let given = arguments.iter().find(|(name, _)| name.id == parameter.id);
            let expression = given.map(|(_, value)| value).or(default.as_ref()).ok_or(NotKnown)?;
            let value = self.value(expression)?;
            self.variables.push((UNNAMED, value));
        }
        let parameters = component.parameters.iter().map(|(name, _)| name);
        let named = component.implicit.iter().chain(parameters);
        for (variable, name) in self.variables[before..].iter_mut().zip(named) {
            variable.0 = name.id;
        }
        let frame = std::mem::replace(&mut self.frame, before);
        let root = self.root.take();
        let loops = std::mem::take(&mut self.loops);
        self.deeper(|run| run.steps(&component.steps))?;
        (self.frame, self.root, self.loops) = (frame, root, loops);
        self.variables.truncate(before);
        Ok(())
    }
}
