//! Forms written for ODK, Kobo and `REDCap`, and their exports, which are read without a map file.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use super::readings::{first, run};
use super::{messages, program, snapshot};

fn folder() -> PathBuf {
    super::folder().join("exported")
}

/// The program under the rules of `asked.yaml`.
fn asked(words: &[&str]) -> Output {
    let mut command = program::candidacy(&folder(), &["--rules", "asked.yaml"]);
    let output = command.args(words).output().expect("it runs");
    assert!(output.status.success(), "{}", messages(&output));
    output
}

/// Every patient of every export comes to what a plain table of the same answers comes to.
#[test]
fn exports_say_what_was_answered() {
    let verdicts = |table: &str, id: &str, delimiter: u8| {
        let mut words = vec!["batch", table, "--as-of", "2026-11-20"];
        words.extend(["--columns", "verdict", "--id", id]);
        let output = asked(&words);
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader
            .delimiter(delimiter)
            .from_reader(output.stdout.as_slice());
        let rows = reader.records().map(|row| row.expect("a row"));
        rows.map(|row| row.iter().map(str::to_owned).collect())
            .collect::<Vec<Vec<String>>>()
    };
    let plain = verdicts("asked.csv", "patient", b',');
    assert_eq!(plain.len(), 5);
    for (table, id, delimiter) in [
        ("odk.csv", "KEY", b','),
        ("kobo.csv", "_id", b';'),
        ("kobo_split.csv", "_id", b','),
        ("redcap.csv", "record_id", b','),
        ("asked.ndjson", "response id", b','),
        ("asked.bundle.json", "response id", b','),
    ] {
        assert_eq!(verdicts(table, id, delimiter), plain, "{table}");
    }
}

fn headings(table: &str, delimiter: u8) -> BTreeSet<String> {
    let text = fs::read(folder().join(table)).expect("a table");
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).from_reader(text.as_slice());
    let headings = reader.headers().expect("headings").iter();
    headings.map(str::to_owned).collect()
}

/// The dictionary, and that the export in `redcap.csv` has its columns.
#[test]
fn a_dictionary_of_redcap() {
    let output = asked(&["questionnaire", "--format", "redcap"]);
    let mut columns = BTreeSet::from(["asked_complete".to_owned()]);
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    for line in reader.records() {
        let line = line.expect("a line");
        assert_eq!(line.len(), 18);
        let name = &line[0];
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(name.chars().all(plain), "{name}");
        if &line[3] == "checkbox" {
            for choice in line[5].split(" | ") {
                let code = choice.split(',').next().unwrap_or_default();
                columns.insert(format!("{name}___{code}"));
            }
        } else {
            columns.insert(name.to_owned());
        }
    }
    assert_eq!(columns, headings("redcap.csv", b','));
    snapshot("exported_redcap", &String::from_utf8_lossy(&output.stdout));
}

/// The three sheets, and that the exports have their columns.
#[cfg(feature = "excel")]
#[test]
fn an_xlsform() {
    use calamine::{Reader, Xlsx};
    use std::io::Cursor;

    let output = asked(&["questionnaire", "--format", "xlsform"]);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(output.stdout)).expect("a workbook");
    let mut text = String::new();
    let mut names = BTreeSet::new();
    for name in ["survey", "choices", "settings"] {
        text.push_str(&format!("--- {name}\n"));
        let range = book.worksheet_range(name).expect("the sheet");
        for (number, row) in range.rows().enumerate() {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            text.push_str(&format!(
                "{}\n",
                cells.join(" | ").trim_end_matches([' ', '|'])
            ));
            if name == "survey" && number > 0 && cells[0] != "note" {
                names.insert(cells[1].clone());
            }
        }
    }
    for (table, delimiter) in [("odk.csv", b','), ("kobo.csv", b';')] {
        let there = headings(table, delimiter);
        let missing: Vec<&String> = names.difference(&there).collect();
        assert_eq!(missing, Vec::<&String>::new(), "{table}");
    }
    snapshot("exported_xlsform", &text);
}

/// The headings alone are a table that a batch reads.
#[test]
fn a_table_to_fill_in() {
    let output = asked(&["questionnaire", "--format", "csv"]);
    let headings = String::from_utf8(output.stdout).expect("text");
    let table = fs::read_to_string(folder().join("asked.csv")).expect("a table");
    assert_eq!(table.lines().next(), headings.lines().next());
}

