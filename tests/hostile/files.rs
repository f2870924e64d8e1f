//! Files beside the notes: what a browser would run is not published, and pictures are.

use fieldbook::active::judged;
use fieldbook::active::rules::{active_file, refused_file};
use fieldbook::diagnostic::{Diagnostic, Rule};

use crate::support;

/// Drawings as the programs that people use write them.
fn drawings() -> Vec<(String, Vec<u8>)> {
    let files = support::read_tree(&support::tests().join("hostile/pictures"));
    assert!(files.len() > 9);
    files.into_iter().collect()
}

fn found(path: &str, bytes: &[u8]) -> Option<Diagnostic> {
    judged(&support::source(path, bytes), &[])
}

fn picture(text: &str) -> Option<Diagnostic> {
    found("content/lessons/x.svg", text.as_bytes())
}

/// The picture with `part` in it, where namespaces and an element are known.
pub(crate) fn with(part: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' \
         xmlns:h='http://www.w3.org/1999/xhtml' viewBox='0 0 9 9'>{part}</svg>"
    )
}

#[test]
fn names_that_browsers_or_servers_run() {
    for name in [
        "a.html",
        "a.HTM",
        "a.xhtml",
        "a.xht",
        "a.shtml",
        "a.js",
        "a.MJS",
        "a.cjs",
        "a.jsm",
        "a.css",
        "a.svgz",
        "a.xsl",
        "a.xslt",
        "a.swf",
        "a.wasm",
        "a.hta",
        "a.htc",
        "a.mht",
        "a.mhtml",
        "a.eml",
        "a.jar",
        "a.class",
        "a.xap",
        "a.vbs",
        "a.php",
        "a.phtml",
        "a.php7",
        "a.asp",
        "a.aspx",
        "a.jsp",
        "a.cgi",
        "a.xul",
        "a.webarchive",
        // Windows drops dots and spaces at the end.
        "a.html.",
        "a.html. .",
        "a.html ",
        // Apache passes over endings it does not know, and those of languages.
        "a.html.fr",
        "a.html.unheard-of",
        "a.fr.html",
        "a.js.map",
        "a.php.webp",
        "a.var",
        "a.var.en",
        // Packed, and sent as what is in it.
        "a.html.gz",
        "a.html.br",
        "index.html.zst",
        "a.js.gz",
        "a.svg.gz",
        "a.xml.br",
        "a.html.fr.gz",
        // Where a host looks for its settings.
        "_headers",
        "_redirects",
        "Web.config",
        "CNAME",
        "netlify.toml",
    ] {
        let found = found(&format!("content/lessons/{name}"), b"words");
        let code = found.map(|found| (found.rule, found.is_error()));
        assert_eq!(code, Some((&refused_file::RULE, true)), "{name}");
    }
}

#[test]
fn names_of_files_that_only_show_themselves() {
    for name in [
        "a.png",
        "a.pdf",
        "a.PDF",
        "a.csv",
        "a.csv.gz",
        "a.docx",
        "a.xlsx",
        "a.zip",
        "a.tar.gz",
        "a.json",
        "a.geojson",
        "a.webp",
        "a.webm",
        "a.mp4",
        "a.txt",
        "a.bib",
        "a.py",
        "a.R",
        "html",
        "js",
        "htmlpage",
        "a-html.txt",
        "a.html.pdf",
        "a.svg.png",
        "a.js.zip",
        "map.es.webp",
        "map.es.pdf",
        "a.html-notes.docx",
        "LICENSE",
        "a.unheard-of",
        "headers",
        "a._headers",
    ] {
        assert_eq!(found(&format!("content/lessons/{name}"), b"words"), None, "{name}");
    }
}

