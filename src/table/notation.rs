//! The two notations of front matter, and how a setting is written in each.

/// The notation of a text of settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Notation {
    /// TOML, between lines of `+++`; also that of the configuration.
    #[default]
    Toml,
    /// YAML, between lines of `---`.
    Yaml,
}

impl Notation {
    /// Returns the line above and below front matter.
    pub fn fence(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }

    /// Returns a setting with a value in one line, which is written alike in both notations.
    pub fn setting(self, key: &str, value: &str) -> String {
        match self {
            Self::Toml => format!("{key} = {value}"),
            Self::Yaml => format!("{key}: {value}"),
        }
    }

    /// Returns several settings in braces.
    pub fn part(self, settings: &[(&str, &str)]) -> String {
        let settings: Vec<String> =
            settings.iter().map(|(key, value)| self.setting(key, value)).collect();
        format!("{{ {} }}", settings.join(", "))
    }

    /// Returns the line below which the settings of one of several parts stand.
    pub fn heading(self, key: &str) -> String {
        match self {
            Self::Toml => format!("[[{key}]]"),
            Self::Yaml => format!("{key}:"),
        }
    }

    /// Returns a line that begins a part below its heading.
    pub fn first_setting(self, key: &str, value: &str) -> String {
        match self {
            Self::Toml => self.setting(key, value),
            Self::Yaml => format!("- {}", self.setting(key, value)),
        }
    }
}
