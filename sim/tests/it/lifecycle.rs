//! Starting, stopping, and what the ready file says.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Hub, eventually};

#[tokio::test]
async fn ready_says_where_it_is_and_who_has_a_key() {
    let hub = Hub::start().await;
    let ready = serde_json::to_value(hub.sim.ready()).unwrap();
    assert_eq!(ready["url"], hub.sim.url());
    assert_eq!(ready["tenants"][0], serde_json::json!({ "name": "acme", "key": hub.key }));
    assert_eq!(ready["tenants"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn shutdown_closes_the_listener_and_every_connection() {
    let hub = Hub::start().await;
    let address = hub.sim.url().strip_prefix("http://").unwrap().to_owned();
    let mut idle = hub.connect().await;
    let mut hanging = hub.connect().await;
    hanging.write_all(hub.raw_get("/x", "x-sim-fault: hang\r\n").as_bytes()).await.unwrap();
    eventually("the request arrives", || hub.sim.in_flight() == 1).await;

    hub.sim.shutdown().await;
    hub.sim.stopped().await;
    for socket in [&mut idle, &mut hanging] {
        let mut received = Vec::new();
        let _ = socket.read_to_end(&mut received).await;
        assert_eq!(received, b"");
    }
    assert_eq!(hub.sim.in_flight(), 0);
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn dropping_it_stops_it() {
    let hub = Hub::start().await;
    let mut idle = hub.connect().await;
    drop(hub.sim);
    let mut received = Vec::new();
    let _ = idle.read_to_end(&mut received).await;
    assert_eq!(received, b"");
}

#[tokio::test]
async fn a_client_that_goes_away_is_no_longer_in_flight() {
    let hub = Hub::start().await;
    let mut hanging = hub.connect().await;
    hanging.write_all(hub.raw_get("/x", "x-sim-fault: hang\r\n").as_bytes()).await.unwrap();
    eventually("the request arrives", || hub.sim.in_flight() == 1).await;
    drop(hanging);
    eventually("the request is given up", || hub.sim.in_flight() == 0).await;
    assert_eq!(hub.sim.requests()[0].status, None);
}
