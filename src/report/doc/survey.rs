//! A whole pack sorted for a reviewer: what is where, what uses what, how often the cases test each
//! rule, and what is still unverified.

use candidacy_engine::condition::{Check, Condition, Test};
use candidacy_engine::evaluate::Patient;
use candidacy_engine::pack;
use candidacy_engine::pack::{Member, Overlay, Pack};
use candidacy_engine::period::Period;
use candidacy_engine::plan::{Plan, Rule};
use candidacy_engine::strength::Strength;
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::Verdict;

/// A pack, sorted for reading. Numbers are indices in the plan.
#[derive(Debug)]
pub struct Survey<'a> {
    /// The compiled plan.
    pub plan: &'a Plan,
    /// What the pack changes and relaxes, as written.
    pub overlay: &'a Overlay,
    /// The pack it extends.
    pub base: Option<&'a Pack>,
    /// The rules, each once, in the form without relaxations.
    pub rules: Vec<usize>,
    /// The topics that ask or decide something, in the order asked.
    pub topics: Vec<Topic>,
    /// The waiting periods with the rules that use them; named ones first.
    pub waits: Vec<Wait>,
    /// The groups of medicines.
    pub groups: Vec<Group<'a>>,
    /// How many cases test each form of a rule, by its number.
    tried: Vec<Tried>,
    /// Unverified statements: those of rules first, then of expectations, then of sources.
    pub unverified: Vec<(Where, &'a str)>,
}

/// The content under one heading.
#[derive(Debug)]
pub struct Topic {
    /// The heading.
    pub title: String,
    /// Its questions.
    pub questions: Vec<usize>,
    /// Its rules.
    pub rules: Vec<usize>,
}

/// A waiting period and the rules that use it.
#[derive(Debug)]
pub struct Wait {
    /// The name of the setting; none for a period written in the rules themselves.
    pub name: Option<String>,
    /// How long.
    pub period: Period,
    /// The rules.
    pub rules: Vec<usize>,
}

/// A group of medicines with its members and the rules that read it.
#[derive(Debug)]
pub struct Group<'a> {
    /// Who checked its names, and when.
    pub checked_by: Option<&'a str>,
    /// Its medicines.
    pub members: &'a [Member],
    /// The rules.
    pub rules: Vec<usize>,
}

/// In how many cases a rule applies or is undecided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// Cases in which it applies.
    pub applies: usize,
    /// Cases in which it is undecided.
    pub undecided: usize,
}

/// The kind of entry that has an unverified statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// A rule.
    Rule(usize),
    /// An expectation.
    Expectation(usize),
    /// A source.
    Source(usize),
}

/// Sorts `pack`, from which `plan` was compiled.
#[must_use]
pub fn survey<'a>(pack: &'a Pack, plan: &'a Plan) -> Survey<'a> {
    Survey {
        plan,
        overlay: &pack.overlay,
        base: pack.under.as_deref(),
        rules: strict(plan),
        topics: topics(pack, plan),
        waits: waits(plan),
        groups: groups(pack, plan),
        tried: tried(plan),
        unverified: unverified(plan),
    }
}

