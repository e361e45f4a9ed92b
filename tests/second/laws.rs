//! What must hold of the second evaluator by itself, before it judges another.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::calendar::Day;
use super::evaluate::{doors, evaluate, settles};
use super::model::{Pack, Patient, Verdict};
use super::strategies::{cases, filled_cases};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_opinion_is_of_one_piece(case in cases()) {
        let opinion = evaluate(&case.pack, &case.patient, case.as_of);

        prop_assert!(opinion.applies.is_disjoint(&opinion.undecided_rules));
        prop_assert_eq!(opinion.undecided_rules.is_empty(), opinion.undecided_questions.is_empty());
        prop_assert!(opinion.undecided_rules.is_empty() || opinion.verdict > Verdict::Eligible);
        let silent = opinion.applies.is_empty() && opinion.undecided_rules.is_empty();
        prop_assert_eq!(silent, opinion.verdict == Verdict::Eligible);
        prop_assert!(opinion.worst.is_none_or(|worst| worst >= opinion.verdict));
        prop_assert!(opinion.best.is_none_or(|best| best <= opinion.verdict));
        prop_assert!(opinion.best <= opinion.worst);
        let doors = doors(&case.pack, &case.patient, case.as_of);
        prop_assert!(opinion.undecided_questions.iter().all(|id| doors.contains(id)));
    }

    #[test]
    fn the_order_of_rules_changes_nothing(case in cases(), seed: u64) {
        let (pack, shuffled) = (&case.pack, &case.pack.reordered(seed));

        prop_assert_eq!(
            evaluate(pack, &case.patient, case.as_of),
            evaluate(shuffled, &case.patient, case.as_of)
        );
    }

    #[test]
    fn one_rule_more_is_never_milder(case in cases()) {
        let mut fewer = case.pack.clone();
        fewer.rules.pop();

        prop_assert!(verdict(&fewer, &case.patient, case.as_of) <= verdict(&case.pack, &case.patient, case.as_of));
    }

    #[test]
    fn complete_answers_stay_within_the_range((case, steps) in filled_cases()) {
        let before = evaluate(&case.pack, &case.patient, case.as_of);
        if let (Some(best), Some(worst)) = (before.best, before.worst) {
            for step in &steps {
                prop_assert!(verdict(&case.pack, step, case.as_of) <= worst);
            }
            let complete = evaluate(&case.pack, &steps[steps.len() - 1], case.as_of);
            prop_assert!(best <= complete.verdict);
            prop_assert!(complete.undecided_rules.is_empty());
            prop_assert_eq!(complete.ask_next, Some(Vec::new()));
        }
    }

    #[test]
    fn what_applies_without_an_answer_applies_with_it((case, steps) in filled_cases()) {
        let opinions: Vec<_> = steps.iter().map(|step| evaluate(&case.pack, step, case.as_of)).collect();
        for pair in opinions.windows(2) {
            prop_assert!(pair[0].applies.is_subset(&pair[1].applies));
            prop_assert!(pair[1].undecided_rules.is_subset(&pair[0].undecided_rules));
        }
    }

    #[test]
    fn the_timeline_is_exact_to_the_day(case in cases()) {
        let opinion = evaluate(&case.pack, &case.patient, case.as_of);
        let on = |day| {
            let known = super::known::read(&case.pack, &case.patient, case.as_of);
            super::weigh::World { pack: &case.pack, known: &known, day }.verdict()
        };
        let mut day_by_day = vec![(case.as_of, on(case.as_of))];
        for day in (1..420).map(|days| case.as_of.shifted(days)) {
            let verdict = on(day);
            if day_by_day[day_by_day.len() - 1].1 != verdict {
                day_by_day.push((day, verdict));
            }
        }
        let soon = opinion.timeline.iter().copied().filter(|(day, _)| *day < case.as_of.shifted(420));
        prop_assert_eq!(soon.collect::<Vec<_>>(), day_by_day);

        if let Some(day) = opinion.eligible_from {
            prop_assert!(on(day) <= Verdict::EligibleWithPrecautions);
            prop_assert!(on(day.shifted(-1)) > Verdict::EligibleWithPrecautions);
        }
    }

    #[test]
    fn what_to_ask_next_settles_and_nothing_smaller_does(case in cases()) {
        let opinion = evaluate(&case.pack, &case.patient, case.as_of);
        let settles = |ids: &[String]| settles(&case.pack, &case.patient, case.as_of, ids);
        if let Some(asked) = opinion.ask_next {
            prop_assert_eq!(asked.is_empty(), opinion.best == opinion.worst);
            prop_assert!(settles(&asked) != Some(false));
            for place in 0..asked.len() {
                let mut fewer = asked.clone();
                fewer.remove(place);
                prop_assert!(settles(&fewer) != Some(true));
            }
        }
    }
}

fn verdict(pack: &Pack, patient: &Patient, as_of: Day) -> Verdict {
    evaluate(pack, patient, as_of).verdict
}

/// `cargo test histogram -- --ignored --nocapture`
#[test]
#[ignore = "prints what the strategies produce, for a person to look at"]
fn histogram() {
    const CASES: u32 = 3000;
    let mut runner = TestRunner::deterministic();
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let (mut total, mut longest) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..CASES {
        let case = cases().new_tree(&mut runner).unwrap().current();
        let start = Instant::now();
        let opinion = evaluate(&case.pack, &case.patient, case.as_of);
        total += start.elapsed();
        longest = longest.max(start.elapsed());

        let mut count = |what: String| *counts.entry(what).or_default() += 1;
        let word = |verdict: Option<Verdict>| verdict.map_or("too many", Verdict::word);
        count(format!("verdict        {}", opinion.verdict.word()));
        count(format!(
            "range          {} to {}",
            word(opinion.best),
            word(opinion.worst)
        ));
        count(format!(
            "undecided      {} rules",
            opinion.undecided_rules.len()
        ));
        count(format!(
            "undecided      {} questions",
            opinion.undecided_questions.len()
        ));
        count(format!("applies        {} rules", opinion.applies.len()));
        count(format!("timeline       {} entries", opinion.timeline.len()));
        count(format!(
            "eligible from  {}",
            if opinion.eligible_from.is_some() {
                "a day"
            } else {
                "-"
            }
        ));
        count(format!(
            "ask next       {:?}",
            opinion.ask_next.as_ref().map(Vec::len)
        ));
        count(format!("contradictions {}", opinion.contradictions.len()));
        count(format!("unrecognised   {}", opinion.unrecognised.len()));
        let known = super::known::read(&case.pack, &case.patient, case.as_of);
        let here = super::weigh::World {
            pack: &case.pack,
            known: &known,
            day: case.as_of,
        };
        if here.asked_for() < opinion.verdict {
            count("verdict        whichever answers are given".to_owned());
        }
        if !opinion.whole {
            count("verdict        not all tried".to_owned());
        }
        for question in &case.pack.questions {
            let kind = format!("{:?}", question.kind);
            count(format!(
                "question       {}",
                kind.split(['(', ' ']).next().unwrap_or_default()
            ));
        }
    }
    for (what, count) in counts {
        println!("{count:6}  {what}");
    }
    println!("{:?} on average, {longest:?} at most", total / CASES);
}

/// `cargo test specimens -- --ignored --nocapture`
#[test]
#[ignore = "prints cases, for a person or another reader of YAML to look at"]
fn specimens() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..300 {
        println!(
            "--- # {:?}",
            cases().new_tree(&mut runner).unwrap().current()
        );
    }
}
