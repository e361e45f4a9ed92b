//! Rules that can never apply, and questions that can never be asked.

use crate::authoring::solver::{Goal, Patients, Solution, TruthSet, Witness};
use candidacy_engine::condition::Condition;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::{Asked, Rule};
use candidacy_engine::source::Place;
use candidacy_engine::truth::Truth;

use super::budgeted::{LimitedSolver, applies, holds};
use super::conflicts;
use super::conflicts::Piece;

type Warnings = Vec<Diagnostic>;

/// Warns about questions that can never be asked; returns their numbers.
pub fn questions(
    pack: &Pack,
    search: &mut LimitedSolver<'_>,
    warnings: &mut Warnings,
) -> Vec<usize> {
    let mut never = Vec::new();
    for (number, asked) in search.plan.questions.iter().enumerate() {
        let id = &asked.question.id;
        let written = pack.questions.iter().find(|other| other.id.value == *id);
        let Some((gate, written)) = asked.gate.as_ref().zip(written) else {
            continue;
        };
        let Some(ask_when) = &written.ask_when else {
            continue;
        };
        match search.anybody(&[holds(gate)]) {
            Solution::Unsat => {
                let pieces = conflicts::at_odds(search, conflicts::of(ask_when, None, gate));
                let message = format!("`{id}` can never be asked: its `ask_when` is never yes");
                warnings.push(contradiction(
                    Code::NeverAsked,
                    written.id.place,
                    message,
                    &pieces,
                ));
                never.push(number);
            }
            Solution::Unknown => search.leave_out(id),
            Solution::Sat(someone) => match search.seek(Patients::Sensible, &[holds(gate)]) {
                Solution::Unsat => {
                    warnings.push(needs_unasked_answer(id, ask_when, &someone, search));
                    never.push(number);
                }
                Solution::Unknown => search.leave_out(id),
                Solution::Sat(_) => {}
            },
        }
    }
    never
}

/// A question that is only asked after an answer to a question that is itself not asked.
fn needs_unasked_answer(
    id: &str,
    ask_when: &pack::Condition,
    someone: &Witness,
    search: &LimitedSolver<'_>,
) -> Diagnostic {
    let message =
        format!("`{id}` can never be asked: it depends on a question that is not asked then");
    Diagnostic::new(Code::NeverAsked, conflicts::place(ask_when), message)
        .note(search.example(someone))
        .help("name the first of these questions in `ask_when`, or correct the `ask_when` of the others")
}

/// Warns about rules that never apply, that apply only to patients who answer unasked questions, or
/// that are expired. Returns for each rule whether there was a warning.
pub fn rules(
    pack: &Pack,
    search: &mut LimitedSolver<'_>,
    never_asked: &[usize],
    warnings: &mut Warnings,
) -> Vec<bool> {
    let plan = search.plan;
    let mut reported = Vec::new();
    for rule in &plan.rules {
        let count = warnings.len();
        if let Some(written) = pack.rules.iter().find(|other| other.id.value == rule.id) {
            warnings.extend(over(rule, written, search));
            match search.anybody(&[applies(rule)]) {
                Solution::Unsat => warnings.push(impossible(rule, written, search)),
                Solution::Unknown => search.leave_out(&rule.id),
                // The question itself has a warning already.
                Solution::Sat(_) if reads(rule, never_asked) => {}
                Solution::Sat(someone) => match search.seek(Patients::Sensible, &[applies(rule)]) {
                    Solution::Unsat => {
                        warnings.push(not_asked(rule, written, pack, &someone, search));
                    }
                    Solution::Unknown => search.leave_out(&rule.id),
                    Solution::Sat(_) => {}
                },
            }
        }
        reported.push(warnings.len() > count);
    }
    reported
}

fn reads(rule: &Rule, questions: &[usize]) -> bool {
    let read = rule.when.questions();
    questions.iter().any(|question| read.contains(question))
}

