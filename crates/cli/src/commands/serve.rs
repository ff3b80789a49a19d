//! `onrecord serve`: the pages over a record, for a browser on this machine.

use crate::args::Serve;
use crate::serve::{Guard, Served, router};
use crate::terminal::{self, BOLD};
use crate::{Ended, terminal::DIM};
use onrecord_engine::Error;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::sync::Arc;

/// Answers that are worked out at one time: each has a connection with a cache of its own.
const AT_ONCE: usize = 8;

pub(crate) fn serve(args: &Serve) -> Result<Ended, Error> {
    let is_public = !args.bind.is_loopback();
    let token = match (is_public, std::env::var("ONRECORD_TOKEN")) {
        (_, Ok(token)) if !token.is_empty() => Some(token),
        (true, _) => Some(new_token()?),
        (false, _) => None,
    };
    let guard = Guard { hosts: args.host.clone(), is_public, token: token.clone() };
    let served = Arc::new(Served::open(args.record.clone(), guard)?);
    let address = SocketAddr::new(args.bind, args.port);
    let failed = |cause| Error::Serve { address: address.to_string(), cause };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(AT_ONCE)
        .enable_all()
        .build()
        .map_err(failed)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        tell(args, bound, token.as_deref())?;
        served.keep_fresh();
        let stop = async {
            // Where no such signal can be had, the program is ended in another way.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, router(served)).with_graceful_shutdown(stop).await.map_err(failed)
    })?;
    Ok(Ended::Well)
}

/// Where to look, with the token where one is asked for.
fn tell(args: &Serve, bound: SocketAddr, token: Option<&str>) -> io::Result<()> {
    let mut out = terminal::stdout();
    let token = token.map(|token| format!("?token={token}")).unwrap_or_default();
    let address = format!("http://{bound}/{token}");
    writeln!(out, "{} is at {}", args.record.display(), BOLD.of(address))?;
    writeln!(out, "{}", DIM.of("Ctrl-C ends it."))?;
    out.flush()
}

/// 128 bits of chance.
fn new_token() -> Result<String, Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Error::Serve {
        address: "a token".to_owned(),
        cause: io::Error::other(error.to_string()),
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
