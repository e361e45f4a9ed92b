//! Evaluates one patient's answers under a plan: the truth of each condition.

use super::answer::{Answers, Reply, days_of};
use super::condition::{Condition, Test};
use super::date::Date;
use super::impossible::{Impossible, ImpossibleDay, impossible_days};
use super::plan::{Plan, Rule};
use super::truth::Truth;
use super::verdict::{Grade, Verdict};

/// A patient as the rules see them.
#[derive(Clone, Debug)]
pub struct Patient<'a> {
    /// The rules.
    pub plan: &'a Plan,
    /// The answers.
    pub answers: &'a Answers,
    /// The answers that count as unknown, because their days are impossible.
    pub impossible: Vec<ImpossibleDay>,
    /// For each question, whether it applies, according to its gate.
    gates: Vec<Truth>,
    /// The day of treatment.
    pub as_of: Date,
}

impl<'a> Patient<'a> {
    /// The patient who gave `answers`, for treatment on `as_of`.
    #[must_use]
    pub fn new(plan: &'a Plan, answers: &'a Answers, as_of: Date) -> Self {
        let mut patient = Self {
            plan,
            answers,
            impossible: impossible_days(plan, answers, as_of),
            gates: Vec::with_capacity(plan.questions.len()),
            as_of,
        };
        // A gate only reads earlier questions, so gates are evaluated in order. It reads no waiting
        // periods, so the day does not matter.
        for asked in &plan.questions {
            let gate = asked
                .gate
                .as_ref()
                .map_or(Truth::Yes, |gate| patient.truth(gate, Date::EARLIEST));
            patient.gates.push(gate);
        }
        patient
    }

