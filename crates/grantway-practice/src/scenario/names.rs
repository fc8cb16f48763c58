//! Which domain names practice may use. Real ones are refused, so that nobody types a real account's password here.

/// Whether a domain is one that cannot exist on the Internet: it ends in `.example`, `.test` or `.invalid`.
///
/// Microsoft's initial domains become `.onmicrosoft.example`, which this covers.
pub fn is_practice_name(domain: &str) -> bool {
    let domain = domain.to_ascii_lowercase();
    let labels: Vec<&str> = domain.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
        && labels
            .last()
            .is_some_and(|last| matches!(*last, "example" | "test" | "invalid"))
}

#[cfg(test)]
mod tests {
    use super::is_practice_name;

    #[test]
    fn reserved_endings_pass() {
        for name in [
            "larkspur-it.example",
            "larkspur.onmicrosoft.example",
            "a.test",
            "x.y.invalid",
            "UPPER.Example",
        ] {
            assert!(is_practice_name(name), "{name}");
        }
    }

    #[test]
    fn real_and_broken_names_are_refused() {
        for name in [
            "contoso.com",
            "contoso.onmicrosoft.com",
            "example",
            ".example",
            "a..example",
            "a b.example",
            "example.com",
            "-a.example",
        ] {
            assert!(!is_practice_name(name), "{name}");
        }
    }
}
