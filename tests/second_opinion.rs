//! The engine and the slow second evaluator agree on random packs and patients.

#[path = "workbench/brute.rs"]
mod brute;
#[path = "overlay/random.rs"]
mod overlays;
mod second;
#[path = "workbench/warned.rs"]
mod warned;

use candidacy::report::record;
use candidacy::report::replay::Replay;
use candidacy_engine::answer::{Answers, Reply};
use candidacy_engine::assess::{Assessment, assess};
use candidacy_engine::assign::assign;
use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::finding::Standing;
use candidacy_engine::overlay;
use candidacy_engine::pack;
use candidacy_engine::pack::Given;
use candidacy_engine::period::Period;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Located, Place, Source};
use proptest::prelude::*;
use second::calendar::Day;
use second::evaluate::{Opinion, evaluate, settles};
use second::model::Patient;
use second::strategies::{Case, cases, filled_cases};

/// Hours are whole days, rounded up so that no time of day is missed.
#[test]
fn hours_are_counted_alike() {
    for hours in 1..=400_u16 {
        let engine = Period::from_text(&format!("{hours} hours")).expect("a period");
        let second = second::calendar::Period::Hours(hours.into());
        for (year, month, day) in [(2026, 11, 20), (2027, 12, 31), (2028, 2, 27)] {
            let start = Date::new(year, month, day).expect("a day");
            let own = Day::on(year.into(), i32::from(month), i32::from(day));
            assert_eq!(
                engine.after(start).to_string(),
                own.plus(second).to_string(),
                "{hours}"
            );
            assert_eq!(
                engine.cleared_by(start).plus_days(1).to_string(),
                own.earliest_within(second).to_string(),
                "{hours}"
            );
        }
    }
}

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

/// A pack of nothing of its own, which takes the questions and rules of another; the rest comes along.
fn taking_plan(yaml: &str) -> Plan {
    let (mut topic, mut names) = (String::from("title: Taken\n"), String::new());
    let mut is_topic = false;
    for line in yaml.lines().skip(2) {
        if !line.starts_with(' ') {
            is_topic = line.starts_with("questions") || line.starts_with("rules");
        }
        let file = if is_topic { &mut topic } else { &mut names };
        file.push_str(line);
        file.push('\n');
    }
    let head = yaml.lines().take(2).collect::<Vec<_>>().join("\n");
    let topics = "topics: [{from: other, files: [topic.yaml]}]";
    let sources = vec![
        Source::new("taking/pack.yaml", &format!("{head}\n{topics}\n")),
        Source::new(
            "other/pack.yaml",
            &format!("{head}\ntopics: [topic.yaml]\n{names}"),
        ),
        Source::new("other/topic.yaml", &topic),
    ];
    let taken = pack::Taken {
        by: 0,
        from: "other".to_owned(),
        files: 1..3,
    };
    let pack = overlay::read_with(sources, &[1], &[taken]);
    compile(pack).unwrap_or_else(|refusal| {
        panic!(
            "{}\n{yaml}",
            candidacy::report::diagnostic::refusal(&refusal, false)
        )
    })
}

/// What the engine makes of a pack and a patient.
fn assessed(
    pack: &second::model::Pack,
    patient: &Patient,
    as_of: Day,
) -> (Plan, Answers, Assessment) {
    let plan = plan_of(&pack.yaml());
    let as_of = Date::from_iso(&as_of.to_string()).expect("a day");
    let answers = answers(&plan, patient, as_of);
    let assessment = assess(&plan, &answers, as_of);
    (plan, answers, assessment)
}

/// What a patient says, as the engine reads it.
fn answers(plan: &Plan, patient: &Patient, as_of: Date) -> Answers {
    let place = Place {
        source: 0,
        start: 0,
        end: 1,
    };
    let entries = patient.entries().into_iter();
    let given: Vec<Given> = entries
        .map(|(key, text)| Given {
            key: Located { value: key, place },
            text,
            place,
        })
        .collect();
    let mut answers = plan.blank_answers();
    let mut problems = Vec::new();
    assign(&given, &mut answers, plan, as_of, &mut problems);
    assert_eq!(problems, [], "every answer can be read");
    answers
}

