//! Two versions of the rules under one questionnaire.
//!
//! Questions, options and groups of medicines are matched by id. What exists in only one version is
//! kept, and no rule of the other version reads it. There, such an answer has no effect. A question
//! that changed its type or unit becomes two questions. A medicine that only one version knows is
//! unrecognised in the other. If the `ask_when` of a question changed, patients who leave it blank are
//! not compared.

use std::collections::BTreeSet;

use candidacy_engine::answer::{Answers, Mark, Reply, Value};
use candidacy_engine::condition::{Check, Condition, Test};
use candidacy_engine::date::Date;
use candidacy_engine::medicine::{Meaning, Recogniser, normalized_name};
use candidacy_engine::plan::{Asked, Group, Plan};
use candidacy_engine::question::Kind;

/// Two plans over the same questions and groups.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The old version.
    pub old: Plan,
    /// The new version.
    pub new: Plan,
    /// Ids of questions whose `ask_when` changed.
    pub gates: Vec<String>,
}

impl Merged {
    /// Converts answers to the new questionnaire into answers to the merged one.
    #[must_use]
    pub fn answers(&self, answers: &Answers, day: Date) -> Answers {
        let mut both = super::super::solver::plain(&self.new, day);
        for (number, asked) in self.new.questions.iter().enumerate() {
            let reply = match answers.reply(number) {
                Reply::Given(Value::Medicines(medicines)) if !medicines.entries.is_empty() => {
                    let entries = medicines.entries.iter().map(|one| one.text.as_str());
                    let text = entries.collect::<Vec<_>>().join("; ");
                    let read = self.new.reader(day).reply(&asked.question, &text);
                    read.unwrap_or(Reply::NotSure)
                }
                Reply::Blank | Reply::Given(Value::Medicines(_)) => continue,
                Reply::Given(Value::Choices(marks)) => {
                    let mut marks = marks.clone();
                    marks.resize(asked.question.kind.choices().len(), Mark::No);
                    Reply::Given(Value::Choices(marks))
                }
                reply => reply.clone(),
            };
            both.set(number, reply);
        }
        both
    }
}

/// The positions of old questions and groups in the merged plan.
struct Places {
    /// For each question its number, and the numbers of its options.
    questions: Vec<(usize, Vec<usize>)>,
    /// For each group its number: that of the new group if id and names are equal, otherwise a
    /// separate one.
    groups: Vec<usize>,
    /// The group for names that only the new version knows, if there are any.
    unknown: Option<usize>,
}

/// Puts two versions under one questionnaire. It has the new questions first, then those that only the
/// old version has.
#[must_use]
pub fn merge(old: &Plan, new: &Plan) -> Merged {
    let mut questions = new.questions.clone();
    let places = Places {
        questions: old
            .questions
            .iter()
            .map(|asked| place(asked, &mut questions))
            .collect(),
        groups: (0..old.groups.len())
            .map(|group| group_in_both(old, new, group))
            .collect(),
        unknown: (!only(new, old).is_empty()).then_some(new.groups.len() + old.groups.len() + 1),
    };
    let count = new.groups.len() + old.groups.len();
    let only_old = (!only(old, new).is_empty()).then_some(count);
    let mut groups = new.groups.clone();
    groups.extend(old.groups.iter().cloned());
    groups.extend(["only-before", "only-after"].map(|id| Group {
        id: id.to_owned(),
        label: None,
    }));
    let mut gates = Vec::new();
    for (asked, (number, _)) in old.questions.iter().zip(&places.questions) {
        let gate = asked.gate.as_ref().map(|gate| translated(gate, &places));
        if let Some(both) = questions.get_mut(*number)
            && !(same_gate(gate.as_ref(), both.gate.as_ref())
                && both.question.optional == asked.question.optional)
        {
            gates.push(both.question.id.clone());
            both.gate = None;
            both.question.optional = false;
        }
    }
    let both = Plan {
        medicines: recogniser(old, new, &places),
        questions,
        groups,
        ..new.clone()
    };
    let mut after = both.clone();
    for rule in &mut after.rules {
        rule.when = unknown_to(&rule.when, only_old);
    }
    let mut before = both;
    let birth = old.birth.and_then(|birth| places.questions.get(birth));
    before.birth = birth.map(|(number, _)| *number);
    before.rules.clone_from(&old.rules);
    before.relaxations.clone_from(&old.relaxations);
    for rule in &mut before.rules {
        rule.when = translated(&rule.when, &places);
    }
    Merged {
        old: before,
        new: after,
        gates,
    }
}

