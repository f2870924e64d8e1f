//! A plot of the growth of costs. Both scales are logarithmic, so that proportional growth is a
//! straight line at the slope of the grey one.

use std::fmt::Write;

use crate::outcome::Outcome;
use crate::runs::Runs;
use crate::series::{Of, Series, cpu, peak};

/// The size of one of the two charts.
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 420.0;
const MARGIN: f64 = 60.0;

/// The colours of programs.
const COLOURS: [(&str, &str); 3] =
    [("Fieldbook", "#0b5cad"), ("Hugo", "#505a5f"), ("Zola", "#a3460b")];

/// A line: its name, its colour, whether it is dashed, and a point for each book, in the unit of its chart.
struct Line {
    name: String,
    colour: &'static str,
    is_dashed: bool,
    points: Vec<(f64, f64)>,
}

/// Returns the plot, as an SVG file: two charts beside each other.
pub(crate) fn svg(outcomes: &[Outcome]) -> String {
    let width = 2.0 * WIDTH;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>What a cold build costs, by the number of notes</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    let charts = [("processor, s", cpu as Of, 1.0), ("memory, GB", peak, 1e9)];
    for (at, (name, of, unit)) in charts.into_iter().enumerate() {
        let _ = writeln!(svg, "<g transform=\"translate({})\">", WIDTH * at as f64);
        let _ = writeln!(svg, "<text x=\"{MARGIN}\" y=\"{}\">{name}</text>", HEIGHT - 24.0);
        draw(&mut svg, &lines(outcomes, of, unit));
        svg.push_str("</g>\n");
    }
    svg + "</svg>\n"
}

/// Returns a line for each program and corpus.
fn lines(outcomes: &[Outcome], of: Of, unit: f64) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for outcome in outcomes {
        for Runs { program, builds, .. } in std::iter::once(&outcome.ours).chain(&outcome.peers) {
            let Some(value) = Series::of(builds, of).median().filter(|value| *value > 0.0) else {
                continue;
            };
            let name = format!("{program}, {} notes", outcome.corpus);
            let point = (outcome.notes as f64, value / unit);
            match lines.iter_mut().find(|line| line.name == name) {
                Some(line) => line.points.push(point),
                None => {
                    let colour = COLOURS.iter().find(|(name, _)| name == program);
                    let colour = colour.map_or("#000", |(_, colour)| colour);
                    let is_dashed = outcome.corpus == "prepared";
                    lines.push(Line { name, colour, is_dashed, points: vec![point] });
                }
            }
        }
    }
    lines
}

fn draw(svg: &mut String, lines: &[Line]) {
    let points = || lines.iter().flat_map(|line| &line.points);
    let range = |of: fn(&(f64, f64)) -> f64| {
        let low = points().map(of).fold(f64::INFINITY, f64::min).log10().floor();
        let high = points().map(of).fold(0.0, f64::max).log10().ceil();
        if low.is_finite() { (low, high.max(low + 1.0)) } else { (0.0, 1.0) }
    };
    let (xs, ys) = (range(|point| point.0), range(|point| point.1));
    let x = |value: f64| MARGIN + (value.log10() - xs.0) / (xs.1 - xs.0) * (WIDTH - 2.0 * MARGIN);
    let y = |value: f64| {
        HEIGHT - MARGIN - (value.log10() - ys.0) / (ys.1 - ys.0) * (HEIGHT - 2.0 * MARGIN)
    };
    let (left, right) = (MARGIN, WIDTH - MARGIN);
    let (top, bottom) = (MARGIN, HEIGHT - MARGIN);
    for power in ys.0 as i32..=ys.1 as i32 {
        let (at, value) = (y(10f64.powi(power)), 10f64.powi(power));
        let _ = writeln!(
            svg,
            "<path d=\"M{left} {at:.1}H{right}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>",
            left - 6.0,
            at + 4.0
        );
    }
    for power in xs.0 as i32..=xs.1 as i32 {
        let (at, value) = (x(10f64.powi(power)), 10f64.powi(power));
        let _ = writeln!(
            svg,
            "<path d=\"M{at:.1} {top}V{bottom}\" stroke=\"#ddd\"/><text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{value}</text>",
            bottom + 18.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{right}\" y=\"{}\" text-anchor=\"end\">notes</text>",
        bottom + 36.0
    );
    // Proportional growth, through the first point of the first line.
    if let Some((n, cost)) = lines.first().and_then(|line| line.points.first()) {
        let last = 10f64.powf(xs.1);
        let _ = writeln!(
            svg,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"#bbb\" stroke-dasharray=\"4\"/>",
            x(*n),
            y(*cost),
            x(last),
            y(cost * last / n)
        );
    }
    for (number, line) in lines.iter().filter(|line| !line.points.is_empty()).enumerate() {
        let colour = line.colour;
        let dashes = if line.is_dashed { " stroke-dasharray=\"5 3\"" } else { "" };
        let path: Vec<String> =
            line.points.iter().map(|(n, value)| format!("{:.1} {:.1}", x(*n), y(*value))).collect();
        let _ = writeln!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dashes}/>",
            path.join("L")
        );
        for point in &path {
            let (cx, cy) = point.split_once(' ').unwrap_or_default();
            let _ = writeln!(svg, "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"3\" fill=\"{colour}\"/>");
        }
        let (sign, name) = (if line.is_dashed { "- -" } else { "\u{2014}" }, &line.name);
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" fill=\"{colour}\" font-size=\"10\">{sign} {name}</text>",
            left + 8.0,
            9.0 + 10.0 * number as f64,
        );
    }
}
