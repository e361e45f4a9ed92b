//! Searches for patients with a limited number of steps, and remembers what was left undecided.

use crate::authoring::baseline::{Base, base};
use crate::authoring::sentences;
use crate::authoring::solver::{Goal, Patients, Solution, Solver, TruthSet, Witness};
use candidacy_engine::assess::assess;
use candidacy_engine::condition::Condition;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::{Plan, Rule};
use candidacy_engine::suggest::listed_all;
use candidacy_engine::truth::Truth;

/// Maximum number of steps of one search: a fortieth of what a claim gets.
const MAX_STEPS: u32 = 500_000;
/// Maximum number of searches that reach their limit before the rest is skipped.
const MOST_GIVEN_UP: usize = 8;
/// Maximum number of searches. Rules with few questions need far fewer; this limits packs with very
/// many rules.
const MOST_SEARCHES: usize = 50_000;
/// Maximum total cost of all searches. A search costs the square of the number of questions. Rules
/// of the usual size need less than a hundredth of this limit. A pack of thousands of questions
/// reaches it in seconds.
const MOST_COST: usize = 200_000_000;
/// Maximum number of ids named in the warning about what was left out.
const MOST_NAMED: usize = 5;

/// A solver with a limited number of steps and searches.
pub struct LimitedSolver<'a> {
    /// The rules.
    pub plan: &'a Plan,
    /// The patient that examples should resemble.
    pub base: Base,
    solver: Solver<'a>,
    /// How many searches may still be started.
    left: usize,
    given_up: usize,
    left_out: Vec<String>,
}

impl<'a> LimitedSolver<'a> {
    /// A solver that starts with `today`, near the first healthy persona.
    pub fn new(pack: &Pack, plan: &'a Plan, today: Date) -> Self {
        let base = base(pack, plan, today);
        let solver = Solver {
            most: MAX_STEPS,
            ..Solver::like(plan, &base.answers, today)
        };
        let cost = plan.questions.len().saturating_pow(2).max(1);
        Self {
            plan,
            base,
            solver,
            left: (MOST_COST / cost).clamp(1, MOST_SEARCHES),
            given_up: 0,
            left_out: Vec::new(),
        }
    }

    /// The day that is tried first.
    pub fn today(&self) -> Date {
        self.solver.today
    }

    /// A patient who meets all goals; `patients` says which are tried.
    pub fn seek(&mut self, patients: Patients, wanted: &[Goal<'_>]) -> Solution {
        if self.given_up >= MOST_GIVEN_UP || self.left == 0 {
            return Solution::Unknown;
        }
        self.left -= 1;
        self.solver.patients = patients;
        let found = self.solver.seek(wanted);
        self.given_up += usize::from(found == Solution::Unknown);
        found
    }

    /// Any patient who meets all goals.
    pub fn anybody(&mut self, wanted: &[Goal<'_>]) -> Solution {
        self.seek(Patients::All, wanted)
    }

    /// Remembers that it is undecided whether `id` needs a warning.
    pub fn leave_out(&mut self, id: &str) {
        if self.left_out.last().is_none_or(|last| last != id) {
            self.left_out.push(id.to_owned());
        }
    }

    /// One warning for everything that was left undecided.
    pub fn left_out(&self, pack: &Pack) -> Option<Diagnostic> {
        let mut ids = self.left_out.clone();
        ids.sort_unstable();
        ids.dedup();
        let first = ids.first()?;
        let rules = pack.rules.iter().map(|rule| &rule.id);
        let questions = pack.questions.iter().map(|question| &question.id);
        let place = rules.chain(questions).find(|id| id.value == *first)?.place;
        let named: Vec<&String> = ids.iter().take(MOST_NAMED).collect();
        let more = match ids.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        let message = format!(
            "whether {}{more} can ever apply, decide or be asked was not decided",
            listed_all(&named)
        );
        Some(
            Diagnostic::new(Code::NotDecided, place, message)
                .note("there are more combinations than these warnings try")
                .help("state the condition in fewer sentences, or as several rules"),
        )
    }

    /// A patient and the result for them, in one line.
    pub fn example(&self, someone: &Witness) -> String {
        let in_words = sentences::in_words(self.plan, someone, &self.base);
        let answers: Vec<String> = in_words
            .iter()
            .map(|(question, answer)| format!("`{question}: {answer}`"))
            .collect();
        let like = self.base.like.as_ref();
        let who = match (answers.is_empty(), like) {
            (true, Some(like)) => format!("who answers like the persona `{like}`"),
            (true, None) => "whose answers no rule reads".to_owned(),
            (false, Some(like)) => format!(
                "who answers {}, and everything else like the persona `{like}`,",
                answers.join(", ")
            ),
            (false, None) => format!(
                "who answers {}, and no other answer that a rule reads,",
                answers.join(", ")
            ),
        };
        let verdict = assess(self.plan, &someone.answers, someone.as_of).verdict;
        format!(
            "for example: on {} a patient {who} gets `{}`",
            someone.as_of,
            verdict.word()
        )
    }
}

/// The goal that a rule applies.
pub fn applies(rule: &Rule) -> Goal<'_> {
    Goal::rule(rule, TruthSet::of(Truth::Yes))
}

/// The goal that a condition is true (not unknown).
pub fn holds(condition: &Condition) -> Goal<'_> {
    Goal::condition(condition, TruthSet::of(Truth::Yes))
}
