//! What the app registration of one's own may ask for is what the patterns ask for, and what the lent client is asked for is
//! what the setup that makes the registration takes.

use std::collections::BTreeSet;

use grantway_core::change::Act;
use grantway_microsoft::{changes, own_consent, reads};
use grantway_patterns::{Answers, Library, Particulars, own_app};

use super::world::Desk;

fn terms() -> own_app::Particulars {
    let profile = Library::built_in()
        .profile("app-registration")
        .expect("built in");
    let Particulars::OwnApp(terms) = &profile.particulars else {
        panic!("a profile of another pattern")
    };
    terms.clone()
}

#[tokio::test]
async fn the_registration_may_ask_for_what_the_patterns_ask_for_and_for_nothing_else() {
    let desk = Desk::open().await;
    let world = desk.app.world().await;
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for reader in reads::all(&world.graphs) {
        asked.extend(reader.scopes());
    }
    for change in changes::all(&world.graphs) {
        for act in [Act::Read, Act::Write, Act::Undo] {
            asked.extend(change.scopes(act));
        }
    }
    asked.extend(own_consent::SCOPES.iter().map(|scope| (*scope).to_owned()));
    // Permissions of other APIs stand behind the API's name.
    let asked: BTreeSet<String> = asked
        .into_iter()
        .map(|scope| scope.rsplit('/').next().unwrap_or_default().to_owned())
        .collect();
    let apis = terms().apis;
    let listed = apis.iter().flat_map(|of| of.all.scopes.iter().cloned());
    assert_eq!(listed.collect::<BTreeSet<_>>(), asked);
}

#[tokio::test]
async fn the_lent_client_is_asked_for_what_the_setup_takes() {
    let desk = Desk::open().await;
    let world = desk.app.world().await;
    let registry = &world.engine.registry;
    let pattern = grantway_patterns::pattern(own_app::ID).expect("of this version");
    let (mut read, mut written) = (BTreeSet::new(), BTreeSet::new());
    for kind in pattern.kinds(&Answers::new()) {
        let change = registry.change(kind).expect("a known kind");
        read.extend(change.scopes(Act::Read));
        written.extend(change.scopes(Act::Write));
    }
    for kind in [
        "tenant-profile",
        "signed-in-person",
        "app-rules",
        "personal-consent",
    ] {
        read.extend(registry.reader(kind).expect("a known kind").scopes());
    }
    let tool = terms().tool;
    assert_eq!(tool.reads, read);
    written.retain(|scope| !read.contains(scope));
    assert_eq!(tool.writes, written);
}
