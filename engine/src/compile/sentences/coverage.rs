//! Checks sentences that reach further back than their question asks.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::pack::Question;
use crate::period::Period;
use crate::sentence::{Says, Wait, Word};
use crate::source::Place;

use super::super::coverage;
use super::Resolver;
use super::spans::At;

impl Resolver<'_> {
    /// Reports a waiting period, or *ever*, that reaches further back than `question` asks. The
    /// patients it is meant for have not been asked.
    pub(super) fn covered(
        &self,
        question: &Question,
        subject: Word<'_>,
        says: &Says<'_>,
        at: &At<'_>,
        problems: &mut Problems,
    ) {
        let id = &question.id.value;
        let length = says.wait().and_then(|wait| self.length(wait, at));
        let (wait, place, name) = match (says, length) {
            (Says::Ever, _) => (None, at.behind(subject), None),
            (_, Some((period, place, name))) => (Some(period), place, name),
            (_, None) => return,
        };
        let Some((covers, written)) = coverage::exceeded(&self.names.coverage, id, wait) else {
            return;
        };
        let asks = format!("the question `{id}` only asks about the last {covers}");
        let message = match (wait, name) {
            (None, _) => format!("`{id} ever` means at any time, but {asks}"),
            (Some(wait), Some(name)) => format!("`{name}` is {wait}, but {asks}"),
            (Some(wait), None) => format!("this wait is {wait}, but {asks}"),
        };
        let problem = Diagnostic::new(Code::NotCovered, place, message)
            .other(written, "how far back it asks")
            .help(match wait {
                None => format!("write a wait of at most {covers}"),
                Some(_) => format!("make the wait at most {covers}"),
            })
            .help("or ask about a longer time: change `covers` and the words of the question");
        // Several rules may read the same waiting period.
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// The length of a waiting period, its place, and its name if it has one.
    fn length<'w>(&self, wait: Wait<'w>, at: &At<'_>) -> Option<(Period, Place, Option<&'w str>)> {
        match wait {
            Wait::Counted(count, unit) => {
                let place = Place {
                    end: at.word(unit).end,
                    ..at.word(count)
                };
                Some((Period::read(count.text, unit.text)?, place, None))
            }
            Wait::Named(name) => {
                let setting = self.names.settings.get(name.text)?;
                Some((setting.period, setting.place, Some(name.text)))
            }
        }
    }
}
