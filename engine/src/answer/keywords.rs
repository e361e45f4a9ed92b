//! Words that mean the same to every question, however an answer is given.

use crate::normalize::{is_dash, is_unseen, key};

use no_medicines::Sentence;

mod no_medicines;

/// The answer is not known.
pub const NOT_SURE: &[&str] = &[
    "notsure",
    "unsure",
    "unknown",
    "unk",
    "?",
    "??",
    "???",
    "dontknow",
    "donotknow",
    "notknown",
    "idontknow",
    "idonotknow",
    "idk",
    "dunno",
    "noidea",
    "noclue",
    "imnotsure",
    "iamnotsure",
    "imunsure",
    "iamunsure",
    "uncertain",
    "notcertain",
    "notthatiknow",
    "notthatiknowof",
    "notthatimawareof",
    "notthatiamawareof",
    "notasfarasiknow",
    "dontremember",
    "donotremember",
    "idontremember",
    "idonotremember",
    "cantremember",
    "cannotremember",
    "icantremember",
    "icannotremember",
    "dontrecall",
    "idontrecall",
    "idunno",
    "ihavenoidea",
    "ihavenoclue",
    "nottomyknowledge",
    "notthatiremember",
    "notthaticanremember",
    "notthaticanthinkof",
    // What may hide a yes is no *no*, and what may hide a no is no *yes*.
    "notreally",
    "notexactly",
    "probablynot",
    "ithinkso",
    "ithinknot",
    "idontthinkso",
    "idonotthinkso",
];

/// The patient does not want to answer.
pub const DECLINED: &[&str] = &[
    "declined",
    "declinedtoanswer",
    "prefernottosay",
    "prefernottoanswer",
    "iprefernottosay",
    "rathernotsay",
    "rathernotanswer",
    "idrathernotsay",
    "refused",
];

/// Nothing was said: what records systems, statistics programs and databases
/// write where a value is missing.
const BLANK: &[&str] = &[
    "na",
    "n.a",
    "null",
    "nan",
    ".nan",
    "nat",
    "#n/a",
    "#na",
    "<na>",
    "<null>",
    "(null)",
    "[null]",
    "(blank)",
    "\\n",
    "~",
    "missing",
    "noanswer",
    "notanswered",
    "notavailable",
    "notrecorded",
];

/// Yes, in a table too. `sure` is not here: it may be half of *not sure*. A column of 1 and 0 with gaps leaves some programs as 1.0 and 0.0.
const YES: &[&str] = &[
    "yes",
    "y",
    "true",
    "1",
    "1.0",
    "x",
    "yesplease",
    "yep",
    "yup",
    "yeah",
    "yesido",
    "yesidid",
    "yesiam",
    "yesihave",
];

/// No, in a table too.
const NO: &[&str] = &[
    "no",
    "n",
    "false",
    "0",
    "0.0",
    "nope",
    "nah",
    "notatall",
    "nonotatall",
    "noidont",
    "noididnt",
    "noimnot",
    "noiamnot",
    "noihavent",
    "noihavenot",
];

/// None of the options, or no medicines; so do the words of [`NO`].
const NONE: &[&str] = &[
    "none",
    "nil",
    "nothing",
    "noneofthese",
    "noneofthem",
    "noneofthose",
    "noneapply",
    "noneoftheseapply",
    "noneoftheabove",
    "noneatall",
    "nothingatall",
];

/// No medicines.
const NO_MEDICINES: &[&str] = &["n/a"];

/// Signs that say nothing by themselves: what separates, encloses or ends words.
const SIGNS: &str = ";,|/&.:_'\"[](){}\u{2026}\u{2022}\u{b7}\u{3001}\u{ff0c}\u{ff1b}\u{ff5c}";

/// A word as the lists above write it. What ends a sentence is set aside.
fn bare(word: &str) -> String {
    let mut bare = key(word);
    bare.truncate(bare.trim_end_matches(['.', '!']).len());
    bare
}

fn is_one_of(word: &str, lists: &[&[&str]]) -> bool {
    let word = bare(word);
    lists.iter().any(|list| list.contains(&word.as_str()))
}

/// Whether a text says that the answer is not known.
pub fn is_not_sure(text: &str) -> bool {
    is_one_of(text, &[NOT_SURE])
}

