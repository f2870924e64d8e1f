//! The same filters for the templates that are built in, and those of Tera that these use.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

use pulldown_cmark_escape::escape_html;
use unicode_segmentation::UnicodeSegmentation;

use super::{attributes_on_page, date_for_readers, form_for, with_count, with_mark};
use crate::bidi;
use crate::language::Direction;
use crate::plural::PluralForm;
use crate::template::{DataMap, DataValue, FilterCall, NotKnown, TemplateFilter};
use crate::words::DateWord;

/// A result of a filter.
type Filtered<'d> = Result<DataValue<'d>, NotKnown>;

/// Returns the filters by name.
pub(in crate::render) fn table() -> BTreeMap<&'static str, TemplateFilter> {
    let filters: [(&'static str, TemplateFilter); 13] = [
        ("counted", counted),
        ("date", date),
        ("escape_html", escaped),
        ("first", first),
        ("isolate", isolate),
        ("lang", lang),
        ("last", last),
        ("length", length),
        ("marked", marked),
        ("replace", replace),
        ("safe", safe),
        ("split", split),
        ("str", string),
    ];
    filters.into()
}

fn owned<'d>(text: String) -> DataValue<'d> {
    DataValue::Text(Cow::Owned(text))
}

fn date<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let words = call.argument("words").map().ok_or(NotKnown)?;
    Ok(owned(date_for_readers(call.text()?, |word: DateWord| words.text(word.key()))))
}

fn counted<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let DataValue::Number(count) = call.argument("count") else { return Err(NotKnown) };
    let count = u64::try_from(count).map_err(|_| NotKnown)?;
    let text = match &call.value {
        DataValue::Map(forms) => {
            let language = call.page().and_then(|page| page.text("language"));
            form_for(count, language, |form: PluralForm| forms.text(form.name()))
        }
        value => value.text().unwrap_or_default(),
    };
    Ok(owned(with_count(text, count)))
}

fn marked<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let Some(written) = call.value.text() else { return Ok(call.value) };
    let language = call.argument("language");
    let attributes = language.text().map(|code| attributes(code, call.page()));
    let has_language = attributes.is_some();
    let html =
        with_mark(written, has_language, &attributes.unwrap_or_default(), is_right_to_left(&call));
    Ok(html.map_or(call.value, |html| DataValue::SafeText(Cow::Owned(html))))
}

fn isolate<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let is_rtl = is_right_to_left(&call);
    match call.value {
        // The filter of Tera has a text that is escaped as well.
        DataValue::Text(text) | DataValue::SafeText(text) => {
            Ok(if bidi::is_opposite(&text, is_rtl) {
                owned(bidi::isolated(&text, is_rtl).into_owned())
            } else {
                DataValue::Text(text)
            })
        }
        _ => Err(NotKnown),
    }
}

fn lang<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let text = call.value.text().map(|code| attributes(code, call.page()));
    Ok(DataValue::SafeText(text.unwrap_or_default()))
}

fn attributes(code: &str, page: Option<DataMap<'_>>) -> Cow<'static, str> {
    let is_mixed = matches!(page.and_then(|page| page.get("mixed")), Some(DataValue::Bool(true)));
    attributes_on_page(code, is_mixed, || page.and_then(|page| page.text("language")))
}

fn is_right_to_left(call: &FilterCall<'_, '_>) -> bool {
    let frame = call.page().or_else(|| call.site());
    frame.and_then(|frame| frame.text("direction")) == Some(Direction::Rtl.as_str())
}

/// Returns a text in which another stands for each occurrence of a third. If one of the two that are put together is safe, the
/// other is escaped first.
fn replace<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let (from, to) = (call.argument("from"), call.argument("to"));
    let (from, by) = from.text().zip(to.text()).ok_or(NotKnown)?;
    let is_safe = |value: &DataValue<'_>| matches!(value, DataValue::SafeText(_));
    if !call.escapes() || !is_safe(&call.value) && !is_safe(&to) {
        return Ok(owned(call.text()?.replace(from, by)));
    }
    let html = |value: &DataValue<'_>, text: &str| {
        if is_safe(value) { text.to_owned() } else { html_of(text) }
    };
    let text = html(&call.value, call.text()?).replace(from, &html(&to, by));
    Ok(DataValue::SafeText(Cow::Owned(text)))
}

fn html_of(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 16);
    // Writing to a text can't fail.
    let _ = escape_html(&mut html, text);
    html
}

fn escaped<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    Ok(owned(html_of(call.text()?)))
}

fn safe<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    match call.value {
        DataValue::Text(text) | DataValue::SafeText(text) => Ok(DataValue::SafeText(text)),
        _ => Err(NotKnown),
    }
}

fn string<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    match &call.value {
        DataValue::Number(number) => Ok(owned(number.to_string())),
        DataValue::Text(text) => Ok(DataValue::Text(text.clone())),
        _ => Err(NotKnown),
    }
}

fn split<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let by = call.argument("pat");
    let parts = call.text()?.split(by.text().ok_or(NotKnown)?);
    Ok(DataValue::Texts(Rc::new(parts.map(|part| owned(part.to_owned())).collect())))
}

fn first<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let DataValue::Texts(texts) = &call.value else { return Err(NotKnown) };
    Ok(texts.first().cloned().unwrap_or(DataValue::Null))
}

fn last<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let DataValue::Texts(texts) = &call.value else { return Err(NotKnown) };
    Ok(texts.last().cloned().unwrap_or(DataValue::Null))
}

fn length<'d>(call: FilterCall<'_, 'd>) -> Filtered<'d> {
    let length = match &call.value {
        DataValue::List(list) => list.len(),
        value => value.text().ok_or(NotKnown)?.graphemes(true).count(),
    };
    i64::try_from(length).map(DataValue::Number).map_err(|_| NotKnown)
}
