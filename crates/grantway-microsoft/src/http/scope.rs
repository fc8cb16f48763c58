//! Names of delegated permissions of any API: Graph's are bare, those of others stand behind the API's name.
//!
//! Plans and the journal carry these names, so they are the same in every cloud; the sign-in service gets addresses.

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
    fn the_sign_in_service_gets_addresses() {
        let cloud = built_in("global").expect("the global cloud is built in");
        assert_eq!(
            Api::on_wire("PartnerCenter/user_impersonation", cloud),
            "https://api.partnercenter.microsoft.com/user_impersonation"
        );
        assert_eq!(Api::on_wire("User.Read", cloud), "User.Read");
    }
}
