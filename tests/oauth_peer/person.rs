//! A person at the peer's pages: fills in what the page asks for, and stops where the app would take over.

use reqwest::header::{COOKIE, HeaderValue, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, redirect};
use url::Url;

/// Pages that a sign-in may have before something is wrong.
const PAGES: usize = 12;

/// What the person answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Signs in and consents.
    Agree,
    /// Signs in, and turns back at the consent page.
    TurnBack,
}

/// A browser with its cookies, and who sits at it.
pub struct Person {
    account: &'static str,
    client: Client,
    cookies: Vec<Cookie>,
}

struct Cookie {
    name: String,
    value: String,
    path: String,
}

/// A sign-in that came back to the app's redirect.
pub struct Returned {
    /// The redirect with its parameters. It was not requested.
    pub url: Url,
    /// How often credentials were asked for on the way.
    pub passwords: usize,
}

impl Person {
    /// A person with an empty browser.
    pub fn new(account: &'static str) -> Self {
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client without special settings");
        Self {
            account,
            client,
            cookies: Vec::new(),
        }
    }

    /// Opens a sign-in address and goes on until the browser is sent to the app.
    pub async fn open(&mut self, start: &Url, answer: Answer) -> Returned {
        let mut url = start.clone();
        let mut passwords = 0;
        let mut form: Option<Vec<(&str, &str)>> = None;
        for _ in 0..PAGES {
            if url.host_str() == Some("localhost") {
                return Returned { url, passwords };
            }
            let request = match form.take() {
                None => self.client.request(Method::GET, url.clone()),
                Some(fields) => self.client.request(Method::POST, url.clone()).form(&fields),
            };
            let (next, body) = self.send(&url, request).await;
            if let Some(next) = next {
                url = url.join(&next).expect("a redirect leads to an address");
                continue;
            }
            let asks = |prompt: &str| body.contains(&format!("name=\"prompt\" value=\"{prompt}\""));
            if asks("login") {
                passwords += 1;
                form = Some(vec![
                    ("prompt", "login"),
                    ("login", self.account),
                    ("password", "anything"),
                ]);
            } else if asks("consent") && answer == Answer::Agree {
                form = Some(vec![("prompt", "consent")]);
            } else if asks("consent") {
                url = url
                    .join(&format!("{}/abort", url.path()))
                    .expect("the page's own address");
            } else {
                panic!("a page that asks for nothing at {url}: {body}");
            }
        }
        panic!("the sign-in goes round in circles, last at {url}");
    }

    async fn send(&mut self, url: &Url, request: RequestBuilder) -> (Option<String>, String) {
        let mine: Vec<String> = self
            .cookies
            .iter()
            .filter(|cookie| url.path().starts_with(&cookie.path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        let response = request
            .header(COOKIE, mine.join("; "))
            .send()
            .await
            .expect("the peer answers");
        for set in response.headers().get_all(SET_COOKIE) {
            self.keep(set);
        }
        let next = response
            .headers()
            .get(LOCATION)
            .map(|value| value.to_str().expect("an address is plain text").to_owned());
        (
            next,
            response.text().await.expect("the peer's page is text"),
        )
    }

    fn keep(&mut self, set: &HeaderValue) {
        let text = set.to_str().expect("cookies are plain text");
        let mut parts = text.split("; ");
        let (name, value) = parts
            .next()
            .and_then(|pair| pair.split_once('='))
            .expect("a cookie has a name");
        let path = parts
            .find_map(|part| part.strip_prefix("path="))
            .unwrap_or("/");
        self.cookies
            .retain(|cookie| cookie.name != name || cookie.path != path);
        if !value.is_empty() {
            self.cookies.push(Cookie {
                name: name.to_owned(),
                value: value.to_owned(),
                path: path.to_owned(),
            });
        }
    }
}
