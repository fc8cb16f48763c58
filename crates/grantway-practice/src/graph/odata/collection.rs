//! Turns objects into answers: filter, order, page, select, annotate.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use super::filter::Filter;
use crate::graph::answer::Refusal;
use crate::graph::context::Context;
use crate::graph::kind::Kind;

/// An object as an answer.
pub(in crate::graph) fn entity(
    context: &Context<'_>,
    kind: &Kind,
    path: &str,
    item: Map<String, Value>,
) -> Result<Value, Refusal> {
    let options = &context.call.options;
    refuse_unknown(options, kind)?;
    let select = selected(kind, options.select.as_deref())?;
    let single = matches!(
        kind.name,
        "identitySecurityDefaultsEnforcementPolicy"
            | "authenticationMethodsPolicy"
            | "tenantAppManagementPolicy"
            | "authorizationPolicy"
    );
    let suffix = if single { "" } else { "/$entity" };
    let mut body = Map::new();
    body.insert(
        "@odata.context".into(),
        context_url(context, path, select.as_deref(), suffix).into(),
    );
    body.extend(shown(kind, select.as_deref(), item));
    Ok(Value::Object(body))
}

/// A list as an answer.
pub(in crate::graph) fn collection(
    context: &Context<'_>,
    kind: &Kind,
    path: &str,
    items: Vec<Map<String, Value>>,
) -> Result<Value, Refusal> {
    page(context, kind, path, items.into_iter(), Map::clone)
}

/// A list as an answer, of which only the needed objects are written out.
pub(in crate::graph) fn page<T>(
    context: &Context<'_>,
    kind: &Kind,
    path: &str,
    items: impl Iterator<Item = T>,
    written: impl Fn(&T) -> Map<String, Value>,
) -> Result<Value, Refusal> {
    let options = &context.call.options;
    refuse_unknown(options, kind)?;
    let select = selected(kind, options.select.as_deref())?;
    let (usual, most) = kind.page;
    let size = options.top.unwrap_or(usual);
    if size == 0 || size > most {
        return Err(Refusal::bad_request(format!(
            "Invalid page size specified: '{size}'. Must be between 1 and {most} inclusive."
        )));
    }
    let start = match &options.skiptoken {
        Some(token) => {
            offset(token).ok_or_else(|| Refusal::bad_request("The skip token is not valid."))?
        }
        None => 0,
    };
    let (total, found) = if options.filter.is_some() || options.orderby.is_some() {
        let mut all: Vec<_> = items.map(|item| written(&item)).collect();
        sift(kind, options, &mut all)?;
        let total = all.len();
        (total, all.into_iter().skip(start).take(size).collect())
    } else {
        let all: Vec<T> = items.collect();
        let found: Vec<_> = all.iter().skip(start).take(size).map(written).collect();
        (all.len(), found)
    };
    let found: Vec<Value> = found
        .into_iter()
        .map(|item| Value::Object(shown(kind, select.as_deref(), item)))
        .collect();
    let mut body = Map::new();
    body.insert(
        "@odata.context".into(),
        context_url(context, path, select.as_deref(), "").into(),
    );
    let eventual = context
        .call
        .header("consistencylevel")
        .is_some_and(|level| level.eq_ignore_ascii_case("eventual"));
    if options.count && (eventual || !kind.directory) {
        body.insert("@odata.count".into(), total.into());
    }
    let next = start + found.len();
    if next < total && !found.is_empty() {
        let mut query = options.written.clone();
        query.push(format!(
            "$skiptoken={}",
            URL_SAFE_NO_PAD.encode(format!("practice:{next}"))
        ));
        body.insert(
            "@odata.nextLink".into(),
            format!(
                "{}{}?{}",
                context.base(),
                context.call.path,
                query.join("&")
            )
            .into(),
        );
    }
    body.insert("value".into(), found.into());
    Ok(Value::Object(body))
}

/// Keeps what the filter wants, in the wanted order.
fn sift(
    kind: &Kind,
    options: &super::Options,
    items: &mut Vec<Map<String, Value>>,
) -> Result<(), Refusal> {
    if let Some(text) = &options.filter {
        let filter = Filter::parse(text)
            .map_err(|error| Refusal::bad_query(format!("Invalid filter clause: {error}")))?;
        for property in filter.properties() {
            filterable(kind, &property)?;
        }
        items.retain(|item| filter.holds(item));
    }
    if let Some(orderby) = &options.orderby {
        order(kind, orderby, items)?;
    }
    Ok(())
}

fn offset(token: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    String::from_utf8(bytes)
        .ok()?
        .strip_prefix("practice:")?
        .parse()
        .ok()
}

fn refuse_unknown(options: &super::Options, kind: &Kind) -> Result<(), Refusal> {
    if options.expand.is_some() {
        return Err(Refusal::unsupported_query(format!(
            "Expanding navigation properties of '{}' is not supported here.",
            kind.full_name()
        )));
    }
    if options.search.is_some() {
        return Err(Refusal::unsupported_query(
            "The $search query option is not supported here.",
        ));
    }
    Ok(())
}

fn selected(kind: &Kind, names: Option<&[String]>) -> Result<Option<Vec<&'static str>>, Refusal> {
    let Some(names) =
        names.filter(|names| !names.is_empty() && names.iter().all(|name| name != "*"))
    else {
        return Ok(None);
    };
    let spelt = names.iter().map(|name| {
        kind.property(name).ok_or_else(|| {
            let message = format!("Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{}'.", kind.full_name());
            Refusal::bad_query(message)
        })
    });
    spelt.collect::<Result<Vec<_>, _>>().map(Some)
}

