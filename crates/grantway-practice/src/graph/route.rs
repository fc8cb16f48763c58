//! Which handler answers which path and method.

use axum::http::{Method, StatusCode};

use super::answer::{Outcome, Refusal};
use super::call::{Call, no_resource};
use super::context::Context;
use super::path::{Key, fit};
use super::{
    app_policy, application, assignment, audit_query, authentication,
    authentication_methods_policy, authentication_strength, conditional_access, contract, customer,
    deleted, domain, grant, group, licence, me, member, membership, operation, organization,
    registration, relationship, relationship_edit, relationship_request, role_assignment,
    role_definition, role_schedule, security_defaults, service_principal, tenant_information, user,
    user_edit,
};

/// A handler of a route.
pub(super) type Handler = fn(&Context<'_>, &[Key]) -> Outcome;

/// A route.
#[derive(Debug)]
pub(super) struct Route {
    pub method: Method,
    /// Path with `{}` in the place of keys, as the permission map has it.
    pub template: &'static str,
    pub handler: Handler,
}

macro_rules! routes {
    ($($method:ident $template:literal => $handler:path;)*) => {
        pub(super) static ROUTES: &[Route] = &[$(Route { method: Method::$method, template: $template, handler: $handler }),*];
    };
}

// A path that names more comes before one with a key in the same place.
routes! {
    GET "/organization" => organization::list;
    GET "/organization/{}" => organization::get;
    GET "/me" => me::get;
    GET "/me/memberOf" => me::member_of;
    GET "/me/transitiveMemberOf" => me::transitive_member_of;
    GET "/domains" => domain::list;
    GET "/domains/{}" => domain::get;
    GET "/subscribedSkus" => licence::list;
    GET "/policies/identitySecurityDefaultsEnforcementPolicy" => security_defaults::get;
    PATCH "/policies/identitySecurityDefaultsEnforcementPolicy" => security_defaults::update;
    GET "/tenantRelationships/delegatedAdminCustomers" => customer::list;
    GET "/tenantRelationships/delegatedAdminCustomers/{}" => customer::get;
    GET "/tenantRelationships/delegatedAdminRelationships" => relationship::list;
    POST "/tenantRelationships/delegatedAdminRelationships" => relationship_edit::create;
    GET "/tenantRelationships/delegatedAdminRelationships/{}" => relationship::get;
    PATCH "/tenantRelationships/delegatedAdminRelationships/{}" => relationship_edit::update;
    DELETE "/tenantRelationships/delegatedAdminRelationships/{}" => relationship_edit::delete;
    GET "/tenantRelationships/delegatedAdminRelationships/{}/requests" => relationship_request::list;
    POST "/tenantRelationships/delegatedAdminRelationships/{}/requests" => relationship_request::create;
    GET "/tenantRelationships/delegatedAdminRelationships/{}/requests/{}" => relationship_request::get;
    GET "/tenantRelationships/delegatedAdminRelationships/{}/operations" => operation::list;
    GET "/tenantRelationships/delegatedAdminRelationships/{}/operations/{}" => operation::get;
    GET "/tenantRelationships/delegatedAdminRelationships/{}/accessAssignments" => assignment::list;
    POST "/tenantRelationships/delegatedAdminRelationships/{}/accessAssignments" => assignment::create;
    GET "/tenantRelationships/delegatedAdminRelationships/{}/accessAssignments/{}" => assignment::get;
    PATCH "/tenantRelationships/delegatedAdminRelationships/{}/accessAssignments/{}" => assignment::update;
    DELETE "/tenantRelationships/delegatedAdminRelationships/{}/accessAssignments/{}" => assignment::delete;
    GET "/tenantRelationships/findTenantInformationByDomainName/{}" => tenant_information::by_domain;
    GET "/tenantRelationships/findTenantInformationByTenantId/{}" => tenant_information::by_id;
    GET "/contracts" => contract::list;
    GET "/contracts/{}" => contract::get;
    GET "/groups" => group::list;
    POST "/groups" => group::create;
    GET "/groups/{}" => group::get;
    PATCH "/groups/{}" => group::update;
    DELETE "/groups/{}" => group::delete;
    GET "/groups/{}/members" => member::list;
    GET "/groups/{}/transitiveMembers" => member::list_all;
    POST "/groups/{}/members/$ref" => member::add;
    DELETE "/groups/{}/members/{}/$ref" => member::remove;
    GET "/users" => user::list;
    POST "/users" => user_edit::create;
    GET "/users/{}" => user::get;
    PATCH "/users/{}" => user_edit::update;
    DELETE "/users/{}" => user_edit::delete;
    POST "/users/{}/revokeSignInSessions" => user_edit::revoke_sessions;
    GET "/users/{}/memberOf" => membership::direct;
    GET "/users/{}/transitiveMemberOf" => membership::transitive;
    GET "/users/{}/authentication/methods" => authentication::methods;
    GET "/users/{}/authentication/microsoftAuthenticatorMethods" => authentication::authenticators;
    GET "/roleManagement/directory/roleAssignments" => role_assignment::list;
    POST "/roleManagement/directory/roleAssignments" => role_assignment::create;
    GET "/roleManagement/directory/roleAssignments/{}" => role_assignment::get;
    DELETE "/roleManagement/directory/roleAssignments/{}" => role_assignment::delete;
    GET "/roleManagement/directory/roleAssignmentScheduleRequests" => role_schedule::requests;
    POST "/roleManagement/directory/roleAssignmentScheduleRequests" => role_schedule::create;
    GET "/roleManagement/directory/roleAssignmentScheduleRequests/{}" => role_schedule::request;
    GET "/roleManagement/directory/roleAssignmentScheduleInstances" => role_schedule::instances;
    GET "/roleManagement/directory/roleAssignmentScheduleInstances/{}" => role_schedule::one_instance;
    GET "/roleManagement/directory/roleDefinitions" => role_definition::list;
    GET "/roleManagement/directory/roleDefinitions/{}" => role_definition::get;
    GET "/servicePrincipals" => service_principal::list;
    POST "/servicePrincipals" => service_principal::create;
    GET "/servicePrincipals/{}" => service_principal::get;
    PATCH "/servicePrincipals/{}" => service_principal::update;
    DELETE "/servicePrincipals/{}" => service_principal::delete;
    GET "/servicePrincipals/{}/oauth2PermissionGrants" => grant::of_client;
    GET "/servicePrincipals/{}/appRoleAssignments" => grant::app_roles;
    DELETE "/servicePrincipals/{}/appRoleAssignments/{}" => grant::delete_app_role;
    POST "/servicePrincipals/{}/appRoleAssignments" => grant::assign;
    GET "/servicePrincipals/{}/appRoleAssignedTo" => grant::assigned_to;
    POST "/servicePrincipals/{}/appRoleAssignedTo" => grant::assign;
    GET "/applications" => application::list;
    POST "/applications" => application::create;
    GET "/applications/{}" => application::get;
    PATCH "/applications/{}" => application::update;
    DELETE "/applications/{}" => application::delete;
    GET "/policies/defaultAppManagementPolicy" => app_policy::default;
    GET "/policies/appManagementPolicies" => app_policy::list;
    GET "/policies/authorizationPolicy" => app_policy::authorization;
    GET "/security/auditLog/queries" => audit_query::list;
    POST "/security/auditLog/queries" => audit_query::create;
    GET "/security/auditLog/queries/{}" => audit_query::get;
    GET "/security/auditLog/queries/{}/records" => audit_query::records;
    POST "/oauth2PermissionGrants" => grant::create;
    PATCH "/oauth2PermissionGrants/{}" => grant::update;
    GET "/oauth2PermissionGrants" => grant::list;
    GET "/oauth2PermissionGrants/{}" => grant::get;
    DELETE "/oauth2PermissionGrants/{}" => grant::delete;
    GET "/directory/deletedItems/microsoft.graph.user" => deleted::users;
    GET "/directory/deletedItems/microsoft.graph.group" => deleted::groups;
    GET "/directory/deletedItems/microsoft.graph.application" => deleted::applications;
    GET "/directory/deletedItems/microsoft.graph.servicePrincipal" => deleted::service_principals;
    GET "/directory/deletedItems/{}" => deleted::get;
    DELETE "/directory/deletedItems/{}" => deleted::delete;
    GET "/reports/authenticationMethods/userRegistrationDetails" => registration::list;
    GET "/reports/authenticationMethods/userRegistrationDetails/{}" => registration::get;
    GET "/identity/conditionalAccess/policies" => conditional_access::list;
    POST "/identity/conditionalAccess/policies" => conditional_access::create;
    GET "/identity/conditionalAccess/policies/{}" => conditional_access::get;
    PATCH "/identity/conditionalAccess/policies/{}" => conditional_access::update;
    DELETE "/identity/conditionalAccess/policies/{}" => conditional_access::delete;
    GET "/policies/authenticationStrengthPolicies" => authentication_strength::list;
    POST "/policies/authenticationStrengthPolicies" => authentication_strength::create;
    GET "/policies/authenticationStrengthPolicies/{}" => authentication_strength::get;
    PATCH "/policies/authenticationStrengthPolicies/{}" => authentication_strength::update;
    DELETE "/policies/authenticationStrengthPolicies/{}" => authentication_strength::delete;
    POST "/policies/authenticationStrengthPolicies/{}/updateAllowedCombinations" => authentication_strength::set_combinations;
    GET "/policies/authenticationMethodsPolicy" => authentication_methods_policy::get;
    GET "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{}" => authentication_methods_policy::configuration;
}

/// The route of a call and the keys in its path.
pub(super) fn find(call: &Call) -> Result<(&'static Route, Vec<Key>), Refusal> {
    let mut known_path = false;
    for route in ROUTES {
        let Some(keys) = fit(route.template, &call.steps) else {
            continue;
        };
        if route.method == call.method {
            return Ok((route, keys));
        }
        known_path = true;
    }
    if known_path {
        return Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        ));
    }
    Err(no_resource(&call.path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::permission::is_mapped;

    #[test]
    fn every_route_is_in_the_permission_map() {
        for route in ROUTES {
            assert!(
                is_mapped(route.method.as_str(), route.template),
                "{} {}",
                route.method,
                route.template
            );
        }
    }

    #[test]
    fn routes_are_named_once() {
        for (index, route) in ROUTES.iter().enumerate() {
            assert!(
                !ROUTES[index + 1..]
                    .iter()
                    .any(|other| other.template == route.template && other.method == route.method),
                "{}",
                route.template
            );
        }
    }
}
