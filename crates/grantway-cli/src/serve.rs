//! The loopback host: the built UI in a plain browser, for tests. Never in a shipped build.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream::{self, Stream};
use grantway_app::App;
use grantway_app::contract::Call;
use tokio::net::TcpListener;
use tokio::sync::broadcast::error::RecvError;
use tower_http::services::ServeDir;

use crate::host::Terminal;

/// The shell's policy, with this host in place of the shell's own channel.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'";

/// The longest call; the longest real one is a form.
const LONGEST_CALL: usize = 64 * 1024;

struct Loopback {
    app: Arc<App>,
    host: Arc<Terminal>,
    address: String,
    token: String,
}

/// Serves until the process ends. `ready` is told the address as soon as it answers.
pub async fn serve(
    app: Arc<App>,
    host: Arc<Terminal>,
    dist: &Path,
    token: String,
    ready: impl FnOnce(&str),
) -> std::io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?.to_string();
    ready(&format!("http://{address}/"));
    let state = Arc::new(Loopback {
        app,
        host,
        address,
        token,
    });
    let pages = ServeDir::new(dist).append_index_html_on_directories(true);
    let router = Router::new()
        .route("/call", post(call))
        .route("/events", get(events))
        .fallback_service(pages)
        .layer(middleware::from_fn_with_state(Arc::clone(&state), guard))
        .with_state(state);
    axum::serve(listener, router).await
}

/// Only this host's own page may call: the host header is ours, and calls carry the cookie that came with the page.
async fn guard(State(state): State<Arc<Loopback>>, request: Request, next: Next) -> Response {
    let named = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    if named != Some(state.address.as_str()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let is_page = !matches!(request.uri().path(), "/call" | "/events");
    if !is_page && !has_cookie(request.headers(), &state.token) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    if is_page
        && let Ok(cookie) = HeaderValue::from_str(&format!(
            "grantway={}; HttpOnly; SameSite=Strict; Path=/",
            state.token
        ))
    {
        headers.insert(SET_COOKIE, cookie);
    }
    response
}

fn has_cookie(headers: &HeaderMap, token: &str) -> bool {
    let cookies = headers
        .get(COOKIE)
        .and_then(|cookie| cookie.to_str().ok())
        .unwrap_or_default();
    cookies
        .split(';')
        .any(|cookie| cookie.trim().strip_prefix("grantway=") == Some(token))
}

async fn call(State(state): State<Arc<Loopback>>, body: Bytes) -> Response {
    // Spawned, so that a page that goes away does not cut a use case in two.
    tokio::spawn(answer(state, body))
        .await
        .unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}

async fn answer(state: Arc<Loopback>, body: Bytes) -> Response {
    if body.len() > LONGEST_CALL {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let call: Call = match serde_json::from_slice(&body) {
        Ok(call) => call,
        Err(error) => return (StatusCode::BAD_REQUEST, error.to_string()).into_response(),
    };
    match state.app.call(call).await {
        Ok(reply) => json(StatusCode::OK, &reply),
        Err(problem) => json(StatusCode::UNPROCESSABLE_ENTITY, &problem),
    }
}

fn json(status: StatusCode, body: &impl serde::Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => (status, [(CONTENT_TYPE, "application/json")], bytes).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn events(
    State(state): State<Arc<Loopback>>,
) -> Sse<impl Stream<Item = Result<Sent, Infallible>>> {
    let heard = state.host.listen();
    let stream = stream::unfold(heard, |mut heard| async move {
        loop {
            match heard.recv().await {
                Ok(event) => {
                    let sent = Sent::default().json_data(&event).unwrap_or_default();
                    return Some((Ok(sent), heard));
                }
                // A slow page lost some; the next one brings it up to date.
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}
