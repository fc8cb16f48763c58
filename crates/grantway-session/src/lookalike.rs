//! Registrable domains, names that imitate others, and how a host is shown.

use unicode_security::confusable_detection::skeleton;
use unicode_security::mixed_script::MixedScript;

use crate::address::Site;
use crate::hosts::HostRule;

/// The part of `host` that someone can register, by the public suffix list: `microsoftonline.com` of `login.microsoftonline.com`.
pub fn registrable_domain(host: &str) -> Option<&str> {
    psl::domain_str(host)
}

/// A host split for the strip: the registrable part is bold, the rest is dim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayHost {
    /// Dim, before the bold part: `login.`
    pub before: String,
    /// Bold: `microsoftonline.com`
    pub bold: String,
    /// Dim, after it: `:49731`, practice only.
    pub after: String,
}

impl DisplayHost {
    /// The whole host as one text, for a screen reader.
    pub fn spoken(&self) -> String {
        format!("{}{}{}", self.before, self.bold, self.after)
    }
}

/// Splits `site` for the strip. A name in another script is shown in it, unless it could be mistaken for another name:
/// then its punycode stays.
pub fn display_host(site: &Site) -> DisplayHost {
    match site {
        Site::Loopback { port } => DisplayHost {
            before: String::new(),
            bold: "127.0.0.1".to_owned(),
            after: format!(":{port}"),
        },
        Site::Https { host } => {
            let shown = readable(host);
            let bold_len = registrable_domain(&shown).map_or(shown.len(), str::len);
            let (before, bold) = shown.split_at(shown.len() - bold_len);
            DisplayHost {
                before: before.to_owned(),
                bold: bold.to_owned(),
                after: String::new(),
            }
        }
    }
}

/// The host of a rule that `host` imitates without being covered by it, if there is one.
///
/// Three tricks: letters that look like others (`micrоsoft` with a Cyrillic o, `rnicrosoft`), a known name put in front of
/// another domain (`login.microsoftonline.com.evil.test`), and the same with hyphens (`login-microsoftonline-com.evil.test`).
pub(crate) fn imitates<'a>(
    host: &str,
    rules: impl Iterator<Item = &'a HostRule>,
) -> Option<String> {
    let unicode = to_unicode(host);
    let own_domain = registrable_domain(&unicode).unwrap_or(&unicode).to_owned();
    let own_skeleton: String = skeleton(&own_domain).collect();
    let hyphens_as_dots = unicode.replace('-', ".");
    for known in rules.filter_map(HostRule::name) {
        let Some(domain) = registrable_domain(known) else {
            continue;
        };
        if own_domain == domain {
            continue;
        }
        let looks_alike = own_skeleton == skeleton(domain).collect::<String>();
        let in_front = [unicode.as_str(), hyphens_as_dots.as_str()]
            .iter()
            .any(|name| has_labels(name, domain));
        if looks_alike || in_front {
            return Some(known.to_owned());
        }
    }
    None
}

/// Whether the labels of `part` stand one after another somewhere in `name`.
fn has_labels(name: &str, part: &str) -> bool {
    format!(".{name}.").contains(&format!(".{part}."))
}

fn to_unicode(host: &str) -> String {
    match idna::domain_to_unicode(host) {
        (text, Ok(())) => text,
        // Broken punycode is compared and shown as it stands.
        (_, Err(_)) => host.to_owned(),
    }
}

fn readable(host: &str) -> String {
    let unicode = to_unicode(host);
    let whole_script_trick =
        !unicode.is_ascii() && skeleton(&unicode).collect::<String>().is_ascii();
    let mixed = unicode.split('.').any(|label| !label.is_single_script());
    if whole_script_trick || mixed {
        host.to_owned()
    } else {
        unicode
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Vec<HostRule> {
        [
            "login.microsoftonline.com",
            "*.auth.microsoft.com",
            "login.live.com",
        ]
        .iter()
        .map(|r| r.parse().unwrap())
        .collect()
    }

    fn imitated(host: &str) -> Option<String> {
        imitates(host, rules().iter())
    }

    fn punycode(unicode: &str) -> String {
        idna::domain_to_ascii(unicode).unwrap()
    }

    #[test]
    fn the_registrable_part_is_bold() {
        let shown = display_host(&Site::Https {
            host: "login.microsoftonline.com".into(),
        });
        assert_eq!(
            (shown.before.as_str(), shown.bold.as_str()),
            ("login.", "microsoftonline.com")
        );
        let shown = display_host(&Site::Https {
            host: "sso.contoso.co.uk".into(),
        });
        assert_eq!(
            (shown.before.as_str(), shown.bold.as_str()),
            ("sso.", "contoso.co.uk")
        );
        let shown = display_host(&Site::Https {
            host: "login.microsoftonline.com.evil.example".into(),
        });
        assert_eq!(shown.bold, "evil.example");
        let shown = display_host(&Site::Loopback { port: 49731 });
        assert_eq!(
            (shown.bold.as_str(), shown.after.as_str()),
            ("127.0.0.1", ":49731")
        );
    }

    #[test]
    fn letters_that_look_like_others_are_found() {
        for unicode in [
            "login.micrоsoftonline.com",
            "micrоsoftonline.com",
            "login.rnicrosoftonline.com",
            "login.lіve.com",
        ] {
            assert!(imitated(&punycode(unicode)).is_some(), "{unicode}");
        }
    }

    #[test]
    fn a_known_name_in_front_of_another_domain_is_found() {
        for host in [
            "login.microsoftonline.com.evil.test",
            "login-microsoftonline-com.evil.test",
            "x.login.live.com.evil.example",
        ] {
            assert!(imitated(host).is_some(), "{host}");
        }
    }

    #[test]
    fn honest_names_are_no_imitation() {
        for host in [
            "sts.contoso.com",
            "login.okta.com",
            "microsoft.com",
            "other.microsoftonline.com",
            &punycode("müller-anmeldung.de"),
        ] {
            assert_eq!(imitated(host), None, "{host}");
        }
    }

    #[test]
    fn a_confusable_name_is_shown_in_punycode_and_an_honest_one_in_its_script() {
        let trick = punycode("аррӏе.com");
        assert_eq!(
            display_host(&Site::Https {
                host: trick.clone()
            })
            .bold,
            trick
        );
        let mixed = punycode("pаypal.com");
        assert_eq!(
            display_host(&Site::Https {
                host: mixed.clone()
            })
            .bold,
            mixed
        );
        assert_eq!(
            display_host(&Site::Https {
                host: punycode("sso.müller.de")
            })
            .spoken(),
            "sso.müller.de"
        );
    }
}
