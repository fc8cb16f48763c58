//! The pages on which a person signs in.

use askama::Template;

use super::Frame;

/// Asks for the account.
#[derive(Debug, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// The frame.
    pub frame: Frame,
    /// Name of the app that is signed in to.
    pub app: String,
    /// Where the form goes.
    pub action: String,
    /// What is already in the field.
    pub account: String,
    /// What was wrong with the last try.
    pub wrong: Option<String>,
}

/// Lets the person choose among accounts that are signed in.
#[derive(Debug, Template)]
#[template(path = "picker.html")]
pub struct PickerPage {
    /// The frame.
    pub frame: Frame,
    /// Name of the app.
    pub app: String,
    /// Where the form goes.
    pub action: String,
    /// Accounts that are signed in.
    pub accounts: Vec<String>,
}

/// Asks for the password.
#[derive(Debug, Template)]
#[template(path = "password.html")]
pub struct PasswordPage {
    /// The frame.
    pub frame: Frame,
    /// Account.
    pub upn: String,
    /// Whether another account may be chosen.
    pub can_change: bool,
    /// Name of the app.
    pub app: String,
    /// Where the form goes.
    pub action: String,
    /// What was wrong with the last try.
    pub wrong: Option<String>,
}

/// Asks for a new password in place of the first one.
#[derive(Debug, Template)]
#[template(path = "change_password.html")]
pub struct ChangePasswordPage {
    /// The frame.
    pub frame: Frame,
    /// Account.
    pub upn: String,
    /// Whether another account may be chosen.
    pub can_change: bool,
    /// Where the form goes.
    pub action: String,
    /// What was wrong with the last try.
    pub wrong: Option<String>,
}

/// Shows the number that is typed on the phone.
#[derive(Debug, Template)]
#[template(path = "number.html")]
pub struct NumberPage {
    /// The frame.
    pub frame: Frame,
    /// Account.
    pub upn: String,
    /// Whether another account may be chosen.
    pub can_change: bool,
    /// Where the forms go.
    pub action: String,
    /// Heading.
    pub heading: String,
    /// What to do.
    pub lead: String,
    /// Two digits.
    pub number: String,
    /// How long the number is good, seconds.
    pub seconds: i64,
    /// How much of that is left.
    pub seconds_left: i64,
    /// Address that tells how the prompt stands.
    pub status: String,
}

impl NumberPage {
    fn script(&self) -> &'static str {
        super::script()
    }
}

/// Says why the phone's answer did not count.
#[derive(Debug, Template)]
#[template(path = "number_failed.html")]
pub struct NumberFailedPage {
    /// The frame.
    pub frame: Frame,
    /// Account.
    pub upn: String,
    /// Whether another account may be chosen.
    pub can_change: bool,
    /// Where the form goes.
    pub action: String,
    /// Heading.
    pub heading: String,
    /// What happened.
    pub reason: String,
}

/// Pairs the phone with the account.
#[derive(Debug, Template)]
#[template(path = "register.html")]
pub struct RegisterPage {
    /// The frame.
    pub frame: Frame,
    /// Account.
    pub upn: String,
    /// Whether another account may be chosen.
    pub can_change: bool,
    /// Where the form goes.
    pub action: String,
    /// Pairing code.
    pub pairing: String,
    /// The code as a picture (SVG of our own making).
    pub figure: String,
}

/// Asks whether to stay signed in.
#[derive(Debug, Template)]
#[template(path = "stay.html")]
pub struct StayPage {
    /// The frame.
    pub frame: Frame,
    /// Account.
    pub upn: String,
    /// Whether another account may be chosen.
    pub can_change: bool,
    /// Where the form goes.
    pub action: String,
}

/// The sign-in page of an organisation that checks passwords itself.
#[derive(Debug, Template)]
#[template(path = "federated.html")]
pub struct FederatedPage {
    /// The frame.
    pub frame: Frame,
    /// Name of the organisation.
    pub organisation: String,
    /// Where the form goes.
    pub action: String,
    /// Account that was typed before.
    pub account: String,
    /// What was wrong with the last try.
    pub wrong: Option<String>,
}
