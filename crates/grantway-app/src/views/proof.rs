//! The proof as a document: the same sentences as on the screen.

use grantway_core::Text;
use grantway_core::journal::Standing;
use grantway_report::{
    Approval, ChangeLine, PairLine, PartyLine, ProofDocument, ProofLine, StaysLine, TakeBack,
};

use crate::app::{App, Subject};

impl App {
    pub(crate) fn proof_document(&self, subject: &Subject) -> ProofDocument {
        let state = &subject.state;
        let now = subject.world.clock.now();
        let plan = state.plan.as_ref();
        let rows = || plan.iter().flat_map(|plan| &plan.rows);
        let changes = rows()
            .filter(|row| row.step.desired().is_some())
            .map(|row| {
                let standing = state.standing(&row.step.id);
                let already = row.outlook.action == grantway_core::plan::Action::AlreadyRight;
                let (_, word) = self.standing(subject, standing, already);
                ChangeLine {
                    step: row.step.id.to_string(),
                    title: self.text(&row.step.title),
                    place: row.step.place.name.clone(),
                    action: self.text(&row.step.means),
                    state: word,
                }
            });
        let at = state.proved.unwrap_or(now);
        let proofs = state.proofs.iter().map(|p| ProofLine {
            step: p.step.to_string(),
            standing: p.proof.standing,
            claim: self.text(&p.proof.claim),
            place: p.place.name.clone(),
            read_from: self.text(&p.proof.read_from),
            found: self.text(&p.proof.found),
            at,
            evidence: p.proof.evidence.clone(),
        });
        let stays = state.left.iter().map(|left| StaysLine {
            what: self.text(&left.what),
            place: left.place.name.clone(),
            because: self.text(&left.because),
            by_hand: self.text(&left.by_hand),
            failed: matches!(state.standing(&left.step), Standing::UndoFailed(_)),
        });
        let failed = state
            .steps
            .values()
            .filter(|step| matches!(step.standing, Standing::UndoFailed(_)))
            .count();
        ProofDocument {
            setup: subject.id.to_string(),
            pattern: self.text(&subject.pattern.name()),
            profile: subject.profile.name.clone(),
            cloud: subject.world.cloud.name().to_owned(),
            practice: subject.world.is_practice(),
            made: now,
            summary: plan.map_or_else(String::new, |plan| self.text(&plan.summary)),
            parties: subject
                .places
                .iter()
                .map(|place| PartyLine {
                    party: place.party,
                    name: place.name.clone(),
                    tenant: Some(place.tenant.to_string()),
                })
                .collect(),
            approval: state
                .approved
                .as_ref()
                .zip(plan)
                .map(|((by, at), plan)| Approval {
                    by: by.clone(),
                    at: *at,
                    plan: plan.number,
                    fingerprint: plan.fingerprint.to_string(),
                    changes: plan.changes(),
                }),
            changes: changes.collect(),
            proofs: proofs.collect(),
            pairs: pairs_of(subject),
            stays: stays.collect(),
            take_back: match (state.undo_began, state.undo_ended) {
                (None, _) => TakeBack::NotBegun,
                (Some(at), None) => TakeBack::Begun {
                    by: subject.by(),
                    at,
                },
                (Some(_), Some(at)) => {
                    let key = if failed == 0 {
                        "done-taken-back"
                    } else {
                        "done-left-over"
                    };
                    TakeBack::Ended {
                        by: subject.by(),
                        at,
                        outcome: self.text(&Text::new(key).with("count", failed)),
                    }
                }
            },
        }
    }
}

/// The pairs that people have confirmed, in the order of the plan.
fn pairs_of(subject: &Subject) -> Vec<PairLine> {
    let state = &subject.state;
    let rows = state.plan.iter().flat_map(|plan| &plan.rows);
    let pairings = rows.filter_map(|row| {
        let step = state.steps.get(&row.step.id)?;
        Some((row.step.pairing()?, &step.pairs.confirmed))
    });
    pairings
        .flat_map(|(pairing, confirmed)| {
            pairing.places().filter_map(|place| {
                let pair = confirmed.get(&place.tenant)?;
                Some(PairLine {
                    tenant: place.tenant.to_string(),
                    name: place.name.clone(),
                    other: pair.name.clone(),
                    by: pair.by.clone(),
                    at: pair.at,
                })
            })
        })
        .collect()
}
