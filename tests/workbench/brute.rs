//! What the workbench proves, against trying one patient after another.

use candidacy::authoring::diff::{VerdictChange, diff, less_severe};
use candidacy::authoring::mutate::mutants;
use candidacy::authoring::prove::waits::not_proved;
use candidacy::authoring::prove::{Outcome, prove};
use candidacy::authoring::solver::{Budget, Solver};
use candidacy::report::model;
use candidacy::report::model::View;
use candidacy_engine::answer::{Answers, Course, Event, Mark, Reply, Value};
use candidacy_engine::assess::assess;
use candidacy_engine::compile::compile;
use candidacy_engine::condition::{Check, Condition, Test};
use candidacy_engine::date::{Date, Days};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack;
use candidacy_engine::pack::Promise;
use candidacy_engine::period::Period;
use candidacy_engine::plan::{Claim, Plan};
use candidacy_engine::private::Private;
use candidacy_engine::question::Kind;
use candidacy_engine::severity;
use candidacy_engine::source::Source;
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::{Grade, Verdict};
use proptest::prelude::*;

use super::second::strategies::cases;

/// The most patients tried one by one on one day; of more, as many are drawn.
const MOST: u64 = if cfg!(debug_assertions) { 60 } else { 2_000 };

/// A claim put together from a pack's own rules.
fn claim(plan: &Plan, seed: u64) -> Claim {
    let pick = |shift: u32| {
        let number = usize::try_from((seed >> shift) & 0xff).expect("small");
        &plan.rules[number % plan.rules.len()].when
    };
    let condition = match seed & 7 {
        0 | 1 => pick(8).clone(),
        2 => Condition::Any(vec![pick(8).clone(), pick(16).clone()]),
        3 => Condition::All(vec![pick(8).clone(), pick(16).clone()]),
        4 => Condition::Not(Box::new(pick(8).clone())),
        5 => Condition::All(vec![
            pick(8).clone(),
            Condition::None(vec![pick(16).clone()]),
        ]),
        _ => Condition::Test(pick(8).tests()[0].clone()),
    };
    let verdicts = Verdict::ALL;
    let verdict = verdicts[usize::try_from((seed >> 24) % 5).expect("small")];
    let promise = match (seed >> 32) % 5 {
        0 => Promise::Exactly(verdict),
        1 | 2 => Promise::AtMost(verdict),
        _ => Promise::AtLeast(verdict),
    };
    Claim {
        claim: String::new(),
        condition,
        promise,
    }
}

/// Days on both sides of everything dated, month ends, and the end of February.
pub fn days(plan: &Plan) -> Vec<Date> {
    let mut days: Vec<Date> = [
        "2026-11-20",
        "2027-03-01",
        "2027-03-15",
        "2027-03-29",
        "2028-03-01",
        "2028-03-30",
        "2026-07-31",
    ]
    .into_iter()
    .map(|day| Date::from_iso(day).expect("a day"))
    .collect();
    for rule in &plan.rules {
        days.extend(rule.from.iter().flat_map(|day| [*day, day.plus_days(-1)]));
        days.extend(rule.to.iter().flat_map(|day| [*day, day.plus_days(1)]));
    }
    days
}

