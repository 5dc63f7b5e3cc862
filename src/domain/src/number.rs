//! Numbers as people read them.

/// A count with a comma between thousands.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(0, "0")]
    #[case(999, "999")]
    #[case(1_234, "1,234")]
    #[case(50_000, "50,000")]
    #[case(1_234_567, "1,234,567")]
    fn thousands_are_apart(#[case] count: u64, #[case] text: &str) {
        assert_eq!(grouped(count), text);
    }
}