/// Where a server knows no type, a browser may guess it from the first bytes.
#[test]
fn files_that_begin_like_pages() {
    let pages = [
        "<html>",
        "<!DOCTYPE html>",
        "\u{feff}  \n<ScRiPt>x</script>",
        "\t<iframe src=x>",
        "<!-- x --><b>",
        "<h1>",
        "<a href=x>",
        "<p>",
        "<body onload=x>",
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>",
        "<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
        // Browsers go by less than the standard says.
        "<b/>",
        "<abbr>",
        "<tableau>",
        "<script/x>",
        "<html/>",
        "<p\u{c}x>",
        "\u{b}<html>",
        "<?xml-x?><r><script xmlns='http://www.w3.org/1999/xhtml'>x()</script></r>",
        "<r><script xmlns='http://www.w3.org/1999/xhtml'>x()</script></r>",
        "<r><script xmlns='http://www.w3.org/1999/xhtml'>x()</script><",
    ];
    for page in pages {
        for name in ["page", "a.unheard-of", "a.webmanifest", "a.gz", "a.geojson"] {
            let found = found(&format!("content/{name}"), page.as_bytes());
            assert_eq!(found.map(|found| found.rule), Some(&refused_file::RULE), "{name}: {page}");
        }
        for name in ["a.png", "a.txt", "a.html.pdf"] {
            assert_eq!(found(&format!("content/{name}"), page.as_bytes()), None, "{name}: {page}");
        }
    }
    for other in ["x<html>", "", "<mxfile host='x'/>", "<?xml version='1.0'?><a/>"] {
        assert_eq!(found("content/page", other.as_bytes()), None, "{other}");
    }
}

#[test]
fn drawings_of_programs_pass() {
    for (name, bytes) in drawings() {
        for (path, bytes) in [
            (format!("content/{name}"), bytes.clone()),
            (format!("static/{name}"), bytes.clone()),
            (format!("content/{name}"), [b"\xef\xbb\xbf", bytes.as_slice()].concat()),
            (
                format!("content/{name}"),
                String::from_utf8_lossy(&bytes).replace('\n', "\r\n").into(),
            ),
            (format!("content/{name}.xml"), bytes.clone()),
            (format!("content/{name}.unheard-of"), bytes.clone()),
        ] {
            assert_eq!(found(&path, &bytes), None, "{path}");
        }
    }
    let icons = support::read_tree(&support::tests().join("../themes/default/static/assets"));
    for (name, bytes) in icons.iter().filter(|(name, _)| name.ends_with(".svg")) {
        assert_eq!(found(&format!("content/{name}"), bytes), None, "{name}");
    }
}

