//! The sign-in service's error numbers, and the situation that each means.
// facts: own-app-and-tokens §2.2, §5; api-b2b-mto-siem §8; clean-session §6.

/// What a sign-in error means for the person in front of it. The catalogue has a title and a remedy for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Situation {
    /// The app is not authorised in this tenant yet.
    NotConsented,
    /// Only an administrator may consent.
    AdminConsentNeeded,
    /// The person said no.
    Declined,
    /// The account has no way into this tenant.
    NoWayIn,
    /// The tenant asks partners for a control that they cannot meet.
    PartnerPolicy,
    /// More proof of identity is due.
    MfaNeeded,
    /// A Conditional Access policy blocks the sign-in.
    BlockedByPolicy,
    /// A policy wants a managed device, which no private window can show.
    DeviceNeeded,
    /// A policy wants tokens bound to the device, which ours are not.
    TokenProtection,
    /// The tenant has switched the app off.
    AppDisabled,
    /// The API has no place in this tenant: not licensed or not set up.
    ApiMissing,
    /// The app is being set up there this very moment.
    AppBeingMade,
    /// The sign-in has ended: too long unused, revoked, or due again.
    SessionEnded,
    /// The code was used or is too old.
    CodeSpent,
    /// The app's registration does not fit: wrong audience, redirect or kind.
    RegistrationWrong,
    /// The tenant lives in another cloud.
    OtherCloud,
    /// The tenant does not exist.
    TenantUnknown,
    /// The account is not assigned to the app.
    NotAssigned,
    /// A guest invitation was not taken up, or cross-tenant access is closed.
    GuestBlocked,
    /// The sign-in service has trouble or asks to slow down.
    ServiceBusy,
    /// The window or the network is kept to other tenants.
    TenantRestricted,
    /// None of the numbers that we know.
    Unknown,
}

use Situation as S;

const TABLE: &[(u32, Situation)] = &[
    (65001, S::NotConsented),
    (90099, S::NotConsented),
    (700016, S::NotConsented),
    (7000229, S::NotConsented),
    (90094, S::AdminConsentNeeded),
    (90095, S::AdminConsentNeeded),
    (65004, S::Declined),
    (16000, S::NoWayIn),
    (50020, S::NoWayIn),
    (50034, S::NoWayIn),
    (90072, S::NoWayIn),
    (50177, S::PartnerPolicy),
    (50178, S::PartnerPolicy),
    (50072, S::MfaNeeded),
    (50074, S::MfaNeeded),
    (50076, S::MfaNeeded),
    (50079, S::MfaNeeded),
    (50158, S::MfaNeeded),
    (53003, S::BlockedByPolicy),
    (530032, S::BlockedByPolicy),
    (53000, S::DeviceNeeded),
    (53001, S::DeviceNeeded),
    (53002, S::DeviceNeeded),
    (53009, S::DeviceNeeded),
    (530003, S::DeviceNeeded),
    (530084, S::TokenProtection),
    (7000112, S::AppDisabled),
    (500011, S::ApiMissing),
    (650052, S::ApiMissing),
    (650051, S::AppBeingMade),
    (50078, S::SessionEnded),
    (50133, S::SessionEnded),
    (50173, S::SessionEnded),
    (70043, S::SessionEnded),
    (700082, S::SessionEnded),
    (700084, S::SessionEnded),
    (54005, S::CodeSpent),
    (70008, S::CodeSpent),
    (9002313, S::CodeSpent),
    (50011, S::RegistrationWrong),
    (50194, S::RegistrationWrong),
    (500113, S::RegistrationWrong),
    (65002, S::RegistrationWrong),
    (7000218, S::RegistrationWrong),
    (90038, S::OtherCloud),
    (90002, S::TenantUnknown),
    (50105, S::NotAssigned),
    (50014, S::GuestBlocked),
    (500212, S::GuestBlocked),
    (500213, S::GuestBlocked),
    (50196, S::ServiceBusy),
    (90033, S::ServiceBusy),
    (500021, S::TenantRestricted),
];

/// Another way to sign in that gets past a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherLane {
    /// A private browser: passkeys, smart cards, certificates.
    PrivateBrowser,
    /// The person's own browser profile: managed devices.
    OwnBrowser,
}

