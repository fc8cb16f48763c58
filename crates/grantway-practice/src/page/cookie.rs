//! Cookies of this cloud: readable by no script, sent to no other site, gone with the browser session unless asked otherwise.

use http::{HeaderMap, header};

/// The value of a cookie in a request.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value.to_owned())
}

/// A `Set-Cookie` value; `seconds` makes it outlive the browser's session.
pub fn write(name: &str, value: &str, seconds: Option<i64>) -> String {
    let age = seconds.map_or(String::new(), |s| format!("; Max-Age={s}"));
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a_x=1; x=2; b=3".parse().unwrap());
        assert_eq!(read(&headers, "x").as_deref(), Some("2"));
        assert_eq!(read(&headers, "y"), None);
    }
}
