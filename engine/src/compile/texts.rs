//! Texts in which a setting's name in braces is replaced by its waiting period: `wait {peel_wait}`.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::pack::{Pack, Setting};
use crate::source::Place;
use crate::suggest::way_out;

/// The text with each setting's name replaced by its period. A name without a setting is a problem of the entry at
/// `place`. Braces around anything else than a name are kept.
pub fn filled(text: &str, place: Place, pack: &Pack, problems: &mut Problems) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, name, after)) = first_name(rest) {
        filled.push_str(before);
        let mut settings = pack.settings.iter();
        if let Some(setting) = settings.find(|setting| setting.name.value == name) {
            filled.push_str(&in_words(setting));
        } else {
            let known = pack.settings.iter().map(|one| one.name.value.as_str());
            let message =
                format!("a text of this entry names the setting `{name}`, which does not exist");
            problems.push(
                Diagnostic::new(Code::UnknownSetting, place, message)
                    .help(way_out(name, "setting", known)),
            );
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The period; while it is relaxed also the later one, because the wait may end only then.
fn in_words(setting: &Setting) -> String {
    let period = setting.period;
    match &setting.strict {
        Some((until, strict)) => {
            format!(
                "{period} (until {}; from then on {strict})",
                until.in_words()
            )
        }
        None => period.to_string(),
    }
}

/// [`filled`] for an optional text.
pub fn filled_if(
    text: Option<&String>,
    place: Place,
    pack: &Pack,
    problems: &mut Problems,
) -> Option<String> {
    text.map(|text| filled(text, place, pack, problems))
}

/// The text before the first name in braces, the name, and the text after it.
fn first_name(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let open = from + text.get(from..)?.find('{')?;
        let inside = text.get(open + 1..)?;
        let close = inside.find('}')?;
        let name = inside.get(..close)?;
        let is_name = name.starts_with(|letter: char| letter.is_ascii_lowercase())
            && name.chars().all(|letter| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter)
            });
        if is_name {
            return Some((text.get(..open)?, name, inside.get(close + 1..)?));
        }
        from = open + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::filled;
    use crate::pack;
    use crate::source::{Place, Source};

    #[test]
    fn settings_are_named_in_texts() {
        #[track_caller]
        fn case(text: &str, expected: &str, wrong: usize) {
            let settings = "settings: {peel_wait: 4 weeks, filler-wait: 1 month}";
            let pack = pack::read(vec![Source::new("a.yaml", settings)]);
            let place = Place {
                source: 0,
                start: 0,
                end: 1,
            };
            let mut problems = Vec::new();
            assert_eq!(
                filled(text, place, &pack, &mut problems),
                expected,
                "{text}"
            );
            assert_eq!(problems.len(), wrong, "{text}");
        }

        case("Wait {peel_wait}.", "Wait 4 weeks.", 0);
        case("{peel_wait} or {filler-wait}", "4 weeks or 1 month", 0);
        case("no setting", "no setting", 0);
        case("{peel_wiat} more", " more", 1);
        case(
            "a {Set} of {} and { peel_wait }",
            "a {Set} of {} and { peel_wait }",
            0,
        );
        case("{a {peel_wait}", "{a 4 weeks", 0);
        case("an open { stays", "an open { stays", 0);
    }
}
