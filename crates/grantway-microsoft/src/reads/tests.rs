//! Questions against scripted answers: what is asked, what is concluded, and what is never taken for an answer.

use grantway_core::change::Registry;
use grantway_core::desired::Known;
use grantway_core::question::{
    AccessPolicies, Ask, AuditLog, AuditLogSeen, AuthenticatorPolicy, GuestTwin, Question,
    RegistrationReport, Relationships, SignInMethods,
};
use grantway_core::{Fault, FaultKind, ObjectId, Upn};
use serde_json::{Value, json as value};

use crate::http::scripted::{Bench, Reply, Server, actor, json, refusal, tenant};

struct Desk {
    server: Server,
    registry: Registry,
}

impl Desk {
    async fn with(replies: impl IntoIterator<Item = Reply>) -> Self {
        let server = Server::start(replies).await;
        let registry = super::registry(&Bench::of(&server).graphs);
        Self { server, registry }
    }

    async fn by_path(replies: impl IntoIterator<Item = (String, Reply)>) -> Self {
        let server = Server::by_path(replies).await;
        let registry = super::registry(&Bench::of(&server).graphs);
        Self { server, registry }
    }

    async fn ask<T: Ask>(&self, about: T) -> Result<T::Answer, Fault> {
        let question = Question::of(tenant(2), &about);
        let reader = self.registry.reader(T::KIND).unwrap();
        let answer = reader.read(&question, Some(&actor())).await?;
        Ok(serde_json::from_value(answer).unwrap())
    }
}

#[tokio::test]
async fn policies_are_read_with_what_decides_about_providers() {
    let policy = value!({
        "id": "p1", "displayName": "Microsoft-managed: Second factor", "state": "enabled", "templateId": "t",
        "conditions": { "users": { "includeUsers": ["All"], "excludeUsers": [] } },
        "grantControls": {
            "operator": "OR", "builtInControls": ["mfa"], "customAuthenticationFactors": ["duo"],
            "authenticationStrength": { "id": "s1", "displayName": "x" },
        },
    });
    let bare =
        value!({ "id": "p2", "conditions": {}, "grantControls": null, "sessionControls": {} });
    let desk = Desk::with([json(200, value!({ "value": [policy, bare] }))]).await;
    let (one, two) = futures_util::join!(desk.ask(AccessPolicies {}), desk.ask(AccessPolicies {}));
    let (all, same) = (one.unwrap(), two.unwrap());
    assert_eq!(all, same);
    assert_eq!(
        desk.server.lines().len(),
        1,
        "one list for who asks at once"
    );
    assert!(all[0].may_hit_service_providers());
    assert_eq!(all[0].custom_factors, ["duo"]);
    assert!(!all[1].may_hit_service_providers());

    let desk = Desk::with([refusal(403, "AccessDenied", "no")]).await;
    let fault = desk.ask(AccessPolicies {}).await.unwrap_err();
    let FaultKind::Refused { needs } = fault.kind else {
        panic!("{fault:?}");
    };
    assert_eq!(needs, ["Policy.Read.All", "Security Reader"]);
    assert_eq!(fault.doing.args["what"], "access-policies".into());
}

