//! Headings that look like those of answers, and boxes beside a whole answer.

use std::fs;

use super::readings::{first, run};
use super::{batch, messages};

#[track_caller]
fn case(headings: &str, cells: &str, expected: &str) {
    let table = format!("id,{headings}\n1,{cells}\n");
    let output = run(&table, "", "skin keloid", &["--assume", "keloid=no"]);
    let first = first(&output);
    assert!(first.starts_with(expected), "{headings}: {cells}: {first}");
}

/// The notes of a run over a table with these headings.
fn notes(headings: &str, flags: &[&str]) -> String {
    let empty = ",".repeat(headings.matches(',').count());
    let output = run(&format!("id,{headings}\n1,{empty}\n"), "", "skin", flags);
    messages(&output)
}

#[test]
fn a_box_that_is_not_known_leaves_the_whole_answer_open() {
    let against =
        "skin/psoriasis: this is not known, and the whole answer to `skin` does not leave it open";
    for open in ["not sure", "?", "unknown", "declined", "prefer not to say"] {
        case("skin,skin/psoriasis", &format!("none,{open}"), against);
        case("skin,skin/psoriasis", &format!("eczema,{open}"), against);
        case("skin,skin/psoriasis", &format!("psoriasis,{open}"), against);
        case(
            "skin,skin/psoriasis",
            &format!("eczema;not sure,{open}"),
            "[eczema] open: skin",
        );
        case(
            "skin,skin/psoriasis",
            &format!("not sure,{open}"),
            "[] open: skin",
        );
        case(
            "skin,skin/psoriasis",
            &format!("declined,{open}"),
            "[] open: skin",
        );
        case("skin,skin/psoriasis", &format!(",{open}"), "[] open: skin");
        case(
            "skin,skin/none",
            &format!("none,{open}"),
            "skin/none: this is not known",
        );
        case(
            "skin,skin/none",
            &format!("eczema;not sure,{open}"),
            "[eczema] open: skin",
        );
        case(
            "skin,skin/rash",
            &format!("none,{open}"),
            "skin/rash: this is ticked",
        );
    }
    for no in ["no", "0", "", "FALSE", "Unchecked"] {
        case("skin,skin/psoriasis", &format!("none,{no}"), "[]");
    }
    case(
        "skin,skin/psoriasis",
        "none,1",
        "skin/psoriasis: this is ticked",
    );
}

/// The same in a table that is long enough to be screened by what was learnt of earlier rows.
#[test]
fn boxes_of_a_long_table() {
    let mut table = String::from("id,skin,skin/psoriasis\n");
    for row in 0..300 {
        let cells = [
            "none,0",
            "none,not sure",
            "not sure,declined",
            "none,declined",
        ][row % 4];
        table.push_str(&format!("{row},{cells}\n"));
    }
    let whole = run(&table, "", "skin", &["--jobs=1"]);
    let text = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert_eq!(text.matches(",unreadable,").count(), 150, "{text}");
    assert_eq!(text.matches(",eligible,").count(), 75, "{text}");
    let learnt = run(&table, "", "skin", &["--jobs=1", "--piece=100"]);
    assert_eq!(learnt.stdout, whole.stdout);
}

#[test]
fn groups_with_dots() {
    let against = "this is ticked, and the whole answer to `skin` does not say it";
    for heading in [
        "g1.skin.eczema",
        "a.b.skin.eczema",
        "g1/skin/eczema",
        "g1/skin.eczema",
        "g.1/skin/eczema",
    ] {
        case(
            &format!("skin,{heading}"),
            "none,1",
            &format!("{heading}: {against}"),
        );
        case(&format!("skin,{heading}"), "none,0", "[]");
        case(heading, "1", "[eczema] open: skin");
        case(heading, "0", "[] open: skin");
    }
    case(
        "skin,g1.skin.rash",
        "none,1",
        &format!("g1.skin.rash: {against}"),
    );
    case("g1.skin", "eczema", "[eczema]");
    // As after a group with `/`: it may be the box of an option.
    case("g1.skin", "0", "[] open: skin");
    case(
        "skin,g1.skin",
        "none,eczema",
        "error: column 2 (`skin`) and column 3 (`g1.skin`) both answer `skin`",
    );
    // No names of groups.
    case("skin,e g.skin.eczema", "none,1", "[]");
    case("skin,skin_now.skins.eczema", "none,1", "[]");
}

#[test]
fn headings_with_a_number_after_them() {
    for heading in [
        "skin.1",
        "skin (2)",
        "skin_2",
        "skin2",
        "skin 2",
        "Skin - Copy",
        "skin...12",
    ] {
        let both =
            format!("error: column 2 (`skin`) and column 3 (`{heading}`) both answer `skin`");
        case(&format!("skin,{heading}"), "none,eczema", &both);
    }
    case(
        "skin.eczema,skin.eczema.1",
        "0,1",
        "error: column 2 (`skin.eczema`) and column 3 (`skin.eczema.1`) both answer `skin.eczema`",
    );
    // A box of an option that is not known leaves the others open.
    case("skin/eczema,skin/eczema.1", "0,1", "[] open: skin");
    case(
        "Which of these do you have?,skin.1",
        "none,eczema",
        "error: column 2 (`Which of these do you have?`) and column 3 (`skin.1`) both",
    );
    // What is set aside, or no answer at all.
    let aside = |flags: &[&str]| first(&run("id,skin,skin.1\n1,none,eczema\n", "", "skin", flags));
    assert_eq!(aside(&["--map", "skin.1="]), "[]");
    assert_eq!(
        aside(&["--map", "skin=", "--map", "skin.1=skin"]),
        "[eczema]"
    );
    case("skin,note,note.1", "none,x,y", "[]");
    case("skin,skin 2026", "none,eczema", "[]");
    // A map names the first of the two.
    let mapped = run(
        "id,Q,Q.1\n1,none,eczema\n",
        "",
        "skin",
        &["--map", "Q=skin"],
    );
    assert!(
        messages(&mapped).contains("both answer `skin`"),
        "{}",
        messages(&mapped)
    );
}

