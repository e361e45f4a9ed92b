//! Shared helpers for the tests of reports.

use candidacy_engine::compile::compile;
use candidacy_engine::date::Date;
use candidacy_engine::pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;

const HEAD: &str = "\
format: candidacy/1
pack: {id: demo, version: 1.0.0, title: Demo, status: draft, owner: A, review_by: 2040-06-30}
sources: [{id: P4, cite: Protocol 4, publisher: Example, url: \"https://example.org\", strength: opinion}]
";

/// The plan of a pack with a header, one source, `P4`, and `rest`.
pub fn plan(rest: &str) -> Plan {
    let text = format!("{HEAD}{rest}");
    compile(pack::read(vec![Source::new("p.yaml", &text)])).expect("a sound pack")
}

/// A day.
pub fn day(iso: &str) -> Date {
    Date::from_iso(iso).expect("a day")
}
