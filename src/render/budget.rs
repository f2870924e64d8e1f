//! A limit on the work of a template. A theme may come with a pull request, and its templates may
//! loop without end or make ever longer texts. So `metered` inserts calls into templates that are
//! not built in, and these calls count here. A page may use a fixed amount of work.

use std::borrow::Cow;
use std::cell::Cell;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

/// The most steps that a template may make for one page. A step is one round of a loop, a block or
/// a component, or the output of 1 KB. The largest pages need some ten thousand.
const MOST: u64 = 250_000;

/// The number of units that a step costs. A unit is one value, or 64 bytes of text.
const STEP: u64 = 16;
const UNIT: usize = 64;

/// The length of a text, in bytes, and of a list, above which each operator costs more: an operator
/// may go through the whole of it.
const LONG_TEXT: usize = 16 * 1024;
const LONG_LIST: usize = 10_000;
/// The number of entries of a list that an operator processes for one unit.
const ENTRIES: usize = 256;

/// The longest text that a template may make, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// The most parts into which a template may split a text; Tera's `range` has the same limit.
const MOST_PARTS: usize = 100_000;

/// The depth to which a template may nest lists.
const DEEPEST: usize = 32;

// No template can call these: they are registered only after the templates of the theme were read
// as written.

/// The name of the function that counts a step.
pub(super) const COUNT: &str = "fieldbook_counts_a_step";
/// The name of the function that weighs its arguments.
pub(super) const WEIGH: &str = "fieldbook_weighs";
/// The name of the filter that weighs a value which is stored.
pub(super) const KEPT: &str = "fieldbook_kept";
/// The name of the filter and of the function that weigh a value which is output.
pub(super) const SHOWN: &str = "fieldbook_shown";

thread_local! {
    /// The units that the page has used.
    static SPENT: Cell<u64> = const { Cell::new(0) };
    /// The units that an operator costs.
    static OPERATOR: Cell<u64> = const { Cell::new(1) };
}

/// Resets the counts for a new page.
pub(super) fn begin() {
    SPENT.set(0);
    OPERATOR.set(1);
}

/// Replaces those filters of Tera whose result may be much longer than their input, or which take
/// time in proportion to the square of its length.
pub(super) fn bound_filters(tera: &mut Tera) {
    tera.register_filter("str", |value: Value, _: Kwargs, _: &State<'_>| {
        weigh(&value, 0)?;
        let text = value.to_string();
        fits(text.len()).map(|()| text)
    });
    tera.register_filter("split", split);
    tera.register_filter("escape", |input: StringInput<'_>, _: Kwargs, state: &State<'_>| {
        if input.is_safe() {
            return Ok(input.into_value());
        }
        let text = state.escape(input.as_str())?;
        fits(text.len()).map(|()| Value::safe_string(&text))
    });
    tera.register_filter("escape_html", |input: &str, _: Kwargs, _: &State<'_>| {
        let mut text = Vec::with_capacity(input.len());
        tera::escape_html(input, &mut text).map_err(|error| Error::message(error.to_string()))?;
        fits(text.len())?;
        String::from_utf8(text).map_err(|error| Error::message(error.to_string()))
    });
    tera.register_filter("escape_xml", |input: &str, _: Kwargs, _: &State<'_>| {
        let signs =
            [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&apos;")];
        let text =
            signs.iter().fold(input.to_owned(), |text, (sign, name)| text.replace(sign, name));
        fits(text.len()).map(|()| text)
    });
    tera.register_filter("replace", replace);
    tera.register_filter("indent", indent);
    tera.register_filter("join", join);
    tera.register_filter("unique", unique);
}

/// Registers the calls that `metered` inserts into templates.
pub(super) fn register_calls(tera: &mut Tera) {
    tera.register_function(COUNT, |given: Kwargs, _: &State<'_>| {
        let cost = match given.get::<u64>("operators")? {
            Some(operators) => operators.saturating_mul(OPERATOR.get()),
            None => STEP + given.get::<u64>("text")?.unwrap_or_default() / UNIT as u64,
        };
        spend(cost).map(|()| Value::safe_string(""))
    });
    tera.register_function(WEIGH, |given: Kwargs, _: &State<'_>| {
        given.iter().try_for_each(|(_, value)| weigh_kept(value))?;
        Ok::<_, Error>(Value::safe_string(""))
    });
    tera.register_function(SHOWN, |given: Kwargs, _: &State<'_>| {
        given.iter().try_for_each(|(_, value)| weigh(value, 0))?;
        Ok::<_, Error>(Value::safe_string(""))
    });
    tera.register_filter(KEPT, |value: Value, _: Kwargs, _: &State<'_>| {
        weigh_kept(&value).map(|()| value)
    });
    tera.register_filter(SHOWN, |value: Value, _: Kwargs, _: &State<'_>| {
        weigh(&value, 0).map(|()| value)
    });
}

fn spend(units: u64) -> TeraResult<()> {
    SPENT.set(SPENT.get().saturating_add(units));
    if SPENT.get() <= MOST * STEP {
        Ok(())
    } else {
        Err(Error::message(format!("it makes more than {MOST} steps for one page")))
    }
}

