//! `/me`: the account of the token. A provider's account has no object in a customer's tenant.

use super::answer::{Outcome, Refusal};
use super::context::Context;
use super::kind::USER;
use super::path::Key;
use super::{membership, user};

pub(super) fn get(context: &Context<'_>, _: &[Key]) -> Outcome {
    require_object(context)?;
    let id = context.caller.object();
    let item = context.tenant(|tenant| {
        let user = tenant
            .users
            .get(&id)
            .ok_or_else(|| Refusal::not_found(id))?;
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
    require_object(context)?;
    membership::of(context, context.caller.object(), transitive)
}

// facts: own-app-and-tokens §2.2: seen for `/me/memberOf`, concluded for `/me`.
fn require_object(context: &Context<'_>) -> Result<(), Refusal> {
    if context.caller.is_foreign() {
        return Err(Refusal::bad_request(
            "The requested user is not an object of this tenant.",
        ));
    }
    Ok(())
}
