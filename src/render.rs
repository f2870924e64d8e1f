//! Rendering of views to bytes, with the templates of a theme. A template can use its view and
//! nothing else.

mod accent;
mod assets;
mod budget;
mod builtin;
mod depth;
mod failure;
mod limited;
mod metered;
pub mod rules;
mod scripts;
mod tag;
mod unused;

use std::collections::BTreeMap;

use tera::value::{Key, Map};
use tera::{Kwargs, State, Tera, TeraResult, Value};

pub use builtin::files as builtin_files;
use limited::LimitedOutput;
use metered::{MeteredTemplate, UnboundedPlace};
use rules::bad_template;

use crate::bidi;
use crate::config::ThemeSettings;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Fingerprint, name_of};
use crate::language::{Direction, Language};
use crate::path::OutputPath;
use crate::plural::PluralForm;
use crate::source::{FileContent, Source, Sources};
use crate::span::Span;
use crate::view::View;

/// The name of the theme that is compiled into the program, and is the fallback of every other.
pub const DEFAULT: &str = "default";

/// A size in which most pages fit, in bytes.
const PAGE: usize = 48 * 1024;

/// The folder of the files whose addresses change with their content.
const ASSETS: &str = "assets/";

/// The style sheet of every page.
const SHEET: &str = "assets/site.css";

/// The beginning of a name that means the built-in template, even if the theme has another of that name.
const ORIGINAL: &str = "default/";

/// The look of the site: templates, and files that are copied unchanged.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// The templates that are not built in, with calls that count their steps.
    metered: BTreeMap<String, MeteredTemplate>,
    /// The file of each template.
    templates: BTreeMap<String, Source>,
    /// The fingerprint of all templates.
    pub fingerprint: Fingerprint,
    /// Files that are copied, and scripts joined from parts, by address.
    pub files: BTreeMap<OutputPath, Source>,
    /// The addresses of the files below `static/assets/`, by name. An address contains the
    /// fingerprint of the file, so that browsers may cache the file for ever.
    pub assets: BTreeMap<String, OutputPath>,
}

impl Theme {
    /// Reads the theme called `name`. Missing files are taken from the default theme. Errors in its
    /// templates are reported, and the theme can't be used then.
    pub fn new(
        sources: &Sources,
        name: &str,
        settings: &ThemeSettings,
        out: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut templates: BTreeMap<String, Source> = BTreeMap::new();
        let mut statics: BTreeMap<String, Source> = BTreeMap::new();
        let mut script_parts: BTreeMap<String, &Source> = BTreeMap::new();
        for theme in layers(name) {
            for source in sources.below(&format!("themes/{theme}/templates")) {
                let name = source.path.below(&format!("themes/{theme}/templates"));
                templates.insert(name.unwrap_or_default().to_owned(), source.clone());
            }
            for source in sources.below(&format!("themes/{theme}/static")) {
                let name = source.path.below(&format!("themes/{theme}/static"));
                statics.insert(name.unwrap_or_default().to_owned(), source.clone());
            }
            for source in sources.below(&format!("themes/{theme}/scripts")) {
                let name = source.path.below(&format!("themes/{theme}/scripts"));
                script_parts.insert(name.unwrap_or_default().to_owned(), source);
            }
        }
        for (name, script) in scripts::joined(&script_parts) {
            // A theme may also have the whole script as one file.
            statics.entry(name.clone()).or_insert(script);
        }
        add_originals(&mut templates);
        if let Some((sheet, accent)) = statics.get_mut(SHEET).zip(settings.accent.as_ref()) {
            *sheet = accent::with_accent(sheet, accent);
        }
        assets::check(sources, &statics, out);
        let (mut files, mut assets) = (BTreeMap::new(), BTreeMap::new());
        for (name, source) in statics {
            let output = match name.strip_prefix(ASSETS) {
                Some(asset) => {
                    let output = OutputPath::new(stamped(&name, &source));
                    assets.insert(asset.to_owned(), output.clone());
                    output
                }
                None => OutputPath::new(name),
            };
            files.insert(output, source);
        }
        let mut tera = Tera::new();
        tera.register_filter("date", date);
        tera.register_filter("lang", lang);
        tera.register_filter("counted", counted);
        tera.register_filter("marked", marked);
        tera.register_filter("isolate", isolate);
        budget::bound_filters(&mut tera);
        let foreign = foreign(&templates);
        unused::check(&templates, &foreign, out);
        // So few templates can't be nested too deep.
        let too_deep = (foreign.len() > depth::DEEPEST / 2).then(|| depth::too_deep(&templates));
        let too_deep = too_deep.flatten();
        if let Some(name) = too_deep {
            let message = format!(
                "it includes or extends others, and these others, more than {} deep",
                depth::DEEPEST
            );
            out.push(failure::of_template(&templates, name, &message));
        }
        let texts = templates
            .iter()
            .filter(|_| too_deep.is_none())
            .map(|(name, source)| (name.as_str(), source.text().unwrap_or_default()));
        // The templates are first added as written, so that errors are reported at their position.
        let loaded = tera.add_raw_templates(texts);
        if let Err(error) = &loaded {
            out.extend(failure::diagnostics(error, &templates));
        }
        let metered = if loaded.is_ok() && too_deep.is_none() {
            metered(&foreign, out)
        } else {
            BTreeMap::new()
        };
        budget::register_calls(&mut tera);
        let texts = metered.iter().map(|(name, metered)| (name.as_str(), metered.text.as_str()));
        if let Err(error) = tera.add_raw_templates(texts) {
            out.extend(failure::diagnostics(&error, &templates));
        }
        let prints: Vec<_> =
            templates.iter().map(|(name, source)| (name, source.fingerprint())).collect();
        let fingerprint = Fingerprint::of(&(prints, env!("CARGO_PKG_VERSION")));
        Self { tera, metered, templates, fingerprint, files, assets }
    }

