//! The contract with the UI: what it may ask, what it is answered, what it hears.
//!
//! Every host (the desktop shell, the loopback host of the tests) carries the same [`Call`]s and
//! [`Event`]s. All text in here is finished: the UI renders it and knows no pattern and no vendor.
//! TypeScript is generated from these types; a stale copy fails the tests.

mod activity;
mod answer;
mod apply;
mod call;
mod check;
mod customers;
mod done;
mod event;
mod frame;
mod gallery;
mod home;
mod map;
mod matrix;
mod pairing;
mod practice;
mod problem;
mod review;
mod settings;
mod setup;
mod sign;
mod sign_in;

pub use activity::{ActivityRow, ActivityView};
pub use answer::{
    AnswerPage, ChoiceView, FieldKind, FieldView, FormOutcome, OnlyWhenView, PickLineView, PickView,
};
pub use apply::{
    ApplyPage, AskView, CopyValueView, ExpectView, NeedAct, NeedCard, NeedKind, PlaceRows, StepRow,
    WaitCard,
};
pub use call::{Call, Reply};
pub use check::{CheckGroup, CheckPage, CheckRow, ForAllView, RemedyPage, RemedyView};
pub use customers::{
    CustomerCell, CustomerColumn, CustomerEnd, CustomerFilter, CustomerRow, CustomerTab,
    CustomersView, ProfileChoice, Readiness,
};
pub use done::{DonePage, LeftRow, ProofRow, TakeBackRow, TakeBackView};
pub use event::{Event, Screen};
pub use frame::{FrameView, ReadOnlyAct, ReadOnlyView};
pub use gallery::{CardView, FactLine, GalleryView, ProfileFormView, TemplateView};
pub use home::{HomeView, SetupLine, WaitGroup};
pub use map::{MapArrow, MapNode, MapView};
pub use matrix::{
    CustomerView, MatrixCell, MatrixColumn, MatrixFilter, MatrixRow, MatrixView, MoreView,
};
pub use pairing::{
    PairChoice, PairConfirmView, PairFilter, PairLine, PairListView, PairTab, PairingView,
};
pub use practice::{PersonLine, PhonePrompt, PracticeView, ScenarioLine};
pub use problem::UiProblem;
pub use review::{ApprovalView, ChangeRow, PlanGroup, ReviewPage};
pub use settings::{CloudFileLine, CloudLine, LaneLine, SettingsChange, SettingsView, Theme};
pub use setup::{Page, PhaseName, PutAwayView, RailState, RailStep, SetupView};
pub use sign::{PartyName, PartyView, RiskView, Sign};
pub use sign_in::{LaneView, ScopeLine, Seat, SeatState, SessionView, SignInPage};
