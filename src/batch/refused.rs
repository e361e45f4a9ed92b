//! A FHIR response that cannot be read.

/// Why a response cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// How to fix it.
    pub help: String,
}
