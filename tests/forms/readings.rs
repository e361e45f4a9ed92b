//! How cells, boxes and map files are read, and what is refused.

use std::fs;
use std::process::Output;

use super::{messages, program};

/// What is known of everybody in these tables, apart from their cells.
const KNOWN: &[(&str, &str)] = &[
    ("born", "1990-05-31"),
    ("skin", "none"),
    ("area", "face"),
    ("capsules", "never"),
    ("peel", "never"),
    ("keloid", "no"),
    ("drugs", "none"),
];

/// A run over `table`, with this map file; of the questions, `asked` alone are open.
pub fn run(table: &str, map: &str, asked: &str, flags: &[&str]) -> Output {
    let to = tempfile::tempdir().expect("a folder");
    let path = |name: &str| to.path().join(name);
    fs::write(path("in.csv"), table).expect("it is written");
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/forms/pack.yaml");
    let words = ["--rules", pack, "batch", "--as-of", "2026-11-20", "in.csv"];
    let mut command = program::candidacy(to.path(), &words);
    if !map.is_empty() {
        fs::write(path("map.yaml"), map).expect("it is written");
        command.args(["--map-file", "map.yaml"]);
    }
    let asked: Vec<&str> = asked.split(' ').collect();
    for (question, answer) in KNOWN
        .iter()
        .filter(|(question, _)| !asked.contains(question))
    {
        command.args(["--assume", &format!("{question}={answer}")]);
    }
    command.args(flags).output().expect("it runs")
}

/// What the first row of a table comes to: its reasons, what is unknown, or its problem.
pub fn first(output: &Output) -> String {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(output.stdout.as_slice());
    let headings = reader.headers().expect("headings").clone();
    let row = reader.records().next();
    let Some(Ok(row)) = row else {
        return messages(output);
    };
    let cell = |name: &str| {
        let place = headings.iter().position(|heading| heading == name);
        place
            .and_then(|place| row.get(place))
            .unwrap_or_default()
            .to_owned()
    };
    match (cell("problem"), cell("undecided")) {
        (problem, _) if !problem.is_empty() => problem,
        (_, open) if open.is_empty() => format!("[{}]", cell("reasons")),
        (_, open) => format!("[{}] open: {open}", cell("reasons")),
    }
}

#[test]
fn several_options_in_a_cell() {
    #[track_caller]
    fn case(cell: &str, expected: &str) {
        let table = format!("id,skin\n1,\"{cell}\"\n");
        let first = first(&run(&table, "", "skin", &[]));
        assert!(first.starts_with(expected), "{cell}: {first}");
    }

    case("Eczema, Psoriasis", "[eczema;psoriasis]");
    case("Psoriasis\nEczema", "[eczema;psoriasis]");
    case("Sores, open or weeping", "[sores]");
    case("Eczema, Sores, open or weeping", "[sores;eczema]");
    case("None of the above", "[]");
    case("None of these;", "[]");
    case(
        "Eczema, None of the above",
        "skin: this says `none` and also gives another answer",
    );
    case("Eczema, Not sure", "[eczema] open: skin");
    case("Eczema, Other", "skin: `Other` is not an answer");
    case("Sores, Eczema", "skin: `Sores, Eczema` is not an answer");
    case("", "[] open: skin");
}

