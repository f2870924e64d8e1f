//! Elements and attributes that pictures may contain.

/// Returns whether an element of SVG only shows something: the elements of SVG 1.1 and 2, and those
/// that Inkscape writes of the drafts of SVG 1.2 and 2, without scripts, sound, film and elements
/// that only load.
pub(super) fn is_svg(name: &str) -> bool {
    matches!(
        name,
        "a" | "altGlyph"
            | "altGlyphDef"
            | "altGlyphItem"
            | "animate"
            | "animateColor"
            | "animateMotion"
            | "animateTransform"
            | "circle"
            | "clipPath"
            | "color-profile"
            | "cursor"
            | "defs"
            | "desc"
            | "ellipse"
            | "feBlend"
            | "feColorMatrix"
            | "feComponentTransfer"
            | "feComposite"
            | "feConvolveMatrix"
            | "feDiffuseLighting"
            | "feDisplacementMap"
            | "feDistantLight"
            | "feDropShadow"
            | "feFlood"
            | "feFuncA"
            | "feFuncB"
            | "feFuncG"
            | "feFuncR"
            | "feGaussianBlur"
            | "feImage"
            | "feMerge"
            | "feMergeNode"
            | "feMorphology"
            | "feOffset"
            | "fePointLight"
            | "feSpecularLighting"
            | "feSpotLight"
            | "feTile"
            | "feTurbulence"
            | "filter"
            | "flowDiv"
            | "flowLine"
            | "flowPara"
            | "flowRegion"
            | "flowRegionExclude"
            | "flowRoot"
            | "flowSpan"
            | "font"
            | "font-face"
            | "font-face-format"
            | "font-face-name"
            | "font-face-src"
            | "font-face-uri"
            | "foreignObject"
            | "g"
            | "glyph"
            | "glyphRef"
            | "hatch"
            | "hatchpath"
            | "hkern"
            | "image"
            | "line"
            | "linearGradient"
            | "marker"
            | "mask"
            | "mesh"
            | "meshgradient"
            | "meshpatch"
            | "meshrow"
            | "metadata"
            | "missing-glyph"
            | "mpath"
            | "path"
            | "pattern"
            | "polygon"
            | "polyline"
            | "radialGradient"
            | "rect"
            | "set"
            | "solidColor"
            | "solidcolor"
            | "stop"
            | "style"
            | "svg"
            | "switch"
            | "symbol"
            | "text"
            | "textArea"
            | "textPath"
            | "title"
            | "tref"
            | "tspan"
            | "use"
            | "view"
            | "vkern"
    )
}

/// Returns whether an element of HTML is one that diagram programs use for labels.
pub(super) fn is_html(name: &str) -> bool {
    matches!(
        name,
        "a" | "b"
            | "big"
            | "blockquote"
            | "body"
            | "br"
            | "center"
            | "code"
            | "del"
            | "div"
            | "em"
            | "font"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "li"
            | "mark"
            | "ol"
            | "p"
            | "pre"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "tt"
            | "u"
            | "ul"
            | "var"
    )
}

/// The attributes that elements of HTML may have, besides those that begin with `data-` or `aria-`.
pub(super) const HTML_ATTRIBUTES: &[&str] = &[
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "colspan",
    "dir",
    "face",
    "height",
    "href",
    "id",
    "lang",
    "nowrap",
    "rel",
    "role",
    "rowspan",
    "size",
    "start",
    "style",
    "tabindex",
    "target",
    "title",
    "type",
    "valign",
    "width",
];
