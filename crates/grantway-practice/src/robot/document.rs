//! What can be read on a page without eyes: its title, its words, its forms.

use scraper::{ElementRef, Html, Selector};

/// A page as the robot understands it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Document {
    /// Title.
    pub(super) title: String,
    /// The practice pages' own short name; empty on any other page.
    pub(super) page: String,
    /// Forms, in order.
    pub(super) forms: Vec<FormOnPage>,
    /// The account that the page names.
    pub(super) account: Option<String>,
    /// The client id that the page shows.
    pub(super) client_id: Option<String>,
    /// The number for the phone.
    pub(super) number: Option<String>,
    /// What went wrong, in the page's words.
    pub(super) problem: Option<String>,
    /// Everything that stands on the page.
    pub(super) text: String,
}

/// A form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FormOnPage {
    /// Where it goes, as written.
    pub(super) action: String,
    /// Whether it is sent with POST.
    pub(super) post: bool,
    /// Hidden fields.
    pub(super) hidden: Vec<(String, String)>,
    /// Names of the fields that a person fills.
    pub(super) fields: Vec<String>,
    /// Buttons: what stands on them, name and value.
    pub(super) buttons: Vec<(String, String, String)>,
}

impl Document {
    /// Reads a page. What is not there stays empty; nothing here can fail.
    pub(super) fn read(html: &str) -> Self {
        let html = Html::parse_document(html);
        let first = |css: &str| select(css).and_then(|s| html.select(&s).next());
        let all =
            |css: &str| select(css).map_or_else(Vec::new, |s| html.select(&s).collect::<Vec<_>>());
        let attribute = |css: &str, name: &str| {
            first(css).and_then(|element| element.attr(name).map(str::to_owned))
        };
        let code = first("[data-error]").map(words);
        let problem = first("[role=alert]").map(words).map(|said| match code {
            Some(code) if !said.contains(&code) => format!("{said} ({code})"),
            _ => said,
        });
        Self {
            title: first("title").map(words).unwrap_or_default(),
            page: attribute("body", "data-page").unwrap_or_default(),
            forms: all("form").into_iter().map(form).collect(),
            account: attribute("[data-account]", "data-account"),
            client_id: attribute("[data-client-id]", "data-client-id"),
            number: attribute("[data-number]", "data-number"),
            problem,
            text: first("main").map(words).unwrap_or_default(),
        }
    }
}

impl FormOnPage {
    /// The button that carries these words.
    pub(super) fn button(&self, label: &str) -> Option<(String, String)> {
        self.buttons
            .iter()
            .find(|(words, ..)| words == label)
            .map(|(_, name, value)| (name.clone(), value.clone()))
    }
}

fn form(element: ElementRef<'_>) -> FormOnPage {
    let inside =
        |css: &str| select(css).map_or_else(Vec::new, |s| element.select(&s).collect::<Vec<_>>());
    let text = |e: &ElementRef<'_>, name: &str| e.attr(name).unwrap_or_default().to_owned();
    let inputs = inside("input");
    let hidden = |e: &&ElementRef<'_>| e.attr("type") == Some("hidden");
    FormOnPage {
        action: text(&element, "action"),
        post: element
            .attr("method")
            .is_some_and(|method| method.eq_ignore_ascii_case("post")),
        hidden: inputs
            .iter()
            .filter(hidden)
            .map(|e| (text(e, "name"), text(e, "value")))
            .collect(),
        fields: inputs
            .iter()
            .filter(|e| !hidden(e))
            .map(|e| text(e, "name"))
            .collect(),
        buttons: inside("button")
            .iter()
            .map(|e| (words(*e), text(e, "name"), text(e, "value")))
            .collect(),
    }
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

// Every selector here is written in this file; one that does not parse finds nothing.
fn select(css: &str) -> Option<Selector> {
    Selector::parse(css).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_by_its_marks() {
        let page = Document::read(
            r#"<title>T</title><body data-page="password"><main><p role="alert">Wrong</p><code data-error="A1">A1</code>
            <span data-account="a@b.example">x</span><form method="post" action="/x"><input type="hidden" name="step" value="password">
            <input name="password"><button type="submit" name="a" value="b"> Sign  in </button></form></main></body>"#,
        );
        assert_eq!((page.title.as_str(), page.page.as_str()), ("T", "password"));
        assert_eq!(page.problem.as_deref(), Some("Wrong (A1)"));
        assert_eq!(page.account.as_deref(), Some("a@b.example"));
        let form = &page.forms[0];
        assert!(form.post);
        assert_eq!(form.fields, ["password"]);
        assert_eq!(form.button("Sign in"), Some(("a".into(), "b".into())));
    }

    #[test]
    fn anything_else_is_an_empty_page() {
        assert_eq!(Document::read("{\"a\":1}").page, "");
    }
}
