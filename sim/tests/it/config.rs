//! What a hub can be started with.

use std::net::SocketAddr;

use xyte_sim::{DEVICES_MAX, SPACES_MAX, Sim, SimConfig, StartError, TENANTS_MAX, TenantConfig};

async fn refusal(change: impl FnOnce(&mut SimConfig)) -> StartError {
    let mut config = SimConfig::default();
    change(&mut config);
    Sim::start(config).await.unwrap_err()
}

#[tokio::test]
async fn only_loopback_is_listened_on() {
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0"] {
        let address: SocketAddr = address.parse().unwrap();
        let error = refusal(|config| config.listen = address).await;
        assert!(matches!(error, StartError::NotLoopback(refused) if refused == address));
        let text = error.to_string();
        assert!(
            text.contains("anybody who reaches it may use it") && text.contains(&address.to_string()),
            "{text}"
        );
    }
    let listen = "127.0.0.2:0".parse().unwrap();
    let sim = Sim::start(SimConfig { listen, ..SimConfig::default() }).await.unwrap();
    assert!(sim.url().starts_with("http://127.0.0.2:"));
}

#[tokio::test]
async fn a_port_in_use_is_named() {
    let first = Sim::start(SimConfig::default()).await.unwrap();
    let taken: SocketAddr = first.url().strip_prefix("http://").unwrap().parse().unwrap();
    let error = refusal(|config| config.listen = taken).await;
    assert!(matches!(error, StartError::AddressInUse(address) if address == taken));
    assert!(error.to_string().contains(&taken.to_string()), "{error}");
}

#[tokio::test]
async fn fleets_have_bounds() {
    for (devices, spaces) in [(0, 0), (DEVICES_MAX + 1, 1), (1, SPACES_MAX + 1)] {
        let error = refusal(|config| config.tenants = vec![TenantConfig::new("acme", devices, spaces)]).await;
        assert!(matches!(error, StartError::FleetSize { .. }), "{error}");
    }
    let smallest = SimConfig { tenants: vec![TenantConfig::new("acme", 1, 1)], ..SimConfig::default() };
    let fleet = Sim::start(smallest).await.unwrap().fleet("acme").unwrap();
    assert_eq!((fleet.devices().len(), fleet.spaces().len()), (1, 1));
    assert_eq!(fleet.devices()[0].space_id, fleet.spaces().root());
}

#[tokio::test]
async fn tenants_can_be_told_apart() {
    assert!(matches!(refusal(|config| config.tenants.clear()).await, StartError::TenantCount(0)));
    let many = (0..=TENANTS_MAX).map(|index| TenantConfig::new(format!("t{index}"), 0, 1)).collect();
    assert!(matches!(refusal(|config| config.tenants = many).await, StartError::TenantCount(_)));

    let twice = vec![TenantConfig::new("acme", 0, 1), TenantConfig::new("acme", 0, 1)];
    let error = refusal(|config| config.tenants = twice).await;
    assert!(matches!(error, StartError::DuplicateTenant(name) if name == "acme"));

    for name in ["", "Acme", "a/b", "7up", "a b"] {
        let error = refusal(|config| config.tenants = vec![TenantConfig::new(name, 0, 1)]).await;
        assert!(matches!(error, StartError::TenantName(_)), "{name}: {error}");
    }
}
