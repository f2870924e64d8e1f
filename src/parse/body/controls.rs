//! Controls of direction in a text: pages show some of them, and the others are reported.

use std::borrow::Cow;
use std::ops::Range;

use super::placed_control::PlacedControl;
use super::writer::BodyWriter;
use crate::bidi::{self, BidiFault};
use crate::diagnostic::FixSafety;
use crate::table::rules::bidi_control;

impl BodyWriter<'_> {
    /// Makes a text that stands by itself change the order of nothing else, and reports what was wrong.
    pub(crate) fn tidied<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if !self.may_turn {
            return Cow::Borrowed(text);
        }
        let tidied = bidi::tidied(text);
        for (control, fault) in tidied.faults {
            let (message, help) = bidi::said(control, fault);
            let (at, is_exact) = self.place_of(text, control, None);
            self.findings().warn(&at, &bidi_control::RULE, message, help);
            self.fix_control(at, is_exact, fault);
        }
        tidied.text
    }

    /// Returns a part of the passage without overrides. Its controls are judged when the passage is over.
    pub(crate) fn noted<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        if !self.may_turn {
            return Cow::Borrowed(text);
        }
        let before = self.controls.len();
        for (offset, control) in bidi::controls(text) {
            let (at, is_exact) = self.place_of(text, control, Some(offset));
            self.controls.push(PlacedControl { control, at, is_exact });
        }
        if self.controls.len() > before {
            bidi::without_overrides(text)
        } else {
            Cow::Borrowed(text)
        }
    }

    /// Reports what is wrong with the controls of the passage, which is over.
    pub(crate) fn judge_controls(&mut self) {
        let found = std::mem::take(&mut self.controls);
        if found.is_empty() {
            return;
        }
        let mixed = bidi::has_right_to_left(&self.passage);
        let faults = bidi::faults(found.iter().map(|placed| placed.control), mixed);
        for (PlacedControl { control, at, is_exact }, fault) in found.iter().zip(faults) {
            let Some(fault) = fault else { continue };
            let (message, help) = bidi::said(*control, fault);
            self.findings().warn(at, &bidi_control::RULE, message, help);
            self.fix_control(at.clone(), *is_exact, fault);
        }
    }

    /// Adds the fix of a control that was reported last. A page leaves out all but those that nothing
    /// ends.
    fn fix_control(&mut self, at: Range<usize>, is_exact: bool, fault: BidiFault) {
        if is_exact {
            let safety = FixSafety::when(fault != BidiFault::Unclosed);
            self.findings().fix(safety, "delete this character", [(at, String::new())]);
        }
    }

    /// Writes code as it runs: its controls are shown as their codes.
    pub(crate) fn code(&mut self, code: &str) {
        let Some((_, control)) = bidi::controls(code).next() else { return self.text(code) };
        let message = format!("{} makes code read otherwise than it runs", bidi::named(control));
        let (at, _) = self.place_of(code, control, None);
        self.findings().warn(
            &at,
            &bidi_control::RULE,
            message,
            "delete it; readers are shown its number",
        );
        self.text(&bidi::spelled(code));
    }

    /// Returns the place of a control in the text that is being written, as exactly as it is known, and
    /// whether it must be that one.
    fn place_of(&self, text: &str, control: char, offset: Option<usize>) -> (Range<usize>, bool) {
        let written = &self.edited.text[self.at.clone()];
        let known = offset.filter(|_| written == text);
        let is_exact = known.is_some() || written.matches(control).count() == 1;
        let place = known.or_else(|| written.find(control)).map_or(self.at.clone(), |offset| {
            self.at.start + offset..self.at.start + offset + control.len_utf8()
        });
        (place, is_exact)
    }
}
