//! The description of a note for programs that read JSON-LD.

use std::hash::{Hash, Hasher};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::note::{Citation, NoteId};
use crate::site::Site;
use crate::template;
use crate::view::address::absolute;
use crate::view::parts::{supersession, translation};

/// The description of a page and of its subject as JSON-LD. For a template it is a text, already safe.
/// The type of the subject is the kind's, so what only works have (citations, language, successors) is
/// said of the page. `supersededBy` of schema.org relates terms of schema.org, not documents; Dublin Core has
/// the relations meant here (`dcterms:isReplacedBy`, `dcterms:replaces`).
pub struct JsonLd<'a> {
    site: &'a Site,
    id: NoteId,
    about: &'a str,
}

impl<'a> JsonLd<'a> {
    /// The description of the page of the note at `id`; `None` if its kind has no type.
    pub(crate) fn of(site: &'a Site, id: NoteId) -> Option<Self> {
        let about = site.config.kind(site.note(id).facts.kind).about.as_deref()?;
        Some(Self { site, id, about })
    }

    fn replaced_by(&self) -> Vec<Value> {
        let by = self.site.graph.superseded_by[self.id.index()].iter();
        by.map(|id| self.link(*id)).collect()
    }

    fn replaces(&self) -> Vec<Value> {
        supersession::replaced(self.site, self.id).map(|id| self.link(id)).collect()
    }

    /// The original of the work, if this is another version of it.
    fn original(&self) -> Option<NoteId> {
        let original = self.site.graph.works.original(self.id);
        let is_version = !self.site.note(self.id).facts.origin.is_untranslated();
        (is_version && original != self.id).then_some(original)
    }

    /// The translations of the work, if this is its original.
    fn translations(&self) -> impl Iterator<Item = NoteId> {
        let (site, id) = (self.site, self.id);
        let is_original = site.graph.works.original(id) == id;
        let others = site.graph.works.all(id).filter(move |other| is_original && *other != id);
        others.filter(|other| !site.note(*other).facts.origin.is_untranslated())
    }

    /// The words for how far a translation may be relied on.
    fn standing(&self, name: &str) -> &str {
        let language = &self.site.note(self.id).facts.place.language;
        self.site.card(language).words.get(translation::standing_key(name))
    }

    fn link(&self, id: NoteId) -> Value {
        let facts = &self.site.note(id).facts;
        match absolute(self.site, &facts.place.output) {
            Some(url) => json!({ "@id": url }),
            None => json!({ "@type": "CreativeWork", "name": facts.card.title }),
        }
    }

    fn citation(&self, citation: &Citation) -> Value {
        let references = &self.site.graph.references[self.id.index()];
        let note = citation.reference.and_then(|at| references.get(at as usize)?.note());
        match (note, &citation.url) {
            (Some(id), _) => self.link(id),
            (None, Some(url)) => {
                json!({ "@type": "CreativeWork", "name": citation.title, "url": url })
            }
            (None, None) => json!({ "@type": "CreativeWork", "name": citation.title }),
        }
    }

    fn json(&self) -> Value {
        let facts = &self.site.note(self.id).facts;
        let mut thing = Map::new();
        let kind = self.about.strip_prefix("https://schema.org/").unwrap_or(self.about);
        thing.insert("@type".to_owned(), json!(kind));
        thing.insert("name".to_owned(), json!(facts.card.title));
        let mut page = Map::new();
        let mut say = |key: &str, value: Value| {
            let is_empty = value.as_array().is_some_and(Vec::is_empty);
            if !value.is_null() && !is_empty {
                page.insert(key.to_owned(), value);
            }
        };
        say("@context", json!(["https://schema.org", { "dcterms": "http://purl.org/dc/terms/" }]));
        say("@type", json!("WebPage"));
        say("@id", json!(absolute(self.site, &facts.place.output)));
        say("name", json!(facts.card.title));
        say("description", json!(facts.card.summary));
        say("inLanguage", json!(facts.card.language.as_str()));
        say("datePublished", json!(facts.published));
        say("lastReviewed", json!(facts.reviewed_on));
        say("dateModified", json!(facts.changed()));
        say("translationOfWork", json!(self.original().map(|id| self.link(id))));
        say("workTranslation", self.translations().map(|id| self.link(id)).collect());
        if let Some(translation) = &facts.translation {
            say("translator", json!(translation.by));
            let standing = translation.standing.as_deref();
            say("creativeWorkStatus", json!(standing.map(|name| self.standing(name))));
        }
        let home = self.site.config.base_url.as_deref();
        say("isPartOf", json!({ "@type": "WebSite", "name": self.site.config.title, "url": home }));
        say("citation", facts.sources.iter().map(|source| self.citation(source)).collect());
        say("dcterms:isReplacedBy", Value::Array(self.replaced_by()));
        say("dcterms:replaces", Value::Array(self.replaces()));
        let other = facts.other_names().filter(|name| *name != facts.card.title);
        let other: Vec<&str> = other.collect();
        if !other.is_empty() {
            thing.insert("alternateName".to_owned(), json!(other));
        }
        say("mainEntity", Value::Object(thing));
        Value::Object(page)
    }
}

/// Hashes the facts that the text is made from, not the text, so that it costs little.
impl Hash for JsonLd<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let facts = &self.site.note(self.id).facts;
        (self.about, &facts.card, &facts.sources).hash(state);
        (facts.published, facts.reviewed_on, facts.changed()).hash(state);
        if let Some(translation) = &facts.translation {
            translation.hash(state);
            translation.standing.as_deref().map(|name| self.standing(name)).hash(state);
        }
        facts.names.iter().for_each(|name| name.written.hash(state));
        (&self.site.config.base_url, &self.site.config.title).hash(state);
        let targets = self.site.graph.references[self.id.index()].iter();
        let graph = &self.site.graph;
        let by = graph.superseded_by[self.id.index()].iter().copied();
        self.original().is_some().hash(state);
        let versions = self.original().into_iter().chain(self.translations());
        for id in targets.filter_map(|to| to.note()).chain(by).chain(versions) {
            // The title stands in for an address where there is none.
            let facts = &self.site.note(id).facts;
            match &self.site.config.base_url {
                Some(_) => facts.place.output.hash(state),
                None => facts.card.hash(state),
            }
        }
    }
}

impl Serialize for JsonLd<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Nothing in it may end the element that it stands in.
        let text = self.json().to_string().replace('<', "\\u003c");
        template::serialize_safe(&text, serializer)
    }
}