#[test]
fn boxes_to_tick() {
    #[track_caller]
    fn case(headings: &str, cells: &str, flags: &[&str], expected: &str) {
        let table = format!("id,{headings}\n1,{cells}\n");
        let first = first(&run(&table, "", "skin area", flags));
        assert!(first.starts_with(expected), "{cells}: {first}");
    }

    let raw = "skin___eczema,skin___psoriasis,skin___open_sores,area___face,area___neck";
    case(raw, "1,0,0,1,0", &[], "[eczema]");
    case(raw, "1.0,0.0,0.0,1.0,0.0", &[], "[eczema]");
    case(
        raw,
        "Checked,Unchecked,Unchecked,Checked,Unchecked",
        &[],
        "[eczema]",
    );
    // A form that was never opened has no ticks either.
    case(raw, "0,0,0,1,0", &[], "[] open: skin");
    case(raw, "0,0,0,0,0", &[], "[] open: skin;area");
    case(
        raw,
        "Unchecked,Unchecked,Unchecked,Checked,Unchecked",
        &[],
        "[] open: skin",
    );
    case(raw, ",,,1,0", &[], "[] open: skin");
    case(raw, "0,0,0,1,0", &["--ticked", "skin"], "[]");
    case(
        raw,
        "0,0,0,0,0",
        &["--ticked", "skin", "--ticked", "area"],
        "[] open: area",
    );
    // A box that is not there was not denied.
    case(
        "skin___eczema,skin___psoriasis,area",
        "1,0,face",
        &[],
        "[eczema] open: skin",
    );
    let none = "skin___eczema,skin___psoriasis,skin___open_sores,skin___none,area";
    case(none, "0,0,0,1,face", &[], "[]");
    case(
        none,
        "1,0,0,1,face",
        &[],
        "skin___eczema: this says `none` and also gives another answer",
    );
    case(none, "0,0,0,0,face", &[], "[] open: skin");
    case(
        "skin___eczema,skin___psoriasis,skin___none,area",
        "0,0,1,face",
        &[],
        "[] open: skin",
    );
    // A tick in a box that is no option leaves the others open.
    let other = "skin___eczema,skin___psoriasis,skin___open_sores,skin___other,skin___rash,area";
    case(other, "1,0,0,0,0,face", &[], "[eczema]");
    case(other, "1,0,0,1,0,face", &[], "[eczema] open: skin");
    case(other, "1,0,0,0,1,face", &[], "[eczema] open: skin");
    case(other, "0,0,0,1,1,face", &[], "[] open: skin");
    let labels = "Which of these do you have? (choice=Eczema),Which of these do you have? (choice=Psoriasis),\"Which of these do you have? (choice=Sores, open or weeping)\",Which of these do you have? (choice=None of the above),area";
    case(
        labels,
        "Unchecked,Checked,Unchecked,Unchecked,face",
        &[],
        "[psoriasis]",
    );
    case(
        labels,
        "Unchecked,Unchecked,Unchecked,Checked,face",
        &[],
        "[]",
    );
    case(
        labels,
        "Unchecked,Unchecked,Unchecked,Unchecked,face",
        &[],
        "[] open: skin",
    );
    // What was accepted before: each cell says yes or no by itself.
    let plain = "skin.eczema,skin.psoriasis,skin.open-sores,area";
    case(plain, "no,no,no,face", &[], "[]");
    case(plain, "0,0,0,face", &[], "[]");
    case(plain, "FALSE,0.0,no,face", &[], "[]");
    case(plain, "yes,,,face", &[], "[eczema] open: skin");
    case(plain, "Eczema,no,no,face", &[], "[eczema]");
    case(
        plain,
        "Unchecked,Unchecked,Unchecked,face",
        &[],
        "[] open: skin",
    );
}

#[track_caller]
pub fn mapped(heading: &str, cell: &str, map: &str, asked: &str, expected: &str) {
    let table = format!("id,{heading}\n1,\"{cell}\"\n");
    let first = first(&run(&table, map, asked, &[]));
    assert!(first.starts_with(expected), "{cell}: {first}");
}

