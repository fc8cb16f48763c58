//! Our own listener for the redirect: both loopback addresses, one port, one answer, nothing told.
// facts: clean-session §4; RFC 8252, 8.3.

use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use url::Url;

/// Longest request head in bytes; an answer with a code stays far below.
const HEAD: usize = 32 * 1024;
/// How long one visitor may take to send its head.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most visitors at a time; further ones wait.
const VISITORS: usize = 16;

/// A listener on `http://localhost:PORT/cb/<cloud>`.
#[derive(Debug)]
pub struct Loopback {
    v4: TcpListener,
    v6: Option<TcpListener>,
    redirect: Url,
}

/// Why there is no listener or no answer.
#[derive(Debug, thiserror::Error)]
pub enum LoopbackError {
    /// No port could be had on this computer's own addresses.
    #[error("no port on this computer can be listened on")]
    Bind(#[source] io::Error),
    /// The time was over before an answer came.
    #[error("no answer came in time")]
    TimeOver,
}

/// Whether a visitor brought the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// Yes: say thanks and close.
    Taken,
    /// No: say 404 and go on.
    Ignored,
}

/// The sentence on the page that the browser shows at the end.
#[derive(Clone, Debug)]
pub struct Farewell {
    /// Title and heading.
    pub title: String,
    /// What to do now.
    pub sentence: String,
}

impl Loopback {
    /// Listens for the answer to a redirect that has no port yet. Binds 127.0.0.1 and, where this computer has it, ::1 on the same free port: `localhost` may mean either.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn bind(bare: &Url) -> Result<Self, LoopbackError> {
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for _ in 0..10 {
            let v4 = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))
                .await
                .map_err(LoopbackError::Bind)?;
            let port = v4.local_addr().map_err(LoopbackError::Bind)?.port();
            let v6 = match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await {
                Ok(listener) => Some(listener),
                // Somebody else has the port there: answers could go to them, so take another.
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                    last = error;
                    continue;
                }
                Err(_) => None,
            };
            let mut redirect = bare.clone();
            if redirect.set_port(Some(port)).is_ok() {
                return Ok(Self { v4, v6, redirect });
            }
        }
        Err(LoopbackError::Bind(last))
    }

    /// The redirect with the port.
    pub fn redirect(&self) -> &Url {
        &self.redirect
    }

    /// Waits for the answer until `time_over` comes. Each address that reaches the redirect is shown to `judge`; the first that it
    /// takes ends the wait and closes the port. Nobody else learns anything: all other requests get an empty 404.
    ///
    /// # Errors
    /// [`LoopbackError::TimeOver`].
    pub async fn wait<T>(
        self,
        farewell: &Farewell,
        time_over: impl Future<Output = ()>,
        mut judge: impl FnMut(&Url) -> Option<T>,
    ) -> Result<T, LoopbackError> {
        let (visits, mut visited) = mpsc::channel::<(Url, oneshot::Sender<Visit>)>(VISITORS);
        let page = page(farewell);
        let accepting = accept(&self.v4, self.v6.as_ref(), &self.redirect, &page, visits);
        tokio::pin!(accepting, time_over);
        loop {
            tokio::select! {
                () = &mut time_over => return Err(LoopbackError::TimeOver),
                () = &mut accepting => return Err(LoopbackError::TimeOver),
                Some((url, reply)) = visited.recv() => {
                    let Some(answer) = judge(&url) else {
                        // A visitor that has left does not matter.
                        let _ = reply.send(Visit::Ignored);
                        continue;
                    };
                    let _ = reply.send(Visit::Taken);
                    return Ok(answer);
                }
            }
        }
    }
}

async fn accept(
    v4: &TcpListener,
    v6: Option<&TcpListener>,
    redirect: &Url,
    page: &str,
    visits: mpsc::Sender<(Url, oneshot::Sender<Visit>)>,
) {
    loop {
        let next = async {
            match v6 {
                Some(v6) => tokio::select! { a = v4.accept() => a, b = v6.accept() => b },
                None => v4.accept().await,
            }
        };
        // A failed accept is the visitor's trouble or a passing shortage of handles.
        let Ok((stream, from)) = next.await else {
            tokio::task::yield_now().await;
            continue;
        };
        if !from.ip().is_loopback() {
            continue;
        }
        let (redirect, page, visits) = (redirect.clone(), page.to_owned(), visits.clone());
        tokio::spawn(async move {
            // What one visitor does wrong ends with that visitor.
            let _ = tokio::time::timeout(PATIENCE, serve(stream, &redirect, &page, &visits)).await;
        });
    }
}

async fn serve(
    mut stream: TcpStream,
    redirect: &Url,
    page: &str,
    visits: &mpsc::Sender<(Url, oneshot::Sender<Visit>)>,
) -> io::Result<()> {
    let head = read_head(&mut stream).await?;
    let taken = match address(&head, redirect) {
        Some(url) => {
            let (reply, verdict) = oneshot::channel();
            visits.send((url, reply)).await.is_ok() && verdict.await == Ok(Visit::Taken)
        }
        None => false,
    };
    let answer = if taken {
        ok(page)
    } else {
        NOT_FOUND.to_owned()
    };
    stream.write_all(answer.as_bytes()).await?;
    stream.shutdown().await
}

