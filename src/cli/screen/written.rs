//! The files that `screen` writes; each is claimed before the first question.

use std::path::Path;

use crate::error::Error;
use crate::files::{self, Destination, Existing};

use super::ScreenArgs;
use super::outcome::Outcome;
use super::page_form::PageForm;

/// The files to be written, for the eyes of their owner alone.
pub struct Written {
    /// Where the answers are saved.
    pub save: Option<Destination>,
    print: Option<(PageForm, Destination)>,
    record: Option<Destination>,
    calendar: Option<Destination>,
    /// The form of the page that is printed instead of the report.
    pub page: Option<PageForm>,
}

impl Written {
    /// Claims all files.
    ///
    /// # Errors
    ///
    /// If one of them cannot be written.
    pub fn claim(args: &ScreenArgs) -> Result<Self, Error> {
        let existing = Existing::unless_forced(args.force);
        let claim = |flag: &str, path: Option<&Path>, existing: Existing| {
            let claimed = path.map(|path| Destination::claim(flag, path, existing));
            Ok::<_, Error>(claimed.transpose()?.map(|claimed| claimed.private(true)))
        };
        // A resumed file is saved again with every new answer.
        let resumed = match (args.kept_in.as_deref(), &args.resume) {
            (Some(save), Some(resume)) => files::same(save, resume),
            _ => false,
        };
        let saved = if resumed {
            Existing::Extended
        } else {
            existing
        };
        let print = args.print.as_deref();
        let instead = print.is_some_and(|print| print == Path::new("-"));
        let print = print.filter(|_| !instead);
        let save = claim("--save", args.kept_in.as_deref(), saved)?;
        let page = claim("--print", print, existing)?;
        let form = print.map(PageForm::by_ending).transpose()?;
        Ok(Self {
            save,
            print: form.zip(page),
            record: claim("--record", args.record.as_deref(), existing)?,
            calendar: claim("--calendar", args.calendar.as_deref(), existing)?,
            page: instead.then(|| PageForm::of(args.format)).transpose()?,
        })
    }

    /// Refuses a page instead of the report if another report is `wanted`.
    ///
    /// # Errors
    ///
    /// If both would be printed.
    pub fn instead_of_report(&self, wanted: bool) -> Result<(), Error> {
        if self.page.is_none() || !wanted {
            return Ok(());
        }
        Err(Error::Usage {
            message: "`--print -` and the report would both be printed".to_owned(),
            hint: "name a file for `--print`, or leave out `--brief`, `--why` and `--why-not`"
                .to_owned(),
        })
    }

    /// Writes the record, the page and the calendar file of one patient.
    ///
    /// # Errors
    ///
    /// If one of them cannot be written; the others are still written.
    pub fn put(&mut self, outcome: &Outcome<'_>) -> Result<(), Error> {
        let record = self.record.as_mut();
        let kept = record.map_or(Ok(()), |to| outcome.save_record(to));
        let page = self.print.as_mut();
        let handed = page.map_or(Ok(()), |(form, to)| outcome.print_page(*form, to));
        let calendar = self.calendar.as_mut();
        let noted = calendar.map_or(Ok(()), |to| {
            if let Some(calendar) = outcome.calendar() {
                return to.put(calendar.as_bytes());
            }
            crate::cli::note(NO_DAY);
            Ok(())
        });
        kept.and(handed).and(noted)
    }
}

/// Printed if there is nothing for a calendar.
const NO_DAY: &str = "No calendar file was written: only a wait whose last day is known has one.\n";
