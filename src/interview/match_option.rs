//! Finds options from a part of their names.

use candidacy_engine::answer::{begins_to_leave_open, option_names};
use candidacy_engine::normalize::{key, normalize};
use candidacy_engine::question::Choice;

/// The options to show while the user types: every typed word must begin a word of the name. The
/// user sees the result and chooses from it.
#[must_use]
pub fn narrowed(choices: &[Choice], typed: &str) -> Vec<usize> {
    let typed = normalize(typed);
    let fits = |name: &str| {
        let name = normalize(name);
        let begins = |wanted: &str| name.split(' ').any(|word| word.starts_with(wanted));
        typed.split(' ').all(begins)
    };
    let fits = |choice: &Choice| option_names(choice).any(fits);
    numbered(choices, fits)
}

/// The options that `typed` may mean if the user sees no list: the option with exactly this name,
/// otherwise the options whose names begin with it. A word from the middle of a name is not
/// accepted, because the words before it could negate it. Several results are possible: `not`
/// begins both *not sure* and *not applicable*.
#[must_use]
pub fn meant(choices: &[Choice], typed: &str) -> Vec<usize> {
    let wanted = key(typed);
    let exact = |choice: &Choice| option_names(choice).any(|name| key(name) == wanted);
    let begins = |choice: &Choice| option_names(choice).any(|name| key(name).starts_with(&wanted));
    if let Some(exact) = choices.iter().position(exact) {
        return vec![exact];
    }
    if wanted.chars().count() < SHORTEST || begins_to_leave_open(typed) {
        return Vec::new();
    }
    numbered(choices, begins)
}

/// A shorter text is more likely a typing error than the beginning of a name.
const SHORTEST: usize = 3;

fn numbered(choices: &[Choice], fits: impl Fn(&Choice) -> bool) -> Vec<usize> {
    let all = choices.iter().enumerate();
    all.filter(|(_, choice)| fits(choice))
        .map(|(number, _)| number)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{meant, narrowed};
    use candidacy_engine::question::Choice;

    fn choices() -> Vec<Choice> {
        let choice = |id: &str, text: &str, also: &str| Choice {
            id: id.into(),
            text: text.into(),
            also: vec![also.into()],
            icd10: vec![],
        };
        vec![
            choice("none-today", "No acne today", "clear skin"),
            choice("acne", "Acne in the area", "pimples"),
            choice("eczema", "Éczema or dermatitis", "atopy"),
            choice("ecthyma", "Ecthyma", "deep sores"),
            choice("not-applicable", "Does not apply", "unknown lesion"),
        ]
    }

    #[test]
    fn a_list_is_narrowed_by_the_beginnings_of_words() {
        #[track_caller]
        fn case(typed: &str, expected: &[usize]) {
            assert_eq!(narrowed(&choices(), typed), expected, "{typed}");
        }

        case("", &[0, 1, 2, 3, 4]);
        case("ac", &[0, 1]);
        case("no ac", &[0]);
        case("ACNE are", &[1]);
        case("ec", &[2, 3]);
        case("derm", &[2]);
        case("pim", &[1]);
        case("cne", &[]);
    }

    #[test]
    fn only_a_beginning_of_the_whole_name_is_taken_unseen() {
        #[track_caller]
        fn case(typed: &str, expected: &[usize]) {
            assert_eq!(meant(&choices(), typed), expected, "{typed}");
        }

        case("acne", &[1]);
        case("acn", &[1]);
        case("Eczema or dermatitis", &[2]);
        case("ecz", &[2]);
        case("ec", &[]);
        case("no acne", &[0]);
        case("today", &[]);
        case("clear", &[0]);
        case("", &[]);
        case("does", &[4]);
        case("not applicable", &[4]);
        case("unknown l", &[4]);
        case("not", &[]);
        case("unknown", &[]);
    }
}
