use super::{is_table, table};
use crate::source::Source;

#[test]
fn a_table_is_read_or_complained_about() {
    #[track_caller]
    fn case(text: &str, names: &[&str], problems: &[&str]) {
        let mut told = Vec::new();
        let read = table(0, &Source::new("ours.csv", text), &mut told);
        let read: Vec<String> = read
            .iter()
            .map(|line| {
                let name = &line.name_in_lexicon;
                let whole = if name.whole_entry { " (word)" } else { "" };
                format!("{}{whole} = {}", name.name, name.generics.join(" + "))
            })
            .collect();
        let told: Vec<&str> = told.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(
            (read, told),
            (
                names.iter().map(|name| (*name).to_owned()).collect(),
                problems.to_vec()
            ),
            "{text}"
        );
    }

    const HEAD: &str = "name,generics,kind,country,source\n";
    case(
        &format!("{HEAD}Z-Pak\u{ae},azithromycin,name,US,own\r\n\n\"co-x\",\"a; b\",word,,\n"),
        &["z pak = azithromycin", "co x (word) = a + b"],
        &[],
    );
    case(
        "kind,country,source,name,generics\nname,,,abc,x\n",
        &["abc = x"],
        &[],
    );
    case("", &[], &["this table is empty"]);
    case(
        "name;generics;kind;country;source\n",
        &[],
        &["this table has no column `name`"],
    );
    case(
        "name,generics,country,source\nabc,x,,\n",
        &[],
        &["this table has no column `kind`"],
    );
    case(
        &format!("{HEAD},x,name,,\n"),
        &[],
        &["this line has no name"],
    );
    case(
        &format!("{HEAD}abc,x,brand,,\n"),
        &[],
        &["`kind` cannot be `brand`"],
    );
    case(
        &format!("{HEAD}abc,x; ,name,,\n"),
        &[],
        &["`abc` has no generics, or an empty one"],
    );
    case(
        &format!("{HEAD}20 mg,x,name,,\n"),
        &[],
        &["`20 mg` only says how much or how often, and is not a name"],
    );
    case(
        &format!("{HEAD}a/b,x,name,,\n"),
        &[],
        &["`a/b` is never found: lists are divided at `/`, `+`, `&` and `and`"],
    );
    case(
        &format!("{HEAD}abc,x,name,,\nA-B C,x,name\nABC,y,name,,\n"),
        &["abc = x"],
        &[
            "this line has 3 cells, and the first line 5",
            "`abc` is in this table twice",
        ],
    );
}

#[test]
fn which_lexicons_are_tables() {
    assert!(is_table("lexicon/ours.csv") && is_table("OURS.CSV"));
    assert!(!is_table("built-in") && !is_table("csv"));
}
