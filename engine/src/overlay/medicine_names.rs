//! Checks medicine names that an overlay adds: whether one could make a verdict less severe.
//!
//! There are two ways. A name unknown to the base was unrecognised there, or not known if it is a mere `tablets`.
//! And the longest name is found first, so that a new name can hide a shorter one.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::{Code, Diagnostic};
use crate::medicine::{normalized_name, says_nothing};
use crate::pack::{Condition, Group, MemberForm, Pack, Rule, Sentence};
use crate::question::QuestionType;
use crate::sentence::{self, Says};
use crate::source::Located;
use crate::verdict::Grade;

use super::weakening::unsure;

/// Reports names in `own` groups that could be less severe than in `base`; `pack` has the rules of both.
pub fn check(base: &Pack, pack: &Pack, own: &[Group], problems: &mut Vec<Diagnostic>) {
    if own.is_empty() {
        return;
    }
    let known = Known::of(&base.groups);
    let unrecognised = grades(base, "unrecognised");
    let unknown = unknown(base);
    let own: Vec<Name<'_>> = names(own).collect();
    let mut by_words: HashMap<&str, Vec<&Name<'_>>> = HashMap::new();
    for name in &own {
        by_words.entry(&name.words).or_default().push(name);
    }
    let mut as_severe = as_severe(pack);
    for name in &own {
        let words = name.words.as_str();
        if words.is_empty() || known.has(words) {
            continue;
        }
        let nothing = says_nothing(words);
        let without = if nothing { &unknown } else { &unrecognised };
        let alike = by_words.get(words).map_or(&[][..], Vec::as_slice);
        let readings = readings(alike);
        let mut hidden = readings
            .iter()
            .filter_map(|groups| hides(base, name, groups, &known, &mut as_severe));
        problems.extend(hidden.next());
        if known.has_brand(base, words) {
            continue;
        }
        for (question, grade) in without {
            let mut weaker = readings.iter().filter(|groups| {
                !groups
                    .iter()
                    .any(|group| as_severe(question, group, *grade))
            });
            if let Some(groups) = weaker.next() {
                let problem_of = if nothing { fills } else { silences };
                let group = groups.first().unwrap_or(&name.group);
                problems.push(problem_of(name.written, group, question, *grade));
            }
        }
    }
}

/// A name as written in a pack.
struct Name<'a> {
    group: &'a str,
    written: &'a Located<String>,
    words: String,
    forms: &'a [MemberForm],
}

/// Every name with its group.
fn names(groups: &[Group]) -> impl Iterator<Item = Name<'_>> {
    groups.iter().flat_map(|group| {
        group.members.iter().flat_map(|member| {
            let names = std::iter::once(&member.name).chain(&member.also);
            names.map(|name| Name {
                group: &group.id.value,
                written: name,
                words: normalized_name(&name.value),
                forms: &member.forms,
            })
        })
    })
}

/// The groups that one name means, without a form and in each form that matters.
fn readings<'a>(alike: &[&Name<'a>]) -> Vec<BTreeSet<&'a str>> {
    let forms = alike
        .iter()
        .flat_map(|name| name.forms)
        .flat_map(|form| &form.forms);
    let forms = std::iter::once(None).chain(forms.map(|form| Some(form.value.as_str())));
    let mut readings: Vec<BTreeSet<&str>> = Vec::new();
    for said in forms {
        let mut groups = BTreeSet::new();
        for name in alike {
            let is_said = |form: &&MemberForm| {
                form.forms
                    .iter()
                    .any(|form| Some(form.value.as_str()) == said)
            };
            match name.forms.iter().find(is_said) {
                Some(form) => groups.extend(form.groups.iter().map(|group| group.value.as_str())),
                None => _ = groups.insert(name.group),
            }
        }
        if !readings.contains(&groups) {
            readings.push(groups);
        }
    }
    readings
}

/// The names of the base.
struct Known<'a> {
    names: Vec<Name<'a>>,
    /// Their indices by each of their words.
    by_word: HashMap<String, Vec<usize>>,
}

impl<'a> Known<'a> {
    fn of(groups: &'a [Group]) -> Self {
        let mut known = Self {
            names: Vec::new(),
            by_word: HashMap::new(),
        };
        for name in names(groups) {
            for word in name.words.split(' ') {
                let numbers = known.by_word.entry(word.to_owned()).or_default();
                numbers.push(known.names.len());
            }
            known.names.push(name);
        }
        known
    }

    /// The names that share a word with this name.
    fn near<'w>(&'w self, words: &'w str) -> impl Iterator<Item = &'w Name<'a>> {
        let numbers = words.split(' ').filter_map(|word| self.by_word.get(word));
        numbers
            .flatten()
            .filter_map(|number| self.names.get(*number))
    }

    fn has(&self, words: &str) -> bool {
        self.named(words).next().is_some()
    }

    /// Whether the lexicon knows this name, and the base knows all its generic names.
    fn has_brand(&self, base: &Pack, words: &str) -> bool {
        let generics = in_lexicon(base, words);
        !generics.is_empty() && generics.iter().all(|generic| self.has(generic))
    }

    /// The names equal to this one.
    fn named<'w>(&'w self, words: &'w str) -> impl Iterator<Item = &'w Name<'a>> {
        let near = self.near(words);
        near.filter(move |known| known.words == words)
    }
}

