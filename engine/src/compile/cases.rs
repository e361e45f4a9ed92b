//! Resolves all references in cases and claims.

use crate::diagnostic::Problems;
use std::collections::{HashMap, HashSet};

use crate::assign::assign;
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack;
use crate::pack::{Given, Pack};
use crate::plan::{Case, Claim, Expect, Plan};
use crate::source::Located;

use super::facts;
use super::sentences::Resolver;
use super::symbols::{PERSONA, RULE, Symbols, look_up};

/// The claims of `pack`.
pub fn claims(pack: &Pack, look: &Resolver<'_>, problems: &mut Problems) -> Vec<Claim> {
    let claim = |from: &pack::Claim, problems: &mut Problems| {
        let condition = look.condition(&from.condition, problems)?;
        Some(Claim {
            claim: from.claim.value.clone(),
            condition,
            promise: from.promise,
        })
    };
    pack.claims
        .iter()
        .filter_map(|from| claim(from, problems))
        .collect()
}

/// The cases of `pack`, with the answers of their personas.
pub fn resolve(pack: &Pack, plan: &Plan, problems: &mut Problems) -> Vec<Case> {
    let names = Symbols::of(pack);
    for persona in &pack.personas {
        let mut answers = plan.blank_answers();
        let given = settled(&persona.answers, &names);
        assign(&given, &mut answers, plan, Date::LATEST, problems);
        if let Some(like) = &persona.like {
            look_up(like, &names.personas, &PERSONA, problems);
        }
    }
    problems.extend(circles(pack, &names));
    pack.cases
        .iter()
        .map(|from| case(from, pack, &names, plan, problems))
        .collect()
}

/// The answers that can be checked against their question.
fn settled(given: &[Given], names: &Symbols<'_>) -> Vec<Given> {
    let question = |given: &Given| {
        let key = &given.key.value;
        key.split_once('.')
            .map_or(key.clone(), |(id, _)| id.to_owned())
    };
    let settled = given.iter().filter(|given| names.settled(&question(given)));
    settled.cloned().collect()
}

/// Reports personas that start from themselves through others: one problem for each circle, at its
/// first persona.
fn circles(pack: &Pack, names: &Symbols<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // The run in which each persona was visited, so that none is followed twice.
    let mut met: HashMap<usize, usize> = HashMap::new();
    for start in 0..pack.personas.len() {
        let mut line: Vec<(usize, &Located<String>)> = Vec::new();
        let mut next = Some(start);
        while let Some((number, persona)) = next.and_then(|n| Some((n, pack.personas.get(n)?))) {
            if let Some(run) = met.get(&number) {
                let circle = line.iter().position(|(earlier, _)| *earlier == number);
                let circle = circle
                    .filter(|_| *run == start)
                    .and_then(|at| line.get(at..));
                let ids = circle.unwrap_or(&[]).iter().map(|(_, id)| *id);
                let ids: Vec<&Located<String>> = ids.collect();
                found.extend(facts::round(&ids, "persona", "is like", "`like`"));
                break;
            }
            met.insert(number, start);
            line.push((number, &persona.id));
            next = like(persona, names);
        }
    }
    found
}

/// The index of the persona that a persona starts from.
fn like(persona: &pack::Persona, names: &Symbols<'_>) -> Option<usize> {
    let like = persona.like.as_ref()?;
    names.personas.get(like.value.as_str()).copied()
}

fn case(
    from: &pack::Case,
    pack: &Pack,
    names: &Symbols<'_>,
    plan: &Plan,
    problems: &mut Problems,
) -> Case {
    let mut answers = plan.blank_answers();
    let like = from.like.as_ref();
    let like = like.and_then(|like| look_up(like, &names.personas, &PERSONA, problems));
    for persona in like
        .map_or_else(Vec::new, |like| ancestry(pack, names, like))
        .iter()
        .rev()
    {
        // Problems of the persona itself were reported at its own place.
        let mut known = Vec::new();
        let given = settled(&persona.answers, names);
        assign(&given, &mut answers, plan, from.as_of, &mut known);
        let later = known
            .into_iter()
            .filter(|problem| problem.code == Code::LaterDay);
        problems.extend(later.map(|problem| {
            let problem = problem.other(from.name.place, "the `as_of` of this case is earlier");
            with_help(
                problem,
                "give the persona an earlier day, or the case a later `as_of`",
            )
        }));
    }
    let mut own = Vec::new();
    assign(
        &settled(&from.given, names),
        &mut answers,
        plan,
        from.as_of,
        &mut own,
    );
    problems.extend(own.into_iter().map(|problem| {
        if problem.code == Code::LaterDay {
            with_help(problem, "check the year, or give the case a later `as_of`")
        } else {
            problem
        }
    }));
    let expect = expect(from, names, problems);
    let at = pack
        .sources
        .get(from.name.place.source)
        .map_or_else(String::new, |source| {
            format!(
                "{}:{}",
                source.path,
                source.position(from.name.place.start).0
            )
        });
    Case {
        name: from.name.value.clone(),
        at,
        as_of: from.as_of,
        answers,
        expect,
    }
}

fn with_help(mut problem: Diagnostic, help: &str) -> Diagnostic {
    problem.help = vec![help.to_owned()];
    problem
}

/// A persona and all personas it starts from, itself first.
fn ancestry<'a>(pack: &'a Pack, names: &Symbols<'_>, number: usize) -> Vec<&'a pack::Persona> {
    let mut line: Vec<&pack::Persona> = Vec::new();
    let mut met = HashSet::new();
    let mut next = Some(number);
    while let Some(number) = next.filter(|number| met.insert(*number)) {
        let Some(persona) = pack.personas.get(number) else {
            break;
        };
        line.push(persona);
        next = like(persona, names);
    }
    line
}

fn expect(from: &pack::Case, names: &Symbols<'_>, problems: &mut Problems) -> Expect {
    let expect = &from.expect;
    for rule in expect.because.iter().flatten() {
        look_up(rule, &names.rules, &RULE, problems);
    }
    for question in expect.undecided.iter().chain(&expect.ask_next).flatten() {
        if !names.questions.contains_key(question.value.as_str()) {
            problems.push(names.unknown_question(&question.value, question.place));
        }
    }
    let ids = |list: &Option<Vec<Located<String>>>| {
        list.as_ref()
            .map(|list| list.iter().map(|id| id.value.clone()).collect())
    };
    Expect {
        verdict: expect.verdict,
        because: ids(&expect.because),
        undecided: ids(&expect.undecided),
        eligible_from: expect.eligible_from,
        timeline: expect.timeline.clone(),
        range: expect.range,
        ask_next: ids(&expect.ask_next),
    }
}
