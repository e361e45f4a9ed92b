//! The first sections: who is responsible for the pack, how to read it, and an overview of what leads to
//! which verdict.

use crate::report::doc::survey::Survey;
use crate::report::document::{Block, Fact, Span, Table, Tone, fact, paragraph, section, text};
use crate::report::phrases;
use crate::report::phrases::count;
use candidacy_engine::date::Date;
use candidacy_engine::pack::short_fingerprint;
use candidacy_engine::plan::{Header, Relaxation};
use candidacy_engine::strength::Strength;
use candidacy_engine::verdict::{Grade, Verdict};

use super::{most_severe_first, rules_by_name, topic_id};

/// What a source of this strength is.
pub fn meaning(strength: Strength) -> &'static str {
    match strength {
        Strength::A => {
            "a regulator, a maker's labelling, or a society's consensus that names this treatment"
        }
        Strength::B => "a review or a study",
        Strength::C => "carried over from lasers, peels, surgery or other procedures",
        Strength::D => "what clinics do",
        Strength::Opinion => "an opinion",
    }
}

pub fn parts(survey: &Survey<'_>) -> Vec<Block> {
    let mut parts = vec![particulars(survey)];
    parts.push(section("reading", "How to read this"));
    parts.extend(reading(survey));
    parts.push(section("glance", "At a glance"));
    parts.extend(glance(survey));
    parts.extend(relaxed(survey));
    parts
}

/// A plain statement of whether the pack is reviewed and may be used.
pub fn standing(survey: &Survey<'_>) -> Block {
    let header = &survey.plan.header;
    let packs = &survey.plan.packs;
    let drafts: Vec<String> = packs
        .iter()
        .filter(|pack| pack.review.is_none())
        .map(|pack| format!("{} {}", pack.id, pack.version))
        .collect();
    let rules = match drafts.as_slice() {
        [] => {
            let by: Vec<String> = packs.iter().map(phrases::reviewed).collect();
            return Block::Text(
                Tone::Plain,
                vec![
                    Span::Strong("Reviewed.".to_owned()),
                    text(format!(
                        " These rules were {}. {} is responsible for them; they must be reviewed again by {}.",
                        by.join(", their base "),
                        header.owner,
                        day(survey)
                    )),
                ],
            );
        }
        _ if packs.len() == 1 => "these rules".to_owned(),
        drafts => format!("the rules of {}", drafts.join(" and ")),
    };
    Block::Text(
        Tone::Warning,
        vec![
            Span::Strong("Draft.".to_owned()),
            text(format!(
                " No named clinician has signed {rules}. Every report made with them says so. \
             To sign them, read every rule against its sources, then the last page."
            )),
        ],
    )
}

/// `draft`, or who has reviewed it.
fn status(pack: &Header) -> String {
    match pack.review {
        Some(_) => phrases::reviewed(pack),
        None => pack.status().word().to_owned(),
    }
}

fn day(survey: &Survey<'_>) -> String {
    let day = survey.plan.header.review_by;
    day.map_or_else(|| "a day not named".to_owned(), Date::in_words)
}

fn particulars(survey: &Survey<'_>) -> Block {
    let (plan, header) = (survey.plan, &survey.plan.header);
    let unverified = survey.unverified.len();
    let mut facts = vec![
        fact("Version", header.version.clone()),
        fact("Status", status(header)),
        fact("Owner", header.owner.clone()),
        fact("Read again by", day(survey)),
    ];
    facts.extend(plan.clinic().map(|clinic| {
        let words = [&clinic.name, &clinic.phone]
            .into_iter()
            .chain(&clinic.address);
        let words: Vec<&str> = words.map(String::as_str).collect();
        fact("Clinic", words.join(" · "))
    }));
    if let Some(base) = survey.base {
        let digits = short_fingerprint(&base.fingerprint);
        let (id, version) = (&base.header.id, &base.header.version);
        let laid_over = format!("{id} {version} ({digits}), {}", status(&base.header));
        facts.push(fact("Laid over", laid_over));
    }
    facts.extend([
        Fact {
            name: "Fingerprint",
            says: vec![Block::Text(
                Tone::Plain,
                vec![Span::Code(plan.fingerprint.clone())],
            )],
        },
        fact(
            "Contents",
            format!(
                "{}, {}, {}, {}, {}",
                count(plan.questions.len(), "question"),
                count(survey.rules.len(), "rule"),
                count(plan.citations.len(), "source"),
                count(plan.cases.len(), "case"),
                count(plan.claims.len(), "claim"),
            ),
        ),
        Fact {
            name: "Not yet verified",
            says: vec![Block::Text(
                Tone::Plain,
                vec![Span::Link {
                    to: "unverified".to_owned(),
                    words: count(unverified, "statement"),
                }],
            )],
        },
    ]);
    Block::Facts(facts)
}

/// The relaxations: what is less severe for a while, and who is responsible for it.
fn relaxed(survey: &Survey<'_>) -> Vec<Block> {
    let relaxations = &survey.plan.relaxations;
    if relaxations.is_empty() {
        return Vec::new();
    }
    let row = |(number, one): (usize, &Relaxation)| {
        vec![
            rules_by_name(survey.plan, &survey.relaxed(number)),
            vec![text(one.until.in_words())],
            vec![text(one.owner.clone())],
            vec![text(one.reason.clone())],
        ]
    };
    vec![
        section("relaxed", "Relaxed for a while"),
        paragraph(
            "Until the last day named here these rules are less severe than without the relaxation. The tables of this document show the rules without it; the section of each rule shows each of its forms with the days on which it is in force.",
        ),
        Block::Table(Table {
            caption: "What is relaxed".to_owned(),
            head: ["Rules", "Last day", "Who is responsible", "Why"]
                .map(str::to_owned)
                .to_vec(),
            rows: relaxations.iter().enumerate().map(row).collect(),
            numbers: Vec::new(),
            small: false,
        }),
    ]
}

