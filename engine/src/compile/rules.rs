//! Resolves all references in rules and expectations.

use crate::condition::Condition;
use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack;
use crate::pack::Pack;
use crate::plan::{Expectation, Rule};
use crate::source::Located;
use crate::verdict::Grade;

use super::questions::place_of;
use super::sentences::Resolver;
use super::symbols::{ADVICE, SOURCE, look_up};
use super::texts;

/// The rules of `pack`, in order; those with problems are left out.
pub fn resolve(pack: &Pack, look: &Resolver<'_>, problems: &mut Problems) -> Vec<Rule> {
    pack.rules
        .iter()
        .filter_map(|from| rule(from, pack, look, problems))
        .collect()
}

fn rule(
    from: &pack::Rule,
    pack: &Pack,
    look: &Resolver<'_>,
    problems: &mut Problems,
) -> Option<Rule> {
    let when = look.condition(&from.when, problems);
    let unless = from
        .unless
        .as_ref()
        .map(|unless| look.condition(unless, problems));
    let advice = all(&from.advice, |id| {
        look_up(id, &look.names.advice, &ADVICE, problems)
    });
    let sources = sources(&from.sources, look, problems);
    let when = match (when?, unless) {
        (when, None) => when,
        (when, Some(unless)) => Condition::All(vec![when, Condition::Not(Box::new(unless?))]),
    };
    missing_clears(from, &when, problems);
    optional_misuse(from, &when, pack, problems);
    let at = from.changed.unwrap_or(from.id.place);
    Some(Rule {
        id: from.id.value.clone(),
        title: texts::filled_if(from.title.as_ref(), at, pack, problems),
        grade: from.grade,
        if_unsure: from.if_unsure.unwrap_or(from.grade.while_undecided()),
        when,
        clears: texts::filled_if(from.clears.as_ref(), at, pack, problems),
        why: texts::filled(&from.why, at, pack, problems),
        advice: advice?,
        sources: sources?,
        note: texts::filled_if(from.note.as_ref(), at, pack, problems),
        unverified: from.unverified.clone(),
        private: from.private,
        from: from.from,
        to: from.to,
        set_aside: None,
        icd10: from.icd10.clone(),
    })
}

fn all<T>(
    ids: &[Located<String>],
    mut each: impl FnMut(&Located<String>) -> Option<T>,
) -> Option<Vec<T>> {
    let found: Vec<Option<T>> = ids.iter().map(&mut each).collect();
    found.into_iter().collect()
}

fn sources(
    ids: &[Located<String>],
    look: &Resolver<'_>,
    problems: &mut Problems,
) -> Option<Vec<usize>> {
    all(ids, |id| {
        look_up(id, &look.names.citations, &SOURCE, problems)
    })
}

/// Reports a temporary rule that time alone cannot end and that has no `clears`.
fn missing_clears(from: &pack::Rule, when: &Condition, problems: &mut Problems) {
    if from.grade != Grade::Temporary
        || from.clears.is_some()
        || from.to.is_some()
        || ends_in_time(when, true)
    {
        return;
    }
    let problem = Diagnostic::new(
        Code::MissingClears,
        from.changed.unwrap_or(from.id.place),
        format!(
            "the rule `{}` is temporary, but no date ends it",
            from.id.value
        ),
    )
    .help("add a line such as `clears: once the skin has been calm for 4 weeks`");
    problems.push(problem.help("or let `when` state a time, as in `sunburn within 14 days`"));
}

/// Whether time alone can change the condition from yes (or, under `not`, from no).
fn ends_in_time(condition: &Condition, upright: bool) -> bool {
    match condition {
        Condition::Test(test) => upright && test.check.period().is_some(),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().any(|part| ends_in_time(part, upright))
        }
        Condition::None(parts) => parts.iter().any(|part| ends_in_time(part, !upright)),
        Condition::Not(part) => ends_in_time(part, !upright),
    }
}

/// Reports optional questions in any rule except precautions.
fn optional_misuse(from: &pack::Rule, when: &Condition, pack: &Pack, problems: &mut Problems) {
    if from.grade == Grade::Precaution {
        return;
    }
    let optional = when
        .tests()
        .into_iter()
        .filter_map(|test| pack.questions.get(test.question))
        .find(|q| q.optional);
    if let Some(question) = optional {
        let (rule, asked) = (&from.id.value, &question.id.value);
        // If an overlay has changed the rule, the problem is in the change.
        let place = from.changed;
        let place = place.unwrap_or_else(|| place_of(from.conditions(), asked));
        let grade = from.grade.word();
        let message = format!("`{rule}` is {grade}, but `{asked}` may be left unanswered");
        let problem = Diagnostic::new(Code::OptionalMisuse, place, message)
            .other(question.id.place, "the optional question");
        let problem = if pack.own.contains(&question.id.place.source) {
            problem.help(format!(
                "remove `optional` from `{asked}`, so that a missing answer counts as not known"
            ))
        } else {
            problem.help(format!(
                "`{asked}` is a question of the base: write `change: [{{question: {asked}, optional: no}}]`, so that a missing answer counts as not known"
            ))
        };
        problems.push(problem.help(format!("or make `{rule}` a precaution")));
    }
}

/// The expectations of patients, in the pack's order.
pub fn expectations(pack: &Pack, look: &Resolver<'_>, problems: &mut Problems) -> Vec<Expectation> {
    let expectation = |from: &pack::Expectation, problems: &mut Problems| {
        let when = from
            .when
            .as_ref()
            .map(|when| look.condition(when, problems));
        let sources = sources(&from.sources, look, problems);
        let mut filled = |text: &String| texts::filled(text, from.id.place, pack, problems);
        Some(Expectation {
            id: from.id.value.clone(),
            title: filled(&from.title),
            when: match when {
                Some(when) => Some(when?),
                None => None,
            },
            text: filled(&from.text),
            points: from.points.iter().map(filled).collect(),
            sources: sources?,
            unverified: from.unverified.clone(),
            on_page: from.on_page,
        })
    };
    pack.expectations
        .iter()
        .filter_map(|from| expectation(from, problems))
        .collect()
}
