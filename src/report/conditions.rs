//! Conditions as a person would say them.

use candidacy_engine::condition::{Check, Condition, Test};
use candidacy_engine::plan::{Asked, Plan};
use candidacy_engine::question::Kind;

use super::phrases::heading;

/// A condition in words: one sentence, or a heading and several parts.
#[derive(Clone, Debug)]
pub enum Phrase {
    /// One sentence.
    Sentence(Vec<Piece>),
    /// A heading that says how many of the parts must hold, and the parts.
    Joined(&'static str, Vec<Phrase>),
}

/// A piece of a sentence. Numbers are indices in the plan, so that each report can use its own
/// names.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Plain words.
    Words(String),
    /// A question.
    Question(usize),
    /// An option of a question.
    Option(usize, usize),
    /// A group of medicines.
    Group(usize),
}

/// A condition as a person would say it.
#[must_use]
pub fn condition(plan: &Plan, condition: &Condition) -> Phrase {
    match condition {
        Condition::Test(one) => Phrase::Sentence(test(plan, one, true)),
        Condition::All(parts) => joined(plan, "all of these are true:", parts),
        Condition::Any(parts) => joined(plan, "at least one of these is true:", parts),
        Condition::None(parts) => match parts.as_slice() {
            [Condition::Test(one)] => Phrase::Sentence(test(plan, one, false)),
            _ => Phrase::Joined("none of these is true:", each(plan, parts)),
        },
        Condition::Not(part) => match part.as_ref() {
            Condition::Test(one) => Phrase::Sentence(test(plan, one, false)),
            Condition::Any(parts) => Phrase::Joined("none of these is true:", each(plan, parts)),
            other => Phrase::Joined("this is not true:", each(plan, std::slice::from_ref(other))),
        },
    }
}

/// The parts under a heading; a single part needs no heading.
fn joined(plan: &Plan, head: &'static str, parts: &[Condition]) -> Phrase {
    match parts {
        [one] => condition(plan, one),
        _ => Phrase::Joined(head, each(plan, parts)),
    }
}

fn each(plan: &Plan, parts: &[Condition]) -> Vec<Phrase> {
    parts.iter().map(|part| condition(plan, part)).collect()
}

/// The phrase as lines, with ids for all names: one line for each sentence; parts under a heading
/// are indented.
#[must_use]
pub fn lines(plan: &Plan, said: &Phrase) -> Vec<String> {
    match said {
        Phrase::Sentence(pieces) => {
            let by_id = pieces.iter().map(|piece| by_id(plan, piece));
            vec![by_id.collect()]
        }
        Phrase::Joined(head, parts) => {
            let mut all = vec![(*head).to_owned()];
            for part in parts {
                for (number, line) in lines(plan, part).into_iter().enumerate() {
                    all.push(format!("{} {line}", if number == 0 { "-" } else { " " }));
                }
            }
            all
        }
    }
}

/// A condition in one sentence, with questions by their names and options by their texts.
#[must_use]
pub fn in_a_sentence(plan: &Plan, said: &Condition) -> String {
    in_words(plan, &condition(plan, said), &|question| {
        name(plan, question)
    })
}

/// The name of a question.
fn name(plan: &Plan, question: usize) -> String {
    let asked = plan.questions.get(question);
    asked.map_or(String::new(), |asked| heading(&asked.question.id))
}

/// The phrase in one sentence, with options by their texts, and questions as `question` names them.
#[must_use]
pub fn in_words(plan: &Plan, said: &Phrase, question: &dyn Fn(usize) -> String) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(words) => words.clone(),
        Piece::Question(at) => question(*at),
        Piece::Option(at, option) => {
            let asked = plan.questions.get(*at);
            let choices = asked.map(|asked| asked.question.kind.choices());
            let choice = choices.and_then(|choices| choices.get(*option));
            choice.map_or(String::new(), |choice| format!("\"{}\"", choice.text))
        }
        Piece::Group(group) => {
            let group = plan.groups.get(*group);
            let name = group.map(|group| group.label.clone().unwrap_or_else(|| group.id.clone()));
            name.unwrap_or_default()
        }
    };
    match said {
        Phrase::Sentence(pieces) => pieces.iter().map(piece).collect(),
        Phrase::Joined(head, parts) => {
            let parts = parts.iter().map(|part| in_words(plan, part, question));
            format!("{head} {}", parts.collect::<Vec<_>>().join("; "))
        }
    }
}

/// One check as a separate sentence, or its negation if `so` is false.
#[must_use]
pub fn sentence(plan: &Plan, one: &Test, so: bool) -> String {
    let said = Phrase::Sentence(test(plan, one, so));
    in_words(plan, &said, &|question| name(plan, question))
}

fn by_id(plan: &Plan, piece: &Piece) -> String {
    let ticked = |id: &str| format!("`{id}`");
    let question = |number: &usize| Some(&plan.questions.get(*number)?.question);
    let named = match piece {
        Piece::Words(words) => return words.clone(),
        Piece::Question(number) => question(number).map(|question| ticked(&question.id)),
        Piece::Option(number, option) => question(number)
            .and_then(|question| question.kind.choices().get(*option))
            .map(|choice| format!("`{}` ({})", choice.id, choice.text)),
        Piece::Group(number) => plan.groups.get(*number).map(|group| match &group.label {
            Some(label) => format!("`{}` ({label})", group.id),
            None => ticked(&group.id),
        }),
    };
    named.unwrap_or_default()
}

