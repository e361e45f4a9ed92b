//! Goals about several rules that have a joint effect.
//!
//! Each of them may be undecided, and yet one applies whichever answers are given (see
//! [`range::whichever`]). The truths of the single conditions do not show this. The engine is asked
//! as soon as everything that these rules read is chosen.

use candidacy_engine::answer::{Answers, Reply, Value};
use candidacy_engine::date::Date;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::medicine::Medicines;
use candidacy_engine::plan::{Plan, Rule};
use candidacy_engine::range::{self, Part};
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::Verdict;

use super::variable::{Cell, Says, Variable};

/// Rules with a possible joint effect.
#[derive(Clone, Debug)]
pub struct Together {
    /// The rules.
    pub rules: Vec<Rule>,
}

impl Together {
    /// All groups of such rules in `plan`.
    #[must_use]
    pub fn of(plan: &Plan) -> Vec<Self> {
        let rule = |number: &usize| plan.rules.get(*number).cloned();
        let groups = range::groups(plan).into_iter();
        let together = |group: Vec<usize>| Self {
            rules: group.iter().filter_map(rule).collect(),
        };
        groups.map(together).collect()
    }

    /// The most severe verdict the rules could lead to.
    #[must_use]
    pub fn worst(&self) -> Verdict {
        let verdicts = self.rules.iter().map(|rule| rule.grade.verdict());
        verdicts.max().unwrap_or(Verdict::Eligible)
    }

    /// Whether `patient` gets `verdict` or a more severe one whichever answers are given. Every
    /// rule that leads to it is undecided.
    #[must_use]
    pub fn lead_to(&self, verdict: Verdict, patient: &Patient<'_>, day: Date) -> bool {
        let below = Verdict::ALL.into_iter().rfind(|one| *one < verdict);
        below.is_some_and(|below| range::least(patient, &self.rules, day, below) >= verdict)
    }
}

/// The answers of a patient for whom only the chosen parts are known.
pub fn answers<'v>(
    plan: &Plan,
    chosen: impl Iterator<Item = (&'v Variable, &'v Cell)> + Clone,
) -> Answers {
    let mut answers = plan.blank_answers();
    for (variable, cell) in chosen.clone() {
        let question = variable.question;
        let asked = plan.questions.get(question);
        let options = asked.map_or(0, |asked| asked.question.kind.choices().len());
        match (variable.part, &cell.says) {
            (Part::Option(_), says) => {
                for (option, mark) in variable.marks(says) {
                    answers.mark(question, option, options, mark);
                }
            }
            (Part::Whole, Says::Reply(reply)) => answers.set(question, reply.clone()),
            _ => {}
        }
    }
    let holds = chosen.filter_map(|(variable, cell)| match &cell.says {
        Says::Holds(truth) => Some((variable, *truth)),
        _ => None,
    });
    let taken = |(variable, _): &(&Variable, Truth)| {
        matches!(variable.part, Part::Group(_) | Part::Unrecognised)
    };
    let taken: Vec<(&Variable, Truth)> = holds.filter(taken).collect();
    // If a group is open, all groups that are not named are open too.
    let open = taken.iter().any(|(_, truth)| *truth == Truth::Unknown);
    for (variable, truth) in taken {
        let mut medicines = match answers.reply(variable.question) {
            Reply::Given(Value::Medicines(medicines)) => medicines.clone(),
            _ => nothing(plan, open),
        };
        match variable.part {
            Part::Group(group) => {
                if let Some(place) = medicines.groups.get_mut(group) {
                    *place = truth;
                }
            }
            _ => medicines.unrecognised = truth,
        }
        answers.set(variable.question, Reply::Given(Value::Medicines(medicines)));
    }
    answers
}

fn nothing(plan: &Plan, open: bool) -> Medicines {
    let other = if open { Truth::Unknown } else { Truth::No };
    Medicines {
        entries: Vec::new(),
        groups: vec![other; plan.groups.len()],
        unrecognised: other,
        open,
    }
}
