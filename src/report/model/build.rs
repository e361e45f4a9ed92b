//! Turns an assessment into a report: ids and words replace numbers, and nothing reveals a private reason to
//! the desk.

use candidacy_engine::answer::{Answers, Reply, Value};
use candidacy_engine::assess::Assessment;
use candidacy_engine::condition::Condition;
use candidacy_engine::evaluate::Patient;
use candidacy_engine::finding::{Finding, Standing};
use candidacy_engine::plan::{Citation, Expectation, Plan, Rule};
use candidacy_engine::truth::Truth;
use candidacy_engine::verdict::Verdict;

use super::doubts::{contradictions, doubts, private};
use super::needs::is_vague;
use super::not_asked::{not_asked, not_asked_here};
use super::redact::{KEPT_MEDICINE, Redaction, private_groups};
use super::{
    AskAbout, Because, KEPT, Need, PRIVATE, PackName, Range, Reason, Relaxed, Report,
    SCHEMA_VERSION, Source, Step, TOOL, Unrecognised, View, Way, remedies,
};
use crate::report::phrases;
use crate::report::specialist::named;

/// The report for `view` about the patient who gave `answers`.
#[must_use]
pub fn sheet<'a>(
    plan: &'a Plan,
    answers: &Answers,
    assessment: &Assessment,
    view: View,
) -> Report<'a> {
    let questions = |list: &[usize]| shown_ids(list, plan, assessment, view);
    let veil = Redaction::new(plan, answers, view);
    let private = private(plan, view);
    let patient = Patient::new(plan, answers, assessment.as_of);
    let undecided = assessment.undecided.iter().copied();
    let vague: Vec<usize> = undecided
        .filter(|question| is_vague(&patient, *question))
        .collect();
    let need = |question: &usize| {
        let id = questions(&[*question]).first().copied().unwrap_or(PRIVATE);
        Need::of(plan, &patient, *question, id)
    };
    Report {
        verdict: assessment.verdict,
        range: Range {
            best: assessment.range.best,
            worst: assessment.range.worst,
            exact: assessment.range.exact,
        },
        whichever: questions(&assessment.whichever()),
        as_of: assessment.as_of,
        specialist: plan.specialist(),
        eligible_from: assessment.eligible_from,
        timeline: assessment
            .timeline
            .iter()
            .map(|&(from, verdict)| Step { from, verdict })
            .collect(),
        relaxed: relaxed(plan, &assessment.relaxed, view),
        not_asked_here: not_asked_here(plan, &patient),
        findings: reasons(plan, &patient, assessment, view, &veil),
        undecided: questions(&assessment.undecided),
        ask_next: questions(&assessment.range.ask_next),
        closer_date: questions(&vague),
        needs: assessment.range.ask_next.iter().map(need).collect(),
        not_asked: not_asked(plan, &patient, assessment),
        contradictions: contradictions(plan, answers, assessment, &private, view),
        doubts: doubts(plan, answers, assessment, &private),
        unrecognised_medicines: unrecognised(plan, assessment, &veil),
        ask_about: ask_about(plan, answers, view, &veil),
        advice: last_words(plan, assessment.verdict),
        pack: PackName::of(plan),
        tool: TOOL,
        schema_version: SCHEMA_VERSION,
    }
}

/// The relaxations with these numbers. For the desk, all that touch a private rule become one entry.
#[must_use]
pub fn relaxed<'a>(plan: &'a Plan, numbers: &[usize], view: View) -> Vec<Relaxed<'a>> {
    let numbers = numbers.iter();
    let mut reasons: Vec<Relaxed<'a>> = Vec::new();
    for one in numbers.filter_map(|number| plan.relaxations.get(*number)) {
        let hide = view == View::Desk && one.private;
        let one = Relaxed {
            reason: if hide { KEPT } else { &one.reason },
            owner: (!hide).then_some(one.owner.as_str()),
            until: (!hide).then_some(one.until),
        };
        if !reasons.contains(&one) {
            reasons.push(one);
        }
    }
    reasons
}

fn hidden(plan: &Plan, finding: &Finding, view: View) -> bool {
    view == View::Desk
        && plan
            .rules
            .get(finding.rule)
            .is_some_and(|rule| rule.private)
}