#[test]
fn what_a_map_file_says() {
    let case = mapped;
    let capsules = "Q: {question: capsules, words: {\"Yes\": ended, \"Taking them\": ongoing, Once: \"2020\"}}\n";
    case("Q", "Yes", capsules, "capsules", "[] open: capsules");
    case("Q", "yes ", capsules, "capsules", "[] open: capsules");
    case("Q", "taking  THEM", capsules, "capsules", "[capsules]");
    case("Q", "Once", capsules, "capsules", "[]");
    case("Q", "No", capsules, "capsules", "[]");
    case("Q", "", capsules, "capsules", "[] open: capsules");
    case(
        "Q",
        "Sometimes",
        capsules,
        "capsules",
        "Q: `Sometimes` is not an answer",
    );
    let blank = "Q: {question: capsules, blank: never}\n";
    case("Q", "", blank, "capsules", "[]");
    case("Q", "n/a", blank, "capsules", "[]");
    case("Q", "ongoing", blank, "capsules", "[capsules]");
    let skin = "Q: {question: skin, words: {\"Dermatitis (all kinds, even light)\": eczema, Rash: not sure}}\n";
    case(
        "Q",
        "Psoriasis, Dermatitis (all kinds, even light)",
        skin,
        "skin",
        "[eczema;psoriasis]",
    );
    case(
        "Q",
        "Psoriasis, Rash",
        skin,
        "skin",
        "[psoriasis] open: skin",
    );
    case(
        "Q",
        "Psoriasis, Hives",
        skin,
        "skin",
        "Q: `Hives` is not an answer",
    );
    // What a form does not offer was not denied.
    let offered = "Q: {question: skin, offered: [eczema, psoriasis]}\n";
    case("Q", "Eczema", offered, "skin", "[eczema] open: skin");
    case("Q", "None of these", offered, "skin", "[] open: skin");
    let drugs = "Q: {question: drugs, words: {\"Blood thinners (any, even herbal)\": warfarin}}\n";
    case(
        "Q",
        "Blood thinners (any, even herbal)",
        drugs,
        "drugs",
        "[thinner]",
    );
    let free = "Q: {question: skin.eczema, words: {Often: yes, Rarely: yes}, blank: no}\n";
    case(
        "Q,skin.psoriasis,skin.open-sores",
        "Rarely\",no,\"no",
        free,
        "skin",
        "[eczema]",
    );
    case(
        "Q,skin.psoriasis,skin.open-sores",
        "\",no,\"no",
        free,
        "skin",
        "[]",
    );
    // Two columns of one heading are named by number.
    let numbered = "column 2: keloid\ncolumn 3:\n";
    case(
        "Keloid?,Keloid?",
        "yes\",\"no",
        numbered,
        "keloid",
        "[keloid]",
    );
}

#[test]
fn words_and_boxes_that_leave_a_question_open() {
    let case = mapped;
    // Words that nobody has looked at leave the question open.
    let any = "Q: {question: skin, words: {Rash: eczema, \"*\": not sure}}\n";
    case(
        "Q",
        "Psoriasis, my feet, Sores, open or weeping",
        any,
        "skin",
        "[sores;psoriasis] open: skin",
    );
    case("Q", "Rash, whatever", any, "skin", "[eczema] open: skin");
    case("Q", "whatever", any, "skin", "[] open: skin");
    case("Q", "Psoriasis, Rash", any, "skin", "[eczema;psoriasis]");
    case("Q", "None of these", any, "skin", "[]");
    case("Q", "None of these, whatever", any, "skin", "[] open: skin");
    let any = "Q: {question: keloid, words: {\"*\": not sure}}\n";
    case("Q", "my uncle", any, "keloid", "[] open: keloid");
    case("Q", "no", any, "keloid", "[]");
    // A box for a question with two answers: not ticked is not denied.
    let one_box = "keloid___1: keloid\n";
    case("keloid___1", "1", one_box, "keloid", "[keloid]");
    case("keloid___1", "0", one_box, "keloid", "[] open: keloid");
    let one_box = "keloid___1: {question: keloid, words: {\"0\": no}}\n";
    case("keloid___1", "0", one_box, "keloid", "[]");
}

#[test]
fn days_in_the_forms_of_a_column() {
    #[track_caller]
    fn case(question: &str, form: &str, cell: &str, expected: &str) {
        let map = format!("Q: {{question: {question}, dates: \"{form}\"}}\n");
        let table = format!("id,Q\n1,\"{cell}\"\n");
        let first = first(&run(&table, &map, question, &[]));
        assert!(first.starts_with(expected), "{cell}: {first}");
    }

    case("peel", "%m/%d/%Y", "11/02/2026", "[peel]");
    case("peel", "%d/%m/%Y", "11/02/2026", "[]");
    case("peel", "%m/%d/%Y", "11/02/2026 4:15 PM", "[peel]");
    case("peel", "%m/%d/%y", "11/2/26", "[peel]");
    case("peel", "%m/%d/%y", "11/2/25", "[]");
    // A day to come is no day of the last century; nobody was born on one.
    case(
        "peel",
        "%m/%d/%y",
        "11/21/26",
        "Q: `11/21/26` is after 2026-11-20",
    );
    case("born", "%m/%d/%y", "5/31/62", "[]");
    case("born", "%m/%d/%y", "12/31/26", "[]");
    case("born", "%m/%d/%y", "11/21/26", "[]");
    case("born", "%m/%d/%y", "11/19/26", "[] open: born");
    case(
        "born",
        "%m/%d/%Y",
        "12/31/2026",
        "Q: `12/31/2026` is after 2026-11-20",
    );
    // A minor, or more than a hundred years old.
    case("born", "%m/%d/%y", "5/31/10", "[] open: born");
    case("peel", "excel", "46330", "[peel]");
    case("peel", "excel", "46330.65", "[peel]");
    case("peel", "excel", "45000", "[]");
    case("peel", "excel", "never", "[]");
    case("peel", "excel", "no", "[]");
    // A number is no `no`: 0 is an empty date, as 1 is the first day that a spreadsheet has.
    for question in ["peel", "capsules", "born"] {
        for cell in ["0", "0.0", "0.5", "00", "-0"] {
            case(question, "excel", cell, &format!("[] open: {question}"));
        }
    }
    case("peel", "excel", "-4", "Q: `-4`");
    case("born", "excel", "1", "[] open: born");
    case("peel", "excel", "2026-11-10", "[peel]");
    case(
        "peel",
        "excel",
        "2025",
        "Q: `2025` does not say exactly which days are meant",
    );
    case("peel", "excel", "46347", "Q: `46347` is after 2026-11-20");
    case("born", "age", "17", "[minor]");
    case("born", "age", "16-17", "[minor]");
    case("born", "age", "35 years", "[]");
    case("born", "age", "35.0", "[]");
    case("born", "age", "1990-05-31", "[]");
    case("born", "age", "135", "Q:");
}

