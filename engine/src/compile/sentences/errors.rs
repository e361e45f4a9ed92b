//! Errors of sentences that cannot be read or have an unknown subject.

use crate::diagnostic::{Code, Diagnostic};
use crate::pack::takes;
use crate::sentence::{Says, SentenceError, Word};
use crate::suggest::way_out;

use super::Resolver;
use super::spans::At;
use crate::compile::symbols::{FACT, unknown};

impl Resolver<'_> {
    /// The error of a sentence whose subject is neither a question nor a fact.
    pub(super) fn unknown_subject(
        &self,
        at: &At<'_>,
        subject: Word<'_>,
        says: &Says<'_>,
    ) -> Diagnostic {
        let place = at.word(subject);
        if *says == Says::Holds {
            return unknown(subject.text, place, &FACT, self.names.facts.keys().copied());
        }
        self.names.unknown_question(subject.text, place)
    }

    /// The error of a sentence that cannot be read: its place, and the possible sentences.
    pub(super) fn unreadable(&self, at: &At<'_>, stop: &SentenceError<'_>) -> Diagnostic {
        let subject = stop.subject;
        let known = |word: &Word<'_>| {
            let names = self.names;
            names.questions.contains_key(word.text) || names.facts.contains_key(word.text)
        };
        if let Some(subject) =
            subject.filter(|subject| !self.names.more_questions && !known(subject))
        {
            let word = subject.text;
            let message = format!("a sentence begins with a question, and `{word}` is not one");
            let ids = self.names.question_ids();
            return Diagnostic::new(Code::UnreadableSentence, at.word(subject), message)
                .help(way_out(word, "question", ids.into_iter()));
        }
        let place = stop.at.map_or_else(|| at.end(), |word| at.word(word));
        let message = match (stop.at, stop.understood) {
            (_, "") => "a sentence is expected here".to_owned(),
            (None, understood) => format!("something is missing after `{understood}`"),
            (Some(word), understood) => {
                format!("`{}` cannot follow `{understood}`", word.text)
            }
        };
        let problem = Diagnostic::new(Code::UnreadableSentence, place, message);
        let question = subject.and_then(|subject| self.names.questions.get(subject.text));
        let problem = match (question, subject) {
            (Some((_, question)), _) if question.whole => {
                problem.help(takes(question, &self.names.group_ids()))
            }
            (None, Some(fact)) => problem.help(format!("write `{} holds`", fact.text)),
            _ => problem.help("write for example `acne is yes`"),
        };
        match stop.at.map(|word| word.text) {
            Some("and") => problem.help(
                "for several sentences that must all be true, write a list: `[first, second]`",
            ),
            Some("or") => problem.help(
                "for several sentences of which one is enough, write `{any: [first, second]}`",
            ),
            _ => problem,
        }
    }
}
