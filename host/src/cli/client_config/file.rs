//! A client's file: read whole, written whole or not at all.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// How large a client's file may be. Real ones have kilobytes; a wrong path must not fill the memory.
const BYTES_MAX: u64 = 4 << 20;

/// Why a client's file cannot be read or written. Nothing of its content is repeated.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileError {
    #[error("{path} cannot be read")]
    Read { path: PathBuf, source: io::Error },
    #[error("{path} is no file; name one with --write FILE")]
    NoFile { path: PathBuf },
    #[error(
        "{path} has more than {BYTES_MAX} bytes, which no client's file has; name another with --write FILE"
    )]
    TooLarge { path: PathBuf },
    #[error("{path} is not text in UTF-8; save it as UTF-8, or name another with --write FILE")]
    NotText { path: PathBuf },
    #[error("{path} is read-only; make it writable, or name another with --write FILE")]
    ReadOnly { path: PathBuf },
    #[error("{path} cannot be written; what was there is untouched")]
    Write { path: PathBuf, source: io::Error },
}

/// A file, or the place for one.
#[derive(Debug)]
pub(super) struct ClientFile {
    /// Behind links, so that a link stays one.
    path: PathBuf,
    permissions: Option<Permissions>,
    /// What it holds; nothing if it is not there.
    pub(super) text: Option<String>,
}

impl ClientFile {
    pub(super) fn read(path: &Path) -> Result<ClientFile, FileError> {
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(ClientFile { path: path.to_owned(), permissions: None, text: None });
            }
            Err(source) => return Err(FileError::Read { path: path.to_owned(), source }),
            Ok(_) => {}
        }
        let failed = |source| FileError::Read { path: path.to_owned(), source };
        let real = fs::canonicalize(path).map_err(failed)?;
        // Looked at before it is opened: opening a pipe would wait for somebody to write.
        if !fs::metadata(&real).map_err(failed)?.is_file() {
            return Err(FileError::NoFile { path: path.to_owned() });
        }
        let file = File::open(&real).map_err(failed)?;
        let permissions = file.metadata().map_err(failed)?.permissions();
        let mut bytes = Vec::new();
        file.take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > BYTES_MAX {
            return Err(FileError::TooLarge { path: path.to_owned() });
        }
        let text = String::from_utf8(bytes).map_err(|_| FileError::NotText { path: path.to_owned() })?;
        // An empty file holds nothing, as one that is not there.
        let text = Some(text).filter(|text| !text.trim().is_empty());
        Ok(ClientFile { path: real, permissions: Some(permissions), text })
    }

    /// Puts `text` in its place in one step. A new file is its owner's alone if it is `private`.
    pub(super) fn write(&self, text: &str, private: bool) -> Result<(), FileError> {
        // A rename would not ask.
        if self.permissions.as_ref().is_some_and(Permissions::readonly) {
            return Err(FileError::ReadOnly { path: self.path.clone() });
        }
        let draft = self.draft();
        let written = self.write_draft(&draft, text, private).and_then(|()| fs::rename(&draft, &self.path));
        written.map_err(|source| {
            // The failure is what matters; a draft that was never made cannot be removed either.
            let _absent = fs::remove_file(&draft);
            FileError::Write { path: self.path.clone(), source }
        })
    }

    /// Beside the file, since a rename works within one file system, and of this process alone.
    fn draft(&self) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!(".{name}.{}.part", std::process::id()))
    }

    fn write_draft(&self, draft: &Path, text: &str, private: bool) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if private || self.permissions.is_some() {
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        #[cfg(not(unix))]
        let _inherited = private;
        let mut file = options.open(draft)?;
        if let Some(permissions) = &self.permissions {
            file.set_permissions(permissions.clone())?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }
}