#[test]
fn two_rows_of_headings() {
    #[track_caller]
    fn case(table: &str, expected: &str, note: bool) {
        let output = run(table, "", "skin keloid", &[]);
        let first = first(&output);
        assert!(first.starts_with(expected), "{table}: {first}");
        assert_eq!(
            messages(&output).contains("second row of headings"),
            note,
            "{table}"
        );
    }

    let survey = "ID,Which of these do you have?,,,,Do you have keloids?\n,Eczema,Psoriasis,\"Sores, open or weeping\",None of the above,Response\n";
    case(&format!("{survey}7,,Psoriasis,,,No\n"), "[psoriasis]", true);
    case(&format!("{survey}7,,,,None of the above,No\n"), "[]", true);
    case(&format!("{survey}7,,,,,No\n"), "[] open: skin", true);
    // A patient without an id is no heading.
    case(
        "ID,skin,,keloid\n,Eczema,note,yes\n",
        "[keloid;eczema]",
        false,
    );
    case("ID,skin,keloid\n,Eczema,yes\n", "[keloid;eczema]", false);
}

#[test]
fn repeats_are_reported() {
    let output = run(
        "id,keloid\nA,no\nB,no\nid,keloid\nA,yes\nC,no\nA,no\n,no\n,no\n",
        "",
        "keloid",
        &[],
    );
    let messages = messages(&output);
    assert!(
        messages.contains("the same `id` is on several rows: lines 2, 5 and 7\n"),
        "{messages}"
    );
    assert_eq!(output.status.code(), Some(4));
    let rows = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        rows.contains("id,keloid,unreadable,,,,this row repeats the headings; remove it,"),
        "{rows}"
    );

    let clinics = run("clinic,keloid\nA,no\nB,no\nA,no\nB,no\n", "", "keloid", &[]);
    let messages = super::messages(&clinics);
    assert!(
        messages.contains("`clinic` is the same on many rows"),
        "{messages}"
    );
    // An answer may be the same for many.
    let answers = super::messages(&run("keloid\nno\nno\nyes\n", "", "keloid", &[]));
    assert!(!answers.contains("same"), "{answers}");
}

