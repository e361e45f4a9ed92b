//! Decides what a set of answers means under a plan, as of a day.
//!
//! Takes a [`Plan`], the patient's [`Answers`] and a [`Date`]; gives an
//! [`Assessment`]. Nothing here reads a file, asks a question, prints or looks
//! at the clock: the same inputs give the same assessment for ever. Nothing
//! here can fail.
//!
//! An answer that was not given is *unknown*, never *no*: see [`Truth`].

use super::answer::{Answers, Mark, OptionName, Reply, Value, days_of};
use super::condition::{Check, Test};
use super::date::{Date, Days};
use super::evaluate::Patient;
use super::finding::{Evidence, Finding, Standing};
use super::plan::{Plan, Rule};
use super::range;
use super::range::VerdictRange;
use super::summary::{Doubt, Scope, Summary};
use super::truth::Truth;
use super::verdict::{Grade, Verdict};

/// What a set of answers means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The treatment day.
    pub as_of: Date,
    /// The most severe of the findings.
    pub verdict: Verdict,
    /// The range of possible verdicts, and the questions that would settle the verdict.
    pub range: VerdictRange,
    /// Every rule that applies or is undecided, most severe first, then in the pack's order.
    pub findings: Vec<Finding>,
    /// The verdict from each day on which it changes, the treatment day first,
    /// if nothing but the day changes.
    pub timeline: Vec<(Date, Verdict)>,
    /// The first later day from which treatment may go ahead for good; none
    /// when it may already, or never.
    pub eligible_from: Option<Date>,
    /// Numbers of the relaxations without which the verdict would be more severe.
    pub relaxed: Vec<usize>,
    /// Answers that cannot all be right.
    pub doubts: Vec<Doubt>,
    /// Medicines the pack does not know, as typed.
    pub unrecognised: Vec<String>,
    /// The unknown questions that undecided rules read: those of the most severe rule first, then
    /// in the order of the pack.
    pub undecided: Vec<usize>,
}

impl Assessment {
    /// The questions answered although an earlier answer says they do not apply.
    pub fn not_asked(&self) -> impl Iterator<Item = usize> {
        self.doubts.iter().filter_map(|doubt| match doubt {
            Doubt::NotAsked(question) => Some(*question),
            Doubt::Stated(_) | Doubt::ImpossibleDay(_) => None,
        })
    }

    /// The open questions that lead to the verdict whichever answers are given.
    #[must_use]
    pub fn whichever(&self) -> Vec<usize> {
        let findings = self.findings.iter();
        let certain = findings.filter(|finding| finding.whichever);
        let mut questions: Vec<usize> = certain
            .flat_map(|finding| &finding.evidence)
            .map(|evidence| evidence.question)
            .collect();
        questions.sort_unstable();
        questions.dedup();
        questions
    }
}

/// Assesses the patient who gave `answers`, for treatment on `as_of`.
#[must_use]
pub fn assess(plan: &Plan, answers: &Answers, as_of: Date) -> Assessment {
    let patient = Patient::new(plan, answers, as_of);
    let summary = Summary::of(&patient, &Scope::all(plan), as_of);
    from_summary(&patient, &summary, as_of)
}

/// The same, if the summary over all rules is known already.
#[must_use]
pub fn from_summary(patient: &Patient<'_>, summary: &Summary, as_of: Date) -> Assessment {
    let turning = patient.turning_days(as_of);
    Assessment {
        as_of,
        verdict: summary.verdict,
        range: range::of(patient, as_of, summary.verdict),
        findings: findings(patient, summary, as_of, &turning),
        timeline: timeline(patient, as_of, &turning),
        eligible_from: summary.eligible_from(),
        relaxed: summary.relaxed(),
        doubts: summary.doubts.clone(),
        unrecognised: unrecognised(patient),
        undecided: summary.open.iter().map(|open| open.question).collect(),
    }
}

