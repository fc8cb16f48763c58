//! One port of the practice cloud: takes connections and closes them the hard way where a fault script says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::{Dropped, Gateway};

/// Serves a port until `stop` turns true; open connections are then closed.
pub(crate) async fn serve(
    listener: TcpListener,
    gateway: Gateway,
    mut stop: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = told_to_stop(&mut stop) => break,
            taken = listener.accept() => match taken {
                Ok((stream, _)) => {
                    connections.spawn(connection(stream, gateway.clone()));
                }
                // Out of file handles and the like: wait a moment, since the next try would fail the same way.
                Err(error) => {
                    tracing::warn!(%error, service = gateway.service.name(), "a connection was not taken");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    connections.shutdown().await;
}

async fn connection(stream: TcpStream, gateway: Gateway) {
    // Without it answers of several packets would wait for each other; a failure only costs time.
    let _ = stream.set_nodelay(true);
    let reset = Arc::new(AtomicBool::new(false));
    let on_drop = Arc::clone(&reset);
    let service = service_fn(move |request: Request<Incoming>| {
        let (gateway, reset) = (gateway.clone(), Arc::clone(&on_drop));
        // Boxed, so that the connection can be taken apart after an error.
        Box::pin(async move {
            let answer = gateway.answer(request.map(Body::new)).await;
            reset.store(answer.is_err(), Ordering::Relaxed);
            answer
        }) as Answering
    });
    let mut connection =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    if (&mut connection).await.is_err() && reset.load(Ordering::Relaxed) {
        // A reset rather than an orderly end. An answer that breaks off ends in order, since a reset could take its first half back.
        let stream = connection.into_parts().io.into_inner();
        let _ = stream.set_zero_linger();
    }
}

type Answering = std::pin::Pin<Box<dyn Future<Output = Result<Response<Body>, Dropped>> + Send>>;

async fn told_to_stop(stop: &mut watch::Receiver<bool>) {
    // A sender that is gone means the same: nobody can stop this service any more.
    let _ = stop.wait_for(|stop| *stop).await;
}
