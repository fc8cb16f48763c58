//! What is true in the practice cloud: tenants and what they hold, registered applications, relationships between tenants, sign-ins and tokens.
//! All of it is plain data that can be written to a file; rules about HTTP live with the services.

mod application;
mod audit;
mod group;
mod licence;
mod phone;
mod policy;
mod recycle;
mod relationship;
mod relationships;
mod resource;
mod role;
mod service_principal;
pub(crate) mod shared_map;
mod sign_in;
mod tenant;
mod tenants;
mod tokens;
mod user;
mod vendor_portal;
mod world;

pub use application::{Application, Publisher, RequestedPermissions};
pub use audit::{AuditLog, AuditQuery};
pub use group::Group;
pub use licence::{ServicePlan, Sku, SkuCounts, sku_by_part_number};
pub use phone::{PhoneAnswer, PhonePrompt, PromptOutcome};
pub use policy::{
    AuthenticationStrength, ConditionalAccessPolicy, conditions, grant_controls, session_controls,
};
pub use recycle::{Deleted, DeletedObject};
pub use relationship::{
    AccessAssignment, AssignmentChange, Operation, PartnerRequest, Relationship, RelationshipStage,
    duration_days,
};
pub use relationships::Relationships;
pub use resource::{
    GRAPH, PARTNER_CENTER, ResourceOffer, graph_offer, resource_offer, resource_offers,
};
pub use role::{
    ROLES, RoleAssignment, RoleDefinition, RoleRequest, role_by_name, role_by_template,
};
pub use service_principal::{
    AppRole, AppRoleAssignment, DelegatedGrant, DelegatedScope, GrantReach, ServicePrincipal,
};
pub(crate) use shared_map::SharedMap;
pub use sign_in::{
    AuthorizationCode, Handover, RefreshToken, SignInRecord, SignInSession, SignIns,
};
pub use tenant::{Domain, DomainKind, Partner, Tenant};
pub use tenants::Tenants;
pub use tokens::{AccessToken, TokenRequest, Tokens};
pub use user::{Authenticator, GuestOf, Password, User, UserKind};
pub use vendor_portal::{VendorAccount, VendorIntegration, VendorLeg, VendorMapping, VendorPortal};
pub use world::{PartnerAnswer, PersonCard, Propagation, Quirks, ScenarioTag, World};
