//! The short report for the front desk: the verdict, its day, the deciding reasons, what to do now
//! and what to say.

use candidacy_engine::date::Date;
use candidacy_engine::verdict::Verdict;

use super::model::{PRIVATE, Reason, Report, consult};
use super::phrases;
use super::specialist;
use super::style::{Role, Style};
use super::verdict_line::{
    MOST_NAMED, book_until, deciding, in_capitals, last_good_day, last_line, latest, missing, name,
    named, not_asked, verdict_and_day, with_reasons,
};

/// Maximum number of lines of the short report, in a window of 72 columns or more.
const MOST_LINES: usize = 12;
/// Maximum number of lines in a narrower window.
const MOST_NARROW_LINES: usize = 17;
/// Windows narrower than this count as narrow.
const NARROW: usize = 72;
/// Maximum width of a line; longer lines are hard to read.
const WIDEST: usize = 100;
/// Columns for the labels.
const LABEL: usize = 8;
/// Columns for the labels in a narrow window.
const NARROW_LABEL: usize = 6;

/// The short report. It has at most 12 lines (17 in a narrow window). If leaving out details can
/// achieve it, it also has at most `rows` lines.
#[must_use]
pub fn brief(sheet: &Report<'_>, style: Style, rows: usize) -> String {
    let most = if style.width < NARROW {
        MOST_NARROW_LINES
    } else {
        MOST_LINES
    };
    let fits = |text: &String| text.lines().count() <= most.min(rows);
    let mut forms = DETAILS.iter().map(|detail| form(sheet, style, *detail));
    let shortest = DETAILS.last().map(|detail| form(sheet, style, *detail));
    forms.find(fits).or(shortest).unwrap_or_default()
}

/// How detailed the short report is.
#[derive(Clone, Copy)]
struct Detail {
    /// How many reasons get a line of their own.
    reasons: usize,
    /// How many of these reasons are explained.
    explained: usize,
    /// Whether the last line names the condition that must clear.
    condition: bool,
}

/// From the most detailed form to the shortest.
const DETAILS: [Detail; 5] = [
    detail(2, 2, true),
    detail(2, 1, true),
    detail(2, 0, true),
    detail(1, 0, true),
    detail(1, 0, false),
];

const fn detail(reasons: usize, explained: usize, condition: bool) -> Detail {
    Detail {
        reasons,
        explained,
        condition,
    }
}

fn form(sheet: &Report<'_>, style: Style, detail: Detail) -> String {
    let verdict = sheet.verdict;
    let narrow = style.width < NARROW;
    let mut page = Page {
        text: String::new(),
        style,
        width: style.width.clamp(20, WIDEST),
        label: if narrow { NARROW_LABEL } else { LABEL },
    };
    let title = format!("{} {}", style.sign(verdict), in_capitals(verdict));
    page.painted(verdict, &title);
    page.labelled("when", &when(sheet));
    for (number, reason) in reasons(sheet, detail).into_iter().enumerate() {
        page.labelled(if number == 0 { "why" } else { "" }, &reason);
    }
    if let Some(words) = to_check(sheet) {
        page.labelled("check", words);
    }
    page.labelled("do", &to_do(sheet));
    page.labelled("say", &format!("\"{}\"", to_say(sheet)));
    let advice = specialist::named(consult(verdict), sheet.specialist);
    if narrow {
        page.labelled("note", &advice);
    } else {
        page.labelled("advice", &format!("{advice} This is not a diagnosis."));
    }
    let last = if detail.condition {
        last_line(sheet)
    } else {
        with_reasons(verdict_and_day(sheet), &named(sheet, &deciding(sheet)))
    };
    page.painted(verdict, &last);
    page.text
}

struct Page {
    text: String,
    style: Style,
    width: usize,
    label: usize,
}

impl Page {
    fn painted(&mut self, verdict: Verdict, words: &str) {
        for line in textwrap::wrap(words, options(self.width)) {
            self.text
                .push_str(&self.style.paint(Role::Verdict(verdict), &line));
            self.text.push('\n');
        }
    }

    fn labelled(&mut self, label: &str, words: &str) {
        let columns = self.label;
        let lines = textwrap::wrap(words, options(self.width - columns - 2));
        for (number, line) in lines.into_iter().enumerate() {
            let label = format!("{:columns$}", if number == 0 { label } else { "" });
            let label = self.style.paint(Role::Muted, &label);
            self.text.push_str(format!("  {label}{line}").trim_end());
            self.text.push('\n');
        }
    }
}

