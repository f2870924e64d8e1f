//! Schemes of addresses, and addresses that lack theirs: `www.example.org` for
//! `https://www.example.org`.

/// Top-level domains other than those of countries, which have two letters.
const DOMAINS: &[&str] = &[
    "academy",
    "agency",
    "aid",
    "app",
    "biz",
    "blog",
    "care",
    "center",
    "charity",
    "church",
    "cloud",
    "com",
    "coop",
    "dev",
    "edu",
    "education",
    "foundation",
    "global",
    "gov",
    "health",
    "info",
    "int",
    "international",
    "jobs",
    "media",
    "mil",
    "museum",
    "net",
    "network",
    "news",
    "ngo",
    "one",
    "ong",
    "online",
    "org",
    "page",
    "press",
    "site",
    "social",
    "support",
    "systems",
    "tech",
    "tv",
    "website",
    "wiki",
    "world",
    "xyz",
];

/// Endings of files that are also top-level domains of countries.
const FILE_ENDINGS: &[&str] = &[
    "ai", "cc", "db", "gz", "hs", "js", "md", "ml", "pl", "ps", "py", "rb", "rs", "sh", "so", "ts",
    "xz",
];

/// Returns the whole address, if `written` is a web or mail address without its `https://` or
/// `mailto:`.
pub fn whole_address(written: &str) -> Option<String> {
    let written = written.trim();
    if written.contains(char::is_whitespace) {
        return None;
    }
    let end = written.find(['/', '?', '#']).unwrap_or(written.len());
    let (host, rest) = written.split_at(end);
    if let Some((person, host)) = host.split_once('@') {
        let is_person = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let is_mail = !person.is_empty() && person.chars().all(is_person) && is_host(host);
        return (is_mail && !rest.starts_with('/')).then(|| format!("mailto:{written}"));
    }
    let host = host.split_once(':').map_or(host, |(host, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { host } else { "" }
    });
    let ending = host.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_name = host.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
        || DOMAINS.contains(&&*ending)
        || ending.len() == 2 && (!FILE_ENDINGS.contains(&&*ending) || rest.len() > 1);
    (is_name && is_host(host)).then(|| format!("https://{written}"))
}

/// Returns the scheme of an address in lower case, as a browser would read it: white space and control
/// characters are passed over (WHATWG URL, section 4.4).
pub fn scheme(written: &str) -> Option<String> {
    let end = written.find([':', '/', '?', '#'])?;
    let scheme = written[..end].chars().filter(|c| !c.is_whitespace() && !c.is_control());
    written[end..].starts_with(':').then(|| scheme.collect::<String>().to_lowercase())
}

/// Says whether `url` is the address of a page on the web.
pub fn is_web_address(url: &str) -> bool {
    let web = matches!(scheme(url).as_deref(), Some("http" | "https"));
    web && url.split_once("://").is_some_and(|(_, rest)| !rest.is_empty())
        && !url.contains(char::is_whitespace)
}

/// Returns whether a text can be a host name: labels separated by dots, the last of letters only.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_sign = |c: char| c.is_alphanumeric() || c == '-';
        !label.is_empty() && label.chars().all(is_sign) && !label.starts_with('-')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    host.contains('.')
        && host.split('.').all(is_label)
        && last.chars().count() > 1
        && last.chars().all(char::is_alphabetic)
}
