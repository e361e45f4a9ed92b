//! The verdict in one line, with its day and its reasons; every text report ends with it.

use candidacy_engine::date::Date;
use candidacy_engine::verdict::Verdict;

use super::model::{PRIVATE, Reason, Report, SoFar};
use super::phrases;

/// Maximum number of reasons named in one line.
pub(super) const MOST_NAMED: usize = 2;

/// The verdict, the day and the deciding reasons in one line, which ends every text report:
/// `DEFERRED to 1 Mar 2027 (isotretinoin)`.
#[must_use]
pub fn last_line(sheet: &Report<'_>) -> String {
    let deciding = deciding(sheet);
    let named = named(sheet, &deciding);
    let clears: Vec<&str> = deciding.iter().filter_map(|reason| reason.clears).collect();
    if sheet.verdict != Verdict::Deferred || clears.is_empty() || sheet.eligible_from.is_some() {
        return with_reasons(verdict_and_day(sheet), &named);
    }
    let mut conditions: Vec<&str> = clears.iter().map(|clears| until(clears)).collect();
    conditions.dedup();
    let others = deciding.iter().filter(|reason| reason.clears.is_none());
    let others: Vec<&Reason<'_>> = others.copied().collect();
    let more = conditions.len().saturating_sub(MOST_NAMED);
    conditions.truncate(MOST_NAMED);
    let mut words = format!(
        "{} until {}",
        in_capitals(Verdict::Deferred),
        conditions.join(", and until ")
    );
    if more > 0 {
        words.push_str(&format!(", and {}", phrases::count(more, "more condition")));
    }
    if let Some(day) = latest(&deciding) {
        words.push_str(&format!(", not before {}", day.in_words()));
    }
    if others.is_empty() {
        return words;
    }
    with_reasons(words, &format!("and {}", names(&others)))
}

/// The verdict and its day alone; no answer can be guessed from it.
#[must_use]
pub fn verdict_and_day(sheet: &Report<'_>) -> String {
    let verdict = sheet.verdict;
    let words = in_capitals(verdict);
    let from = sheet.eligible_from.map(Date::in_words);
    match (verdict, from) {
        (Verdict::Eligible | Verdict::EligibleWithPrecautions, again) => {
            match (last_good_day(sheet), again) {
                (Some(last), Some(again)) => {
                    format!("{words} until {last}, and again from {again}")
                }
                (Some(last), None) => format!("{words} until {last}"),
                (None, _) => format!("{words} on {}", sheet.as_of.in_words()),
            }
        }
        (Verdict::Deferred, Some(from)) => format!("{words} to {from}"),
        (_, Some(from)) => format!("{words} before {from}"),
        (Verdict::Deferred, None) => match latest(&deciding(sheet)) {
            Some(day) => format!("{words} to {} or later", day.in_words()),
            None => words,
        },
        (_, None) => words,
    }
}

pub(super) fn in_capitals(verdict: Verdict) -> String {
    phrases::verdict(verdict).to_uppercase()
}

pub(super) fn with_reasons(words: String, reasons: &str) -> String {
    if reasons.is_empty() {
        return words;
    }
    format!("{words} ({reasons})")
}

/// The reasons that apply and count as the verdict. There are none if the verdict relies on
/// something unknown. The one with the latest end comes first.
pub(super) fn deciding<'r>(sheet: &'r Report<'_>) -> Vec<&'r Reason<'r>> {
    let verdict = sheet.verdict;
    let mut deciding: Vec<&Reason<'_>> = sheet
        .reasons()
        .filter(|reason| reason.counts_as == verdict)
        .collect();
    if verdict == Verdict::Deferred {
        deciding.sort_by(|one, other| match (&one.until, &other.until) {
            (Some(one), Some(other)) => other.cmp(one),
            (one, other) => one.is_some().cmp(&other.is_some()),
        });
    }
    deciding
}

pub(super) fn latest(deciding: &[&Reason<'_>]) -> Option<Date> {
    deciding.iter().filter_map(|reason| reason.until).max()
}

/// The last day on which treatment may go ahead, if a later day has a more severe verdict.
pub(super) fn last_good_day(sheet: &Report<'_>) -> Option<String> {
    let mut steps = sheet.timeline.iter();
    let stop = steps.find(|step| !step.verdict.goes_ahead())?;
    Some(stop.from.plus_days(-1).in_words())
}

/// ` for 26 Nov 2026 or earlier`, to follow `book`: the last day on which treatment may go ahead, if it may now and a later
/// day has a more severe verdict. Otherwise empty.
#[must_use]
pub fn book_until(sheet: &Report<'_>) -> String {
    let last = last_good_day(sheet).filter(|_| sheet.verdict.goes_ahead());
    last.map_or_else(String::new, |last| format!(" for {last} or earlier"))
}

/// The condition that must clear, worded to follow `until`.
fn until(clears: &str) -> &str {
    let without = |word: &str| clears.strip_prefix(word);
    let words = without("once ").or_else(|| without("when "));
    words.or_else(|| without("until ")).unwrap_or(clears)
}

/// The names of the deciding reasons, or what is missing.
pub(super) fn named(sheet: &Report<'_>, deciding: &[&Reason<'_>]) -> String {
    match (deciding.is_empty(), sheet.verdict) {
        (false, _) => names(deciding),
        (true, Verdict::Eligible) => "no reason against it".to_owned(),
        (true, _) => missing(sheet),
    }
}