#[tokio::test]
async fn an_audit_log_is_off_only_where_the_service_says_so() {
    let inner = value!({ "error": { "code": "AuditingDisabledTenant", "message": "Auditing is disabled for this tenant." } });
    let forms = [
        refusal(400, "UnknownError", &inner.to_string()),
        refusal(400, "BadRequest", r#"{"Status":"AuditingDisabledTenant"}"#),
        refusal(400, "AuditingDisabledTenant", ""),
        json(400, value!({ "Status": "AuditingDisabledTenant" })),
        json(
            400,
            value!({ "error": { "code": "BadRequest", "message": "", "Status": "AuditingDisabledTenant" } }),
        ),
    ];
    for form in forms {
        let desk = Desk::with([form]).await;
        assert_eq!(desk.ask(AuditLog {}).await.unwrap(), AuditLogSeen::Off);
    }
    // A gateway that gives up is asked again.
    let html = Reply::Whole {
        status: 504,
        headers: vec![("Content-Type", "text/html".into())],
        body: "<html>".into(),
    };
    let desk = Desk::with([
        html,
        json(201, value!({ "id": "q1", "status": "notStarted" })),
    ])
    .await;
    assert_eq!(desk.ask(AuditLog {}).await.unwrap(), AuditLogSeen::On);
    let asked = &desk.server.asked()[1];
    assert_eq!(asked.line, "POST /v1.0/security/auditLog/queries");
    let body: Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(body["filterStartDateTime"], "2026-11-22T09:59:00Z");

    for (answer, is_expected) in [
        (
            refusal(403, "Forbidden", "AuditingDisabledTenant is not for you"),
            (|kind| matches!(kind, FaultKind::Refused { .. })) as fn(&FaultKind) -> bool,
        ),
        (refusal(400, "BadRequest", "Invalid filter"), |kind| {
            *kind == FaultKind::Invalid
        }),
        (refusal(404, "NotFound", "no such thing"), |kind| {
            *kind == FaultKind::NotFound
        }),
    ] {
        let desk = Desk::with([answer]).await;
        let fault = desk.ask(AuditLog {}).await.unwrap_err();
        assert!(is_expected(&fault.kind), "{fault:?}");
    }
}

#[tokio::test]
async fn a_guest_twin_is_known_by_its_name_or_its_mail() {
    let account = || GuestTwin {
        account: Upn::parse("dana@larkspur-it.example").unwrap(),
    };
    let user = |upn: &str, mail: &str, kind: &str| {
        let user = value!({ "id": "8f4c2a10-0000-4000-8000-0000000a6d21", "displayName": "Dana", "userPrincipalName": upn, "mail": mail, "userType": kind });
        json(200, value!({ "value": [user] }))
    };
    for guest in [
        user("dana_larkspur-it.example#EXT#@alder.example", "", "Guest"),
        user("Dana_Larkspur-IT.example#EXT#@alder.example", "", "Member"),
        user("renamed@alder.example", "Dana@Larkspur-IT.example", "Guest"),
    ] {
        let desk = Desk::with([guest]).await;
        let seen = desk.ask(account()).await.unwrap();
        assert_eq!(seen.map(|seen| seen.name).as_deref(), Some("Dana"));
        let line = &desk.server.lines()[0];
        assert!(
            line.contains("dana_larkspur-it.example%23EXT%23%40"),
            "{line}"
        );
    }
    for nobody in [
        json(200, value!({ "value": [] })),
        user("dana@alder.example", "dana@larkspur-it.example", "Member"),
    ] {
        let desk = Desk::with([nobody]).await;
        assert_eq!(desk.ask(account()).await.unwrap(), None);
    }
    let desk = Desk::with([refusal(403, "Authorization_RequestDenied", "no")]).await;
    let fault = desk.ask(account()).await.unwrap_err();
    assert!(matches!(fault.kind, FaultKind::Refused { .. }));
}

#[tokio::test]
async fn authenticator_and_methods_of_other_vendors_are_read_from_one_policy() {
    let method = |kind: &str, id: &str, state: &str| value!({ "@odata.type": format!("#microsoft.graph.{kind}"), "id": id, "state": state, "excludeTargets": [] });
    let mut authenticator = method(
        "microsoftAuthenticatorAuthenticationMethodConfiguration",
        "MicrosoftAuthenticator",
        "enabled",
    );
    authenticator["includeTargets"] =
        value!([{ "targetType": "group", "id": "all_users", "authenticationMode": "any" }]);
    let external = "externalAuthenticationMethodConfiguration";
    let mut duo = method(external, "e1", "enabled");
    duo["displayName"] = "Duo".into();
    let all = [
        authenticator,
        method("smsAuthenticationMethodConfiguration", "Sms", "enabled"),
        duo,
        method(external, "e2", "disabled"),
    ];
    let policy = |all: &[Value]| {
        json(
            200,
            value!({ "id": "p", "authenticationMethodConfigurations": all }),
        )
    };
    let desk = Desk::with([policy(&all), policy(&all[1..])]).await;
    let seen = desk.ask(AuthenticatorPolicy {}).await.unwrap();
    assert!(seen.push_for_everybody());
    assert_eq!(seen.external, ["Duo"]);
    // Silence is no answer.
    let fault = desk.ask(AuthenticatorPolicy {}).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::UnexpectedAnswer);
}