/// The verdict from each day on which it changes. Between turning days nothing
/// can change, so this is exact.
fn timeline(patient: &Patient<'_>, as_of: Date, turning: &[Date]) -> Vec<(Date, Verdict)> {
    let mut steps: Vec<(Date, Verdict)> = Vec::new();
    for day in std::iter::once(as_of).chain(turning.iter().copied()) {
        let verdict = patient.verdict(day);
        if steps.last().is_none_or(|last| last.1 != verdict) {
            steps.push((day, verdict));
        }
    }
    steps
}

fn findings(
    patient: &Patient<'_>,
    summary: &Summary,
    as_of: Date,
    turning: &[Date],
) -> Vec<Finding> {
    let certain = certain(patient, summary, as_of);
    let mut findings: Vec<Finding> = Vec::new();
    for (number, rule) in patient.plan.rules.iter().enumerate() {
        let truth = patient.rule(rule, as_of);
        let Some(counts_as) = rule.counts_as(truth) else {
            continue;
        };
        // Where a relaxed form ends, the strict one may go on.
        let forms = patient.plan.forms(number);
        let over = |day: &Date| {
            let mut forms = forms.iter();
            forms.all(|form| patient.rule(form, *day) == Truth::No)
        };
        // It may come back: it ends on the day from which it stays away.
        let last = turning.iter().rposition(|day| !over(day));
        let until = turning.get(last.map_or(0, |last| last + 1)).copied();
        let (standing, evidence) = if truth == Truth::Yes {
            (Standing::Applies, support(patient, rule, as_of))
        } else {
            (Standing::Undecided, missing(patient, rule, as_of))
        };
        let whichever = certain
            .as_ref()
            .filter(|(_, rules)| rules.contains(&number));
        let counts_as = whichever.map_or(counts_as, |(grade, _)| counts_as.max(*grade));
        findings.push(Finding {
            rule: number,
            standing,
            counts_as,
            whichever: whichever.is_some(),
            evidence,
            until,
        });
    }
    findings.sort_by_key(|finding| {
        (
            std::cmp::Reverse(finding.counts_as),
            finding.standing,
            finding.rule,
        )
    });
    findings
}

/// The undecided rules of which one applies whichever answers are given, and what they count as
/// together; none if the verdict does not depend on them.
fn certain(patient: &Patient<'_>, summary: &Summary, as_of: Date) -> Option<(Grade, Vec<usize>)> {
    let verdict = summary.verdict;
    let mut grades = Grade::ALL.into_iter();
    let grade = grades.find(|grade| grade.verdict() == verdict)?;
    if summary.least < verdict {
        return None;
    }
    let all = &patient.plan.rules;
    let counted = patient.counted(all, as_of);
    let groups = range::whichever(patient, all, as_of, counted);
    let groups = groups.into_iter().filter(|(_, least)| *least >= verdict);
    let rules: Vec<&Rule> = groups.flat_map(|(rules, _)| rules).collect();
    let certain =
        |rule: &Rule| rule.grade >= grade && rules.iter().any(|other| std::ptr::eq(*other, rule));
    let numbered = all.iter().enumerate().filter(|(_, rule)| certain(rule));
    Some((grade, numbered.map(|(number, _)| number).collect()))
}

/// The answers that make a rule apply, each question once.
fn support(patient: &Patient<'_>, rule: &Rule, day: Date) -> Vec<Evidence> {
    let mut tests = Vec::new();
    rule.when
        .support(&mut |test| patient.test(test, day), &mut tests);
    let mut evidence: Vec<Evidence> = Vec::new();
    for test in tests {
        let read = as_read(patient, test);
        let known = evidence
            .iter_mut()
            .find(|known| known.question == test.question);
        match known {
            Some(known) if known.answer == read.answer => {}
            Some(known) => {
                known.answer = format!("{}; {}", known.answer, read.answer);
                known.in_full = format!("{}; {}", known.in_full, read.in_full);
            }
            None => evidence.push(read),
        }
    }
    evidence.sort_by_key(|evidence| evidence.question);
    evidence
}

