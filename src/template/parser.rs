//! Reading a template.

use memchr::memchr_iter;

use super::NotKnown;
use super::expression::{Expression, Name, Names};
use super::step::{Parameter, Parsed, ParsedComponent, TemplateStep};
use super::tag::{self, TagTokens};

/// Reads a template.
pub(super) fn parsed(text: &str, names: &mut Names<'_>) -> Result<Parsed, NotKnown> {
    let mut parser = Parser { rest: text, names, trims: false, template: Parsed::default() };
    let (steps, end) = parser.steps(&[])?;
    if end.is_some() {
        return Err(NotKnown);
    }
    Ok(Parsed { steps, ..parser.template })
}

/// The tag after some steps: its first word, and the rest of it.
type EndTag<'t> = (&'t str, TagTokens<'t>);

/// A template that is being read.
struct Parser<'t, 'n, 'f> {
    rest: &'t str,
    names: &'n mut Names<'f>,
    /// True if the white space that comes next is dropped.
    trims: bool,
    template: Parsed,
}

impl<'t> Parser<'t, '_, '_> {
    /// Reads steps up to a tag that begins with one of the words in `ends`, or to the end of the template. It returns that word and the
    /// rest of the tag.
    fn steps(
        &mut self,
        ends: &[&str],
    ) -> Result<(Vec<TemplateStep>, Option<EndTag<'t>>), NotKnown> {
        let mut steps = Vec::new();
        loop {
            let is_tag =
                |at: &usize| matches!(self.rest.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#'));
            let at = memchr_iter(b'{', self.rest.as_bytes()).find(is_tag);
            let (text, tag) = self.rest.split_at(at.unwrap_or(self.rest.len()));
            let text = if self.trims { text.trim_start() } else { text };
            let text =
                if tag[2.min(tag.len())..].starts_with('-') { text.trim_end() } else { text };
            if !text.is_empty() {
                steps.push(TemplateStep::Text(text.into()));
            }
            let Some(kind) = tag.get(1..2) else {
                self.rest = "";
                return Ok((steps, None));
            };
            let inner = tag[2..].strip_prefix('-').unwrap_or(&tag[2..]);
            if kind == "#" {
                let (comment, rest) = inner.split_once("#}").ok_or(NotKnown)?;
                (self.trims, self.rest) = (comment.ends_with('-'), rest);
                continue;
            }
            let read = tag::read(inner, if kind == "{" { "}}" } else { "%}" })?;
            (self.trims, self.rest) = (read.trims, read.rest);
            let mut tokens = TagTokens::new(read.tokens);
            if kind == "{" {
                steps.push(self.shown(&mut tokens)?);
                tokens.end()?;
                continue;
            }
            let word = tokens.name()?;
            if ends.contains(&word) {
                return Ok((steps, Some((word, tokens))));
            }
            steps.extend(self.statement(word, tokens)?);
        }
    }

    fn shown(&mut self, tokens: &mut TagTokens<'_>) -> Result<TemplateStep, NotKnown> {
        if !tokens.take("<") {
            return Ok(TemplateStep::Show(Expression::read(tokens, self.names)?));
        }
        let component = tokens.name()?;
        let (component, mut arguments) = (self.names.name(component), Vec::new());
        while !tokens.take("/>") {
            let name = tokens.name()?;
            tokens.expect("=")?;
            let value = if tokens.take("{") {
                let value = Expression::read(tokens, self.names)?;
                tokens.expect("}")?;
                value
            } else {
                Expression::Text(tokens.text()?.into())
            };
            arguments.push((self.names.name(name), value));
        }
        Ok(TemplateStep::Component(component, arguments))
    }

    fn statement(
        &mut self,
        word: &str,
        mut tokens: TagTokens<'_>,
    ) -> Result<Option<TemplateStep>, NotKnown> {
        let step = match word {
            "set" | "set_global" => {
                let name = tokens.name()?;
                let name = self.names.name(name);
                tokens.expect("=")?;
                let value = Expression::read(&mut tokens, self.names)?;
                if word == "set" {
                    TemplateStep::Set(name, value)
                } else {
                    TemplateStep::SetAround(name, value)
                }
            }
            "include" => TemplateStep::Include(self.names.name(tokens.text()?)),
            "extends" => {
                self.template.extends = Some(tokens.text()?.to_owned());
                tokens.end()?;
                return Ok(None);
            }
            "if" => {
                let condition = Expression::read(&mut tokens, self.names)?;
                tokens.end()?;
                return self.conditions(condition).map(Some);
            }
            "for" => {
                let name = tokens.name()?;
                tokens.expect("in")?;
                let list = Expression::read(&mut tokens, self.names)?;
                let (steps, end) = self.steps(&["else", "endfor"])?;
                let has_else = end.ok_or(NotKnown)?.0 == "else";
                let otherwise = if has_else { self.steps_to("endfor")? } else { Vec::new() };
                TemplateStep::For(self.names.name(name), list, steps, otherwise)
            }
            "block" => {
                let name = tokens.name()?;
                TemplateStep::Block(name.to_owned(), self.steps_to("endblock")?)
            }
            "component" => {
                let name = tokens.name()?;
                let (parameters, implicit) = self.parameters(&mut tokens)?;
                let steps = self.steps_to("endcomponent")?;
                let component = ParsedComponent { parameters, implicit, steps };
                self.template.components.insert(name.to_owned(), component);
                tokens.end()?;
                return Ok(None);
            }
            _ => return Err(NotKnown),
        };
        tokens.end()?;
        Ok(Some(step))
    }

    fn steps_to(&mut self, end: &str) -> Result<Vec<TemplateStep>, NotKnown> {
        let (steps, found) = self.steps(&[end])?;
        found.map(|_| steps).ok_or(NotKnown)
    }

    /// Reads the cases of an `if`, of which the first has the given condition.
    fn conditions(&mut self, mut condition: Expression) -> Result<TemplateStep, NotKnown> {
        let mut cases = Vec::new();
        loop {
            let (steps, end) = self.steps(&["elif", "else", "endif"])?;
            cases.push((condition, steps));
            let (word, mut tokens) = end.ok_or(NotKnown)?;
            match word {
                "elif" => condition = Expression::read(&mut tokens, self.names)?,
                "else" => return Ok(TemplateStep::If(cases, self.steps_to("endif")?)),
                _ => return Ok(TemplateStep::If(cases, Vec::new())),
            }
            tokens.end()?;
        }
    }

    fn parameters(
        &mut self,
        tokens: &mut TagTokens<'_>,
    ) -> Result<(Vec<Parameter>, Vec<Name>), NotKnown> {
        let (mut parameters, mut implicit) = (Vec::new(), Vec::new());
        tokens.expect("(")?;
        while !tokens.take(")") {
            if tokens.take("@") {
                let name = tokens.name()?;
                implicit.push(self.names.name(name));
            } else {
                let name = tokens.name()?;
                let value = tokens.take("=").then(|| Expression::read(tokens, self.names));
                parameters.push((self.names.name(name), value.transpose()?));
            }
            if !tokens.is_next(")") {
                tokens.expect(",")?;
            }
        }
        Ok((parameters, implicit))
    }
}