/// Wraps lines without breaking at hyphens, so that a day such as 2026-05-31 stays whole.
fn options(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

fn when(sheet: &Report<'_>) -> String {
    let verdict = sheet.verdict;
    let from = sheet.eligible_from.map(Date::in_words);
    let decided = specialist::named("when a dermatologist has decided", sheet.specialist);
    match (verdict, from) {
        (Verdict::Eligible | Verdict::EligibleWithPrecautions, again) => {
            let again = again.map_or(String::new(), |day| format!(", and again from {day}"));
            last_good_day(sheet).map_or_else(
                || format!("on {}", sheet.as_of.in_words()),
                |last| format!("until {last}{again}"),
            )
        }
        (Verdict::DermatologistReview, Some(from)) => {
            format!("{decided}; otherwise from {from}, if nothing else changes")
        }
        (_, Some(from)) => format!("from {from}, if nothing else changes"),
        (Verdict::Deferred, None) => when_it_ends(&deciding(sheet)),
        (Verdict::DermatologistReview, None) => decided,
        (Verdict::NotEligible, None) => "no date".to_owned(),
    }
}

/// Everything that must happen before treatment.
fn when_it_ends(deciding: &[&Reason<'_>]) -> String {
    if deciding.is_empty() {
        return "once the missing answers are known".to_owned();
    }
    let mut conditions: Vec<String> = Vec::new();
    for reason in deciding {
        let condition = match (reason.clears, &reason.until) {
            (Some(clears), _) => clears.to_owned(),
            (None, Some(_)) => continue,
            (None, None) => format!("{}: no end date yet", name(reason)),
        };
        if !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }
    let more = conditions.len().saturating_sub(MOST_NAMED);
    conditions.truncate(MOST_NAMED);
    if more > 0 {
        conditions.push(phrases::count(more, "more condition"));
    }
    if let Some(day) = latest(deciding) {
        conditions.push(format!("not before {}", day.in_words()));
    }
    conditions.join("; and ")
}

/// One line per reason, the deciding reasons first; then the number of reasons left out.
fn reasons(sheet: &Report<'_>, detail: Detail) -> Vec<String> {
    let deciding = deciding(sheet);
    let mut words = Vec::new();
    if deciding.is_empty() && sheet.verdict != Verdict::Eligible {
        words.push(sentence(&missing(sheet)));
    }
    let shown = detail.reasons.saturating_sub(words.len());
    let severe = |reason: &&Reason<'_>| !deciding.iter().any(|one| std::ptr::eq(*one, *reason));
    let others: Vec<&Reason<'_>> = sheet.reasons().filter(severe).collect();
    let all: Vec<&Reason<'_>> = deciding.iter().copied().chain(others).collect();
    for (number, reason) in all.iter().take(shown).enumerate() {
        words.push(if reason.rule == PRIVATE {
            reason.why.to_owned()
        } else if number < detail.explained {
            format!("{}: {}", reason.title, first_sentence(reason.why))
        } else {
            format!("{}.", reason.title)
        });
    }
    let more = all.len().saturating_sub(shown);
    if let Some(last) = words.last_mut().filter(|_| more > 0) {
        last.push_str(&format!(" And {}.", phrases::count(more, "more reason")));
    }
    if words.is_empty() {
        words.push(phrases::no_reason(sheet).to_owned());
    }
    let not_asked = not_asked(sheet).map(|words| words + ".");
    words.extend(not_asked.filter(|not_asked| !words.contains(not_asked)));
    words
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// The first sentence. A full stop before a small letter does not end a sentence: `e.g. scars`.
fn first_sentence(text: &str) -> &str {
    let ends = text.match_indices(". ").find(|(at, _)| {
        let next = text.get(at + 2..).and_then(|rest| rest.chars().next());
        next.is_some_and(char::is_uppercase)
    });
    ends.and_then(|(at, _)| text.get(..=at)).unwrap_or(text)
}

/// What makes the verdict less certain than it looks.
fn to_check(sheet: &Report<'_>) -> Option<&'static str> {
    if !sheet.contradictions.is_empty() || !sheet.doubts.is_empty() {
        return Some("Some answers contradict each other: ask again.");
    }
    if !sheet.unrecognised_medicines.is_empty() {
        return Some("A medicine is not recognised: check its spelling.");
    }
    if !sheet.ask_about.is_empty() {
        return Some("Ask for the form of a medicine; until then the stricter reading counts.");
    }
    if !sheet.relaxed.is_empty() {
        return Some("Relies on rules that are temporarily less strict.");
    }
    None
}

fn to_do(sheet: &Report<'_>) -> String {
    let decides = !deciding(sheet).is_empty();
    let from = sheet.eligible_from.map(Date::in_words);
    let until = book_until(sheet);
    let words = match (sheet.verdict, from) {
        (Verdict::EligibleWithPrecautions, _) if !decides => {
            format!("Book{until}, and find out what is missing: it may need a precaution.")
        }
        (Verdict::EligibleWithPrecautions, _) => {
            format!("Book{until}, and hand over the page with precautions.")
        }
        (Verdict::Deferred, _) if !decides => {
            "Do not book yet. Find out what is missing, and screen again.".to_owned()
        }
        (Verdict::Deferred, Some(day)) => format!("Do not book before {day}."),
        (Verdict::Deferred, None) => "Do not book yet. Screen again when that is over.".to_owned(),
        (verdict, _) => phrases::desk_does(verdict, &until),
    };
    specialist::named(&words, sheet.specialist)
}

/// One sentence to read aloud. It names no reason, because others may hear it.
fn to_say(sheet: &Report<'_>) -> String {
    let from = sheet.eligible_from.map(Date::in_words);
    let until = book_until(sheet);
    let words = match (sheet.verdict, from) {
        (Verdict::Eligible, _) => {
            format!("We can book this{until}; please tell us if your health or medicines change.")
        }
        (Verdict::EligibleWithPrecautions, _) => {
            format!("We can book this{until}, and you get a page with what to take care of.")
        }
        (Verdict::Deferred, Some(day)) => {
            format!("Not yet: from {day} we can book this, if nothing changes.")
        }
        (Verdict::Deferred, None) if deciding(sheet).is_empty() => {
            "Before we can book this, we have to find out a little more.".to_owned()
        }
        (Verdict::Deferred, None) => {
            "Not yet: please come back when this has cleared, and we ask again.".to_owned()
        }
        (Verdict::DermatologistReview, _) => {
            "A dermatologist decides on this first; we can book you a visit.".to_owned()
        }
        (Verdict::NotEligible, _) => {
            "We do not book this for you; a dermatologist can say what may help.".to_owned()
        }
    };
    specialist::named(&words, sheet.specialist)
}
