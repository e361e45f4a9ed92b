//! `candidacy medicines`: how lists of medicines are read.

mod program;

use std::io::{Seek, Write};
use std::path::Path;

use candidacy::load;
use candidacy::report::medicines::{report, text};
use candidacy::report::model::View;
use candidacy::report::style::Style;
use candidacy_engine::answer::{Reply, Value};
use candidacy_engine::date::Date;
use candidacy_engine::truth::Truth;

use insta::with_settings;
use program::{candidacy, run};

const LIST: &str = "Accutane 20mg capsules BID; 1 tablet losartan 50 mg zuvetan; eliquis/aspirin 81 mg, \
     2 tablets daily; hydrocortisone 1% cream; elliquis; renova; 20 mg; weekly injection; not sure; biktarvy 1 od";

#[track_caller]
fn medicines(words: &[&str], code: i32) -> String {
    let words: Vec<&str> = std::iter::once("medicines")
        .chain(words.iter().copied())
        .collect();
    let ended = run(&mut candidacy(Path::new("."), &words));
    assert_eq!((ended.code, ended.err.as_str()), (code, ""), "{words:?}");
    ended.out
}

fn snapshot(name: &str, text: &str) {
    with_settings!({
        snapshot_path => "medicines",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn each_entry_is_shown() {
    let plan = load::compiled(load::built_in_with_cases()).expect("the built-in rules");
    let mut asked = plan.questions.iter().map(|asked| &asked.question);
    let question = asked.find(|question| question.id == "medicines");
    let reader = plan.reader(Date::from_iso("2026-11-20").expect("a day"));
    let list = [(1, LIST)].into_iter();
    let report = report(&plan, reader, question.expect("it asks"), list, View::Desk);
    for width in [80, 40] {
        let text = text(&report, Style::plain(width));
        for line in text.lines() {
            assert!(line.chars().count() <= width, "{line}");
        }
        snapshot(&format!("text_{width}"), &text);
    }
    assert_eq!(medicines(&[LIST], 0), text(&report, Style::plain(80)));
    snapshot(
        "text_clinician",
        &medicines(&["biktarvi 1 od", "--view", "clinician"], 0),
    );
}

#[test]
fn the_json_says_the_same_and_the_desk_sees_no_private_name() {
    let json = medicines(
        &["hydrocortisone 1% cream; elliquis", "--format", "json"],
        0,
    );
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let entries = &json["lists"][0]["entries"];
    snapshot(
        "json",
        &serde_json::to_string_pretty(entries).expect("JSON"),
    );
    for typed in ["biktarvy 1 od", "biktarvi", "aspirin biktarvy"] {
        for format in ["text", "json"] {
            let words = [typed, "--format", format, "--view", "desk"];
            let desk = medicines(&words, 0).to_lowercase();
            assert!(
                !desk.contains("biktarv") && !desk.contains("bictegravir"),
                "{desk}"
            );
        }
        assert!(medicines(&[typed, "--format", "json"], 0).contains(typed));
    }
}

#[test]
fn one_list_on_each_line() {
    let mut lists = tempfile::tempfile().expect("a file");
    lists
        .write_all(b"aspirin 81 mg\n\nnone\nnone; aspirin\nnot sure\n")
        .and_then(|()| lists.rewind())
        .expect("written");
    let mut program = candidacy(Path::new("."), &["medicines", "-"]);
    let ended = run(program.stdin(lists));
    assert_eq!((ended.code, ended.err.as_str()), (4, ""));
    snapshot("lines", &ended.out);
}

#[test]
fn rules_without_such_a_question_are_refused() {
    let words = ["medicines", "aspirin", "--rules", "tests/cli/small.yaml"];
    let ended = run(&mut candidacy(Path::new("."), &words));
    assert_eq!(ended.code, 2);
    assert!(
        ended.err.contains("these rules ask for no medicines"),
        "{}",
        ended.err
    );
}

/// A pack's own table is read beside it, with the built-in lexicon or without; it only adds to what a brand is.
#[test]
fn a_table_beside_the_pack_is_known() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = std::fs::read_to_string("tests/overlay/base.yaml").expect("the base");
    let table = "name,generics,kind,country,source\n\
        Zuve-tan,isotretinoin,name,BD,own\nabsorica,zuvexan,name,BD,own\nmellow,isotretinoin,word,BD,own\n";
    std::fs::write(folder.path().join("ours.csv"), table).expect("written");
    let read = |lexicon: &str, list: &str| {
        let pack = base.replace(
            "settings: {peel",
            &format!("lexicon: {lexicon}\nsettings: {{peel"),
        );
        std::fs::write(folder.path().join("pack.yaml"), pack).expect("written");
        let words = ["medicines", list, "--rules", "pack.yaml"];
        let ended = run(&mut candidacy(folder.path(), &words));
        assert_eq!(ended.err, "");
        let lines = ended.out.lines().filter(|line| {
            ["medicine", "counts", "unknown"]
                .iter()
                .any(|start| line.trim_start().starts_with(start))
        });
        let lines: Vec<&str> = lines.map(str::trim).collect();
        lines.join("; ")
    };
    for (lexicon, list, expected) in TABLES {
        assert_eq!(read(lexicon, list), *expected, "{lexicon} {list}");
    }
}

const TABLES: &[(&str, &str, &str)] = &[
    (
        "[ours.csv]",
        "ZUVE tan 20 mg",
        "medicine  isotretinoin; counts as retinoid",
    ),
    (
        "[ours.csv]",
        "mellow",
        "medicine  isotretinoin; counts as retinoid",
    ),
    (
        "[ours.csv]",
        "mellow yellow",
        "unknown   \"mellow yellow\": the dermatologist looks at it",
    ),
    (
        "[ours.csv]",
        "absorica",
        "unknown   \"absorica\": the dermatologist looks at it",
    ),
    (
        "[built-in, ours.csv]",
        "absorica",
        "medicine  isotretinoin; counts as retinoid; unknown   \"absorica\": the dermatologist looks at it",
    ),
    (
        "[built-in]",
        "zuve tan",
        "unknown   \"zuve tan\": the dermatologist looks at it",
    ),
];

/// A version without the lexicon does not recognise its brands, which a comparison must show.
#[test]
fn a_lexicon_more_or_less_is_a_difference() {
    let folder = tempfile::tempdir().expect("a folder");
    let base = std::fs::read_to_string("tests/overlay/base.yaml").expect("the base");
    let with = base.replace("settings: {peel", "lexicon: [built-in]\nsettings: {peel");
    for (name, text) in [("without.yaml", &base), ("with.yaml", &with)] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let words = ["rules", "diff", "without.yaml", "with.yaml"];
    let ended = run(&mut candidacy(folder.path(), &words));
    let told = "LESS SEVERE: some patients get `eligible-with-precautions` instead of `dermatologist-review`";
    assert!(ended.out.contains(told), "{}", ended.out);
    assert!(
        ended.out.contains("medicines: 13 cis retinoic acid"),
        "{}",
        ended.out
    );
    let words = ["rules", "diff", "with.yaml", "with.yaml"];
    let same = run(&mut candidacy(folder.path(), &words));
    assert!(!same.out.contains("LESS SEVERE"), "{}", same.out);
}

/// Brands of several countries, what shops sell without a prescription, and supplements.
#[test]
fn what_shops_sell_is_known() {
    let plan = load::compiled(load::built_in_with_cases()).expect("the built-in rules");
    let mut asked = plan.questions.iter().map(|asked| &asked.question);
    let question = asked
        .find(|question| question.id == "medicines")
        .expect("it asks");
    let reader = plan.reader(Date::from_iso("2026-11-20").expect("a day"));
    let list = include_str!("data/medicines/shop.tsv").lines();
    for line in list.filter(|line| !line.starts_with('#')) {
        let (name, groups) = line.split_once('\t').expect("a name and its groups");
        let Ok(Reply::Given(Value::Medicines(read))) = reader.reply(question, name) else {
            panic!("{name} is not read as a medicine");
        };
        assert_eq!(read.unrecognised, Truth::No, "{name}");
        let ids = plan.groups.iter().zip(&read.groups);
        let ids = ids.filter(|(_, truth)| **truth == Truth::Yes);
        let mut ids: Vec<&str> = ids.map(|(group, _)| group.id.as_str()).collect();
        ids.sort_unstable();
        assert_eq!(ids.join(" "), groups, "{name}");
    }
}
