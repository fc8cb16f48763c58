//! A disturbed run of a journey.

use crate::blow::Blow;
use crate::calm::Calm;
use crate::world::Outcome;

/// Where a run is disturbed.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// The act of the app, counted among these.
    pub station: usize,
    /// What falls.
    pub blow: Blow,
    /// What falls while the first one is made good.
    pub again: Option<Blow>,
}

/// What fell.
#[derive(Debug, Default, Clone, Copy)]
pub struct Tally {
    /// The first one.
    pub first: usize,
    /// The second one.
    pub again: usize,
}

impl Point {
    /// Disturbed there, again while that is made good, then run to the end. What is wrong, in words.
    pub async fn run(self, calm: &Calm) -> Result<Tally, String> {
        let name = calm.journey.name;
        self.looked_at(calm)
            .await
            .map_err(|wrong| format!("{name}, {self:?}: {wrong}"))
    }

    async fn looked_at(self, calm: &Calm) -> Result<Tally, String> {
        let station = &calm.stations[self.station];
        let mut world = station.begin().await;
        let mut tally = Tally::default();
        let mut ended = false;
        match world.strike(station.act, self.blow).await? {
            Outcome::Killed => tally.first = 1,
            Outcome::Ended { fell, seen } => {
                tally.first = usize::from(fell);
                if !fell && seen >= self.blow.nth() {
                    return Err(format!("the blow did not fall, and the run had {seen}"));
                }
                ended = true;
            }
        }
        if let (false, Some(again)) = (ended, self.again) {
            match world.strike(station.act, again).await? {
                Outcome::Killed => tally.again = 1,
                Outcome::Ended { fell, .. } => {
                    tally.again = usize::from(fell);
                    ended = true;
                }
            }
        }
        if !ended {
            world.play_to_the_end(station.act).await?;
        }
        calm.is_after(station, &world)?;
        for later in &calm.stations[self.station + 1..] {
            world.others_act(later.others).await;
            world.play_to_the_end(later.act).await?;
            calm.is_after(later, &world)?;
        }
        calm.is_over(&world)?;
        Ok(tally)
    }
}