    /// Returns the bytes of a view.
    pub fn render(&self, view: &View<'_>) -> Result<Vec<u8>, Diagnostic> {
        let (template, data) = match view {
            View::Template(template, data) => (*template, data),
            View::Json(data) => return Ok(data.json()),
            View::Bytes(bytes) => return Ok(bytes.to_vec()),
        };
        let place = |name: &str, place| match self.metered.get(name) {
            Some(metered) => metered.place(place),
            None => place,
        };
        let failed =
            |error: &tera::Error| failure::rendering(error, &self.templates, template, &place);
        let context = data.variables().map_err(|error| failed(&error))?;
        let mut page = LimitedOutput::new(PAGE);
        budget::begin();
        match self.tera.render_to(template, &context, &mut page) {
            Err(_) if page.is_full() => {
                return Err(failure::of_template(&self.templates, template, limited::TOO_LONG));
            }
            rendered => rendered.map_err(|error| failed(&error))?,
        }
        Ok(page.into_bytes())
    }
}

/// Returns the templates that are not built in.
fn foreign(templates: &BTreeMap<String, Source>) -> Vec<(&String, &Source)> {
    let built_in = builtin_files();
    let is_built_in = |source: &Source| built_in.iter().any(|file| file.text() == source.text());
    templates.iter().filter(|(_, source)| !is_built_in(source)).collect()
}

/// Adds the built-in templates by names that nothing covers, such as `default/base.html`, if another template uses
/// any: so the `base.html` of a theme can extend the one that is built in. Files of components can't be extended,
/// and a component has one definition.
fn add_originals(templates: &mut BTreeMap<String, Source>) {
    let texts = || templates.values().filter_map(Source::text);
    if !texts().any(|text| text.contains(ORIGINAL)) {
        return;
    }
    for source in builtin_files() {
        let Some(name) = source.path.below("themes/default/templates") else { continue };
        if !source.text().unwrap_or_default().contains("endcomponent") {
            templates.entry(format!("{ORIGINAL}{name}")).or_insert(source.clone());
        }
    }
}

/// Puts calls that count into templates.
fn metered(
    templates: &[(&String, &Source)],
    out: &mut Vec<Diagnostic>,
) -> BTreeMap<String, MeteredTemplate> {
    let mut found = BTreeMap::new();
    for (name, source) in templates.iter().copied() {
        match MeteredTemplate::new(source.text().unwrap_or_default()) {
            Ok(metered) => drop(found.insert(name.clone(), metered)),
            Err(UnboundedPlace(at)) => {
                let message =
                    "this template can't be used: a list in it goes round within an expression";
                let error = Diagnostic::error(
                    &source.path,
                    Span::from(at..at + 3),
                    &bad_template::RULE,
                    message,
                );
                out.push(error.help("go round with {% for %} instead"));
            }
        }
    }
    found
}

/// Returns a name with a fingerprint: `assets/site.css` → `assets/site.0a1b2c3d.css`.
fn stamped(name: &str, source: &Source) -> String {
    let bytes = match &source.content {
        FileContent::Text(text) => text.as_bytes(),
        FileContent::Bytes(bytes) => bytes,
        FileContent::Refused(_) => &[],
    };
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{}.{ending}", name_of(bytes))
}

