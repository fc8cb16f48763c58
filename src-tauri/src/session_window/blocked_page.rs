//! The page that replaces a foreign one which must not be shown.

use super::strip_page::escape;

/// A page of ours: no script, no link, no field, nothing of the stopped page but its host.
pub fn html(host: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>Stopped</title><style>body{{font:15px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:32em;padding:0 2em;color:#162324;background:#fff}}\
         h1{{font-size:20px}}b{{overflow-wrap:anywhere}}</style></head><body><main><h1>This page is not shown</h1>\
         <p>The sign-in wanted to open <b>{}</b>. Grantway stopped it before it was shown.</p>\
         <p>The strip above says why and what you can do.</p></main></body></html>",
        escape(host)
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_host_is_text_and_nothing_else() {
        let page = super::html("<script>alert(1)</script>");
        assert!(!page.contains("<script>"));
        assert!(page.contains("&lt;script&gt;"));
    }
}