/// Whether a text says that the patient does not want to answer.
pub fn is_declined(text: &str) -> bool {
    is_one_of(text, &[DECLINED])
}

/// Whether a text says that the answer is not known, or will not be given.
#[must_use]
pub fn leaves_open(text: &str) -> bool {
    is_one_of(text, &[NOT_SURE, DECLINED])
}

/// Whether a text could be the beginning of one that [`leaves_open`], or is one.
#[must_use]
pub fn begins_to_leave_open(text: &str) -> bool {
    let key = key(text);
    let mut words = NOT_SURE.iter().chain(DECLINED);
    words.any(|word| word.starts_with(&key))
}

/// Yes or no, if the text says either.
#[must_use]
pub fn yes_or_no(text: &str) -> Option<bool> {
    // `No, I haven't`
    let word = if text.contains(", ") {
        bare(&text.replace(", ", " "))
    } else {
        bare(text)
    };
    let is = |list: &[&str]| list.contains(&word.as_str());
    if is(YES) {
        Some(true)
    } else if is(NO) {
        Some(false)
    } else {
        None
    }
}

/// Whether a text says that none of the options is so.
#[must_use]
pub fn is_none(text: &str) -> bool {
    is_one_of(text, &[NONE, NO])
}

/// Whether a text says that no medicines are taken. A single dash does too.
#[must_use]
pub fn is_no_medicine(text: &str) -> bool {
    let mut letters = text.trim().chars();
    let dash = letters.next().is_some_and(is_dash) && letters.next().is_none();
    let sentence = || no_medicines::read(text) == Some(Sentence::None);
    dash || is_one_of(text, &[NONE, NO, NO_MEDICINES]) || sentence()
}

/// Whether a text about medicines leaves open which are taken: `not sure`, `no regular medication`, `nil of note`.
#[must_use]
pub fn leaves_medicines_open(text: &str) -> bool {
    leaves_open(text) || no_medicines::read(text) == Some(Sentence::Open)
}

/// Whether an entry says that there are no more medicines: `nothing else`.
#[must_use]
pub fn is_no_more_medicines(entry: &str) -> bool {
    no_medicines::read(entry) == Some(Sentence::NoMore)
}

/// Whether an entry beside others says that there are no medicines. A bare `0` is
/// part of a dose there: `metformin 1/0/1`.
#[must_use]
pub fn is_no_medicine_beside_others(entry: &str) -> bool {
    let mut letters = entry.chars().filter(|c| c.is_alphabetic());
    letters.nth(1).is_some() && is_no_medicine(entry)
}

/// Whether a text says nothing: there is no word in it, or a word that stands
/// for a missing value.
pub fn is_blank(text: &str) -> bool {
    let wordless = |c: char| is_unseen(c) || is_dash(c) || SIGNS.contains(c);
    text.chars().all(wordless) || is_one_of(text, &[BLANK, &["n/a"]])
}

/// Whether a text is a word that stands for a missing value, whatever is asked:
/// one that no option and no medicine can be called. `n/a` can be.
#[must_use]
pub fn is_missing_value(text: &str) -> bool {
    !matches!(bare(text).as_str(), "na" | "n.a" | "missing") && is_one_of(text, &[BLANK])
}

/// The same in a list of medicines, where `n/a` and a single dash mean that there are none.
#[must_use]
pub fn is_blank_medicine(text: &str) -> bool {
    let only_plus = text.chars().all(|c| c == '+' || is_unseen(c));
    (is_blank(text) || only_plus) && !is_no_medicine(text)
}

/// Whether a text is what a spreadsheet shows where a formula failed: something
/// was meant to be here, and it is lost.
#[must_use]
pub fn is_lost(text: &str) -> bool {
    let text = text.trim();
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_');
    let failed = text
        .strip_prefix('#')
        .and_then(|rest| rest.strip_suffix(['!', '?']))
        .is_some_and(|name| !name.is_empty() && name.chars().all(inside));
    let code = text
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("err:"));
    let code = code.is_some()
        && text
            .get(4..)
            .is_some_and(|rest| rest.parse::<u16>().is_ok());
    failed || code
}

#[cfg(test)]
mod tests;
