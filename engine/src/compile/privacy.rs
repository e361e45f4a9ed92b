//! Refuses rules that would reveal a private answer to the front desk under another name.

use crate::condition::Condition;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{self, Pack};
use crate::plan::{Asked, Rule};
use crate::private::Private;
use crate::source::Place;

use super::questions::sentences_in;
use super::sentences::Resolver;

/// Reports every rule and expectation that is visible to the desk and reads what a private rule
/// reads.
pub fn check(
    pack: &Pack,
    look: &Resolver<'_>,
    questions: &[Asked],
    rules: &[Rule],
    problems: &mut Vec<Diagnostic>,
) {
    let private = Private::of(rules, questions);
    if private.is_empty() {
        return;
    }
    let check = Check {
        pack,
        look,
        questions,
        rules,
        private,
    };
    for rule in pack.rules.iter().filter(|rule| !rule.private) {
        let mut written = std::iter::once(&rule.when).chain(&rule.unless);
        let found = written.find_map(|written| check.first(written));
        problems.extend(found.map(|(place, read)| check.rule(rule, place, &read)));
    }
    for one in &pack.expectations {
        let found = one.when.as_ref().and_then(|written| check.first(written));
        problems.extend(found.map(|(place, read)| check.expectation(one, place, &read)));
    }
}

struct Check<'a> {
    pack: &'a Pack,
    look: &'a Resolver<'a>,
    questions: &'a [Asked],
    rules: &'a [Rule],
    private: Private,
}

impl Check<'_> {
    /// The first sentence that reads something private, and its condition.
    fn first(&self, written: &pack::Condition) -> Option<(Place, Condition)> {
        let mut sentences = Vec::new();
        sentences_in(written, &mut sentences);
        sentences.into_iter().find_map(|sentence| {
            // Its problems were reported where it is resolved for use.
            let mut unheard = Vec::new();
            let written = pack::Condition::Sentence(sentence.clone());
            let read = self.look.condition(&written, &mut unheard)?;
            let private = self.private.reads(&read);
            private.then_some((sentence.place, read))
        })
    }

    /// The private rule that reads the same answers. If `read` uses a question that is only asked
    /// after such an answer, that question is returned too.
    fn behind(&self, read: &Condition) -> Option<(&pack::Rule, Option<&str>)> {
        let of_one = |rule: &&Rule| {
            let one = std::slice::from_ref(*rule);
            rule.private && Private::of(one, self.questions).reads(read)
        };
        let rule = self.rules.iter().find(of_one)?;
        let mut written = self.pack.rules.iter();
        let written = written.find(|written| written.id.value == rule.id)?;
        let mut tests = Vec::new();
        read.tests(&mut tests);
        let gated = tests
            .iter()
            .find(|test| self.private.is_gated(test.question));
        let gated = gated.and_then(|test| self.questions.get(test.question));
        Some((written, gated.map(|asked| asked.question.id.as_str())))
    }

    fn rule(&self, rule: &pack::Rule, place: Place, read: &Condition) -> Diagnostic {
        let id = &rule.id.value;
        let of_base = !self.own(rule.id.place) && self.pack.under.is_some();
        let help = if of_base {
            format!("make it private too: `change: [{{rule: {id}, private: yes}}]`")
        } else {
            format!("add `private: yes` to `{id}`, or remove the sentence")
        };
        self.complaint(&format!("the rule `{id}`"), place, read)
            .help(help)
    }

    fn expectation(&self, one: &pack::Expectation, place: Place, read: &Condition) -> Diagnostic {
        let name = format!("the expectation `{}`", one.id.value);
        self.complaint(&name, place, read)
            .help("remove the sentence: everyone can read what patients expect")
    }

    fn complaint(&self, name: &str, place: Place, read: &Condition) -> Diagnostic {
        let Some((private, gated)) = self.behind(read) else {
            let message = format!("{name} reads a private answer and is not private itself");
            return Diagnostic::new(Code::PrivateAnswer, place, message);
        };
        let id = &private.id.value;
        let message = match gated {
            Some(question) => format!(
                "{name} shows at the desk that `{question}` was answered, which is only asked after an answer behind the private rule `{id}`"
            ),
            None => format!("{name} shows at the desk the answer behind the private rule `{id}`"),
        };
        let made_private = private.changed.unwrap_or(private.id.place);
        // If only the private rule is from the overlay, the problem is reported there.
        if self.own(made_private) && !self.own(place) {
            Diagnostic::new(Code::PrivateAnswer, made_private, message)
                .other(place, "it is read here")
        } else {
            Diagnostic::new(Code::PrivateAnswer, place, message)
                .other(private.id.place, "the private rule")
        }
    }

    fn own(&self, place: Place) -> bool {
        self.pack.own.contains(&place.source)
    }
}