/// The answers whose absence leaves a rule undecided.
fn missing(patient: &Patient<'_>, rule: &Rule, day: Date) -> Vec<Evidence> {
    let tests = rule.when.tests();
    let open = patient.open_questions(&rule.when, day);
    let answer = |question: usize| {
        let read = tests.iter().find(|test| test.question == question);
        read.map_or_else(
            || named_both_ways(question, |name| written(patient, question, name)),
            |test| as_read(patient, test),
        )
    };
    open.into_iter().map(answer).collect()
}

/// The evidence of an answer, written with each way to name options.
fn named_both_ways(question: usize, written: impl Fn(OptionName) -> String) -> Evidence {
    Evidence {
        question,
        answer: written(OptionName::Id),
        in_full: written(OptionName::Text),
    }
}

fn written(patient: &Patient<'_>, question: usize, name: OptionName) -> String {
    let Some(asked) = patient.plan.questions.get(question) else {
        return String::new();
    };
    let reply = patient.answers.reply(question);
    let words = reply.written(&asked.question, name);
    let later = |days: Days| days.first.is_some_and(|first| first > patient.as_of);
    match patient.impossible(question) {
        Some(why) => format!("{words}, which {}", why.in_words()),
        // An answer of this form can be read again.
        None if days_of(reply).is_some_and(later) => format!("planned {words}"),
        None => words,
    }
}

/// The part of the answer that the test reads, so that a finding about one option or one medicine
/// does not reveal the others.
#[must_use]
pub fn as_read(patient: &Patient<'_>, test: &Test) -> Evidence {
    named_both_ways(test.question, |name| read_by(patient, test, name))
}

fn read_by(patient: &Patient<'_>, test: &Test, name: OptionName) -> String {
    let Some(asked) = patient.plan.questions.get(test.question) else {
        return String::new();
    };
    match (patient.answers.reply(test.question), &test.check) {
        (
            Reply::Given(Value::Choices(marks)),
            Check::IncludesAny(read) | Check::IncludesAll(read),
        ) => {
            let said = |wanted: fn(Mark) -> bool| {
                let options = read
                    .iter()
                    .filter(|option| marks.get(**option).copied().is_some_and(wanted));
                let choices = asked.question.kind.choices();
                let options = options.filter_map(|option| choices.get(*option));
                let named = options.map(|choice| name.of(choice));
                named.collect::<Vec<_>>().join("; ")
            };
            let yes = said(|mark| mark == Mark::Yes);
            let open = said(|mark| !matches!(mark, Mark::Yes | Mark::No));
            match (yes.is_empty(), open.is_empty()) {
                (false, _) => yes,
                (true, false) => format!("{open}: not known"),
                (true, true) => format!("not {}", said(|mark| mark == Mark::No)),
            }
        }
        (Reply::Given(Value::Medicines(medicines)), Check::Takes(groups)) => {
            let of_group = |entry: &&super::medicine::Entry| {
                patient
                    .plan
                    .medicines
                    .meanings(entry)
                    .any(|meaning| groups.contains(&meaning.group))
            };
            let typed: Vec<&str> = medicines
                .entries
                .iter()
                .filter(of_group)
                .map(|entry| entry.text.as_str())
                .collect();
            if typed.is_empty() {
                "not known".to_owned()
            } else {
                typed.join("; ")
            }
        }
        (Reply::Given(Value::Medicines(medicines)), Check::TakesUnrecognised) => {
            let typed: Vec<&str> = medicines
                .entries
                .iter()
                .filter_map(|entry| entry.unrecognised.as_deref())
                .collect();
            if typed.is_empty() {
                "not known".to_owned()
            } else {
                typed.join("; ")
            }
        }
        _ => written(patient, test.question, name),
    }
}

fn unrecognised(patient: &Patient<'_>) -> Vec<String> {
    let questions = 0..patient.plan.questions.len();
    let replies = questions.map(|question| patient.answers.reply(question));
    let entries = replies.flat_map(|reply| match reply {
        Reply::Given(Value::Medicines(medicines)) => medicines.entries.as_slice(),
        _ => &[],
    });
    entries
        .filter_map(|entry| entry.unrecognised.clone())
        .collect()
}
