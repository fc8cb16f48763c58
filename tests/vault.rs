//! The vault of a test.

use std::path::Path;

use grantway_app::KeychainUse;
use grantway_store::vault::{Cost, Namespace};
use grantway_store::{Vault, VaultConfig};

use crate::passphrase;

/// Makes the vault of a fresh data folder, if it has none, before the app does: the same file in every respect, but with
/// a passphrase that is cheap to try. The usual cost is what a start of the app mostly consists of.
pub async fn cheap_vault(data: &Path) {
    let folder = data.join("practice");
    let cost = Cost {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
    };
    let config = VaultConfig::new(folder, Namespace::Practice)
        .keychain(KeychainUse::Never)
        .cost(cost);
    Vault::open(&config, &*passphrase())
        .await
        .expect("a vault can be made");
}
