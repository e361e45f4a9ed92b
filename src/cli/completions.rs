//! Completion scripts for the shells.

use candidacy_engine::verdict::Verdict;

use crate::error::{Error, Exit};
use crate::load;

use super::{command, print};

/// Prints the completion script of a shell.
///
/// # Errors
///
/// When standard output cannot be written.
pub fn run(shell: clap_complete::Shell) -> Result<Exit, Error> {
    let mut script = Vec::new();
    let mut command = with_values(command())?;
    clap_complete::generate(shell, &mut command, "candidacy", &mut script);
    print(&String::from_utf8_lossy(&script))
}

/// The command with possible values of its flags: verdicts, and the rules, questions and topics of the built-in rules.
fn with_values(command: clap::Command) -> Result<clap::Command, Error> {
    let plan = load::plan(None)?;
    let verdicts = || {
        Verdict::ALL
            .map(|verdict| verdict.word().to_owned())
            .to_vec()
    };
    let mut rules: Vec<String> = plan.rules.iter().map(|rule| rule.id.clone()).collect();
    rules.dedup();
    let mut shown = rules.clone();
    shown.extend(plan.questions.iter().map(|asked| asked.question.id.clone()));
    let topics = plan.expectations.iter().map(|one| one.id.clone()).collect();
    let reasons = plan.override_reasons.iter().map(|one| one.id.clone());
    let reasons: Vec<String> = reasons.collect();
    let of = |command: clap::Command, name: &'static str, words: Vec<String>| {
        command.mut_arg(name, |argument| {
            argument.value_parser(clap::builder::PossibleValuesParser::new(words))
        })
    };
    let command = command
        .mut_subcommand("screen", |screen| {
            let screen = of(screen, "why", rules.clone());
            of(screen, "why_not", rules)
        })
        .mut_subcommand("batch", |batch| of(batch, "fail_on", verdicts()))
        .mut_subcommand("override", |over| {
            let over = of(over, "verdict", verdicts());
            of(over, "reason", reasons)
        })
        .mut_subcommand("info", |info| of(info, "topic", topics))
        .mut_subcommand("rules", |rules| {
            rules.mut_subcommand("show", |show| of(show, "id", shown))
        });
    Ok(command)
}
