//! A proxy that adds a key to each request, since the suite cannot send one.
//!
//! It reads the head of one request, writes the key into it, and passes everything else on as bytes, both ways, so that
//! streams are streams and a caller who goes away is seen to go. One connection carries one request: the head that is
//! passed on says `Connection: close`. The Host header is left as the caller wrote it, wrong ones included, since the
//! suite looks at what a host makes of those.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

use anyhow::Context;

/// The largest head of a request. The suite's have a few hundred bytes.
const HEAD_BYTES_MAX: u64 = 64 << 10;

/// Starts a proxy before the host at `url`, which lives as long as this program; its own URL.
pub(super) fn start(url: &str, key: &str) -> anyhow::Result<String> {
    let address = url.strip_prefix("http://").and_then(|rest| rest.split('/').next());
    let host: SocketAddr =
        address.and_then(|address| address.parse().ok()).context("the host has no address")?;
    let listener = TcpListener::bind("127.0.0.1:0").context("the proxy has no port")?;
    let own = format!("http://{}/mcp", listener.local_addr()?);
    let key: Arc<str> = key.into();
    thread::spawn(move || {
        for caller in listener.incoming().flatten() {
            let key = Arc::clone(&key);
            // A caller that goes away, or a host that does, ends its connection and nothing else.
            thread::spawn(move || pass(&caller, host, &key).ok());
        }
    });
    Ok(own)
}

fn pass(caller: &TcpStream, host: SocketAddr, key: &str) -> io::Result<()> {
    let mut from_caller = BufReader::new(caller.try_clone()?);
    let head = head(&mut from_caller, key)?;
    let host = TcpStream::connect(host)?;
    (&host).write_all(&head)?;
    let mut to_caller = caller.try_clone()?;
    let mut from_host = host.try_clone()?;
    let back = thread::spawn(move || {
        let passed = copy(&mut from_host, &mut to_caller);
        to_caller.shutdown(Shutdown::Both).and(passed)
    });
    // Ends when the caller has gone, or when the answer is complete and the connection was closed above.
    let passed = copy(&mut from_caller, &mut &host);
    host.shutdown(Shutdown::Write)?;
    back.join().unwrap_or(Ok(())).and(passed)
}

/// The head of a request with the key in it, up to and including the empty line.
fn head(caller: &mut impl BufRead, key: &str) -> io::Result<Vec<u8>> {
    let mut caller = caller.take(HEAD_BYTES_MAX);
    let mut head = Vec::new();
    // The request line, after which headers may be added.
    line(&mut caller, &mut head)?;
    head.extend_from_slice(format!("Authorization: Bearer {key}\r\nConnection: close\r\n").as_bytes());
    loop {
        let start = head.len();
        line(&mut caller, &mut head)?;
        let added = &head[start..];
        if added == b"\r\n" {
            return Ok(head);
        }
        let name = added.split(|byte| *byte == b':').next().unwrap_or_default();
        if ["connection", "authorization"].iter().any(|own| name.eq_ignore_ascii_case(own.as_bytes())) {
            head.truncate(start);
        }
    }
}

fn line(caller: &mut impl BufRead, head: &mut Vec<u8>) -> io::Result<()> {
    let read = caller.read_until(b'\n', head)?;
    match read > 0 && head.ends_with(b"\r\n") {
        true => Ok(()),
        false => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

/// Passes bytes on as they come.
fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    let mut bytes = [0; 16 << 10];
    loop {
        match from.read(&mut bytes)? {
            0 => return Ok(()),
            read => to.write_all(&bytes[..read])?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_gets_the_key_and_nothing_of_its_own_is_lost() {
        let request = "POST /mcp HTTP/1.1\r\nHost: evil.example.com\r\nconnection: keep-alive\r\nAUTHORIZATION: x\r\n\
                       Content-Length: 2\r\n\r\n{}";
        let mut caller = request.as_bytes();
        let head = String::from_utf8(head(&mut caller, "key").unwrap()).unwrap();
        assert_eq!(
            head,
            "POST /mcp HTTP/1.1\r\nAuthorization: Bearer key\r\nConnection: close\r\nHost: evil.example.com\r\n\
             Content-Length: 2\r\n\r\n"
        );
        assert_eq!(caller, b"{}");
    }

    #[test]
    fn half_a_head_is_not_passed_on() {
        for request in ["", "POST /mcp HTTP/1.1\r\nHost: a", "POST /mcp HTTP/1.1\r\nHost: a\r\n"] {
            assert!(head(&mut request.as_bytes(), "key").is_err(), "{request:?}");
        }
    }

    /// A host that sends one byte, and the next when it was told that the first arrived, at the other side of the proxy.
    #[test]
    fn a_stream_is_passed_on_while_it_is_written() {
        let host = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = start(&format!("http://{}/mcp", host.local_addr().unwrap()), "key").unwrap();
        let address = url.strip_prefix("http://").unwrap().strip_suffix("/mcp").unwrap();
        let mut caller = TcpStream::connect(address).unwrap();
        caller.write_all(b"GET /mcp HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
        let (mut served, _) = host.accept().unwrap();
        let mut byte = [0];
        for expected in [b'1', b'2'] {
            served.write_all(&[expected]).unwrap();
            caller.read_exact(&mut byte).unwrap();
            assert_eq!(byte[0], expected);
        }
        // The caller goes, and the host sees it.
        drop(caller);
        let mut rest = Vec::new();
        served.read_to_end(&mut rest).unwrap();
        assert!(String::from_utf8(rest).unwrap().contains("Authorization: Bearer key\r\n"));
    }
}
