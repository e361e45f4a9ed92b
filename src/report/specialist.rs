//! The doctor whom the reports name: a dermatologist, unless the pack names another one.

use candidacy_engine::suggest::a;

/// The word in the program's own texts.
const USUAL: &str = "dermatologist";

/// One of the program's own texts with the pack's word for the specialist.
#[must_use]
pub fn named(text: &str, specialist: &str) -> String {
    if specialist == USUAL {
        return text.to_owned();
    }
    let one = a(specialist);
    let begins = one.replacen('a', "A", 1);
    text.replace("A dermatologist", &begins)
        .replace("a dermatologist", &one)
        .replace(USUAL, specialist)
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn the_article_fits() {
        let text = "Ask the dermatologist. A dermatologist decides; see a dermatologist.";
        let asked = named(text, "oculoplastic surgeon");
        assert_eq!(
            asked,
            "Ask the oculoplastic surgeon. An oculoplastic surgeon decides; see an oculoplastic surgeon."
        );
        assert_eq!(named(text, "dermatologist"), text);
    }
}
