//! Packs as YAML and answers as typed, for the engine to read.

use std::fmt::Write;

use super::model::{
    About, Answer, Condition, Grade, Kind, Pack, Patient, Question, Rule, Sentence, Span, Test,
    When, Whole, Word,
};

impl Pack {
    /// The pack as one file in the rule language.
    #[must_use]
    pub fn yaml(&self) -> String {
        let mut text = String::from(
            "format: candidacy/1\n\
             pack: {id: random, version: 0.1.0, title: Random, status: draft, owner: Dr A. Example, review_by: 2040-06-30}\n",
        );
        if !self.settings.is_empty() {
            let settings: Vec<_> = self
                .settings
                .iter()
                .map(|(id, period)| format!("{id}: {period}"))
                .collect();
            line(&mut text, &format!("settings: {{{}}}", settings.join(", ")));
        }
        line(&mut text, "sources:");
        line(
            &mut text,
            "  - {id: S1, cite: Example, publisher: Example, year: 2026, url: \"https://example.org/s1\", strength: opinion}",
        );
        if !self.groups.is_empty() {
            line(&mut text, "groups:");
        }
        for group in &self.groups {
            let names: Vec<_> = group
                .names
                .iter()
                .map(|name| format!("{{name: {name}}}"))
                .collect();
            line(
                &mut text,
                &format!("  - {{id: {}, members: [{}]}}", group.id, names.join(", ")),
            );
        }
        line(&mut text, "questions:");
        for question in &self.questions {
            self.question(&mut text, question);
        }
        if !self.facts.is_empty() {
            line(&mut text, "facts:");
        }
        for fact in &self.facts {
            line(&mut text, &format!("  - id: {}", fact.id));
            line(&mut text, &format!("    label: What {} says", fact.id));
            line(
                &mut text,
                &format!("    when: {}", self.condition(&fact.when)),
            );
        }
        line(&mut text, "rules:");
        for rule in &self.rules {
            self.rule(&mut text, rule);
        }
        text
    }

    /// The same pack with its settings, groups, facts and rules in another order.
    ///
    /// Questions stay, for their order means something; so do facts where one reads another.
    #[must_use]
    pub fn reordered(&self, seed: u64) -> Pack {
        let mut pack = self.clone();
        shuffle(&mut pack.settings, seed);
        shuffle(&mut pack.groups, seed);
        shuffle(&mut pack.rules, seed);
        if !self.facts.iter().any(|fact| names_a_fact(&fact.when)) {
            shuffle(&mut pack.facts, seed);
        }
        pack
    }

    fn question(&self, text: &mut String, question: &Question) {
        let id = &question.id;
        line(text, &format!("  - id: {id}"));
        line(text, &format!("    ask: What of {id}?"));
        let kind = match &question.kind {
            Kind::YesNo => "yes-no",
            Kind::Choice(_) => "choice",
            Kind::Choices(_) => "choices",
            Kind::Number { .. } => "number",
            Kind::Date => "date",
            Kind::Event => "event",
            Kind::Course => "course",
            Kind::Medicines => "medicines",
        };
        line(text, &format!("    type: {kind}"));
        if question.birth {
            line(text, "    birth: yes");
        }
        if question.planned {
            line(text, "    planned: yes");
        }
        match &question.kind {
            Kind::Choice(options) | Kind::Choices(options) => {
                let options: Vec<_> = options
                    .iter()
                    .map(|id| format!("{{id: {id}, text: The {id} one}}"))
                    .collect();
                line(text, &format!("    options: [{}]", options.join(", ")));
            }
            Kind::Number { unit, low, high } => {
                line(text, &format!("    unit: {unit}"));
                line(
                    text,
                    &format!("    range: {} to {}", decimal(*low), decimal(*high)),
                );
            }
            _ => {}
        }
        if question.optional {
            line(text, "    optional: true");
        }
        if question.one_applies {
            line(text, "    none: false");
        }
        if let Some(gate) = &question.gate {
            line(text, &format!("    ask_when: {}", self.condition(gate)));
        }
    }

