//! Refuses waits in hours where they are not safe.
//!
//! Hours are counted in days and rounded up: see [`Period`]. Under `unless`, `not` and `none` a longer wait keeps a rule
//! from applying, so rounding up could make a verdict less severe. There, only days may be written.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::pack::{Pack, Setting};
use crate::period::Period;
use crate::sentence::Wait;
use crate::source::Place;
use crate::waits;

/// Reports every wait in hours that a rule reads where a longer wait makes a verdict less severe.
pub fn check(pack: &Pack, problems: &mut Problems) {
    let mut found = Problems::new();
    // Several sentences may read the same wait.
    let mut report = |problem: Diagnostic| {
        if !found.iter().any(|one| one.place == problem.place) {
            found.push(problem);
        }
    };
    for read in waits::of_rules(pack).into_iter().filter(|read| read.denied) {
        let place = read.sentence.place;
        match read.wait {
            Wait::Counted(count, unit) => {
                let period = Period::read(count.text, unit.text);
                if let Some(period) = period.filter(|period| period.is_in_hours()) {
                    report(denied(period, place));
                }
            }
            Wait::Named(name) => {
                let relaxations = pack.overlay.relaxations.iter();
                let relaxed = relaxations.flat_map(|one| &one.settings);
                let settings = pack.settings.iter().chain(relaxed);
                let in_hours = |setting: &&Setting| {
                    setting.name.value == name.text && setting.period.is_in_hours()
                };
                for setting in settings.filter(in_hours) {
                    let problem = denied(setting.period, setting.place);
                    report(problem.other(place, "it is read here"));
                }
            }
        }
    }
    problems.append(&mut found);
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
