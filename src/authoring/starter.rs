//! Templates for new rule files: the schema for editors, and small example packs.

/// The JSON Schema of rule files, for completion and error marking in editors. It checks structure
/// and words; `rules check` also checks names.
pub const SCHEMA: &str = include_str!("rules-schema.json");

/// The file name of the schema next to rule files.
pub const SCHEMA_FILE: &str = "rules-schema.json";

/// The files of a small example pack, with their names.
pub const SMALL: &[(&str, &str)] = &[
    ("pack.yaml", include_str!("starter/pack.yaml")),
    ("skin.yaml", include_str!("starter/skin.yaml")),
    (
        "not-finished.yaml",
        include_str!("starter/not-finished.yaml"),
    ),
    (
        "cases/not-finished.yaml",
        include_str!("starter/cases/not-finished.yaml"),
    ),
    ("cases/skin.yaml", include_str!("starter/cases/skin.yaml")),
];

/// The files of an overlay over the built-in pack, with their names.
pub const OVERLAY: &[(&str, &str)] = &[
    ("pack.yaml", include_str!("starter/overlay/pack.yaml")),
    (
        "cases/ours.yaml",
        include_str!("starter/overlay/cases/ours.yaml"),
    ),
];

/// A rule file with a first line that tells editors where the schema is.
#[must_use]
pub fn with_schema(name: &str, text: &str) -> String {
    let up = "../".repeat(name.matches('/').count());
    format!("# yaml-language-server: $schema={up}{SCHEMA_FILE}\n{text}")
}
