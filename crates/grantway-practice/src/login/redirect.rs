//! Answers that go back to the app on its redirect address.

use url::Url;

/// The redirect address with `answer` added to its query; none when it is no address.
pub fn with_answer(redirect: &str, answer: &[(&str, &str)]) -> Option<String> {
    let mut url = Url::parse(redirect).ok()?;
    url.query_pairs_mut().extend_pairs(answer);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_keeps_what_the_address_carried() {
        let url = with_answer(
            "http://localhost/cb?x=1",
            &[("code", "a b"), ("state", "&")],
        );
        assert_eq!(
            url.as_deref(),
            Some("http://localhost/cb?x=1&code=a+b&state=%26")
        );
        assert_eq!(with_answer("nonsense", &[]), None);
    }
}
