//! Query options, read once.

use super::filter::Filter;
use crate::graph::answer::Refusal;
use crate::graph::path::decode;

/// The query options of a call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::graph) struct Options {
    pub filter: Option<String>,
    pub select: Option<Vec<String>>,
    pub orderby: Option<String>,
    pub expand: Option<String>,
    pub search: Option<String>,
    pub top: Option<usize>,
    pub count: bool,
    pub skiptoken: Option<String>,
    /// The pairs as they were written, but for `$skiptoken`: a next link repeats them.
    pub written: Vec<String>,
}

impl Options {
    /// The text that the filter wants a property to equal, when it does.
    pub fn pinned(&self, property: &str) -> Option<String> {
        let filter = Filter::parse(self.filter.as_deref()?).ok()?;
        filter.pinned(property).map(str::to_owned)
    }

    pub fn read(query: &str) -> Result<Self, Refusal> {
        let mut options = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (plain(name)?, plain(value)?);
            let name = name.to_ascii_lowercase();
            // Graph takes its options without the dollar sign as well.
            let bare = name.strip_prefix('$').unwrap_or(&name);
            if bare != "skiptoken" {
                options.written.push(pair.to_owned());
            }
            match bare {
                "filter" => options.filter = Some(value),
                "select" => {
                    options.select = Some(
                        value
                            .split(',')
                            .map(|name| name.trim().to_owned())
                            .filter(|name| !name.is_empty())
                            .collect(),
                    )
                }
                "orderby" => options.orderby = Some(value),
                "expand" => options.expand = Some(value),
                "search" => options.search = Some(value),
                "top" => {
                    let top = value.parse().map_err(|_| Refusal::bad_query(format!("Invalid value '{value}' for $top query option found. The $top query option requires a non-negative integer value.")))?;
                    options.top = Some(top);
                }
                "count" => {
                    options.count = match value.as_str() {
                        "true" => true,
                        "false" => false,
                        _ => {
                            return Err(Refusal::bad_query(format!(
                                "Invalid value '{value}' for $count query option found. Valid values are 'false' and 'true'."
                            )));
                        }
                    }
                }
                "skiptoken" => options.skiptoken = Some(value),
                "format" => {}
                _ if name.starts_with('$') => {
                    return Err(Refusal::bad_query(format!(
                        "The query parameter '{name}' is not supported."
                    )));
                }
                _ => {}
            }
        }
        Ok(options)
    }
}

fn plain(text: &str) -> Result<String, Refusal> {
    let spaced = text.replace('+', " ");
    decode(&spaced)
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| Refusal::bad_query("The query string holds a broken escape."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read_with_and_without_dollar() {
        let options = Options::read(
            "$filter=displayName%20eq+'a%26b'&select=id,displayName&%24top=5&$skiptoken=x&api=1",
        )
        .expect("good options");
        assert_eq!(options.filter.as_deref(), Some("displayName eq 'a&b'"));
        assert_eq!(
            options.select,
            Some(vec!["id".to_owned(), "displayName".to_owned()])
        );
        assert_eq!(
            (options.top, options.skiptoken.as_deref()),
            (Some(5), Some("x"))
        );
        assert_eq!(options.written.len(), 4);
    }

    #[test]
    fn wrong_values_are_refused() {
        for query in ["$top=x", "$top=-1", "$count=yes", "$foo=1", "$filter=%zz"] {
            assert!(Options::read(query).is_err(), "{query}");
        }
    }
}
