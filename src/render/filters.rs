//! The filters that templates have beside those of Tera. Each is written once, for what it reads of its
//! arguments and of the page; Tera, and the templates that are built in (`filters/built_in`), call it with values of their own.

mod built_in;

use std::borrow::Cow;

use pulldown_cmark_escape::escape_html;
use tera::value::{Key, Map};
use tera::{Kwargs, State, Tera, TeraResult, Value};

use crate::bidi;
use crate::date::Date;
use crate::language::{Direction, Language};
use crate::plural::PluralForm;
use crate::words::DateWord;

pub(super) use built_in::table;

/// Registers the filters.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", date);
    tera.register_filter("lang", lang);
    tera.register_filter("counted", counted);
    tera.register_filter("marked", marked);
    tera.register_filter("isolate", isolate);
}

/// Formats a date for readers: `{{ note.date | date(words = page.site.words) }}`.
fn date(value: &str, arguments: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let words = arguments.must_get::<&Map>("words")?;
    let word = |word: DateWord| words.get(&Key::Str(word.key())).and_then(Value::as_str);
    Ok(date_for_readers(value, word))
}

fn date_for_readers<'w>(value: &str, word: impl Fn(DateWord) -> Option<&'w str>) -> String {
    Date::parse(value).map_or_else(|| value.to_owned(), |date| crate::words::date(date, word))
}

/// Returns a word of the interface with a number, in the plural form of the page's language:
/// `{{ page.site.words["register-rows"] | counted(count = register.total) }}`.
fn counted(word: &Value, arguments: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let count = arguments.must_get::<u64>("count")?;
    let text = match word.as_map() {
        Some(forms) => {
            let page = state.get::<Value>("page")?;
            let language = of_page(&page, "language").and_then(Value::as_str);
            let of = |form: PluralForm| forms.get(&Key::Str(form.name())).and_then(Value::as_str);
            form_for(count, language, of)
        }
        None => word.as_str().unwrap_or_default(),
    };
    Ok(with_count(text, count))
}

fn form_for<'w>(
    count: u64,
    language: Option<&str>,
    form: impl Fn(PluralForm) -> Option<&'w str>,
) -> &'w str {
    let language = language.and_then(Language::new).unwrap_or_else(Language::english);
    PluralForm::choose(&language, count, form).unwrap_or_default()
}

fn with_count(text: &str, count: u64) -> String {
    text.replace("{count}", &count.to_string())
}

/// Returns a text that stands in a line with others, such as `{{ item.text | marked(language = item.language) }}`. If it is in
/// another language than the page, it is marked with that, and if it has letters of the other direction, it does not change
/// the order of its neighbours. A text whose language nobody knows, such as a name, has the direction of its first letter.
fn marked(text: &Value, arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let Some(written) = text.as_str() else { return Ok(text.clone()) };
    let language = arguments.get::<Value>("language")?;
    let language = language.as_ref().and_then(Value::as_str);
    let attributes = language.map(|code| attributes_of(code, state)).transpose()?;
    let is_rtl = is_right_to_left(state)?;
    let marked = with_mark(written, language.is_some(), &attributes.unwrap_or_default(), is_rtl);
    Ok(marked.map_or_else(|| text.clone(), |html| Value::safe_string(&html)))
}

/// Returns the HTML of a text that needs a mark; `None` if it needs none.
fn with_mark(text: &str, has_language: bool, attributes: &str, is_rtl: bool) -> Option<String> {
    let attributes = match attributes {
        "" if !bidi::is_opposite(text, is_rtl) => return None,
        // Words of another script are a part of a text in the language of the page.
        "" if has_language && is_rtl => " dir=\"rtl\"",
        "" if has_language => " dir=\"ltr\"",
        attributes => attributes,
    };
    let mut escaped = String::with_capacity(text.len() + 32);
    // Writing to a text can't fail.
    let _ = escape_html(&mut escaped, text);
    Some(format!("<bdi{attributes}>{escaped}</bdi>"))
}

/// Returns a text for a place without markup, such as the title of a window or a part of a sentence: if it has letters of the
/// other direction than the page, it does not change the order of its neighbours.
fn isolate(text: &str, _: Kwargs, state: &State<'_>) -> TeraResult<String> {
    Ok(bidi::isolated(text, is_right_to_left(state)?).into_owned())
}

/// Says whether the page is read from right to left.
fn is_right_to_left(state: &State<'_>) -> TeraResult<bool> {
    for frame in ["page", "site"] {
        let frame = state.get::<Value>(frame)?;
        if frame.is_some() {
            let direction = of_page(&frame, "direction").and_then(Value::as_str);
            return Ok(direction == Some(Direction::Rtl.as_str()));
        }
    }
    Ok(false)
}

/// Returns the attributes of an element whose text is in another language than the page:
/// `<p{{ card.language | lang }}>`. Empty in a book of one language, so that no template needs to ask.
fn lang(code: &Value, _: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let Some(code) = code.as_str() else { return Ok(Value::from("")) };
    Ok(match attributes_of(code, state)? {
        Cow::Borrowed(text) => Value::from(text),
        Cow::Owned(text) => Value::safe_string(&text),
    })
}

fn attributes_of(code: &str, state: &State<'_>) -> TeraResult<Cow<'static, str>> {
    let page = state.get::<Value>("page")?;
    let is_mixed = of_page(&page, "mixed").and_then(Value::as_bool) == Some(true);
    let language = || of_page(&page, "language").and_then(Value::as_str);
    Ok(attributes_on_page(code, is_mixed, language))
}

/// Returns the attributes of an element whose text is in the language `code`, on a page that shows texts in several languages or doesn't.
fn attributes_on_page<'p>(
    code: &str,
    is_mixed: bool,
    language: impl FnOnce() -> Option<&'p str>,
) -> Cow<'static, str> {
    if !is_mixed || language() == Some(code) {
        return Cow::Borrowed("");
    }
    Language::new(code).map_or(Cow::Borrowed(""), |language| language.attributes().into())
}

fn of_page<'p>(page: &'p Option<Value>, key: &'static str) -> Option<&'p Value> {
    page.as_ref()?.as_map()?.get(&Key::Str(key))
}
