//! The built-in rules: sound, proved by cases, and read alike by any YAML reader.

use std::collections::{BTreeMap, BTreeSet};

use candidacy::authoring::baseline::base;
use candidacy::authoring::cases;
use candidacy::authoring::coverage::coverage;
use candidacy::authoring::mutate::mutate;
use candidacy::load;
use candidacy::report::diagnostic::refusal;
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::plan::Plan;
use candidacy_engine::private::Private;
use candidacy_engine::strength::Strength;
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::{Grade, Promise, Verdict};

fn plan() -> Plan {
    match load::compiled(load::built_in_with_cases()) {
        Ok(plan) => plan,
        Err(candidacy::error::Error::Rules(problems)) => panic!("{}", refusal(&problems, false)),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn every_case_holds() {
    let plan = plan();
    let failures: Vec<_> = plan
        .cases
        .iter()
        .filter_map(|case| cases::run(&plan, case))
        .collect();
    assert_eq!(failures, []);
    assert!(plan.cases.len() >= 150);
}

/// The rules that a pack takes from another are tried out there.
#[test]
fn the_drafts_are_covered_and_every_slip_in_them_is_noticed() {
    let today = Date::from_iso("2026-11-20").expect("a day");
    for built_in in load::PACKS.iter().filter(|pack| *pack != load::DEFAULT) {
        let pack = load::with_cases(built_in).read();
        let plan = load::compiled(load::with_cases(built_in)).expect("a plan");
        let failures: Vec<_> = plan
            .cases
            .iter()
            .filter_map(|case| cases::run(&plan, case))
            .collect();
        assert_eq!(failures, [], "{}", built_in.id);
        let covered = coverage(&plan).of_own(&plan, &pack);
        assert!(
            covered.rules > 0 && covered.percent() == 100,
            "{}: {covered:?}",
            built_in.id
        );
        let seen = mutate(&pack, &plan, &base(&pack, &plan, today), today);
        assert_eq!(seen.left_out, 0, "{}", built_in.id);
        assert!(
            seen.survivors.is_empty(),
            "{}: {:?}",
            built_in.id,
            seen.survivors
        );
    }
}

/// A rule that no case would miss could be wrong for years.
#[test]
fn every_rule_decides_the_verdict_of_some_case() {
    let plan = plan();
    let mut decided = BTreeSet::new();
    for case in &plan.cases {
        let patient = Patient::new(&plan, &case.answers, case.as_of);
        let counts: Vec<Option<Grade>> = plan
            .rules
            .iter()
            .map(|rule| rule.counts_as(patient.rule(rule, case.as_of)))
            .collect();
        let gravest = counts.iter().flatten().max();
        for (number, rule) in plan.rules.iter().enumerate() {
            let others = counts
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != number);
            if others.filter_map(|(_, grade)| grade.as_ref()).max() != gravest {
                decided.insert(rule.id.as_str());
            }
        }
    }
    let forgotten: Vec<&str> = plan
        .rules
        .iter()
        .map(|rule| rule.id.as_str())
        .filter(|id| !decided.contains(id))
        .collect();
    assert_eq!(
        forgotten,
        Vec::<&str>::new(),
        "write a case for each that only it decides"
    );
}

#[test]
fn not_sure_is_tried_on_every_question() {
    let plan = plan();
    for (number, asked) in plan.questions.iter().enumerate() {
        let not_sure = plan.cases.iter().any(|case| {
            let said = case.answers.reply(number).in_words(&asked.question);
            said.contains("not sure")
        });
        assert!(
            not_sure,
            "no case is not sure about `{}`",
            asked.question.id
        );
    }
}

/// Somebody who is not sure about a question that matters is never waved through.
#[test]
fn not_sure_never_passes() {
    let plan = plan();
    let well = plan
        .cases
        .iter()
        .find(|case| case.expect.verdict == Some(Promise::Exactly(Verdict::Eligible)))
        .expect("a well patient");
    for (number, asked) in plan.questions.iter().enumerate() {
        let mut rules = plan.rules.iter();
        let read = rules.any(|rule| rule.when.questions().contains(&number));
        let mut answers = well.answers.clone();
        answers.set(number, candidacy_engine::answer::Reply::NotSure);
        let verdict = Patient::new(&plan, &answers, well.as_of).verdict(well.as_of);
        assert!(
            !read || verdict > Verdict::Eligible,
            "not sure about `{}` passes",
            asked.question.id
        );
    }
}

#[test]
fn what_the_desk_must_not_see_is_private() {
    let plan = plan();
    let private: Vec<&str> = plan
        .rules
        .iter()
        .filter(|rule| rule.private)
        .map(|rule| rule.id.as_str())
        .collect();
    assert_eq!(private, ["antiviral-listed", "blood-borne-virus"]);
}

/// Medicines that do not matter are known in their hundreds, so that an unknown name means something.
#[test]
fn enough_medicines_are_known() {
    let plan = plan();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for meaning in plan.medicines.names().iter().flat_map(|name| &name.means) {
        *names
            .entry(plan.groups[meaning.group].id.as_str())
            .or_default() += 1;
    }
    assert!(names["ordinary"] >= 300, "{names:?}");
    assert!(
        names.len() == plan.groups.len(),
        "every group has names: {names:?}"
    );
}

/// Advice tells nobody to stop, start or dose a medicine.
#[test]
fn advice_leaves_medicines_to_their_prescribers() {
    let plan = plan();
    for advice in &plan.advice {
        let text = advice.text.to_lowercase();
        for words in [
            "mg",
            "twice a day",
            "stop taking",
            "stop your",
            "start taking",
            "take half",
        ] {
            let said = text.contains(words)
                && !text.contains("do not stop")
                && !text.contains("never stop");
            assert!(!said, "`{}` says {words:?}: {}", advice.id, advice.text);
        }
    }
}

#[test]
fn every_rule_says_where_it_comes_from() {
    let plan = plan();
    for rule in &plan.rules {
        assert!(!rule.sources.is_empty(), "{}", rule.id);
        for source in rule
            .sources
            .iter()
            .filter_map(|number| plan.citations.get(*number))
        {
            // A judgement of the authors is published nowhere.
            let opinion = source.strength == Strength::Opinion && source.url == "not published";
            assert!(
                opinion || source.url.starts_with("https://") || source.url.starts_with("http://"),
                "{}: {}",
                rule.id,
                source.url
            );
        }
    }
}

/// Nothing is held against somebody who has said nothing.
#[test]
fn no_rule_applies_without_an_answer() {
    let plan = plan();
    assert!(plan.rules.iter().all(|rule| {
        Patient::new(&plan, &plan.blank_answers(), plan.cases[0].as_of)
            .rule(rule, plan.cases[0].as_of)
            != Truth::Yes
    }));
}

/// A private rule of another pack keeps the answers private that it reads, although it does not come along.
#[test]
fn a_question_that_is_taken_alone_stays_private() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("own.yaml");
    let text = "\
format: candidacy/1
pack: {id: own, version: 0.1.0, title: Own, status: draft, owner: Dr A. Example, review_by: 2027-06-30}
topics: [{from: microneedling, questions: [blood_infection, medicines, sunburn]}]
sources: [{id: P7, cite: Protocol 7, publisher: Example, url: not published, strength: opinion}]
rules: [{id: blood, grade: relative, private: yes, when: blood_infection is yes, why: A doctor plans it., sources: [P7]}]
";
    std::fs::write(&path, text).expect("a file");
    let plan = load::compiled(load::load(&path).expect("the pack")).expect("a plan");
    let is_private = |id: &str| plan.is_private(plan.question(id).expect("a question"));
    assert!(is_private("blood_infection") && is_private("medicines") && !is_private("sunburn"));
    let private = Private::of(plan.private_conditions(), &plan.questions);
    let medicines = plan.question("medicines").expect("a question");
    let hidden: Vec<&str> = plan
        .groups
        .iter()
        .enumerate()
        .filter(|(number, _)| private.hides_part(medicines, *number))
        .map(|(_, group)| group.id.as_str())
        .collect();
    assert_eq!(hidden, ["antiviral-blood-borne"]);
}
