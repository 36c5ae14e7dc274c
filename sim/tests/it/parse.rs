//! The text form of faults.

use std::time::Duration;

use proptest::prelude::*;
use reqwest::StatusCode;
use xyte_sim::{Fault, FaultSyntaxError, Faults};

fn parse(text: &str) -> Result<Faults, FaultSyntaxError> {
    text.parse()
}

#[test]
fn one_fault_is_what_its_text_says() {
    let status = |status, after_s: Option<u64>| Fault::Status {
        status,
        retry_after: after_s.map(Duration::from_secs),
    };
    for (text, fault) in [
        ("slow=500ms", Fault::Slow(Duration::from_millis(500))),
        ("slow=2s:100%", Fault::Slow(Duration::from_secs(2))),
        ("slow=1m", Fault::Slow(Duration::from_secs(60))),
        ("fail", status(StatusCode::INTERNAL_SERVER_ERROR, None)),
        ("fail=100.00%", status(StatusCode::INTERNAL_SERVER_ERROR, None)),
        ("status=503", status(StatusCode::SERVICE_UNAVAILABLE, None)),
        ("429,retry-after=2s", status(StatusCode::TOO_MANY_REQUESTS, Some(2))),
        (" status=503 , retry-after=0s ", status(StatusCode::SERVICE_UNAVAILABLE, Some(0))),
        ("cut=0", Fault::Cut(0)),
        ("hang", Fault::Hang),
        ("garbage", Fault::Garbage),
        ("redirect=https://a.example:8443/x", Fault::Redirect("https://a.example:8443/x".to_owned())),
        ("redirect=https://a.example/%20:100%", Fault::Redirect("https://a.example/%20".to_owned())),
    ] {
        assert_eq!(parse(text), Ok(Faults::from(fault)), "{text}");
    }
}

#[test]
fn several_faults_keep_their_order() {
    let faults = parse("slow=500ms,fail=10%,status=503:5%,429=20%,retry-after=2s,cut=100,garbage").unwrap();
    let whole = "slow=500ms:100.00%,status=500:10.00%,status=503:5.00%,status=429:20.00%,retry-after=2s,\
                 cut=100:100.00%,garbage=100.00%";
    assert_eq!(faults.to_string(), whole);
    assert!(!faults.is_empty());
    for nothing in ["", "  "] {
        assert_eq!(parse(nothing), Ok(Faults::none()));
    }
}

#[test]
fn an_unknown_fault_is_named_beside_the_known_ones() {
    for (text, part) in
        [("explode", "explode"), ("hang,,cut=1", ""), ("slow=1s,Fail", "Fail"), ("430=1%", "430=1%")]
    {
        let error = parse(text).unwrap_err();
        assert_eq!(error, FaultSyntaxError::Unknown { part: part.to_owned() });
        let message = error.to_string();
        for known in
            ["slow=", "fail", "status=", "429", "retry-after=", "cut=", "hang", "garbage", "redirect="]
        {
            assert!(message.contains(known), "{message}");
        }
    }
}

#[test]
fn a_wrong_value_is_named_beside_the_right_form() {
    for part in [
        "slow",
        "slow=",
        "slow=5",
        "slow=-1s",
        "slow=1h",
        "slow=1.5s",
        "slow=3601s",
        "slow=1s:101%",
        "slow=1s:5",
        "slow=99999999999999999999s",
        "fail=10",
        "fail=-1%",
        "fail=1.234%",
        "fail=.5%",
        "fail=1.%",
        "fail=%",
        "status",
        "status=200",
        "status=600",
        "status=5xx",
        "429=2s",
        "retry-after=2s",
        "cut",
        "cut=-1",
        "cut=1kb",
        "hang=1s",
        "garbage=x",
        "redirect",
        "redirect=",
        "redirect=a b",
    ] {
        let error = parse(&format!("cut=1,{part}")).unwrap_err();
        assert!(
            matches!(&error, FaultSyntaxError::Value { part: named, .. } if named == part),
            "{part}: {error}"
        );
        let name = part.split('=').next().unwrap();
        assert!(error.to_string().contains(&format!("must be of the form {name}")), "{error}");
    }
    for part in ["retry-after=500ms", "retry-after=2", "retry-after"] {
        let error = parse(&format!("429,{part}")).unwrap_err();
        assert!(error.to_string().contains("retry-after=SECONDSs"), "{error}");
    }
    assert!(parse("429,retry-after=1s,retry-after=2s").is_err(), "said twice");
}

#[test]
fn the_readme_knows_every_form() {
    let readme = include_str!("../../README.md");
    let cells = readme.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let parts: Vec<String> =
        cells.flat_map(|cell| cell.split('`')).map(|part| part.replace("URL", "/x")).collect();
    let mut names: Vec<&str> = parts.iter().filter_map(|part| part.split(['=', ' ', ',']).next()).collect();
    for part in parts.iter().filter(|part| part.starts_with(|c: char| c.is_ascii_alphanumeric())) {
        assert!(parse(&format!("429,{part}")).is_ok(), "{part}");
    }
    names.retain(|name| !name.is_empty());
    names.dedup();
    assert_eq!(names, ["slow", "fail", "status", "429", "retry-after", "cut", "hang", "garbage", "redirect"]);
}

fn part() -> impl Strategy<Value = String> {
    let chance =
        prop_oneof![Just(String::new()), (0u32..=100).prop_map(|p| format!(":{p}%")), Just(":0.25%".into())];
    let alone = prop_oneof![Just(String::new()), (0u32..=100).prop_map(|p| format!("={p}%"))];
    prop_oneof![
        (0u32..3_600_000, chance.clone()).prop_map(|(ms, chance)| format!("slow={ms}ms{chance}")),
        (400u16..600, chance.clone()).prop_map(|(status, chance)| format!("status={status}{chance}")),
        (any::<u64>(), chance.clone()).prop_map(|(bytes, chance)| format!("cut={bytes}{chance}")),
        ("[a-z:/.%?0-9]{1,20}", chance).prop_map(|(url, chance)| format!("redirect=/{url}/{chance}")),
        (prop_oneof![Just("fail"), Just("429"), Just("hang"), Just("garbage")], alone)
            .prop_map(|(name, alone)| format!("{name}{alone}")),
        any::<u32>().prop_map(|seconds| format!("429,retry-after={seconds}s")),
    ]
}

proptest! {
    #[test]
    fn what_is_shown_reads_as_the_same(parts in proptest::collection::vec(part(), 0..8)) {
        let faults = parse(&parts.join(",")).unwrap();
        prop_assert_eq!(parse(&faults.to_string()), Ok(faults));
    }

    #[test]
    fn whatever_is_typed_is_read_or_named(text in ".{0,40}") {
        match parse(&text) {
            Ok(faults) => prop_assert_eq!(faults.is_empty(), text.trim().is_empty()),
            Err(FaultSyntaxError::Unknown { part } | FaultSyntaxError::Value { part, .. }) => {
                prop_assert!(text.contains(&part));
            }
        }
    }

    #[test]
    fn a_known_name_with_any_value_is_read_or_named(name in "slow|fail|status|429|cut|hang|redirect", value in "[-0-9.smh:%]{0,8}") {
        let text = format!("{name}={value}");
        if let Err(error) = parse(&text) {
            prop_assert_eq!(matches!(error, FaultSyntaxError::Value { part, .. } if part == text), true);
        }
    }
}