/// Every reply to a question that could matter on `day`, and some that do not.
pub fn replies(plan: &Plan, number: usize, tests: &[&Test], day: Date) -> Vec<Reply> {
    let asked = &plan.questions[number];
    let own = || tests.iter().filter(|test| test.question == number);
    let mut places = vec![day, day.plus_days(-9000)];
    for wait in own().filter_map(|test| test.check.period()) {
        let mut over = day;
        while wait.after(over) > day {
            over = over.plus_days(-1);
        }
        places.extend([over, over.plus_days(1)]);
        if asked.question.planned {
            let mut over = day;
            while over < wait.after(day) {
                over = over.plus_days(1);
            }
            places.extend([over.plus_days(-1), over]);
        }
    }
    let end = if asked.question.planned {
        day.plus_months(24)
    } else {
        day
    };
    places.push(end);
    places.retain(|place| *place <= end);
    places.sort_unstable();
    places.dedup();
    let mut stretches: Vec<Days> = vec![Days::until(end)];
    for (index, last) in places.iter().enumerate() {
        stretches.extend(places[..=index].iter().map(|first| Days {
            first: Some(*first),
            last: *last,
        }));
    }
    let values: Vec<Value> = match &asked.question.kind {
        Kind::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        Kind::Choice(choices) => (0..choices.len()).map(Value::Choice).collect(),
        Kind::Choices(choices) => {
            let marks = [Mark::Yes, Mark::No, Mark::NotSure];
            let all =
                (0..3_usize.pow(u32::try_from(choices.len()).expect("few"))).map(|mut code| {
                    let mark = |_| {
                        let mark = marks[code % 3];
                        code /= 3;
                        mark
                    };
                    Value::Choices((0..choices.len()).map(mark).collect())
                });
            let said = |value: &Value| !Reply::Given(value.clone()).denies_all(&asked.question);
            all.filter(said).collect()
        }
        Kind::Number(scale) => {
            let (least, most) = scale.range.expect("a range");
            let mut numbers = vec![least, most];
            for test in own() {
                if let Check::Between(low, high) = &test.check {
                    let ends = low.iter().chain(high);
                    numbers.extend(ends.flat_map(|n| [n.next_down(), *n, n.next_up()]));
                }
            }
            numbers.retain(|n| least <= *n && *n <= most);
            numbers.into_iter().map(Value::Number).collect()
        }
        Kind::Date => stretches
            .into_iter()
            .filter(|days| days.first.is_some())
            .map(Value::Date)
            .collect(),
        Kind::Event => {
            let happened = stretches.into_iter().map(Event::Happened);
            happened.chain([Event::Never]).map(Value::Event).collect()
        }
        Kind::Course => {
            let ended = stretches.into_iter().map(Course::Ended);
            ended
                .chain([Course::Never, Course::Ongoing])
                .map(Value::Course)
                .collect()
        }
        Kind::Medicines => return lists(plan, number, day),
    };
    let mut replies = vec![Reply::Blank, Reply::NotSure];
    replies.extend(values.into_iter().map(Reply::Given));
    replies
}

/// Every list of names, with and without an unknown one, closed and open.
fn lists(plan: &Plan, number: usize, day: Date) -> Vec<Reply> {
    let names = plan.medicines.names();
    let question = &plan.questions[number].question;
    let mut replies = vec![Reply::Blank];
    for code in 0..1_usize << (names.len() + 2) {
        let mut said: Vec<&str> = (0..names.len())
            .filter(|bit| code >> bit & 1 == 1)
            .map(|bit| names[bit].text.as_str())
            .collect();
        said.extend((code >> names.len() & 1 == 1).then_some("zuvetan"));
        said.extend((code >> (names.len() + 1) & 1 == 1).then_some("not sure"));
        let text = if said.is_empty() {
            "none".to_owned()
        } else {
            said.join("; ")
        };
        replies.push(plan.reader(day).reply(question, &text).expect("an answer"));
    }
    replies
}

/// What may be true of a patient on a day.
type Such<'a> = dyn Fn(&Answers, Date) -> bool + 'a;

/// Somebody of whom `such` is true, if one is come across; `claim` is what is read beside the rules.
fn by_trying(
    plan: &Plan,
    claim: Option<&Claim>,
    mut seed: u64,
    such: &Such<'_>,
) -> Option<(Answers, Date)> {
    let rules = plan.rules.iter().map(|rule| &rule.when);
    let conditions = rules.chain(claim.map(|claim| &claim.condition));
    let tests: Vec<_> = conditions.flat_map(Condition::tests).collect();
    for day in days(plan) {
        let all: Vec<Vec<Reply>> = (0..plan.questions.len())
            .map(|number| replies(plan, number, &tests, day))
            .collect();
        let count = all
            .iter()
            .map(|replies| replies.len() as u64)
            .product::<u64>();
        for number in 0..count.min(MOST) {
            let mut code = number;
            if count > MOST {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                code = (seed >> 8) % count;
            }
            let mut answers = plan.blank_answers();
            for (question, replies) in all.iter().enumerate() {
                let length = replies.len() as u64;
                answers.set(
                    question,
                    replies[usize::try_from(code % length).expect("small")].clone(),
                );
                code /= length;
            }
            if such(&answers, day) {
                return Some((answers, day));
            }
        }
    }
    None
}

