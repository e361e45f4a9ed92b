//! One topic: its questions, the rules that read them, and their verdicts.

use std::cmp::Reverse;
use std::fmt::Write as _;

use crate::report::conditions::questions_of;
use crate::report::doc::survey::{Survey, Topic};
use crate::report::phrases;
use crate::report::phrases::escaped;
use candidacy_engine::plan::{Plan, Rule};

use super::super::{Part, Span, Table, joined, question_link, rule_link};
use super::{LETTER, signed};

/// The height of a line.
const LINE: usize = 22;

/// The questions that the rules of a topic read, the rules, and their verdicts.
pub fn of_topic(survey: &Survey<'_>, topic: &Topic) -> Option<Part> {
    let plan = survey.plan;
    let mut rules: Vec<(usize, Vec<usize>)> = topic
        .rules
        .iter()
        .filter_map(|number| Some((*number, questions_of(&plan.rules.get(*number)?.when))))
        .collect();
    // Beside the first question of the topic that they read, gravest first.
    rules.sort_by_key(|(number, reads)| {
        let own = reads.iter().find(|one| topic.questions.contains(one));
        let grade = plan.rules.get(*number).map(|rule| rule.grade);
        (
            own.is_none(),
            own.or(reads.first()).copied(),
            Reverse(grade),
        )
    });
    if rules.is_empty() {
        return None;
    }
    let row = |(number, reads): &(usize, Vec<usize>)| {
        let links = reads.iter().filter_map(|one| question_link(plan, *one));
        Some(vec![
            joined(links, ", "),
            vec![rule_link(plan, *number)?],
            vec![Span::Verdict(plan.rules.get(*number)?.grade.verdict())],
        ])
    };
    Some(Part::Drawing {
        svg: drawn(survey, topic, &rules),
        rows: Table {
            caption: "From question over rule to verdict".to_owned(),
            head: ["Question", "Rule", "Verdict"].map(str::to_owned).to_vec(),
            rows: rules.iter().filter_map(row).collect(),
            numbers: Vec::new(),
            small: true,
        },
    })
}

/// The drawing of one topic: what stands in it, and where.
struct Drawing<'a> {
    plan: &'a Plan,
    topic: &'a Topic,
    /// The questions, in the order of the first rule that reads each, and how
    /// far down they stand.
    asked: Vec<(usize, usize)>,
    /// Where the lines begin and end.
    lines: (usize, usize),
    /// Where the verdicts stand.
    verdicts: usize,
    svg: String,
}

fn drawn(survey: &Survey<'_>, topic: &Topic, rules: &[(usize, Vec<usize>)]) -> String {
    let plan = survey.plan;
    let mut questions: Vec<usize> = Vec::new();
    for one in rules.iter().flat_map(|(_, reads)| reads) {
        if !questions.contains(one) {
            questions.push(*one);
        }
    }
    let asked = questions.iter().map(|number| question_name(plan, *number));
    let named = rules
        .iter()
        .filter_map(|(number, _)| plan.rules.get(*number));
    let left = widest(asked) + 10;
    let right = left + 100;
    let verdicts = right + widest(named.map(|rule| phrases::title(rule).into_owned())) + 30;
    let (wide, high) = (verdicts + 190, rules.len().max(questions.len()) * LINE + 6);
    let places = places(rules, &questions);
    let mut drawing = Drawing {
        plan,
        topic,
        asked: questions.into_iter().zip(places).collect(),
        lines: (left, right),
        verdicts,
        svg: format!(
            "<svg class=\"topic\" viewBox=\"0 0 {wide} {high}\" style=\"min-width:{}px;max-width:{wide}px\" role=\"img\" aria-label=\"{}: which question leads over which rule to which verdict; the rules below say the same\">\n",
            wide * 4 / 5,
            escaped(&topic.title)
        ),
    };
    for (row, (number, reads)) in rules.iter().enumerate() {
        if let Some(rule) = plan.rules.get(*number) {
            drawing.rule(middle(row * LINE), rule, reads);
        }
    }
    drawing.questions();
    drawing.svg + "</svg>"
}

/// The middle of a line that begins here.
fn middle(top: usize) -> usize {
    top + LINE / 2 + 3
}

/// Room for the longest of these.
fn widest(names: impl Iterator<Item = String>) -> usize {
    let letters = names.map(|name| name.chars().count());
    letters.max().unwrap_or(0) * LETTER
}

fn question_name(plan: &Plan, number: usize) -> String {
    let asked = plan.questions.get(number);
    asked.map_or_else(String::new, |asked| phrases::heading(&asked.question.id))
}

impl Drawing<'_> {
    /// A rule, a line from each question it reads, and its verdict.
    fn rule(&mut self, y: usize, rule: &Rule, reads: &[usize]) {
        let (left, right) = self.lines;
        let middle = usize::midpoint(left, right);
        let (word, words_at) = (rule.grade.verdict().word(), y + 4);
        for (_, from) in self.asked.iter().filter(|(one, _)| reads.contains(one)) {
            let _ = writeln!(
                self.svg,
                "<path class=\"line s-{word}\" d=\"M{left} {from}C{middle} {from} {middle} {y} {right} {y}\"/>"
            );
        }
        let _ = writeln!(
            self.svg,
            "<circle class=\"f-{word}\" cx=\"{right}\" cy=\"{y}\" r=\"4\"/><a href=\"#rule-{}\"><text x=\"{}\" y=\"{words_at}\">{}</text></a><text class=\"v-{word}\" x=\"{}\" y=\"{words_at}\">{}</text>",
            rule.id,
            right + 10,
            escaped(&phrases::title(rule)),
            self.verdicts,
            signed(rule.grade.verdict()),
        );
    }

    /// The questions; those of other topics are set softer.
    fn questions(&mut self) {
        for (number, y) in &self.asked {
            let Some(asked) = self.plan.questions.get(*number) else {
                continue;
            };
            let own = self.topic.questions.contains(number);
            let _ = writeln!(
                self.svg,
                "<a href=\"#question-{}\"><text class=\"end{}\" x=\"{}\" y=\"{}\">{}</text></a>",
                asked.question.id,
                if own { "" } else { " soft" },
                self.lines.0 - 8,
                y + 4,
                question_name(self.plan, *number)
            );
        }
    }
}

/// How far down each question stands: level with the middle of the rules that
/// read it, in their order, never two on one line.
fn places(rules: &[(usize, Vec<usize>)], questions: &[usize]) -> Vec<usize> {
    let room = rules.len().max(questions.len()) * LINE;
    let mut free = 0;
    let mut at = Vec::new();
    for (number, question) in questions.iter().enumerate() {
        let rows = rules.iter().enumerate();
        let rows: Vec<usize> = rows
            .filter(|(_, (_, reads))| reads.contains(question))
            .map(|(row, _)| row * LINE)
            .collect();
        let wanted = rows.iter().sum::<usize>() / rows.len().max(1);
        // Those still to come need a line each.
        let last = room.saturating_sub((questions.len() - number) * LINE);
        let top = wanted.max(free).min(last);
        free = top + LINE;
        at.push(middle(top));
    }
    at
}
