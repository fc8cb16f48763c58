//! Mapping tenants to organizations. The portal lets two tenants have one organization, and takes in data of the first alone.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use uuid::Uuid;

use super::session::Visitor;
use super::{Parameters, Portal, field};
use crate::page::{self, MappingLine, MappingsPage};
use crate::state::{VendorMapping, World};

/// `GET /mappings`
pub async fn show(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    match portal.visitor(&headers) {
        Some(visitor) => list(&portal, &visitor, None),
        None => page::go_to("/sign-in"),
    }
}

/// `POST /mappings`: gives a tenant an organization, or takes it off.
pub async fn map(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    Form(form): Form<Parameters>,
) -> Response {
    let Some(visitor) = portal.visitor(&headers) else {
        return page::go_to("/sign-in");
    };
    if field(&form, "csrf") != visitor.csrf {
        let told = "That form was out of date. Nothing was saved.";
        return list(&portal, &visitor, Some(told));
    }
    let organization = field(&form, "organization");
    let tenant = Uuid::parse_str(field(&form, "tenant")).ok();
    let now = portal.cloud.now();
    let saved = portal.cloud.write(|world| {
        let tenant = tenant.filter(|tenant| reached(world, now).contains(tenant))?;
        let is_known = organizations_of(world, now)
            .iter()
            .any(|name| name == organization);
        if !organization.is_empty() && !is_known {
            return None;
        }
        let mappings = &mut world.vendor_portal.mappings;
        mappings.retain(|known| known.tenant != tenant);
        if !organization.is_empty() {
            mappings.push(VendorMapping {
                tenant,
                organization: organization.to_owned(),
            });
        }
        Some(())
    });
    let told = match saved {
        Some(()) => "Saved.",
        None => "That tenant or organization is not there. Nothing was saved.",
    };
    list(&portal, &visitor, Some(told))
}

/// `GET /organizations.csv`: the organizations, with the tenants that are mapped to them.
pub async fn organizations(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    if portal.visitor(&headers).is_none() {
        return page::go_to("/sign-in");
    }
    let now = portal.cloud.now();
    let table = portal.cloud.read(|world| {
        let mut table = "Organization,Tenant ID\r\n".to_owned();
        for name in organizations_of(world, now) {
            let mapped = world.vendor_portal.mappings.iter();
            let mut mapped = mapped.filter(|known| known.organization == name);
            let tenant = mapped.next().map(|known| known.tenant.to_string());
            let quoted = name.replace('"', "\"\"");
            table.push_str(&format!("\"{quoted}\",{}\r\n", tenant.unwrap_or_default()));
        }
        table
    });
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"organizations.csv\"",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (StatusCode::OK, headers, table).into_response()
}

fn list(portal: &Portal, visitor: &Visitor, notice: Option<&str>) -> Response {
    let now = portal.cloud.now();
    let (tenants, organizations) = portal
        .cloud
        .read(|world| (lines(world, now), organizations_of(world, now)));
    page::show(
        StatusCode::OK,
        &MappingsPage {
            frame: portal.frame("mappings", "organization mappings"),
            notice: notice.map(str::to_owned),
            tenants,
            organizations,
            csrf: visitor.csrf.clone(),
        },
    )
}

fn lines(world: &World, now: jiff::Timestamp) -> Vec<MappingLine> {
    let mut taken: HashSet<&str> = HashSet::new();
    let second: HashSet<Uuid> = world
        .vendor_portal
        .mappings
        .iter()
        .filter(|known| !taken.insert(&known.organization))
        .map(|known| known.tenant)
        .collect();
    let mut lines: Vec<MappingLine> = reached(world, now)
        .into_iter()
        .filter_map(|tenant| {
            let mut mappings = world.vendor_portal.mappings.iter();
            let mapped = mappings.find(|known| known.tenant == tenant);
            Some(MappingLine {
                id: tenant.to_string(),
                tenant: world.tenant(&tenant)?.display_name.clone(),
                organization: mapped.map_or_else(String::new, |known| known.organization.clone()),
                is_second: second.contains(&tenant),
            })
        })
        .collect();
    lines.sort_by(|one, other| one.tenant.cmp(&other.tenant));
    lines
}

