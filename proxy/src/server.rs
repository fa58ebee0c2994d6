//! The pingora server: listeners and services, put together from a configuration.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use lockgate_config::{Config, Listen, Tls};
use pingora::apps::{HttpServerApp, HttpServerOptions};
use pingora::listeners::tls::TlsSettings;
use pingora::protocols::http::v2::server::default_h2_options;
use pingora::proxy::{HttpProxy, http_proxy};
use pingora::server::Server;
use pingora::server::configuration::ServerConf;
use pingora::services::background::background_service;
use pingora::services::listening::Service;

use crate::admin::Admin;
use crate::demo_upstream::DemoUpstream;
use crate::door::{Door, DoorLimits};
use crate::drain::Drain;
use crate::edge::Edge;
use crate::gate::{Gate, GateError};
use crate::scanning::{self, ScanningError};
use crate::telemetry::Telemetry;

/// Connections kept open to upstreams, over all of them.
const UPSTREAM_POOL: usize = 512;

/// Why the gate does not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    #[error(transparent)]
    Gate(#[from] GateError),
    #[error(transparent)]
    Scanning(#[from] ScanningError),
    #[error("cannot listen on {address} ({what}): {reason}; stop what is using it, or change `{key}`")]
    Bind {
        address: SocketAddr,
        what: &'static str,
        key: &'static str,
        reason: std::io::Error,
    },
    #[error("cannot use the certificate {certificate} with the key {key}: {reason}")]
    Certificate {
        certificate: PathBuf,
        key: PathBuf,
        reason: String,
    },
    #[error("cannot start the log: {0}")]
    Telemetry(anyhow::Error),
}

/// A gate that is ready to run.
pub(crate) struct Assembled {
    server: Server,
    /// What scores prompts, in words.
    pub(crate) engine: String,
}

// === impl Assembled ===

impl Assembled {
    /// Serves until the process is told to stop (SIGTERM: gracefully, SIGINT: at once).
    pub(crate) fn run(self) {
        self.server.run(pingora::server::RunArgs::default());
    }
}

/// Builds everything that can fail, so that a mistake is told before the first connection.
pub(crate) fn assemble(config: &Config, demo: Option<SocketAddr>) -> Result<Assembled, StartError> {
    probe_addresses(config, demo)?;
    let telemetry = Arc::new(Telemetry::start(&config.logging).map_err(StartError::Telemetry)?);
    let (scanner, engine) = scanning::start(&config.scanner)?;
    let gate = Arc::new(Gate::new(config, scanner, Arc::clone(&telemetry))?);

    let mut server = Server::new_with_opt_and_conf(None, server_conf(config));
    server.bootstrap();
    let limits = door_limits(config);
    let proxy = gate_app(
        &server.configuration,
        Edge {
            gate: Arc::clone(&gate),
        },
    );
    let mut edge = Service::new("gate".into(), Door::new(proxy, limits, Some(telemetry)));
    for listen in &config.listen {
        add_listener(&mut edge, listen)?;
    }
    server.add_service(edge);

    server.add_service(background_service("drain", Drain(gate.running.clone())));
    let admin = Admin {
        gate,
        token: config.admin.token.clone(),
        engine: engine.clone(),
    };
    add_plain(&mut server, "admin", admin, config.admin.address, limits);
    if let Some(address) = demo {
        add_plain(&mut server, "demo upstream", DemoUpstream, address, limits);
    }
    Ok(Assembled { server, engine })
}

fn gate_app(conf: &Arc<ServerConf>, edge: Edge) -> HttpProxy<Edge> {
    let header_bytes = u32::try_from(edge.gate.limits.header_bytes.bytes()).unwrap_or(u32::MAX);
    let idle = edge.gate.limits.idle_timeout.get();
    let mut proxy = http_proxy(conf, edge);
    let mut options = HttpServerOptions::default();
    options.h2c = true;
    options.h2_idle_timeout = Some(idle);
    proxy.server_options = Some(options);
    let mut h2 = default_h2_options();
    h2.max_header_list_size(header_bytes);
    proxy.h2_options = Some(h2);
    proxy
}

fn add_plain<A>(server: &mut Server, name: &str, app: A, address: SocketAddr, limits: DoorLimits)
where
    A: HttpServerApp + Send + Sync + 'static,
{
    let mut service = Service::new(name.into(), Door::new(app, limits, None));
    service.add_tcp(&address.to_string());
    service.threads = Some(1);
    server.add_service(service);
}

fn add_listener(service: &mut Service<Door<HttpProxy<Edge>>>, listen: &Listen) -> Result<(), StartError> {
    let address = listen.address.to_string();
    match &listen.tls {
        None => service.add_tcp(&address),
        Some(tls) => service.add_tls_with_settings(&address, None, tls_settings(tls)?),
    }
    Ok(())
}

fn tls_settings(tls: &Tls) -> Result<TlsSettings, StartError> {
    let fault = |reason: String| StartError::Certificate {
        certificate: tls.certificate.clone(),
        key: tls.key.clone(),
        reason,
    };
    let settings = || {
        let certificate = tls
            .certificate
            .to_str()
            .ok_or_else(|| fault("the path is not UTF-8".into()))?;
        let key = tls
            .key
            .to_str()
            .ok_or_else(|| fault("the path is not UTF-8".into()))?;
        let mut settings = TlsSettings::intermediate(certificate, key).map_err(|e| fault(e.to_string()))?;
        settings
            .set_certificate_chain_file(certificate)
            .map_err(|e| fault(e.to_string()))?;
        settings
            .set_private_key_file(key)
            .map_err(|e| fault(e.to_string()))?;
        settings.enable_h2();
        Ok(settings)
    };
    // pingora 0.9.1 panics when certificate and key do not fit each other; found out here, it is an error.
    let trial = settings()?;
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let built = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(trial.build())));
    std::panic::set_hook(hook);
    built.map_err(|_| fault("they do not fit each other, or one of them is damaged".into()))?;
    settings()
}

/// pingora panics when it cannot bind; a person is better served with a sentence.
fn probe_addresses(config: &Config, demo: Option<SocketAddr>) -> Result<(), StartError> {
    let listen = config
        .listen
        .iter()
        .map(|listen| (listen.address, "gate", "listen"));
    let admin = std::iter::once((config.admin.address, "admin", "admin.address"));
    let demo = demo
        .into_iter()
        .map(|address| (address, "demo upstream", "upstreams.demo.url"));
    for (address, what, key) in listen.chain(admin).chain(demo) {
        TcpListener::bind(address).map_err(|reason| StartError::Bind {
            address,
            what,
            key,
            reason,
        })?;
    }
    Ok(())
}

fn server_conf(config: &Config) -> ServerConf {
    let threads = match config.server.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    ServerConf {
        threads,
        grace_period_seconds: Some(config.server.grace_period.as_secs()),
        graceful_shutdown_timeout_seconds: Some(0),
        upstream_keepalive_pool_size: UPSTREAM_POOL,
        // A retry is for a connection that the upstream closed while it was idle.
        max_retries: 2,
        ..ServerConf::default()
    }
}

fn door_limits(config: &Config) -> DoorLimits {
    DoorLimits {
        header_timeout: config.limits.header_timeout.get(),
        idle_timeout: config.limits.idle_timeout.get(),
        header_bytes: config.limits.header_bytes.as_usize(),
    }
}
