use proptest::prelude::*;

use super::{Decoder, Key};

/// The keys of `bytes`, including the key that counts if nothing follows.
fn pressed(bytes: &[u8]) -> Vec<Key> {
    let mut decoder = Decoder::default();
    let mut keys = decoder.keys(bytes);
    while decoder.patience().is_some() {
        keys.extend(decoder.silence());
    }
    keys
}

fn letters(text: &str) -> Vec<Key> {
    text.chars().map(Key::Char).collect()
}

#[test]
fn our_keys() {
    #[track_caller]
    fn case(bytes: &str, key: Key) {
        assert_eq!(pressed(bytes.as_bytes()), [key], "{bytes:?}");
    }

    case("y", Key::Char('y'));
    case("\u{e9}", Key::Char('\u{e9}'));
    case("\u{5bbd}", Key::Char('\u{5bbd}'));
    case("\u{1f600}", Key::Char('\u{1f600}'));
    case("\r", Key::Enter);
    case("\n", Key::Enter);
    case("\t", Key::Tab);
    case("\u{7f}", Key::Backspace);
    case("\u{8}", Key::Backspace);
    case("\u{15}", Key::Char('\u{15}'));
    case("\u{1b}", Key::Escape);
    case("\u{1b}[A", Key::Up);
    case("\u{1b}[B", Key::Down);
    case("\u{1b}[C", Key::Right);
    case("\u{1b}[D", Key::Left);
    case("\u{1b}[H", Key::Home);
    case("\u{1b}[1~", Key::Home);
    case("\u{1b}[F", Key::End);
    case("\u{1b}[8~", Key::End);
    case("\u{1b}[3~", Key::Delete);
    case("\u{1b}[Z", Key::BackTab);
    case("\u{1a}", Key::Suspend);
    case("\u{3}", Key::Interrupt);
    case("\u{1c}", Key::Interrupt);
    case("\u{1b}[99;5u", Key::Interrupt);
    case(
        "\u{1b}[200~a\r\rb\tc\u{1b}[201~",
        Key::Pasted("a\n\nb c".to_owned()),
    );
}

/// Sequences that are not keys of the program.
const OTHERS: &[&str] = &[
    // Shift, Ctrl, Alt and all of them with arrows, Home, End, Delete and Tab.
    "\u{1b}[1;2A",
    "\u{1b}[1;2B",
    "\u{1b}[1;5C",
    "\u{1b}[1;8D",
    "\u{1b}[1;3H",
    "\u{1b}[3;5~",
    "\u{1b}[a",
    "\u{1b}\u{1b}[B",
    "\u{1b}Ob",
    "\u{1b}[3$",
    "\u{1b}[27;5;9~",
    // Insert, Page up, function keys of several terminals.
    "\u{1b}[2~",
    "\u{1b}[5~",
    "\u{1b}OP",
    "\u{1b}O5P",
    "\u{1b}O1;2Q",
    "\u{1b}[[A",
    "\u{1b}[[E",
    "\u{1b}[11~",
    "\u{1b}[24;2~",
    "\u{1b}[P",
    // The keypad and arrows in another terminal mode.
    "\u{1b}OA",
    "\u{1b}OB",
    "\u{1b}OM",
    "\u{1b}Oy",
    "\u{1b}On",
    // Kitty's protocol.
    "\u{1b}[121u",
    "\u{1b}[110;1:3u",
    "\u{1b}[97:65;2;65u",
    "\u{1b}[57441;2u",
    "\u{1b}[1;1:3B",
    // Mouse reports of every kind.
    "\u{1b}[M !!",
    "\u{1b}[Mnyy",
    "\u{1b}[M\u{80}\u{5bbd}y",
    "\u{1b}[<0;12;30M",
    "\u{1b}[<35;1;1m",
    "\u{1b}[32;12;30M",
    // Focus, the cursor, the device, the mode, colours, the clipboard, versions.
    "\u{1b}[I",
    "\u{1b}[O",
    "\u{1b}[24;80R",
    "\u{1b}[?1;2c",
    "\u{1b}[>0;276;0c",
    "\u{1b}[?2026;2$y",
    "\u{1b}[?0u",
    "\u{1b}[8;24;80t",
    "\u{1b}[0n",
    "\u{1b}]10;rgb:ffff/ffff/ffff\u{7}",
    "\u{1b}]11;rgb:ny\u{1b}\\",
    "\u{1b}]52;c;bm55bg==\u{1b}\\",
    "\u{1b}P>|tmux 3.5a\u{1b}\\",
    "\u{1b}P1$r0m\u{1b}\\",
    "\u{1b}_Gi=1;OK\u{1b}\\",
    "\u{1b}^yes\u{1b}\\",
    "\u{1b}Xyes\u{1b}\\",
    // The same as single bytes, written in UTF-8.
    "\u{9b}1;2B",
    "\u{8f}P",
    "\u{9d}10;yes\u{9c}",
    "\u{90}yes\u{1b}\\",
    // Alt with a letter, a digit, Enter, a letter of two bytes.
    "\u{1b}y",
    "\u{1b}1",
    "\u{1b}\r",
    "\u{1b}\u{e9}",
    "\u{1b}\u{7f}",
    "\u{1b}(B",
    // Longer than any valid sequence.
    "\u{1b}[1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16;17B",
    // An empty paste, and an end without a beginning.
    "\u{1b}[201~",
];