/// Each with what is said of it.
pub(crate) const BAD: &[(&str, &str)] = &[
    ("<script>x()</script>", "it holds <script>"),
    ("<script x:href='x.js'/>", "it holds <script>"),
    ("<g onload='x()'/>", "by onload"),
    ("<g ONLOAD='x()'/>", "by onload"),
    ("<rect onbegin='x()'/>", "by onbegin"),
    ("<s:script xmlns:s='http://www.w3.org/2000/svg'>x()</s:script>", "it holds <script>"),
    ("<s:script xmlns:s='http://www.w3.org/2000/sv&#103;'>x()</s:script>", "it holds <script>"),
    ("<h:script>x()</h:script>", "it holds <script>"),
    ("<h:div/>", "it holds <div>"),
    ("<q xmlns='a'><script xmlns='http://www.w3.org/2000/svg'>x()</script></q>", "<script>"),
    ("<q xmlns='a'><q xmlns='b'/><g/></q><script>x()</script>", "it holds <script>"),
    ("<handler type='x'>x()</handler>", "it holds <handler>"),
    ("<foreignObject><h:script>x()</h:script></foreignObject>", "it holds <script>"),
    ("<foreignObject><h:iframe src='x'/></foreignObject>", "it holds <iframe>"),
    ("<foreignObject><h:img src='x' onerror='x()'/></foreignObject>", "it holds <img>"),
    ("<foreignObject><h:div onclick='x()'/></foreignObject>", "by onclick"),
    ("<foreignObject><h:td background='x.png'/></foreignObject>", "\"background\" of <td>"),
    ("<foreignObject><h:a href='javascript:x()'/></foreignObject>", "leads to \"javascript:x()\""),
    ("<foreignObject><h:form action='x'/></foreignObject>", "it holds <form>"),
    ("<foreignObject><h:style>@import 'x'</h:style></foreignObject>", "it holds <style>"),
    ("<foreignObject><h:link rel='stylesheet' href='x'/></foreignObject>", "it holds <link>"),
    ("<foreignObject><h:meta http-equiv='refresh' content='0;x'/></foreignObject>", "<meta>"),
    ("<foreignObject><h:base href='//x'/></foreignObject>", "it holds <base>"),
    ("<foreignObject/><h:div/>", "it holds <div>"),
    ("<g><foreignObject/></g><h:b/>", "it holds <b>"),
    ("<a href='javascript:x()'/>", "leads to \"javascript:x()\""),
    ("<a x:href=' java&#10;script:x()'/>", "leads to"),
    ("<a x:href='&#x6A;avascript:x()'/>", "leads to \"javascript:x()\""),
    ("<a q:href='javascript:x()' xmlns:q='http://www.w3.org/1999/xlink'/>", "leads to"),
    ("<a href='data:text/html,x'/>", "leads to \"data:text/html,x\""),
    ("<a href='other.html'/>", "leads to \"other.html\""),
    ("<a href='//elsewhere.org'/>", "leads to"),
    ("<use href='https://elsewhere.org/x.svg#a'/>", "its <use> leads to"),
    ("<use x:href='x.svg#a'/>", "its <use> leads to"),
    ("<use href='data:image/svg+xml,x#a'/>", "its <use> leads to"),
    ("<image href='https://elsewhere.org/x.png'/>", "its <image> leads to"),
    ("<image href='x.png'/>", "its <image> leads to"),
    ("<image href='data:image/svg+xml;base64,PHN2Zz4='/>", "its <image> leads to"),
    ("<image href='data:image/pngx,x'/>", "its <image> leads to"),
    ("<feImage href='https://elsewhere.org/x.png'/>", "its <feImage> leads to"),
    ("<textPath x:href='https://elsewhere.org/#x'/>", "its <textPath> leads to"),
    ("<a><animate attributeName='href' values='javascript:x()'/></a>", "it changes href"),
    ("<a><set attributeName='x:href' to='javascript:x()'/></a>", "it changes x:href"),
    ("<a><set attributeName=' HREF ' to='javascript:x()'/></a>", "it changes href"),
    ("<set attributeName='onload' to='x()'/>", "it changes onload"),
    ("<g xml:base='https://elsewhere.org/'/>", "by xml:base"),
    ("<style>@import 'https://elsewhere.org/x.css';</style>", "loads a file by @import"),
    ("<style>@im<!-- -->port 'x';</style>", "loads a file by @import"),
    ("<style>&#64;import 'x';</style>", "loads a file by @import"),
    ("<style>@\\69mport 'x';</style>", "loads a file by @import"),
    ("<style>@\\000069 mport 'x';</style>", "loads a file by @import"),
    ("<style><![CDATA[@IMPORT 'x';]]></style>", "loads a file by @import"),
    ("<style>a{fill:url(https://elsewhere.org/#x)}</style>", "loads a file by url()"),
    ("<style>a{fill:URL( \"x.svg#x\")}</style>", "loads a file by url()"),
    ("<style>a{fill:u\\72l(x)}</style>", "loads a file by url()"),
    ("<style>a{fill:url(#a);stroke:url(x)}</style>", "loads a file by url()"),
    ("<style>a{fill:url(data:image/svg+xml,x)}</style>", "loads a file by url()"),
    ("<style>a{background:image-set('x.png' 1x)}</style>", "loads a file by image-set"),
    ("<style>a{background:-webkit-image-set('x.png' 1x)}</style>", "by image-set"),
    ("<style>@font-face{src:url(https://elsewhere.org/x.woff)}</style>", "by url()"),
    ("<style>a{}<g/></style>", "its style sheet holds an element"),
    ("<rect style='fill:url(//elsewhere.org/#x)'/>", "its style loads a file by url()"),
    ("<rect fill='url(https://elsewhere.org/#x)'/>", "its fill loads a file by url()"),
    ("<rect cursor='u\\72l(x.cur)'/>", "its cursor loads a file by url()"),
    ("<rect filter='url(x.svg#f)'/>", "its filter loads a file by url()"),
    ("<set attributeName='fill' to='url(//elsewhere.org/#x)'/>", "its to loads a file"),
    ("<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'/>", "it holds <math>"),
    ("<e:listener xmlns:e='http://www.w3.org/2001/xml-events'/>", "it holds <listener>"),
    ("<t:template xmlns:t='http://www.w3.org/1999/XSL/Transform'/>", "it holds <template>"),
    ("<?xml-stylesheet href='x.xsl' type='text/xsl'?>", "it holds <?xml-stylesheet"),
    ("<audio/>", "it holds <audio>"),
    ("<animation/>", "it holds <animation>"),
    ("<unheard-of/>", "it holds <unheard-of>"),
    ("<g>", "not well-formed XML"),
    ("<g a=b/>", "not well-formed XML"),
    ("<g/onload='x()'/>", "not well-formed XML"),
    ("<rect fill='&unknown;'/>", "not well-formed XML"),
    ("<!-- -- --><g/>", "not well-formed XML"),
    ("\u{1b}$B<script>x()</script>", "not well-formed XML"),
];

