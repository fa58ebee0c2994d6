//! Plays the scripts.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::connection::Connection;
use super::{Act, State, h2};

pub(super) async fn accept(
    listener: TcpListener,
    scripts: Vec<Vec<Act>>,
    tls: Option<TlsAcceptor>,
    state: Arc<State>,
) {
    while let Ok((stream, _)) = listener.accept().await {
        let turn = state.connections.fetch_add(1, Ordering::SeqCst);
        let script = scripts.get(turn).or(scripts.last()).cloned().unwrap_or_default();
        let (tls, state) = (tls.clone(), Arc::clone(&state));
        tokio::spawn(async move {
            // A connection that the gate gives up ends in an error, as it should.
            let _ended = play(stream, script, tls, &state).await;
        });
    }
}

async fn play(
    stream: TcpStream,
    script: Vec<Act>,
    tls: Option<TlsAcceptor>,
    state: &State,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut connection = match tls {
        None => Connection::Plain(stream),
        Some(tls) => Connection::Tls(Box::new(tls.accept(stream).await?)),
    };
    let mut unread = Vec::new();
    for act in script {
        match act {
            Act::Take => take(&mut connection, &mut unread, state, true).await?,
            Act::TakeHead => take(&mut connection, &mut unread, state, false).await?,
            Act::TakeH2 => h2::take(&mut connection, &mut unread).await?,
            Act::Hear => connection.fill(&mut unread).await?,
            Act::Send(bytes) => connection.send(&bytes).await?,
            Act::SendForever(bytes, pause) => loop {
                connection.send(&bytes).await?;
                tokio::time::sleep(pause).await;
            },
            Act::Wait => state.steps.acquire().await.map_err(io::Error::other)?.forget(),
            Act::Stall => std::future::pending().await,
            Act::Reset => return connection.reset(),
        }
    }
    connection.close().await
}

async fn take(
    connection: &mut Connection,
    unread: &mut Vec<u8>,
    state: &State,
    body: bool,
) -> io::Result<()> {
    let end = loop {
        match unread.windows(4).position(|window| window == b"\r\n\r\n") {
            Some(at) => break at + 4,
            None => connection.fill(unread).await?,
        }
    };
    let head: Vec<u8> = unread.drain(..end).collect();
    let head = String::from_utf8_lossy(&head).into_owned();
    let lower = head.to_ascii_lowercase();
    state.requests.lock().unwrap().push(head);
    if !body {
        return Ok(());
    }
    if lower.contains("transfer-encoding: chunked") {
        // No test sends this end inside of a chunk.
        while !unread.ends_with(b"0\r\n\r\n") {
            connection.fill(unread).await?;
        }
        unread.clear();
    }
    let length = lower
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    let length: usize = length.unwrap_or(0);
    while unread.len() < length {
        connection.fill(unread).await?;
    }
    unread.drain(..length);
    Ok(())
}
