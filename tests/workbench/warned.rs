//! What random rules are warned of, against trying one patient after another:
//! no patient tried shows a warning to be wrong.

use candidacy::authoring::lint::lint;
use candidacy_engine::answer::Answers;
use candidacy_engine::condition::Test;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::Code;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack;
use candidacy_engine::plan::{Plan, Rule};
use candidacy_engine::source::Source;
use candidacy_engine::truth::Truth;
use proptest::prelude::*;

use super::brute::{days, replies};
use super::second::strategies::{Case, cases};

/// How many patients are tried on each day.
const TRIED: usize = if cfg!(debug_assertions) { 60 } else { 1_000 };

/// Patients drawn at random, with the day they are decided for.
fn drawn(plan: &Plan, mut seed: u64) -> Vec<(Answers, Date)> {
    let rules = plan.rules.iter();
    let tests: Vec<&Test> = rules.flat_map(|rule| rule.when.tests()).collect();
    let mut drawn = Vec::new();
    for day in days(plan) {
        let all: Vec<_> = (0..plan.questions.len())
            .map(|number| replies(plan, number, &tests, day))
            .collect();
        for _ in 0..TRIED {
            let mut answers = plan.blank_answers();
            for (question, replies) in all.iter().enumerate() {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let place = usize::try_from((seed >> 33) % replies.len() as u64).expect("small");
                answers.set(question, replies[place].clone());
            }
            drawn.push((answers, day));
        }
    }
    drawn
}

/// Whether a patient answers nothing but what is asked of them.
fn answers_as_asked(patient: &Patient<'_>) -> bool {
    let mut questions = 0..patient.plan.questions.len();
    questions.all(|question| {
        patient.gate(question) != Truth::No || patient.answers.reply(question).is_blank()
    })
}

/// Whether one patient shows that a warning is wrong.
fn contradicts(code: Code, id: &str, plan: &Plan, answers: &Answers, day: Date) -> bool {
    let patient = Patient::new(plan, answers, day);
    let rule = || -> &Rule {
        plan.rules
            .iter()
            .find(|rule| rule.id == id)
            .expect("a rule")
    };
    match code {
        Code::NeverApplies => patient.rule(rule(), day) == Truth::Yes,
        Code::NotAsked => patient.rule(rule(), day) == Truth::Yes && answers_as_asked(&patient),
        Code::NeverAsked => {
            let question = plan.question(id).expect("a question");
            patient.gate(question) == Truth::Yes && answers_as_asked(&patient)
        }
        Code::NeverDecides => {
            let mut without = plan.clone();
            without.rules.retain(|rule| rule.id != id);
            Patient::new(&without, answers, day).verdict(day) != patient.verdict(day)
        }
        _ => false,
    }
}

fn hold(case: &Case, seed: u64) -> Result<(), TestCaseError> {
    let text = case.pack.yaml();
    let plan = super::plan_of(&text);
    let pack = pack::read(vec![Source::new("random.yaml", &text)]);
    let today = Date::from_iso("2026-11-20").expect("a day");
    let warnings = lint(&pack, &plan, today);
    prop_assert!(
        warnings.iter().all(|one| one.code != Code::NotDecided),
        "all of it is settled"
    );
    for (answers, day) in drawn(&plan, seed) {
        for warning in &warnings {
            let id = warning.message.split('`').nth(1).unwrap_or_default();
            prop_assert!(
                !contradicts(warning.code, id, &plan, &answers, day),
                "{}\n{answers:?} {day}",
                warning.message
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn warnings_and_trial_agree(case in cases(), seed: u64) {
        hold(&case, seed)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "thousands of packs, for half an hour: `cargo test --release --test second_opinion -- --ignored thousands`"]
    fn warnings_and_trial_agree_on_thousands(case in cases(), seed: u64) {
        hold(&case, seed)?;
    }
}