/// Returns the themes, of which each overrides the earlier ones.
pub(crate) fn layers(name: &str) -> Vec<&str> {
    if name == DEFAULT { vec![DEFAULT] } else { vec![DEFAULT, name] }
}

/// Formats a date for readers: `{{ note.date | date(words = page.site.words) }}`.
fn date(value: &str, arguments: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let words = arguments.must_get::<&Map>("words")?;
    let Some(date) = Date::parse(value) else { return Ok(value.to_owned()) };
    Ok(crate::words::date(date, |word| words.get(&Key::Str(word.key())).and_then(Value::as_str)))
}

/// Returns a word of the interface with a number, in the plural form of the page's language:
/// `{{ page.site.words["register-rows"] | counted(count = register.total) }}`.
fn counted(word: &Value, arguments: Kwargs, state: &State<'_>) -> TeraResult<String> {
    let count = arguments.must_get::<u64>("count")?;
    let page = state.get::<Value>("page")?;
    let code =
        page.as_ref().and_then(Value::as_map).and_then(|page| page.get(&Key::Str("language")));
    let language = || code.and_then(Value::as_str).and_then(Language::new);
    let text = match word.as_map() {
        Some(forms) => {
            let of = |form: PluralForm| forms.get(&Key::Str(form.name())).and_then(Value::as_str);
            let language = language().unwrap_or_else(Language::english);
            PluralForm::choose(&language, count, of).unwrap_or_default()
        }
        None => word.as_str().unwrap_or_default(),
    };
    Ok(text.replace("{count}", &count.to_string()))
}

/// Returns a text that stands in a line with others, such as `{{ item.text | marked(language = item.language) }}`. If it is in
/// another language than the page, it is marked with that, and if it has letters of the other direction, it does not change
/// the order of its neighbours. A text whose language nobody knows, such as a name, has the direction of its first letter.
fn marked(text: &Value, arguments: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let Some(written) = text.as_str() else { return Ok(text.clone()) };
    let language = arguments.get::<Value>("language")?;
    let language = language.as_ref().filter(|code| code.as_str().is_some());
    let attributes = language.map(|code| lang(code, Kwargs::default(), state)).transpose()?;
    let attributes = match attributes.as_ref().and_then(Value::as_str).unwrap_or("") {
        "" if !bidi::is_opposite(written, is_right_to_left(state)?) => return Ok(text.clone()),
        // Words of another script are a part of a text in the language of the page.
        "" if language.is_some() && is_right_to_left(state)? => " dir=\"rtl\"",
        "" if language.is_some() => " dir=\"ltr\"",
        attributes => attributes,
    };
    let mut escaped = Vec::with_capacity(written.len() + 32);
    tera::escape_html(written, &mut escaped)
        .map_err(|error| tera::Error::message(error.to_string()))?;
    let escaped = String::from_utf8_lossy(&escaped);
    Ok(Value::safe_string(&format!("<bdi{attributes}>{escaped}</bdi>")))
}

/// Returns a text for a place without markup, such as the title of a window or a part of a sentence: if it has letters of the
/// other direction than the page, it does not change the order of its neighbours.
fn isolate(text: &str, _: Kwargs, state: &State<'_>) -> TeraResult<String> {
    Ok(bidi::isolated(text, is_right_to_left(state)?).into_owned())
}

/// Says whether the page is read from right to left.
fn is_right_to_left(state: &State<'_>) -> TeraResult<bool> {
    let rtl = Direction::Rtl.as_str();
    for frame in ["page", "site"] {
        if let Some(frame) = state.get::<Value>(frame)? {
            let direction = frame.as_map().and_then(|frame| frame.get(&Key::Str("direction")));
            return Ok(direction.and_then(Value::as_str) == Some(rtl));
        }
    }
    Ok(false)
}

/// Returns the attributes of an element whose text is in another language than the page:
/// `<p{{ card.language | lang }}>`. Empty in a book of one language, so that no template needs to ask.
fn lang(code: &Value, _: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let page = state.get::<Value>("page")?;
    let page = page.as_ref().and_then(Value::as_map);
    let of_page = |key| page.and_then(|page| page.get(&Key::Str(key)));
    let attributes = match (code.as_str(), of_page("mixed").and_then(Value::as_bool)) {
        (Some(code), Some(true)) if of_page("language").and_then(Value::as_str) != Some(code) => {
            Language::new(code).map(|language| language.attributes())
        }
        _ => None,
    };
    Ok(attributes.map_or_else(|| Value::from(""), |text| Value::safe_string(&text)))
}
