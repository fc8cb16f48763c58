//! The rules for a new password, as a person meets them.

/// Why a new password is refused, in words for the page; `None` when it may be used.
pub fn refusal(current: &str, new: &str, repeat: &str, upn: &str) -> Option<&'static str> {
    let name = upn.split('@').next().unwrap_or(upn);
    if new != repeat {
        Some("The two new passwords differ. Type the same one twice.")
    } else if new == current {
        Some("The new password is the same as the current one. Choose another.")
    } else if !(8..=256).contains(&new.chars().count()) {
        Some("The new password is too short or too long. Use 8 to 256 characters.")
    } else if kinds(new) < 3 {
        Some(
            "The new password is too simple. Use three of: small letters, capitals, digits, other signs.",
        )
    } else if name.len() >= 3 && new.to_lowercase().contains(&name.to_lowercase()) {
        Some("The new password holds the account's name. Choose one without it.")
    } else {
        None
    }
}

fn kinds(text: &str) -> usize {
    let has = |kind: fn(char) -> bool| usize::from(text.chars().any(kind));
    has(char::is_lowercase)
        + has(char::is_uppercase)
        + has(|c| c.is_ascii_digit())
        + has(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_has_its_own_words() {
        let said = |new: &str, repeat: &str| refusal("Old-pass-1", new, repeat, "dana@x.example");
        assert_eq!(said("New-pass-22", "New-pass-22"), None);
        let refusals = [
            said("New-pass-22", "New-pass-23"),
            said("Old-pass-1", "Old-pass-1"),
            said("Aa1-", "Aa1-"),
            said("alllowercase", "alllowercase"),
            said("Dana-likes-2", "Dana-likes-2"),
        ];
        let mut words: Vec<_> = refusals.iter().map(|r| r.expect("refused")).collect();
        words.dedup();
        assert_eq!(words.len(), 5);
    }
}