/// Kobo writes the groups of a form before a question. A group may also be a question of another form,
/// whose boxes have the names of questions here: a box that was not ticked denies nothing.
#[test]
fn questions_in_groups() {
    #[track_caller]
    fn case(headings: &str, cells: &str, asked: &str, expected: &str) {
        let table = format!("id,{headings}\n1,{cells}\n");
        assert_eq!(first(&run(&table, "", asked, &[])), expected, "{table}");
    }

    case("intake/keloid", "yes", "keloid", "[keloid]");
    case("intake/keloid", "no", "keloid", "[]");
    case("intake/about_you/keloid", "no", "keloid", "[]");
    case("intake/keloid", "1", "keloid", "[keloid]");
    for box_left_open in ["0", "0.0", "false", "FALSE", ""] {
        case("intake/keloid", box_left_open, "keloid", "[] open: keloid");
    }
    case("intake/drugs", "0", "drugs", "[] open: drugs");
    case("intake/drugs", "none", "drugs", "[]");
    case(
        "g/skin/eczema,g/skin/psoriasis",
        "1,0",
        "skin",
        "[eczema] open: skin",
    );
    case(
        "g/skin/eczema,g/skin/psoriasis,g/skin/open-sores",
        "1,0,0",
        "skin",
        "[eczema]",
    );
    case("g/skin,g/skin/eczema", "psoriasis,0", "skin", "[psoriasis]");
    // Words, and not the names that a form has inside.
    for words in [
        "Family / keloid",
        "scars or/keloid",
        "intake/Do you have keloids?",
        "/keloid",
    ] {
        let headings = format!("skin,{words}");
        case(&headings, "none,no", "keloid", "[] open: keloid");
    }
    let twice = run("id,a/keloid,b/keloid\n1,no,yes\n", "", "keloid", &[]);
    assert_eq!(twice.status.code(), Some(2));
    let messages = messages(&twice);
    assert!(
        messages.contains("column 2 (`a/keloid`) and column 3 (`b/keloid`) both answer `keloid`"),
        "{messages}"
    );
}

/// Kobo writes the whole answer and a box for each option. The two agree unless a table was changed by hand:
/// then no tick is lost, in a short table or a long one.
#[test]
fn a_ticked_box_agrees_with_the_whole_answer() {
    const AGAINST: &str = ": this is ticked, and the whole answer to `skin` does not say it; correct one of the two; \
         if the column is no box of this question, leave it out with `--map 'COLUMN='`";

    #[track_caller]
    fn case(heading: &str, cells: &str, expected: &str) {
        let expected = expected.replace("AGAINST", &format!("{heading}{AGAINST}"));
        let table = format!("id,skin,{heading}\n1,{cells}\n");
        assert_eq!(first(&run(&table, "", "skin", &[])), expected, "{table}");
        // In a long table earlier rows are remembered.
        let mut long = format!("id,skin,{heading}\n");
        for number in 0..4000 {
            let before = if number % 2 == 0 {
                "none,0"
            } else {
                "eczema,0"
            };
            long.push_str(&format!("{number},{before}\n"));
        }
        long.push_str(&format!("last,{cells}\n"));
        let output = run(&long, "", "skin", &[]);
        let text = String::from_utf8(output.stdout.clone()).expect("text");
        let (headings, last) = (text.lines().next(), text.lines().last());
        let alone = [headings.expect("headings"), last.expect("a row"), ""].join("\n");
        let alone = Output {
            stdout: alone.into_bytes(),
            ..output
        };
        assert_eq!(
            first(&alone),
            expected,
            "{cells} at the end of a long table"
        );
    }

    case("skin/eczema", "eczema,1", "[eczema]");
    case("skin/eczema", "eczema,0", "[eczema]");
    case("skin/eczema", "eczema,", "[eczema]");
    case("skin/eczema", "none,0", "[]");
    case("skin/eczema", "none,1", "AGAINST");
    case("skin/eczema", "psoriasis,True", "AGAINST");
    case("skin/eczema", ",1", "AGAINST");
    case("skin/eczema", "not sure,yes", "AGAINST");
    // A box of an option that these rules do not have.
    case("skin/lupus", "none,0", "[]");
    case("skin/lupus", "none,1", "AGAINST");
    case("skin/lupus", "eczema,1", "AGAINST");
    case("skin/not_sure", "eczema not_sure,1", "[eczema] open: skin");
    case("skin/not_sure", "eczema,1", "AGAINST");
    case("skin/none", "none,1", "[]");
    case("skin/none", "eczema,1", "AGAINST");

    let assumed = run(
        "id,skin,skin/eczema\n1,,1\n",
        "",
        "",
        &["--assume", "skin=none"],
    );
    assert!(first(&assumed).starts_with("skin/eczema: this is ticked"));
}