fn same_gate(one: Option<&Condition>, other: Option<&Condition>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => same(one, other),
        _ => false,
    }
}

/// Whether two conditions are equal, ignoring their wording.
#[must_use]
pub fn same(one: &Condition, other: &Condition) -> bool {
    let all = |ones: &[Condition], others: &[Condition]| {
        ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| same(one, other))
    };
    match (one, other) {
        (Condition::Test(one), Condition::Test(other)) => {
            one.question == other.question && same_check(&one.check, &other.check)
        }
        (Condition::All(ones), Condition::All(others))
        | (Condition::Any(ones), Condition::Any(others))
        | (Condition::None(ones), Condition::None(others)) => all(ones, others),
        (Condition::Not(one), Condition::Not(other)) => same(one, other),
        _ => false,
    }
}

fn same_check(one: &Check, other: &Check) -> bool {
    match (one, other) {
        (Check::OneOf(ones), Check::OneOf(others)) => {
            (0..ones.len().max(others.len())).all(|option| {
                ones.get(option).unwrap_or(&false) == others.get(option).unwrap_or(&false)
            })
        }
        _ => one == other,
    }
}

/// The number of an old question in the merged plan, and the numbers of its options. Missing ones are
/// added.
fn place(asked: &Asked, questions: &mut Vec<Asked>) -> (usize, Vec<usize>) {
    let number = questions.iter().position(|other| {
        other.question.id == asked.question.id && alike(&other.question.kind, &asked.question.kind)
    });
    let number = number.unwrap_or_else(|| {
        questions.push(asked.clone());
        questions.len() - 1
    });
    let mut options = Vec::new();
    if let Some(both) = questions.get_mut(number) {
        // Only patients whose answers are valid in both versions are compared.
        both.question.exhaustive |= asked.question.exhaustive;
        both.question.planned &= asked.question.planned;
        if let Some(all) = both.question.kind.choices_mut() {
            for choice in asked.question.kind.choices() {
                let known = all.iter().position(|other| other.id == choice.id);
                options.push(known.unwrap_or(all.len()));
                if known.is_none() {
                    all.push(choice.clone());
                }
            }
        }
        let own = asked.question.kind.scale();
        if let (Some(both), Some(own)) = (both.question.kind.scale_mut(), own) {
            both.range = match (both.range, own.range) {
                (Some(one), Some(other)) => Some((one.0.max(other.0), one.1.min(other.1))),
                (one, other) => one.or(other),
            };
        }
    }
    (number, options)
}

/// Whether answers of one type are valid for the other type.
fn alike(one: &Kind, other: &Kind) -> bool {
    let unit = |kind: &Kind| kind.scale().and_then(|scale| scale.unit.clone());
    one.word() == other.word() && unit(one) == unit(other)
}

/// An old condition with the numbers of the merged plan.
fn translated(condition: &Condition, places: &Places) -> Condition {
    let all = |parts: &[Condition]| {
        let parts = parts.iter();
        parts.map(|part| translated(part, places)).collect()
    };
    match condition {
        Condition::Test(test) => translated_test(test, places),
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        Condition::None(parts) => Condition::None(all(parts)),
        Condition::Not(part) => Condition::Not(Box::new(translated(part, places))),
    }
}

fn translated_test(test: &Test, places: &Places) -> Condition {
    let Some((question, options)) = places.questions.get(test.question) else {
        return Condition::Test(test.clone());
    };
    let option = |own: &usize| options.get(*own).copied().unwrap_or(*own);
    let with = |check: Check| Test {
        question: *question,
        check,
        words: test.words.clone(),
        if_left_out: test.if_left_out,
    };
    let check = match &test.check {
        Check::OneOf(wanted) => {
            let most = options.iter().copied().max().map_or(0, |most| most + 1);
            let mut both = vec![false; most];
            for (own, _) in wanted.iter().enumerate().filter(|(_, wanted)| **wanted) {
                if let Some(place) = both.get_mut(option(&own)) {
                    *place = true;
                }
            }
            Check::OneOf(both)
        }
        Check::IncludesAny(own) => Check::IncludesAny(own.iter().map(option).collect()),
        Check::IncludesAll(own) => Check::IncludesAll(own.iter().map(option).collect()),
        Check::Takes(own) => Check::Takes(
            own.iter()
                .map(|group| places.groups.get(*group).copied().unwrap_or(*group))
                .collect(),
        ),
        Check::TakesUnrecognised => {
            return unrecognised(with(Check::TakesUnrecognised), places.unknown);
        }
        check => check.clone(),
    };
    Condition::Test(with(check))
}

