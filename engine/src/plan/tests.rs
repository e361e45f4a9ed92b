//! Reviews of the packs that a plan is made of.

use crate::compile::{compile, compile_on};
use crate::date::Date;
use crate::pack;
use crate::source::Source;

#[test]
fn a_review_is_done_from_its_day_on() {
    #[track_caller]
    fn case(status: &str, today: &str, expected: bool) {
        let pack = format!(
            "format: candidacy/1\n\
            pack: {{id: demo, version: 0.1.0, title: Demonstration, {status}, owner: Dr A. Example, review_by: 2027-06-30}}\n\
            questions: [{{id: acne, ask: Is the skin inflamed?, type: yes-no}}]\n"
        );
        let pack = pack::read(vec![Source::new("demo.yaml", &pack)]);
        let today = Date::from_iso(today).expect("a day");
        let plan = compile(pack.clone()).expect("a plan");
        assert_eq!(plan.is_reviewed_by(today), expected, "{status} on {today}");
        assert_eq!(
            compile_on(pack, today).is_ok(),
            expected,
            "{status} on {today}"
        );
    }

    let reviewed = "status: reviewed, reviewed_by: Dr B. Example, reviewed_on: 2026-11-20";
    case("status: draft", "2026-11-19", true);
    case(reviewed, "2026-11-19", false);
    case(reviewed, "2026-11-20", true);
}
