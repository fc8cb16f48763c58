//! From page to page: what the robot does on each.

use std::borrow::Cow;

use url::Url;

use super::browser::{Arrival, Ask, Browser};
use super::document::{Document, FormOnPage};
use super::phone::PracticePhone;
use super::{Consent, Observer, Person, Phone, RobotError, Walk};

/// More pages than any journey has.
const MOST_PAGES: usize = 60;
/// How often Continue is pressed on a page that waits for a phone that nobody answers.
const PATIENCE: usize = 3;

/// What the robot has at hand.
pub(super) struct Hands<'a> {
    /// The phone.
    pub(super) phone: &'a PracticePhone,
    /// Values that were copied.
    pub(super) copied: &'a [String],
}

/// Walks until the pages ask nothing more, or the observer stops it.
pub(super) async fn walk(
    browser: &mut Browser,
    hands: Hands<'_>,
    start_url: &str,
    people: &[Person],
    observer: &mut dyn Observer,
) -> Result<Walk, RobotError> {
    let start = Url::parse(start_url).map_err(|_| RobotError::Address {
        address: start_url.split('?').next().unwrap_or_default().to_owned(),
    })?;
    let mut memory = Memory::new(people, hands.copied);
    let mut walk = Walk {
        final_url: start.to_string(),
        pages: Vec::new(),
        credential_prompts: 0,
        client_id: None,
    };
    let mut ask = Ask {
        url: start,
        form: None,
    };
    loop {
        let (url, page) = match browser.go(ask, observer).await? {
            Arrival::Stopped(address) => {
                walk.final_url = address;
                return Ok(walk);
            }
            Arrival::Page(url, page) => (url, page),
        };
        walk.final_url = url.to_string();
        walk.pages.push(page.page.clone());
        walk.client_id.clone_from(&page.client_id);
        if walk.pages.len() > MOST_PAGES {
            return Err(RobotError::NoEnd {
                steps: MOST_PAGES,
                page: page.title,
            });
        }
        if matches!(page.page.as_str(), "password" | "federated") && page.problem.is_none() {
            walk.credential_prompts += 1;
        }
        if page.page == "number" {
            pick_up(hands.phone, &page, people).await?;
        }
        if page.page == "portal-link"
            && let Some(next) = url.fragment().and_then(|path| url.join(path).ok())
        {
            // What the page's own script does.
            ask = Ask {
                url: next,
                form: None,
            };
            continue;
        }
        let Some(act) = memory.decide(&page)? else {
            return Ok(walk);
        };
        ask = send(&url, &page, act)?;
    }
}

/// What is typed and pressed.
struct Act<'a> {
    step: &'a str,
    typed: Vec<(Cow<'static, str>, String)>,
    press: &'a str,
}

/// What the robot has done so far.
struct Memory<'a> {
    people: &'a [Person],
    copied: &'a [String],
    portal: Option<usize>,
    portal_tries: usize,
    retyped: bool,
    waited: usize,
    added: bool,
}

impl<'a> Memory<'a> {
    fn new(people: &'a [Person], copied: &'a [String]) -> Self {
        Self {
            people,
            copied,
            portal: None,
            portal_tries: 0,
            retyped: false,
            waited: 0,
            added: false,
        }
    }

