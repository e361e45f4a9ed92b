//! Problems with overlay entries that make a verdict less severe than the base does. They can only
//! be found by a search through all patients.
//!
//! The engine refuses what a single entry shows, such as a shorter period or a lower grade. This
//! search finds the rest, such as a longer period under `unless`. It is the search of `rules
//! prove`.

use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::overlay;
use candidacy_engine::overlay::{Use, Uses};
use candidacy_engine::pack::{Pack, Setting};
use candidacy_engine::plan::Plan;
use candidacy_engine::severity;
use candidacy_engine::source::Place;

use super::super::diff::merge::merge;
use super::super::diff::{self, Diff, VerdictChange};
use super::super::sentences;
use super::super::solver::Budget;

/// The result of the search.
#[derive(Debug, Default)]
pub struct Found {
    /// Entries that make a verdict less severe, and entries under `relax` that do not.
    pub problems: Vec<Diagnostic>,
    /// A warning if the limit of the search was reached.
    pub undecided: Option<Diagnostic>,
}

/// Compares an overlay with its base; the result is empty for a pack without a base.
///
/// # Errors
///
/// The problems of the base, if it has any.
pub fn found(pack: &Pack, today: Date) -> Result<Found, Refusal> {
    let (Some(under), Some(extends)) = (&pack.under, &pack.overlay.extends) else {
        return Ok(Found::default());
    };
    let strict = overlay::strict(pack);
    let base = compile(overlay::strict(under))?;
    let plan = compile(strict.clone())?;
    let seen = less_severe(&base, &plan, pack, today);
    let mut found = Found::default();
    for change in seen.of_kind(severity::Change::LessSevere) {
        let entries = responsible(&strict, under, &base, change)?;
        let example = example(&seen, change);
        if entries.is_empty() {
            let message = "these rules make a verdict less severe than the base does";
            let problem = Diagnostic::new(Code::Weakening, extends.place, message);
            found.problems.push(problem.note(example).help(
                "see with `candidacy rules diff` which rules count in each version, and what has changed there",
            ));
            continue;
        }
        let problems = entries.into_iter().map(|entry| entry.note(example.clone()));
        found.problems.extend(problems);
    }
    found.problems.extend(longer_waits(pack, &plan, today)?);
    // One example for each problem is enough.
    found.problems.sort_by_key(|problem| problem.place);
    found.problems.dedup_by_key(|problem| problem.place);
    if found.problems.is_empty() && seen.may_be_less_severe() {
        found.undecided = Some(undecided(extends.place));
    }
    Ok(found)
}

fn less_severe(base: &Plan, plan: &Plan, pack: &Pack, today: Date) -> Diff {
    diff::less_severe(base, plan, pack, today, &Budget::default())
}

/// The settings and changes of the overlay that cause the patient's less severe verdict.
fn responsible(
    strict: &Pack,
    under: &Pack,
    base: &Plan,
    change: &VerdictChange,
) -> Result<Vec<Diagnostic>, Refusal> {
    let (answers, day) = (&change.someone.answers, change.someone.as_of);
    let is_less_severe = |without: Pack| -> Result<bool, Refusal> {
        let merged = merge(base, &compile(without)?);
        let patient = |plan| Patient::new(plan, answers, day);
        let kind = severity::change(&patient(&merged.old), &patient(&merged.new), day);
        Ok(kind == severity::Change::LessSevere)
    };
    let own = |place: Place| strict.own.contains(&place.source);
    let mut entries = Vec::new();
    for (number, setting) in strict.settings.iter().enumerate() {
        let Some(was) = named(under, setting).filter(|_| own(setting.place)) else {
            continue;
        };
        let mut without = strict.clone();
        if let Some(setting) = without.settings.get_mut(number) {
            *setting = was.clone();
        }
        if !is_less_severe(without)? {
            entries.push(wait(was, setting, strict));
        }
    }
    for (number, rule) in strict.rules.iter().enumerate() {
        let mut rules = under.rules.iter();
        let was = rules.find(|other| other.id.value == rule.id.value);
        let (Some(was), Some(place)) = (was, rule.changed.filter(|place| own(*place))) else {
            continue;
        };
        let mut without = strict.clone();
        if let Some(rule) = without.rules.get_mut(number) {
            *rule = was.clone();
        }
        if !is_less_severe(without)? {
            let message = format!(
                "this change of `{}` makes a verdict less severe",
                rule.id.value
            );
            entries.push(
                Diagnostic::new(Code::Weakening, place, message)
                    .other(was.id.place, "the rule of the base")
                    .help(
                        "move it to `relax`, with the reason, the responsible person and the last day",
                    ),
            );
        }
    }
    Ok(entries)
}

fn named<'p>(pack: &'p Pack, setting: &Setting) -> Option<&'p Setting> {
    let mut settings = pack.settings.iter();
    settings.find(|other| other.name.value == setting.name.value)
}

fn wait(was: &Setting, own: &Setting, pack: &Pack) -> Diagnostic {
    let (name, period) = (&own.name.value, own.period);
    let message = format!(
        "`{name}`: {period} instead of {} makes a verdict less severe",
        was.period
    );
    let problem = Diagnostic::new(Code::Weakening, own.place, message)
        .other(was.place, "the wait of the base");
    overlay::under_relax(
        problem,
        &format!("settings: {{{name}: {period:#}}}"),
        &pack.header,
    )
}

/// The patient, and their verdicts under both sets of rules.
fn example(seen: &Diff, change: &VerdictChange) -> String {
    let in_words = sentences::in_words(&seen.merged.new, &change.someone, &seen.base);
    let answers: Vec<String> = in_words
        .iter()
        .map(|(question, answer)| format!("`{question}: {answer}`"))
        .collect();
    let others = seen.base.like.as_ref().map_or_else(
        || "nothing else that a rule reads".to_owned(),
        |like| format!("everything else like the persona `{like}`"),
    );
    format!(
        "for example: on {} a patient who answers {}, and {others}, gets `{}` instead of `{}`",
        change.someone.as_of,
        answers.join(", "),
        change.after.word(),
        change.before.word()
    )
}

/// Problems with longer periods under `relax` that make no verdict less severe, although rules read
/// them both ways.
fn longer_waits(pack: &Pack, strict: &Plan, today: Date) -> Result<Vec<Diagnostic>, Refusal> {
    let rules = overlay::strict(pack);
    let uses = Uses::of(&rules);
    let mut problems = Vec::new();
    for relaxation in &pack.overlay.relaxations {
        for setting in &relaxation.settings {
            let own = pack.own.contains(&setting.place.source)
                && uses.of_setting(&setting.name.value) == Use::Both;
            let was = named(&rules, setting).filter(|was| {
                own && setting.period.is_never_shorter_than(was.period)
                    && setting.period != was.period
            });
            let Some(was) = was else { continue };
            let mut longer = rules.clone();
            let mut settings = longer.settings.iter_mut();
            if let Some(one) = settings.find(|one| one.name.value == setting.name.value) {
                one.period = setting.period;
            }
            let seen = less_severe(strict, &compile(longer)?, pack, today);
            if !seen.is_less_severe() && !seen.may_be_less_severe() {
                problems.push(overlay::longer_wait(was, setting));
            }
        }
    }
    Ok(problems)
}

fn undecided(place: Place) -> Diagnostic {
    let message = "whether a verdict is less severe than with the base was not decided";
    Diagnostic::new(Code::NotDecided, place, message)
        .note("the questions that matter have more combinations than are tried here")
        .help("state the conditions in fewer sentences, or as several rules")
}
