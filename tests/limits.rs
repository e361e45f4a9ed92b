//! What the workbench says where there is more to try than it tries: never "proved",
//! never "noticed", never "nothing gets milder".

use candidacy::authoring::baseline::{Base, base};
use candidacy::authoring::diff;
use candidacy::authoring::mutate;
use candidacy::authoring::mutate::Mutation;
use candidacy::authoring::prove::{Outcome, prove};
use candidacy::authoring::solver::{Budget, Solver, plain};
use candidacy::load;
use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::pack;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;

fn today() -> Date {
    Date::from_iso("2026-11-20").expect("a day")
}

fn built_in() -> (Pack, Plan) {
    read(load::built_in_with_cases().sources)
}

fn read(sources: Vec<Source>) -> (Pack, Plan) {
    let pack = pack::read(sources);
    let plan = compile(pack.clone()).expect("a plan");
    (pack, plan)
}

/// With less to spend fewer claims are decided, and no other is decided otherwise.
#[test]
fn a_claim_is_decided_or_left_out() {
    let (_, plan) = built_in();
    let mut left_out = Vec::new();
    for steps in [0, 2_000, 200_000] {
        let mut solver = Solver::new(&plan, today());
        solver.budget = Budget::of(steps);
        let proofs = prove(&solver);
        let open = proofs.iter().filter(|proof| match &proof.outcome {
            Outcome::Proved => false,
            Outcome::LeftOut(_) => true,
            other => panic!("{}: {other:?}", proof.claim),
        });
        left_out.push(open.count());
    }
    assert!(
        left_out[0] > 0 && left_out.is_sorted_by(|a, b| a >= b),
        "{left_out:?}"
    );
    let all = prove(&Solver::new(&plan, today()));
    assert!(
        all.iter()
            .all(|proof| matches!(proof.outcome, Outcome::Proved))
    );
}

#[test]
fn changes_that_are_not_tried_are_counted() {
    let (pack, plan) = built_in();
    let base = base(&pack, &plan, today());
    let tried = |seen: &Mutation| seen.score.all() + seen.score.nothing;
    let some = mutate::within(&pack, &plan, &base, today(), 100_000);
    assert!(some.left_out > 0 && tried(&some) > 0);
    let again = mutate::within(&pack, &plan, &base, today(), 100_000);
    assert_eq!((some.left_out, some.score), (again.left_out, again.score));
    let none = mutate::within(&pack, &plan, &base, today(), 0);
    assert_eq!(tried(&none) + none.left_out, tried(&some) + some.left_out);
}

#[test]
fn versions_that_take_too_long_to_compare_are_not_called_equal() {
    let (pack, old) = built_in();
    let mut new = old.clone();
    let isotretinoin = new.rules.iter_mut().find(|rule| rule.id == "isotretinoin");
    isotretinoin.expect("the rule").grade = candidacy_engine::verdict::Grade::Absolute;
    let seen = diff::within(&old, &new, &pack, today(), &Budget::of(0));
    assert!(!seen.left_out.is_empty() && seen.changes.is_empty());
    let seen = diff::within(&old, &new, &pack, today(), &Budget::default());
    assert!(seen.left_out.is_empty() && !seen.changes.is_empty());
}

/// A pack of so many rules, each reading three of as many questions.
fn large(rules: usize) -> String {
    let mut text = String::from(
        "format: candidacy/1
pack: {id: large, version: 1.0.0, title: Large, status: draft, owner: Dr A. Example, review_by: 2040-06-30}
sources:
  - {id: P4, cite: Example clinic protocol 4, publisher: Example, year: 2026, url: \"https://example.org/p4\", strength: opinion}
questions:
",
    );
    for number in 0..rules {
        text += &format!("  - {{id: q{number}, ask: Question {number}?, type: yes-no}}\n");
    }
    text += "rules:\n";
    for number in 0..rules {
        let (second, third) = ((number * 7 + 1) % rules, (number * 31 + 5) % rules);
        text += &format!(
            "  - {{id: r{number}, grade: relative, when: [q{number} is yes, {{any: [q{second} is yes, q{third} is no]}}], why: Because., sources: [P4]}}\n"
        );
    }
    text + "always: [{claim: nobody passes, if: q0 is yes, verdict: at least deferred}]\n"
}

#[test]
fn many_rules_come_to_an_answer() {
    let (pack, plan) = read(vec![Source::new("large.yaml", &large(500))]);
    let base = Base {
        like: None,
        answers: plain(&plan, today()),
    };
    let solver = Solver {
        budget: Budget::of(500_000),
        ..Solver::like(&plan, &base.answers, today())
    };
    let proofs = prove(&solver);
    let outcome = &proofs.last().expect("the claim").outcome;
    assert!(
        matches!(outcome, Outcome::Fails(_) | Outcome::LeftOut(_)),
        "{outcome:?}"
    );
    let seen = mutate::within(&pack, &plan, &base, today(), 10_000);
    assert!(seen.left_out > 0);
}
