//! Random keys on all kinds of lists, in whole interviews without a screen.

use proptest::prelude::*;

use super::{Key, List};
use crate::error::Error;
use crate::interview::{
    Ask, Begun, Confirmed, InterviewOptions, Prompt, Response, Reviewed, Row, interview,
};
use crate::load;
use crate::report::model::View;
use candidacy_engine::answer::Answers;
use candidacy_engine::assess::assess;
use candidacy_engine::date::Date;
use candidacy_engine::plan::Plan;

fn plan() -> Plan {
    load::plan(Some("tests/terminal/kinds.yaml".as_ref())).expect("a sound pack")
}

/// A user who presses random keys, and who interrupts the interview when there are no more.
struct Fingers {
    chance: std::vec::IntoIter<(Key, usize)>,
}

const WORDS: [&str; 18] = [
    "never",
    "none",
    "1991-04",
    "yes",
    "ongoing",
    "ended last spring",
    "2 or 3 months ago",
    "last May",
    "2027-01-01",
    "1.5",
    "300",
    "elliquis, aspirin",
    "Eliquis 5 mg",
    "not sure",
    "declined",
    "",
    "\u{5bbd}\u{5b57}",
    "/",
];

impl Ask for Fingers {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error> {
        let listed = prompt.asked.question.kind.is_picked();
        let mut list = List::of(prompt);
        for (key, chance) in self.chance.by_ref() {
            let said = if listed {
                list.press(&key, prompt)
            } else {
                Some(match chance {
                    0 => Response::Back(Begun::No),
                    1 => Response::Skip,
                    2 => Response::Review(Begun::No),
                    chance => Response::Reply(WORDS[chance % WORDS.len()].to_owned()),
                })
            };
            let shown = list.shown();
            assert!(
                list.row.is_none_or(|row| shown.contains(&row)),
                "the cursor stands on a row that can be seen"
            );
            match said {
                Some(Response::Quit) | None => {}
                Some(said) => return Ok(said),
            }
        }
        Err(Error::BrokenOff)
    }

    fn understood(&mut self, _: &str) -> Result<(), Error> {
        Ok(())
    }

    fn confirm(&mut self, words: &str, _: bool) -> Result<Confirmed, Error> {
        let chance = self.chance.next().map_or(0, |(_, chance)| chance);
        let yes = !words.contains("Stop here") && chance.is_multiple_of(2);
        Ok(match chance % 7 {
            5 => Confirmed::Back,
            6 => Confirmed::Review,
            _ if yes => Confirmed::Yes,
            _ => Confirmed::No,
        })
    }