fn names(reasons: &[&Reason<'_>]) -> String {
    let (private, told): (Vec<_>, Vec<_>) = reasons.iter().partition(|one| one.rule == PRIVATE);
    let names = told.into_iter().chain(private).map(|reason| name(reason));
    list(names.collect())
}

/// `acne and keloid`; for more than two, the first two and the number of others.
fn list(mut names: Vec<String>) -> String {
    names.dedup();
    let more = names.len().saturating_sub(MOST_NAMED);
    names.truncate(MOST_NAMED);
    match more {
        0 => names.join(" and "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// The name of a reason for use within a sentence.
pub(super) fn name(reason: &Reason<'_>) -> String {
    if reason.rule == PRIVATE {
        return "a reason kept for the dermatologist".to_owned();
    }
    let mut letters = reason.title.chars();
    let (first, second) = (letters.next(), letters.clone().next());
    // `HIV` stays in capitals.
    match first {
        Some(first) if second.is_some_and(char::is_lowercase) => {
            format!("{}{}", first.to_lowercase(), letters.as_str())
        }
        _ => reason.title.to_string(),
    }
}

/// The missing information that would help most: a more exact date, an answer, or the questions that
/// were not asked.
pub(super) fn missing(sheet: &Report<'_>) -> String {
    let called = |id: &str| {
        if id == PRIVATE {
            "something only the dermatologist asks".to_owned()
        } else {
            id.replace(['-', '_'], " ")
        }
    };
    let vague = sheet
        .needs
        .iter()
        .find(|need| matches!(need.so_far, SoFar::VagueDay(_)));
    if let Some(need) = vague {
        return format!("{}: a more exact date is needed", called(need.question));
    }
    let unsure = sheet
        .needs
        .iter()
        .filter(|need| need.so_far == SoFar::NotSure);
    let unsure: Vec<String> = unsure.map(|need| called(need.question)).collect();
    if !unsure.is_empty() {
        return format!("{}: not known", list(unsure));
    }
    if let Some(words) = not_asked(sheet) {
        return words;
    }
    let open = sheet.whichever.iter().chain(&sheet.undecided).next();
    open.map_or_else(
        || "not everything that matters is known".to_owned(),
        |id| format!("{}: not known", called(id)),
    )
}

/// `27 questions were not asked`.
pub(super) fn not_asked(sheet: &Report<'_>) -> Option<String> {
    let were = if sheet.not_asked == 1 { "was" } else { "were" };
    let questions = phrases::count(sheet.not_asked, "question");
    (sheet.not_asked > 0).then(|| format!("{questions} {were} not asked"))
}

#[cfg(test)]
mod tests {
    use super::{last_line, verdict_and_day};
    use crate::report::model::{View, sheet};
    use crate::report::test_support::{day, plan};
    use candidacy_engine::assess::assess;

    const PACK: &str = "\
questions:
  - {id: acne, ask: Acne?, type: yes-no}
  - {id: rash, ask: Rash?, type: yes-no}
  - {id: peel, ask: When was the last peel?, type: event}
  - {id: virus, ask: Virus?, type: yes-no}
  - {id: scar, ask: Scar?, type: yes-no}
rules:
  - {id: red-spots, grade: temporary, when: acne is yes, clears: once calm, why: w, sources: [P4]}
  - {id: rash, grade: temporary, when: rash is yes, clears: when gone, why: w, sources: [P4]}
  - {id: peeled, grade: temporary, when: peel within 3 months, why: w, sources: [P4]}
  - {id: hidden, grade: relative, when: virus is yes, private: yes, why: w, sources: [P4]}
  - {id: scar, title: HIV scar, grade: absolute, when: scar is yes, why: w, sources: [P4]}
";

    #[track_caller]
    fn case(other: &[(&str, &str)], line: &str, alone: &str) {
        let plan = plan(PACK);
        let today = day("2026-11-20");
        let mut answers = plan.blank_answers();
        for (number, asked) in plan.questions.iter().enumerate() {
            let id = asked.question.id.as_str();
            let usual = if id == "peel" { "never" } else { "no" };
            let answer = other.iter().find(|one| one.0 == id);
            let answer = answer.map_or(usual, |one| one.1);
            let reply = plan.reader(today).reply(&asked.question, answer);
            answers.set(number, reply.expect("an answer"));
        }
        let assessment = assess(&plan, &answers, today);
        let sheet = sheet(&plan, &answers, &assessment, View::Desk);
        let lines = (last_line(&sheet), verdict_and_day(&sheet));
        assert_eq!(lines, (line.to_owned(), alone.to_owned()));
    }

    #[test]
    fn the_verdict_its_day_and_its_reason() {
        let eligible = "ELIGIBLE on 20 Nov 2026";
        case(&[], &format!("{eligible} (no reason against it)"), eligible);
        case(&[("acne", "yes")], "DEFERRED until calm", "DEFERRED");
        let peel = ("peel", "2026-11-01");
        let wait = "DEFERRED to 1 Feb 2027";
        case(&[peel], &format!("{wait} (peeled)"), wait);
        // Everything that must happen before treatment.
        case(
            &[("acne", "yes"), ("rash", "yes"), peel],
            "DEFERRED until calm, and until gone, not before 1 Feb 2027 (and peeled)",
            "DEFERRED to 1 Feb 2027 or later",
        );
        case(
            &[("scar", "yes"), peel],
            "NOT ELIGIBLE (HIV scar)",
            "NOT ELIGIBLE",
        );
        let review = "DERMATOLOGIST REVIEW";
        let hidden = "(a reason kept for the dermatologist)";
        case(&[("virus", "yes")], &format!("{review} {hidden}"), review);
        let unsure = [("acne", "not sure"), ("rash", "not sure")];
        let words = format!("{review} (acne and rash: not known)");
        case(&unsure, &words, review);
        let vague = "DERMATOLOGIST REVIEW before 20 Feb 2027";
        let words = format!("{vague} (peel: a more exact date is needed)");
        case(&[("peel", "2026")], &words, vague);
    }
}