#[test]
fn pictures_that_do_more_are_refused_where_they_do_it() {
    let before = with("\n").find('\n').expect("a line");
    for (part, what) in BAD {
        let text = with(&format!("\n<g/>{part}"));
        let fault = picture(&text).unwrap_or_else(|| panic!("it passes: {part}"));
        assert_eq!(fault.rule, &refused_file::RULE, "{part}");
        assert!(fault.message.contains(what), "{part}: {}", fault.message);
        assert!(fault.span.start as usize > before, "{part}: {:?}", fault.span);
        assert!(!fault.help.is_empty(), "{part}");
        // The same in a drawing of other data, and in one that nobody knows.
        let path = ["content/x.xml", "content/x.kml", "content/x.unheard-of", "content/x.svg.fr"];
        for path in path {
            assert!(found(path, text.as_bytes()).is_some(), "{path}: {part}");
        }
    }
}

#[test]
fn what_stands_before_a_picture_counts() {
    let svg = with("");
    for (head, what) in [
        ("<?xml-stylesheet type='text/css' href='x.css'?>", "it holds <?xml-stylesheet"),
        ("<?xml-x encoding='shift_jis'?>", "it holds <?xml-x"),
        ("<?XMLX encoding='shift_jis'?>", "it holds <?XMLX"),
        ("<!DOCTYPE svg [<!ENTITY x '<script>'>]>", "defines entities"),
        ("<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x()'>]>", "defines entities"),
        ("<!DOCTYPE svg SYSTEM 'x' [ ]>", "defines entities"),
        ("<!DOCTYPE svg SYSTEM '<'>", "defines entities"),
        ("<?xml version='1.0' encoding='utf-7'?>", "not in UTF-8"),
        ("<?xml version='1.0' encoding='utf-16'?>", "not in UTF-8"),
        ("<?xml version='1.0' encoding='shift_jis'?>", "not in UTF-8"),
    ] {
        let found = picture(&format!("{head}{svg}")).unwrap_or_else(|| panic!("it passes: {head}"));
        assert!(found.message.contains(what), "{head}: {}", found.message);
    }
    for head in [
        "<?xml version='1.0'?>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n",
        "<!DOCTYPE svg>",
        "<!-- a > b --><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'>",
        "\n\n",
    ] {
        assert_eq!(picture(&format!("{head}{svg}")), None, "{head}");
    }
}

#[test]
fn pictures_in_other_encodings_are_refused() {
    let evil = with("<script>x()</script>");
    let wide = |order: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter().chain(evil.encode_utf16()).flat_map(order).collect()
    };
    for bytes in [
        wide(u16::to_le_bytes, true),
        wide(u16::to_be_bytes, true),
        wide(u16::to_le_bytes, false),
        wide(u16::to_be_bytes, false),
        [with("\u{e9}").as_bytes(), b"\xe9"].concat(),
    ] {
        let found = found("content/x.svg", &bytes).map(|found| found.rule);
        assert_eq!(found, Some(&refused_file::RULE), "{bytes:?}");
    }
    let behind_space: Vec<u8> =
        format!(" {evil}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(found("content/x.svg", &behind_space).is_some());
    // A server that goes by all endings of a name sends these in another encoding.
    for name in ["p.sjis.svg", "p.svg.sjis", "q.ucs-2.svg", "q.utf7.xml", "q.iso-2022-jp.svg"] {
        assert!(found(&format!("content/{name}"), with("").as_bytes()).is_some(), "{name}");
    }
    // What does not begin like markup is none, whatever it is called.
    for bytes in [&b"\x89PNG\r\n\x1a\n"[..], b"\x1f\x8b\x08", b"RIFF", b"words", b""] {
        assert_eq!(found("content/map.svg", bytes), None);
        assert_eq!(found("content/map.svg.webp", bytes), None);
    }
}

#[test]
fn data_in_xml_passes_and_pages_in_it_do_not() {
    for data in [
        "<gpx xmlns='http://www.topografix.com/GPX/1/1'><link href='https://example.org/a'/></gpx>",
        "<kml xmlns='http://www.opengis.net/kml/2.2'><Icon><href>https://example.org/i.png</href></Icon></kml>",
        "<data onsale='yes' src='x' style='url(x)'><script>words</script></data>",
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://example.org/'><link href='/'/></feed>",
    ] {
        for path in ["content/a.xml", "content/a.gpx", "content/a.rdf", "content/a.atom"] {
            assert_eq!(found(path, data.as_bytes()), None, "{data}");
        }
    }
    for page in [
        "<a><script xmlns='http://www.w3.org/1999/xhtml'>x()</script></a>",
        "<h:html xmlns:h='http://www.w3.org/1999/xhtml'/>",
        "<a xmlns:s='http://www.w3.org/2000/svg'><s:svg onload='x()'/></a>",
        "<?xml-stylesheet type='text/xsl' href='#x'?><a/>",
        "<a><b></a>",
    ] {
        for path in ["content/a.xml", "content/a.gpx", "content/a.rdf", "content/a.atom"] {
            assert!(found(path, page.as_bytes()).is_some_and(|found| found.is_error()), "{page}");
        }
    }
}