#[test]
fn a_sequence_that_is_no_key_of_ours_is_ignored_whole() {
    for sequence in OTHERS {
        let typed = format!("{sequence}a{sequence}\r");
        let expected = [Key::Char('a'), Key::Enter];
        assert_eq!(pressed(typed.as_bytes()), expected, "{sequence:?}");
    }
}

#[test]
fn an_unfinished_sequence_is_over_after_silence() {
    for sequence in OTHERS {
        for (cut, _) in sequence.char_indices().skip(1) {
            let mut decoder = Decoder::default();
            let mut keys = decoder.keys(&sequence.as_bytes()[..cut]);
            while decoder.patience().is_some() {
                keys.extend(decoder.silence());
            }
            assert!(
                keys.iter().all(|key| *key == Key::Escape),
                "{:?}: {keys:?}",
                &sequence[..cut]
            );
            assert_eq!(decoder.keys(b"y"), [Key::Char('y')], "{sequence:?}");
        }
    }
    // Another sequence begins, or the user interrupts the interview.
    assert_eq!(pressed(b"\x1b[1;2\x1b[B"), [Key::Down]);
    assert_eq!(pressed(b"\x1b]10;yes\x1b[B"), [Key::Down]);
    assert_eq!(pressed(b"\x1b]10;yes\x03"), [Key::Interrupt]);
    assert_eq!(pressed(b"\x1b[200~yes\x03"), [Key::Interrupt]);
    // A control character cannot be in a sequence, so both are ignored.
    assert_eq!(pressed(b"\x1b[1;2\ry"), [Key::Char('y')]);
}

/// On a slow connection, a sequence may arrive in two parts with a pause between them.
#[test]
fn a_sequence_cut_after_its_escape_is_not_typed() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.keys(b"\x1b"), []);
    assert_eq!(decoder.silence(), Some(Key::Escape));
    assert_eq!(decoder.keys(b"[B"), []);
    assert_eq!(decoder.keys(b"y"), [Key::Char('y')]);

    assert_eq!(decoder.keys(b"\x1b"), []);
    assert_eq!(decoder.silence(), Some(Key::Escape));
    assert_eq!(decoder.keys(b"y"), [Key::Char('y')]);

    assert_eq!(decoder.keys(b"\x1b[200~Eliquis\x1b"), []);
    let pasted = Key::Pasted("Eliquis".to_owned());
    assert_eq!(decoder.silence(), Some(pasted));
    assert_eq!(decoder.keys(b"[201~"), []);
    assert_eq!(decoder.silence(), None);
    assert_eq!(decoder.patience(), None);
}

#[test]
fn what_is_pasted_is_text_alone() {
    let pasted = |text: &str| pressed(format!("\u{1b}[200~{text}\u{1b}[201~").as_bytes());
    let text = |text: &str| [Key::Pasted(text.to_owned())];
    assert_eq!(pasted(""), text(""));
    assert_eq!(pasted("\u{1b}[31mred\u{1b}[0m"), text("red"));
    assert_eq!(pasted("\u{1b}[1;2B\u{1b}[B\u{7f}\u{1a}y"), text("y"));
    assert_eq!(pasted("\u{1b}[200~y"), text("y"));
}

#[test]
fn letters_of_another_encoding_are_lost_and_seen_to_be() {
    assert_eq!(pressed(b"caf\xe9 y"), letters("caf\u{fffd} y"));
    assert_eq!(
        pressed(b"\xe9\xe9\xffy"),
        letters("\u{fffd}\u{fffd}\u{fffd}y")
    );
    assert_eq!(pressed(b"\xe5\xae"), []);
    // Mouse coordinates may be bytes of any value.
    assert_eq!(pressed(b"\x1b[M \xe9\xffy"), letters("y"));
    assert_eq!(pressed(b"\x1b[M \xe9!y"), letters("y"));
}

proptest! {
    /// Any bytes give the same keys, whatever pieces they arrive in.
    #[test]
    fn cuts_change_nothing(
        parts in prop::collection::vec(
            prop_oneof![
                prop::sample::select(OTHERS).prop_map(|text| text.as_bytes().to_vec()),
                prop::collection::vec(any::<u8>(), 1..4),
            ],
            0..12,
        ),
        cut in any::<prop::sample::Index>(),
    ) {
        let bytes = parts.concat();
        let (first, rest) = bytes.split_at(cut.index(bytes.len() + 1));
        let mut decoder = Decoder::default();
        let mut keys = decoder.keys(first);
        keys.extend(decoder.keys(rest));
        prop_assert_eq!(keys, Decoder::default().keys(&bytes));
    }
}
