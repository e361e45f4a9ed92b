//! How many pages a browser prints, where one is there: `CANDIDACY_CHROMIUM` names it, else it is
//! looked for on the path.

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const PATIENCE: Duration = Duration::from_secs(90);

fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CANDIDACY_CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let found = NAMES
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    found.into_iter().find(|path| path.is_file())
}

/// A page for the patient who gave these answers besides having nothing to report.
fn page(folder: &Path, answers: &[&str]) -> String {
    let well = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/words/well.yaml");
    let clinic =
        "name: Example Skin Clinic\nphone: 020 7946 0000\naddress: 1 High Street, London\n";
    fs::write(folder.join("clinic.yaml"), clinic).expect("written");
    let words = ["screen", "--answers", well, "--as-of", "2026-11-20"];
    let mut run = program::candidacy(folder, &words);
    run.args(["--clinic", "clinic.yaml", "--reference", "4711"])
        .args(["--format", "html", "--print", "-"]);
    for answer in answers {
        run.args(["--set", answer]);
    }
    let output = run.output().expect("it runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Waits for the browser to end; a file that is there already is what it was started for.
fn finished(mut browser: Child, pdf: &Path) {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if browser.try_wait().expect("its state").is_some() {
            return;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = browser.kill();
    assert!(pdf.is_file(), "the browser did not end");
}

/// How many pages `html` has on paper of this size.
fn pages(browser: &Path, folder: &Path, html: &str, paper: &str) -> usize {
    let (page, pdf) = (folder.join("page.html"), folder.join("page.pdf"));
    let sized = html.replace("</style>", &format!("@page{{size:{paper}}}</style>"));
    fs::write(&page, sized).expect("written");
    let _ = fs::remove_file(&pdf);
    let started = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
        ])
        .arg(format!(
            "--user-data-dir={}",
            folder.join("profile").display()
        ))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", page.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the browser starts");
    finished(started, &pdf);
    let printed = fs::read(&pdf).expect("a PDF");
    let printed = String::from_utf8_lossy(&printed);
    let kinds = printed.split("/Type").skip(1).map(str::trim_start);
    kinds
        .filter(|rest| rest.starts_with("/Page") && !rest.starts_with("/Pages"))
        .count()
}

/// The page for the patient is one sheet, unless much is to be said.
#[test]
fn the_page_for_the_patient_is_one_sheet() {
    let Some(browser) = browser() else {
        eprintln!("skipped: there is no Chromium here; name one in CANDIDACY_CHROMIUM");
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let patients: [&[&str]; 5] = [
        &[],
        &["medicines=ibuprofen"],
        &["isotretinoin=2026-08-31", "medicines=ibuprofen"],
        &["acne=inflamed"],
        &["medicines=warfarin; zzz; ibuprofen"],
    ];
    for answers in patients {
        let html = page(folder.path(), answers);
        for paper in ["A4", "letter"] {
            let count = pages(&browser, folder.path(), &html, paper);
            assert_eq!(count, 1, "{answers:?} on {paper}");
        }
    }
}
