//! The nearest known name to one that is not known, and lists read aloud.

/// The name in `known` that `word` was probably meant to be, if any is near.
///
/// Near means within a third of the word's length in edits (a swapped pair of
/// letters is one edit), at most three; of two equally near the first wins.
/// Names of one or two letters (`P4`) differ too little to be near each other.
/// A suggestion is only ever shown, never taken.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let within = match lower.chars().count() {
        0..=2 => 0,
        letters => (letters / 3).clamp(1, 3),
    };
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

/// The name that `word` is near to, or the only one it is a beginning or an end
/// of (or the other way round): `treat-acne` for `treat-acne-first`.
#[must_use]
pub fn meant<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let part = |short: &str, long: &str| {
        short.len() > 2 && (long.starts_with(short) || long.ends_with(short))
    };
    let alike = |name: &&&'a str| part(word, name) || part(name, word);
    nearest(word, known.iter().copied()).or_else(|| {
        let mut alike = known.iter().filter(alike);
        alike.next().copied().filter(|_| alike.next().is_none())
    })
}

/// A help line for an unknown `word`: the nearest name, or all of them when
/// they are few enough to read.
#[must_use]
pub fn way_out<'a>(word: &str, kind: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    if let Some(name) = meant(word, &known) {
        return format!("did you mean `{name}`?");
    }
    match known.as_slice() {
        [] => format!("this pack has no {kind} yet"),
        [only] => format!("the only {kind} is `{only}`"),
        [one, two] => format!("use `{one}` or `{two}`"),
        few if few.len() <= MOST_LISTED => format!("use one of {}", listed(few)),
        many => format!(
            "there are {} to choose from, for example {}",
            many.len(),
            listed(many.get(..3).unwrap_or(many))
        ),
    }
}

/// The most names a help line lists: as many as a file has kinds of entries.
const MOST_LISTED: usize = 16;

/// `a rule`, `an option`.
#[must_use]
pub fn a(word: &str) -> String {
    let vowel = word.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {word}", if vowel { "an" } else { "a" })
}

/// `a`, `b` or `c`, each in backticks.
#[must_use]
pub fn listed<S: AsRef<str>>(words: &[S]) -> String {
    joined(words, "or")
}

/// `a`, `b` and `c`, each in backticks.
#[must_use]
pub fn listed_all<S: AsRef<str>>(words: &[S]) -> String {
    joined(words, "and")
}

fn joined<S: AsRef<str>>(words: &[S], last_word: &str) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    match quoted.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} {last_word} {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{a, listed, listed_all, meant, nearest, way_out};

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
        assert_eq!(nearest("P5", ["P4", "P6"]), None);
        assert_eq!(nearest("p4", ["P4"]), Some("P4"));
    }

    #[test]
    fn the_beginning_of_one_name_means_it() {
        #[track_caller]
        fn case(word: &str, known: &[&str], expected: Option<&str>) {
            assert_eq!(meant(word, known), expected, "{word}");
        }

        case("acne", &["active-acne", "peel"], Some("active-acne"));
        case(
            "treat-acne",
            &["treat-acne-first"],
            Some("treat-acne-first"),
        );
        case("isotretinoin_wait", &["isotretinoin"], Some("isotretinoin"));
        case("peel", &["recent-peel", "deep-peel"], None);
        case("x", &["xanthoma"], None);
    }

    #[test]
    fn a_way_out_names_what_there_is() {
        #[track_caller]
        fn case(known: &[&str], expected: &str) {
            assert_eq!(way_out("warts", "rule", known.iter().copied()), expected);
        }

        case(&[], "this pack has no rule yet");
        case(&["acne"], "the only rule is `acne`");
        case(&["wart"], "did you mean `wart`?");
        case(&["b1", "b2"], "use `b1` or `b2`");
        case(&["b1", "b2", "b3"], "use one of `b1`, `b2` or `b3`");
        case(
            &["b1"; 17],
            "there are 17 to choose from, for example `b1`, `b1` or `b1`",
        );
    }

    #[test]
    fn lists_read_aloud() {
        assert_eq!(listed(&["a"]), "`a`");
        assert_eq!(listed(&["a", "b", "c"]), "`a`, `b` or `c`");
        assert_eq!(listed_all(&["a", "b"]), "`a` and `b`");
        assert_eq!(a("rule"), "a rule");
        assert_eq!(a("option"), "an option");
    }
}