impl Survey<'_> {
    /// In how many cases any form of the rule applies or is undecided.
    #[must_use]
    pub fn tried(&self, rule: &Rule) -> Tried {
        let forms = self.plan.rules.iter().zip(&self.tried);
        let own = forms.filter(|(form, _)| form.id == rule.id);
        own.fold(Tried::default(), |all, (_, one)| Tried {
            applies: all.applies + one.applies,
            undecided: all.undecided + one.undecided,
        })
    }

    /// The rules that a relaxation changes.
    #[must_use]
    pub fn relaxed(&self, relaxation: usize) -> Vec<usize> {
        let touches = |rule: &Rule| {
            let aside = rule.set_aside.as_ref();
            aside.is_some_and(|aside| aside.by.contains(&relaxation))
        };
        numbers(self.plan.rules.iter().map(touches))
    }

    /// The rules among `rules` that lead to `verdict`.
    #[must_use]
    pub fn leading_to(&self, verdict: Verdict, rules: &[usize]) -> Vec<usize> {
        let leads = |number: &usize| {
            let rule = self.plan.rules.get(*number);
            rule.is_some_and(|rule| rule.grade.verdict() == verdict)
        };
        rules.iter().copied().filter(leads).collect()
    }

    /// The rules that read the question with this number.
    #[must_use]
    pub fn readers(&self, question: usize) -> Vec<usize> {
        let reads = |rule: &Rule| rule.when.questions().contains(&question);
        numbers(self.plan.rules.iter().map(reads))
    }

    /// The questions whose `ask_when` depends on this question.
    #[must_use]
    pub fn gated(&self, question: usize) -> Vec<usize> {
        let asked = self.plan.questions.iter();
        numbers(asked.map(|asked| {
            let gate = asked.gate.as_ref();
            gate.is_some_and(|gate| gate.questions().contains(&question))
        }))
    }

    /// The rules that cite this source.
    #[must_use]
    pub fn citing(&self, source: usize) -> Vec<usize> {
        let cites = |rule: &Rule| rule.sources.contains(&source);
        numbers(self.plan.rules.iter().map(cites))
    }

    /// The strongest evidence that a rule cites.
    #[must_use]
    pub fn strength(&self, rule: &Rule) -> Option<Strength> {
        let cited = rule
            .sources
            .iter()
            .filter_map(|number| self.plan.citations.get(*number));
        cited.map(|citation| citation.strength).min()
    }
}

/// The indices of the true values.
fn numbers(all: impl Iterator<Item = bool>) -> Vec<usize> {
    let wanted = all.enumerate().filter(|(_, wanted)| *wanted);
    wanted.map(|(number, _)| number).collect()
}

/// The last form of each rule, which no relaxation changes.
fn strict(plan: &Plan) -> Vec<usize> {
    let next = plan.rules.iter().skip(1).map(Some).chain([None]);
    let last = plan.rules.iter().zip(next);
    numbers(last.map(|(rule, next)| next.is_none_or(|next| next.id != rule.id)))
}

fn topics(pack: &Pack, plan: &Plan) -> Vec<Topic> {
    let file_of = |id: &str| {
        let rule = pack.rules.iter().find(|rule| rule.id.value == id)?;
        Some(rule.id.place.source)
    };
    let topics = pack.topics.iter().enumerate().map(|(number, topic)| Topic {
        title: topic.title.clone(),
        questions: numbers(plan.questions.iter().map(|asked| asked.topic == number)),
        rules: strict(plan)
            .into_iter()
            .filter(|rule| {
                let rule = plan.rules.get(*rule);
                rule.is_some_and(|rule| file_of(&rule.id) == Some(topic.source))
            })
            .collect(),
    });
    topics
        .filter(|topic| !topic.questions.is_empty() || !topic.rules.is_empty())
        .collect()
}

fn waits(plan: &Plan) -> Vec<Wait> {
    let mut waits: Vec<Wait> = plan
        .settings
        .iter()
        .map(|(name, period)| Wait {
            name: Some(name.clone()),
            period: *period,
            rules: Vec::new(),
        })
        .collect();
    for (number, rule) in plan.rules.iter().enumerate() {
        for test in rule.when.tests() {
            let Some(period) = test.check.period() else {
                continue;
            };
            let name = setting_of(test);
            // A setting that is relaxed for a while has two lengths.
            let same = |wait: &&mut Wait| wait.name.as_deref() == name && wait.period == period;
            match waits.iter_mut().find(same) {
                Some(wait) if wait.rules.contains(&number) => {}
                Some(wait) => wait.rules.push(number),
                None => waits.push(Wait {
                    name: name.map(str::to_owned),
                    period,
                    rules: vec![number],
                }),
            }
        }
    }
    waits
}

/// The setting that a sentence names as its waiting period: one word after `within`, apart from
/// `before or after`. A period that is written out has two words.
fn setting_of(test: &Test) -> Option<&str> {
    let sentence = test.words.as_str();
    let sentence = sentence
        .strip_suffix(" before or after")
        .unwrap_or(sentence);
    let mut words = sentence
        .split_whitespace()
        .skip_while(|word| *word != "within")
        .skip(1);
    let name = words.next()?;
    words.next().is_none().then_some(name)
}