#[test]
fn what_a_map_file_may_not_say() {
    #[track_caller]
    fn case(map: &str, message: &str) {
        let output = run("id,Q,R\n1,no,\n", map, "keloid skin", &[]);
        let messages = messages(&output);
        assert!(messages.contains(message), "{map}: {messages}");
        assert_ne!(output.status.code(), Some(0), "{map}");
        assert!(output.stdout.is_empty(), "{map}");
    }

    case(
        "Q: keloid?\n",
        "`map.yaml`, line 1: the question of column `Q` is still a guess",
    );
    case(
        "Q: {question: keloid, words: {Sure: yes?}}\n",
        "the word `Sure` of column `Q` is still a guess",
    );
    case(
        "Q: {question: keloid, words: {Sure: CHOOSE}}\n",
        "the word `Sure` of column `Q` is still a guess",
    );
    case(
        "Q: {question: peel, dates: \"%m/%d/%Y?\"}\n",
        "how days are written of column `Q` is still a guess",
    );
    case(
        "R:\n\nQ: {question: keloid, wrods: {}}\n",
        "`map.yaml`, line 3: `wrods` says nothing about a column",
    );
    case(
        "Q: {question: keloid, words: {Sure: perhaps so}}\n",
        "line 1: `perhaps so` is not an answer to `keloid`",
    );
    case(
        "Q: {question: keloid, words: {Sure: yes, sure: no}}\n",
        "the word `sure` has two meanings",
    );
    case(
        "Q: {question: keloid, words: [a]}\n",
        "`words` is not a list of words",
    );
    case(
        "Q: {question: keloid, blank: what}\n",
        "`what` is not an answer to `keloid`",
    );
    case(
        "Q: {question: keloid, blank: unticked}\n",
        "is for the column of one option",
    );
    case(
        "Q: {question: keloid, dates: \"%m/%d/%Y\"}\n",
        "`keloid` asks for no day",
    );
    case(
        "Q: {question: peel, dates: \"%m/%d\"}\n",
        "names no year, month and day",
    );
    case(
        "Q: {question: peel, dates: age}\n",
        "`dates: age` is for the date of birth",
    );
    case(
        "Q: {question: keloid, offered: [yes]}\n",
        "`offered` is for the column of a question",
    );
    case(
        "Q: {question: skin, offered: [rosacea]}\n",
        "`rosacea` is not an option of `skin`",
    );
    case(
        "Q: {question: keloid, words: {\"*\": no}}\n",
        "`*` means all words that nobody has checked",
    );
    case(
        "Q: {words: {Sure: yes}}\n",
        "the column answers no question",
    );
    case("Q: [keloid]\n", "here a text is needed");
    case("Q: keloid\nQ: skin\n", "`Q` is there twice");
    case("Q: {question: keloid # no\n }\n", "comment");
    case(
        "Z: keloid\n",
        "names the column `Z`, which the table does not have",
    );
}

/// A word that turns round what is said everywhere else is told in each run.
#[test]
fn a_word_with_another_meaning_is_reported() {
    let map = "Q: {question: keloid, words: {\"Yes\": \"no\"}}\n";
    let messages = messages(&run("id,Q\n1,Yes\n", map, "keloid", &[]));
    assert!(
        messages.contains(
            "the map file gives `Yes` in column `Q` another meaning than it has elsewhere"
        ),
        "{messages}"
    );
}

/// What people alone wrote is shown neither by a dry run nor in a draft.
#[test]
fn what_one_person_wrote_is_not_shown() {
    let mut table = String::from("id,keloid,E-mail\n");
    for (id, word) in [
        "often",
        "often",
        "my uncle Bob",
        "555 0100 200",
        "555 0100 200",
        "x@example.org",
        "x@example.org",
    ]
    .iter()
    .enumerate()
    {
        table.push_str(&format!("{id},{word},p{id}@example.org\n"));
    }
    let dry = messages(&run(&table, "", "keloid", &["--dry-run"]));
    assert!(dry.contains("     2  `often`"), "{dry}");
    assert!(dry.contains("(other words)"), "{dry}");
    for secret in ["Bob", "555", "example.org"] {
        assert!(!dry.contains(secret), "{secret}: {dry}");
    }
    let to = tempfile::tempdir().expect("a folder");
    let map = to.path().join("map.yaml");
    let draft = run(
        &table,
        "",
        "keloid",
        &["--draft-map", &map.to_string_lossy()],
    );
    assert_eq!(draft.status.code(), Some(0), "{}", messages(&draft));
    let text = fs::read_to_string(&map).expect("a map file");
    assert!(text.contains("\"often\""), "{text}");
    for secret in ["Bob", "555", "example.org"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    // It may hold somebody's work by now.
    let again = run(
        &table,
        "",
        "keloid",
        &["--draft-map", &map.to_string_lossy()],
    );
    assert_eq!(again.status.code(), Some(1));
    assert!(
        messages(&again).contains("may hold your own work"),
        "{}",
        messages(&again)
    );
    let patient = run(
        "1990-05-31,x@example.org\n",
        "",
        "keloid",
        &["--draft-map", &map.to_string_lossy()],
    );
    assert_ne!(patient.status.code(), Some(0));
}
