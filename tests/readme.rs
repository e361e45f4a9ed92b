//! What the README and the chapters in `docs` show is what the program does, and nothing is left out of them.
//!
//! Every block fenced as `console` is run, line by line, by a shell beside the files of `tests/readme`; those of the
//! README in a folder that has them where a clone has them; a line of `…` alone stands for anything. Where the program
//! has changed on purpose, `UPDATE_README=1` writes anew what is shown whole.

#![cfg(unix)]

mod program;
mod window;

use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::Command;

use candidacy::error::{Error, Exit};
use candidacy::interview::{
    Ask, Confirmed, InterviewOptions, Prompt, Response, Reviewed, Row, interview,
};
use candidacy::load;
use candidacy::report::model::View;
use candidacy_engine::diagnostic::Code;
use candidacy_engine::question::Kind;
use program::{PROGRAM, candidacy, run};
use tempfile::TempDir;
use window::Window;

/// One whole interview as it stands on the screen.
const WHOLE: &str = "tests/readme/interview.txt";
/// Stands for lines left out.
const CUT: &str = "…";

/// The README, the page for contributors and every chapter: path and text.
fn pages() -> Vec<(String, String)> {
    let chapters = fs::read_dir("docs").expect("the chapters");
    let chapters = chapters.map(|entry| entry.expect("an entry").path());
    let chapters = chapters.filter_map(|path| path.to_str().map(str::to_owned));
    let paths = ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned);
    let paths = paths.into_iter().chain(chapters);
    let is_page = |path: &String| {
        Path::new(path)
            .extension()
            .is_some_and(|ending| ending == "md")
    };
    let mut paths: Vec<String> = paths.filter(is_page).collect();
    paths.sort();
    let read = |path: String| {
        let text = fs::read_to_string(&path).expect("a page");
        (path, text)
    };
    paths.into_iter().map(read).collect()
}

/// One chapter.
fn chapter(name: &str) -> String {
    fs::read_to_string(format!("docs/{name}.md")).expect("a chapter")
}

/// All pages but the manual of rule files, which has tests of its own.
fn manual() -> String {
    let pages = pages()
        .into_iter()
        .filter(|(path, _)| path != "docs/rules.md");
    pages.map(|(_, text)| text + "\n").collect()
}

/// The blocks fenced as `info`: where their text stands.
fn blocks(text: &str, info: &str) -> Vec<Range<usize>> {
    let (mut found, mut at, mut open) = (Vec::new(), 0, None);
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        match (line.strip_prefix("```"), open) {
            (Some(word), None) => open = Some((word.trim(), next)),
            (Some(_), Some((word, start))) => {
                if word == info {
                    found.push(start..at);
                }
                open = None;
            }
            (None, _) => {}
        }
        at = next;
    }
    found
}

/// The commands of a block, each with what is shown under it.
fn commands(block: &str) -> Vec<(&str, &str)> {
    let starts: Vec<usize> = block
        .split_inclusive('\n')
        .scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .filter(|(_, line)| line.starts_with("$ "))
        .map(|(start, _)| start)
        .collect();
    let ends = starts.iter().copied().skip(1).chain([block.len()]);
    let parts = starts.iter().zip(ends);
    parts
        .filter_map(|(start, end)| block[start + 2..end].split_once('\n'))
        .collect()
}

/// A folder of its own with the files of `from`, under `inside` it, for commands that write some.
fn copied(from: &str, inside: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let target = folder.path().join(inside);
    fs::create_dir_all(&target).expect("a folder");
    for file in fs::read_dir(from).expect("the files") {
        let file = file.expect("a file");
        let copy = target.join(file.file_name());
        fs::copy(file.path(), copy).expect("a copy");
    }
    folder
}

/// What a shell in `inside` writes to standard output for `line`.
fn shell(inside: &Path, line: &str) -> String {
    let folder = Path::new(PROGRAM).parent();
    let path = std::env::var("PATH").expect("a path");
    let path = format!("{}:{path}", folder.expect("a folder").display());
    let mut command = Command::new("sh");
    command
        .args(["-c", line])
        .current_dir(inside)
        .stdin(std::process::Stdio::null())
        .env("PATH", path)
        .env("LC_ALL", "C.UTF-8")
        .env("NO_COLOR", "1");
    run(&mut command).out
}

