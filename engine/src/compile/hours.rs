//! Refuses waits in hours where they are not safe.
//!
//! Hours are counted in days and rounded up: see [`Period`]. Under `unless`, `not` and `none` a longer wait keeps a rule
//! from applying, so rounding up could make a verdict less severe. There, only days may be written.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::pack::{Condition, Pack, Sentence, Setting};
use crate::period::Period;
use crate::sentence::{self, Says, Wait};
use crate::source::Place;

/// Reports every wait in hours that a rule reads where a longer wait makes a verdict less severe.
pub fn check(pack: &Pack, problems: &mut Problems) {
    let mut search = Search {
        pack,
        facts: HashSet::new(),
        found: Vec::new(),
    };
    for rule in &pack.rules {
        search.condition(&rule.when, false);
        if let Some(unless) = &rule.unless {
            search.condition(unless, true);
        }
    }
    problems.append(&mut search.found);
}

struct Search<'a> {
    pack: &'a Pack,
    /// The facts already visited, as read and denied.
    facts: HashSet<(&'a str, bool)>,
    found: Problems,
}

impl<'a> Search<'a> {
    fn condition(&mut self, condition: &'a Condition, denied: bool) {
        match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                for part in parts {
                    self.condition(part, denied);
                }
            }
            Condition::None(parts) => {
                for part in parts {
                    self.condition(part, !denied);
                }
            }
            Condition::Sentence(sentence) => self.sentence(sentence, denied),
        }
    }

    fn sentence(&mut self, from: &'a Sentence, denied: bool) {
        let Ok(read) = sentence::read(&from.text) else {
            return;
        };
        let denied = denied ^ read.negated;
        match read.says {
            Says::Within(wait)
            | Says::WithinBeforeOrAfter(wait)
            | Says::EndedWithin(wait)
            | Says::OngoingOrEndedWithin(wait)
                if denied =>
            {
                self.wait(from, &wait);
            }
            Says::Holds => {
                let mut facts = self.pack.facts.iter();
                if let Some(fact) = facts.find(|fact| fact.id.value == read.subject.text)
                    && self.facts.insert((&fact.id.value, denied))
                {
                    self.condition(&fact.when, denied);
                }
            }
            _ => {}
        }
    }

    fn wait(&mut self, from: &Sentence, wait: &Wait<'_>) {
        match wait {
            Wait::Counted(count, unit) => {
                let period = Period::read(count.text, unit.text);
                if let Some(period) = period.filter(|period| period.is_in_hours()) {
                    self.report(denied(period, from.place));
                }
            }
            Wait::Named(name) => {
                let relaxations = self.pack.overlay.relaxations.iter();
                let relaxed = relaxations.flat_map(|one| &one.settings);
                let settings = self.pack.settings.iter().chain(relaxed);
                let in_hours = |setting: &&Setting| {
                    setting.name.value == name.text && setting.period.is_in_hours()
                };
                for setting in settings.filter(in_hours) {
                    let problem = denied(setting.period, setting.place);
                    self.report(problem.other(from.place, "it is read here"));
                }
            }
        }
    }

    /// Several sentences may read the same wait.
    fn report(&mut self, problem: Diagnostic) {
        let mut before = self.found.iter();
        if !before.any(|one| one.place == problem.place) {
            self.found.push(problem);
        }
    }
}

fn denied(period: Period, place: Place) -> Diagnostic {
    let message = format!(
        "`{period:#}` is read under `unless`, `not` or `none`, where a wait that is rounded up makes verdicts less severe"
    );
    let days = period.whole_days().unwrap_or(0);
    let help = match days {
        0 => "ask in another way: no whole day is surely within so few hours".to_owned(),
        1 => "write `1 day` here: it is surely within these hours".to_owned(),
        days => format!("write `{days} days` here: they are surely within these hours"),
    };
    Diagnostic::new(Code::HoursDenied, place, message).help(help)
}
