//! Finds the nearest known name for an unknown one, and writes lists in words.

use opposite::{Forms, denies, may_be_denied};

mod opposite;

/// The name in `known` that `word` was probably meant to be, if one is near.
///
/// Near means: the number of edits is at most three, and at most a third of the length of the word.
/// A swapped pair of letters is one edit. If two are equally near, the first is used. Names of one
/// or two letters (`P4`) are never near each other. The opposite is never near: `ineligible` is
/// near `not-eligible` after any number of edits, and never near `eligible`. A suggestion is only
/// shown, never applied.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let within = match lower.chars().count() {
        0..=2 => 0,
        letters => (letters / 3).clamp(1, 3),
    };
    let forms = Forms::of(word);
    let near = |name: &'a str| {
        let lower_name = name.to_lowercase();
        let edits = edits(&lower, &lower_name);
        let both_denied = forms.may_be_denied() && may_be_denied(&lower_name);
        if edits > within && !both_denied {
            return None;
        }
        let other = Forms::of(name);
        let both_denied = forms.both_denied(&other).unwrap_or(edits);
        let distance = edits.min(both_denied);
        if distance > within {
            return None;
        }
        let apart = distance.min(forms.apart(&other));
        (!forms.deny(&other, apart)).then_some((distance, name))
    };
    let near = known.into_iter().filter_map(near);
    near.min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Whether `word` is nearer to the opposite of `name` than to `name`: for suggestions
/// that others make.
#[must_use]
pub fn is_opposite(word: &str, name: &str) -> bool {
    let (word, name) = (Forms::of(word), Forms::of(name));
    let apart = word.apart(&name);
    let both_denied = word.both_denied(&name).unwrap_or(apart);
    word.deny(&name, apart.min(both_denied))
}

/// The number of edits between two texts; a swapped pair counts as one.
fn edits(one: &str, other: &str) -> usize {
    strsim::damerau_levenshtein(one, other)
}

/// The name near `word`, or the only name that begins or ends with it, or with which it begins or
/// ends: `treat-acne` for `treat-acne-first`.
#[must_use]
pub fn meant<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let is_whole = |name: &str| is_part(name, word) && !is_after_a_little_word(name, word);
    let alike = |name: &&&'a str| is_part(word, name) || is_whole(name);
    nearest(word, known.iter().copied()).or_else(|| {
        let mut alike = known.iter().filter(alike);
        alike.next().copied().filter(|_| alike.next().is_none())
    })
}

/// Whether `long` begins with `short`, or ends with it as a separate word, and the rest does not
/// negate it.
fn is_part(short: &str, long: &str) -> bool {
    if short.len() <= 2 {
        return false;
    }
    let is_gap = |c: char| !c.is_alphanumeric();
    let before = long
        .strip_suffix(short)
        .is_some_and(|rest| rest.ends_with(is_gap) && !denies(rest, true));
    let behind = long
        .strip_prefix(short)
        .is_some_and(|rest| !denies(rest, false));
    before || behind
}

/// Whether `word` is `name` after so few letters that they may be *not* with a slip.
fn is_after_a_little_word(name: &str, word: &str) -> bool {
    let before = word.strip_suffix(name);
    before.is_some_and(|before| before.chars().filter(|c| c.is_alphanumeric()).count() <= 3)
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

/// `1 row`, `2 rows`.
#[must_use]
pub fn count(number: usize, one: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {one}{plural}")
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
    fn the_opposite_is_never_suggested() {
        #[track_caller]
        fn case(word: &str, known: &[&str], expected: Option<&str>) {
            assert_eq!(meant(word, known), expected, "{word}");
        }

        const VERDICTS: &[&str] = &[
            "eligible",
            "eligible-with-precautions",
            "deferred",
            "dermatologist-review",
            "not-eligible",
        ];
        for word in [
            "ineligible",
            "in-eligible",
            "in eligible",
            "Ineligible",
            "not eligible",
            "noteligible",
            "not_eligible",
            "non-eligible",
            "noneligible",
            "uneligible",
            "un-eligible",
            "unelligible",
            "ineligibel",
            "not  eligible",
            "n\u{43e}t eligible",
            "\u{456}neligible",
            "in\u{200b}eligible",
            "not\u{a0}eligible",
            "\u{ff49}neligible",
            "1neligible",
            "lneligible",
            "never eligible",
            "isn't eligible",
        ] {
            case(word, VERDICTS, Some("not-eligible"));
        }
        for word in [
            "neligible",
            "nto eligible",
            "nt-eligible",
            "elig\u{456}ble-not",
        ] {
            assert_ne!(meant(word, VERDICTS), Some("eligible"), "{word}");
        }
        case("eligble", VERDICTS, Some("eligible"));
        case("not-eligble", VERDICTS, Some("not-eligible"));
        case("not-eligible", &["eligible"], None);

        let skin = &["clear", "red", "inflamed"];
        for word in [
            "unclear",
            "un-clear",
            "not clear",
            "non clear",
            "not-clear",
            "unclaer",
            "no clear",
            "clear-not",
        ] {
            case(word, skin, None);
        }
        case("claer", skin, Some("clear"));
        case("inflammed", skin, Some("inflamed"));
        case("not inflamed", skin, None);
        case("non-inflamed", skin, None);
        case("flamed", skin, None);
        case("unclear", &["clear", "not-clear"], Some("not-clear"));
        case("not clear", &["clear", "unclear"], Some("unclear"));
        case("clear", &["unclear"], None);
        case("healed", &["not-healed"], None);
        case("acne", &["acne-free"], None);
        case("acne-free", &["acne"], None);
        case("painless", &["pain"], None);
        case("irregular", &["regular"], None);
        case("illegal", &["legal"], None);
        case("imobile", &["mobile"], None);
        case("immobile", &["mobile"], None);
        case("discontinued", &["continued"], None);
        case("atypical", &["typical"], None);
        case("hypopigmentation", &["hyperpigmentation"], None);
        case("ever", &["never"], None);
        case("increased", &["decreased"], None);
        case("internal", &["external"], None);
        case(
            "eczema in area",
            &["eczema-in-area"],
            Some("eczema-in-area"),
        );
        case("insuline", &["insulin"], Some("insulin"));
        case(
            "uncontroled",
            &["uncontrolled", "insulin"],
            Some("uncontrolled"),
        );
        case("controlled", &["uncontrolled"], None);
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
