//! One patient screened: the answers, what they come to, and every form it is reported in.

use std::path::Path;

use crate::error::Error;
use crate::files::Destination;
use crate::report::model::{self, View};
use crate::report::record::{self, Typed};
use crate::report::style::Style;
use crate::report::{brief, explain, full, handout, note, verdict_line};
use candidacy_engine::answer::Answers;
use candidacy_engine::assess::{Assessment, assess};
use candidacy_engine::date::Date;
use candidacy_engine::plan::{Plan, Rule};

use crate::cli::args::{Format, json};
use crate::cli::record as records;

/// What a screening came to.
pub struct Outcome<'a> {
    plan: &'a Plan,
    answers: Answers,
    typed: Vec<Typed>,
    assessment: Assessment,
    /// Who reads the reports.
    pub view: View,
    /// The day it was made on.
    today: Date,
}

impl<'a> Outcome<'a> {
    /// What `answers` come to on the day decided for.
    pub fn of(
        plan: &'a Plan,
        (as_of, answers, typed): (Date, Answers, Vec<Typed>),
        view: View,
        today: Date,
    ) -> Self {
        let assessment = assess(plan, &answers, as_of);
        Self {
            plan,
            answers,
            typed,
            assessment,
            view,
            today,
        }
    }

    /// The report in one of its forms.
    pub fn report(&self, format: Format, style: Style) -> Result<String, Error> {
        let sheet = self.sheet(self.view);
        let expect = model::expectations(self.plan, &self.answers, &self.assessment);
        let full = || full::document(self.plan, &sheet, &expect, self.view);
        Ok(match format {
            Format::Text => full().text(style),
            Format::Markdown => full().markdown(),
            Format::Html => full().html(),
            Format::Note => note::document(self.plan, &sheet, &[], self.view).lines(),
            Format::Json => json(&sheet)?,
        })
    }

    /// The short report, in at most `rows` lines where that is possible.
    pub fn brief(&self, style: Style, rows: usize) -> String {
        brief::brief(&self.sheet(self.view), style, rows)
    }

    /// The verdict and its day, without a reason.
    pub fn verdict_and_day(&self) -> String {
        verdict_line::verdict_and_day(&self.sheet(View::Desk)) + "\n"
    }

    /// Why a rule applies, or not.
    pub fn why(&self, rule: &Rule, style: Style) -> String {
        let as_of = self.assessment.as_of;
        explain::why(self.plan, &self.answers, as_of, rule, self.view, style)
    }

    /// The form of a rule that is in force on the day decided for.
    pub fn rule(&self, id: &str) -> Option<&'a Rule> {
        self.plan.rule_on(id, self.assessment.as_of)
    }

    /// The ids of the rules that apply, as far as they may be shown.
    pub fn applying(&self) -> Vec<String> {
        let sheet = self.sheet(self.view);
        let shown = sheet.reasons().filter(|one| one.rule != model::PRIVATE);
        shown.map(|one| one.rule.to_owned()).collect()
    }

    /// Writes the page for the patient: HTML when the name of the file ends in `.html`, else
    /// Markdown. It is handed over at the desk, so it tells no private reason, whoever reads the
    /// report.
    pub fn print_page(&self, path: &Path, to: &mut Destination) -> Result<(), Error> {
        let sheet = self.sheet(View::Desk);
        let expect = model::expectations(self.plan, &self.answers, &self.assessment);
        let ending = path.extension();
        let page = handout::document(self.plan, &sheet, &expect);
        let page = if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("html")) {
            page.html()
        } else {
            page.markdown()
        };
        to.put(page.as_bytes())
    }

    /// Writes the record.
    pub fn save_record(&self, to: &mut Destination) -> Result<(), Error> {
        let typed = self.typed.clone();
        let record = record::of(
            self.plan,
            &self.answers,
            typed,
            &self.assessment,
            self.today,
        );
        records::save(to, &record)
    }

    fn sheet(&self, view: View) -> model::Report<'a> {
        model::sheet(self.plan, &self.answers, &self.assessment, view)
    }
}
