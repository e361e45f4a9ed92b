//! Named conditions, each resolved once, in whatever order they lean on each other.

use std::collections::{HashMap, HashSet};

use crate::engine::condition::Condition;
use crate::engine::diagnostic::{Code, Diagnostic};
use crate::engine::pack::{self, Pack};
use crate::engine::sentence::{self, Says};
use crate::engine::source::Located;

use super::names::Names;
use super::sentences::Look;

/// The facts of `pack` by number; those with problems are left out.
pub fn resolve(
    pack: &Pack,
    names: &Names<'_>,
    problems: &mut Vec<Diagnostic>,
) -> HashMap<usize, Condition> {
    let reads: Vec<Vec<usize>> = pack
        .facts
        .iter()
        .map(|fact| facts_in(&fact.when, names))
        .collect();
    let mut resolved = HashMap::new();
    let mut order = Vec::new();
    let mut done = HashSet::new();
    for start in 0..pack.facts.len() {
        let mut path = Vec::new();
        if let Some(circle) = visit(start, &reads, &mut path, &mut done, &mut order) {
            problems.extend(circular(pack, &circle));
        }
    }
    for number in order {
        let Some(fact) = pack.facts.get(number) else {
            continue;
        };
        let look = Look {
            names,
            facts: &resolved,
            sources: &pack.sources,
        };
        if let Some(condition) = look.condition(&fact.when, problems) {
            resolved.insert(number, condition);
        }
    }
    resolved
}

/// Puts `number` behind everything it leans on; the way round, when there is one.
fn visit(
    number: usize,
    reads: &[Vec<usize>],
    path: &mut Vec<usize>,
    done: &mut HashSet<usize>,
    order: &mut Vec<usize>,
) -> Option<Vec<usize>> {
    if let Some(start) = path.iter().position(|earlier| *earlier == number) {
        return path.get(start..).map(<[usize]>::to_vec);
    }
    if !done.insert(number) {
        return None;
    }
    path.push(number);
    let mut circle = None;
    for next in reads.get(number).map_or(&[][..], Vec::as_slice) {
        if path.contains(next) || !done.contains(next) {
            circle = circle.or(visit(*next, reads, path, done, order));
        }
    }
    path.pop();
    order.push(number);
    circle
}

fn circular(pack: &Pack, circle: &[usize]) -> Option<Diagnostic> {
    let facts: Vec<&Located<String>> = circle
        .iter()
        .filter_map(|number| pack.facts.get(*number))
        .map(|fact| &fact.id)
        .collect();
    round(&facts, "fact", "leans on", "`when`")
}

/// A complaint about entries that lead back to the first of them, each to the next by its `key`.
pub fn round(ids: &[&Located<String>], kind: &str, leads: &str, key: &str) -> Option<Diagnostic> {
    let first = ids.first()?;
    let message = format!("the {kind} `{}` {leads} itself", first.value);
    let problem = Diagnostic::new(Code::Cycle, first.place, message);
    let last = match ids {
        [] | [_] => {
            return Some(problem.help(format!("take `{}` out of its own {key}", first.value)));
        }
        [.., last] => last,
    };
    let way: Vec<String> = ids
        .iter()
        .skip(1)
        .chain([first])
        .map(|id| format!("{leads} `{}`", id.value))
        .collect();
    let way = way.join(", which ");
    Some(
        problem
            .other(last.place, format!("{leads} `{}`", first.value))
            .help(format!(
                "`{}` {way}: take one of these steps out",
                first.value
            )),
    )
}

/// The facts a condition names.
fn facts_in(condition: &pack::Condition, names: &Names<'_>) -> Vec<usize> {
    match condition {
        pack::Condition::All(parts)
        | pack::Condition::Any(parts)
        | pack::Condition::None(parts) => parts
            .iter()
            .flat_map(|part| facts_in(part, names))
            .collect(),
        pack::Condition::Sentence(sentence) => match sentence::read(&sentence.text) {
            Ok(read) if read.says == Says::Holds => names
                .facts
                .get(read.subject.text)
                .copied()
                .into_iter()
                .collect(),
            _ => Vec::new(),
        },
    }
}
