//! Explains how a list of medicines is read, word by word, for checking.

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
    /// The kind of entry.
    pub says: Says,
    /// The names in it, in order.
    pub names: Vec<NameReading>,
    /// The words around the names that have no effect, in order.
    pub ignored: Vec<String>,
    /// The words that were not recognised.
    pub unrecognised: Option<String>,
}

/// The kind of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// A medicine that is taken.
    Taken,
    /// There are no medicines.
    NoMedicines,
    /// The rest is not known.
    NotSure,
    /// Only an amount or a frequency, without a medicine.
    AmountsOnly,
    /// A continuation of the previous medicine.
    MoreAboutTheOneBefore,
}

/// A name in an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameReading {
    /// Its words in normalized form.
    pub typed: String,
    /// The names it is read as, as indices of the recogniser's names.
    pub names: Vec<usize>,
    /// The forms stated for it.
    pub forms: Forms,
}

impl Recogniser {
    /// How each entry of an answer is read; `not_sure` recognises texts that leave the rest open.
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

/// The words that are neither part of a name nor left over; adjacent ones are one text.
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

    /// The explanation agrees with the answer that counts.
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
