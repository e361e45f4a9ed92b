//! Explains one rule for one patient, down to each sentence of its condition.

use candidacy_engine::answer::{Answers, Reply, Value, days_of};
use candidacy_engine::assess::as_read;
use candidacy_engine::condition::{Check, Condition, Test};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::{Plan, Rule};
use candidacy_engine::truth::Truth;

use super::conditions;
use super::model;
use super::model::{Redaction, Relaxed, View};
use super::phrases::{self, heading};
use super::style::{Role, Style};

/// The width of the column with `yes`, `no` or `not known`.
const SAID: usize = 11;

/// Explains why `rule` applies, does not apply, or is undecided on `day`. It shows the condition as
/// a tree, with the result of each sentence and the answer it reads.
#[must_use]
pub fn why(
    plan: &Plan,
    answers: &Answers,
    day: Date,
    rule: &Rule,
    view: View,
    style: Style,
) -> String {
    let patient = Patient::new(plan, answers, day);
    let truth = patient.rule(rule, day);
    let mut page = Page {
        patient: &patient,
        veil: Redaction::new(plan, answers, view),
        day,
        style,
        text: String::new(),
    };
    page.wrapped("", &verdict_on(rule, truth, day), Some(Role::Heading));
    page.wrapped("  ", &rule.why, None);
    for one in relaxed(plan, rule, day, view) {
        let words = format!("This rule is {}", phrases::relaxed(&one));
        page.wrapped("  ", &words, None);
    }
    page.text.push('\n');
    page.tree(&rule.when, 0);
    page.text.push('\n');
    page.rests_on(rule, truth);
    page.text
}

/// The relaxations of the rule that are active on `day`.
fn relaxed<'a>(plan: &'a Plan, rule: &Rule, day: Date, view: View) -> Vec<Relaxed<'a>> {
    let forms = plan.rules.iter().filter(|form| form.id == rule.id);
    let touching = forms.filter_map(|form| form.set_aside.as_ref());
    let mut numbers: Vec<usize> = touching.flat_map(|aside| aside.by.clone()).collect();
    numbers.retain(|number| {
        let relaxation = plan.relaxations.get(*number);
        relaxation.is_some_and(|relaxation| day <= relaxation.until)
    });
    model::relaxed(plan, &numbers, view)
}

/// The first line: whether the rule applies.
fn verdict_on(rule: &Rule, truth: Truth, day: Date) -> String {
    let stands = match truth {
        Truth::Yes => "applies".to_owned(),
        Truth::Unknown => format!("is undecided and counts as {}", rule.if_unsure.word()),
        Truth::No if !rule.in_force(day) => "is not in force".to_owned(),
        Truth::No => "does not apply".to_owned(),
    };
    let from = rule.from.map_or(String::new(), |from| {
        format!(" In force from {}.", from.in_words())
    });
    let to = rule.to.map_or(String::new(), |to| {
        format!(" In force until {}.", to.in_words())
    });
    let day = day.in_words();
    format!(
        "{} ({}) {stands} on {day}.{from}{to}",
        rule.id,
        rule.grade.word()
    )
}

struct Page<'a> {
    patient: &'a Patient<'a>,
    veil: Redaction,
    day: Date,
    style: Style,
    text: String,
}

