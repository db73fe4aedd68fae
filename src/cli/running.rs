//! Asks the program that is open at an address whether it can answer queries. For containers and supervisors, which
//! have no other client.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The longest wait for each step.
const PATIENCE: Duration = Duration::from_secs(5);

/// Returns whether queries can be answered now.
///
/// # Errors
/// If nothing at the address speaks HTTP in time.
pub(super) fn is_ready(address: SocketAddr) -> io::Result<bool> {
    let address = if address.ip().is_unspecified() { reachable(address) } else { address };
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut status = String::new();
    BufReader::new(io::Read::take(stream, 1_000)).read_line(&mut status)?;
    match status.split(' ').nth(1) {
        Some(code) => Ok(code == "200"),
        None => Err(io::Error::new(io::ErrorKind::InvalidData, "it does not speak HTTP")),
    }
}

/// The address of this machine by which a program that listens at all addresses is reached.
fn reachable(address: SocketAddr) -> SocketAddr {
    let here = if address.is_ipv4() { [127, 0, 0, 1].into() } else { std::net::Ipv6Addr::LOCALHOST.into() };
    SocketAddr::new(here, address.port())
}
