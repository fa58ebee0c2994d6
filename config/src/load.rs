//! From a file to a configuration.

use std::io::Read;
use std::path::{Path, PathBuf};

use crate::check::check;
use crate::origin::Origin;
use crate::yaml::{self, Reader};
use crate::{Config, ConfigError};

/// Largest configuration file.
const FILE_LIMIT: u64 = 1 << 20;

/// Reads and checks a configuration file; `${NAME}` is taken from the process's environment.
///
/// Relative paths in it are joined to the folder of the file.
pub fn load(path: &Path) -> Result<Config, ConfigError> {
    let name = path.display().to_string();
    let text = read(path).map_err(|message| ConfigError::unreadable(&name, message))?;
    let mut config = parse(&text, &name, &|name| std::env::var(name).ok())?;
    if let Some(folder) = path.parent() {
        for file in paths(&mut config) {
            *file = folder.join(&*file);
        }
    }
    Ok(config)
}

/// Checks a configuration text; `name` stands for the file in messages, `env` gives the value of `${NAME}`.
///
/// ```
/// let error = lockgate_config::parse("rotues: []", "lockgate.yaml", &|_| None).unwrap_err();
/// assert!(error.to_string().starts_with("lockgate.yaml:1:1: unknown key `rotues`; did you mean `routes`?"));
/// ```
pub fn parse(text: &str, name: &str, env: &dyn Fn(&str) -> Option<String>) -> Result<Config, ConfigError> {
    if text.len() as u64 > FILE_LIMIT {
        return Err(ConfigError::unreadable(
            name,
            "larger than 1 MiB, which no configuration needs",
        ));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let tree = yaml::parse(text).map_err(|fault| ConfigError::new(name, vec![fault]))?;
    if tree.is_null() {
        return Err(ConfigError::unreadable(
            name,
            "is empty: a configuration needs `upstreams` and `routes`",
        ));
    }
    let reader = Reader::new(text, env);
    let mut config: Config = reader
        .read(&tree)
        .map_err(|fault| ConfigError::new(name, vec![fault]))?;
    let templates = reader.into_templates();
    let faults = check(&config, &tree, &templates);
    if !faults.is_empty() {
        return Err(ConfigError::new(name, faults));
    }
    config.rules.entry("default".to_owned()).or_default();
    config.origin = Origin::new(name, tree, templates);
    Ok(config)
}

/// The text of a file, of a size that is worth parsing.
fn read(path: &Path) -> Result<String, String> {
    let file = std::fs::File::open(path).map_err(|e| format!("cannot be opened: {e}"))?;
    let mut bytes = Vec::new();
    file.take(FILE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| format!("cannot be read: {e}"))?;
    String::from_utf8(bytes).map_err(|e| format!("is not UTF-8 at byte {}", e.utf8_error().valid_up_to()))
}

/// Every file that the configuration names.
fn paths(config: &mut Config) -> impl Iterator<Item = &mut PathBuf> {
    let listen = config.listen.iter_mut().filter_map(|listen| listen.tls.as_mut());
    let listen = listen.flat_map(|tls| [&mut tls.certificate, &mut tls.key]);
    let upstreams = config
        .upstreams
        .values_mut()
        .filter_map(|upstream| upstream.tls.ca.as_mut());
    let model = &mut config.scanner.model;
    listen
        .chain(upstreams)
        .chain(model.directory.as_mut())
        .chain(model.library.as_mut())
}

#[cfg(test)]
mod tests;
