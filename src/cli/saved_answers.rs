//! An interview on disk: saved after every answer, and resumed later.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::Error;
use crate::files::Destination;
use crate::load;
use candidacy_engine::answer::days_of;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};
use candidacy_engine::normalize::is_unseen;
use candidacy_engine::pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::suggest::way_out;

/// The beginning of a file that `--save` wrote.
const FIRST_LINE: &str = "# Answers so far: go on with `candidacy screen --resume`.";

/// Writes what has been said so far on the day `said`, word for word.
pub fn write(
    to: &mut Destination,
    as_of: Date,
    said: Date,
    texts: &[(&str, &str)],
) -> Result<(), Error> {
    let none = if texts.is_empty() { " {}" } else { "" };
    let mut yaml = format!("{FIRST_LINE}\nas_of: {as_of}\nsaid: {said}\nanswers:{none}\n");
    for (id, text) in texts {
        yaml.push_str(&format!("  {id}: {}\n", as_yaml(text)));
    }
    to.put(yaml.as_bytes())
}

/// A text in quotes. Invisible characters are written by their number, as files of answers require.
fn as_yaml(text: &str) -> String {
    // JSON text is also valid YAML.
    let quoted = serde_json::to_string(text).unwrap_or_default();
    let mut written = String::with_capacity(quoted.len());
    for c in quoted.chars() {
        if c != ' ' && is_unseen(c) {
            written.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            written.push(c);
        }
    }
    written
}

/// An interrupted interview.
#[derive(Debug, Default)]
pub struct Saved {
    /// The day it was begun for.
    pub as_of: Option<Date>,
    /// The day it was made on.
    pub said: Option<Date>,
    /// Its answers by question, as typed.
    pub answers: Vec<(usize, String)>,
    /// Whether this program wrote the file, and nothing in it is lost when it is written again.
    pub by_candidacy: bool,
}

impl Saved {
    /// Removes the answers that would mean other days for `as_of`, or if given on the day `today`;
    /// returns their number.
    pub fn leave_out_others(&mut self, plan: &Plan, as_of: Date, today: Date) -> usize {
        let now = Counted { as_of, said: today };
        let then = Counted {
            as_of: self.as_of.unwrap_or(as_of),
            said: self.said.or(self.as_of).unwrap_or(as_of),
        };
        let (kept, lost) = still_meant(plan, std::mem::take(&mut self.answers), then, now);
        self.answers = kept;
        lost
    }
}

impl Saved {
    /// Removes the answers that these rules cannot read any more; returns the ids of their
    /// questions.
    pub fn leave_out_unreadable<'p>(
        &mut self,
        plan: &'p Plan,
        as_of: Date,
        today: Date,
    ) -> Vec<&'p str> {
        let reader = plan.reader(as_of).answered_on(today);
        let mut lost = Vec::new();
        self.answers.retain(|(question, text)| {
            let asked = plan.questions.get(*question);
            let unread = asked.filter(|asked| reader.reply(&asked.question, text).is_err());
            lost.extend(unread.map(|asked| asked.question.id.as_str()));
            unread.is_none()
        });
        lost
    }
}

/// Two days from which words such as `3 months ago` count: the day of treatment and the day on
/// which the answers were given.
#[derive(Clone, Copy)]
struct Counted {
    as_of: Date,
    said: Date,
}

/// The answers without those that have another meaning now. These are answers such as `3 months ago`, which
/// counted from `then` and now count from `now`. Also returns their number.
fn still_meant(
    plan: &Plan,
    earlier: Vec<(usize, String)>,
    then: Counted,
    now: Counted,
) -> (Vec<(usize, String)>, usize) {
    let meant = |question: usize, text: &str, counted: Counted| {
        let asked = plan.questions.get(question)?;
        // Days end at the day of treatment, or at the last day that can be planned, whatever they count from.
        let latest = [then, now].map(|counted| asked.question.latest_day(counted.as_of));
        let cut = latest[0].min(latest[1]);
        let reader = plan.reader(counted.as_of).answered_on(counted.said);
        let reply = reader.reply(&asked.question, text).ok()?;
        let days = days_of(&reply)?;
        Some((days.first, days.last.min(cut)))
    };
    let before = earlier.len();
    let kept: Vec<_> = earlier
        .into_iter()
        .filter(|(question, text)| meant(*question, text, then) == meant(*question, text, now))
        .collect();
    let lost = before - kept.len();
    (kept, lost)
}

