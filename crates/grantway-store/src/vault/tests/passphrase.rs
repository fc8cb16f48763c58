//! The file behind a passphrase.

use super::*;
use crate::vault::{NobodyToAsk, VaultError};

#[tokio::test]
async fn the_passphrase_opens_it_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    let first = Typist::typing(&[PASSPHRASE]);
    let vault = Vault::open(&config, &first).await.unwrap();
    keep(&vault, "a", "b").await;
    drop(vault);
    let again = Typist::typing(&["wrong horse battery", "", PASSPHRASE]);
    let vault = Vault::open(&config, &again).await.unwrap();
    assert_eq!(found(&vault, "a").await.as_deref(), Some("b"));
    assert_eq!(first.asked(), [Asked::FirstTime]);
    let (fresh, wrong) = (Asked::Again { wrong: false }, Asked::Again { wrong: true });
    assert_eq!(again.asked(), [fresh, wrong, wrong]);
}

#[tokio::test]
async fn a_wrong_passphrase_is_called_so() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    let wrong = Typist::typing(&["wrong"; 9]);
    let error = Vault::open(&config, &wrong).await.expect_err("it is wrong");
    assert!(matches!(error, VaultError::WrongPassphrase), "{error}");
    assert_eq!(wrong.asked().len(), 5);
    let error = Vault::open(&config, &NobodyToAsk)
        .await
        .expect_err("nobody");
    assert!(matches!(error, VaultError::NoPassphrase), "{error}");
}

#[tokio::test]
async fn a_new_passphrase_is_not_short() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    let refused = Vault::open(&config, &Typist::typing(&["short"])).await;
    let error = refused.expect_err("it is short");
    assert!(matches!(error, VaultError::ShortPassphrase), "{error}");
    assert!(!folder.path().join("vault.sealed").exists());
}

#[tokio::test]
async fn every_damage_is_called_damage_and_nothing_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    let vault = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    keep(&vault, "a", "b").await;
    let path = folder.path().join("vault.sealed");
    let bytes = std::fs::read(&path).unwrap();
    let cut = (0..8).map(|part| bytes[..bytes.len() * part / 8].to_vec());
    let flipped = (0..bytes.len()).step_by(7).map(|place| {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1;
        flipped
    });
    for damaged in cut.chain(flipped) {
        // A blank between two fields may change without changing what the file says.
        let whole = serde_json::from_slice::<serde_json::Value>(&damaged).ok()
            == serde_json::from_slice(&bytes).ok();
        std::fs::write(&path, &damaged).unwrap();
        let typist = Typist::typing(&[PASSPHRASE]);
        match Vault::open(&config, &typist).await {
            Ok(_) => assert!(whole, "damage was not noticed"),
            Err(VaultError::Damaged(_)) => assert_eq!(typist.asked(), []),
            Err(VaultError::Newer { .. }) => assert!(!whole),
            Err(error) => panic!("{error}"),
        }
    }
    assert!(matches!(
        vault.find("a").await,
        Err(fault) if fault.kind == grantway_core::FaultKind::Local
    ));
    std::fs::write(&path, &bytes).unwrap();
    assert_eq!(found(&vault, "a").await.as_deref(), Some("b"));
}

#[tokio::test]
async fn a_later_format_and_the_other_mode_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    let practice = VaultConfig::new(folder.path(), Namespace::Practice);
    let refused = Vault::open(&practice, &Typist::typing(&[PASSPHRASE])).await;
    let error = refused.expect_err("live secrets stay out of practice");
    assert!(matches!(error, VaultError::Damaged(_)), "{error}");
    let path = folder.path().join("vault.sealed");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"format\": 1", "\"format\": 2")).unwrap();
    let refused = Vault::open(&config, &Typist::typing(&[PASSPHRASE])).await;
    let error = refused.expect_err("it is later");
    assert!(
        matches!(error, VaultError::Newer { found: 2, known: 1 }),
        "{error}"
    );
}

#[tokio::test]
async fn a_forgotten_passphrase_leads_to_a_new_vault() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    let vault = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    keep(&vault, "a", "b").await;
    Vault::discard(&config).await.unwrap();
    Vault::discard(&config).await.unwrap();
    let typist = Typist::typing(&["another passphrase"]);
    let vault = Vault::open(&config, &typist).await.unwrap();
    assert_eq!(typist.asked(), [Asked::FirstTime]);
    assert_eq!(found(&vault, "a").await, None);
}

#[tokio::test]
async fn the_default_cost_works() {
    let folder = tempfile::tempdir().unwrap();
    let config = VaultConfig::new(folder.path(), Namespace::Live).keychain(KeychainUse::Never);
    Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    let vault = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    keep(&vault, "a", "b").await;
    assert_eq!(found(&vault, "a").await.as_deref(), Some("b"));
}
