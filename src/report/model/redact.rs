//! Hides medicine names that the desk must not see in typed text.

use std::borrow::Cow;

use candidacy_engine::answer::{Answers, Reply, Value};
use candidacy_engine::condition::{Check, Condition};
use candidacy_engine::medicine::{Entry, Name, normalized_name};
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Kind;

use super::View;

/// Replaces a medicine that the desk must not see.
pub const KEPT_MEDICINE: &str = "a medicine kept for the dermatologist";

/// Hides the entries that would reveal a private rule: those that name its medicines, a similar name, or its
/// subject.
#[derive(Debug, Default)]
pub struct Redaction(Vec<String>);

impl Redaction {
    /// What must be hidden from `view` in all `answers`.
    #[must_use]
    pub fn new(plan: &Plan, answers: &Answers, view: View) -> Self {
        let replies = (0..plan.questions.len()).map(|question| answers.reply(question));
        Self::over_all(plan, replies, view)
    }

    /// What must be hidden from `view` in one reply.
    #[must_use]
    pub fn of(plan: &Plan, reply: &Reply, view: View) -> Self {
        Self::over_all(plan, std::iter::once(reply), view)
    }

    fn over_all<'r>(plan: &Plan, replies: impl Iterator<Item = &'r Reply>, view: View) -> Self {
        if view == View::Clinician {
            return Self::default();
        }
        let groups = private_groups(plan);
        let words = private_words(plan);
        let mut hidden = Vec::new();
        for reply in replies {
            let Reply::Given(Value::Medicines(medicines)) = reply else {
                continue;
            };
            for entry in &medicines.entries {
                if tells(plan, &groups, entry) || says(&words, &entry.text) {
                    hidden.push(entry.text.clone());
                    hidden.extend(entry.unrecognised.clone());
                }
            }
        }
        Self(hidden)
    }

    /// Whether anything is hidden.
    #[must_use]
    pub fn hides_anything(&self) -> bool {
        !self.0.is_empty()
    }

    /// `typed` without hidden entries: one entry, or several joined with `; `.
    #[must_use]
    pub fn over<'t>(&self, typed: &'t str) -> Cow<'t, str> {
        if self.0.is_empty() {
            return Cow::Borrowed(typed);
        }
        let mut shown: Vec<&str> = Vec::new();
        for entry in typed.split("; ") {
            let entry = if self.hides(entry) {
                KEPT_MEDICINE
            } else {
                entry
            };
            if entry != KEPT_MEDICINE || !shown.contains(&entry) {
                shown.push(entry);
            }
        }
        Cow::Owned(shown.join("; "))
    }

    /// Whether this entry is hidden.
    #[must_use]
    pub fn hides(&self, entry: &str) -> bool {
        self.0.iter().any(|hidden| hidden == entry)
    }
}

/// The groups of medicines that private rules read.
pub fn private_groups(plan: &Plan) -> Vec<usize> {
    let tests = plan.private_conditions().flat_map(Condition::tests);
    let groups = tests.filter_map(|test| match &test.check {
        Check::Takes(groups) => Some(groups.iter().copied()),
        _ => None,
    });
    groups.flatten().collect()
}

/// The words for the options and groups that private rules read, in normalized form: their names, synonyms and
/// words in capitals.
fn private_words(plan: &Plan) -> Vec<String> {
    let mut texts: Vec<&str> = Vec::new();
    for test in plan.private_conditions().flat_map(Condition::tests) {
        let asked = plan.questions.get(test.question);
        let kind = asked.map(|asked| &asked.question.kind);
        let choices = kind.map(Kind::choices).unwrap_or_default();
        let read: Vec<usize> = match &test.check {
            Check::IncludesAny(parts) | Check::IncludesAll(parts) => parts.clone(),
            Check::OneOf(read) => {
                let read = read.iter().enumerate().filter(|(_, read)| **read);
                read.map(|(at, _)| at).collect()
            }
            Check::Takes(groups) => {
                let groups = groups.iter().filter_map(|group| plan.groups.get(*group));
                for group in groups {
                    texts.push(&group.id);
                    texts.extend(group.label.as_deref());
                }
                continue;
            }
            _ => {
                let asked = asked.into_iter().filter(|_| choices.is_empty());
                for asked in asked {
                    texts.extend(words_moved_to(plan, &asked.question.id));
                    texts.push(&asked.question.id);
                    texts.extend(asked.question.also.iter().map(String::as_str));
                    texts.push(&asked.question.ask);
                }
                continue;
            }
        };
        for choice in read.iter().filter_map(|at| choices.get(*at)) {
            texts.extend([&*choice.id, &choice.text]);
            texts.extend(choice.also.iter().map(String::as_str));
        }
    }
    let capitals = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    let capitals = capitals.filter(|word| word.chars().filter(|c| c.is_uppercase()).count() > 1);
    let words = texts.iter().copied().chain(capitals);
    let words = words.map(|text| normalized_name(&text.replace('_', "-")));
    words.filter(|text| !text.is_empty()).collect()
}

/// The words of answers that moved to the question `id`.
fn words_moved_to<'p>(plan: &'p Plan, id: &str) -> Vec<&'p str> {
    let moved = plan
        .questions
        .iter()
        .flat_map(|asked| &asked.question.moved);
    let moved = moved.filter(|(_, to)| to == id);
    moved.map(|(word, _)| word.as_str()).collect()
}

/// Whether a text contains one of these words or phrases.
fn says(words: &[String], text: &str) -> bool {
    // `H.I.V.` counts as `HIV`.
    [text, &text.replace('.', "")].into_iter().any(|text| {
        let text = format!(" {} ", normalized_name(text));
        words.iter().any(|word| text.contains(&format!(" {word} ")))
    })
}

