//! What a page says of its note to programs that read JSON-LD.

use std::hash::{Hash, Hasher};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::frame::absolute;
use crate::note::{Citation, NoteId};
use crate::site::Site;

/// What a page says of its note as JSON-LD: the page, and what it describes. The type of the latter
/// is the kind's, so what only works have (citations, language, what replaced them) is said of the
/// page. `supersededBy` of schema.org relates terms of schema.org, not documents; Dublin Core has
/// the relations meant here (`dcterms:isReplacedBy`, `dcterms:replaces`).
pub struct JsonLd<'a> {
    site: &'a Site,
    id: NoteId,
    about: &'a str,
}

impl<'a> JsonLd<'a> {
    /// What the page of the note at `id` says, if its kind has a type.
    pub(super) fn of(site: &'a Site, id: NoteId) -> Option<Self> {
        let about = site.config.kind(site.note(id).facts.kind).about.as_deref()?;
        Some(Self { site, id, about })
    }

    fn replacements(&self) -> [Vec<Value>; 2] {
        let graph = &self.site.graph;
        let by = graph.superseded_by[self.id.index()].iter().copied();
        let replaced = super::currency::replaced(self.site, self.id);
        [by.map(|id| self.link(id)).collect(), replaced.map(|id| self.link(id)).collect()]
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
        say("inLanguage", json!(facts.place.language.as_str()));
        say("dateModified", json!(facts.changed()));
        let home = self.site.config.base_url.as_deref();
        say("isPartOf", json!({ "@type": "WebSite", "name": self.site.config.title, "url": home }));
        say("citation", facts.sources.iter().map(|source| self.citation(source)).collect());
        let [by, replaced] = self.replacements();
        say("dcterms:isReplacedBy", Value::Array(by));
        say("dcterms:replaces", Value::Array(replaced));
        let other = facts.other_names().filter(|name| *name != facts.card.title);
        let other: Vec<&str> = other.collect();
        if !other.is_empty() {
            thing.insert("alternateName".to_owned(), json!(other));
        }
        say("mainEntity", Value::Object(thing));
        Value::Object(page)
    }
}

/// What the text is made from, not the text, so that to hash it costs little.
impl Hash for JsonLd<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let facts = &self.site.note(self.id).facts;
        (self.about, &facts.card, &facts.sources).hash(state);
        facts.names.iter().for_each(|name| name.written.hash(state));
        (&self.site.config.base_url, &self.site.config.title).hash(state);
        let targets = self.site.graph.references[self.id.index()].iter();
        let graph = &self.site.graph;
        let by = graph.superseded_by[self.id.index()].iter().copied();
        for id in targets.filter_map(|to| to.note()).chain(by) {
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
        tera::Value::safe_string(&text).serialize(serializer)
    }
}
