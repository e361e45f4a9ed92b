//! Recognises sentences that deny all medicines: `not on any medication`, `Patient denies any meds`.
//!
//! Every word of the sentence must be known, so `no aspirin` and `denies ibuprofen` are not such sentences.

use crate::normalize::normalize;

/// What a sentence says about the medicines taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sentence {
    /// There are none.
    None,
    /// There are none of some kind, or none worth noting; there may be others.
    Open,
    /// There are no others than those named before.
    NoMore,
}

const SUBJECTS: &[&str] = &[
    "i",
    "im",
    "ive",
    "am",
    "we",
    "he",
    "she",
    "hes",
    "shes",
    "they",
    "is",
    "are",
    "the",
    "pt",
    "pts",
    "patient",
    "patients",
    "client",
    "states",
    "reports",
    "says",
    "that",
    "has",
    "been",
    "currently",
    "presently",
    "at",
    "present",
    "now",
];

const TAIL: &[&str] = &[
    "currently",
    "presently",
    "now",
    "today",
    "at",
    "all",
    "the",
    "moment",
    "present",
    "this",
    "time",
    "right",
    "please",
    "thanks",
    "thank",
    "you",
];

const TAKE: &[&str] = &[
    "on", "take", "takes", "taking", "use", "uses", "using", "have", "has", "having",
];

/// Words before a noun that include everything.
const ANY: &[&str] = &[
    "any",
    "of",
    "the",
    "current",
    "currently",
    "active",
    "at",
    "present",
    "taking",
    "use",
    "using",
];

/// Words before a noun, or in place of it, that refer only to some medicines.
const SOME: &[&str] = &[
    "regular",
    "regularly",
    "prescription",
    "prescribed",
    "daily",
    "routine",
    "repeat",
    "long",
    "term",
    "chronic",
    "new",
    "known",
    "significant",
    "relevant",
    "important",
    "note",
    "reported",
    "recorded",
    "listed",
    "documented",
    "noted",
    "stated",
    "given",
    "specific",
    "particular",
    "usual",
    "permanent",
    "every",
    "day",
];

const ALL_MEDICINES: &[&str] = &[
    "medicine",
    "medicines",
    "medication",
    "medications",
    "meds",
    "med",
    "anything",
    "nothing",
];

/// Nouns for some medicines only.
const SOME_MEDICINES: &[&str] = &[
    "tablet",
    "tablets",
    "pill",
    "pills",
    "drug",
    "drugs",
    "tabs",
    "supplements",
    "prescriptions",
    "treatment",
    "treatments",
];

const NO_MORE: &[&str] = &[
    "nothing else",
    "nothing more",
    "no others",
    "no other",
    "none other",
    "no more",
    "thats all",
    "that is all",
    "thats it",
    "that is it",
    "no other medicine",
    "no other medicines",
    "no other medication",
    "no other medications",
    "no other meds",
    "no others meds",
    "nil else",
    "nil other",
    "no further medication",
];

/// What a sentence says about the medicines taken; none for any other sentence.
pub fn read(text: &str) -> Option<Sentence> {
    let text = normalize(text).replace(['\'', '\u{2019}'], "");
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if NO_MORE.contains(&words.join(" ").as_str()) {
        return Some(Sentence::NoMore);
    }
    let start = words.iter().position(|word| !SUBJECTS.contains(word))?;
    let words = words.get(start..)?;
    let end = words.iter().rposition(|word| !TAIL.contains(word))? + 1;
    // `no meds today`: perhaps they are taken on other days.
    let today = words.get(end..).is_some_and(|tail| tail.contains(&"today"));
    let (&first, rest) = words.get(..end)?.split_first()?;
    let said = match first {
        "denies" | "denied" | "denying" | "zero" if rest.is_empty() => Some(Sentence::None),
        "denies" | "denied" | "denying" | "no" | "nil" | "none" | "zero" | "without"
        | "nothing" => object(rest),
        "not" | "dont" | "doesnt" => taken(rest),
        "do" | "does" => taken(rest.strip_prefix(&["not"])?),
        first if TAKE.contains(&first) => {
            let (no, rest) = rest.split_first()?;
            match *no {
                "nothing" | "none" | "nil" if rest.is_empty() => Some(Sentence::None),
                "no" | "nothing" | "none" | "nil" | "zero" => object(rest),
                _ => None,
            }
        }
        _ => None,
    };
    said.map(|said| if today { Sentence::Open } else { said })
}

/// The words after `not`: `taking any medication`.
fn taken(words: &[&str]) -> Option<Sentence> {
    let words = words.strip_prefix(&["currently"]).unwrap_or(words);
    let (verb, rest) = words.split_first()?;
    TAKE.contains(verb).then_some(())?;
    object(rest)
}

/// The words for what is not taken: `any medication`.
fn object(words: &[&str]) -> Option<Sentence> {
    let known = [ANY, SOME, ALL_MEDICINES, SOME_MEDICINES];
    let fits = |word: &str| known.iter().any(|list| list.contains(&word));
    let is = |list: &[&str]| words.iter().any(|word| list.contains(word));
    if words.is_empty() || !words.iter().all(|word| fits(word)) {
        return None;
    }
    let all = is(ALL_MEDICINES) || words == ["any"];
    let open = is(SOME) || is(SOME_MEDICINES);
    (all || open).then_some(if open { Sentence::Open } else { Sentence::None })
}

#[cfg(test)]
mod tests {
    use super::{Sentence, read};

    #[test]
    fn sentences_without_medicines() {
        #[track_caller]
        fn case(texts: &[&str], expected: Option<Sentence>) {
            for text in texts {
                assert_eq!(read(text), expected, "{text}");
            }
        }

        case(
            &[
                "No current medications",
                "not on any medication",
                "Not taking any medications",
                "Not taking anything",
                "I do not take any medicine",
                "I don\u{2019}t take any",
                "I'm not on anything",
                "takes nothing",
                "takes no medication",
                "Patient denies",
                "denies",
                "Denies any medications.",
                "Denies medication use",
                "pt. denies taking any meds",
                "zero",
                "zero meds",
                "Nil medication",
                "I am on no medication at the moment",
                "She is not currently taking any medicines",
                "no meds at all",
                "no medications currently",
            ],
            Some(Sentence::None),
        );
        // Perhaps on other days.
        case(
            &[
                "no meds today",
                "no medication today",
                "I take nothing today",
            ],
            Some(Sentence::Open),
        );
        case(
            &[
                "nil of note",
                "nothing of note",
                "none known",
                "no known",
                "No known medications",
                "none reported",
                "nil regular",
                "no regular medication",
                "no prescription meds",
                "not on any regular meds",
                "no daily meds",
                "no tablets",
                "I take nothing regularly",
                "takes no regular medicines",
                "denies prescription meds",
                "no drugs",
                "not taking tablets",
            ],
            Some(Sentence::Open),
        );
        case(
            &["nothing else", "no other meds", "That's all"],
            Some(Sentence::NoMore),
        );
        case(
            &[
                "no aspirin",
                "denies aspirin",
                "not on warfarin",
                "not sure",
                "no",
                "none",
                "nothing",
                "nil",
                "nothing but paracetamol",
                "no meds except aspirin",
                "no medication allergies",
                "no more warfarin",
                "takes aspirin",
                "on",
                "not",
                "currently",
                "the pill",
                "no pill since May",
                "not taking",
                "stopped all meds",
                "no longer on warfarin",
                "I have no",
                "do",
                "",
            ],
            None,
        );
    }
}
