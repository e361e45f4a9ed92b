//! How a list of medicines is read, word by word, for people who check it.

use crate::answer::is_no_medicine;
use crate::normalize::normalize;

use super::find::Analysis;
use super::forms::Forms;
use super::list::{Before, Part};
use super::{Recogniser, split};

/// How one entry of a list is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryReading {
    /// As typed.
    pub text: String,
    /// What it says.
    pub says: Says,
    /// The names in it, in the order in which they come.
    pub names: Vec<NameReading>,
    /// The words around the names that change nothing, in their order.
    pub ignored: Vec<String>,
    /// The words that nothing explains.
    pub unrecognised: Option<String>,
}

/// What an entry says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// That something is taken.
    Taken,
    /// That there are no medicines.
    NoMedicines,
    /// That the rest is not known.
    NotSure,
    /// Only how much or how often: of which medicine is not said.
    AmountsOnly,
    /// More about the medicine before it.
    MoreAboutTheOneBefore,
}

/// A name in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameReading {
    /// Its words, as they are compared.
    pub typed: String,
    /// The names that it is read as, as numbers into the recogniser's names.
    pub names: Vec<usize>,
    /// The forms that are said of it.
    pub forms: Forms,
}

impl Recogniser {
    /// How each entry of an answer is read; `not_sure` tells the words that leave the rest open.
    #[must_use]
    pub fn explain(&self, answer: &str, not_sure: impl Fn(&str) -> bool) -> Vec<EntryReading> {
        let mut readings = Vec::new();
        let mut before = Before::default();
        for part in split::pieces(answer) {
            let more = before.goes_on_with(part, &self.piece(part.text, &not_sure));
            if is_no_medicine(part.text) {
                readings.push(EntryReading::new(part.text, Says::NoMedicines));
                continue;
            }
            if not_sure(part.text) {
                readings.push(EntryReading::new(part.text, Says::NotSure));
                continue;
            }
            for part in self.parts(part.text, &not_sure) {
                if part.dose().is_some()
                    && let Some(last) = readings.iter_mut().rev().find(|one| !one.names.is_empty())
                {
                    for name in &mut last.names {
                        name.names.extend(self.otherwise(&name.names));
                    }
                }
                readings.push(match part {
                    Part::None(text) => EntryReading::new(text, Says::NoMedicines),
                    Part::NotSure(text) => EntryReading::new(text, Says::NotSure),
                    Part::Amounts(text) => EntryReading::new(text, Says::AmountsOnly),
                    Part::GoesOn(text) => EntryReading::new(text, Says::MoreAboutTheOneBefore),
                    Part::Entry(read) if more => {
                        EntryReading::new(&read.entry.text, Says::MoreAboutTheOneBefore)
                    }
                    Part::Entry(read) => self.explain_entry(&read.entry.text),
                });
            }
        }
        readings
    }

    /// How the text of one entry is read.
    #[must_use]
    pub fn explain_entry(&self, text: &str) -> EntryReading {
        let folded = normalize(text);
        let read = self.analyse(&folded, self.lexicon.is_used());
        let mut reading = EntryReading::new(text, Says::Taken);
        for (number, found) in read.found.iter().enumerate() {
            let forms = read.forms_of(number);
            reading.names.push(NameReading {
                typed: read.words(&found.words).join(" "),
                names: read.names_of(number, self),
                forms,
            });
        }
        if read.found.is_empty() {
            reading.unrecognised = Some(text.to_owned());
        } else {
            reading.ignored = ignored(&read);
            let left = read.words(&read.left);
            reading.unrecognised = (!left.is_empty()).then(|| left.join(" "));
        }
        reading
    }
}

impl EntryReading {
    fn new(text: &str, says: Says) -> Self {
        Self {
            text: text.to_owned(),
            says,
            names: Vec::new(),
            ignored: Vec::new(),
            unrecognised: None,
        }
    }
}

/// The words that are part of no name and are not left over; those that follow each other as one text.
fn ignored(read: &Analysis<'_>) -> Vec<String> {
    let used = |at: &usize| {
        read.left.contains(at) || read.found.iter().any(|found| found.words.contains(at))
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in (0..read.tokens.len()).filter(|at| !used(at)) {
        match groups.last_mut() {
            Some(group) if group.last() == Some(&at.wrapping_sub(1)) => group.push(at),
            _ => groups.push(vec![at]),
        }
    }
    groups
        .iter()
        .map(|group| read.words(group).join(" "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::recogniser;
    use super::Says;

    #[test]
    fn each_word_is_a_name_ignored_or_unknown() {
        #[track_caller]
        fn case(answer: &str, expected: &[&str]) {
            let readings = recogniser().explain(answer, |word| word == "not sure");
            let shown: Vec<String> = readings
                .iter()
                .map(|read| {
                    let names: Vec<&str> = read.names.iter().map(|n| n.typed.as_str()).collect();
                    format!(
                        "{:?}: {} | {} | {}",
                        read.says,
                        names.join(", "),
                        read.ignored.join(", "),
                        read.unrecognised.as_deref().unwrap_or("")
                    )
                })
                .collect();
            assert_eq!(shown, expected, "{answer}");
        }

        case(
            "Accutane 20mg capsules BID",
            &["Taken: accutane | 20 mg capsules bid | "],
        );
        case(
            "1 tablet losartan 50 mg zuvetan",
            &["Taken: losartan | 1 tablet, 50 mg | zuvetan"],
        );
        case(
            "aspirin/eliquis 5 mg, 2 tablets daily",
            &[
                "Taken: aspirin |  | ",
                "Taken: eliquis | 5 mg | ",
                "MoreAboutTheOneBefore:  |  | ",
            ],
        );
        case(
            "weekly injection; 20 mg; not sure",
            &[
                "Taken:  |  | weekly injection",
                "AmountsOnly:  |  | ",
                "NotSure:  |  | ",
            ],
        );
        case("none", &["NoMedicines:  |  | "]);
    }

    /// What is explained is what counts.
    #[test]
    fn the_entries_are_those_of_the_answer() {
        let recogniser = recogniser();
        for answer in [
            "metformin 1 tablet in the morning and 2 tablets at night",
            "Aknill gel capsules; aspirin, 2 puffs",
            "telma am 40; eye drops + omeprazole. Weekly injection",
            "no aspirin, zzz / paracetamol with eliquis",
        ] {
            let read = recogniser.read(answer, |_| false).expect("a list");
            let explained = recogniser.explain(answer, |_| false);
            let taken = explained.iter().filter(|one| one.says == Says::Taken);
            let taken: Vec<_> = taken
                .map(|one| {
                    let names = one.names.iter().flat_map(|name| name.names.clone());
                    (one.text.clone(), names.collect(), one.unrecognised.clone())
                })
                .collect();
            let entries: Vec<(String, Vec<usize>, Option<String>)> = read
                .entries
                .into_iter()
                .map(|entry| (entry.text, entry.names, entry.unrecognised))
                .collect();
            assert_eq!(taken, entries, "{answer}");
        }
    }
}
