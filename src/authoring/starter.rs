//! What helps to begin rule files: their schema for editors, and small packs to write over.

/// The JSON Schema of rule files, for completion and red lines in an editor.
/// It knows shapes and words; which names exist only `rules check` knows.
pub const SCHEMA: &str = include_str!("rules-schema.json");

/// The name the schema goes by beside rule files.
pub const SCHEMA_FILE: &str = "rules-schema.json";

/// A small pack that holds a little of everything, by file name.
pub const SMALL: &[(&str, &str)] = &[
    ("pack.yaml", include_str!("starter/pack.yaml")),
    ("skin.yaml", include_str!("starter/skin.yaml")),
    ("cases/skin.yaml", include_str!("starter/cases/skin.yaml")),
];

/// An overlay over the built-in pack, by file name.
pub const OVERLAY: &[(&str, &str)] = &[
    ("pack.yaml", include_str!("starter/overlay/pack.yaml")),
    (
        "cases/ours.yaml",
        include_str!("starter/overlay/cases/ours.yaml"),
    ),
];

/// A rule file with a first line by which editors find the schema.
#[must_use]
pub fn with_schema(name: &str, text: &str) -> String {
    let up = "../".repeat(name.matches('/').count());
    format!("# yaml-language-server: $schema={up}{SCHEMA_FILE}\n{text}")
}
