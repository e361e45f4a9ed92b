//! FHIR R4: the questions as a `Questionnaire`, answers from a `QuestionnaireResponse`, and the result as
//! a `GuidanceResponse`.

pub mod codes;
pub mod guidance;
pub mod questionnaire;
pub mod resource;
pub mod response;
