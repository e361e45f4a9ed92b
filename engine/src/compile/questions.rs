//! Resolves questions with their gates, and checks optional questions.

use crate::condition::Condition;
use crate::decimal::Decimal;
use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack;
use crate::pack::Pack;
use crate::plan::Asked;
use crate::question::{Choice, Question, Scale};
use crate::source::{Located, Place};

use super::coverage;
use super::sentences::Resolver;

/// The questions of `pack`, in order.
pub fn resolve(pack: &Pack, look: &Resolver<'_>, problems: &mut Problems) -> Vec<Asked> {
    let asked = |number: usize, from: &pack::Question, problems: &mut Problems| Asked {
        question: Question {
            covers: coverage::shortest(&look.names.coverage, &from.id.value),
            ..question(from, problems)
        },
        gate: gate(number, from, pack, look, problems),
        topic: from.topic,
        left_out: None,
    };
    pack.questions
        .iter()
        .enumerate()
        .map(|(number, from)| asked(number, from, problems))
        .collect()
}

/// The question that asks for the date of birth; a second one is reported.
pub fn birth(pack: &Pack, problems: &mut Problems) -> Option<usize> {
    let mut numbers = (0..pack.questions.len()).filter(|number| {
        let question = pack.questions.get(*number);
        question.is_some_and(|question| question.birth)
    });
    let first = numbers.next()?;
    let place = |number: usize| pack.questions.get(number).map(|question| &question.id);
    for second in numbers {
        if let (Some(one), Some(other)) = (place(first), place(second)) {
            let message = format!(
                "`{}` and `{}` both ask for the date of birth",
                one.value, other.value
            );
            let help = if pack.own.contains(&one.place.source) {
                "remove `birth: yes` from one of them".to_owned()
            } else {
                format!(
                    "remove `birth: yes` from `{}`: an overlay cannot change `{}`, which is a question of the base",
                    other.value, one.value
                )
            };
            problems.push(
                Diagnostic::new(Code::TwoBirths, other.place, message)
                    .other(one.place, "the other one")
                    .help(help),
            );
        }
    }
    Some(first)
}

fn question(from: &pack::Question, problems: &mut Problems) -> Question {
    let values = |words: &[Located<String>]| words.iter().map(|word| word.value.clone()).collect();
    let choices: Vec<Choice> = from
        .options
        .iter()
        .map(|option| Choice {
            id: option.id.value.clone(),
            text: option.text.value.clone(),
            also: values(&option.also),
            icd10: option.icd10.clone(),
        })
        .collect();
    let kind = from.kind.kind(choices, scale(from, problems));
    Question {
        id: from.id.value.clone(),
        ask: from.ask.value.clone(),
        help: from.help.clone(),
        also: values(&from.also),
        kind,
        optional: from.optional,
        staff: from.staff,
        preset: from.preset.as_ref().map(|preset| preset.value.clone()),
        moved: from
            .moved
            .iter()
            .flat_map(|moved| {
                let word = |word: &Located<String>| (word.value.clone(), moved.to.value.clone());
                moved.words.iter().map(word)
            })
            .collect(),
        guardian_under: from.guardian_under.as_ref().map(|age| age.value),
        birth: from.birth,
        exhaustive: from.none == Some(false),
        planned: from.planned,
        covers: None,
    }
}

fn scale(from: &pack::Question, problems: &mut Problems) -> Scale {
    let read = from
        .range
        .as_ref()
        .and_then(|written| Decimal::range(&written.value));
    if let Some(written) = from.range.as_ref().filter(|_| read.is_none()) {
        problems.push(
            Diagnostic::new(
                Code::BadValue,
                written.place,
                format!("`{}` is not a range", written.value),
            )
            .help("write the least number, `to` and the greatest, for example `range: 0.1 to 3`"),
        );
    }
    Scale {
        unit: from.unit.as_ref().map(|unit| unit.value.clone()),
        range: read,
    }
}

fn gate(
    number: usize,
    from: &pack::Question,
    pack: &Pack,
    look: &Resolver<'_>,
    problems: &mut Problems,
) -> Option<Condition> {
    let written = from.ask_when.as_ref()?;
    let mut own = Vec::new();
    let gate = look.condition(written, &mut own);
    // A question asked because of an answer reaches no further back than that answer.
    own.retain(|problem| problem.code != Code::NotCovered);
    problems.append(&mut own);
    let gate = gate?;
    for test in gate.tests() {
        let Some(read) = pack.questions.get(test.question) else {
            continue;
        };
        let place = place_of([written], &read.id.value);
        if test.question >= number {
            problems.push(too_early(from, read, place));
        }
        if test.check.period().is_some() {
            problems.push(comes_and_goes(from, read, place));
        }
        if read.optional && !from.optional && test.question != number {
            let (own, other) = (&from.id.value, &read.id.value);
            let message = format!(
                "`{own}` must be answered, but whether it is asked depends on `{other}`, which may be left out"
            );
            let problem = Diagnostic::new(Code::OptionalMisuse, place, message)
                .other(read.id.place, "the optional question");
            problems.push(if pack.own.contains(&read.id.place.source) {
                problem.help(format!(
                    "add `optional: yes` to `{own}`, or take it from `{other}`"
                ))
            } else {
                problem.help(format!(
                    "add `optional: yes` to `{own}`, or write `change: [{{question: {other}, optional: no}}]`, since `{other}` is a question of the base"
                ))
            });
        }
    }
    Some(gate)
}

/// The problem of a gate that reads its own question, or a later one.
fn too_early(from: &pack::Question, read: &pack::Question, place: Place) -> Diagnostic {
    let (own, other) = (&from.id.value, &read.id.value);
    if own == other {
        let message = format!("whether `{own}` is asked depends on its own answer");
        return Diagnostic::new(Code::GateOrder, place, message)
            .help("remove `ask_when`, or name a question that is asked before");
    }
    let message = format!("whether `{own}` is asked depends on `{other}`, which comes later");
    Diagnostic::new(Code::GateOrder, place, message)
        .other(read.id.place, "the later question")
        .help(format!("move `{other}` above `{own}`"))
}

/// The problem of a gate that would open or close as time passes.
fn comes_and_goes(from: &pack::Question, read: &pack::Question, place: Place) -> Diagnostic {
    let (own, other) = (&from.id.value, &read.id.value);
    let message = format!("whether `{own}` is asked depends on how long ago `{other}` was");
    let problem = Diagnostic::new(Code::GateWindow, place, message);
    let instead = match read.kind.facts().ever {
        Some(_) => format!("write `{other} ever` here"),
        None => "remove `ask_when`".to_owned(),
    };
    problem.help(format!(
        "whether a question is asked must not depend on the day: {instead}, and put the time into the rule"
    ))
}

/// The place where `conditions` read the question or fact `id`. If they only do so through a fact,
/// this is where they begin.
pub fn place_of<'a>(conditions: impl IntoIterator<Item = &'a pack::Condition>, id: &str) -> Place {
    let conditions = conditions.into_iter();
    let sentences: Vec<_> = conditions.flat_map(pack::Condition::sentences).collect();
    let about = sentences.iter().find(|sentence| sentence.is_about(id));
    let found = about.or(sentences.first());
    found.map_or(NOWHERE, |sentence| sentence.place)
}

/// The place used if there is none.
const NOWHERE: Place = Place {
    source: 0,
    start: 0,
    end: 1,
};
