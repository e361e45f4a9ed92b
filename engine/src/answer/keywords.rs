//! Words with the same meaning in all questions, however the answer is given.

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
    // Words that may hide a yes are not a no, and words that may hide a no are not a yes.
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

/// No answer: what record systems, statistics programs and databases write for a missing value.
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

/// Yes, also in tables. `sure` is not here, because it may be part of *not sure*. Some programs write 1.0 and 0.0 in a
/// column of 1 and 0 with gaps.
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

/// No, also in tables.
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

/// None of the options, or no medicines; the words of [`NO`] count too.
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

/// Characters without a meaning of their own: separators, brackets and punctuation.
const SIGNS: &str = ";,|/&.:_'\"[](){}\u{2026}\u{2022}\u{b7}\u{3001}\u{ff0c}\u{ff1b}\u{ff5c}";

/// A word in the form of the lists above, without punctuation at its end.
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

/// Whether a text is or begins one that [`leaves_open`].
#[must_use]
pub fn begins_to_leave_open(text: &str) -> bool {
    let key = key(text);
    let mut words = NOT_SURE.iter().chain(DECLINED);
    words.any(|word| word.starts_with(&key))
}

/// True for yes and false for no; none if the text is neither.
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

/// Whether a text says that none of the options applies.
#[must_use]
pub fn is_none(text: &str) -> bool {
    is_one_of(text, &[NONE, NO])
}

/// Whether a text says that no medicines are taken. A single dash counts too.
#[must_use]
pub fn is_no_medicine(text: &str) -> bool {
    let mut letters = text.trim().chars();
    let dash = letters.next().is_some_and(is_dash) && letters.next().is_none();
    let sentence = || no_medicines::read(text) == Some(Sentence::None);
    dash || is_one_of(text, &[NONE, NO, NO_MEDICINES]) || sentence()
}

/// Whether a text leaves open which medicines are taken: `not sure`, `no regular medication`, `nil of note`.
#[must_use]
pub fn leaves_medicines_open(text: &str) -> bool {
    leaves_open(text) || no_medicines::read(text) == Some(Sentence::Open)
}

/// Whether an entry says that there are no more medicines: `nothing else`.
#[must_use]
pub fn is_no_more_medicines(entry: &str) -> bool {
    no_medicines::read(entry) == Some(Sentence::NoMore)
}

/// Whether an entry in a list with others says that there are no medicines. A bare `0` is part of a dose there:
/// `metformin 1/0/1`.
#[must_use]
pub fn is_no_medicine_beside_others(entry: &str) -> bool {
    let mut letters = entry.chars().filter(|c| c.is_alphabetic());
    letters.nth(1).is_some() && is_no_medicine(entry)
}

/// Whether a text is blank: it has no word, or only a word for a missing value.
pub fn is_blank(text: &str) -> bool {
    let wordless = |c: char| is_unseen(c) || is_dash(c) || SIGNS.contains(c);
    text.chars().all(wordless) || is_one_of(text, &[BLANK, &["n/a"]])
}

/// Whether a text is a word for a missing value in all questions. No option and no medicine can have such a name. `n/a`
/// is not included, because an option can be called so.
#[must_use]
pub fn is_missing_value(text: &str) -> bool {
    !matches!(bare(text).as_str(), "na" | "n.a" | "missing") && is_one_of(text, &[BLANK])
}

/// The same for a list of medicines, where `n/a` and a single dash mean that there are none.
#[must_use]
pub fn is_blank_medicine(text: &str) -> bool {
    let only_plus = text.chars().all(|c| c == '+' || is_unseen(c));
    (is_blank(text) || only_plus) && !is_no_medicine(text)
}

/// Whether a text is the error value of a failed spreadsheet formula: there was an answer, but it is lost.
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
