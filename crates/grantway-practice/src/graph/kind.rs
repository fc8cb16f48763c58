//! The kinds of objects that Graph shows: their names, what is shown unasked, what can be filtered, how long a page is.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A kind of object.
#[derive(Debug)]
pub(super) struct Kind {
    /// Type name in the schema.
    pub name: &'static str,
    /// Properties that are shown unasked; empty: all but `hidden`.
    pub default: &'static [&'static str],
    /// Properties that are shown only when selected.
    pub hidden: &'static [&'static str],
    /// Properties that `$filter` takes.
    pub filterable: &'static [&'static str],
    /// Properties that `$orderby` takes.
    pub sortable: &'static [&'static str],
    /// How many objects a page holds unasked, and at most.
    pub page: (usize, usize),
    /// Whether the directory keeps it: `$count` then needs `ConsistencyLevel: eventual`.
    pub directory: bool,
}

const PLAIN: Kind = Kind {
    name: "",
    default: &[],
    hidden: &[],
    filterable: &[],
    sortable: &[],
    page: (100, 999),
    directory: false,
};
const DIRECTORY: Kind = Kind {
    directory: true,
    ..PLAIN
};
const RELATIONSHIPS: Kind = Kind {
    page: (300, 300),
    ..PLAIN
};

pub(super) static ORGANIZATION: Kind = Kind {
    name: "organization",
    ..DIRECTORY
};
pub(super) static DOMAIN: Kind = Kind {
    name: "domain",
    ..PLAIN
};
pub(super) static SKU: Kind = Kind {
    name: "subscribedSku",
    ..PLAIN
};
pub(super) static SECURITY_DEFAULTS: Kind = Kind {
    name: "identitySecurityDefaultsEnforcementPolicy",
    ..PLAIN
};
pub(super) static USER: Kind = Kind {
    name: "user",
    // Graph shows these of a user unless others are selected.
    default: &[
        "id",
        "businessPhones",
        "displayName",
        "givenName",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "preferredLanguage",
        "surname",
        "userPrincipalName",
    ],
    filterable: &[
        "id",
        "userPrincipalName",
        "displayName",
        "mail",
        "mailNickname",
        "accountEnabled",
        "userType",
        "givenName",
        "surname",
        "jobTitle",
        "createdDateTime",
    ],
    sortable: &["displayName", "userPrincipalName"],
    ..DIRECTORY
};
pub(super) static GROUP: Kind = Kind {
    name: "group",
    hidden: &["uniqueName"],
    filterable: &[
        "id",
        "displayName",
        "uniqueName",
        "mailNickname",
        "mail",
        "securityEnabled",
        "mailEnabled",
        "description",
        "groupTypes",
        "createdDateTime",
        "isAssignableToRole",
    ],
    sortable: &["displayName"],
    ..DIRECTORY
};
pub(super) static DIRECTORY_OBJECT: Kind = Kind {
    name: "directoryObject",
    filterable: &["id"],
    ..DIRECTORY
};
pub(super) static SERVICE_PRINCIPAL: Kind = Kind {
    name: "servicePrincipal",
    filterable: &[
        "id",
        "appId",
        "displayName",
        "servicePrincipalType",
        "accountEnabled",
        "appOwnerOrganizationId",
    ],
    sortable: &["displayName"],
    ..DIRECTORY
};
pub(super) static APPLICATION: Kind = Kind {
    name: "application",
    hidden: &["uniqueName"],
    filterable: &["id", "appId", "displayName", "uniqueName", "signInAudience"],
    sortable: &["displayName"],
    ..DIRECTORY
};
pub(super) static DEFAULT_APP_POLICY: Kind = Kind {
    name: "tenantAppManagementPolicy",
    ..PLAIN
};
pub(super) static APP_POLICY: Kind = Kind {
    name: "appManagementPolicy",
    ..PLAIN
};
pub(super) static AUTHORIZATION_POLICY: Kind = Kind {
    name: "authorizationPolicy",
    ..PLAIN
};
pub(super) static ROLE_REQUEST: Kind = Kind {
    name: "unifiedRoleAssignmentScheduleRequest",
    filterable: &[
        "principalId",
        "roleDefinitionId",
        "status",
        "action",
        "targetScheduleId",
    ],
    ..PLAIN
};
pub(super) static ROLE_INSTANCE: Kind = Kind {
    name: "unifiedRoleAssignmentScheduleInstance",
    filterable: &[
        "principalId",
        "roleDefinitionId",
        "directoryScopeId",
        "assignmentType",
    ],
    ..PLAIN
};
pub(super) static AUDIT_QUERY: Kind = Kind {
    name: "auditLogQuery",
    filterable: &["id", "status", "displayName"],
    ..PLAIN
};
pub(super) static AUDIT_RECORD: Kind = Kind {
    name: "auditLogRecord",
    ..PLAIN
};
pub(super) static GRANT: Kind = Kind {
    name: "oAuth2PermissionGrant",
    filterable: &["clientId", "consentType", "principalId", "resourceId"],
    ..PLAIN
};
pub(super) static APP_ROLE_ASSIGNMENT: Kind = Kind {
    name: "appRoleAssignment",
    filterable: &["resourceId"],
    ..PLAIN
};
pub(super) static ROLE_ASSIGNMENT: Kind = Kind {
    name: "unifiedRoleAssignment",
    filterable: &["principalId", "roleDefinitionId", "directoryScopeId"],
    ..PLAIN
};
pub(super) static ROLE_DEFINITION: Kind = Kind {
    name: "unifiedRoleDefinition",
    filterable: &["id", "displayName", "isBuiltIn", "templateId", "isEnabled"],
    ..PLAIN
};
pub(super) static CUSTOMER: Kind = Kind {
    name: "delegatedAdminCustomer",
    filterable: &["id", "tenantId", "displayName"],
    sortable: &["displayName"],
    ..RELATIONSHIPS
};
pub(super) static CONTRACT: Kind = Kind {
    name: "contract",
    filterable: &[
        "customerId",
        "defaultDomainName",
        "displayName",
        "contractType",
    ],
    ..DIRECTORY
};
pub(super) static RELATIONSHIP: Kind = Kind {
    name: "delegatedAdminRelationship",
    filterable: &[
        "id",
        "status",
        "displayName",
        "customer/tenantId",
        "customer/displayName",
        "endDateTime",
        "createdDateTime",
        "autoExtendDuration",
    ],
    sortable: &["displayName", "endDateTime", "createdDateTime", "status"],
    ..RELATIONSHIPS
};
pub(super) static ASSIGNMENT: Kind = Kind {
    name: "delegatedAdminAccessAssignment",
    filterable: &[
        "id",
        "status",
        "accessContainer/accessContainerId",
        "accessContainer/accessContainerType",
    ],
    sortable: &["createdDateTime", "status"],
    ..RELATIONSHIPS
};
pub(super) static REQUEST: Kind = Kind {
    name: "delegatedAdminRelationshipRequest",
    filterable: &["action", "status"],
    ..RELATIONSHIPS
};
pub(super) static OPERATION: Kind = Kind {
    name: "delegatedAdminRelationshipOperation",
    filterable: &["status"],
    ..RELATIONSHIPS
};
pub(super) static METHOD: Kind = Kind {
    name: "authenticationMethod",
    ..PLAIN
};
pub(super) static AUTHENTICATOR: Kind = Kind {
    name: "microsoftAuthenticatorAuthenticationMethod",
    ..PLAIN
};
pub(super) static REGISTRATION: Kind = Kind {
    name: "userRegistrationDetails",
    filterable: &[
        "id",
        "userPrincipalName",
        "isMfaRegistered",
        "isMfaCapable",
        "isAdmin",
    ],
    ..PLAIN
};
pub(super) static STRENGTH: Kind = Kind {
    name: "authenticationStrengthPolicy",
    filterable: &["id", "policyType"],
    ..PLAIN
};
pub(super) static METHODS_POLICY: Kind = Kind {
    name: "authenticationMethodsPolicy",
    ..PLAIN
};
pub(super) static METHOD_CONFIGURATION: Kind = Kind {
    name: "authenticationMethodConfiguration",
    ..PLAIN
};
pub(super) static POLICY: Kind = Kind {
    name: "conditionalAccessPolicy",
    filterable: &["id", "displayName", "state"],
    ..PLAIN
};

