//! `rules test --coverage` and `--mutate`: how good the cases are.

use std::io::Write;
use std::path::Path;

use crate::engine::compile::compile;
use crate::error::{Error, Exit};
use crate::report::paint::Role;
use crate::report::words::count;
use crate::workbench::base::base;
use crate::workbench::cases;
use crate::workbench::coverage::coverage;
use crate::workbench::mutate::{Mutation, mutate};

use super::super::{Surroundings, print};
use super::{Read, TestArgs};

/// Runs the cases, then tells what was asked about them.
pub fn test(args: &TestArgs, around: &Surroundings) -> Result<Exit, Error> {
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
        print(&format!(
            "{} of {} not hold: mend what `candidacy rules test` shows first, then ask how good the cases are.\n",
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

fn covered(read: &Read, threshold: Option<u8>, around: &Surroundings) -> Result<Exit, Error> {
    let mut seen = coverage(&read.plan);
    if let Some(under) = &read.pack.under {
        let base = compile((**under).clone()).map_err(Error::Rules)?;
        seen = seen.beside(&read.plan, &base);
    }
    let mut report = String::new();
    for rule in seen
        .missed
        .iter()
        .filter_map(|number| read.plan.rules.get(*number))
    {
        report.push_str(&format!(
            "{} no case would miss the rule `{}`\n",
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
    print(&report)?;
    Ok(reached(seen.percent(), threshold))
}

fn mutated(read: &Read, args: &TestArgs, around: &Surroundings) -> Result<Exit, Error> {
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
    report.push_str(&format!(
        "{} of {} noticed: {} %; {} that no patient could tell are not counted\n",
        seen.noticed,
        count(seen.noticed + seen.survivors.len(), "change"),
        seen.percent(),
        seen.nothing
    ));
    if let Some(path) = &args.write {
        report.push_str(&write(path, &seen)?);
    }
    print(&report)?;
    Ok(reached(seen.percent(), args.threshold))
}

fn reached(percent: usize, threshold: Option<u8>) -> Exit {
    if threshold.is_some_and(|threshold| percent < usize::from(threshold)) {
        Exit::Rules
    } else {
        Exit::Done
    }
}

/// Writes the cases that would notice to a new file.
fn write(path: &Path, seen: &Mutation) -> Result<String, Error> {
    let mut cases: Vec<&str> = seen
        .survivors
        .iter()
        .filter_map(|one| one.case.as_deref())
        .collect();
    cases.dedup();
    if cases.is_empty() {
        return Ok("No case to write.\n".to_owned());
    }
    if path.exists() {
        return Err(Error::Usage {
            message: format!("`{}` is already there", path.display()),
            hint: "name a new file, for example cases/noticed.yaml in the pack's folder".to_owned(),
        });
    }
    let mut text = String::from(
        "# Each notices a slip that no other case did. What they expect is what comes out now: read them before keeping them.\n\ncases:\n",
    );
    for case in &cases {
        text.push_str(&format!("  {case}\n"));
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let failed = |why: &std::io::Error| Error::writing(path, why);
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|why| failed(&why))?;
    file.write_all(text.as_bytes())
        .map_err(|why| failed(&why))?;
    file.persist_noclobber(path)
        .map_err(|why| failed(&why.error))?;
    Ok(format!(
        "{} written to {}.\n",
        count(cases.len(), "case"),
        path.display()
    ))
}
