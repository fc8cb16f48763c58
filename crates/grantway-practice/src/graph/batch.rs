//! `$batch`: up to twenty calls in one. Each part is throttled, refused and faulted by itself; the answers come in another order.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use serde_json::{Map, Value, json};

use super::Graph;
use super::answer::{Answer, Content, Refusal};
use super::call::Call;
use super::fault;
use crate::faults::FaultAction;
use crate::hosts::Service;
use crate::log::{LogEntry, without_secrets};

/// How many parts a batch may have.
const MOST: usize = 20;

/// Answers a batch.
pub(super) fn answer(graph: &Graph, call: &Call, action: Option<&FaultAction>) -> Answer {
    if let Some(answer) = action.and_then(|action| fault::instead(action, graph.cloud.now())) {
        return answer;
    }
    match parts(call) {
        Ok(parts) => answer_parts(graph, call, &parts),
        Err(refusal) => refusal.into(),
    }
}

#[derive(Debug)]
struct Part<'a> {
    id: &'a str,
    fields: &'a Map<String, Value>,
    depends_on: Vec<&'a str>,
}

fn parts(call: &Call) -> Result<Vec<Part<'_>>, Refusal> {
    let bad = |message: String| Refusal::new(StatusCode::BAD_REQUEST, "BadRequest", message);
    if call.method != Method::POST {
        return Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "BadRequest",
            "A batch is sent with POST.",
        ));
    }
    let requests = call
        .body
        .as_ref()
        .and_then(|body| body.get("requests"))
        .and_then(Value::as_array);
    let requests = requests.ok_or_else(|| bad("Invalid batch payload format.".to_owned()))?;
    if requests.len() > MOST {
        return Err(bad(format!(
            "Number of batch request steps exceeds the maximum value of {MOST}."
        )));
    }
    let mut parts: Vec<Part<'_>> = Vec::new();
    for request in requests {
        let Some(fields) = request.as_object() else {
            return Err(bad("Invalid batch payload format.".to_owned()));
        };
        let Some(id) = fields
            .get("id")
            .and_then(Value::as_str)
            .filter(|id| !id.is_empty())
        else {
            return Err(bad(
                "Request step's Id property must be a non-empty string.".to_owned(),
            ));
        };
        if parts.iter().any(|part| part.id.eq_ignore_ascii_case(id)) {
            return Err(bad(format!("Request Id {id} is not unique.")));
        }
        let depends_on = fields
            .get("dependsOn")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        parts.push(Part {
            id,
            fields,
            depends_on,
        });
    }
    for part in &parts {
        if let Some(unknown) = part
            .depends_on
            .iter()
            .find(|wanted| !parts.iter().any(|other| other.id == **wanted))
        {
            return Err(bad(format!(
                "Request step {} depends on {unknown}, which is not in the batch.",
                part.id
            )));
        }
    }
    Ok(parts)
}

