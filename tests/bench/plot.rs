//! A plot of the growth of costs. Both scales are logarithmic, so that proportional growth is a
//! straight line at the slope of the grey one.

use std::fmt::Write;

use crate::measure::Cost;
use crate::outcome::Outcome;
use crate::series::{Of, Series, cpu, peak, wall};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 420.0;
const MARGIN: f64 = 60.0;

/// A line: its name, its colour, and a point for each book, in seconds or gigabytes.
struct Line {
    name: &'static str,
    colour: &'static str,
    points: Vec<(f64, f64)>,
}

/// Returns the plot, as an SVG file.
pub(crate) fn svg(outcomes: &[Outcome]) -> String {
    let line = |name, colour, costs: fn(&Outcome) -> &Vec<Cost>, of: Of, unit: f64| {
        let point = |outcome: &Outcome| {
            let value = Series::of(costs(outcome), of).median()?;
            (value > 0.0).then_some((outcome.notes as f64, value / unit))
        };
        Line { name, colour, points: outcomes.iter().filter_map(point).collect() }
    };
    let lines = [
        line("cold build, s", "#0b5cad", |outcome| &outcome.cold, wall, 1.0),
        line("its processor time, s", "#00703c", |outcome| &outcome.cold, cpu, 1.0),
        line("its memory, GB", "#8a1f6a", |outcome| &outcome.cold, peak, 1e9),
        line("nothing changed, s", "#a3460b", |outcome| &outcome.again, wall, 1.0),
        line("Hugo, s", "#505a5f", |outcome| &outcome.hugo, wall, 1.0),
    ];
    draw(&lines)
}

fn draw(lines: &[Line]) -> String {
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
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>What a build costs, by the number of notes</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
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
        let path: Vec<String> =
            line.points.iter().map(|(n, value)| format!("{:.1} {:.1}", x(*n), y(*value))).collect();
        let _ = writeln!(
            svg,
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            path.join("L")
        );
        for point in &path {
            let (cx, cy) = point.split_once(' ').unwrap_or_default();
            let _ = writeln!(svg, "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"3\" fill=\"{colour}\"/>");
        }
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{}\" fill=\"{colour}\">{}</text>",
            left + 8.0,
            12.0 + 11.0 * number as f64,
            line.name
        );
    }
    svg.push_str("</svg>\n");
    svg
}
