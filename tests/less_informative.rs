//! The built-in rules and answers of every kind: whoever says less is not treated sooner, and
//! nothing that is said is lost without a word.
//!
//! What is not known counts as a matter for the dermatologist, so a refusal may become a
//! review; it never becomes anything less severe than that.

use candidacy_engine::answer::{Answers, Reply, Value};
use candidacy_engine::assign::assign;
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack::Given;
use candidacy_engine::plan::{Asked, Plan};
use candidacy_engine::question::Kind;
use candidacy_engine::source::{Located, Place};
use candidacy_engine::summary::{Doubt, Scope, Summary};
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::Verdict;
use proptest::prelude::*;
use std::sync::LazyLock;

const PLACE: Place = Place {
    source: 0,
    start: 0,
    end: 1,
};

/// Answers that say nothing about any question.
const BLANK: [&str; 10] = ["", " ", ";", " ; ", ";;", "|", "[]", "NULL", "NA", "#N/A"];

/// Answers that say that something is not known.
const NOT_SURE: [&str; 6] = [
    "not sure",
    "Not sure.",
    "unknown",
    "?",
    "don't know",
    "declined",
];

/// Medicines as people write them: known, in a form, misspelt, unknown, and without a name.
const MEDICINES: [&str; 14] = [
    "isotretinoin",
    "Roaccutane 20 mg",
    "warfarin 5 mg daily",
    "aspirin 75mg od",
    "Tylenol",
    "paracetamol 500 mg tablets",
    "diclofenac 3% gel",
    "tretinoin 0.05% cream",
    "hydrocortisone 1% cream",
    "isotretinoine",
    "zuvetan",
    "weekly injection",
    "a patch",
    "prednisolone 5 mg",
];

fn today() -> Date {
    Date::from_iso("2026-11-20").expect("a day")
}

static BUILT_IN: LazyLock<Plan> =
    LazyLock::new(|| candidacy::load::plan(None).expect("the built-in pack"));

/// Ways to answer a question, each with ways to say less of the same.
fn ways(asked: &Asked) -> Vec<(String, Vec<String>)> {
    let plain = |texts: &[&str]| -> Vec<(String, Vec<String>)> {
        texts
            .iter()
            .map(|text| ((*text).to_owned(), Vec::new()))
            .collect()
    };
    let days = || {
        let mut ways = Vec::new();
        for (exact, vaguer) in [
            ("2026-11-19", ["November 2026", "2026", "this year"]),
            ("20 Oct 2026", ["2026-10", "about October 2026", "2026"]),
            ("2026-05-31", ["May 2026", "spring 2026", "2026"]),
            ("2025-12-24", ["2025-12", "winter 2025", "2025"]),
            ("2019-03-01", ["March 2019", "2019", "2019"]),
        ] {
            ways.push((exact.to_owned(), vaguer.map(str::to_owned).to_vec()));
        }
        ways
    };
    let impossible = ["1900-01-01", "1901-01-01", "1753-01-01", "1912-04-04"];
    let mut ways: Vec<(String, Vec<String>)> = match &asked.question.kind {
        Kind::YesNo => plain(&["yes", "no", "Yes", "N", "true", "0", "yes."]),
        Kind::Choice(choices) => {
            let texts = choices.iter().flat_map(|one| [&one.id, &one.text]);
            texts.map(|text| (text.clone(), Vec::new())).collect()
        }
        Kind::Choices(choices) => {
            let mut ways = plain(&["none", "None.", "none of these"]);
            let more = |text: &str| vec![format!("{text}; not sure"), format!("{text};NULL")];
            for (number, one) in choices.iter().enumerate() {
                ways.push((one.id.clone(), more(&one.id)));
                let other = &choices[(number + 1) % choices.len()].id;
                let both = format!("{}; {other}", one.id);
                let mut less = more(&both);
                less.extend([
                    format!("{};not sure", one.id),
                    format!("{other} ; ;not sure"),
                ]);
                ways.push((both, less));
            }
            ways
        }
        Kind::Number(_) => plain(&["0", "1", "2.5", "3", "12"]),
        Kind::Date => {
            let mut ways = days();
            ways.extend(plain(&["1990-05-14", "2012-02-29", "1950"]));
            ways.extend(plain(&impossible));
            ways
        }
        Kind::Event => {
            let mut ways = days();
            for (_, less) in &mut ways {
                less.push("yes".to_owned());
            }
            ways.extend(plain(&["never", "no", "yes"]));
            ways.extend(plain(&impossible));
            ways
        }
        Kind::Course => {
            let mut ways = days();
            for (_, less) in &mut ways {
                less.push("ended".to_owned());
            }
            ways.extend(plain(&["never", "ongoing", "ended", "on-going"]));
            ways.extend(plain(&impossible));
            ways
        }
        Kind::Medicines => {
            let mut ways = plain(&["none", "no", "nil", "-"]);
            for (number, one) in MEDICINES.iter().enumerate() {
                let other = MEDICINES[(number * 5 + 3) % MEDICINES.len()];
                let both = format!("{one}; {other}");
                let open = |text: &str| vec![format!("{text}; not sure"), format!("{text};?")];
                ways.push(((*one).to_owned(), open(one)));
                ways.push((both.clone(), open(&both)));
                ways.push((format!("{other}\n{one}"), open(&both)));
            }
            ways
        }
    };
    for (_, less) in &mut ways {
        less.extend(NOT_SURE.map(str::to_owned));
        // What may be left out counts as no where it is left out.
        if !asked.question.optional {
            less.extend(BLANK.map(str::to_owned));
        }
    }
    let says_nothing = NOT_SURE.iter().chain(&BLANK);
    ways.extend(says_nothing.map(|text| ((*text).to_owned(), Vec::new())));
    ways
}

