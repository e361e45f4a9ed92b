//! Every file in `tests/warned` can be used, and is warned of: what its author
//! reads stands beside it. What is fine as it stands is not warned of.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use candidacy::authoring::lint::lint;
use candidacy::{load, report};
use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic, Level};
use candidacy_engine::pack;
use candidacy_engine::pack::Pack;
use candidacy_engine::source::Source;

/// Makes one test of each name, so that one failure does not hide the next.
macro_rules! warned {
    ($($name:ident)*) => {
        const LISTED: &[&str] = &[$(stringify!($name)),*];

        $(
            #[test]
            fn $name() {
                explain(stringify!($name));
            }
        )*
    };
}

warned! {
    never_applies_contradiction
    never_applies_unless
    never_applies_number
    not_asked
    no_longer_in_force
    never_decides
    never_decides_waits
    never_asked
    never_asked_in_a_row
    unread_question
    unread_option
    unread_option_of_choices
    unread_none
    unread_of_another_pack
    calendar_wait
    calendar_wait_written
    review_overdue
    relaxation_over
    unused_setting
    unused_source
    unused_advice
    unused_fact
    unused_group
    less_severe_name
    look_alike_name
    stops_medicine
    unmapped_generic
    not_decided
}

fn day(text: &str) -> Date {
    Date::from_iso(text).expect("a day")
}

/// The warnings about a pack on 20 November 2026.
fn warnings(pack: Pack) -> (Pack, Vec<Diagnostic>) {
    let plan = match compile(pack.clone()) {
        Ok(plan) => plan,
        Err(refusal) => panic!("{}", report::diagnostic::refusal(&refusal, false)),
    };
    let found = lint(&pack, &plan, day("2026-11-20"));
    (pack, found)
}

fn file(name: &str) -> Pack {
    let path = format!("tests/warned/{name}.yaml");
    load::load(Path::new(&path)).expect("a file").read()
}

/// Holds what the author of `name` reads against the snapshot beside it.
fn explain(name: &str) {
    let (pack, found) = warnings(file(name));
    let said = report::diagnostic::warnings(&found, &pack.sources, false);

    insta::with_settings!({
        snapshot_path => "warned",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, said);
    });
}

#[test]
fn no_file_is_forgotten() {
    let listed: BTreeSet<String> = LISTED.iter().map(|name| (*name).to_owned()).collect();
    for ending in [".yaml", ".snap"] {
        let entries = fs::read_dir("tests/warned").expect("a folder");
        let found: BTreeSet<String> = entries
            .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(ending).map(str::to_owned))
            .collect();
        assert_eq!(listed, found, "{ending}");
    }
}

#[test]
fn every_warning_is_shown() {
    let shown: BTreeSet<&str> = LISTED
        .iter()
        .flat_map(|name| warnings(file(name)).1)
        .map(|warning| warning.code.word())
        .collect();
    let codes = Code::ALL.iter();
    let all: BTreeSet<&str> = codes
        .filter(|code| code.level() == Level::Warning)
        .map(|code| code.word())
        .collect();
    assert_eq!(shown, all);
}

/// A pack that nothing is said against, and how it is varied below.
const FINE: &str = "\
format: candidacy/1
pack: {id: demo, version: 1.0.0, title: Demonstration, status: draft, owner: Dr A. Example, review_by: 2027-06-30}
settings: {scar_wait: 6 months}
sources:
  - {id: P4, cite: Example clinic protocol 4, publisher: Example, year: 2026, url: \"https://example.org/p4\", strength: opinion}
groups:
  - {id: aspirin, label: mild blood thinner, members: [{name: aspirin}]}
  - {id: ordinary, label: no bearing, members: [{name: paracetamol}, {name: levothyroxine}]}
questions:
  - id: area
    ask: Where is the treatment to be?
    type: choices
    none: false
    options: [{id: face, text: Face}, {id: lips, text: Lips}, {id: lids, text: Eyelids}]
  - id: eczema
    ask: Do you have eczema?
    type: choice
    options: [{id: never, text: Never}, {id: past, text: In the past}, {id: now, text: Now}, {id: not-applicable, text: Does not apply}]
  - {id: where, ask: Is it where the treatment is to be?, type: yes-no, ask_when: eczema is now}
  - {id: scar, ask: How old is your newest scar?, type: event}
  - {id: medicines, ask: Which medicines do you take?, type: medicines}
advice:
  - {id: calm-it, text: Ask for treatment of the eczema first.}
rules:
  - {id: area, grade: absolute, when: area includes any of lips lids, why: Too thin., sources: [P4]}
  - {id: eczema-past, grade: precaution, when: eczema is past, why: It may come back., sources: [P4]}
  - {id: eczema-here, grade: relative, when: where is yes, why: It may spread., advice: [calm-it], sources: [P4]}
  - {id: scar, grade: temporary, when: scar within scar_wait, why: It is still young., sources: [P4]}
  - {id: young-scar, grade: precaution, when: scar within 1 year, unless: scar within scar_wait, why: It is still red., sources: [P4]}
  - {id: aspirin, grade: precaution, when: medicines include aspirin, why: It may bleed., sources: [P4]}
  - {id: unrecognised, grade: relative, when: medicines include unrecognised, why: Nobody knows it., sources: [P4]}
";

/// The words of the warnings about [`FINE`] with `from` written as `to`.
fn varied(from: &str, to: &str) -> Vec<&'static str> {
    assert!(FINE.contains(from), "{from}");
    let text = FINE.replacen(from, to, 1);
    let (_, found) = warnings(pack::read(vec![Source::new("pack.yaml", &text)]));
    found.iter().map(|warning| warning.code.word()).collect()
}

