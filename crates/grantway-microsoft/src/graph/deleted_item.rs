//! The directory's recycle bin.

use grantway_core::{ObjectId, Timestamp};
use serde::Deserialize;

use super::Graph;
use crate::http::{Call, HttpError};

/// `directoryObject` in the recycle bin.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedItem {
    /// Its object id, the same as before.
    pub id: String,
    /// When it was deleted.
    #[serde(default)]
    pub deleted_date_time: Option<Timestamp>,
}

impl Graph {
    /// A deleted object, where it is in the bin. Scope: the reading scope of its kind.
    ///
    /// # Errors
    /// See [`HttpError`]; 404 when it is not in the bin.
    pub async fn deleted_item(&self, id: ObjectId) -> Result<DeletedItem, HttpError> {
        let call = Call::get(format!("/v1.0/directory/deletedItems/{id}"))
            .query("$select", "id,deletedDateTime");
        self.service.send(&call).await?.json()
    }
}
