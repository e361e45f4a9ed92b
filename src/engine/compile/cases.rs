//! Worked patients and claims with every reference resolved.

use crate::engine::date::Date;
use crate::engine::diagnostic::{Code, Diagnostic};
use crate::engine::give::give;
use crate::engine::pack::{self, Pack};
use crate::engine::plan::{Case, Claim, Expect, Plan};
use crate::engine::source::Located;

use super::names::{Names, look_up};
use super::sentences::Look;

type Problems = Vec<Diagnostic>;

/// The claims of `pack`.
pub fn claims(pack: &Pack, look: &Look<'_>, problems: &mut Problems) -> Vec<Claim> {
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

/// The cases of `pack`, their personas filled in.
pub fn resolve(pack: &Pack, plan: &Plan, problems: &mut Problems) -> Vec<Case> {
    let names = Names::of(pack);
    for persona in &pack.personas {
        let mut answers = plan.blank_answers();
        give(&persona.answers, &mut answers, plan, Date::LATEST, problems);
        if let Some(circle) = circle(pack, &names, persona, problems) {
            problems.push(circle);
        }
    }
    pack.cases
        .iter()
        .filter_map(|from| case(from, pack, &names, plan, problems))
        .collect()
}

/// A complaint when a persona is like itself, by whatever way round.
fn circle(
    pack: &Pack,
    names: &Names<'_>,
    start: &pack::Persona,
    problems: &mut Problems,
) -> Option<Diagnostic> {
    let mut way = vec![start.id.value.as_str()];
    let mut persona = start;
    while let Some(like) = &persona.like {
        let kind = ("persona", Code::UnknownPersona);
        let mut unheard = Vec::new();
        let heard = if way.len() == 1 {
            &mut *problems
        } else {
            &mut unheard
        };
        let number = look_up(like, &names.personas, kind, heard)?;
        persona = pack.personas.get(number)?;
        way.push(&persona.id.value);
        if persona.id.value == start.id.value {
            let way = way
                .iter()
                .map(|id| format!("`{id}`"))
                .collect::<Vec<_>>()
                .join(" is like ");
            return Some(
                Diagnostic::new(
                    Code::Cycle,
                    start.id.place,
                    format!("the persona `{}` is like itself", start.id.value),
                )
                .help(format!("{way}: take one of these steps out")),
            );
        }
        if way.len() > pack.personas.len() {
            return None;
        }
    }
    None
}

fn case(
    from: &pack::Case,
    pack: &Pack,
    names: &Names<'_>,
    plan: &Plan,
    problems: &mut Problems,
) -> Option<Case> {
    let mut answers = plan.blank_answers();
    if let Some(like) = &from.like {
        let number = look_up(
            like,
            &names.personas,
            ("persona", Code::UnknownPersona),
            problems,
        )?;
        for persona in ancestry(pack, names, number).iter().rev() {
            // Complaints about the persona itself were made where it stands.
            let mut known = Vec::new();
            give(&persona.answers, &mut answers, plan, from.as_of, &mut known);
            if let Some(future) = known
                .into_iter()
                .find(|problem| problem.message.contains("lies after"))
            {
                problems
                    .push(future.other(from.name.place, "this case decides for an earlier day"));
            }
        }
    }
    give(&from.given, &mut answers, plan, from.as_of, problems);
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
    Some(Case {
        name: from.name.value.clone(),
        at,
        as_of: from.as_of,
        answers,
        expect,
    })
}

/// A persona and those it is like, itself first.
fn ancestry<'a>(pack: &'a Pack, names: &Names<'_>, number: usize) -> Vec<&'a pack::Persona> {
    let mut line: Vec<&pack::Persona> = Vec::new();
    let mut next = Some(number);
    while let Some(persona) = next.and_then(|number| pack.personas.get(number)) {
        if line.iter().any(|earlier| std::ptr::eq(*earlier, persona)) {
            break;
        }
        line.push(persona);
        next = persona
            .like
            .as_ref()
            .and_then(|like| names.personas.get(like.value.as_str()).copied());
    }
    line
}

fn expect(from: &pack::Case, names: &Names<'_>, problems: &mut Problems) -> Expect {
    let expect = &from.expect;
    for rule in expect.because.iter().flatten() {
        look_up(rule, &names.rules, ("rule", Code::UnknownRule), problems);
    }
    let questions = names
        .questions
        .iter()
        .map(|(id, (number, _))| (*id, *number))
        .collect();
    for question in expect.undecided.iter().chain(&expect.ask_next).flatten() {
        look_up(
            question,
            &questions,
            ("question", Code::UnknownQuestion),
            problems,
        );
    }
    if let Some((best, worst)) = expect.range.filter(|(best, worst)| best > worst) {
        problems.push(
            Diagnostic::new(
                Code::WrongTarget,
                from.name.place,
                format!(
                    "the best verdict, {}, is graver than the worst, {}",
                    best.word(),
                    worst.word()
                ),
            )
            .help("swap `best` and `worst`"),
        );
    }
    if let Some(steps) = &expect.timeline {
        let starts = steps
            .first()
            .is_some_and(|(from_day, _)| *from_day == from.as_of);
        if !starts || !steps.is_sorted_by(|a, b| a.0 < b.0 && a.1 != b.1) {
            problems.push(
                Diagnostic::new(Code::WrongTarget, from.name.place, "this timeline does not begin on the day decided for, or does not go forward step by step")
                    .help(format!("begin with `{{from: {}, verdict: …}}` and add a step for each day on which the verdict changes", from.as_of)),
            );
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
