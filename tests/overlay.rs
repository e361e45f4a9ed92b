//! Overlays: what a clinic lays over the rules it extends, read, told and proved.

mod program;

use std::fs;
use std::path::Path;

use candidacy::load;
use candidacy_engine::assess::{Assessment, assess};
use candidacy_engine::assign::assign;
use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::overlay;
use candidacy_engine::pack::{Given, Pack};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Located, Place, Source};
use candidacy_engine::verdict::Verdict;
use program::{Ended, candidacy, run};

const HEAD: &str = "\
format: candidacy/1
extends: base.yaml
pack: {id: our-clinic, version: 1.0.0, title: Our clinic, status: draft, owner: Dr A. Example, review_by: 2027-06-30}
";

/// The wait after a peel is shorter, and one rule is left out.
const RELAXED: &str = "\
relax:
  - reason: Two newer cohort studies saw no harm after two weeks.
    owner: Dr A. Example
    until: 2027-06-30
    settings: {peel_wait: 14 days}
    drop: [tan]
";

/// Somebody whom no rule minds.
const WELL: &[(&str, &str)] = &[
    ("peel", "never"),
    ("isotretinoin", "never"),
    ("medicines", "none"),
    ("keloid", "no"),
    ("tan", "no"),
    ("virus", "no"),
];

/// The base of these tests with `over` laid over it.
fn laid(over: &str) -> Pack {
    let base = fs::read_to_string("tests/overlay/base.yaml").expect("the base");
    laid_over(&base, over)
}

fn laid_over(base: &str, over: &str) -> Pack {
    let sources = vec![
        Source::new("over.yaml", &format!("{HEAD}{over}")),
        Source::new("base.yaml", base),
    ];
    overlay::read(sources, &[1, 1])
}

#[track_caller]
fn compiled(pack: Pack) -> Plan {
    compile(pack).unwrap_or_else(|refusal| {
        panic!(
            "{}",
            candidacy::report::diagnostic::refusal(&refusal, false)
        )
    })
}

#[track_caller]
fn plan(over: &str) -> Plan {
    compiled(laid(over))
}

fn problems(over: &str) -> Vec<Diagnostic> {
    compile(laid(over)).map_or_else(|refusal| refusal.problems, |_| Vec::new())
}

/// What comes of the well patient who answers some things otherwise.
#[track_caller]
fn screened(plan: &Plan, otherwise: &[(&str, &str)], day: &str) -> Assessment {
    let day = Date::from_iso(day).expect("a day");
    let place = Place {
        source: 0,
        start: 0,
        end: 1,
    };
    let said = |(id, text): &(&str, &str)| Given {
        key: Located {
            value: (*id).to_owned(),
            place,
        },
        text: (*text).to_owned(),
        place,
    };
    let mut answers = plan.blank_answers();
    let mut problems = Vec::new();
    for all in [WELL, otherwise] {
        let given: Vec<Given> = all.iter().map(said).collect();
        assign(&given, &mut answers, plan, day, &mut problems);
    }
    assert_eq!(problems, [], "every answer can be read");
    assess(plan, &answers, day)
}

/// The verdict, and how many relaxations it relies on.
#[track_caller]
fn case(plan: &Plan, otherwise: &[(&str, &str)], day: &str, verdict: Verdict, relaxed: usize) {
    let seen = screened(plan, otherwise, day);
    let found = (seen.verdict, seen.relaxed.len());
    assert_eq!(found, (verdict, relaxed), "{otherwise:?} on {day}");
}

