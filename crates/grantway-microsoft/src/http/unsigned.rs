//! Exchanges without a token of ours: the token endpoint and public documents. The same waits, the same rule about repeating.

use reqwest::StatusCode;

use super::answer::Answer;
use super::call::Repeat;
use super::error::{HttpError, Refusal};
use super::gate::later;
use super::redact::SafeUrl;
use super::retry_after;
use super::transport::{Outgoing, Transport};

impl Transport {
    /// Sends until there is an answer that is not about trying later. Any status comes back but a redirect, a web page or a
    /// server error without a reason.
    pub(crate) async fn exchange_unsigned(
        &self,
        make: impl Fn() -> Outgoing,
        repeat: Repeat,
    ) -> Result<Answer, HttpError> {
        let rule = self.limits.retry;
        let mut tried = 0;
        loop {
            tried += 1;
            let outgoing = make();
            let to = SafeUrl::of(&outgoing.url);
            let result = self.exchange(outgoing).await;
            let safe = repeat == Repeat::Safe;
            let asked = match &result {
                Err(HttpError::Offline { .. }) => None,
                Err(HttpError::AnswerLost { .. }) if safe => None,
                Ok(answer)
                    if answer.status == StatusCode::TOO_MANY_REQUESTS
                        || (safe && answer.status.is_server_error()) =>
                {
                    retry_after::wait(answer.header("retry-after"), answer.header("date"))
                }
                _ => return result.and_then(|answer| plain(answer, to)),
            };
            let wait = asked.unwrap_or_else(|| rule.backoff(tried, self.random()));
            let until = later(self.clock.now(), wait);
            if wait > rule.patience {
                return Err(HttpError::Throttled {
                    until,
                    request_id: None,
                });
            }
            if tried >= rule.failed_tries {
                return result.and_then(|answer| plain(answer, to));
            }
            self.clock.sleep_until(until).await;
        }
    }
}

fn plain(answer: Answer, to: SafeUrl) -> Result<Answer, HttpError> {
    let gateway = answer.status.is_server_error();
    if answer.status.is_redirection() || (answer.has_body() && !answer.is_json() && !gateway) {
        return Err(HttpError::WebPage { to });
    }
    if gateway && !answer.is_json() {
        return Err(HttpError::Refused(Refusal::of(&answer, false)));
    }
    Ok(answer)
}
