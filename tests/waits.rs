//! Longer waits: which of them make a verdict less severe, and how far back questions
//! ask. `rules check` and `rules prove` agree about both.

mod program;

use std::fs;
use std::path::Path;

use candidacy::authoring::prove::Outcome;
use candidacy::authoring::prove::waits::not_proved;
use candidacy::authoring::solver::Budget;
use candidacy::load;
use candidacy_engine::date::Date;
use candidacy_engine::pack;
use candidacy_engine::source::Source;
use program::{Ended, candidacy, run};

/// Rules that read `wait` in the way `READS` says.
const BASE: &str = "\
format: candidacy/1
pack: {id: base, version: 1.0.0, title: The base, status: draft, owner: Dr B. Example, review_by: 2027-06-30}
settings: {wait: 6 months, review: 12 months}
sources: [{id: P4, cite: Protocol, publisher: Example, year: 2026, url: \"https://example.org/p4\", strength: opinion}]
questions:
  - {id: surgery, ask: When was the operation?, type: event}
  - {id: tan, ask: Are you tanned?, type: yes-no}
facts: [{id: recent, label: a recent operation, when: surgery within wait}, {id: old, label: an old one, when: not recent holds}]
rules:
  - {id: surgery, grade: temporary, when: surgery within wait, why: It heals., sources: [P4]}
READS
personas: [{id: well, answers: {surgery: never, tan: no}}]
";

const HEAD: &str = "\
format: candidacy/1
extends: base.yaml
pack: {id: ours, version: 1.0.0, title: Ours, status: draft, owner: Dr A. Example, review_by: 2027-06-30}
";

fn base(reads: &str) -> String {
    BASE.replace("READS", reads)
}

fn today() -> Date {
    Date::from_iso("2026-11-20").expect("a day")
}

/// The settings of a pack of which it is not proved that a longer one never gives a less
/// severe verdict.
fn not_safe(text: &str) -> Vec<String> {
    let pack = pack::read(vec![Source::new("base.yaml", text)]);
    let all = not_proved(&pack, today(), &Budget::default()).expect("sound rules");
    let decided = |outcome: &Outcome| matches!(outcome, Outcome::Fails(_));
    assert!(all.iter().all(|one| decided(&one.outcome)), "{all:?}");
    all.into_iter().map(|one| one.setting).collect()
}

#[test]
fn which_longer_waits_are_less_severe() {
    #[track_caller]
    fn case(reads: &str, expected: &[&str]) {
        assert_eq!(not_safe(&base(reads)), expected, "{reads}");
    }

    let rule = |grade: &str, rest: &str| {
        format!("  - {{id: past, grade: {grade}, {rest}, why: Look., sources: [P4]}}")
    };
    let reviewed = |rest: &str| rule("relative", rest);
    case("", &[]);
    // The dermatologist is spared while the wait runs, however it is written.
    case(
        &reviewed("when: surgery within review, unless: surgery within wait"),
        &["wait"],
    );
    case(
        &reviewed("when: [surgery within review, not surgery within wait]"),
        &["wait"],
    );
    case(
        &reviewed("when: [surgery within review, {none: [surgery within wait]}]"),
        &["wait"],
    );
    case(
        &reviewed("when: [surgery within review, not recent holds]"),
        &["wait"],
    );
    case(
        &reviewed("when: [surgery within review, old holds]"),
        &["wait"],
    );
    case(
        &reviewed("when: surgery ever, unless: recent holds"),
        &["wait"],
    );
    case(
        &reviewed("when: surgery ever, unless: {none: [recent holds]}"),
        &[],
    );
    // The other side of it: what a wait spares may be another thing.
    case(
        &reviewed("when: tan is yes, unless: surgery within wait"),
        &["wait"],
    );
    case(
        &reviewed("when: tan is yes, unless: surgery within review"),
        &["review"],
    );
    // From a day on the dermatologist looks all the same.
    let both = "unless: {all: [surgery within 6 months, surgery within wait]}";
    case(
        &reviewed(&format!("when: surgery within review, {both}")),
        &[],
    );
    case(&reviewed(&format!("when: surgery ever, {both}")), &[]);
    let late = "unless: {all: [surgery within 7 months, surgery within wait]}";
    case(
        &reviewed(&format!("when: surgery within review, {late}")),
        &["wait"],
    );
    // A longer wait that spares a precaution defers instead.
    case(
        &rule(
            "precaution",
            "when: surgery within review, unless: surgery within wait",
        ),
        &[],
    );
    // What a rule counts as while undecided may be more than its grade.
    case(
        &rule(
            "temporary",
            "when: surgery within review, if_unsure: absolute",
        ),
        &["review"],
    );
    case(
        &rule(
            "precaution",
            "when: surgery within review, if_unsure: relative",
        ),
        &["review"],
    );
    case(
        &rule(
            "relative",
            "when: surgery within review, if_unsure: absolute",
        ),
        &["review"],
    );
}

#[test]
fn longer_waits_of_the_shipped_rules_are_never_less_severe() {
    for path in ["rules/microneedling", "src/authoring/starter"] {
        let pack = load::load(Path::new(path)).expect("rules").read();
        assert!(!pack.settings.is_empty(), "{path}");
        let all = not_proved(&pack, today(), &Budget::default()).expect("sound rules");
        let names: Vec<&str> = all.iter().map(|one| one.setting.as_str()).collect();
        assert!(names.is_empty(), "{path}: {names:?}");
    }
}

/// What `rules check` and `rules prove` say of an overlay over a base.
fn both(base: &str, over: &str) -> [Ended; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("base.yaml"), base).expect("a base");
    let over = format!("{HEAD}{over}\n");
    fs::write(folder.path().join("over.yaml"), over).expect("an overlay");
    ["check", "prove"].map(|command| {
        run(&mut candidacy(
            folder.path(),
            &["rules", command, "over.yaml"],
        ))
    })
}

#[test]
fn check_and_proof_agree_about_longer_waits() {
    #[track_caller]
    fn case(reads: &str, over: &str, refused: Option<&str>) {
        let [checked, proved] = both(&base(reads), over);
        let told = format!("{over}\n{}{}\n{}", checked.out, checked.err, proved.out);
        let code = if refused.is_some() { 3 } else { 0 };
        assert_eq!((checked.code, proved.code), (code, code), "{told}");
        if let Some(part) = refused {
            assert!(checked.err.contains(part), "no {part:?} in {told}");
        }
    }

    let relaxed = |settings: &str| {
        format!(
            "relax: [{{reason: Fine here., owner: Dr A. Example, until: 2027-06-30, settings: {{{settings}}}}}]"
        )
    };
    let rule = |rest: &str| {
        format!("  - {{id: past, grade: relative, {rest}, why: Look., sources: [P4]}}")
    };
    let spared = rule("when: surgery within review, unless: surgery within wait");
    let safe = rule(
        "when: surgery within review, unless: {all: [surgery within 6 months, surgery within wait]}",
    );
    let longer = "settings: {wait: 12 months}";
    let is_less = "`wait`: 12 months instead of 6 months makes a verdict less severe";
    case(&spared, longer, Some(is_less));
    case(
        &rule("when: surgery ever, unless: recent holds"),
        longer,
        Some(is_less),
    );
    case(&safe, longer, None);
    // Within seven months of the operation: only a month's patients are spared.
    case(
        &spared,
        "settings: {wait: 7 months}",
        Some("for example: on "),
    );
    // The longer review sends them to the dermatologist later on, and not before.
    case(
        &spared,
        "settings: {wait: 12 months, review: 24 months}",
        Some(is_less),
    );
    case(&spared, "settings: {review: 24 months}", None);
    // What is read only under `unless` is less severe the longer it is.
    let protects = rule("when: tan is yes, unless: surgery within review");
    case(
        &protects,
        "settings: {review: 24 months}",
        Some(
            "`review`: 24 months is longer than the base's 12 months, and a longer wait keeps rules from applying",
        ),
    );
    case(&protects, "settings: {review: 6 months}", None);
    case(&protects, &relaxed("review: 24 months"), None);
    // Whoever is spared by the longer wait is refused by a rule of the overlay's own.
    let refused = "settings: {wait: 12 months}\nrules: [{id: ours, grade: relative, when: surgery within 12 months, why: Look., sources: [P4]}]";
    case(&spared, refused, None);
    case(&spared, &relaxed("wait: 12 months"), None);
}

#[test]
fn a_relaxation_may_lengthen_only_what_is_less_severe() {
    let relaxed = |settings: &str| {
        format!(
            "relax: [{{reason: Fine here., owner: Dr A. Example, until: 2027-06-30, settings: {{{settings}}}}}]"
        )
    };
    let rule = |grade: &str| {
        format!(
            "  - {{id: past, grade: {grade}, when: surgery within review, unless: surgery within wait, why: Look., sources: [P4]}}"
        )
    };
    let says =
        |grade: &str, settings: &str| both(&base(&rule(grade)), &relaxed(settings))[0].err.clone();
    assert_eq!(says("relative", "wait: 9 months"), "");
    let told = says("precaution", "wait: 9 months");
    assert!(
        told.contains("`wait`: 9 months makes no verdict less severe"),
        "{told}"
    );
    let told = says("relative", "review: 18 months");
    assert!(
        told.contains("`review`: 18 months is longer than the base's 12 months"),
        "{told}"
    );
    let says = |settings: &str| {
        let rule = "  - {id: past, grade: relative, when: tan is yes, unless: surgery within review, why: Look., sources: [P4]}";
        both(&base(rule), &relaxed(settings))[0].err.clone()
    };
    let told = says("review: 6 months");
    assert!(
        told.contains("`review`: 6 months is shorter than the base's 12 months"),
        "{told}"
    );
    let told = says("wait: 6 months");
    assert!(
        told.contains("`wait`: 6 months is as long as the base's 6 months"),
        "{told}"
    );
}

#[test]
fn a_proof_says_which_waits_may_become_longer() {
    #[track_caller]
    fn case(reads: &str, expected: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("base.yaml"), base(reads)).expect("a base");
        let proved = run(&mut candidacy(
            folder.path(),
            &["rules", "prove", "base.yaml"],
        ));
        assert_eq!(proved.code, 0, "{}", proved.out);
        let told = proved.out;
        assert!(told.contains(expected), "no {expected:?} in {told}");
    }

    case(
        "",
        "proved  a longer wait never gives a less severe verdict: an overlay may lengthen every setting\n",
    );
    case(
        "  - {id: past, grade: relative, when: surgery within review, unless: surgery within wait, why: Look., sources: [P4]}",
        "NOTE    a longer `wait` can give a less severe verdict: an overlay lengthens it under `relax`\n",
    );
}

