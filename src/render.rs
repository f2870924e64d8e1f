//! Rendering of views to bytes, with the templates of a theme. A template can use its view and
//! nothing else.

mod assets;
mod budget;
mod builtin;
mod depth;
mod failure;
mod limited;
mod metered;
pub mod rules;
mod tag;

use std::collections::BTreeMap;

use tera::value::{Key, Map};
use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

pub use builtin::files as builtin_files;
use limited::LimitedOutput;
use metered::{MeteredTemplate, UnboundedPlace};
use rules::bad_template;

use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Fingerprint, name_of};
use crate::language::Language;
use crate::path::{OutputPath, SourcePath};
use crate::source::{FileContent, Source, Sources};
use crate::span::Span;
use crate::view::View;
use crate::words::Strings;

/// The name of the theme that is compiled into the program, and is the fallback of every other.
pub const DEFAULT: &str = "default";

/// A size in which most pages fit, in bytes.
const PAGE: usize = 48 * 1024;

/// The folder of the files whose addresses change with their content.
const ASSETS: &str = "assets/";

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
    /// Files that are copied, by address.
    pub files: BTreeMap<OutputPath, SourcePath>,
    /// The addresses of the files below `static/assets/`, by name. An address contains the
    /// fingerprint of the file, so that browsers may cache the file for ever.
    pub assets: BTreeMap<String, OutputPath>,
}

impl Theme {
    /// Reads the theme called `name`. Missing files are taken from the default theme. Errors in its
    /// templates are reported, and the theme can't be used then.
    pub fn new(sources: &Sources, name: &str, out: &mut Vec<Diagnostic>) -> Self {
        let mut templates: BTreeMap<String, Source> = BTreeMap::new();
        let mut statics: BTreeMap<String, &Source> = BTreeMap::new();
        for theme in layers(name) {
            for source in sources.below(&format!("themes/{theme}/templates")) {
                let name = source.path.below(&format!("themes/{theme}/templates"));
                templates.insert(name.unwrap_or_default().to_owned(), source.clone());
            }
            for source in sources.below(&format!("themes/{theme}/static")) {
                let name = source.path.below(&format!("themes/{theme}/static"));
                statics.insert(name.unwrap_or_default().to_owned(), source);
            }
        }
        assets::check(sources, &statics, out);
        let (mut files, mut assets) = (BTreeMap::new(), BTreeMap::new());
        for (name, source) in statics {
            let output = match name.strip_prefix(ASSETS) {
                Some(asset) => {
                    let output = OutputPath::new(stamped(&name, source));
                    assets.insert(asset.to_owned(), output.clone());
                    output
                }
                None => OutputPath::new(name),
            };
            files.insert(output, source.path.clone());
        }
        let mut tera = Tera::new();
        tera.register_filter("date", date);
        tera.register_filter("lang", lang);
        budget::bound_filters(&mut tera);
        let foreign = foreign(&templates);
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

    /// Returns the strings of the interface in `language`, as far as the theme has them.
    pub fn words(
        sources: &Sources,
        name: &str,
        language: &str,
        fallback: &Strings,
        out: &mut Vec<Diagnostic>,
    ) -> Strings {
        let mut words = fallback.clone();
        for theme in layers(name) {
            let path = SourcePath::new(format!("themes/{theme}/i18n/{language}.toml"));
            if let Some(source) = sources.get(&path) {
                words = Strings::read(source, &words, out);
            }
        }
        words
    }

    /// Returns the bytes of a view.
    pub fn render(&self, view: &View<'_>) -> Result<Vec<u8>, Diagnostic> {
        match view {
            View::Text(text) => return Ok(text.as_bytes().to_vec()),
            View::RegisterData(_) | View::Notes(_) | View::Csl(_) => {
                return Ok(serde_json::to_vec(view).expect("a view has only keys that are text"));
            }
            _ => {}
        }
        let place = |name: &str, place| match self.metered.get(name) {
            Some(metered) => metered.place(place),
            None => place,
        };
        let failed = |error: &tera::Error| {
            failure::rendering(error, &self.templates, view.template(), &place)
        };
        let context = Context::from_serialize(view).map_err(|error| failed(&error))?;
        let mut page = LimitedOutput::new(PAGE);
        budget::begin();
        match self.tera.render_to(view.template(), &context, &mut page) {
            Err(_) if page.is_full() => {
                let template = view.template();
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

/// Inserts counting calls into templates.
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
fn layers(name: &str) -> Vec<&str> {
    if name == DEFAULT { vec![DEFAULT] } else { vec![DEFAULT, name] }
}

/// Formats a date for readers: `{{ note.date | date(words = page.site.words) }}`.
fn date(value: &str, arguments: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let words = arguments.must_get::<&Map>("words")?;
    let Some(date) = Date::parse(value) else { return Ok(value.to_owned()) };
    Ok(crate::words::date(date, |key| {
        words.get(&Key::Str(key)).and_then(Value::as_str).unwrap_or(key)
    }))
}

/// Returns the attributes of an element whose text is in a language: `<p{{ card.language | lang
/// }}>`; empty for the language of the page.
fn lang(code: &str, _: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let page = state.get::<Value>("page")?;
    let own = page.as_ref().and_then(|page| page.as_map()?.get(&Key::Str("language"))?.as_str());
    let language = Language::new(code).filter(|_| own != Some(code));
    Ok(Value::safe_string(&language.map(|language| language.attributes()).unwrap_or_default()))
}
