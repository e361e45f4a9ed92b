//! What a map file says about how a column writes its answers.

use candidacy_engine::answer::{DateFormat, DayForm};

/// How one column writes its answers, as set in a map file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnReading {
    /// The place in the map file: ``line 12 of `map.yaml` ``.
    pub place: String,
    /// Words of the column and the answers they mean.
    pub words: Vec<(String, String)>,
    /// The format of days.
    pub dates: Option<DayForm>,
    /// The meaning of an empty cell.
    pub blank: Option<String>,
    /// The options that the form offers.
    pub offered: Vec<String>,
    /// Unconfirmed guesses, in words.
    pub guesses: Vec<String>,
}

/// The format of days that a map file names.
#[must_use]
pub fn day_form(text: &str) -> Option<DayForm> {
    match text.trim().to_ascii_lowercase().as_str() {
        "excel" => Some(DayForm::ExcelSerial),
        "age" => Some(DayForm::Age),
        _ => DateFormat::new(text.trim()).map(DayForm::Format),
    }
}

impl ColumnReading {
    /// Whether the map file says nothing about the column.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self
            == Self {
                place: self.place.clone(),
                ..Self::default()
            }
    }
}
