//! `rules prove`: checks the claims about all patients.

use crate::authoring::baseline::{Base, base};
use crate::authoring::prove::{
    Counterexample, Outcome, Proof, if_unsure, overlay, prove as proofs, prove_relaxed, waits,
};
use crate::authoring::sentences;
use crate::authoring::sentences::Line;
use crate::authoring::solver::{Budget, Solver};
use crate::error::{Error, Exit};
use crate::report::phrases::count;
use crate::report::style::Role;
use candidacy_engine::plan::Rule;

use super::super::{Context, print_beside};
use super::write_cases::{claim, write};
use super::{ProveArgs, Read};

/// The first lines of a new file of cases.
const HEAD: &str = "# Patients for whom a claim was not true. Each case expects what the claim promises, and holds once the rules keep it.\n";

/// Checks every claim and prints the result.
pub fn prove(args: &ProveArgs, around: &Context) -> Result<Exit, Error> {
    let read = super::read(args.path.as_deref(), around)?;
    let output = match &args.write {
        Some(path) => Some((claim(path)?, path)),
        None => None,
    };
    let base = base(&read.pack, &read.plan, around.today);
    let solver = Solver::like(&read.plan, &base.answers, around.today);
    let over = overlay::over(&read.pack, around.today).map_err(Error::Rules)?;
    let proofs = match &over {
        Some(over) => prove_relaxed(
            &solver,
            &Solver::like(&over.strict, &base.answers, around.today),
        ),
        None => proofs(&solver),
    };
    let mut report = String::new();
    for proof in &proofs {
        report.push_str(&in_words(proof, &read, &base, around));
    }
    let mut waits_decided = true;
    if over.is_none() {
        let (in_words, decided) = longer_waits(&read, &base, around)?;
        report.push_str(&in_words);
        waits_decided = decided;
    }
    let kept = over.as_ref().map(super::overlay::holds);
    if let Some(over) = &over {
        report.push_str(&super::overlay::in_words(over, &read.plan, around));
    }
    report.push_str(&summary(&proofs, kept));
    if let Some((output, path)) = output {
        let cases: Vec<Line> = proofs
            .iter()
            .filter_map(|proof| case(proof, &read, &base))
            .collect();
        report.push_str(&write(output, path, HEAD, &cases, &read.plan)?);
    }
    print_beside(&report)?;
    let proved =
        waits_decided && kept != Some(false) && proofs.iter().all(|proof| holds(&proof.outcome));
    Ok(if proved { Exit::Done } else { Exit::Rules })
}

/// Whether no patient contradicts a claim, except through `relax`.
fn holds(outcome: &Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Proved | Outcome::Empty | Outcome::Relaxed(..)
    )
}

fn in_words(proof: &Proof, read: &Read, base: &Base, around: &Context) -> String {
    let right = |word: &str| around.out.paint(Role::Right, word);
    let wrong = |word: &str| around.out.paint(Role::Wrong, word);
    let claim = &proof.claim;
    match &proof.outcome {
        Outcome::Proved => format!("{} {claim}\n", right("proved ")),
        Outcome::Empty => format!(
            "{} {claim}\n{}        but no patient can match its `if`, so the claim is empty\n",
            right("proved "),
            place(proof, read)
        ),
        Outcome::LeftOut(why) => {
            format!(
                "{} {claim}\n{}        {why}\n",
                wrong("LEFT OUT"),
                place(proof, read)
            )
        }
        Outcome::Relaxed(found, by) => format!(
            "{} {claim}\n{}{}",
            right("RELAXED"),
            patient(found, proof, read, base),
            super::overlay::without(&read.plan, by)
        ),
        Outcome::Fails(found) => {
            format!(
                "{} {claim}\n{}{}{}",
                wrong("FAILS  "),
                place(proof, read),
                because(found, read),
                patient(found, proof, read, base)
            )
        }
    }
}

/// The line with the place of a claim of the pack.
fn place(proof: &Proof, read: &Read) -> String {
    let claim = proof.number.and_then(|number| read.pack.claims.get(number));
    claim.map_or(String::new(), |claim| {
        format!("        at {}\n", read.pack.line_of(claim.claim.place))
    })
}

/// The rules whose `if_unsure` is the reason why a claim fails.
fn because(found: &Counterexample, read: &Read) -> String {
    let rules = if_unsure::responsible(&read.plan, found).into_iter();
    let line = |rule: &Rule| {
        let place = if_unsure::place(&read.pack, &rule.id);
        let place = place.map_or(String::new(), |place| {
            format!(" ({})", read.pack.line_of(place))
        });
        format!(
            "        because of `if_unsure: {}` of the rule `{}`{place}: without it, the rule counts as `{}` while undecided\n",
            rule.if_unsure.word(),
            rule.id,
            rule.grade.while_undecided().word()
        )
    };
    rules.map(line).collect()
}

