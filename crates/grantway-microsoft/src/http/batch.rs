//! Many calls in few requests: `$batch`, twenty at a time, each item judged by itself.

use std::collections::HashMap;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::Deserialize;
use serde_json::{Value, json};

use super::answer::Answer;
use super::call::{Call, Pace, Repeat};
use super::error::HttpError;
use super::gate::later;
use super::service::{Service, final_error};

/// Most items of one `$batch`. facts: api-gdap-hardening §4.2.
const MOST: usize = 20;

#[derive(Deserialize)]
struct Replies {
    responses: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    status: u16,
    #[serde(default)]
    headers: HashMap<String, Value>,
    #[serde(default)]
    body: Value,
}

impl Service {
    /// Sends calls together. The answers come back in the order of the calls; each is a success or an error of its
    /// own. Items that may be repeated are, items whose outcome is not known say so.
    ///
    /// Calls that stand in the queue for Conditional Access are sent one by one, since each counts all the same.
    pub async fn batch(&self, calls: &[Call]) -> Vec<Result<Answer, HttpError>> {
        let mut done: Vec<Option<Result<Answer, HttpError>>> = calls.iter().map(|_| None).collect();
        let (paced, mut open): (Vec<usize>, Vec<usize>) =
            (0..calls.len()).partition(|&i| calls[i].pace == Pace::OnePerSecond);
        for index in paced {
            done[index] = Some(self.send(&calls[index]).await);
        }
        let mut tried = 0;
        while !open.is_empty() {
            tried += 1;
            let last = tried >= self.transport.limits.retry.throttled_tries;
            let mut again = Vec::new();
            for chunk in open.chunks(MOST) {
                self.chunk(calls, chunk, (tried, last), &mut done, &mut again)
                    .await;
            }
            open = again;
        }
        let missing = || {
            Err(HttpError::Malformed(
                "an item was left without an answer".into(),
            ))
        };
        done.into_iter()
            .map(|result| result.unwrap_or_else(missing))
            .collect()
    }

    async fn chunk(
        &self,
        calls: &[Call],
        chunk: &[usize],
        (tried, last): (u32, bool),
        done: &mut [Option<Result<Answer, HttpError>>],
        again: &mut Vec<usize>,
    ) {
        let requests: Vec<Value> = chunk
            .iter()
            .map(|&index| item(index, &calls[index]))
            .collect();
        let outer = Call::post("/v1.0/$batch", json!({ "requests": requests }));
        let read = match self.send(&outer).await {
            Ok(answer) => answer.json::<Replies>().map(|replies| (answer, replies)),
            Err(error) => Err(error),
        };
        let (outer_answer, replies) = match read {
            Ok(read) => read,
            Err(error) => {
                // Nothing is known about any item. What is safe goes alone, what is not says so.
                let unknown = error.is_outcome_unknown();
                let mut error = Some(error);
                for &index in chunk {
                    done[index] = Some(match calls[index].repeat {
                        Repeat::Safe if unknown => self.send(&calls[index]).await,
                        _ => Err(share(&mut error)),
                    });
                }
                return;
            }
        };
        let mut by_id: HashMap<String, Item> = replies
            .responses
            .into_iter()
            .map(|item| (item.id.clone(), item))
            .collect();
        for &index in chunk {
            let call = &calls[index];
            let Some(answer) = by_id
                .remove(&index.to_string())
                .and_then(|item| answer_of(item, &outer_answer))
            else {
                done[index] = Some(match call.repeat {
                    Repeat::Safe => self.send(call).await,
                    Repeat::Never => Err(lost(self, call, &outer_answer)),
                });
                continue;
            };
            let status = answer.status;
            if status == StatusCode::TOO_MANY_REQUESTS && !last {
                let until = later(self.clock().now(), self.throttle_wait(&answer, tried));
                self.gates.close(self.scope(), until);
                again.push(index);
            } else if status.is_server_error() && call.repeat == Repeat::Safe && !last {
                again.push(index);
            } else if status.is_success() {
                done[index] = Some(Ok(answer));
            } else {
                let url = self.cloud.graph().join(&call.path);
                done[index] = Some(Err(final_error(&answer, &url, call)));
            }
        }
    }
}

