//! Every file in `tests/bad` is refused, and the refusal helps.
//!
//! The folders sort the files by what is wrong. What the author reads is beside each file. A pack of several files
//! is a folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use candidacy::error::Error;
use candidacy::{load, report};
use candidacy_engine::compile::compile_on;
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Level};

/// Makes one test of each name, so that one failure does not hide the next. The folders sort them by what is wrong.
macro_rules! bad {
    ($($folder:ident { $($name:ident)* })*) => {
        const LISTED: &[&str] = &[$($(concat!(stringify!($folder), "/", stringify!($name))),*),*];

        $(
            mod $folder {
                $(
                    #[test]
                    fn $name() {
                        super::explain(stringify!($folder), stringify!($name));
                    }
                )*
            }
        )*
    };
}

bad! {
    // The text as YAML.
    yaml {
        colon_in_text
        unclosed_quote
        unclosed_bracket
        unclosed_brace
        tab
        anchor
        alias
        tag
        tag_known
        merge_key
        second_document
        text_begins_with_at
        text_begins_with_percent
        text_after_quote
        remark_without_blank
        too_deep
        indentation
        key_without_colon
        key_without_blank
        missing_dash
        missing_dash_outdented
        missing_dash_first
        missing_comma
        empty_file
        only_a_comment
        a_sentence
        a_list
        nothing_asked
        quote_closed_by_the_next
        apostrophe_in_single_quotes
        bracket_of_another_kind
        bracket_too_many
        comma_too_many
        remark_in_brackets
        key_indented_deeper
        list_on_the_line_of_its_key
        comma_in_text
        blank_missing_in_braces
        colon_in_braces
        backslash
        invisible_sign
        no_break_space_in_indentation
        no_break_space_behind_colon
        right_to_left_mark
        zero_width_space_in_id
        soft_hyphens
        byte_order_mark_inside
        line_separator
        quotes_of_a_word_processor
        quotes_of_a_word_processor_and_colon
        quotes_of_a_word_processor_and_comma
        missing_dash_before_brace
        tag_bool
        complex_key
        complex_key_list
        windows_1252
        utf16
        comment_after_answer
        comment_in_text
        range_as_list
        medicine_called_none
        option_called_no
        none_where_one_applies
    }

    // A text, a list, keys and values.
    shapes {
        list_for_text
        keys_for_text
        text_for_list
        text_for_entry
        text_for_settings
        list_for_settings
        empty_text
        empty_why
        empty_keys
        empty_answers
        nested_answer
        empty_condition
        condition_with_unknown_key
        condition_with_two_keys
        condition_text_behind_any
        options_on_yes_no
        unit_on_event
        condition_as_key
        sections_out_of_sight
    }

    // Keys that no such entry has.
    unknown_keys {
        unknown_key_in_file
        unknown_key_in_pack
        unknown_key_in_source
        unknown_key_in_group
        unknown_key_in_medicine
        unknown_key_in_question
        unknown_key_in_option
        unknown_key_in_fact
        unknown_key_in_advice
        unknown_key_in_rule
        unknown_key_in_expectation
        unknown_key_in_closing
        unknown_key_in_persona
        unknown_key_in_case
        unknown_key_in_expect
        unknown_key_in_timeline
        unknown_key_in_claim
        unknown_key_nothing_near
    }

    // Keys that are not there.
    missing_keys {
        clinic_without_phone
        missing_format
        missing_pack
        missing_version
        missing_title
        missing_status
        missing_owner
        missing_review_by
        missing_question_id
        missing_ask
        missing_type
        missing_options
        empty_options
        missing_option_text
        missing_grade
        missing_when
        empty_when
        missing_why
        misspelt_id
        missing_sources
        empty_sources
        missing_clears
        missing_members
        lexicon_unknown
        missing_url
        missing_fact_label
        missing_advice_text
        missing_override_reason_text
        missing_as_of
        missing_expect
        case_expects_nothing
        missing_claim_condition
        missing_range_worst
    }

    // Words, ids, dates, periods and numbers.
    values {
        clinic_no_number
        on_no_page
        unknown_format
        unknown_type
        unknown_grade
        grade_refuse
        grade_of_no_rule
        grade_nothing_near
        if_unsure_doctor
        verdict_refuse
        type_text
        unknown_if_unsure
        unknown_status
        unknown_strength
        unknown_verdict
        unknown_promise
        unknown_flag
        bad_id
        id_begins_with_digit
        bad_setting
        bad_period
        zero_period
        period_in_one_word
        period_without_unit
        bad_date
        date_other_way_round
        from_after_to
        bad_range
        bad_covers
        preset_unreadable
        preset_blank
        preset_of_a_patient
        guardian_without_birth
        wait_not_covered
        range_backwards
        not_a_number
        decimal_comma
        out_of_range
        wrong_unit
        missing_unit
        unit_on_bare_count
        unit_glued_to_number
        between_without_unit
        between_backwards
        medicine_with_slash
        option_called_none
    }

    // Two that are called the same.
    duplicates {
        duplicate_key
        duplicate_section
        duplicate_setting
        duplicate_answer
        duplicate_question
        duplicate_question_of_other_type
        duplicate_question_and_fact
        duplicate_rule
        duplicate_source
        duplicate_option
        duplicate_case
        duplicate_override_reason
        option_words_clash
        option_texts_clash
        option_reserved_word
        headings_clash
        asks_clash
        medicine_form_empty
        medicine_form_of_no_group
        medicine_form_twice
        medicine_form_unknown
        medicine_named_twice
        group_called_unrecognised
        ids_called_private
    }

    // Names that stand nowhere.
    unknown_names {
        moved_nowhere
        unknown_question
        unknown_question_nothing_near
        unknown_option
        unknown_option_nothing_near
        unknown_setting
        unknown_setting_none_yet
        unknown_group
        unknown_source
        unknown_advice
        unknown_fact
        unknown_rule
        unknown_persona
        unknown_persona_of_persona
        unknown_question_in_ask_when
        unknown_question_in_expectation
        unknown_question_in_claim
        unknown_question_in_persona
        unknown_question_in_case
        unknown_question_in_expect
        unknown_option_in_persona
        option_of_choice_alone
        option_of_question_without_options
    }

    // Sentences that do not fit, or stop making sense.
    conditions {
        not_for_yes_no
        not_for_choice
        not_for_choices
        not_for_number
        not_for_date
        not_for_event
        not_for_course
        not_for_medicines
        not_for_fact
        question_holds
        sentence_empty
        sentence_only_not
        sentence_only_a_question
        sentence_stops
        sentence_ends_early
        sentence_goes_on
        sentence_one_of_nothing
        sentence_with_comma
        sentence_with_and
        sentence_within_nothing
        sentence_months_ago
        sentence_ended_without_within
        sentence_or_stops
        sentence_at_what
        sentence_over_nothing
        sentence_more_than
        sentence_between_without_and
        sentence_include_nothing
        sentence_begins_with_capital
        sentence_true_or_false
        sentence_in_prose
    }

    // Order, circles, optional questions.
    order {
        fact_circle_of_two
        fact_circle_of_three
        unless_optional
        fact_leans_on_itself
        facts_without_end
        persona_circle
        persona_like_itself
        ask_when_on_later_question
        ask_when_on_itself
        ask_when_with_window
        optional_gates_required
        optional_decides
    }

    // Answers in personas and cases.
    answers {
        answer_not_yes_or_no
        answer_wrong_option
        answer_wrong_option_nothing_near
        answer_none_and_some
        answer_two_for_choice
        answer_out_of_range
        answer_no_number
        answer_no_such_day
        answer_letters_lost
        answer_two_ways_round
        answer_no_date
        birth_of_an_event
        two_births
        answer_open_year
        answer_yes_to_course
        answer_none_and_medicine
        answer_in_the_future
        persona_later_than_case
        answer_mark
    }

    // Expectations of cases.
    expectations {
        timeline_begins_later
        timeline_empty
        timeline_backwards
        timeline_changes_nothing
        range_best_worse_than_worst
    }

    // Where the caret stands.
    places {
        many_mistakes
        byte_order_mark
        byte_order_mark_first_line
        crlf
        crlf_end_of_line
        double_quoted_sentence
        double_quoted_with_escape
        folded_sentence
        sentence_over_two_lines
        quoted_over_two_lines
        folded_ends_early
        not_ascii
        wide_letters
    }

    // Packs of several files.
    folders {
        lexicon_missing
        lexicon_semicolons
        lexicon_table
        lexicon_without_a_column
        folder_missing_topic
        folder_topic_not_utf8
        folder_topic_windows_1252
        folder_topic_is_a_folder
        folder_topic_links_to_itself
        folder_topic_links_to_nothing
        folder_topic_outside
        folder_empty_topic
        folder_duplicate_rule
        folder_unreadable_topic
        folder_bad_case
        folder_topic_listed_twice
        folder_two_files
        folder_pack_in_topic
        folder_without_topics
        folder_topics_misspelt
        folder_unlisted_file
        folder_unlisted_folder
        folder_cases_below
        topics_of_a_file
    }

    // Waits in hours where only days are safe.
    hours {
        hours_denied
        hours_in_covers
    }

    // Events that may be planned.
    planned {
        before_and_after
        both_sides_of_a_course
        ended
        in_a_gate
        one_side_named
        one_sided
        only_past
        open_year
        passed
        planned_date
        too_far
        too_long
        too_long_setting
        under_unless
    }

    // Packs that take topics from another.
    takes {
        take_unknown_pack
        take_no_such_folder
        take_private
        take_unknown_topic
        take_unknown_question
        take_missing_question
        take_same_id
        take_nothing
        take_unknown_key
        take_twice
        take_from_itself
        take_from_bad_pack
        take_circle
        take_from_overlay
        take_in_overlay
    }

    // Packs that extend another.
    overlays {
        left_out_for_good
        left_out_with_a_day
        left_out_and_reworded
        left_out_unknown
        table_silences
        built_in_lexicon
        overlay_shorter_wait
        overlay_milder_grade
        overlay_milder_unsure
        overlay_drop
        overlay_says_nothing
        overlay_told_at_the_desk
        overlay_name_hides
        overlay_name_says_nothing
        overlay_name_silences
        overlay_unknown_rule
        overlay_unreadable_wait
        overlay_changed_twice
        overlay_relaxed_twice
        overlay_relax_without
        overlay_unknown_key_in_change
        overlay_change_of_a_fact
        overlay_question_unknown
        overlay_question_optional
        overlay_question_without_options
        overlay_question_moved_twice
        overlay_question_behind_itself
        overlay_question_changed_twice
        overlay_question_says_nothing
        overlay_question_relaxed
        overlay_text_unknown
        overlay_advice_unknown
        overlay_closing_unknown
        overlay_text_changed_twice
        overlay_rule_and_rules
        overlay_rules_empty
        overlay_rule_begins_later
        overlay_rule_ends_sooner
        overlay_condition_unreadable
        overlay_text_names_no_setting
        overlay_option_hides_yes
        overlay_question_asks_less_far_back
        overlay_question_covers_less
        overlay_change_by_id
        overlay_change_without_rule
        overlay_optional_of_the_base
        overlay_second_birth
        overlay_unknown_key_in_relax
        overlay_temporary_without_end
        overlay_rule_again
        overlay_other_base
        overlay_without_extends
        overlay_no_such_base
        overlay_no_such_file
        overlay_circle
        overlay_extends_itself
        overlay_over_a_bad_base
        overlay_extends_in_topic
        overlay_relax_longer_wait
        overlay_relax_more_severe
        overlay_until_too_far
        overlay_setting_unread
        overlay_wait_not_covered
        overlay_group_unread
        overlay_texts_of_another_grade
        overlay_private_answer
        overlay_private_answer_of_the_base
        overlay_makes_private
    }

    // Who has reviewed the rules.
    reviews {
        reviewed_by_whom
        reviewed_by_nobody
        reviewed_on_no_day
        reviewed_draft
        reviewed_later
        specialist_is_nobody
    }

    // What the desk must not see.
    privacy {
        private_answer
    }
}

