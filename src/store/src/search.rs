//! Looking for a part of a name.

use std::fmt::Display;

use domain::text::fold;

/// More characters than any search key has: a folded name of 128 characters, a line break and an id.
const LONGEST_NEEDLE: usize = 512;

/// What a search of the names and ids looks through: the folded name, a line break, which no name holds, and the id.
pub(crate) fn search_key(name: &str, id: impl Display) -> String {
    format!("{}\n{id}", fold(name))
}

/// The `LIKE` pattern, with `\` as its escape, for keys that hold the filter a person typed; `None` when it is empty. A needle
/// longer than any search key matches nothing, and so does its beginning: SQLite refuses very long patterns. No name holds a
/// control character, and PostgreSQL refuses U+0000.
pub(crate) fn pattern(filter: &str) -> Option<String> {
    let needle = fold(filter);
    if needle.is_empty() {
        return None;
    }
    let mut pattern = String::from("%");
    for character in needle.chars().take(LONGEST_NEEDLE) {
        match character {
            '%' | '_' | '\\' => pattern.extend(['\\', character]),
            '\0' => pattern.push('\u{1}'),
            _ => pattern.push(character),
        }
    }
    pattern.push('%');
    Some(pattern)
}