/// The same error for each item that it took along; the first keeps the original.
fn share(error: &mut Option<HttpError>) -> HttpError {
    let Some(original) = error.take() else {
        return HttpError::Malformed("the batch was not sent".into());
    };
    *error = Some(match &original {
        HttpError::Refused(refusal) => HttpError::Refused(refusal.clone()),
        HttpError::Throttled { until, request_id } => HttpError::Throttled {
            until: *until,
            request_id: request_id.clone(),
        },
        HttpError::Offline { to, why } => HttpError::Offline {
            to: to.clone(),
            why: why.clone(),
        },
        HttpError::NoToken(fault) => HttpError::NoToken(fault.clone()),
        HttpError::AnswerLost {
            to,
            why,
            client_request_id,
        } => HttpError::AnswerLost {
            to: to.clone(),
            why: why.clone(),
            client_request_id: client_request_id.clone(),
        },
        HttpError::WebPage { to } => HttpError::WebPage { to: to.clone() },
        HttpError::TooLong { to, limit } => HttpError::TooLong {
            to: to.clone(),
            limit: *limit,
        },
        HttpError::Untrusted { to, why } => HttpError::Untrusted {
            to: to.clone(),
            why: why.clone(),
        },
        HttpError::ForeignHost(to) => HttpError::ForeignHost(to.clone()),
        HttpError::Paging(error) => HttpError::Paging(error.clone()),
        HttpError::Malformed(why) => HttpError::Malformed(why.clone()),
        HttpError::Unreadable { request_id, .. } => HttpError::Unreadable {
            source: <serde_json::Error as serde::de::Error>::custom(
                "the batch's answer is not of the promised shape",
            ),
            request_id: request_id.clone(),
        },
    });
    original
}

fn lost(service: &Service, call: &Call, outer: &Answer) -> HttpError {
    HttpError::AnswerLost {
        to: super::redact::SafeUrl::of(&service.cloud.graph().join(&call.path)),
        why: "the batch came back without this item".into(),
        client_request_id: outer.client_request_id.clone(),
    }
}

fn item(index: usize, call: &Call) -> Value {
    let path = call.path_and_query();
    let relative = path.strip_prefix("/v1.0").unwrap_or(&path);
    let mut item =
        json!({ "id": index.to_string(), "method": call.method.as_str(), "url": relative });
    let mut headers: serde_json::Map<String, Value> = call
        .headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Value::from(value.as_str())))
        .collect();
    if let Some(body) = &call.body {
        headers.insert("Content-Type".into(), "application/json".into());
        item["body"] = body.clone();
    }
    if !headers.is_empty() {
        item["headers"] = Value::Object(headers);
    }
    item
}

fn answer_of(item: Item, outer: &Answer) -> Option<Answer> {
    let mut headers = HeaderMap::new();
    for (name, value) in &item.headers {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        if let (Ok(name), Ok(value)) = (
            HeaderName::try_from(name.as_str()),
            HeaderValue::from_str(&text),
        ) {
            headers.insert(name, value);
        }
    }
    // An item brings no date and often no id of its own: the outer answer's count for all.
    for name in ["date", "request-id"] {
        if let (false, Some(value)) = (headers.contains_key(name), outer.headers.get(name)) {
            headers.insert(HeaderName::from_static(name), value.clone());
        }
    }
    let body = if item.body.is_null() {
        vec![]
    } else {
        item.body.to_string().into_bytes()
    };
    if !body.is_empty() {
        headers.insert("content-type", HeaderValue::from_static("application/json"));
    }
    Some(Answer {
        status: StatusCode::from_u16(item.status).ok()?,
        headers,
        body,
        client_request_id: outer.client_request_id.clone(),
    })
}
