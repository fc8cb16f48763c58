//! What is true in the practice cloud: tenants and what they hold, registered applications, relationships between tenants, sign-ins and tokens.
//! All of it is plain data that can be written to a file; rules about HTTP live with the services.

mod application;
mod group;
mod licence;
mod phone;
mod policy;
mod recycle;
mod relationship;
mod resource;
mod role;
mod service_principal;
mod sign_in;
mod tenant;
mod tokens;
mod user;
mod vendor_portal;
mod world;

pub use application::{Application, Publisher, RequestedPermissions};
pub use group::Group;
pub use licence::{ServicePlan, Sku, SkuCounts, sku_by_part_number};
pub use phone::{PhoneAnswer, PhonePrompt, PromptOutcome};
pub use policy::ConditionalAccessPolicy;
pub use recycle::{Deleted, DeletedObject};
pub use relationship::{
    AccessAssignment, AssignmentChange, Operation, PartnerRequest, Relationship, RelationshipStage,
};
pub use resource::{GRAPH, GraphOffer, graph_offer};
pub use role::{ROLES, RoleAssignment, RoleDefinition, role_by_name, role_by_template};
pub use service_principal::{
    AppRole, AppRoleAssignment, DelegatedGrant, DelegatedScope, GrantReach, ServicePrincipal,
};
pub use sign_in::{
    AuthorizationCode, Handover, RefreshToken, SignInRecord, SignInSession, SignIns,
};
pub use tenant::{Domain, DomainKind, Tenant};
pub use tokens::{AccessToken, TokenRequest, Tokens};
pub use user::{Authenticator, Password, User, UserKind};
pub use vendor_portal::{VendorAccount, VendorIntegration, VendorLeg, VendorPortal};
pub use world::{PersonCard, Propagation, Quirks, ScenarioTag, World};
