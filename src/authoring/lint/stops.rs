//! Texts that tell a patient to stop a medicine which only its prescriber may stop, such as a blood thinner.
//!
//! The medicines are those of the groups that send a patient to the dermatologist or refuse the treatment. A sentence
//! that says not to stop, or that sends the patient to a doctor, gives no warning.

use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::{Condition, Group, Pack, Rule};
use candidacy_engine::sentence::{self, Says};
use candidacy_engine::source::Place;
use candidacy_engine::verdict::Grade;

/// Words that tell to stop.
const STOPS: &[&str] = &["stop", "pause", "discontinue", "halt", "skip", "interrupt"];

/// Words with which a sentence does not tell to stop, or leaves it to a doctor.
const LEAVES_TO_DOCTOR: &[&str] = &[
    "not",
    "never",
    "without",
    "don't",
    "doctor",
    "prescriber",
    "prescribes",
    "prescribed",
    "ask",
    "whoever",
    "dermatologist",
];

/// Warns about the texts of the pack.
pub fn medicines(pack: &Pack, warnings: &mut Vec<Diagnostic>) {
    let severe = |rule: &&Rule| rule.grade >= Grade::Relative;
    let rules = pack.rules.iter().filter(severe);
    let read: Vec<&str> = rules.flat_map(|rule| groups_in(&rule.when)).collect();
    let is_read = |group: &&Group| read.contains(&group.id.value.as_str());
    let names: Vec<String> = pack.groups.iter().filter(is_read).flat_map(names).collect();
    for (text, place) in texts(pack) {
        let mut sentences = text.split_inclusive(['.', ';', '!', '?']);
        let stops = sentences.find_map(|sentence| stopped(sentence, &names));
        if let Some(name) = stops {
            let message = format!("this text tells the patient to stop a medicine: `{name}`");
            warnings.push(
                Diagnostic::new(Code::StopsMedicine, place, message)
                    .note("without a blood thinner, a patient may get a clot or a stroke")
                    .help("say that only the doctor who prescribes it may stop it, or leave the sentence out"),
            );
        }
    }
}

/// The medicine that a sentence tells to stop.
fn stopped<'n>(sentence: &str, names: &'n [String]) -> Option<&'n str> {
    let sentence = sentence.to_lowercase();
    let words: Vec<&str> = sentence
        .split(|letter: char| !letter.is_alphanumeric() && letter != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let has = |listed: &[&str]| words.iter().any(|word| listed.contains(word));
    if !has(STOPS) || has(LEAVES_TO_DOCTOR) {
        return None;
    }
    let said = format!(" {} ", words.join(" "));
    let is_said = |name: &&String| {
        said.contains(&format!(" {name} ")) || said.contains(&format!(" {name}s "))
    };
    names.iter().find(is_said).map(String::as_str)
}

/// The words for the medicines of a group, in lower case.
fn names(group: &Group) -> Vec<String> {
    let members = group.members.iter();
    let members = members.flat_map(|member| std::iter::once(&member.name).chain(&member.also));
    let words = members.map(|name| name.value.as_str());
    let words = words
        .chain(group.label.as_deref())
        .chain([group.id.value.as_str()]);
    words.map(str::to_lowercase).collect()
}

/// The groups that a condition reads.
fn groups_in(condition: &Condition) -> Vec<&str> {
    let mut found = Vec::new();
    for sentence in condition.sentences() {
        if let Ok(read) = sentence::read(&sentence.text)
            && let Says::Take(words) = read.says
        {
            found.extend(words.iter().map(|word| word.text));
        }
    }
    found
}

/// The texts that patients read, each with its place.
fn texts(pack: &Pack) -> Vec<(&str, Place)> {
    let mut texts = Vec::new();
    for one in &pack.advice {
        texts.push((one.text.as_str(), one.id.place));
    }
    for rule in &pack.rules {
        let place = rule.changed.unwrap_or(rule.id.place);
        texts.push((rule.why.as_str(), place));
        texts.extend(rule.clears.as_deref().map(|text| (text, place)));
    }
    for one in &pack.expectations {
        texts.push((one.text.as_str(), one.id.place));
        texts.extend(
            one.points
                .iter()
                .map(|point| (point.as_str(), one.id.place)),
        );
    }
    for one in &pack.closing {
        texts.push((one.value.text.as_str(), one.place));
    }
    for one in &pack.overlay.texts {
        let points = one.points.iter().flatten().chain(&one.text);
        texts.extend(points.map(|text| (text.as_str(), one.name.place)));
    }
    texts
}
