//! What the workbench proves, against trying one patient after another.

use candidacy::engine::answer::{Answers, Course, Event, Mark, Reply, Value};
use candidacy::engine::assess::assess;
use candidacy::engine::condition::{Check, Condition, Test};
use candidacy::engine::date::{Date, Days};
use candidacy::engine::pack::Promise;
use candidacy::engine::plan::{Claim, Plan};
use candidacy::engine::question::Kind;
use candidacy::engine::truth::Truth;
use candidacy::engine::verdict::{Grade, Verdict};
use candidacy::engine::weigh::Patient;
use candidacy::workbench::diff::{Change, diff};
use candidacy::workbench::mutate::changes;
use candidacy::workbench::prove::{Outcome, prove};
use candidacy::workbench::seek::Seeker;
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
        _ => {
            let mut tests = Vec::new();
            pick(8).tests(&mut tests);
            Condition::Test(tests[0].clone())
        }
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

fn keeps(promise: Promise, verdict: Verdict) -> bool {
    match promise {
        Promise::AtLeast(least) => verdict >= least,
        Promise::AtMost(most) => verdict <= most,
        Promise::Exactly(one) => verdict == one,
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
    }
    places.sort_unstable();
    places.dedup();
    let mut stretches: Vec<Days> = vec![Days::until(day)];
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
            all.collect()
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

/// Somebody of whom the claim is not true, if one is come across.
fn by_trying(plan: &Plan, claim: &Claim, mut seed: u64) -> Option<(Answers, Date)> {
    let mut tests = Vec::new();
    plan.rules
        .iter()
        .for_each(|rule| rule.when.tests(&mut tests));
    claim.condition.tests(&mut tests);
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
            let patient = Patient::new(plan, &answers);
            if patient.truth(&claim.condition, day) == Truth::Yes
                && !keeps(claim.promise, patient.verdict(day))
            {
                return Some((answers, day));
            }
        }
    }
    None
}

fn agree(case: &super::second::strategies::Case, seed: u64) -> Result<(), TestCaseError> {
    let mut plan = super::plan_of(&case.pack.yaml());
    let claim = claim(&plan, seed);
    plan.claims = vec![claim.clone()];
    let today = Date::from_iso("2026-11-20").expect("a day");
    let proofs = prove(&Seeker::new(&plan, today));
    let tried = by_trying(&plan, &claim, seed);
    let said = format!("{:?}\n{:?}", claim.condition, claim.promise);
    match &proofs.last().expect("the claim").outcome {
        Outcome::Proved | Outcome::Empty => {
            prop_assert!(tried.is_none(), "proved, but not true of {tried:?}\n{said}");
        }
        Outcome::Fails(found) => {
            let (answers, day) = (&found.someone.answers, found.someone.as_of);
            let patient = Patient::new(&plan, answers);
            prop_assert_eq!(patient.truth(&claim.condition, day), Truth::Yes);
            let verdict = assess(&plan, answers, day).verdict;
            prop_assert!(!keeps(claim.promise, verdict), "{:?} {}", verdict, said);
        }
        Outcome::LeftOut(why) => prop_assert!(false, "{why}\n{said}"),
        Outcome::Relaxed(..) => prop_assert!(false, "nothing is relaxed here\n{said}"),
    }
    unknown_passes(&plan, &proofs[0].outcome, seed)
}

/// The first claim made for every pack, tried the same way.
fn unknown_passes(plan: &Plan, proved: &Outcome, seed: u64) -> Result<(), TestCaseError> {
    let Outcome::Proved = proved else {
        return Ok(());
    };
    for rule in plan
        .rules
        .iter()
        .filter(|rule| rule.grade > Grade::Precaution)
    {
        let open = Claim {
            claim: String::new(),
            condition: Condition::All(vec![
                rule.when.clone(),
                Condition::Not(Box::new(rule.when.clone())),
            ]),
            promise: Promise::AtLeast(Verdict::Deferred),
        };
        // Whoever has a rule open is found among those drawn at random.
        let mut tests = Vec::new();
        plan.rules
            .iter()
            .for_each(|rule| rule.when.tests(&mut tests));
        let day = days(plan)[0];
        let mut draw = seed;
        for _ in 0..60 {
            let mut answers = plan.blank_answers();
            for question in 0..plan.questions.len() {
                draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let replies = replies(plan, question, &tests, day);
                let place = usize::try_from((draw >> 33) % replies.len() as u64).expect("small");
                answers.set(question, replies[place].clone());
            }
            let patient = Patient::new(plan, &answers);
            let undecided =
                rule.in_force(day) && patient.truth(&open.condition, day) == Truth::Unknown;
            prop_assert!(!undecided || keeps(open.promise, patient.verdict(day)));
        }
    }
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
    #[ignore = "thousands of packs: `cargo test --release --test second_opinion -- --ignored thousands`"]
    fn proof_and_trial_agree_on_thousands(case in cases(), seed: u64) {
        agree(&case, seed)?;
    }
}

/// Two versions, one of them with a slip in a rule: what is said to change
/// does, and whoever is tried changes in a way that was said.
fn differ(case: &super::second::strategies::Case, seed: u64) -> Result<(), TestCaseError> {
    let pack = candidacy::engine::pack::read(vec![candidacy::engine::source::Source::new(
        "random.yaml",
        &case.pack.yaml(),
    )]);
    let old = super::plan_of(&case.pack.yaml());
    let mut new = old.clone();
    let slips = changes::all(&pack, &old);
    for draw in [seed >> 8, seed >> 24]
        .into_iter()
        .take(1 + usize::from(seed & 1 == 1))
    {
        let place = usize::try_from(draw & 0xffff).expect("small") % slips.len();
        if let changes::Changed::Rule(number, rule) = &slips[place].changed {
            new.rules[*number] = (**rule).clone();
        }
    }
    let today = Date::from_iso("2026-11-20").expect("a day");
    let found = diff(&old, &new, &pack, today);
    prop_assert!(found.left_out.is_empty(), "{:?}", found.left_out);
    for change in &found.changes {
        let verdict =
            |plan: &Plan| assess(plan, &change.someone.answers, change.someone.as_of).verdict;
        prop_assert_eq!(verdict(&old), change.before);
        prop_assert_eq!(verdict(&new), change.after);
    }
    let mut tests = Vec::new();
    old.rules
        .iter()
        .chain(&new.rules)
        .for_each(|rule| rule.when.tests(&mut tests));
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
            let before = Patient::new(&old, &answers).verdict(day);
            let after = Patient::new(&new, &answers).verdict(day);
            let said = |change: &Change| change.before == before && change.after == after;
            prop_assert!(
                before == after || found.changes.iter().any(said),
                "{before:?} {after:?} {answers:?} {day}"
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn difference_and_trial_agree(case in cases(), seed: u64) {
        differ(&case, seed)?;
    }

    /// Two packs that have nothing to do with each other are compared all the same.
    #[test]
    fn any_two_packs_can_be_compared(one in cases(), other in cases()) {
        let pack = candidacy::engine::pack::read(vec![candidacy::engine::source::Source::new("random.yaml", &other.pack.yaml())]);
        let (old, new) = (super::plan_of(&one.pack.yaml()), super::plan_of(&other.pack.yaml()));
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
    #[ignore = "thousands of packs: `cargo test --release --test second_opinion -- --ignored thousands`"]
    fn difference_and_trial_agree_on_thousands(case in cases(), seed: u64) {
        differ(&case, seed)?;
    }
}
