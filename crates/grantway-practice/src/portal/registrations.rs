//! The page on which a person registers an app by hand, and the one on which they see and change it.
// facts: own-app-and-tokens §1.2, §6

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use super::session::Visitor;
use super::{Parameters, Portal, field, name, roles};
use crate::clock::later;
use crate::page::{self, ApiLine, Frame, PortalRegistrationPage};
use crate::state::{
    Application, Publisher, RequestedPermissions, ServicePrincipal, World, resource_offers,
    role_by_name,
};

/// Who may register apps where people may not.
const REGISTRARS: [&str; 4] = [
    "Application Developer",
    "Application Administrator",
    "Cloud Application Administrator",
    "Global Administrator",
];
/// Who may change what others have registered.
const MANAGERS: [&str; 3] = [
    "Application Administrator",
    "Cloud Application Administrator",
    "Global Administrator",
];
/// Account types, in the page's words, with Graph's.
const ACCOUNT_TYPES: [(&str, &str); 3] = [
    ("Single tenant only", "AzureADMyOrg"),
    ("Multiple Entra ID tenants", "AzureADMultipleOrgs"),
    (
        "Any Entra ID tenant and personal accounts",
        "AzureADandPersonalMicrosoftAccount",
    ),
];
/// Platforms, in the page's words; the second one is that of a public client.
const PLATFORMS: [&str; 2] = ["Web", "Public client/native (mobile & desktop)"];
/// Rows for redirect addresses.
const REDIRECTS: usize = 4;

/// `GET /registrations/new`
pub(super) async fn ask(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    match portal.visitor(&headers, None, "/registrations/new") {
        Ok(visitor) => draw(&portal, &visitor, None, &Vec::new(), None),
        Err(response) => response,
    }
}

/// `POST /registrations/new`
pub(super) async fn register(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    Form(form): Form<Parameters>,
) -> Response {
    let visitor = match portal.visitor(&headers, None, "/registrations/new") {
        Ok(visitor) => visitor,
        Err(response) => return response,
    };
    if let Err(response) = portal.guarded(&visitor, &form) {
        return response;
    }
    let wanted = match read(&form) {
        Ok(wanted) => wanted,
        Err(problem) => return draw(&portal, &visitor, None, &form, Some(problem)),
    };
    let (client, object, principal) = (
        portal.cloud.ids.guid(),
        portal.cloud.ids.guid(),
        portal.cloud.ids.guid(),
    );
    let now = portal.cloud.now();
    let made = portal.cloud.write(|world| {
        let (restricted, refused) = world
            .tenant(&visitor.tenant)
            .map(|own| (own.apps_by_administrators, own.multi_tenant_apps_refused))
            .ok_or(Refused::Role)?;
        let is_member = visitor.home == visitor.tenant;
        if !is_member || (restricted && !holds(&portal, world, &visitor, &REGISTRARS)) {
            return Err(Refused::Role);
        }
        let mut app = Application {
            client_id: client,
            name: String::new(),
            owner_tenant: visitor.tenant,
            publisher: Publisher {
                name: name(world, &visitor.tenant),
                verified_id: None,
            },
            public_client: true,
            secret_hash: None,
            redirect_uris: Vec::new(),
            requested: Vec::new(),
            multi_tenant: true,
            audience: String::new(),
            object_id: object,
            unique_name: None,
            created: now,
            registered_by: Some(visitor.user),
            preauthorized: false,
        };
        wanted.put_into(&mut app, refused)?;
        // The page makes the app known in its own tenant as well.
        let visible = later(now, world.propagation.new_object);
        let known = ServicePrincipal::of(principal, &app, now, visible);
        world.applications.insert(client, app);
        if let Some(own) = world.tenant_mut(&visitor.tenant) {
            own.service_principals.insert(principal, known);
        }
        Ok(())
    });
    match made {
        Ok(()) => page::go_to(&format!("/registrations/{client}")),
        Err(refused) => refused.told(&portal, &visitor, &form),
    }
}

