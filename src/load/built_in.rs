//! The files of the built-in pack. The build script compiles them too.

/// Lists the files of the built-in pack and embeds their texts.
macro_rules! built_in {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../rules/microneedling/", $name)))),*]
    };
}

/// The built-in pack, main file first; a test compares the list with the folder.
pub const BUILT_IN: &[(&str, &str)] = built_in! {
    "pack.yaml"
    "sources.yaml"
    "medicine-groups.yaml"
    "about-you.yaml"
    "skin-today.yaml"
    "scars-and-healing.yaml"
    "cancer-and-radiation.yaml"
    "medicines.yaml"
    "health.yaml"
    "recent-treatments.yaml"
    "expectations.yaml"
};

/// The cases of the built-in pack, read only by commands that run them.
pub const BUILT_IN_CASES: &[(&str, &str)] = built_in! {
    "cases/about-you.yaml"
    "cases/always.yaml"
    "cases/cancer-and-radiation.yaml"
    "cases/combinations.yaml"
    "cases/dates.yaml"
    "cases/health.yaml"
    "cases/medicine-names.yaml"
    "cases/medicines.yaml"
    "cases/names-in-two-groups.yaml"
    "cases/people.yaml"
    "cases/private.yaml"
    "cases/recent-treatments.yaml"
    "cases/scars-and-healing.yaml"
    "cases/skin-today.yaml"
    "cases/unanswered.yaml"
};
