//! Recognises what a column answers from its heading.
//!
//! A question by id, words or another name; one option of it as `question.option`, or as
//! `REDCap`, `SurveyMonkey` and Kobo write boxes to tick: `question___option`,
//! `Question (choice=Option)` and `question/option`; Kobo also writes groups before it, with `/` or
//! `.` between them. Letter case and spacing do not matter, and
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
    let Some(number) = question(plan, before) else {
        let (groups, last) = heading.rsplit_once('.')?;
        // A number at the end tells two columns of one heading apart.
        let is_name = last.contains(char::is_alphabetic);
        return grouped(plan, groups, last).filter(|_| is_name);
    };
    let of_an_id = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    let is_option = after.contains(char::is_alphabetic) && after.chars().all(of_an_id);
    match question_by_id(plan, before) {
        // Our own form: a tick for an option that these rules do not have must not be lost.
        Some(_) if is_option => boxed(plan, number, after),
        _ => option(plan, number, after),
    }
}

/// What a column answers whose question is in groups of a form, as Kobo heads it: `group/question`
/// or `group/question/option`; other tools have `.` for `/`. Only ids are looked for, as the parts of other headings may be any words.
fn grouped(plan: &Plan, groups: &str, last: &str) -> Option<Target> {
    let of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/');
    if groups.is_empty() || !groups.chars().chain(last.chars()).all(of_name) {
        return None;
    }
    let inner = groups.rsplit(['/', '.']).next().unwrap_or(groups);
    if let Some(number) = question_by_id(plan, inner) {
        return boxed(plan, number, last);
    }
    if let Some((inner, option)) = last.rsplit_once('.')
        && let Some(number) = question_by_id(plan, inner)
    {
        return boxed(plan, number, option);
    }
    question_by_id(plan, last).map(Target::Question)
}

/// The question whose id is `name`, which may have `_` for `-`.
pub(super) fn question_by_id(plan: &Plan, name: &str) -> Option<usize> {
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
pub fn is_box(plan: &Plan, heading: &str, target: Option<Target>) -> bool {
    let below = matches!(target, Some(Target::Option(..) | Target::Rest(..)));
    box_of(heading).is_some() || (below && is_path(plan, heading))
}

/// Whether a heading has groups of a form, or a question and its option, with `/` or `.` between them.
/// Our own form `question.option` is none.
pub(super) fn is_path(plan: &Plan, heading: &str) -> bool {
    let first = heading.split_once('.').map(|(first, _)| first);
    let in_dots = first.is_some_and(|first| question(plan, first).is_none());
    heading.contains('/') || (in_dots && box_of(heading).is_none())
}

/// Whether a heading names a question in a group of a form. `group` may also be a question of that
/// form, and the question here the box of one of its options.
#[must_use]
pub fn is_in_group(plan: &Plan, heading: &str, target: Option<Target>) -> bool {
    let asked = matches!(target, Some(Target::Question(_)));
    asked && heading.contains(['/', '.']) && question(plan, heading).is_none()
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

/// The number of digits that a repeated heading has at most.
const MOST_DIGITS: usize = 3;

/// The heading that `heading` repeats, as programs number two columns of one heading: `health.1`,
/// `health (2)`, `health_2`.
#[must_use]
pub fn repeated(heading: &str) -> Option<&str> {
    let heading = heading.trim_end();
    let (bare, in_brackets) = match heading.strip_suffix(')') {
        Some(rest) => (rest, true),
        None => (heading, false),
    };
    let without = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = bare.len() - without.len();
    let is_copy = |rest: &str| {
        let found = ["copy", "duplicate", "duplicated"].iter().find_map(|word| {
            let at = rest.len().checked_sub(word.len())?;
            let (start, end) = rest.split_at_checked(at)?;
            end.eq_ignore_ascii_case(word).then_some(start.len())
        });
        found.filter(|at| {
            !rest
                .get(..*at)
                .unwrap_or_default()
                .ends_with(char::is_alphanumeric)
        })
    };
    let word = without.trim_end_matches([' ', '_']);
    let stem = match is_copy(word) {
        Some(at) => word.get(..at)?,
        None if (1..=MOST_DIGITS).contains(&digits) => without,
        None => return None,
    };
    let stem = if in_brackets {
        stem.trim_end().strip_suffix('(')?
    } else {
        stem
    };
    let stem = stem.trim_end_matches([' ', '.', '_', '-', '#', ':']);
    (!stem.is_empty()).then_some(stem)
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn headings_with_a_number() {
        #[track_caller]
        fn case(heading: &str, expected: &str) {
            assert_eq!(repeated(heading).unwrap_or("none"), expected, "{heading}");
        }

        case("health.1", "health");
        case("health (2)", "health");
        case("health(2)", "health");
        case("health_2 ", "health");
        case("health 2", "health");
        case("health2", "health");
        case("health #2", "health");
        case("health - Copy", "health");
        case("health (copy 2)", "health");
        case("health_duplicated_0", "health");
        case("health___diabetes.1", "health___diabetes");
        case("health", "none");
        case("photocopy", "none");
        case("2", "none");
        case("(2)", "none");
        case("health 2026", "none");
        case("health)", "none");
        case("health 2)", "none");
        case("", "none");
    }
}
