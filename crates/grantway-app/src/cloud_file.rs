//! A cloud file on disk: read, and if it is wrong, with the line and the field that are.

use std::path::{Path, PathBuf};

use grantway_microsoft::clouds::{Cloud, CloudFileError};

/// Why a cloud file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CloudFileProblem {
    /// It cannot be read.
    #[error("{}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something in it is wrong. What stands in the line is not told: it may be a token.
    #[error("{}{}{}: {what}", path.display(), at(*line), named(field.as_deref()))]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The line, from 1, where there is one.
        line: Option<usize>,
        /// The field, where one can be named.
        field: Option<String>,
        /// What is wrong with it.
        what: String,
    },
}

fn at(line: Option<usize>) -> String {
    line.map_or_else(String::new, |line| format!(", line {line}"))
}

fn named(field: Option<&str>) -> String {
    field.map_or_else(String::new, |field| format!(", field {field}"))
}

/// Reads a cloud file: JSON if its name ends so, else TOML.
pub fn read_cloud_file(path: &Path) -> Result<Cloud, CloudFileProblem> {
    let text = std::fs::read_to_string(path).map_err(|source| CloudFileProblem::Unreadable {
        path: path.to_owned(),
        source,
    })?;
    let is_json = path
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("json"));
    let read = if is_json {
        Cloud::from_json(&text)
    } else {
        Cloud::from_toml(&text)
    };
    read.map_err(|error| {
        let (line, field, what) = placed(&text, &error);
        CloudFileProblem::Wrong {
            path: path.to_owned(),
            line,
            field,
            what,
        }
    })
}

/// Line, field and what is wrong.
fn placed(text: &str, error: &CloudFileError) -> (Option<usize>, Option<String>, String) {
    match error {
        CloudFileError::Toml(error) => {
            let start = error.span().map_or(0, |span| span.start);
            let before = text.as_bytes().iter().take(start);
            let line = 1 + before.filter(|byte| **byte == b'\n').count();
            let written = text.lines().nth(line - 1).unwrap_or_default();
            let key = written.split_once('=').map(|(key, _)| key.trim());
            let field = match error.message() {
                // A missing or unknown field is named by the parser, in backticks.
                message if message.contains("field `") => message.split('`').nth(1),
                _ => key,
            };
            let field = field.filter(|field| !field.is_empty()).map(str::to_owned);
            (Some(line), field, error.message().replace('\n', "; "))
        }
        CloudFileError::Json(error) => {
            let message = error.to_string();
            let field = message
                .contains("field `")
                .then(|| message.split('`').nth(1).map(str::to_owned));
            (Some(error.line()), field.flatten(), message)
        }
        error => {
            // Every other error begins with its field.
            let message = error.to_string();
            let (field, what) = match message.split_once(": ") {
                Some((field, what)) => (field.to_owned(), what.to_owned()),
                None => {
                    let cause = std::error::Error::source(error);
                    (
                        message.clone(),
                        cause.map_or_else(String::new, ToString::to_string),
                    )
                }
            };
            (line_of(text, &field), Some(field), what)
        }
    }
}

/// The line of a field such as `portals.vendor` or `sign_in_hosts[1]`.
fn line_of(text: &str, field: &str) -> Option<usize> {
    let name = field.split('[').next().unwrap_or(field);
    let (table, key) = name.rsplit_once('.').unwrap_or(("", name));
    let mut current = "";
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line
            .strip_prefix('[')
            .and_then(|rest| rest.split(']').next())
        {
            current = header.trim();
            if current == name {
                return Some(index + 1);
            }
        }
        let written = line.split(['=', ':']).next().unwrap_or_default().trim();
        let is_json = written.starts_with('"');
        if written.trim_matches('"') == key && (current == table || is_json) {
            return Some(index + 1);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIVE: &str = r#"id = "mine"
kind = "live"
name = "Mine"
login = "https://login.mine.example"
graph = "https://graph.mine.example"
sign_in_hosts = ["login.mine.example"]

[portals]
vendor = "https://vendor.example/"
"#;

    fn told(from: &str, to: &str) -> String {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cloud.toml");
        std::fs::write(&path, LIVE.replace(from, to)).expect("written");
        let told = read_cloud_file(&path).map(|_| ()).expect_err("it is wrong");
        let told = told.to_string();
        told.replace(&path.display().to_string(), "FILE")
    }

    #[test]
    fn what_is_wrong_is_named_with_line_and_field() {
        for (from, to, begins) in [
            (
                "https://graph",
                "http://graph",
                "FILE, line 5, field graph: ",
            ),
            ("\"live\"", "\"real\"", "FILE, line 2, field kind: "),
            ("graph =", "grahp =", "FILE, line 5, field grahp: "),
            (
                "\"login.mine.example\"]",
                "\"login.mine.example\", \"*.x\"]",
                "FILE, line 6, field sign_in_hosts[1]: ",
            ),
            (
                "https://vendor",
                "ftp://vendor",
                "FILE, line 9, field portals.vendor: ",
            ),
            ("\"mine\"", "\"global\"", "FILE, line 1, field id: "),
            ("name = \"Mine\"", "name = 7", "FILE, line 3, field name: "),
        ] {
            let told = told(from, to);
            assert!(told.starts_with(begins), "{told}");
        }
    }

    #[test]
    fn a_token_is_not_told() {
        let with = "[control]\nurl = \"http://127.0.0.1:1\"\ntoken = \"s3cret\" oops\n[portals]";
        let told = told("[portals]", with);
        assert!(told.starts_with("FILE, line 10, field token: "), "{told}");
        assert!(!told.contains("s3cret"), "{told}");
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let missing = read_cloud_file(Path::new("/nowhere/cloud.toml"));
        let told = missing.expect_err("it is not there").to_string();
        assert!(told.starts_with("/nowhere/cloud.toml: "), "{told}");
    }
}