/// Without the fingerprint, which changes with every word of the rules.
fn settled(text: &str) -> String {
    let mut settled = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let (before, after) = rest.split_at(open + 1);
        let hex = after.bytes().take_while(u8::is_ascii_hexdigit).count();
        settled.push_str(before);
        rest = if hex == 12 { &after[hex..] } else { after };
    }
    settled + rest
}

/// Whether `shown` is `out`, but for what is left out.
fn shows(shown: &str, out: &str) -> bool {
    let (shown, out) = (settled(shown), settled(out));
    let cut = format!("{CUT}\n");
    let mut parts = shown.split(&cut).collect::<Vec<_>>();
    let last = parts.pop().unwrap_or_default();
    let Some(mut rest) = out.strip_suffix(last) else {
        return false;
    };
    for (number, part) in parts.iter().enumerate() {
        let found = if number == 0 {
            rest.strip_prefix(part)
        } else {
            rest.split_once(part).map(|(_, after)| after)
        };
        match found {
            Some(after) => rest = after,
            None => return false,
        }
    }
    !parts.is_empty() || rest.is_empty()
}

#[test]
fn an_ellipsis_matches_anything_and_the_rest_is_exact() {
    assert!(shows("a\nb\n", "a\nb\n"));
    assert!(!shows("a\n", "a\nb\n"));
    assert!(!shows("b\n", "a\nb\n"));
    assert!(shows("a\n…\n", "a\nb\n"));
    assert!(shows("a\n…\nc\n…\ne\n", "a\nb\nc\nd\ne\n"));
    assert!(!shows("a\n…\nx\n…\ne\n", "a\nb\nc\nd\ne\n"));
    assert!(shows("(0123456789ab)\n", "(ba9876543210)\n"));
}

#[test]
fn transcripts_are_what_the_program_writes() {
    let update = std::env::var("UPDATE_README").is_ok_and(|value| value == "1");
    let mut wrong = String::new();
    for (path, mut text) in pages() {
        let folder = copied(
            "tests/readme",
            if path == "README.md" {
                "tests/readme"
            } else {
                ""
            },
        );
        let before = text.clone();
        let mut fresh_blocks = Vec::new();
        for block in blocks(&text, "console") {
            let mut fresh = String::new();
            for (line, shown) in commands(&text[block.clone()]) {
                let out = shell(folder.path(), line);
                let right = shows(shown, &out);
                let keep = right || shown.lines().any(|line| line == CUT) || !update;
                let now = if keep { shown } else { &out };
                write!(fresh, "$ {line}\n{now}").expect("memory");
                if !right && keep {
                    let told = format!("--- in {path}\n{shown}--- in fact\n{out}");
                    write!(wrong, "$ {line}\n{told}\n").expect("memory");
                }
            }
            fresh_blocks.push((block, fresh));
        }
        for (block, fresh) in fresh_blocks.into_iter().rev() {
            text.replace_range(block, &fresh);
        }
        if update && text != before {
            fs::write(path, text).expect("a page");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Says what stands in a file of answers, and notes the keys for it.
struct Typist<'a> {
    answers: Vec<(&'a str, &'a str)>,
    /// One entry for each question, and the last for the review.
    keys: Vec<String>,
}

impl Typist<'_> {
    /// The keys that choose an option of a list this long.
    fn number(option: usize, options: usize) -> String {
        let enter = if option * 10 > options { "" } else { "\r" };
        format!("{option}{enter}")
    }
}

impl Ask for Typist<'_> {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error> {
        let question = &prompt.asked.question;
        let known = self.answers.iter().find(|(id, _)| *id == question.id);
        let Some((_, answer)) = known else {
            assert!(question.optional, "nothing is known of {}", question.id);
            let typed = matches!(
                question.kind,
                Kind::YesNo | Kind::Choice(_) | Kind::Choices(_)
            );
            self.keys.push(if typed { "s" } else { "s\r" }.to_owned());
            return Ok(Response::Skip);
        };
        let options = question.kind.choices();
        let option = options.iter().position(|choice| choice.id == *answer);
        let option = option.map(|option| Self::number(option + 1, options.len()));
        self.keys.push(match (&question.kind, option) {
            // What is private is shown before Enter gives it.
            (Kind::YesNo, _) if prompt.mask.hides_all() => format!("{}\r", &answer[..1]),
            (Kind::YesNo, _) => answer[..1].to_owned(),
            (Kind::Choices(_), None) => "n".to_owned(),
            (Kind::Choices(_), Some(keys)) => keys + "\r",
            (_, Some(keys)) => keys,
            (_, None) => format!("{answer}\r"),
        });
        Ok(Response::Reply((*answer).to_owned()))
    }

    fn understood(&mut self, _: &str) -> Result<(), Error> {
        Ok(())
    }

    fn confirm(&mut self, words: &str, _: bool) -> Result<Confirmed, Error> {
        panic!("this patient is not asked: {words}")
    }

    fn review(&mut self, _: &[Row]) -> Result<Reviewed, Error> {
        self.keys.push("\r".to_owned());
        Ok(Reviewed::Accept)
    }
}

