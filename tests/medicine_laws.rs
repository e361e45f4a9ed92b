//! What is true of every list of medicines, tried on random lists of known names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use candidacy::load;
use candidacy_engine::medicine::{Medicines, normalized_name};
use candidacy_engine::plan::Plan;
use candidacy_engine::truth::Truth;
use proptest::prelude::*;
use proptest::sample::{Index, select};

static PLAN: LazyLock<Plan> =
    LazyLock::new(|| load::compiled(load::built_in_with_cases()).expect("the built-in rules"));

/// Names of the rules and of the lexicon.
static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let written = PLAN.medicines.written().map(|name| name.text.to_string());
    let lists = [
        include_str!("../rules/lexicon/names.csv"),
        include_str!("../rules/lexicon/own.csv"),
    ];
    let lexicon = lists.into_iter().flat_map(|list| list.lines().skip(1));
    let lexicon = lexicon.filter(|line| !line.contains(",word,"));
    let lexicon = lexicon.filter_map(|line| line.split(',').next());
    // A name with a sign or `and` in it cannot be typed beside others.
    let typed = |name: &str| !name.contains(['/', '+', '&', ',']) && !name.contains(" and ");
    written
        .chain(lexicon.map(str::to_owned))
        .filter(|name| typed(name))
        .collect()
});

/// The names of several words that only the lexicon has.
static LONGER: LazyLock<Vec<String>> = LazyLock::new(|| {
    let written = PLAN.medicines.written();
    let written: BTreeSet<String> = written.map(|name| normalized_name(&name.text)).collect();
    let longer = NAMES.iter().filter(|name| name.contains(' '));
    let longer = longer.filter(|name| !written.contains(&normalized_name(name)));
    longer.cloned().collect()
});

/// The names of the lexicon that are everyday words.
static EVERYDAY: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lists = [
        include_str!("../rules/lexicon/names.csv"),
        include_str!("../rules/lexicon/own.csv"),
    ];
    let lines = lists.into_iter().flat_map(str::lines);
    let words = lines.filter(|line| line.contains(",word,"));
    words.filter_map(|line| line.split(',').next()).collect()
});

fn read(list: &str) -> Medicines {
    let read = PLAN.medicines.read(list, |_| false);
    read.unwrap_or_else(|why| panic!("{list}: {why:?}"))
}

/// The groups that are taken from, and whether something is not recognised.
fn groups(list: &str) -> BTreeSet<usize> {
    let read = read(list);
    let taken = read.groups.iter().enumerate();
    let taken = taken.filter(|(_, truth)| **truth == Truth::Yes);
    let unrecognised = (read.unrecognised == Truth::Yes).then_some(usize::MAX);
    taken
        .map(|(number, _)| number)
        .chain(unrecognised)
        .collect()
}

/// Whether the form decides what a name means.
fn form_decides(list: &str) -> bool {
    let known = &PLAN.medicines;
    let read = read(list);
    let mut meanings = read.entries.iter().flat_map(|entry| known.meanings(entry));
    meanings.any(|meaning| !meaning.forms.is_empty())
}

fn name() -> impl Strategy<Value = &'static str> {
    any::<Index>().prop_map(|index| index.get(&NAMES).as_str())
}

fn separator() -> impl Strategy<Value = &'static str> {
    select(&["; ", ", ", "\n", " / ", " + ", " & ", " and "][..])
}

proptest! {
    #[test]
    fn more_words_are_never_less_severe(
        name in name(),
        other in name(),
        separator in separator(),
        strength in select(&[" 20 mg", " 0.5 MG/ML", " 1,000 mg twice daily", " 24 HR 5 MG", " #30"][..]),
        form in select(&[" tablets", " oral capsule", " injection", " cream", " inhaler", " eye drops"][..]),
    ) {
        let alone = groups(name);
        let with_strength = groups(&format!("{name}{strength}"));
        prop_assert!(with_strength.is_superset(&alone), "{name}{strength}: {alone:?} {with_strength:?}");
        let with_form = format!("{name}{form}");
        if !form_decides(name) {
            let formed = groups(&with_form);
            // A word that only says a form, such as `eye drops`, is no name beside another form.
            let quoted = formed.contains(&usize::MAX);
            prop_assert!(quoted || formed.is_superset(&alone), "{with_form}: {alone:?} {formed:?}");
        }
        let both = groups(&format!("{name}{separator}{other}"));
        prop_assert!(both.is_superset(&alone), "{name}{separator}{other}: {alone:?} {both:?}");
        prop_assert!(both.is_superset(&groups(other)), "{name}{separator}{other}");
    }

    #[test]
    fn order_and_separators_do_not_matter_and_nothing_is_dropped(
        names in prop::collection::vec((name(), separator()), 1..6),
        unknown in "[bdgkvz][aeou][bdgkvz][aeou]qx",
    ) {
        let list: String = names.iter().flat_map(|(name, separator)| [*name, *separator]).collect();
        let list = list.trim_end_matches([';', ',', '/', '+', '&', ' ', '\n']);
        let list = list.strip_suffix(" and").unwrap_or(list);
        let backwards: Vec<&str> = names.iter().rev().map(|(name, _)| *name).collect();
        let backwards = backwards.join("; ");
        prop_assert_eq!(groups(list), groups(&backwards), "{} | {}", list, backwards);
        for more in [format!("{list} {unknown}"), format!("{unknown}; {list}")] {
            let read = read(&more);
            let mut quoted = read.entries.iter().filter_map(|entry| entry.unrecognised.as_deref());
            prop_assert!(quoted.any(|words| words.contains(&unknown)), "{}", more);
        }
    }

    /// A longer name of the lexicon counts as every name inside it too.
    #[test]
    fn a_longer_name_is_never_less_severe_than_one_inside(index in any::<Index>()) {
        let name = index.get(&LONGER).as_str();
        let words: Vec<&str> = name.split(' ').collect();
        let whole = groups(name);
        for start in 0..words.len() {
            for end in start + 1..=words.len() {
                let part = words[start..end].join(" ");
                // An everyday word is a name only where it stands alone.
                if EVERYDAY.contains(part.as_str()) {
                    continue;
                }
                let inside = groups(&part);
                prop_assert!(
                    inside.contains(&usize::MAX) || whole.is_superset(&inside) || inside.is_empty(),
                    "{}: {:?} {:?}", name, whole, inside
                );
            }
        }
    }
}
