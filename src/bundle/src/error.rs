use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;

/// What can fail, said with what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// What was tried, as a verb.
        action: &'static str,
        /// Where.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },

    /// A program could not be started.
    #[error("cannot start {program}: {source}. {advice}")]
    Start {
        /// The program's name.
        program: &'static str,
        /// Why not.
        source: io::Error,
        /// How to get it.
        advice: &'static str,
    },

    /// The compiler refused the browser part.
    #[error(
        "`front` does not compile for wasm32-unknown-unknown ({0}). cargo's own words stand above; \
             if the target is missing, run: rustup target add wasm32-unknown-unknown"
    )]
    Compile(ExitStatus),

    /// cargo succeeded and named no wasm file.
    #[error("cargo built `front` and named no .wasm file. Its crate-type must hold \"cdylib\"")]
    NoWasm,

    /// wasm-bindgen refused the module.
    #[error(
        "wasm-bindgen failed: {0}. If it speaks of a version, `wasm-bindgen` and `wasm-bindgen-cli-support` \
             in Cargo.toml must have the same one"
    )]
    Bindgen(String),

    /// wasm-opt refused the module.
    #[error("wasm-opt failed ({status}): {message}. Try the one of end2end: cd end2end && npm ci")]
    Optimise {
        /// How it ended.
        status: ExitStatus,
        /// What it wrote.
        message: String,
    },

    /// There is no style sheet.
    #[error("{} holds no .css file, so the pages would have no style", .0.display())]
    NoStyle(PathBuf),
}

impl Error {
    /// For `map_err` on file operations: `fs::read(path).map_err(Error::file("read", path))`.
    pub fn file(action: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Self {
        let path = path.as_ref().to_path_buf();
        move |source| Self::File { action, path, source }
    }
}