fn shown(
    kind: &Kind,
    select: Option<&[&'static str]>,
    mut item: Map<String, Value>,
) -> Map<String, Value> {
    match select {
        None => {
            item.retain(|name, _| name.contains('@') || kind.shows(name));
            item
        }
        Some(names) => {
            let mut left = Map::new();
            let annotations: Vec<String> = item
                .keys()
                .filter(|name| name.contains('@'))
                .cloned()
                .collect();
            for name in annotations {
                if let Some(value) = item.remove(&name) {
                    left.insert(name, value);
                }
            }
            for name in names {
                match item.remove(*name) {
                    Some(value) => left.insert((*name).to_owned(), value),
                    None if kind.is_mixed() => None,
                    // What the schema has and this cloud does not keep is null, as at Graph.
                    None => left.insert((*name).to_owned(), Value::Null),
                };
            }
            left
        }
    }
}

fn filterable(kind: &Kind, property: &str) -> Result<(), Refusal> {
    let first = property.split('/').next().unwrap_or(property);
    if kind.property(first).is_none() {
        return Err(Refusal::bad_query(format!(
            "Invalid filter clause: Could not find a property named '{first}' on type '{}'.",
            kind.full_name()
        )));
    }
    if kind
        .filterable
        .iter()
        .any(|known| known.eq_ignore_ascii_case(property))
    {
        return Ok(());
    }
    Err(Refusal::unsupported_query(format!(
        "Unsupported or invalid query filter clause specified for property '{property}' of resource '{}'.",
        kind.name
    )))
}

fn order(kind: &Kind, text: &str, items: &mut [Map<String, Value>]) -> Result<(), Refusal> {
    let mut keys = Vec::new();
    for part in text.split(',') {
        let mut words = part.split_whitespace();
        let name = words.next().unwrap_or_default();
        let falling = match words.next() {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(other) => {
                return Err(Refusal::bad_query(format!(
                    "Syntax error at '{other}' in '{text}'."
                )));
            }
        };
        let Some(name) = kind.property(name) else {
            return Err(Refusal::bad_query(format!(
                "Could not find a property named '{name}' on type '{}'.",
                kind.full_name()
            )));
        };
        if !kind.sortable.contains(&name) {
            return Err(Refusal::unsupported_query(format!(
                "Sorting by '{name}' is not supported for '{}'.",
                kind.name
            )));
        }
        keys.push((name, falling));
    }
    items.sort_by(|one, other| {
        keys.iter()
            .fold(std::cmp::Ordering::Equal, |order, (name, falling)| {
                let text = |item: &Map<String, Value>| {
                    item.get(*name)
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                        .to_lowercase()
                };
                order.then_with(|| {
                    let by_this = text(one).cmp(&text(other));
                    if *falling { by_this.reverse() } else { by_this }
                })
            })
    });
    Ok(())
}

fn context_url(
    context: &Context<'_>,
    path: &str,
    select: Option<&[&'static str]>,
    suffix: &str,
) -> String {
    let select = select
        .map(|names| format!("({})", names.join(",")))
        .unwrap_or_default();
    format!("{}/$metadata#{path}{select}{suffix}", context.base())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::kind::{GROUP, USER};

    fn item() -> Map<String, Value> {
        crate::graph::answer::fields(
            serde_json::json!({ "@odata.etag": "W/1", "id": "1", "displayName": "A", "uniqueName": "u", "accountEnabled": true }),
        )
    }

    #[test]
    fn unasked_properties_are_left_out() {
        assert!(!shown(&GROUP, None, item()).contains_key("uniqueName"));
        assert!(!shown(&USER, None, item()).contains_key("accountEnabled"));
    }

    #[test]
    fn selected_properties_are_all_there() {
        let select = selected(&GROUP, Some(&["UNIQUENAME".to_owned(), "theme".to_owned()]))
            .expect("known names");
        let shown = shown(&GROUP, select.as_deref(), item());
        assert_eq!(
            Value::Object(shown),
            serde_json::json!({ "@odata.etag": "W/1", "uniqueName": "u", "theme": null })
        );
        assert!(selected(&GROUP, Some(&["nope".to_owned()])).is_err());
    }

    #[test]
    fn filters_are_refused_by_name() {
        assert!(filterable(&GROUP, "displayName").is_ok());
        assert_eq!(
            filterable(&GROUP, "theme")
                .expect_err("not filterable")
                .code,
            "Request_UnsupportedQuery"
        );
        assert_eq!(
            filterable(&GROUP, "nope").expect_err("not there").code,
            "BadRequest"
        );
    }

    #[test]
    fn order_is_by_text_without_case() {
        let named =
            |name: &str| crate::graph::answer::fields(serde_json::json!({ "displayName": name }));
        let mut items = vec![named("b"), named("C"), named("a")];
        order(&GROUP, "displayName desc", &mut items).expect("a good order");
        let names: Vec<_> = items
            .iter()
            .map(|item| item["displayName"].as_str().unwrap_or_default())
            .collect();
        assert_eq!(names, ["C", "b", "a"]);
        assert!(order(&GROUP, "description", &mut items).is_err());
        assert!(order(&GROUP, "displayName sideways", &mut items).is_err());
    }
}
