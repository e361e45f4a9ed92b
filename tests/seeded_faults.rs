//! Faults that people make, put into a copy of the built-in rules one at a time:
//! each is found, and the table says by what.
//!
//! `check` is asked first, then the cases (`test`), then the claims (`prove`), and
//! last the comparison with the rules as they were (`diff`); what stands here is
//! the first of them that tells.

use candidacy::authoring::baseline::base;
use candidacy::authoring::cases;
use candidacy::authoring::diff::{Diff, diff};
use candidacy::authoring::lint::lint;
use candidacy::authoring::prove::{Outcome, prove};
use candidacy::authoring::solver::Solver;
use candidacy::load;
use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::Diagnostic;
use candidacy_engine::pack;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;

/// What finds a fault, and what it says.
#[derive(Debug)]
enum By {
    /// `rules check`, by a message with this word, whatever else it tells.
    Check(&'static str),
    /// `rules check` and `rules test`, by a case that fails.
    Test,
    /// `rules prove`, by this claim.
    Prove(&'static str),
    /// `rules diff`, by what it lists or by a verdict that changes.
    Diff(&'static str),
}
use By::{Check, Diff as Differs, Prove, Test};

/// In this file of the rules, these words (which stand there once) become those.
struct Fault(&'static str, &'static str, &'static str, By);

/// Makes one test of each fault, so that one that is not found hides no other.
macro_rules! faults {
    ($($name:ident: $file:literal, $from:literal => $to:literal, $by:expr;)*) => {
        const COUNT: usize = [$(stringify!($name)),*].len();

        $(
            #[test]
            fn $name() {
                find(&Fault($file, $from, $to, $by));
            }
        )*
    };
}

faults! {
    // Waits.
    a_wait_shorter_by_a_day: "pack.yaml",
        "filler_wait: 28 days" => "filler_wait: 27 days", Test;
    a_wait_longer_by_a_day: "pack.yaml",
        "botulinum_wait: 14 days" => "botulinum_wait: 15 days", Test;
    a_wait_in_another_unit: "pack.yaml",
        "filler_wait: 28 days" => "filler_wait: 28 weeks", Test;
    a_wait_longer_than_its_question_asks_back: "pack.yaml",
        "filler_wait: 28 days" => "filler_wait: 28 years", Check("not-covered");
    a_wait_that_differs_only_by_the_calendar: "pack.yaml",
        "deep_resurfacing_wait: 90 days" => "deep_resurfacing_wait: 180 days", Check("calendar-wait");
    a_setting_of_the_same_length_in_its_place: "recent-treatments.yaml",
        "when: laser within laser_wait" => "when: laser within peel_wait", Check("unused-setting");
    a_setting_of_another_length_in_its_place: "recent-treatments.yaml",
        "when: waxing within waxing_wait" => "when: waxing within filler_wait", Check("unused-setting");
    a_setting_that_is_not_there: "medicines.yaml",
        "ended within steroid_wait" => "ended within steroids_wait", Check("unknown-setting");
    ended_without_ongoing: "medicines.yaml",
        "isotretinoin ongoing or ended within isotretinoin_wait" => "isotretinoin ended within isotretinoin_wait", Test;

    // What a sentence says.
    a_bound: "about-you.yaml",
        "    grade: relative\n    # 18 is where one maker's manual stops asking for parents. No source has a study below it.\n    when: date_of_birth within 18 years"
        => "    grade: relative\n    when: date_of_birth within 17 years", Test;
    another_option: "skin-today.yaml",
        "when: acne is nodular" => "when: acne is clear", Test;
    yes_for_no: "health.yaml",
        "when: blood_infection is yes" => "when: blood_infection is no", Test;
    not_forgotten: "health.yaml",
        "      - medicines include insulin\n      - not health includes diabetes"
        => "      - medicines include insulin\n      - health includes diabetes", Differs("insulin among the medicines, but no diabetes");
    any_for_all: "health.yaml",
        "    when:\n      - device is radiofrequency\n      - implants" => "    when:\n     any:\n      - device is radiofrequency\n      - implants", Check("never-decides");
    all_of_for_any_of: "health.yaml",
        "implants includes any of pacemaker metal" => "implants includes all of pacemaker metal", Test;
    unless_dropped: "scars-and-healing.yaml",
        "    unless: newest_scar within new_scar_wait\n" => "", Test;
    unless_too_wide: "about-you.yaml",
        "unless: date_of_birth within 18 years" => "unless: date_of_birth within 22 years", Check("never-applies");
    a_sentence_for_another_type: "scars-and-healing.yaml",
        "when: keloid is yes" => "when: keloid ever", Check("wrong-sentence");
    a_question_misspelt: "scars-and-healing.yaml",
        "when: keloid is yes" => "when: kelod is yes", Check("unknown-question");

    // Rules.
    a_grade_lowered: "scars-and-healing.yaml",
        "    grade: absolute\n    when: keloid is yes" => "    grade: relative\n    when: keloid is yes", Test;
    a_grade_raised: "about-you.yaml",
        "    grade: precaution\n    when: device is home-roller" => "    grade: relative\n    when: device is home-roller", Test;
    unknown_let_pass: "scars-and-healing.yaml",
        "    when: thick_scars is one of yes wider" => "    if_unsure: precaution\n    when: thick_scars is one of yes wider", Test;
    a_rule_made_impossible: "skin-today.yaml",
        "when: acne is inflamed" => "when: [acne is inflamed, acne is clear]", Check("never-applies");
    a_rule_shadowed: "health.yaml",
        "when: health includes high-blood-pressure" => "when: health includes heart-disease", Check("never-decides");
    a_rule_that_has_ended: "skin-today.yaml",
        "    when: acne is inflamed" => "    to: 2026-10-31\n    when: acne is inflamed", Check("no-longer-in-force");
    a_rule_that_has_yet_to_begin: "skin-today.yaml",
        "    when: acne is nodular" => "    from: 2027-10-31\n    when: acne is nodular", Test;
    a_rule_removed: "skin-today.yaml",
        "  - id: warts\n    grade: temporary\n    when: infections includes warts-or-molluscum\n    clears: once the warts or bumps have been treated and are gone\n"
        => "  - id: warts\n    grade: temporary\n    when: infections includes infestation\n    clears: once the warts or bumps have been treated and are gone\n", Check("unread-option");
    clears_removed: "skin-today.yaml",
        "    clears: once the rash has gone\n" => "", Check("missing-clears");
    private_removed: "medicines.yaml",
        "    private: yes\n" => "", Differs("antiviral-listed");
    a_private_reason_told_by_another_rule: "health.yaml",
        "when: health includes liver-or-kidney" => "when: {any: [health includes liver-or-kidney, blood_infection is yes]}", Check("private-answer");
    advice_left_out: "scars-and-healing.yaml",
        "    advice: [keloid-no-booking]\n" => "", Check("unused-advice");
    an_id_twice: "skin-today.yaml",
        "  - id: severe-acne\n" => "  - id: active-acne\n", Check("duplicate-id");
    a_source_misspelt: "scars-and-healing.yaml",
        "sources: [IFU-EX, FDA-SCAR, REV-JUH, C2, C14]" => "sources: [IFU-EX, FDA-SCAR, REV-JUN, C2, C14]", Check("unknown-source");
    a_source_no_longer_cited: "expectations.yaml",
        "C12, AFTER-5E]" => "C12]", Check("unused-source");

    // Questions.
    a_gate_removed: "skin-today.yaml",
        "    ask_when: skin_conditions includes eczema\n" => "", Check("unread-none");
    a_gate_on_another_option: "health.yaml",
        "ask_when: health includes epilepsy" => "ask_when: health includes diabetes", Check("unread-option");
    a_gate_that_never_opens: "skin-today.yaml",
        "ask_when: skin_conditions includes rosacea"
        => "ask_when: [skin_conditions includes rosacea, not skin_conditions includes rosacea]", Check("never-asked");
    an_answer_of_those_who_are_not_asked: "skin-today.yaml",
        "when: eczema_now is in-area" => "when: [eczema_now is in-area, not skin_conditions includes eczema]", Check("not-asked");
    an_option_nobody_reads: "skin-today.yaml",
        "      - id: nodular\n" => "      - {id: pitted, text: Pits that ooze}\n      - id: nodular\n", Check("unread-option");
    a_question_nobody_reads: "scars-and-healing.yaml",
        "  - id: thick_scars\n    ask:" => "  - {id: thin_scars, ask: Do your scars stay thin?, type: yes-no}\n  - id: thick_scars\n    ask:", Check("unread-question");
    a_question_that_may_be_left_out: "scars-and-healing.yaml",
        "    type: event\n" => "    type: event\n    optional: yes\n", Check("optional-misuse");

    // Medicines.
    a_medicine_struck_from_its_group: "medicine-groups.yaml",
        "      - {name: apixaban, also: [eliquis]}\n" => "", Test;
    a_brand_struck_from_its_medicine: "medicine-groups.yaml",
        "[previscan]" => "[previscam]", Test;
    a_group_nobody_reads: "medicines.yaml",
        "when: medicines include strong-painkiller" => "when: medicines include aspirin", Check("unused-group");

    // What surrounds the rules.
    a_review_overdue: "pack.yaml",
        "review_by: 2027-05-31" => "review_by: 2026-05-31", Check("review-overdue");
    a_doubt_no_longer_doubtful: "medicines.yaml",
        "      - not isotretinoin ever\n    doubtful: yes\n" => "      - not isotretinoin ever\n", Check("unused-fact");
    a_claim_weakened: "cases/always.yaml",
        "if: medicines include any of anticoagulant antiplatelet\n    verdict: at least dermatologist-review"
        => "if: medicines include any of anticoagulant antiplatelet\n    verdict: at least deferred", Differs("nobody on a blood thinner passes without a doctor");
    a_claim_that_is_not_true: "cases/always.yaml",
        "if: isotretinoin ongoing\n    verdict: at least deferred"
        => "if: isotretinoin ongoing\n    verdict: at least dermatologist-review", Prove("nobody on isotretinoin passes");
    a_claim_about_fewer: "cases/always.yaml",
        "if: acne is one of inflamed nodular" => "if: acne is inflamed", Differs("nobody is needled over sore spots or deep lumps");
}

fn today() -> Date {
    Date::from_iso("2026-11-20").expect("a day")
}

/// The rules and their cases, with one stretch of one file written otherwise.
fn sources(fault: Option<&Fault>) -> Vec<Source> {
    // What `check` tells it tells without the cases, and sooner.
    let loaded = match fault {
        Some(Fault(_, _, _, Check(_))) => load::built_in(),
        _ => load::built_in_with_cases(),
    };
    let mut sources = loaded.sources;
    if let Some(Fault(file, from, to, _)) = fault {
        let path = format!("microneedling/{file}");
        let source = sources.iter_mut().find(|source| source.path == path);
        let source = source.expect("a file of the rules");
        assert!(source.text.contains(from), "{file} no longer says {from:?}");
        source.text = source.text.replacen(from, to, 1);
    }
    sources
}

/// The pack and its plan, or what keeps it from being one.
fn read(fault: Option<&Fault>) -> Result<(Pack, Plan), Vec<Diagnostic>> {
    let pack = pack::read(sources(fault));
    match compile(pack.clone()) {
        Ok(plan) => Ok((pack, plan)),
        Err(refusal) => Err(refusal.problems),
    }
}

fn said(problems: &[Diagnostic]) -> Vec<String> {
    let said = problems.iter();
    said.map(|one| format!("{}: {}", one.code.word(), one.message))
        .collect()
}

/// What the first to find anything says: its name, and a line for each thing.
fn first(fault: Option<&Fault>) -> (&'static str, Vec<String>) {
    let (pack, plan) = match read(fault) {
        Ok(read) => read,
        Err(problems) => return ("check", said(&problems)),
    };
    let warnings = lint(&pack, &plan, today());
    if !warnings.is_empty() {
        return ("check", said(&warnings));
    }
    let failure = plan.cases.iter().find_map(|case| cases::run(&plan, case));
    if let Some(failure) = failure {
        return ("test", vec![failure.name]);
    }
    let solver = Solver::like(&plan, &base(&pack, &plan, today()).answers, today());
    let holds = |outcome: &Outcome| matches!(outcome, Outcome::Proved | Outcome::Empty);
    let fails: Vec<String> = prove(&solver)
        .into_iter()
        .filter(|proof| !holds(&proof.outcome))
        .map(|proof| proof.claim)
        .collect();
    if !fails.is_empty() {
        return ("prove", fails);
    }
    let (_, old) = read(None).expect("the built-in rules");
    ("diff", differences(diff(&old, &plan, &pack, today())))
}

fn differences(seen: Diff) -> Vec<String> {
    let mut all = [
        seen.added,
        seen.gone,
        seen.changed,
        seen.shown,
        seen.claims,
        seen.doubts,
    ]
    .concat();
    if !seen.changes.is_empty() {
        all.push("verdicts".to_owned());
    }
    all
}

#[track_caller]
fn find(fault: &Fault) {
    let (finder, all) = first(Some(fault));
    let Fault(_, _, _, by) = fault;
    let (wanted, word) = match by {
        Check(code) => ("check", format!("{code}: ")),
        Test => ("test", String::new()),
        Prove(claim) => ("prove", (*claim).to_owned()),
        Differs(what) => ("diff", (*what).to_owned()),
    };
    assert_eq!(finder, wanted, "{all:?}");
    let named = |one: &String| match by {
        Check(_) | Test => one.starts_with(&word),
        Prove(_) | Differs(_) => *one == word,
    };
    assert!(all.iter().any(named), "{by:?} is not among {all:?}");
}

/// Without a fault nothing is found: what is found above is the fault.
#[test]
fn no_fault_is_found_where_none_was_put() {
    assert_eq!(first(None), ("diff", Vec::new()));
    const { assert!(COUNT >= 20) };
}