/// The second evaluator's opinion, formed by the engine.
fn opinion_of(case: &Case) -> Opinion {
    let (plan, _, seen) = assessed(&case.pack, &case.patient, case.as_of);
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
    let verdict = |verdict: candidacy_engine::verdict::Verdict| {
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
        whole: true,
        applies: rules(Standing::Applies),
        undecided_rules: rules(Standing::Undecided),
        undecided_questions: seen.undecided.iter().map(question).collect(),
        timeline: seen
            .timeline
            .iter()
            .map(|(from, to)| (day(*from), verdict(*to)))
            .collect(),
        eligible_from: seen.eligible_from.map(day),
        best: Some(verdict(seen.range.best)),
        worst: Some(verdict(seen.range.worst)),
        ask_next: Some(seen.range.ask_next.iter().map(question).collect()),
        contradictions: seen.not_asked().map(|number| question(&number)).collect(),
        unrecognised: seen.unrecognised.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_record_of_any_patient_is_derived_again(case in cases()) {
        let (plan, answers, assessment) = assessed(&case.pack, &case.patient, case.as_of);
        let record = record::of(&plan, &answers, Vec::new(), &assessment, assessment.as_of);
        let mut json = serde_json::to_value(&record).expect("JSON");
        json["checksum"] = serde_json::Value::from("");
        let (back, _) = record::read(Source::new("record.json", &json.to_string())).expect("a record");
        prop_assert_eq!(&back, &record);
        let again = Replay::of(&back, &plan, None);
        prop_assert_eq!(&again.answers, &answers);
        prop_assert_eq!(again.holds(), Some(true));

        // The order of entries says nothing, and no fingerprint knows it.
        let shuffled = plan_of(&case.pack.reordered(7).yaml());
        if shuffled.fingerprint == plan.fingerprint {
            prop_assert_eq!(Replay::of(&back, &shuffled, None).holds(), Some(true));
        }
    }

    #[test]
    fn what_is_taken_means_what_it_meant(case in cases()) {
        let (plan, own, assessment) = assessed(&case.pack, &case.patient, case.as_of);
        let taking = taking_plan(&case.pack.yaml());
        let as_of = assessment.as_of;
        let answers = answers(&taking, &case.patient, as_of);
        prop_assert_eq!(&answers, &own);
        let again = assess(&taking, &answers, as_of);
        prop_assert_eq!(again, assessment);
        let ids = |plan: &Plan| plan.rules.iter().map(|rule| rule.id.clone()).collect::<Vec<_>>();
        prop_assert_eq!(ids(&taking), ids(&plan));
    }

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
        if !theirs.whole {
            prop_assert!(ours.verdict >= theirs.verdict);
            ours.verdict = theirs.verdict;
            ours.timeline.clone_from(&theirs.timeline);
            ours.eligible_from = theirs.eligible_from;
        }
        ours.whole = theirs.whole;
        prop_assert_eq!(ours, theirs);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Filling in answers never leaves the range shown before: the first patient is
    /// the one who knows least, the last one has answered everything.
    #[test]
    fn filling_in_stays_within_the_range((case, patients) in filled_cases()) {
        let seen: Vec<Assessment> =
            patients.iter().map(|patient| assessed(&case.pack, patient, case.as_of).2).collect();
        for (number, earlier) in seen.iter().enumerate() {
            for later in &seen[number..] {
                prop_assert!(later.verdict <= earlier.range.worst, "more severe than {:?}", earlier.range);
                prop_assert!(later.verdict >= earlier.range.best, "less severe than {:?}", earlier.range);
            }
        }
    }

    /// A rule more never makes a verdict milder, and the order of the rest changes nothing.
    #[test]
    fn rules_only_add_and_their_order_is_nothing(case in cases(), seed in any::<u64>()) {
        let (plan, answers, whole) = assessed(&case.pack, &case.patient, case.as_of);
        for left_out in 0..plan.rules.len() {
            let mut fewer = plan.clone();
            fewer.rules.remove(left_out);
            let without = assess(&fewer, &answers, whole.as_of);
            prop_assert!(without.verdict <= whole.verdict, "{} makes it milder", plan.rules[left_out].id);
        }
        let other = Case { pack: case.pack.reordered(seed), ..case.clone() };
        let (mut ours, mut theirs) = (opinion_of(&case), opinion_of(&other));
        // Of several smallest sets the order may choose another.
        (ours.ask_next, theirs.ask_next) = (None, None);
        prop_assert_eq!(ours, theirs);
    }

    /// On the printed day the verdict is as promised, and the day before it is not.
    #[test]
    fn the_promised_day_is_the_first(case in cases()) {
        let (plan, answers, seen) = assessed(&case.pack, &case.patient, case.as_of);
        if let Some(day) = seen.eligible_from {
            let patient = candidacy_engine::evaluate::Patient::new(&plan, &answers, seen.as_of);
            prop_assert!(patient.verdict(day).goes_ahead());
            prop_assert!(!patient.verdict(day.plus_days(-1)).goes_ahead());
        }
    }

    /// Saying that one is not sure never comes out milder than any exact answer
    /// could, where no rule asks to be counted milder while undecided.
    #[test]
    fn nothing_is_gained_by_not_answering(case in cases()) {
        let (mut plan, answers, _) = assessed(&case.pack, &case.patient, case.as_of);
        let as_of = Date::from_iso(&case.as_of.to_string()).expect("a day");
        for rule in &mut plan.rules {
            rule.if_unsure = rule.if_unsure.max(rule.grade);
        }
        let known = assess(&plan, &answers, as_of);
        for question in 0..plan.questions.len() {
            let mut fewer = answers.clone();
            fewer.set(question, Reply::NotSure);
            let without = assess(&plan, &fewer, as_of);
            let applied = |seen: &Assessment| seen.findings.iter().map(|f| f.rule).collect::<Vec<_>>();
            for rule in applied(&known) {
                let gates = plan.questions.iter().any(|asked| asked.gate.is_some());
                // Without a date of birth a day before it is a day again.
                let gates = gates || plan.birth == Some(question);
                prop_assert!(gates || applied(&without).contains(&rule), "a finding disappeared");
            }
        }
    }
}
