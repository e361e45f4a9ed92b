//! What sentences, conditions and rules come to, on a day.

use std::collections::BTreeSet;
use std::ops::Not;

use super::calendar::{Day, Period};
use super::known::{Known, Mark};
use super::model::{About, Condition, Grade, Pack, Rule, Sentence, Test, Verdict};
use super::range;

/// Strong Kleene truth: `all` is the least, `any` the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// False.
    No,
    /// Not settled.
    Unknown,
    /// True.
    Yes,
}

impl Not for Truth {
    type Output = Truth;

    /// The other way round; unknown stays.
    fn not(self) -> Truth {
        match self {
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
            Truth::Yes => Truth::No,
        }
    }
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Truth {
        if yes { Truth::Yes } else { Truth::No }
    }
}

/// A pack, what is known of one patient, and the day decided for.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The rules.
    pub pack: &'a Pack,
    /// One state for each question.
    pub known: &'a [Known],
    /// The day windows are held against.
    pub day: Day,
}

impl World<'_> {
    /// Whether the question at `place` is asked.
    #[must_use]
    pub fn gate(&self, place: usize) -> Truth {
        self.pack.questions[place]
            .gate
            .as_ref()
            .map_or(Truth::Yes, |gate| self.condition(gate))
    }

    /// What a sentence about the question comes to when nothing was answered.
    #[must_use]
    pub fn blank(&self, place: usize) -> Truth {
        if self.pack.questions[place].optional || self.gate(place) == Truth::No {
            Truth::No
        } else {
            Truth::Unknown
        }
    }

    /// Whether an exact answer to the question is still to come.
    #[must_use]
    pub fn open(&self, place: usize) -> bool {
        match &self.known[place] {
            Known::Blank => self.blank(place) == Truth::Unknown,
            Known::NotSure => true,
            Known::Days { first, last } => *first != Some(*last),
            Known::Medicines {
                others, perhaps, ..
            } => *others || !perhaps.is_empty(),
            Known::Choices(marks) => marks.iter().any(|(_, mark)| match mark {
                Mark::Yes | Mark::No => false,
                Mark::NotSure => true,
                Mark::Blank => self.blank(place) == Truth::Unknown,
            }),
            Known::YesNo(_)
            | Known::Choice(_)
            | Known::Number(_)
            | Known::Never
            | Known::Ongoing => false,
        }
    }

    /// What a condition comes to.
    #[must_use]
    pub fn condition(&self, condition: &Condition) -> Truth {
        let parts = condition.parts().iter().map(|part| self.condition(part));
        match condition {
            Condition::One(sentence) => self.sentence(sentence),
            Condition::List(_) | Condition::All(_) => parts.fold(Truth::Yes, Truth::min),
            Condition::Any(_) => parts.fold(Truth::No, Truth::max),
            Condition::None(_) => !parts.fold(Truth::No, Truth::max),
        }
    }

    /// What a rule comes to: silent, undecided, or applying.
    #[must_use]
    pub fn rule(&self, rule: &Rule) -> Truth {
        let before = rule.from.is_some_and(|from| self.day < from);
        let after = rule.to.is_some_and(|to| to < self.day);
        if before || after {
            return Truth::No;
        }
        let unless = rule
            .unless
            .as_ref()
            .map_or(Truth::No, |unless| self.condition(unless));
        self.condition(&rule.when).min(!unless)
    }

    /// The most severe verdict that any rule asks for. But where every complete
    /// answer would end in a more severe one, it is that: not knowing helps nobody.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let asked = self.asked_for();
        range::inevitable(self).map_or(asked, |certain| certain.max(asked))
    }

    /// The most severe verdict that any rule asks for by itself.
    #[must_use]
    pub fn asked_for(&self) -> Verdict {
        let asked = self.pack.rules.iter().map(|rule| match self.rule(rule) {
            Truth::No => Verdict::Eligible,
            Truth::Unknown => unsure_grade(rule).verdict(),
            Truth::Yes => rule.grade.verdict(),
        });
        asked.max().unwrap_or(Verdict::Eligible)
    }

    /// The questions to put so that the one at `place` can be settled: itself,
    /// or those that its gate waits for.
    #[must_use]
    pub fn doors(&self, place: usize) -> BTreeSet<usize> {
        match &self.pack.questions[place].gate {
            Some(gate) if self.condition(gate) == Truth::Unknown => self.doors_of_unknown([gate]),
            _ => BTreeSet::from([place]),
        }
    }

    /// The doors of every question of which `conditions` say something unknown.
    pub fn doors_of_unknown<'a>(
        &self,
        conditions: impl IntoIterator<Item = &'a Condition>,
    ) -> BTreeSet<usize> {
        let said = conditions
            .into_iter()
            .flat_map(|condition| self.pack.says(condition));
        let unknown = said.filter(|(id, test)| self.test(id, test) == Truth::Unknown);
        unknown
            .flat_map(|(id, _)| self.doors(self.pack.place(id)))
            .collect()
    }

    fn sentence(&self, sentence: &Sentence) -> Truth {
        let truth = match &sentence.about {
            About::Question(id, test) => self.test(id, test),
            About::Fact(id) => self.condition(&self.pack.fact(id).when),
        };
        if sentence.not { !truth } else { truth }
    }

    fn test(&self, id: &str, test: &Test) -> Truth {
        let place = self.pack.place(id);
        match &self.known[place] {
            Known::Blank => self.blank(place),
            // Only these can be blank in part.
            known @ Known::Choices(_) => says(self.pack, test, known, self.blank(place), self.day),
            known => says(self.pack, test, known, Truth::Unknown, self.day),
        }
    }
}

