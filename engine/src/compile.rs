//! Compiles a pack into a plan, or reports all problems that prevent it.
//!
//! Every name is looked up, and every sentence is read and checked against the type of its
//! question. Every guarantee of the rule language is checked. All problems are collected, so that
//! an author can fix a file in one go.

mod cases;
mod coverage;
mod days;
mod duplicates;
mod facts;
mod hours;
mod interviews;
mod left_out;
mod medicines;
mod privacy;
mod questions;
mod relaxations;
mod rules;
mod sentences;
mod symbols;
mod texts;

use std::collections::HashMap;

use super::condition::Condition;
use super::date::Date;
use super::diagnostic::{Code, Diagnostic, Problems, Refusal};
use super::pack::Pack;
use super::plan::{Advice, Citation, Closing, Group, OverrideReason, Plan};
use super::source::{Located, Place};

use symbols::Symbols;

/// Compiles a pack into a plan for use on the day `today`.
///
/// # Errors
///
/// The same problems, and days that are too far from `today`.
pub fn compile_on(mut pack: Pack, today: Date) -> Result<Plan, Refusal> {
    let problems = days::problems(&pack, today);
    pack.problems.extend(problems);
    compile(pack)
}

/// Compiles a pack into a plan.
///
/// # Errors
///
/// All problems, including those of shape, in the order of the files.
pub fn compile(pack: Pack) -> Result<Plan, Refusal> {
    let (plan, mut problems) = resolve(&pack);
    duplicates::clashes(&pack, &mut problems);
    if problems.is_empty() {
        return Ok(plan);
    }
    problems.sort_by_key(|problem| problem.place);
    problems.dedup();
    Err(Refusal {
        sources: pack.sources,
        problems,
    })
}

/// The plan with everything that could be resolved, and the problems.
fn resolve(pack: &Pack) -> (Plan, Vec<Diagnostic>) {
    let mut problems = pack.problems.clone();
    problems.extend(baseless(pack));
    let names = Symbols::of(pack);
    let facts = facts::resolve(pack, &names, &mut problems);
    let look = sentences::Resolver {
        names: &names,
        facts: &facts,
        sources: &pack.sources,
    };

    let medicines = medicines::resolve(pack, &names, &mut problems);
    let mut questions = questions::resolve(pack, &look, &mut problems);
    let mut rules = rules::resolve(pack, &look, &mut problems);
    hours::check(pack, &mut problems);
    let elsewhere = privacy::elsewhere(pack, &look, &mut problems);
    privacy::check(pack, &look, &questions, &rules, &elsewhere, &mut problems);
    let answerer = left_out::Answerer {
        questions: &questions,
        medicines: &medicines,
    };
    answerer.put(pack, &mut rules);
    let (left_out, wrong) = answerer.wrong(pack);
    problems.extend(wrong);
    let rules = relaxations::forms(pack, rules, answerer, &mut problems);
    for (number, one) in left_out {
        if let Some(asked) = questions.get_mut(number) {
            asked.left_out = Some(one);
        }
    }
    let expectations = rules::expectations(pack, &look, &mut problems);
    let claims = cases::claims(pack, &look, &mut problems);
    if pack.questions.is_empty() && problems.is_empty() {
        let start = Place {
            source: 0,
            start: 0,
            end: 1,
        };
        problems.push(
            Diagnostic::new(Code::MissingKey, start, "this pack asks nothing")
                .help("add for example `questions: [{id: acne, ask: Is the skin inflamed today?, type: yes-no}]`")
                .help("or list the files with the questions under `topics`"),
        );
    }

    let mut plan = Plan {
        header: pack.header.clone(),
        packs: pack.layers().iter().map(|one| one.header.clone()).collect(),
        fingerprint: pack.fingerprint.clone(),
        topics: pack
            .topics
            .iter()
            .map(|topic| topic.title.clone())
            .collect(),
        questions,
        birth: questions::birth(pack, &mut problems),
        groups: pack
            .groups
            .iter()
            .map(|group| Group {
                id: group.id.value.clone(),
                label: group.label.clone(),
            })
            .collect(),
        medicines,
        doubts: doubts(pack, &facts),
        relaxations: relaxations::relaxations(pack, &rules),
        rules,
        private_elsewhere: elsewhere,
        settings: pack
            .settings
            .iter()
            .map(|s| (s.name.value.clone(), s.period))
            .collect(),
        citations: citations(pack),
        advice: advice(pack, &mut problems),
        expectations,
        closing: closing(pack, &mut problems),
        override_reasons: override_reasons(pack),
        cases: Vec::new(),
        claims,
    };
    problems.extend(interviews::wrong(pack, &plan));
    plan.cases = cases::resolve(pack, &plan, &mut problems);
    problems.retain(|problem| !pack.unseen.may_have(problem.code));
    (plan, problems)
}

/// The problem of a pack that was read without its base, unless the cause was reported already.
fn baseless(pack: &Pack) -> Option<Diagnostic> {
    let extends = pack.overlay.extends.as_ref()?;
    let cause_is_reported = pack.under.is_some() || !pack.problems.is_empty();
    (!cause_is_reported).then(|| {
        let message = format!("the base `{}` was not read", extends.value);
        Diagnostic::new(Code::UnknownBase, extends.place, message)
            .help("read this pack from its file, from which the base is found")
    })
}

/// The facts that describe contradictory answers, with their labels.
fn doubts(pack: &Pack, facts: &HashMap<usize, Condition>) -> Vec<(String, Condition)> {
    let doubtful = pack
        .facts
        .iter()
        .enumerate()
        .filter(|(_, fact)| fact.doubtful);
    doubtful
        .filter_map(|(number, fact)| Some((fact.label.clone(), facts.get(&number)?.clone())))
        .collect()
}

fn citations(pack: &Pack) -> Vec<Citation> {
    let citation = |from: &super::pack::Citation| Citation {
        id: from.id.value.clone(),
        cite: from.cite.clone(),
        publisher: from.publisher.clone(),
        year: from.year.clone(),
        url: from.url.clone(),
        strength: from.strength,
        unverified: from.unverified.clone(),
    };
    pack.citations.iter().map(citation).collect()
}

fn advice(pack: &Pack, problems: &mut Problems) -> Vec<Advice> {
    let advice = |from: &super::pack::Advice| Advice {
        id: from.id.value.clone(),
        text: texts::filled(&from.text, from.id.place, pack, problems),
    };
    pack.advice.iter().map(advice).collect()
}

fn closing(pack: &Pack, problems: &mut Problems) -> Vec<Closing> {
    let closing = |from: &Located<Closing>| Closing {
        verdict: from.value.verdict,
        text: texts::filled(&from.value.text, from.place, pack, problems),
    };
    pack.closing.iter().map(closing).collect()
}

fn override_reasons(pack: &Pack) -> Vec<OverrideReason> {
    let reason = |from: &super::pack::OverrideReason| OverrideReason {
        id: from.id.value.clone(),
        text: from.text.clone(),
    };
    pack.override_reasons.iter().map(reason).collect()
}