impl Situation {
    /// What a number means.
    pub fn of(code: u32) -> Self {
        TABLE
            .iter()
            .find(|(known, _)| *known == code)
            .map_or(Self::Unknown, |(_, situation)| *situation)
    }

    /// What an OAuth error word means, when no number came along.
    pub fn of_word(error: &str) -> Self {
        match error {
            "access_denied" => Self::Declined,
            "consent_required" => Self::NotConsented,
            "invalid_grant" | "login_required" | "interaction_required" => Self::SessionEnded,
            "temporarily_unavailable" | "server_error" => Self::ServiceBusy,
            "unauthorized_client" | "invalid_client" => Self::RegistrationWrong,
            _ => Self::Unknown,
        }
    }

    /// The catalogue's key: `sign-in-because-…`.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotConsented => "sign-in-because-not-consented",
            Self::AdminConsentNeeded => "sign-in-because-admin-consent-needed",
            Self::Declined => "sign-in-because-declined",
            Self::NoWayIn => "sign-in-because-no-way-in",
            Self::PartnerPolicy => "sign-in-because-partner-policy",
            Self::MfaNeeded => "sign-in-because-mfa-needed",
            Self::BlockedByPolicy => "sign-in-because-blocked-by-policy",
            Self::DeviceNeeded => "sign-in-because-device-needed",
            Self::TokenProtection => "sign-in-because-token-protection",
            Self::AppDisabled => "sign-in-because-app-disabled",
            Self::ApiMissing => "sign-in-because-api-missing",
            Self::AppBeingMade => "sign-in-because-app-being-made",
            Self::SessionEnded => "sign-in-because-session-ended",
            Self::CodeSpent => "sign-in-because-code-spent",
            Self::RegistrationWrong => "sign-in-because-registration-wrong",
            Self::OtherCloud => "sign-in-because-other-cloud",
            Self::TenantUnknown => "sign-in-because-tenant-unknown",
            Self::NotAssigned => "sign-in-because-not-assigned",
            Self::GuestBlocked => "sign-in-because-guest-blocked",
            Self::ServiceBusy => "sign-in-because-service-busy",
            Self::TenantRestricted => "sign-in-because-tenant-restricted",
            Self::Unknown => "sign-in-because-unknown",
        }
    }

    /// Whether signing in again can help; otherwise something in the tenant or the registration has to change first.
    pub fn mends_by_signing_in(self) -> bool {
        matches!(
            self,
            Self::MfaNeeded
                | Self::SessionEnded
                | Self::CodeSpent
                | Self::Declined
                | Self::Unknown
                | Self::NotConsented
                | Self::AdminConsentNeeded
        )
    }

    /// The lane to offer, where another one gets past it.
    // facts: clean-session §6, no private window passes a device check.
    pub fn other_lane(self) -> Option<OtherLane> {
        match self {
            Self::DeviceNeeded => Some(OtherLane::OwnBrowser),
            Self::BlockedByPolicy | Self::MfaNeeded => Some(OtherLane::PrivateBrowser),
            _ => None,
        }
    }
}

/// The first `AADSTS` number in a description.
pub fn number_in(description: &str) -> Option<u32> {
    let (_, rest) = description.split_once("AADSTS")?;
    let digits: String = rest
        .chars()
        .take_while(char::is_ascii_digit)
        .take(9)
        .collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_and_known() {
        assert_eq!(
            number_in("AADSTS53003: Access has been blocked"),
            Some(53003)
        );
        assert_eq!(number_in("no number"), None);
        assert_eq!(number_in("AADSTS"), None);
        assert_eq!(Situation::of(53003), Situation::BlockedByPolicy);
        assert_eq!(Situation::of(1), Situation::Unknown);
    }

    #[test]
    fn no_number_is_there_twice() {
        let mut seen = std::collections::HashSet::new();
        assert!(TABLE.iter().all(|(code, _)| seen.insert(code)));
    }

    #[test]
    fn three_faces_of_one_situation() {
        for code in [90099, 65001, 700016] {
            assert_eq!(Situation::of(code), Situation::NotConsented);
        }
    }
}