/// Spends the weight of a value and everything in it.
fn weigh(value: &Value, depth: usize) -> TeraResult<()> {
    if depth > DEEPEST {
        return Err(Error::message(format!("it puts more than {DEEPEST} lists into one another")));
    }
    spend(1 + value.as_str().map_or(0, |text| text.len() / UNIT) as u64)?;
    if let Some(values) = value.as_array() {
        values.iter().try_for_each(|value| weigh(value, depth + 1))?;
    }
    if let Some(map) = value.as_map() {
        map.values().try_for_each(|value| weigh(value, depth + 1))?;
    }
    Ok(())
}

fn weigh_kept(value: &Value) -> TeraResult<()> {
    let text = value.as_str().map_or(0, str::len);
    fits(text)?;
    let list = value.as_array().map_or(0, <[Value]>::len);
    let cost = 1 + text.saturating_sub(LONG_TEXT) / UNIT + list.saturating_sub(LONG_LIST) / ENTRIES;
    OPERATOR.set(OPERATOR.get().max(cost as u64));
    weigh(value, 0)
}

fn fits(length: usize) -> TeraResult<()> {
    if length <= LONGEST {
        Ok(())
    } else {
        Err(Error::message("it makes a text of more than 4 MB"))
    }
}

/// Returns both texts escaped if one of them is safe, as Tera does, or else unchanged.
fn rendered<'t>(
    texts: [&'t StringInput<'t>; 2],
    state: &State<'_>,
) -> TeraResult<(bool, [Cow<'t, str>; 2])> {
    let [one, other] = texts;
    let is_safe = state.autoescaping_enabled() && (one.is_safe() || other.is_safe());
    if is_safe {
        Ok((true, [one.rendered(state)?, other.rendered(state)?]))
    } else {
        Ok((false, [one.as_str().into(), other.as_str().into()]))
    }
}

fn text(is_safe: bool, text: String) -> Value {
    if is_safe { Value::safe_string(&text) } else { Value::from(text) }
}

fn replace(input: StringInput<'_>, given: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = given.must_get::<&str>("from")?;
    let to = given.must_get::<StringInput<'_>>("to")?;
    let (is_safe, [input, to]) = rendered([&input, &to], state)?;
    // Most texts are short, so the occurrences of `from` aren't counted for them.
    if (input.len() + 1).saturating_mul(to.len() + 1) > LONGEST && to.len() > from.len() {
        fits(input.matches(from).count().saturating_mul(to.len()))?;
    }
    Ok(text(is_safe, input.replace(from, &to)))
}

fn indent(input: StringInput<'_>, given: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let width = given.get::<usize>("width")?.unwrap_or(4).min(1000);
    let space = Value::from(" ");
    let unit = given.get::<Value>("indentation")?.unwrap_or(space);
    let [first, blank] = ["first", "blank"].map(|name| given.get::<bool>(name));
    let (first, blank) = (first?.unwrap_or_default(), blank?.unwrap_or_default());
    let unit = <StringInput<'_> as tera::ArgFromValue<'_>>::from_value(&unit)?;
    if unit.as_str().chars().count() != 1 {
        let message = "the `indentation` argument must contain exactly one character";
        return Err(Error::message(message));
    }
    let (is_safe, [input, unit]) = rendered([&input, &unit], state)?;
    let indentation = unit.repeat(width);
    let mut out = String::with_capacity(input.len());
    for (n, line) in input.lines().enumerate() {
        if n > 0 {
            out.push('\n');
        }
        if (n > 0 || first) && (n == 0 || blank || !line.is_empty()) {
            out.push_str(&indentation);
        }
        out.push_str(line);
        fits(out.len().saturating_sub(input.len()))?;
    }
    if input.ends_with('\n') {
        out.push('\n');
    }
    Ok(text(is_safe, out))
}

fn join(values: &[Value], given: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let separator = given.get::<StringInput<'_>>("sep")?;
    let is_safe = state.autoescaping_enabled()
        && (values.iter().any(|value| value.is_string() && value.is_safe())
            || separator.as_ref().is_some_and(StringInput::is_safe));
    let separator = match &separator {
        Some(separator) if is_safe => separator.rendered(state)?,
        Some(separator) => separator.as_str().into(),
        None => "".into(),
    };
    let mut out = String::new();
    for (n, value) in values.iter().enumerate() {
        if n > 0 {
            out.push_str(&separator);
        }
        match is_safe {
            true if value.is_undefined() => {}
            true => out.push_str(&state.escape_if_needed(value)?),
            false => out.push_str(&value.to_string()),
        }
        fits(out.len())?;
    }
    Ok(text(is_safe, out))
}

fn split(input: &str, given: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let by = given.must_get::<&str>("pat")?;
    let parts: Vec<Value> = input.split(by).take(MOST_PARTS + 1).map(Value::from).collect();
    if parts.len() > MOST_PARTS {
        Err(Error::message(format!("it splits a text into more than {MOST_PARTS} parts")))
    } else {
        Ok(parts)
    }
}

/// Works like Tera's `unique`: each value is compared with all before it. The cost of that is
/// spent.
fn unique(values: &[Value], _: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let mut found: Vec<Value> = Vec::new();
    for value in values {
        spend((found.len() / UNIT) as u64)?;
        if !found.contains(value) {
            found.push(value.clone());
        }
    }
    Ok(found)
}
