//! The messages of a batch on standard error. They never contain a name or an answer.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::batch::columns::plain;
use crate::batch::counts::Counts;
use crate::batch::header::Heading;
use crate::batch::lookalikes::lookalikes;
use crate::batch::output::problem::{counted, delimiter_name};
use crate::batch::output::repeated_ids::RepeatedIds;
use crate::batch::run::Done;
use crate::batch::setup::{Settings, missing};
use crate::batch::table::{Form, Table};
use crate::batch::target::{Rest, Target};
use crate::batch::workbook::NOT_WORKED_OUT;
use candidacy_engine::suggest::listed;
use candidacy_engine::verdict::Verdict;

mod unread_words;

/// Maximum number of questions named in one note.
const MOST: usize = 12;

fn say(text: &str) {
    if crate::cli::remarks::is_quiet() {
        return;
    }
    // If standard error is closed, the message is lost and the run continues.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Says how many responses are not finished.
pub fn unfinished(responses: usize) {
    if responses > 0 {
        say(&format!(
            "note: {} not finished: what is missing counts as not answered",
            match responses {
                1 => "1 response is".to_owned(),
                many => format!("{many} responses are"),
            }
        ));
    }
}

/// Says that a file of headings is read in another encoding.
pub fn foreign_headings(path: &Path) {
    say(&format!(
        "note: the headings in `{}` are not in UTF-8; they were read as windows-1252; another encoding is named with `--encoding`",
        plain(&path.to_string_lossy())
    ));
}

/// Says which sheet of a workbook is read, if it has several.
pub fn sheet(name: &str, others: &[String]) {
    if others.is_empty() {
        return;
    }
    let quoted: Vec<String> = others
        .iter()
        .map(|other| format!("`{}`", plain(other)))
        .collect();
    say(&format!(
        "note: the sheet `{}` is read; the workbook also has {}; name one with `--sheet`",
        plain(name),
        quoted.join(", ")
    ));
}

/// Says which cells are copied unchanged as an error, as no program has worked out their formula.
pub fn not_worked_out(table: &Table<'_>, cells: &[(usize, u64)]) {
    const MOST_ROWS: usize = 20;
    for (place, column) in table.columns.iter().enumerate() {
        let kept = table.carried.as_ref();
        let carried = table.form != Form::Jsonl && kept.is_none_or(|kept| kept.contains(&place));
        if !carried || column.target.is_some() || place == table.id {
            continue;
        }
        let here = cells.iter().filter(|(at, _)| *at == place);
        let rows: Vec<String> = here.map(|(_, row)| row.to_string()).collect();
        if rows.is_empty() {
            continue;
        }
        let (shown, more) = rows.split_at(rows.len().min(MOST_ROWS));
        let more = match more.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        say(&format!(
            "note: the formulas of `{}` were never calculated in these rows of the sheet: {}{more}; \
             the output has `{NOT_WORKED_OUT}` there; open the workbook, save it again, and run this again",
            plain(&column.heading),
            shown.join(", ")
        ));
    }
}

/// Prints notes about unexpected properties of the table.
pub fn before(table: &Table<'_>, settings: &Settings, heading: &Heading, dry_run: bool) {
    if let Some(line) = heading.second {
        say(&format!(
            "note: line {} is a second row of headings; it was joined with the first",
            table.place(line)
        ));
    }
    for (heading, word) in &table.changed {
        say(&format!(
            "note: the map file gives `{}` in column `{}` another meaning than it has elsewhere",
            plain(word),
            plain(heading)
        ));
    }
    if dry_run {
        explain(table);
    }
    look_alike(table, settings);
    if let Some(other) = &table.other_pack {
        say(&format!(
            "note: {}\n  = help: `--pack {}` screens with those rules",
            other.words(),
            other.pack
        ));
    }
    let missing = missing(table.plan, &table.intake);
    let names: Vec<&str> = missing
        .iter()
        .filter_map(|number| table.plan.questions.get(*number))
        .map(|asked| asked.question.id.as_str())
        .collect();
    let Some(first) = names.first() else {
        return;
    };
    let (shown, more) = names.split_at(names.len().min(MOST));
    let and = listed(shown).replace(" or ", " and ");
    let rest = if more.is_empty() {
        String::new()
    } else {
        format!(" and {} more", more.len())
    };
    say(&format!(
        "note: no column answers {and}{rest}; rules that need them stay undecided\n  \
         = help: name a column with `--map 'COLUMN={first}'`, or an answer for every row with `--assume {first}=VALUE`"
    ));
}

/// Says which columns answer nothing, although they look as if they belonged to a question.
fn look_alike(table: &Table<'_>, settings: &Settings) {
    let mut beside = 0;
    for alike in lookalikes(table.plan, &table.columns, &settings.maps) {
        let heading = table.columns.get(alike.column);
        let heading = plain(heading.map_or("", |column| &column.heading));
        let name = alike.name;
        if !alike.taken {
            say(&format!(
                "note: column `{heading}` answers nothing; did you mean `{name}`? say so with `--map '{heading}={name}'`"
            ));
            continue;
        }
        beside += 1;
        if beside <= MOST {
            say(&format!(
                "note: column `{heading}` answers nothing, but it looks as if it belonged to `{name}`; `--map '{heading}='` says that it does not"
            ));
        }
    }
    if beside > MOST {
        say(&format!(
            "note: the same is true of {} more",
            counted(beside - MOST, "column")
        ));
    }
}

fn explain(table: &Table<'_>) {
    say(&format!(
        "{}, with {} between them:",
        counted(table.columns.len(), "column"),
        delimiter_name(table.delimiter)
    ));
    for (place, column) in table.columns.iter().enumerate() {
        let meaning = match column.target {
            Some(target @ Target::Rest(_, Rest::NotSure)) if column.boxes => format!(
                "is not an option of these rules; a tick does not say what else applies: `{}`",
                target.name(table.plan)
            ),
            Some(target) => format!("answers `{}`", target.name(table.plan)),
            None => "is copied unchanged".to_owned(),
        };
        say(&format!(
            "  {}. `{}` {meaning}",
            place + 1,
            plain(&column.heading)
        ));
    }
}

/// Prints the result of the run.
pub fn after(table: &Table<'_>, settings: &Settings, done: &Done, dry_run: bool, took: Duration) {
    let tally = &done.tally;
    if let Some(line) = done.foreign {
        say(&format!(
            "note: the table is not in UTF-8; from line {line} it was read as windows-1252; another encoding is named with `--encoding`"
        ));
    }
    if let (Some(encoding), Some(first)) = (table.decoded, done.lost.first) {
        let letters = counted(
            usize::try_from(done.lost.letters).unwrap_or(usize::MAX),
            "letter",
        );
        let lines = counted(
            usize::try_from(done.lost.lines).unwrap_or(usize::MAX),
            "line",
        );
        say(&format!(
            "note: bytes that are not text in {encoding} became `\u{fffd}`: {letters} on {lines}, the first on line {first}; an answer that holds one is unreadable; another encoding is named with `--encoding`"
        ));
    }
    let rows = usize::try_from(tally.rows()).unwrap_or(usize::MAX);
    say(&format!(
        "{} in {:.2} seconds, as of {}",
        counted(rows, "row"),
        took.as_secs_f64(),
        settings.as_of
    ));
    let lines = Verdict::ALL
        .iter()
        .map(|verdict| verdict.word())
        .zip(tally.verdicts);
    let lines = lines.chain([("unreadable", tally.unreadable)]);
    for (word, count) in lines.filter(|(_, count)| *count > 0) {
        say(&format!("  {:>12} {word}", number(count)));
    }
    unreadable(done, dry_run);
    if let Some(unread) = &done.unread {
        unread_words::tell(table, &settings.maps, unread);
    }
    repeated_ids(table, &done.ids);
    if let Some(line) = done.doubted {
        say(&format!(
            "note: {} answers that cannot all be right, the first on line {line}; {} which",
            hold(tally.doubted),
            if table.form == Form::Jsonl {
                "`contradictions` and `doubts` say"
            } else {
                "the column `doubts` says"
            }
        ));
    }
    if tally.relaxed > 0 {
        say(&format!(
            "note: {} on rules that are relaxed for a while; `relaxed` says who is responsible for them",
            relies(tally.relaxed)
        ));
    }
    unknown(table, tally);
    for (name, value) in &settings.assumes {
        say(&format!(
            "assumed where nothing was answered: {} = {}",
            plain(name),
            plain(value)
        ));
    }
    for name in &settings.ticked {
        say(&format!(
            "an empty cell was read as no in the columns of {}",
            plain(name)
        ));
    }
}

/// Prints how many rows could not be read. A dry run, which has no column `problem`, also prints
/// where and why, without the content of any cell.
fn unreadable(done: &Done, dry_run: bool) {
    let Some(line) = done.unreadable else {
        return;
    };
    let rows = rows_of(done.tally.unreadable);
    if !dry_run {
        say(&format!(
            "note: {rows} could not be read, the first on line {line}; the column `problem` says why"
        ));
        return;
    }
    say(&format!(
        "note: {rows} could not be read; the first problems (`--errors FILE` writes all of them):"
    ));
    for problem in &done.problems {
        let line = problem.line;
        let column = problem.column.as_ref();
        let column = column.map_or(String::new(), |column| format!(", column `{column}`"));
        say(&format!("  line {line}{column}: {}", problem.kind.words()));
    }
}

/// Prints which rows have the same id, by their lines.
fn repeated_ids(table: &Table<'_>, ids: &RepeatedIds) {
    const MOST_IDS: usize = 5;
    const MOST_LINES: usize = 6;
    let repeated: Vec<Vec<u64>> = ids.lines().collect();
    if repeated.is_empty() {
        return;
    }
    let heading = table.columns.get(table.id);
    let heading = plain(heading.map_or("", |column| &column.heading));
    if repeated.len() * 2 > ids.len() {
        say(&format!(
            "note: `{heading}` is the same on many rows, so it does not identify patients; name the column that does with `--id`"
        ));
        return;
    }
    let lines = |lines: &Vec<u64>| {
        let (shown, more) = lines.split_at(lines.len().min(MOST_LINES));
        let mut shown: Vec<String> = shown.iter().map(u64::to_string).collect();
        if !more.is_empty() {
            shown.push(format!("{} more", more.len()));
        }
        let last = shown.pop().unwrap_or_default();
        format!("lines {} and {last}", shown.join(", "))
    };
    let (shown, more) = repeated.split_at(repeated.len().min(MOST_IDS));
    let mut list: Vec<String> = shown.iter().map(lines).collect();
    if !more.is_empty() {
        list.push(format!("and {} more", more.len()));
    }
    say(&format!(
        "note: the same `{heading}` is on several rows: {}",
        list.join("; ")
    ));
}

/// Prints which answers are missing, and in how many rows.
fn unknown(table: &Table<'_>, tally: &Counts) {
    for (id, count) in Counts::largest(&tally.waiting, table.plan, 3) {
        say(&format!("{} only for `{id}`", waits(count)));
    }
    let missing = Counts::largest(&tally.missing, table.plan, 5);
    if !missing.is_empty() {
        let parts: Vec<String> = missing
            .iter()
            .map(|(id, count)| format!("`{id}` ({})", number(*count)))
            .collect();
        say(&format!("missing most often: {}", parts.join(", ")));
    }
}

fn number(count: u64) -> String {
    let words = counted(usize::try_from(count).unwrap_or(usize::MAX), "");
    words.trim_end_matches([' ', 's']).to_owned()
}

fn rows_of(count: u64) -> String {
    counted(usize::try_from(count).unwrap_or(usize::MAX), "row")
}

fn waits(count: u64) -> String {
    format!(
        "{} {}",
        rows_of(count),
        if count == 1 { "waits" } else { "wait" }
    )
}

fn hold(count: u64) -> String {
    format!(
        "{} {}",
        rows_of(count),
        if count == 1 { "has" } else { "have" }
    )
}

fn relies(count: u64) -> String {
    format!(
        "{} {}",
        rows_of(count),
        if count == 1 { "relies" } else { "rely" }
    )
}

/// How far a run has come.
#[must_use]
pub fn progress(rows: u64, bytes: u64, size: Option<u64>, took: Duration) -> String {
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
    let rate = rows.saturating_mul(1000) / millis;
    let left = size.filter(|_| bytes > 0).map(|size| {
        let left = size.saturating_sub(bytes);
        let seconds = left.saturating_mul(millis) / bytes / 1000;
        format!(
            ", {} left",
            counted(usize::try_from(seconds).unwrap_or(usize::MAX), "second")
        )
    });
    format!(
        "{}, {} a second{}",
        rows_of(rows),
        number(rate),
        left.unwrap_or_default()
    )
}