async fn read_head(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut piece = [0; 2048];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let count = stream.read(&mut piece).await?;
        if count == 0 || head.len() + count > HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.extend_from_slice(&piece[..count]);
    }
    Ok(head)
}

/// The address that a request head asks for, when it is a GET of our exact path under our exact host.
fn address(head: &[u8], redirect: &Url) -> Option<Url> {
    let text = std::str::from_utf8(head).ok()?;
    let mut lines = text.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (Some("GET"), Some(target), Some("HTTP/1.1" | "HTTP/1.0"), None) =
        (first.next(), first.next(), first.next(), first.next())
    else {
        return None;
    };
    let hosts: Vec<&str> = lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim())
        .collect();
    // Another name for this address means that a page elsewhere sent the browser here (DNS rebinding).
    let expected = format!("localhost:{}", redirect.port()?);
    if hosts != [expected.as_str()] {
        return None;
    }
    let (path, query) = target.split_once('?')?;
    if path != redirect.path() {
        return None;
    }
    let mut url = redirect.clone();
    url.set_query(Some(query));
    Some(url)
}

const NOT_FOUND: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";

fn ok(page: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\n\
         Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\nConnection: close\r\n\r\n{page}",
        page.len()
    )
}

/// Made of the catalogue's words alone; nothing of the request is in it.
fn page(farewell: &Farewell) -> String {
    let escape = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
            .replace('"', "&quot;")
    };
    let (title, sentence) = (escape(&farewell.title), escape(&farewell.sentence));
    format!(
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1><p>{sentence}</p></body></html>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Farewell {
        Farewell {
            title: "Signed in".into(),
            sentence: "Close this window & go back.".into(),
        }
    }

    async fn visit(redirect: &Url, request: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, redirect.port().unwrap()))
            .await
            .unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn the_answer_is_taken_once_and_everything_else_is_404() {
        let cloud = crate::clouds::built_in("global").unwrap();
        let listener = Loopback::bind(&cloud.redirect()).await.unwrap();
        let redirect = listener.redirect().clone();
        let port = redirect.port().unwrap();
        let waiting = tokio::spawn(async move {
            let judge = |url: &Url| {
                url.query()
                    .filter(|query| query.contains("code=good"))
                    .map(str::to_owned)
            };
            listener.wait(&words(), std::future::pending(), judge).await
        });
        let host = format!("Host: localhost:{port}\r\n\r\n");
        for wrong in [
            format!("GET /cb/global?code=bad HTTP/1.1\r\n{host}"),
            format!("GET /cb/global HTTP/1.1\r\n{host}"),
            format!("GET /cb/global/?code=good HTTP/1.1\r\n{host}"),
            format!("GET /cb/china?code=good HTTP/1.1\r\n{host}"),
            format!("HEAD /cb/global?code=good HTTP/1.1\r\n{host}"),
            format!("POST /cb/global?code=good HTTP/1.1\r\n{host}"),
            "GET /cb/global?code=good HTTP/1.1\r\nHost: rebound.evil.test\r\n\r\n".to_owned(),
            format!("GET /cb/global?code=good HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"),
            format!("GET /cb/global?code=good HTTP/1.1\r\nHost: localhost:{port}\r\n{host}"),
        ] {
            assert!(
                visit(&redirect, &wrong).await.starts_with("HTTP/1.1 404"),
                "{wrong}"
            );
        }
        let answer = visit(
            &redirect,
            &format!("GET /cb/global?code=good HTTP/1.1\r\n{host}"),
        )
        .await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        assert!(
            answer.contains("no-store")
                && answer.contains("default-src 'none'")
                && answer.contains("&amp; go back")
        );
        assert!(
            !answer.contains("good"),
            "nothing of the request is in the page"
        );
        assert_eq!(waiting.await.unwrap().unwrap(), "code=good");
        assert!(
            TcpStream::connect((Ipv4Addr::LOCALHOST, port))
                .await
                .is_err(),
            "the port is closed"
        );
    }

    #[tokio::test]
    async fn time_runs_out() {
        let listener = Loopback::bind(&crate::clouds::built_in("global").unwrap().redirect())
            .await
            .unwrap();
        let result = listener
            .wait(&words(), std::future::ready(()), |_| Some(()))
            .await;
        assert!(matches!(result, Err(LoopbackError::TimeOver)));
    }

    #[tokio::test]
    async fn a_silent_visitor_does_not_block_the_next() {
        let listener = Loopback::bind(&crate::clouds::built_in("global").unwrap().redirect())
            .await
            .unwrap();
        let redirect = listener.redirect().clone();
        let port = redirect.port().unwrap();
        let waiting = tokio::spawn(async move {
            listener
                .wait(&words(), std::future::pending(), |_| Some(()))
                .await
        });
        let _silent = TcpStream::connect((Ipv4Addr::LOCALHOST, port))
            .await
            .unwrap();
        let answer = visit(
            &redirect,
            &format!("GET /cb/global?code=1 HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        )
        .await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        waiting.await.unwrap().unwrap();
    }
}
