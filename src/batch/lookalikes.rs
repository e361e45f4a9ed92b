//! Columns that answer nothing, although their heading looks as if they belonged to a question.

use candidacy_engine::answer::option_names;
use candidacy_engine::normalize::key;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Question;
use candidacy_engine::suggest::nearest;

use super::columns::{Column, Mapped, mapped_places};
use super::heading_forms::{option, question, question_by_id, repeated, understood};
use super::target::Target;
use crate::forms::fields::Part;

/// A column that answers nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookalike {
    /// Its place in the table.
    pub column: usize,
    /// What it may answer.
    pub name: String,
    /// Whether another column answers this question.
    pub taken: bool,
}

/// Words that some forms use for medicines, and others for drugs of abuse.
const DRUGS: [&str; 4] = ["drug", "drugs", "currentdrugs", "drugstaken"];

/// Signs between the name of a question and more words.
const SIGNS: [char; 9] = ['_', '.', ':', '/', '(', '[', '>', '-', '\u{2013}'];

/// The columns without a target that look as if they answered a question. A column that is set aside
/// is not one of them.
#[must_use]
pub fn lookalikes(plan: &Plan, columns: &[Column], maps: &[Mapped]) -> Vec<Lookalike> {
    let headings: Vec<String> = columns.iter().map(|one| one.heading.clone()).collect();
    let mapped = mapped_places(&headings, maps);
    let asked = || plan.questions.iter().map(|asked| &asked.question);
    let also = asked().flat_map(|question| question.also.iter().map(String::as_str));
    let names: Vec<&str> = asked()
        .map(|question| question.id.as_str())
        .chain(also)
        .collect();
    let is_taken = |target: Target| {
        let same = |column: &Column| column.target.map(Target::question) == Some(target.question());
        columns.iter().any(same)
    };
    let unread = columns.iter().enumerate();
    let unread = unread.filter(|(place, one)| one.target.is_none() && !mapped.contains(place));
    let alike = |(place, column): (usize, &Column)| {
        let heading = column.heading.trim().trim_end_matches(['?', ':', '*', ' ']);
        let by_part = || part(plan, heading).or_else(|| of_option(plan, heading));
        // A first word alone says too little beside the question itself.
        let by_word = || first_word(plan, heading).filter(|target| !is_taken(*target));
        let by_letters = || {
            let spaced = heading.replace([' ', '-'], "_");
            understood(plan, nearest(&spaced, names.iter().copied())?)
        };
        let target = by_part().or_else(by_word).or_else(by_letters);
        let target = target.or_else(|| medicines(plan, heading))?;
        Some(Lookalike {
            column: place,
            name: target.name(plan),
            taken: is_taken(target),
        })
    };
    unread.filter_map(alike).collect()
}

/// The question, or the option of it, with whose name `heading` begins or ends.
fn part(plan: &Plan, heading: &str) -> Option<Target> {
    if let Some(target) = repeated(heading).and_then(|stem| understood(plan, stem)) {
        return Some(target);
    }
    let signs: Vec<(usize, &str)> = heading.match_indices(SIGNS).collect();
    let begins = signs.iter().rev().find_map(|(at, sign)| {
        let after = heading.get(at + sign.len()..)?;
        let number = question(plan, heading.get(..*at)?)?;
        let after = after.trim_matches(|c: char| !c.is_alphanumeric());
        // The fields of our own forms; the whole answer is in another one.
        let ours = *sign == "_" && Part::ALL.iter().any(|part| part.word() == after);
        (!after.is_empty() && !ours).then_some((number, after))
    });
    if let Some((number, after)) = begins {
        let choices = plan.questions.get(number)?.question.kind.choices();
        let ids = choices.iter().map(|choice| choice.id.as_str());
        let near = nearest(after, ids).and_then(|id| option(plan, number, id));
        let named = option(plan, number, after).or(near);
        return Some(named.unwrap_or(Target::Question(number)));
    }
    // The groups of a form before the question: `group-question`.
    let (groups, last) = heading.rsplit_once(['-', ':'])?;
    let is_path = !groups.contains(char::is_whitespace);
    let number = question_by_id(plan, last.trim()).filter(|_| is_path)?;
    Some(Target::Question(number))
}

/// The option that is called `heading`.
fn of_option(plan: &Plan, heading: &str) -> Option<Target> {
    let wanted = key(heading);
    let number_of = |question: &Question| {
        let mut choices = question.kind.choices().iter();
        choices.position(|choice| option_names(choice).any(|name| key(name) == wanted))
    };
    let mut asked = plan.questions.iter().enumerate();
    asked.find_map(|(number, asked)| {
        let question = Some(&asked.question).filter(|question| question.takes_several())?;
        Some(Target::Option(number, number_of(question)?))
    })
}

/// The first question whose id begins with the word `heading`.
fn first_word(plan: &Plan, heading: &str) -> Option<Target> {
    let wanted = key(heading);
    let wanted = wanted.strip_suffix('s').unwrap_or(&wanted);
    let begins = |question: &Question| {
        let first = question.id.split(['_', '-']).next().map(key);
        first.is_some_and(|first| first.strip_suffix('s').unwrap_or(&first) == wanted)
    };
    let found = || plan.questions.iter().position(|one| begins(&one.question));
    let number = found().filter(|_| wanted.len() > 3)?;
    Some(Target::Question(number))
}

/// The question about medicines, if `heading` may mean them.
fn medicines(plan: &Plan, heading: &str) -> Option<Target> {
    let asked = || plan.questions.iter();
    let number = asked().position(|asked| asked.question.kind.names_medicines())?;
    let wanted = key(heading);
    DRUGS
        .contains(&wanted.as_str())
        .then_some(Target::Question(number))
}
