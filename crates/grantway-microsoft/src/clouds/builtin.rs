//! The clouds that are part of the program, read from `builtin.toml`.

use std::sync::LazyLock;

use super::Cloud;
use super::file::{RawCloud, Reserved};

const DATA: &str = include_str!("builtin.toml");

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    cloud: Vec<RawCloud>,
}

static CLOUDS: LazyLock<Vec<Cloud>> = LazyLock::new(|| {
    let data: Data = toml::from_str(DATA).expect("builtin.toml is part of the program and tested");
    data.cloud
        .into_iter()
        .map(|raw| {
            raw.check(Reserved::Allowed)
                .expect("builtin.toml is part of the program and tested")
        })
        .collect()
});

/// All built-in clouds, the global one first.
pub fn built_in_all() -> &'static [Cloud] {
    &CLOUDS
}

/// The built-in cloud of that name: `global`, `usgov`, `usgov-dod`, `china`.
pub fn built_in(id: &str) -> Option<&'static Cloud> {
    CLOUDS.iter().find(|cloud| cloud.id().as_str() == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_four_are_there_and_live() {
        let ids: Vec<_> = built_in_all()
            .iter()
            .map(|cloud| cloud.id().as_str())
            .collect();
        assert_eq!(ids, ["global", "usgov", "usgov-dod", "china"]);
        assert!(
            built_in_all()
                .iter()
                .all(|cloud| !cloud.is_practice() && cloud.client_id().is_none())
        );
    }

    #[test]
    fn both_government_clouds_share_a_redirect() {
        let redirects: Vec<_> = built_in_all()
            .iter()
            .map(|cloud| cloud.redirect().to_string())
            .collect();
        assert_eq!(
            redirects,
            [
                "http://localhost/cb/global",
                "http://localhost/cb/usgov",
                "http://localhost/cb/usgov",
                "http://localhost/cb/china"
            ]
        );
    }

    #[test]
    fn sign_in_service_is_a_sign_in_host_of_its_cloud_only() {
        for cloud in built_in_all() {
            let page = cloud.login().join("/organizations/oauth2/v2.0/authorize");
            assert!(cloud.is_sign_in_page(&page));
            assert!(!cloud.takes_tokens(&page), "tokens do not travel to pages");
            assert!(cloud.takes_tokens(&cloud.graph().join("/v1.0/me")));
        }
        let global = built_in("global").unwrap();
        assert!(!global.takes_tokens(&built_in("china").unwrap().graph().join("/v1.0/me")));
    }
}
