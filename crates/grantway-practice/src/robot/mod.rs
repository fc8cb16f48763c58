//! A robot person: signs in and consents through the real pages, as a person without eyes would. It reads titles, labels and
//! numbers, types into fields, presses buttons, follows each redirect by itself and picks up the practice phone.
//!
//! It stands in for a person in tests and at a terminal on the practice cloud. It knows nothing of the cloud's inside.

mod browser;
mod document;
#[cfg(test)]
mod journeys;
mod phone;
mod walk;

use thiserror::Error;

use crate::ControlAddress;

/// A robot person with an empty browser.
#[derive(Debug)]
pub struct Robot {
    browser: browser::Browser,
    phone: phone::PracticePhone,
    copied: Vec<String>,
}

/// Somebody whose part the robot plays.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// Sign-in name.
    pub upn: String,
    /// Password.
    pub password: String,
    /// The password chosen when a page asks for a new one.
    pub new_password: Option<String>,
    /// What is answered on a consent page.
    pub consent: Consent,
    /// What is done on the phone.
    pub phone: Phone,
}

/// What is answered on a consent page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Accept, as the page offers it, without ticking anything.
    Accept,
    /// Cancel.
    Deny,
}

/// What is done on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phone {
    /// Type the number that the page shows.
    Approve,
    /// Say no.
    Deny,
    /// Leave it lying.
    Ignore,
}

/// Whether a navigation may happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The request is sent.
    Go,
    /// No request is sent; the walk ends at this address.
    Stop,
}

/// Somebody who watches the robot's browser, as the owner of a browser window does.
pub trait Observer: Send {
    /// The browser is about to ask for an address: the first one, each redirect, each form.
    fn navigating(&mut self, url: &str) -> Verdict;
    /// The browser shows a page. Redirects never come here.
    fn committed(&mut self, url: &str, title: &str, is_form_post: bool);
}

/// How a walk went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Walk {
    /// Where it ended: the address that the observer stopped at, or that of the last page.
    pub final_url: String,
    /// Short names of the pages that were shown, in order.
    pub pages: Vec<String>,
    /// How often the sign-in pages asked for a password, wrong tries not counted.
    pub credential_prompts: u32,
    /// The client id that the last page shows, if it does.
    pub client_id: Option<String>,
}

/// Why a walk did not reach its end.
#[derive(Debug, Error)]
pub enum RobotError {
    /// The page wants something that the robot cannot or must not do.
    #[error("stuck on the page \"{page}\": {message}")]
    Stuck {
        /// Title of the page.
        page: String,
        /// What the page says, or what is missing.
        message: String,
    },
    /// An address could not be read.
    #[error("\"{address}\" is no address that a browser can open")]
    Address {
        /// The address, without its query.
        address: String,
    },
    /// A host did not answer, or broke off.
    #[error("{host} did not answer as a web server does")]
    Network {
        /// Host and port.
        host: String,
        /// What happened.
        source: reqwest::Error,
    },
    /// The control API that stands for the phone refused.
    #[error("the practice phone could not be used (status {status})")]
    PracticePhone {
        /// HTTP status.
        status: u16,
    },
    /// The same pages come again and again.
    #[error("gave up after {steps} pages; the last one was \"{page}\"")]
    NoEnd {
        /// How many pages were shown.
        steps: usize,
        /// Title of the last one.
        page: String,
    },
    /// The HTTP client could not be made.
    #[error("the robot's browser could not be made")]
    Browser(#[source] reqwest::Error),
}

impl Robot {
    /// A robot with an empty browser and the phone of a practice cloud.
    ///
    /// # Errors
    /// [`RobotError::Browser`] when no HTTP client can be made.
    pub fn new(control: ControlAddress) -> Result<Self, RobotError> {
        Ok(Self {
            browser: browser::Browser::new()?,
            phone: phone::PracticePhone::new(control)?,
            copied: Vec::new(),
        })
    }

    /// Hands it values that somebody has copied. It pastes them into the fields of a form that asks for such, one after the other.
    #[must_use]
    pub fn with_copied(mut self, copied: Vec<String>) -> Self {
        self.copied = copied;
        self
    }

    /// Opens `start_url` and does what the pages ask until they ask nothing more or the observer stops it.
    ///
    /// The first of the people that a page takes is used: somebody whom the vendor's portal took is not tried on the sign-in pages.
    ///
    /// # Errors
    /// When a page cannot be passed; the error names the page and what it says.
    pub async fn walk(
        &mut self,
        start_url: &str,
        people: &[Person],
        observer: &mut dyn Observer,
    ) -> Result<Walk, RobotError> {
        let hands = walk::Hands {
            phone: &self.phone,
            copied: &self.copied,
        };
        walk::walk(&mut self.browser, hands, start_url, people, observer).await
    }
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Person")
            .field("upn", &self.upn)
            .field("consent", &self.consent)
            .field("phone", &self.phone)
            .finish_non_exhaustive()
    }
}
