//! Reads the expected results of a case, and checks that they are possible.

use crate::date::Date;
use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Located, Place};
use crate::verdict::{Verdict, natural};
use crate::yaml::Node;

use super::map_reader::{MapReader, date};
use super::unknown_words::{unknown_verdict, unknown_word};
use super::{Expect, Promise};

const KEYS: &[&str] = &[
    "verdict",
    "because",
    "undecided",
    "eligible_from",
    "timeline",
    "range",
    "ask_next",
];

/// The expected results of a case with the treatment day `as_of`.
pub fn expect(node: &Node, as_of: Option<Date>, problems: &mut Problems) -> Option<Expect> {
    let problems_before = problems.len();
    let fields = MapReader::of(node, "expectation of a case", KEYS, problems)?;
    let list = |key: &str, problems: &mut Problems| {
        let there = fields.get(key).is_some();
        there.then(|| fields.texts(key, problems))
    };
    let verdict = fields
        .text("verdict", problems)
        .and_then(|written| promise(&written, problems));
    let because = list("because", problems);
    let undecided = list("undecided", problems);
    let ask_next = list("ask_next", problems);
    let eligible_from = fields.text("eligible_from", problems).and_then(|written| {
        if written.value == "never" {
            Some(None)
        } else {
            date(&written, problems).map(Some)
        }
    });
    let timeline = fields.get("timeline").is_some();
    let timeline = timeline.then(|| timeline_of(&fields, as_of, problems));
    let range = fields.get("range").and_then(|node| range(node, problems));
    if problems.len() == problems_before && KEYS.iter().all(|key| fields.get(key).is_none()) {
        let message = "this case expects nothing";
        problems.push(
            Diagnostic::new(Code::MissingKey, fields.nameless().place, message)
                .help("add what must come out, for example `expect: {verdict: eligible}`"),
        );
    }
    Some(Expect {
        verdict,
        because,
        undecided,
        eligible_from,
        timeline,
        range,
        ask_next,
    })
}

/// One step of a timeline, as written.
struct Step {
    place: Place,
    from: Date,
    verdict: Verdict,
}

/// The steps. The first is on the day of treatment; each later one is after the previous one and
/// has another verdict.
fn timeline_of(
    fields: &MapReader<'_>,
    as_of: Option<Date>,
    problems: &mut Problems,
) -> Vec<(Date, Verdict)> {
    let problems_before = problems.len();
    let written = fields.list("timeline", problems);
    let steps: Vec<Step> = written
        .iter()
        .filter_map(|node| step(node, problems))
        .collect();
    if problems.len() == problems_before {
        problems.extend(first_step(fields, &steps, as_of));
        problems.extend(steps.windows(2).filter_map(|pair| match pair {
            [earlier, later] => next_step(earlier, later),
            _ => None,
        }));
    }
    steps.iter().map(|step| (step.from, step.verdict)).collect()
}

fn first_step(fields: &MapReader<'_>, steps: &[Step], as_of: Option<Date>) -> Option<Diagnostic> {
    let as_of = as_of?;
    let Some(first) = steps.first() else {
        let message = "this timeline has no steps";
        let problem = Diagnostic::new(Code::MissingKey, fields.place_of("timeline"), message);
        return Some(problem.help(format!("begin with `{{from: {as_of}, verdict: eligible}}`")));
    };
    (first.from != as_of).then(|| {
        let message = format!("a timeline begins on the treatment day, {as_of}");
        let verdict = first.verdict.word();
        Diagnostic::new(Code::WrongTarget, first.place, message).help(format!(
            "begin with `{{from: {as_of}, verdict: {verdict}}}`"
        ))
    })
}

fn next_step(earlier: &Step, later: &Step) -> Option<Diagnostic> {
    let (message, label, help) = if later.from <= earlier.from {
        (
            "this step is not later than the one before".to_owned(),
            "the step before",
            "put the steps in the order of their days",
        )
    } else if later.verdict == earlier.verdict {
        (
            format!(
                "this step changes nothing: the verdict is {} already",
                later.verdict.word()
            ),
            "the step before",
            "a timeline has a step for each change of the verdict: leave this one out",
        )
    } else {
        return None;
    };
    let problem = Diagnostic::new(Code::WrongTarget, later.place, message);
    Some(problem.other(earlier.place, label).help(help))
}

fn step(node: &Node, problems: &mut Problems) -> Option<Step> {
    let fields = MapReader::of(node, "step of a timeline", &["from", "verdict"], problems)?;
    let written = fields.need("from", "2027-03-01", problems);
    fields.missing("verdict", "eligible", problems);
    let verdict = verdict(&fields, "verdict", problems);
    let written = written?;
    Some(Step {
        place: written.place,
        from: date(&written, problems)?,
        verdict: verdict?,
    })
}

fn range(node: &Node, problems: &mut Problems) -> Option<(Verdict, Verdict)> {
    let fields = MapReader::of(node, "range", &["best", "worst"], problems)?;
    let best = fields.need("best", "eligible", problems);
    let worst = fields.need("worst", "not-eligible", problems);
    let range = (
        verdict(&fields, "best", problems)?,
        verdict(&fields, "worst", problems)?,
    );
    let (best, worst) = (best?, worst?);
    if range.0 > range.1 {
        let message = format!(
            "{} is more severe than {}, the worst",
            best.value, worst.value
        );
        problems.push(
            Diagnostic::new(Code::WrongTarget, best.place, message)
                .other(worst.place, "the worst")
                .help("swap `best` and `worst`"),
        );
    }
    Some(range)
}

/// The verdict of `key`.
fn verdict(fields: &MapReader<'_>, key: &str, problems: &mut Problems) -> Option<Verdict> {
    let word = fields.text(key, problems)?;
    let verdict = Verdict::from_word(&word.value);
    if verdict.is_none() {
        problems.push(unknown_verdict(&word, key, &verdict_words()));
    }
    verdict
}

/// The words for the verdicts.
pub fn verdict_words() -> [&'static str; 5] {
    Verdict::ALL.map(Verdict::word)
}

/// `at least V`, `at most V`, or a verdict alone.
pub fn promise(written: &Located<String>, problems: &mut Problems) -> Option<Promise> {
    let words: Vec<&str> = written.value.split_whitespace().collect();
    let read = match words.as_slice() {
        ["at", "least", word] => Verdict::from_word(word).map(Promise::AtLeast),
        ["at", "most", word] => Verdict::from_word(word).map(Promise::AtMost),
        [word] => Verdict::from_word(word).map(Promise::Exactly),
        _ => None,
    };
    if read.is_none() {
        let (before, word) = match words.as_slice() {
            ["at", bound @ ("least" | "most"), rest @ ..] => (format!("at {bound} "), rest),
            all => (String::new(), all),
        };
        if let Some(meaning) = natural::meaning(&word.join(" ")) {
            let problem = unknown_word(written, "verdict", &verdict_words());
            let verdict = meaning.verdict().word();
            let help = vec![format!("write `{before}{verdict}` for this")];
            problems.push(Diagnostic { help, ..problem });
            return None;
        }
        let last = words.last().copied().unwrap_or_default();
        let mut problem = unknown_word(written, "verdict", &verdict_words());
        let example = if Verdict::from_word(last).is_some() {
            problem.help.clear();
            last
        } else {
            "deferred"
        };
        problems.push(problem.help(format!(
            "write `at least`, `at most` or nothing before a verdict, for example `at least {example}`"
        )));
    }
    read
}