fn answer_parts(graph: &Graph, outer: &Call, parts: &[Part<'_>]) -> Answer {
    let mut done: Vec<(&str, StatusCode, Value)> = Vec::new();
    let mut seen = crate::gateway::Seen::default();
    for part in parts {
        let failed = part.depends_on.iter().any(|wanted| {
            !done
                .iter()
                .any(|(id, status, _)| id == wanted && status.is_success())
        });
        let (answer, request_id) = if failed {
            let refusal = Refusal::new(
                StatusCode::FAILED_DEPENDENCY,
                "FailedDependency",
                "The request failed because one of its dependencies failed.",
            );
            (Answer::from(refusal), outer.request_id)
        } else {
            answer_part(graph, outer, part)
        };
        if answer.seen.tenant.is_some() {
            seen = answer.seen.clone();
        }
        let mut headers = Map::new();
        for (name, value) in &answer.headers {
            headers.insert(header_name(name), value.clone().into());
        }
        let mut response = Map::new();
        response.insert("id".into(), part.id.into());
        response.insert("status".into(), answer.status.as_u16().into());
        let client_request_id = request_id.to_string();
        let body = match &answer.body {
            Content::Html(page) => Some(page.clone().into()),
            _ => answer.json_body(request_id, &client_request_id, graph.cloud.now()),
        };
        if body.is_some() {
            headers.insert("Content-Type".into(), "application/json".into());
        }
        response.insert("headers".into(), headers.into());
        response.insert("body".into(), body.unwrap_or(Value::Null));
        if response["body"].is_null() {
            response.remove("body");
        }
        done.push((part.id, answer.status, response.into()));
    }
    // Clients must go by the ids: the order is not the one of the requests.
    let responses: Vec<Value> = done
        .into_iter()
        .rev()
        .map(|(_, _, response)| response)
        .collect();
    let mut answer = Answer::ok(json!({ "responses": responses }));
    // The parts are in the log by themselves.
    answer.seen = crate::gateway::Seen {
        committed: Some(false),
        ..seen
    };
    answer
}

fn answer_part(graph: &Graph, outer: &Call, part: &Part<'_>) -> (Answer, uuid::Uuid) {
    let request_id = graph.cloud.ids.guid();
    let call = match read(outer, part, request_id) {
        Ok(call) => call,
        Err(refusal) => return (refusal.into(), request_id),
    };
    let action = graph.cloud.faults.decide(
        Service::Graph,
        call.method.as_str(),
        &format!("/v1.0{}", call.path),
    );
    let answer = match &action {
        // A part has no connection of its own to drop; a gateway's error stands for it.
        Some(FaultAction::DropBefore {} | FaultAction::Hang {}) => {
            gateway_error(StatusCode::SERVICE_UNAVAILABLE)
        }
        Some(FaultAction::DropAfterCommit {} | FaultAction::CutBody {}) => {
            let done = graph.answer_one(&call, None);
            log(graph, &call, &done, action.as_ref());
            let mut lost = gateway_error(StatusCode::GATEWAY_TIMEOUT);
            lost.seen = done.seen;
            return (lost, request_id);
        }
        other => graph.answer_one(&call, other.as_ref()),
    };
    log(graph, &call, &answer, action.as_ref());
    (answer, request_id)
}

fn gateway_error(status: StatusCode) -> Answer {
    Refusal::new(status, "UnknownError", "").into()
}

fn read(outer: &Call, part: &Part<'_>, request_id: uuid::Uuid) -> Result<Call, Refusal> {
    let bad = |message: &str| Refusal::new(StatusCode::BAD_REQUEST, "BadRequest", message);
    let text = |name: &str| part.fields.get(name).and_then(Value::as_str);
    let method = text("method")
        .and_then(|method| method.to_ascii_uppercase().parse::<Method>().ok())
        .ok_or_else(|| bad("Request step's method is missing or unknown."))?;
    let url = text("url")
        .filter(|url| !url.contains("://"))
        .ok_or_else(|| bad("Request step's url is missing or not relative."))?;
    let (path, query) = url
        .split_once('?')
        .map_or((url, None), |(path, query)| (path, Some(query)));
    let mut headers = HeaderMap::new();
    if let Some(authorization) = outer.headers.get("authorization") {
        headers.insert("authorization", authorization.clone());
    }
    for (name, value) in part
        .fields
        .get("headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if let (Ok(name), Some(Ok(value))) = (
            HeaderName::try_from(name.as_str()),
            value.as_str().map(HeaderValue::try_from),
        ) {
            headers.insert(name, value);
        }
    }
    let body = part
        .fields
        .get("body")
        .filter(|body| !body.is_null())
        .cloned();
    if body.is_some() && !headers.contains_key("content-type") {
        return Err(bad(
            "Write request id : does not contain Content-Type header or body.",
        ));
    }
    let path = format!("/{}", path.trim_start_matches('/'));
    if path.to_ascii_lowercase().starts_with("/$batch") {
        return Err(bad("A batch cannot hold another one."));
    }
    Call::new(method, &path, query, headers, body, request_id)
}

fn log(graph: &Graph, call: &Call, answer: &Answer, action: Option<&FaultAction>) {
    graph.cloud.log.add(LogEntry {
        seq: 0,
        at: graph.cloud.now(),
        service: Service::Graph,
        method: call.method.to_string(),
        path: format!("/v1.0{}", call.path),
        query: (!call.options.written.is_empty())
            .then(|| without_secrets(&call.options.written.join("&"))),
        status: Some(answer.status.as_u16()),
        tenant: answer.seen.tenant,
        user: answer.seen.user,
        committed: !call.reads() && answer.status.is_success(),
        request_id: call.request_id,
        client_request_id: call.header("client-request-id").map(str::to_owned),
        fault: action.map(FaultAction::name),
    });
}

// `retry-after` becomes `Retry-After`, as Graph writes headers inside a batch.
fn header_name(name: &str) -> String {
    name.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::header_name;

    #[test]
    fn header_names_are_capitalised() {
        assert_eq!(header_name("retry-after"), "Retry-After");
    }
}