    fn review(&mut self, rows: &[Row]) -> Result<Reviewed, Error> {
        Ok(match self.chance.next() {
            None => return Err(Error::BrokenOff),
            Some((_, 0)) => Reviewed::Back,
            Some((_, 1..=4)) => Reviewed::Accept,
            Some((_, chance)) => Reviewed::Change(chance % rows.len().max(1)),
        })
    }
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        8 => prop::sample::select("ynupsr?</ 0123456789".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        4 => prop::sample::select("abcdefghiklmnoprstuv\u{e9}\u{5bbd}".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        6 => prop::sample::select(vec![
            Key::Enter, Key::Enter, Key::Enter, Key::Down, Key::Up, Key::Tab, Key::BackTab,
            Key::Backspace, Key::Escape, Key::Home, Key::Delete,
        ]),
        3 => Just(Key::Char('/')),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any keys work without an error, and the result is the same as from a file with the same
    /// words.
    #[test]
    fn any_keys_come_to_what_a_file_would(chance in prop::collection::vec((key(), 0_usize..40), 3000)) {
        let plan = plan();
        let as_of = Date::from_iso("2026-11-20").expect("a day");
        let mut texts: Vec<(String, String)> = Vec::new();
        let mut keep = |now: &[(&str, &str)]| {
            texts = now.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
            Ok(())
        };
        let options = InterviewOptions { as_of, today: as_of, quick: false, view: View::Desk, earlier: Vec::new(), keep: &mut keep };
        let mut fingers = Fingers { chance: chance.into_iter() };
        let Ok(answers) = interview(&plan, options, &mut fingers) else {
            return Ok(());
        };
        let same = from_file(&plan, as_of, &texts);
        prop_assert_eq!(&answers, &same);
        let verdict = |answers: &Answers| assess(&plan, answers, as_of).verdict;
        prop_assert_eq!(verdict(&answers), verdict(&same));
    }
}

fn from_file(plan: &Plan, as_of: Date, texts: &[(String, String)]) -> Answers {
    let mut answers = plan.blank_answers();
    for (id, text) in texts {
        let number = plan.question(id).expect("a question");
        let question = &plan.questions[number].question;
        let reply = plan.reader(as_of).reply(question, text);
        answers.set(number, reply.expect("an answer"));
    }
    answers
}

/// Presses `keys` on the list of a question on its own.
fn pressed(id: &str, view: View, before: &str, keys: &[Key]) -> (Option<Response>, Vec<String>) {
    pressed_in(&plan(), id, view, before, keys)
}

fn pressed_in(
    plan: &Plan,
    id: &str,
    view: View,
    before: &str,
    keys: &[Key],
) -> (Option<Response>, Vec<String>) {
    struct Once<'k> {
        id: &'k str,
        keys: &'k [Key],
        came: (Option<Response>, Vec<String>),
    }
    impl Ask for Once<'_> {
        fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error> {
            assert_eq!(prompt.asked.question.id, self.id);
            let mut list = List::of(prompt);
            let said = self.keys.iter().find_map(|key| list.press(key, prompt));
            let ticked = list.ids().into_iter().map(str::to_owned).collect();
            self.came = (said, ticked);
            Err(Error::BrokenOff)
        }
        fn understood(&mut self, _: &str) -> Result<(), Error> {
            Ok(())
        }
        fn confirm(&mut self, _: &str, _: bool) -> Result<Confirmed, Error> {
            Ok(Confirmed::No)
        }
        fn review(&mut self, rows: &[Row]) -> Result<Reviewed, Error> {
            Ok(Reviewed::Change(rows.len() - 1))
        }
    }
    let number = plan.question(id).expect("a question");
    let well = [
        "1991-04", "never", "never", "1", "no", "nose", "none", "no", "none",
    ];
    let mut earlier: Vec<(usize, String)> = (0..number).map(|n| (n, well[n].to_owned())).collect();
    // Without an earlier answer the question is the next one; otherwise the user goes back to it.
    if !before.is_empty() {
        earlier.push((number, before.to_owned()));
    }
    let mut once = Once {
        id,
        keys,
        came: (None, Vec::new()),
    };
    let as_of = Date::from_iso("2026-11-20").expect("a day");
    let options = InterviewOptions {
        as_of,
        today: as_of,
        quick: false,
        view,
        earlier,
        keep: &mut |_| Ok(()),
    };
    let mut back = Backing(&mut once, !before.is_empty());
    assert!(interview(plan, options, &mut back).is_err());
    once.came
}

/// If the flag is set, goes back once before the other source answers.
struct Backing<'p>(&'p mut dyn Ask, bool);

impl Ask for Backing<'_> {
    fn ask(&mut self, prompt: &Prompt<'_>) -> Result<Response, Error> {
        if std::mem::take(&mut self.1) {
            return Ok(Response::Back(Begun::No));
        }
        self.0.ask(prompt)
    }
    fn understood(&mut self, words: &str) -> Result<(), Error> {
        self.0.understood(words)
    }
    fn confirm(&mut self, words: &str, _: bool) -> Result<Confirmed, Error> {
        self.0.confirm(words, false)
    }
    fn review(&mut self, rows: &[Row]) -> Result<Reviewed, Error> {
        self.0.review(rows)
    }
}

fn letters(text: &str) -> Vec<Key> {
    text.chars()
        .map(|letter| match letter {
            '\n' => Key::Enter,
            '\u{1b}' => Key::Escape,
            letter => Key::Char(letter),
        })
        .collect()
}

