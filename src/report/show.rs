//! One rule, question, setting or group of medicines with everything about it, in plain words.
//!
//! Conditions are derived from the compiled plan, not from the author's text: settings and facts
//! are filled in. The reader sees what decides and can compare it with what was meant.

pub mod origin;

use candidacy_engine::condition::Condition;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack::Pack;
use candidacy_engine::period::Period;
use candidacy_engine::plan::{Asked, Case, Plan, Relaxation, Rule};
use candidacy_engine::truth::Truth;

use super::conditions;
use super::doc::survey::{Survey, survey};
use super::phrases;

/// All that is called `id`: a rule, a question, a setting, a group of medicines. None when nothing
/// is. `plan` was compiled from `pack`.
#[must_use]
pub fn show(pack: &Pack, plan: &Plan, id: &str) -> Option<String> {
    let survey = survey(pack, plan);
    let forms = plan.rules.iter().enumerate();
    let forms = forms.filter(|(_, rule)| rule.id == id);
    let question = plan.question(id);
    let question =
        question.and_then(|number| Some(of_question(plan, number, plan.questions.get(number)?)));
    let mut pages: Vec<String> = forms
        .map(|(number, rule)| of_rule(&survey, number, rule))
        .chain(question)
        .collect();
    pages.extend(of_setting(&survey, id));
    pages.extend(of_group(&survey, id));
    (!pages.is_empty()).then(|| pages.join("\n"))
}

/// A waiting period by its name, with the rules that use it. A setting that is relaxed for a while
/// has two lengths.
fn of_setting(survey: &Survey<'_>, id: &str) -> Option<String> {
    let waits = survey.waits.iter();
    let mut waits = waits.filter(|wait| wait.name.as_deref() == Some(id));
    let mut next = waits.next();
    next?;
    let mut page = Page::new(&format!("Setting {id}"));
    while let Some(wait) = next {
        page.line("wait", &wait.period.to_string());
        page.rules(survey.plan, "used by", &wait.rules);
        next = waits.next();
    }
    Some(page.0)
}

/// A group of medicines, with its names and the rules that read it.
fn of_group(survey: &Survey<'_>, id: &str) -> Option<String> {
    let mut groups = survey.plan.groups.iter().zip(&survey.groups);
    let (group, surveyed) = groups.find(|(group, _)| group.id == id)?;
    let mut page = Page::new(&format!("Group {id}"));
    page.maybe("label", group.label.as_deref());
    page.line("checked by", surveyed.checked_by.unwrap_or("nobody yet"));
    page.rules(survey.plan, "read by", &surveyed.rules);
    for medicine in surveyed.members {
        let also = medicine.also.iter().map(|name| name.value.as_str());
        let names: Vec<&str> = [medicine.name.value.as_str()]
            .into_iter()
            .chain(also)
            .collect();
        page.line("medicine", &names.join(", "));
    }
    Some(page.0)
}

fn of_rule(survey: &Survey<'_>, number: usize, rule: &Rule) -> String {
    let plan = survey.plan;
    let mut page = Page::new(&format!("Rule {}", rule.id));
    let means = rule.grade.verdict().word();
    page.line(
        "grade",
        &format!(
            "{}: a patient to whom it applies gets `{means}` or a more severe verdict",
            rule.grade.word()
        ),
    );
    page.block(
        "applies when",
        &conditions::lines(plan, &conditions::condition(plan, &rule.when)),
    );
    for wait in &survey.waits {
        if let Some(name) = wait.name.as_ref().filter(|_| wait.rules.contains(&number)) {
            page.line("setting", &format!("{name}: {}", wait.period));
        }
    }
    let unsure = format!(
        "counts as {}, `{}`",
        rule.if_unsure.word(),
        rule.if_unsure.verdict().word()
    );
    page.line("undecided", &unsure);
    page.maybe("clears", rule.clears.as_deref());
    page.maybe("in force", in_force(rule).as_deref());
    for one in relaxations(plan, rule) {
        let (until, owner, reason) = (one.until, &one.owner, &one.reason);
        page.line(
            "relaxed",
            &format!("until {until}; {owner} is responsible: {reason}"),
        );
    }
    page.line("why", &rule.why);
    for advice in rule
        .advice
        .iter()
        .filter_map(|number| plan.advice.get(*number))
    {
        page.line("advice", &advice.text);
    }
    if rule.private {
        page.line(
            "private",
            "the front desk does not see that it is this rule",
        );
    }
    page.maybe("note", rule.note.as_deref());
    page.maybe("unverified", rule.unverified.as_deref());
    for number in rule.when.questions() {
        if let Some(asked) = plan.questions.get(number) {
            page.line(
                "reads",
                &format!("{}: {}", asked.question.id, asked.question.ask),
            );
        }
    }
    for source in rule
        .sources
        .iter()
        .filter_map(|number| plan.citations.get(*number))
    {
        page.line(
            "source",
            &format!(
                "{} ({}): {} {}",
                source.id, source.strength, source.cite, source.url
            ),
        );
    }
    let counts = |case: &&Case| {
        let patient = Patient::new(plan, &case.answers, case.as_of);
        patient.rule(rule, case.as_of) != Truth::No
    };
    page.cases(plan.cases.iter().filter(counts));
    page.0
}