fn groups<'a>(pack: &'a Pack, plan: &Plan) -> Vec<Group<'a>> {
    let reads = |condition: &Condition, group: usize| {
        condition.tests().iter().any(|test| match &test.check {
            Check::Takes(groups) => groups.contains(&group),
            _ => false,
        })
    };
    let group = |(number, group): (usize, &'a pack::Group)| Group {
        checked_by: group.checked_by.as_deref(),
        members: &group.members,
        rules: numbers(plan.rules.iter().map(|rule| reads(&rule.when, number))),
    };
    pack.groups.iter().enumerate().map(group).collect()
}

fn tried(plan: &Plan) -> Vec<Tried> {
    let mut tried = vec![Tried::default(); plan.rules.len()];
    for case in &plan.cases {
        let patient = Patient::new(plan, &case.answers, case.as_of);
        for (rule, tried) in plan.rules.iter().zip(&mut tried) {
            match patient.rule(rule, case.as_of) {
                Truth::Yes => tried.applies += 1,
                Truth::Unknown => tried.undecided += 1,
                Truth::No => {}
            }
        }
    }
    tried
}

fn unverified(plan: &Plan) -> Vec<(Where, &str)> {
    let rules = plan.rules.iter().map(|rule| &rule.unverified);
    let expectations = plan.expectations.iter().map(|one| &one.unverified);
    let sources = plan.citations.iter().map(|citation| &citation.unverified);
    let mut all = Vec::new();
    all.extend(said(rules, Where::Rule));
    let strict = strict(plan);
    all.retain(|(at, _)| matches!(at, Where::Rule(number) if strict.contains(number)));
    all.extend(said(expectations, Where::Expectation));
    all.extend(said(sources, Where::Source));
    all
}

fn said<'a>(
    texts: impl Iterator<Item = &'a Option<String>>,
    at: fn(usize) -> Where,
) -> impl Iterator<Item = (Where, &'a str)> {
    let numbered = texts.enumerate();
    numbered.filter_map(move |(number, text)| Some((at(number), text.as_deref()?)))
}

#[cfg(test)]
mod tests {
    use super::{Tried, survey};
    use candidacy_engine::compile::compile;
    use candidacy_engine::pack;
    use candidacy_engine::source::Source;
    use candidacy_engine::strength::Strength;

    const HEAD: &str = "\
format: candidacy/1
pack: {id: demo, version: 1.0.0, title: Demo, status: draft, owner: Dr A, review_by: 2040-06-30}
settings: {laser_wait: 4 weeks, unused_wait: 1 year}
sources:
  - {id: D1, cite: X, publisher: X, url: \"https://example.org\", strength: D}
  - {id: A1, cite: X, publisher: X, url: \"https://example.org\", strength: A}
";
    const LASER: &str = "\
title: Laser
questions:
  - {id: laser, ask: When was the last laser?, type: event}
  - {id: peel, ask: When was the last peel?, type: event}
rules:
  - {id: laser, grade: temporary, when: laser within laser_wait, why: x, sources: [D1, A1]}
  - {id: peel, grade: temporary, when: {any: [peel within 4 weeks, laser within 4 weeks]}, why: x, sources: [D1]}
cases:
  - {name: lasered, as_of: 2026-11-20, given: {laser: 2026-11-19}, expect: {verdict: deferred}}
";

    #[test]
    fn everything_is_found_where_it_is_used() {
        let pack = pack::read(vec![
            Source::new("pack.yaml", HEAD),
            Source::new("laser.yaml", LASER),
        ]);
        let plan = compile(pack.clone()).expect("a plan");
        let found = survey(&pack, &plan);

        let topics: Vec<&str> = found.topics.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(topics, ["Laser"]);
        let waits: Vec<_> = found
            .waits
            .iter()
            .map(|wait| (wait.name.as_deref(), wait.rules.as_slice()))
            .collect();
        assert_eq!(
            waits,
            [
                (Some("laser_wait"), &[0_usize][..]),
                (Some("unused_wait"), &[]),
                (None, &[1]),
            ]
        );
        let (applies, undecided) = (1, 0);
        assert_eq!(found.tried, [Tried { applies, undecided }; 2]);
        assert_eq!(found.readers(0), [0, 1]);
        assert_eq!(found.citing(1), [0]);
        assert_eq!(found.strength(&plan.rules[0]), Some(Strength::A));
    }
}
