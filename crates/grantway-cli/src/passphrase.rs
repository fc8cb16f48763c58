//! Who is asked for the vault's passphrase: a file descriptor, the terminal, or nobody.

use std::io::{BufRead, BufReader, IsTerminal};
use std::path::PathBuf;

use async_trait::async_trait;
use grantway_app::{Asked, Passphrase};
use secrecy::{ExposeSecret, SecretString};

/// Longest passphrase that is read from a descriptor, in bytes.
const LONGEST: u64 = 4096;

/// The passphrase as this process can come by it.
#[derive(Debug, Clone)]
pub enum Prompt {
    /// The first line that comes from a file descriptor.
    Descriptor(u32),
    /// Asked at the terminal, where there is one.
    Terminal,
}

#[async_trait]
impl Passphrase for Prompt {
    async fn ask(&self, reason: Asked) -> Option<SecretString> {
        let prompt = self.clone();
        tokio::task::spawn_blocking(move || match prompt {
            // What came from there once does not come again.
            Self::Descriptor(_) if reason == (Asked::Again { wrong: true }) => None,
            Self::Descriptor(number) => first_line(number),
            Self::Terminal => at_terminal(reason),
        })
        .await
        .ok()
        .flatten()
    }
}

fn first_line(descriptor: u32) -> Option<SecretString> {
    use std::io::Read;
    let mut line = String::new();
    if descriptor == 0 {
        std::io::stdin()
            .lock()
            .take(LONGEST)
            .read_line(&mut line)
            .ok()?;
    } else {
        // A descriptor is opened by its name: taking it over by number would need unsafe code.
        let path = PathBuf::from(format!("/dev/fd/{descriptor}"));
        let file = std::fs::File::open(path).ok()?;
        BufReader::new(file.take(LONGEST))
            .read_line(&mut line)
            .ok()?;
    }
    let text = line.trim_end_matches(['\r', '\n']);
    (!text.is_empty()).then(|| SecretString::from(text))
}

fn at_terminal(reason: Asked) -> Option<SecretString> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    match reason {
        Asked::Again { wrong } => {
            if wrong {
                eprintln!("That passphrase does not open the vault.");
            }
            typed("Passphrase of the vault: ")
        }
        Asked::FirstTime => loop {
            let first = typed("Choose a passphrase for the vault, at least 8 characters: ")?;
            let second = typed("The same once more: ")?;
            if first.expose_secret() == second.expose_secret() {
                return Some(first);
            }
            eprintln!("The two differ.");
        },
    }
}

/// What was typed; none when nothing was.
fn typed(prompt: &str) -> Option<SecretString> {
    let text = rpassword::prompt_password(prompt).ok()?;
    (!text.is_empty()).then(|| SecretString::from(text))
}
