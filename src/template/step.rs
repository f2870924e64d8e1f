//! Templates as they were read.

use std::collections::BTreeMap;

use super::expression::{Expression, Name};

/// One step of a template.
#[derive(Clone, Debug)]
pub(super) enum TemplateStep {
    /// Bytes that are written as they are.
    Text(Box<str>),
    /// A value that is shown.
    Show(Expression),
    /// Conditions, each with the steps for the case that it is the first that holds; and the steps for the case that none does.
    If(Vec<(Expression, Vec<TemplateStep>)>, Vec<TemplateStep>),
    /// The steps for each entry of a list, which is a variable in them; and the steps for an empty list.
    For(Name, Expression, Vec<TemplateStep>, Vec<TemplateStep>),
    /// A variable that gets a value.
    Set(Name, Expression),
    /// A variable that was set outside of a loop and gets another value in it.
    SetAround(Name, Expression),
    /// A block that another template may replace. There is none in a template that is ready.
    Block(String, Vec<TemplateStep>),
    /// Another template, with the variables of this one.
    Include(Name),
    /// A component with the values of its parameters.
    Component(Name, Vec<(Name, Expression)>),
}

/// A template as it was read.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// The template that it extends.
    pub(super) extends: Option<String>,
    /// The steps.
    pub(super) steps: Vec<TemplateStep>,
    /// The components that it defines.
    pub(super) components: BTreeMap<String, ParsedComponent>,
}

/// A component as it was read.
#[derive(Debug)]
pub(super) struct ParsedComponent {
    /// The parameters.
    pub(super) parameters: Vec<Parameter>,
    /// The names of variables that it takes from its caller.
    pub(super) implicit: Vec<Name>,
    /// The steps.
    pub(super) steps: Vec<TemplateStep>,
}

/// A parameter of a component, with its default value.
pub(super) type Parameter = (Name, Option<Expression>);
