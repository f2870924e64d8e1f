//! The nature of a file, judged by its name. Servers go by endings, and Apache by all of them: for
//! `x.html.fr` it uses `.html`, because it doesn't know the last ending.

/// The treatment of a file by browser and server, judged by its name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileNature {
    /// Shown or saved, whatever it contains.
    Inert,
    /// Markup, whose content decides. Holds the ending that says so.
    Markup(String),
    /// A page, or a file that is run. Holds the ending that says so.
    Runs(String),
    /// A packed file of one of the two sorts above, which can't be inspected. Holds the ending that
    /// says so.
    Packed(String),
    /// Markup in an encoding that the name declares. Holds the ending of the markup.
    Encoded(String),
    /// Unknown; some servers let the browser guess from the beginning.
    Unknown,
    /// Settings that the server takes for itself.
    Settings,
}

/// Endings that every server has long known, and for which none runs anything.
const INERT_ENDINGS: &[&str] = &[
    "avi", "bmp", "csv", "doc", "docx", "gif", "ico", "jpeg", "jpg", "mov", "mp3", "mp4", "mpeg",
    "mpg", "odp", "ods", "odt", "ogg", "pdf", "png", "ppt", "pptx", "rtf", "tif", "tiff", "txt",
    "wav", "xls", "xlsx", "zip",
];

/// Endings of packed files, which servers send as their content: with `gzip_static`, nginx answers
/// a request for `x.html` with `x.html.gz`.
const PACKED_ENDINGS: &[&str] = &["br", "bz2", "gz", "xz", "z", "zst"];

/// Endings of files that browsers or common servers run, or treat as a page or its styles. They
/// count at any place in a name.
const RUN_ENDINGS: &[&str] = &[
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

/// Endings of markup that count at any place in a name.
const MARKUP_ENDINGS: &[&str] = &["svg", "xml"];

/// The beginnings of endings that declare the encoding of a file to servers (`mod_mime` of Apache,
/// `AddCharset`). In another encoding, the characters of markup may be other bytes.
const ENCODING_STARTS: &[&str] = &[
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

/// Media types of files that a browser, or a former part of it, runs.
const RUN_TYPES: &[&str] = &[
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

/// Names of files with which hosts are configured: Apache, Azure, Cloudflare, GitHub, IIS, Netlify,
/// Vercel.
const SETTINGS_FILES: &[&str] = &[
    "_headers",
    "_redirects",
    "_routes.json",
    "cname",
    "netlify.toml",
    "staticwebapp.config.json",
    "vercel.json",
    "web.config",
];

/// Returns the nature of a file, judged by its name without the folder.
pub(super) fn named(name: &str) -> FileNature {
    let name = name.to_ascii_lowercase();
    if SETTINGS_FILES.contains(&name.trim_end_matches(['.', ' '])) {
        return FileNature::Settings;
    }
    // Windows drops dots and spaces at the end of a name.
    let endings = name.split('.').skip(1).map(str::trim).filter(|ending| !ending.is_empty());
    let (mut is_packed, mut is_last) = (false, true);
    let endings: Vec<_> = endings.collect();
    let is_encoding =
        |ending: &&&str| ENCODING_STARTS.iter().any(|known| ending.starts_with(known));
    let encoding = endings.iter().find(is_encoding).copied();
    for ending in endings.into_iter().rev() {
        if PACKED_ENDINGS.contains(&ending) {
            is_packed = true;
            continue;
        }
        let (runs, is_markup) = if is_last {
            (is_run(ending), is_markup(ending))
        } else {
            (RUN_ENDINGS.contains(&ending), MARKUP_ENDINGS.contains(&ending))
        };
        match (runs, is_markup) {
            _ if INERT_ENDINGS.contains(&ending) => return FileNature::Inert,
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

/// Returns whether files with this ending are run, according to the ending or its media type.
fn is_run(ending: &str) -> bool {
    let languages = ["javascript", "ecmascript", "jscript", "vbscript", "httpd-php"];
    let is_script = |kind: &str| languages.iter().any(|language| kind.contains(language));
    RUN_ENDINGS.contains(&ending)
        || types(ending).any(|kind| RUN_TYPES.contains(&&*kind) || is_script(&kind))
}

/// Returns whether browsers read files with this ending as XML (MIME Sniffing, section 4.6).
fn is_markup(ending: &str) -> bool {
    let is_xml =
        |kind: String| kind.ends_with("+xml") || matches!(&*kind, "text/xml" | "application/xml");
    MARKUP_ENDINGS.contains(&ending) || types(ending).any(is_xml)
}

/// Returns the media types of an ending.
fn types(ending: &str) -> impl Iterator<Item = String> {
    mime_guess::from_ext(ending).into_iter().map(|kind| kind.essence_str().to_owned())
}