fn reading(survey: &Survey<'_>) -> Vec<Block> {
    let row = |verdict: Verdict| {
        let grade = Grade::ALL
            .into_iter()
            .find(|grade| grade.verdict() == verdict);
        let rules = survey.leading_to(verdict, &survey.rules).len();
        vec![
            vec![Span::Verdict(verdict)],
            vec![text(grade.map_or("no rule applies", Grade::word))],
            vec![text(phrases::desk_does(verdict, ""))],
            vec![text(grade.map_or_else(String::new, |_| rules.to_string()))],
        ]
    };
    let strength = |one: Strength| {
        vec![
            vec![Span::Strong(one.word().to_owned())],
            vec![text(meaning(one))],
        ]
    };
    vec![
        paragraph(
            "A patient answers questions. Each rule looks at some of the answers; where it applies, \
             it leads to one of these verdicts. The most severe finding decides, and every reason is shown.",
        ),
        Block::Table(Table {
            caption: "The verdicts, most severe first".to_owned(),
            head: [
                "Verdict",
                "Grade of the rule",
                "What the front desk does",
                "Rules",
            ]
            .map(str::to_owned)
            .to_vec(),
            rows: Verdict::ALL.into_iter().rev().map(row).collect(),
            numbers: vec![3],
            small: false,
        }),
        paragraph(
            "What is not known never counts as reassuring. While the answers do not decide a rule, a precaution counts as one, and any other rule sends the patient to the dermatologist, \
             unless the rule says otherwise. A wait is over on the day it ends: the treatment is \
             possible on that day.",
        ),
        Block::Table(Table {
            caption: "Strength of evidence".to_owned(),
            head: ["Strength", "The source is"].map(str::to_owned).to_vec(),
            rows: Strength::ALL.into_iter().map(strength).collect(),
            numbers: Vec::new(),
            small: false,
        }),
        paragraph(
            "What a rule does is stated under \u{201c}Applies when\u{201d} in words made from the rules that the program runs, with settings and named conditions filled in: compare it with what is meant.",
        ),
    ]
}

/// How many rules of each topic lead to which verdict.
fn overview(survey: &Survey<'_>) -> Block {
    let mut head = vec!["Topic".to_owned()];
    head.extend(most_severe_first().map(phrases::verdict));
    let topics = survey.topics.iter().enumerate();
    let rows = topics
        .filter(|(_, topic)| !topic.rules.is_empty())
        .map(|(number, topic)| {
            let link = Span::Link {
                to: topic_id(number),
                words: topic.title.clone(),
            };
            let counts = most_severe_first().map(|verdict| {
                let rules = survey.leading_to(verdict, &topic.rules).len();
                vec![text(or_dash(rules))]
            });
            std::iter::once(vec![link]).chain(counts).collect()
        })
        .collect();
    Block::Table(Table {
        caption: "How many rules of each topic lead to which verdict".to_owned(),
        numbers: (1..head.len()).collect(),
        head,
        rows,
        small: false,
    })
}

fn glance(survey: &Survey<'_>) -> Vec<Block> {
    let mut parts = vec![overview(survey), evidence(survey)];
    for verdict in most_severe_first() {
        parts.extend(by_topic(survey, verdict));
    }
    parts
}

/// How many rules of each verdict have which strongest evidence.
fn evidence(survey: &Survey<'_>) -> Block {
    let row = |verdict: Verdict| {
        let of = |strength: Strength| {
            let rules = survey.rules.iter();
            rules
                .filter_map(|number| survey.plan.rules.get(*number))
                .filter(|rule| rule.grade.verdict() == verdict)
                .filter(|rule| survey.strength(rule) == Some(strength))
                .count()
        };
        let mut cells = vec![vec![Span::Verdict(verdict)]];
        cells.extend(Strength::ALL.map(|strength| vec![text(or_dash(of(strength)))]));
        cells
    };
    let mut head = vec!["Verdict".to_owned()];
    head.extend(Strength::ALL.map(|strength| strength.word().to_owned()));
    Block::Table(Table {
        caption: "Rules by the strongest source each names".to_owned(),
        numbers: (1..head.len()).collect(),
        head,
        rows: most_severe_first().map(row).collect(),
        small: false,
    })
}

/// A count, or a dash for zero, because zeros are distracting in a table of numbers.
pub fn or_dash(count: usize) -> String {
    if count == 0 {
        "\u{2013}".to_owned()
    } else {
        count.to_string()
    }
}

/// The rules that lead to a verdict, topic by topic.
fn by_topic(survey: &Survey<'_>, verdict: Verdict) -> Option<Block> {
    let rows: Vec<_> = survey
        .topics
        .iter()
        .enumerate()
        .filter_map(|(number, topic)| {
            let rules = survey.leading_to(verdict, &topic.rules);
            let link = Span::Link {
                to: topic_id(number),
                words: topic.title.clone(),
            };
            (!rules.is_empty()).then(|| vec![vec![link], rules_by_name(survey.plan, &rules)])
        })
        .collect();
    let rules = survey.leading_to(verdict, &survey.rules).len();
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: format!(
                "What leads to \u{201c}{}\u{201d}: {}",
                phrases::verdict(verdict),
                count(rules, "rule")
            ),
            head: ["Topic", "Rules"].map(str::to_owned).to_vec(),
            rows,
            numbers: Vec::new(),
            small: false,
        })
    })
}