/// The relaxations that suspend this form of a rule.
pub fn relaxations<'p>(plan: &'p Plan, rule: &Rule) -> impl Iterator<Item = &'p Relaxation> {
    let by = rule.set_aside.as_ref();
    let by = by.map_or_else(Vec::new, |aside| aside.by.clone());
    by.into_iter()
        .filter_map(|number| plan.relaxations.get(number))
}

/// The days on which a rule is in force, in words; none if it always is.
#[must_use]
pub fn in_force(rule: &Rule) -> Option<String> {
    match (rule.from, rule.to) {
        (Some(from), Some(to)) if to < from => Some("on no day".to_owned()),
        (None, None) => None,
        (Some(from), None) => Some(format!("from {from} on")),
        (None, Some(to)) => Some(format!("until {to}, that day included")),
        (Some(from), Some(to)) => Some(format!("from {from} until {to}, both included")),
    }
}

fn of_question(plan: &Plan, number: usize, asked: &Asked) -> String {
    let question = &asked.question;
    let mut page = Page::new(&format!("Question {}", question.id));
    page.line("asks", &question.ask);
    page.maybe("help", question.help.as_deref());
    page.line("answer", question.kind.word());
    for choice in question.kind.choices() {
        page.line("option", &format!("{}: {}", choice.id, choice.text));
    }
    if let Some(gate) = &asked.gate {
        page.block(
            "asked when",
            &conditions::lines(plan, &conditions::condition(plan, gate)),
        );
    }
    if plan.birth == Some(number) {
        page.line("birth", BIRTH);
    }
    if question.planned {
        page.line("planned", PLANNED);
    }
    if let Some(covers) = question.covers {
        page.line("covers", &covers_in_words(covers));
    }
    if question.exhaustive {
        page.line(
            "none",
            "is not an answer: at least one option always applies",
        );
    }
    if question.staff {
        page.line("staff", "answer it, not the patient");
    }
    if question.optional {
        page.line("optional", "left blank it counts as no");
    }
    if let Some(left_out) = phrases::left_out(plan, asked) {
        page.line("not asked", &left_out);
    }
    let reads = |condition: &Condition| condition.questions().contains(&number);
    let reading = plan.rules.iter().filter(|rule| reads(&rule.when));
    let mut reading: Vec<String> = reading
        .map(|rule| format!("rule {} ({})", rule.id, rule.grade.word()))
        .collect();
    reading.dedup();
    for rule in reading {
        page.line("read by", &rule);
    }
    for other in &plan.questions {
        if other.gate.as_ref().is_some_and(reads) {
            page.line(
                "read by",
                &format!(
                    "question {}, which decides whether it is asked",
                    other.question.id
                ),
            );
        }
    }
    for claim in plan.claims.iter().filter(|claim| reads(&claim.condition)) {
        page.line("claimed", &claim.claim);
    }
    let rules = plan.rules.iter().filter(|rule| reads(&rule.when));
    let rules: Vec<&Rule> = rules.collect();
    let counts = |case: &&Case| {
        let patient = Patient::new(plan, &case.answers, case.as_of);
        rules
            .iter()
            .any(|rule| patient.rule(rule, case.as_of) != Truth::No)
    };
    page.cases(plan.cases.iter().filter(counts));
    page.0
}

/// The consequences for the question that asks for the date of birth.
pub const BIRTH: &str =
    "this is the date of birth: days before it, and ages over 120 years, cannot be right";

/// What an answer may be if its event may be planned.
pub const PLANNED: &str =
    "the day may be a later one, on which it is planned, at most 2 years ahead";

/// How far back a question asks, in words.
#[must_use]
pub fn covers_in_words(covers: Period) -> String {
    format!("the last {covers}; no wait on this answer may be longer")
}

/// Lines under one heading, each with a label.
struct Page(String);

/// The width of the label column.
const LEAD: usize = 14;

impl Page {
    fn new(title: &str) -> Self {
        Self(format!("{title}\n"))
    }

    fn line(&mut self, lead: &str, words: &str) {
        self.0.push_str(&format!("  {lead:LEAD$}{words}\n"));
    }

    fn maybe(&mut self, lead: &str, words: Option<&str>) {
        if let Some(words) = words {
            self.line(lead, words);
        }
    }

    fn block(&mut self, lead: &str, lines: &[String]) {
        for (number, line) in lines.iter().enumerate() {
            self.line(if number == 0 { lead } else { "" }, line);
        }
    }

    /// A line for each of these rules, with its grade.
    fn rules(&mut self, plan: &Plan, lead: &str, rules: &[usize]) {
        let rules = rules.iter().filter_map(|at| plan.rules.get(*at));
        let mut rules: Vec<String> = rules
            .map(|rule| {
                let title = phrases::title(rule);
                format!("rule {} ({}): {title}", rule.id, rule.grade.word())
            })
            .collect();
        rules.dedup();
        if rules.is_empty() {
            self.line(lead, "no rule");
        }
        for rule in rules {
            self.line(lead, &rule);
        }
    }

    fn cases<'a>(&mut self, cases: impl Iterator<Item = &'a Case>) {
        let mut none = true;
        for case in cases {
            self.line("case", &format!("{} ({})", case.name, case.at));
            none = false;
        }
        if none {
            self.line("case", "none");
        }
    }
}