/// Names that only the other version knows also count as unrecognised.
fn unrecognised(test: Test, unknown: Option<usize>) -> Condition {
    let Some(unknown) = unknown else {
        return Condition::Test(test);
    };
    let names = Test {
        check: Check::Takes(vec![unknown]),
        ..test.clone()
    };
    Condition::Any(vec![Condition::Test(test), Condition::Test(names)])
}

/// A new condition, in which names that only the old version knows are unrecognised.
fn unknown_to(condition: &Condition, unknown: Option<usize>) -> Condition {
    let all = |parts: &[Condition]| parts.iter().map(|part| unknown_to(part, unknown)).collect();
    match condition {
        Condition::Test(test) if test.check == Check::TakesUnrecognised => {
            unrecognised(test.clone(), unknown)
        }
        Condition::Test(_) => condition.clone(),
        Condition::All(parts) => Condition::All(all(parts)),
        Condition::Any(parts) => Condition::Any(all(parts)),
        Condition::None(parts) => Condition::None(all(parts)),
        Condition::Not(part) => Condition::Not(Box::new(unknown_to(part, unknown))),
    }
}

/// The normalized names of a plan, of one group or of all groups.
fn names(plan: &Plan, group: Option<usize>) -> BTreeSet<String> {
    let names = plan.medicines.names().iter().filter(|name| {
        group.is_none_or(|group| name.means.iter().any(|meaning| meaning.group == group))
    });
    names.map(|name| normalized_name(&name.text)).collect()
}

/// The names that only one version knows; from the lexicon, one for each set of groups.
fn only(one: &Plan, other: &Plan) -> BTreeSet<String> {
    let mut only: BTreeSet<String> = names(one, None)
        .difference(&names(other, None))
        .cloned()
        .collect();
    only.extend(brands(one, other).into_iter().map(|(brand, _)| brand));
    only
}

/// Brands that only one version knows from its lexicons, with their meanings.
fn brands(one: &Plan, other: &Plan) -> Vec<(String, Vec<Meaning>)> {
    let known = one.medicines.names();
    let meanings = |names: Vec<usize>| {
        let names = names.into_iter().filter_map(|number| known.get(number));
        names.flat_map(|name| name.means.clone()).collect()
    };
    let brands = one.medicines.brands(other.medicines.lexicon()).into_iter();
    brands
        .map(|(brand, names)| (brand, meanings(names)))
        .collect()
}

/// The number of an old group in the merged plan.
fn group_in_both(old: &Plan, new: &Plan, group: usize) -> usize {
    let id = old.groups.get(group).map(|group| &group.id);
    let same = new.groups.iter().position(|other| Some(&other.id) == id);
    same.filter(|other| names(new, Some(*other)) == names(old, Some(group)))
        .unwrap_or(new.groups.len() + group)
}

/// A recogniser for the names of both versions, with the meanings from both.
fn recogniser(old: &Plan, new: &Plan, places: &Places) -> Recogniser {
    let count = new.groups.len() + old.groups.len();
    let mut both = Vec::new();
    let mut add = |plan: &Plan, other: &Plan, number: &dyn Fn(usize) -> usize, unknown: usize| {
        let only = only(plan, other);
        let written = plan.medicines.written();
        let written = written.map(|name| (name.text.to_string(), name.means.clone()));
        for (text, means) in written.chain(brands(plan, other)) {
            for mut meaning in means {
                meaning.group = number(meaning.group);
                let groups = meaning.forms.iter_mut().flat_map(|form| &mut form.groups);
                groups.for_each(|group| *group = number(*group));
                both.push((text.clone(), meaning));
            }
            if only.contains(&normalized_name(&text)) {
                let meaning = Meaning {
                    group: unknown,
                    generic: text.clone().into(),
                    ask_route: None,
                    forms: Vec::new(),
                };
                both.push((text, meaning));
            }
        }
    };
    let moved = |group: usize| places.groups.get(group).copied().unwrap_or(group);
    add(new, old, &|group| group, count + 1);
    add(old, new, &moved, count);
    Recogniser::new(count + 2, both)
}
