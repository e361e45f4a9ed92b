//! Undecided rules that depend on the same unknown parts, with all their possible results.

use std::collections::{BTreeSet, HashMap};

use crate::answer::{Answers, Mark, Reply, Value};
use crate::condition::Test;
use crate::date::Date;
use crate::evaluate::Patient;
use crate::plan::Rule;
use crate::truth::Truth;
use crate::verdict::{Grade, Verdict};

use super::birth::add_birth;
use super::inseparable::{add_inseparable, add_other_options, names_of, open_facets};
use super::unknown::{Cell, Part, UnknownPart};

mod least;

/// Maximum number of ways tried for one component. Beyond it, the range may be too wide but never too
/// narrow, and all questions of the component are asked.
const MOST_WAYS: usize = 32_768;

/// Undecided rules that share unknown parts.
pub struct Component<'a> {
    rules: Vec<&'a Rule>,
    /// The unknown parts in the order of the plan, so gates come before the questions they guard.
    facets: Vec<UnknownPart>,
    cells: Vec<Vec<Cell>>,
    /// All possible ways: a cell for each unknown part, and the resulting verdict. None if there are too
    /// many, and before [`Self::with_ways`].
    ways: Option<Vec<Way>>,
    gravest: Verdict,
    doors: Vec<usize>,
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
pub fn islands<'a>(patient: &Patient<'a>, open: &[&'a Rule], as_of: Date) -> Vec<Component<'a>> {
    let mut read: Vec<(&'a Rule, BTreeSet<UnknownPart>)> = Vec::new();
    for rule in open {
        let mut looks_at = BTreeSet::new();
        open_facets(patient, &rule.when, as_of, &mut looks_at);
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
            .partition(|(_, facets)| !facets.is_disjoint(&looks_at));
        for (others, facets) in touching {
            rules.extend(others);
            looks_at.extend(facets);
        }
        parts = apart;
        parts.push((rules, looks_at));
    }
    parts
        .into_iter()
        .map(|(rules, facets)| Component::new(patient, rules, facets, as_of))
        .collect()
}

impl<'a> Component<'a> {
    fn new(
        patient: &Patient<'a>,
        rules: Vec<&'a Rule>,
        facets: BTreeSet<UnknownPart>,
        as_of: Date,
    ) -> Self {
        let facets: Vec<UnknownPart> = facets.into_iter().collect();
        let mut tests: Vec<&Test> = Vec::new();
        for rule in &rules {
            rule.when.tests(&mut tests);
        }
        for facet in &facets {
            let gate = patient
                .plan
                .questions
                .get(facet.question)
                .and_then(|asked| asked.gate.as_ref());
            if let Some(gate) = gate {
                gate.tests(&mut tests);
            }
        }
        let cells: Vec<Vec<Cell>> = facets
            .iter()
            .map(|facet| facet.cells(patient, &tests, as_of))
            .collect();
        let mut doors: Vec<usize> = facets
            .iter()
            .flat_map(|facet| patient.doors(facet.question))
            .collect();
        doors.sort_unstable();
        doors.dedup();
        Self {
            gravest: gravest(rules.iter().map(|rule| rule.grade)),
            rules,
            facets,
            cells,
            ways: None,
            doors,
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
            self.walk(patient, &mut answers, &mut Vec::new(), &mut ways);
            self.ways = Some(ways);
        }
        self
    }

    /// Its rules.
    pub fn into_rules(self) -> Vec<&'a Rule> {
        self.rules
    }

    /// Tries every cell of the next unknown part, then continues with the following part.
    fn walk(
        &self,
        patient: &Patient<'_>,
        answers: &mut Answers,
        chosen: &mut Vec<Option<usize>>,
        ways: &mut Vec<Way>,
    ) {
        let Some(facet) = self.facets.get(chosen.len()) else {
            let supposed = Patient::new(patient.plan, answers, self.as_of);
            if self.can_be(patient, answers) && self.days_can_be(patient, &supposed) {
                ways.push(Way {
                    cells: chosen.clone(),
                    verdict: self.verdict(&supposed),
                });
            }
            return;
        };
        if self.does_not_apply(patient, *facet, answers) {
            facet.rule_out(patient, answers);
            chosen.push(None);
            self.walk(patient, answers, chosen, ways);
            chosen.pop();
        } else {
            for (number, cell) in self.cells_of(chosen.len()).iter().enumerate() {
                facet.put(cell, patient, answers);
                chosen.push(Some(number));
                self.walk(patient, answers, chosen, ways);
                chosen.pop();
            }
        }
        facet.clear(patient, answers);
    }

    fn cells_of(&self, facet: usize) -> &[Cell] {
        self.cells.get(facet).map_or(&[], Vec::as_slice)
    }

    /// Whether the part has no answer and these answers close the gate of its question.
    fn does_not_apply(&self, patient: &Patient<'_>, facet: UnknownPart, answers: &Answers) -> bool {
        let gated = patient
            .plan
            .questions
            .get(facet.question)
            .is_some_and(|asked| asked.gate.is_some());
        let unsaid = match (self.answers.reply(facet.question), facet.part) {
            (Reply::Blank, _) => true,
            (Reply::Given(Value::Choices(marks)), Part::Option(option)) => {
                marks.get(option) == Some(&Mark::Blank)
            }
            _ => false,
        };
        gated
            && unsaid
            && Patient::new(patient.plan, answers, self.as_of).gate(facet.question) == Truth::No
    }

    /// Whether a patient can give these answers. One option of an exhaustive question applies, unless some
    /// are blank because the question is not asked.
    fn can_be(&self, patient: &Patient<'_>, answers: &Answers) -> bool {
        let left_blank = |question: usize| {
            let mut facets = self
                .facets
                .iter()
                .filter(|facet| facet.question == question);
            facets.any(|facet| self.does_not_apply(patient, *facet, answers))
        };
        let denied = self.facets.iter().any(|facet| {
            let asked = patient.plan.questions.get(facet.question);
            asked.is_some_and(|asked| answers.reply(facet.question).denies_all(&asked.question))
                && !left_blank(facet.question)
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
        self.facets.iter().all(|facet| {
            let Part::Group(group) = facet.part else {
                return true;
            };
            let chosen = match answers.reply(facet.question) {
                Reply::Given(Value::Medicines(medicines)) => {
                    medicines.groups.get(group) == Some(&Truth::Yes)
                }
                _ => false,
            };
            let fits =
                |groups: Vec<usize>| groups.into_iter().all(|other| taken(facet.question, other));
            !chosen || names_of(patient, facet.question, group).any(fits)
        })
    }

    /// Whether all assumed days are possible, apart from days that were answered already.
    fn days_can_be(&self, patient: &Patient<'_>, supposed: &Patient<'_>) -> bool {
        let mut impossible = supposed.impossible.iter();
        impossible.all(|one| {
            let mut parts = self.facets.iter();
            let supposed_here = parts.any(|part| part.question == one.question);
            !supposed_here && patient.impossible(one.question).is_some()
        })
    }

    /// The verdict of the component's rules for an assumed patient.
    fn verdict(&self, supposed: &Patient<'_>) -> Verdict {
        let rules = self.rules.iter();
        gravest(rules.filter_map(|rule| rule.counts_as(supposed.rule(rule, self.as_of))))
    }

    /// Whether its range is exact, given that other rules lead to `beside` anyway.
    pub fn is_exact(&self, beside: Verdict) -> bool {
        self.ways.is_some() || self.gravest <= beside
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
            None => self.gravest,
        }
    }

    /// The questions that can be asked about it.
    pub fn doors(&self) -> &[usize] {
        &self.doors
    }

    /// Whether nothing else matters once `asked` are answered, given that other rules lead to `beside`
    /// anyway. A question that depends on others counts as answered if all of them are asked.
    pub fn settled(&self, patient: &Patient<'_>, asked: &[usize], beside: Verdict) -> bool {
        let Some(ways) = &self.ways else {
            return self.doors.iter().all(|door| asked.contains(door));
        };
        let answered: Vec<bool> = self
            .facets
            .iter()
            .map(|facet| {
                patient
                    .doors(facet.question)
                    .iter()
                    .all(|door| asked.contains(door))
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
        for ((facet, cells), known) in self.facets.iter().zip(&self.cells).zip(known) {
            match known.map(|number| cells.get(number)) {
                Some(Some(cell)) => facet.put(cell, patient, &mut answers),
                Some(None) => facet.rule_out(patient, &mut answers),
                None => {}
            }
        }
        self.verdict(&Patient::new(patient.plan, &answers, self.as_of))
    }
}

/// The verdict of the most severe of these grades.
fn gravest(grades: impl Iterator<Item = Grade>) -> Verdict {
    grades.max().map_or(Verdict::Eligible, Grade::verdict)
}
