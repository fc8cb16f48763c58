//! Names of delegated permissions of any API: Graph's are bare, those of others stand behind the API's name.
//!
//! Plans and the journal carry these names, so they are the same in every cloud; the sign-in service gets addresses.

use std::collections::BTreeSet;

use super::service::Api;
use crate::clouds::Cloud;

const NAMED: [(Api, &str); 2] = [(Api::Arm, "ARM/"), (Api::PartnerCenter, "PartnerCenter/")];

impl Api {
    /// The name of one of this API's permissions.
    pub fn scope(self, name: &str) -> String {
        let before = NAMED.iter().find(|(api, _)| *api == self);
        before.map_or_else(|| name.to_owned(), |(_, before)| format!("{before}{name}"))
    }

    /// The API that a permission belongs to, and its bare name there.
    pub fn of_scope(scope: &str) -> (Self, &str) {
        NAMED
            .iter()
            .find_map(|(api, before)| Some((*api, scope.strip_prefix(before)?)))
            .unwrap_or((Self::Graph, scope))
    }

    /// A permission as the sign-in service wants it: Graph's as they are, others by their address in that cloud. What is an
    /// address already stays, and so does the scope of an API that the cloud lacks.
    pub fn on_wire(scope: &str, cloud: &Cloud) -> String {
        match Self::of_scope(scope) {
            (Self::Graph, _) => scope.to_owned(),
            (api, name) => api.origin(cloud).map_or_else(
                || scope.to_owned(),
                |origin| origin.join(&format!("/{name}")).to_string(),
            ),
        }
    }
}

/// Scopes that every sign-in has and that allow nothing in a tenant.
const OF_SIGN_IN: [&str; 4] = ["openid", "profile", "email", "offline_access"];

/// The bare names of what a token endpoint says was granted for one API. They come as whole addresses or as bare names, and
/// the last part is the name; those of the sign-in itself are left out.
pub fn granted<'a>(scopes: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    scopes
        .into_iter()
        .map(|scope| scope.rsplit('/').next().unwrap_or(scope))
        .filter(|scope| !OF_SIGN_IN.contains(scope))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clouds::built_in;

    #[test]
    fn names_lead_to_their_api_and_back() {
        for api in [Api::Graph, Api::Arm, Api::PartnerCenter] {
            let scope = api.scope("user_impersonation");
            assert_eq!(Api::of_scope(&scope), (api, "user_impersonation"));
        }
        assert_eq!(Api::of_scope("Group.Read.All").0, Api::Graph);
    }

    #[test]
    fn what_was_granted_is_told_by_bare_names() {
        let said = [
            "https://graph.microsoft.com/User.Read",
            "Group.Read.All",
            "openid",
        ];
        let said = said.map(str::to_owned);
        let names: Vec<String> = granted(&said).into_iter().collect();
        assert_eq!(names, ["Group.Read.All", "User.Read"]);
    }

    #[test]
    fn the_sign_in_service_gets_addresses() {
        let cloud = built_in("global").expect("the global cloud is built in");
        assert_eq!(
            Api::on_wire("PartnerCenter/user_impersonation", cloud),
            "https://api.partnercenter.microsoft.com/user_impersonation"
        );
        assert_eq!(Api::on_wire("User.Read", cloud), "User.Read");
    }
}