/// Each warning stops just where there is no longer any reason for it.
#[test]
fn what_is_fine_is_not_warned_of() {
    #[track_caller]
    fn case(from: &str, to: &str, expected: &[&str]) {
        assert_eq!(varied(from, to), expected, "{to}");
    }

    case("demo", "demo", &[]);
    case("    none: false\n", "", &["unread-none"]);
    case("    none: false\n", "    none: true\n", &[]);

    // A rule shadowed for some, or on some days only, decides for others.
    let milder = "{id: young-scar, grade: precaution, when: scar within 1 year, unless: scar within scar_wait,";
    case(
        milder,
        "{id: young-scar, grade: precaution, when: scar within 1 year,",
        &[],
    );
    case(
        milder,
        "{id: young-scar, grade: precaution, when: scar within 6 months,",
        &["never-decides"],
    );
    case(
        milder,
        "{id: young-scar, grade: precaution, when: scar within 182 days,",
        &["calendar-wait"],
    );
    case(
        milder,
        "{id: young-scar, grade: precaution, when: scar within 179 days,",
        &["never-decides"],
    );
    case(
        milder,
        "{id: young-scar, grade: temporary, when: scar within 5 months,",
        &[],
    );
    case(
        milder,
        "{id: young-scar, from: 2027-01-01, grade: precaution, when: scar within 6 months,",
        &["never-decides"],
    );
    case(
        "{id: scar, grade: temporary,",
        "{id: scar, to: 2027-01-01, grade: temporary,",
        &[],
    );

    // A rule that holds for whoever is asked, or one that has yet to end.
    case(
        "when: where is yes",
        "when: [where is yes, eczema is now]",
        &[],
    );
    case(
        "when: where is yes",
        "when: [where is yes, eczema is past]",
        &["not-asked"],
    );
    case("{id: area, grade", "{id: area, to: 2026-11-20, grade", &[]);
    case(
        "{id: area, grade",
        "{id: area, to: 2026-11-19, grade",
        &["no-longer-in-force"],
    );
    case("review_by: 2027-06-30", "review_by: 2026-11-20", &[]);
    case(
        "review_by: 2027-06-30",
        "review_by: 2026-11-19",
        &["review-overdue"],
    );

    // Options named side by side, the first of several, and the one for those it does not concern.
    case(
        "when: eczema is past",
        "when: eczema is one of past now",
        &[],
    );
    case(
        "{id: face, text: Face}, {id: lips",
        "{id: nose, text: Nose}, {id: face, text: Face}, {id: lips",
        &["unread-option"],
    );
    case("id: not-applicable", "id: elsewhere", &["unread-option"]);

    // Waits of one length in one unit, near to each other, or few.
    case(
        "when: scar within 1 year",
        "when: scar within 12 months",
        &[],
    );
    case("{scar_wait: 6 months}", "{scar_wait: 26 weeks}", &[]);
    case(
        "when: scar within 1 year",
        "when: scar within 50 years",
        &[],
    );

    // Medicines without bearing are known, so that an unknown one is told from them.
    case(
        "when: medicines include unrecognised",
        "when: medicines include aspirin",
        &["unused-group", "never-decides"],
    );
    case(
        "when: medicines include aspirin",
        "when: medicines include ordinary",
        &[],
    );
}

/// An overlay is warned of what it brings; its base was checked by itself.
#[test]
fn of_an_overlay_its_own_files_are_looked_at() {
    let own = |rules: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let base = FINE.replace(
            "advice:\n",
            "advice:\n  - {id: unused, text: Nobody is told.}\n",
        );
        fs::write(folder.path().join("base.yaml"), base).expect("a file");
        let head = "format: candidacy/1\npack: {id: own, version: 0.1.0, title: Own, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\nextends: base.yaml\n";
        let path = folder.path().join("own.yaml");
        fs::write(&path, format!("{head}{rules}")).expect("a file");
        let pack = load::load(&path).expect("the files").read();
        let plan = compile(pack.clone()).expect("a plan");
        let found = lint(&pack, &plan, day("2026-11-20"));
        found
            .iter()
            .map(|one| one.message.clone())
            .collect::<Vec<_>>()
    };
    let rule = |when: &str| {
        format!(
            "rules:\n  - {{id: own, grade: absolute, when: {when}, why: Too risky., sources: [P4]}}\n"
        )
    };

    assert_eq!(own(&rule("eczema is now")), Vec::<String>::new());
    let shadowing = own(&rule("eczema is one of past now"));
    assert_eq!(shadowing.len(), 1, "{shadowing:?}");
    assert!(
        shadowing[0].starts_with("`eczema-past` never changes a verdict"),
        "{shadowing:?}"
    );
    let impossible = own(&rule("[eczema is past, eczema is now]"));
    assert!(
        impossible[0].starts_with("`own` can never apply"),
        "{impossible:?}"
    );
}
