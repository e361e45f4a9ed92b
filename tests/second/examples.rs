//! Small worked patients, each with the answer the page gives.

use super::calendar::{Day, Period};
use super::evaluate::{Opinion, evaluate};
use super::model::{
    About, Answer, Condition, Grade, Group, Kind, Pack, Patient, Question, Rule, Sentence, Span,
    Test, Verdict, When, Whole, Word,
};

fn says(id: &str, test: Test) -> Condition {
    Condition::One(Sentence {
        not: false,
        about: About::Question(id.to_owned(), test),
    })
}

fn never_that(id: &str, test: Test) -> Condition {
    Condition::One(Sentence {
        not: true,
        about: About::Question(id.to_owned(), test),
    })
}

fn question(id: &str, kind: Kind, gate: Option<Condition>) -> Question {
    Question {
        id: id.to_owned(),
        kind,
        gate,
        optional: false,
        birth: false,
        planned: false,
        one_applies: false,
    }
}

fn rule(id: &str, grade: Grade, when: Condition) -> Rule {
    Rule {
        id: id.to_owned(),
        grade,
        when,
        unless: None,
        if_unsure: None,
        from: None,
        to: None,
    }
}

fn pack(questions: Vec<Question>, rules: Vec<Rule>) -> Pack {
    let groups = vec![
        Group {
            id: "thinner".to_owned(),
            names: vec!["almorex".to_owned(), "bendaril".to_owned()],
        },
        Group {
            id: "steroid".to_owned(),
            names: vec!["bendaril".to_owned()],
        },
    ];
    Pack {
        groups,
        questions,
        rules,
        ..Pack::default()
    }
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

fn judge(pack: &Pack, answers: &[(&str, Answer)], as_of: (i32, i32, i32)) -> Opinion {
    let answers = answers
        .iter()
        .map(|(id, answer)| ((*id).to_owned(), answer.clone()));
    let patient = Patient {
        answers: answers.collect(),
    };
    evaluate(pack, &patient, Day::on(as_of.0, as_of.1, as_of.2))
}

#[test]
fn a_course_is_clear_on_the_day_the_wait_is_over() {
    #[track_caller]
    fn case(pack: &Pack, answer: &Answer, verdict: Verdict, eligible_from: &str) {
        let opinion = judge(pack, &[("capsules", answer.clone())], (2026, 11, 20));
        let from = opinion.eligible_from.map(|day| day.to_string());
        assert_eq!(opinion.verdict, verdict, "{answer:?}");
        assert_eq!(from.unwrap_or_default(), eligible_from, "{answer:?}");
    }

    let wait = Test::OngoingOrEndedWithin(Span::Is(Period::Months(6)));
    let pack = pack(
        vec![question("capsules", Kind::Course, None)],
        vec![rule("wait", Grade::Temporary, says("capsules", wait))],
    );
    let ended = |month, day| Answer::On(When::Day(Day::on(2026, month, day)));
    let sometime = |month| Answer::On(When::Month(2026, month));
    let (wait, review) = (Verdict::Deferred, Verdict::DermatologistReview);

    case(&pack, &ended(8, 31), wait, "2027-03-01");
    case(&pack, &ended(5, 21), wait, "2026-11-21");
    case(&pack, &ended(5, 20), Verdict::Eligible, "");
    case(&pack, &Answer::Never, Verdict::Eligible, "");
    case(&pack, &Answer::Ongoing, wait, "");
    case(&pack, &Answer::NotSure, review, "");
    case(&pack, &Answer::Ended, review, "2027-05-20");
    case(&pack, &sometime(5), review, "2026-12-01");
    case(&pack, &sometime(6), wait, "2026-12-30");
    case(&pack, &sometime(11), wait, "2027-05-20");
    case(&pack, &Answer::On(When::Year(2025)), Verdict::Eligible, "");
}

#[test]
fn a_vague_month_may_pass_through_review_on_its_way() {
    let wait = Test::EndedWithin(Span::Is(Period::Months(6)));
    let pack = pack(
        vec![question("capsules", Kind::Course, None)],
        vec![rule("wait", Grade::Temporary, says("capsules", wait))],
    );

    let answer = Answer::On(When::Month(2026, 8));
    let opinion = judge(&pack, &[("capsules", answer)], (2026, 11, 20));

    let expected = [
        (Day::on(2026, 11, 20), Verdict::Deferred),
        (Day::on(2027, 2, 1), Verdict::DermatologistReview),
        (Day::on(2027, 3, 1), Verdict::Eligible),
    ];
    assert_eq!(opinion.timeline, expected);
}

#[test]
fn what_does_not_apply_is_no_and_its_negation_yes() {
    #[track_caller]
    fn case(gate: Answer, answer: Answer, plain: bool, negated: bool, undecided: &[&str]) {
        let kind = Kind::Choice(words(&["red", "green"]));
        let open = says("door", Test::IsYes);
        let not_red = Test::IsNot("red".to_owned());
        let pack = pack(
            vec![
                question("door", Kind::YesNo, None),
                question("room", kind, Some(open)),
            ],
            vec![
                rule("plain", Grade::Precaution, says("room", not_red.clone())),
                rule("negated", Grade::Precaution, never_that("room", not_red)),
            ],
        );
        let what = format!("{gate:?} {answer:?}");
        let opinion = judge(&pack, &[("door", gate), ("room", answer)], (2026, 11, 20));
        assert_eq!(opinion.applies.contains("plain"), plain, "{what}");
        assert_eq!(opinion.applies.contains("negated"), negated, "{what}");
        assert_eq!(opinion.undecided_questions, undecided, "{what}");
    }
    let green = Answer::Choice("green".to_owned());

    case(Answer::YesNo(false), Answer::Blank, false, true, &[]);
    case(
        Answer::YesNo(false),
        Answer::NotSure,
        false,
        false,
        &["room"],
    );
    case(Answer::YesNo(false), green.clone(), true, false, &[]);
    case(Answer::YesNo(true), green.clone(), true, false, &[]);
    case(Answer::YesNo(true), Answer::Blank, false, false, &["room"]);
    case(Answer::Blank, Answer::Blank, false, false, &["door"]);
    case(Answer::NotSure, green, true, false, &[]);
}

#[test]
fn each_option_is_a_fact_of_its_own() {
    #[track_caller]
    fn case(answer: &Answer, red: &str, any: &str, all: &str) {
        let both = || words(&["red", "green"]);
        let pack = pack(
            vec![question(
                "skin",
                Kind::Choices(words(&["red", "green", "blue"])),
                None,
            )],
            vec![
                rule(
                    "red",
                    Grade::Precaution,
                    says("skin", Test::Includes("red".to_owned())),
                ),
                rule(
                    "any",
                    Grade::Precaution,
                    says("skin", Test::IncludesAnyOf(both())),
                ),
                rule(
                    "all",
                    Grade::Precaution,
                    says("skin", Test::IncludesAllOf(both())),
                ),
            ],
        );
        let opinion = judge(&pack, &[("skin", answer.clone())], (2026, 11, 20));
        for (rule, expected) in [("red", red), ("any", any), ("all", all)] {
            let applies = opinion.applies.contains(rule);
            let undecided = opinion.undecided_rules.contains(rule);
            let found = if applies {
                "yes"
            } else if undecided {
                "?"
            } else {
                "no"
            };
            assert_eq!(found, expected, "{rule}: {answer:?}");
        }
    }
    let whole = |options: &[&str], not_sure| Whole::Options(words(options), not_sure);
    let one = |option: &str, word| vec![(option.to_owned(), word)];
    let list = |options: &[&str]| Answer::Choices(whole(options, false), vec![]);
    let partly = |options: &[&str]| Answer::Choices(whole(options, true), vec![]);
    let not_red = Answer::Choices(whole(&["red"], true), one("red", Word::No));
    let perhaps_red = Answer::Choices(whole(&["blue"], false), one("red", Word::NotSure));
    let not_green = Answer::Choices(Whole::Blank, one("green", Word::No));

    case(&list(&[]), "no", "no", "no");
    case(&list(&["red"]), "yes", "yes", "no");
    case(&partly(&["red"]), "yes", "yes", "?");
    case(&partly(&["blue"]), "?", "?", "?");
    case(&not_red, "no", "?", "no");
    case(&perhaps_red, "?", "?", "no");
    case(&not_green, "?", "?", "no");
    case(&Answer::Declined, "?", "?", "?");
}

#[test]
fn a_medicine_counts_in_every_group_that_names_it() {
    #[track_caller]
    fn case(entries: &[&str], not_sure: bool, thinner: &str, steroid: &str, unrecognised: &str) {
        let include = |group: &str| says("pills", Test::Include(group.to_owned()));
        let pack = pack(
            vec![question("pills", Kind::Medicines, None)],
            vec![
                rule("thinner", Grade::Precaution, include("thinner")),
                rule("steroid", Grade::Precaution, include("steroid")),
                rule(
                    "unrecognised",
                    Grade::Precaution,
                    says("pills", Test::IncludeUnrecognised),
                ),
            ],
        );
        let answer = Answer::Medicines(words(entries), not_sure);
        let opinion = judge(&pack, &[("pills", answer)], (2026, 11, 20));
        let expected = [
            ("thinner", thinner),
            ("steroid", steroid),
            ("unrecognised", unrecognised),
        ];
        for (rule, expected) in expected {
            let applies = opinion.applies.contains(rule);
            let undecided = opinion.undecided_rules.contains(rule);
            let found = if applies {
                "yes"
            } else if undecided {
                "?"
            } else {
                "no"
            };
            assert_eq!(found, expected, "{rule}: {entries:?} {not_sure}");
        }
    }

    case(&[], false, "no", "no", "no");
    case(&["almorex"], false, "yes", "no", "no");
    case(&["bendaril"], false, "yes", "yes", "no");
    case(&["almorex bendaril"], false, "yes", "yes", "no");
    case(&["zuvetan"], false, "no", "no", "yes");
    case(&["almorex"], true, "yes", "?", "?");
    case(&["zuvetan"], true, "?", "?", "yes");
}

#[test]
fn one_question_behind_a_door_is_settled_by_the_door() {
    let open = says("door", Test::IsYes);
    let pack = pack(
        vec![
            question("door", Kind::YesNo, None),
            question("room", Kind::YesNo, Some(open)),
            question("other", Kind::YesNo, None),
        ],
        vec![
            rule("room", Grade::Relative, says("room", Test::IsYes)),
            rule("other", Grade::Precaution, says("other", Test::IsYes)),
        ],
    );

    let opinion = judge(&pack, &[], (2026, 11, 20));
    assert_eq!(opinion.undecided_questions, ["door", "other"]);
    assert_eq!(opinion.ask_next, Some(words(&["door", "other"])));

    let opinion = judge(&pack, &[("other", Answer::YesNo(true))], (2026, 11, 20));
    assert_eq!(opinion.best, Some(Verdict::EligibleWithPrecautions));
    assert_eq!(opinion.worst, Some(Verdict::DermatologistReview));
    assert_eq!(opinion.ask_next, Some(words(&["door"])));
}

#[test]
fn a_name_in_two_groups_cannot_be_had_in_one_alone() {
    let include = |group: &str| says("pills", Test::Include(group.to_owned()));
    let mut steroid_alone = rule("alone", Grade::Absolute, include("steroid"));
    steroid_alone.unless = Some(include("thinner"));
    let pack = pack(
        vec![question("pills", Kind::Medicines, None)],
        vec![steroid_alone],
    );

    let opinion = judge(&pack, &[("pills", Answer::NotSure)], (2026, 11, 20));

    assert_eq!(opinion.verdict, Verdict::DermatologistReview);
    assert_eq!(opinion.best, Some(Verdict::Eligible));
    assert_eq!(opinion.worst, Some(Verdict::DermatologistReview));
}

#[test]
fn a_number_between_two_limits_is_tried() {
    let limits = vec![
        says("depth", Test::Over(1_000_000)),
        says("depth", Test::Under(2_000_000)),
    ];
    let kind = Kind::Number {
        unit: "mm".to_owned(),
        low: 100_000,
        high: 3_000_000,
    };
    let pack = pack(
        vec![question("depth", kind, None)],
        vec![rule("between", Grade::Absolute, Condition::All(limits))],
    );

    let opinion = judge(&pack, &[], (2026, 11, 20));

    assert_eq!(opinion.verdict, Verdict::DermatologistReview);
    assert_eq!(opinion.best, Some(Verdict::Eligible));
    assert_eq!(opinion.worst, Some(Verdict::NotEligible));
}

#[test]
fn a_question_whose_every_answer_means_the_same_must_still_be_asked() {
    let kind = Kind::Choice(words(&["red", "green"]));
    let either = Test::IsOneOf(words(&["red", "green"]));
    let pack = pack(
        vec![question("skin", kind, None)],
        vec![rule("either", Grade::Temporary, says("skin", either))],
    );

    let opinion = judge(&pack, &[], (2026, 11, 20));

    assert_eq!(opinion.best, Some(Verdict::Deferred));
    assert_eq!(opinion.worst, Some(Verdict::DermatologistReview));
    assert_eq!(opinion.ask_next, Some(words(&["skin"])));
}

#[test]
fn an_optional_question_left_blank_is_no() {
    let mut extra = question("extra", Kind::YesNo, None);
    extra.optional = true;
    let precaution = rule("extra", Grade::Precaution, says("extra", Test::IsYes));
    let pack = pack(vec![extra], vec![precaution]);

    let blank = judge(&pack, &[], (2026, 11, 20));
    assert_eq!(blank.verdict, Verdict::Eligible);
    assert_eq!(blank.worst, Some(Verdict::Eligible));

    let not_sure = judge(&pack, &[("extra", Answer::NotSure)], (2026, 11, 20));
    assert_eq!(not_sure.verdict, Verdict::EligibleWithPrecautions);
    assert_eq!(not_sure.ask_next, Some(words(&["extra"])));
}

#[test]
fn a_planned_day_is_near_on_both_sides() {
    let near = Test::WithinBeforeOrAfter(Span::Is(Period::Weeks(2)));
    let mut vaccine = question("vaccine", Kind::Event, None);
    vaccine.planned = true;
    let rules = vec![rule("wait", Grade::Temporary, says("vaccine", near))];
    let pack = pack(vec![vaccine], rules);
    for (when, verdict, from) in [
        (
            When::Day(Day::on(2026, 12, 4)),
            Verdict::Eligible,
            "2026-12-18",
        ),
        (
            When::Day(Day::on(2026, 12, 3)),
            Verdict::Deferred,
            "2026-12-17",
        ),
        (
            When::Day(Day::on(2026, 11, 7)),
            Verdict::Deferred,
            "2026-11-21",
        ),
        (When::Day(Day::on(2026, 11, 6)), Verdict::Eligible, ""),
        (When::InWeeks(2), Verdict::DermatologistReview, "2026-12-22"),
        (
            When::Month(2026, 12),
            Verdict::DermatologistReview,
            "2027-01-14",
        ),
    ] {
        let opinion = judge(&pack, &[("vaccine", Answer::On(when))], (2026, 11, 20));
        let seen = opinion.eligible_from.map(|day| day.to_string());
        assert_eq!(
            (opinion.verdict, seen.unwrap_or_default().as_str()),
            (verdict, from),
            "{when:?}"
        );
    }
}
