//! Everything that the UI may ask. A closed list: no path, no address, no query of the UI's own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::*;

/// A call. Names of setups, steps, checks and fields are those that views gave.
#[derive(Debug, Clone, PartialEq, Deserialize, TS)]
#[serde(
    tag = "call",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Call {
    /// → [`Reply::Frame`]
    Frame,
    /// → [`Reply::Home`]
    Home,
    /// → [`Reply::Gallery`]
    Gallery,
    /// → [`Reply::Setup`]; a phase that is over is shown read-only.
    Setup {
        /// The setup.
        id: String,
        /// The phase to look at; none is where it stands.
        phase: Option<PhaseName>,
    },
    /// → [`Reply::Customer`]; a problem where the setup has no such customer.
    Customer {
        /// The setup.
        id: String,
        /// The customer's tenant, as the matrix names it.
        tenant: String,
    },
    /// → [`Reply::Customers`]
    Customers,
    /// → [`Reply::Activity`]
    Activity {
        /// Only this setup.
        setup: Option<String>,
    },
    /// → [`Reply::Pairing`]; a problem where the step has nothing to pair.
    Pairing {
        /// The setup.
        id: String,
        /// The step.
        step: String,
    },
    /// → [`Reply::Practice`]; a problem outside practice mode.
    Practice,
    /// → [`Reply::Settings`]
    Settings,
    /// → [`Reply::ProfileForm`]
    ProfileForm {
        /// What the profile is made from, as the gallery names it.
        template: String,
    },

    /// Makes a profile of one's own. → [`Reply::Form`]: nothing is kept while a field is wrong.
    MakeProfile {
        /// What it is made from.
        template: String,
        /// The answers by field.
        answers: BTreeMap<String, String>,
    },
    /// Lets the person choose a file and keeps the profile in it. → [`Reply::Form`]; a file that is wrong is not kept.
    ImportProfile,
    /// Writes a profile of one's own to a file. → [`Reply::Saved`]
    ExportProfile {
        /// The profile.
        profile: String,
    },
    /// Puts a profile of one's own away. → [`Reply::Done`]; a problem while a setup needs it.
    PutProfileAway {
        /// The profile.
        profile: String,
    },

    /// Begins a setup. → [`Reply::Opened`]
    Open {
        /// The vendor profile.
        profile: String,
    },
    /// Begins a setup whose form already names these customers. → [`Reply::Opened`]
    OpenFor {
        /// The vendor profile.
        profile: String,
        /// Their tenants.
        customers: Vec<String>,
    },
    /// Gives answers. → [`Reply::Form`]: nothing is stored while a field is wrong.
    Answer {
        /// The setup.
        id: String,
        /// The answers by field.
        answers: BTreeMap<String, String>,
    },
    /// Opens the sign-in of a seat in a lane. → [`Reply::Done`] once the window or browser is open.
    SignIn {
        /// The setup.
        id: String,
        /// The seat.
        seat: String,
        /// The lane; none is the default one.
        lane: Option<u8>,
    },
    /// Brings the open session's window to the front. → [`Reply::Done`]
    ShowSession {
        /// The setup.
        id: String,
    },
    /// Stops the open session. → [`Reply::Done`]
    StopSession {
        /// The setup.
        id: String,
    },
    /// Forgets the sign-in of a seat. → [`Reply::Done`]
    SignOut {
        /// The setup.
        id: String,
        /// The seat.
        seat: String,
    },
    /// Reads and judges; makes the plan when nothing failed. → [`Reply::Done`]
    Check {
        /// The setup.
        id: String,
    },
    /// Opens the page on which a check is mended by hand; its tenant is read again afterwards. → [`Reply::Done`] once it is
    /// open.
    OpenPage {
        /// The setup.
        id: String,
        /// The check.
        check: String,
        /// Its remedy.
        remedy: String,
        /// The lane; none is the default one.
        lane: Option<u8>,
    },
    /// The person is through with the page that is open; its session is closed. → [`Reply::Done`]
    FinishPage {
        /// The setup.
        id: String,
    },
    /// Accepts a check that did not pass and does not block. → [`Reply::Done`]
    Accept {
        /// The setup.
        id: String,
        /// The check.
        check: String,
    },
    /// Accepts several checks at once, all or none of them. → [`Reply::Done`]
    AcceptAll {
        /// The setup.
        id: String,
        /// The checks, as [`ForAllView`] names them.
        checks: Vec<String>,
    },
    /// Makes the plan. → [`Reply::Done`]
    Plan {
        /// The setup.
        id: String,
    },
    /// Approves the plan that was shown and begins to apply it. → [`Reply::Done`]
    Approve {
        /// The setup.
        id: String,
        /// The fingerprint of the plan that was shown.
        fingerprint: String,
        /// What was typed.
        typed: String,
    },
    /// Lets the run go on after a pause or a fresh sign-in. → [`Reply::Done`]
    GoOn {
        /// The setup.
        id: String,
    },
    /// Lets nothing new begin. → [`Reply::Done`]
    Pause {
        /// The setup.
        id: String,
    },
    /// Opens the session of a task. → [`Reply::Done`] once it is open.
    StartTask {
        /// The setup.
        id: String,
        /// The step.
        step: String,
        /// The lane; none is the default one.
        lane: Option<u8>,
    },
    /// The person says that a task is done; its session is closed and the effect is looked at. → [`Reply::Done`]
    FinishTask {
        /// The setup.
        id: String,
        /// The step.
        step: String,
        /// How often credentials were asked for, where no window of ours could count.
        prompts: Option<u8>,
        /// What the person brings back from the page, where the task asks for it.
        given: Option<String>,
    },
    /// Tries a step again. → [`Reply::Done`]
    Retry {
        /// The setup.
        id: String,
        /// The step.
        step: String,
    },
    /// Removes what a step has left and makes it ready to be done again. → [`Reply::Done`]
    StartOver {
        /// The setup.
        id: String,
        /// The step.
        step: String,
    },
    /// Puts a value on the clipboard; a secret goes there from the vault and never comes here. → [`Reply::Done`]
    Copy {
        /// The setup.
        id: String,
        /// The step.
        step: String,
        /// The value's place in the card.
        index: usize,
    },
    /// Reads back. → [`Reply::Done`]
    Prove {
        /// The setup.
        id: String,
    },
    /// Reads back every setup that is made and has one of these customers. → [`Reply::Done`]
    ProveFor {
        /// Their tenants.
        customers: Vec<String>,
    },
    /// Writes customers to a file of comma-separated values, in this order. → [`Reply::Saved`]
    ExportCustomers {
        /// Their tenants.
        customers: Vec<String>,
    },
    /// Gives the names that another portal lists. → [`Reply::Form`]: nothing is stored while a line is wrong.
    GivePairList {
        /// The setup.
        id: String,
        /// The step.
        step: String,
        /// The names, one on each line, or a table with headings.
        list: String,
    },
    /// Lets the person choose a file with those names. → [`Reply::Form`]
    ChoosePairList {
        /// The setup.
        id: String,
        /// The step.
        step: String,
    },
    /// Pairs tenants with names, all of them or none. → [`Reply::Done`]
    Pair {
        /// The setup.
        id: String,
        /// The step.
        step: String,
        /// The pairs.
        pairs: Vec<PairChoice>,
    },
    /// The person says that they have made the pairs that are shown. → [`Reply::Done`]
    ConfirmPairs {
        /// The setup.
        id: String,
        /// The step.
        step: String,
        /// What [`PairConfirmView`] names the pairs by.
        shown: String,
    },
    /// Writes pairs to a file of comma-separated values, in this order. → [`Reply::Saved`]
    ExportPairs {
        /// The setup.
        id: String,
        /// The step.
        step: String,
        /// The tenants.
        tenants: Vec<String>,
    },
    /// Takes everything back. → [`Reply::Done`]
    TakeBack {
        /// The setup.
        id: String,
        /// What was typed.
        typed: String,
    },
    /// Writes the proof to a file. → [`Reply::Saved`]
    SaveProof {
        /// The setup.
        id: String,
        /// `html` or `json`.
        format: String,
    },
    /// Puts a setup away. → [`Reply::Done`]
    Close {
        /// The setup.
        id: String,
        /// Whether Grantway's own permissions go first; it is put away once they are gone.
        end_consents: bool,
    },

    /// Opens a journal that is open for reading only anew. → [`Reply::Done`]; the frame tells whether it helped.
    TryAgain,
    /// Writes all entries that can be read to a file. → [`Reply::Saved`]
    ExportJournal,
    /// Sets a damaged journal aside and begins a new one. → [`Reply::Saved`] with the folder in which the damaged one lies.
    StartAfresh,

    /// Switches to practice. → [`Reply::Done`]
    EnterPractice,
    /// Switches to the real cloud. → [`Reply::Done`]
    LeavePractice,
    /// Loads a scenario afresh; practice setups are put away with it. → [`Reply::Done`]
    LoadScenario {
        /// The scenario.
        id: String,
    },
    /// Moves the practice clock forward. → [`Reply::Done`]
    MoveClock {
        /// By how much, in seconds.
        seconds: u32,
    },
    /// Answers a prompt of the practice phone. → [`Reply::Done`]
    Phone {
        /// The prompt.
        id: String,
        /// The number that was typed; none says "no, it is not me".
        number: Option<u8>,
    },

    /// Lets the person choose a cloud file, and opens its cloud. → [`Reply::Form`]; a file that is wrong is not kept.
    ChooseCloudFile,
    /// Goes back to the clouds that are built in. → [`Reply::Done`]
    RemoveCloudFile,
    /// Changes settings. → [`Reply::Form`]
    Change {
        /// What to change.
        change: SettingsChange,
    },
}

/// The answer to a call.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "reply", content = "value", rename_all = "camelCase")]
#[ts(export)]
pub enum Reply {
    /// The frame.
    Frame(FrameView),
    /// Home.
    Home(HomeView),
    /// The gallery.
    Gallery(GalleryView),
    /// The form of a profile of one's own.
    ProfileForm(ProfileFormView),
    /// A setup.
    Setup(Box<SetupView>),
    /// One of several customers.
    Customer(Box<CustomerView>),
    /// Customers.
    Customers(CustomersView),
    /// Activity.
    Activity(ActivityView),
    /// Pairs.
    Pairing(Box<PairingView>),
    /// Practice.
    Practice(PracticeView),
    /// Settings.
    Settings(SettingsView),
    /// A setup was begun.
    Opened {
        /// Its id.
        id: String,
    },
    /// What came of a form.
    Form(FormOutcome),
    /// A file was written.
    Saved {
        /// Where.
        path: String,
    },
    /// Done; events tell what changed.
    Done,
}
