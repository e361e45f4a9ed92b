//! Recognises what a column answers from its heading.
//!
//! A heading may be a question's id, text or another name. For one option it may be `question.option`, or
//! a checkbox heading of `REDCap`, `SurveyMonkey` or Kobo: `question___option`, `Question
//! (choice=Option)` or `question/option`. Letter case and spacing do not matter, and `REDCap` uses `_`
//! for `-`.

use candidacy_engine::answer::{is_none, leaves_open, option_names};
use candidacy_engine::normalize::key;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Kind;

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
        return boxed(plan, question(plan, before)?, after);
    }
    let (before, after) = heading.split_once('.')?;
    option(plan, question(plan, before)?, after)
}

/// The target of a checkbox. A tick for an unknown option must not deny the known ones.
fn boxed(plan: &Plan, number: usize, name: &str) -> Option<Target> {
    let kind = &plan.questions.get(number)?.question.kind;
    let other = matches!(kind, Kind::Choices(_)).then_some(Target::Rest(number, Rest::NotSure));
    option(plan, number, name).or(other)
}

/// The option of a question, or the answer outside its options, that `text` names.
#[must_use]
pub fn option(plan: &Plan, number: usize, text: &str) -> Option<Target> {
    let question = &plan.questions.get(number)?.question;
    let Kind::Choices(choices) = &question.kind else {
        return None;
    };
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
