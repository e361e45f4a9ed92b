//! One screened patient: the answers, the results, and all forms of report.

use crate::error::Error;
use crate::files::Destination;
use crate::forms::cds_hooks;
use crate::forms::fhir::guidance;
use crate::report::model::{self, View};
use crate::report::record::{self, Typed};
use crate::report::style::Style;
use crate::report::{brief, calendar, explain, full, handout, note, verdict_line};
use candidacy_engine::answer::Answers;
use candidacy_engine::assess::{Assessment, assess};
use candidacy_engine::date::Date;
use candidacy_engine::plan::{Plan, Rule};

use crate::cli::args::{Format, json};
use crate::cli::record as records;
use crate::report::handout::Letterhead;

use super::page_form::PageForm;

/// The width of a plain text page, in columns.
const PAPER: usize = 80;

/// The result of a screening.
pub struct Outcome<'a> {
    plan: &'a Plan,
    answers: Answers,
    typed: Vec<Typed>,
    assessment: Assessment,
    /// Who reads the reports.
    pub view: View,
    /// The day on which it was made.
    today: Date,
    letterhead: Letterhead<'a>,
}

impl<'a> Outcome<'a> {
    /// The result of `answers` on the treatment day.
    pub fn of(
        plan: &'a Plan,
        (as_of, answers, typed): (Date, Answers, Vec<Typed>),
        view: View,
        today: Date,
        letterhead: Letterhead<'a>,
    ) -> Self {
        let assessment = assess(plan, &answers, as_of);
        Self {
            plan,
            answers,
            typed,
            assessment,
            view,
            today,
            letterhead,
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
            Format::Fhir => json(&guidance::response(self.plan, &sheet, &[]))?,
            Format::CdsHooks => json(&cds_hooks::response(self.plan, &sheet, &[], self.view))?,
        })
    }

    /// The short report, in at most `rows` lines if possible.
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

    /// The form of a rule that is in force on the treatment day.
    pub fn rule(&self, id: &str) -> Option<&'a Rule> {
        self.plan.rule_on(id, self.assessment.as_of)
    }

    /// The ids of the rules that apply and may be shown.
    pub fn applying(&self) -> Vec<String> {
        let sheet = self.sheet(self.view);
        let shown = sheet.reasons().filter(|one| one.rule != model::PRIVATE);
        shown.map(|one| one.rule.to_owned()).collect()
    }

    /// The page for the patient. It is handed over at the desk, so it shows no private reason,
    /// in any view of the report.
    pub fn page(&self, form: PageForm, style: Style) -> String {
        let sheet = self.sheet(View::Desk);
        let expect = model::expectations(self.plan, &self.answers, &self.assessment);
        let page = handout::document(self.plan, &sheet, &expect, self.letterhead);
        match form {
            PageForm::Html => page.html(),
            PageForm::Markdown => page.markdown(),
            PageForm::Text => page.text(style),
        }
    }

    /// Writes the page for the patient.
    pub fn print_page(&self, form: PageForm, to: &mut Destination) -> Result<(), Error> {
        to.put(self.page(form, Style::plain(PAPER)).as_bytes())
    }

    /// The calendar file of a wait whose last day is known.
    pub fn calendar(&self) -> Option<String> {
        let sheet = self.sheet(View::Desk);
        calendar::of_patient(self.plan, &sheet, self.letterhead, self.today)
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