/// The answers that these texts are; none where one of them is refused.
fn read(plan: &Plan, texts: &[String]) -> Option<Answers> {
    let mut answers = plan.blank_answers();
    let mut problems = Vec::new();
    let given = |(asked, text): (&Asked, &String)| Given {
        key: Located {
            value: asked.question.id.clone(),
            place: PLACE,
        },
        text: text.clone(),
        place: PLACE,
    };
    let given: Vec<Given> = plan.questions.iter().zip(texts).map(given).collect();
    assign(&given, &mut answers, plan, today(), &mut problems);
    problems.is_empty().then_some(answers)
}

fn verdict(plan: &Plan, texts: &[String]) -> Option<Verdict> {
    let answers = read(plan, texts)?;
    Some(Patient::new(plan, &answers, today()).verdict(today()))
}

/// Whether a question is asked.
fn gate(plan: &Plan, texts: &[String], question: usize) -> Truth {
    read(plan, texts).map_or(Truth::Unknown, |answers| {
        Patient::new(plan, &answers, today()).gate(question)
    })
}

fn is_blank(text: &str) -> bool {
    BLANK.contains(&text)
}

/// Every answer that says something counts, or is reported.
fn nothing_is_lost(plan: &Plan, texts: &[String]) -> Result<(), TestCaseError> {
    let Some(answers) = read(plan, texts) else {
        return Ok(());
    };
    let patient = Patient::new(plan, &answers, today());
    let doubts = Summary::of(&patient, &Scope::all(plan), today()).doubts;
    for (number, (asked, text)) in plan.questions.iter().zip(texts).enumerate() {
        let id = &asked.question.id;
        let reply = answers.reply(number);
        prop_assert_eq!(reply.is_blank(), is_blank(text), "{} {:?}", id, text);
        if patient.impossible(number).is_some() {
            let told = |doubt: &Doubt| matches!(doubt, Doubt::ImpossibleDay(one) if one.question == number);
            prop_assert!(doubts.iter().any(told), "{id} {text:?}");
        }
        let Reply::Given(Value::Medicines(medicines)) = reply else {
            continue;
        };
        for item in text.split([';', '\n']).map(str::trim) {
            let open = NOT_SURE.contains(&item);
            prop_assert!(!open || medicines.open, "{text:?} is not open");
            if MEDICINES.contains(&item) {
                let entry = medicines
                    .entries
                    .iter()
                    .find(|entry| entry.text.contains(item));
                prop_assert!(
                    entry.is_some(),
                    "{item:?} of {text:?} is lost: {medicines:?}"
                );
                let entry = entry.expect("seen");
                prop_assert!(
                    !entry.names.is_empty() || entry.unrecognised.is_some(),
                    "{item:?} of {text:?} says nothing: {medicines:?}"
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn who_says_less_is_not_treated_sooner(
        picks in prop::collection::vec(any::<prop::sample::Index>(), 64),
        said in prop::collection::vec(0_u8..100, 64),
        which in any::<prop::sample::Index>(),
        how in any::<prop::sample::Index>(),
    ) {
        let plan = &*BUILT_IN;
        let ways: Vec<Vec<(String, Vec<String>)>> = plan.questions.iter().map(ways).collect();
        prop_assert!(ways.len() <= 64);
        // Most answers are those of a well patient, or the one thing changed would not show.
        let mut well: Vec<String> = plan.questions.iter().map(well).collect();
        let mut less: Vec<Vec<String>> = ways.iter().map(|_| NOT_SURE.map(str::to_owned).to_vec()).collect();
        for (number, ways) in ways.iter().enumerate() {
            if said[number] < 15 {
                let (text, vaguer) = picks[number].get(ways);
                well[number].clone_from(text);
                less[number].clone_from(vaguer);
            }
        }
        nothing_is_lost(plan, &well)?;
        let Some(before) = verdict(plan, &well) else {
            return Ok(());
        };
        // Some answer says less, and every one that is not a well patient's.
        let first = which.index(less.len());
        for number in 0..less.len() {
            if less[number].is_empty() || !(number == first || said[number] < 15) {
                continue;
            }
            let mut vaguer = well.clone();
            vaguer[number].clone_from(how.get(&less[number]));
            // What is not asked may be left blank.
            if is_blank(&vaguer[number]) && gate(plan, &vaguer, number) == Truth::No {
                continue;
            }
            let Some(after) = verdict(plan, &vaguer) else {
                continue;
            };
            let least = before.min(Verdict::DermatologistReview);
            prop_assert!(
                after >= least,
                "{}: {:?} leads to {:?}, {:?} to {:?}; {:?}",
                plan.questions[number].question.id, well[number], before, vaguer[number], after, well
            );
        }
    }
}

/// What a well patient says.
fn well(asked: &Asked) -> String {
    let text = match &asked.question.kind {
        Kind::YesNo => "no",
        Kind::Choice(choices) => return choices[0].id.clone(),
        Kind::Choices(choices) if asked.question.exhaustive => return choices[0].id.clone(),
        Kind::Choices(_) | Kind::Medicines => "none",
        Kind::Number(_) => "0",
        Kind::Date => "1990-05-14",
        Kind::Event | Kind::Course => "never",
    };
    text.to_owned()
}
