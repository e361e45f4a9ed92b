use super::{entries, pieces};

#[test]
fn pieces_of_an_answer() {
    #[track_caller]
    fn case(answer: &str, expected: &[&str]) {
        let pieces: Vec<String> = pieces(answer)
            .map(|piece| format!("{}{}", if piece.goes_on { "," } else { "" }, piece.text))
            .collect();
        assert_eq!(pieces, expected, "{answer}");
    }

    case("a; b\nc\r\nd", &["a", "b", "c", "d"]);
    case("a, b;c ,d", &["a", ",b", "c", ",d"]);
    case(
        "x tablet,delayed release(DR/EC), y",
        &["x tablet,delayed release(DR/EC)", ",y"],
    );
    case("x spray,suspension", &["x spray,suspension"]);
    case("x tablet,y", &["x tablet", ",y"]);
    case("x tablet, suspension", &["x tablet", ",suspension"]);
    case("x 1,000 mg, y 0,5", &["x 1,000 mg", ",y 0,5"]);
    case("abc 0.5 mg. y.", &["abc 0.5 mg", ",y."]);
    case("St. John's wort. x", &["St. John's wort", ",x"]);
    case("Tab. x 5 mg", &["Tab. x 5 mg"]);
    case("1. abc 2. y", &["1. abc 2", ",y"]);
    case(
        "metformin 1 tab. weekly shot",
        &["metformin 1 tab", ",weekly shot"],
    );
    case("-", &["-"]);
    case("a, -", &["a", ",-"]);
    case("\u{2014}", &["\u{2014}"]);
    case("Eye drops. x", &["Eye drops", ",x"]);
    case("2 puffs. x", &["2 puffs", ",x"]);
    case("20 mg. x", &["20 mg", ",x"]);
    case("1. Tab. x", &["1. Tab. x"]);
    case("Oint. x", &["Oint", ",x"]);
    case("1. Eye drops 2. x", &["1. Eye drops 2", ",x"]);
    case("1) eye drops 2) x 3) y", &["1) eye drops 2", ",x 3", ",y"]);
    case("1: eye drops 2: x", &["1: eye drops 2", ",x"]);
    case("1- eye drops 2- x", &["1- eye drops 2", ",x"]);
    case("#1 eye drops #2 x", &[",1 eye drops", ",2 x"]);
    case("- a - b", &[",a", ",b"]);
    case("* a * b", &[",a", ",b"]);
    case("a - for pain - b", &["a - for pain", ",b"]);
    case("a | b\tc", &["a", ",b", ",c"]);
    case(
        "a • b · c → d — e ● f ✓ g",
        &["a", ",b", ",c", ",d", ",e", ",f", ",g"],
    );
    case("a、b，c；d", &["a", ",b", ",c", ",d"]);
    case("a   b", &["a", ",b"]);
    case(
        "a -> b => c >> d _ e \\ f",
        &["a", ",b", ",c", ",d", ",e", ",f"],
    );
    case("a -- b--c...d! e", &["a", ",b", ",c", ",d", ",e"]);
    case("a (2) b", &["a (2", ",b"]);
    case("-a -b", &[",a", ",b"]);
    case("a- b >c *d", &["a", ",b", ",c", ",d"]);
    case("a • \"b\" • (c)", &["a", ",\"b\"", ",(c)"]);
    case("a…b † c \u{2212} d", &["a", ",b", ",c", ",d"]);
    case("- ; -", &["-", "-"]);
    case("a  b", &["a  b"]);
    // Inside a strength or a word they do not divide.
    case("x 10·5 mg", &["x 10·5 mg"]);
    case("x 10 - 20 mg", &["x 10 - 20 mg"]);
    case("x 10mg - 20mg", &["x 10mg - 20mg"]);
    case("x 10^6 units", &["x 10^6 units"]);
    case("x 2-3 times", &["x 2-3 times"]);
    case("co-x (10 mg) y", &["co-x (10 mg) y"]);
    case("x at 8: y", &["x at 8", ",y"]);
}

#[test]
fn entries_of_a_piece() {
    #[track_caller]
    fn case(piece: &str, expected: &[&str]) {
        let entries = entries(piece);
        let texts: Vec<&str> = entries.iter().map(|at| &piece[at.clone()]).collect();
        assert_eq!(texts, expected, "{piece}");
    }

    case("a/b + c & d and e AND f", &["a", "b", "c", "d", "e", "f"]);
    case("x 10 MG/ML / y 5 MG/ML", &["x 10 MG/ML", "y 5 MG/ML"]);
    case("x 0.12/0.015 MG per 24HR", &["x 0.12/0.015 MG per 24HR"]);
    case("x 50mg/12.5mg", &["x 50mg/12.5mg"]);
    case("x 50 mg + 12.5 mg", &["x 50 mg + 12.5 mg"]);
    case("x 1+0+1", &["x 1+0+1"]);
    case("x 50/12.5 tablets", &["x 50/12.5 tablets"]);
    case("x 50/12.5 mg tablets", &["x 50/12.5 mg tablets"]);
    case("x 500mg/2 pens", &["x 500mg", "2 pens"]);
    case("x 250/50", &["x 250/50"]);
    case("x 5 mg/day", &["x 5 mg/day"]);
    case("x 2 tab/day", &["x 2 tab/day"]);
    case(
        "x 500 mg + 1 injection weekly",
        &["x 500 mg", "1 injection weekly"],
    );
    case("x 500 + a pen", &["x 500", "a pen"]);
    case("x 500 mg / pill", &["x 500 mg", "pill"]);
    case("x 5/warfarin", &["x 5", "warfarin"]);
    case("vitamin d/calcium", &["vitamin d", "calcium"]);
    case("x w/ food", &["x w/ food"]);
    case("one and a half x", &["one and a half x"]);
    case("x as and when needed", &["x as and when needed"]);
    case("and x and", &["x"]);
}
