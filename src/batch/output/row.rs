//! One row of the output: the copied cells, then the added ones.

use crate::report::model;
use crate::report::model::{PRIVATE, Relaxed, View};
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;
use candidacy_engine::summary::{Doubt, Summary};

use crate::batch::csv::records::Cells;
use crate::batch::table::{Form, Table};

/// The columns that the program adds, in order.
const OURS: [&str; 6] = [
    "verdict",
    "reasons",
    "undecided",
    "eligible_from",
    "problem",
    "doubts",
];

/// The column that is only added if rules are relaxed.
const RELAXED: &str = "relaxed";

/// The columns that the program adds under `plan`, in order.
pub fn ours(plan: &Plan) -> impl Iterator<Item = &'static str> {
    let relaxed = (!plan.relaxations.is_empty()).then_some(RELAXED);
    OURS.into_iter().chain(relaxed)
}

/// The verdict of a row that could not be read.
pub const UNREADABLE: &str = "unreadable";

/// The heading row.
#[must_use]
pub fn heading(table: &Table<'_>, cells: &Cells<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    if table.form == Form::Excel {
        out.extend_from_slice("\u{feff}".as_bytes());
    }
    carried(table, cells, &mut out);
    for name in ours(table.plan) {
        out.push(table.delimiter);
        out.extend_from_slice(name.as_bytes());
    }
    end(table, &mut out);
    out
}

/// The copied cells, byte for byte. In the format for spreadsheets, possible formulas are made
/// harmless. Missing cells are empty.
pub fn carried(table: &Table<'_>, cells: &Cells<'_>, out: &mut Vec<u8>) {
    let whole = table.carried.is_none() && cells.len() == table.columns.len();
    if whole && table.form != Form::Excel {
        out.extend_from_slice(cells.whole());
        return;
    }
    if let (Some([only]), Form::Csv) = (table.carried.as_deref(), table.form) {
        out.extend_from_slice(cells.raw(*only));
        return;
    }
    let all = 0..table.columns.len();
    let mut first = true;
    let mut one = |column: usize| {
        if !std::mem::take(&mut first) {
            out.push(table.delimiter);
        }
        if table.form == Form::Excel && runs(&cells.cell(column)) {
            quoted(&cells.cell(column), table.form, out);
        } else {
            out.extend_from_slice(cells.raw(column));
        }
    };
    match &table.carried {
        Some(columns) => columns.iter().copied().for_each(&mut one),
        None => all.for_each(&mut one),
    }
}

/// The added cells for a patient, and the line end.
pub fn tail(table: &Table<'_>, summary: &Summary, out: &mut Vec<u8>) {
    let desk = table.view == View::Desk;
    out.push(table.delimiter);
    out.extend_from_slice(summary.verdict.word().as_bytes());
    out.push(table.delimiter);
    let rules = summary
        .applies
        .iter()
        .filter_map(|rule| table.plan.rules.get(*rule));
    let reasons = rules.map(|rule| {
        if desk && rule.private {
            PRIVATE
        } else {
            rule.id.as_str()
        }
    });
    list(reasons, table.delimiter, out);
    out.push(table.delimiter);
    list(undecided(table, summary), table.delimiter, out);
    out.push(table.delimiter);
    if let Some(day) = summary.eligible_from() {
        write_day(day, out);
    }
    out.extend([table.delimiter; 2]);
    doubts(table, summary, out);
    if !table.plan.relaxations.is_empty() {
        out.push(table.delimiter);
        let relaxed = model::relaxed(table.plan, &summary.relaxed(), table.view);
        let words: Vec<String> = relaxed.iter().map(on_whose_word).collect();
        own(&words.join("; "), table.delimiter, out);
    }
    end(table, out);
}

/// Contradictory answers, each in words. One word replaces all that the reader of `table` must not
/// see.
fn doubts(table: &Table<'_>, summary: &Summary, out: &mut Vec<u8>) {
    if summary.doubts.is_empty() {
        return;
    }
    let id = |question: usize| {
        let asked = table.plan.questions.get(question);
        asked.map_or("", |asked| asked.question.id.as_str())
    };
    let mut words: Vec<String> = Vec::new();
    for doubt in &summary.doubts {
        let one = match doubt {
            _ if model::is_private(table.plan, &table.private, doubt) => PRIVATE.to_owned(),
            Doubt::Stated(number) => {
                let stated = table.plan.doubts.get(*number);
                stated.map_or_else(String::new, |(label, _)| label.clone())
            }
            Doubt::NotAsked(question) => {
                format!("{}: answered but does not apply", id(*question))
            }
            Doubt::ImpossibleDay(one) => {
                format!("{}: the day {}", id(one.question), one.why.in_words())
            }
        };
        if !words.contains(&one) {
            words.push(one);
        }
    }
    own(&words.join("; "), table.delimiter, out);
}

/// `2026-11-20`; written without the formatter, because there are so many.
fn write_day(day: Date, out: &mut Vec<u8>) {
    let (year, month, day) = day.parts();
    let digit = |number: i16, ten: i16| b'0' + u8::try_from(number / ten % 10).unwrap_or(0);
    let (month, day) = (i16::from(month), i16::from(day));
    out.extend([1000, 100, 10, 1].map(|ten| digit(year, ten)));
    out.push(b'-');
    out.extend([10, 1].map(|ten| digit(month, ten)));
    out.push(b'-');
    out.extend([10, 1].map(|ten| digit(day, ten)));
}

