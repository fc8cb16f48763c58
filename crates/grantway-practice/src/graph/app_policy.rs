//! Policies about apps: whether and how people may register them. They are read here and changed nowhere.
// facts: own-app-and-tokens §1.2, §1.5

use serde_json::json;

use super::answer::{Outcome, fields};
use super::context::Context;
use super::kind::{APP_POLICY, AUTHORIZATION_POLICY, DEFAULT_APP_POLICY};
use super::path::Key;

const READERS: &[&str] = &[
    "Application Administrator",
    "Cloud Application Administrator",
    "Security Administrator",
    "Security Reader",
    "Global Reader",
];

/// `GET /policies/defaultAppManagementPolicy`
pub(super) fn default(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let restricted = context.tenant(|tenant| Ok(tenant.multi_tenant_apps_refused))?;
    let nothing = || json!({ "passwordCredentials": [], "keyCredentials": [] });
    let item = fields(json!({
        "id": "00000000-0000-0000-0000-000000000000",
        "deletedDateTime": null,
        "displayName": "Default app management tenant policy",
        "description": "Default tenant policy that enforces app management restrictions on applications and service principals.",
        "isEnabled": restricted,
        "applicationRestrictions": nothing(),
        "servicePrincipalRestrictions": nothing(),
    }));
    context.entity(
        &DEFAULT_APP_POLICY,
        "policies/defaultAppManagementPolicy",
        item,
    )
}

/// `GET /policies/appManagementPolicies`: there are none of the tenant's own.
pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    context.list(&APP_POLICY, "policies/appManagementPolicies", Vec::new())
}

/// `GET /policies/authorizationPolicy`
pub(super) fn authorization(context: &Context<'_>, _: &[Key]) -> Outcome {
    let everybody = context.tenant(|tenant| Ok(!tenant.apps_by_administrators))?;
    let item = fields(json!({
        "id": "authorizationPolicy",
        "deletedDateTime": null,
        "displayName": "Authorization Policy",
        "description": "Used to manage authorization related settings across the company.",
        "allowInvitesFrom": "everyone",
        "allowedToSignUpEmailBasedSubscriptions": true,
        "allowedToUseSSPR": true,
        "allowEmailVerifiedUsersToJoinOrganization": false,
        "allowUserConsentForRiskyApps": null,
        "blockMsolPowerShell": false,
        "guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
        "defaultUserRolePermissions": {
            "allowedToCreateApps": everybody,
            "allowedToCreateSecurityGroups": true,
            "allowedToCreateTenants": true,
            "allowedToReadBitlockerKeysForOwnedDevice": true,
            "allowedToReadOtherUsers": true,
            "permissionGrantPoliciesAssigned": ["ManagePermissionGrantsForSelf.microsoft-user-default-recommended"],
        },
    }));
    context.entity(&AUTHORIZATION_POLICY, "policies/authorizationPolicy", item)
}
