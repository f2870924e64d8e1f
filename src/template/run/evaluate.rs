//! The values of expressions.

use std::borrow::Cow;

use super::filter::{FilterCall, TemplateFilter};
use super::{LoopRound, TemplateRun};
use crate::template::NotKnown;
use crate::template::expression::{Expression, Name};
use crate::template::value::{DataList, DataValue};

impl<'d> TemplateRun<'d> {
    /// Returns the value of an expression.
    pub(super) fn value(&self, expression: &'d Expression) -> Result<DataValue<'d>, NotKnown> {
        Ok(match expression {
            Expression::Text(text) => DataValue::Text(Cow::Borrowed(text)),
            Expression::Number(number) => DataValue::Number(*number),
            Expression::Bool(value) => DataValue::Bool(*value),
            Expression::EmptyList => DataValue::List(DataList::empty(self.data)),
            Expression::Path(name, keys) => {
                let mut value = self.variable(name);
                for key in keys {
                    value = value.entry(key.hash, &key.text);
                }
                value
            }
            Expression::LoopIndex(first) => {
                let at = i64::try_from(self.round()?.at).map_err(|_| NotKnown)?;
                DataValue::Number(at + first)
            }
            Expression::IsFirst => DataValue::Bool(self.round()?.at == 0),
            Expression::IsLast => DataValue::Bool(self.round()?.is_last),
            Expression::Key(value, key) => self.value(value)?.entry(key.hash, &key.text),
            Expression::At(both) => self.value(&both.0)?.at(&self.value(&both.1)?)?,
            Expression::Filter(value, filter, arguments) => {
                self.filtered(value, *filter, arguments)?
            }
            Expression::Not(value) => DataValue::Bool(!self.value(value)?.is_true()),
            Expression::Or(both) => {
                let first = self.value(&both.0)?;
                if first.is_true() { first } else { self.value(&both.1)? }
            }
            Expression::And(both) => {
                let first = self.value(&both.0)?;
                if first.is_true() { self.value(&both.1)? } else { first }
            }
            Expression::Equal(both, wanted) => {
                let equal = self.value(&both.0)?.equals(&self.value(&both.1)?)?;
                DataValue::Bool(equal == *wanted)
            }
            Expression::Less(both) => {
                let (left, right) = self.numbers(both)?;
                DataValue::Bool(left < right)
            }
            Expression::Greater(both) => {
                let (left, right) = self.numbers(both)?;
                DataValue::Bool(left > right)
            }
            Expression::Sum(both) => {
                let (left, right) = self.numbers(both)?;
                DataValue::Number(left.checked_add(right).ok_or(NotKnown)?)
            }
            Expression::Difference(both) => {
                let (left, right) = self.numbers(both)?;
                DataValue::Number(left.checked_sub(right).ok_or(NotKnown)?)
            }
            Expression::Joined(both) => {
                let (left, right) = (self.written(&both.0)?, self.written(&both.1)?);
                DataValue::Text(Cow::Owned(format!("{left}{right}")))
            }
            Expression::Choice(parts) => {
                let (condition, yes, no) = &**parts;
                self.value(if self.value(condition)?.is_true() { yes } else { no })?
            }
            Expression::IsDefined(value) => {
                DataValue::Bool(!matches!(self.value(value)?, DataValue::Undefined))
            }
            Expression::StartsWith(value, beginning) => {
                let value = self.value(value)?;
                DataValue::Bool(value.text().ok_or(NotKnown)?.starts_with(&**beginning))
            }
        })
    }

    /// Returns the value of a variable; undefined if there is none of this name.
    pub(super) fn variable(&self, name: &Name) -> DataValue<'d> {
        let known = &self.variables[self.frame..];
        if let Some((_, value)) = known.iter().rev().find(|(id, _)| *id == name.id) {
            return value.clone();
        }
        let found = self.root.and_then(|root| root.get_hashed(name.hash, &name.text));
        found.unwrap_or(DataValue::Undefined)
    }

    /// Returns the value of an expression as a text.
    fn written(&self, expression: &'d Expression) -> Result<Cow<'d, str>, NotKnown> {
        match self.value(expression)? {
            DataValue::Text(text) | DataValue::SafeText(text) => Ok(text),
            DataValue::Number(number) => Ok(Cow::Owned(number.to_string())),
            _ => Err(NotKnown),
        }
    }

    fn round(&self) -> Result<LoopRound, NotKnown> {
        self.loops.last().copied().ok_or(NotKnown)
    }

    fn numbers(&self, both: &'d (Expression, Expression)) -> Result<(i64, i64), NotKnown> {
        match (self.value(&both.0)?, self.value(&both.1)?) {
            (DataValue::Number(left), DataValue::Number(right)) => Ok((left, right)),
            _ => Err(NotKnown),
        }
    }

    fn filtered(
        &self,
        value: &'d Expression,
        filter: TemplateFilter,
        arguments: &'d [(Box<str>, Expression)],
    ) -> Result<DataValue<'d>, NotKnown> {
        let value = self.value(value)?;
        let argument =
            |(name, argument): &'d (Box<str>, Expression)| Ok((&**name, self.value(argument)?));
        let arguments = arguments.iter().map(argument).collect::<Result<Vec<_>, NotKnown>>()?;
        filter(FilterCall { value, arguments: &arguments, run: self })
    }
}
