//! Problems of words that a key does not accept.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Located;
use crate::suggest::{meant, way_out};
use crate::verdict::Grade;
use crate::verdict::natural::{self, Meaning};

/// The problem of a word that is not in `words`.
pub fn unknown_word(word: &Located<String>, key: &str, words: &[&str]) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownWord,
        word.place,
        format!("`{key}` cannot be `{}`", word.value),
    )
    .help(way_out(&word.value, "word", words.iter().copied()))
}

/// The problem of a word that is not a grade; it explains what each grade does.
pub fn unknown_grade(word: &Located<String>, key: &str) -> Diagnostic {
    let words = Grade::ALL.map(Grade::word);
    let problem = unknown_word(word, key, &words);
    let natural = match natural::meaning(&word.value) {
        Some(Meaning::Graded(grade)) => format!(
            "write `{}` for this: its verdict is `{}`",
            grade.word(),
            grade.verdict().word()
        ),
        Some(Meaning::Allowed) => {
            "if nothing is a reason against the treatment, no rule is needed: remove it".to_owned()
        }
        None if meant(&word.value, &words).is_some() => return problem,
        None => {
            return Diagnostic {
                help: vec![GRADES.to_owned()],
                ..problem
            };
        }
    };
    Diagnostic {
        help: vec![natural, GRADES.to_owned()],
        ..problem
    }
}

/// What each grade does.
const GRADES: &str = "`precaution` allows the treatment with precautions, `temporary` defers it, `relative` asks for a dermatologist's review, `absolute` refuses it";

/// The problem of a word that is not in `words`, which are mostly verdicts.
pub fn unknown_verdict(word: &Located<String>, key: &str, words: &[&str]) -> Diagnostic {
    let problem = unknown_word(word, key, words);
    match natural::meaning(&word.value) {
        Some(meaning) => Diagnostic {
            help: vec![format!("write `{}` for this", meaning.verdict().word())],
            ..problem
        },
        None => problem,
    }
}
