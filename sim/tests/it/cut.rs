//! Connections that end at a byte.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use xyte_sim::Fault;

use crate::support::{Hub, PREFIX};

const LIST: &str = "organization.devices.getDevices";

fn list(hub: &Hub, headers: &str) -> String {
    hub.raw_get(&format!("{PREFIX}/devices"), headers)
}

/// The length of the head with the line between it and the body.
fn head(response: &[u8]) -> usize {
    response.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4
}

#[tokio::test]
async fn a_cut_response_ends_at_its_byte() {
    let hub = Hub::start().await;
    let whole = hub.raw(&list(&hub, "")).await;
    let in_head = head(&whole) / 2;
    for bytes in [0, 1, in_head, head(&whole), head(&whole) + 1, whole.len() - 1] {
        let cut = hub.raw(&list(&hub, &format!("x-sim-fault: cut={bytes}\r\n"))).await;
        assert_eq!(cut.len(), bytes);
        let body = head(&whole).min(bytes);
        assert_eq!(cut[body..], whole[body..bytes], "the bytes are those of the whole response");
    }
}

#[tokio::test]
async fn a_response_that_is_shorter_arrives_whole() {
    let hub = Hub::start().await;
    let whole = hub.raw(&list(&hub, "")).await;
    for bytes in [whole.len(), whole.len() + 1, usize::MAX / 2] {
        let uncut = hub.raw(&list(&hub, &format!("x-sim-fault: cut={bytes}\r\n"))).await;
        assert_eq!(uncut.len(), whole.len(), "cut={bytes}");
    }
}

#[tokio::test]
async fn a_cut_counts_for_one_response_of_a_connection() {
    let hub = Hub::start().await;
    let mut socket = hub.connect().await;
    hub.sim.fault_next(LIST, Fault::Cut(1_000_000), 1).unwrap();
    for _ in 0..30 {
        let request = list(&hub, "").replace("connection: close\r\n", "");
        socket.write_all(request.as_bytes()).await.unwrap();
        read_response(&mut socket).await;
    }
    hub.sim.fault_next(LIST, Fault::Cut(10), 1).unwrap();
    socket.write_all(list(&hub, "").as_bytes()).await.unwrap();
    let mut rest = Vec::new();
    socket.read_to_end(&mut rest).await.unwrap();
    assert_eq!(rest, b"HTTP/1.1 2");
}

#[tokio::test]
async fn an_error_is_cut_as_well() {
    let hub = Hub::start().await;
    let cut = hub.raw(&list(&hub, "x-sim-fault: status=503,cut=12\r\n")).await;
    assert_eq!(cut, b"HTTP/1.1 503");
}

#[tokio::test]
async fn a_client_sees_a_broken_response() {
    let hub = Hub::start().await;
    hub.sim.fault_next(LIST, Fault::Cut(500), 1).unwrap();
    let response = hub.request(reqwest::Method::GET, "/devices").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.is_err());
}

/// Reads one response with a content-length.
async fn read_response(socket: &mut tokio::net::TcpStream) {
    let mut received = Vec::new();
    while !received.ends_with(b"\r\n\r\n") {
        received.push(socket.read_u8().await.unwrap());
    }
    let text = String::from_utf8(received).unwrap();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    socket.read_exact(&mut body).await.unwrap();
}
