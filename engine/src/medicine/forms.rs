//! The forms of a medicine, and names whose meaning depends on the form.

use serde::{Deserialize, Serialize};

use crate::text::Text;

use super::Meaning;

/// A set of ways in which a medicine is taken or applied. `spray` and `drops` leave it open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forms(u16);

/// All forms: the name in a pack, and a word that states the form after a medicine.
const ALL: [(&str, &str); 12] = [
    ("mouth", "tablet"),
    ("skin", "cream"),
    ("patch", "patch"),
    ("eye", "eye drops"),
    ("ear", "ear drops"),
    ("nose", "nasal spray"),
    ("inhaled", "inhaler"),
    ("injection", "injection"),
    ("rectal", "rectal suppository"),
    ("vaginal", "pessary"),
    ("spray", "spray"),
    ("drops", "drops"),
];

impl Forms {
    /// Swallowed, or kept in the mouth.
    pub const MOUTH: Self = Self(1);

    /// Every form.
    #[must_use]
    pub fn all() -> Self {
        Self((1 << ALL.len()) - 1)
    }

    /// Swallowed or injected, so that it acts in the whole body.
    #[must_use]
    pub fn in_the_body() -> Self {
        let injection = Self::named("injection").unwrap_or_default();
        Self::MOUTH.with(injection)
    }

    /// The names of all forms in a pack.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ALL.into_iter().map(|(name, _)| name)
    }

    /// The names of the forms in this set.
    pub fn each(self) -> impl Iterator<Item = &'static str> {
        let has = move |(number, _): &(usize, _)| self.0 & (1 << number) != 0;
        Self::names().enumerate().filter(has).map(|(_, name)| name)
    }

    /// The form with this name.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let number = ALL.iter().position(|(name, _)| *name == text)?;
        Some(Self(1 << number))
    }

    /// Whether the set is empty.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether the sets have a form in common.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The forms that are not in the other set.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The forms that are in at least one of the sets.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The word that states the first form after a name.
    #[must_use]
    pub fn typed(self) -> &'static str {
        let mut all = ALL.into_iter().enumerate();
        let first = all.find(|(number, _)| self.0 & (1 << number) != 0);
        first.map_or("", |(_, (_, word))| word)
    }
}

/// The meaning of a medicine in some forms, which replaces its usual meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct FormMeaning {
    /// The forms.
    pub forms: Forms,
    /// The groups to which it then belongs, by number.
    pub groups: Vec<usize>,
    /// The question that distinguishes it from another drug in the same form.
    pub ask_route: Option<Text>,
}

/// The meanings of a name in each form for which the pack gives one. Other forms make no difference.
pub fn readings(means: &[Meaning]) -> Vec<(Forms, Vec<Meaning>)> {
    let named = means.iter().flat_map(|meaning| &meaning.forms);
    let named = named.fold(Forms::default(), |all, meaning| all.with(meaning.forms));
    let each = Forms::names().filter_map(Forms::named);
    let each = each.filter(|form| form.meets(named));
    each.map(|form| (form, in_form(means, form))).collect()
}

