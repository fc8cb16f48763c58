//! Paths the OData way: `/groups/ID`, `/groups('ID')` and `/groups(uniqueName='x')` lead to the same object.

use std::borrow::Cow;

/// The key of an object in a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// The primary key.
    Id(String),
    /// An alternate key or a function's parameter: name and value.
    Named(String, String),
}

/// A step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A part between slashes.
    Name(String),
    /// A key in brackets.
    Key(Key),
}

impl Key {
    /// The value, named or not.
    pub fn value(&self) -> &str {
        match self {
            Self::Id(value) | Self::Named(_, value) => value,
        }
    }
}

/// The steps of a path without the version; none when its brackets or escapes are broken.
pub(super) fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let part = decode(part)?;
        match part.split_once('(') {
            Some((name, rest)) if !name.is_empty() => {
                let inner = rest.strip_suffix(')')?;
                steps.push(Step::Name(name.to_owned()));
                if !inner.is_empty() {
                    steps.push(Step::Key(key(inner)?));
                }
            }
            _ => steps.push(Step::Name(part.into_owned())),
        }
    }
    Some(steps)
}

/// Whether the steps fit a template such as `/groups/{}/members/$ref`, and the keys that stand in its places.
pub(super) fn fit(template: &str, steps: &[Step]) -> Option<Vec<Key>> {
    let mut keys = Vec::new();
    let mut left = steps.iter();
    for wanted in template.split('/').filter(|part| !part.is_empty()) {
        match (wanted, left.next()?) {
            ("{}", Step::Name(name)) => keys.push(Key::Id(name.clone())),
            ("{}", Step::Key(key)) => keys.push(key.clone()),
            (wanted, Step::Name(name)) if wanted.eq_ignore_ascii_case(name) => {}
            _ => return None,
        }
    }
    left.next().is_none().then_some(keys)
}

fn key(text: &str) -> Option<Key> {
    match text.split_once('=') {
        Some((name, value)) if !name.starts_with('\'') => {
            Some(Key::Named(name.trim().to_owned(), unquote(value.trim())?))
        }
        _ => Some(Key::Id(unquote(text.trim())?)),
    }
}

fn unquote(text: &str) -> Option<String> {
    match text.strip_prefix('\'') {
        Some(rest) => Some(rest.strip_suffix('\'')?.replace("''", "'")),
        None => Some(text.to_owned()),
    }
}

/// Resolves percent escapes; none when they do not make a text.
pub(super) fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.bytes();
    while let Some(byte) = left.next() {
        if byte == b'%' {
            let (high, low) = (left.next()?, left.next()?);
            let digit = |byte: u8| char::from(byte).to_digit(16);
            bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(template: &str, path: &str) -> Option<Vec<Key>> {
        fit(template, &steps(path)?)
    }

    #[test]
    fn keys_come_behind_slashes_or_in_brackets() {
        let id = Some(vec![Key::Id("a-b".into())]);
        assert_eq!(keys("/groups/{}", "/groups/a-b"), id);
        assert_eq!(keys("/groups/{}", "/Groups('a-b')"), id);
        assert_eq!(
            keys("/groups/{}", "/groups(uniqueName='it''s')"),
            Some(vec![Key::Named("uniqueName".into(), "it's".into())])
        );
        assert_eq!(
            keys("/groups/{}", "/groups(uniqueName=%27x%27)"),
            Some(vec![Key::Named("uniqueName".into(), "x".into())])
        );
    }

    #[test]
    fn templates_fit_whole_paths_only() {
        assert_eq!(
            keys("/groups/{}/members/$ref", "/groups/1/members/$ref").map(|keys| keys.len()),
            Some(1)
        );
        assert!(keys("/groups/{}/members", "/groups/1").is_none());
        assert!(keys("/groups", "/groups/1").is_none());
        assert!(keys("/users/{}", "/groups/1").is_none());
    }

    #[test]
    fn broken_paths_are_no_paths() {
        assert!(steps("/groups('a").is_none());
        assert!(steps("/groups/%zz").is_none());
        assert!(steps("/groups(uniqueName='a)").is_none());
        assert!(steps("/groups/%ff").is_none());
    }
}
