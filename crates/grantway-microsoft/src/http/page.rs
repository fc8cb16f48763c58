//! Lists that come in pages: followed to the end, and only within the service that began them.

use std::collections::HashSet;

use reqwest::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::call::Call;
use super::error::HttpError;
use super::redact::SafeUrl;
use super::service::Service;

/// Most pages of one list: at 100 entries a page this is a million.
const MOST: usize = 10_000;

/// Why the next page of a list is not fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// The link is no address.
    #[error("the link to the next page is no address")]
    NotAnAddress,
    /// The link leads to another host or another version of the API. No token was sent there.
    #[error("the next page is elsewhere: {0}")]
    Elsewhere(SafeUrl),
    /// The link was followed before.
    #[error("the pages run in a circle at {0}")]
    Circle(SafeUrl),
    /// The list does not end.
    #[error("the list has more than {0} pages")]
    Endless(usize),
}

/// Remembers where a list began and which pages were read.
pub(crate) struct PageGuard {
    first: Url,
    prefix: String,
    seen: HashSet<String>,
}

impl PageGuard {
    pub(crate) fn new(first: Url) -> Self {
        // `/v1.0/`: a list of one resource may go on under another path, never under another version.
        let version = first.path().split('/').nth(1).unwrap_or("");
        let prefix = format!("/{version}/");
        let seen = HashSet::from([first.to_string()]);
        Self {
            first,
            prefix,
            seen,
        }
    }

    /// The address of the next page, when it may be followed.
    pub(crate) fn follow(&mut self, link: &str) -> Result<Url, PageError> {
        let url = Url::parse(link).map_err(|_| PageError::NotAnAddress)?;
        let same_origin = url.origin() == self.first.origin()
            && url.username().is_empty()
            && url.password().is_none();
        if !same_origin || !url.path().starts_with(&self.prefix) {
            return Err(PageError::Elsewhere(SafeUrl::of(&url)));
        }
        if !self.seen.insert(url.to_string()) {
            return Err(PageError::Circle(SafeUrl::of(&url)));
        }
        if self.seen.len() > MOST {
            return Err(PageError::Endless(MOST));
        }
        Ok(url)
    }
}

#[derive(Deserialize)]
struct Page<T> {
    value: Vec<T>,
    #[serde(rename = "@odata.nextLink")]
    next: Option<String>,
}

impl Service {
    /// Reads a list to its end. A page token that has expired on the way (410) makes it begin again, once.
    ///
    /// # Errors
    /// As [`Service::send`], and [`HttpError::Paging`].
    pub async fn list<T: DeserializeOwned>(&self, call: &Call) -> Result<Vec<T>, HttpError> {
        match self.list_once(call).await {
            Err(error) if error.status() == Some(StatusCode::GONE) => self.list_once(call).await,
            other => other,
        }
    }

    async fn list_once<T: DeserializeOwned>(&self, call: &Call) -> Result<Vec<T>, HttpError> {
        let origin = self
            .api
            .origin(&self.cloud)
            .ok_or_else(|| HttpError::Malformed("the cloud lacks this API".into()))?;
        let mut url = origin.join(&call.path_and_query());
        let mut guard = PageGuard::new(url.clone());
        let mut all = Vec::new();
        loop {
            let page: Page<T> = self.send_to(url, call).await?.json()?;
            all.extend(page.value);
            match page.next {
                Some(link) => url = guard.follow(&link)?,
                None => return Ok(all),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn guard() -> PageGuard {
        PageGuard::new(Url::parse("https://graph.example/v1.0/users?$top=2").unwrap())
    }

    #[test]
    fn next_page_on_the_same_service_is_followed_once() {
        let mut guard = guard();
        let link = "https://graph.example/v1.0/users?$skiptoken=a";
        assert!(guard.follow(link).is_ok());
        assert!(matches!(guard.follow(link), Err(PageError::Circle(_))));
        assert!(matches!(
            guard.follow("https://graph.example/v1.0/users?$top=2"),
            Err(PageError::Circle(_))
        ));
    }

    #[test]
    fn other_places_are_refused() {
        for link in [
            "https://evil.test/v1.0/users",
            "https://graph.example.evil.test/v1.0/users",
            "https://graph.example@evil.test/v1.0/users",
            "https://token@graph.example/v1.0/users",
            "http://graph.example/v1.0/users",
            "https://graph.example:8443/v1.0/users",
            "https://graph.example/beta/users",
            "https://graph.example/v1.0/../beta/users",
            "https://graph.example/v1.0%2Fx",
        ] {
            assert!(
                matches!(guard().follow(link), Err(PageError::Elsewhere(_))),
                "{link}"
            );
        }
        assert_eq!(
            guard().follow("/v1.0/users?x"),
            Err(PageError::NotAnAddress)
        );
    }

    proptest! {
        #[test]
        fn whatever_is_followed_is_on_the_same_origin(link in "(https?://)?\\PC{0,60}") {
            if let Ok(url) = guard().follow(&link) {
                prop_assert_eq!(url.origin(), guard().first.origin());
                prop_assert!(url.path().starts_with("/v1.0/"));
            }
        }

        #[test]
        fn another_host_is_never_followed(host in "[a-z]{1,10}\\.test", path in "[a-z/]{0,20}") {
            let link = format!("https://{host}/v1.0/{path}");
            prop_assert!(guard().follow(&link).is_err());
        }
    }
}