/// Whether a finding relies on a name that the desk must not see. Such a name may also be an
/// unrecognised one that is similar to a private medicine.
fn rests_on_kept(finding: &Finding, veil: &Redaction) -> bool {
    let mut evidence = finding.evidence.iter();
    evidence.any(|evidence| veil.over(&evidence.answer) == KEPT_MEDICINE)
}

/// The findings as reasons. For the desk, all private findings become one entry, at the position of the most
/// severe one.
fn reasons<'a>(
    plan: &'a Plan,
    patient: &Patient<'_>,
    assessment: &Assessment,
    view: View,
    veil: &Redaction,
) -> Vec<Reason<'a>> {
    let mut reasons: Vec<Reason<'a>> = Vec::new();
    for finding in &assessment.findings {
        let Some(rule) = plan.rules.get(finding.rule) else {
            continue;
        };
        if !hidden(plan, finding, view) && !rests_on_kept(finding, veil) {
            let ways = match view {
                View::Clinician => remedies::ways(patient, finding, rule, assessment.as_of),
                View::Desk => Vec::new(),
            };
            reasons.push(reason((plan, patient), finding, rule, ways, veil));
            continue;
        }
        match reasons.iter_mut().find(|reason| reason.rule == PRIVATE) {
            // The entry applies if one of its findings does.
            Some(private) if finding.standing == Standing::Applies => {
                private.state = finding.standing;
            }
            Some(_) => {}
            None => reasons.push(private_reason(finding)),
        }
    }
    reasons
}

fn reason<'a>(
    (plan, patient): (&'a Plan, &Patient<'_>),
    finding: &Finding,
    rule: &'a Rule,
    ways: Vec<Way>,
    veil: &Redaction,
) -> Reason<'a> {
    let question = |number: usize| {
        plan.questions
            .get(number)
            .map_or("", |asked| asked.question.id.as_str())
    };
    let undecided = finding.standing == Standing::Undecided;
    Reason {
        rule: &rule.id,
        title: phrases::title(rule),
        grade: rule.grade,
        counts_as: finding.counts_as.verdict(),
        state: finding.standing,
        because: finding
            .evidence
            .iter()
            .map(|evidence| Because {
                question: question(evidence.question),
                answer: veil.over(&evidence.answer).into_owned(),
                in_words: format!(
                    "{}: {}",
                    phrases::heading(question(evidence.question)),
                    veil.over(&evidence.in_full)
                ),
                vague: undecided && is_vague(patient, evidence.question),
            })
            .collect(),
        until: finding.until,
        clears: rule.clears.as_deref(),
        why: &rule.why,
        advice: rule
            .advice
            .iter()
            .filter_map(|number| plan.advice.get(*number))
            .map(|a| a.text.as_str())
            .collect(),
        sources: rule
            .sources
            .iter()
            .filter_map(|number| plan.citations.get(*number))
            .map(source)
            .collect(),
        note: rule.note.as_deref(),
        unverified: rule.unverified.as_deref(),
        icd10: rule.icd10.iter().map(String::as_str).collect(),
        ways,
    }
}

fn private_reason<'a>(finding: &Finding) -> Reason<'a> {
    Reason {
        rule: PRIVATE,
        title: "Private".into(),
        grade: finding.counts_as,
        counts_as: finding.counts_as.verdict(),
        state: finding.standing,
        because: Vec::new(),
        until: None,
        clears: None,
        why: KEPT,
        advice: Vec::new(),
        sources: Vec::new(),
        note: None,
        unverified: None,
        icd10: Vec::new(),
        ways: Vec::new(),
    }
}

fn source(citation: &Citation) -> Source<'_> {
    Source {
        id: &citation.id,
        cite: &citation.cite,
        publisher: &citation.publisher,
        year: citation.year.as_deref(),
        url: &citation.url,
        strength: citation.strength,
        unverified: citation.unverified.as_deref(),
    }
}

