//! What stands behind a route, and how a connection to it is made.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use http::{HeaderName, HeaderValue};
use lockgate_config::{Protocol, UpstreamUrl};
use lockgate_errors::{Problem, catalogue};
use pingora::protocols::ALPN;
use pingora::upstreams::peer::{HttpPeer, PeerOptions};
use pingora::utils::tls::{WrappedX509, parse_x509};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use tokio::time::timeout;

/// How long the addresses of a host name are used before they are asked for again.
const RESOLVED_FOR: Duration = Duration::from_secs(10);

/// An upstream, ready to be connected to.
pub(crate) struct Upstream {
    pub(crate) name: String,
    pub(crate) url: UpstreamUrl,
    /// The value of `Host`; `None` keeps the client's.
    pub(crate) host: Option<String>,
    /// Set on the way; values are marked sensitive.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    server_name: String,
    connect_timeout: Duration,
    /// Longest silence, and as long as an error body may take in all.
    pub(crate) read_timeout: Duration,
    options: PeerOptions,
    resolved: ArcSwapOption<Resolved>,
    turn: AtomicUsize,
}

struct Resolved {
    addresses: Vec<SocketAddr>,
    since: Instant,
}

/// Why an upstream of the configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpstreamError {
    #[error(
        "upstream `{upstream}`: `{header}` is not a header name, or its value has characters that no header may have"
    )]
    Header { upstream: String, header: String },
    #[error("upstream `{upstream}`: the authorities in {path} cannot be read: {reason}; give a PEM file")]
    Authorities {
        upstream: String,
        path: String,
        reason: String,
    },
}

// === impl Upstream ===

impl Upstream {
    pub(crate) fn new(name: &str, config: &lockgate_config::Upstream) -> Result<Self, UpstreamError> {
        let server_name = config
            .tls
            .server_name
            .clone()
            .unwrap_or_else(|| config.url.host().to_owned());
        Ok(Self {
            name: name.to_owned(),
            url: config.url.clone(),
            host: (!config.preserve_host).then(|| config.url.authority()),
            headers: headers(name, config)?,
            server_name,
            connect_timeout: config.connect_timeout.get(),
            read_timeout: config.read_timeout.get(),
            options: options(name, config)?,
            resolved: ArcSwapOption::empty(),
            turn: AtomicUsize::new(0),
        })
    }

    /// Where the next connection goes.
    pub(crate) async fn peer(&self) -> Result<HttpPeer, Problem> {
        let address = self.address().await?;
        let mut peer = HttpPeer::new(address, self.url.is_tls(), self.server_name.clone());
        peer.options = self.options.clone();
        Ok(peer)
    }

    /// One address of the host, each in its turn.
    async fn address(&self) -> Result<SocketAddr, Problem> {
        let resolved = match self
            .resolved
            .load_full()
            .filter(|known| known.since.elapsed() < RESOLVED_FOR)
        {
            Some(known) => known,
            None => self.resolve().await?,
        };
        let turn = self.turn.fetch_add(1, Ordering::Relaxed);
        resolved
            .addresses
            .get(turn % resolved.addresses.len().max(1))
            .copied()
            .ok_or_else(|| self.unresolved("no address"))
    }

    async fn resolve(&self) -> Result<Arc<Resolved>, Problem> {
        let lookup = tokio::net::lookup_host((self.url.host(), self.url.port()));
        let addresses: Vec<SocketAddr> = match timeout(self.connect_timeout, lookup).await {
            Ok(Ok(addresses)) => addresses.collect(),
            Ok(Err(error)) => return self.stale(&error.to_string()),
            Err(_) => return self.stale("the name server did not answer in time"),
        };
        if addresses.is_empty() {
            return self.stale("the name has no address");
        }
        let resolved = Arc::new(Resolved {
            addresses,
            since: Instant::now(),
        });
        self.resolved.store(Some(Arc::clone(&resolved)));
        Ok(resolved)
    }

    /// Old addresses are better than none.
    fn stale(&self, reason: &str) -> Result<Arc<Resolved>, Problem> {
        self.resolved.load_full().ok_or_else(|| self.unresolved(reason))
    }

    fn unresolved(&self, reason: &str) -> Problem {
        tracing::warn!(
            upstream = self.name,
            host = self.url.host(),
            reason,
            "the host name cannot be resolved"
        );
        Problem::new(&catalogue::UPSTREAM_DNS).detail(format!(
            "The host name of the upstream '{}' could not be resolved.",
            self.name
        ))
    }
}

fn headers(
    name: &str,
    config: &lockgate_config::Upstream,
) -> Result<Vec<(HeaderName, HeaderValue)>, UpstreamError> {
    let parse = |(header, value): (&String, &lockgate_config::Secret)| {
        let fault = || UpstreamError::Header {
            upstream: name.to_owned(),
            header: header.clone(),
        };
        let field = HeaderName::from_bytes(header.as_bytes()).map_err(|_| fault())?;
        let mut text = HeaderValue::from_str(value.expose()).map_err(|_| fault())?;
        text.set_sensitive(true);
        Ok((field, text))
    };
    config.headers.iter().map(parse).collect()
}

fn options(name: &str, config: &lockgate_config::Upstream) -> Result<PeerOptions, UpstreamError> {
    let mut options = PeerOptions::new();
    options.connection_timeout = Some(config.connect_timeout.get());
    options.total_connection_timeout = Some(config.connect_timeout.get());
    options.read_timeout = Some(config.read_timeout.get());
    options.write_timeout = Some(config.write_timeout.get());
    options.idle_timeout = Some(config.idle_timeout.get());
    options.verify_cert = config.tls.verify;
    options.verify_hostname = config.tls.verify;
    options.alpn = match (config.protocol, config.url.is_tls()) {
        (Protocol::Http1, _) | (Protocol::Auto, false) => ALPN::H1,
        (Protocol::Http2, _) => ALPN::H2,
        (Protocol::Auto, true) => ALPN::H2H1,
    };
    if let Some(path) = &config.tls.ca {
        options.ca = Some(authorities(name, path)?);
    }
    Ok(options)
}

/// The certificates of a PEM file, each checked here because pingora panics on one that it cannot parse.
fn authorities(name: &str, path: &std::path::Path) -> Result<Arc<[WrappedX509]>, UpstreamError> {
    let fault = |reason: String| UpstreamError::Authorities {
        upstream: name.to_owned(),
        path: path.display().to_string(),
        reason,
    };
    let mut certificates = Vec::new();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|e| fault(e.to_string()))? {
        let certificate = certificate.map_err(|e| fault(e.to_string()))?;
        x509_parser::parse_x509_certificate(&certificate).map_err(|e| fault(e.to_string()))?;
        certificates.push(WrappedX509::new(certificate.to_vec(), parse_x509));
    }
    if certificates.is_empty() {
        return Err(fault("it holds no certificate".to_owned()));
    }
    Ok(certificates.into())
}