    /// What to do on a page; none when it is the end.
    fn decide(&mut self, page: &Document) -> Result<Option<Act<'static>>, RobotError> {
        let act = |step, typed: Vec<(Cow<'static, str>, String)>, press| {
            Ok(Some(Act { step, typed, press }))
        };
        match page.page.as_str() {
            "vendor-sign-in" => {
                let index = self.portal_tries;
                self.portal_tries += 1;
                let person = self.people.get(index).ok_or_else(|| stuck(page))?;
                self.portal = Some(index);
                let typed = vec![
                    ("account".into(), person.upn.clone()),
                    ("password".into(), person.password.clone()),
                ];
                act("vendor-sign-in", typed, "Sign in")
            }
            "integrations" if !self.added => {
                self.added = true;
                act("add-integration", Vec::new(), "Add integration")
            }
            "add-integration" => act("connect", Vec::new(), "Connect"),
            "account" => {
                if page.problem.is_some() {
                    return Err(stuck(page));
                }
                let person = self.first().ok_or_else(|| nobody(page))?;
                act(
                    "account",
                    vec![("account".into(), person.upn.clone())],
                    "Next",
                )
            }
            "picker" => act("pick", Vec::new(), "Use another account"),
            "password" => {
                let person = self.named(page)?;
                let password = self.password(page, person)?;
                act("password", vec![("password".into(), password)], "Sign in")
            }
            "federated" => {
                let person = self.first().ok_or_else(|| nobody(page))?;
                let password = self.password(page, person)?;
                let typed = vec![
                    ("account".into(), person.upn.clone()),
                    ("password".into(), password),
                ];
                act("federated", typed, "Sign in")
            }
            "change-password" => {
                if page.problem.is_some() {
                    return Err(stuck(page));
                }
                let person = self.named(page)?;
                let new = person
                    .new_password
                    .clone()
                    .ok_or_else(|| RobotError::Stuck {
                        page: page.title.clone(),
                        message: "the page asks for a new password, and the person has none"
                            .to_owned(),
                    })?;
                let typed = vec![
                    ("current".into(), person.password.clone()),
                    ("new".into(), new.clone()),
                    ("repeat".into(), new),
                ];
                act("change-password", typed, "Continue")
            }
            "register" => act("register", Vec::new(), "Continue"),
            "number" => {
                self.waited += 1;
                if self.waited > PATIENCE && self.named(page)?.phone == Phone::Ignore {
                    return Err(RobotError::Stuck {
                        page: page.title.clone(),
                        message: "the page waits for the phone, and nobody answers it".to_owned(),
                    });
                }
                act("number", Vec::new(), "Continue")
            }
            "stay" => act("stay", Vec::new(), "No"),
            "consent" => {
                let press = match self.named(page)?.consent {
                    Consent::Accept => "Accept",
                    Consent::Deny => "Cancel",
                };
                act("consent", Vec::new(), press)
            }
            "relationship-request"
                if self.first().map(|person| person.consent) == Some(Consent::Accept) =>
            {
                act("relationship-request", Vec::new(), "Approve")
            }
            "audit-off" => act(
                "audit",
                Vec::new(),
                "Start recording user and admin activity",
            ),
            "register-app" => {
                let form = with_button(page, "registration", "Register");
                let fields = form.map_or(&[] as &[String], |form| &form.fields);
                if page.problem.is_some() || self.copied.is_empty() {
                    return Err(stuck(page));
                }
                let pasted = fields.iter().cloned().map(Cow::Owned);
                let typed = pasted.zip(self.copied.iter().cloned()).collect();
                act("registration", typed, "Register")
            }
            "approval-needed" => act("approval-needed", Vec::new(), "Continue"),
            "error" | "number-failed" => Err(stuck(page)),
            // `all-set`, `connected`, `signed-out`, and every page that is not of this cloud.
            _ => Ok(None),
        }
    }

    /// The first person who is not the portal's.
    fn first(&self) -> Option<&'a Person> {
        let mut known = self.people.iter().enumerate();
        known
            .find(|(index, _)| Some(*index) != self.portal)
            .map(|(_, person)| person)
    }

    /// The person whom the page names.
    fn named(&self, page: &Document) -> Result<&'a Person, RobotError> {
        let account = page.account.as_deref().unwrap_or_default();
        self.people
            .iter()
            .find(|person| person.upn.eq_ignore_ascii_case(account))
            .ok_or_else(|| nobody(page))
    }

    // The first password, and once more the new one: the account may have changed it on an earlier walk.
    fn password(&mut self, page: &Document, person: &Person) -> Result<String, RobotError> {
        if page.problem.is_none() {
            self.retyped = false;
            return Ok(person.password.clone());
        }
        match &person.new_password {
            Some(new) if !self.retyped => {
                self.retyped = true;
                Ok(new.clone())
            }
            _ => Err(stuck(page)),
        }
    }
}

async fn pick_up(
    phone: &PracticePhone,
    page: &Document,
    people: &[Person],
) -> Result<(), RobotError> {
    let account = page.account.as_deref().unwrap_or_default();
    let Some(person) = people
        .iter()
        .find(|person| person.upn.eq_ignore_ascii_case(account))
    else {
        return Ok(());
    };
    let number = page.number.as_deref().and_then(|text| text.parse().ok());
    match person.phone {
        Phone::Approve => phone.answer(account, number).await,
        Phone::Deny => phone.answer(account, None).await,
        Phone::Ignore => Ok(()),
    }
}

fn send(url: &Url, page: &Document, act: Act<'_>) -> Result<Ask, RobotError> {
    let missing = |what: String| RobotError::Stuck {
        page: page.title.clone(),
        message: what,
    };
    // Two forms may send the same step; the one with the wanted button is meant.
    let form = with_button(page, act.step, act.press)
        .ok_or_else(|| missing(format!("there is no button \"{}\"", act.press)))?;
    let mut fields = form.hidden.clone();
    for (name, value) in act.typed {
        if !form.fields.iter().any(|known| *known == name) {
            return Err(missing(format!("there is no field \"{name}\"")));
        }
        fields.push((name.into_owned(), value));
    }
    if let Some((name, value)) = form.button(act.press).filter(|(name, _)| !name.is_empty()) {
        fields.push((name, value));
    }
    let mut target = url
        .join(&form.action)
        .map_err(|_| missing("its form goes nowhere".to_owned()))?;
    if form.post {
        return Ok(Ask {
            url: target,
            form: Some(fields),
        });
    }
    target.query_pairs_mut().clear().extend_pairs(fields);
    Ok(Ask {
        url: target,
        form: None,
    })
}

fn with_button<'a>(page: &'a Document, step: &str, label: &str) -> Option<&'a FormOnPage> {
    page.forms.iter().find(|form| {
        form.button(label).is_some()
            && form
                .hidden
                .iter()
                .any(|(name, value)| name == "step" && value == step)
    })
}

fn stuck(page: &Document) -> RobotError {
    RobotError::Stuck {
        page: page.title.clone(),
        message: page
            .problem
            .clone()
            .unwrap_or_else(|| page.text.chars().take(300).collect()),
    }
}

fn nobody(page: &Document) -> RobotError {
    RobotError::Stuck {
        page: page.title.clone(),
        message: "the page asks for an account that the robot was not given".to_owned(),
    }
}