/// `GET /registrations/{client}`
pub(super) async fn show(
    State(portal): State<Arc<Portal>>,
    Path(client): Path<Uuid>,
    headers: HeaderMap,
) -> Response {
    match portal.visitor(&headers, None, &format!("/registrations/{client}")) {
        Ok(visitor) => overview(&portal, &visitor, client),
        Err(response) => response,
    }
}

/// `POST /registrations/{client}`
pub(super) async fn change(
    State(portal): State<Arc<Portal>>,
    Path(client): Path<Uuid>,
    headers: HeaderMap,
    Form(form): Form<Parameters>,
) -> Response {
    let visitor = match portal.visitor(&headers, None, &format!("/registrations/{client}")) {
        Ok(visitor) => visitor,
        Err(response) => return response,
    };
    if let Err(response) = portal.guarded(&visitor, &form) {
        return response;
    }
    let wanted = match read(&form) {
        Ok(wanted) => wanted,
        Err(problem) => return draw(&portal, &visitor, Some(client), &form, Some(problem)),
    };
    let changed = portal.cloud.write(|world| {
        let is_manager = holds(&portal, world, &visitor, &MANAGERS);
        let refused = world
            .tenant(&visitor.tenant)
            .is_some_and(|own| own.multi_tenant_apps_refused);
        let app = world.applications.get_mut(&client);
        let app = app.filter(|app| {
            app.owner_tenant == visitor.tenant
                && !app.preauthorized
                && (is_manager || app.registered_by == Some(visitor.user))
        });
        wanted.put_into(app.ok_or(Refused::Role)?, refused)
    });
    match changed {
        Ok(()) => overview(&portal, &visitor, client),
        Err(refused) => refused.told(&portal, &visitor, &form),
    }
}

/// Why nothing was registered or changed.
enum Refused {
    /// Another role is needed.
    Role,
    /// A policy of the tenant takes no apps for several tenants.
    Policy,
}

impl Refused {
    fn told(&self, portal: &Portal, visitor: &Visitor, form: &Parameters) -> Response {
        match self {
            Self::Role => portal.note(
                StatusCode::FORBIDDEN,
                "This needs another role",
                "In this organisation only administrators register apps: an Application Developer, an Application \
                 Administrator, a Cloud Application Administrator or a Global Administrator.",
            ),
            Self::Policy => {
                let problem = "An app management policy of this organisation takes no apps for several tenants.";
                draw(portal, visitor, None, form, Some(problem.to_owned()))
            }
        }
    }
}

/// What stands in the form.
struct Wanted {
    name: String,
    audience: &'static str,
    is_public: bool,
    redirects: Vec<String>,
    requested: Vec<RequestedPermissions>,
}

impl Wanted {
    fn put_into(self, app: &mut Application, multi_tenant_refused: bool) -> Result<(), Refused> {
        let is_multi_tenant = self.audience != "AzureADMyOrg";
        if is_multi_tenant && multi_tenant_refused {
            return Err(Refused::Policy);
        }
        app.name = self.name;
        app.audience = self.audience.to_owned();
        app.multi_tenant = is_multi_tenant;
        app.public_client = self.is_public;
        app.redirect_uris = self.redirects;
        app.requested = self.requested;
        Ok(())
    }
}

/// Reads the form; the first thing that is wrong is what the page says.
fn read(form: &Parameters) -> Result<Wanted, String> {
    let name = field(form, "name").trim();
    if name.is_empty() || name.chars().count() > 256 {
        return Err("Type a name of at most 256 characters.".to_owned());
    }
    let types = field(form, "account_types").trim();
    let audience = ACCOUNT_TYPES.iter().find(|(words, _)| *words == types);
    let (_, audience) = audience.ok_or("Choose one of the account types.")?;
    let platform = field(form, "platform").trim();
    if !PLATFORMS.contains(&platform) {
        return Err("Choose one of the platforms.".to_owned());
    }
    let mut redirects: Vec<String> = Vec::new();
    for row in 1..=REDIRECTS {
        let address = field(form, &format!("redirect.{row}")).trim().to_owned();
        if address.is_empty() || redirects.contains(&address) {
            continue;
        }
        if !url::Url::parse(&address).is_ok_and(|url| url.fragment().is_none()) {
            return Err(format!("\"{address}\" is no address."));
        }
        redirects.push(address);
    }
    let mut requested = Vec::new();
    for offer in resource_offers() {
        let names = field(form, &format!("api.{}", offer.app_id));
        let names = names.split([',', ' ', '\n', '\r']).map(str::trim);
        let mut delegated: Vec<String> = Vec::new();
        for permission in names.filter(|name| !name.is_empty()) {
            if !offer.scopes.iter().any(|scope| scope.value == permission) {
                return Err(format!(
                    "{} has no delegated permission \"{permission}\".",
                    offer.name
                ));
            }
            if !delegated.iter().any(|known| known == permission) {
                delegated.push(permission.to_owned());
            }
        }
        if !delegated.is_empty() {
            requested.push(RequestedPermissions {
                resource: offer.app_id,
                delegated,
                application: Vec::new(),
            });
        }
    }
    Ok(Wanted {
        name: name.to_owned(),
        audience,
        is_public: platform == PLATFORMS[1],
        redirects,
        requested,
    })
}

