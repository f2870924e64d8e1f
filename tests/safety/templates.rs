//! Templates that came with a pull request: their work is limited.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::book::Book;
use crate::support::read_tree;

/// A time longer than the work that a template may do takes, even on a busy machine.
const AGES: Duration = Duration::from_secs(120);

/// Returns a book with one page whose template is given, and files of the theme beside it.
fn book(template: &str, files: &[(&str, String)]) -> Book {
    let book = Book::new(&[
        ("book.toml", "title = \"T\"\n"),
        ("content/index.md", "+++\ntitle = \"H\"\n+++\n"),
    ]);
    book.write("themes/default/templates/home.html", template);
    files
        .iter()
        .for_each(|(name, text)| book.write(&format!("themes/default/templates/{name}"), text));
    book
}

#[test]
fn templates_that_go_round_without_end_are_errors() {
    let round =
        "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    let kept = "{% set r = range(end=100000) %}{%- for a in r -%}{%- for b in r -%}{% endfor %}{% endfor %}";
    let letters = "{% set s = \"{% for x in y %}\" %}{% for a in range(end=90000) %}{% for b in s %}{% for c in s %}{% for d in s %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
    let hidden = "{# {% raw %} #}{{ \"}} {% raw %}\" }}{% raw %}{% for x in y %}{% endraw %}";
    let included: Vec<(&str, String)> = vec![
        ("a.html", "{% include \"b.html\" %}".repeat(30)),
        ("b.html", "{% include \"c.html\" %}".repeat(30)),
        ("c.html", "{% include \"d.html\" %}".repeat(30)),
        ("d.html", "{% include \"e.html\" %}".repeat(30)),
        ("e.html", "{% include \"f.html\" %}".repeat(30)),
        ("f.html", "{# nothing #}".to_owned()),
    ];
    let part = |name: &str, next: &str| {
        let calls = format!("{{{{ <{next} /> }}}}").repeat(30);
        format!("{{% component {name}() %}}{calls}{{% endcomponent %}}")
    };
    let parts =
        ["a b", "b c", "c d", "d e", "e f"].map(|pair| part(&pair[..1], &pair[2..])).concat();
    let components = format!("{parts}{{% component f() %}}{{% endcomponent %}}{{{{ <a /> }}}}");
    let includes = "{% include \"a.html\" %}";
    let cases = [
        (round.to_owned(), Vec::new()),
        (kept.to_owned(), Vec::new()),
        (letters.to_owned(), Vec::new()),
        (format!("{hidden}{round}"), Vec::new()),
        (includes.to_owned(), included),
        (components, Vec::new()),
    ];
    for (template, files) in cases {
        let start = Instant::now();
        let run = book(&template, &files).build().ends(1);
        assert!(start.elapsed() < AGES, "{template}");
        assert!(run.err.contains("steps for one page"), "{template}: {}", run.err);
    }
}

#[test]
fn pages_without_end_and_lists_that_go_round_are_errors() {
    let letters = "x".repeat(100_000);
    let long = format!("{{% for a in range(end=100000) %}}{letters}{{% endfor %}}");
    book(&long, &[]).build().ends(1).says("home.html:1:1").says("more than 64 MB");
    let list = "<p>\n  {{ [a for a in [b for b in range(end=100000) if b < 0]] }}";
    book(list, &[]).build().ends(1).says("home.html:2:9").says("goes round within an expression");
}

