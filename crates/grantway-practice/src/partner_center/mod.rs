//! Partner Center's REST API, as far as a provider needs it to get its own app into customers' tenants. It knows nothing of Graph's
//! form: errors are `{code, description, data, source}`, and some refusals have no body at all.
// facts: own-app-and-tokens §2.3

mod caller;
mod consents;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::gateway::Seen;
use crate::page;
use crate::state::PartnerAnswer;
use caller::Caller;

/// So many answers are remembered for requests that are sent again; the oldest give way.
const REMEMBERED: usize = 5_000;

/// The routes of this service.
pub fn router(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .route(
            "/v1/customers/{customer}/applicationconsents",
            post(create).get(list),
        )
        .route(
            "/v1/customers/{customer}/applicationconsents/{app}",
            get(one).delete(delete),
        )
        .with_state(cloud)
}

/// What this service answers.
#[derive(Debug, Clone, PartialEq)]
struct Answer {
    status: StatusCode,
    body: Value,
}

impl Answer {
    fn new(status: StatusCode, body: Value) -> Self {
        Self { status, body }
    }

    /// An error with a code and a sentence.
    fn refused(status: StatusCode, code: u32, description: impl Into<String>) -> Self {
        let body = json!({ "code": code, "description": description.into(), "data": [], "source": "PartnerCenter" });
        Self::new(status, body)
    }

    /// A refusal without a body.
    fn bare(status: StatusCode) -> Self {
        Self::new(status, Value::Null)
    }

    fn into_http(self, caller: Option<&Caller>) -> Response {
        let mut response = match self.body {
            Value::Null => {
                let mut response = page::json(self.status, &Value::Null);
                *response.body_mut() = axum::body::Body::empty();
                response
            }
            body => page::json(self.status, &body),
        };
        if let Some(caller) = caller {
            response.extensions_mut().insert(Seen {
                tenant: Some(caller.token.tenant),
                user: Some(caller.token.user),
                scopes: Some(caller.token.scopes.clone()),
                committed: None,
            });
        }
        response
    }
}

/// `POST /v1/customers/{customer}/applicationconsents`
async fn create(
    State(cloud): State<Arc<Cloud>>,
    Path(customer): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let caller = match caller::identify(&cloud, &headers) {
        Ok(caller) => caller,
        Err(refused) => return refused.into_http(None),
    };
    let request_id = headers
        .get("ms-requestid")
        .and_then(|value| value.to_str().ok())
        .map(|id| format!("{}/{}", caller.token.client, id.to_ascii_lowercase()));
    let known = request_id
        .as_ref()
        .and_then(|id| cloud.read(|world| world.partner_answers.get(id).cloned()));
    if let Some(known) = known {
        let status = StatusCode::from_u16(known.status).unwrap_or(StatusCode::OK);
        return Answer::new(status, known.body).into_http(Some(&caller));
    }
    let answer = caller
        .customer(&cloud, &customer)
        .and_then(|customer| consents::create(&cloud, &caller, customer, &body))
        .unwrap_or_else(|refused| refused);
    if let Some(id) = request_id.filter(|_| answer.status.is_success()) {
        remember(&cloud, id, &answer);
    }
    answer.into_http(Some(&caller))
}

/// `GET /v1/customers/{customer}/applicationconsents`
async fn list(
    State(cloud): State<Arc<Cloud>>,
    Path(customer): Path<String>,
    headers: HeaderMap,
) -> Response {
    with_customer(&cloud, &headers, &customer, |caller, customer| {
        let items = consents::all(&cloud, caller, customer);
        Answer::new(
            StatusCode::OK,
            json!({ "totalCount": items.len(), "items": items }),
        )
    })
}

/// `GET /v1/customers/{customer}/applicationconsents/{app}`
async fn one(
    State(cloud): State<Arc<Cloud>>,
    Path((customer, app)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    with_customer(&cloud, &headers, &customer, |caller, customer| {
        let found = consents::all(&cloud, caller, customer)
            .into_iter()
            .find(|item| item["applicationId"] == app.to_ascii_lowercase().as_str());
        match found {
            Some(item) => Answer::new(StatusCode::OK, item),
            None => not_found(&app),
        }
    })
}

/// `DELETE /v1/customers/{customer}/applicationconsents/{app}`: the grants go, the service principal stays.
async fn delete(
    State(cloud): State<Arc<Cloud>>,
    Path((customer, app)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    with_customer(&cloud, &headers, &customer, |caller, customer| {
        consents::delete(&cloud, caller, customer, &app)
    })
}

fn with_customer(
    cloud: &Cloud,
    headers: &HeaderMap,
    customer: &str,
    act: impl FnOnce(&Caller, Uuid) -> Answer,
) -> Response {
    let caller = match caller::identify(cloud, headers) {
        Ok(caller) => caller,
        Err(refused) => return refused.into_http(None),
    };
    let answer = match caller.customer(cloud, customer) {
        Ok(customer) => act(&caller, customer),
        Err(refused) => refused,
    };
    answer.into_http(Some(&caller))
}

fn not_found(app: &str) -> Answer {
    Answer::refused(
        StatusCode::NOT_FOUND,
        600_009,
        format!("The application '{app}' has no consent for this customer."),
    )
}

fn remember(cloud: &Cloud, id: String, answer: &Answer) {
    let at = cloud.now();
    cloud.write(|world| {
        if world.partner_answers.len() >= REMEMBERED {
            let oldest = world
                .partner_answers
                .iter()
                .min_by_key(|(_, known)| known.at)
                .map(|(id, _)| id.clone());
            if let Some(oldest) = oldest {
                world.partner_answers.remove(&oldest);
            }
        }
        let known = PartnerAnswer {
            at,
            status: answer.status.as_u16(),
            body: answer.body.clone(),
        };
        world.partner_answers.insert(id, known);
    });
}
