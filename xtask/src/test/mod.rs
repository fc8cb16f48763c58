//! Everything that is checked, section by section. A failing section does not stop the next; the last line counts.

mod contract;
mod count;
mod room;
mod sections;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::project::Project;
use crate::selection::Selection;
use crate::setup;
use crate::stop::Stop;
use count::Count;
use sections::{SECTIONS, Section};

/// What a section works with.
struct Run<'a> {
    project: &'a Project,
    selection: Selection,
    /// All sections, one after the other.
    whole: bool,
    /// `--sweep full`: kill at every point of every journey, and of a setup's own at each in three ways.
    full_sweep: bool,
}

/// What was asked for on the command line.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wish {
    only: Option<Vec<String>>,
    full_sweep: bool,
    list: bool,
}

/// `cargo xtask test`.
pub fn command(project: &Project, arguments: &[String]) -> Result<ExitCode, Stop> {
    let wish = wish(arguments)?;
    if wish.list {
        for section in SECTIONS {
            println!("{:<12} {}", section.name, section.about);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let chosen = chosen(&wish)?;
    if wish.only.is_none() {
        room::check(project)?;
    }
    let start = Instant::now();
    let run = Run {
        project,
        selection: Selection::of(project),
        whole: wish.only.is_none(),
        full_sweep: wish.full_sweep,
    };
    let mut rows = Vec::new();
    if chosen.iter().any(|section| section.prepared) {
        println!("== prepare: packages and screens");
        let done = setup::everything(project).map(|()| None);
        // What lacks something says so itself; the other sections still tell what they can.
        rows.push(Row {
            name: "prepare",
            count: done.unwrap_or_else(|stop| Some(say(&stop))),
            took: start.elapsed(),
        });
    }
    for section in chosen {
        println!("\n== {}: {}", section.name, section.about);
        let start = Instant::now();
        let count = (section.run)(&run).unwrap_or_else(|stop| say(&stop));
        rows.push(Row {
            name: section.name,
            count: Some(count),
            took: start.elapsed(),
        });
    }
    let total = rows
        .iter()
        .filter_map(|row| row.count)
        .fold(Count::default(), Count::and);
    println!("\n{}", table(&rows, start.elapsed()));
    println!("{total}");
    Ok(if total.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Prints why a section could not do its work, which counts as a failure.
fn say(stop: &Stop) -> Count {
    println!("{stop}");
    Count::FAILED
}

struct Row {
    name: &'static str,
    /// `None` where there is nothing to count.
    count: Option<Count>,
    took: Duration,
}

fn table(rows: &[Row], took: Duration) -> String {
    let mut text = format!(
        "{:<12} {:>7} {:>7} {:>8}\n",
        "section", "passed", "failed", "time"
    );
    for row in rows {
        let number = |of: fn(Count) -> usize| {
            row.count
                .map_or_else(|| "·".to_owned(), |count| of(count).to_string())
        };
        text.push_str(&format!(
            "{:<12} {:>7} {:>7} {:>8}\n",
            row.name,
            number(|c| c.passed),
            number(|c| c.failed),
            clock(row.took)
        ));
    }
    text + &format!("{:<12} {:>7} {:>7} {:>8}", "all", "", "", clock(took))
}

fn clock(took: Duration) -> String {
    let seconds = took.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn wish(arguments: &[String]) -> Result<Wish, Stop> {
    let mut wish = Wish::default();
    let mut arguments = arguments.iter().map(String::as_str);
    while let Some(argument) = arguments.next() {
        match argument {
            "--list" => wish.list = true,
            "--only" => {
                let names = arguments
                    .next()
                    .ok_or_else(|| Stop::new("`--only` lacks the names of sections"))?;
                wish.only = Some(names.split(',').map(str::to_owned).collect());
            }
            "--sweep" => match arguments.next() {
                Some("full") => wish.full_sweep = true,
                _ => return Err(Stop::new("`--sweep` takes the word full")),
            },
            unknown => {
                return Err(
                    Stop::new(format!("`{unknown}` is no option of this command"))
                        .remedy("`cargo xtask help` lists the options"),
                );
            }
        }
    }
    Ok(wish)
}

fn chosen(wish: &Wish) -> Result<Vec<&'static Section>, Stop> {
    let Some(only) = &wish.only else {
        return Ok(SECTIONS.iter().collect());
    };
    if let Some(unknown) = only
        .iter()
        .find(|name| !SECTIONS.iter().any(|section| section.name == name.as_str()))
    {
        return Err(Stop::new(format!("there is no section `{unknown}`"))
            .remedy("`cargo xtask test --list` lists them"));
    }
    // In the table's order, whatever the order of asking: later sections use what earlier ones leave.
    Ok(SECTIONS
        .iter()
        .filter(|section| only.iter().any(|name| name == section.name))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn the_command_line_is_read_and_mistakes_are_refused() {
        assert_eq!(
            wish(&words("--only tidy,units --sweep full")).expect("fine"),
            Wish {
                only: Some(words("tidy units")),
                full_sweep: true,
                list: false
            }
        );
        for wrong in ["--only", "--sweep", "--sweep half", "units"] {
            assert!(wish(&words(wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sections_have_names_of_their_own_and_run_in_the_tables_order() {
        let mut names: Vec<_> = SECTIONS.iter().map(|section| section.name).collect();
        let asked = Wish {
            only: Some(vec![names[1].to_owned(), names[0].to_owned()]),
            ..Wish::default()
        };
        assert_eq!(
            chosen(&asked)
                .expect("they exist")
                .iter()
                .map(|section| section.name)
                .collect::<Vec<_>>(),
            &names[..2]
        );
        names.sort();
        names.dedup();
        assert_eq!(names.len(), SECTIONS.len());
        assert!(
            chosen(&Wish {
                only: Some(words("nothing")),
                ..Wish::default()
            })
            .is_err()
        );
    }

    #[test]
    fn the_table_says_passed_failed_and_time() {
        let rows = [
            Row {
                name: "prepare",
                count: None,
                took: Duration::from_secs(61),
            },
            Row {
                name: "units",
                count: Some(Count {
                    passed: 12,
                    failed: 1,
                }),
                took: Duration::from_secs(5),
            },
        ];
        let text = table(&rows, Duration::from_secs(66));
        assert!(
            text.contains("prepare            ·       ·     1:01"),
            "{text}"
        );
        assert!(
            text.contains("units             12       1     0:05"),
            "{text}"
        );
        assert!(text.ends_with("1:06"));
    }
}
