//! The words around a medicine's name that say nothing about which it is.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether `word`, folded, is a strength, form, route, frequency, salt or filler.
pub fn set_aside(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| c.is_ascii_digit());
    if letters.is_empty() {
        return true;
    }
    // `20mg`, `2x`, `1st`, `24h`: a number and what it counts.
    let counted = letters.len() < word.len() && LISTS.counted.contains(letters);
    counted || LISTS.words.contains(word)
}

/// Both lists, ready to be looked up.
struct Lists {
    counted: HashSet<&'static str>,
    words: HashSet<&'static str>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    counted: COUNTED.split_whitespace().collect(),
    words: WORDS.split_whitespace().collect(),
});

/// What may stand right behind a number.
const COUNTED: &str = "d day days g h hr hrs iu kg l mcg mg micrograms ml mmol months nd ng rd st tabs th u ug \
    units weeks wk x µg μg";

/// Forms, routes, frequencies, salts and filler.
const WORDS: &str = "a about acetate actuation after afternoon aid always am amp ampoule ampoules amps an and \
    applied approx as at bd bed bedtime before besylate bid bis bottle bottles breakfast bromide \
    by calcium cap caplet caplets caps capsule capsules chewable citrate coated course cr cream \
    creme currently daily day days depot dinner disodium dispersible dose doses drop drops each \
    ec effervescent elixir emulsion er evening every extended film foam for form forte fortnight \
    fortnightly fr from fumarate g gel gels generic gr gram grams granules half hcl high hour \
    hourly hours hydrobromide hydrochloride i im in inhaled inhaler inhalers injected injection \
    injections intravenous iu iv la liquid long lotion low lozenge lozenges magnesium maleate \
    mane mcg meal meals med medication medicine meds mesylate mg microgram micrograms midday \
    milligram milligrams ml modified month monthly months morning mouth mouthwash mr my nasal \
    needed night nightly nocte noon now occasionally od of ointment on once one only or oral \
    orally oromucosal paste patch patches pen pens per pessary phosphate pill pills pm po \
    potassium powder prescribed prescription prn qd qds qid rectal regularly release required \
    retard sachet sachets sc serum several shampoo shot shots since slow sodium soft softgel \
    softgels solution sometimes spray sr still strength strong sublingual succinate sulfate \
    sulphate supplement supplements suppository suspension sustained syringe syrup tab \
    tablespoon tablet tablets tabs take taken takes taking tartrate tds teaspoon the three tid \
    time times to topical topically twice two under unit units use used uses using various vial \
    vials wash week weekly weeks when with xl xr year years";

#[cfg(test)]
mod tests {
    use super::set_aside;

    #[test]
    fn what_is_set_aside() {
        for word in ["20", "20mg", "2x", "tablet", "bid", "gel", "daily"] {
            assert!(set_aside(word), "{word}");
        }
        for word in ["aspirin", "b12", "5fu", "d3", "tea", "xmg", "plus"] {
            assert!(!set_aside(word), "{word}");
        }
    }
}
