//! Why: one finding after the other, each with what it rests on.

use crate::report::model;
use crate::report::model::prospects;
use crate::report::model::{Reason, Report, View};
use crate::report::phrases;
use crate::report::style::Role;

use super::Page;

impl Page {
    /// Everything that stands in the way, or could.
    pub(super) fn findings(&mut self, sheet: &Report<'_>, view: View) {
        let all = sheet.findings.iter();
        let shown = all.filter(|reason| view == View::Clinician || reason.applies());
        let shown: Vec<&Reason<'_>> = shown.collect();
        if shown.is_empty() {
            self.gap();
            self.paragraph(0, phrases::no_reason(sheet));
            return;
        }
        self.heading(match view {
            View::Desk => "Why",
            View::Clinician => "Details",
        });
        for reason in shown {
            self.finding(reason, view);
        }
    }

    fn finding(&mut self, reason: &Reason<'_>, view: View) {
        let counts = phrases::asks_for(reason.grade);
        let sign = self.style.sign(reason.counts_as);
        let title = match view {
            View::Desk => format!("{sign} {} ({counts})", reason.title),
            View::Clinician => format!(
                "{sign} {} [{}, {}]",
                reason.rule,
                reason.grade.word(),
                reason.state.word()
            ),
        };
        let painted = self.style.paint(Role::Verdict(reason.counts_as), &title);
        self.line(&painted);
        for (label, answers) in phrases::rests_on(reason) {
            self.labelled(label, &answers);
        }
        self.labelled("why", reason.why);
        match (&reason.until, reason.clears) {
            (Some(day), None) => self.labelled(
                "ends",
                &format!("{}, if nothing else changes", day.in_words()),
            ),
            (None, Some(clears)) => self.labelled("ends", clears),
            (Some(day), Some(clears)) => {
                self.labelled(
                    "ends",
                    &format!("{clears}; no earlier than {}", day.in_words()),
                );
            }
            (None, None) => {}
        }
        for advice in &reason.advice {
            self.labelled("do", advice);
        }
        self.evidence(reason, view);
    }

    fn evidence(&mut self, reason: &Reason<'_>, view: View) {
        if view == View::Desk {
            let short = |source: &model::Source<'_>| match source.year {
                Some(year) => format!("{} {year}", source.publisher),
                None => source.publisher.to_owned(),
            };
            let mut sources: Vec<String> = reason.sources.iter().map(short).collect();
            sources.dedup();
            if !sources.is_empty() {
                self.labelled("source", &sources.join("; "));
            }
            return;
        }
        if let Some(strongest) = prospects::strongest(&reason.sources) {
            self.labelled("evidence", &strongest);
        }
        for source in &reason.sources {
            let year = source
                .year
                .map_or(String::new(), |year| format!(", {year}"));
            self.labelled(
                "source",
                &format!(
                    "[{}] {}. {}{year}. {}",
                    source.strength, source.cite, source.publisher, source.url
                ),
            );
            if let Some(unverified) = source.unverified {
                self.labelled("", &format!("not verified: {unverified}"));
            }
        }
        if let Some(note) = reason.note {
            self.labelled("note", note);
        }
        if let Some(unverified) = reason.unverified {
            self.labelled("unverified", unverified);
        }
        if !reason.icd10.is_empty() {
            self.labelled("ICD-10-CM", &reason.icd10.join(" "));
        }
    }
}
