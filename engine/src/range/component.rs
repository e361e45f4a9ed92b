//! Undecided rules that depend on the same unknown parts, with all their possible results.

use std::collections::{BTreeSet, HashMap};

use crate::answer::{Answers, Mark, Reply, Value};
use crate::condition::{Condition, Test};
use crate::date::Date;
use crate::evaluate::Patient;
use crate::plan::Rule;
use crate::truth::Truth;
use crate::verdict::{Grade, Verdict};

use super::birth::add_birth;
use super::inseparable::{add_inseparable, add_other_options, names_of, open_parts};
use super::unknown::{Cell, Part, UnknownPart};

mod least;

/// Maximum number of ways tried for one component. Beyond it, the range may be too wide but never too
/// narrow, and all questions of the component are asked.
const MOST_WAYS: usize = 32_768;

/// Undecided rules that share unknown parts.
pub struct Component<'a> {
    rules: Vec<&'a Rule>,
    /// The unknown parts in the order of the plan, so gates come before the questions they guard.
    unknown_parts: Vec<UnknownPart>,
    cells: Vec<Vec<Cell>>,
    /// All possible ways: a cell for each unknown part, and the resulting verdict. None if there are too
    /// many, and before [`Self::with_ways`].
    ways: Option<Vec<Way>>,
    most_severe: Verdict,
    questions_to_ask: Vec<usize>,
    as_of: Date,
    /// The answers; impossible days count as unknown, on later days too.
    answers: Answers,
}

/// One possible way: the cell number of each unknown part, none if its question does not apply.
struct Way {
    cells: Vec<Option<usize>>,
    verdict: Verdict,
}

