//! `rules prove`: what is claimed of every patient.

use crate::error::{Error, Exit};
use crate::report::paint::Role;
use crate::report::words::count;
use crate::workbench::base::{Base, base};
use crate::workbench::prove::{Counterexample, Outcome, Proof, prove as proofs};
use crate::workbench::seek::Seeker;
use crate::workbench::words::{self, Line};

use super::super::{Surroundings, print};
use super::keep::keep;
use super::{ProveArgs, Read};

/// What a new file of cases begins with.
const HEAD: &str = "# Patients of whom a claim was not true. Each case expects what the claim promises, and holds once the rules keep it.\n";

/// Decides every claim and tells what became of it.
pub fn prove(args: &ProveArgs, around: &Surroundings) -> Result<Exit, Error> {
    let read = super::read(args.path.as_deref(), around)?;
    let base = base(&read.pack, &read.plan, around.today);
    let seeker = Seeker::like(&read.plan, &base, around.today);
    let proofs = proofs(&seeker);
    let mut report = String::new();
    for proof in &proofs {
        report.push_str(&told(proof, &read, &base, around));
    }
    report.push_str(&summary(&proofs));
    if let Some(path) = &args.write {
        let cases: Vec<Line> = proofs
            .iter()
            .filter_map(|proof| case(proof, &read, &base))
            .collect();
        report.push_str(&keep(path, HEAD, &cases, &read.plan)?);
    }
    print(&report)?;
    let proved = proofs
        .iter()
        .all(|proof| matches!(proof.outcome, Outcome::Proved | Outcome::Empty));
    Ok(if proved { Exit::Done } else { Exit::Rules })
}

fn told(proof: &Proof, read: &Read, base: &Base, around: &Surroundings) -> String {
    let right = |word: &str| around.out.paint(Role::Right, word);
    let wrong = |word: &str| around.out.paint(Role::Wrong, word);
    let claim = &proof.claim;
    match &proof.outcome {
        Outcome::Proved => format!("{} {claim}\n", right("proved ")),
        Outcome::Empty => format!(
            "{} {claim}\n        but nobody can be like that, so it says nothing\n",
            right("proved ")
        ),
        Outcome::LeftOut(why) => {
            format!("{} {claim}\n        {why}\n", wrong("LEFT OUT"))
        }
        Outcome::Fails(found) => {
            format!(
                "{} {claim}\n{}",
                wrong("FAILS  "),
                patient(found, proof, read, base)
            )
        }
    }
}

/// Somebody of whom a claim is not true, in words and as a case.
fn patient(found: &Counterexample, proof: &Proof, read: &Read, base: &Base) -> String {
    let mut text = format!(
        "        on {} this patient {}:\n",
        found.someone.as_of, found.but
    );
    for (question, answer) in words::told(&read.plan, &found.someone, base) {
        text.push_str(&format!("          {question}: {answer}\n"));
    }
    let others = base.like.as_ref().map_or_else(
        || "every other answer is one that no rule minds".to_owned(),
        |like| format!("every other answer is that of the persona `{like}`"),
    );
    text.push_str(&format!("          {others}\n"));
    match case(proof, read, base) {
        Some(case) => text.push_str(&format!(
            "        as a case, which holds once the claim does:\n          {case}\n"
        )),
        None => text.push_str("        no case on one line can say this\n"),
    }
    text
}

/// The patient of whom a claim is not true, as a case that expects what it promises.
fn case(proof: &Proof, read: &Read, base: &Base) -> Option<Line> {
    let Outcome::Fails(found) = &proof.outcome else {
        return None;
    };
    words::promised(
        &read.plan,
        &found.someone,
        base,
        &proof.claim,
        found.promise?,
    )
}

fn summary(proofs: &[Proof]) -> String {
    let with =
        |such: fn(&Outcome) -> bool| proofs.iter().filter(|proof| such(&proof.outcome)).count();
    let fails = with(|outcome| matches!(outcome, Outcome::Fails(_)));
    let left_out = with(|outcome| matches!(outcome, Outcome::LeftOut(_)));
    let own = proofs.iter().filter(|proof| proof.built_in).count();
    let all = format!(
        "{}, {own} of them made for every pack",
        count(proofs.len(), "claim")
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
    if ends.is_empty() {
        format!(
            "{all}: every one is true of every patient, whatever they answer, on any day from 2000 on.\n"
        )
    } else {
        format!("{all}: {}.\n", ends.join(", "))
    }
}
