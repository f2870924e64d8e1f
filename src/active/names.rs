//! What the name of a file tells of it. Servers go by endings, and Apache by all of them: of
//! `x.html.fr` it takes `.html`, for the last ending means nothing to it.

/// What a browser, or the server, makes of a file, as its name has it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileNature {
    /// It is shown or saved, whatever is in it.
    Inert,
    /// It is markup, of which it depends on what is in it. The ending that says so.
    Markup(String),
    /// It is run, or a page. The ending that says so.
    Runs(String),
    /// The same, or markup, packed so that nobody can look into it. The ending that says so.
    Packed(String),
    /// Markup in an encoding that the name tells. The ending that says that it is markup.
    Encoded(String),
    /// Nobody knows; some servers leave it to the browser to guess from how it begins.
    Unknown,
    /// It is taken by the server for its own settings.
    Settings,
}

/// Endings that every server has known for long, and for which none runs anything.
const INERT: &[&str] = &[
    "avi", "bmp", "csv", "doc", "docx", "gif", "ico", "jpeg", "jpg", "mov", "mp3", "mp4", "mpeg",
    "mpg", "odp", "ods", "odt", "ogg", "pdf", "png", "ppt", "pptx", "rtf", "tif", "tiff", "txt",
    "wav", "xls", "xlsx", "zip",
];

/// Endings of packed files, which servers send as what they hold: with `gzip_static`, nginx answers a
/// request for `x.html` with `x.html.gz`.
const PACKED: &[&str] = &["br", "bz2", "gz", "xz", "z", "zst"];

/// Endings of what browsers or common servers run, or take for a page or its styles. These count
/// wherever they stand in a name.
const RUN: &[&str] = &[
    "asa",
    "asax",
    "ascx",
    "ashx",
    "asis",
    "asmx",
    "asp",
    "aspx",
    "cfm",
    "cgi",
    "cjs",
    "css",
    "fcgi",
    "hta",
    "htc",
    "htm",
    "html",
    "htt",
    "hxt",
    "jar",
    "jhtml",
    "js",
    "jse",
    "jsp",
    "jspx",
    "mht",
    "mhtml",
    "mjs",
    "phar",
    "php",
    "php3",
    "php4",
    "php5",
    "php7",
    "php8",
    "phps",
    "pht",
    "phtml",
    "shtm",
    "shtml",
    "stm",
    "svgz",
    "swf",
    "var",
    "vbe",
    "vbs",
    "wasm",
    "webarchive",
    "wsf",
    "xap",
    "xbap",
    "xbl",
    "xht",
    "xhtm",
    "xhtml",
    "xsl",
    "xslt",
    "xul",
];

/// Endings of markup that count wherever they stand in a name.
const MARKUP: &[&str] = &["svg", "xml"];

/// The beginnings of endings that tell servers the encoding of a file (`mod_mime` of Apache, `AddCharset`). In
/// another encoding the signs of markup may stand elsewhere.
const ENCODINGS: &[&str] = &[
    "ascii",
    "big5",
    "cn-",
    "cp",
    "euc-",
    "gb",
    "hz",
    "iso",
    "jis",
    "koi8",
    "latin",
    "shift_jis",
    "sjis",
    "tis",
    "ucs",
    "us-ascii",
    "utf",
    "viscii",
    "win-",
    "windows-",
    "x-",
];

/// Media types of files that a browser, or a part that used to belong to it, runs.
const TYPES: &[&str] = &[
    "application/hta",
    "application/java-archive",
    "application/wasm",
    "application/x-java-applet",
    "application/x-java-jnlp-file",
    "application/x-ms-application",
    "application/x-shockwave-flash",
    "application/xaml+xml",
    "application/xhtml+xml",
    "application/xslt+xml",
    "message/rfc822",
    "text/css",
    "text/html",
    "text/x-html-insertion",
];

/// Names of files by which hosts are told how to send a site: Apache, Azure, Cloudflare, GitHub, IIS,
/// Netlify, Vercel.
const SETTINGS: &[&str] = &[
    "_headers",
    "_redirects",
    "_routes.json",
    "cname",
    "netlify.toml",
    "staticwebapp.config.json",
    "vercel.json",
    "web.config",
];

/// What the name of a file, without its folder, tells of it.
pub(super) fn named(name: &str) -> FileNature {
    let name = name.to_ascii_lowercase();
    if SETTINGS.contains(&name.trim_end_matches(['.', ' '])) {
        return FileNature::Settings;
    }
    // Windows drops dots and spaces at the end of a name.
    let endings = name.split('.').skip(1).map(str::trim).filter(|ending| !ending.is_empty());
    let (mut is_packed, mut is_last) = (false, true);
    let endings: Vec<_> = endings.collect();
    let is_encoding = |ending: &&&str| ENCODINGS.iter().any(|known| ending.starts_with(known));
    let encoding = endings.iter().find(is_encoding).copied();
    for ending in endings.into_iter().rev() {
        if PACKED.contains(&ending) {
            is_packed = true;
            continue;
        }
        let (runs, is_markup) = match is_last {
            true => (is_run(ending), is_markup(ending)),
            false => (RUN.contains(&ending), MARKUP.contains(&ending)),
        };
        match (runs, is_markup) {
            _ if INERT.contains(&ending) => return FileNature::Inert,
            (false, false) => is_last = false,
            _ if is_packed => return FileNature::Packed(ending.to_owned()),
            (true, _) => return FileNature::Runs(ending.to_owned()),
            (false, true) if encoding.is_some() => {
                return FileNature::Encoded(ending.to_owned());
            }
            (false, true) => return FileNature::Markup(ending.to_owned()),
        }
    }
    FileNature::Unknown
}

/// Whether files with this ending are run, as far as the ending or its media type tells.
fn is_run(ending: &str) -> bool {
    let languages = ["javascript", "ecmascript", "jscript", "vbscript", "httpd-php"];
    let is_script = |kind: &str| languages.iter().any(|language| kind.contains(language));
    RUN.contains(&ending) || types(ending).any(|kind| TYPES.contains(&&*kind) || is_script(&kind))
}

/// Whether browsers read files with this ending as XML (MIME Sniffing, section 4.6).
fn is_markup(ending: &str) -> bool {
    let is_xml =
        |kind: String| kind.ends_with("+xml") || matches!(&*kind, "text/xml" | "application/xml");
    MARKUP.contains(&ending) || types(ending).any(is_xml)
}

/// The media types of an ending.
fn types(ending: &str) -> impl Iterator<Item = String> {
    mime_guess::from_ext(ending).into_iter().map(|kind| kind.essence_str().to_owned())
}