    fn rule(&self, text: &mut String, rule: &Rule) {
        line(text, &format!("  - id: {}", rule.id));
        line(text, &format!("    grade: {}", rule.grade.word()));
        line(text, &format!("    when: {}", self.condition(&rule.when)));
        if let Some(unless) = &rule.unless {
            line(text, &format!("    unless: {}", self.condition(unless)));
        }
        if rule.grade == Grade::Temporary && !ends_by_date(&rule.when) {
            line(text, "    clears: once it has settled");
        }
        if let Some(grade) = rule.if_unsure {
            line(text, &format!("    if_unsure: {}", grade.word()));
        }
        if let Some(day) = rule.from {
            line(text, &format!("    from: {day}"));
        }
        if let Some(day) = rule.to {
            line(text, &format!("    to: {day}"));
        }
        line(text, "    why: An example reason.");
        line(text, "    sources: [S1]");
    }

    fn condition(&self, condition: &Condition) -> String {
        let parts: Vec<_> = condition
            .parts()
            .iter()
            .map(|part| self.condition(part))
            .collect();
        let parts = parts.join(", ");
        match condition {
            Condition::One(sentence) => self.sentence(sentence),
            Condition::List(_) => format!("[{parts}]"),
            Condition::All(_) => format!("{{all: [{parts}]}}"),
            Condition::Any(_) => format!("{{any: [{parts}]}}"),
            Condition::None(_) => format!("{{none: [{parts}]}}"),
        }
    }

    fn sentence(&self, sentence: &Sentence) -> String {
        let not = if sentence.not { "not " } else { "" };
        match &sentence.about {
            About::Fact(id) => format!("{not}{id} holds"),
            About::Question(id, test) => {
                let unit = match &self.questions[self.place(id)].kind {
                    Kind::Number { unit, .. } => unit,
                    _ => "",
                };
                format!("{not}{id} {}", said(test, unit))
            }
        }
    }
}

impl Patient {
    /// The answers as one would type them: `id` or `id.option`, and the text.
    #[must_use]
    pub fn entries(&self) -> Vec<(String, String)> {
        let mut entries = Vec::new();
        for (id, answer) in &self.answers {
            let mut entry = |text: &str| entries.push((id.clone(), text.to_owned()));
            match answer {
                Answer::Blank => entry(""),
                Answer::NotSure => entry("not sure"),
                Answer::Declined => entry("declined"),
                Answer::YesNo(true) | Answer::Happened => entry("yes"),
                Answer::YesNo(false) => entry("no"),
                Answer::Choice(option) => entry(option),
                Answer::Number(number) => entry(&decimal(*number)),
                Answer::On(When::Day(day)) => entry(&day.to_string()),
                Answer::On(When::Month(year, month)) => entry(&format!("{year:04}-{month:02}")),
                Answer::On(When::Year(year)) => entry(&format!("{year:04}")),
                Answer::On(When::BeforeYear(year)) => entry(&format!("before {year:04}")),
                Answer::On(When::BeforeDay(day)) => entry(&format!("before {day}")),
                Answer::On(When::AfterYear(year)) => entry(&format!("after {year:04}")),
                Answer::On(When::SinceMonth(year, month)) => {
                    entry(&format!("since {year:04}-{month:02}"));
                }
                Answer::On(When::MoreThan(period)) => entry(&format!("more than {period} ago")),
                Answer::On(When::AtAge(years)) => entry(&format!("when I was {years}")),
                Answer::On(When::Planned(day)) => entry(&format!("planned {day}")),
                Answer::On(When::InDays(days)) => entry(&format!("in {days} days")),
                Answer::On(When::InWeeks(weeks)) => entry(&format!("in {weeks} weeks")),
                Answer::On(When::Friday) => entry("friday"),
                Answer::Never => entry("never"),
                Answer::Ongoing => entry("ongoing"),
                Answer::Ended => entry("ended"),
                Answer::Medicines(names, not_sure) => entry(&several(names, *not_sure)),
                Answer::Choices(whole, options) => {
                    match whole {
                        Whole::Blank => {}
                        Whole::Declined => entry("declined"),
                        Whole::Options(chosen, not_sure) => entry(&several(chosen, *not_sure)),
                    }
                    let single = |(option, word): &(String, Word)| {
                        (format!("{id}.{option}"), typed(*word).to_owned())
                    };
                    entries.extend(options.iter().map(single));
                }
            }
        }
        entries
    }
}