/// The form as a registration fills it.
fn filled(app: &Application) -> Parameters {
    let words = ACCOUNT_TYPES
        .iter()
        .find(|(_, known)| *known == app.audience);
    let mut form: Parameters = vec![
        ("name".to_owned(), app.name.clone()),
        (
            "account_types".to_owned(),
            words.map_or_else(|| app.audience.clone(), |(words, _)| (*words).to_owned()),
        ),
        (
            "platform".to_owned(),
            PLATFORMS[usize::from(app.public_client)].to_owned(),
        ),
    ];
    let rows = app.redirect_uris.iter().zip(1..);
    form.extend(rows.map(|(address, row)| (format!("redirect.{row}"), address.clone())));
    let apis = app.requested.iter();
    form.extend(apis.map(|of| (format!("api.{}", of.resource), of.delegated.join(", "))));
    form
}

/// The registration as it stands.
fn overview(portal: &Portal, visitor: &Visitor, client: Uuid) -> Response {
    let form = portal.cloud.read(|world| {
        let app = world.applications.get(&client);
        app.filter(|app| app.owner_tenant == visitor.tenant && !app.preauthorized)
            .map(filled)
    });
    match form {
        Some(form) => draw(portal, visitor, Some(client), &form, None),
        None => portal.note(
            StatusCode::NOT_FOUND,
            "There is no such app registration",
            "It was deleted, or it belongs to another organisation.",
        ),
    }
}

fn draw(
    portal: &Portal,
    visitor: &Visitor,
    client: Option<Uuid>,
    form: &Parameters,
    problem: Option<String>,
) -> Response {
    let tenant = portal.cloud.read(|world| name(world, &visitor.tenant));
    let value = |name: &str| field(form, name).to_owned();
    let (short, title) = match client {
        Some(_) => ("app-registered", "app registration"),
        None => ("register-app", "register an app"),
    };
    page::show(
        StatusCode::OK,
        &PortalRegistrationPage {
            frame: Frame::admin(short, title),
            tenant,
            account: visitor.upn.clone(),
            client: client.map(|id| id.to_string()),
            action: client.map_or_else(
                || "/registrations/new".to_owned(),
                |id| format!("/registrations/{id}"),
            ),
            problem,
            name: value("name"),
            account_types: value("account_types"),
            account_type_list: ACCOUNT_TYPES.map(|(words, _)| words).to_vec(),
            platform: value("platform"),
            platform_list: PLATFORMS.to_vec(),
            redirects: (1..=REDIRECTS)
                .map(|row| (row, value(&format!("redirect.{row}"))))
                .collect(),
            apis: resource_offers()
                .iter()
                .map(|offer| ApiLine {
                    field: format!("api.{}", offer.app_id),
                    name: offer.name.to_owned(),
                    permissions: value(&format!("api.{}", offer.app_id)),
                })
                .collect(),
            csrf: visitor.csrf.clone(),
        },
    )
}

fn holds(portal: &Portal, world: &World, visitor: &Visitor, names: &[&str]) -> bool {
    let held = roles(portal, world, visitor);
    let mut wanted = names.iter().filter_map(|name| role_by_name(name));
    wanted.any(|role| held.contains(&role.template))
}
