//! A report for a person at a screen: verdict first, then why, then what to do.

use candidacy_engine::plan::{Expectation, Plan};

use super::model::{Report, View};
use super::phrases;
use super::style::{Role, Style};
use super::verdict_line;

mod findings;
mod glance;
mod prospects;

/// The widest lines get, however wide the window: longer ones are hard to read.
const WIDEST: usize = 100;
/// Columns kept for the labels in front of a finding's lines.
const LABEL: usize = 12;
/// Windows narrower than this get labels on lines of their own.
const ROOM_FOR_LABELS: usize = 56;

/// The whole report.
#[must_use]
pub fn report(
    plan: &Plan,
    sheet: &Report<'_>,
    expect: &[&Expectation],
    view: View,
    style: Style,
) -> String {
    let mut page = Page {
        text: String::new(),
        style,
        width: style.width.clamp(20, WIDEST),
    };
    page.verdict(plan, sheet);
    if view == View::Clinician {
        page.at_a_glance(sheet);
        page.prospects(sheet);
    }
    page.findings(sheet, view);
    page.loose_ends(sheet);
    page.ask_about(sheet);
    page.expectations(expect);
    page.footer(plan, sheet);
    page.last_line(sheet);
    page.text
}

struct Page {
    text: String,
    style: Style,
    width: usize,
}

impl Page {
    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    fn heading(&mut self, words: &str) {
        self.gap();
        let painted = self.style.paint(Role::Heading, words);
        self.line(&painted);
    }

    /// A paragraph, wrapped, its lines indented.
    fn paragraph(&mut self, indent: usize, text: &str) {
        let pad = " ".repeat(indent);
        let options = textwrap::Options::new(self.width)
            .initial_indent(&pad)
            .subsequent_indent(&pad);
        for line in textwrap::wrap(text, options) {
            self.line(&line);
        }
    }

    /// One point of a list.
    fn bullet(&mut self, text: &str) {
        let options = textwrap::Options::new(self.width)
            .initial_indent("    - ")
            .subsequent_indent("      ");
        for line in textwrap::wrap(text, options) {
            self.line(&line);
        }
    }

    /// A labelled paragraph under a finding.
    fn labelled(&mut self, label: &str, text: &str) {
        if self.width < ROOM_FOR_LABELS {
            let painted = self.style.paint(Role::Muted, label);
            self.line(&format!("  {painted}"));
            self.paragraph(4, text);
            return;
        }
        let room = self.width.saturating_sub(LABEL + 4);
        // An address broken over two lines cannot be followed.
        let options = textwrap::Options::new(room)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(!text.contains("://"));
        for (number, line) in textwrap::wrap(text, options).into_iter().enumerate() {
            let label = format!("{:LABEL$}", if number == 0 { label } else { "" });
            let label = self.style.paint(Role::Muted, &label);
            self.line(&format!("    {label}{line}"));
        }
    }

    fn verdict(&mut self, plan: &Plan, sheet: &Report<'_>) {
        let verdict = sheet.verdict;
        let title = format!(
            "{} {}",
            self.style.sign(verdict),
            phrases::verdict(verdict).to_uppercase()
        );
        let painted = self.style.paint(Role::Verdict(verdict), &title);
        self.line(&painted);
        self.paragraph(2, phrases::to_do(sheet, verdict));
        if let Some(when) = phrases::may_go_ahead(sheet, "") {
            let words = format!("May go ahead {when}, if nothing else changes.");
            self.paragraph(2, &words);
        }
        if sheet.timeline.len() > 1 {
            let then = self.style.then();
            let step = |step: &super::model::Step, first: bool| {
                let word = phrases::verdict(step.verdict);
                if first {
                    word
                } else {
                    format!("{then} {} {word}", step.from.in_words())
                }
            };
            let steps: Vec<String> = sheet
                .timeline
                .iter()
                .enumerate()
                .map(|(number, one)| step(one, number == 0))
                .collect();
            self.paragraph(2, &steps.join(" "));
        }
        if sheet.range.best != sheet.range.worst {
            let (best, worst) = (
                phrases::verdict(sheet.range.best),
                phrases::verdict(sheet.range.worst),
            );
            self.paragraph(
                2,
                &format!(
                    "Not settled: complete answers could lead to anything from {best} to {worst}."
                ),
            );
        }
        if let Some(words) = phrases::whichever(plan, sheet) {
            self.paragraph(2, &words);
        }
        for one in &sheet.relaxed {
            self.paragraph(2, &phrases::relies(one));
        }
    }

    /// What would settle it, what contradicts itself, what was not recognised.
    fn loose_ends(&mut self, sheet: &Report<'_>) {
        if !sheet.needs.is_empty() {
            self.heading("Find out");
            for words in phrases::needs(sheet) {
                self.paragraph(2, &words);
            }
        }
        if !sheet.contradictions.is_empty() || !sheet.doubts.is_empty() {
            self.heading("These answers contradict each other");
            for doubt in &sheet.doubts {
                self.paragraph(2, &format!("{doubt}. Ask again."));
            }
            for one in &sheet.contradictions {
                let answer = one
                    .answer
                    .as_deref()
                    .map_or(String::new(), |answer| format!(" ({answer})"));
                self.paragraph(
                    2,
                    &format!(
                        "{}{answer} was answered, but is only asked when: {}. It counts.",
                        one.question, one.asked_when
                    ),
                );
            }
        }
        if !sheet.unrecognised_medicines.is_empty() {
            self.heading("Not recognised as medicines");
            for one in &sheet.unrecognised_medicines {
                self.paragraph(2, &phrases::not_recognised(one));
            }
        }
    }

    fn ask_about(&mut self, sheet: &Report<'_>) {
        if sheet.ask_about.is_empty() {
            return;
        }
        self.heading("Ask about these medicines");
        for one in &sheet.ask_about {
            self.paragraph(
                2,
                &format!(
                    "{}: {} Until it is known, the stricter reading counts.",
                    one.typed, one.ask
                ),
            );
        }
    }

    fn expectations(&mut self, expect: &[&Expectation]) {
        if expect.is_empty() {
            return;
        }
        self.heading("What to expect");
        for one in expect {
            self.paragraph(2, &format!("{}: {}", one.title, one.text));
            for point in &one.points {
                self.bullet(point);
            }
        }
    }

    fn footer(&mut self, plan: &Plan, sheet: &Report<'_>) {
        self.gap();
        for words in &sheet.advice {
            self.paragraph(0, words);
        }
        self.gap();
        let short = sheet
            .pack
            .fingerprint
            .get(..12)
            .unwrap_or(sheet.pack.fingerprint);
        let review = plan.header.review_by.map_or(String::new(), |day| {
            format!(", to be reviewed by {}", day.in_words())
        });
        let rules = format!(
            "Rules: {}{review}. Decided for {}. {}.",
            phrases::packs(plan, &format!(" ({short})"), str::to_owned),
            sheet.as_of.in_words(),
            sheet.tool,
        );
        self.paragraph(0, &rules);
    }

    /// The verdict, its day and its reason once more: a long report has pushed the first
    /// line off the screen.
    fn last_line(&mut self, sheet: &Report<'_>) {
        let verdict = sheet.verdict;
        self.gap();
        self.painted(Role::Verdict(verdict), &verdict_line::last_line(sheet));
    }

    /// Words in the colour of their role, wrapped; the lines after the first are indented.
    fn painted(&mut self, role: Role, words: &str) {
        let options = textwrap::Options::new(self.width)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .subsequent_indent("  ");
        for line in textwrap::wrap(words, options) {
            let painted = self.style.paint(role, &line);
            self.line(&painted);
        }
    }
}