static PROPERTIES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    include_str!("../../data/graph-properties.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split_whitespace();
            Some((parts.next()?, parts.collect()))
        })
        .collect()
});

impl Kind {
    /// The schema's spelling of a property, or none when the type has no such property.
    pub fn property(&self, name: &str) -> Option<&'static str> {
        let of = |kind: &str| {
            PROPERTIES
                .get(kind)?
                .iter()
                .find(|known| known.eq_ignore_ascii_case(name))
                .copied()
        };
        if self.is_mixed() {
            return [
                "directoryObject",
                "user",
                "group",
                "servicePrincipal",
                "directoryRole",
            ]
            .into_iter()
            .find_map(of);
        }
        of(self.name)
    }

    /// Whether a list of it holds several types of objects; each then shows only what its own type has.
    pub fn is_mixed(&self) -> bool {
        self.name == "directoryObject"
    }

    /// Whether a property is shown when nothing is selected.
    pub fn shows(&self, property: &str) -> bool {
        if self.default.is_empty() {
            !self.hidden.contains(&property)
        } else {
            self.default.contains(&property)
        }
    }

    /// The type's name with its namespace.
    pub fn full_name(&self) -> String {
        format!("microsoft.graph.{}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_property_is_in_the_schema() {
        let kinds = [
            &ORGANIZATION,
            &DOMAIN,
            &SKU,
            &SECURITY_DEFAULTS,
            &USER,
            &GROUP,
            &DIRECTORY_OBJECT,
            &SERVICE_PRINCIPAL,
            &APPLICATION,
            &DEFAULT_APP_POLICY,
            &APP_POLICY,
            &AUTHORIZATION_POLICY,
            &ROLE_REQUEST,
            &ROLE_INSTANCE,
            &AUDIT_QUERY,
            &AUDIT_RECORD,
            &GRANT,
            &APP_ROLE_ASSIGNMENT,
            &ROLE_ASSIGNMENT,
            &ROLE_DEFINITION,
            &CUSTOMER,
            &CONTRACT,
            &RELATIONSHIP,
            &ASSIGNMENT,
            &REQUEST,
            &OPERATION,
            &METHOD,
            &AUTHENTICATOR,
            &REGISTRATION,
            &POLICY,
            &STRENGTH,
            &METHODS_POLICY,
            &METHOD_CONFIGURATION,
        ];
        for kind in kinds {
            for name in [kind.default, kind.hidden, kind.filterable, kind.sortable].concat() {
                let first = name.split('/').next().unwrap_or(name);
                assert_eq!(kind.property(first), Some(first), "{}.{name}", kind.name);
            }
        }
    }
}
