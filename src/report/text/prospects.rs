//! The part of a report that only a consult needs.

use crate::report::model::Report;
use crate::report::model::prospects;

use super::Page;

impl Page {
    /// What would change the verdict, and what would be left.
    pub(super) fn prospects(&mut self, sheet: &Report<'_>) {
        let Some(prospects) = prospects::prospects(sheet) else {
            return;
        };
        self.heading("What would change it");
        for (heading, points) in &prospects.ways {
            self.paragraph(2, heading);
            for point in points {
                self.bullet(point);
            }
        }
        self.paragraph(2, &prospects.at_best);
    }
}
