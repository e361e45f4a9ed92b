//! Options that no sentence distinguishes.
//!
//! A sentence reads an option only by naming it. Two options of a `choice` that every sentence
//! treats alike have the same effect. An option of a `choices` that no sentence names has the same
//! effect as `none`. Some of these are intended and give no warning: options that one sentence
//! lists together; an option called `not-applicable`, which has the same effect as `no`; and one
//! ordinary option of a `choices`, such as `face` among the body areas. The ordinary option is the
//! first one. If `none` is not an allowed answer, it is the first one that no sentence names.
//!
//! If `none` has the same effect as the ordinary option, the options are probably exhaustive. The
//! author must then say whether `none` is an answer.

use std::collections::HashMap;

use crate::authoring::solver::Witness;
use candidacy_engine::answer::{Mark, Reply, Value};
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::{Choice, Pack, Question};
use candidacy_engine::question::QuestionType;
use candidacy_engine::sentence::Says;

use super::budgeted::LimitedSolver;
use super::usages::Usages;

/// The option for patients whom the question does not concern.
const NOT_APPLICABLE: &str = "not-applicable";

/// Warns about options that no sentence distinguishes.
pub fn unread(
    pack: &Pack,
    said: &Usages<'_>,
    search: &LimitedSolver<'_>,
    warnings: &mut Vec<Diagnostic>,
) {
    let mut sentences: HashMap<&str, Vec<&Says<'_>>> = HashMap::new();
    for one in said.bearing() {
        sentences.entry(one.subject).or_default().push(&one.says);
    }
    for (number, question) in pack.questions.iter().enumerate() {
        // A question that no rule reads gets a single warning elsewhere.
        let Some(says) = sentences.get(question.id.value.as_str()) else {
            continue;
        };
        if !question.kind.takes_key("options") {
            continue;
        }
        let found = if question.kind == QuestionType::Choices {
            warnings.extend(of_none(question, says, search, number));
            of_several(question, says)
        } else {
            of_one(question, says)
        };
        for (option, warning) in found {
            warnings.push(match someone(search, question, number, option) {
                Some(someone) => warning.note(search.example(&someone)),
                None => warning,
            });
        }
    }
}

/// The options a sentence names, and whether it means these options. With `is not` it means all
/// others.
pub fn named<'s>(says: &'s Says<'_>) -> (Vec<&'s str>, bool) {
    match says {
        Says::Is(words) | Says::IncludesAny(words) | Says::IncludesAll(words) => {
            (words.iter().map(|word| word.text).collect(), true)
        }
        Says::IsNot(word) => (vec![word.text], false),
        _ => (Vec::new(), true),
    }
}

/// An option and its number.
type Numbered<'a> = (usize, &'a Choice);

/// Options of a `choice` that every sentence treats alike, except the first of them.
fn of_one(question: &Question, says: &[&Says<'_>]) -> Vec<(usize, Diagnostic)> {
    let mut found = Vec::new();
    for options in alike(question, says) {
        let [(_, first), others @ ..] = options.as_slice() else {
            continue;
        };
        for (number, option) in others {
            let ids = [first.id.value.as_str(), option.id.value.as_str()];
            let side_by_side = |says: &&Says<'_>| {
                let (named, _) = named(says);
                ids.iter().all(|id| named.contains(id))
            };
            if !says.iter().any(side_by_side) {
                found.push((*number, not_distinguished(question, first, option)));
            }
        }
    }
    found
}