/// Groups the undecided rules `open` into components.
pub fn components<'a>(patient: &Patient<'a>, open: &[&'a Rule], as_of: Date) -> Vec<Component<'a>> {
    let mut read: Vec<(&'a Rule, BTreeSet<UnknownPart>)> = Vec::new();
    for rule in open {
        let mut looks_at = BTreeSet::new();
        open_parts(patient, &rule.when, as_of, &mut looks_at);
        add_inseparable(patient, &mut looks_at, as_of);
        read.push((*rule, looks_at));
    }
    add_birth(patient, &mut read, as_of);
    let all = read.iter().flat_map(|(_, looks_at)| looks_at).copied();
    let all: BTreeSet<UnknownPart> = all.collect();
    for (_, looks_at) in &mut read {
        add_other_options(patient, &all, looks_at);
    }
    let mut parts: Vec<(Vec<&'a Rule>, BTreeSet<UnknownPart>)> = Vec::new();
    for (rule, mut looks_at) in read {
        let mut rules = vec![rule];
        let (touching, apart): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|(_, unknown_parts)| !unknown_parts.is_disjoint(&looks_at));
        for (others, unknown_parts) in touching {
            rules.extend(others);
            looks_at.extend(unknown_parts);
        }
        parts = apart;
        parts.push((rules, looks_at));
    }
    parts
        .into_iter()
        .map(|(rules, unknown_parts)| Component::new(patient, rules, unknown_parts, as_of))
        .collect()
}

impl<'a> Component<'a> {
    fn new(
        patient: &Patient<'a>,
        rules: Vec<&'a Rule>,
        unknown_parts: BTreeSet<UnknownPart>,
        as_of: Date,
    ) -> Self {
        let unknown_parts: Vec<UnknownPart> = unknown_parts.into_iter().collect();
        let gates = unknown_parts.iter().filter_map(|unknown_part| {
            let asked = patient.plan.questions.get(unknown_part.question)?;
            asked.gate.as_ref()
        });
        let conditions = rules.iter().map(|rule| &rule.when).chain(gates);
        let tests: Vec<&Test> = conditions.flat_map(Condition::tests).collect();
        let cells: Vec<Vec<Cell>> = unknown_parts
            .iter()
            .map(|unknown_part| unknown_part.cells(patient, &tests, as_of))
            .collect();
        let mut questions_to_ask: Vec<usize> = unknown_parts
            .iter()
            .flat_map(|unknown_part| patient.questions_to_ask(unknown_part.question))
            .collect();
        questions_to_ask.sort_unstable();
        questions_to_ask.dedup();
        Self {
            most_severe: most_severe(rules.iter().map(|rule| rule.grade)),
            rules,
            unknown_parts,
            cells,
            ways: None,
            questions_to_ask,
            as_of,
            answers: patient.counted_answers(),
        }
    }

    /// Adds all possible ways, unless there are too many.
    pub fn with_ways(mut self, patient: &Patient<'_>) -> Self {
        let count = self.cells.iter().try_fold(1_usize, |count, cells| {
            count.checked_mul(cells.len().max(1))
        });
        if count.is_some_and(|count| count <= MOST_WAYS) {
            let mut ways = Vec::new();
            let mut answers = self.answers.clone();
            self.try_ways(patient, &mut answers, &mut Vec::new(), &mut ways);
            self.ways = Some(ways);
        }
        self
    }

    /// Its rules.
    pub fn into_rules(self) -> Vec<&'a Rule> {
        self.rules
    }

    /// Tries every cell of the next unknown part, then continues with the following part.
    fn try_ways(
        &self,
        patient: &Patient<'_>,
        answers: &mut Answers,
        chosen: &mut Vec<Option<usize>>,
        ways: &mut Vec<Way>,
    ) {
        let Some(unknown_part) = self.unknown_parts.get(chosen.len()) else {
            let supposed = Patient::new(patient.plan, answers, self.as_of);
            if self.can_be(patient, answers) && self.days_can_be(patient, &supposed) {
                ways.push(Way {
                    cells: chosen.clone(),
                    verdict: self.verdict(&supposed),
                });
            }
            return;
        };
        if self.does_not_apply(patient, *unknown_part, answers) {
            unknown_part.rule_out(patient, answers);
            chosen.push(None);
            self.try_ways(patient, answers, chosen, ways);
            chosen.pop();
        } else {
            for (number, cell) in self.cells_of(chosen.len()).iter().enumerate() {
                unknown_part.put(cell, patient, answers);
                chosen.push(Some(number));
                self.try_ways(patient, answers, chosen, ways);
                chosen.pop();
            }
        }
        unknown_part.clear(patient, answers);
    }

    fn cells_of(&self, unknown_part: usize) -> &[Cell] {
        self.cells.get(unknown_part).map_or(&[], Vec::as_slice)
    }

    /// Whether the part has no answer and these answers close the gate of its question.
    fn does_not_apply(
        &self,
        patient: &Patient<'_>,
        unknown_part: UnknownPart,
        answers: &Answers,
    ) -> bool {
        let gated = patient
            .plan
            .questions
            .get(unknown_part.question)
            .is_some_and(|asked| asked.gate.is_some());
        let unanswered = match (self.answers.reply(unknown_part.question), unknown_part.part) {
            (Reply::Blank, _) => true,
            (Reply::Given(Value::Choices(marks)), Part::Option(option)) => {
                marks.get(option) == Some(&Mark::Blank)
            }
            _ => false,
        };
        gated
            && unanswered
            && Patient::new(patient.plan, answers, self.as_of).gate(unknown_part.question)
                == Truth::No
    }

    /// Whether a patient can give these answers. One option of an exhaustive question applies, unless some
    /// are blank because the question is not asked.
    fn can_be(&self, patient: &Patient<'_>, answers: &Answers) -> bool {
        let left_blank = |question: usize| {
            let mut unknown_parts = self
                .unknown_parts
                .iter()
                .filter(|unknown_part| unknown_part.question == question);
            unknown_parts.any(|unknown_part| self.does_not_apply(patient, *unknown_part, answers))
        };
        let denied = self.unknown_parts.iter().any(|unknown_part| {
            let asked = patient.plan.questions.get(unknown_part.question);
            asked.is_some_and(|asked| {
                answers
                    .reply(unknown_part.question)
                    .denies_all(&asked.question)
            }) && !left_blank(unknown_part.question)
        });
        !denied && self.can_be_named(patient, answers)
    }

    /// Whether some list of medicines gives exactly these groups.
    fn can_be_named(&self, patient: &Patient<'_>, answers: &Answers) -> bool {
        let taken = |question: usize, group: usize| match answers.reply(question) {
            Reply::Given(Value::Medicines(medicines)) => {
                medicines.groups.get(group) != Some(&Truth::No)
            }
            _ => true,
        };
        self.unknown_parts.iter().all(|unknown_part| {
            let Part::Group(group) = unknown_part.part else {
                return true;
            };
            let chosen = match answers.reply(unknown_part.question) {
                Reply::Given(Value::Medicines(medicines)) => {
                    medicines.groups.get(group) == Some(&Truth::Yes)
                }
                _ => false,
            };
            let fits = |groups: Vec<usize>| {
                groups
                    .into_iter()
                    .all(|other| taken(unknown_part.question, other))
            };
            !chosen || names_of(patient, unknown_part.question, group).any(fits)
        })
    }

    /// Whether all assumed days are possible, apart from days that were answered already.
    fn days_can_be(&self, patient: &Patient<'_>, supposed: &Patient<'_>) -> bool {
        let mut impossible = supposed.impossible.iter();
        impossible.all(|one| {
            let mut parts = self.unknown_parts.iter();
            let supposed_here = parts.any(|part| part.question == one.question);
            !supposed_here && patient.impossible(one.question).is_some()
        })
    }

    /// The verdict of the component's rules for an assumed patient.
    fn verdict(&self, supposed: &Patient<'_>) -> Verdict {
        let rules = self.rules.iter();
        most_severe(rules.filter_map(|rule| rule.counts_as(supposed.rule(rule, self.as_of))))
    }

    /// Whether its range is exact, given that other rules lead to `beside` anyway.
    pub fn is_exact(&self, beside: Verdict) -> bool {
        self.ways.is_some() || self.most_severe <= beside
    }

    /// The least severe verdict it could give.
    pub fn best(&self) -> Verdict {
        let ways = self.ways.iter().flatten().map(|way| way.verdict);
        ways.min().unwrap_or(Verdict::Eligible)
    }

    /// The most severe verdict it could give.
    pub fn worst(&self) -> Verdict {
        match &self.ways {
            Some(ways) => ways
                .iter()
                .map(|way| way.verdict)
                .max()
                .unwrap_or(Verdict::Eligible),
            None => self.most_severe,
        }
    }

    /// The questions that can be asked about it.
    pub fn questions_to_ask(&self) -> &[usize] {
        &self.questions_to_ask
    }

    /// Whether nothing else matters once `asked` are answered, given that other rules lead to `beside`
    /// anyway. A question that depends on others counts as answered if all of them are asked.
    pub fn settled(&self, patient: &Patient<'_>, asked: &[usize], beside: Verdict) -> bool {
        let Some(ways) = &self.ways else {
            return self
                .questions_to_ask
                .iter()
                .all(|question| asked.contains(question));
        };
        let answered: Vec<bool> = self
            .unknown_parts
            .iter()
            .map(|unknown_part| {
                patient
                    .questions_to_ask(unknown_part.question)
                    .iter()
                    .all(|question| asked.contains(question))
            })
            .collect();
        let mut outcomes: HashMap<Vec<Option<usize>>, (Verdict, Verdict)> = HashMap::new();
        for way in ways {
            let known: Vec<Option<usize>> = way
                .cells
                .iter()
                .zip(&answered)
                .map(|(cell, answered)| answered.then(|| cell.unwrap_or(usize::MAX)))
                .collect();
            let outcome = outcomes.entry(known).or_insert((way.verdict, way.verdict));
            outcome.0 = outcome.0.min(way.verdict);
            outcome.1 = outcome.1.max(way.verdict);
        }
        outcomes.iter().all(|(known, (best, worst))| {
            let shown = self.shown(patient, known);
            worst.max(&shown).max(&beside) == best.max(&beside)
        })
    }

    /// What the rules count as if only some parts are known.
    fn shown(&self, patient: &Patient<'_>, known: &[Option<usize>]) -> Verdict {
        let mut answers = self.answers.clone();
        for ((unknown_part, cells), known) in self.unknown_parts.iter().zip(&self.cells).zip(known)
        {
            match known.map(|number| cells.get(number)) {
                Some(Some(cell)) => unknown_part.put(cell, patient, &mut answers),
                Some(None) => unknown_part.rule_out(patient, &mut answers),
                None => {}
            }
        }
        self.verdict(&Patient::new(patient.plan, &answers, self.as_of))
    }
}

/// The verdict of the most severe of these grades.
fn most_severe(grades: impl Iterator<Item = Grade>) -> Verdict {
    grades.max().map_or(Verdict::Eligible, Grade::verdict)
}
