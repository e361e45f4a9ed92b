//! Every file in `tests/warned` can be used, and is warned of: what its author
//! reads stands beside it. What is fine as it stands is not warned of.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use candidacy::engine::compile::compile;
use candidacy::engine::date::Date;
use candidacy::engine::diagnostic::{Code, Diagnostic, Level};
use candidacy::engine::pack::{self, Pack};
use candidacy::engine::source::Source;
use candidacy::workbench::lint::lint;
use candidacy::{load, report};

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
    calendar_wait
    calendar_wait_written
    odd_wait
    review_overdue
    unused_setting
    unused_source
    unused_advice
    unused_fact
    unused_group
    not_decided
}

fn day(text: &str) -> Date {
    Date::from_iso(text).expect("a day")
}

/// The warnings about a pack of these files on 20 November 2026.
fn warnings(sources: Vec<Source>) -> (Pack, Vec<Diagnostic>) {
    let pack = pack::read(sources);
    let plan = match compile(pack.clone()) {
        Ok(plan) => plan,
        Err(refusal) => panic!("{}", report::diagnostic::refusal(&refusal, false)),
    };
    let found = lint(&pack, &plan, day("2026-11-20"));
    (pack, found)
}

fn file(name: &str) -> Vec<Source> {
    let path = format!("tests/warned/{name}.yaml");
    load::load(Path::new(&path)).expect("a file").sources
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