/// Who is responsible for a relaxation, until when, and why.
fn on_whose_word(one: &Relaxed<'_>) -> String {
    match (one.owner, &one.until) {
        (Some(owner), Some(until)) => format!("{owner} until {until}: {}", one.reason),
        _ => PRIVATE.to_owned(),
    }
}

/// The undecided questions, limited to what the reader of `table` may see.
pub fn undecided<'b>(table: &'b Table<'_>, summary: &'b Summary) -> impl Iterator<Item = &'b str> {
    let desk = table.view == View::Desk;
    summary.open.iter().filter_map(move |open| {
        if desk && open.private {
            return Some(PRIVATE);
        }
        let asked = table.plan.questions.get(open.question);
        asked.map(|asked| asked.question.id.as_str())
    })
}

/// The added cells for a row that could not be read, and the line end.
pub fn unreadable(table: &Table<'_>, problem: &str, out: &mut Vec<u8>) {
    out.push(table.delimiter);
    out.extend_from_slice(UNREADABLE.as_bytes());
    out.extend([table.delimiter; 4]);
    own(problem, table.delimiter, out);
    out.push(table.delimiter);
    out.extend((!table.plan.relaxations.is_empty()).then_some(table.delimiter));
    end(table, out);
}

fn end(table: &Table<'_>, out: &mut Vec<u8>) {
    let line_end: &[u8] = if table.form == Form::Excel {
        b"\r\n"
    } else {
        b"\n"
    };
    out.extend_from_slice(line_end);
}

/// Ids joined by `;`, with `private` only once. Ids need quotes only if `;` is the delimiter.
fn list<'b>(ids: impl Iterator<Item = &'b str>, delimiter: u8, out: &mut Vec<u8>) {
    let start = out.len();
    let mut private = false;
    for id in ids {
        if id == PRIVATE && std::mem::replace(&mut private, true) {
            continue;
        }
        if out.len() > start {
            out.push(b';');
        }
        out.extend_from_slice(id.as_bytes());
    }
    let several = out.get(start..).is_some_and(|list| list.contains(&b';'));
    if several && delimiter == b';' {
        out.insert(start, b'"');
        out.push(b'"');
    }
}

/// An added cell: quoted if necessary, and never readable as a formula.
pub fn own(text: &str, delimiter: u8, out: &mut Vec<u8>) {
    let guard = if runs(text) { "'" } else { "" };
    let special = |byte: u8| byte == delimiter || matches!(byte, b'"' | b'\n' | b'\r');
    if text.bytes().any(special) {
        out.push(b'"');
        out.extend_from_slice(guard.as_bytes());
        out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(guard.as_bytes());
        out.extend_from_slice(text.as_bytes());
    }
}

/// A copied text as one quoted cell.
pub fn quoted(text: &str, form: Form, out: &mut Vec<u8>) {
    out.push(b'"');
    if form == Form::Excel && runs(text) {
        out.push(b'\'');
    }
    out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

/// Whether a spreadsheet might run the cell as a formula. A plain number with a sign is not a
/// formula.
#[must_use]
pub fn runs(text: &str) -> bool {
    // Invisible characters, or characters lost on the way, do not prevent a formula from running.
    let unseen = |c: char| {
        (c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}'))
            && !matches!(c, '\t' | '\r' | '\n')
    };
    let start = text.trim_start_matches(unseen);
    let risky = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let Some(rest) = start.strip_prefix(risky) else {
        return false;
    };
    let signed = start.starts_with(['+', '-']);
    let number = rest
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    !(signed && number)
}

#[cfg(test)]
mod tests {
    use super::{Date, own, runs, write_day};

    #[test]
    fn what_a_spreadsheet_would_run() {
        for text in [
            "=1+1",
            "+cmd|'/c calc'!A1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            " =1",
            "\u{feff}=1",
            "\0=1",
            "\u{3000}\u{200b}+1+1",
            "＝1",
            "- none",
        ] {
            assert!(runs(text), "{text}");
        }
        for text in [
            "",
            "-",
            "-5",
            "+44",
            "-1.5",
            "2026-05-01",
            "a=b",
            "'=1",
            "no",
        ] {
            assert!(!runs(text), "{text}");
        }
    }

    #[test]
    fn a_day_as_it_is_written_elsewhere() {
        for text in ["2026-11-20", "0999-01-02", "9999-12-31"] {
            let mut out = Vec::new();
            write_day(Date::from_iso(text).expect("a day"), &mut out);
            assert_eq!(out, text.as_bytes());
        }
    }

    #[test]
    fn our_own_cells() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            let mut out = Vec::new();
            own(text, b',', &mut out);
            assert_eq!(String::from_utf8(out).expect("text"), expected);
        }

        case("acne: no", "acne: no");
        case("a, b", "\"a, b\"");
        case("say \"no\"", "\"say \"\"no\"\"\"");
        case("=1: x", "'=1: x");
        case("=1, x", "\"'=1, x\"");
    }
}
