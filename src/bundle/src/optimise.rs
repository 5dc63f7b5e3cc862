use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::Error;
use crate::files;

/// Said when a release is built without it.
pub const MISSING: &str =
    "  wasm-opt is missing, the wasm file stays larger than it must be; to get it: cd end2end && npm ci";

/// The program `wasm-opt`.
pub struct Optimiser {
    program: PathBuf,
    version: String,
}

impl Optimiser {
    /// Looks in `PATH`, then among the packages of `end2end`.
    pub fn find(root: &Path) -> Option<Self> {
        let of_npm = root.join("end2end/node_modules/.bin/wasm-opt");
        [PathBuf::from("wasm-opt"), of_npm]
            .into_iter()
            .find_map(Self::try_program)
    }

    fn try_program(program: PathBuf) -> Option<Self> {
        let output = Command::new(&program).arg("--version").output().ok()?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        output.status.success().then_some(Self { program, version })
    }

    /// Which one it is.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Makes `module` smaller, in its place.
    pub fn run(&self, module: &Path) -> Result<(), Error> {
        let smaller = module.with_extension("wasm-opt");
        let output = Command::new(&self.program)
            .arg("-Oz")
            // What rustc emits and wasm-opt doesn't expect by itself. Not --all-features: its output doesn't load.
            .args(["--enable-bulk-memory", "--enable-nontrapping-float-to-int"])
            .arg(module)
            .arg("-o")
            .arg(&smaller)
            .output()
            .map_err(|source| Error::Start {
                program: "wasm-opt",
                source,
                advice: "Run: cd end2end && npm ci",
            })?;
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            return Err(Error::Optimise {
                status: output.status,
                message,
            });
        }
        files::rename(&smaller, module)
    }
}
