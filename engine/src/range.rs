//! What could still come out, and which questions would settle it.
//!
//! The *range* is the best and the worst verdict over all complete, exact
//! answers that what is known still allows. It is found by trying them: not
//! every answer, but one for each way an answer can look to the rules (a
//! *cell*), and only for what undecided rules look at (*facets*: a question,
//! or one option of it, or one group of medicines). Rules that share no facet
//! cannot influence each other, so each such *island* is tried on its own.

mod birth;
mod component;
mod unknown;

use super::date::Date;
use super::evaluate::Patient;
use super::truth::Truth;
use super::verdict::{Grade, Verdict};

use component::Component;

/// What could still come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictRange {
    /// The mildest verdict that complete answers could lead to.
    pub best: Verdict,
    /// The gravest; never milder than the verdict itself.
    pub worst: Verdict,
    /// A smallest set of questions whose answers would settle the verdict, in
    /// the order of the plan; empty when it is settled.
    pub ask_next: Vec<usize>,
}

/// The most questions among which a smallest set is looked for; where more
/// hang together than any pack so far has, all of them are named.
const MOST_DOORS: usize = 12;

/// The outlook of a patient whose verdict on `as_of` is `verdict`.
#[must_use]
pub fn of(patient: &Patient<'_>, as_of: Date, verdict: Verdict) -> VerdictRange {
    let rules = patient.plan.rules.iter().enumerate();
    let weighed: Vec<(usize, Truth)> = rules
        .map(|(n, rule)| (n, patient.rule(rule, as_of)))
        .collect();
    let sure = weighed.iter().filter(|(_, truth)| *truth == Truth::Yes);
    let sure = sure.filter_map(|(number, _)| patient.plan.rules.get(*number));
    let floor = sure
        .map(|rule| rule.grade)
        .max()
        .map_or(Verdict::Eligible, Grade::verdict);
    let open: Vec<usize> = weighed
        .iter()
        .filter(|(_, truth)| *truth == Truth::Unknown)
        .map(|(number, _)| *number)
        .collect();

    let islands = component::islands(patient, &open, as_of);
    let best = islands
        .iter()
        .map(Component::best)
        .fold(floor, Verdict::max);
    let worst = islands
        .iter()
        .map(Component::worst)
        .fold(floor.max(verdict), Verdict::max);
    let ask_next = if best == worst {
        Vec::new()
    } else {
        ask_next(patient, &islands, floor)
    };
    VerdictRange {
        best,
        worst,
        ask_next,
    }
}

/// A smallest set of questions that settles every island.
fn ask_next(patient: &Patient<'_>, islands: &[Component<'_>], floor: Verdict) -> Vec<usize> {
    // What the other islands come to at their mildest: beside it, an island
    // only matters where it can be graver.
    let beside = |own: usize| {
        let others = islands
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != own);
        others
            .map(|(_, island)| island.best())
            .fold(floor, Verdict::max)
    };
    let open: Vec<(&Component<'_>, Verdict)> = islands
        .iter()
        .enumerate()
        .map(|(number, island)| (island, beside(number)))
        .filter(|(island, beside)| !island.settled(patient, &[], *beside))
        .collect();

    let mut asked = Vec::new();
    for cluster in clusters(&open) {
        let mut doors: Vec<usize> = cluster
            .iter()
            .flat_map(|(island, _)| island.doors())
            .copied()
            .collect();
        doors.sort_unstable();
        doors.dedup();
        let settles = |questions: &[usize]| {
            cluster
                .iter()
                .all(|(island, beside)| island.settled(patient, questions, *beside))
        };
        asked.extend(smallest(&doors, settles));
    }
    asked.sort_unstable();
    asked
}

/// An island, and the verdict that stands beside it.
type Beside<'i, 'a> = (&'i Component<'a>, Verdict);

/// Islands that could be settled by the same question, together.
fn clusters<'i, 'a>(open: &[Beside<'i, 'a>]) -> Vec<Vec<Beside<'i, 'a>>> {
    let mut clusters: Vec<(Vec<usize>, Vec<Beside<'_, '_>>)> = Vec::new();
    for (island, beside) in open {
        let mut doors = island.doors().to_vec();
        let mut members = vec![(*island, *beside)];
        let (touching, apart): (Vec<_>, Vec<_>) = clusters
            .into_iter()
            .partition(|(others, _)| others.iter().any(|door| doors.contains(door)));
        for (others, earlier) in touching {
            doors.extend(others);
            members.extend(earlier);
        }
        clusters = apart;
        clusters.push((doors, members));
    }
    clusters.into_iter().map(|(_, members)| members).collect()
}

/// The smallest part of `doors` that `settles`, the earliest of equals; all of
/// them when there are too many to try.
fn smallest(doors: &[usize], settles: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    if doors.len() > MOST_DOORS {
        return doors.to_vec();
    }
    let mut parts: Vec<Vec<usize>> = (0..1_u32 << doors.len())
        .map(|mask| {
            let chosen = doors
                .iter()
                .enumerate()
                .filter(|(bit, _)| mask >> bit & 1 == 1);
            chosen.map(|(_, door)| *door).collect()
        })
        .collect();
    parts.sort_by(|a: &Vec<usize>, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    parts
        .into_iter()
        .find(|part| settles(part))
        .unwrap_or_else(|| doors.to_vec())
}