/// A pack in which no question asks for the date of birth. The solver does not try vague days
/// on both sides of a birth (see its module): such patients are newborn.
fn without_birth(pack: &super::second::model::Pack) -> Plan {
    let mut plan = super::plan_of(&pack.yaml());
    plan.birth = None;
    plan
}

fn agree(case: &super::second::strategies::Case, seed: u64) -> Result<(), TestCaseError> {
    let mut plan = without_birth(&case.pack);
    let claim = claim(&plan, seed);
    plan.claims = vec![claim.clone()];
    // About a third of the rules are private.
    for (number, rule) in plan.rules.iter_mut().enumerate() {
        rule.private = (seed >> (40 + 2 * number)) & 3 == 1;
    }
    // Rules that read what a private one reads are private too, or they are not compiled.
    loop {
        let private = Private::of(plan.private_conditions(), &plan.questions);
        let mut public = plan.rules.iter_mut().filter(|rule| !rule.private);
        let Some(rule) = public.find(|rule| private.reads(&rule.when)) else {
            break;
        };
        rule.private = true;
    }
    let today = Date::from_iso("2026-11-20").expect("a day");
    let proofs = prove(&Solver::new(&plan, today));
    let broken: [&Such<'_>; 4] = [
        &|answers, day| {
            undecided(&plan, answers, day, &|grade| {
                (grade > Grade::Precaution).then_some(Verdict::Deferred)
            })
        },
        &|answers, day| {
            undecided(&plan, answers, day, &|grade| {
                Some(grade.min(Grade::Relative).verdict())
            })
        },
        &|answers, day| gives_away(&plan, answers, day),
        &|answers, day| {
            let patient = Patient::new(&plan, answers, day);
            patient.truth(&claim.condition, day) == Truth::Yes
                && !claim.promise.keeps(patient.verdict(day))
        },
    ];
    prop_assert_eq!(proofs.len(), broken.len());
    for (proof, broken) in proofs.iter().zip(broken) {
        let said = format!(
            "{}\n{:?}\n{:?}",
            proof.claim, claim.condition, claim.promise
        );
        match &proof.outcome {
            Outcome::Proved | Outcome::Empty => {
                let tried = by_trying(&plan, Some(&claim), seed, broken);
                prop_assert!(tried.is_none(), "proved, but not true of {tried:?}\n{said}");
            }
            Outcome::Fails(found) => {
                let (answers, day) = (&found.someone.answers, found.someone.as_of);
                prop_assert!(
                    broken(answers, day),
                    "it is true of {answers:?} {day}\n{said}"
                );
                let verdict = assess(&plan, answers, day).verdict;
                let kept = found.promise.is_some_and(|promise| promise.keeps(verdict));
                prop_assert!(!kept, "{verdict:?} {said}");
            }
            Outcome::LeftOut(why) => prop_assert!(false, "{why}\n{said}"),
            Outcome::Relaxed(..) => prop_assert!(false, "nothing is relaxed here\n{said}"),
        }
    }
    if matches!(proofs[1].outcome, Outcome::Proved) {
        nothing_is_gained(&plan, seed)?;
    }
    Ok(())
}