/// Which waiting periods an overlay may extend, and whether this was decided for all. A longer
/// period that gives a less severe verdict is not an error. It may be the time for which something
/// protects.
fn longer_waits(read: &Read, base: &Base, around: &Context) -> Result<(String, bool), Error> {
    if read.pack.settings.is_empty() {
        return Ok((String::new(), true));
    }
    let all = waits::not_proved(&read.pack, around.today, &Budget::default());
    let all = all.map_err(Error::Rules)?;
    if all.is_empty() {
        let in_words = format!(
            "{} a longer wait never gives a less severe verdict: an overlay may lengthen every setting\n",
            around.out.paint(Role::Right, "proved ")
        );
        return Ok((in_words, true));
    }
    let mut decided = true;
    let mut text = String::new();
    for one in &all {
        let name = &one.setting;
        text.push_str(&if let Outcome::Fails(found) = &one.outcome {
            format!(
                "NOTE    a longer `{name}` can give a less severe verdict: an overlay lengthens it under `relax`\n{}",
                who(found, read, base)
            )
        } else {
            decided = false;
            format!(
                "{} whether a longer `{name}` can give a less severe verdict\n        the questions that matter have more combinations than are tried here\n",
                around.out.paint(Role::Wrong, "LEFT OUT")
            )
        });
    }
    Ok((text, decided))
}

/// A patient who contradicts a claim, in words and as a case.
fn patient(found: &Counterexample, proof: &Proof, read: &Read, base: &Base) -> String {
    let mut text = who(found, read, base);
    match case(proof, read, base) {
        _ if matches!(proof.outcome, Outcome::Relaxed(..)) => {}
        Some(case) => text.push_str(&format!(
            "        as a case, which passes once the claim is true:\n          {case}\n"
        )),
        None => text.push_str("        this cannot be written as a case on one line\n"),
    }
    text
}

/// A patient in words.
fn who(found: &Counterexample, read: &Read, base: &Base) -> String {
    let mut text = format!(
        "        on {} this patient {}:\n",
        found.someone.as_of, found.but
    );
    for (question, answer) in sentences::in_words(&read.plan, &found.someone, base) {
        text.push_str(&format!("          {question}: {answer}\n"));
    }
    let others = base.like.as_ref().map_or_else(
        || "no rule reads any other answer".to_owned(),
        |like| format!("every other answer is that of the persona `{like}`"),
    );
    text.push_str(&format!("          {others}\n"));
    text
}

/// A patient who contradicts a claim, as a case that expects what the claim promises.
fn case(proof: &Proof, read: &Read, base: &Base) -> Option<Line> {
    let Outcome::Fails(found) = &proof.outcome else {
        return None;
    };
    sentences::promised(
        &read.plan,
        &found.someone,
        base,
        &proof.claim,
        found.promise?,
    )
}

/// The results of all claims; `kept` is true if an overlay is never less severe than its base.
fn summary(proofs: &[Proof], kept: Option<bool>) -> String {
    let with =
        |such: fn(&Outcome) -> bool| proofs.iter().filter(|proof| such(&proof.outcome)).count();
    let fails = with(|outcome| matches!(outcome, Outcome::Fails(_)));
    let left_out = with(|outcome| matches!(outcome, Outcome::LeftOut(_)));
    let of_overlays = usize::from(kept.is_some());
    let own = proofs.iter().filter(|proof| proof.number.is_none()).count() + of_overlays;
    let all = format!(
        "{}, {own} of them checked for every pack",
        count(proofs.len() + of_overlays, "claim")
    );
    let mut ends = Vec::new();
    if fails > 0 {
        ends.push(if fails == 1 {
            "1 fails".to_owned()
        } else {
            format!("{fails} fail")
        });
    }
    if left_out > 0 {
        ends.push(format!("{left_out} could not be decided"));
    }
    let relaxed = with(|outcome| matches!(outcome, Outcome::Relaxed(..)));
    if kept == Some(false) {
        ends.push("some patient gets a less severe verdict than with the base".to_owned());
    }
    if ends.is_empty() && relaxed > 0 {
        format!(
            "{all}: {relaxed} true except through what is relaxed, the others for every patient.\n"
        )
    } else if ends.is_empty() {
        format!(
            "{all}: every one is true for every patient, whatever they answer, on any day from 2000 on.\n"
        )
    } else {
        format!("{all}: {}.\n", ends.join(", "))
    }
}
