//! The page for the patient, in both forms.

use std::process::Command;

#[test]
fn a_page_to_hand_over() {
    let folder = tempfile::tempdir().expect("a folder");
    for form in ["html", "md"] {
        let page = folder.path().join(format!("page.{form}"));
        let run = Command::new(env!("CARGO_BIN_EXE_candidacy"))
            .args([
                "screen",
                "--rules",
                "tests/terminal/demo.yaml",
                "--as-of",
                "2026-11-20",
            ])
            .args([
                "--set",
                "acne=inflamed",
                "--set",
                "skin_conditions=none",
                "--set",
                "isotretinoin=2026-08-31",
            ])
            .args(["--set", "medicines=<b>zzz</b>", "--print"])
            .arg(&page)
            .output()
            .expect("it runs");
        assert_eq!(
            run.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        let text = std::fs::read_to_string(&page).expect("the page");
        assert!(!text.contains("<b>"), "what was typed is no markup");
        assert!(!text.contains("http"), "nothing from elsewhere");
        insta::with_settings!({
            snapshot_path => "handout",
            prepend_module_to_snapshot => false,
            omit_expression => true,
            filters => vec![(r"(?s)<style>.*</style>", "<style>…</style>")],
        }, {
            insta::assert_snapshot!(form, text);
        });
    }
}

/// What must not be seen at the desk is not on a page handed over there, even
/// where the dermatologist's report is printed beside it.
#[test]
fn nothing_private_is_on_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.md");
    let run = Command::new(env!("CARGO_BIN_EXE_candidacy"))
        .args([
            "screen",
            "--as-of",
            "2026-11-20",
            "--view",
            "clinician",
            "--set",
            "health=blood-borne-virus",
        ])
        .args(["--set", "medicines=Biktarvy", "--print"])
        .arg(&page)
        .output()
        .expect("it runs");
    assert!(String::from_utf8_lossy(&run.stdout).contains("blood-borne-virus"));
    let text = std::fs::read_to_string(&page)
        .expect("the page")
        .to_lowercase();
    for word in ["biktarvy", "hiv", "hepatitis", "blood-borne"] {
        assert!(!text.contains(word), "{word} is on the page:\n{text}");
    }
}