/// Whether some rule is undecided and the verdict milder than `least` says of its grade.
fn undecided(
    plan: &Plan,
    answers: &Answers,
    day: Date,
    least: &dyn Fn(Grade) -> Option<Verdict>,
) -> bool {
    let patient = Patient::new(plan, answers, day);
    let verdict = patient.verdict(day);
    plan.rules.iter().any(|rule| {
        patient.rule(rule, day) == Truth::Unknown
            && least(rule.grade).is_some_and(|least| verdict < least)
    })
}

/// Whether the desk is shown a private rule. A public one that reads the same is not
/// compiled.
fn gives_away(plan: &Plan, answers: &Answers, day: Date) -> bool {
    let seen = assess(plan, answers, day);
    let sheet = model::sheet(plan, answers, &seen, View::Desk);
    let named = |id: &str| plan.rules.iter().any(|rule| rule.private && rule.id == id);
    sheet.findings.iter().any(|finding| named(finding.rule))
}

/// Who takes an answer back gets no less severe verdict than before, or sees the
/// dermatologist.
fn nothing_is_gained(plan: &Plan, seed: u64) -> Result<(), TestCaseError> {
    let gains = |answers: &Answers, day: Date| {
        let patient = Patient::new(plan, answers, day);
        let least = patient.verdict(day).min(Verdict::DermatologistReview);
        (0..plan.questions.len()).any(|question| {
            let mut fewer = answers.clone();
            fewer.set(question, Reply::NotSure);
            Patient::new(plan, &fewer, day).verdict(day) < least
        })
    };
    let found = by_trying(plan, None, seed, &gains);
    prop_assert!(found.is_none(), "not answering pays for {found:?}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn proof_and_trial_agree(case in cases(), seed: u64) {
        agree(&case, seed)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "thousands of packs, for half an hour: `cargo test --release --test second_opinion -- --ignored thousands`"]
    fn proof_and_trial_agree_on_thousands(case in cases(), seed: u64) {
        agree(&case, seed)?;
    }
}

/// Two versions, one of them with a slip in a rule: what is said to change
/// does, and whoever is tried changes in a way that was said.
fn differ(case: &super::second::strategies::Case, seed: u64) -> Result<(), TestCaseError> {
    let pack = candidacy_engine::pack::read(vec![candidacy_engine::source::Source::new(
        "random.yaml",
        &case.pack.yaml(),
    )]);
    let old = without_birth(&case.pack);
    let mut new = old.clone();
    let slips = mutants::all(&pack, &old);
    for draw in [seed >> 8, seed >> 24]
        .into_iter()
        .take(1 + usize::from(seed & 1 == 1))
    {
        let place = usize::try_from(draw & 0xffff).expect("small") % slips.len();
        if let mutants::Changed::Rule(number, rule) = &slips[place].changed {
            new.rules[*number] = (**rule).clone();
        }
    }
    let today = Date::from_iso("2026-11-20").expect("a day");
    let found = diff(&old, &new, &pack, today);
    prop_assert!(found.left_out.is_empty(), "{:?}", found.left_out);
    // Fewer rules are looked at where only a less severe verdict matters.
    let less = less_severe(&old, &new, &pack, today, &Budget::default());
    prop_assert_eq!(less.is_less_severe(), found.is_less_severe());
    if let Some((kinds, otherwise)) = found.kinds {
        prop_assert!(otherwise <= kinds);
    }
    for change in &found.changes {
        let verdict =
            |plan: &Plan| assess(plan, &change.someone.answers, change.someone.as_of).verdict;
        prop_assert_eq!(verdict(&old), change.before);
        prop_assert_eq!(verdict(&new), change.after);
        let patient = |plan| Patient::new(plan, &change.someone.answers, change.someone.as_of);
        let kind = severity::change(&patient(&old), &patient(&new), change.someone.as_of);
        prop_assert_eq!(kind, change.kind);
    }
    let rules = old.rules.iter().chain(&new.rules);
    let tests: Vec<_> = rules.flat_map(|rule| rule.when.tests()).collect();
    let mut draw = seed;
    for day in days(&old) {
        let all: Vec<Vec<Reply>> = (0..old.questions.len())
            .map(|number| replies(&old, number, &tests, day))
            .collect();
        for _ in 0..MOST {
            let mut answers = old.blank_answers();
            for (question, replies) in all.iter().enumerate() {
                draw = draw
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let place = usize::try_from((draw >> 33) % replies.len() as u64).expect("small");
                answers.set(question, replies[place].clone());
            }
            let before = Patient::new(&old, &answers, day).verdict(day);
            let after = Patient::new(&new, &answers, day).verdict(day);
            let said = |change: &VerdictChange| change.before == before && change.after == after;
            let counted = found.kinds.is_none_or(|(_, otherwise)| otherwise > 0);
            prop_assert!(
                before == after || day != today || counted,
                "no kind was counted"
            );
            prop_assert!(
                before == after || found.changes.iter().any(said),
                "{before:?} {after:?} {answers:?} {day}"
            );
            let kind = severity::change(
                &Patient::new(&old, &answers, day),
                &Patient::new(&new, &answers, day),
                day,
            );
            let of_kind = |change: &VerdictChange| said(change) && change.kind <= kind;
            prop_assert!(
                before == after || found.changes.iter().any(of_kind),
                "{kind:?} {before:?} {after:?} {answers:?} {day}"
            );
        }
    }
    Ok(())
}