/// The options grouped by equal treatment in every sentence.
fn alike<'a>(question: &'a Question, says: &[&Says<'_>]) -> Vec<Vec<Numbered<'a>>> {
    let mut kinds: Vec<(Vec<bool>, Vec<Numbered<'a>>)> = Vec::new();
    let options = question.options.iter().enumerate();
    for (number, option) in options.filter(|(_, option)| option.id.value != NOT_APPLICABLE) {
        let treated = |says: &&Says<'_>| {
            let (options, just_these) = named(says);
            options.contains(&option.id.value.as_str()) == just_these
        };
        let treated: Vec<bool> = says.iter().map(treated).collect();
        match kinds.iter_mut().find(|(other, _)| *other == treated) {
            Some((_, options)) => options.push((number, option)),
            None => kinds.push((treated, vec![(number, option)])),
        }
    }
    kinds.into_iter().map(|(_, options)| options).collect()
}

fn not_distinguished(question: &Question, first: &Choice, option: &Choice) -> Diagnostic {
    let (own, other, id) = (&option.id.value, &first.id.value, &question.id.value);
    let message = format!("`{own}` and `{other}` of `{id}` have the same effect");
    Diagnostic::new(Code::UnreadOption, option.id.place, message)
        .other(first.id.place, "it has the same effect as this")
        .help(format!(
            "write the rule it was meant for; if both are meant, name them side by side: `{id} is one of {other} {own}`"
        ))
}

/// A `none` with the same effect as the first option, unless the author says that this is intended.
fn of_none(
    question: &Question,
    says: &[&Says<'_>],
    search: &LimitedSolver<'_>,
    number: usize,
) -> Option<Diagnostic> {
    let first = question.options.first()?;
    if question.none.is_some() || is_named(first, says) {
        return None;
    }
    let (own, id) = (&first.id.value, &question.id.value);
    let message = format!("`none` and `{own}` of `{id}` have the same effect");
    let none = vec![Mark::No; question.options.len()];
    let someone = with(search, question, number, Value::Choices(none));
    Some(Diagnostic::new(Code::UnreadNone, question.id.place, message)
        .other(first.id.place, "nothing reads this option")
        .help(format!(
            "if at least one option always applies, add `none: false` to `{id}`: *none of these* is then not an answer"
        ))
        .help("if none of them may apply, add `none: true`")
        .note(search.example(&someone)))
}

fn is_named(option: &Choice, says: &[&Says<'_>]) -> bool {
    let mut says = says.iter();
    says.any(|says| named(says).0.contains(&option.id.value.as_str()))
}

/// Options of a `choices` that no sentence names, except the ordinary one.
fn of_several(question: &Question, says: &[&Says<'_>]) -> Vec<(usize, Diagnostic)> {
    let exhaustive = question.none == Some(false);
    let ordinary = question
        .options
        .iter()
        .position(|option| !is_named(option, says));
    let ordinary = if exhaustive { ordinary } else { Some(0) };
    let options = question.options.iter().enumerate();
    let unnamed =
        options.filter(|(number, option)| ordinary != Some(*number) && !is_named(option, says));
    let other = ordinary.filter(|_| exhaustive);
    let other = other.and_then(|number| question.options.get(number));
    let other = other.map_or("none", |option| option.id.value.as_str());
    let warning = |(number, option): (usize, &Choice)| {
        let (own, id) = (&option.id.value, &question.id.value);
        let message =
            format!("nothing reads `{own}` of `{id}`: it has the same effect as `{other}`");
        let help = format!("write the rule it was meant for (`{id} includes {own}`), or remove it");
        let warning = Diagnostic::new(Code::UnreadOption, option.id.place, message).help(help);
        (number, warning)
    };
    unnamed.map(warning).collect()
}

/// The healthy patient with this option.
fn someone(
    search: &LimitedSolver<'_>,
    question: &Question,
    number: usize,
    option: usize,
) -> Option<Witness> {
    let value = if question.kind == QuestionType::Choice {
        Value::Choice(option)
    } else {
        let mut marks = vec![Mark::No; question.options.len()];
        *marks.get_mut(option)? = Mark::Yes;
        Value::Choices(marks)
    };
    Some(with(search, question, number, value))
}

/// The healthy patient with this answer.
fn with(search: &LimitedSolver<'_>, question: &Question, number: usize, value: Value) -> Witness {
    let own = search.plan.question(&question.id.value).unwrap_or(number);
    let mut answers = search.base.answers.clone();
    answers.set(own, Reply::Given(value));
    Witness {
        answers,
        as_of: search.today(),
    }
}