#[test]
fn a_book_may_allow_endings_and_its_own_files() {
    let allowed = ["html".to_owned(), "svg".to_owned()];
    let evil = with("<script>x()</script>");
    for (path, text, code) in [
        ("content/a.html", "<p>", Some(&active_file::RULE)),
        ("content/a.HTML.fr", "<p>", Some(&active_file::RULE)),
        ("content/page", "<p>", Some(&active_file::RULE)),
        ("content/a.htm", "<p>", Some(&refused_file::RULE)),
        ("content/a.js", "x()", Some(&refused_file::RULE)),
        ("content/a.svg", &*evil, Some(&active_file::RULE)),
        ("content/a.xml", &*evil, Some(&refused_file::RULE)),
        ("content/_headers", "/*", Some(&refused_file::RULE)),
        ("static/a.svg", &*evil, Some(&active_file::RULE)),
        ("static/a.html", "<p>", None),
        ("static/a.js", "x()", None),
        ("static/_headers", "/*", None),
        ("themes/default/static/a.svg", &*evil, None),
    ] {
        let found = judged(&support::source(path, text.as_bytes()), &allowed);
        assert_eq!(found.as_ref().map(|found| found.rule), code, "{path}");
        let is_error = found.is_some_and(|found| found.is_error());
        assert_eq!(is_error, code == Some(&refused_file::RULE), "{path}");
    }
    assert!(found("static/a.svg", evil.as_bytes()).is_some_and(|found| !found.is_error()));
}

/// A link to a file that is refused is no second fault, and nothing of the file is in the site.
#[test]
fn a_refused_file_is_not_published() {
    let evil = with("<script>x()</script>");
    let mut files = vec![
        ("book.toml", "title = \"B\"\n"),
        ("content/a.md", "+++\ntitle = \"A\"\n+++\n\n![Map](a.svg) [page](b.html)\n"),
        ("content/a.svg", &*evil),
        ("content/b.html", "<p>"),
    ];
    let (workspace, site) = support::open(support::sources(&files), support::options());
    assert!(site.is_none());
    let codes: Vec<&Rule> = workspace.diagnostics().iter().map(|found| found.rule).collect();
    assert_eq!(codes, [&refused_file::RULE, &refused_file::RULE]);
    let planned = workspace.plan().fingerprints();
    let planned: Vec<&str> = planned.keys().map(|path| path.as_str()).collect();
    assert!(planned.contains(&"a.html"));
    assert!(!planned.contains(&"a.svg") && !planned.contains(&"b.html"), "{planned:?}");

    files[0].1 = "title = \"B\"\n[files]\nallow = [\"svg\", \"html\"]\n";
    let (workspace, site) = support::open(support::sources(&files), support::options());
    let site = site.expect("only warnings");
    assert!(site.contains_key("a.svg") && site.contains_key("b.html"));
    assert_eq!(support::lines(&workspace).matches("warning[active-file]").count(), 2);

    files[0].1 =
        "title = \"B\"\n[files]\nallow = [\"svg\", \"html\"]\n[check]\nactive-file = \"off\"\n";
    let (workspace, site) = support::open(support::sources(&files), support::options());
    assert!(site.is_some() && workspace.diagnostics().is_empty());
}

#[test]
fn endings_in_the_settings_are_plain() {
    for (written, is_fine) in [
        ("html", true),
        ("php7", true),
        (".html", false),
        ("HTML", false),
        ("", false),
        ("a b", false),
    ] {
        let book = format!("title = \"B\"\n[files]\nallow = [\"{written}\"]\n");
        let files = [("book.toml", &*book), ("content/a.md", "+++\ntitle = \"A\"\n+++\n")];
        let (workspace, _) = support::open(support::sources(&files), support::options());
        assert_eq!(workspace.diagnostics().is_empty(), is_fine, "{written}");
    }
}
