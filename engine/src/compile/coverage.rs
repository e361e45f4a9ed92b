//! How far back questions ask: their `covers`, and that of the questions that lead to them.
//!
//! Suppose a patient had filler two years ago. The answer to "in the last 12 months" is *no*, and
//! the day is never asked for. So a question that is only asked after such an answer reaches no
//! further back either.

use std::collections::{HashMap, HashSet};

use crate::pack::{Condition, Fact, Pack, Question, Sentence};
use crate::period::Period;
use crate::question::QuestionType;
use crate::sentence::{self, Says};
use crate::source::{Located, Place};

/// How far back each question asks, by id: its own `covers` and inherited ones. A question that is
/// missing here asks about any time.
pub type Coverage<'a> = HashMap<&'a str, Vec<&'a Located<Period>>>;

/// The subjects of the sentences in conditions.
struct Named<'a> {
    questions: HashMap<&'a str, &'a Question>,
    facts: HashMap<&'a str, &'a Fact>,
}

/// How far back the questions of `pack` ask.
pub fn of(pack: &Pack) -> Coverage<'_> {
    let named = Named {
        questions: pack
            .questions
            .iter()
            .map(|question| (question.id.value.as_str(), question))
            .collect(),
        facts: pack
            .facts
            .iter()
            .map(|fact| (fact.id.value.as_str(), fact))
            .collect(),
    };
    let mut all = Coverage::new();
    if pack.questions.iter().all(|one| one.covers.is_none()) {
        return all;
    }
    for question in &pack.questions {
        let mut own: Vec<_> = question.covers.iter().collect();
        if let Some(gate) = &question.ask_when {
            named.inherited(gate, false, &all, &mut HashSet::new(), &mut own);
        }
        // If two questions have the same id, the first one counts.
        if !own.is_empty() {
            all.entry(&question.id.value).or_insert(own);
        }
    }
    all
}

/// The shortest time that a question asks about.
pub fn shortest(coverage: &Coverage<'_>, question: &str) -> Option<Period> {
    let all = coverage.get(question)?.iter().map(|covers| covers.value);
    all.reduce(|one, other| {
        if one.is_never_shorter_than(other) {
            other
        } else {
            one
        }
    })
}

impl<'a> Named<'a> {
    /// Adds the `covers` of questions whose answers lead to what `condition` gates.
    fn inherited(
        &self,
        condition: &'a Condition,
        negated: bool,
        known: &Coverage<'a>,
        seen: &mut HashSet<(&'a str, bool)>,
        own: &mut Vec<&'a Located<Period>>,
    ) {
        for (sentence, negated) in condition.signed(negated) {
            self.sentence(sentence, negated, known, seen, own);
        }
    }

    fn sentence(
        &self,
        sentence: &'a Sentence,
        negated: bool,
        known: &Coverage<'a>,
        seen: &mut HashSet<(&'a str, bool)>,
        own: &mut Vec<&'a Located<Period>>,
    ) {
        let Ok(read) = sentence::read(&sentence.text) else {
            return;
        };
        let (subject, negated) = (read.subject.text, negated ^ read.negated);
        if let Some(fact) = self.facts.get(subject) {
            // Each fact is read once, because some name others many times, or themselves.
            if seen.insert((&fact.id.value, negated)) {
                self.inherited(&fact.when, negated, known, seen, own);
            }
        } else if let Some(question) = self.questions.get(subject)
            && leads_on(question, &read.says, negated)
            && let Some(more) = known.get(subject)
        {
            own.extend(
                more.iter()
                    .filter(|one| !own.contains(one))
                    .copied()
                    .collect::<Vec<_>>(),
            );
        }
    }
}

/// Whether such a sentence holds after a positive answer to the question, and not after *no*.
fn leads_on(question: &Question, says: &Says<'_>, negated: bool) -> bool {
    match says {
        Says::Is(words) if question.kind == QuestionType::YesNo => {
            let yes = words.iter().any(|word| matches!(word.text, "yes" | "true"));
            yes != negated
        }
        // If no answer means *no*, as for a choice, a sentence may mean either.
        _ => !question.kind.facts().denies || !negated,
    }
}

/// The `covers` of a question and its place, if `wait` reaches further back.
pub fn exceeded(
    coverage: &Coverage<'_>,
    question: &str,
    wait: Option<Period>,
) -> Option<(Period, Place)> {
    let all = coverage.get(question)?;
    let covered = |covers: &Period| wait.is_some_and(|wait| covers.is_never_shorter_than(wait));
    let found = all.iter().find(|covers| !covered(&covers.value))?;
    Some((found.value, found.place))
}