/// The tenants that are connected, and the customers with an active relationship to one of them.
fn reached(world: &World, now: jiff::Timestamp) -> BTreeSet<Uuid> {
    let integrations = world.vendor_portal.integrations.iter();
    let connected: BTreeSet<Uuid> = integrations
        .filter(|known| known.connected)
        .filter_map(|known| known.tenant)
        .collect();
    let customers = customers(world, now, |provider| connected.contains(&provider));
    customers
        .into_iter()
        .chain(connected.iter().copied())
        .collect()
}

fn customers(
    world: &World,
    now: jiff::Timestamp,
    is_meant: impl Fn(Uuid) -> bool,
) -> BTreeSet<Uuid> {
    let relationships = world.relationships.values();
    relationships
        .filter(|relationship| {
            is_meant(relationship.provider_tenant) && relationship.is_active(now)
        })
        .filter_map(|relationship| relationship.customer_tenant)
        .collect()
}

/// The scenario's organizations, then one for each customer that none of them is named after: of two such names one
/// begins as the other does.
fn organizations_of(world: &World, now: jiff::Timestamp) -> Vec<String> {
    let mut names = world.vendor_portal.organizations.clone();
    let listed: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let is_listed = |name: &str| {
        let name = name.to_lowercase();
        let mut listed = listed.iter();
        listed.any(|known| known.starts_with(&name) || name.starts_with(known))
    };
    let customers = customers(world, now, |_| true);
    let customers = customers.iter().filter_map(|tenant| world.tenant(tenant));
    let more: BTreeSet<String> = customers
        .map(|tenant| tenant.display_name.clone())
        .filter(|name| !is_listed(name))
        .collect();
    names.extend(more);
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Ids;
    use crate::scenario::ScenarioSource;
    use crate::state::VendorIntegration;

    const LARKSPUR: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001";

    fn now() -> jiff::Timestamp {
        "2026-05-01T10:00:00Z".parse().expect("a moment")
    }

    fn world() -> World {
        let source = ScenarioSource::default();
        source.world(&Ids::seeded(1), now()).expect("it builds")
    }

    /// The same once the provider's tenant is connected.
    fn connected() -> World {
        let mut world = world();
        world.vendor_portal.integrations.push(VendorIntegration {
            id: Uuid::nil(),
            tenant: Uuid::parse_str(LARKSPUR).ok(),
            legs: Vec::new(),
            connected: true,
        });
        world
    }

    #[test]
    fn tenants_are_within_reach_once_their_provider_is_connected() {
        assert_eq!(lines(&world(), now()), []);
        let lines = lines(&connected(), now());
        let names: Vec<&str> = lines.iter().map(|line| line.tenant.as_str()).collect();
        let all = [
            "Alder Dental",
            "Brackwater Boats",
            "Copperfield Accountants",
            "Larkspur Managed IT",
        ];
        assert_eq!(names, all);
        assert!(lines.iter().all(|line| line.organization.is_empty()));
    }

    #[test]
    fn each_customer_has_an_organization_under_some_name() {
        let all = [
            "Larkspur Managed IT (MSP Tenant)",
            "Alder Dental, Inc.",
            "Brackwater Boat",
            "Elm & Sons",
            "Copperfield Accountants",
        ];
        assert_eq!(organizations_of(&world(), now()), all);
    }

    #[test]
    fn of_two_tenants_with_one_organization_the_first_counts() {
        let mut world = connected();
        let tenants: Vec<String> = lines(&world, now()).into_iter().map(|l| l.id).collect();
        for tenant in [&tenants[1], &tenants[0]] {
            world.vendor_portal.mappings.push(VendorMapping {
                tenant: Uuid::parse_str(tenant).expect("an id"),
                organization: "Elm & Sons".to_owned(),
            });
        }
        let second: Vec<bool> = lines(&world, now()).iter().map(|l| l.is_second).collect();
        assert_eq!(second, [true, false, false, false]);
    }
}