/// A sentence, or its negation if `so` is false.
fn test(plan: &Plan, test: &Test, so: bool) -> Vec<Piece> {
    let Some(asked) = plan.questions.get(test.question) else {
        return vec![Piece::Words(test.words.clone())];
    };
    let option = |option| Piece::Option(test.question, option);
    let either = |yes: &str, no: &str| (if so { yes } else { no }).to_owned();
    let (says, named) = match &test.check {
        Check::OneOf(wanted) => {
            let wanted = wanted.iter().enumerate().filter(|(_, wanted)| **wanted);
            let wanted = wanted.map(|(number, _)| option(number));
            let says = either("is answered ", "is not answered ");
            (says, listed(wanted, " or "))
        }
        Check::IncludesAny(own) => {
            let own = own.iter().map(|number| option(*number));
            let says = either("includes ", "does not include ");
            (says, listed(own, " or "))
        }
        Check::IncludesAll(own) => {
            let own = own.iter().map(|number| option(*number));
            let says = either("includes ", "does not include all of ");
            (says, listed(own, " and "))
        }
        Check::Takes(groups) => {
            let groups = groups.iter().map(|number| Piece::Group(*number));
            let says = either(
                "names a medicine of the group ",
                "names no medicine of the group ",
            );
            (says, listed(groups, " or "))
        }
        other => (alone(asked, other, so), Vec::new()),
    };
    let mut sentence = vec![
        Piece::Question(test.question),
        Piece::Words(format!(" {says}")),
    ];
    sentence.extend(named);
    sentence
}

/// A check that refers to no other part of the plan, or its negation.
fn alone(asked: &Asked, check: &Check, so: bool) -> String {
    let not = if so { "" } else { "not " };
    match check {
        Check::Is(yes) => format!("is {not}answered {}", if *yes { "yes" } else { "no" }),
        Check::Between(least, most) => format!("is {not}{}", between(asked, *least, *most)),
        Check::TakesUnrecognised if so => "names a medicine these rules do not know".to_owned(),
        Check::TakesUnrecognised => "names no medicine that these rules do not know".to_owned(),
        other => in_time(asked, other, so),
    }
}

/// The time part of a sentence: when or for how long something must have been.
fn in_time(asked: &Asked, check: &Check, so: bool) -> String {
    let kind = &asked.question.kind;
    match (check, so) {
        (Check::Within(wait), true) if matches!(kind, Kind::Date) => {
            format!("is less than {wait} before the day of treatment")
        }
        (Check::Within(wait), false) if matches!(kind, Kind::Date) => {
            format!("is {wait} or more before the day of treatment")
        }
        (Check::Within(wait), true) => format!("was less than {wait} before the day of treatment"),
        (Check::Within(wait), false) => {
            format!("was not less than {wait} before the day of treatment")
        }
        (Check::WithinBeforeOrAfter(wait), true) => {
            format!("was or is planned less than {wait} before or after the day of treatment")
        }
        (Check::WithinBeforeOrAfter(wait), false) => {
            format!(
                "was not and is not planned less than {wait} before or after the day of treatment"
            )
        }
        (Check::Ever, true) => asked.question.ever_words().to_owned(),
        (Check::Ever, false) if asked.question.planned => {
            "has never been, and is not planned".to_owned()
        }
        (Check::Ever, false) => "has never been".to_owned(),
        (Check::EndedWithin(wait), true) => {
            format!("ended less than {wait} before the day of treatment")
        }
        (Check::EndedWithin(wait), false) => {
            format!("did not end less than {wait} before the day of treatment")
        }
        (Check::OngoingOrEndedWithin(wait), true) => {
            format!("is going on, or ended less than {wait} before the day of treatment")
        }
        (Check::OngoingOrEndedWithin(wait), false) => {
            format!("is not going on, and did not end less than {wait} before the day of treatment")
        }
        (Check::Ongoing, true) => "is going on".to_owned(),
        (Check::Ongoing, false) => "is not going on".to_owned(),
        // Checks that refer to options, groups or other names are handled before.
        _ => String::new(),
    }
}

/// The pieces with a word between every two of them.
fn listed(pieces: impl Iterator<Item = Piece>, between: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    for piece in pieces {
        if !all.is_empty() {
            all.push(Piece::Words(between.to_owned()));
        }
        all.push(piece);
    }
    all
}

fn between(
    asked: &Asked,
    least: Option<candidacy_engine::decimal::Decimal>,
    most: Option<candidacy_engine::decimal::Decimal>,
) -> String {
    let scale = asked.question.kind.scale();
    let unit = scale.and_then(|scale| scale.unit.as_deref());
    let unit = unit.map_or(String::new(), |unit| format!(" {unit}"));
    // A bound that does not count itself is kept as the next number beyond it.
    let shorter = |one: candidacy_engine::decimal::Decimal,
                   other: candidacy_engine::decimal::Decimal| {
        other.to_string().len() < one.to_string().len()
    };
    let low = least.map(|least| {
        let before = least.next_down();
        if shorter(least, before) {
            format!("over {before}{unit}")
        } else {
            format!("at least {least}{unit}")
        }
    });
    let high = most.map(|most| {
        let next = most.next_up();
        if shorter(most, next) {
            format!("under {next}{unit}")
        } else {
            format!("at most {most}{unit}")
        }
    });
    let bounds: Vec<String> = low.into_iter().chain(high).collect();
    bounds.join(" and ")
}