/// A rule whose last day has passed.
fn over(rule: &Rule, written: &pack::Rule, search: &LimitedSolver<'_>) -> Option<Diagnostic> {
    let last = rule.to.filter(|to| *to < search.today())?;
    let message = format!(
        "`{}` is no longer in force: its last day was {}",
        rule.id,
        last.in_words()
    );
    Some(
        Diagnostic::new(Code::NoLongerInForce, written.id.place, message)
            .note(format!("today is {}", search.today().in_words()))
            .help("remove the rule, or set `to` to a later day"),
    )
}

/// A rule whose condition no patient can meet.
fn impossible(rule: &Rule, written: &pack::Rule, search: &mut LimitedSolver<'_>) -> Diagnostic {
    let pieces = conflicts::of(&written.when, written.unless.as_ref(), &rule.when);
    let pieces = conflicts::at_odds(search, pieces);
    let message = format!(
        "`{}` can never apply: no patient can give these answers",
        rule.id
    );
    let warning = contradiction(Code::NeverApplies, written.id.place, message, &pieces);
    match search.anybody(&[Goal::rule(rule, TruthSet::of(Truth::Unknown))]) {
        Solution::Sat(someone) => warning
            .note(format!(
                "while answers are not known it still counts as {}",
                rule.if_unsure.word()
            ))
            .note(search.example(&someone)),
        _ => warning,
    }
}

/// A warning that points at the contradicting parts.
fn contradiction(code: Code, otherwise: Place, message: String, pieces: &[Piece]) -> Diagnostic {
    let place = pieces.first().map_or(otherwise, |piece| piece.place);
    let mut warning = Diagnostic::new(code, place, message);
    if let [_, .., last] = pieces {
        warning = warning.other(last.place, "not at the same time as this");
    }
    let words: Vec<String> = pieces
        .iter()
        .map(|piece| format!("`{}`", piece.words))
        .collect();
    match words.as_slice() {
        [] => warning.help("correct the sentences"),
        [one] => warning
            .note(format!("no answer makes {one} true"))
            .help("correct the sentence"),
        [all @ .., last] => warning
            .note(format!(
                "no answers make {} and {last} true at once",
                all.join(", ")
            ))
            .help("correct one of them, or write `any:` before them if one of them is enough"),
    }
}

/// A rule that only applies to patients who answer unasked questions.
fn not_asked(
    rule: &Rule,
    written: &pack::Rule,
    pack: &Pack,
    someone: &Witness,
    search: &mut LimitedSolver<'_>,
) -> Diagnostic {
    let example = search.example(someone);
    let message = |why: &str| {
        format!(
            "`{}` can only apply to patients who answer a question that they are not asked{why}",
            rule.id
        )
    };
    let shut = shut(rule, search);
    let question = shut.and_then(|asked| {
        let same = |other: &&pack::Question| other.id.value == asked.question.id;
        pack.questions.iter().find(same)
    });
    let warning = match question.and_then(|question| Some((question, question.ask_when.as_ref()?)))
    {
        None => Diagnostic::new(Code::NotAsked, written.id.place, message("")),
        Some((question, ask_when)) => {
            let id = &question.id.value;
            let why = format!(": they are not asked `{id}`");
            let sentence = conflicts::about(&written.when, id);
            Diagnostic::new(
                Code::NotAsked,
                sentence.unwrap_or(written.id.place),
                message(&why),
            )
            .other(conflicts::place(ask_when), "it is asked only then")
        }
    };
    warning
        .note(example)
        .help("remove that answer from the rule, or ask the question of these patients too")
}

/// A question that the rule reads and that is never asked when the rule applies.
fn shut<'a>(rule: &Rule, search: &mut LimitedSolver<'a>) -> Option<&'a Asked> {
    let plan = search.plan;
    let open = TruthSet::of(Truth::Yes).with(Truth::Unknown);
    let gated = rule.when.tests().into_iter().filter_map(|test| {
        let asked = plan.questions.get(test.question)?;
        Some((asked, asked.gate.as_ref()?))
    });
    let mut gated: Vec<(&Asked, &Condition)> = gated.collect();
    gated.dedup_by_key(|(asked, _)| &asked.question.id);
    gated
        .into_iter()
        .find(|(_, gate)| {
            let wanted = [applies(rule), Goal::condition(gate, open)];
            search.anybody(&wanted) == Solution::Unsat
        })
        .map(|(asked, _)| asked)
}