#[test]
fn the_shipped_waits_can_be_lengthened() {
    let folder = tempfile::tempdir().expect("a folder");
    for settings in [
        "facial_surgery_wait: 12 months",
        "radiation_wait: 24 months",
        "new_scar_wait: 12 months, young_scar_wait: 24 months",
    ] {
        let head = HEAD.replace("base.yaml", "microneedling");
        let over = folder.path().join("over.yaml");
        fs::write(&over, format!("{head}settings: {{{settings}}}\n")).expect("an overlay");
        for command in ["check", "prove"] {
            let ended = run(&mut candidacy(
                folder.path(),
                &["rules", command, "over.yaml"],
            ));
            assert_eq!(ended.code, 0, "{settings}: {}{}", ended.out, ended.err);
        }
    }
}

/// How far back the questions of a pack ask is what `covers` says, through the
/// questions that lead to them.
#[test]
fn how_far_back_questions_ask() {
    #[track_caller]
    fn case(questions: &str, sentence: &str, expected: Option<&str>) {
        let text = format!(
            "format: candidacy/1\n\
             pack: {{id: base, version: 1.0.0, title: The base, status: draft, owner: Dr B. Example, review_by: 2027-06-30}}\n\
             settings: {{wait: 18 months}}\n\
             sources: [{{id: P4, cite: Protocol, publisher: Example, url: \"https://example.org/p4\", strength: opinion}}]\n\
             facts: [{{id: any, label: any, when: recent includes peel}}]\n\
             questions:\n\
             \x20 - {{id: recent, ask: Any in the last 12 months?, type: choices, covers: 12 months, options: [{{id: peel, text: A peel}}, {{id: laser, text: A laser}}]}}\n\
             \x20 - {{id: lately, ask: Any of these lately?, type: yes-no, covers: 1 year}}\n{questions}\n\
             rules: [{{id: it, grade: relative, when: {sentence}, why: Wait., sources: [P4]}}]\n"
        );
        let pack = pack::read(vec![Source::new("base.yaml", &text)]);
        let told = candidacy_engine::compile::compile(pack).map_or_else(
            |refusal| {
                let told = refusal.problems.iter().map(|one| one.message.clone());
                Some(told.collect::<Vec<_>>().join("; "))
            },
            |_| None,
        );
        assert_eq!(told.as_deref(), expected, "{questions} {sentence}");
    }

    let peel = |gate: &str| format!("  - {{id: peel, ask: When was the peel?, type: event{gate}}}");
    let asks = "but the question `peel` only asks about the last 12 months";
    let by_name = format!("`wait` is 18 months, {asks}");
    let by_name = Some(by_name.as_str());
    let by_year = by_name.map(|told| told.replace("12 months", "1 year"));
    case(&peel(""), "peel within wait", None);
    case(&peel(", covers: 12 months"), "peel within wait", by_name);
    case(&peel(", covers: 24 months"), "peel within wait", None);
    case(
        &peel(", covers: 12 months"),
        "peel within 366 days",
        Some(&format!("this wait is 366 days, {asks}")),
    );
    case(&peel(", covers: 12 months"), "peel within 365 days", None);
    case(&peel(", covers: 12 months"), "peel within 1 year", None);
    case(
        &peel(", covers: 12 months"),
        "peel ever",
        Some(&format!("`peel ever` means at any time, {asks}")),
    );
    // A question asks no further back than the one that leads to it.
    case(
        &peel(", ask_when: recent includes peel"),
        "peel within wait",
        by_name,
    );
    case(
        &peel(", ask_when: {any: [recent includes peel, lately is yes]}"),
        "peel within wait",
        by_name,
    );
    case(&peel(", ask_when: any holds"), "peel within wait", by_name);
    case(
        &peel(", ask_when: lately is yes"),
        "peel within wait",
        by_year.as_deref(),
    );
    case(
        &peel(", ask_when: not lately is no"),
        "peel within wait",
        by_year.as_deref(),
    );
    case(
        &peel(", covers: 24 months, ask_when: lately is yes"),
        "peel within wait",
        by_year.as_deref(),
    );
    case(
        &peel(", ask_when: recent includes peel"),
        "[recent includes laser, not peel within wait]",
        by_name,
    );
    let then = "\n  - {id: mark, ask: When did it go?, type: event, ask_when: peel ever}";
    case(
        &format!("{}{then}", peel(", ask_when: recent includes peel")),
        "mark within wait",
        Some("`wait` is 18 months, but the question `mark` only asks about the last 12 months"),
    );
    // Those who said no to it are asked about longer ago.
    case(&peel(", ask_when: lately is no"), "peel within wait", None);
    case(
        &peel(", ask_when: not recent includes peel"),
        "peel within wait",
        None,
    );
    case(
        &peel(", ask_when: {none: [any holds]}"),
        "peel within wait",
        None,
    );
}
