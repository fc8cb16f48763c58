//! Path patterns of fault rules: `*` stands for a part between slashes, `**` for anything, slashes included.

/// Whether a path fits a pattern. Case does not count.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    fits(
        pattern.to_ascii_lowercase().as_bytes(),
        path.to_ascii_lowercase().as_bytes(),
    )
}

fn fits(pattern: &[u8], path: &[u8]) -> bool {
    match pattern {
        [] => path.is_empty(),
        [b'*', b'*', rest @ ..] => (0..=path.len()).any(|skip| fits(rest, &path[skip..])),
        [b'*', rest @ ..] => {
            let end = path
                .iter()
                .position(|byte| *byte == b'/')
                .unwrap_or(path.len());
            (0..=end).any(|skip| fits(rest, &path[skip..]))
        }
        [first, rest @ ..] => path
            .split_first()
            .is_some_and(|(next, path)| next == first && fits(rest, path)),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn single_star_stays_between_slashes() {
        assert!(matches("/v1.0/groups/*", "/v1.0/Groups/abc"));
        assert!(!matches("/v1.0/groups/*", "/v1.0/groups/abc/members"));
        assert!(matches("/v1.0/groups(*)", "/v1.0/groups(uniqueName='a')"));
    }

    #[test]
    fn double_star_crosses_slashes() {
        assert!(matches(
            "/v1.0/**/accessAssignments/*",
            "/v1.0/tenantRelationships/x/y/accessAssignments/1"
        ));
        assert!(matches("**", "/anything/at/all"));
        assert!(!matches("/v1.0/**/members", "/v1.0/groups/a/owners"));
    }
}
