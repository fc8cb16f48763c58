//! The outside OAuth server: started once for the whole binary, ended with it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, OnceLock};

use grantway_core::{AppId, TenantId};
use grantway_microsoft::clouds::Cloud;
use serde::Deserialize;

/// Where the server listens, and whom it knows.
#[derive(Deserialize)]
struct Address {
    login: String,
    issuer: String,
    tenant: String,
    client_id: String,
    redirect: String,
}

/// A running server.
pub struct Peer {
    address: Address,
    // Its standard input closes when this process ends, and then the server ends too.
    _server: Child,
}

impl Peer {
    /// The server of this run.
    pub fn running() -> &'static Self {
        static PEER: OnceLock<Peer> = OnceLock::new();
        PEER.get_or_init(Self::start)
    }

    fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("oauth-peer");
        assert!(
            folder.join("node_modules/oidc-provider").is_dir(),
            "the OAuth peer is not installed. What to do: npm ci in tests/oauth-peer, or cargo xtask setup"
        );
        let mut server = Command::new("node")
            .arg("server.mjs")
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("node does not start: {error}"));
        let mut line = String::new();
        let out = server.stdout.take().expect("stdout is piped above");
        BufReader::new(out)
            .read_line(&mut line)
            .expect("the server's output can be read");
        let address = serde_json::from_str(&line)
            .unwrap_or_else(|error| panic!("the OAuth peer did not start: {error}: {line:?}"));
        Self {
            address,
            _server: server,
        }
    }

    /// The server as the client sees it: a cloud like any other, given as a file.
    pub fn cloud(&self) -> Arc<Cloud> {
        let Address {
            login, client_id, ..
        } = &self.address;
        let host = login.trim_start_matches("http://");
        let file = format!(
            "id = \"peer\"\nkind = \"practice\"\nname = \"OAuth peer\"\nlogin = \"{login}\"\ngraph = \"{login}\"\nclient_id = \"{client_id}\"\nsign_in_hosts = [\"{host}\"]\n"
        );
        let cloud = Cloud::from_toml(&file).expect("the file is a cloud");
        assert_eq!(
            cloud.redirect().as_str(),
            self.address.redirect,
            "the redirect that the peer has registered"
        );
        assert_eq!(
            cloud.issuer(&self.tenant()),
            self.address.issuer,
            "the issuer that the peer names"
        );
        Arc::new(cloud)
    }

    /// The one tenant that lives there.
    pub fn tenant(&self) -> TenantId {
        TenantId::parse(&self.address.tenant).expect("the peer's tenant is a GUID")
    }

    /// The public client that is registered there.
    pub fn client(&self) -> AppId {
        AppId::parse(&self.address.client_id).expect("the peer's client is a GUID")
    }
}