/// The grade at which an undecided rule counts.
#[must_use]
pub fn unsure_grade(rule: &Rule) -> Grade {
    rule.if_unsure.unwrap_or(match rule.grade {
        Grade::Precaution => Grade::Precaution,
        Grade::Temporary | Grade::Relative | Grade::Absolute => Grade::Relative,
    })
}

/// What `test` comes to for what is known of its question, where anything blank counts as `blank`.
///
/// # Panics
///
/// When the test is not one that the question's type takes.
#[must_use]
pub fn says(pack: &Pack, test: &Test, known: &Known, blank: Truth, day: Day) -> Truth {
    match (known, test) {
        (Known::Blank, _) => blank,
        (Known::NotSure, _) => Truth::Unknown,
        (Known::YesNo(yes), Test::IsYes) => (*yes).into(),
        (Known::YesNo(yes), Test::IsNo) => (!*yes).into(),
        (Known::Choice(chosen), Test::Is(option)) => (chosen == option).into(),
        (Known::Choice(chosen), Test::IsNot(option)) => (chosen != option).into(),
        (Known::Choice(chosen), Test::IsOneOf(options)) => options.contains(chosen).into(),
        (Known::Choices(marks), Test::Includes(option)) => option_truth(marks, option, blank),
        (Known::Choices(marks), Test::IncludesAnyOf(options)) => options
            .iter()
            .map(|option| option_truth(marks, option, blank))
            .fold(Truth::No, Truth::max),
        (Known::Choices(marks), Test::IncludesAllOf(options)) => options
            .iter()
            .map(|option| option_truth(marks, option, blank))
            .fold(Truth::Yes, Truth::min),
        (Known::Number(number), Test::Under(limit)) => (number < limit).into(),
        (Known::Number(number), Test::AtMost(limit)) => (number <= limit).into(),
        (Known::Number(number), Test::AtLeast(limit)) => (number >= limit).into(),
        (Known::Number(number), Test::Over(limit)) => (number > limit).into(),
        (Known::Number(number), Test::Between(low, high)) => {
            (low <= number && number <= high).into()
        }
        (
            Known::Never,
            Test::Ever
            | Test::Ongoing
            | Test::Within(_)
            | Test::WithinBeforeOrAfter(_)
            | Test::EndedWithin(_)
            | Test::OngoingOrEndedWithin(_),
        )
        | (Known::Ongoing, Test::EndedWithin(_))
        | (Known::Days { .. }, Test::Ongoing) => Truth::No,
        (Known::Ongoing, Test::Ever | Test::Ongoing | Test::OngoingOrEndedWithin(_))
        | (Known::Days { .. }, Test::Ever) => Truth::Yes,
        (
            Known::Days { first, last },
            Test::Within(span) | Test::EndedWithin(span) | Test::OngoingOrEndedWithin(span),
        ) => within(*first, *last, pack.period(span), day),
        (Known::Days { first, last }, Test::WithinBeforeOrAfter(span)) => {
            near(*first, *last, pack.period(span), day)
        }
        (Known::Medicines { .. }, Test::Include(group)) => include(pack, known, group),
        (Known::Medicines { .. }, Test::IncludeAnyOf(groups)) => groups
            .iter()
            .map(|group| include(pack, known, group))
            .fold(Truth::No, Truth::max),
        (
            Known::Medicines {
                unrecognised,
                others,
                ..
            },
            Test::IncludeUnrecognised,
        ) => found(*unrecognised, *others),
        _ => panic!("`{test:?}` cannot be said of {known:?}"),
    }
}

fn option_truth(marks: &[(String, Mark)], option: &str, blank: Truth) -> Truth {
    let mark = marks
        .iter()
        .find(|(id, _)| id == option)
        .map(|(_, mark)| *mark);
    match mark {
        Some(Mark::Yes) => Truth::Yes,
        Some(Mark::No) => Truth::No,
        Some(Mark::NotSure) => Truth::Unknown,
        Some(Mark::Blank) => blank,
        None => panic!("no option `{option}`"),
    }
}

/// A later day reaches further, so the ends of an interval speak for all of it.
fn within(first: Option<Day>, last: Day, period: Period, day: Day) -> Truth {
    if first.is_some_and(|first| day < first.plus(period)) {
        Truth::Yes
    } else if day < last.plus(period) {
        Truth::Unknown
    } else {
        Truth::No
    }
}

/// The possible day that is nearest to `day` shows whether it may be near; the first and the last one show whether it must.
fn near(first: Option<Day>, last: Day, period: Period, day: Day) -> Truth {
    let nearest = day.min(last).max(first.unwrap_or(day.min(last)));
    let ends = first.is_some_and(|first| first.is_near(day, period)) && last.is_near(day, period);
    match (ends, nearest.is_near(day, period)) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::No,
    }
}

fn include(pack: &Pack, known: &Known, group: &str) -> Truth {
    let Known::Medicines {
        names,
        others,
        perhaps,
        ..
    } = known
    else {
        panic!("no medicines: {known:?}")
    };
    let members = pack
        .groups
        .iter()
        .filter(|one| one.id == group)
        .flat_map(|one| &one.names);
    let members: Vec<&String> = members.collect();
    let hit = members.iter().any(|name| names.contains(*name));
    let may_be = members.iter().any(|name| perhaps.contains(*name));
    found(hit, *others || may_be)
}

fn found(hit: bool, others: bool) -> Truth {
    match (hit, others) {
        (true, _) => Truth::Yes,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::No,
    }
}