#[tokio::test]
async fn an_accounts_methods_and_the_report_each_answer_where_the_other_is_refused() {
    const USER: &str = "22222222-0000-4000-8000-000000000002";
    let about = || SignInMethods {
        account: Known::Now(ObjectId::parse(USER).unwrap()),
    };
    let user = || {
        let times = value!({ "id": USER, "userPrincipalName": "svc@larkspur-it.example",
            "createdDateTime": "2026-11-22T09:00:00Z", "lastPasswordChangeDateTime": "2026-11-22T09:10:00Z" });
        (format!("GET /v1.0/users/{USER}"), json(200, times))
    };
    let methods = |reply: Reply| {
        (
            format!("GET /v1.0/users/{USER}/authentication/methods"),
            reply,
        )
    };
    let report = |reply: Reply| {
        let path = "reports/authenticationMethods/userRegistrationDetails";
        (format!("GET /v1.0/{path}"), reply)
    };
    let method = |kind: &str| value!({ "@odata.type": format!("#microsoft.graph.{kind}"), "id": "m", "createdDateTime": "2026-11-22T09:12:00Z" });
    let live = || {
        let all = [
            method("passwordAuthenticationMethod"),
            method("microsoftAuthenticatorAuthenticationMethod"),
            method("phoneAuthenticationMethod"),
        ];
        json(200, value!({ "value": all }))
    };
    let record = || {
        let record = value!({ "id": USER, "isMfaRegistered": true, "lastUpdatedDateTime": "2026-11-22T10:00:00Z",
            "methodsRegistered": ["microsoftAuthenticatorPush"] });
        json(200, value!({ "value": [record] }))
    };
    let refused = || refusal(403, "accessDenied", "no");
    let unlicensed = || {
        let code = "Authentication_RequestFromNonPremiumTenantOrB2CTenant";
        refusal(
            403,
            code,
            "Neither tenant is B2C or tenant doesn't have premium license",
        )
    };

    let desk = Desk::by_path([user(), methods(live()), report(record())]).await;
    let seen = desk.ask(about()).await.unwrap();
    let of_account = seen.methods.unwrap();
    assert!(of_account.authenticator);
    assert_eq!(of_account.others, ["phoneAuthenticationMethod"]);
    assert_eq!(
        of_account.since,
        Some("2026-11-22T09:12:00Z".parse().unwrap())
    );
    assert!(matches!(&seen.report, RegistrationReport::Seen(record) if record.has_push()));
    let asked = desk.server.lines();
    let filter = "userPrincipalName%20eq%20%27svc%40larkspur-it.example%27";
    assert!(asked.iter().any(|line| line.contains(filter)), "{asked:?}");

    // A new account has no record; a tenant without P1 has no report.
    for (reply, wanted) in [
        (
            json(200, value!({ "value": [] })),
            RegistrationReport::NoRecord,
        ),
        (unlicensed(), RegistrationReport::NotReadable),
    ] {
        let desk = Desk::by_path([user(), methods(live()), report(reply)]).await;
        let seen = desk.ask(about()).await.unwrap();
        assert!(seen.methods.is_some());
        assert_eq!(seen.report, wanted);
    }

    let desk = Desk::by_path([user(), methods(refused()), report(record())]).await;
    let seen = desk.ask(about()).await.unwrap();
    assert_eq!(seen.methods, None);
    assert!(matches!(&seen.report, RegistrationReport::Seen(record) if record.has_push()));

    // Neither may be read: nothing is concluded, and what would do is named.
    let desk = Desk::by_path([user(), methods(refused()), report(refused())]).await;
    let FaultKind::Refused { needs } = desk.ask(about()).await.unwrap_err().kind else {
        panic!("it was answered");
    };
    assert!(needs.contains(&"AuditLog.Read.All".to_owned()), "{needs:?}");
    // The report did not answer: that is not "may not".
    let broken = refusal(400, "BadRequest", "malformed");
    let desk = Desk::by_path([user(), methods(refused()), report(broken)]).await;
    let fault = desk.ask(about()).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Invalid, "{fault:?}");
}

#[tokio::test]
async fn relationships_with_many_customers_are_read_by_one_list_with_all_its_pages() {
    let relationship = |id: &str, customer: Value| value!({ "id": id, "displayName": id, "status": "active", "customer": customer });
    let of = |last: u128| value!({ "tenantId": tenant(last).to_string().to_uppercase(), "displayName": "" });
    let root = "/v1.0/tenantRelationships/delegatedAdminRelationships";
    let server = Server::start([]).await;
    let next = format!("http://127.0.0.1:{}{root}?$skiptoken=2", server.port);
    let first = [
        relationship("r1", of(11)),
        relationship("open", Value::Null),
        relationship("r2", of(12)),
    ];
    let second = [relationship("r3", of(11)), relationship("other", of(99))];
    server.then([
        json(200, value!({ "value": first, "@odata.nextLink": next })),
        json(200, value!({ "value": second })),
    ]);
    let registry = super::registry(&Bench::of(&server).graphs);
    let reader = registry.reader(Relationships::KIND).unwrap();
    let questions: Vec<Question> = [13, 11, 12, 14, 15]
        .map(|last| {
            Question::of(
                tenant(2),
                &Relationships {
                    customer: tenant(last),
                },
            )
        })
        .to_vec();
    assert!(
        reader
            .together_from()
            .is_some_and(|from| from <= questions.len())
    );
    let answers = reader
        .read_together(&questions, Some(&actor()))
        .await
        .unwrap();
    let ids: Vec<Vec<&str>> = answers
        .iter()
        .map(|answer| {
            answer
                .as_array()
                .unwrap()
                .iter()
                .map(|seen| seen["id"].as_str().unwrap())
                .collect()
        })
        .collect();
    assert_eq!(ids, [vec![], vec!["r1", "r3"], vec!["r2"], vec![], vec![]]);
    let lines = server.lines();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(!lines[0].contains("filter"), "{lines:?}");
}
