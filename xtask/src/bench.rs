//! Measures what Grantway costs beside what it would cost at best: a table for people, `target/bench.json` for machines.

use std::process::ExitCode;

use serde_json::Value;

use crate::desk::{self, Desk};
use crate::project::Project;
use crate::selection::Selection;
use crate::stop::{Stop, about};
use crate::{only_flags, process, setup};

const FILE: &str = "bench.json";

/// `cargo xtask bench`.
pub fn command(project: &Project, arguments: &[String]) -> Result<ExitCode, Stop> {
    let sizes = sizes(arguments)?;
    println!("Building optimised; the first time takes several minutes.");
    setup::for_the_shell(project)?;
    let selection = Selection::of(project).shipped();
    let mut bench = project.cargo();
    bench
        .arg("bench")
        .arg("--quiet")
        .args(&selection)
        .args(["--bench", "numbers", "--"])
        .args(&sizes);
    let mut measured = numbers(&process::must_quietly(&mut bench)?);
    if sizes.is_empty() {
        measured.extend(start(project, &selection)?);
    }
    print!("{}", table(&measured));
    let file = project.target().join(FILE);
    let text = serde_json::to_string_pretty(&measured).expect("numbers are JSON");
    std::fs::write(&file, text + "\n").map_err(about(file.display()))?;
    println!(
        "\nAlso in {}",
        file.strip_prefix(&project.root).unwrap_or(&file).display()
    );
    Ok(ExitCode::SUCCESS)
}

/// The sizes of crowds that are asked for alone: `--customers 10,100`. None asks for everything.
fn sizes(arguments: &[String]) -> Result<Vec<String>, Stop> {
    let [flag, sizes] = arguments else {
        return only_flags(arguments, &[]).map(|()| Vec::new());
    };
    only_flags(std::slice::from_ref(flag), &["--customers"])?;
    let sizes: Vec<String> = sizes.split(',').map(str::to_owned).collect();
    match sizes
        .iter()
        .find(|size| !matches!(size.parse::<u32>(), Ok(1..)))
    {
        Some(wrong) => Err(Stop::new(format!("`{wrong}` is no number of customers"))
            .remedy("name one or several, as in `--customers 10,100`")),
        None => Ok(sizes),
    }
}

/// The app's start beside a bare window's, on a screen of its own.
fn start(project: &Project, selection: &[String]) -> Result<Vec<Value>, Stop> {
    let mut build = project.cargo();
    build
        .args(["build", "--quiet", "--release"])
        .args(selection)
        .args(["--bin", "grantway", "--example", "bare_window"]);
    process::must_quietly(&mut build)?;
    let built = project.target().join("release");
    let mut driver = project.command(desk::python());
    driver
        .arg("tests/window/startup.py")
        .arg(built.join("grantway"))
        .arg(built.join("examples/bare_window"));
    Ok(numbers(&process::must_quietly(&mut desk::at(
        project,
        Desk::Screen,
        &driver,
    ))?))
}

/// The lines that are a number: `{"name", "value", "unit", "ideal", "ratio"}`.
fn numbers(output: &str) -> Vec<Value> {
    let fields = ["name", "value", "unit", "ideal", "ratio"];
    output
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line.trim()).ok())
        .filter(|number| fields.iter().all(|field| number.get(field).is_some()))
        .collect()
}

fn table(numbers: &[Value]) -> String {
    let mut text = format!(
        "{:<44} {:>12} {:>12} {:>8}\n",
        "", "measured", "ideal", "ratio"
    );
    for number in numbers {
        let word = |field: &str| number[field].as_str().unwrap_or_default().to_owned();
        let amount = |field: &str| {
            format!(
                "{:.2} {}",
                number[field].as_f64().unwrap_or(f64::NAN),
                word("unit")
            )
        };
        let ratio = number["ratio"].as_f64().unwrap_or(f64::NAN);
        text.push_str(&format!(
            "{:<44} {:>12} {:>12} {ratio:>8.2}\n",
            word("name"),
            amount("value"),
            amount("ideal")
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_crowds_are_numbers() {
        let sizes = |words: &str| {
            let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
            sizes(&words).ok()
        };
        assert_eq!(sizes(""), Some(Vec::new()));
        assert_eq!(
            sizes("--customers 10,100"),
            Some(vec!["10".into(), "100".into()])
        );
        for wrong in [
            "--customers",
            "--customers 0",
            "--customers 10,x",
            "--sizes 10",
            "10 --customers",
            "--customers 1 2",
        ] {
            assert_eq!(sizes(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_whole_numbers_lines_are_taken() {
        let output = "Compiling\n{\"name\":\"a\",\"value\":3.0,\"unit\":\"ms\",\"ideal\":1.5,\"ratio\":2.0}\n{\"name\":\"b\"}\n";
        let numbers = numbers(output);
        assert_eq!(numbers.len(), 1);
        let table = table(&numbers);
        assert!(
            table.contains("3.00 ms") && table.contains("1.50 ms") && table.ends_with("2.00\n"),
            "{table}"
        );
    }
}
