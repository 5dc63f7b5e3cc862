//! Short texts that people type: trimmed, bounded, and without characters that hide what is written.

use crate::field::{Field, FieldError};
use crate::number::grouped;

/// The most characters (Unicode scalar values) that a name or description may have.
pub const MAX_CHARACTERS: usize = 128;

/// Trims `text` and checks that it has `min` to [`MAX_CHARACTERS`] characters, none of them a control or
/// bidirectional formatting character and none that takes no room.
pub(crate) fn bounded(field: Field, text: &str, min: usize) -> Result<String, FieldError> {
    let label = field.label();
    let text = text.trim();
    let length = text.chars().count();
    if length < min {
        return Err(FieldError::new(
            field,
            format!("{label} is {min} to {MAX_CHARACTERS} characters. It is empty."),
        ));
    }
    if length > MAX_CHARACTERS {
        let bound = if min == 0 {
            format!("at most {MAX_CHARACTERS}")
        } else {
            format!("{min} to {MAX_CHARACTERS}")
        };
        let length = grouped(length as u64);
        return Err(FieldError::new(
            field,
            format!("{label} is {bound} characters. This has {length}."),
        ));
    }
    let nothing_else = text.chars().all(|c| c.is_whitespace() || joins(c));
    if let Some(hidden) = text.chars().find(|c| nothing_else || is_hidden(*c)) {
        let code = u32::from(hidden);
        return Err(FieldError::new(
            field,
            format!("{label} holds a character that can't be seen (U+{code:04X}). Remove it."),
        ));
    }
    Ok(text.to_owned())
}

/// Control characters, those that change the direction of the text around them, separators of lines, and those that nobody
/// sees. Those that join others may stand between them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{2028}' | '\u{2029}')
        || matches!(
            c,
            '\u{00ad}' | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        )
        || matches!(c, '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}')
        || matches!(c, '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}')
        || matches!(c, '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

/// What some scripts and emoji need between their characters, and nobody sees by itself: joiners, variation selectors and
/// the blank of Braille.
fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// What nobody sees by itself, wherever it stands.
pub(crate) fn is_unseen(c: char) -> bool {
    is_hidden(c) || joins(c)
}

/// The form in which names are searched, ordered and compared: without regard to case. Both databases keep it beside the
/// name, because their own rules differ beyond ASCII.
pub fn fold(text: &str) -> String {
    // Letter by letter: `str::to_lowercase` writes a Σ at the end of a word otherwise than one within it.
    let letters = text.trim().chars().flat_map(char::to_lowercase);
    letters.map(|letter| if letter == 'ς' { 'σ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_characters_not_bytes() {
        let longest = "é".repeat(MAX_CHARACTERS);
        assert_eq!(bounded(Field::Name, &longest, 1).as_deref(), Ok(longest.as_str()));
        let error = bounded(Field::Name, &"é".repeat(129), 1).unwrap_err();
        assert_eq!(error.message, "Name is 1 to 128 characters. This has 129.");
        let error = bounded(Field::Description, &"é".repeat(1_000), 0).unwrap_err();
        assert_eq!(error.message, "Description is at most 128 characters. This has 1,000.");
    }

    #[test]
    fn refuses_what_cannot_be_seen() {
        for text in [
            "a\nb",
            "a\u{0}b",
            "\u{200b}",
            "pump\u{ad}7",
            "\u{3164}",
            "a\u{2028}b",
            "\u{200d}\u{200d}",
            "\u{200d} \u{200d}",
            "\u{fe0f}",
            "\u{e0100}",
            "\u{2800}",
            "\u{2800} \u{2800}",
        ] {
            assert!(
                bounded(Field::Name, text, 1)
                    .unwrap_err()
                    .message
                    .contains("can't be seen")
            );
        }
    }

    #[test]
    fn refuses_whole_ranges() {
        let change_the_direction = [
            '\u{61c}'..='\u{61c}',
            '\u{200e}'..='\u{200f}',
            '\u{202a}'..='\u{202e}',
            '\u{2066}'..='\u{2069}',
        ];
        let take_no_room = [
            '\u{180b}'..='\u{180f}',
            '\u{2060}'..='\u{206f}',
            '\u{fff0}'..='\u{fffb}',
            '\u{1bca0}'..='\u{1bca3}',
            '\u{1d173}'..='\u{1d17a}',
            '\u{e0000}'..='\u{e00ff}',
            '\u{e01f0}'..='\u{e0fff}',
        ];
        for c in change_the_direction.into_iter().chain(take_no_room).flatten() {
            let code = u32::from(c);
            let error = bounded(Field::Name, &format!("pump{c}7"), 1).unwrap_err();
            assert_eq!(
                error.message,
                format!("Name holds a character that can't be seen (U+{code:04X}). Remove it.")
            );
        }
    }

    #[test]
    fn a_part_of_a_name_is_folded_like_the_whole() {
        assert!(fold("ΟΔΟΣΗΜΑ").starts_with(&fold("ΟΔΟΣ")));
        assert_eq!(fold("ΑΣ@example.com"), fold("ασ@example.com"));
        assert_eq!(fold(" Ångström "), "ångström");
    }

    #[test]
    fn joiners_are_part_of_some_scripts() {
        assert!(bounded(Field::Name, "می\u{200c}خواهم", 1).is_ok());
        assert!(bounded(Field::Name, "☕\u{fe0f}", 1).is_ok());
        assert!(bounded(Field::Name, "葛\u{e0100}", 1).is_ok());
        assert!(bounded(Field::Name, "⠏\u{2800}⠥", 1).is_ok());
        assert!(bounded(Field::Description, "", 0).is_ok());
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_trimmed_and_bounded(text in "[\\PC\u{0}\u{200b}\u{202e}]{0,200}") {
            if let Ok(kept) = bounded(Field::Name, &text, 1) {
                prop_assert_eq!(kept.trim(), kept.as_str());
                prop_assert!((1..=MAX_CHARACTERS).contains(&kept.chars().count()));
                prop_assert_eq!(bounded(Field::Name, &kept, 1), Ok(kept.clone()));
            }
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = bounded(Field::Description, &text, 0);
            let _ = fold(&text);
        }
    }
}