#[test]
fn ticks_outlast_a_search_and_are_never_denied_by_a_slip() {
    #[track_caller]
    fn case(before: &str, keys: &str, said: Option<&str>, ticked: &[&str]) {
        seen_by(View::Clinician, before, keys, said, ticked);
    }
    /// The same for the desk view, in which the twelfth option is private.
    #[track_caller]
    fn desk(before: &str, keys: &str, said: Option<&str>, ticked: &[&str]) {
        seen_by(View::Desk, before, keys, said, ticked);
    }
    #[track_caller]
    fn seen_by(view: View, before: &str, keys: &str, said: Option<&str>, ticked: &[&str]) {
        let (came, ticks) = pressed("skin_conditions", view, before, &letters(keys));
        let said = said.map(|text| Response::Reply(text.to_owned()));
        assert_eq!(
            (came, ticks),
            (said, ticked.iter().map(|id| (*id).to_owned()).collect()),
            "{keys:?}"
        );
    }

    case("", "2", None, &["psoriasis"]);
    case("", "2/canc\n", None, &["psoriasis", "cancer"]);
    case(
        "",
        "2/canc\n\n",
        Some("psoriasis;cancer"),
        &["psoriasis", "cancer"],
    );
    case("", "2/canc\u{1b}", None, &["psoriasis"]);
    // Several rows match, so Enter takes none of them.
    case("", "/c\n", None, &[]);
    // A number still means the same row.
    case("", "/canc12", None, &["hiv"]);
    case("", "/1canc\n", None, &["cancer"]);
    // Command letters are part of the filter.
    case("", "/ruqpsn", None, &[]);
    case("", "n", Some("none"), &[]);
    case("", "2n", None, &["psoriasis"]);
    case("", "2n\n", Some("psoriasis"), &["psoriasis"]);
    case("", "2n3n", None, &["psoriasis", "rosacea"]);
    case("", "2nn", Some("none"), &["psoriasis"]);
    case("", "2u", Some("psoriasis;not sure"), &["psoriasis"]);
    case("", "2p", Some("psoriasis;declined"), &["psoriasis"]);
    // After going back, Enter keeps the answer, and only `n` settles what was left open.
    case("psoriasis", "\n", Some("psoriasis"), &["psoriasis"]);
    case("none", "\n", Some("none"), &[]);
    case("not sure", "\n", Some("not sure"), &[]);
    case("declined", "\n", Some("declined"), &[]);
    let open = "psoriasis;not sure";
    case(open, "\n", Some(open), &["psoriasis"]);
    case(
        open,
        "3\n",
        Some("psoriasis;rosacea;not sure"),
        &["psoriasis", "rosacea"],
    );
    case(open, "2\n", Some("not sure"), &[]);
    case(open, "n\n", Some("psoriasis"), &["psoriasis"]);
    case(open, "nn", Some("none"), &["psoriasis"]);
    case(
        "psoriasis;declined",
        "3\n",
        Some("psoriasis;rosacea;declined"),
        &["psoriasis", "rosacea"],
    );
    case("not sure", "n", Some("none"), &[]);
    case("not sure", "3n\n", Some("rosacea"), &["rosacea"]);
    case("none", "33\n", None, &[]);
    // Private answers are kept, and nothing shows whether they were ticked.
    desk("hiv", "\n", Some("hiv"), &["hiv"]);
    desk("hiv", "3\n", Some("rosacea;hiv"), &["rosacea", "hiv"]);
    desk("psoriasis;hiv", "2\n", Some("hiv"), &["hiv"]);
    desk("psoriasis", "2\n", Some("none"), &[]);
    desk("hiv", "n", None, &["hiv"]);
    desk("none", "n", None, &[]);
    desk("hiv", "nn", Some("none"), &["hiv"]);
    desk("none", "nn", Some("none"), &[]);
    desk("none", "12\n", Some("hiv"), &["hiv"]);
    desk("hiv", "1212\n", None, &[]);
    desk("not sure", "3n\n", Some("rosacea;not sure"), &["rosacea"]);
    desk("not sure", "nn", Some("none"), &[]);
    // There is no earlier answer, so everything is shown.
    desk("", "12\n", Some("hiv"), &["hiv"]);
    desk("", "n", Some("none"), &[]);
}

#[test]
fn none_of_these_is_no_key_where_one_always_applies() {
    let mut plan = plan();
    let number = plan.question("skin_conditions").expect("a question");
    plan.questions[number].question.exhaustive = true;
    let case = |keys: &str| pressed_in(&plan, "skin_conditions", View::Desk, "", &letters(keys)).0;
    let reply = |text: &str| Some(Response::Reply(text.to_owned()));
    assert_eq!(case("n"), None);
    assert_eq!(case("nn\n"), None);
    assert_eq!(case("2nn"), None);
    assert_eq!(case("\n"), None);
    assert_eq!(case("n2\n"), reply("psoriasis"));
    assert_eq!(case("u"), reply("not sure"));
}

#[test]
fn one_option_is_found_by_its_letters() {
    let case = |keys: &str| pressed("place", View::Desk, "", &letters(keys)).0;
    let reply = |id: &str| Some(Response::Reply(id.to_owned()));
    assert_eq!(case("/mouth\n"), None);
    assert_eq!(case("/lip\n"), reply("lips"));
    assert_eq!(case("/decol\n"), reply("chest"));
    assert_eq!(case("/ne\n"), reply("neck"));
    assert_eq!(case("/n\n"), None);
    assert_eq!(case("/\n"), None);
    assert_eq!(case("/n<"), Some(Response::Back(Begun::No)));
    assert_eq!(case("3"), reply("nose"));
    assert_eq!(case("11"), reply("thighs"));
}
