//! The command line of the desktop program.

use std::ffi::OsString;
use std::path::PathBuf;

/// What `--help` prints.
pub const HELP: &str = "\
Grantway: guides a person through granting, checking and taking back cross-tenant access in Microsoft 365.

Usage: grantway [--practice | --cloud FILE] [--data DIR]

  --practice   open in practice mode: simulated tenants on this computer, nothing real is touched
  --cloud FILE use the cloud that this file describes, in the mode that it is of, this time
  --data DIR   keep everything in this folder instead of the usual one
  --help       print this
  --version    print the version
";

/// What the person asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Open the window.
    Open(Options),
    /// Print the help.
    Help,
    /// Print the version.
    Version,
}

/// How the window opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Practice mode from the start, whatever mode the app was left in.
    pub practice: bool,
    /// The file of a cloud, for this start.
    pub cloud: Option<PathBuf>,
    /// The data folder instead of the usual one.
    pub data: Option<PathBuf>,
    /// Test builds only: the file that names a probe's control address is written here.
    #[cfg(feature = "probe")]
    pub probe: Option<PathBuf>,
}

/// Why a command line cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OptionsError {
    /// Not one of ours.
    #[error("grantway does not know the option {0:?}; `grantway --help` lists them")]
    Unknown(OsString),
    /// An option that wants a value stands last.
    #[error("{0} wants a file or folder after it")]
    NoValue(&'static str),
    /// The file of a cloud says itself whether it is a practice cloud.
    #[error(
        "--practice and --cloud do not go together: the cloud file says whether it is practice"
    )]
    PracticeAndCloud,
    /// This build has no practice cloud.
    #[error("this build of grantway has no practice cloud; build it with the feature `practice`")]
    NoPractice,
}

/// Reads the arguments.
pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Asked, OptionsError> {
    let mut options = Options::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--help" | "-h") => return Ok(Asked::Help),
            Some("--version" | "-V") => return Ok(Asked::Version),
            Some("--practice") if cfg!(feature = "practice") => options.practice = true,
            Some("--practice") => return Err(OptionsError::NoPractice),
            Some("--cloud") => {
                options.cloud = Some(
                    arguments
                        .next()
                        .ok_or(OptionsError::NoValue("--cloud"))?
                        .into(),
                )
            }
            Some("--data") => {
                options.data = Some(
                    arguments
                        .next()
                        .ok_or(OptionsError::NoValue("--data"))?
                        .into(),
                )
            }
            #[cfg(feature = "probe")]
            Some("--probe") => {
                options.probe = Some(
                    arguments
                        .next()
                        .ok_or(OptionsError::NoValue("--probe"))?
                        .into(),
                )
            }
            _ => return Err(OptionsError::Unknown(argument)),
        }
    }
    if options.practice && options.cloud.is_some() {
        return Err(OptionsError::PracticeAndCloud);
    }
    Ok(Asked::Open(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_texts(texts: &[&str]) -> Result<Asked, OptionsError> {
        read(texts.iter().map(OsString::from))
    }

    #[test]
    fn options_are_read() {
        assert_eq!(read_texts(&[]), Ok(Asked::Open(Options::default())));
        assert_eq!(read_texts(&["--help"]), Ok(Asked::Help));
        let Ok(Asked::Open(options)) = read_texts(&["--data", "/tmp/x"]) else {
            panic!("not read")
        };
        assert_eq!(options.data, Some("/tmp/x".into()));
        let Ok(Asked::Open(options)) = read_texts(&["--cloud", "mine.toml"]) else {
            panic!("not read")
        };
        assert_eq!(options.cloud, Some("mine.toml".into()));
        #[cfg(feature = "practice")]
        assert!(matches!(
            read_texts(&["--practice"]),
            Ok(Asked::Open(Options { practice: true, .. }))
        ));
    }

    #[test]
    fn wrong_options_are_named() {
        assert_eq!(
            read_texts(&["--data"]),
            Err(OptionsError::NoValue("--data"))
        );
        assert_eq!(
            read_texts(&["--cloud"]),
            Err(OptionsError::NoValue("--cloud"))
        );
        #[cfg(feature = "practice")]
        for both in [
            ["--practice", "--cloud", "mine.toml"],
            ["--cloud", "mine.toml", "--practice"],
        ] {
            assert_eq!(read_texts(&both), Err(OptionsError::PracticeAndCloud));
        }
        assert_eq!(
            read_texts(&["https://x/?code=1"]),
            Err(OptionsError::Unknown("https://x/?code=1".into()))
        );
        #[cfg(not(feature = "practice"))]
        assert_eq!(read_texts(&["--practice"]), Err(OptionsError::NoPractice));
    }
}
