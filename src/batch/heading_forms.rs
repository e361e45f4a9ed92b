//! Recognises what a column answers from its heading.
//!
//! A question by id, words or another name; one option of it as `question.option`, or as
//! `REDCap`, `SurveyMonkey` and Kobo write boxes to tick: `question___option`,
//! `Question (choice=Option)` and `question/option`; Kobo also writes groups before it. Letter case and spacing do not matter, and
//! `REDCap` has `_` for `-`.

use candidacy_engine::answer::{is_none, leaves_open, option_names};
use candidacy_engine::normalize::key;
use candidacy_engine::plan::Plan;

use super::target::{Rest, Target};

/// What a column with this heading answers.
#[must_use]
pub fn understood(plan: &Plan, heading: &str) -> Option<Target> {
    if let Some(question) = question(plan, heading) {
        return Some(Target::Question(question));
    }
    if let Some((before, after)) = box_of(heading) {
        return boxed(plan, question(plan, before)?, after);
    }
    if let Some((before, after)) = heading.rsplit_once('/') {
        return match question(plan, before) {
            Some(number) => boxed(plan, number, after),
            None => grouped(plan, before, after),
        };
    }
    let (before, after) = heading.split_once('.')?;
    let number = question(plan, before)?;
    let of_an_id = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let is_option = after.contains(char::is_alphabetic) && after.chars().all(of_an_id);
    match question_by_id(plan, before) {
        // Our own form: a tick for an option that these rules do not have must not be lost.
        Some(_) if is_option => boxed(plan, number, after),
        _ => option(plan, number, after),
    }
}

/// What a column answers whose question is in groups of a form, as Kobo heads it: `group/question`
/// or `group/question/option`. Only ids are looked for, as the parts of other headings may be any words.
fn grouped(plan: &Plan, groups: &str, last: &str) -> Option<Target> {
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    if groups.is_empty() || !groups.chars().chain(last.chars()).all(of_name) {
        return None;
    }
    if let Some((_, inner)) = groups.rsplit_once('/')
        && let Some(number) = question_by_id(plan, inner)
    {
        return boxed(plan, number, last);
    }
    question_by_id(plan, last).map(Target::Question)
}

/// The question whose id is `name`, which may have `_` for `-`.
fn question_by_id(plan: &Plan, name: &str) -> Option<usize> {
    let wanted = key(name);
    let asked = plan.questions.iter();
    asked
        .map(|asked| &asked.question.id)
        .position(|id| key(id) == wanted || key(&id.replace('-', "_")) == wanted)
}

/// The target of a box of a question. A tick in a box for an option that the rules do not have must
/// not deny the other options.
fn boxed(plan: &Plan, number: usize, name: &str) -> Option<Target> {
    let kind = &plan.questions.get(number)?.question.kind;
    let other = kind
        .takes_several()
        .then_some(Target::Rest(number, Rest::NotSure));
    option(plan, number, name).or(other)
}

/// The option of a question, or the answer outside its options, that `text` names.
#[must_use]
pub fn option(plan: &Plan, number: usize, text: &str) -> Option<Target> {
    let question = &plan.questions.get(number)?.question;
    if !question.takes_several() {
        return None;
    }
    let choices = question.kind.choices();
    let wanted = key(text);
    let named = |name: &str| !wanted.is_empty() && key(name) == wanted;
    let by_id = |id: &str| named(&id.replace('-', "_"));
    let called = choices
        .iter()
        .position(|choice| option_names(choice).any(named));
    let option = called.or_else(|| choices.iter().position(|choice| by_id(&choice.id)));
    if let Some(option) = option {
        return Some(Target::Option(number, option));
    }
    let word = |(rest, word): &(Rest, &str)| named(word).then_some(*rest);
    let rest = Rest::ALL.iter().find_map(word).or_else(|| {
        let no = matches!(wanted.as_str(), "no" | "n" | "0" | "false");
        let open = leaves_open(text).then_some(Rest::NotSure);
        open.or_else(|| (is_none(text) && !no).then_some(Rest::None))
    });
    rest.map(|rest| Target::Rest(number, rest))
}

/// The two parts of a checkbox heading.
#[must_use]
pub fn box_of(heading: &str) -> Option<(&str, &str)> {
    let labelled = || {
        let heading = heading.trim_end().strip_suffix(')')?;
        heading.split_once("(choice=")
    };
    labelled().or_else(|| heading.split_once("___"))
}

/// Whether a heading names a checkbox whose target is `target`.
#[must_use]
pub fn is_box(heading: &str, target: Option<Target>) -> bool {
    let below = matches!(target, Some(Target::Option(..) | Target::Rest(..)));
    box_of(heading).is_some() || (below && heading.contains('/'))
}

/// Whether a heading names a question in a group of a form. `group` may also be a question of that
/// form, and the question here the box of one of its options.
#[must_use]
pub fn is_in_group(plan: &Plan, heading: &str, target: Option<Target>) -> bool {
    let asked = matches!(target, Some(Target::Question(_)));
    asked && heading.contains('/') && question(plan, heading).is_none()
}

/// The question that `heading` names.
#[must_use]
pub fn question(plan: &Plan, heading: &str) -> Option<usize> {
    let wanted = key(heading);
    if wanted.is_empty() {
        return None;
    }
    let by = |called: &dyn Fn(&candidacy_engine::question::Question) -> bool| {
        plan.questions
            .iter()
            .position(|asked| called(&asked.question))
    };
    by(&|question| key(&question.id) == wanted)
        .or_else(|| by(&|question| key(&question.ask) == wanted))
        .or_else(|| by(&|question| question.also.iter().any(|name| key(name) == wanted)))
        .or_else(|| by(&|question| key(&question.id.replace('-', "_")) == wanted))
}