    /// The effective reply to `question`: *not sure* if the given day is impossible.
    #[must_use]
    pub fn reply(&self, question: usize) -> &'a Reply {
        match self.impossible(question) {
            Some(_) => &Reply::NotSure,
            None => self.answers.reply(question),
        }
    }

    /// The answers in which every answer with an impossible day is replaced by *not sure*.
    #[must_use]
    pub(crate) fn counted_answers(&self) -> Answers {
        let mut answers = self.answers.clone();
        for one in &self.impossible {
            answers.set(one.question, Reply::NotSure);
        }
        answers
    }

    /// Why the day that was answered to `question` is impossible; none if it is possible.
    #[must_use]
    pub fn impossible(&self, question: usize) -> Option<Impossible> {
        let found = self.impossible.iter();
        let mut found = found.filter(|one| one.question == question);
        found.next().map(|one| one.why)
    }

    /// Whether question number `question` is asked: it applies, and is not left out on the day of treatment.
    #[must_use]
    pub fn gate(&self, question: usize) -> Truth {
        if self.is_left_out(question) {
            Truth::No
        } else {
            self.applies(question)
        }
    }

    /// Whether the question is left out on the day of treatment, and has no answer.
    #[must_use]
    pub fn is_left_out(&self, question: usize) -> bool {
        self.plan.left_out(question, self.as_of).is_some() && self.reply(question).is_blank()
    }

    /// Whether the question applies, according to its gate.
    fn applies(&self, question: usize) -> Truth {
        self.gates.get(question).copied().unwrap_or(Truth::Yes)
    }

    /// Whether a blank reply to `question` counts as no.
    #[must_use]
    pub fn may_stay_silent(&self, question: usize) -> bool {
        let optional = self
            .plan
            .questions
            .get(question)
            .is_some_and(|asked| asked.question.optional);
        optional || self.applies(question) == Truth::No
    }

    /// The result of one test on `day`.
    #[must_use]
    pub fn test(&self, test: &Test, day: Date) -> Truth {
        if let (Some(holds), Reply::Blank) = (test.if_left_out, self.reply(test.question))
            && self.applies(test.question) != Truth::No
        {
            return holds.into();
        }
        let silent = self.may_stay_silent(test.question);
        test.check.of(self.reply(test.question), silent, day)
    }

    /// The result of a condition on `day`.
    #[must_use]
    pub fn truth(&self, condition: &Condition, day: Date) -> Truth {
        condition.evaluate(&mut |test| self.test(test, day))
    }

    /// Whether a rule applies on `day`; no outside the days it is in force.
    #[must_use]
    pub fn rule(&self, rule: &Rule, day: Date) -> Truth {
        if rule.in_force(day) {
            self.truth(&rule.when, day)
        } else {
            Truth::No
        }
    }

    /// The verdict for which `rules` count on `day`, each of them separately.
    #[must_use]
    pub fn counted<'r>(&self, rules: impl IntoIterator<Item = &'r Rule>, day: Date) -> Verdict {
        let grades = rules
            .into_iter()
            .filter_map(|rule| rule.counts_as(self.rule(rule, day)));
        grades.max().map_or(Verdict::Eligible, Grade::verdict)
    }

    /// The questions that leave `condition` open on `day`, in the order of the plan. If a
    /// question's own gate is unknown, the questions of the gate are given instead.
    #[must_use]
    pub(crate) fn open_questions(&self, condition: &Condition, day: Date) -> Vec<usize> {
        let mut open = Vec::new();
        for test in condition.tests() {
            if self.test(test, day) == Truth::Unknown {
                open.extend(self.questions_to_ask(test.question));
            }
        }
        open.sort_unstable();
        open.dedup();
        open
    }

    /// What to ask about `question`: the question itself, or those that decide whether it is asked.
    #[must_use]
    pub fn questions_to_ask(&self, question: usize) -> Vec<usize> {
        let gate = self
            .plan
            .questions
            .get(question)
            .and_then(|asked| asked.gate.as_ref());
        match gate {
            Some(gate) if self.applies(question) == Truth::Unknown => {
                self.open_questions(gate, Date::EARLIEST)
            }
            _ => vec![question],
        }
    }

    /// Whether a question was answered with more than a no although its gate is closed. The answer
    /// counts, and contradicts an earlier one.
    #[must_use]
    pub fn contradicts(&self, question: usize) -> bool {
        self.applies(question) == Truth::No && !self.answers.reply(question).says_nothing_new()
    }

    /// Whether the doubt of the plan with this index holds on `day`.
    #[must_use]
    pub(crate) fn is_doubted(&self, number: usize, day: Date) -> bool {
        let doubt = self.plan.doubts.get(number);
        doubt.is_some_and(|(_, condition)| self.truth(condition, day) == Truth::Yes)
    }

    /// The days after `after` on which time alone may change something, in order.
    #[must_use]
    pub fn turning_days(&self, after: Date) -> Vec<Date> {
        self.turning_days_of(&self.plan.rules, after)
    }

    /// The answers with a day before which the patient was born, if the date of birth is less
    /// exact.
    fn days_before_a_birth(&self) -> Vec<&'a Reply> {
        let Some(birth) = self.plan.birth else {
            return Vec::new();
        };
        let born = days_of(self.reply(birth));
        let latest = born.map(|days| days.last);
        if born.is_some_and(|days| days.exact().is_some()) {
            return Vec::new();
        }
        let others = (0..self.plan.questions.len()).filter(|question| *question != birth);
        let bounds = |reply: &&Reply| {
            let days = days_of(reply);
            days.is_some_and(|days| latest.is_none_or(|latest| days.last < latest))
        };
        others
            .map(|question| self.reply(question))
            .filter(bounds)
            .collect()
    }

    /// The same for some of the rules.
    #[must_use]
    pub(crate) fn turning_days_of<'r>(
        &self,
        rules: impl IntoIterator<Item = &'r Rule>,
        after: Date,
    ) -> Vec<Date> {
        let birth = self.plan.birth.map(|birth| (birth, self.reply(birth)));
        let before_birth = self.days_before_a_birth();
        let mut days = Vec::new();
        for rule in rules {
            for test in rule.when.tests() {
                let turning = test.check.turning_days(self.reply(test.question));
                days.extend(turning.into_iter().flatten());
                let Some((question, reply)) = birth else {
                    continue;
                };
                // An event on an unknown day happened after birth.
                days.extend(test.check.turning_days(reply).into_iter().flatten());
                if test.question == question {
                    let bounds = before_birth.iter();
                    days.extend(
                        bounds
                            .flat_map(|reply| test.check.turning_days(reply))
                            .flatten(),
                    );
                }
            }
            days.extend(rule.from);
            days.extend(rule.to.map(|to| to.plus_days(1)));
        }
        days.retain(|day| *day > after);
        days.sort_unstable();
        days.dedup();
        days
    }
}

impl Plan {
    /// Until when a question is left out, and the answer that counts for it; none if it is asked on `day`.
    #[must_use]
    pub fn left_out(&self, question: usize, day: Date) -> Option<(&str, Date)> {
        let left_out = self.questions.get(question)?.left_out.as_ref()?;
        let until = self.relaxations.get(left_out.by)?.until;
        (day <= until).then_some((left_out.answer.as_str(), until))
    }
}

impl Rule {
    /// Whether the rule is in force on `day`, including its first and last day.
    #[must_use]
    pub fn in_force(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// The grade it counts as: its own if it applies, the cautious one while undecided, and none if
    /// it does not apply.
    #[must_use]
    pub fn counts_as(&self, truth: Truth) -> Option<Grade> {
        match truth {
            Truth::Yes => Some(self.grade),
            Truth::Unknown => Some(self.if_unsure),
            Truth::No => None,
        }
    }
}
