//! Values that a plan knows now, and values that exist only when an earlier step has run.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::StepId;

/// A value of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Known<T> {
    /// Exists once a step has run.
    Later {
        /// The step and the name of its output.
        after_apply: Later,
    },
    /// Known when the plan is made.
    Now(T),
}

/// The output of a step that has not run yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// The step.
    pub step: StepId,
    /// The output's name, such as `id`.
    pub output: String,
}

impl<T> Known<T> {
    /// The id of what a step makes.
    pub fn id_of(step: StepId) -> Self {
        Self::output(step, "id")
    }

    /// A named output of a step.
    pub fn output(step: StepId, output: &str) -> Self {
        Known::Later {
            after_apply: Later {
                step,
                output: output.into(),
            },
        }
    }

    /// The value, if it is known.
    pub fn now(&self) -> Option<&T> {
        match self {
            Known::Now(value) => Some(value),
            Known::Later { .. } => None,
        }
    }
}

/// Where the outputs of steps are looked up.
pub trait Outputs {
    /// The output of that name, if the step has run or was right already.
    fn output(&self, step: &StepId, name: &str) -> Option<String>;
}

/// A value that is not known yet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the {output} of step {step} is not known yet")]
pub struct Unresolved {
    /// The step that gives it.
    pub step: StepId,
    /// The output's name.
    pub output: String,
}

/// Replaces every value of an earlier step by what that step gave.
pub fn resolve(value: &Value, outputs: &dyn Outputs) -> Result<Value, Unresolved> {
    match value {
        Value::Object(map) => {
            if map.len() == 1
                && let Some(later) = map.get("after_apply")
                && let Ok(later) = serde_json::from_value::<Later>(later.clone())
            {
                return outputs
                    .output(&later.step, &later.output)
                    .map(Value::String)
                    .ok_or(Unresolved {
                        step: later.step,
                        output: later.output,
                    });
            }
            map.iter()
                .map(|(k, v)| Ok((k.clone(), resolve(v, outputs)?)))
                .collect::<Result<_, _>>()
                .map(Value::Object)
        }
        Value::Array(items) => items
            .iter()
            .map(|v| resolve(v, outputs))
            .collect::<Result<_, _>>()
            .map(Value::Array),
        plain => Ok(plain.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ObjectId;
    use serde_json::json;

    struct One;
    impl Outputs for One {
        fn output(&self, step: &StepId, name: &str) -> Option<String> {
            (step.as_str() == "group" && name == "id")
                .then(|| "8f4c2a10-0000-4000-8000-0000000a6d21".into())
        }
    }

    #[test]
    fn a_later_value_is_replaced_by_what_the_step_gave() {
        let known: Known<ObjectId> = Known::id_of(StepId::new("group"));
        let state = json!({ "member_of": [serde_json::to_value(&known).unwrap()], "name": "x" });
        let resolved = resolve(&state, &One).unwrap();
        assert_eq!(
            resolved,
            json!({ "member_of": ["8f4c2a10-0000-4000-8000-0000000a6d21"], "name": "x" })
        );
        let now: Known<ObjectId> =
            serde_json::from_value(resolved["member_of"][0].clone()).unwrap();
        assert!(now.now().is_some());
    }

    #[test]
    fn what_no_step_gave_is_named() {
        let known: Known<ObjectId> = Known::id_of(StepId::new("account"));
        let missing = resolve(&serde_json::to_value(&known).unwrap(), &One).unwrap_err();
        assert_eq!(missing.step, StepId::new("account"));
    }
}