/// Whether an entry names a medicine of these groups, or a similar name.
fn tells(plan: &Plan, groups: &[usize], entry: &Entry) -> bool {
    let of_them = |name: &Name| {
        name.means
            .iter()
            .any(|meaning| groups.contains(&meaning.group))
    };
    let names = plan.medicines.names();
    let mut known = entry.names.iter().filter_map(|number| names.get(*number));
    let near = entry.unrecognised.as_deref();
    let near = near.and_then(|typed| plan.medicines.did_you_mean(typed));
    let near = near.map_or(Vec::new(), |near| near.names);
    let mut near = near.iter().filter_map(|number| names.get(*number));
    known.any(of_them) || near.any(of_them)
}

#[cfg(test)]
mod tests {
    use super::{KEPT_MEDICINE, Redaction};
    use crate::report::model::{View, sheet};
    use crate::report::test_support::{day, plan};
    use candidacy_engine::answer::Answers;
    use candidacy_engine::assess::assess;
    use candidacy_engine::plan::Plan;

    const PACK: &str = "\
groups:
  - id: secret
    members: [{name: biktarvy}]
  - id: acne-capsule
    members: [{name: aknill, ask_route: \"Capsule or gel?\"}]
questions:
  - {id: medicines, ask: Which medicines?, type: medicines}
rules:
  - {id: hidden, grade: relative, when: medicines include secret, private: yes, why: w, sources: [P4]}
  - {id: capsule, grade: relative, when: medicines include acne-capsule, why: w, sources: [P4]}
  - {id: strange, grade: relative, when: medicines include unrecognised, why: w, sources: [P4]}
";

    const DAY: &str = "2026-11-20";

    fn taking(plan: &Plan, medicines: &str) -> Answers {
        let mut answers = plan.blank_answers();
        let asked = plan.questions.iter();
        let mut asked = asked.map(|asked| &asked.question).enumerate();
        let question = asked.find(|(_, asked)| asked.id == "medicines");
        let (number, question) = question.expect("a question about medicines");
        let reply = plan.reader(day(DAY)).reply(question, medicines);
        answers.set(number, reply.expect("medicines"));
        answers
    }

    /// The reports for the desk and for the clinician, as JSON.
    fn without_private(medicines: &str) -> (String, String) {
        let plan = plan(PACK);
        let answers = taking(&plan, medicines);
        let assessment = assess(&plan, &answers, day(DAY));
        let json = |view| {
            let sheet = sheet(&plan, &answers, &assessment, view);
            serde_json::to_string(&sheet).expect("JSON")
        };
        (json(View::Desk), json(View::Clinician))
    }

    #[test]
    fn no_name_of_a_private_medicine_nor_one_near_it_reaches_the_desk() {
        for medicines in [
            "biktarvy",
            "biktarvi",
            "foozle biktarvy",
            "aknill biktarvy",
            "foozle; biktarvi; aknill",
        ] {
            let (desk, clinician) = without_private(medicines);
            assert!(!desk.contains("biktarv"), "{medicines}: {desk}");
            assert!(clinician.contains("biktarv"), "{medicines}: {clinician}");
        }
    }

    #[test]
    fn an_entry_with_a_word_of_something_private_does_not_reach_the_desk() {
        let plan = crate::load::compiled(crate::load::built_in_with_cases());
        let plan = plan.expect("the built-in rules");
        for medicines in [
            "HIV drugs",
            "HIV meds",
            "meds for HIV",
            "prep for hiv",
            "ART for H.I.V.",
            "hep b meds",
            "Hep-C tablets",
            "HBV pills",
            "medicine for AIDS",
            "antiviral for hep b",
            "aspirin for hiv",
            "tablets for hepatitis",
        ] {
            let answers = taking(&plan, medicines);
            let assessment = assess(&plan, &answers, day(DAY));
            let json = |view| {
                let sheet = sheet(&plan, &answers, &assessment, view);
                serde_json::to_string(&sheet).expect("JSON")
            };
            let desk = json(View::Desk);
            assert!(!desk.contains(medicines), "{medicines}: {desk}");
            assert!(json(View::Clinician).contains(medicines), "{medicines}");
        }
        for medicines in ["foozle for acne", "aspirin for my back", "hepatica drops"] {
            let answers = taking(&plan, medicines);
            let veil = Redaction::new(&plan, &answers, View::Desk);
            assert!(!veil.hides_anything(), "{medicines}");
        }
    }

    #[test]
    fn a_slip_in_a_private_name_is_a_private_reason_at_the_desk() {
        let (desk, clinician) = without_private("biktarvi");
        assert!(clinician.contains("\"rule\":\"strange\""), "{clinician}");
        assert!(desk.contains("\"rule\":\"private\""), "{desk}");
        let nonsense = ["strange", KEPT_MEDICINE, "did_you_mean"];
        assert!(!nonsense.iter().any(|words| desk.contains(words)), "{desk}");
    }

    #[test]
    fn what_is_not_private_is_quoted() {
        let (desk, _) = without_private("foozle; biktarvi; biktarvy; aknil");
        assert!(
            desk.contains("foozle") && desk.contains(KEPT_MEDICINE),
            "{desk}"
        );
        assert!(desk.contains("\"did_you_mean\":\"aknill\""), "{desk}");
        let plan = plan(PACK);
        let answers = taking(&plan, "biktarvy; biktarvi");
        let desk = Redaction::new(&plan, &answers, View::Desk);
        assert_eq!(
            desk.over("biktarvy; foozle; biktarvi"),
            format!("{KEPT_MEDICINE}; foozle")
        );
        let clinician = Redaction::new(&plan, &answers, View::Clinician);
        assert_eq!(clinician.over("biktarvy"), "biktarvy");
    }
}
