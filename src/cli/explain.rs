//! `--why RULE` and `--why-not RULE`: finds the rule and checks that the reader may see it.

use crate::error::Error;
use crate::report::model::View;
use candidacy_engine::plan::Plan;
use candidacy_engine::suggest::way_out;

use super::args::Format;

/// The rule to explain.
#[derive(Debug, Default, clap::Args)]
pub struct WhyArgs {
    /// Instead of the report: why this rule applies, sentence by sentence
    #[arg(long, value_name = "RULE", conflicts_with = "why_not")]
    why: Option<String>,
    /// Instead of the report: why this rule does not apply, sentence by sentence
    #[arg(long, value_name = "RULE")]
    why_not: Option<String>,
}

impl WhyArgs {
    /// The id of the requested rule, if any.
    ///
    /// # Errors
    ///
    /// If there is no such rule, `view` may not see it, or `format` cannot show it.
    pub fn rule<'a>(
        &self,
        plan: &'a Plan,
        view: View,
        format: Format,
    ) -> Result<Option<&'a str>, Error> {
        let Some(id) = self.why.as_ref().or(self.why_not.as_ref()) else {
            return Ok(None);
        };
        if format != Format::Text {
            return Err(Error::Usage {
                message: "one rule is explained as text only".to_owned(),
                hint: "leave out `--format`, or ask for the whole report".to_owned(),
            });
        }
        rule(plan, id, view).map(Some)
    }
}

/// The id of the rule with this name.
///
/// # Errors
///
/// If there is no such rule, or `view` may not see it.
pub fn rule<'a>(plan: &'a Plan, id: &str, view: View) -> Result<&'a str, Error> {
    let Some(rule) = plan.rules.iter().find(|rule| rule.id == *id) else {
        let rules = plan.rules.iter();
        let seen = rules.filter(|rule| view == View::Clinician || !rule.private);
        let mut seen: Vec<&str> = seen.map(|rule| rule.id.as_str()).collect();
        // A rule that is relaxed for a while has several forms.
        seen.dedup();
        return Err(Error::Usage {
            message: format!("there is no rule `{id}`"),
            hint: way_out(id, "rule", seen.into_iter()),
        });
    };
    if rule.private && view == View::Desk {
        return Err(Error::Usage {
            message: format!("the rule `{id}` is kept for the dermatologist"),
            hint: "a dermatologist adds `--view clinician`".to_owned(),
        });
    }
    Ok(&rule.id)
}
