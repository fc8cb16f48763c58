//! For tests: a server that answers what a script says, byte for byte, and remembers what it was asked.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use grantway_core::{Actor, AppId, Fault, TenantId, Upn};
use secrecy::SecretString;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

use super::tokens::{AccessToken, TokenWanted, Tokens};
use super::transport::testing::{CountedIds, FakeClock};
use super::transport::{Limits, Transport};
use super::{Api, Gates, Service};
use crate::clouds::Cloud;
use crate::graph::Graphs;

/// What the server does with one request.
pub(crate) enum Reply {
    /// A whole answer.
    Whole {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: String,
    },
    /// The head and half of the body.
    Cut { status: u16, body: String },
    /// Closes without a word.
    Drop,
    /// Says nothing for that long.
    Hang(Duration),
}

/// JSON with a status.
pub(crate) fn json(status: u16, body: impl ToString) -> Reply {
    Reply::Whole {
        status,
        headers: vec![("Content-Type", "application/json".into())],
        body: body.to_string(),
    }
}

/// JSON with a status and further headers.
pub(crate) fn with_headers(
    status: u16,
    more: &[(&'static str, &str)],
    body: impl ToString,
) -> Reply {
    let mut headers = vec![("Content-Type", "application/json".to_owned())];
    headers.extend(
        more.iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    Reply::Whole {
        status,
        headers,
        body: body.to_string(),
    }
}

/// An error as Graph writes it.
pub(crate) fn refusal(status: u16, code: &str, message: &str) -> Reply {
    json(
        status,
        serde_json::json!({ "error": { "code": code, "message": message } }),
    )
}

/// No body.
pub(crate) fn empty(status: u16) -> Reply {
    Reply::Whole {
        status,
        headers: vec![],
        body: String::new(),
    }
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub line: String,
    pub headers: HashMap<String, String>,
    pub body: String,
}

#[derive(Default)]
struct Shared {
    replies: Mutex<VecDeque<Reply>>,
    /// Answers to requests that come in any order, by method and path.
    by_path: Mutex<Vec<(String, Reply)>>,
    asked: Mutex<Vec<Asked>>,
}

/// The server. It stops with the test's runtime.
pub(crate) struct Server {
    pub port: u16,
    shared: Arc<Shared>,
}

impl Server {
    pub async fn start(replies: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            replies: Mutex::new(replies.into_iter().collect()),
            ..Shared::default()
        });
        let for_task = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, Arc::clone(&for_task)));
            }
        });
        Self { port, shared }
    }

    /// Answers to requests that come in any order, by method and path without its query.
    pub async fn by_path(replies: impl IntoIterator<Item = (String, Reply)>) -> Self {
        let server = Self::start([]).await;
        server.shared.by_path.lock().unwrap().extend(replies);
        server
    }

    /// Adds answers, once an address of this server is known.
    pub fn then(&self, replies: impl IntoIterator<Item = Reply>) {
        self.shared.replies.lock().unwrap().extend(replies);
    }

    /// What was asked so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap().clone()
    }

    /// First lines of what was asked so far.
    pub fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

