//! `/me`: the account of the token. A provider's account has no object in a customer's tenant.

use super::answer::{Outcome, Refusal};
use super::context::Context;
use super::kind::USER;
use super::path::Key;
use super::{membership, user};

pub(super) fn get(context: &Context<'_>, _: &[Key]) -> Outcome {
    if context.caller.is_foreign() {
        return Err(Refusal::not_found(context.caller.token.user));
    }
    let item = context.tenant(|tenant| {
        let user = tenant
            .users
            .get(&context.caller.token.user)
            .ok_or_else(|| Refusal::not_found(context.caller.token.user))?;
        Ok(user::shown(user))
    })?;
    context.entity(&USER, "users", item)
}

pub(super) fn member_of(context: &Context<'_>, _: &[Key]) -> Outcome {
    of(context, false)
}

pub(super) fn transitive_member_of(context: &Context<'_>, _: &[Key]) -> Outcome {
    of(context, true)
}

fn of(context: &Context<'_>, transitive: bool) -> Outcome {
    if context.caller.is_foreign() {
        // facts: own-app-and-tokens §2.2
        return Err(Refusal::bad_request(
            "The requested user is not an object of this tenant.",
        ));
    }
    membership::of(context, context.caller.token.user, transitive)
}
