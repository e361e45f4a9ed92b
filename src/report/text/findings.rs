//! Why: one finding after the other, each with what it rests on.

use crate::report::model;
use crate::report::model::prospects;
use crate::report::model::{Because, FindingGroup, Reason, Report, View, together};
use crate::report::phrases;
use crate::report::style::Role;
use candidacy_engine::verdict::Grade;

use super::Page;

impl Page {
    /// Everything that stands in the way, or could.
    pub(super) fn findings(&mut self, sheet: &Report<'_>, view: View) {
        if sheet.findings.is_empty() {
            self.gap();
            self.paragraph(0, "Nothing in the answers stands in the way.");
            return;
        }
        self.heading("Why");
        if view == View::Clinician {
            for reason in &sheet.findings {
                self.finding(reason, view);
            }
            return;
        }
        for told in together(&sheet.findings) {
            match told {
                FindingGroup::One(reason) => self.finding(reason, view),
                FindingGroup::Waiting { missing, reasons } => self.waiting(missing, &reasons),
            }
        }
    }

    fn finding(&mut self, reason: &Reason<'_>, view: View) {
        let grade = Grade::from_word(reason.grade).unwrap_or(Grade::Absolute);
        let undecided = reason.state == "undecided";
        let counts = if undecided {
            "not known"
        } else {
            phrases::asks_for(grade)
        };
        let sign = self.style.sign(reason.counts_as);
        let title = match view {
            View::Desk => format!("{sign} {} ({counts})", reason.title),
            View::Clinician => format!(
                "{sign} {} [{}, {}]",
                reason.rule, reason.grade, reason.state
            ),
        };
        let painted = self.style.paint(Role::Verdict(reason.counts_as), &title);
        self.line(&painted);
        let answers: Vec<String> = reason.because.iter().map(Because::in_words).collect();
        if !answers.is_empty() {
            self.labelled(
                if undecided { "missing" } else { "because" },
                &answers.join(", "),
            );
        }
        self.labelled("why", reason.why);
        if view == View::Desk && !reason.calls_for_action() {
            // What to do about it depends on the answer; what to do now stands under "Find out".
            return;
        }
        match (&reason.until, reason.clears) {
            (Some(day), None) => self.labelled(
                "ends",
                &format!("{}, if nothing else changes", phrases::day(day)),
            ),
            (None, Some(clears)) => self.labelled("ends", clears),
            (Some(day), Some(clears)) => {
                self.labelled(
                    "ends",
                    &format!("{clears}; no earlier than {}", phrases::day(day)),
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

    /// Several findings that lack the same answers.
    fn waiting(&mut self, missing: &[Because<'_>], reasons: &[&Reason<'_>]) {
        let Some(gravest) = reasons.iter().map(|reason| reason.counts_as).max() else {
            return;
        };
        let sign = self.style.sign(gravest);
        let title = format!("{sign} {} reasons (not known)", reasons.len());
        let painted = self.style.paint(Role::Verdict(gravest), &title);
        self.line(&painted);
        let answers: Vec<String> = missing.iter().map(Because::in_words).collect();
        self.labelled("missing", &answers.join(", "));
        let titles: Vec<&str> = reasons.iter().map(|reason| &*reason.title).collect();
        self.labelled("could be", &titles.join("; "));
    }
}
