//! Refuses rules that would reveal a private answer to the front desk under another name.

use crate::condition::Condition;
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::{self, Pack};
use crate::plan::{Asked, Rule};
use crate::private::Private;
use crate::source::Place;

use super::sentences::Resolver;

/// What private rules of other packs read of the questions that were taken from them.
pub fn elsewhere(
    pack: &Pack,
    look: &Resolver<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Condition> {
    let mut found = Vec::new();
    for written in &pack.private_elsewhere {
        let mut own = Vec::new();
        match look.condition(written, &mut own) {
            Some(read) => found.push(read),
            // Without it, the answer would be shown.
            None => problems.append(&mut own),
        }
    }
    found
}

/// Reports every rule and expectation that is visible to the desk and reads what a private rule
/// reads.
pub fn check(
    pack: &Pack,
    look: &Resolver<'_>,
    questions: &[Asked],
    rules: &[Rule],
    elsewhere: &[Condition],
    problems: &mut Vec<Diagnostic>,
) {
    let own = rules.iter().filter(|rule| rule.private);
    let conditions = own.map(|rule| &rule.when).chain(elsewhere);
    let private = Private::of(conditions, questions);
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
        let found = rule.conditions().find_map(|written| check.first(written));
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
        written.sentences().into_iter().find_map(|sentence| {
            // Its problems were reported when it was resolved for use.
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
        let of_one =
            |rule: &&Rule| rule.private && Private::of([&rule.when], self.questions).reads(read);
        let rule = self.rules.iter().find(of_one)?;
        let mut written = self.pack.rules.iter();
        let written = written.find(|written| written.id.value == rule.id)?;
        let mut tests = read.tests().into_iter();
        let gated = tests.find(|test| self.private.is_gated(test.question));
        let gated = gated.and_then(|test| self.questions.get(test.question));
        Some((written, gated.map(|asked| asked.question.id.as_str())))
    }

    /// Where a private rule of another pack reads the same answers.
    fn behind_elsewhere(&self, read: &Condition) -> Option<Place> {
        let written = self.pack.private_elsewhere.iter();
        let mut sentences = written.flat_map(pack::Condition::sentences);
        let is_it = |sentence: &&pack::Sentence| {
            let written = pack::Condition::Sentence((*sentence).clone());
            let one = self.look.condition(&written, &mut Vec::new());
            one.is_some_and(|one| Private::of([&one], self.questions).reads(read))
        };
        Some(sentences.find(is_it)?.place)
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
            let message = format!(
                "{name} shows at the desk an answer that is private in the pack from which its question is taken"
            );
            let problem = Diagnostic::new(Code::PrivateAnswer, place, message);
            return match self.behind_elsewhere(read) {
                Some(place) => problem.other(place, "a private rule reads it here"),
                None => problem,
            };
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
