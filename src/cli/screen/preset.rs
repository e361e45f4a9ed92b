//! The answers that an interview begins with: those that the rules preset, and those of `--set`.

use crate::error::Error;
use crate::interview::Masks;
use crate::report::model::View;
use crate::report::phrases::heading;
use candidacy_engine::assign::assign_with;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;

use super::given::from_set;

/// The number of a question, and its answer word for word.
pub type Preset = (usize, String);

/// The answers that an interview begins with, in the order of the questions. An answer of `--set`
/// replaces that of the rules.
///
/// # Errors
///
/// If an answer of `--set` cannot be read, or is for one option only.
pub fn presets(
    sets: &[(String, String)],
    plan: &Plan,
    as_of: Date,
    today: Date,
) -> Result<Vec<Preset>, Error> {
    let numbered = plan.questions.iter().enumerate();
    let mut presets: Vec<Preset> = numbered
        .filter_map(|(number, asked)| Some((number, asked.question.preset.clone()?)))
        .collect();
    let (mut sources, mut given, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for (id, value) in sets {
        let one = from_set(sources.len(), id, value);
        sources.push(Source::new("--set", &format!("{id}={value}")));
        let option = id.split_once('.');
        if let Some((question, _)) = option.filter(|(id, _)| plan.question(id).is_some()) {
            let message = format!("an interview asks all of `{question}` at once");
            problems.push(
                Diagnostic::new(Code::UnknownOption, one.key.place, message).help(format!(
                    "write `--set {question}=...`, or leave it to be asked"
                )),
            );
            continue;
        }
        if let Some(number) = plan.question(id) {
            presets.retain(|(other, _)| *other != number);
            presets.push((number, value.clone()));
        }
        given.push(one);
    }
    let reader = plan.reader(as_of).answered_on(today);
    assign_with(
        &given,
        &mut plan.blank_answers(),
        plan,
        &reader,
        &mut problems,
    );
    if problems.is_empty() {
        presets.sort_by_key(|(question, _)| *question);
        return Ok(presets);
    }
    Err(Error::Settings(Refusal {
        sources: sources.into(),
        problems,
    }))
}

/// The message about them before the first question, without parts that `view` may not see; empty
/// if there are none.
pub fn in_words(plan: &Plan, presets: &[Preset], as_of: Date, view: View) -> String {
    let masks = Masks::new(plan, view);
    let one = |(number, text): &Preset| {
        let mask = masks.of(plan, *number, plan.reader(as_of))?;
        let name = heading(&mask.question().id);
        Some(format!("{name}: {}", mask.over(text)))
    };
    let set: Vec<String> = presets.iter().filter_map(one).collect();
    if set.is_empty() {
        return String::new();
    }
    format!(" Already set, r to change: {}.", set.join("; "))
}
