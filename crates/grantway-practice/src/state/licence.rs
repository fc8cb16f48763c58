//! Bought licences.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A licence that a tenant bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sku {
    /// Product id.
    pub id: Uuid,
    /// Product code, `SPB`.
    pub part_number: String,
    /// `Enabled`, `Warning`, `Suspended`, `Deleted` or `LockedOut`.
    pub status: String,
    /// How many there are.
    pub counts: SkuCounts,
    /// What is in it.
    pub plans: Vec<ServicePlan>,
}

/// How many units of a licence there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuCounts {
    /// Bought and usable.
    pub enabled: i32,
    /// Given to users.
    pub consumed: i32,
}

/// A service inside a licence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePlan {
    /// Plan id.
    pub id: Uuid,
    /// Plan code, `AAD_PREMIUM`.
    pub name: String,
    /// `Success`, `Disabled` and the like.
    pub status: String,
}

/// A licence of the catalogue by its product code, without counts.
pub fn sku_by_part_number(part_number: &str) -> Option<Sku> {
    let line = include_str!("../../data/licences.txt")
        .lines()
        .find(|line| line.split_whitespace().next() == Some(part_number))?;
    let mut parts = line.split_whitespace();
    let part_number = parts.next()?.to_owned();
    let id = parts.next()?.parse().ok()?;
    let plans = parts
        .filter_map(|plan| {
            let (name, id) = plan.split_once('=')?;
            Some(ServicePlan {
                id: id.parse().ok()?,
                name: name.to_owned(),
                status: "Success".to_owned(),
            })
        })
        .collect();
    Some(Sku {
        id,
        part_number,
        status: "Enabled".to_owned(),
        counts: SkuCounts {
            enabled: 0,
            consumed: 0,
        },
        plans,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn business_premium_holds_p1_and_a_mailbox() {
        let sku = sku_by_part_number("SPB").expect("in the catalogue");
        let names: Vec<_> = sku.plans.iter().map(|plan| plan.name.as_str()).collect();
        assert!(names.contains(&"AAD_PREMIUM") && names.contains(&"EXCHANGE_S_STANDARD"));
        assert!(sku_by_part_number("NOTHING").is_none());
    }

    #[test]
    fn every_line_of_the_catalogue_is_read() {
        for line in include_str!("../../data/licences.txt")
            .lines()
            .filter(|line| !line.starts_with('#'))
        {
            let name = line.split_whitespace().next().expect("a product code");
            let sku = sku_by_part_number(name).expect(name);
            assert_eq!(
                sku.plans.len(),
                line.split_whitespace().count() - 2,
                "{name}"
            );
        }
    }
}
