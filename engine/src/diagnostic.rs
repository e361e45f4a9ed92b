//! A problem in a file: what is wrong, where, and how to fix it.
//!
//! A file with an error cannot be used; a file with a warning can.

use std::sync::Arc;

use super::source::{Place, Source};

/// A problem that an author can fix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// The words that are wrong.
    pub place: Place,
    /// One sentence in lower case without a full stop; the author's text is in backticks.
    pub message: String,
    /// Evidence, one line each: a patient, or a consequence.
    pub notes: Vec<String>,
    /// How to fix it, one line each.
    pub help: Vec<String>,
    /// A second place, with a label.
    pub other: Option<(Place, String)>,
}

impl Diagnostic {
    /// A problem at `place`, still without help.
    #[must_use]
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            place,
            message: message.into(),
            notes: Vec::new(),
            help: Vec::new(),
            other: None,
        }
    }

    /// Adds evidence.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a way to fix it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds the second place.
    #[must_use]
    pub fn other(mut self, place: Place, label: impl Into<String>) -> Self {
        self.other = Some((place, label.into()));
        self
    }
}

/// Files that could not be used, with their problems: everything that a renderer needs.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The files, in the order they were loaded.
    pub sources: Arc<[Source]>,
    /// The problems in file order; at least one.
    pub problems: Vec<Diagnostic>,
}

/// How serious a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// The file cannot be used.
    Error,
    /// The file can be used, but is probably not what its author meant.
    Warning,
}

impl Level {
    /// The word before the brackets.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Declares the codes, each with its word and its sentence in the manual.
macro_rules! codes {
    ($($level:ident { $($name:ident $word:literal $meaning:literal)* })*) => {
        /// The kind of a problem; each has a word and a line in the manual.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code {
            $($(#[doc = $meaning] $name,)*)*
        }

        impl Code {
            /// All codes, in the order of the manual.
            pub const ALL: &[Self] = &[$($(Self::$name,)*)*];

            /// The word in brackets.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($(Self::$name => $word,)*)* }
            }

            /// Its meaning in one sentence.
            #[must_use]
            pub fn meaning(self) -> &'static str {
                match self { $($(Self::$name => $meaning,)*)* }
            }

            /// How serious it is.
            #[must_use]
            pub fn level(self) -> Level {
                match self { $($(Self::$name => Level::$level,)*)* }
            }
        }
    };
}