#[test]
fn what_an_overlay_adds_and_changes_counts() {
    let plan = plan("\
settings: {isotretinoin_wait: 12 months}
groups: [{id: anticoagulant, members: [{name: newthinner}]}]
questions: [{id: sauna, ask: Were you in a sauna today?, type: yes-no}]
rules: [{id: sauna, grade: temporary, when: sauna is yes, clears: tomorrow, why: The skin is hot., sources: [P4]}]
change:
  - {rule: tan, grade: relative, why: Tanned skin marks easily., advice: [calm-first]}
");
    let sauna = ("sauna", "no");
    let day = "2026-11-20";
    case(&plan, &[sauna], day, Verdict::Eligible, 0);
    case(&plan, &[], day, Verdict::DermatologistReview, 0);
    case(&plan, &[("sauna", "yes")], day, Verdict::Deferred, 0);
    case(
        &plan,
        &[sauna, ("tan", "yes")],
        day,
        Verdict::DermatologistReview,
        0,
    );
    case(
        &plan,
        &[sauna, ("isotretinoin", "2025-11-21")],
        day,
        Verdict::Deferred,
        0,
    );
    case(
        &plan,
        &[sauna, ("isotretinoin", "2025-11-20")],
        day,
        Verdict::Eligible,
        0,
    );
    case(
        &plan,
        &[sauna, ("medicines", "Newthinner 5 mg")],
        day,
        Verdict::DermatologistReview,
        0,
    );
    let seen = screened(&plan, &[sauna, ("medicines", "newthinner")], day);
    assert_eq!(seen.unrecognised, Vec::<String>::new());
    let tan = plan
        .rules
        .iter()
        .find(|rule| rule.id == "tan")
        .expect("the rule");
    assert_eq!(
        (tan.why.as_str(), tan.advice.len()),
        ("Tanned skin marks easily.", 1)
    );
    assert_eq!(plan.header.id, "our-clinic");
    assert_eq!(plan.claims.len(), 2, "the claims of the base hold on");
    assert_eq!(plan.cases.len(), 0, "the cases of the base are its own");
}

/// Whoever checked the names of the base has not seen those that are added.
#[test]
fn added_names_are_unchecked_until_the_overlay_says_so() {
    #[track_caller]
    fn case(group: &str, checked: Option<&str>) {
        let base = fs::read_to_string("tests/overlay/base.yaml").expect("the base");
        let base = base.replace(
            "  - id: anticoagulant
",
            "  - id: anticoagulant
    checked_by: Dr B. Example
",
        );
        let pack = laid_over(&base, &format!("groups: [{{id: anticoagulant, {group}}}]"));
        let mut groups = pack.groups.iter();
        let group = groups.find(|group| group.id.value == "anticoagulant");
        assert_eq!(group.expect("the group").checked_by.as_deref(), checked);
    }
    let added = "members: [{name: newthinner}]";
    case(added, None);
    case(
        &format!("checked_by: Dr C. Example, {added}"),
        Some("Dr C. Example"),
    );
    case("label: thinner, members: []", Some("Dr B. Example"));
}

/// An overlay may be graver than its base, and then breaks no promise.
#[test]
fn what_the_base_promises_not_to_exceed_an_overlay_may() {
    let clinic = Clinic::new(
        "change: [{rule: tan, grade: absolute, why: Ours.}, {rule: virus, grade: absolute, why: Ours.}]\n",
    );
    let proved = clinic.run(&["rules", "prove", "over.yaml"]);
    assert_eq!(proved.code, 0, "{}", proved.out);
    assert!(!proved.out.contains("refuses nobody"), "{}", proved.out);
}

#[test]
fn a_relaxation_holds_up_to_its_last_day() {
    let plan = plan(RELAXED);
    let tanned = ("tan", "yes");

    case(
        &plan,
        &[("peel", "2027-06-15")],
        "2027-06-28",
        Verdict::Deferred,
        0,
    );
    case(
        &plan,
        &[("peel", "2027-06-15")],
        "2027-06-29",
        Verdict::Eligible,
        1,
    );
    case(
        &plan,
        &[("peel", "2027-06-15")],
        "2027-06-30",
        Verdict::Eligible,
        1,
    );
    case(
        &plan,
        &[("peel", "2027-06-15")],
        "2027-07-01",
        Verdict::Deferred,
        0,
    );
    case(
        &plan,
        &[("peel", "2027-06-15")],
        "2027-07-13",
        Verdict::Eligible,
        0,
    );
    case(&plan, &[tanned], "2027-06-30", Verdict::Eligible, 1);
    case(
        &plan,
        &[tanned],
        "2027-07-01",
        Verdict::EligibleWithPrecautions,
        0,
    );
    // What counts as gravely without it does not rely on it.
    case(
        &plan,
        &[tanned, ("keloid", "yes")],
        "2027-06-30",
        Verdict::NotEligible,
        0,
    );
    // What is not known counts in the strict form too.
    case(
        &plan,
        &[("tan", "not sure")],
        "2027-06-30",
        Verdict::Eligible,
        1,
    );
    case(
        &plan,
        &[("tan", "not sure")],
        "2027-07-01",
        Verdict::DermatologistReview,
        0,
    );
}

#[test]
fn the_timeline_knows_when_a_relaxation_ends() {
    let plan = plan(RELAXED);
    let day = |text: &str| Date::from_iso(text).expect("a day");
    let seen = screened(&plan, &[("peel", "2027-06-15")], "2027-06-20");
    assert_eq!(
        seen.timeline,
        [
            (day("2027-06-20"), Verdict::Deferred),
            (day("2027-06-29"), Verdict::Eligible),
            (day("2027-07-01"), Verdict::Deferred),
            (day("2027-07-13"), Verdict::Eligible),
        ]
    );
    assert_eq!(seen.eligible_from, Some(day("2027-07-13")));

    // A finding does not end where only its milder form does.
    let seen = screened(&plan, &[("peel", "2027-06-20")], "2027-06-30");
    assert_eq!(seen.findings.len(), 1);
    assert_eq!(seen.findings[0].until, Some(day("2027-07-18")));
}

#[test]
fn several_relaxations_end_one_after_the_other() {
    let plan = plan("\
relax:
  - {reason: First., owner: Dr A. Example, until: 2027-03-31, settings: {peel_wait: 14 days}}
  - {reason: Second., owner: Dr B. Example, until: 2027-06-30, change: [{rule: recent-peel, grade: precaution, why: Few are hurt.}]}
");
    let forms = plan.rules.iter().filter(|rule| rule.id == "recent-peel");
    assert_eq!(forms.count(), 3);
    let twenty_days = [("peel", "2027-03-11")];
    // The shorter wait alone lets the patient pass; the other form changes nothing.
    case(&plan, &twenty_days, "2027-03-31", Verdict::Eligible, 1);
    case(
        &plan,
        &twenty_days,
        "2027-04-01",
        Verdict::EligibleWithPrecautions,
        1,
    );
    case(
        &plan,
        &[("peel", "2027-06-20")],
        "2027-06-30",
        Verdict::EligibleWithPrecautions,
        1,
    );
    case(
        &plan,
        &[("peel", "2027-06-20")],
        "2027-07-01",
        Verdict::Deferred,
        0,
    );
}

/// Two relaxations that touch one rule, by the wait after a peel and the wait after
/// capsules: named is what the verdict relies on, and nothing else.
#[test]
fn of_two_relaxations_of_one_rule_those_that_count_are_named() {
    #[track_caller]
    fn case(reads: &str, answers: &[(&str, &str)], verdict: Verdict, expected: &[usize]) {
        let base = fs::read_to_string("tests/overlay/base.yaml").expect("the base");
        let base = base.replace("when: new-peel holds", reads).replace(
            "    when: isotretinoin ongoing or ended within isotretinoin_wait\n",
            "    when: isotretinoin ended within 1 day\n",
        );
        let relaxed = "\
relax:
  - {reason: First., owner: Dr A. Example, until: 2027-03-31, settings: {peel_wait: 14 days}}
  - {reason: Second., owner: Dr B. Example, until: 2027-06-30, settings: {isotretinoin_wait: 3 months}}
";
        let plan = compiled(laid_over(&base, relaxed));
        let seen = screened(&plan, answers, "2026-11-20");
        assert_eq!(
            (seen.verdict, seen.relaxed.as_slice()),
            (verdict, expected),
            "{reads} {answers:?}"
        );
    }

    let twenty_days = ("peel", "2026-10-31");
    let ten_days = ("peel", "2026-11-10");
    let four_months = ("isotretinoin", "2026-07-20");
    let one_month = ("isotretinoin", "2026-10-20");
    let any = "when: {any: [peel within peel_wait, isotretinoin ended within isotretinoin_wait]}";
    // Only together do they let the patient pass.
    case(any, &[twenty_days, four_months], Verdict::Eligible, &[0, 1]);
    case(any, &[twenty_days], Verdict::Eligible, &[0]);
    case(any, &[four_months], Verdict::Eligible, &[1]);
    case(any, &[ten_days, four_months], Verdict::Deferred, &[]);
    case(any, &[], Verdict::Eligible, &[]);
    let all = "when: {all: [peel within peel_wait, isotretinoin ended within isotretinoin_wait]}";
    // Each of them would do.
    case(all, &[twenty_days, four_months], Verdict::Eligible, &[0, 1]);
    case(all, &[ten_days, four_months], Verdict::Eligible, &[1]);
    case(all, &[twenty_days, one_month], Verdict::Eligible, &[0]);
    case(all, &[ten_days, one_month], Verdict::Deferred, &[]);
    case(all, &[twenty_days], Verdict::Eligible, &[]);
}

#[test]
fn an_overlay_has_the_last_word_on_what_its_base_relaxes() {
    let base = fs::read_to_string("tests/overlay/base.yaml").expect("the base");
    let laid = |over: &str| {
        let sources = vec![
            Source::new("top.yaml", &format!("{HEAD}{over}")),
            Source::new("over.yaml", &format!("{HEAD}{RELAXED}")),
            Source::new("base.yaml", &base),
        ];
        compiled(overlay::read(sources, &[1, 1, 1]))
    };
    let tanned = [("tan", "yes")];
    let peeled = [("peel", "2026-11-01")];
    let day = "2026-11-20";
    let as_it_is = laid("");
    case(&as_it_is, &tanned, day, Verdict::Eligible, 1);
    case(&as_it_is, &peeled, day, Verdict::Eligible, 1);
    let graver = laid(
        "settings: {peel_wait: 28 days}\nchange: [{rule: tan, grade: relative, why: Ours.}]\n",
    );
    case(&graver, &tanned, day, Verdict::DermatologistReview, 0);
    case(&graver, &peeled, day, Verdict::Deferred, 0);
}

#[test]
fn what_is_as_strict_as_the_base_needs_no_relaxation() {
    for fine in [
        "settings: {peel_wait: 28 days}",
        "settings: {peel_wait: 4 weeks}",
        "settings: {peel_wait: 31 days, isotretinoin_wait: 27 weeks}",
        "change: [{rule: keloid, why: They come back.}]",
        "change: [{rule: tan, grade: absolute, if_unsure: absolute, why: Ours., private: yes}]",
        "groups: [{id: anticoagulant, members: [{name: newthinner}, {name: apixaban forte}]}]",
        "groups: [{id: retinoid, members: [{name: warfarin}]}]",
        "groups: [{id: anticoagulant, members: [{name: newthinner, forms: [{form: [skin], groups: [anticoagulant, retinoid]}]}]}]",
        "groups: [{id: retinoid, members: [{name: warfarin, forms: [{form: [skin], groups: [anticoagulant]}]}]}]",
    ] {
        assert_eq!(problems(fine), [], "{fine}");
    }
    for milder in [
        "settings: {peel_wait: 27 days}",
        "settings: {isotretinoin_wait: 26 weeks}",
        "change: [{rule: keloid, grade: relative}]",
        "change: [{rule: keloid, if_unsure: precaution}]",
        "drop: [tan]",
        "change: [{rule: virus, private: no}]",
        "groups: [{id: retinoid, members: [{name: newretin}]}]",
        "groups: [{id: anticoagulant, members: [{name: isotretinoin sodium}]}]",
        "groups: [{id: anticoagulant, members: [{name: newthinner, forms: [{form: [skin], groups: [retinoid]}]}]}]",
    ] {
        let codes: Vec<Code> = problems(milder)
            .iter()
            .map(|problem| problem.code)
            .collect();
        assert_eq!(codes, [Code::Weakening], "{milder}");
    }
}

/// A form of a name of the base can be in a more severe group than the name: a longer name must not hide that.
#[test]
fn a_longer_name_hides_no_form_of_a_name_of_the_base() {
    let base = fs::read_to_string("tests/overlay/base.yaml").expect("the base");
    let formed = "{name: isotretinoin, forms: [{form: [skin], groups: [anticoagulant]}]}";
    let base = base.replace("{name: isotretinoin}", formed);
    let codes = |over: &str| {
        let told = compile(laid_over(&base, over));
        let told = told.map_or_else(|refusal| refusal.problems, |_| Vec::new());
        told.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    let unknown = "rules: [{id: new, grade: relative, when: medicines include retinoid, why: New., sources: [P4]}]\n";
    let over = |group: &str| {
        format!("{unknown}groups: [{{id: {group}, members: [{{name: isotretinoin ultra}}]}}]")
    };
    assert_eq!(codes(&over("retinoid")), []);
    let over = "groups: [{id: retinoid, members: [{name: isotretinoin ultra}]}]";
    assert_eq!(codes(over), [Code::Weakening, Code::Weakening]);
}

/// What the lexicon says of a name in an overlay counts as if the base had the name.
#[test]
fn a_name_hides_no_name_of_the_lexicon() {
    let base = fs::read_to_string("tests/overlay/base.yaml").expect("the base");
    let base = base.replace("settings: {peel", "lexicon: [built-in]\nsettings: {peel");
    let codes = |group: &str, name: &str| {
        let over = format!("groups: [{{id: {group}, members: [{{name: {name}}}]}}]");
        let told = compile(laid_over(&base, &over));
        let told = told.map_or_else(|refusal| refusal.problems, |_| Vec::new());
        told.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    for name in ["jantoven", "jantoven forte", "new jantoven"] {
        assert_eq!(codes("retinoid", name)[0], Code::Weakening, "{name}");
        assert_eq!(codes("anticoagulant", name), [], "{name}");
    }
    // A brand of a generic that the base has in no group is as unknown as any other name.
    assert_eq!(codes("retinoid", "zithromax"), [Code::Weakening]);
}

/// `20 mg` says nothing of what is taken, and whoever answers so is asked: as a
/// name it would say that it is nothing graver. A form without a name is not recognised.
#[test]
fn a_form_or_strength_is_no_name_that_settles_an_answer() {
    let base = fs::read_to_string("tests/overlay/base.yaml").expect("the base");
    let unrecognised = base.lines().find(|line| line.contains("unknown-medicine"));
    let base = base.replace(unrecognised.expect("the rule"), "");
    let codes = |over: &str| {
        let told = compile(laid_over(&base, over));
        let told = told.map_or_else(|refusal| refusal.problems, |_| Vec::new());
        told.iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    for name in ["tablets", "Capsules®", "weekly injection"] {
        let over = |group: &str| format!("groups: [{{id: {group}, members: [{{name: {name}}}]}}]");
        let codes: Vec<Code> = problems(&over("retinoid"))
            .iter()
            .map(|problem| problem.code)
            .collect();
        assert_eq!(codes, [Code::Weakening], "{name}");
        assert_eq!(problems(&over("anticoagulant")), [], "{name}");
    }
    for name in ["20 mg", "20 mg daily", "3 times a day"] {
        let over = |group: &str| format!("groups: [{{id: {group}, members: [{{name: {name}}}]}}]");
        assert_eq!(codes(&over("retinoid")), [Code::Weakening], "{name}");
        assert_eq!(codes(&over("anticoagulant")), [], "{name}");
    }
    // Nothing else of the base reads what it does not recognise.
    assert_eq!(
        codes("groups: [{id: retinoid, members: [{name: newretin}]}]"),
        []
    );
}

/// What only a relaxation keeps from the desk is kept together with its reason.
#[test]
fn the_desk_does_not_see_why_a_private_rule_is_relaxed() {
    let told = |private: &str| {
        let plan = plan(&format!(
            "relax: [{{reason: Few of them bleed., owner: Dr A. Example, until: 2027-06-30, change: [{{rule: blood-thinner, grade: precaution, why: Few bleed.{private}}}]}}]\n"
        ));
        plan.relaxations
            .iter()
            .map(|one| one.private)
            .collect::<Vec<_>>()
    };
    assert_eq!(told(""), [false]);
    assert_eq!(told(", private: yes"), [true]);
}

#[test]
fn a_rule_that_is_relaxed_is_listed_once() {
    let clinic = Clinic::new(RELAXED);
    let args = [
        "screen",
        "--rules",
        "over.yaml",
        "--set",
        "tan=yes",
        "--why",
        "x",
    ];
    let ended = clinic.run(&args);
    assert_eq!(ended.err.matches("`tan`").count(), 1, "{}", ended.err);

    let ended = clinic.run(&["rules", "diff", "base.yaml", "over.yaml"]);
    let told = "    rules: recent-peel, tan\n";
    assert!(ended.out.contains(told), "{}", ended.out);

    // Where only the doubt counts otherwise, the two sides are told apart.
    let over = "change: [{rule: keloid, if_unsure: absolute}]\n";
    let ended = Clinic::new(over).run(&["rules", "diff", "base.yaml", "over.yaml"]);
    let before = "before: `keloid` undecided (absolute)\n";
    let after = "after: `keloid` undecided (absolute, while undecided absolute)\n";
    let told = ended.out.contains(before) && ended.out.contains(after);
    assert!(told, "{}", ended.out);
}

#[test]
fn the_base_is_known_by_its_fingerprint() {
    let base = pack_of("tests/overlay/base.yaml").fingerprint;
    for written in [base.as_str(), &base[..12]] {
        assert_eq!(problems(&format!("base: {written}")), []);
    }
    for other in [&base[..11], "0123456789ab"] {
        let codes: Vec<Code> = problems(&format!("base: \"{other}\""))
            .iter()
            .map(|p| p.code)
            .collect();
        assert_eq!(codes, [Code::OtherBase], "{other}");
    }
    // An overlay is another when anything it says is, or its base.
    let prints = [
        laid("").fingerprint,
        laid("settings: {peel_wait: 30 days}").fingerprint,
        base.clone(),
    ];
    assert!(prints[0] != prints[1] && prints[0] != prints[2]);
    assert_eq!(
        laid(&format!("base: {base}\n# A remark.")).fingerprint,
        prints[0]
    );
}

fn pack_of(path: &str) -> Pack {
    load::load(Path::new(path)).expect("a pack").read()
}

/// A folder with a base and an overlay in it.
struct Clinic(tempfile::TempDir);

impl Clinic {
    fn new(over: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::copy("tests/overlay/base.yaml", folder.path().join("base.yaml")).expect("the base");
        fs::write(folder.path().join("over.yaml"), format!("{HEAD}{over}")).expect("the overlay");
        Self(folder)
    }

    fn run(&self, words: &[&str]) -> Ended {
        run(&mut candidacy(self.0.path(), words))
    }

    /// What the program says of the well patient who answers some things otherwise.
    #[track_caller]
    fn says(&self, otherwise: &[(&str, &str)], day: &str, words: &[&str]) -> String {
        let sets: Vec<String> = WELL
            .iter()
            .map(|(id, text)| {
                (
                    id,
                    otherwise
                        .iter()
                        .find(|(other, _)| other == id)
                        .map_or(text, |(_, text)| text),
                )
            })
            .map(|(id, text)| format!("--set={id}={text}"))
            .collect();
        let mut all = vec!["screen", "--rules", "over.yaml", "--as-of", day];
        all.extend(sets.iter().map(String::as_str));
        all.extend(words);
        let ended = self.run(&all);
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.out
    }
}

const RELIES: &str = "Relies on rules relaxed until 30 Jun 2027; Dr A. Example is responsible: Two newer cohort studies saw no harm after two weeks.";

/// The words of a text, however they are wrapped.
fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_report_says_what_a_verdict_relies_on() {
    let clinic = Clinic::new(RELAXED);
    let tanned = [("tan", "yes")];
    let (last, after) = ("2027-06-30", "2027-07-01");
    for form in ["text", "markdown", "note"] {
        let shown = |day: &str| unwrapped(&clinic.says(&tanned, day, &["--format", form]));
        assert!(shown(last).contains(RELIES), "{form}: {}", shown(last));
        assert!(
            !shown(after).contains("relaxed"),
            "{form}: {}",
            shown(after)
        );
    }
    let json = |day: &str| -> serde_json::Value {
        let text = clinic.says(&tanned, day, &["--format", "json"]);
        serde_json::from_str::<serde_json::Value>(&text).expect("JSON")["relaxed"].clone()
    };
    let told = serde_json::json!([{
        "reason": "Two newer cohort studies saw no harm after two weeks.",
        "owner": "Dr A. Example",
        "until": last,
    }]);
    assert_eq!((json(last), json(after)), (told, serde_json::json!([])));

    let page = clinic.0.path().join("page.md");
    clinic.says(&tanned, last, &["--print", "page.md"]);
    let page = fs::read_to_string(page).expect("the page");
    assert!(
        page.contains("relaxed them until 30 Jun 2027; Dr A. Example is responsible"),
        "{page}"
    );

    let why = unwrapped(&clinic.says(&tanned, last, &["--why-not", "tan"]));
    assert!(
        why.contains("is not in force on 30 Jun 2027. In force from 1 Jul 2027."),
        "{why}"
    );
    assert!(
        why.contains("This rule is relaxed until 30 Jun 2027"),
        "{why}"
    );
    let why = unwrapped(&clinic.says(&tanned, after, &["--why", "tan"]));
    assert!(
        why.contains("applies on 1 Jul 2027") && !why.contains("relaxed"),
        "{why}"
    );
}

#[test]
fn a_record_keeps_what_its_verdict_relied_on() {
    let clinic = Clinic::new(RELAXED);
    clinic.says(
        &[("tan", "yes")],
        "2027-06-30",
        &["--record", "record.json"],
    );
    let kept = fs::read_to_string(clinic.0.path().join("record.json")).expect("the record");
    assert!(kept.contains("Two newer cohort studies"), "{kept}");
    let again = clinic.run(&[
        "replay",
        "record.json",
        "--rules",
        "over.yaml",
        "--view",
        "clinician",
    ]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(
        unwrapped(&again.out).contains("This record is reproduced"),
        "{}",
        again.out
    );
    assert!(unwrapped(&again.out).contains(RELIES), "{}", again.out);
    let later = clinic.run(&[
        "replay",
        "record.json",
        "--rules",
        "over.yaml",
        "--view",
        "clinician",
        "--as-of",
        "2027-07-01",
    ]);
    assert!(!unwrapped(&later.out).contains(RELIES), "{}", later.out);
    assert!(
        later.out.contains("Two newer cohort studies"),
        "what changed is told: {}",
        later.out
    );

    // Where nothing was relied on, nothing is written of it.
    clinic.says(&[], "2027-06-30", &["--record", "well.json"]);
    let kept = fs::read_to_string(clinic.0.path().join("well.json")).expect("the record");
    assert!(!kept.contains("relaxed"), "{kept}");
}

#[test]
fn a_table_has_a_column_for_it_only_where_something_is_relaxed() {
    let row = |clinic: &Clinic, rules: &str, words: &[&str]| {
        fs::write(
            clinic.0.path().join("in.csv"),
            "id,peel,isotretinoin,medicines,keloid,tan,virus\n\
             anna,2027-06-12,never,none,no,no,no\nbert,never,never,none,no,no,no\ncarl,never,never,none,no,yes,no\ndora,once,,,,,\n",
        )
        .expect("a table");
        let mut all = vec![
            "batch",
            "in.csv",
            "--rules",
            rules,
            "--as-of",
            "2027-06-30",
            "--columns",
            "verdict",
        ];
        all.extend(words);
        clinic.run(&all)
    };
    let clinic = Clinic::new(RELAXED);
    let ended = row(&clinic, "over.yaml", &[]);
    let says =
        "Dr A. Example until 2027-06-30: Two newer cohort studies saw no harm after two weeks.";
    let lines: Vec<&str> = ended.out.lines().collect();
    assert_eq!(
        lines[0],
        "id,verdict,reasons,undecided,eligible_from,problem,doubts,relaxed"
    );
    assert_eq!(lines[1], format!("anna,eligible,,,2027-07-10,,,{says}"));
    assert_eq!(lines[2], "bert,eligible,,,,,,");
    assert_eq!(lines[3], format!("carl,eligible,,,,,,{says}"));
    assert!(
        lines[4].starts_with("dora,unreadable,,,,") && lines[4].ends_with(','),
        "{}",
        lines[4]
    );
    assert!(
        ended
            .err
            .contains("note: 2 rows rely on rules that are relaxed for a while"),
        "{}",
        ended.err
    );

    let lines = row(&clinic, "over.yaml", &["--format", "jsonl"]).out;
    let relaxed = |line: &str| {
        let object: serde_json::Value = serde_json::from_str(line).expect("JSON");
        object["relaxed"].as_array().map(Vec::len)
    };
    assert_eq!(
        lines.lines().map(relaxed).collect::<Vec<_>>(),
        [Some(1), Some(0), Some(1), None]
    );

    let plain = row(&clinic, "base.yaml", &[]);
    assert!(
        plain
            .out
            .starts_with("id,verdict,reasons,undecided,eligible_from,problem,doubts\n"),
        "{}",
        plain.out
    );
    assert!(!plain.err.contains("relaxed"), "{}", plain.err);
}

#[test]
fn the_desk_does_not_learn_what_is_relaxed_of_a_private_matter() {
    let clinic = Clinic::new(
        "relax: [{reason: The virus is suppressed., owner: Dr V. Example, until: 2027-06-30, change: [{rule: virus, grade: precaution, why: It is suppressed.}]}]\n",
    );
    let told = [
        "suppressed",
        "Dr V. Example",
        "virus",
        "30 Jun 2027",
        "2027-06-30",
    ];
    for form in ["text", "markdown", "note", "json"] {
        let desk = clinic.says(
            &[("virus", "yes")],
            "2026-11-20",
            &["--format", form, "--view", "desk"],
        );
        let desk_says = unwrapped(&desk);
        assert!(
            desk_says.contains("The reason is kept for the dermatologist."),
            "{form}: {desk}"
        );
        // The day alone tells nothing: the timeline shows it as well.
        for word in &told[..3] {
            assert!(!desk.contains(word), "{form} tells {word}: {desk}");
        }
        let clinician = clinic.says(
            &[("virus", "yes")],
            "2026-11-20",
            &["--format", form, "--view", "clinician"],
        );
        assert!(clinician.contains("suppressed"), "{form}: {clinician}");
    }
    clinic.says(&[("virus", "yes")], "2026-11-20", &["--print", "page.html"]);
    let page = fs::read_to_string(clinic.0.path().join("page.html")).expect("the page");
    for word in told {
        assert!(!page.contains(word), "the page tells {word}: {page}");
    }
    fs::write(
        clinic.0.path().join("in.csv"),
        "id,peel,isotretinoin,medicines,keloid,tan,virus\nanna,never,never,none,no,no,yes\n",
    )
    .expect("a table");
    let table = clinic.run(&[
        "batch",
        "in.csv",
        "--rules",
        "over.yaml",
        "--as-of",
        "2026-11-20",
        "--view",
        "desk",
    ]);
    assert!(
        table
            .out
            .ends_with(",eligible-with-precautions,private,,,,,private\n"),
        "{}",
        table.out
    );
}

#[test]
fn check_and_proof_find_a_less_severe_verdict_that_no_entry_shows() {
    // A longer wait is less severe for those whom another rule spares while it runs.
    let clinic = Clinic::new("settings: {peel_wait: 60 days}\n");
    let spared = fs::read_to_string("tests/overlay/base.yaml")
        .expect("the base")
        .replace(
            "when: tan is yes, if_unsure: relative,",
            "when: [tan is yes, not peel within peel_wait], if_unsure: relative,",
        )
        .replace(
            "when: new-peel holds",
            "when: [peel within peel_wait, keloid is yes]",
        );
    fs::write(clinic.0.path().join("base.yaml"), spared).expect("the base");
    let checked = clinic.run(&["rules", "check", "over.yaml"]);
    assert_eq!(checked.code, 3, "{}{}", checked.out, checked.err);
    for part in [
        "error[milder]: `peel_wait`: 60 days instead of 28 days makes a verdict less severe",
        "--> over.yaml:",
        "gets `eligible` instead of `eligible-with-precautions`",
        "settings: {peel_wait: 60 days}",
    ] {
        assert!(
            checked.err.contains(part),
            "no {part:?} in\n{}",
            checked.err
        );
    }
    let proved = clinic.run(&["rules", "prove", "over.yaml"]);
    assert_eq!(proved.code, 3, "{}", proved.out);
    for part in [
        "FAILS   no patient gets a less severe verdict than with the base rules, except through `relax`",
        "get `eligible` instead of `eligible-with-precautions`",
        "before: `tan` applies",
        "some patient gets a less severe verdict than with the base",
    ] {
        assert!(proved.out.contains(part), "no {part:?} in\n{}", proved.out);
    }
}

/// Whoever is refused for what they do not know, and only waits where the wait is longer.
#[test]
fn proofs_find_who_leaves_an_answer_open_and_is_refused_no_more() {
    let clinic = Clinic::new("settings: {peel_wait: 60 days}\n");
    let proved = clinic.run(&["rules", "prove", "over.yaml"]);
    assert_eq!(proved.code, 0, "{}", proved.out);

    let refused = fs::read_to_string("tests/overlay/base.yaml")
        .expect("the base")
        .replace(
            "when: new-peel holds\n",
            "when: new-peel holds\n    if_unsure: absolute\n",
        );
    fs::write(clinic.0.path().join("base.yaml"), refused).expect("the base");
    let proved = clinic.run(&["rules", "prove", "over.yaml"]);
    assert_eq!(proved.code, 3, "{}", proved.out);
    for part in [
        "FAILS   no patient gets a less severe verdict than with the base rules, except through `relax`",
        "who leave an answer open get `deferred` instead of `not-eligible`",
        "before: `recent-peel` undecided (temporary, while undecided absolute)",
    ] {
        assert!(proved.out.contains(part), "no {part:?} in\n{}", proved.out);
    }
}

#[test]
fn proofs_show_who_gets_a_less_severe_verdict_and_which_claim_fails() {
    let clinic = Clinic::new(
        "relax: [{reason: It was seen to be safe., owner: Dr A. Example, until: 2027-06-30, settings: {peel_wait: 1 day}}]\n",
    );
    let proved = clinic.run(&["rules", "prove", "over.yaml"]);
    assert_eq!(proved.code, 0, "{}", proved.out);
    for part in [
        "proved  nobody with a keloid passes",
        "RELAXED a peel yesterday is no way to pass",
        "It was seen to be safe. (Dr A. Example, until 2027-06-30)",
        "proved  no patient gets a less severe verdict than with the base rules, except through `relax`",
        "relaxed until 2027-06-30; Dr A. Example is responsible: It was seen to be safe.",
        "of patients get a less severe verdict because of it",
        "before: `recent-peel` applies",
        "1 true except through what is relaxed",
    ] {
        assert!(proved.out.contains(part), "no {part:?} in\n{}", proved.out);
    }
}

#[test]
fn an_overlay_goes_wherever_rules_go() {
    let clinic = Clinic::new(RELAXED);
    let says = |words: &[&str], part: &str| {
        let ended = clinic.run(words);
        assert_eq!(ended.code, 0, "{words:?}: {}{}", ended.out, ended.err);
        assert!(
            ended.out.contains(part),
            "{words:?} does not say {part:?}:\n{}",
            ended.out
        );
    };
    says(&["rules", "check", "over.yaml"], "6 questions, 8 rules");
    says(
        &["rules", "show", "recent-peel", "over.yaml"],
        "until 2027-06-30, that day included",
    );
    says(
        &["rules", "show", "recent-peel", "over.yaml"],
        "from 2027-07-01 on",
    );
    says(
        &["rules", "show", "tan", "over.yaml"],
        "until 2027-06-30; Dr A. Example is responsible",
    );
    says(
        &["rules", "diff", "base.yaml", "over.yaml"],
        "LESS SEVERE: ",
    );
    says(&["template", "--rules", "over.yaml"], "peel");
    let base = clinic.run(&["rules", "fingerprint", "base.yaml"]).out;
    let own = clinic.run(&["rules", "fingerprint", "over.yaml"]).out;
    assert!(own.len() == 65 && own != base, "{own}");

    let check = |more: &[&str]| clinic.run(&[&["rules", "check", "over.yaml"], more].concat());
    let over = "warning[relaxation-over]: this relaxation ended on 30 Jun 2027";
    let last = check(&["--as-of", "2027-06-30", "--deny-warnings"]);
    assert!(!last.err.contains(over), "{}", last.err);
    let past = check(&["--as-of", "2027-07-01"]);
    assert!(past.err.contains(over), "{}", past.err);
    assert_eq!(past.code, 0);
    assert_eq!(check(&["--as-of", "2027-07-01", "--deny-warnings"]).code, 3);
}

/// No relaxation holds for ever: every command that uses the rules refuses a last
/// day that is more than two years away.
#[test]
fn a_relaxation_is_renewed_every_two_years() {
    let clinic = Clinic::new(&RELAXED.replace("2027-06-30", "2999-12-31"));
    for command in [
        &["rules", "check", "over.yaml"][..],
        &["rules", "prove", "over.yaml"],
        &["screen", "--rules", "over.yaml", "--set", "tan=yes"],
        &["template", "--rules", "over.yaml"],
    ] {
        let ended = clinic.run(command);
        assert_eq!(ended.code, 3, "{command:?}: {}", ended.out);
        assert!(
            ended.err.contains("error[until-too-far]"),
            "{command:?}: {}",
            ended.err
        );
    }
    let clinic = Clinic::new(RELAXED);
    let check = |day| clinic.run(&["rules", "check", "over.yaml", "--as-of", day]);
    assert_eq!(check("2025-06-30").code, 0);
    assert_eq!(check("2025-06-29").code, 3);
}

#[test]
fn the_examples_are_sound_proved_and_tried() {
    let mut files = load::yaml_files(Path::new("rules/examples")).expect("the examples");
    files.retain(|file| file.is_file());
    assert_eq!(files.len(), 3);
    let mut relaxing = 0;
    for file in files {
        let path = file.to_string_lossy().into_owned();
        let here = Path::new(".");
        for words in [["rules", "check", &path], ["rules", "prove", &path]] {
            let ended = run(&mut candidacy(here, &words));
            assert_eq!(ended.code, 0, "{words:?}: {}{}", ended.out, ended.err);
        }
        let plan = compiled(pack_of(&path));
        assert!(plan.cases.len() >= 2, "{path}");
        relaxing += plan.relaxations.len();
    }
    assert_eq!(relaxing, 1);
}

#[test]
fn what_is_amiss_with_a_changed_rule_is_amiss_with_the_change() {
    let base = fs::read_to_string("tests/overlay/base.yaml").expect("the base");
    let base = base.replace(
        "Are you tanned?, type: yes-no",
        "Are you tanned?, type: yes-no, optional: yes",
    );
    let base = base.replace(
        "when: tan is yes, if_unsure: relative,",
        "when: tan is yes,",
    );
    let sources = vec![
        Source::new(
            "over.yaml",
            &format!("{HEAD}change: [{{rule: tan, grade: relative, why: Ours.}}]\n"),
        ),
        Source::new("base.yaml", &base),
    ];
    let refusal = compile(overlay::read(sources, &[1, 1])).expect_err("a refusal");
    let told: Vec<_> = refusal
        .problems
        .iter()
        .map(|problem| (problem.code, problem.place.source))
        .collect();
    assert_eq!(told, [(Code::OptionalMisuse, 0)]);
}

/// The rules of the base have cases of their own.
#[test]
fn what_is_covered_is_what_is_the_overlays_own() {
    let clinic = Clinic::new("\
change: [{rule: tan, grade: relative, why: Ours.}, {rule: virus, grade: absolute, why: Ours.}]
cases: [{name: a tan is seen, like: well, as_of: 2026-11-20, given: {tan: yes}, expect: {verdict: dermatologist-review}}]
");
    let ended = clinic.run(&["rules", "test", "over.yaml", "--coverage"]);
    assert_eq!(
        ended.out,
        "not covered no case fails without the rule `virus`\n1 of 2 rules covered: 50 %\n"
    );
    let changed = clinic.run(&["rules", "test", "over.yaml", "--mutate"]).out;
    assert!(
        changed.contains("virus") && !changed.contains("keloid"),
        "{changed}"
    );
}

#[test]
fn every_entry_says_where_it_comes_from() {
    let clinic = Clinic::new(&format!(
        "\
settings: {{isotretinoin_wait: 12 months}}
groups: [{{id: anticoagulant, members: [{{name: newthinner}}]}}]
rules: [{{id: own, grade: relative, when: tan is yes, why: Ours., sources: [P4]}}]
change: [{{rule: keloid, why: They come back., if_unsure: absolute}}]
{RELAXED}"
    ));
    let says = |words: &[&str]| {
        let ended = clinic.run(words);
        assert_eq!(ended.code, 0, "{words:?}: {}", ended.err);
        ended.out
    };
    let all = "\
our-clinic 1.0.0 (over.yaml), which extends base.yaml
  status        a draft that no named clinician has reviewed yet
  sets          isotretinoin_wait: 12 months in place of 6 months
  changes       rule keloid: if_unsure absolute, why
  adds          rule own
  adds          newthinner to the group anticoagulant
  relaxes       peel_wait 14 days, rule tan left out, until 2027-06-30; Dr A. Example is responsible: Two newer cohort studies saw no harm after two weeks.

base 1.0.0 (base.yaml)
  status        a draft that no named clinician has reviewed yet
  holds         6 questions, 8 rules, 2 groups, 2 settings, 1 source
";
    assert_eq!(says(&["rules", "show", "--origin", "over.yaml"]), all);
    assert_eq!(
        says(&["rules", "show", "--origin", "--rules", "over.yaml"]),
        all
    );
    let keloid = says(&["rules", "show", "keloid", "over.yaml", "--origin"]);
    assert!(keloid.starts_with("Rule keloid\n"), "{keloid}");
    for (id, place) in [
        (
            "keloid",
            "rule          base.yaml:38, in the pack base 1.0.0",
        ),
        (
            "keloid",
            "changed       over.yaml:7, in the pack our-clinic 1.0.0: if_unsure absolute, why",
        ),
        (
            "own",
            "rule          over.yaml:6, in the pack our-clinic 1.0.0",
        ),
        (
            "tan",
            "relaxed       over.yaml:9, in the pack our-clinic 1.0.0: rule tan left out, until 2027-06-30",
        ),
        (
            "isotretinoin_wait",
            "setting       over.yaml:4, in the pack our-clinic 1.0.0",
        ),
    ] {
        let page = says(&["rules", "show", id, "over.yaml", "--origin"]);
        assert!(page.contains(place), "no {place:?} in\n{page}");
    }
    let nothing = clinic.run(&["rules", "show", "nothing", "over.yaml", "--origin"]);
    assert_eq!(nothing.code, 2);
}

/// Whoever signs an overlay reads both forms of what it relaxes.
#[test]
fn the_document_shows_what_is_relaxed_and_until_when() {
    let clinic = Clinic::new(RELAXED);
    let doc = clinic.run(&["rules", "doc", "over.yaml"]).out;
    for part in [
        "8 rules",
        "until 2027-06-30, that day included",
        "from 2027-07-01 on",
        "**Set aside:** relaxed until 30 Jun 2027; Dr A. Example is responsible: Two newer",
    ] {
        assert!(doc.contains(part), "no {part:?} in\n{doc}");
    }
    let page = clinic
        .run(&["rules", "doc", "over.yaml", "--format", "html"])
        .out;
    let mut ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    assert!(ids.contains(&"rule-recent-peel"), "{ids:?}");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(
        ids.len(),
        count,
        "each place in the page has a name of its own"
    );
}

#[test]
fn packs_are_found_from_where_they_are_named() {
    let clinic = Clinic::new(RELAXED);
    let folder = clinic.0.path().join("houses/north");
    fs::create_dir_all(folder.join("cases")).expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file");
    write(
        "pack.yaml",
        &(HEAD.replace("base.yaml", "../../over.yaml")
            + "topics: [sauna.yaml]\nchange: [{rule: keloid, why: They come back.}]\n"),
    );
    write(
        "sauna.yaml",
        "title: The sauna\nquestions: [{id: sauna, ask: Were you in a sauna?, type: yes-no}]\n\
         rules: [{id: sauna, grade: temporary, when: sauna is yes, clears: tomorrow, why: It is hot., sources: [P4]}]\n\
         change: [{rule: virus, grade: absolute, why: Ours.}]\n",
    );
    write(
        "cases/sauna.yaml",
        "cases: [{name: a tan after a sauna, like: well, as_of: 2026-11-20, given: {sauna: yes, tan: yes}, expect: {verdict: deferred, because: [sauna]}}]\n",
    );
    for (inside, path) in [(clinic.0.path(), "houses/north"), (folder.as_path(), ".")] {
        let ended = run(&mut candidacy(inside, &["rules", "check", path]));
        assert_eq!(ended.code, 0, "{}{}", ended.out, ended.err);
        assert!(ended.out.contains("7 questions, 9 rules"), "{}", ended.out);
    }
    let layers = clinic
        .run(&["rules", "show", "--origin", "houses/north"])
        .out;
    let heads: Vec<&str> = layers
        .lines()
        .filter(|line| line.contains(" 1.0.0 ("))
        .collect();
    assert_eq!(heads.len(), 3, "{layers}");
}

/// The rules of an overlay are as much reviewed as each pack they come from.
#[test]
fn the_notice_stays_until_each_pack_is_reviewed() {
    let reviewed = "status: reviewed, reviewed_by: Dr C. Example, reviewed_on: 2026-11-03";
    let draft = "a draft that no named clinician has reviewed yet";
    let clinic = |base: bool, over: bool| {
        let clinic = Clinic::new("settings: {peel_wait: 30 days}\n");
        for (name, is_reviewed) in [("base.yaml", base), ("over.yaml", over)] {
            let path = clinic.0.path().join(name);
            let text = fs::read_to_string(&path).expect("a pack");
            let status = if is_reviewed {
                reviewed
            } else {
                "status: draft"
            };
            fs::write(&path, text.replacen("status: draft", status, 1)).expect("a pack");
        }
        clinic
    };
    for (base, over) in [(false, false), (false, true), (true, false), (true, true)] {
        let clinic = clinic(base, over);
        let words = |is_reviewed| {
            if is_reviewed {
                "reviewed by Dr C. Example on 3 Nov 2026"
            } else {
                draft
            }
        };
        let (own, under) = (words(over), words(base));
        let told = [
            "Our clinic 1.0.0".to_owned(),
            format!(", {own}, over The base 1.0.0, {under}"),
        ];
        for form in ["text", "markdown", "note"] {
            let seen = clinic.says(&[], "2026-11-20", &["--format", form]);
            let seen = unwrapped(&seen);
            if form == "note" {
                let short = |words: &str| words.replace(draft, "a draft");
                let told = format!("), {}, over base 1.0.0, {};", short(own), short(under));
                assert!(seen.contains(&told), "{form}: {seen}");
            } else {
                for part in &told {
                    assert!(seen.contains(part), "{form}: no {part:?} in {seen}");
                }
            }
        }
        let json = clinic.says(&[], "2026-11-20", &["--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
        let status = |is_reviewed| if is_reviewed { "reviewed" } else { "draft" };
        assert_eq!(json["pack"]["status"], status(base && over));
        for (number, is_reviewed) in [(0, over), (1, base)] {
            let pack = &json["pack"]["packs"][number];
            assert_eq!(pack["status"], status(is_reviewed));
            assert_eq!(pack["reviewed_by"].is_string(), is_reviewed);
            assert_eq!(pack["reviewed_on"].is_string(), is_reviewed);
        }
        clinic.says(&[], "2026-11-20", &["--print", "page.html"]);
        let page = fs::read_to_string(clinic.0.path().join("page.html")).expect("the page");
        assert!(page.contains(&told[1]), "{page}");
        let doc = clinic.run(&["rules", "doc", "over.yaml"]).out;
        assert_eq!(doc.contains("**Draft.**"), !(base && over), "{doc}");
        let drafts: Vec<&str> = [("our-clinic 1.0.0", over), ("base 1.0.0", base)]
            .into_iter()
            .filter(|(_, is_reviewed)| !is_reviewed)
            .map(|(name, _)| name)
            .collect();
        let named = format!("has signed the rules of {}.", drafts.join(" and "));
        assert_eq!(doc.contains(&named), !drafts.is_empty(), "{doc}");
        let shown = clinic.run(&["rules", "show", "--origin", "over.yaml"]).out;
        assert_eq!(shown.matches(draft).count(), drafts.len(), "{shown}");
    }
    let print = |base, over| {
        let clinic = clinic(base, over);
        clinic.run(&["rules", "fingerprint", "over.yaml"]).out
    };
    assert_eq!(print(false, false), print(true, true));
}

/// The words for the treatment are the pack's; an overlay has those of its base.
#[test]
fn the_treatment_is_named_by_the_pack() {
    let page = |base: &str, over: &str| {
        let clinic = Clinic::new("settings: {peel_wait: 30 days}\n");
        for (name, procedure) in [("base.yaml", base), ("over.yaml", over)] {
            let path = clinic.0.path().join(name);
            let text = fs::read_to_string(&path).expect("a pack");
            let status = format!("status: draft{procedure}");
            fs::write(&path, text.replacen("status: draft", &status, 1)).expect("a pack");
        }
        clinic.says(&[], "2026-11-20", &["--print", "page.md"]);
        let page = fs::read_to_string(clinic.0.path().join("page.md")).expect("the page");
        page.lines().next().unwrap_or_default().to_owned()
    };
    assert_eq!(page("", ""), "# Before your treatment");
    let laser = ", procedure: laser treatment";
    assert_eq!(page(laser, ""), "# Before your laser treatment");
    assert_eq!(page(laser, ", procedure: peel"), "# Before your peel");
}
