//! Sockets: accepting, serving, and closing them all at the end.

mod line;
mod rails;

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;

use line::Line;
pub(crate) use line::Scissors;
pub(crate) use rails::Target;

/// How long to wait after a failed accept: what fails it (no more file handles) needs a moment to pass.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves connections until `stop`, and then closes those that are open, whatever they are doing.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: CancellationToken) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((socket, _)) => {
                    connections.spawn(connection(socket, router.clone()));
                }
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop(listener);
    connections.shutdown().await;
}

async fn connection(socket: TcpStream, router: Router) {
    // Answers are small and whole: waiting for more to send would only slow a test down. Without it, all still works.
    let _ = socket.set_nodelay(true);
    let (line, scissors) = Line::new(socket);
    let service = service_fn(|request| answer(&router, request, &scissors));
    // A connection that ends in an error was broken by its client or cut by a fault: nothing is left to be done.
    let _ =
        http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(line), service).await;
}

async fn answer(
    router: &Router,
    mut request: hyper::Request<Incoming>,
    scissors: &Scissors,
) -> Result<Response, Infallible> {
    request.extensions_mut().insert(scissors.clone());
    rails::rewrite(&mut request);
    router.clone().oneshot(Request::from(request)).await
}
