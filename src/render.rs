//! Rendering of views to bytes, with the templates of a theme. A template can use its view and
//! nothing else.

mod accent;
mod assets;
mod budget;
mod builtin;
mod depth;
mod failure;
mod fast;
mod filters;
mod limited;
mod metered;
pub mod rules;
mod scripts;
mod tag;
mod unused;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tera::Tera;

pub use builtin::files as builtin_files;
use fast::BuiltInTemplates;
use limited::LimitedOutput;
use metered::{MeteredTemplate, UnboundedPlace};
use rules::bad_template;

use crate::config::ThemeSettings;
use crate::diagnostic::Diagnostic;
use crate::fingerprint::{Fingerprint, name_of};
use crate::path::OutputPath;
use crate::source::{FileContent, Source, Sources};
use crate::span::Span;
use crate::view::{View, ViewData};

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
    /// All templates, read when the first page needs them if all of them are built in.
    tera: OnceLock<Tera>,
    built_in: BuiltInTemplates,
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
        let (built_in, tera, metered) = if are_all_built_in(&templates) {
            (BuiltInTemplates::All, OnceLock::new(), BTreeMap::new())
        } else {
            let foreign = foreign(&templates);
            let (tera, metered) = checked(&templates, &foreign, out);
            (BuiltInTemplates::some(&templates, &foreign), OnceLock::from(tera), metered)
        };
        let prints: Vec<_> =
            templates.iter().map(|(name, source)| (name, source.fingerprint())).collect();
        let fingerprint = Fingerprint::of(&(prints, env!("CARGO_PKG_VERSION")));
        Self { tera, built_in, metered, templates, fingerprint, files, assets }
    }

    /// Returns the bytes of a view.
    pub fn render(&self, view: &View<'_>) -> Result<Vec<u8>, Diagnostic> {
        match view {
            View::Template(template, data) => {
                let page = self.built_in.render(template, &**data, PAGE);
                page.or_else(|_| self.render_by_tera(template, &**data))
            }
            View::Json(data) => Ok(data.json()),
            View::Bytes(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// Returns the page of a view twice, once by each of the two ways in which templates are run; `None` if it has no template. The
    /// first fails if the page needs templates that are not built in. Where both succeed, they have the same bytes.
    pub fn render_both_ways(&self, view: &View<'_>) -> Option<[Option<Vec<u8>>; 2]> {
        let View::Template(template, data) = view else { return None };
        let fast = self.built_in.render(template, &**data, PAGE);
        Some([fast.ok(), self.render_by_tera(template, &**data).ok()])
    }

    fn render_by_tera(
        &self,
        template: &'static str,
        data: &dyn ViewData,
    ) -> Result<Vec<u8>, Diagnostic> {
        let place = |name: &str, place| match self.metered.get(name) {
            Some(metered) => metered.place(place),
            None => place,
        };
        let failed =
            |error: &tera::Error| failure::rendering(error, &self.templates, template, &place);
        let context = data.variables().map_err(|error| failed(&error))?;
        let mut page = LimitedOutput::new(PAGE);
        budget::begin();
        let tera = self.tera.get_or_init(|| of_built_in(&self.templates));
        match tera.render_to(template, &context, &mut page) {
            Err(_) if page.is_full() => {
                return Err(failure::of_template(&self.templates, template, limited::TOO_LONG));
            }
            rendered => rendered.map_err(|error| failed(&error))?,
        }
        Ok(page.into_bytes())
    }
}

/// Returns an engine with the filters of templates and without any template.
fn engine() -> Tera {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    budget::bound_filters(&mut tera);
    tera
}

/// Returns the templates that are built in, by name.
fn built_in_templates() -> BTreeMap<String, Source> {
    let name = |file: &Source| file.path.below("themes/default/templates").map(str::to_owned);
    let files = builtin_files().into_iter();
    files.filter_map(|file| Some((name(&file)?, file))).collect()
}

/// Returns the texts of templates, each with its name.
fn named_texts(templates: &BTreeMap<String, Source>) -> impl Iterator<Item = (&str, &str)> {
    templates.iter().map(|(name, source)| (name.as_str(), source.text().unwrap_or_default()))
}

/// Says whether templates are those that are built in, each under its own name.
fn are_all_built_in(templates: &BTreeMap<String, Source>) -> bool {
    let built_in = built_in_templates();
    built_in.keys().eq(templates.keys())
        && built_in.values().map(Source::text).eq(templates.values().map(Source::text))
}

/// Returns the engine for templates that are all built in, and so have no faults.
fn of_built_in(templates: &BTreeMap<String, Source>) -> Tera {
    let mut tera = engine();
    let loaded = tera.add_raw_templates(named_texts(templates));
    debug_assert!(loaded.is_ok(), "{loaded:?}");
    tera
}

/// Returns the engine of a theme that has `foreign` templates, and those with calls that count. It reports what is wrong with them.
fn checked(
    templates: &BTreeMap<String, Source>,
    foreign: &[(&String, &Source)],
    out: &mut Vec<Diagnostic>,
) -> (Tera, BTreeMap<String, MeteredTemplate>) {
    let mut tera = engine();
    unused::check(templates, foreign, out);
    // So few templates can't be nested too deep.
    let too_deep = (foreign.len() > depth::DEEPEST / 2).then(|| depth::too_deep(templates));
    let too_deep = too_deep.flatten();
    if let Some(name) = too_deep {
        let message = format!(
            "it includes or extends others, and these others, more than {} deep",
            depth::DEEPEST
        );
        out.push(failure::of_template(templates, name, &message));
    }
    let texts = named_texts(templates).filter(|_| too_deep.is_none());
    // The templates are first added as written, so that errors are reported at their position.
    let loaded = tera.add_raw_templates(texts);
    if let Err(error) = &loaded {
        out.extend(failure::diagnostics(error, templates));
    }
    let metered =
        if loaded.is_ok() && too_deep.is_none() { metered(foreign, out) } else { BTreeMap::new() };
    budget::register_calls(&mut tera);
    let texts = metered.iter().map(|(name, metered)| (name.as_str(), metered.text.as_str()));
    if let Err(error) = tera.add_raw_templates(texts) {
        out.extend(failure::diagnostics(&error, templates));
    }
    (tera, metered)
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
    for (name, source) in built_in_templates() {
        if !source.text().unwrap_or_default().contains("endcomponent") {
            templates.entry(format!("{ORIGINAL}{name}")).or_insert(source);
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
