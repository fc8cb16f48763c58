//! What every practice page must keep to, held against all of them.

use std::collections::BTreeSet;

use askama::Template;
use scraper::{ElementRef, Html, Selector};

use super::*;

fn drawn<T: Template>(page: &T) -> String {
    page.render().unwrap()
}

/// Every page, with something in every place that can hold something.
fn all() -> Vec<String> {
    let text = |text: &str| text.to_owned();
    let (upn, action, app) = (text("dana@x.example"), text("/signin/f"), text("App <&>"));
    let wrong = Some(text("Wrong."));
    vec![
        drawn(&AccountPage {
            frame: Frame::login("account", "account"),
            app: app.clone(),
            action: action.clone(),
            account: text("\"><script>"),
            wrong: wrong.clone(),
        }),
        drawn(&PickerPage {
            frame: Frame::login("picker", "pick an account"),
            app: app.clone(),
            action: action.clone(),
            accounts: vec![upn.clone()],
        }),
        drawn(&PasswordPage {
            frame: Frame::login("password", "password"),
            upn: upn.clone(),
            can_change: true,
            app: app.clone(),
            action: action.clone(),
            wrong: wrong.clone(),
        }),
        drawn(&ChangePasswordPage {
            frame: Frame::login("change-password", "change password"),
            upn: upn.clone(),
            can_change: true,
            action: action.clone(),
            wrong: wrong.clone(),
        }),
        drawn(&NumberPage {
            frame: Frame::login("number", "approve on the phone"),
            upn: upn.clone(),
            can_change: true,
            action: action.clone(),
            heading: text("Approve"),
            lead: text("Enter this number."),
            number: text("07"),
            seconds: 60,
            seconds_left: 30,
            status: text("/signin/f/phone"),
        }),
        drawn(&NumberFailedPage {
            frame: Frame::login("number-failed", "not approved"),
            upn: upn.clone(),
            can_change: true,
            action: action.clone(),
            heading: text("Not approved"),
            reason: text("No."),
        }),
        drawn(&RegisterPage {
            frame: Frame::login("register", "set up the phone"),
            upn: upn.clone(),
            can_change: true,
            action: action.clone(),
            pairing: text("ABCD-1234"),
            figure: figure("ABCD-1234"),
        }),
        drawn(&StayPage {
            frame: Frame::login("stay", "stay signed in"),
            upn: upn.clone(),
            can_change: true,
            action: action.clone(),
        }),
        drawn(&ConsentPage {
            frame: Frame::login("consent", "consent"),
            upn: upn.clone(),
            can_change: true,
            action: action.clone(),
            app: app.clone(),
            publisher: Some(text("Publisher")),
            verified: false,
            tenant: text("Tenant"),
            rights: vec![Right {
                words: text("Read"),
                value: text("User.Read"),
                application: true,
            }],
            whole_organisation: false,
            can_tick: true,
        }),
        drawn(&ApprovalNeededPage {
            frame: Frame::login("approval-needed", "needs an administrator"),
            upn: upn.clone(),
            can_change: true,
            action: action.clone(),
            app: app.clone(),
            tenant: text("Tenant"),
            request: text("id"),
        }),
        drawn(&ErrorPage {
            frame: Frame::login("error", "error"),
            heading: text("You cannot sign in here"),
            message: text("Why."),
            remedy: text("What to do."),
            code: text("AADSTS1"),
            request: text("id"),
            time: text("now"),
        }),
        drawn(&AllSetPage {
            frame: Frame::login("all-set", "all set"),
            upn: upn.clone(),
            can_change: false,
            action: action.clone(),
            methods: vec![MethodLine {
                kind: "password",
                name: text("Password"),
                detail: text("today"),
            }],
            sign_out: text("/sign-out"),
        }),
        drawn(&SignedOutPage {
            frame: Frame::login("signed-out", "signed out"),
        }),
        drawn(&FederatedPage {
            frame: Frame::federated(),
            organisation: text("Org"),
            action: text("/signin?wctx=f"),
            account: upn.clone(),
            wrong: wrong.clone(),
        }),
        drawn(&PortalSignInPage {
            frame: Frame::portal("vendor-sign-in", "sign in", "P"),
            account: upn.clone(),
            wrong,
        }),
        drawn(&IntegrationsPage {
            frame: Frame::portal("integrations", "integrations", "P"),
            notice: Some(text("Note.")),
            integrations: vec![IntegrationLine {
                id: text("1"),
                tenant: text("Tenant"),
                permissions: 3,
                account: upn.clone(),
            }],
            csrf: text("c"),
        }),
        drawn(&MappingsPage {
            frame: Frame::portal("mappings", "organization mappings", "P"),
            notice: Some(text("Note.")),
            tenants: vec![MappingLine {
                id: text("1"),
                tenant: text("Tenant"),
                organization: text("Organization"),
                is_second: true,
            }],
            organizations: vec![text("Organization")],
            csrf: text("c"),
        }),
        drawn(&PortalHomePage {
            frame: Frame::admin("portal-home", "home"),
            tenant: text("Tenant"),
            account: upn.clone(),
            csrf: text("c"),
        }),
        drawn(&PortalLinkPage {
            frame: Frame::admin("portal-link", "open a link"),
        }),
        drawn(&PortalNotePage {
            frame: Frame::admin("portal-note", "note"),
            heading: text("Approved"),
            text: text("In a moment."),
        }),
        drawn(&PortalRequestPage {
            frame: Frame::admin("relationship-request", "a provider's request").wide(),
            action: text("/partners/invitation/granularAdminRelationships/1"),
            account: upn.clone(),
            tenant: text("Tenant"),
            provider: text("Provider <&>"),
            name: text("Request"),
            days: 730,
            extends: true,
            roles: vec![text("Exchange Administrator")],
            csrf: text("c"),
        }),
        drawn(&PortalRelationshipsPage {
            frame: Frame::admin("relationships", "partner relationships").wide(),
            tenant: text("Tenant"),
            relationships: vec![RelationshipLine {
                id: text("1"),
                name: text("Request"),
                provider: text("Provider"),
                status: "active",
                roles: 10,
            }],
            csrf: text("c"),
        }),
        drawn(&PortalAuditPage {
            frame: Frame::admin("audit-off", "audit"),
            tenant: text("Tenant"),
            recording: false,
            action: text("/audit/auditsearch?tid=1"),
            csrf: text("c"),
        }),
        drawn(&AddPage {
            frame: Frame::portal("add-integration", "add integration", "P"),
            csrf: text("c"),
        }),
        drawn(&ConnectedPage {
            frame: Frame::portal("connected", "connected", "P"),
            tenant: text("Tenant"),
            account: upn,
            app,
            permissions: 3,
        }),
    ]
}