/// Questions by id. For the desk, the questions that only private rules leave open become one entry.
fn shown_ids<'a>(
    list: &[usize],
    plan: &'a Plan,
    assessment: &Assessment,
    view: View,
) -> Vec<&'a str> {
    let open = assessment
        .findings
        .iter()
        .filter(|finding| finding.standing == Standing::Undecided && !hidden(plan, finding, view));
    let visible: Vec<usize> = open
        .flat_map(|f| f.evidence.iter().map(|e| e.question))
        .collect();
    let mut ids: Vec<&str> = Vec::new();
    for number in list {
        let id = match plan.questions.get(*number) {
            Some(asked) if visible.contains(number) => asked.question.id.as_str(),
            _ => PRIVATE,
        };
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

fn unrecognised<'a>(
    plan: &'a Plan,
    assessment: &Assessment,
    veil: &Redaction,
) -> Vec<Unrecognised<'a>> {
    let near = |typed: &str| plan.medicines.did_you_mean(typed).map(|near| near.text);
    let typed = assessment.unrecognised.iter();
    typed
        .filter(|typed| !veil.hides(typed))
        .map(|typed| Unrecognised {
            did_you_mean: near(typed),
            generics: plan.medicines.generics_without_group(typed),
            typed: typed.clone(),
        })
        .collect()
}

/// Entries with a medicine whose form or country is needed. The desk does not see groups that a private rule
/// reads.
fn ask_about<'a>(
    plan: &'a Plan,
    answers: &Answers,
    view: View,
    veil: &Redaction,
) -> Vec<AskAbout<'a>> {
    let groups = private_groups(plan);
    let mut found: Vec<AskAbout<'a>> = Vec::new();
    for question in 0..plan.questions.len() {
        let Reply::Given(Value::Medicines(medicines)) = answers.reply(question) else {
            continue;
        };
        for entry in &medicines.entries {
            let names = entry
                .names
                .iter()
                .filter_map(|name| plan.medicines.names().get(*name));
            for meaning in names.flat_map(|name| &name.means) {
                let Some(ask) = meaning.ask_route.as_deref() else {
                    continue;
                };
                let hide = view == View::Desk && groups.contains(&meaning.group);
                let typed = veil.over(&entry.text);
                if !hide && !found.iter().any(|one| one.typed == typed && one.ask == ask) {
                    found.push(AskAbout {
                        typed: typed.into_owned(),
                        ask,
                    });
                }
            }
        }
    }
    found
}

/// The pack's closing texts for a verdict. If they do not say to consult the specialist, or that
/// this is not a diagnosis, the program adds that in its own words. No pack and no clinic can leave
/// it out.
#[must_use]
pub fn last_words(plan: &Plan, verdict: Verdict) -> Vec<String> {
    let texts = |wanted: Option<Verdict>| {
        let own = plan
            .closing
            .iter()
            .filter(move |closing| closing.verdict == wanted);
        own.map(|closing| closing.text.clone()).collect::<Vec<_>>()
    };
    let (mut words, always) = (texts(Some(verdict)), texts(None));
    let says = |texts: &[String], word: &str| {
        let mut texts = texts.iter();
        texts.any(|text| text.to_lowercase().contains(word))
    };
    if !says(&words, &plan.specialist().to_lowercase()) {
        words.push(named(consult(verdict), plan.specialist()));
    }
    if !says(&always, "diagnos") {
        words.push("This is a pre-screening, not a diagnosis. It does not replace a clinician's judgement.".to_owned());
    }
    words.extend(always);
    words
}

/// The advice to consult a dermatologist, adapted to the verdict.
#[must_use]
pub fn consult(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => {
            "Consult a dermatologist if anything about the skin or the answers changes before the treatment."
        }
        Verdict::EligibleWithPrecautions => {
            "Consult a dermatologist if you are unsure how to follow the precautions."
        }
        Verdict::Deferred => {
            "Consult a dermatologist if the wait is a problem or the condition does not clear."
        }
        Verdict::DermatologistReview => "Consult a dermatologist before anything is booked.",
        Verdict::NotEligible => "Consult a dermatologist: only a dermatologist may overrule this.",
    }
}

/// The expectations that concern the patient, if the verdict is to go ahead or to wait.
#[must_use]
pub fn expectations<'a>(
    plan: &'a Plan,
    answers: &Answers,
    assessment: &Assessment,
) -> Vec<&'a Expectation> {
    if assessment.verdict > Verdict::Deferred {
        return Vec::new();
    }
    let patient = Patient::new(plan, answers, assessment.as_of);
    let concerns = |when: &Condition| patient.truth(when, assessment.as_of) == Truth::Yes;
    plan.expectations
        .iter()
        .filter(|one| one.when.as_ref().is_none_or(concerns))
        .collect()
}
