//! Combinations whose form is stated only once: `fluticasone/salmeterol Diskus`.

use crate::normalize::normalize;

use super::find::{Analysis, Found};
use super::{Recogniser, split};

impl Recogniser {
    /// Whether a text names the parts of a known product, and only the last part has a form.
    pub(super) fn is_combination(&self, text: &str) -> bool {
        let folded = normalize(text);
        let read = self.analyse(&folded, self.lexicon.is_used());
        // The rules may have one name for it: `fluticasone salmeterol`.
        let [whole] = &read.found[..] else {
            return read.combined;
        };
        let said_once = !read.forms_of(0).is_empty();
        read.combined || (said_once && self.is_name_of_parts(whole, text))
    }

    /// Whether every part of the text has its own name, and none of them is the name of the whole.
    /// In `jab / theophylline` the whole only has the name of its second part.
    fn is_name_of_parts(&self, whole: &Found, text: &str) -> bool {
        let parts = split::entries(text);
        let mut parts = parts.iter().filter_map(|part| text.get(part.clone()));
        parts.all(|part| {
            let folded = normalize(part);
            let found = self.analyse(&folded, self.lexicon.is_used()).found;
            !found.is_empty() && found.iter().all(|one| one.names != whole.names)
        })
    }

    pub(super) fn is_combined(&self, read: &Analysis<'_>) -> bool {
        let bracketed = |found: &Found| {
            let mut tokens = found.words.iter().filter_map(|at| read.tokens.get(*at));
            tokens.any(|token| token.bracketed)
        };
        let parts = read.found.iter().enumerate();
        let parts: Vec<(usize, &Found)> = parts.filter(|(_, found)| !bracketed(found)).collect();
        let Some(((last, _), first)) = parts.split_last() else {
            return false;
        };
        let form = |number: usize| read.parsed.forms_of(Some(number), &read.places);
        let said_once = !form(*last).is_empty() && first.iter().all(|(at, _)| form(*at).is_empty());
        let mut generics = Vec::new();
        for (_, found) in &parts {
            let [name] = found.names[..] else {
                return false;
            };
            let name = self.names.get(name);
            generics.extend(name.and_then(|name| Some(&*name.means.first()?.generic)));
        }
        said_once && !first.is_empty() && self.lexicon.has_product_of(&generics)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{FormMeaning, Forms, Lexicon, LexiconName, Meaning, Recogniser};
    use crate::truth::Truth;

    /// Groups: 0 steroid, 1 ordinary.
    fn recogniser() -> Recogniser {
        let inhaled = FormMeaning {
            forms: Forms::named("inhaled").expect("a form"),
            groups: vec![1],
            ask_route: None,
        };
        let meaning = |(name, group): (&str, usize)| Meaning {
            group,
            generic: name.to_owned().into(),
            ask_route: None,
            forms: Vec::from_iter((group == 0).then(|| inhaled.clone())),
        };
        let names = [
            ("budesonide", 0),
            ("prednisolone", 0),
            ("formoterol", 1),
            ("salbutamol", 1),
        ];
        let brand = LexiconName {
            name: "symbicort".to_owned(),
            generics: vec!["budesonide".to_owned(), "formoterol".to_owned()],
            whole_entry: false,
        };
        // A word for a form, which alone is also a name.
        let jab = LexiconName {
            name: "jab".to_owned(),
            generics: vec!["prednisolone".to_owned()],
            whole_entry: true,
        };
        let known = Recogniser::new(2, names.map(|one| (one.0.to_owned(), meaning(one))));
        known.with_lexicon(Lexicon::default().with_table([&brand, &jab]))
    }

    #[test]
    fn the_form_of_a_combination_is_that_of_its_parts() {
        #[track_caller]
        fn case(answer: &str, entries: &[&str], steroid: bool) {
            let read = recogniser().read(answer, |_| false).expect("a list");
            let texts: Vec<&str> = read.entries.iter().map(|entry| &*entry.text).collect();
            assert_eq!(texts, entries, "{answer}");
            assert_eq!(read.groups[0] == Truth::Yes, steroid, "{answer}");
            // An answer saved entry by entry is read in the same way.
            let again = recogniser().of_entries(texts, false);
            assert_eq!(again, read, "{answer}");
        }

        case(
            "budesonide/formoterol Turbohaler 200/6",
            &["budesonide/formoterol Turbohaler 200/6"],
            false,
        );
        // A word for a form that is also a name of its own is not the form of the other name.
        case("salbutamol / jab", &["salbutamol", "jab"], true);
        case(
            "Formoterol 6 mcg + budesonide inhaler",
            &["Formoterol 6 mcg + budesonide inhaler"],
            false,
        );
        // A separate form, no form, another product, or a separate list of medicines.
        case(
            "budesonide capsules/formoterol inhaler",
            &["budesonide capsules", "formoterol inhaler"],
            true,
        );
        case("budesonide/formoterol", &["budesonide", "formoterol"], true);
        case(
            "prednisolone/salbutamol inhaler",
            &["prednisolone", "salbutamol inhaler"],
            true,
        );
        case(
            "budesonide and formoterol inhaler",
            &["budesonide", "formoterol inhaler"],
            true,
        );
        case(
            "budesonide, formoterol inhaler",
            &["budesonide", "formoterol inhaler"],
            true,
        );
        case(
            "prednisolone/budesonide/formoterol inhaler",
            &["prednisolone", "budesonide/formoterol inhaler"],
            true,
        );
    }
}