/// The problem of a name that would be found instead of a name of another group. If the other name has its group
/// in one form only, another group that is as severe may replace it.
fn hides(
    base: &Pack,
    name: &Name<'_>,
    groups: &BTreeSet<&str>,
    known: &Known<'_>,
    as_severe: &mut impl FnMut(&str, &str, Grade) -> bool,
) -> Option<Diagnostic> {
    let mut made_good = |group: &str| {
        let mut read = grades(base, group).into_iter();
        read.all(|(question, grade)| groups.iter().any(|own| as_severe(&question, own, grade)))
    };
    let mut hidden_group = |known: &Name<'_>| {
        let mut in_a_form = known.forms.iter().flat_map(|form| &form.groups);
        let own = Some(known.group).filter(|group| !groups.contains(group));
        let own = own.map(str::to_owned);
        own.or_else(|| {
            let hidden = in_a_form
                .find(|group| !groups.contains(group.value.as_str()) && !made_good(&group.value));
            hidden.map(|group| group.value.clone())
        })
    };
    let parts = parts(&name.words).into_iter();
    let of_lexicon: Vec<String> = parts.flat_map(|part| in_lexicon(base, &part)).collect();
    let near = known
        .near(&name.words)
        .filter(|known| covers(&name.words, &known.words));
    let of_lexicon = of_lexicon.iter().flat_map(|generic| known.named(generic));
    let mut near = near.chain(of_lexicon);
    let found = near.find_map(|known| Some((known, hidden_group(known)?)));
    drop(near);
    let (hidden, group) = found?;
    let (own, other) = (&name.written.value, &hidden.written.value);
    let message = format!("`{own}` would hide `{other}`, which the base knows as `{group}`");
    Some(
        Diagnostic::new(Code::Weakening, name.written.place, message)
            .other(hidden.written.place, "the name of the base")
            .help(format!(
                "the longest name is matched first: add `{own}` to the group `{group}` as well"
            )),
    )
}

/// Every sequence of words in a name, including the whole name.
fn parts(words: &str) -> Vec<String> {
    let words: Vec<&str> = words.split(' ').collect();
    let lengths = 1..=words.len();
    let runs = lengths.flat_map(|length| words.windows(length));
    runs.map(|run| run.join(" ")).collect()
}

/// The generic names that the lexicons of the base have for a name, in normalized form.
fn in_lexicon(base: &Pack, words: &str) -> Vec<String> {
    base.lexicon
        .generics_of(words)
        .map(normalized_name)
        .collect()
}

/// Whether `long` is found before `short` where both are possible: one is inside the other, or the end of one is
/// the beginning of the other.
fn covers(long: &str, short: &str) -> bool {
    if short.is_empty() || long.len() < short.len() {
        return false;
    }
    let padded = |words: &str| format!(" {words} ");
    let meets = |one: &str, other: &str| {
        let one: Vec<&str> = one.split(' ').collect();
        let other: Vec<&str> = other.split(' ').collect();
        (1..one.len().min(other.len()))
            .any(|shared| one.ends_with(other.get(..shared).unwrap_or(&[])))
    };
    padded(long).contains(&padded(short)) || meets(long, short) || meets(short, long)
}

/// The questions for which base rules read this group, or `unrecognised`, with the most severe such rule.
#[must_use]
pub fn grades(base: &Pack, group: &str) -> Vec<(String, Grade)> {
    let mut found: Vec<(String, Grade)> = Vec::new();
    for rule in &base.rules {
        for read in sentences(base, rule) {
            if !names_group(&read.says, group) {
                continue;
            }
            let question = read.subject.text;
            match found.iter_mut().find(|(known, _)| known == question) {
                Some((_, grade)) => *grade = rule.grade.max(*grade),
                None => found.push((question.to_owned(), rule.grade)),
            }
        }
    }
    found
}

/// The questions about medicines, with the most severe grade of a rule that reads one while its answer is
/// unknown.
fn unknown(base: &Pack) -> Vec<(String, Grade)> {
    let mut found = Vec::new();
    let asked = base.questions.iter();
    for question in asked.filter(|question| question.kind == QuestionType::Medicines) {
        let id = &question.id.value;
        let read = base.rules.iter().filter(|rule| reads(base, rule, id));
        found.extend(read.map(unsure).max().map(|grade| (id.clone(), grade)));
    }
    found
}

/// Whether a rule reads this question.
fn reads(base: &Pack, rule: &Rule, question: &str) -> bool {
    let mut read = sentences(base, rule).into_iter();
    read.any(|read| read.subject.text == question)
}

