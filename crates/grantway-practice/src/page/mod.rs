//! What all practice pages share: one frame with the practice mark, one look, and headers that let a page load nothing
//! and show nowhere else. Pages are plain forms; one script saves a person from pressing Continue, another follows a link.

mod admin;
mod consent;
pub mod cookie;
mod notice;
mod pairing;
mod portal;
#[cfg(test)]
mod rules;
mod sign_in;

use std::sync::LazyLock;

use askama::Template;
use axum::body::Body;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, StatusCode, header};
use sha2::{Digest, Sha256};

pub use admin::{
    ApiLine, PortalAuditPage, PortalHomePage, PortalLinkPage, PortalNotePage,
    PortalRegistrationPage, PortalRelationshipsPage, PortalRequestPage, RelationshipLine,
};
pub use consent::{ApprovalNeededPage, ConsentPage, Right};
pub use notice::{AllSetPage, ErrorPage, MethodLine, SignedOutPage};
pub use pairing::figure;
pub use portal::{
    AddPage, ConnectedPage, IntegrationLine, IntegrationsPage, MappingLine, MappingsPage,
    PortalSignInPage,
};
pub use sign_in::{
    AccountPage, ChangePasswordPage, FederatedPage, NumberFailedPage, NumberPage, PasswordPage,
    PickerPage, RegisterPage, StayPage,
};

const STYLE: &str = include_str!("../../templates/page.css");
const SCRIPT: &str = include_str!("../../templates/wait.js");
const LINK_SCRIPT: &str = include_str!("../../templates/link.js");

/// Which of the imitated places a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The sign-in service.
    Login,
    /// The sign-in page of another organisation.
    Federated,
    /// The vendor's portal.
    Portal,
    /// The admin portal.
    Admin,
}

/// What the frame around a page needs.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Title of the document, unique per page.
    pub title: String,
    /// Short name of the page, for programs that read it.
    pub page: &'static str,
    /// Which place it imitates.
    pub place: Place,
    /// Words beside the practice mark.
    pub mark: String,
    /// Whether the card is wide.
    pub wide: bool,
}

impl Place {
    /// The band at the top of every page.
    pub fn band(self) -> &'static str {
        match self {
            Self::Login => {
                "Practice sign-in. This is not Microsoft. Never type a real password here."
            }
            Self::Federated => {
                "Practice sign-in of an organisation. Never type a real password here."
            }
            Self::Portal => {
                "Practice portal. This is no real vendor. Never type a real password here."
            }
            Self::Admin => {
                "Practice admin portal. This is not Microsoft. Never type a real password here."
            }
        }
    }

    /// Class of the body.
    pub fn class(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Federated => "federated",
            Self::Portal => "portal",
            Self::Admin => "admin",
        }
    }
}

impl Frame {
    /// A page of the sign-in service; `name` ends the title.
    pub fn login(page: &'static str, name: &str) -> Self {
        Self {
            title: format!("Practice sign-in – {name}"),
            page,
            place: Place::Login,
            mark: "Practice cloud".to_owned(),
            wide: false,
        }
    }

    /// The sign-in page of another organisation.
    pub fn federated() -> Self {
        Self {
            title: "Practice organisation – sign in".to_owned(),
            page: "federated",
            place: Place::Federated,
            mark: "Practice organisation".to_owned(),
            wide: false,
        }
    }

    /// A page of the vendor's portal; `product` stands beside the mark.
    pub fn portal(page: &'static str, name: &str, product: &str) -> Self {
        Self {
            title: format!("Practice portal – {name}"),
            page,
            place: Place::Portal,
            mark: format!("{product}, practice portal"),
            wide: true,
        }
    }

    /// A page of the admin portal.
    pub fn admin(page: &'static str, name: &str) -> Self {
        Self {
            title: format!("Practice admin portal – {name}"),
            page,
            place: Place::Admin,
            mark: "Practice admin portal".to_owned(),
            wide: false,
        }
    }

    /// The same frame with a wide card.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The style sheet, for the templates.
    pub fn style(&self) -> &'static str {
        STYLE
    }
}

/// The script of the number page, for its template.
pub(crate) fn script() -> &'static str {
    SCRIPT
}

/// The script of the page that a link leads to, for its template.
pub(crate) fn link_script() -> &'static str {
    LINK_SCRIPT
}

/// Answers a page.
pub fn show<T: Template>(status: StatusCode, page: &T) -> Response {
    match page.render() {
        Ok(html) => with_headers(status, "text/html; charset=utf-8", Body::from(html)),
        Err(problem) => {
            tracing::error!(%problem, "a practice page could not be drawn");
            with_headers(
                StatusCode::INTERNAL_SERVER_ERROR,
                "text/plain; charset=utf-8",
                Body::from("This practice page could not be drawn. Start over."),
            )
        }
    }
}

/// Answers JSON that no cache keeps.
pub fn json(status: StatusCode, value: &serde_json::Value) -> Response {
    with_headers(
        status,
        "application/json; charset=utf-8",
        Body::from(value.to_string()),
    )
}

/// Sends the browser on with GET.
pub fn go_to(address: &str) -> Response {
    let mut response = with_headers(StatusCode::FOUND, "text/plain", Body::empty());
    match HeaderValue::from_str(address) {
        Ok(location) => {
            response.headers_mut().insert(header::LOCATION, location);
        }
        Err(_) => *response.status_mut() = StatusCode::BAD_REQUEST,
    }
    response
}

/// Adds a `Set-Cookie` header.
pub fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn with_headers(status: StatusCode, kind: &'static str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
        (header::PRAGMA, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    response
}

// Forms lead on to the other practice services and to the redirect address of the app, all of them on this computer:
// browsers hold the redirects that follow a form against `form-action` too.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}' 'sha256-{}'; connect-src 'self'; img-src data:; \
         form-action 'self' http://127.0.0.1:* http://localhost:*; frame-ancestors 'none'; base-uri 'none'",
        hash(STYLE),
        hash(SCRIPT),
        hash(LINK_SCRIPT)
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_the_mark_the_band_and_the_headers() {
        let page = SignedOutPage {
            frame: Frame::login("signed-out", "signed out"),
        };
        let response = show(StatusCode::OK, &page);
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"));
        assert!(!policy.contains("unsafe"));
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let html = page.render().unwrap();
        assert!(html.contains("data-practice-mark"));
        assert!(html.contains("Practice sign-in. This is not Microsoft."));
        assert!(html.contains("<title>Practice sign-in – signed out</title>"));
    }

    #[test]
    fn the_style_and_script_are_written_exactly_as_hashed() {
        let page = NumberPage {
            frame: Frame::login("number", "approve"),
            upn: "a@b.example".into(),
            can_change: true,
            action: "/x".into(),
            heading: "h".into(),
            lead: "l".into(),
            number: "07".into(),
            seconds: 60,
            seconds_left: 40,
            status: "/s".into(),
        };
        let html = page.render().unwrap();
        assert!(html.contains(&format!("<style>{STYLE}</style>")));
        assert!(html.contains(&format!("<script>{SCRIPT}</script>")));
    }
}