/// Values that a template makes ever longer or deeper: each alone would take all memory, or very
/// long.
#[test]
fn values_that_grow_without_end_are_errors() {
    let many = "{% for a in range(end=1000) %}";
    let part = |name: &str, next: &str| {
        format!(
            "{{% component {name}(s) %}}{{{{ <{next} s={{s ~ s ~ s ~ s ~ s ~ s}} /> }}}}{{% endcomponent %}}"
        )
    };
    let parts: String = "abcdefghijklmno"
        .chars()
        .zip("bcdefghijklmnop".chars())
        .map(|(name, next)| part(&name.to_string(), &next.to_string()))
        .collect();
    let last = "{% component p(s) %}{{ s }}{% endcomponent %}";
    let literal = "x".repeat(100_000);
    let text = "it makes a text of more than 4 MB";
    let steps = "steps for one page";
    let cases = [
        (format!("{{% set s = \"x\" %}}{many}{{% set_global s = s ~ s %}}{{% endfor %}}"), text),
        (format!("{{% set s = \"x\" %}}{many}{{% set_global s = [s, s] %}}{{% endfor %}}"), steps),
        (
            format!("{{% set s = \"x\" %}}{many}{{% set_global s = [s] %}}{{% endfor %}}"),
            "more than 32 lists",
        ),
        (
            format!("{{% set s = [1] %}}{many}{{% set_global s = [...s, ...s] %}}{{% endfor %}}"),
            steps,
        ),
        (
            format!("{{% set s %}}{many}{many}{literal}{{% endfor %}}{{% endfor %}}{{% endset %}}"),
            steps,
        ),
        (
            format!(
                "{{% set b = \"{literal}\" %}}{{% set s %}}{many}{many}{{{{ b }}}}{{% endfor %}}{{% endfor %}}{{% endset %}}"
            ),
            steps,
        ),
        (format!("{{{{ \"aa\"{} }}}}", " | replace(from=\"a\", to=\"aa\")".repeat(60)), text),
        (
            format!(
                "{{{{ \"a\na\"{} }}}}",
                " | replace(from=\"a\", to=\"a\na\") | indent(width=1000)".repeat(30)
            ),
            text,
        ),
        (format!("{{% set b = \"{literal}\" %}}{{{{ range(end=100000) | join(sep=b) }}}}"), text),
        ("{{ range(end=100000) | unique | length }}".to_owned(), steps),
        (format!("{parts}{last}{{{{ <a s=\"xxxxxxxxxx\" /> }}}}"), text),
        (
            format!(
                "{}{}",
                "{% for a in [a ~ a ~ a ~ a] %}".repeat(30).replacen(
                    "a ~ a ~ a ~ a",
                    "\"xxxx\"",
                    1
                ),
                "{% endfor %}".repeat(30)
            ),
            steps,
        ),
    ];
    for (template, said) in cases {
        let start = Instant::now();
        let run = book(&template, &[]).build().ends(1);
        let short: String = template.chars().take(200).collect();
        assert!(start.elapsed() < AGES, "{short}");
        assert!(run.err.contains(said), "{short}: {}", run.err);
    }
}

/// Templates that deceived an earlier check, or were not checked.
#[test]
fn no_part_of_a_template_goes_uncounted() {
    let round =
        "{% for a in range(end=100000) %}{% for b in range(end=100000) %}{% endfor %}{% endfor %}";
    let big = "{% set s = \"xxxxxxxxxxxxxxxx\" %}{% for i in range(end=17) %}{% set_global s = s ~ s %}{% endfor %}";
    let many = "{% for i in range(end=100000) %}";
    let joined = ["s"; 100].join("~");
    let split = ["(s | split(pat=\"x\"))"; 40].join(", ");
    let grown = " | split(pat=\"zz\") | str".repeat(28);
    let escaped = " | escape_html".repeat(200);
    let cases = [
        (format!("{{% raw %}}endraw %}}{{# {{% endraw %}}{round}#}}"), "steps"),
        (format!("{{% raw %}}{{% endraw x %}}{{# {{%- endraw -%}}{round}#}}"), "steps"),
        (
            format!(
                "{big}{{% set super1 = s %}}{{% set x %}}{many}{{{{ super1 }}}}{{% endfor %}}{{% endset %}}"
            ),
            "steps",
        ),
        (
            format!(
                "{{% component c() %}}{{% endcomponent %}}{big}{{% set x %}}{many}{{{{ <c/> ~ s ~ s }}}}{{% endfor %}}{{% endset %}}"
            ),
            "steps",
        ),
        (format!("{big}{many}{{% if {joined} == \"a\" %}}{{% endif %}}{{% endfor %}}"), "steps"),
        (
            format!(
                "{big}{many}{{% if false %}}{{% elif {joined} == \"a\" %}}{{% endif %}}{{% endfor %}}"
            ),
            "steps",
        ),
        (format!("{big}{{% if [{split}] | length == 3 %}}{{% endif %}}"), "parts"),
        (
            format!("{{% if (\"\\\\\"{grown}) | length == 3 %}}{{% endif %}}"),
            "a text of more than 4 MB",
        ),
        (
            format!("{}{{% if (s{escaped}) | length == 3 %}}{{% endif %}}", big.replace('x', "&")),
            "steps",
        ),
        (
            format!(
                "{{% set r = range(end=100000) %}}{{% set r = [...r, ...r, ...r, ...r] %}}{many}{{% if \"x\" in r %}}{{% endif %}}{{% endfor %}}"
            ),
            "steps",
        ),
    ];
    for (template, said) in cases {
        let start = Instant::now();
        let run = book(&template, &[]).build().ends(1);
        let short: String = template.chars().take(300).collect();
        assert!(start.elapsed() < AGES, "{short}");
        assert!(run.err.contains(said), "{short}: {}", run.err);
    }
}

