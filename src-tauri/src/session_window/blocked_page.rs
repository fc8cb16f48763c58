//! The page that replaces a foreign one which must not be shown.

use grantway_app::Catalogue;
use grantway_session::Phrase;

use super::strip_page::{escape, markup};

/// A page of ours: no script, no link, no field, nothing of the stopped page but its host.
pub fn html(catalogue: &Catalogue, host: &str) -> String {
    let plain = |id| escape(&catalogue.phrase(&Phrase::plain(id)));
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>{}</title><style>body{{font:15px/1.5 system-ui,sans-serif;margin:15vh auto;max-width:32em;padding:0 2em;color:#162324;background:#fff}}\
         h1{{font-size:20px}}b{{overflow-wrap:anywhere}}</style></head><body><main><h1>{}</h1>\
         <p>{}</p>\
         <p>{}</p></main></body></html>",
        plain("blocked-title"),
        plain("blocked-heading"),
        markup(&catalogue.spans(&Phrase::with("blocked-host", "host", host))),
        plain("blocked-why"),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_host_is_text_and_nothing_else() {
        let page = super::html(
            &grantway_app::Catalogue::english(),
            "<script>alert(1)</script>",
        );
        assert!(!page.contains("<script>"));
        assert!(page.contains("&lt;script&gt;"));
    }
}