impl Page<'_> {
    fn wrapped(&mut self, lead: &str, words: &str, role: Option<Role>) {
        self.text.push_str(&self.style.wrapped(lead, words, role));
    }

    /// One line of the tree: the result, then the words.
    fn branch(&mut self, truth: Truth, depth: usize, words: &str) {
        let lead = format!("{:SAID$}{}", said(truth), "  ".repeat(depth));
        self.wrapped(&lead, words, None);
    }

    fn tree(&mut self, condition: &Condition, depth: usize) {
        let truth = self.patient.truth(condition, self.day);
        let (words, parts) = match condition {
            Condition::Test(test) => return self.leaf(true, test, depth),
            Condition::Not(part) if let Condition::Test(test) = part.as_ref() => {
                return self.leaf(false, test, depth);
            }
            Condition::Not(part) => ("not:", std::slice::from_ref(part.as_ref())),
            Condition::All(parts) => ("all of these:", parts.as_slice()),
            Condition::Any(parts) => ("at least one of these:", parts.as_slice()),
            Condition::None(parts) => ("none of these:", parts.as_slice()),
        };
        self.branch(truth, depth, words);
        for part in parts {
            self.tree(part, depth + 1);
        }
    }

    /// A sentence and the answer it reads; it is negated if `so` is false.
    fn leaf(&mut self, so: bool, test: &Test, depth: usize) {
        let held = self.patient.test(test, self.day);
        let truth = if so { held } else { !held };
        let sentence = conditions::sentence(self.patient.plan, test, so);
        self.branch(truth, depth, &sentence);
        let lead = " ".repeat(SAID + 2 * depth + 2);
        let answer = self.answer(test, held);
        self.wrapped(&lead, &answer, Some(Role::Muted));
    }

    /// The answer that a sentence reads, limited to the part that the sentence uses.
    fn answer(&self, test: &Test, truth: Truth) -> String {
        let asked = self.patient.plan.questions.get(test.question);
        let name = asked.map_or(String::new(), |asked| heading(&asked.question.id));
        let reply = self.patient.reply(test.question);
        let medicines = matches!(test.check, Check::Takes(_) | Check::TakesUnrecognised);
        let said = match reply {
            Reply::Blank if self.patient.is_left_out(test.question) => {
                let left_out = self.patient.plan.left_out(test.question, self.day);
                let answer = left_out.map_or("not known", |(answer, _)| answer);
                format!("not asked here, counts as {answer}")
            }
            Reply::Blank if self.patient.gate(test.question) == Truth::No => {
                "not asked, as it does not apply".to_owned()
            }
            Reply::Blank if self.patient.may_stay_silent(test.question) => {
                "optional, left out".to_owned()
            }
            Reply::Given(Value::Medicines(_)) if medicines && truth == Truth::No => {
                "none such named".to_owned()
            }
            _ => {
                let read = as_read(self.patient, test);
                self.veil.over(&read.in_full).into_owned()
            }
        };
        let turns = || test.check.turning_days(reply).into_iter().flatten();
        let later = || turns().filter(|day| *day > self.day);
        let over = later().max();
        // It has not begun yet.
        let begins = later()
            .min()
            .filter(|first| turns().all(|day| *first <= day));
        let begins = begins.filter(|first| Some(*first) < over);
        let vague = days_of(reply).is_some_and(|days| days.exact().is_none());
        let latest = if vague { " at the latest" } else { "" };
        let over = over.map_or(String::new(), |day| {
            format!("; over on {}{latest}", day.in_words())
        });
        let begins = begins.map_or(String::new(), |day| {
            let earliest = if vague { " at the earliest" } else { "" };
            format!("; begins on {}{earliest}", day.in_words())
        });
        format!("{name}: {said}{begins}{over}")
    }

    /// The sentences that must change before the rule changes.
    fn rests_on(&mut self, rule: &Rule, truth: Truth) {
        let (patient, day) = (self.patient, self.day);
        if !rule.in_force(day) {
            return;
        }
        let mut tests = Vec::new();
        rule.when
            .support(&mut |test| patient.test(test, day), &mut tests);
        let sentence = |test: &&Test| conditions::sentence(patient.plan, test, true);
        let mut words: Vec<String> = tests.iter().map(sentence).collect();
        words.dedup();
        let lead = match truth {
            Truth::Yes => "It applies because of",
            Truth::No => "It does not apply because of",
            Truth::Unknown => "It depends on",
        };
        self.wrapped("", &format!("{lead}: {}.", words.join("; ")), None);
    }
}

fn said(truth: Truth) -> &'static str {
    match truth {
        Truth::Yes => "yes",
        Truth::No => "no",
        Truth::Unknown => "not known",
    }
}
