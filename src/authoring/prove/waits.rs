//! Which waits of a pack may become longer without any verdict becoming less severe. An
//! overlay may lengthen these as it likes, and any other only under `relax`.
//!
//! A rule that reads the wait only as something that has to be so can but apply to more
//! patients. That makes no verdict less severe: where such a rule was undecided and
//! applies now, the verdict is settled, as long as it counts while undecided as rules
//! usually do. For all other waits patients are looked for whose verdict changes.
//!
//! Not every length has to be tried. A longer wait only matters to a patient by
//! whether it covers the day of the answer, surely or perhaps. The longest wait
//! covers every day. A wait that is a little longer than the wait itself, or than
//! another one that is compared with the same answer, covers only some days of a vague
//! answer, wherever these are among the other waits.

use candidacy_engine::compile::compile;
use candidacy_engine::condition::{Check, Condition, Test};
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::Refusal;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::overlay;
use candidacy_engine::pack::{Pack, Setting};
use candidacy_engine::period::Period;
use candidacy_engine::plan::{Plan, Rule};
use candidacy_engine::severity::Change;

use super::super::diff;
use super::super::solver::Budget;
use super::{Counterexample, Outcome};

/// What became of a wait.
#[derive(Clone, Debug)]
pub struct Longer {
    /// The name of the setting.
    pub setting: String,
    /// Whether a longer one never gives a less severe verdict.
    pub outcome: Outcome,
}

/// The waits for which it is not proved that a longer one never gives a less severe
/// verdict, under the rules of `pack` when nothing is relaxed.
///
/// # Errors
///
/// The problems of these rules, where they have any.
pub fn not_proved(pack: &Pack, today: Date, effort: &Budget) -> Result<Vec<Longer>, Refusal> {
    let mut strict = overlay::strict(pack);
    strict.cases.clear();
    for question in &mut strict.questions {
        // How far back it asks does not matter to what a wait decides.
        question.covers = None;
    }
    let plan = compile(strict.clone())?;
    for group in &mut strict.groups {
        // Which medicines there are does not matter to a wait.
        group.members.clear();
    }
    let mut all = Vec::new();
    let count = strict.settings.len();
    for (number, setting) in strict.settings.iter().enumerate() {
        let share = effort.share(count - number);
        if let Some(rules) = nudged(&strict, number)? {
            let nudged = Plan {
                rules,
                ..plan.clone()
            };
            all.push(Longer {
                setting: setting.name.value.clone(),
                outcome: decide(pack, setting, (&plan, &nudged), today, &share),
            });
        }
        effort.settle(&share, count - number);
    }
    all.retain(|one| !matches!(one.outcome, Outcome::Proved));
    Ok(all)
}

/// The rules with one setting a day longer; none where that can only make rules apply
/// to more patients.
fn nudged(pack: &Pack, number: usize) -> Result<Option<Vec<Rule>>, Refusal> {
    let mut longer = pack.clone();
    let Some(setting) = longer.settings.get_mut(number) else {
        return Ok(None);
    };
    let Some(period) = setting.period.nudged(true) else {
        return Ok(None);
    };
    setting.period = period;
    let rules = compile(longer)?.rules;
    let is_plain = |rule: &Rule| {
        let usual = rule.if_unsure == rule.grade.while_undecided();
        !reads(&rule.when, false, true) && (usual || !reads(&rule.when, false, false))
    };
    Ok((!rules.iter().all(is_plain)).then_some(rules))
}

/// Whether a condition reads the wait that is a day longer: so that it has to be so, or
/// so that it must not be so where `denied`.
fn reads(condition: &Condition, negated: bool, denied: bool) -> bool {
    match condition {
        Condition::Test(test) => negated == denied && is_nudged(test),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().any(|part| reads(part, negated, denied))
        }
        Condition::None(parts) => parts.iter().any(|part| reads(part, !negated, denied)),
        Condition::Not(part) => reads(part, !negated, denied),
    }
}

fn is_nudged(test: &Test) -> bool {
    test.check.period().is_some_and(Period::is_nudged)
}

/// The same for one setting, with the plan as it is and as it is with the setting a day
/// longer.
fn decide(
    pack: &Pack,
    setting: &Setting,
    (plan, nudged): (&Plan, &Plan),
    today: Date,
    effort: &Budget,
) -> Outcome {
    let mut outcome = Outcome::Proved;
    let lengths = lengths(setting, nudged);
    for (tried, period) in lengths.iter().enumerate() {
        let left = lengths.len() - tried;
        let share = effort.share(left);
        let longer = with(nudged, *period);
        let seen = diff::less_severe_alike(plan, &longer, pack, today, &share);
        effort.settle(&share, left);
        if let Some(change) = seen.of_kind(Change::LessSevere).next() {
            let someone = change.someone.clone();
            let patient = Patient::new(plan, &someone.answers, someone.as_of);
            return Outcome::Fails(Box::new(Counterexample {
                verdict: patient.verdict(someone.as_of),
                but: format!(
                    "gets `{}` where `{}` is {period}, and `{}` with its {}",
                    change.after.word(),
                    setting.name.value,
                    change.before.word(),
                    setting.period
                ),
                promise: None,
                someone,
            }));
        }
        if seen.may_be_less_severe() {
            outcome = Outcome::LeftOut(format!(
                "the questions that the setting `{}` depends on have more combinations than are tried here",
                setting.name.value
            ));
        }
    }
    outcome
}

/// A little longer than the setting and than each longer wait on the same answers, and
/// the longest wait.
fn lengths(setting: &Setting, nudged: &Plan) -> Vec<Period> {
    let mut tests: Vec<&Test> = Vec::new();
    for rule in &nudged.rules {
        rule.when.tests(&mut tests);
    }
    let own = tests.iter().filter(|test| is_nudged(test));
    let questions: Vec<usize> = own.map(|test| test.question).collect();
    let others = tests
        .iter()
        .filter(|test| questions.contains(&test.question) && !is_nudged(test));
    let longer = others
        .filter_map(|test| test.check.period())
        .filter(|other| !setting.period.is_never_shorter_than(*other));
    let known: Vec<Period> = std::iter::once(setting.period).chain(longer).collect();
    // A month more is a simpler wait than a day more, where no other one lies between.
    let a_little = |period: &Period| {
        let more = period.month_more().filter(|more| {
            let mut others = known.iter().filter(|other| *other != period);
            others.all(|other| {
                period.is_never_shorter_than(*other) || other.is_never_shorter_than(*more)
            })
        });
        more.or_else(|| period.nudged(true))
    };
    let mut all: Vec<Period> = known.iter().filter_map(a_little).collect();
    all.push(Period::LONGEST);
    all.sort_by_key(|period| (period.in_months(), period.in_days()));
    all.dedup();
    all
}

/// The plan with `period` in place of the wait that is a day longer.
fn with(nudged: &Plan, period: Period) -> Plan {
    let mut plan = nudged.clone();
    for rule in &mut plan.rules {
        set(&mut rule.when, period);
    }
    plan
}

fn set(condition: &mut Condition, period: Period) {
    match condition {
        Condition::Test(test) if is_nudged(test) => match &mut test.check {
            Check::Within(own) | Check::EndedWithin(own) | Check::OngoingOrEndedWithin(own) => {
                *own = period;
            }
            _ => {}
        },
        Condition::Test(_) => {}
        Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) => {
            for part in parts {
                set(part, period);
            }
        }
        Condition::Not(part) => set(part, period),
    }
}