/// The interview of the manual: the patient of its file of answers, at the desk.
/// The manual shows it cut short and links to the whole of it, which is written
/// anew with the other transcripts.
#[test]
fn the_interview_is_what_the_screen_shows() {
    let plan = load::compiled(load::built_in()).expect("the built-in rules");
    let file = fs::read_to_string("tests/readme/anna.yaml").expect("answers");
    let mut typist = Typist {
        answers: file
            .lines()
            .filter_map(|line| line.split_once(": "))
            .collect(),
        keys: Vec::new(),
    };
    let as_of = candidacy_engine::date::Date::from_iso("2026-11-20").expect("a day");
    let options = InterviewOptions {
        as_of,
        today: as_of,
        quick: true,
        view: View::Desk,
        earlier: Vec::new(),
        keep: &mut |_| Ok(()),
    };
    interview(&plan, options, &mut typist).expect("an interview");

    let mut shell = Command::new("sh");
    let words = "screen --quick --as-of 2026-11-20";
    let line = format!("stty cols 80; exec '{PROGRAM}' {words} --color never");
    shell
        .args(["-c", &line])
        .env("TERM", "xterm-256color")
        .env("LC_ALL", "C.UTF-8");
    let mut window = Window::of(shell, 80);
    let (first, rest) = typist.keys.split_at(3);
    let fourth = |screen: &str| {
        let drawn = screen.split_once("Question 4 of");
        drawn.is_some_and(|(_, question)| question.contains("q quit"))
    };
    window
        .see("q quit")
        .by_hand(&first.concat())
        .wait("the fourth question", fourth);
    let question = window.text().trim_end().to_owned() + "\n";
    let (last, answers) = rest.split_last().expect("the review is confirmed");
    window.by_hand(&answers.concat()).see("The answers");
    let asked = window.text();
    let (asked, _) = asked
        .rsplit_once("\nEnter if all is right")
        .expect("its keys");
    let asked = asked.to_owned();
    let menu = |screen: &str| screen.trim_end().ends_with("q quit");
    window
        .by_hand(last)
        .see("a all reasons")
        .wait("the menu", menu);
    let verdict = window.text().trim().to_owned();
    window.by_hand("q");
    assert_eq!(window.end(), (0, true));
    assert_eq!(window.text().trim(), "DEFERRED to 1 Mar 2027");
    let screen = format!("{asked}\n\n{verdict}\n");

    let whole = format!("$ candidacy {words}\n{screen}");
    if std::env::var("UPDATE_README").is_ok_and(|value| value == "1") {
        fs::write(WHOLE, &whole).expect("the whole interview");
    }
    let stands = fs::read_to_string(WHOLE).expect("the whole interview");
    assert!(
        settled(&stands) == settled(&whole),
        "UPDATE_README=1 writes {WHOLE} anew; in fact\n{whole}"
    );
    let text = chapter("screening");
    for (info, screen) in [
        ("console question", question),
        ("console interview", screen),
    ] {
        let block = blocks(&text, info).into_iter().next();
        let block = &text[block.expect("it stands in the manual")];
        let shown = match block.split_once('\n') {
            Some((command, shown)) if command.starts_with("$ ") => shown,
            _ => block,
        };
        assert!(
            shows(shown, &screen),
            "--- in the manual\n{shown}--- in fact\n{screen}"
        );
    }
}