/// The content of a file of saved answers.
pub fn read(path: &Path, plan: &Plan) -> Result<Saved, Error> {
    let source = load::source(path)?;
    let mut problems = Vec::new();
    let file = pack::answers(0, &source, &mut problems);
    let mut earlier = Vec::new();
    for one in file.given {
        match plan.question(&one.key.value) {
            Some(question) => earlier.push((question, one.text)),
            None => problems.push(
                Diagnostic::new(
                    Code::UnknownQuestion,
                    one.key.place,
                    format!("no question is called `{}`", one.key.value),
                )
                .help(way_out(
                    &one.key.value,
                    "question",
                    plan.questions
                        .iter()
                        .map(|asked| asked.question.id.as_str()),
                )),
            ),
        }
    }
    earlier.sort_by_key(|(question, _)| *question);
    if problems.is_empty() {
        Ok(Saved {
            as_of: file.as_of,
            said: file.said,
            answers: earlier,
            by_candidacy: source.text.starts_with(FIRST_LINE)
                && source.text.matches('#').count() == FIRST_LINE.matches('#').count(),
        })
    } else {
        Err(Error::Answers(Refusal {
            sources: [source].into(),
            problems,
        }))
    }
}

/// Where the answers of an interview are saved, and how to continue with them.
#[derive(Clone, Debug, Default)]
pub struct Saving {
    to: Option<(PathBuf, String)>,
    /// Whether the file contains an answer.
    any: Arc<AtomicBool>,
    /// Whether the verdict is on the screen.
    decided: Arc<AtomicBool>,
}

impl Saving {
    /// Answers saved in `path`; `command` continues the interview.
    pub fn new(path: &Path, command: &str, has_any: bool) -> Self {
        Self {
            to: Some((path.to_owned(), format!("go on with `{command}`"))),
            any: Arc::new(AtomicBool::new(has_any)),
            decided: Arc::default(),
        }
    }

    /// Records that the file now has an answer.
    pub fn note_any(&self) {
        self.any.store(true, Ordering::Relaxed);
    }

    /// Records whether the verdict is on the screen.
    pub fn note_verdict(&self, shown: bool) {
        self.decided.store(shown, Ordering::Relaxed);
    }

    /// The same error; if it ends the interview early, with the place of the answers.
    pub fn noted(&self, why: Error) -> Error {
        match (why, &self.to) {
            (Error::BrokenOff, _) if self.decided.load(Ordering::Relaxed) => Error::AfterVerdict,
            (
                cause @ (Error::BrokenOff | Error::Stopped | Error::Ended | Error::Terminal(_)),
                Some((path, hint)),
            ) if self.any.load(Ordering::Relaxed) => Error::Saved {
                cause: Box::new(cause),
                path: path.clone(),
                hint: hint.clone(),
            },
            (why, _) => why,
        }
    }
}

/// A path as a word of the shell.
pub fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "_./-+:@%,=".contains(c);
    if !path.is_empty() && path.chars().all(plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use candidacy_engine::source::Source;
    use candidacy_engine::yaml::{read, text_of};

    use super::as_yaml;

    #[test]
    fn what_is_saved_is_read_back() {
        for text in [
            "",
            "no",
            "a \"b\" \\ c: d # e",
            "aspirin\u{200b}; x\u{a0}: y\u{7}\t\u{2028}\u{feff}\u{85}\u{202e}",
            "⚠\u{fe0f} “x”",
        ] {
            let node = read(0, &Source::new("saved.yaml", &as_yaml(text)));
            let node = node.unwrap_or_else(|problem| panic!("{text:?}: {}", problem.message));
            assert_eq!(text_of(&node), Some(text));
        }
    }
}