/// Waits that may become longer without a less severe verdict, against patients and
/// lengths that are drawn.
fn lengthen(case: &super::second::strategies::Case, seed: u64) -> Result<(), TestCaseError> {
    let pack = pack::read(vec![Source::new("random.yaml", &case.pack.yaml())]);
    let old = super::plan_of(&case.pack.yaml());
    let today = Date::from_iso("2026-11-20").expect("a day");
    let all = not_proved(&pack, today, &Budget::default()).expect("sound rules");
    let known = old.rules.iter().flat_map(|rule| {
        let tests = rule.when.tests().into_iter();
        tests.filter_map(|test| test.check.period())
    });
    let known: Vec<Period> = known
        .chain([Period::LONGEST, Period::LONGEST_BEFORE_OR_AFTER])
        .collect();
    let more = |period: &Period| [period.nudged(true), period.month_more()];
    let lengths: Vec<Period> = known
        .iter()
        .flat_map(|period| more(period).into_iter().flatten().chain([*period]))
        .collect();
    for (number, setting) in pack.settings.iter().enumerate() {
        let longer = |period: Period| {
            let mut longer = pack.clone();
            longer.settings[number].period = period;
            compile(longer)
        };
        // Before or after a planned day, no longer time can be written than this one.
        let most = longer(Period::LONGEST).map_or(Period::LONGEST_BEFORE_OR_AFTER, |_| {
            Period::LONGEST.nudged(true).unwrap_or(Period::LONGEST)
        });
        let lengths = lengths.iter().filter(|length| {
            length.is_never_shorter_than(setting.period)
                && **length != setting.period
                && most.is_never_shorter_than(**length)
        });
        let longer = |period: Period| longer(period).expect("sound rules");
        let is_less_severe = |new: &Plan, answers: &Answers, day: Date| {
            let [before, after] = [&old, new].map(|plan| Patient::new(plan, answers, day));
            severity::change(&before, &after, day) == severity::Change::LessSevere
        };
        let found = all.iter().find(|one| one.setting == setting.name.value);
        match found.map(|one| &one.outcome) {
            None => {
                for (place, period) in lengths.enumerate().take(4) {
                    let new = longer(*period);
                    let seed = seed.wrapping_add(place as u64);
                    let such = |answers: &Answers, day: Date| is_less_severe(&new, answers, day);
                    let someone = by_trying(&new, None, seed, &such);
                    prop_assert!(
                        someone.is_none(),
                        "{} {period}: {someone:?}",
                        setting.name.value
                    );
                }
            }
            Some(Outcome::Fails(found)) => {
                let (answers, day) = (&found.someone.answers, found.someone.as_of);
                let mut new = lengths.map(|period| longer(*period));
                prop_assert!(
                    new.any(|new| is_less_severe(&new, answers, day)),
                    "{found:?}"
                );
            }
            Some(other) => prop_assert!(false, "{other:?}"),
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn longer_waits_and_trial_agree(case in cases(), seed: u64) {
        lengthen(&case, seed)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn difference_and_trial_agree(case in cases(), seed: u64) {
        differ(&case, seed)?;
    }

    /// Two packs that have nothing to do with each other are compared all the same.
    #[test]
    fn any_two_packs_can_be_compared(one in cases(), other in cases()) {
        let pack = candidacy_engine::pack::read(vec![candidacy_engine::source::Source::new("random.yaml", &other.pack.yaml())]);
        let (old, new) = (without_birth(&one.pack), without_birth(&other.pack));
        let seen = diff(&old, &new, &pack, Date::from_iso("2026-11-20").expect("a day"));
        prop_assert!(seen.left_out.is_empty(), "{:?}", seen.left_out);
        for change in &seen.changes {
            let verdict = |plan: &Plan| assess(plan, &change.someone.answers, change.someone.as_of).verdict;
            prop_assert_eq!(verdict(&seen.merged.old), change.before);
            prop_assert_eq!(verdict(&seen.merged.new), change.after);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "thousands of packs, for half an hour: `cargo test --release --test second_opinion -- --ignored thousands`"]
    fn difference_and_trial_agree_on_thousands(case in cases(), seed: u64) {
        differ(&case, seed)?;
    }
}

/// A day before the date of birth counts as not known, so no patient has one beside the other.
#[test]
fn nothing_happens_before_birth() {
    let plan = super::plan_of(
        "format: candidacy/1
pack: {id: born, version: 0.1.0, title: Born, status: draft, owner: Dr A. Example, review_by: 2040-06-30}
sources:
  - {id: S1, cite: Example, publisher: Example, year: 2026, url: \"https://example.org/s1\", strength: opinion}
questions:
  - {id: born, ask: When were you born?, type: date, birth: yes}
  - {id: peel, ask: When was the last peel?, type: date}
rules:
  - {id: healed, grade: absolute, when: {all: [born within 2 years, not peel within 3 years]}, why: An example., sources: [S1]}
always:
  - {claim: nobody is refused, if: born within 30 years, verdict: at most dermatologist-review}
",
    );
    let today = Date::from_iso("2026-11-20").expect("a day");
    let proofs = prove(&Solver::new(&plan, today));
    assert!(matches!(proofs[3].outcome, Outcome::Proved), "{proofs:?}");
}

/// What is not answered, never happened or is planned fits every date of birth. It is not lost because an early day
/// makes the same sentences true: there are patients who show that these claims fail.
#[test]
fn a_newborn_can_have_answers_without_an_early_day() {
    let fails = |questions: &str, rule: &str| {
        let plan = super::plan_of(&format!(
            "format: candidacy/1
pack: {{id: born, version: 0.1.0, title: Born, status: draft, owner: Dr A. Example, review_by: 2040-06-30}}
sources: [{{id: S1, cite: Example, publisher: Example, year: 2026, url: \"https://example.org/s1\", strength: opinion}}]
questions:
  - {{id: born, ask: When were you born?, type: date, birth: yes}}
  - {{id: well, ask: Are you well?, type: yes-no}}
  - {questions}
rules: [{{id: refused, grade: absolute, when: {{all: [born within 1 year, {rule}]}}, why: An example., sources: [S1]}}]
always: [{{claim: nobody is refused, if: born within 30 years, verdict: at most dermatologist-review}}]
"
        ));
        let today = Date::from_iso("2026-11-20").expect("a day");
        let proofs = prove(&Solver::new(&plan, today));
        matches!(proofs[3].outcome, Outcome::Fails(_))
    };
    let not_asked = "{id: peel, ask: When was the last peel?, type: date, ask_when: well is no}";
    assert!(fails(not_asked, "not peel within 3 years"));
    let never = "{id: peel, ask: Have you had a peel?, type: event}";
    assert!(fails(never, "not peel within 3 years"));
    let over = "{id: peel, ask: Have you had a peel?, type: course}";
    assert!(fails(over, "not peel ongoing or ended within 3 years"));
    let planned = "{id: shot, ask: When is the vaccination?, type: event, planned: true}";
    assert!(fails(
        planned,
        "shot ever, not shot within 2 weeks before or after"
    ));
}

/// A question about medicines that may or may not be asked can be blank. What then applies in any case is compared too.
#[test]
fn a_blank_list_of_a_question_that_may_not_be_asked_is_compared() {
    let text = |when: &str| {
        format!(
            "format: candidacy/1
pack: {{id: lists, version: 0.1.0, title: Lists, status: draft, owner: Dr A. Example, review_by: 2040-06-30}}
sources: [{{id: S1, cite: Example, publisher: Example, year: 2026, url: \"https://example.org/s1\", strength: opinion}}]
groups: [{{id: thinner, members: [{{name: almorex}}]}}]
questions:
  - {{id: now, ask: What do you take?, type: medicines}}
  - {{id: before, ask: What did you take?, type: medicines, ask_when: [now include thinner, not now include thinner]}}
rules: [{{id: refused, grade: absolute, when: {when}, why: An example., sources: [S1]}}]
"
        )
    };
    let (old, new) = (
        "not before include unrecognised",
        "before include unrecognised",
    );
    let (old, new) = (text(old), text(new));
    let today = Date::from_iso("2026-11-20").expect("a day");
    let pack = pack::read(vec![Source::new("new.yaml", &new)]);
    let seen = diff(&super::plan_of(&old), &super::plan_of(&new), &pack, today);
    let found: Vec<_> = seen
        .changes
        .iter()
        .map(|change| (change.before, change.after))
        .collect();
    let review = (Verdict::NotEligible, Verdict::DermatologistReview);
    assert!(found.contains(&review), "{found:?}");
}

/// Where one option always applies and all others are denied, the last one applies: what a rule makes of it is no
/// matter for the dermatologist.
#[test]
fn the_last_option_of_an_exhaustive_question_applies() {
    let text = |rules: &str| {
        format!(
            "format: candidacy/1
pack: {{id: areas, version: 0.1.0, title: Areas, status: draft, owner: Dr A. Example, review_by: 2040-06-30}}
sources: [{{id: S1, cite: Example, publisher: Example, url: \"https://example.org/s1\", strength: opinion}}]
questions: [{{id: area, ask: Where?, type: choices, none: false, options: [{{id: lips, text: Lips}}, {{id: face, text: Face}}]}}]
{rules}"
        )
    };
    let absolute = "rules: [{id: lips, grade: absolute, when: area includes lips, why: Not here., sources: [S1]}]\n";
    let (old, new) = (text(absolute), text(""));
    let read = Source::new("new.yaml", &new);
    let today = Date::from_iso("2026-11-20").expect("a day");
    let seen = diff(
        &super::plan_of(&old),
        &super::plan_of(&new),
        &pack::read(vec![read]),
        today,
    );
    assert!(!seen.changes.is_empty());
    for change in &seen.changes {
        let (answers, day) = (&change.someone.answers, change.someone.as_of);
        let before = assess(&seen.merged.old, answers, day).verdict;
        assert_eq!(before, change.before, "{answers:?}");
    }
    let claim = "always: [{claim: with the face denied the lips are refused, if: not area includes face, verdict: not-eligible}]\n";
    let claimed = text(&format!("{absolute}{claim}"));
    let plan = super::plan_of(&claimed);
    let proofs = prove(&Solver::new(&plan, today));
    let own = proofs
        .iter()
        .find(|proof| proof.claim.starts_with("with the face denied"));
    let outcome = &own.expect("the claim").outcome;
    assert!(matches!(outcome, Outcome::Proved), "{outcome:?}");
}