/// Whether a date can end what the condition says, as far as its own sentences tell.
fn ends_by_date(condition: &Condition) -> bool {
    match condition {
        Condition::One(Sentence {
            not: false,
            about: About::Question(_, test),
        }) => test.span().is_some(),
        Condition::One(_) | Condition::None(_) => false,
        Condition::List(parts) | Condition::All(parts) => parts.iter().any(ends_by_date),
        Condition::Any(parts) => parts.iter().all(ends_by_date),
    }
}

fn names_a_fact(condition: &Condition) -> bool {
    matches!(
        condition,
        Condition::One(Sentence {
            about: About::Fact(_),
            ..
        })
    ) || condition.parts().iter().any(names_a_fact)
}

fn said(test: &Test, unit: &str) -> String {
    let span = |span: &Span| match span {
        Span::Is(period) => period.to_string(),
        Span::Setting(id) => id.clone(),
    };
    match test {
        Test::IsYes => "is yes".to_owned(),
        Test::IsNo => "is no".to_owned(),
        Test::Is(option) => format!("is {option}"),
        Test::IsNot(option) => format!("is not {option}"),
        Test::IsOneOf(options) => format!("is one of {}", options.join(" ")),
        Test::Includes(option) => format!("includes {option}"),
        Test::IncludesAnyOf(options) => format!("includes any of {}", options.join(" ")),
        Test::IncludesAllOf(options) => format!("includes all of {}", options.join(" ")),
        Test::Under(number) => format!("under {} {unit}", decimal(*number)),
        Test::AtMost(number) => format!("at most {} {unit}", decimal(*number)),
        Test::AtLeast(number) => format!("at least {} {unit}", decimal(*number)),
        Test::Over(number) => format!("over {} {unit}", decimal(*number)),
        Test::Between(low, high) => {
            format!("between {} and {} {unit}", decimal(*low), decimal(*high))
        }
        Test::Within(period) => format!("within {}", span(period)),
        Test::WithinBeforeOrAfter(period) => format!("within {} before or after", span(period)),
        Test::Ever => "ever".to_owned(),
        Test::Ongoing => "ongoing".to_owned(),
        Test::EndedWithin(period) => format!("ended within {}", span(period)),
        Test::OngoingOrEndedWithin(period) => format!("ongoing or ended within {}", span(period)),
        Test::Include(group) => format!("include {group}"),
        Test::IncludeAnyOf(groups) => format!("include any of {}", groups.join(" ")),
        Test::IncludeUnrecognised => "include unrecognised".to_owned(),
    }
}

fn typed(word: Word) -> &'static str {
    match word {
        Word::Yes => "yes",
        Word::No => "no",
        Word::NotSure => "not sure",
        Word::Declined => "declined",
        Word::Blank => "",
    }
}

fn several(words: &[String], not_sure: bool) -> String {
    let mut words = words.to_vec();
    if not_sure {
        words.push("not sure".to_owned());
    }
    if words.is_empty() {
        "none".to_owned()
    } else {
        words.join("; ")
    }
}

/// Millionths as a decimal without needless noughts.
fn decimal(millionths: i64) -> String {
    let text = format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn shuffle<T>(list: &mut [T], seed: u64) {
    let mut state = seed;
    for last in (1..list.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(state >> 33).unwrap_or_default() % (last + 1);
        list.swap(last, other);
    }
}

fn line(text: &mut String, content: &str) {
    writeln!(text, "{content}").expect("writing to a string cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_written_as_a_person_would() {
        #[track_caller]
        fn case(millionths: i64, expected: &str) {
            assert_eq!(decimal(millionths), expected);
        }

        case(0, "0");
        case(1_500_000, "1.5");
        case(120_000_000, "120");
        case(1, "0.000001");
        case(999_999, "0.999999");
    }
}
