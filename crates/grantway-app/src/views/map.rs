//! The grant map.

use grantway_core::plan::GrantMap;

use super::{times, words};
use crate::app::App;
use crate::contract::{MapArrow, MapNode, MapView};

impl App {
    pub(crate) fn map_view(&self, map: &GrantMap) -> MapView {
        let nodes = map.nodes.iter().map(|node| {
            let title = self.text(&node.title);
            MapNode {
                id: node.id.clone(),
                party: words::party(node.party),
                inside: node.inside.clone(),
                initials: words::initials(&title),
                title,
                note: node.note.as_ref().map(|note| self.text(note)),
                passing: node.passing,
                step: node.step.as_ref().map(ToString::to_string),
            }
        });
        let arrows = map.arrows.iter().map(|arrow| MapArrow {
            from: arrow.from.clone(),
            to: arrow.to.clone(),
            title: self.text(&arrow.title),
            until: arrow.ends.as_ref().map(|ends| self.text(ends)).or_else(|| {
                arrow.until.map(|until| {
                    self.text(
                        &grantway_core::Text::new("map-until")
                            .with("day", times::day(until, &self.order.zone)),
                    )
                })
            }),
            risk: words::risk(arrow.risk),
            passing: arrow.passing,
            step: arrow.step.to_string(),
        });
        MapView {
            nodes: nodes.collect(),
            arrows: arrows.collect(),
        }
    }
}
