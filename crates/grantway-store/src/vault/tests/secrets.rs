//! Keeping, finding, forgetting: the same for every kind.

use super::*;
use crate::vault::Kind;

async fn keeps_finds_and_forgets(vault: &Vault) {
    assert_eq!(found(vault, "setup/TS-AAAA/password").await, None);
    keep(vault, "setup/TS-AAAA/password", "one").await;
    keep(vault, "setup/TS-AAAA/password", "two").await;
    keep(vault, "setup/TS-BBBB/password", "three").await;
    keep(vault, "token/dana", &"long ".repeat(2000)).await;
    keep(vault, "token/odd", "ein \"Schlüssel\"\n\u{0}").await;
    assert_eq!(
        found(vault, "setup/TS-AAAA/password").await.as_deref(),
        Some("two")
    );
    assert_eq!(
        found(vault, "token/dana").await.map(|s| s.len()),
        Some(10_000)
    );
    assert_eq!(
        found(vault, "token/odd").await.as_deref(),
        Some("ein \"Schlüssel\"\n\u{0}")
    );
    assert_eq!(
        vault.names("setup/").await.unwrap(),
        ["setup/TS-AAAA/password", "setup/TS-BBBB/password"]
    );
    vault.forget("setup/TS-AAAA/password").await.unwrap();
    vault.forget("setup/TS-AAAA/password").await.unwrap();
    assert_eq!(found(vault, "setup/TS-AAAA/password").await, None);
    assert_eq!(vault.forget_all("token/").await.unwrap(), 2);
    assert_eq!(vault.names("").await.unwrap(), ["setup/TS-BBBB/password"]);
    let key = vault.key("journal").await.unwrap();
    assert_eq!(vault.key("journal").await.unwrap(), key);
    assert_ne!(*vault.key("another").await.unwrap(), *key);
    assert_ne!(*key, [0; 32]);
}

#[tokio::test]
async fn memory_keeps_finds_and_forgets() {
    let vault = Vault::in_memory();
    assert_eq!(vault.kind(), Kind::Memory);
    keeps_finds_and_forgets(&vault).await;
}

#[tokio::test]
async fn a_file_keeps_finds_and_forgets() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    let vault = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    assert_eq!(vault.kind(), Kind::Passphrase);
    keeps_finds_and_forgets(&vault).await;
}

#[tokio::test]
async fn two_instances_lose_nothing_of_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    let one = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    let other = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    let work = |vault: Vault, who: &'static str| {
        tokio::spawn(async move {
            for number in 0..10 {
                keep(&vault, &format!("{who}/{number}"), "x").await;
            }
        })
    };
    let (a, b) = (work(one.clone(), "a"), work(other, "b"));
    a.await.unwrap();
    b.await.unwrap();
    assert_eq!(one.names("").await.unwrap().len(), 20);
}

#[tokio::test]
async fn no_secret_lies_on_disk_or_in_debug() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    let vault = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    let canaries: Vec<String> = (0..20)
        .map(|n| format!("canary-{n}-refresh-token"))
        .collect();
    for (number, canary) in canaries.iter().enumerate() {
        keep(&vault, &format!("name-{number}"), canary).await;
    }
    vault.forget("name-3").await.unwrap();
    let bytes = on_disk(folder.path());
    for text in canaries
        .iter()
        .map(String::as_str)
        .chain(["name-7", PASSPHRASE])
    {
        assert!(!contains(&bytes, text), "{text} lies on the disk");
    }
    let debug = format!("{vault:?} {config:?}");
    assert!(!debug.contains("canary"), "{debug}");
    assert_eq!(
        found(&vault, "name-7").await.as_deref(),
        Some("canary-7-refresh-token")
    );
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("data");
    let config = behind_passphrase(&inner);
    let vault = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    keep(&vault, "a", "b").await;
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inner), 0o700);
    assert_eq!(mode(&inner.join("vault.sealed")), 0o600);
    assert_eq!(mode(&inner.join("vault.lock")), 0o600);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_is_a_local_fault_and_keeps_what_it_had() {
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    let vault = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    keep(&vault, "a", "b").await;
    let key = vault.key("chain").await.unwrap();
    // Root writes everywhere, so the way is blocked by what lies there: the lock is a folder.
    std::fs::remove_file(folder.path().join("vault.lock")).unwrap();
    std::fs::create_dir(folder.path().join("vault.lock")).unwrap();
    let refused = vault.keep("a", &SecretString::from("c")).await;
    let fault = refused.expect_err("it cannot be written");
    assert_eq!(fault.kind, grantway_core::FaultKind::Local);
    assert_eq!(vault.key("chain").await.unwrap(), key);
    assert!(vault.key("another").await.is_err());
    assert_eq!(found(&vault, "a").await.as_deref(), Some("b"));
}