#[test]
fn every_diagnostic_is_explained() {
    let text = manual();
    for code in Code::ALL {
        let meaning = code.meaning().trim_end_matches('.');
        let (first, rest) = meaning.split_at(1);
        let line = format!("| `{}` | {}{rest} |\n", code.word(), first.to_lowercase());
        assert!(text.contains(&line), "the manual lacks the line\n{line}");
    }
    let tables = text.split("| word | meaning |").skip(1);
    let rows = tables.map(|table| {
        let rows = table.lines().skip(2);
        rows.take_while(|line| line.starts_with('|')).count()
    });
    assert_eq!(rows.sum::<usize>(), Code::ALL.len(), "and no others");
}

#[test]
fn every_exit_code_is_explained() {
    /// A code left out here does not compile.
    fn all(exit: Exit) -> [Exit; 8] {
        use Exit::{BrokenOff, Closed, Done, FailOn, Rules, Unfinished, Unreadable, Usage};
        match exit {
            Done | Unfinished | Usage | Rules | Unreadable | FailOn | BrokenOff | Closed => [
                Done, Unfinished, Usage, Rules, Unreadable, FailOn, BrokenOff, Closed,
            ],
        }
    }
    let text = manual();
    for exit in all(Exit::Done) {
        let row = format!("\n| {} | ", exit as u8);
        assert!(text.contains(&row), "the manual lacks {exit:?}");
    }
}

/// The words behind `heading` in a help text: commands, or long flags.
fn listed(help: &str, heading: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != heading).skip(1);
    let lines = lines.take_while(|line| line.is_empty() || line.starts_with(' '));
    lines
        .filter(|line| !line.starts_with("       "))
        .flat_map(|line| {
            line.split([' ', ','])
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

fn commands_and_flags(path: &[String], found: &mut Vec<String>) {
    let words: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
    let ended = run(&mut candidacy(Path::new("."), &words));
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{words:?}");
    let help = ended.out;
    let flags = listed(&help, "Options:");
    found.extend(flags.into_iter().filter(|word| word.starts_with("--")));
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands
        .take_while(|line| !line.is_empty())
        .filter(|line| !line.starts_with("   "));
    for command in commands.filter_map(|line| line.split_whitespace().next()) {
        if command != "help" {
            let path: Vec<String> = path.iter().cloned().chain([command.to_owned()]).collect();
            found.push(format!("candidacy {}", path.join(" ")));
            commands_and_flags(&path, found);
        }
    }
}

#[test]
fn every_command_and_flag_is_explained() {
    let text = manual().replace("candidacy rules test\n", "candidacy rules test ");
    let mut found = Vec::new();
    commands_and_flags(&[], &mut found);
    for word in found {
        assert!(text.contains(&word), "the manual lacks {word}");
    }
}

/// The anchor of a heading, as GitHub makes it.
fn anchor(title: &str) -> String {
    let title = title.trim_start_matches('#').trim().to_lowercase();
    let kept = title
        .chars()
        .filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
    kept.collect::<String>().replace(' ', "-")
}

/// Links of every page: the files exist, and so do the headings.
#[test]
fn every_link_leads_somewhere() {
    let text_of = |path: &Path| fs::read_to_string(path).expect("a page");
    for (page, text) in pages() {
        let folder = Path::new(&page).parent().expect("a folder");
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            if link.starts_with("https://") {
                continue;
            }
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => Path::new(&page).to_owned(),
                path => folder.join(path),
            };
            assert!(target.exists(), "{page}: no file {link}");
            let headings = || {
                let text = text_of(&target);
                let lines = text.lines().filter(|line| line.starts_with('#'));
                lines.map(anchor).collect::<Vec<_>>()
            };
            assert!(
                heading.is_empty() || headings().iter().any(|known| known == heading),
                "{page}: no heading {link}"
            );
        }
    }
}

/// The names of all fields in a schema.
fn names(value: &serde_json::Value, found: &mut Vec<String>) {
    if let Some(entries) = value.as_object() {
        if let Some(fields) = entries.get("properties").and_then(|p| p.as_object()) {
            found.extend(fields.keys().cloned());
        }
        entries.values().for_each(|inner| names(inner, found));
    }
}

#[test]
fn every_field_of_the_json_is_explained() {
    let schema = fs::read_to_string("src/report/schema.json").expect("the schema");
    let part = chapter("json");
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    let mut found = Vec::new();
    names(&schema, &mut found);
    assert!(found.len() > 30, "{found:?}");
    for name in found {
        assert!(
            part.contains(&format!("`{name}`")),
            "the manual lacks {name}"
        );
    }
}