#[test]
fn templates_that_lie_too_deep_in_each_other_are_errors() {
    for part in
        ["{% include \"NEXT\" %}", "{% extends \"NEXT\" %}{% block a %}{{ super() }}{% endblock %}"]
    {
        let name = |at: usize| format!("z{at}.html");
        let files: Vec<_> =
            (0..400).map(|at| (name(at), part.replace("NEXT", &name(at + 1)))).collect();
        let last = (name(400), "{% block a %}{% endblock %}".to_owned());
        let files: Vec<(&str, String)> =
            files.iter().chain([&last]).map(|(name, text)| (name.as_str(), text.clone())).collect();
        book(&part.replace("NEXT", "z0.html"), &files).build().ends(1).says("more than 32 deep");
    }
    let round = [("a.html", "{% include \"home.html\" %}".to_owned())];
    book("{% include \"a.html\" %}", &round).build().ends(1).says("contains itself");
}

/// Templates that only look as if they needed counting.
#[test]
fn templates_that_are_fine_stay_so() {
    let template = "{% raw %}endraw %} a {{ x + 1 }} b{% endraw %}{% component label(for) %}{{ for }}{% endcomponent %}\
        {% set m = {\"for\": 1} %}{{ m.for }}{{ <label for=\"q\" /> }} {%- if 1 == 1 -%} x {%- elif 2 > 1 %} y {% endif -%} z";
    let site = book(template, &[]);
    site.build().ends(0);
    assert_eq!(site.read("public/index.html"), "endraw %} a {{ x + 1 }} b1qxz");
}

/// Tests that the limited filters work like Tera's.
#[test]
fn bounded_filters_are_as_before() {
    let template = "{{ \"a<b\" | replace(from=\"a\", to=\"<\") }} {{ \"<i>\" | safe | replace(from=\"i\", to=\"&\") }}\n\
        {{ [1, \"<\", true] | join(sep=\", \") }} {{ [\"<\", \"b\" | safe] | join(sep=\"<br>\" | safe) }}\n\
        {{ \"a\\nb\\n\\nc\\n\" | indent(width=2) }}|{{ \"a\\n\\nb\" | indent(width=2, first=true, blank=true, indentation=\"-\") }}\n\
        {{ [1, 2, 1, \"1\", 1.0] | unique | length }}\n\
        {{ [1, \"<\"] | str }} {{ \"a,b\" | split(pat=\",\") | length }} {{ \"<'\" | escape_html | safe }} {{ \"<'\" | escape_xml | safe }} {{ \"<\" | escape }}\n";
    let site = book(template, &[]);
    site.build().ends(0);
    let page = site.read("public/index.html");
    assert_eq!(
        page,
        "&lt;&lt;b <&amp;>\n1, &lt;, true &lt;<br>b\na\n  b\n\n  c\n|--a\n--\n--b\n3\n[1, &quot;&lt;&quot;] 2 &lt;&#39; &lt;&apos; &lt;\n"
    );
}

#[test]
fn what_is_wrong_is_found_in_its_place() {
    let template = "{% for a in [1, 2] %}{% for b in [1] %}{{ a }}{% endfor %}{{ nothing.at.all }}{% endfor %}";
    book(template, &[]).build().ends(1).says("home.html:1:62");
}

/// Tests that each template of the default theme, changed so that it counts as the book's own,
/// makes the same pages.
#[test]
fn counting_changes_no_page() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let input = here.join("tests/pages/style");
    let (plain, counted) = (Book::new(&[]), Book::new(&[]));
    for (path, bytes) in read_tree(&input) {
        plain.write(&path, &bytes);
        counted.write(&path, &bytes);
    }
    for (path, bytes) in read_tree(&here.join("themes/default/templates")) {
        let text = String::from_utf8(bytes).expect("text") + "{# changed #}";
        counted.write(&format!("themes/default/templates/{path}"), text);
    }
    plain.build().ends(0);
    counted.build().ends(0);
    assert!(plain.site() == counted.site(), "counting steps changes a page");
}
