//! `rules test --coverage` and `--mutate`: measures how well the cases test the rules.

use crate::authoring::baseline::base;
use crate::authoring::cases;
use crate::authoring::coverage::coverage;
use crate::authoring::mutate::{Mutation, mutate};
use crate::authoring::sentences::Line;
use crate::error::{Error, Exit};
use crate::report::phrases::count;
use crate::report::style::Role;
use candidacy_engine::compile::compile;

use super::super::{Context, print_beside};
use super::write_cases::{claim, write};
use super::{Read, TestArgs};

/// The first lines of a new file of cases.
const HEAD: &str = "# Each case notices a changed rule that no other case noticed. It expects what the rules give now: read it before you keep it.\n";

/// Runs the cases, then measures coverage or mutants if asked.
pub fn test(args: &TestArgs, around: &Context) -> Result<Exit, Error> {
    if !args.coverage && !args.mutate {
        return super::check::test(args.path.as_deref(), around);
    }
    let read = super::read(args.path.as_deref(), around)?;
    let failing = read
        .plan
        .cases
        .iter()
        .filter(|case| cases::run(&read.plan, case).is_some())
        .count();
    if failing > 0 {
        print_beside(&format!(
            "{} of {} fail: first correct what `candidacy rules test` shows.\n",
            failing,
            count(read.plan.cases.len(), "case") + if failing == 1 { " does" } else { " do" },
        ))?;
        return Ok(Exit::Rules);
    }
    let mut exit = Exit::Done;
    if args.coverage {
        exit = covered(&read, args.threshold, around)?;
    }
    if args.mutate {
        let mutated = mutated(&read, args, around)?;
        if mutated != Exit::Done {
            exit = mutated;
        }
    }
    Ok(exit)
}

fn covered(read: &Read, threshold: Option<u8>, around: &Context) -> Result<Exit, Error> {
    let mut seen = coverage(&read.plan);
    if let Some(under) = &read.pack.under {
        let base = compile((**under).clone()).map_err(Error::Rules)?;
        seen = seen.beside(&read.plan, &base);
    } else {
        seen = seen.of_own(&read.plan, &read.pack);
    }
    let mut report = String::new();
    for rule in seen
        .missed
        .iter()
        .filter_map(|number| read.plan.rules.get(*number))
    {
        report.push_str(&format!(
            "{} no case fails without the rule `{}`\n",
            around.out.paint(Role::Wrong, "not covered"),
            rule.id
        ));
    }
    report.push_str(&format!(
        "{} of {} covered: {} %\n",
        seen.rules - seen.missed.len(),
        count(seen.rules, "rule"),
        seen.percent()
    ));
    print_beside(&report)?;
    Ok(reached(seen.percent(), threshold))
}

fn mutated(read: &Read, args: &TestArgs, around: &Context) -> Result<Exit, Error> {
    let output = match &args.write {
        Some(path) => Some((claim(path)?, path)),
        None => None,
    };
    let base = base(&read.pack, &read.plan, around.today);
    let seen = mutate(&read.pack, &read.plan, &base, around.today);
    let mut report = String::new();
    for survivor in &seen.survivors {
        report.push_str(&format!(
            "{} {}\n",
            around.out.paint(Role::Wrong, "not noticed"),
            survivor.what
        ));
        match &survivor.case {
            Some(case) => report.push_str(&format!("            {case}\n")),
            None => report.push_str("            no case on one line could be found for it\n"),
        }
    }
    report.push_str(&scores(&seen));
    if let Some((output, path)) = output {
        let cases: Vec<Line> = seen
            .survivors
            .iter()
            .filter_map(|one| one.case.clone())
            .collect();
        report.push_str(&write(output, path, HEAD, &cases, &read.plan)?);
    }
    print_beside(&report)?;
    Ok(if seen.left_out > 0 {
        Exit::Rules
    } else {
        reached(seen.score.percent(), args.threshold)
    })
}

/// The number and percentage of noticed changes.
fn scores(seen: &Mutation) -> String {
    let score = seen.score;
    let mut text = format!(
        "{} of {} in rules and questions noticed: {} %\n",
        score.noticed,
        count(score.all(), "change"),
        score.percent()
    );
    if score.nothing > 0 {
        text.push_str(&format!(
            "{} more that change no verdict are not counted\n",
            score.nothing
        ));
    }
    if seen.left_out > 0 {
        text.push_str(&format!(
            "{} more left out, spread over all rules: with so many rules and cases there is too much to try\n",
            seen.left_out
        ));
    }
    text
}

fn reached(percent: usize, threshold: Option<u8>) -> Exit {
    if threshold.is_some_and(|threshold| percent < usize::from(threshold)) {
        Exit::Rules
    } else {
        Exit::Done
    }
}
