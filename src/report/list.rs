//! The rules, questions, settings and groups of a pack: a line each, and as JSON.

use candidacy_engine::pack::Pack;
use candidacy_engine::plan::{Plan, Rule};
use serde::Serialize;

use super::doc::survey::{Survey, Wait, survey};
use super::phrases;
use super::phrases::count;

/// What a pack contains, by id.
#[derive(Debug, Serialize)]
pub struct List {
    /// Id of the pack.
    pub pack: String,
    /// Its version.
    pub version: String,
    /// The rules, in the pack's order.
    pub rules: Vec<ListedRule>,
    /// The questions, in the order asked.
    pub questions: Vec<ListedQuestion>,
    /// The named waiting periods.
    pub settings: Vec<ListedSetting>,
    /// The groups of medicines.
    pub groups: Vec<ListedGroup>,
}

/// A rule in a list.
#[derive(Debug, Serialize)]
pub struct ListedRule {
    /// Its id.
    pub id: String,
    /// Its name in plain words.
    pub title: String,
    /// Its grade, as in rule files.
    pub grade: &'static str,
    /// The verdict of a patient to whom it applies.
    pub verdict: &'static str,
    /// Whether the front desk must not see it.
    pub private: bool,
    /// Ids of the questions that it reads.
    pub questions: Vec<String>,
}

/// A question in a list.
#[derive(Debug, Serialize)]
pub struct ListedQuestion {
    /// Its id.
    pub id: String,
    /// The words it is asked in.
    pub ask: String,
    /// Its type, as in rule files.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Whether it is only asked after some answers.
    pub conditional: bool,
    /// Whether it may be left unanswered.
    pub optional: bool,
    /// Whether staff answer it.
    pub staff: bool,
}

/// A named waiting period in a list.
#[derive(Debug, Serialize)]
pub struct ListedSetting {
    /// Its name.
    pub id: String,
    /// How long it is, such as `6 months`.
    pub period: String,
    /// Ids of the rules that use it.
    pub rules: Vec<String>,
}

/// A group of medicines in a list.
#[derive(Debug, Serialize)]
pub struct ListedGroup {
    /// Its id.
    pub id: String,
    /// What it is in plain words; its id's words when absent.
    pub label: Option<String>,
    /// How many medicines it has.
    pub medicines: usize,
    /// Ids of the rules that read it.
    pub rules: Vec<String>,
}

/// Lists `pack`, from which `plan` was compiled.
#[must_use]
pub fn list(pack: &Pack, plan: &Plan) -> List {
    let survey = survey(pack, plan);
    List {
        pack: plan.header.id.clone(),
        version: plan.header.version.clone(),
        rules: rules(&survey),
        questions: questions(plan),
        settings: settings(&survey),
        groups: groups(&survey),
    }
}

fn rules(survey: &Survey<'_>) -> Vec<ListedRule> {
    let plan = survey.plan;
    let rules = survey.rules.iter().filter_map(|at| plan.rules.get(*at));
    let listed = |rule: &Rule| ListedRule {
        id: rule.id.clone(),
        title: phrases::title(rule).into_owned(),
        grade: rule.grade.word(),
        verdict: rule.grade.verdict().word(),
        private: rule.private,
        questions: rule
            .when
            .questions()
            .into_iter()
            .filter_map(|at| Some(plan.questions.get(at)?.question.id.clone()))
            .collect(),
    };
    rules.map(listed).collect()
}

fn questions(plan: &Plan) -> Vec<ListedQuestion> {
    let listed = plan.questions.iter().map(|asked| ListedQuestion {
        id: asked.question.id.clone(),
        ask: asked.question.ask.clone(),
        kind: asked.question.kind.word(),
        conditional: asked.gate.is_some(),
        optional: asked.question.optional,
        staff: asked.question.staff,
    });
    listed.collect()
}

fn settings(survey: &Survey<'_>) -> Vec<ListedSetting> {
    let listed = |wait: &Wait| {
        Some(ListedSetting {
            id: wait.name.clone()?,
            period: wait.period.to_string(),
            rules: ids(survey.plan, &wait.rules),
        })
    };
    survey.waits.iter().filter_map(listed).collect()
}

fn groups(survey: &Survey<'_>) -> Vec<ListedGroup> {
    let groups = survey.plan.groups.iter().zip(&survey.groups);
    let listed = groups.map(|(group, surveyed)| ListedGroup {
        id: group.id.clone(),
        label: group.label.clone(),
        medicines: surveyed.members.len(),
        rules: ids(survey.plan, &surveyed.rules),
    });
    listed.collect()
}

/// The ids of these rules, each once.
fn ids(plan: &Plan, rules: &[usize]) -> Vec<String> {
    let ids = rules.iter().filter_map(|at| plan.rules.get(*at));
    let mut ids: Vec<String> = ids.map(|rule| rule.id.clone()).collect();
    ids.dedup();
    ids
}

/// The list for a person: a heading for each kind of entry, and a line for each entry.
#[must_use]
pub fn text(list: &List) -> String {
    let mut page = String::new();
    let rules = list.rules.iter().map(|rule| {
        let private = if rule.private { ", private" } else { "" };
        (
            rule.id.as_str(),
            format!("{}{private}: {}", rule.grade, rule.title),
        )
    });
    section(&mut page, "Rules", rules.collect());
    let questions = list.questions.iter().map(|question| {
        let mut how = vec![question.kind];
        how.extend(question.conditional.then_some("conditional"));
        how.extend(question.optional.then_some("optional"));
        how.extend(question.staff.then_some("staff"));
        (
            question.id.as_str(),
            format!("{}: {}", how.join(", "), question.ask),
        )
    });
    section(&mut page, "Questions", questions.collect());
    let settings = list.settings.iter().map(|setting| {
        let used = used_by(&setting.rules);
        (setting.id.as_str(), format!("{}, {used}", setting.period))
    });
    section(&mut page, "Settings", settings.collect());
    let groups = list.groups.iter().map(|group| {
        let label = group.label.as_ref();
        let label = label.map_or_else(String::new, |label| format!("{label}, "));
        let medicines = count(group.medicines, "medicine");
        (
            group.id.as_str(),
            format!("{label}{medicines}, {}", used_by(&group.rules)),
        )
    });
    section(&mut page, "Groups of medicines", groups.collect());
    page
}

/// Which rules use an entry, in words.
pub(super) fn used_by(rules: &[String]) -> String {
    match rules {
        [] => "used by no rule".to_owned(),
        rules => format!("used by {}", rules.join(", ")),
    }
}

fn section(page: &mut String, heading: &str, entries: Vec<(&str, String)>) {
    let width = entries.iter().map(|(id, _)| id.len()).max();
    let Some(width) = width else {
        return;
    };
    if !page.is_empty() {
        page.push('\n');
    }
    page.push_str(&format!("{heading} ({})\n", entries.len()));
    for (id, words) in entries {
        page.push_str(&format!("  {id:width$}  {words}\n"));
    }
}
