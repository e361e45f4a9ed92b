//! What a table does not say, and what is not made of it.

use std::fmt::Write as _;
use std::fs;

use super::messages;
use super::readings::{first, mapped, run};

/// What fills a blank says no more than the same words in the cell.
#[test]
fn a_blank_denies_only_what_the_form_offers() {
    let case = mapped;
    let offered = "Q: {question: skin, offered: [eczema, psoriasis], blank: none}\n";
    for cell in ["none", "", "n/a", "{}"] {
        case("Q", cell, offered, "skin", "[] open: skin");
    }
    case("Q", "Eczema", offered, "skin", "[eczema] open: skin");
    let chosen = "Q: {question: skin, offered: [eczema, psoriasis], blank: eczema}\n";
    case("Q", "", chosen, "skin", "[eczema] open: skin");
    // Everything is offered here.
    let all = "Q: {question: skin, offered: [eczema, psoriasis, open-sores], blank: none}\n";
    case("Q", "", all, "skin", "[]");
}

#[test]
fn what_is_assumed_denies_only_what_the_form_offers() {
    let map = "Q: {question: skin, offered: [eczema, psoriasis]}\n";
    let case = |assumed: &str| run("id,Q\n1,\n", map, "skin", &["--assume", assumed]);
    assert_eq!(first(&case("skin=none")), "[] open: skin");
    assert_eq!(first(&case("skin=eczema")), "[eczema] open: skin");
    assert_eq!(first(&case("skin.eczema=no")), "[] open: skin");
    assert_eq!(first(&case("skin.open-sores=yes")), "[sores] open: skin");
    let refused = case("skin.open-sores=no");
    assert_eq!(refused.status.code(), Some(2));
    assert!(
        messages(&refused).contains("denies an option that the form does not offer"),
        "{}",
        messages(&refused)
    );
}

/// Long tables are screened by what was learnt of earlier rows.
#[test]
fn a_long_table_says_the_same() {
    let mut table = String::from("id,Q\n");
    for row in 0..1000 {
        let cell = ["", "none", "n/a", "Eczema"][row % 4];
        let id = if row % 10 == 3 {
            "#REF!".to_owned()
        } else {
            row.to_string()
        };
        let _ = writeln!(table, "{id},{cell}");
    }
    let map = "Q: {question: skin, offered: [eczema, psoriasis], blank: none}\n";
    // In one piece this table is short, and screened row by row.
    let output = run(&table, map, "skin", &[]);
    for piece in ["100", "1000"] {
        let learnt = run(&table, map, "skin", &["--piece", piece]);
        assert_eq!(learnt.stdout, output.stdout);
        assert_eq!(learnt.status, output.status);
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let count = |part: &str| text.lines().filter(|line| line.contains(part)).count();
    assert_eq!(count(",unreadable,"), 100);
    assert_eq!(count(",eligible,"), 0, "{}", messages(&output));
    assert!(
        !messages(&output).contains("on several rows"),
        "{}",
        messages(&output)
    );
}

#[test]
fn a_row_without_its_id_is_unreadable() {
    for id in ["#CALC!", " #ref! ", "#N/A", "Err:502"] {
        let table = format!("id,keloid\n\"{id}\",no\n");
        let output = run(&table, "", "keloid", &[]);
        let problem = first(&output);
        assert!(
            problem.starts_with("line 2: id: the id is lost"),
            "{id}: {problem}"
        );
        assert_eq!(output.status.code(), Some(4));
        let json = run(&table, "", "keloid", &["--format", "jsonl"]);
        let json = String::from_utf8_lossy(&json.stdout).into_owned();
        assert!(json.contains("\"id\":null"), "{json}");
        assert!(json.contains("\"verdict\":\"unreadable\""), "{json}");
    }
    // The other problems of the row are told as well.
    let both = first(&run("id,keloid\n#CALC!,perhaps so\n", "", "keloid", &[]));
    assert!(both.contains("the id is lost"), "{both}");
    assert!(both.contains("`perhaps so` is not an answer"), "{both}");
    for id in ["#12", "A:1", "P#7"] {
        assert_eq!(
            first(&run(&format!("id,keloid\n{id},no\n"), "", "keloid", &[])),
            "[]"
        );
    }
}

#[test]
fn a_column_of_ages() {
    #[track_caller]
    fn case(cell: &str, expected: &str) {
        let map = "Q: {question: born, dates: age}\n";
        mapped("Q", cell, map, "born", expected);
    }

    for cell in [
        "34-25",
        "under 18",
        "<18",
        "18 months",
        "135",
        "-18",
        "18.5",
        "over 18",
        "many",
        "5/6/62",
    ] {
        case(
            cell,
            &format!(
                "Q: `{cell}` is not an age; write whole years such as `34`, or the date of birth: 1991-05-31"
            ),
        );
    }
    case("1991-04", "[]");
    case("2009-04", "[minor]");
    case("2010", "[minor]");
    case("1990-01-01", "[]");
    case("2027-01-01", "Q: `2027-01-01` is after 2026-11-20");
    case("25-34", "[]");
    case("", "[] open: born");
}

/// Of a list with few answers, the ones that are missing would tell what one person chose.
#[test]
fn a_draft_does_not_tell_what_was_chosen() {
    let draft = |last: &str| {
        let mut table = String::from("id,skin\n");
        for row in 0..30 {
            let _ = writeln!(table, "{row},Eczema");
        }
        let _ = writeln!(table, "30,\"{last}\"");
        let to = tempfile::tempdir().expect("a folder");
        let map = to.path().join("map.yaml");
        let output = run(&table, "", "skin", &["--draft-map", &map.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(0), "{}", messages(&output));
        fs::read_to_string(&map).expect("a map file")
    };
    let one = draft("Psoriasis");
    assert_eq!(one, draft("Sores, open or weeping"));
    assert_eq!(one, draft("Eczema"));
    assert!(
        one.contains("# The options are eczema, psoriasis, open-sores."),
        "{one}"
    );
}
