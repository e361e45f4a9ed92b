//! The range of possible verdicts, and the questions that would settle the verdict.
//!
//! The *range* is the best and the worst verdict over all complete, exact answers that are still
//! possible. It is found by trying one answer for each way in which rules can see an answer (a
//! *cell*). Only the unknown parts that undecided rules read are tried: a question, one of its
//! options, or one group of medicines. Rules that share no unknown part cannot influence each
//! other, so each such *component* is tried separately.

mod birth;
mod component;
mod inseparable;
mod together;
mod unknown;
mod values;

use super::date::Date;
use super::evaluate::Patient;
use super::plan::Rule;
use super::truth::Truth;
use super::verdict::{Grade, Verdict};

use component::Component;

pub use together::{groups, questions};
pub use unknown::Part;
pub use values::values;

/// The range of possible verdicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerdictRange {
    /// The least severe verdict that complete answers could lead to.
    pub best: Verdict,
    /// The most severe one; at least as severe as the verdict itself.
    pub worst: Verdict,
    /// Whether the range is exact. If there was too much to try, it may be too wide.
    pub exact: bool,
    /// A smallest set of questions whose answers would settle the verdict, in the order of the
    /// plan; empty if it is settled.
    pub ask_next: Vec<usize>,
}

/// Maximum number of questions among which a smallest set is searched. If more depend on each
/// other, which is true of no pack so far, all of them are named.
const MAX_QUESTIONS: usize = 12;

/// The range for a patient whose verdict on `as_of` is `verdict`.
#[must_use]
pub fn of(patient: &Patient<'_>, as_of: Date, verdict: Verdict) -> VerdictRange {
    let decided = || {
        let rules = patient.plan.rules.iter();
        rules.map(|rule| (rule, patient.rule(rule, as_of)))
    };
    let sure = decided().filter(|(_, truth)| *truth == Truth::Yes);
    let floor = sure
        .map(|(rule, _)| rule.grade)
        .max()
        .map_or(Verdict::Eligible, Grade::verdict);
    let open = decided().filter(|(_, truth)| *truth == Truth::Unknown);
    let open: Vec<&Rule> = open.map(|(rule, _)| rule).collect();
    let components: Vec<Component<'_>> = component::components(patient, &open, as_of)
        .into_iter()
        .map(|component| component.with_ways(patient))
        .collect();

    // If there are too many ways, the verdict may still depend on one that is unavoidable.
    let least = least(patient, &patient.plan.rules, as_of, floor);
    let best = components
        .iter()
        .map(Component::best)
        .fold(least, Verdict::max);
    let worst = components
        .iter()
        .map(Component::worst)
        .fold(floor.max(verdict), Verdict::max);
    let ask_next = if best == worst {
        Vec::new()
    } else {
        ask_next(patient, &components, floor)
    };
    VerdictRange {
        best,
        worst,
        exact: best == worst || components.iter().all(|component| component.is_exact(best)),
        ask_next,
    }
}

impl Patient<'_> {
    /// The verdict on `day`: the most severe rule that applies or is undecided, and never less
    /// severe than the best verdict of complete answers.
    #[must_use]
    pub fn verdict(&self, day: Date) -> Verdict {
        let rules = &self.plan.rules;
        least(self, rules, day, self.counted(rules, day))
    }
}

/// The least severe verdict of complete answers by `rules`, which count for `counted` while some
/// are undecided. It is `counted` if that is more severe, or if there is too much to try.
#[must_use]
pub fn least<'a>(
    patient: &Patient<'a>,
    rules: impl IntoIterator<Item = &'a Rule>,
    day: Date,
    counted: Verdict,
) -> Verdict {
    let whichever = whichever(patient, rules, day, counted);
    let verdicts = whichever.iter().map(|(_, verdict)| *verdict);
    verdicts.fold(counted, Verdict::max)
}

