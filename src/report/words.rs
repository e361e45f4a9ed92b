//! The words reports share: verdicts and grades as people say them.

use std::borrow::Cow;

use crate::engine::date::Date;
use crate::engine::plan::Rule;
use crate::engine::verdict::{Grade, Verdict};

use super::sheet::Relaxed;

/// `eligible with precautions`.
#[must_use]
pub fn verdict(verdict: Verdict) -> String {
    verdict.word().replace('-', " ")
}

/// What the front desk does.
#[must_use]
pub fn desk_does(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "Book.",
        Verdict::EligibleWithPrecautions => "Book, and hand over the precautions below.",
        Verdict::Deferred => {
            "Do not book yet: book from the date, or when the condition below has cleared."
        }
        Verdict::DermatologistReview => "Book the dermatologist, not the treatment.",
        Verdict::NotEligible => "Do not book. Only a dermatologist may overrule this.",
    }
}

/// What a finding of this grade asks for, in a word or two.
#[must_use]
pub fn asks_for(grade: Grade) -> &'static str {
    match grade {
        Grade::Precaution => "take care",
        Grade::Temporary => "wait",
        Grade::Relative => "ask the dermatologist",
        Grade::Absolute => "do not treat",
    }
}

/// An id as a heading: `active-acne` becomes `Active acne`.
#[must_use]
pub fn heading(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A rule's name in plain words.
#[must_use]
pub fn title(rule: &Rule) -> Cow<'_, str> {
    let own = rule.title.as_deref().map(Cow::Borrowed);
    own.unwrap_or_else(|| heading(&rule.id).into())
}

/// An ISO day as a person reads it: `1 Mar 2027`.
#[must_use]
pub fn day(iso: &str) -> String {
    Date::from_iso(iso).map_or_else(|| iso.to_owned(), Date::in_words)
}

/// That a verdict relies on a relaxation: until when, who answers for it, and why.
#[must_use]
pub fn relies(one: &Relaxed<'_>) -> String {
    format!("Relies on rules {}", relaxed(one))
}

/// `relaxed until 30 Jun 2027, for which Dr A. Example answers: ...`
#[must_use]
pub fn relaxed(one: &Relaxed<'_>) -> String {
    let until = one.until.as_deref();
    let until = until.map_or(String::new(), |iso| format!(" until {}", day(iso)));
    let owner = one.owner;
    let owner = owner.map_or(String::new(), |owner| {
        format!(", for which {owner} answers")
    });
    format!("relaxed{until}{owner}: {}", one.reason)
}

/// `1 row`, `2 rows`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {one}{plural}")
}

/// Text that no browser takes for anything else.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{count, day, escaped, heading};

    #[test]
    fn as_people_say_it() {
        assert_eq!(heading("active-acne"), "Active acne");
        assert_eq!(day("2027-03-01"), "1 Mar 2027");
        assert_eq!(
            escaped("<a b=\"\'\">&\n"),
            "&lt;a b=&quot;&#39;&quot;&gt;&amp; "
        );
        assert_eq!(
            (count(1, "row"), count(0, "row")),
            ("1 row".to_owned(), "0 rows".to_owned())
        );
    }
}
