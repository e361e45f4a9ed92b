//! What a map file says about how one column writes its answers.

use candidacy_engine::answer::{DateFormat, DayForm};

/// How one column writes its answers, as a map file says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnReading {
    /// Where it says so: ``line 12 of `map.yaml` ``.
    pub place: String,
    /// Words of the column and the answers they mean.
    pub words: Vec<(String, String)>,
    /// How days are written.
    pub dates: Option<DayForm>,
    /// What an empty cell means.
    pub blank: Option<String>,
    /// The options that the form offers.
    pub offered: Vec<String>,
    /// What was guessed and is not confirmed yet, in words.
    pub guesses: Vec<String>,
}

/// The form of days that a map file names.
#[must_use]
pub fn day_form(text: &str) -> Option<DayForm> {
    match text.trim().to_ascii_lowercase().as_str() {
        "excel" => Some(DayForm::ExcelSerial),
        "age" => Some(DayForm::Age),
        _ => DateFormat::new(text.trim()).map(DayForm::Format),
    }
}

impl ColumnReading {
    /// Whether it says anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self
            == Self {
                place: self.place.clone(),
                ..Self::default()
            }
    }
}