/// Holds what the author of `name` reads against the snapshot beside it.
fn explain(folder: &str, name: &str) {
    let refusal = refusal_of(&format!("{folder}/{name}"));

    insta::with_settings!({
        snapshot_path => format!("bad/{folder}"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(name, refusal);
    });
}

fn refusal_of(name: &str) -> String {
    let file = format!("tests/bad/{name}.yaml");
    let folder = format!("tests/bad/{name}");
    let path = if Path::new(&file).exists() {
        file
    } else {
        folder
    };
    let today = Date::from_iso("2026-11-20").expect("a day");
    // With its cases, as `rules check` reads it.
    let compiled = load::load(Path::new(&path))
        .and_then(|loaded| compile_on(loaded.read(), today).map_err(Error::Rules));
    match compiled {
        Ok(_) => panic!("`{path}` is accepted"),
        Err(Error::Rules(refusal)) => report::diagnostic::refusal(&refusal, false),
        Err(other) => panic!("`{path}`: {other}"),
    }
}

/// The names under the folders of `tests/bad` that have one of `endings`; `/` stands for a folder.
fn found(endings: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for folder in entries(Path::new("tests/bad"))
        .into_iter()
        .filter(|entry| entry.is_dir())
    {
        let name_of = |path: &Path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.expect("a plain name").to_owned()
        };
        for entry in entries(&folder) {
            let mark = if entry.is_dir() { "/" } else { "" };
            let name = format!("{}/{}{mark}", name_of(&folder), name_of(&entry));
            let ending = endings.iter().find_map(|ending| name.strip_suffix(ending));
            found.extend(ending.map(str::to_owned));
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of folders");
    entries
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

#[test]
fn no_file_is_forgotten() {
    let listed: BTreeSet<String> = LISTED.iter().map(|name| (*name).to_owned()).collect();

    assert_eq!(listed, found(&[".yaml", "/"]));
    assert_eq!(listed, found(&[".snap"]));
}

#[test]
fn what_notepad_adds_is_still_there() {
    let bytes = |name: &str| fs::read(format!("tests/bad/{name}.yaml")).expect("a file");
    assert!(bytes("places/byte_order_mark").starts_with("\u{feff}".as_bytes()));
    assert!(bytes("places/crlf").ends_with(b"\r\n"));
}

#[test]
fn every_code_is_shown() {
    let shown: String = LISTED.iter().map(|name| refusal_of(name)).collect();
    // Responses of FHIR are refused there.
    let responses = fs::read_to_string("tests/fhir/refused.snap").expect("a snapshot");
    let shown = shown + &responses;

    let errors = |code: &&Code| code.level() == Level::Error;
    for code in Code::ALL.iter().filter(errors) {
        let title = format!("error[{}]: ", code.word());
        assert!(
            shown.contains(&title),
            "nothing in tests/bad or tests/fhir shows `{}`",
            code.word()
        );
    }
}