/// Undecided rules of which one applies whichever answers are given. It leads to the verdict
/// returned with them, or a more severe one; only verdicts above `counted` are included.
///
/// Each rule alone may or may not apply. But if both options of a question lead to refusal, the
/// patient is refused in any case.
#[must_use]
pub fn whichever<'a>(
    patient: &Patient<'a>,
    rules: impl IntoIterator<Item = &'a Rule>,
    day: Date,
    counted: Verdict,
) -> Vec<(Vec<&'a Rule>, Verdict)> {
    let severe = rules
        .into_iter()
        .filter(|rule| rule.grade.verdict() > counted);
    let open: Vec<&Rule> = severe
        .filter(|rule| patient.rule(rule, day) == Truth::Unknown)
        .collect();
    let components = component::components(patient, &open, day);
    let least = |component: Component<'a>| {
        let verdict = component.least(patient, counted);
        (component.into_rules(), verdict)
    };
    let all = components.into_iter().map(least);
    all.filter(|(_, verdict)| *verdict > counted).collect()
}

/// A smallest set of questions that settles all components.
fn ask_next(patient: &Patient<'_>, components: &[Component<'_>], floor: Verdict) -> Vec<usize> {
    // The least severe result of the other components. A component only matters if it can be more
    // severe than that.
    let beside = |own: usize| {
        let others = components
            .iter()
            .enumerate()
            .filter(|(number, _)| *number != own);
        others
            .map(|(_, component)| component.best())
            .fold(floor, Verdict::max)
    };
    let open: Vec<(&Component<'_>, Verdict)> = components
        .iter()
        .enumerate()
        .map(|(number, component)| (component, beside(number)))
        .filter(|(component, beside)| !component.settled(patient, &[], *beside))
        .collect();

    let mut asked = Vec::new();
    for cluster in clusters(&open) {
        let mut questions_to_ask: Vec<usize> = cluster
            .iter()
            .flat_map(|(component, _)| component.questions_to_ask())
            .copied()
            .collect();
        questions_to_ask.sort_unstable();
        questions_to_ask.dedup();
        let settles = |questions: &[usize]| {
            cluster
                .iter()
                .all(|(component, beside)| component.settled(patient, questions, *beside))
        };
        asked.extend(smallest(&questions_to_ask, settles));
    }
    asked.sort_unstable();
    asked
}

/// A component, and the verdict of the others.
type Beside<'i, 'a> = (&'i Component<'a>, Verdict);

/// Groups components that the same question could settle.
fn clusters<'i, 'a>(open: &[Beside<'i, 'a>]) -> Vec<Vec<Beside<'i, 'a>>> {
    let mut clusters: Vec<(Vec<usize>, Vec<Beside<'_, '_>>)> = Vec::new();
    for (component, beside) in open {
        let mut questions_to_ask = component.questions_to_ask().to_vec();
        let mut members = vec![(*component, *beside)];
        let (touching, apart): (Vec<_>, Vec<_>) = clusters.into_iter().partition(|(others, _)| {
            others
                .iter()
                .any(|question| questions_to_ask.contains(question))
        });
        for (others, earlier) in touching {
            questions_to_ask.extend(others);
            members.extend(earlier);
        }
        clusters = apart;
        clusters.push((questions_to_ask, members));
    }
    clusters.into_iter().map(|(_, members)| members).collect()
}

/// The smallest set of `questions_to_ask` for which `settles` is true; the earliest of equal sets.
/// All of them if there are too many to try.
fn smallest(questions_to_ask: &[usize], settles: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    if questions_to_ask.len() > MAX_QUESTIONS {
        return questions_to_ask.to_vec();
    }
    let mut parts: Vec<Vec<usize>> = (0..1_u32 << questions_to_ask.len())
        .map(|mask| {
            let chosen = questions_to_ask
                .iter()
                .enumerate()
                .filter(|(bit, _)| mask >> bit & 1 == 1);
            chosen.map(|(_, question)| *question).collect()
        })
        .collect();
    parts.sort_by(|a: &Vec<usize>, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    parts
        .into_iter()
        .find(|part| settles(part))
        .unwrap_or_else(|| questions_to_ask.to_vec())
}
