//! The keychain of this machine, where there is one.
//!
//! With `GRANTWAY_TEST_KEYCHAIN=1` it must be there (the project's test command runs gnome-keyring); without it
//! these tests show what happens where it is not.

use super::*;
use crate::vault::Kind;
use crate::vault::keychain::{SystemKeychain, probe};

fn expected() -> bool {
    std::env::var("GRANTWAY_TEST_KEYCHAIN").as_deref() == Ok("1")
}

fn works() -> Result<(), String> {
    let name = format!("probe-of-test-{}", std::process::id());
    probe(&SystemKeychain::find()?, "grantway-practice", &name)
}

#[tokio::test]
async fn the_systems_keychain_holds_the_key_or_a_passphrase_takes_its_place() {
    let answer = tokio::task::spawn_blocking(works).await.unwrap();
    if let (true, Err(why)) = (expected(), &answer) {
        panic!("GRANTWAY_TEST_KEYCHAIN=1, but no keychain answers here: {why}");
    }
    let folder = tempfile::tempdir().unwrap();
    let config = VaultConfig::new(folder.path(), Namespace::Practice).cost(Cost {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
    });
    let canary = "canary-of-the-system-keychain";
    let typist = Typist::typing(&[PASSPHRASE]);
    let vault = Vault::open(&config, &typist).await.unwrap();
    keep(&vault, "token", canary).await;
    let expected = match answer {
        Ok(()) => (Kind::Keychain, 0),
        Err(_) => (Kind::Passphrase, 1),
    };
    assert_eq!((vault.kind(), typist.asked().len()), expected);
    assert!(!contains(&on_disk(folder.path()), canary));
    drop(vault);
    let vault = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    assert_eq!(found(&vault, "token").await.as_deref(), Some(canary));
    Vault::discard(&config).await.unwrap();
}
