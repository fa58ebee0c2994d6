//! Reading the files of a model: bounded in size, and checked before anything looks into them.

use crate::{FileEntry, ModelError};
use sha2::{Digest, Sha256};
use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

/// A file that the manifest vouches for.
#[derive(Clone, Debug)]
pub(crate) struct CheckedFile {
    pub(crate) path: PathBuf,
    pub(crate) entry: FileEntry,
    /// The most bytes that this crate reads, whatever the manifest says.
    pub(crate) limit: u64,
}

impl CheckedFile {
    /// The bytes of the file, if they are the bytes that the manifest describes.
    pub(crate) fn read(&self) -> Result<Vec<u8>, ModelError> {
        if self.entry.bytes > self.limit {
            let message = format!(
                "the manifest states {} bytes; at most {} are read",
                self.entry.bytes, self.limit
            );
            return Err(ModelError::Size {
                path: self.path.clone(),
                message,
            });
        }
        let bytes = read_bounded(&self.path, self.entry.bytes)?;
        if bytes.len() as u64 != self.entry.bytes {
            let message = format!(
                "{} bytes found, but the manifest expects {}",
                bytes.len(),
                self.entry.bytes
            );
            return Err(ModelError::Size {
                path: self.path.clone(),
                message,
            });
        }
        let found = sha256_hex(&bytes);
        if found != self.entry.sha256 {
            let expected = self.entry.sha256.clone();
            return Err(ModelError::HashMismatch {
                path: self.path.clone(),
                expected,
                found,
            });
        }
        Ok(bytes)
    }
}

/// Reads a file of at most `limit` bytes; a longer one, whatever its metadata says, is refused.
pub(crate) fn read_bounded(path: &Path, limit: u64) -> Result<Vec<u8>, ModelError> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => ModelError::Missing {
            what: format!("{}", path.display()),
            what_to_do: "restore the model folder, or name another with `directory` or LOCKGATE_MODEL_DIR"
                .to_owned(),
        },
        _ => ModelError::Read {
            path: path.to_owned(),
            message: error.to_string(),
        },
    };
    let file = File::open(path).map_err(failed)?;
    let stated = file.metadata().map_err(failed)?.len();
    let too_long = |bytes: u64| {
        let message = format!("{bytes} bytes or more; at most {limit} are read here");
        ModelError::Size {
            path: path.to_owned(),
            message,
        }
    };
    if stated > limit {
        return Err(too_long(stated));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(stated).unwrap_or(0));
    file.take(limit.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(too_long(bytes.len() as u64));
    }
    Ok(bytes)
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
