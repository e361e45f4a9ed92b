//! How hard the texts are to read: the Flesch–Kincaid grade (Kincaid and others, 1975), in years of school.
//!
//! `cargo test --test reading_level -- --nocapture` prints the grade of each kind of text and the worst ten of it.

use std::fs;

use candidacy::load;

/// A kind of text, its texts by name, and the grade that their mean may not exceed.
struct Kind {
    name: &'static str,
    texts: Vec<(String, String)>,
    most: f64,
}

#[test]
fn texts_are_plain() {
    let plan = load::compiled(load::built_in()).expect("the built-in rules");
    let asked = plan.questions.iter().flat_map(|asked| {
        let question = &asked.question;
        let help = question.help.iter().map(move |help| (question, help));
        let help = help.map(|(question, help)| (format!("help of {}", question.id), help.clone()));
        std::iter::once((question.id.clone(), question.ask.clone())).chain(help)
    });
    let rules = plan.rules.iter();
    let why = rules.map(|rule| (rule.id.clone(), rule.why.clone()));
    let advice = plan.advice.iter();
    let advice = advice.map(|one| (one.id.clone(), one.text.clone()));
    let expected = plan.expectations.iter();
    let expected = expected.map(|one| (one.id.clone(), one.text.clone()));
    let kinds = [
        Kind {
            name: "questions",
            texts: asked.collect(),
            most: 8.0,
        },
        Kind {
            name: "reasons",
            texts: why.collect(),
            most: 8.0,
        },
        Kind {
            name: "advice",
            texts: advice.collect(),
            most: 8.0,
        },
        Kind {
            name: "what to expect",
            texts: expected.collect(),
            most: 8.0,
        },
        Kind {
            name: "the manual",
            texts: manual(),
            most: 10.0,
        },
    ];
    for kind in kinds {
        let mut grades: Vec<(f64, &str)> = kind
            .texts
            .iter()
            .filter_map(|(name, text)| Some((grade(text)?, name.as_str())))
            .collect();
        grades.sort_by(|one, other| other.0.total_cmp(&one.0));
        let all: String = kind
            .texts
            .iter()
            .map(|(_, text)| text.clone() + "\n")
            .collect();
        let mean = grade(&all).expect("some text");
        println!("{}: grade {mean:.1}", kind.name);
        for (grade, name) in grades.iter().take(10) {
            println!("  {grade:4.1}  {name}");
        }
        assert!(mean <= kind.most, "{}: grade {mean:.1}", kind.name);
    }
}

/// The chapters without tables, code and headings.
fn manual() -> Vec<(String, String)> {
    let entries = fs::read_dir("docs").expect("the chapters");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let chapters = paths.filter(|path| path.extension().is_some_and(|ending| ending == "md"));
    chapters
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a chapter");
            let mut fenced = false;
            let lines = text.lines().filter(|line| {
                let fence = line.starts_with("```");
                fenced ^= fence;
                !fenced && !fence && !line.starts_with(['|', '#', ' '])
            });
            let prose: String = lines.map(|line| line.to_owned() + "\n").collect();
            (path.display().to_string(), prose)
        })
        .collect()
}

/// The grade of a text; none of one without a sentence.
fn grade(text: &str) -> Option<f64> {
    // What is in ticks is a name or a command, not a word to be read.
    let prose: String = text.split('`').step_by(2).collect();
    let ends = |letter: char| ".!?".contains(letter);
    let paragraphs = prose.replace("\n\n", ". ").replace('\n', " ");
    let (mut sentences, mut words, mut syllables) = (0_u32, 0_u32, 0_u32);
    for sentence in paragraphs.split(ends) {
        let spoken = sentence
            .split_whitespace()
            .filter(|word| word.contains(char::is_alphabetic));
        let counted: Vec<u32> = spoken.map(syllables_of).collect();
        if counted.len() > 1 {
            sentences += 1;
            words += u32::try_from(counted.len()).expect("a short sentence");
            syllables += counted.iter().sum::<u32>();
        }
    }
    (sentences > 0).then(|| {
        let (sentences, words, syllables) =
            (f64::from(sentences), f64::from(words), f64::from(syllables));
        0.39 * words / sentences + 11.8 * syllables / words - 15.59
    })
}

/// Groups of vowels, without a silent e at the end.
fn syllables_of(word: &str) -> u32 {
    let word = word.to_lowercase();
    let letters: Vec<char> = word
        .chars()
        .filter(|letter| letter.is_alphabetic())
        .collect();
    let vowel = |letter: &char| "aeiouy".contains(*letter);
    let mut groups = 0;
    let mut before = false;
    for letter in &letters {
        let here = vowel(letter);
        groups += u32::from(here && !before);
        before = here;
    }
    let silent = letters.len() > 2 && letters.ends_with(&['e']) && !letters.ends_with(&['l', 'e']);
    groups.saturating_sub(u32::from(silent)).max(1)
}

#[test]
fn the_grade_is_counted_as_its_authors_say() {
    let close = |text: &str, expected: f64| {
        let grade = grade(text).expect("a sentence");
        assert!((grade - expected).abs() < 0.01, "{text}: {grade}");
    };
    // 0.39 * 3 / 1 + 11.8 * 3 / 3 - 15.59
    close("The cat sat.", -2.62);
    // 0.39 * 6 / 2 + 11.8 * 15 / 6 - 15.59
    close("Dermatologists examine inflammation. Do not book.", 15.08);
    assert_eq!(syllables_of("microneedling"), 4);
    assert_eq!(syllables_of("table"), 2);
    assert_eq!(syllables_of("take"), 1);
}
