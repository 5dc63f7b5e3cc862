//! Where a password comes from.

use std::io::BufRead;

use clap::Args;
use secrecy::{ExposeSecret, SecretString};
use service::Service;

use crate::error::CommandError;

/// How a command gets a password.
#[derive(Debug, Args)]
pub struct PasswordOptions {
    /// Read the password, one line, from standard input; without this one is made and printed once
    #[arg(long)]
    password_stdin: bool,
}

/// A password, and whether it was made here and must be shown.
pub struct ChosenPassword {
    /// The password.
    pub password: SecretString,
    generated: bool,
}

impl PasswordOptions {
    /// Reads or makes the password.
    pub fn choose(&self, service: &Service) -> Result<ChosenPassword, CommandError> {
        if !self.password_stdin {
            return Ok(ChosenPassword {
                password: service.generate_password(),
                generated: true,
            });
        }
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        Ok(ChosenPassword {
            password: line.trim_end_matches(['\r', '\n']).to_owned().into(),
            generated: false,
        })
    }
}

impl ChosenPassword {
    /// Prints a password that nobody knows yet.
    pub fn show(&self) {
        if self.generated {
            println!("Password: {}", self.password.expose_secret());
        }
    }
}