async fn answer(mut stream: TcpStream, shared: Arc<Shared>) -> Option<()> {
    let asked = read(&mut stream).await?;
    let path = asked.line.split('?').next().unwrap_or_default().to_owned();
    shared.asked.lock().unwrap().push(asked);
    let by_path = {
        let mut all = shared.by_path.lock().unwrap();
        let place = all.iter().position(|(line, _)| *line == path);
        place.map(|place| all.swap_remove(place).1)
    };
    let reply = by_path.or_else(|| shared.replies.lock().unwrap().pop_front());
    let reply = reply.unwrap_or_else(|| refusal(500, "Script", "the script has no more answers"));
    match reply {
        Reply::Whole {
            status,
            headers,
            body,
        } => {
            let mut text = format!(
                "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n",
                body.len()
            );
            for (name, value) in headers {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
            stream
                .write_all(format!("{text}\r\n{body}").as_bytes())
                .await
                .ok()?;
        }
        Reply::Cut { status, body } => {
            let head = format!(
                "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                body.len()
            );
            stream
                .write_all(format!("{head}{}", &body[..body.len() / 2]).as_bytes())
                .await
                .ok()?;
        }
        Reply::Drop => {}
        Reply::Hang(length) => tokio::time::sleep(length).await,
    }
    stream.shutdown().await.ok()
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
            let mut lines = head.split("\r\n");
            let line = lines.next()?.trim_end_matches(" HTTP/1.1").to_owned();
            let headers: HashMap<String, String> = lines
                .filter_map(|line| line.split_once(": "))
                .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
                .collect();
            let length: usize = headers
                .get("content-length")
                .and_then(|text| text.parse().ok())
                .unwrap_or(0);
            while bytes.len() < end + 4 + length {
                let count = stream
                    .read(&mut piece)
                    .await
                    .ok()
                    .filter(|count| *count > 0)?;
                bytes.extend_from_slice(&piece[..count]);
            }
            let body = String::from_utf8(bytes[end + 4..].to_vec()).ok()?;
            return Some(Asked {
                line,
                headers,
                body,
            });
        }
        let count = stream
            .read(&mut piece)
            .await
            .ok()
            .filter(|count| *count > 0)?;
        bytes.extend_from_slice(&piece[..count]);
    }
}

/// Hands out numbered tokens and remembers what was wanted.
#[derive(Default)]
pub(crate) struct NumberedTokens {
    pub wanted: Mutex<Vec<TokenWanted>>,
}

#[async_trait::async_trait]
impl Tokens for NumberedTokens {
    async fn token(&self, wanted: &TokenWanted) -> Result<AccessToken, Fault> {
        let mut all = self.wanted.lock().unwrap();
        all.push(wanted.clone());
        Ok(AccessToken {
            secret: SecretString::from(format!("token-{}", all.len())),
            expires: grantway_core::Timestamp::MAX,
            scopes: Default::default(),
        })
    }
}

/// A client of a scripted server, with a clock that jumps.
pub(crate) struct Bench {
    pub graphs: Graphs,
    pub clock: Arc<FakeClock>,
    pub tokens: Arc<NumberedTokens>,
}

/// The person in whose name tests call, as client number 7.
pub(crate) fn actor() -> Actor {
    Actor {
        home: tenant(1),
        account: Upn::parse("robin@larkspur-it.example").unwrap(),
        client: AppId::from_uuid(Uuid::from_u128(7)),
    }
}

/// A tenant by number.
pub(crate) fn tenant(n: u128) -> TenantId {
    TenantId::from_uuid(Uuid::from_u128(n))
}

impl Bench {
    pub fn new(port: u16, limits: Limits) -> Self {
        let cloud = Arc::new(cloud(port));
        let clock = Arc::new(FakeClock::default());
        let transport = Transport::new(
            &cloud,
            limits,
            clock.clone(),
            Arc::new(CountedIds::default()),
        )
        .unwrap();
        let tokens = Arc::new(NumberedTokens::default());
        let graphs = Graphs {
            transport: Arc::new(transport),
            cloud,
            tokens: tokens.clone(),
            gates: Arc::new(Gates::new()),
            policies: Arc::default(),
        };
        Self {
            graphs,
            clock,
            tokens,
        }
    }

    pub fn of(server: &Server) -> Self {
        Self::new(server.port, Limits::default())
    }

    pub fn service(&self, n: u128) -> Service {
        let graphs = self.graphs.clone();
        Service::new(
            graphs.transport,
            graphs.cloud,
            graphs.tokens,
            graphs.gates,
            Api::Graph,
            (tenant(n), Some(actor())),
        )
    }
}

/// A practice cloud whose Graph is at that port.
pub(crate) fn cloud(port: u16) -> Cloud {
    let text = format!(
        "id = \"practice\"\nkind = \"practice\"\nname = \"p\"\nlogin = \"http://127.0.0.1:{port}\"\n\
         graph = \"http://127.0.0.1:{port}\"\nsign_in_hosts = [\"127.0.0.1:{port}\"]"
    );
    Cloud::from_toml(&text).unwrap()
}
