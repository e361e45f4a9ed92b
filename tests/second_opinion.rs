//! The engine and the slow second evaluator agree on random packs and patients.

mod second;

use candidacy::engine::assess::assess;
use candidacy::engine::compile::compile;
use candidacy::engine::date::Date;
use candidacy::engine::finding::Standing;
use candidacy::engine::give::give;
use candidacy::engine::pack::{self, Given};
use candidacy::engine::plan::Plan;
use candidacy::engine::source::{Located, Place, Source};
use proptest::prelude::*;
use second::evaluate::{Opinion, evaluate, settles};
use second::strategies::{Case, cases};

/// The plan of a pack that the generator wrote.
fn plan_of(yaml: &str) -> Plan {
    let pack = pack::read(vec![Source::new("random.yaml", yaml)]);
    compile(pack).unwrap_or_else(|refusal| {
        panic!(
            "{}\n{yaml}",
            candidacy::report::diagnostic::refusal(&refusal, false)
        )
    })
}

/// The same opinion, from the engine.
fn opinion_of(case: &Case) -> Opinion {
    let plan = plan_of(&case.pack.yaml());
    let as_of = Date::from_iso(&case.as_of.to_string()).expect("a day");
    let place = Place {
        source: 0,
        start: 0,
        end: 1,
    };
    let given: Vec<Given> = case
        .patient
        .entries()
        .into_iter()
        .map(|(key, text)| Given {
            key: Located { value: key, place },
            text,
            place,
        })
        .collect();
    let mut answers = plan.blank_answers();
    let mut problems = Vec::new();
    give(&given, &mut answers, &plan, as_of, &mut problems);
    assert_eq!(problems, [], "every answer can be read");

    let seen = assess(&plan, &answers, as_of);
    let question = |number: &usize| plan.questions[*number].question.id.clone();
    let rules = |standing| {
        let found = seen
            .findings
            .iter()
            .filter(move |finding| finding.standing == standing);
        found
            .map(|finding| plan.rules[finding.rule].id.clone())
            .collect()
    };
    let day = |date: Date| {
        let (year, month, day) = date.parts();
        second::calendar::Day::on(year.into(), i32::from(month), i32::from(day))
    };
    let verdict = |verdict: candidacy::engine::verdict::Verdict| {
        use second::model::Verdict as V;
        let all = [
            V::Eligible,
            V::EligibleWithPrecautions,
            V::Deferred,
            V::DermatologistReview,
            V::NotEligible,
        ];
        all.into_iter()
            .find(|own| own.word() == verdict.word())
            .expect("the same words")
    };
    Opinion {
        verdict: verdict(seen.verdict),
        applies: rules(Standing::Applies),
        undecided_rules: rules(Standing::Undecided),
        undecided_questions: seen.undecided.iter().map(question).collect(),
        timeline: seen
            .timeline
            .iter()
            .map(|(from, to)| (day(*from), verdict(*to)))
            .collect(),
        eligible_from: seen.eligible_from.map(day),
        best: Some(verdict(seen.outlook.best)),
        worst: Some(verdict(seen.outlook.worst)),
        ask_next: Some(seen.outlook.ask_next.iter().map(question).collect()),
        contradictions: seen.contradictions.iter().map(question).collect(),
        unrecognised: seen.unrecognised.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn they_agree(case in cases()) {
        let theirs = evaluate(&case.pack, &case.patient, case.as_of);
        let mut ours = opinion_of(&case);
        // There may be several smallest sets: ours must be as small, and settle it.
        if let (Some(own), Some(smallest)) = (&ours.ask_next, &theirs.ask_next) {
            prop_assert_eq!(own.len(), smallest.len(), "ours {:?}, theirs {:?}", own, smallest);
            prop_assert_ne!(settles(&case.pack, &case.patient, case.as_of, own), Some(false), "{:?} does not settle it", own);
        }
        ours.ask_next.clone_from(&theirs.ask_next);
        if theirs.best.is_none() {
            (ours.best, ours.worst) = (None, None);
        }
        prop_assert_eq!(ours, theirs);
    }
}