codes! {
    Error {
        NotYaml "not-yaml" "The text is not valid YAML: check quotes, brackets, colons and indentation."
        NotJson "not-json" "The text of a response is not JSON."
        OtherQuestionnaire "other-questionnaire" "A response answers a questionnaire of other rules, or of another version."
        NotUtf8 "not-utf-8" "The file is not saved as UTF-8."
        InvisibleCharacter "invisible-character" "An invisible character, or a blank that is not an ordinary space, changes what is read."
        YamlFeature "yaml-feature" "Anchors, aliases, tags, merge keys, complex keys and second documents are not used in these files."
        CommentAfterAnswer "comment-after-answer" "A comment follows an answer, or a question in a `--map-file`, that is not in quotes; it may be a part of it."
        EmptyFile "empty-file" "The file is empty."
        MissingFile "missing-file" "`topics` or `lexicon` names a file that does not exist."
        UnlistedFile "unlisted-file" "A rule file in the folder of the pack is not read, because `topics` does not list it."
        WrongShape "wrong-shape" "A value has the wrong kind, such as a list instead of a text."
        DuplicateKey "duplicate-key" "The same key is twice in one entry."
        UnknownKey "unknown-key" "The entry has no such key."
        MissingKey "missing-key" "The entry lacks a key that it needs."
        UnknownWord "unknown-word" "The word is not one of those that the key takes."
        BadId "bad-id" "An id is lower-case letters, digits, `-` and `_`, beginning with a letter."
        BadValue "bad-value" "A date, period, number or range that cannot be read."
        DuplicateId "duplicate-id" "Two entries have the same id, or a topic is listed twice."
        DuplicateWord "duplicate-word" "One word would mean two things in the same place."
        UnknownBase "unknown-base" "`extends` names no pack that can be read."
        UnknownPack "unknown-pack" "`from` names no pack from which topics can be taken."
        NotTaken "not-taken" "`questions` names a question that the other pack does not ask, or what is taken reads a question that this pack does not ask, or the pack extends another."
        FaultyPack "faulty-pack" "A pack from which topics are taken has problems itself."
        OtherBase "other-base" "The base is not the one that the overlay was written for."
        Weakening "milder" "An overlay would make a verdict less severe outside `relax`."
        NotLessSevere "not-less-severe" "Something under `relax` is not less severe than in the base."
        UntilTooFar "until-too-far" "A relaxation may end at most 24 months from today."
        ReviewToCome "review-to-come" "The day of the review is in the future."
        PrivateAnswer "private-answer" "A rule or an expectation that the desk sees reads the answer behind a private rule."
        UnreadableSentence "unreadable-sentence" "The sentence cannot be understood from the marked word on."
        WrongSentence "wrong-sentence" "The sentence does not fit the type of its question."
        WrongUnit "wrong-unit" "The number is in another unit than its question."
        OutOfRange "out-of-range" "The number is outside the range of its question."
        HoursDenied "hours-denied" "A wait in hours is where a longer wait makes a verdict less severe, or where only days count."
        NotCovered "not-covered" "A wait is longer than the time that its question asks about."
        UnknownQuestion "unknown-question" "No question has this id."
        UnknownOption "unknown-option" "The question has no such option."
        UnknownSetting "unknown-setting" "No setting has this name, or nothing reads the one that an overlay sets."
        UnknownGroup "unknown-group" "No group of medicines has this id, or nothing reads the one that an overlay adds."
        UnknownSource "unknown-source" "No source has this id."
        UnknownAdvice "unknown-advice" "No advice has this id."
        UnknownFact "unknown-fact" "No fact has this id."
        UnknownRule "unknown-rule" "No rule has this id."
        UnknownPersona "unknown-persona" "No persona has this id."
        UnknownText "unknown-text" "The base has no text of this name."
        MissingTexts "missing-texts" "An overlay changes the grade of a rule and keeps texts that were written for the other grade."
        MissingClears "missing-clears" "No date ends this temporary rule, and the rule does not say what does."
        GateOrder "gate-order" "Whether a question is asked depends on a later question."
        GateWindow "gate-window" "Whether a question is asked must not depend on how long ago something was."
        Cycle "cycle" "Facts, personas, cases or packs lead back to themselves."
        OptionalMisuse "optional-misuse" "An optional question decides something more severe than a precaution."
        TwoBirths "two-births" "Two questions are declared to ask for the date of birth."
        UnreadableAnswer "unreadable-answer" "The question does not take this answer."
        LaterDay "later-day" "An answer is a day after the treatment day."
        WrongTarget "wrong-target" "The expectation of a case contradicts itself."
    }
    Warning {
        NeverApplies "never-applies" "The rule can never apply."
        NotAsked "not-asked" "The rule needs an answer to a question that its patients are not asked."
        NoLongerInForce "no-longer-in-force" "The last day of the rule has passed."
        NeverDecides "never-decides" "The rule never changes a verdict: whenever it applies, a more severe rule applies too."
        NeverAsked "never-asked" "The question can never be asked."
        UnreadQuestion "unread-question" "Nothing reads the answers to the question."
        UnreadOption "unread-option" "The option has the same effect as another answer to its question."
        UnreadNone "unread-none" "*None of these* and an option of the question have the same effect."
        CalendarWait "calendar-wait" "Two waiting periods are almost equal, such as 180 days and 6 months."
        RelaxationOver "relaxation-over" "The last day of a relaxation has passed."
        ReviewOverdue "review-overdue" "The rules are overdue for review."
        UnusedSetting "unused-setting" "No sentence names the setting."
        UnusedSource "unused-source" "Nothing cites the source."
        UnusedAdvice "unused-advice" "No rule gives the advice."
        UnusedFact "unused-fact" "No condition names the fact, and it is not `doubtful`."
        UnusedGroup "unused-group" "No sentence names the group of medicines."
        LessSevereName "less-severe-name" "A name of a medicine is less severe than a name inside it."
        LookAlikeName "look-alike-name" "A name of a medicine is one typing error away from a more severe one."
        StopsMedicine "stops-medicine" "A text tells patients to stop a medicine that only its prescriber may stop."
        UnmappedGeneric "unmapped-generic" "A table of names has a generic that no group has."
        NotDecided "not-decided" "There were too many combinations to decide whether to warn."
    }
}

/// The problems found so far.
pub type Problems = Vec<Diagnostic>;

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_has_its_own_word() {
        let mut words: Vec<_> = Code::ALL.iter().map(|code| code.word()).collect();
        words.sort_unstable();
        let count = words.len();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
