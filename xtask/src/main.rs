//! The project's own commands. `cargo xtask help` lists them; each is one module.
//!
//! xtask is an edge: it reads the environment, prints, and starts other programs. Nothing depends on it.
#![forbid(unsafe_code)]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a command line tool: it prints, and reads its environment"
)]

mod acts;
mod bench;
mod codegen;
mod debian;
mod demo;
mod desk;
mod process;
mod project;
mod selection;
mod setup;
mod stop;
mod test;
mod tidy;

use std::process::ExitCode;

use project::Project;
use stop::Stop;

/// One command of `cargo xtask`.
struct Command {
    name: &'static str,
    /// What follows the name on the command line, for the help text.
    usage: &'static str,
    about: &'static str,
    run: fn(&Project, &[String]) -> Result<ExitCode, Stop>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "setup",
        usage: "",
        about: "install what building and testing needs (Debian packages, npm packages) and build the screens",
        run: setup::command,
    },
    Command {
        name: "demo",
        usage: "[--headless]",
        about: "show the app: in practice mode on your display; without one, a whole setup as pictures in target/demo/",
        run: demo::command,
    },
    Command {
        name: "test",
        usage: "[--only SECTION,…] [--sweep full] [--list]",
        about: "everything that is checked, section by section; the last line counts what passed and failed",
        run: test::command,
    },
    Command {
        name: "bench",
        usage: "[--customers N,…]",
        about: "numbers beside their ideal: a table, and target/bench.json",
        run: bench::command,
    },
    Command {
        name: "acts",
        usage: "",
        about: "how many acts by hand each guided setup takes, counted in runs of its screens",
        run: acts::command,
    },
    Command {
        name: "tidy",
        usage: "[--static] [--record-migrations]",
        about: "the rules of the house: arrows, sizes, names, licences, marks, stale generated files",
        run: tidy::command,
    },
    Command {
        name: "codegen",
        usage: "[--check]",
        about: "write what is generated and committed: TypeScript types, the catalogue, sqlx's query data",
        run: codegen::command,
    },
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = arguments.collect();
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", help());
        return ExitCode::SUCCESS;
    }
    let Some(command) = COMMANDS.iter().find(|command| command.name == name) else {
        eprintln!("There is no command `{name}`.\n\n{}", help());
        return ExitCode::from(2);
    };
    match Project::find().and_then(|project| (command.run)(&project, &rest)) {
        Ok(code) => code,
        Err(stop) => {
            eprintln!("{stop}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> String {
    let mut text = String::from("cargo xtask COMMAND\n\n");
    for command in COMMANDS {
        let call = format!("{} {}", command.name, command.usage);
        text.push_str(&format!("  {:<52} {}\n", call.trim_end(), command.about));
    }
    text
}

/// Refuses arguments that a command does not know, so that a typing mistake is not taken for a wish.
fn only_flags(arguments: &[String], known: &[&str]) -> Result<(), Stop> {
    match arguments
        .iter()
        .find(|argument| !known.contains(&argument.as_str()))
    {
        None => Ok(()),
        Some(unknown) => Err(
            Stop::new(format!("`{unknown}` is no option of this command"))
                .remedy("`cargo xtask help` lists the options"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_command_once() {
        let text = help();
        for command in COMMANDS {
            let lines = text
                .lines()
                .filter(|line| line.trim_start().split(' ').next() == Some(command.name))
                .count();
            assert_eq!(lines, 1, "{}", command.name);
        }
    }

    #[test]
    fn an_unknown_option_is_refused() {
        assert!(only_flags(&["--check".to_owned()], &["--check"]).is_ok());
        assert!(only_flags(&["--chekc".to_owned()], &["--check"]).is_err());
    }
}