#[test]
fn columns_that_look_like_answers() {
    #[track_caller]
    fn beside(heading: &str, name: &str) {
        let note = format!(
            "note: column `{heading}` answers nothing, but it looks as if it belonged to `{name}`; `--map '{heading}='` says that it does not"
        );
        let notes = notes(&format!("skin,drugs,{heading}"), &[]);
        assert!(notes.contains(&note), "{notes}");
        let aside = format!("--map={heading}=");
        let quiet = self::notes(&format!("skin,drugs,{heading}"), &[&aside]);
        assert!(!quiet.contains("looks as if"), "{quiet}");
    }
    #[track_caller]
    fn alone(heading: &str, name: &str) {
        let note = format!("note: column `{heading}` answers nothing; did you mean `{name}`?");
        let notes = notes(&format!("keloid,peel,{heading}"), &[]);
        assert!(notes.contains(&note), "{notes}");
    }
    #[track_caller]
    fn nothing(heading: &str) {
        let notes = notes(&format!("skin,keloid,{heading}"), &[]);
        assert!(!notes.contains("answers nothing"), "{notes}");
    }

    beside("Eczema", "skin.eczema");
    beside("Eczema?", "skin.eczema");
    beside("psoriasis", "skin.psoriasis");
    beside("skin: psoriasis", "skin.psoriasis");
    beside("skin - lupus", "skin");
    beside("skin_rash", "skin");
    beside("Skin (rash)", "skin");
    beside("data-skin", "skin");
    beside("skins", "skin");
    alone("Eczema", "skin.eczema");
    alone("skin 2", "skin");
    alone("skin.1", "skin");
    alone("skin_rash", "skin");
    // The fields of our own forms, and other words.
    for heading in [
        "skin_about",
        "peel_when",
        "note",
        "Skin care",
        "kind-skinned",
        "phone",
        "2",
        "none",
        "yes",
    ] {
        nothing(heading);
    }
    let many: Vec<String> = (0..20)
        .map(|number| format!("skin_rash{number}x"))
        .collect();
    let many = notes(&format!("skin,{}", many.join(",")), &[]);
    assert_eq!(many.matches("looks as if it").count(), 12, "{many}");
    assert!(
        many.contains("note: the same is true of 8 columns more"),
        "{many}"
    );
}

/// Headings that are near several questions of the built-in rules.
#[test]
fn words_of_the_built_in_rules() {
    #[track_caller]
    fn case(heading: &str, name: &str, packs: &[&str]) {
        let to = tempfile::tempdir().expect("a folder");
        let path = to.path().join("in.csv");
        fs::write(&path, format!("id,date_of_birth,{heading}\n1,1990,no\n"))
            .expect("it is written");
        let path = path.to_string_lossy();
        for pack in packs {
            let mut command = batch(&path);
            let output = command.args(["--pack", pack]).output().expect("it runs");
            let messages = messages(&output);
            let note = format!("`{heading}` answers nothing; did you mean `{name}`?");
            assert!(messages.contains(&note), "{pack}: {messages}");
        }
    }

    let needling = ["microneedling", "rf-microneedling"];
    case(
        "Drugs",
        "medicines",
        &["microneedling", "rf-microneedling", "chemical-peel"],
    );
    case("Cancer", "cancer_history", &needling);
}

#[test]
fn text_with_empty_bytes() {
    #[track_caller]
    fn case(unit: &[usize], mark: &[u8], hint: &str) {
        let mut bytes = mark.to_vec();
        for letter in "id,skin,keloid\n1,none,no\n2,none,no\n".bytes() {
            let mut wide = vec![0; unit[0]];
            wide[unit[1]] = letter;
            bytes.extend(wide);
        }
        let to = tempfile::tempdir().expect("a folder");
        let path = to.path().join("in.csv");
        fs::write(&path, bytes).expect("it is written");
        let output = batch(&path.to_string_lossy()).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1));
        assert!(messages(&output).contains(hint), "{}", messages(&output));
    }

    case(&[2, 0], &[], "help: try `--encoding utf-16le`, or save it");
    case(&[2, 1], &[], "help: try `--encoding utf-16be`, or save it");
    let wide = "as in UTF-32\nhelp: save it as \"CSV UTF-8\"; UTF-32 cannot be read";
    case(&[4, 0], &[], wide);
    case(&[4, 3], &[], wide);
    case(&[4, 0], &[0xff, 0xfe, 0, 0], wide);
    case(&[4, 3], &[0, 0, 0xfe, 0xff], wide);
    case(
        &[3, 0],
        &[],
        "many of its bytes are empty\nhelp: save it as \"CSV UTF-8\"",
    );
}