/// The meanings of a name in this form.
pub fn in_form(means: &[Meaning], form: Forms) -> Vec<Meaning> {
    let mut read: Vec<Meaning> = Vec::new();
    let mut add = |group: usize, meaning: &Meaning, ask_route: &Option<Text>| {
        if !read.iter().any(|other| other.group == group) {
            read.push(Meaning {
                group,
                generic: meaning.generic.clone(),
                ask_route: ask_route.clone(),
                forms: Vec::new(),
            });
        }
    };
    for meaning in means {
        match meaning.forms.iter().find(|forms| forms.forms.meets(form)) {
            Some(forms) => {
                for group in &forms.groups {
                    add(*group, meaning, &forms.ask_route);
                }
            }
            None => add(meaning.group, meaning, &meaning.ask_route),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use crate::medicine::{Meaning, Recogniser};
    use crate::truth::Truth;

    use super::{FormMeaning, Forms};

    /// Groups: 0 steroid, 1 topical, 2 ordinary, 3 private.
    fn with_forms() -> Recogniser {
        let form = |names: &str, groups: &[usize], ask: Option<&str>| FormMeaning {
            forms: names
                .split(' ')
                .filter_map(Forms::named)
                .fold(Forms::default(), Forms::with),
            groups: groups.to_vec(),
            ask_route: ask.map(|ask| ask.to_owned().into()),
        };
        let budesonide = [
            form("mouth", &[0], None),
            form("inhaled nose spray", &[2], None),
            form("skin", &[1, 3], Some("Which?")),
        ];
        let meaning = |group, forms: &[FormMeaning]| Meaning {
            group,
            generic: "generic".into(),
            ask_route: Some("Which form?".into()),
            forms: forms.to_vec(),
        };
        let names = [
            ("budesonide", meaning(0, &budesonide)),
            ("prednisolone", meaning(0, &[])),
            ("paracetamol", meaning(2, &[])),
            (
                "hydrocortisone",
                meaning(0, &[form("skin eye", &[2], None)]),
            ),
            ("hydrocortisone", meaning(3, &[])),
        ];
        Recogniser::new(4, names.map(|(name, meaning)| (name.to_owned(), meaning)))
    }

    #[test]
    fn the_form_decides() {
        #[track_caller]
        fn case(answer: &str, expected: &str) {
            let recogniser = with_forms();
            let read = recogniser.read(answer, |_| false).expect("a list");
            let groups: String = read
                .groups
                .iter()
                .map(|group| if *group == Truth::Yes { 'Y' } else { '.' })
                .collect();
            let asks = read
                .entries
                .iter()
                .flat_map(|entry| recogniser.meanings(entry))
                .any(|meaning| meaning.ask_route.is_some());
            let quoted: Vec<_> = read
                .entries
                .iter()
                .filter_map(|entry| entry.unrecognised.as_deref())
                .collect();
            let forms = format!(
                "{groups}{} {}",
                if asks { " ask" } else { "" },
                quoted.join("|")
            );
            assert_eq!(forms.trim_end(), expected, "{answer}");
        }

        case("budesonide", "Y... ask");
        case("budesonide capsules", "Y...");
        case("budesonide 200 micrograms inhaler", "..Y.");
        case(
            "120 ACTUAT Budesonide 0.1 MG/ACTUAT Metered Dose Inhaler",
            "..Y.",
        );
        case("inhaled budesonide", "..Y.");
        case("budesonide nasal spray", "..Y.");
        case("budesonide spray", "..Y.");
        case("budesonide cream", ".Y.Y ask");
        case("budesonide oral gel", "Y...");
        case("budesonide rectal foam", "Y... ask");
        case("budesonide inhaler and capsules", "..Y. capsules");
        case("budesonide inhaler capsules", "Y.Y.");
        case("budesonide inhaler oral", "Y.Y.");
        case("budesonide inhaler cream", ".YYY ask");
        case("hydrocortisone 1% cream", "..YY ask");
        case("hydrocortisone eye ointment", "..YY ask");
        case("hydrocortisone vaginal cream", "Y..Y ask");
        case("hydrocortisone for my eyes", "Y..Y ask");
        // A form belongs to the name before it; a route directly before a name belongs to that name.
        case("prednisolone hydrocortisone cream", "Y.YY ask");
        case("budesonide hydrocortisone cream", "Y.YY ask");
        case("hydrocortisone cream budesonide", "Y.YY ask");
        case("budesonide topical hydrocortisone", "Y.YY ask");
        case("topical budesonide hydrocortisone", "YY.Y ask");
        // Text after a comma or "and" does not determine the form.
        case("budesonide, 2 puffs twice a day", "Y... ask");
        case("budesonide, inhaler", "Y... ask inhaler");
        case("budesonide and inhaler", "Y... ask inhaler");
        case("budesonide inhaler, 2 puffs", "..Y.");
        case("budesonide inhaler, 2 capsules", "..Y. 2 capsules");
        case("budesonide nasal spray, 2 capsules", "..Y. 2 capsules");
    }

    #[test]
    fn a_name_in_a_form_reads_as_its_own_text_says() {
        let recogniser = with_forms();
        let written = recogniser.written().count();
        assert!(written < recogniser.names().len());
        for (number, name) in recogniser.names().iter().enumerate() {
            let read = recogniser.read(&name.text, |_| false).expect("a list");
            assert_eq!(read.entries[0].names, [number], "{}", name.text);
        }
    }
}
