//! Resolves each fact once, in the order in which they depend on each other.

use std::collections::{HashMap, HashSet};

use crate::condition::Condition;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack;
use crate::pack::Pack;
use crate::sentence;
use crate::sentence::Says;
use crate::source::Located;

use super::sentences::Resolver;
use super::symbols::Symbols;

/// The facts of `pack` by index; those with problems are left out.
pub fn resolve(
    pack: &Pack,
    names: &Symbols<'_>,
    problems: &mut Vec<Diagnostic>,
) -> HashMap<usize, Condition> {
    let reads: Vec<Vec<usize>> = pack
        .facts
        .iter()
        .map(|fact| facts_in(&fact.when, names))
        .collect();
    let mut resolved = HashMap::new();
    let (order, circles) = in_order(&reads);
    problems.extend(circles.iter().filter_map(|circle| circular(pack, circle)));
    for number in order {
        let Some(fact) = pack.facts.get(number) else {
            continue;
        };
        let look = Resolver {
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

/// The facts, each after those it depends on, and the circles found, at most one from each start.
/// There is no recursion, because a chain may be as long as a file.
fn in_order(reads: &[Vec<usize>]) -> (Vec<usize>, Vec<Vec<usize>>) {
    let (mut order, mut circles) = (Vec::new(), Vec::new());
    let mut met = HashSet::new();
    for start in 0..reads.len() {
        let mut circle = None;
        // The path from the start to the current fact, and how many references of each were
        // visited.
        let mut path: Vec<(usize, usize)> = Vec::new();
        let mut on_path = HashSet::new();
        if met.insert(start) {
            path.push((start, 0));
            on_path.insert(start);
        }
        while let Some((number, looked_at)) = path.last_mut() {
            let next = reads
                .get(*number)
                .and_then(|all| all.get(*looked_at))
                .copied();
            *looked_at += 1;
            match next {
                None => {
                    order.push(*number);
                    on_path.remove(number);
                    path.pop();
                }
                Some(next) if on_path.contains(&next) => {
                    let way = path.iter().map(|(number, _)| *number);
                    circle = circle.or(Some(way.skip_while(|number| *number != next).collect()));
                }
                Some(next) => {
                    if met.insert(next) {
                        path.push((next, 0));
                        on_path.insert(next);
                    }
                }
            }
        }
        circles.extend(circle);
    }
    (order, circles)
}

fn circular(pack: &Pack, circle: &[usize]) -> Option<Diagnostic> {
    let facts: Vec<&Located<String>> = circle
        .iter()
        .filter_map(|number| pack.facts.get(*number))
        .map(|fact| &fact.id)
        .collect();
    round(&facts, "fact", "leans on", "`when`")
}

/// Maximum number of steps of a circle that are shown.
const MOST_SHOWN: usize = 12;

/// The problem of entries that lead back to the first one; each names the next in its `key`.
pub fn round(ids: &[&Located<String>], kind: &str, leads: &str, key: &str) -> Option<Diagnostic> {
    let first = ids.first()?;
    let message = format!("the {kind} `{}` {leads} itself", first.value);
    let problem = Diagnostic::new(Code::Cycle, first.place, message);
    let last = match ids {
        [] | [_] => {
            return Some(problem.help(format!("remove `{}` from its own {key}", first.value)));
        }
        [.., last] => last,
    };
    let back = format!("{leads} `{}`", first.value);
    let mut way: Vec<String> = ids
        .iter()
        .skip(1)
        .take(MOST_SHOWN)
        .map(|id| format!("{leads} `{}`", id.value))
        .collect();
    if ids.len() > MOST_SHOWN + 1 {
        way.push("and so on".to_owned());
    }
    way.push(back.clone());
    let way = way.join(", which ").replace(", which and", ", and");
    Some(problem.other(last.place, back).help(format!(
        "`{}` {way}: remove one of these steps",
        first.value
    )))
}

/// The facts that a condition names.
fn facts_in(condition: &pack::Condition, names: &Symbols<'_>) -> Vec<usize> {
    let number = |sentence: &pack::Sentence| {
        let read = sentence::read(&sentence.text).ok()?;
        let holds = read.says == Says::Holds;
        holds.then(|| names.facts.get(read.subject.text).copied())?
    };
    let sentences = condition.sentences().into_iter();
    sentences.filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn facts_come_after_the_facts_they_depend_on() {
        #[track_caller]
        fn case(reads: &[&[usize]], order: &[usize], circles: &[&[usize]]) {
            let reads: Vec<Vec<usize>> = reads.iter().map(|all| all.to_vec()).collect();
            let (found, ways) = in_order(&reads);
            assert_eq!(found, order, "{reads:?}");
            assert_eq!(ways, circles, "{reads:?}");
        }

        case(&[&[], &[]], &[0, 1], &[]);
        case(&[&[1], &[2], &[]], &[2, 1, 0], &[]);
        case(&[&[1, 2], &[2], &[]], &[2, 1, 0], &[]);
        case(&[&[0]], &[0], &[&[0]]);
        case(&[&[1], &[2], &[0]], &[2, 1, 0], &[&[0, 1, 2]]);
        case(&[&[1], &[2], &[1]], &[2, 1, 0], &[&[1, 2]]);
        let chain: Vec<Vec<usize>> = (1..100_000)
            .map(|next| vec![next])
            .chain([vec![]])
            .collect();
        assert_eq!(in_order(&chain).0.len(), 100_000);
    }
}
