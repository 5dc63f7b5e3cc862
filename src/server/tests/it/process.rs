//! The program as its users start it.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// What a run that ended said.
#[derive(Debug)]
pub struct Done {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

/// The program with an empty environment, but for a database in this folder.
pub fn clientele(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clientele"));
    let database = format!("sqlite://{}/data/clientele.db", folder.display());
    command
        .env_clear()
        .env("CLIENTELE_DATABASE_URL", database)
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// Runs a command to its end.
pub fn run(folder: &Path, arguments: &[&str]) -> Done {
    finish(&mut clientele(folder, arguments))
}

/// Runs a command that must succeed, and answers what it printed.
pub fn print(folder: &Path, arguments: &[&str]) -> String {
    let done = run(folder, arguments);
    assert_eq!(done.code, Some(0), "{done:?}");
    done.out
}

/// Runs a command to its end.
pub fn finish(command: &mut Command) -> Done {
    said(command.output().unwrap())
}

/// Runs a command to its end with one line on standard input.
pub fn finish_with_line(command: &mut Command, line: &str) -> Done {
    let pipes = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    // A command that is refused before it reads has closed it already.
    let _ = writeln!(child.stdin.take().unwrap(), "{line}");
    said(child.wait_with_output().unwrap())
}

fn said(output: Output) -> Done {
    Done {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A server process. It is killed when the test forgets to stop it.
pub struct Process {
    child: Child,
    out: BufReader<ChildStdout>,
    /// What it printed until it was ready.
    pub printed: String,
    /// The address it printed.
    pub address: String,
}

impl Process {
    /// Starts `serve` in this folder, and waits until it is ready. Its log is `log.txt` there.
    pub fn start(command: &mut Command, folder: &Path) -> Self {
        Self::spawn(command, folder, "log.txt").ready()
    }

    /// Starts it, with its log in this file.
    pub fn spawn(command: &mut Command, folder: &Path, log: &str) -> Self {
        let log = File::create(folder.join(log)).unwrap();
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        Self {
            out: BufReader::new(child.stdout.take().unwrap()),
            child,
            printed: String::new(),
            address: String::new(),
        }
    }

    /// Waits until it is ready.
    pub fn ready(mut self) -> Self {
        while self.address.is_empty() {
            let start = self.printed.len();
            assert_ne!(self.out.read_line(&mut self.printed).unwrap(), 0, "it ended");
            let line = self.printed[start..].trim_end();
            if let Some(address) = line.strip_prefix("Clientele is ready. Open ") {
                self.address = address.trim_end_matches('/').to_owned();
            }
        }
        self
    }

    /// Asks it to end, and answers its exit code.
    pub fn stop(&mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `serve` on a free port.
pub fn serve(folder: &Path) -> Command {
    clientele(folder, &["serve", "--listen", "127.0.0.1:0"])
}

/// The log of a server in this folder.
pub fn log(folder: &Path) -> String {
    fs::read_to_string(folder.join("log.txt")).unwrap()
}
