//! The rules of candidacy: reads rule packs, evaluates answers against them and explains the verdict.
//!
//! Nothing in this crate reads a file, asks a question, prints, starts a thread or looks at a clock.
//! `clippy.toml` beside it refuses the functions that could.
//!
//! A [`Source`](source::Source) is read into a [`Pack`](pack::Pack), which is compiled to a [`Plan`](plan::Plan).
//! A plan and [`Answers`](answer::Answers) make an [`Assessment`](assess::Assessment), with every reason for it:
//!
//! ```
//! use candidacy_engine::assess::assess;
//! use candidacy_engine::compile::compile;
//! use candidacy_engine::date::Date;
//! use candidacy_engine::pack;
//! use candidacy_engine::source::Source;
//! use candidacy_engine::verdict::Verdict;
//!
//! let rules = r#"
//! format: candidacy/1
//! pack: {id: small, version: 1.0.0, title: Small, status: draft, owner: Dr A. Example, review_by: 2027-06-30}
//! sources:
//!   - {id: P4, cite: Protocol 4, publisher: Example clinic, url: "https://example.org", strength: D}
//! questions:
//!   - {id: isotretinoin, ask: Do you take isotretinoin capsules, type: course}
//! rules:
//!   - {id: isotretinoin, grade: temporary, when: isotretinoin ongoing or ended within 6 months,
//!      why: Skin may heal differently for some months., sources: [P4]}
//! "#;
//!
//! // A refusal has every problem of the rules, each with its place.
//! let plan = compile(pack::read(vec![Source::new("small.yaml", rules)])).map_err(|refusal| refusal.problems)?;
//!
//! let day = Date::from_iso("2026-11-20").ok_or(vec![])?;
//! let mut answers = plan.blank_answers();
//! for (number, asked) in plan.questions.iter().enumerate() {
//!     let reply = plan.reader(day).reply(&asked.question, "ended 2026-08-01").expect("an answer");
//!     answers.set(number, reply);
//! }
//!
//! let assessment = assess(&plan, &answers, day);
//! assert_eq!(assessment.verdict, Verdict::Deferred);
//! assert_eq!(assessment.eligible_from, Date::from_iso("2027-02-01"));
//! for finding in &assessment.findings {
//!     let rule = &plan.rules[finding.rule];
//!     assert_eq!(rule.why, "Skin may heal differently for some months.");
//!     assert_eq!(finding.evidence[0].answer, "ended 2026-08-01");
//! }
//!
//! // What was not said is not known, and never taken for no.
//! let silent = assess(&plan, &plan.blank_answers(), day);
//! assert_ne!(silent.verdict, Verdict::Eligible);
//! # Ok::<(), Vec<candidacy_engine::diagnostic::Diagnostic>>(())
//! ```

#![cfg_attr(
    not(test),
    warn(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod answer;
pub mod assess;
pub mod assign;
pub mod compile;
pub mod condition;
pub mod date;
pub mod decimal;
pub mod diagnostic;
pub mod evaluate;
pub mod finding;
pub mod impossible;
pub mod medicine;
pub mod normalize;
pub mod overlay;
pub mod pack;
pub mod period;
pub mod plan;
pub mod private;
pub mod question;
pub mod range;
pub mod sentence;
pub mod severity;
pub mod source;
pub mod strength;
pub mod suggest;
pub mod summary;
mod text;
pub mod truth;
pub mod verdict;
mod waits;
pub mod yaml;

pub mod quote;
