//! A response of FHIR that cannot be read.

/// Why a response cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// What would be read.
    pub help: String,
}
