//! A browser without a screen: cookies, forms, and redirects one by one.

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response};
use url::Url;

use super::document::Document;
use super::{Observer, RobotError, Verdict};

const MOST_REDIRECTS: usize = 20;

/// The browser. Its cookies live as long as it does.
#[derive(Debug)]
pub(super) struct Browser {
    client: Client,
    // As in real browsers, a cookie belongs to a host and does not know ports.
    cookies: BTreeMap<(String, String), String>,
}

/// Where a navigation ended.
#[derive(Debug)]
pub(super) enum Arrival {
    /// A page is shown.
    Page(Url, Box<Document>),
    /// The observer stopped it before a request to this address left.
    Stopped(String),
}

/// What is asked for.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) url: Url,
    /// Form fields of a POST; none for GET.
    pub(super) form: Option<Vec<(String, String)>>,
}

impl Browser {
    pub(super) fn new() -> Result<Self, RobotError> {
        Ok(Self {
            client: client()?,
            cookies: BTreeMap::new(),
        })
    }

    /// Goes somewhere and follows redirects, each of which the observer sees.
    pub(super) async fn go(
        &mut self,
        ask: Ask,
        observer: &mut dyn Observer,
    ) -> Result<Arrival, RobotError> {
        let posted = ask.form.is_some();
        let mut next = ask;
        for _ in 0..MOST_REDIRECTS {
            if observer.navigating(next.url.as_str()) == Verdict::Stop {
                return Ok(Arrival::Stopped(next.url.into()));
            }
            let answer = self.send(&next).await?;
            self.keep_cookies(&next.url, &answer);
            if let Some(target) = redirect(&next.url, &answer) {
                next = Ask {
                    url: target,
                    form: None,
                };
                continue;
            }
            let text = answer
                .text()
                .await
                .map_err(|source| network(&next.url, source))?;
            let document = Document::read(&text);
            observer.committed(next.url.as_str(), &document.title, posted);
            return Ok(Arrival::Page(next.url, Box::new(document)));
        }
        Err(RobotError::Stuck {
            page: next.url.path().to_owned(),
            message: "too many redirects".to_owned(),
        })
    }

    async fn send(&self, ask: &Ask) -> Result<Response, RobotError> {
        let method = if ask.form.is_some() {
            Method::POST
        } else {
            Method::GET
        };
        let mut request = self.client.request(method, ask.url.clone());
        if let Some(form) = &ask.form {
            request = request.form(form);
        }
        let host = ask.url.host_str().unwrap_or_default();
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .filter(|((owner, _), _)| owner == host)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        request
            .send()
            .await
            .map_err(|source| network(&ask.url, source))
    }

    fn keep_cookies(&mut self, url: &Url, answer: &Response) {
        let host = url.host_str().unwrap_or_default().to_owned();
        for line in answer.headers().get_all(SET_COOKIE) {
            let Ok(line) = line.to_str() else { continue };
            let pair = line.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else {
                continue;
            };
            let key = (host.clone(), name.trim().to_owned());
            let gone = line
                .split(';')
                .any(|part| part.trim().eq_ignore_ascii_case("max-age=0"));
            if gone {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.trim().to_owned());
            }
        }
    }
}

/// A client that follows no redirect by itself and goes through no proxy. The practice cloud speaks plain HTTP, so the
/// system's certificates, which take long to read, are left alone.
pub(super) fn client() -> Result<Client, RobotError> {
    Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .tls_certs_only([])
        .timeout(Duration::from_secs(30))
        .build()
        .map_err(RobotError::Browser)
}

/// An error of the network, without the query of the address.
pub(super) fn network(url: &Url, source: reqwest::Error) -> RobotError {
    RobotError::Network {
        host: url.authority().to_owned(),
        source: source.without_url(),
    }
}

fn redirect(from: &Url, answer: &Response) -> Option<Url> {
    let location = answer.headers().get(LOCATION)?.to_str().ok()?;
    answer
        .status()
        .is_redirection()
        .then(|| from.join(location).ok())
        .flatten()
}
