use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::error::Error;
use crate::files;
use crate::optimise::Optimiser;

/// Describes what a site is made from: a line with path, size and time of change for each file, this program among
/// them. Two equal descriptions give equal sites, so the second needs no work.
pub fn describe(inputs: &[&Path], optimiser: Option<&Optimiser>) -> Result<String, Error> {
    let mut text = format!("wasm-opt: {}\n", optimiser.map_or("none", Optimiser::version));
    let program = std::env::current_exe().map_err(Error::file("find", "the program bundle"))?;
    for input in inputs.iter().copied().chain([program.as_path()]) {
        let paths = if input.is_dir() {
            files::below(input)?
        } else {
            vec![input.to_path_buf()]
        };
        for path in paths {
            let about = fs::metadata(&path).map_err(Error::file("read", &path))?;
            let changed = about.modified().map_err(Error::file("read", &path))?;
            // Writing into a String can't fail.
            let _ = writeln!(text, "{} {} {changed:?}", path.display(), about.len());
        }
    }
    Ok(text)
}
