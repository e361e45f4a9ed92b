//! Random overlays over random packs, held against the packs they are made of.

use std::sync::Arc;

use candidacy::authoring::prove::overlay::over;
use candidacy_engine::answer::Answers;
use candidacy_engine::assess::assess;
use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::overlay;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;
use candidacy_engine::summary::{Scope, Summary};
use candidacy_engine::verdict::Verdict;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::answers;
use crate::second::model;
use crate::second::strategies::{Case, filled_cases};

/// What an overlay may say, rules and settings by number.
#[derive(Clone, Debug)]
enum Says {
    Grade(usize, &'static str),
    Unsure(usize, &'static str),
    Drop(usize),
    Wait(usize, &'static str),
}

fn says() -> impl Strategy<Value = Says> {
    let grade = || prop::sample::select(vec!["precaution", "temporary", "relative", "absolute"]);
    let wait = prop::sample::select(vec!["1 day", "14 days", "6 weeks", "3 months", "2 years"]);
    prop_oneof![
        (0..6_usize, grade()).prop_map(|(rule, grade)| Says::Grade(rule, grade)),
        (0..6_usize, grade()).prop_map(|(rule, grade)| Says::Unsure(rule, grade)),
        (0..6_usize).prop_map(Says::Drop),
        (0..4_usize, wait).prop_map(|(setting, wait)| Says::Wait(setting, wait)),
    ]
}

/// An overlay: what it says outright, and what under `relax`, until that many
/// days after the treatment day.
type Over = (Vec<Says>, Vec<(i64, Vec<Says>)>);

fn overs() -> impl Strategy<Value = Over> {
    let untils = prop::sample::select(vec![-1_i64, 0, 1, 20, 200]);
    (vec(says(), 0..3), vec((untils, vec(says(), 1..3)), 0..3))
}

/// The keys of one entry, of what can be said of this pack.
fn keys(says: &[Says], pack: &model::Pack, indent: &str) -> String {
    let rule = |number: &usize| pack.rules.get(*number).map(|rule| rule.id.clone());
    let (mut changes, mut drops, mut waits) = (Vec::new(), Vec::new(), Vec::new());
    for one in says {
        match one {
            Says::Grade(number, grade) => changes.extend(rule(number).map(|id| {
                format!(
                    "{{rule: {id}, grade: {grade}, why: w, advice: [], clears: once it is over}}"
                )
            })),
            Says::Unsure(number, grade) => {
                changes
                    .extend(rule(number).map(|id| format!("{{rule: {id}, if_unsure: {grade}}}")));
            }
            Says::Drop(number) => drops.extend(rule(number)),
            Says::Wait(number, wait) => waits.extend(
                pack.settings
                    .get(*number)
                    .map(|(id, _)| format!("{id}: {wait}")),
            ),
        }
    }
    let mut text = String::new();
    for (key, list) in [("change", changes), ("drop", drops)] {
        if !list.is_empty() {
            text += &format!("{indent}{key}: [{}]\n", list.join(", "));
        }
    }
    if !waits.is_empty() {
        text += &format!("{indent}settings: {{{}}}\n", waits.join(", "));
    }
    text
}

/// The pack with an overlay over it, where the program takes it.
fn laid(case: &Case, (outright, relaxed): &Over, as_of: Date) -> Option<Pack> {
    let mut text = String::from(
        "format: candidacy/1\nextends: base.yaml\n\
         pack: {id: over, version: 0.1.0, title: Over, status: draft, owner: Dr A. Example, review_by: 2040-06-30}\n",
    );
    text += &keys(outright, &case.pack, "");
    let mut relax = String::new();
    for (number, (days, says)) in relaxed.iter().enumerate() {
        let own = keys(says, &case.pack, "    ");
        if !own.is_empty() {
            let until = as_of.plus_days(*days);
            relax += &format!(
                "  - reason: Number {number}.\n    owner: Dr A. Example\n    until: {until}\n{own}"
            );
        }
    }
    if !relax.is_empty() {
        text += &format!("relax:\n{relax}");
    }
    let sources = vec![
        Source::new("over.yaml", &text),
        Source::new("base.yaml", &case.pack.yaml()),
    ];
    let pack = overlay::read(sources, &[1, 1]);
    compile(pack.clone()).is_ok().then_some(pack)
}

/// What counts on a day: rule, and as what.
fn counts(plan: &Plan, answers: &Answers, day: Date) -> Vec<(String, Verdict)> {
    let patient = Patient::new(plan, answers, day);
    let rules = plan.rules.iter();
    let counting = rules.filter_map(|rule| {
        let grade = rule.counts_as(patient.rule(rule, day))?;
        Some((rule.id.clone(), grade.verdict()))
    });
    counting.collect()
}

fn plan_of(pack: Pack) -> Plan {
    compile(pack).expect("a pack that was taken whole")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// On every day an overlay decides as the pack that it then comes to.
    #[test]
    fn each_day_has_its_own_form((case, steps) in filled_cases(), over in overs()) {
        let as_of = Date::from_iso(&case.as_of.to_string()).expect("a day");
        let Some(pack) = laid(&case, &over, as_of) else {
            return Ok(());
        };
        let plan = plan_of(pack.clone());
        let strict = plan_of(overlay::strict(&pack));
        let untils = pack.overlay.relaxations.iter().flat_map(|one| [one.until.value, one.until.value.plus_days(1)]);
        let days: Vec<Date> = std::iter::once(as_of).chain(untils).collect();
        for patient in std::iter::once(&case.patient).chain(&steps) {
            let answers = answers(&plan, patient, as_of);
            for day in &days {
                let now = plan_of(overlay::with(&pack, |_, one| *day <= one.until.value));
                prop_assert_eq!(counts(&plan, &answers, *day), counts(&now, &answers, *day), "on {}", day);

                let seen = assess(&plan, &answers, *day);
                let strictly = Patient::new(&strict, &answers, *day).verdict(*day);
                prop_assert_eq!(seen.relaxed.is_empty(), strictly <= seen.verdict, "on {}", day);
                let summary = Summary::of(&Patient::new(&plan, &answers, *day), &Scope::all(&plan), *day);
                prop_assert_eq!(summary.relaxed(), seen.relaxed);
                prop_assert_eq!(summary.eligible_from(), seen.eligible_from);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 384, ..ProptestConfig::default() })]

    /// What is taken without `relax` makes nobody milder; where a longer wait
    /// might, by sparing somebody, the proof says so.
    #[test]
    fn no_verdict_is_less_severe_without_a_relaxation((case, steps) in filled_cases(), outright in vec(says(), 1..4)) {
        let as_of = Date::from_iso(&case.as_of.to_string()).expect("a day");
        let waits = outright.iter().any(|one| matches!(one, Says::Wait(..)));
        let Some(pack) = laid(&case, &(outright, Vec::new()), as_of) else {
            return Ok(());
        };
        if waits {
            let held = over(&pack, as_of).expect("a sound base").expect("an overlay");
            if held.against_base.is_less_severe() || held.against_base.may_be_less_severe() {
                return Ok(());
            }
        }
        let base = plan_of(Arc::unwrap_or_clone(pack.under.clone().expect("a base")));
        let plan = plan_of(pack);
        let last = steps.len();
        for (number, patient) in std::iter::once(&case.patient).chain(&steps).enumerate() {
            let answers = answers(&plan, patient, as_of);
            let before = Patient::new(&base, &answers, as_of).verdict(as_of);
            let after = Patient::new(&plan, &answers, as_of).verdict(as_of);
            // Who leaves an answer open goes to the dermatologist; that a longer wait defers them is none.
            let exact = number == last;
            prop_assert!(
                after >= before || (waits && !exact && !after.goes_ahead()),
                "{:?} after {:?}\n{:?}", after, before, case
            );
        }
    }
}
