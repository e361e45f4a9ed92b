//! What a dermatologist reads first: every reason on one line.

use crate::report::model::{Reason, Report, prospects};
use crate::report::phrases;
use crate::report::style::Role;

use candidacy_engine::strength::Strength;

use super::Page;

impl Page {
    /// The reasons, each with grade, evidence, answer and day: those that apply first, then the
    /// undecided ones.
    pub(super) fn at_a_glance(&mut self, sheet: &Report<'_>) {
        let undecided = sheet.findings.iter().filter(|reason| !reason.applies());
        let undecided: Vec<&Reason<'_>> = undecided.collect();
        let listed = if undecided.len() > prospects::MOST_LISTED {
            0
        } else {
            undecided.len()
        };
        let shown: Vec<&Reason<'_>> = sheet
            .reasons()
            .chain(undecided.iter().copied().take(listed))
            .collect();
        if shown.is_empty() && undecided.is_empty() {
            return;
        }
        self.heading("Reasons");
        for reason in shown {
            self.one_line(reason);
        }
        if listed < undecided.len() {
            let count = phrases::count(undecided.len(), "rule");
            self.paragraph(2, &format!("{count} undecided, below"));
        }
    }

    fn one_line(&mut self, reason: &Reason<'_>) {
        let mut words = format!("{} {}", self.style.sign(reason.counts_as), reason.rule);
        let state = if reason.applies() { "" } else { ", undecided" };
        let evidence = strength(reason).map_or(String::new(), |best| format!(", evidence {best}"));
        words.push_str(&format!(" [{}{state}{evidence}]", reason.grade.word()));
        for (_, answers) in phrases::rests_on(reason) {
            words.push_str(&format!(" {answers}"));
        }
        if let Some(day) = &reason.until {
            // It may be over already: the day of the answer is not known.
            let latest = if reason.applies() {
                ""
            } else {
                " at the latest"
            };
            words.push_str(&format!("; ends {}{latest}", day.in_words()));
        }
        self.painted(Role::Verdict(reason.counts_as), &words);
    }
}

/// The strongest evidence: `A`.
fn strength(reason: &Reason<'_>) -> Option<Strength> {
    prospects::strongest_grade(&reason.sources)
}