/// Maximum depth of facts that name facts.
const DEEPEST: usize = 16;

/// All sentences of a rule, including those of its facts.
fn sentences<'a>(pack: &'a Pack, rule: &'a Rule) -> Vec<sentence::Sentence<'a>> {
    let conditions = rule.conditions();
    let all = conditions.flat_map(|condition| all(pack, condition, DEEPEST));
    all.collect()
}

/// All sentences of a condition, including those of its facts.
fn all<'a>(pack: &'a Pack, condition: &'a Condition, deep: usize) -> Vec<sentence::Sentence<'a>> {
    let mut found = Vec::new();
    for sentence in condition.sentences() {
        match fact(pack, sentence).filter(|_| deep > 0) {
            Some(when) => found.extend(all(pack, when, deep - 1)),
            None => found.extend(sentence::read(&sentence.text).ok()),
        }
    }
    found
}

/// The condition of the fact that a sentence names.
fn fact<'a>(pack: &'a Pack, sentence: &Sentence) -> Option<&'a Condition> {
    let read = sentence::read(&sentence.text).ok()?;
    let named = (read.says == Says::Holds).then_some(read.subject.text)?;
    let mut facts = pack.facts.iter();
    let fact = facts.find(|fact| fact.id.value == named);
    fact.map(|fact| &fact.when)
}

/// Whether a patient who takes a medicine of a group always gets a rule of a grade or more severe. Each result is kept.
pub fn as_severe(pack: &Pack) -> impl FnMut(&str, &str, Grade) -> bool {
    let mut known: HashMap<(String, String, Grade), bool> = HashMap::new();
    move |question, group, grade| {
        let key = (question.to_owned(), group.to_owned(), grade);
        *known
            .entry(key)
            .or_insert_with(|| surely(pack, question, group, grade))
    }
}

fn surely(pack: &Pack, question: &str, group: &str, grade: Grade) -> bool {
    pack.rules.iter().any(|rule| {
        let always = rule.unless.is_none() && rule.from.is_none() && rule.to.is_none();
        always && rule.grade >= grade && follows(pack, &rule.when, question, group, DEEPEST)
    })
}

/// Whether a condition always holds for patients who take a medicine of `group`.
fn follows(pack: &Pack, condition: &Condition, question: &str, group: &str, deep: usize) -> bool {
    let part = |part: &Condition| follows(pack, part, question, group, deep);
    match condition {
        Condition::Any(parts) => parts.iter().any(part),
        Condition::All(parts) => !parts.is_empty() && parts.iter().all(part),
        Condition::None(_) => false,
        Condition::Sentence(sentence) => {
            let Ok(read) = sentence::read(&sentence.text) else {
                return false;
            };
            let named = fact(pack, sentence).filter(|_| deep > 0);
            !read.negated
                && match named {
                    Some(when) => follows(pack, when, question, group, deep - 1),
                    None => read.subject.text == question && names_group(&read.says, group),
                }
        }
    }
}

fn names_group(says: &Says<'_>, group: &str) -> bool {
    matches!(says, Says::Take(words) if words.iter().any(|word| word.text == group))
}

/// The problem of a name that was unrecognised in the base, if no rule of that grade reads its group.
pub fn silences(name: &Located<String>, group: &str, question: &str, grade: Grade) -> Diagnostic {
    let (own, grade) = (&name.value, grade.word());
    let message = format!(
        "the base does not recognise `{own}`, which is {grade} there; no rule of that grade reads `{group}`"
    );
    Diagnostic::new(Code::Weakening, name.place, message)
        .help(format!(
            "add a rule with `grade: {grade}` and `when: {question} include {group}`"
        ))
        .help(format!(
            "or leave `{own}` out: the dermatologist then looks at it, as at any medicine that is not recognised"
        ))
}

/// The problem that an answer without information would become one with information.
fn fills(name: &Located<String>, group: &str, question: &str, grade: Grade) -> Diagnostic {
    let (own, grade) = (&name.value, grade.word());
    let message = format!(
        "`{own}` alone names no medicine in the base, so the answer counts as not known, which is {grade} there"
    );
    Diagnostic::new(Code::Weakening, name.place, message)
        .help("write the whole name of a medicine")
        .help(format!(
            "if it is the whole name, add a rule with `grade: {grade}` and `when: {question} include {group}`"
        ))
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn which_name_is_found_first() {
        #[track_caller]
        fn case(long: &str, short: &str, expected: bool) {
            assert_eq!(covers(long, short), expected, "{long} over {short}");
        }

        case("isotretinoin gel", "isotretinoin", true);
        case("isotretinoin", "isotretinoin gel", false);
        case("tretinoin", "isotretinoin", false);
        case("oral tretinoin forte", "tretinoin forte", true);
        case("valerian extract", "extract oil", true);
        case("extract oil", "valerian extract", false);
        case("new thinner", "other drug", false);
    }
}
