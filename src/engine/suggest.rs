//! The nearest known name to one that is not known.

/// The name in `known` that `word` was probably meant to be, if any is near.
///
/// Near means within a third of the word's length in edits (a swapped pair of
/// letters is one edit), at most three; of two equally near the first wins. A
/// suggestion is only ever shown, never taken.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let within = (lower.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|name| {
            (
                strsim::damerau_levenshtein(&lower, &name.to_lowercase()),
                name,
            )
        })
        .filter(|(distance, _)| *distance <= within)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// A help line for an unknown `word`: the nearest name, or all of them when
/// they are few enough to read.
#[must_use]
pub fn way_out<'a>(word: &str, kind: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    if let Some(name) = nearest(word, known.iter().copied()) {
        return format!("did you mean `{name}`?");
    }
    match known.len() {
        0 => format!("this pack has no {kind} yet"),
        1..=12 => format!("use one of {}", listed(&known)),
        n => {
            let some = known.get(..3).unwrap_or(&known);
            format!("there are {n} to choose from, for example {}", listed(some))
        }
    }
}

/// `a`, `b` or `c`, each in backticks.
#[must_use]
pub fn listed<S: AsRef<str>>(words: &[S]) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{listed, nearest};

    #[test]
    fn near_and_not_near() {
        #[track_caller]
        fn case(word: &str, expected: Option<&str>) {
            let known = ["isotretinoin", "acne", "eczema", "keloid", "prednisolone"];
            assert_eq!(nearest(word, known), expected, "{word}");
        }

        case("isotretinon", Some("isotretinoin"));
        case("isotertinoin", Some("isotretinoin"));
        case("Acne", Some("acne"));
        case("acen", Some("acne"));
        case("exzema", Some("eczema"));
        case("prednisone", Some("prednisolone"));
        case("acute", None);
        case("x", None);
        case("", None);
    }

    #[test]
    fn lists_read_aloud() {
        assert_eq!(listed(&["a"]), "`a`");
        assert_eq!(listed(&["a", "b", "c"]), "`a`, `b` or `c`");
    }
}
