//! Which files of a pack are read, and when.

use std::fs;
use std::path::Path;

use candidacy_engine::plan::Plan;

use super::{PACKS, compiled, load, plan, plans, with_cases};

#[test]
fn the_plan_in_the_program_is_that_of_its_rules() {
    for pack in &PACKS {
        let opened = Plan::from_bytes(plans::of(pack)).expect("the plan of the build script");
        let mut read = compiled(with_cases(pack)).expect("the built-in rules");
        read.cases.clear();
        let bytes = |plan: &Plan| plan.to_bytes().expect("bytes");
        assert!(bytes(&opened) == bytes(&read), "{}", pack.id);
    }
}

#[test]
fn a_plan_stays_the_same_as_bytes() {
    let examples = fs::read_dir("rules/examples").expect("the examples");
    let examples = examples.map(|entry| entry.expect("an entry").path());
    let rules = examples.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    for path in rules.chain(["benches/reference/pack.yaml".into()]) {
        let before = plan(Some(&path)).expect("rules");
        let bytes = before.to_bytes().expect("bytes").leak();
        let after = Plan::from_bytes(bytes).expect("a plan");
        assert!(
            format!("{before:?}") == format!("{after:?}"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn cases_are_read_only_for_authors() {
    #[track_caller]
    fn case(path: &Path, problems: &[&str]) {
        plan(Some(path)).expect("a pack that can be used");
        let read = load(path).expect("files").read();
        let refused = candidacy_engine::compile::compile(read).expect_err("bad cases");
        let reported = refused.problems.iter().map(|one| one.code.word());
        assert_eq!(reported.collect::<Vec<_>>(), problems, "{}", path.display());
    }

    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        path
    };
    let pack = "format: candidacy/1\n\
        pack: {id: demo, version: 0.1.0, title: Demonstration, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\n\
        questions: [{id: acne, ask: Is the skin inflamed?, type: yes-no}]\n";
    let cases = "cases: [{name: one, like: well, as_of: 2026-11-20, given: {acne: yes}, expect: {verdict: eligible}}]\n";

    write("folder/pack.yaml", pack);
    write("folder/cases/one.yaml", "cases: [{name: one\n");
    case(&folder.path().join("folder"), &["not-yaml"]);
    case(
        &write("one.yaml", &format!("{pack}{cases}")),
        &["unknown-persona"],
    );
    let overlay = "format: candidacy/1\nextends: demo.yaml\n\
        pack: {id: ours, version: 0.1.0, title: Ours, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\n";
    write("demo.yaml", pack);
    case(
        &write("ours.yaml", &format!("{overlay}{cases}")),
        &["unknown-persona"],
    );
}
