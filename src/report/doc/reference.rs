//! The sections between the topics and the proof: waiting periods, medicines, contradictory
//! answers, and all texts for patients.

use crate::report::doc::survey::{Group, Survey, Wait};
use crate::report::document::{
    Block, Card, Fact, Point, Span, Table, Tone, fact, joined, paragraph, section, text, with_code,
};
use crate::report::phrases;
use candidacy_engine::pack::{Member, MemberForm, Promise};
use candidacy_engine::plan::{Claim, Closing, Expectation, OverrideReason, PagePart};
use candidacy_engine::source::Located;
use candidacy_engine::verdict::Verdict;

use super::{condition, group_name, rules_by_name};

pub fn parts(survey: &Survey<'_>) -> Vec<Block> {
    let mut parts = waits(survey);
    parts.extend(medicines(survey));
    parts.extend(doubts(survey));
    parts.extend(expectations(survey));
    parts.extend(last_words(survey));
    parts.extend(reasons(survey));
    parts.extend(claims(survey));
    parts
}

fn table(caption: &str, head: &[&str], rows: Vec<Vec<Vec<Span>>>) -> Block {
    Block::Table(Table {
        caption: caption.to_owned(),
        head: head.iter().map(|&words| words.to_owned()).collect(),
        rows,
        numbers: Vec::new(),
        small: false,
    })
}

fn waits(survey: &Survey<'_>) -> Vec<Block> {
    if survey.waits.is_empty() {
        return Vec::new();
    }
    let row = |wait: &Wait| {
        let name = match &wait.name {
            None => vec![text("written in the rules")],
            Some(name) => vec![
                Span::Strong(phrases::heading(name)),
                text(" "),
                Span::Code(name.clone()),
            ],
        };
        vec![
            name,
            vec![text(wait.period.to_string())],
            rules_by_name(survey.plan, &wait.rules),
        ]
    };
    let rows = survey.waits.iter().map(row).collect();
    vec![
        section("waits", "Waits"),
        paragraph(
            "Months and years are those of the calendar; a day that does not exist becomes the first \
             of the next month. A wait with a name is changed in one place for all rules that use it.",
        ),
        table(
            "Every wait and the rules that use it",
            &["Wait", "How long", "Used by"],
            rows,
        ),
    ]
}

fn medicines(survey: &Survey<'_>) -> Vec<Block> {
    if survey.groups.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![
        section("medicines", "Names of medicines"),
        paragraph(
            "What is typed is matched against these names, on whole words. A medicine may be in several groups. A name that is not listed here is reported as unrecognised; it is never replaced by a similar name.",
        ),
    ];
    for (number, group) in survey.groups.iter().enumerate() {
        parts.push(of_group(survey, number, group));
    }
    parts
}

fn of_group(survey: &Survey<'_>, number: usize, group: &Group<'_>) -> Block {
    let names = joined_members(survey, group.members);
    let code = survey.plan.groups.get(number);
    let title = group_name(survey.plan, number);
    Block::Card(Card {
        id: format!("group-{}", number + 1),
        title: phrases::heading(&title),
        code: code.map(|group| group.id.clone()).unwrap_or_default(),
        says: vec![
            Block::Facts(vec![
                Fact {
                    name: "Read by",
                    says: vec![Block::Text(
                        Tone::Plain,
                        rules_by_name(survey.plan, &group.rules),
                    )],
                },
                Fact {
                    name: "Checked by",
                    says: vec![paragraph(group.checked_by.unwrap_or("nobody yet"))],
                },
            ]),
            Block::Text(Tone::Names, names),
        ],
        ..Card::default()
    })
}

/// Each medicine as its generic name, with its other names in brackets.
fn joined_members(survey: &Survey<'_>, members: &[Member]) -> Vec<Span> {
    let mut spans = Vec::new();
    for member in members {
        if !spans.is_empty() {
            spans.push(text("; "));
        }
        spans.push(Span::Strong(member.name.value.clone()));
        let also: Vec<&str> = member.also.iter().map(|name| name.value.as_str()).collect();
        let mut more = Vec::new();
        if !also.is_empty() {
            more.push(also.join(", "));
        }
        more.extend(member.ask_route.iter().map(|ask| format!("asked: {ask}")));
        more.extend(member.forms.iter().map(|form| of_form(survey, form)));
        if !more.is_empty() {
            spans.push(text(format!(" ({})", more.join("; "))));
        }
    }
    spans
}

/// The groups of a medicine in some of its forms: `as skin: active skin cream or gel`.
fn of_form(survey: &Survey<'_>, form: &MemberForm) -> String {
    let values =
        |list: &[Located<String>]| list.iter().map(|one| one.value.clone()).collect::<Vec<_>>();
    let groups = values(&form.groups).into_iter().map(|id| {
        let number = survey.plan.groups.iter().position(|group| group.id == id);
        number.map_or(id, |number| group_name(survey.plan, number))
    });
    let groups: Vec<String> = groups.collect();
    let ask = form.ask_route.iter().map(|ask| format!(", asked: {ask}"));
    format!(
        "in the form {}: {}{}",
        values(&form.forms).join(", "),
        groups.join(", "),
        ask.collect::<String>()
    )
}