fn find<'a>(html: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    let selector = Selector::parse(css).unwrap();
    html.select(&selector).collect()
}

fn words(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

#[test]
fn every_page_says_that_it_is_practice() {
    for page in all() {
        let html = Html::parse_document(&page);
        assert_eq!(find(&html, "[data-practice-mark]").len(), 1, "{page}");
        let band = words(&find(&html, "header.band")[0]);
        assert!(band.starts_with("Practice "), "{band}");
        assert!(band.ends_with("Never type a real password here."), "{band}");
        assert!(words(&find(&html, "footer")[0]).starts_with("Simulated by Grantway"));
    }
}

#[test]
fn titles_and_short_names_are_unique() {
    let pages = all();
    let titles: BTreeSet<String> = pages
        .iter()
        .map(|page| words(&find(&Html::parse_document(page), "title")[0]))
        .collect();
    assert_eq!(titles.len(), pages.len());
    let names: BTreeSet<String> = pages
        .iter()
        .map(|page| {
            let html = Html::parse_document(page);
            find(&html, "body")[0].attr("data-page").unwrap().to_owned()
        })
        .collect();
    assert_eq!(names.len(), pages.len());
}

#[test]
fn every_page_has_one_heading_a_language_and_named_controls() {
    for page in all() {
        let html = Html::parse_document(&page);
        assert_eq!(find(&html, "h1").len(), 1);
        assert_eq!(find(&html, "html[lang=en]").len(), 1);
        assert_eq!(find(&html, "main").len(), 1);
        for input in find(&html, "input:not([type=hidden])") {
            let id = input.attr("id").unwrap_or("?");
            let labelled = find(&html, "label").iter().any(|label| {
                label.attr("for") == Some(id)
                    || label
                        .select(&Selector::parse("input").unwrap())
                        .any(|inner| inner == input)
            });
            assert!(labelled, "{}", input.html());
        }
        for button in find(&html, "button") {
            assert!(!words(&button).is_empty(), "{}", button.html());
        }
        assert!(find(&html, "[autofocus]").len() <= 1);
        if !find(&html, "input[type=text],input[type=password]").is_empty() {
            assert_eq!(find(&html, "input[autofocus]").len(), 1, "{page}");
        }
        for described in find(&html, "[aria-describedby]") {
            for id in described.attr("aria-describedby").unwrap().split(' ') {
                assert_eq!(find(&html, &format!("#{id}")).len(), 1, "{id}");
            }
        }
    }
}

#[test]
fn no_page_loads_anything_or_breaks_its_own_policy() {
    for page in all() {
        let html = Html::parse_document(&page);
        assert!(find(&html, "[style],[onclick],[onload],[src],iframe,object").is_empty());
        for link in find(&html, "link,a[href],form") {
            let target = link.attr("href").or(link.attr("action")).unwrap();
            assert!(target.starts_with('/') || target == "data:,", "{target}");
        }
        assert!(
            !page.contains("\"><script>"),
            "a field's value was not escaped"
        );
    }
}

#[test]
fn the_name_of_no_real_portal_is_borrowed() {
    for page in all() {
        let text = page.replace("This is not Microsoft.", "").to_lowercase();
        for brand in ["microsoft", "entra", "azure", "office 365"] {
            assert!(!text.contains(brand), "{brand}");
        }
    }
}
