//! Starts a program, shows what it prints as it comes, and keeps it for counting.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use crate::stop::{Stop, about};

/// A program that has ended.
#[derive(Debug)]
pub struct Finished {
    /// Whether it ended with 0.
    pub success: bool,
    /// Both streams, line by line as they came, without terminal colours.
    pub output: String,
}

/// Runs to the end; every line is printed at once and kept.
pub fn run(command: &mut Command) -> Result<Finished, Stop> {
    run_with(command, true)
}

/// Runs to the end without printing; for programs whose output is only of interest when they fail.
pub fn run_quietly(command: &mut Command) -> Result<Finished, Stop> {
    run_with(command, false)
}

/// Runs to the end and makes a failure a stop that shows the last lines.
pub fn must(command: &mut Command) -> Result<(), Stop> {
    let call = line(command);
    let finished = run(command)?;
    if finished.success {
        Ok(())
    } else {
        Err(Stop::new(format!("`{call}` failed")))
    }
}

/// As [`must`], silent while all is well.
pub fn must_quietly(command: &mut Command) -> Result<String, Stop> {
    let call = line(command);
    let finished = run_quietly(command)?;
    if finished.success {
        Ok(finished.output)
    } else {
        Err(Stop::new(format!(
            "`{call}` failed:\n{}",
            finished.output.trim_end()
        )))
    }
}

/// The call as a person would type it, for messages.
pub fn line(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

fn run_with(command: &mut Command, echo: bool) -> Result<Finished, Stop> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .env("NO_COLOR", "1")
        .env("CARGO_TERM_COLOR", "never")
        .spawn()
        .map_err(|error| {
            Stop::new(format!("`{}` does not start: {error}", line(command)))
                .remedy("`cargo xtask setup` installs what is missing")
        })?;
    let kept = Mutex::new(String::new());
    let out = child.stdout.take().expect("stdout is piped above");
    let err = child.stderr.take().expect("stderr is piped above");
    std::thread::scope(|scope| {
        scope.spawn(|| copy_lines(out, echo, &kept));
        scope.spawn(|| copy_lines(err, echo, &kept));
    });
    let status = child.wait().map_err(about(line(command)))?;
    let output = kept
        .into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    Ok(Finished {
        success: status.success(),
        output,
    })
}

fn copy_lines(stream: impl Read, echo: bool, kept: &Mutex<String>) {
    let mut reader = BufReader::new(stream);
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        // A stream that breaks has nothing more to say; the exit status decides.
        match reader.read_until(b'\n', &mut bytes) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let text = without_colours(&String::from_utf8_lossy(&bytes));
        if echo {
            // A closed terminal must not end a test run.
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
        }
        kept.lock()
            .unwrap_or_else(|poisoned| poisoned.into_inner())
            .push_str(&text);
    }
}

/// Takes terminal control sequences (`ESC [ … letter`) out of a text.
pub fn without_colours(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\u{1b}' {
            plain.push(character);
            continue;
        }
        if characters.next() == Some('[') {
            for part in characters.by_ref() {
                if part.is_ascii_alphabetic() {
                    break;
                }
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_and_text_stays() {
        assert_eq!(
            without_colours("\u{1b}[32m✓\u{1b}[39m \u{1b}[1m3 passed\u{1b}[0m"),
            "✓ 3 passed"
        );
    }

    #[test]
    fn both_streams_are_kept_and_the_exit_status_counts() {
        let finished =
            run_quietly(Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]))
                .expect("sh is there");
        assert!(!finished.success);
        assert!(finished.output.contains("out\n") && finished.output.contains("err\n"));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let stop =
            run_quietly(&mut Command::new("no-such-program-here")).expect_err("it cannot start");
        assert!(stop.to_string().contains("no-such-program-here"), "{stop}");
    }
}