fn doubts(survey: &Survey<'_>) -> Vec<Block> {
    if survey.plan.doubts.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![
        section("doubts", "Answers that cannot all be right"),
        paragraph(
            "These change no verdict. The review of an interview and every report show them.",
        ),
    ];
    for (label, when) in &survey.plan.doubts {
        parts.push(Block::Facts(vec![
            fact("Doubtful", label.clone()),
            Fact {
                name: "When",
                says: condition(survey.plan, when),
            },
        ]));
    }
    parts
}

fn expectations(survey: &Survey<'_>) -> Vec<Block> {
    if survey.plan.expectations.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![
        section("expectations", "What patients are told to expect"),
        paragraph("These change no verdict."),
    ];
    for (number, one) in survey.plan.expectations.iter().enumerate() {
        parts.push(expectation(survey, number, one));
    }
    parts
}

fn expectation(survey: &Survey<'_>, number: usize, one: &Expectation) -> Block {
    let plan = survey.plan;
    let mut says = vec![paragraph(one.text.clone())];
    if !one.points.is_empty() {
        let point = |words: &String| Point {
            words: vec![text(words.clone())],
            under: Vec::new(),
        };
        says.push(Block::Points(one.points.iter().map(point).collect()));
    }
    let mut facts = Vec::new();
    if let Some(when) = &one.when {
        facts.push(Fact {
            name: "Told when",
            says: condition(plan, when),
        });
    }
    facts.extend(one.on_page.map(|part| {
        let says = match part {
            PagePart::Before => "what to do before",
            PagePart::After => "what to do after",
            PagePart::Call => "whom to call",
        };
        fact("Patient's page", says)
    }));
    let cited = one.sources.iter().filter_map(|number| {
        let citation = plan.citations.get(*number)?;
        Some(Span::Link {
            to: format!("source-{}", number + 1),
            words: format!("{} ({})", citation.id, citation.strength),
        })
    });
    let cited = joined(cited, ", ");
    if !cited.is_empty() {
        facts.push(Fact {
            name: "Sources",
            says: vec![Block::Text(Tone::Plain, cited)],
        });
    }
    facts.extend(one.unverified.clone().map(|unverified| Fact {
        name: "Open",
        says: vec![Block::Text(Tone::Plain, vec![Span::Unverified(unverified)])],
    }));
    if !facts.is_empty() {
        says.push(Block::Facts(facts));
    }
    Block::Card(Card {
        id: format!("expectation-{}", number + 1),
        title: one.title.clone(),
        code: one.id.clone(),
        says,
        ..Card::default()
    })
}

fn last_words(survey: &Survey<'_>) -> Vec<Block> {
    if survey.plan.closing.is_empty() {
        return Vec::new();
    }
    let row = |one: &Closing| {
        let verdict = one
            .verdict
            .map_or_else(|| text("every report"), Span::Verdict);
        vec![vec![verdict], vec![text(one.text.clone())]]
    };
    let rows = survey.plan.closing.iter().map(row).collect();
    vec![
        section("closing", "The last words of every report"),
        table("What each report ends with", &["Verdict", "Words"], rows),
    ]
}

fn reasons(survey: &Survey<'_>) -> Vec<Block> {
    if survey.plan.override_reasons.is_empty() {
        return Vec::new();
    }
    let row = |one: &OverrideReason| {
        vec![
            vec![Span::Code(one.id.clone())],
            vec![text(one.text.clone())],
        ]
    };
    let rows = survey.plan.override_reasons.iter().map(row).collect();
    vec![
        section("reasons", "Why a dermatologist may decide otherwise"),
        paragraph(
            "The reason is kept in the patient's record beside the computed verdict, which it does not change.",
        ),
        table("Reasons to overrule", &["Name", "Reason"], rows),
    ]
}

fn claims(survey: &Survey<'_>) -> Vec<Block> {
    if survey.plan.claims.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![
        section("claims", "What is promised for every patient"),
        with_code(
            "These are true whatever else a patient answers. `candidacy rules prove` checks each for all possible patients.",
        ),
    ];
    parts.extend(survey.plan.claims.iter().map(|one| claim(survey, one)));
    parts
}

fn claim(survey: &Survey<'_>, one: &Claim) -> Block {
    let (lead, verdict): (&str, Verdict) = match one.promise {
        Promise::AtLeast(verdict) => ("at least ", verdict),
        Promise::AtMost(verdict) => ("at most ", verdict),
        Promise::Exactly(verdict) => ("always ", verdict),
    };
    Block::Facts(vec![
        Fact {
            name: "Claim",
            says: vec![Block::Text(
                Tone::Plain,
                vec![Span::Strong(one.claim.clone())],
            )],
        },
        Fact {
            name: "If",
            says: condition(survey.plan, &one.condition),
        },
        Fact {
            name: "Verdict",
            says: vec![Block::Text(
                Tone::Plain,
                vec![text(lead), Span::Verdict(verdict)],
            )],
        },
    ])
}
