//! The configuration of a gate under test.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Gate, free_port};
use crate::workspace;

/// Sections of the configuration file, and what else is needed to start a gate.
#[derive(Debug)]
pub struct Settings {
    sections: BTreeMap<&'static str, String>,
    variables: Vec<(String, String)>,
    admin: &'static str,
    tls: bool,
}

impl Settings {
    /// One upstream, one route to it, the model off, and log lines in JSON.
    pub fn new(upstream: &str) -> Self {
        let sections = [
            ("upstreams", format!("{{ origin: {{ url: \"{upstream}\" }} }}")),
            ("routes", "[{ name: all, path: /, upstream: origin }]".to_owned()),
            ("scanner", "{ model: { enabled: false } }".to_owned()),
            ("logging", "{ format: json }".to_owned()),
        ];
        Self {
            sections: sections.into(),
            variables: Vec::new(),
            admin: "",
            tls: false,
        }
    }

    /// Sets a section, in YAML's flow style.
    #[must_use]
    pub fn section(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.sections.insert(name, value.into());
        self
    }

    /// With the guard model, which most tests do without for the sake of speed.
    #[must_use]
    pub fn with_model(self) -> Self {
        // Long enough that no busy machine turns a verdict into a missed deadline.
        self.section("scanner", "{ deadline: 20s, model: { enabled: true } }")
    }

    /// With a second listener that speaks TLS, under a certificate made for this gate.
    #[must_use]
    pub fn with_tls(mut self) -> Self {
        self.tls = true;
        self
    }

    /// With a variable in the gate's environment.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a token on the admin port, by way of the environment.
    #[must_use]
    pub fn with_admin_token(mut self, token: &str) -> Self {
        self.admin = ", token: \"${LOCKGATE_TEST_TOKEN}\"";
        self.variable("LOCKGATE_TEST_TOKEN", token)
    }

    /// Starts the gate.
    pub fn start(mut self) -> Gate {
        let folder = tempfile::tempdir().unwrap();
        let [address, tls, admin] = [free_port(), free_port(), free_port()];
        let mut listen = format!("{{ address: \"{address}\" }}");
        if self.tls {
            make_certificate(folder.path());
            listen +=
                &format!(", {{ address: \"{tls}\", tls: {{ certificate: certificate.pem, key: key.pem }} }}");
        }
        self.sections.insert("listen", format!("[{listen}]"));
        self.sections
            .insert("admin", format!("{{ address: \"{admin}\"{} }}", self.admin));
        let file = folder.path().join("lockgate.yaml");
        fs::write(&file, self.yaml()).unwrap();
        let mut command = Command::new(workspace::binary("lockgate"));
        command
            .arg("run")
            .arg("--config")
            .arg(file)
            .current_dir(workspace::root())
            .envs(self.variables);
        Gate::launch(command, folder, [address, tls, admin])
    }

    fn yaml(&self) -> String {
        self.sections
            .iter()
            .map(|(name, value)| format!("{name}: {value}\n"))
            .collect()
    }
}

fn make_certificate(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned(), "127.0.0.1".to_owned()]).unwrap();
    fs::write(folder.join("certificate.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
}
