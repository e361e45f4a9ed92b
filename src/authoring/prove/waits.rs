//! Which waiting periods of a pack may become longer without making any verdict less severe.
//! Overlays may extend these freely, and any other period only under `relax`.
//!
//! If a rule only requires the period to hold, a longer one can only make it apply to more
//! patients. This makes no verdict less severe. If such a rule was undecided and applies now, the
//! verdict is settled, provided the rule has the default `if_unsure`. For all other periods, a
//! search looks for patients whose verdict changes.
//!
//! Not all lengths have to be tried. A longer period only matters to a patient if it covers the day
//! of the answer, certainly or possibly. The longest period covers every day. Other useful lengths
//! are a little longer than this period, or than another one compared with the same answer. They
//! cover only some days of a vague answer, wherever these days are among the other periods. Before or
//! after a planned day, the longest period is a year.

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

/// The result for one period.
#[derive(Clone, Debug)]
pub struct Longer {
    /// The name of the setting.
    pub setting: String,
    /// Whether a longer period never gives a less severe verdict.
    pub outcome: Outcome,
}

/// The periods that are not proved safe to extend: a longer one may give a less severe verdict,
/// under the rules of `pack` without relaxations.
///
/// # Errors
///
/// The problems of these rules, if they have any.
pub fn not_proved(pack: &Pack, today: Date, budget: &Budget) -> Result<Vec<Longer>, Refusal> {
    let mut strict = overlay::strict(pack);
    strict.cases.clear();
    for question in &mut strict.questions {
        // `covers` has no effect on what a period decides.
        question.covers = None;
    }
    let plan = compile(strict.clone())?;
    for group in &mut strict.groups {
        // The members of a group have no effect on a period.
        group.members.clear();
    }
    let mut all = Vec::new();
    let count = strict.settings.len();
    for (number, setting) in strict.settings.iter().enumerate() {
        let share = budget.share(count - number);
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
        budget.settle(&share, count - number);
    }
    all.retain(|one| !matches!(one.outcome, Outcome::Proved));
    Ok(all)
}

/// The rules with one setting longer by a day; none if this can only make rules apply to more
/// patients.
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

/// Whether a condition reads the changed period: as a part that must hold or, if `denied`, as a
/// part that must not hold.
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

/// The result for one setting, from the plan and the plan with the setting longer by a day.
fn decide(
    pack: &Pack,
    setting: &Setting,
    (plan, nudged): (&Plan, &Plan),
    today: Date,
    budget: &Budget,
) -> Outcome {
    let mut outcome = Outcome::Proved;
    let lengths = lengths(setting, nudged);
    for (tried, period) in lengths.iter().enumerate() {
        let left = lengths.len() - tried;
        let share = budget.share(left);
        let longer = with(nudged, *period);
        let seen = diff::less_severe_alike(plan, &longer, pack, today, &share);
        budget.settle(&share, left);
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

/// Periods a little longer than the setting and than each longer period on the same answers, and
/// the longest period.
fn lengths(setting: &Setting, nudged: &Plan) -> Vec<Period> {
    let rules = nudged.rules.iter();
    let tests: Vec<&Test> = rules.flat_map(|rule| rule.when.tests()).collect();
    let own = tests.iter().filter(|test| is_nudged(test));
    let questions: Vec<usize> = own.map(|test| test.question).collect();
    let others = tests
        .iter()
        .filter(|test| questions.contains(&test.question) && !is_nudged(test));
    let longer = others
        .filter_map(|test| test.check.period())
        .filter(|other| !setting.period.is_never_shorter_than(*other));
    let known: Vec<Period> = std::iter::once(setting.period).chain(longer).collect();
    // A month more is simpler to read than a day more, if no other period is between them.
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
    let mut own = tests.iter().filter(|test| is_nudged(test));
    if own.any(|test| matches!(test.check, Check::WithinBeforeOrAfter(_))) {
        let longest = Period::LONGEST_BEFORE_OR_AFTER;
        all.push(longest);
        all.retain(|period| longest.is_never_shorter_than(*period));
        all.retain(|period| *period != setting.period);
    } else {
        all.push(Period::LONGEST);
    }
    all.sort_by_key(|period| (period.in_months(), period.in_days()));
    all.dedup();
    all
}

/// The plan with `period` instead of the period that is longer by a day.
fn with(nudged: &Plan, period: Period) -> Plan {
    let mut plan = nudged.clone();
    for rule in &mut plan.rules {
        set(&mut rule.when, period);
    }
    plan
}

fn set(condition: &mut Condition, period: Period) {
    match condition {
        Condition::Test(test) if is_nudged(test) => test.check.set_period(period),
        Condition::Test(_) => {}
        Condition::All(parts) | Condition::Any(parts) | Condition::None(parts) => {
            for part in parts {
                set(part, period);
            }
        }
        Condition::Not(part) => set(part, period),
    }
}
