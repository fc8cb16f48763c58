### checks, steps and patterns

## Answers of a form

answer-missing = There is no answer here yet.
answer-todo-missing = Type one.
answer-no-domain = "{ $value }" is not a domain.
answer-todo-domain = Type the domain alone, such as contoso.com, without https:// and without a path.
answer-same-domain = "{ $value }" is the provider's domain too.
answer-todo-other-domain = Type the customer's own domain.
answer-no-role = "{ $value }" is not a role that can be left out or kept.
answer-todo-role = Choose among: { $roles }.
answer-no-account = "{ $value }" is not the name of an account.
answer-todo-account = Type a name such as platform@contoso.com. Before the @ stand letters, digits and a few signs, without blanks.
answer-no-name = This cannot be a name.
answer-todo-name = Use { $length } characters at most, in one line.
answer-no-choice = "{ $value }" is none of the choices.
answer-todo-choice = Choose one of: { $values }.
answer-no-client = "{ $value }" is not a client ID.
answer-todo-client = Copy the "Application (client) ID" from the registration's overview in Entra: 32 digits and letters in five groups.

## Checks, whichever the pattern

check-not-read = It could not be read. Microsoft's answer: { $detail } ({ $id })
check-not-known = This version of Grantway does not know this step, so it cannot judge what was read.
check-not-known-needed = A version of Grantway that knows this step.
check-not-known-why = The plan was made by another version.
check-remedy-other-account = Sign in with another account
check-remedy-other-account-detail = You start over clean. Nothing is changed until you approve a plan.
check-remedy-accept = Go on without this check
check-remedy-accept-detail = Your name is recorded with it. The check stays "cannot see".
check-remedy-answer = Change the answer

## GDAP service account: gallery, form, sign-in

gdap-name = GDAP service account
gdap-card-flow-customer = Customer
gdap-card-flow-provider = You
gdap-card-sentence = { $count ->
    [one] One admin role
   *[other] { $count } admin roles
} in the customer, held by one account of yours. { $can }
gdap-card-until = Until
gdap-card-until-relationship = The relationship ends, { $days } days at most
gdap-card-licences = Licences
gdap-card-sign-in = Sign in as
gdap-card-sign-in-admin-agent = Partner Center admin agent
gdap-card-time = Time
gdap-card-minutes = About { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
gdap-seat-provider = A Partner Center admin agent who may create accounts and assign roles: Global Administrator, or User Administrator with Privileged Role Administrator and Conditional Access Administrator. To prove and to take back, Privileged Authentication Administrator and Cloud Application Administrator too.
gdap-field-domain-hint = The domain alone, without https://
gdap-field-provider = Your own domain
gdap-field-provider-why = The account and the group are made in the tenant of this domain: the one that is enrolled with Partner Center.
gdap-field-customer = The customers' domains
gdap-field-customers-hint = One domain for each customer, with commas between, or a list that you paste
gdap-field-customer-why = The tenants of these domains give the roles. One account serves them all; a customer that is not ready is left out and does not stop the others.
gdap-field-group = Name of the security group
gdap-field-group-why = The group gets the roles in the customer. { $vendor } recommends this name for a new one. For one that is there, type the name it has; the checks show who is in it. Groups that hold one role each need no name.
gdap-field-group-way = Group that carries the roles
gdap-field-group-way-why = Roles in a customer are given to groups. A group made for { $vendor } alone is the easiest to understand and to take back. A group that is there brings its members along. Where your customers' roles are held by groups of one role each, as CIPP makes them, the account can join those.
gdap-field-group-way-own = A new group, for this alone
gdap-field-group-way-existing = A group that is there
gdap-field-group-way-role-groups = The groups that hold one role each
gdap-field-account = Name of the account
gdap-field-account-why = { $vendor } works through this account. It is made for this alone and gets no licence.
gdap-field-roles = Roles that the vendor can do without
gdap-field-roles-why = Leave out what you do not want to give. The plan, the relationship and the proof go by what is ticked.
gdap-field-account-hint = One of your own domains whose passwords are kept in Entra

## GDAP service account: a vendor of one's own

own-title = A vendor of your own
own-sentence = Give a vendor that is not here a service account with admin roles in your customers' tenants. You say what the vendor told you; Grantway keeps it as a profile and guides you through the setup as with any other.
own-field-vendor = Vendor
own-field-vendor-why = The company that gets the access, as you name it. It stands on the card and in the plan.
own-field-product = Product
own-field-product-why = What the vendor connects. The profile is called after it.
own-field-purpose = What the vendor does with the access
own-field-purpose-hint = One sentence, such as: It looks for stolen sign-ins and blocks them.
own-field-purpose-why = Whoever approves a plan reads this first: why the vendor gets roles at all, and what it can do with them.
own-field-roles = Roles in the customer
own-field-roles-why = Pick the roles that the vendor asks for, and no others. Say of each what it is used for. Where the vendor can do without one, say what is lost: then it can be left out of a setup.
own-field-roles-purpose = What it is used for
own-field-roles-purpose-example = Reads sign-ins
own-field-roles-lost = What is lost without it, if the vendor can do without it
own-field-roles-lost-example = No report of sign-ins
own-field-roles-global = This role may do everything in the customer, and a relationship that holds it cannot extend itself. Ask the vendor for smaller roles first.
own-field-group = Name of the security group
own-field-group-why = The group gets the roles in each customer. The vendor may recommend a name.
own-field-account = Name of the account
own-field-account-hint = The part before the @
own-field-account-why = The vendor works through this account. It is made for this alone, in your own tenant.
own-field-publisher = Publisher
own-field-publisher-why = The name that Microsoft's consent page shows as the publisher, to the letter. Ask the vendor for it, not the page. Grantway stops where the app is somebody else's.
own-field-badge = Verified by Microsoft
own-field-badge-yes = Yes, with the blue badge
own-field-badge-no = No, the vendor has none
own-field-badge-why = Without the badge anybody can use the vendor's name for an app. Say no only if the vendor told you so; then the application ID is needed.
own-field-app = Application ID
own-field-app-hint = Without it, the ID that the consent page names is kept
own-field-app-why = The ID of the vendor's app at Microsoft, if the vendor tells it. Grantway stops where another app was let in. Without it, Grantway reads the ID from the consent page, and you compare the publisher.
own-field-portal = Address of the vendor's portal
own-field-portal-why = The page at which the integration is added. It opens in a clean session. Only https is allowed.
own-field-hosts = Other hosts of the portal
own-field-hosts-why = Hosts that the portal leads through before Microsoft's sign-in page, such as its own sign-in. Nothing else opens in the clean session. A name that begins with *. stands for all names below it.
own-field-prompts = Sign-ins that the portal asks for
own-field-prompts-count = { $count ->
    [one] 1 sign-in
   *[other] { $count } sign-ins
}
own-field-prompts-why = How often Microsoft's sign-in page comes when nothing interferes. Grantway counts, and tells you where one is missing.
own-field-sentences-hint = One on each line
own-field-acts = What to do in the portal
own-field-acts-why = These lines stand on the card while the portal is open. Change them to what the vendor's instructions say.
own-field-look-for = What to look for afterwards
own-field-look-for-why = How somebody sees in the portal that data of the customer arrives. Nothing of Microsoft's tells that. Without this, Grantway does not ask for it.
own-no-role = "{ $value }" is not a role that a GDAP relationship can hold.
own-todo-role = Pick one of the list.
own-no-roles = No role is picked yet.
own-todo-roles = Pick at least one.
own-all-optional = Every role can be left out.
own-todo-all-optional = Clear what is lost for at least one role that the vendor needs.
own-todo-account = Type the part before the @ alone: letters, digits and a few signs, without blanks.
own-no-sentences = These lines are too many or too long.
own-todo-sentences = Use { $count } lines at most, with { $length } characters at most in each.
own-no-app = "{ $value }" is not an application ID.
own-app-needed = Without the badge, only the application ID tells the vendor's app from a stranger's.
own-todo-app-needed = Ask the vendor for it and type it here.
own-todo-app = Type it as 00000000-0000-0000-0000-000000000000, or leave the field empty.
own-no-portal = "{ $value }" is not an address that a clean session opens.
own-todo-portal = Type an address that begins with https:// and a name, without a user, a port or a blank.
own-no-host = "{ $value }" is not the name of a host.
own-todo-host = Type names such as login.contoso.com, without https:// and without a path.
own-taken = There is a profile with the ID { $id } already.
own-todo-taken = Give the vendor or the product another name. A profile that was put away keeps its ID.
profile-submit = Keep this profile
profile-choose = Choose a profile file
own-no-profile = These answers make no profile: { $detail }
own-todo-no-profile = Change the answer that is named, or send this text to support.

## GDAP service account: checks

gdap-check-partner-tenant = Your tenant is a partner tenant
gdap-check-partner-tenant-needed = The group AdminAgents, once.
gdap-check-partner-tenant-why = Microsoft makes this group in each tenant that is enrolled with Partner Center, and in no other. Only such a tenant can hold GDAP relationships.
gdap-check-partner-tenant-found = The group { $group } is there, once.
gdap-check-partner-tenant-none = There is no group { $group }. This is not a partner tenant.
gdap-check-partner-tenant-many = There are { $count } groups of the name { $group }. Grantway cannot tell which one is Partner Center's.
gdap-check-partner-tenant-answer = Type the domain of the tenant that is enrolled with Partner Center.
gdap-check-partner-tenant-rename = Rename the other group
gdap-check-partner-tenant-rename-detail = The one that Partner Center made has the description of a partner role. Give the other { $group } another name, then check again.

gdap-check-admin-agent = You are an admin agent
gdap-check-admin-agent-needed = A member of AdminAgents.
gdap-check-admin-agent-why = Partner Center lets only admin agents work with GDAP relationships.
gdap-check-admin-agent-found = { $person } is in AdminAgents.
gdap-check-admin-agent-not = { $person } is not in AdminAgents.
gdap-check-admin-agent-make = Make the person an admin agent
gdap-check-admin-agent-make-detail = A Global Administrator gives { $person } the role Admin agent. Then check again.

gdap-check-abilities = You may do what the plan needs
gdap-check-abilities-needed = Global Administrator; or User Administrator, Privileged Role Administrator and Conditional Access Administrator, with Privileged Authentication Administrator and Cloud Application Administrator to prove and to take back.
gdap-check-abilities-why = Grantway acts in your name and can do only what you may do.
gdap-check-abilities-global = { $person } is Global Administrator.
gdap-check-abilities-enough = { $person } holds every role that is needed.
gdap-check-abilities-lacking = { $person } lacks { $count ->
    [one] a role
   *[other] { $count } roles
}: { $roles }.
gdap-check-abilities-later = { $person } can apply the plan. For the proof and for take back { $count ->
    [one] a role is
   *[other] { $count } roles are
} missing: { $roles }.

gdap-check-account-domain = The account's domain signs in at Microsoft
gdap-check-account-domain-needed = A verified domain of your tenant whose passwords are kept in Entra.
gdap-check-account-domain-why = { $vendor } asks for Microsoft Authenticator. An account of a federated domain signs in at another company's page instead.
gdap-check-account-domain-found = { $domain } is a verified domain of { $tenant }, and its passwords are kept in Entra.
gdap-check-account-domain-unknown = { $domain } is not a verified domain of { $tenant }.
gdap-check-account-domain-federated = { $domain } is federated: another system signs its accounts in.
gdap-check-account-domain-answer = Type an account on one of these domains: { $domains }.
gdap-check-account-domain-none-managed = All your domains are federated. Use the one that ends with onmicrosoft.com, or verify another one first.

gdap-check-account-name = The account's name is free
gdap-check-account-name-needed = No account of this name, or the one that this setup made.
gdap-check-account-name-why = The account is made for this alone. An account that somebody uses would get the roles with its user.
gdap-check-account-name-free = There is no { $account } yet.
gdap-check-account-name-taken = { $account } is there and belongs to "{ $name }".
gdap-check-account-name-blocked = { $account } is there and is blocked from signing in.
gdap-check-account-name-answer = Type a name that nobody has.

gdap-check-group = The group's name is free
gdap-check-group-needed = No group of this name.
gdap-check-group-why = Names of groups need not be unique. With two of one name nobody can tell later which one { $vendor } works through.
gdap-check-group-free = There is no group "{ $group }" yet.
gdap-check-group-same-name = { $count ->
    [one] A group "{ $group }" is there already.
   *[other] { $count } groups "{ $group }" are there already.
}
gdap-check-group-use = Choose "A group that is there", and Grantway uses it instead of making one.
gdap-check-group-other-name = Type another name.
gdap-check-group-make = Choose "A new group, for this alone", and Grantway makes one.
gdap-check-group-existing = The group can carry the roles
gdap-check-group-existing-needed = One cloud security group of this name, with nobody in it who should not get the roles.
gdap-check-group-existing-none = There is no group "{ $group }".
gdap-check-group-existing-many = { $count } groups are called "{ $group }". Grantway cannot tell which one you mean.
gdap-check-group-existing-empty = "{ $group }" is a security group with nobody in it.
gdap-check-group-existing-members = { $count ->
    [one] 1 other is in "{ $group }": { $names }. This one gets the roles in your customers too.
   *[other] { $count } others are in "{ $group }": { $names }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }. They get the roles in your customers too.
}
gdap-check-group-existing-not-security = "{ $group }" is no security group, or has a mailbox. Roles can be given to plain security groups only.
gdap-check-group-existing-dynamic = A rule says who is in "{ $group }". Nobody can be put into it.
gdap-check-group-existing-synced = "{ $group }" comes from your own directory and is changed only there.
gdap-check-group-existing-role-assignable = Directory roles may be given to "{ $group }", so only a Privileged Role Administrator may change who is in it, and its members may hold more than you see here.
gdap-check-group-holds = What the group holds already
gdap-check-group-holds-needed = Known which roles "{ $group }" holds in { $customer }.
gdap-check-group-holds-why = Assigning roles replaces the list that stands there. Grantway adds to it, so it has to know it.
gdap-check-group-holds-found = It holds { $count ->
    [0] none
   *[other] { $count }
} of these roles{ $more ->
    [0] {""}
    [one] {" "}and 1 other, which stays
   *[other] {" "}and { $more } others, which stay
}.
gdap-check-role-groups = Groups hold each role
gdap-check-role-groups-needed = For each role a group that holds it in { $customer }, and no other role.
gdap-check-role-groups-why = The account joins these groups. A group that holds more would give { $vendor } more than it needs.
gdap-check-role-groups-all = { $count ->
    [one] A group holds the role alone.
   *[other] { $count } groups hold one role each.
}
gdap-check-role-groups-missing = { $count ->
    [one] No group holds 1 role alone: { $roles }.
   *[other] No group holds { $count } roles alone: { $roles }.
}
gdap-check-role-groups-no-relationship = No active relationship with { $customer } holds every role, so no group can hold them yet.

gdap-check-provider-p1 = Entra ID P1 in your tenant
gdap-check-provider-p1-needed = A licence with Entra ID P1 or P2.
gdap-check-provider-p1-why = { $vendor } asks for a Conditional Access policy for the account, and Conditional Access needs Entra ID P1.
gdap-check-provider-p1-found = { $licence } includes it ({ $count ->
    [one] 1 licence
   *[other] { $count } licences
}).
gdap-check-provider-p1-none = { $count ->
    [0] There is no licence at all.
    [one] The one licence that is there does not include it, or cannot be used.
   *[other] None of the { $count } licences includes it, or they cannot be used.
}
gdap-check-provider-p1-buy = Get a licence with Entra ID P1
gdap-check-provider-p1-buy-detail = It is sold alone, and is part of Microsoft 365 Business Premium, E3, E5 and F3 and of Enterprise Mobility + Security. Then check again.

gdap-check-provider-security-defaults = Security Defaults are off in your tenant
gdap-check-provider-security-defaults-needed = Off.
gdap-check-provider-security-defaults-why = Security Defaults and Conditional Access policies cannot be on at once, and { $vendor } asks for a policy.
gdap-check-provider-security-defaults-off = Off.
gdap-check-provider-security-defaults-on = On.
gdap-check-provider-security-defaults-replace = Put a policy in their place
gdap-check-provider-security-defaults-replace-detail = The plan makes a policy that asks everybody in your tenant for a second factor, switches Security Defaults off, and switches the policy on. { $account } gets its own policy then and is left out of this one.
gdap-check-provider-security-defaults-switch = Switch Security Defaults off by hand
gdap-check-provider-security-defaults-switch-detail = Have your Conditional Access policies ready and switch them on right after it: between the two there are some seconds with neither. Then check again.

gdap-check-relationship = Relationship with the customer
gdap-check-relationship-needed = An active GDAP relationship with { $customer }.
gdap-check-relationship-why = Through it { $customer } gives you roles. Without it there is nothing to pass on to { $vendor }.
gdap-check-relationship-active = "{ $relationship }" is active and has no end date.
gdap-check-relationship-active-until = "{ $relationship }" is active until { $date }.
gdap-check-relationship-extends = "{ $relationship }" is active until { $date } and is extended by itself.
gdap-check-relationship-ends-soon = "{ $relationship }" is active, but ends on { $date }, { $days ->
    [0] today
    [one] in 1 day
   *[other] in { $days } days
}. The roles end with it.
gdap-check-relationship-none = There is no GDAP relationship with { $customer }.
gdap-check-relationship-pending = { $count ->
    [one] The relationship with { $customer } is
   *[other] Of { $count } relationships with { $customer } one is
} asked for, but { $customer } has not approved it yet.
gdap-check-relationship-expired = { $count ->
    [one] The relationship with { $customer } has
   *[other] The { $count } relationships with { $customer } have
} expired.
gdap-check-relationship-terminated = { $count ->
    [one] The relationship with { $customer } was
   *[other] The { $count } relationships with { $customer } were
} terminated.
gdap-check-relationship-own-tenant = This domain belongs to your own tenant, not to a customer.
gdap-check-relationship-own-tenant-answer = Type a domain of the customer.
gdap-check-relationship-extend = Let it extend itself
gdap-check-relationship-extend-detail = Partner Center extends it by six months when it ends. That is not possible when Global Administrator is among its roles.
gdap-check-relationship-approve = Have the customer approve it
gdap-check-relationship-approve-detail = The plan has a link for it. A Global Administrator of { $customer } opens it and approves; everything that needs the roles waits until then.
gdap-check-relationship-request = Ask the customer for a new relationship
gdap-check-relationship-request-detail = Roles cannot be added to an active relationship, so the plan asks { $customer } for a new one with exactly the roles. A Global Administrator of { $customer } approves it by a link that you pass on; everything that needs the roles waits until then.

gdap-check-relationship-roles = Roles in the relationship
gdap-check-relationship-roles-needed = { $count ->
    [one] The role that is needed
   *[other] All { $count } roles
}, in one relationship.
gdap-check-relationship-roles-why = A security group gets its roles from one relationship, and only roles that the relationship holds.
gdap-check-relationship-roles-all = "{ $relationship }" holds { $count ->
    [one] the role
   *[other] all { $count } roles
}.
gdap-check-relationship-roles-missing = "{ $relationship }" lacks { $count } of { $needed } roles: { $roles }.

gdap-check-publisher = The vendor's publisher
gdap-check-publisher-later = It cannot be seen before the consent: the app is not in your tenant yet. Grantway reads it right after the consent and stops if it is another one.
gdap-publisher-needed = An app of { $publisher }.
gdap-publisher-needed-verified = An app of { $publisher }, verified.
gdap-publisher-why = Whoever stands behind the app gets what you consent to. A stranger can call an app { $vendor }, but cannot have the verified publisher.

gdap-check-provider-mailbox = A mailbox in your tenant
gdap-check-provider-mailbox-needed = A licence with an Exchange mailbox that somebody has.
gdap-check-provider-mailbox-why = { $vendor } reads the audit log through Exchange. Without one mailbox there is no Exchange in a tenant.
gdap-check-mailbox-found = { $licence } gives one ({ $count ->
    [one] 1 person has it
   *[other] { $count } people have it
}).
gdap-check-mailbox-unassigned = { $licence } gives one, but nobody has it.
gdap-check-mailbox-none = No licence gives one. Plans such as Exchange Foundation bear the name and have no mailbox.
gdap-check-mailbox-buy = Get one licence with a mailbox
gdap-check-mailbox-buy-detail = The cheapest is Exchange Online Kiosk; Business Basic, Standard and Premium, E3 and E5 have one too. Give it to one person, then check again. Or go on, and map this organisation to the tenant by hand in the vendor's portal.

gdap-check-authenticator = Microsoft Authenticator is allowed in your tenant
gdap-check-authenticator-needed = On, with notifications, for everybody or for the account.
gdap-check-authenticator-why = { $vendor } needs an account that proves itself with Microsoft Authenticator. Second factors of other companies do not work: the vendor's sign-in runs at Microsoft alone.
gdap-check-authenticator-on = On, with notifications, for everybody.
gdap-check-authenticator-some = On, but not with notifications for everybody. See that it covers the new account.
gdap-check-authenticator-off = Off.
gdap-check-authenticator-other-only = Off. What is on instead, { $methods }, belongs to another company and does not work for { $vendor }.
gdap-check-authenticator-switch = Switch Microsoft Authenticator on
gdap-check-authenticator-switch-detail = Enable it, target all users or the new account, mode Any or Push. Then check again.

gdap-check-provider-policies = Conditional Access in your tenant
gdap-check-provider-policies-needed = Nothing but its own policy decides about the account.
gdap-check-provider-policies-why = { $vendor } signs in as the account without a person, from its own network. Another policy would stop it there.
gdap-check-provider-policies-none = No other policy is active.
gdap-check-provider-policies-some = { $count ->
    [one] 1 other policy is active. The plan leaves { $account } out of it
   *[other] { $count } other policies are active. The plan leaves { $account } out of each
}, and gives it a policy of its own.
gdap-check-provider-policies-foreign = { $count ->
    [one] 1 other policy is active. The plan leaves { $account } out of it
   *[other] { $count } other policies are active. The plan leaves { $account } out of each
}. Asking for another company's second factor, which does not work for { $vendor }: { $policies }.

gdap-check-way-in = Grantway can look into the customer's tenant
gdap-check-way-in-needed = The app is let in, and you hold roles there.
gdap-check-way-in-why = Licences, audit log and sign-in rules stand in { $customer }'s own tenant. Grantway reads them in your name, with the roles that the relationship gives you.
gdap-check-way-in-found = { $customer } lets it in ({ $count ->
    [one] 1 permission
   *[other] { $count } permissions
}).
gdap-check-way-in-lacks = { $customer } lets it in, but { $count ->
    [one] 1 permission is
   *[other] { $count } permissions are
} missing: { $permissions }.
gdap-check-way-in-not-yet = { $customer } does not know the app yet ({ $code }).
gdap-check-way-in-no-partner-center = { $customer } does not know the app yet ({ $code }), and Partner Center does not let you consent for it. That is so for indirect resellers. An administrator of { $customer } has to let it in.
gdap-check-way-in-closed = { $customer } hands out no token ({ $code }): { $because }
gdap-check-way-in-no-role = { $customer } does not let you in ({ $code }): no group of yours holds a role there through an active relationship. Ask whoever manages your relationships to put you into one, then check again.
gdap-check-way-in-ask = Ask the customer to let Grantway in
gdap-check-way-in-ask-detail = A first plan gives you a link for an administrator of { $customer }, and waits until they have let Grantway in. Then Grantway checks again and makes the plan for the rest.
gdap-check-way-in-open = Let Grantway in
gdap-check-way-in-open-detail = A first plan consents for { $customer } through Partner Center, for reading only. Then Grantway checks again and makes the plan for the rest. Take back takes the consent away.
gdap-check-customer-unseen = What stands in the customer's tenant
gdap-check-customer-unseen-needed = Licences, audit log, Security Defaults and Conditional Access as { $vendor } needs them.
gdap-check-customer-unseen-why = Each of them can keep { $vendor } from seeing anything in { $customer }.
gdap-check-customer-unseen-found = Grantway cannot look into { $customer }, so it knows none of this.
gdap-check-customer-guest = You are no guest in the customer's tenant
gdap-check-customer-guest-needed = No guest account of yours in { $customer }.
gdap-check-customer-guest-why = Where you are a guest, Microsoft lets you in as the guest, without the roles of the relationship.
gdap-check-customer-guest-none = { $person } is no guest there.
gdap-check-customer-guest-there = { $person } is a guest there, as "{ $guest }".
gdap-check-customer-guest-no-roles = { $customer } lets { $person } in without any role. Either { $person } is a guest there, or is in no group that holds roles in { $customer }.
gdap-check-customer-guest-remove = Have the guest account removed
gdap-check-customer-guest-remove-detail = See first that { $person } needs it for nothing else in { $customer }. Then sign in and check again.
gdap-check-customer-p1 = Entra ID P1 in the customer's tenant
gdap-check-customer-p1-needed = A licence with Entra ID P1 or P2.
gdap-check-customer-p1-why = { $vendor } reads sign-ins. Microsoft keeps their log only with Entra ID P1.
gdap-check-customer-mailbox = A mailbox in the customer's tenant
gdap-check-customer-mailbox-needed = A licence with an Exchange mailbox that somebody has.
gdap-check-customer-mailbox-why = { $vendor } reads the audit log through Exchange. Without one mailbox there is no Exchange in a tenant.
gdap-check-customer-audit-log = Audit log of the customer
gdap-check-customer-audit-log-needed = On.
gdap-check-customer-audit-log-why = { $vendor } gets its events from the audit log. While it is off there are none.
gdap-check-customer-audit-log-on = On: a search was taken.
gdap-check-customer-audit-log-off = Off. After it was switched on this may still be said for up to an hour.
gdap-check-customer-audit-log-switch = Switch the audit log on
gdap-check-customer-audit-log-switch-detail = An Exchange Administrator or Global Administrator of { $customer } presses the button on the audit page. Microsoft needs up to an hour. Then check again.
gdap-check-customer-security-defaults = Security Defaults are off in the customer's tenant
gdap-check-customer-security-defaults-needed = Off.
gdap-check-customer-security-defaults-why = Security Defaults ask everybody for a second factor and know no exception, so the account of { $vendor } cannot be left out.
gdap-check-customer-security-defaults-switch = Put a policy in their place
gdap-check-customer-security-defaults-switch-detail = The plan makes a policy that asks everybody in { $customer } for a second factor and leaves you out as service provider, switches Security Defaults off, and switches the policy on. Or leave them on, and map this organisation by hand in the vendor's portal.
gdap-check-customer-policies = Conditional Access of the customer
gdap-check-customer-policies-needed = { $provider } is left out, as service provider, of every active policy that could stop it.
gdap-check-customer-policies-why = Rules that are made for the customer's own people keep the account of { $vendor } out.
gdap-check-customer-policies-none-in-the-way = { $count ->
    [0] There is no policy.
    [one] 1 policy was read. It does not stand in the way.
   *[other] { $count } policies were read. None stands in the way.
}
gdap-check-customer-policies-in-the-way = { $count ->
    [one] 1 policy does not leave { $provider } out
   *[other] { $count } policies do not leave { $provider } out
}: { $policies }. { $reporting ->
    [0] {""}
   *[other] Only reporting, and stopping nobody: { $reports }.
}
gdap-check-customer-policies-leave-out = Leave the provider out
gdap-check-customer-policies-leave-out-detail = The plan adds { $provider } as service provider to the exclusions of { $count ->
    [one] this policy
   *[other] these policies
}, and leaves everything else as it is. Each is shown before and after.

## GDAP service account: columns where customers stand side by side

gdap-column-relationship = Relationship
gdap-column-relationship-what = Whether there is an active GDAP relationship with the customer.
gdap-column-relationship-roles = Roles
gdap-column-relationship-roles-what = Whether the relationship holds every role that the vendor needs.
gdap-column-way-in = Way in
gdap-column-way-in-what = Whether Grantway can look into the customer's tenant.
gdap-column-customer-guest = Guest
gdap-column-customer-guest-what = Whether you are a guest in the customer's tenant: then the roles of the relationship do not count.
gdap-column-customer-p1 = P1
gdap-column-customer-p1-what = Whether the customer has a licence with Entra ID P1.
gdap-column-customer-mailbox = Mailbox
gdap-column-customer-mailbox-what = Whether the customer has a licence with an Exchange mailbox.
gdap-column-customer-audit-log = Audit log
gdap-column-customer-audit-log-what = Whether the customer's audit log is on.
gdap-column-customer-security-defaults = Defaults
gdap-column-customer-security-defaults-what = Whether Security Defaults are off in the customer's tenant.
gdap-column-customer-policies = Policies
gdap-column-customer-policies-what = Whether the customer's Conditional Access policies leave you out as service provider.
gdap-step-column-way-in = Way in
gdap-step-column-way-in-what = Grantway is let into the customer's tenant.
gdap-step-column-relationship = Relationship
gdap-step-column-relationship-what = A new relationship is asked for, and the customer approves it.
gdap-step-column-roles = { $count ->
    [one] 1 role
   *[other] { $count } roles
}
gdap-step-column-roles-what = The security group gets the roles in the customer.
gdap-step-column-policies = Policies
gdap-step-column-policies-what = Security Defaults and Conditional Access of the customer let the account through.
gdap-step-column-in-force = In force
gdap-step-column-in-force-what = Microsoft has made the roles work in the customer.
gdap-step-column-signs-of-life = Signs of life
gdap-step-column-signs-of-life-what = Somebody has seen that the vendor gets data of the customer.

## GDAP service account: plan

gdap-no-draft-answers = The plan cannot be made: provider, customer or account is not known yet. Go back to the answers.
gdap-no-draft-admin-agents = The plan cannot be made: Grantway could not find the one group AdminAgents in your tenant. Look at the checks.
gdap-no-draft-group = There is no single group "{ $group }" that can carry the roles.
gdap-no-draft-role-groups = Which groups hold the roles could not be read.
gdap-no-draft-assignments = Which roles the group holds in { $customer } already could not be read. Without that Grantway could take them away.
gdap-no-draft-relationship = The plan cannot be made: the relationships with { $customer } could not be read. Look at the checks.

gdap-no-draft-policies = The plan cannot be made: the Conditional Access policies of your tenant could not be read. Look at the checks.

gdap-summary-opening = Grantway is let into { $count ->
    [one] { $customers }
   *[other] { $count } customers: { $customers }
}, to read what the next plan needs. { $provider } can take it back at any time.
gdap-summary = One account of { $provider }, used by { $vendor }, gets { $count ->
    [one] 1 admin role
   *[other] { $count } admin roles
} in { $customers }.
gdap-summary-until = One account of { $provider }, used by { $vendor }, gets { $count ->
    [one] 1 admin role
   *[other] { $count } admin roles
} in { $customers } until { $date }.

gdap-step-group = Group { $group }
gdap-step-group-why = Roles in a customer are given to a security group, never to an account alone.
gdap-step-group-means = A new, empty security group in your tenant. It gives nothing by itself.
gdap-step-group-undo = Removes it

gdap-step-account = Account { $account }
gdap-step-account-why = { $vendor } signs in as this account. An account of its own keeps working when people come and go.
gdap-step-account-means = A new account without a licence. Its first password stays in the vault, is copied and never shown, and is changed at the first sign-in.
gdap-step-account-undo = Removes it

gdap-step-account-in-admin-agents = { $account } becomes an admin agent
gdap-step-account-in-admin-agents-why = { $vendor } lists your customers through Partner Center, and only admin agents may do that.
gdap-step-account-in-admin-agents-means = The account can work with all your customers' relationships in Partner Center.
gdap-step-account-in-admin-agents-undo = Takes it out

gdap-step-account-in-group = { $account } joins { $group }
gdap-step-account-in-group-why = The account holds the group's roles by being in it.
gdap-step-account-in-group-means = What the group may do in the customer, the account may do.
gdap-step-account-in-group-undo = Takes it out

gdap-step-role-groups = { $count ->
    [one] 1 role in { $customer }, held by its group
   *[other] { $count } roles in { $customer }, held by their groups
}
gdap-step-role-groups-why = The groups have the roles already. Grantway only looks whether they still have them.
gdap-step-role-groups-means = Nothing is changed in { $customer } by this. The account gets the roles by being in the groups, and with them every other customer for which these groups hold roles.
gdap-step-role-groups-undo = Nothing to take back
gdap-judge-role-groups = The groups hold the roles
gdap-judge-role-groups-needed = Each group that the account came into holds its role, and the role is active.
gdap-judge-role-groups-why = { $vendor } can work only with roles that are in force.
gdap-judge-role-groups-held = { $count ->
    [one] The group holds its role, and it is active.
   *[other] { $count } groups hold their roles, and all are active.
}
gdap-judge-role-groups-lost = { $count ->
    [one] 1 group does not hold its role any more: { $groups }.
   *[other] { $count } groups do not hold their roles any more: { $groups }.
}
gdap-judge-role-groups-unknown = Which groups are meant is not known any more. Check again.

gdap-step-way-in-asked = An administrator of { $customer } lets Grantway in
gdap-step-way-in-asked-why = Partner Center does not let you consent for { $customer }. Only an administrator there can.
gdap-step-way-in-asked-means = People of yours who hold roles in { $customer } can use them through this app: to read licences, people, audit log and sign-in rules, and to leave you out of those rules. Nobody gets a role by it.
gdap-step-way-in-asked-undo = Stays: an administrator of { $customer } deletes the app there
gdap-way-in-asked-who = An administrator of { $customer }
gdap-way-in-asked-subject = Let { $provider } work with your tenant
gdap-way-in-asked-message =
    { $provider } sets up { $vendor } for { $customer }. It works with an app of its own, which { $customer } does not know yet. The app gives nobody a role: it lets people of { $provider } use the roles that you have given them, for these permissions: { $permissions }.

    Open this link as an administrator who may consent for everybody (Global Administrator, Cloud Application Administrator or Application Administrator). Compare the app's name and the permissions with what { $provider } has told you before you accept:

    { $link }

    When you have accepted, the browser may say that it cannot open the next page. That is as it should be: close it.

    To end it, open the Entra admin center, Enterprise applications, choose the app and delete it.
gdap-way-in-asked-open = Send the link or the message to { $customer }.
gdap-way-in-asked-compare = An administrator of { $customer } opens it, and compares the app's name and the permissions.
gdap-way-in-asked-accept = They press Accept. Their browser may then show a page that does not open: that is as it should be.
gdap-way-in-asked-wait = { $customer } has to let it in.
gdap-way-in-asked-stays = An administrator of { $customer } opens the Entra admin center, Enterprise applications, chooses the app and presses Delete.
gdap-judge-way-in-asked = The customer lets Grantway in
gdap-judge-way-in-asked-needed = The customer's tenant hands out tokens that carry the permissions for reading.
gdap-judge-way-in-asked-why = Until then nothing can be read there.
gdap-judge-way-in-asked-open = It does ({ $count ->
    [one] 1 permission
   *[other] { $count } permissions
}).
gdap-judge-way-in-asked-lacks = It does, but without { $permissions }.
gdap-judge-way-in-asked-not-yet = Not yet: the tenant does not know the app ({ $code }).
gdap-judge-way-in-asked-closed = It hands out no token ({ $code }): { $because }
gdap-step-way-in = Grantway is let into { $customer }
gdap-step-way-in-why = Licences, audit log and sign-in rules stand in { $customer }'s own tenant.
gdap-step-way-in-means = People of yours who hold roles in { $customer } can use them through this app, for the permissions in the list. Nobody gets a role by it.
gdap-step-way-in-undo = Takes the consent away, once all else is taken back there. Where the app was not known before it removes itself; for that moment it may manage apps there

gdap-step-push-strength = Strength that takes Authenticator alone
gdap-step-push-strength-why = The strength that Microsoft brings along for a second factor takes text messages and codes too.
gdap-step-push-strength-means = A name for "password and a notification in Microsoft Authenticator". It asks nobody for anything by itself.
gdap-step-push-strength-undo = Removes it
gdap-step-account-policy = Policy for { $account }
gdap-step-account-policy-why = { $vendor } wants the account to be asked for a second factor at each sign-in.
gdap-step-account-policy-means = Every sign-in of this account needs its password and a notification on the phone. It applies to nobody else.
gdap-step-account-policy-undo = Removes it
gdap-step-account-excluded = { $account } is left out of "{ $policy }"
gdap-step-account-excluded-why = { $vendor } signs in from its own network, without a person. This policy could stop it there.
gdap-step-account-excluded-means = This policy no longer protects this one account. Its own policy does.
gdap-step-account-excluded-undo = Takes the exclusion out
gdap-step-provider-excluded = { $provider } is left out of "{ $policy }" in { $customer }
gdap-step-provider-excluded-why = This policy could stop people who come through the relationship.
gdap-step-provider-excluded-means = This policy no longer applies to people of { $provider } who come through the relationship. Their own tenant's rules do.
gdap-step-provider-excluded-undo = Takes the exclusion out
gdap-step-excluded-report-only = "{ $policy }" only reports today and stops nobody. The exclusion counts once it is switched on.
gdap-step-assignment-means-without = { $means } Left out: { $lost }
gdap-step-assignment-means-others = { $means } { $count ->
    [one] 1 other in { $group } gets the roles too.
   *[other] { $count } others in { $group } get the roles too.
}
gdap-step-assignment-means-more = { $means } { $group } holds { $count ->
    [one] 1 more role
   *[other] { $count } more roles
} here already, and the account gets what the group has.
gdap-step-replacing-policy = Policy in place of Security Defaults, off at first
gdap-step-replacing-policy-why = Before Security Defaults go off, something else has to be ready that asks for a second factor.
gdap-step-replacing-policy-means = Once it is on, everybody in { $customer } is asked for a second factor at each app; { $provider } is left out as service provider.
gdap-step-replacing-policy-undo = Removes it
gdap-step-replacing-own-policy = Policy in place of your Security Defaults, off at first
gdap-step-replacing-own-policy-why = Before Security Defaults go off, something else has to be ready that asks for a second factor.
gdap-step-replacing-own-policy-means = Once it is on, everybody in { $provider } is asked for a second factor at each app.
gdap-step-replacing-own-policy-undo = Removes it
gdap-step-own-defaults-replaced = The policy takes over from your Security Defaults
gdap-step-own-defaults-replaced-why = Security Defaults cannot be on beside a policy, and { $vendor } asks for one of the account's own.
gdap-step-own-defaults-replaced-means = Security Defaults go off and the policy goes on, one right after the other; where the second fails, the first is put back. Everybody in { $provider } is asked for a second factor. Old sign-in methods that Security Defaults block are decided by policies from then on.
gdap-step-own-defaults-replaced-undo = Switches the policy off and Security Defaults on again
gdap-step-defaults-replaced = The policy takes over from Security Defaults in { $customer }
gdap-step-defaults-replaced-why = Security Defaults cannot be on beside a policy, and know no exception for { $vendor }.
gdap-step-defaults-replaced-means = Security Defaults go off and the policy goes on, one right after the other; where the second fails, the first is put back. Everybody in { $customer } is asked for a second factor. Old sign-in methods that Security Defaults block are decided by policies from then on.
gdap-step-defaults-replaced-undo = Switches the policy off and Security Defaults on again

gdap-step-temporary-role = { $role } for the account
gdap-step-temporary-role-means = While it holds { $role }, whoever signs in as the account controls your tenant. The last step takes the role away again.
gdap-step-temporary-role-means-timed = While it holds { $role }, whoever signs in as the account controls your tenant. Microsoft takes the role away after { $hours } hours by itself, and the last step does so before.
gdap-step-temporary-role-undo = Ends with the setup

gdap-step-mapping = { $count ->
    [one] The customer's tenant is mapped in { $vendor }'s portal
   *[other] { $count } tenants are mapped in { $vendor }'s portal
}
gdap-step-mapping-why = { $vendor } takes in data of a tenant only once it is mapped to an organization, one to one. Of two tenants with one organization, or the reverse, only the first counts.
gdap-step-mapping-means = You map the tenants in { $vendor }'s portal, and say by name that you did. Grantway proposes the pairs, finds doubles, and changes nothing.
gdap-step-mapping-undo = By hand, in { $vendor }'s portal
gdap-wait-mapping = { $vendor } takes in data of a tenant only once it is mapped to one organization. Grantway cannot see the mapping: map the tenants in the portal, then say so here.
gdap-mapping-who = Somebody with admin rights in { $vendor }'s portal
gdap-mapping-subject = Map { $count ->
    [one] 1 tenant
   *[other] { $count } tenants
} in { $vendor }'s portal
gdap-mapping-message =
    The access of { $vendor } is set up. Map each tenant of the table to one organization in the portal: one tenant, one organization. Save the table from Grantway and send it with this message.

    { $link }
gdap-mapping-claim = { $count ->
    [one] The customer's tenant is mapped to one organization of { $vendor }.
   *[other] Each of { $count } tenants is mapped to one organization of { $vendor }.
}

gdap-step-signs-of-life = { $vendor } shows signs of life of { $customer }
gdap-step-signs-of-life-why = That all is set up does not prove that data arrives. Only { $vendor }'s portal shows it, and Grantway cannot read that.
gdap-step-signs-of-life-means = You look, and say by name whether you see it. Nothing is changed.
gdap-step-signs-of-life-undo = Nothing to take back
gdap-wait-signs-of-life = It usually takes { $minutes } minutes, and up to { $hours } hours where the audit log was not on before.
gdap-signs-of-life-who = Somebody with access to { $vendor }'s portal
gdap-signs-of-life-subject = Look for { $customer } in { $vendor }'s portal
gdap-signs-of-life-message =
    The access of { $vendor } to { $customer } is set up. Look whether data arrives: { $look-for }

    { $link }
gdap-signs-of-life-claim = { $vendor } receives data of { $customer }.

gdap-step-relationship = New relationship with { $customer }, { $count ->
    [one] 1 role
   *[other] { $count } roles
}
gdap-step-relationship-why = No active relationship with { $customer } holds every role that { $vendor } needs, and roles cannot be added to an active one.
gdap-step-relationship-means = Asking gives nothing. Once { $customer } approves, you can pass these roles on to groups of yours.
gdap-step-relationship-undo = Ends it

gdap-step-relationship-approval = { $customer } approves the relationship
gdap-step-relationship-approval-why = Only a Global Administrator of { $customer } can accept it. No API does that.
gdap-step-relationship-approval-means = From the approval on, you hold what the relationship lists until it ends.
gdap-step-relationship-approval-undo = Goes with the relationship
gdap-wait-approval = { $customer } has to approve it. An offer that nobody answers lapses after 90 days.
gdap-approval-who = A Global Administrator of { $customer }
gdap-approval-subject = Approve a relationship with { $provider }
gdap-approval-message =
    { $provider } asks you for { $count ->
        [one] 1 role
       *[other] { $count } roles
    } in { $customer }, so that { $vendor } can work for you: { $roles }.

    Open this link as a Global Administrator of { $customer }. Compare the name { $provider } and the roles with this message before you approve:

    { $link }

    You can end the relationship at any time in the Microsoft 365 admin center, Settings, Partner relationships.
gdap-approval-open = Send the link or the message to { $customer }.
gdap-approval-compare = A Global Administrator of { $customer } opens it, and compares your name and the roles.
gdap-approval-approve = They press Approve. Microsoft then needs some minutes.
gdap-judge-approval = The customer has approved the relationship
gdap-judge-approval-needed = The relationship is active.
gdap-judge-approval-why = Until then it gives nothing that could be passed on.
gdap-judge-approval-active = Active.
gdap-judge-approval-over = It will not become active: Microsoft says "{ $status }". The customer declined it, or it has ended.
gdap-judge-approval-ask-again = Ask again
gdap-judge-approval-ask-again-detail = Talk to the customer. Then take this setup back and begin a new one: it asks for a new relationship.
gdap-judge-approval-not-yet = Not yet: Microsoft says "{ $status }".

gdap-step-assignment = { $count ->
    [one] 1 admin role
   *[other] { $count } admin roles
} for the group in { $customer }
gdap-step-assignment-why = { $why } { $reasons }
gdap-step-assignment-means = { $count ->
    [0] Whoever holds the account can read and change settings in { $customer }.
    [one] Whoever holds the account can change who may do what in { $customer }: one of the roles is privileged.
   *[other] Whoever holds the account can change who may do what in { $customer } and reset sign-ins, administrators' included: { $count } of the roles are privileged.
}
gdap-step-assignment-undo = Removes it

gdap-step-assignment-active = Microsoft makes the roles work in { $customer }
gdap-step-assignment-active-why = A new assignment is pending at first, and gives nothing until it is active.
gdap-step-assignment-active-means = Nothing is changed by waiting.
gdap-step-assignment-active-undo = Nothing to take back
gdap-wait-assignment = Microsoft makes the roles work in { $customer } and usually needs about { $seconds } seconds.

gdap-step-first-sign-in = First sign-in of { $account }
gdap-step-first-sign-in-why = { $vendor } needs an account with a permanent password and Microsoft Authenticator. Only a person with a phone can set these up.
gdap-step-first-sign-in-means = The account can sign in from now on. Whoever has the phone approves its sign-ins.
gdap-step-first-sign-in-undo = Goes with the account
gdap-first-sign-in-name = Type the account's name.
gdap-first-sign-in-password = Paste the first password.
gdap-first-sign-in-new-password = Choose a permanent password and keep it in your password manager. { $vendor }'s consent asks for it again.
gdap-first-sign-in-authenticator = Add Microsoft Authenticator on the phone that will approve this account's sign-ins. Text messages and codes of other apps do not work for { $vendor }.
gdap-first-sign-in-finish = When the page lists Microsoft Authenticator, say that you are finished.
gdap-value-account = Account
gdap-value-first-password = First password

gdap-step-consent = Consent to { $vendor }
gdap-step-consent-why = With the consent { $vendor }'s app may work in the account's name. Only a person can give it, in the vendor's portal.
gdap-step-consent-means = The app may do what its consent page lists, until you remove it.
gdap-step-consent-undo = Removes the app
gdap-consent-interfered = Microsoft asks for credentials { $prompts } times here. If it asked less often, a stored sign-in or a blocker interfered, and the connection to { $vendor } does not work. Delete the integration in the vendor's portal, then start over clean.
gdap-consent-by-hand = Entra, Enterprise apps, the app of { $vendor }: delete it under Properties, or take away what was granted under Permissions. First make sure that nothing else needs it.
gdap-expect-publisher = Publisher
gdap-expect-app = Application ID
gdap-expect-badge = Badge
gdap-expect-badge-verified = Verified, a blue check mark. If it says Unverified, stop.
gdap-expect-account = Account
gdap-expect-permissions = Permissions

gdap-step-temporary-role-removed = { $role } taken from the account
gdap-step-temporary-role-removed-why = The role is needed for the consent alone.
gdap-step-temporary-role-removed-means = The account no longer holds { $role }. What { $vendor } was granted stays.
gdap-step-temporary-role-removed-undo = Stays: bringing it back would give access again

gdap-map-vendor = Vendor
gdap-map-vendor-verified = Vendor, must be a verified publisher
gdap-map-group = Security group
gdap-map-group-existing = Security group that is there
gdap-map-role-groups = { $count ->
    [one] 1 group
   *[other] { $count } groups
}
gdap-map-role-groups-note = One role each
gdap-map-account = Account
gdap-map-role = only until setup ends
gdap-map-until = until { $date }
gdap-map-to-be-approved = to be approved
gdap-map-roles = { $count ->
    [one] 1 admin role
   *[other] { $count } admin roles
}
gdap-map-member = member
gdap-map-consent = Consent
gdap-map-way-in = lets Grantway look
gdap-map-ends-by-customer = until the customer deletes the app
gdap-map-ends-taken-back = until it is taken back
gdap-map-ends-relationship = ends with the relationship
gdap-map-ends-setup = ends with the setup
gdap-map-ends-removed = until you remove it

## GDAP service account: what was read on the way

gdap-judge-assignment = The roles work in the customer
gdap-judge-assignment-needed = The assignment is active.
gdap-judge-assignment-why = A pending assignment gives { $vendor } nothing, and the consent would find no customer.
gdap-judge-assignment-active = Active.
gdap-judge-assignment-not-yet = Not yet: Microsoft says "{ $status }".

gdap-judge-first-sign-in = The account has its own password and Microsoft Authenticator
gdap-judge-first-sign-in-needed = Password changed, Microsoft Authenticator registered, nothing weaker beside it.
gdap-judge-first-sign-in-why = { $vendor } supports Microsoft Authenticator alone. Text messages and codes of other apps can be caught.
gdap-judge-first-sign-in-done = The password is changed and Microsoft Authenticator is registered.
gdap-judge-first-sign-in-done-reported = The password is changed and Microsoft Authenticator is registered; Microsoft's report of registrations lists its notifications.
gdap-judge-first-sign-in-done-before-report = The password is changed and Microsoft Authenticator is registered. Microsoft's report of registrations, which lags behind by hours, does not list it yet.
gdap-judge-first-sign-in-done-by-report = The password is changed, and Microsoft's report of registrations lists notifications in Microsoft Authenticator.
gdap-judge-first-sign-in-no-push = Microsoft Authenticator is registered, but Microsoft's report of registrations, which is newer, lists no notifications for it.
gdap-judge-first-sign-in-register-again = Register Authenticator with notifications
gdap-judge-first-sign-in-register-again-detail = Remove Authenticator from the account, sign in as the account, and add it again with notifications allowed on the phone. Then check again in some hours.
gdap-judge-first-sign-in-not-reported-yet = The account's methods may not be read with your roles, and Microsoft's report of registrations does not list Authenticator yet. It lags behind by hours; after { $hours } hours its silence counts.
gdap-judge-first-sign-in-nothing-reported = Microsoft's report of registrations lists no method for the account.
gdap-judge-first-sign-in-no-record = The account's methods may not be read with your roles, and Microsoft's report of registrations has no record of the account.
gdap-judge-first-sign-in-weaker = The password is changed and Microsoft Authenticator is registered, but weaker methods stand beside it: { $methods }.
gdap-judge-first-sign-in-nothing = Microsoft Authenticator is not registered.
gdap-judge-first-sign-in-others-only = Microsoft Authenticator is not registered. Others are: { $methods }.
gdap-judge-first-sign-in-first-password = Microsoft Authenticator is registered, but the password is still the first one. Sign in again and change it.
gdap-judge-first-sign-in-password-unseen = Microsoft Authenticator is registered. When the password was changed cannot be seen.
gdap-judge-first-sign-in-remove = Remove the weaker methods
gdap-judge-first-sign-in-remove-detail = Remove { $methods } from the account, then check again.

gdap-judge-consent = The app is the vendor's
gdap-judge-consent-why = Whoever stands behind the app gets what you consent to. A stranger can call an app { $vendor }, but cannot have the verified publisher.
gdap-judge-consent-verified = "{ $app }" comes from { $publisher }, verified. It was granted { $count ->
    [one] 1 permission
   *[other] { $count } permissions
}.
gdap-judge-consent-as-expected = "{ $app }" is there; the profile asks for no verified publisher. It was granted { $count ->
    [one] 1 permission
   *[other] { $count } permissions
}.
gdap-judge-consent-none = There is no such app in your tenant. The consent was not given, or was declined.
gdap-judge-consent-other-publisher = "{ $app }" comes from "{ $seen }". Expected: { $publisher }. Take the consent back now, and call the vendor on a number you already had.
gdap-judge-consent-unverified = "{ $app }" has no verified publisher. Expected: { $publisher }, verified. Take the consent back now, and call the vendor on a number you already had.
gdap-judge-consent-unverified-named = "{ $app }" says that it comes from "{ $seen }", but is not verified. Expected: { $publisher }, verified. Take the consent back now, and call the vendor on a number you already had.
gdap-judge-consent-other-owner = "{ $app }" belongs to another tenant: { $seen }. Expected: { $owner }. Take the consent back now, and call the vendor on a number you already had.
gdap-judge-consent-other-app = "{ $app }" is another application: { $seen }. Expected: { $wanted }. Take the consent back now, and call the vendor on a number you already had.
gdap-judge-consent-no-owner = Microsoft names none
gdap-judge-consent-asks-more = "{ $app }" was granted more than the vendor lists: { $permissions }. Take the consent back now, and ask the vendor.
gdap-judge-consent-asks-less = "{ $app }" was not granted everything that the vendor lists. Missing: { $permissions }.
gdap-judge-consent-switched-off = "{ $app }" comes from { $publisher }, but is switched off in your tenant.
gdap-judge-consent-remove = Take the consent back
gdap-judge-consent-remove-detail = Grantway removes "{ $app }" when you start this step over. By hand: delete it on this page.

## Grantway's own app registration: gallery, form, sign-in

own-app-name = Grantway's own app registration
own-app-card-flow-provider = You
own-app-card-sentence = An app registration of your own, in your tenant, without a secret. { $can }
own-app-card-notice = For the way in, Grantway borrows "{ $tool }", a client of Microsoft's own. What the setup lets it do is taken back at the end.
own-app-card-until = Until
own-app-card-until-taken-back = You take it back
own-app-card-licences = Licences
own-app-card-sign-in = Sign in as
own-app-card-roles = One of these: { $roles }
own-app-card-time = Time
own-app-card-minutes = About { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
own-app-seat-provider = Cloud Application Administrator, Application Administrator or Global Administrator of your own tenant.
own-app-field-road = How it comes to be
own-app-field-road-why = Grantway signs in under a client ID, and that belongs to an app registration. Yours is best: your customers see your name, and nobody else works with it. Grantway can make it, show you how to make it, or use one that you have.
own-app-field-road-tool = Grantway makes it
own-app-field-road-portal = I make it myself in the Entra portal, step by step
own-app-field-road-given = I have its client ID
own-app-field-provider = Your own domain
own-app-field-provider-hint = The domain alone, without https://
own-app-field-provider-why = The app registration is in the tenant of this domain: the one that is enrolled with Partner Center.
own-app-field-name = Name of the app registration
own-app-field-name-why = Your customers read this name where they agree to anything. An app registration of this name that fits already is used as it is.
own-app-field-used = Have you signed in to "{ $tool }" with this account before?
own-app-field-used-why = Consents to "{ $tool }" add up. If you never used it, Grantway takes back all that it was allowed. If you did, or do not know, Grantway cannot tell the permissions to read from yours, and leaves those.
own-app-field-used-never = No, never
own-app-field-used-maybe = Yes, or I do not know
own-app-field-client = Client ID
own-app-field-client-hint = Entra calls it "Application (client) ID"
own-app-field-client-why = You sign in with it, and Grantway compares the registration with what it needs: audience, redirect addresses, permissions.
own-app-notice-tool = The consent page will name "{ $tool }" by Microsoft Corporation. Your own app is not there yet, and something has to make it: this is a public client of Microsoft's, and Grantway borrows it. Do not tick "Consent on behalf of your organization". What this setup adds there is taken back at its end.
own-app-notice-given = The consent page will name the app registration with the client ID that you gave. If it shows AADSTS50011 instead, the redirect address is missing there: add http://localhost/cb/ with the name of the cloud, as Settings show it, to the platform "Mobile and desktop applications".

## Grantway's own app registration: checks

own-app-check-domain = The tenant of your domain
own-app-check-domain-needed = Microsoft names a tenant for the domain that you gave.
own-app-check-domain-why = The app registration belongs there. Whose account it is, and what it may do, is seen only when you sign in: that is a step of the plan.
own-app-check-domain-found = { $domain } belongs to the tenant { $tenant }.
own-app-check-tenant = The right tenant
own-app-check-tenant-needed = The tenant that you signed in to holds the domain that you gave.
own-app-check-tenant-why = An app registration in another tenant would be somebody else's.
own-app-check-tenant-found = You signed in to { $name }, which holds { $domain }.
own-app-check-tenant-other = You signed in to { $name }, which does not hold { $domain }.
own-app-check-tenant-answer = Give the domain of the tenant that you signed in to.
own-app-check-abilities = You may make it
own-app-check-abilities-needed = One of these roles: { $roles }.
own-app-check-abilities-why = Registering an app takes less, but making it known in the tenant and letting it act in your name takes one of these roles.
own-app-check-abilities-found = { $account } holds { $role }.
own-app-check-abilities-none = { $account } holds none of them.
own-app-check-abilities-role = Get the role
own-app-check-abilities-role-detail = Somebody who may assign roles gives you one of them. Then check again.
own-app-check-rules = Who may register apps
own-app-check-rules-needed = You may register apps.
own-app-check-rules-why = The tenant can keep that to administrators.
own-app-check-rules-everybody = Everybody in the tenant may register apps.
own-app-check-rules-administrators = Only administrators may register apps in this tenant. { $account } holds { $role }.
own-app-check-rules-not-you = Only administrators may register apps in this tenant, and { $account } is none of them.
own-app-check-other-road = Choose another way: an administrator makes the registration on the page in Entra, step by step, and signs in with it, or gives you the client ID of one that is there.
own-app-check-policy = Rules about apps
own-app-check-policy-needed = No app management policy refuses the registration.
own-app-check-policy-why = Such a policy can refuse apps for several tenants. Microsoft does not show all of its rules, so only trying tells.
own-app-check-policy-on = An app management policy is on. The registration may be refused; then nothing else is made.
own-app-check-policy-off = No app management policy is on.
own-app-check-policy-look = Look at the policy
own-app-check-policy-look-detail = Make an exception for this app, or go on and see.
own-app-check-consent = What "{ $tool }" was allowed
own-app-check-consent-needed = Nothing that was not asked for by this setup.
own-app-check-consent-why = What is taken back at the end must not be more than what this setup has added.
own-app-check-consent-all-goes = It holds in your name what this setup has asked for, and nothing else. All of it is taken back at the end.
own-app-check-consent-stays = It holds in your name: { $scopes }. Some of it may have been there before, so Grantway leaves these and takes back only what it asks for from now on.
own-app-check-consent-look = Remove it by hand
own-app-check-consent-look-detail = If nothing else of yours uses it, remove what it holds in your name on this page, when the setup is done.
own-app-check-registration = The app registration is yours
own-app-check-registration-needed = The tenant that you signed in to owns it.
own-app-check-registration-why = Partner Center lets an app of your own tenant into your customers' tenants, and no other.
own-app-check-registration-found = Your tenant owns it: "{ $name }".
own-app-check-registration-none = Your tenant owns no app registration with the client ID { $id }. It may be another tenant's, or deleted.
own-app-check-registration-answer = Give the client ID of an app registration of this tenant, or let Grantway make one.
own-app-check-audience = Whose accounts it takes
own-app-check-audience-needed = Accounts of any organisation, and no personal ones.
own-app-check-audience-why = You reach your customers' tenants with it, so it has to be known there.
own-app-check-audience-found = It takes accounts of any organisation.
own-app-check-audience-other = It is set to another audience: { $audience }.
own-app-check-audience-change = Change the audience
own-app-check-audience-change-detail = Choose "Multiple Entra ID tenants" under supported account types, save, then check again.
own-app-check-redirects = Redirect addresses
own-app-check-redirects-needed = The address of each cloud, as a mobile and desktop application.
own-app-check-redirects-why = Microsoft sends the answer of a sign-in there. Each cloud has an address of its own.
own-app-check-redirects-found = All of them are there.
own-app-check-redirects-missing = These are missing: { $redirects }. You have just signed in, so the one of this cloud is there.
own-app-check-redirects-add = Add the addresses
own-app-check-redirects-add-detail = Add a platform, mobile and desktop applications, and these addresses. Then check again.
own-app-check-permissions = Permissions that it may ask for
own-app-check-permissions-needed = Every permission that a setup of Grantway may need.
own-app-check-permissions-why = A customer who lets the app in by a link agrees to what stands in this list.
own-app-check-permissions-found = All of them are in the list.
own-app-check-permissions-missing = These are not in the list: { $permissions }.
own-app-check-permissions-untold = Your tenant does not know their API yet and shows no names, so it cannot be told whether these are in the list: { $permissions }.
own-app-check-permissions-add = Add the permissions
own-app-check-permissions-add-detail = Add them as delegated permissions. Then check again.

## Grantway's own app registration: plan

own-app-no-draft-answers = An answer is missing.
own-app-no-draft-person = Who is signed in could not be read.
own-app-no-draft-consent = What the borrowed client was allowed could not be read, so Grantway could not say what it takes back.
own-app-summary-made = { $provider } gets an app registration "{ $name }" of its own. Grantway signs in with it from then on.
own-app-summary-by-hand = You make an app registration "{ $name }" in { $provider }. Grantway shows you how, compares it with what is needed, and signs in with it from then on.
own-app-summary-given = Grantway signs in with "{ $name }" of { $provider } from then on.
own-app-map-app = App registration
own-app-map-person = You
own-app-map-grant = { $count ->
    [one] 1 permission on { $api }
   *[other] { $count } permissions on { $api }
}
own-app-map-ends = When you take it back
own-app-wait = Microsoft usually needs { $seconds } seconds until one can sign in to a new app.
own-app-step-api = { $name } is known in your tenant
own-app-step-api-why = What an API offers can only be asked for where it is known.
own-app-step-api-means = It gives nothing by itself.
own-app-step-api-undo = Stays: it gives nothing by itself, and others may work through it by then.
own-app-step-register = Register "{ $name }" on the page in Entra
own-app-step-register-why = The page opens in a window of its own. Copy each value into it, then give the client ID that it shows.
own-app-step-register-means = You make it, with an account that may register apps in this tenant. It has no secret and gives nothing by itself.
own-app-step-register-undo = Stays: you made it, and you delete it.
own-app-register-sign-in = Sign in to the page with an account of your own tenant. If the page says that you may not register apps, an administrator of yours has to make it.
own-app-register-form = Copy name, account types and platform, with the first redirect address, and choose Register.
own-app-register-redirects = Add the other redirect addresses under Authentication, for the same platform, and save.
own-app-register-permissions = Under API permissions, add the delegated permissions of each API. You need not grant them there: they are agreed to at the sign-in.
own-app-register-id = Copy the Application (client) ID from the overview, and give it here.
own-app-register-stays = In Entra, open App registrations, "{ $name }", and choose Delete. If you still sign in with it elsewhere, leave it.
own-app-value-name = Name
own-app-value-account-types = Supported account types
own-app-value-platform = Platform
own-app-value-redirect = Redirect address { $number }
own-app-value-permissions = Delegated permissions of { $api }
own-app-step-registration = Register "{ $name }"
own-app-step-registration-why = Grantway signs in under the client ID of this registration.
own-app-step-registration-means = It has no secret and gives nothing by itself. The permissions are what it may ask people for, and nobody has granted them by this.
own-app-step-registration-undo = Deleted. Entra keeps it in the recycle bin for 30 days.
own-app-step-principal = Make "{ $name }" known in your tenant
own-app-step-principal-why = Nobody can sign in to an app that the tenant does not know.
own-app-step-principal-means = It can be seen and switched off under Enterprise apps.
own-app-step-principal-undo = Deleted. Entra keeps it in the recycle bin for 30 days.
own-app-step-grant = Let "{ $name }" use { $api } in the name of { $account }
own-app-step-grant-why = { $why }
own-app-step-grant-means = It counts for { $account } alone, and never beyond the roles of that account.
own-app-step-grant-undo = Removed.
own-app-step-known-everywhere = Wait until Microsoft knows "{ $name }" everywhere
own-app-step-known-everywhere-why = A sign-in that comes too early fails.
own-app-step-known-everywhere-means = Nothing changes.
own-app-step-known-everywhere-undo = Nothing to take back.
own-app-step-sign-in = Sign in with "{ $name }"
own-app-step-sign-in-why = A sign-in shows that the registration works. Nothing of it is kept.
own-app-step-sign-in-means = Grantway asks Microsoft who has signed in, and nothing else.
own-app-step-sign-in-undo = Nothing to take back.
own-app-step-first-sign-in = Sign in with "{ $name }"
own-app-step-first-sign-in-why = A sign-in shows that the registration works, and Grantway reads it by that. This setup works in your name from then on.
own-app-step-first-sign-in-means = You let "{ $name }" read app registrations in your name.
own-app-step-first-sign-in-undo = The consent goes with take back.
own-app-first-sign-in-act = Sign in with an account of your own tenant that may agree to permissions: a Cloud Application Administrator, Application Administrator or Global Administrator. The page names "{ $name }".
own-app-sign-in-consent = The page asks for your consent. Do not tick "Consent on behalf of your organization".
own-app-sign-in-redirect = If it shows AADSTS50011, a redirect address is missing in the registration: add it there, wait a minute, and open this again.
own-app-sign-in-act = Sign in with the same account. The page names "{ $name }" now.
own-app-sign-in-early = If it shows AADSTS700016 or AADSTS650051, Microsoft does not know the app everywhere yet. Wait half a minute and open it again.
own-app-step-client = Sign in with "{ $name }" from now on
own-app-step-client-why = Settings keep the client ID that Grantway signs in with.
own-app-step-client-means = Setups that are under way go on with the client ID that they began with.
own-app-step-client-undo = The earlier client ID is put back.
own-app-step-consent-ended = Take back what "{ $name }" was allowed
own-app-step-consent-ended-why = It was borrowed to make the registration. Grantway does not need it any more.
own-app-step-consent-ended-means = It holds nothing in your name any more. Its entry under Enterprise apps stays and gives nothing.
own-app-step-consent-ended-means-kept = What this setup asked for to make the registration is taken back. It keeps in your name what may have been there before: { $kept }.
own-app-step-consent-ended-undo = Stays taken back.

## Grantway's own app registration: what was read on the way

own-app-judge-sign-in-needed = Somebody signed in, and the registration holds what was planned.
own-app-judge-sign-in-why = Only a sign-in shows that the registration works.
own-app-judge-sign-in-none = Nobody has signed in with it yet.
own-app-judge-sign-in-found = { $account } signed in with "{ $name }".
own-app-judge-differs = "{ $name }" is not as it has to be.{ $audience ->
    [fits] {""}
   *[other] {" "}Account types: { $audience }.
}{ $redirects ->
    [fits] {""}
   *[other] {" "}Redirect addresses that are missing: { $redirects }.
}{ $permissions ->
    [fits] {""}
   *[other] {" "}Permissions that are not in the list: { $permissions }.
}
own-app-judge-mend = Change the registration
own-app-judge-mend-detail = Change that on the registration's pages in Entra and look again. The account types are "{ $account-types }".
own-app-judge-registration-none = Your tenant does not show the registration. It may have been deleted.

## What is being done, for messages about what went wrong

doing-reading = reading { $what ->
    [group] the group
    [account] the account
    [membership] a membership
    [directory-role] a directory role
    [access-assignment] the roles of the group in the customer
    [enterprise-app] the vendor's app
    [access-policy] a Conditional Access policy
    [policy-exclusion] a Conditional Access policy
    [authentication-strength] an authentication strength
    [defaults-replaced] Security Defaults and the policy in their place
    [timed-directory-role] a directory role
    [tenant-profile] name and domains of the tenant
    [signed-in-person] the roles of the person who is signed in
    [groups-named] groups by their name
    [relationships] the relationships with the customer
    [licences] the licences
    [security-defaults] Security Defaults
    [customer-way] the way into the customer's tenant
    [customer-consent] the consent in the customer's tenant
    [access-policies] the Conditional Access policies
    [audit-log] the audit log
    [authenticator-policy] the policy about Microsoft Authenticator
    [guest-twin] guest accounts
    [account-named] the account's name
    [assignment-status] the state of the roles in the customer
    [sign-in-methods] the account's sign-in methods
    [enterprise-app-of] the vendor's app
    [app-registration] the app registration
    [app-principal] an app in the tenant
    [personal-grant] what the app may do in a person's name
    [lent-consent] what the borrowed client was allowed
    [client-choice] the client ID in Settings
    [app-registration-of] the app registration
    [app-rules] who may register apps
    [personal-consent] what the borrowed client was allowed
   *[other] { $what }
}
doing-writing = writing { $what ->
    [group] the group
    [account] the account
    [membership] a membership
    [directory-role] a directory role
    [access-assignment] the roles of the group in the customer
    [enterprise-app] the vendor's app
    [customer-consent] the consent in the customer's tenant
    [access-policy] a Conditional Access policy
    [policy-exclusion] an exclusion from a Conditional Access policy
    [authentication-strength] an authentication strength
    [defaults-replaced] Security Defaults and the policy in their place
    [timed-directory-role] a directory role
    [app-registration] the app registration
    [app-principal] an app in the tenant
    [personal-grant] what the app may do in a person's name
    [lent-consent] what the borrowed client was allowed
    [client-choice] the client ID in Settings
   *[other] { $what }
}
doing-proving = proving { $what ->
    [group] the group
    [account] the account
    [membership] a membership
    [directory-role] a directory role
    [access-assignment] the roles of the group in the customer
    [enterprise-app] the vendor's app
    [customer-consent] the consent in the customer's tenant
    [access-policy] a Conditional Access policy
    [policy-exclusion] an exclusion from a Conditional Access policy
    [authentication-strength] an authentication strength
    [defaults-replaced] Security Defaults and the policy in their place
    [timed-directory-role] a directory role
    [app-registration] the app registration
    [app-principal] an app in the tenant
    [personal-grant] what the app may do in a person's name
    [lent-consent] what the borrowed client was allowed
    [client-choice] the client ID in Settings
   *[other] { $what }
}
doing-taking-back = taking back { $what ->
    [group] the group
    [account] the account
    [membership] a membership
    [directory-role] a directory role
    [access-assignment] the roles of the group in the customer
    [enterprise-app] the vendor's app
    [customer-consent] the consent in the customer's tenant
    [access-policy] a Conditional Access policy
    [policy-exclusion] an exclusion from a Conditional Access policy
    [authentication-strength] an authentication strength
    [defaults-replaced] Security Defaults and the policy in their place
    [timed-directory-role] a directory role
    [app-registration] the app registration
    [app-principal] an app in the tenant
    [personal-grant] what the app may do in a person's name
    [lent-consent] what the borrowed client was allowed
    [client-choice] the client ID in Settings
   *[other] { $what }
}
doing-step = carrying out "{ $step }"
doing-looking-up-kind = looking up "{ $kind }", which this version does not know

## Plans that no longer fit, notes, what is left

stale-row-new = New in the plan: { $row }
stale-row-changed = Changed: { $row }
stale-row-gone = No longer in the plan: { $row }
stale-readings-changed = Something that the checks had read is different now.
note-looked-up = Microsoft's answer was lost. Grantway looked: it is there, once.
note-was-there-since = It has come to be since the plan was made, by somebody else. Take back leaves it.
note-was-there = Microsoft's answer was lost. Grantway looked: it had been there before, so take back leaves it.
note-role-was-gone = It was not held any more: its time was over, or somebody had taken it away.
left-because-fault = It could not be taken back: { $detail } ({ $id })
left-because-was-there = It may have been there before this setup, so Grantway does not remove it.
left-because-others-gave = Somebody else gave it, and only they can take it away.
left-because-made-by-hand = You made it by hand, and it is yours. Grantway does not delete it.
left-because-trace = Microsoft keeps it for a while. It gives no access.
left-because-needed = Something that depends on it could not be taken back. Until that is gone, it is needed for that.
left-because-in-use = Setup { $setup } works with it.
left-by-retry = Mend that first, then press Try again.
take-back-all-in-use = Setup { $setup } works with everything that this one has made. Take that setup back first.
left-by-other-setup = When setup { $setup } is taken back, press Try again.
left-by-hand = By hand, what take back would have done: { $undo }

## Fields and values of changes

field-account = Account
field-display-name = Name
field-description = Description
field-first-password = First password
field-directory-role = Role
field-member = Member
field-name = Name
field-lasts = Lasts
field-roles = Roles
field-permissions = Permissions
field-enterprise-app = App
field-audience = Whose accounts
field-redirects = Redirect addresses
field-client-id = Client ID
field-combinations = Combinations that count
field-policy-apps = Apps
field-policy-control = Asks for
field-policy-excludes = Left out of "{ $policy }"
field-policy-excludes-also = Left out by this as well
field-policy-state = State
field-policy-switch = State of "{ $policy }"
field-policy-users = Applies to
field-security-defaults = Security Defaults
value-nothing = none
value-audience = { $audience ->
    [AzureADMultipleOrgs] accounts of any organisation
    [AzureADMyOrg] accounts of this tenant
    [AzureADandPersonalMicrosoftAccount] accounts of any organisation, and personal ones
    [PersonalMicrosoftAccount] personal accounts
   *[other] { $audience }
}
value-new-client-id = the client ID of the new registration
value-kept-in-vault = made here, kept in the vault
value-holds-role = { $principal } holds { $role }
value-member-of = { $member } is in { $group }
value-days = { $count } days
value-days-extended = { $count } days, then extended by itself
value-roles = { $count ->
    [one] 1 role
   *[other] { $count } roles
}
value-app-of-publisher = an app of { $publisher }
value-holds-role-for = { $principal } holds { $role } for { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
}, then no longer
value-on = on
value-off = off
value-report-only = report-only
value-everybody = everybody
value-everybody-but-provider = everybody but your people who come through the relationship
value-all-apps = all apps
value-second-factor = a second factor
value-strength = the authentication strength "{ $name }"
value-and = { $first }, { $then }
value-excluded-so-far = who is left out so far
value-excluded-provider = the people of { $name } who come through a relationship
value-excluded-accounts = { $count ->
    [one] 1 account
   *[other] { $count } accounts
}
value-excluded-groups = { $count ->
    [one] 1 group
   *[other] { $count } groups
}
value-excluded-roles = { $count ->
    [one] 1 role
   *[other] { $count } roles
}
value-excluded-outside-all = { $kinds } of all organisations
value-excluded-outside-some = { $kinds } of { $count ->
    [one] 1 organisation
   *[other] { $count } organisations
}
value-people-kind = { $kind ->
    [serviceProvider] people of service providers
    [b2bCollaborationGuest] guests
    [b2bCollaborationMember] members from outside
    [b2bDirectConnectUser] people of shared channels
    [otherExternalUser] other people from outside
    [internalGuest] local guests
   *[other] { $kind }
}
value-widened-kinds = { $kinds } of { $name }: the policy has one list of organisations for all kinds of people
value-widened-all-providers = people of every service provider: the policy leaves out people of all organisations
value-widened-providers = people of { $count ->
    [one] 1 other organisation
   *[other] { $count } other organisations
} that come through a relationship: the policy has one list of organisations for all kinds of people

## What stands in the way of a change, or of taking it back

conflict-account-disabled = { $upn } is there and is blocked from signing in. Choose another name.
conflict-account-of-another-name = { $upn } is there and belongs to somebody else. Choose another name.
conflict-account-unreadable = { $upn } is there, but what Microsoft says of it cannot be read.
conflict-group-not-security = A group of this setup is there, but "{ $name }" is no security group.
conflict-registration-other = An app registration named "{ $name }" is there and is something else: none of Grantway's redirect addresses is in it. Choose another name.
conflict-principal-disabled = "{ $name }" is switched off in this tenant. Switch it on under Enterprise apps, then check again.
conflict-relationship-other-roles = A relationship of this name is there already and holds other roles. End it in Partner Center, then check again.
conflict-assignment-in-error = The group has an assignment in this relationship that Microsoft reports as failed. Remove it in Partner Center, then check again.
conflict-policy-gone = The policy "{ $policy }" is not there any more. Check again.
conflict-policy-tenants-unclear = "{ $policy }" leaves out people from outside and does not say of which organisations. Open it in Entra, choose the organisations, then check again.
conflict-access-policy-differs = A policy named "{ $name }" is there and says something else. Rename or delete it in Entra, then check again.
conflict-strength-differs = An authentication strength named "{ $name }" is there and has other combinations. Rename or delete it in Entra, then check again.
drift-account-renamed = Somebody renamed the account to { $upn }. Grantway did not touch it.
drift-assignment-edited = Somebody changed the roles of the group since. Grantway did not touch them.
drift-group-edited = Somebody changed the group since. Grantway did not touch it.
drift-registration = Somebody changed the app registration since. Grantway did not touch it.
drift-client-choice = Somebody entered another client ID in Settings since. Grantway did not touch it.
drift-policy-exclusion-wider = Somebody changed the policy since: it leaves out people of all organisations. Grantway did not touch it.
drift-access-policy-edited = Somebody changed the policy since. Grantway did not touch it.
drift-policy-switched = Somebody switched the policy since: it is { $state }. Grantway did not touch it.
drift-strength-used = Microsoft does not delete the authentication strength: { $detail } A policy of somebody else may ask for it.
drift-strength-edited = Somebody changed the authentication strength since. Grantway did not touch it.
drift-group-has-members = { $count ->
    [one] Somebody else is
   *[other] { $count } others are
} in the group now. Grantway did not remove it.

## What stays after take back although nothing failed

trace-account-in-bin = The account { $upn } is in the recycle bin for 30 days.
trace-account-by-hand = Entra, Users, Deleted users: delete it for good.
trace-app-in-bin = The app "{ $name }" is in the recycle bin for 30 days.
trace-app-by-hand = Entra, Enterprise apps, Deleted: delete it for good.
trace-registration-in-bin = The app registration "{ $name }" is in the recycle bin for 30 days.
trace-registration-by-hand = Entra, App registrations, Deleted applications: delete it for good.
trace-relationship-ended = The relationship "{ $name }" stays in Partner Center's list, as ended.
trace-relationship-ended-by-hand = Nothing to do: it gives no access and cannot be deleted.
trace-group-in-bin = The group is in the recycle bin for 30 days.
trace-group-by-hand = Entra, Groups, Deleted groups: delete it for good.

## What ends by itself

ends-relationship = Relationship

## Proofs

proof-from-journal = Grantway's journal
proof-from-check = Microsoft Graph, by the step's own check
proof-from-nowhere = nowhere
proof-from-account = Microsoft Graph, the account
proof-from-group = Microsoft Graph, the group
proof-from-member = Microsoft Graph, the groups of the account
proof-from-role-assignments = Microsoft Graph, the role assignments of the account
proof-from-relationship = Microsoft Graph, the relationship with the customer
proof-from-customer-token = a fresh token of { $customer }
proof-from-enterprise-app = Microsoft Graph, the app in your tenant
proof-from-registration = Microsoft Graph, the app registration
proof-from-grants = Microsoft Graph, the grants of the app
proof-from-settings = Grantway's Settings
proof-from-access-policy = Microsoft Graph, the access policies of the tenant
proof-from-strength = Microsoft Graph, the authentication strength
proof-from-person = A person, by name
proof-from-defaults-replaced = Microsoft Graph, Security Defaults and the policy
proof-from-role-schedule = Microsoft Graph, the timed roles of the account
proof-not-done = It has not been done.
proof-refused = Microsoft refused the question: { $detail }
proof-no-answer = Microsoft did not answer: { $detail }
proof-claim-account = { $upn } can sign in.
proof-claim-group = The security group "{ $name }" is there.
proof-claim-membership = { $member } is in { $group }.
proof-claim-role-held = { $principal } holds { $role }.
proof-claim-role-not-held = { $principal } does not hold { $role }.
proof-claim-policy-excludes = "{ $policy }" leaves out { $who }.
proof-claim-access-policy = The policy "{ $name }" is there.
proof-claim-strength = The authentication strength "{ $name }" is there.
proof-claim-defaults-replaced = The policy "{ $policy }" does what Security Defaults did.
proof-claim-relationship = { $customer } gives you { $count ->
    [one] 1 role
   *[other] { $count } roles
} through the relationship.
proof-claim-access-assignment = The group holds { $count ->
    [one] 1 role
   *[other] { $count } roles
} in { $customer }.
proof-claim-customer-consent = { $customer } lets Grantway in, with { $count ->
    [one] 1 permission
   *[other] { $count } permissions
}.
proof-found-customer-consent = The token carries them ({ $count } in all).
proof-found-customer-consent-not = { $count ->
    [0] The tenant hands out no token for the app.
    [one] The token carries 1 permission, and not the ones that are needed.
   *[other] The token carries { $count } permissions, and not all that are needed.
}
proof-claim-enterprise-app = The app of { $publisher } has the consent.
proof-claim-registration = The app registration "{ $name }" is there.
proof-claim-principal = "{ $name }" is known in the tenant.
proof-claim-personal-grant = "{ $client }" may use { $api } in the name of { $account }.
proof-claim-lent-consent = "{ $client }" has nothing of this setup in the name of { $account }.
proof-claim-client-choice = Grantway signs in with the client ID { $id }.
proof-found-registration = It is there as planned, with the client ID { $id }.
proof-found-registration-audience = Its audience is { $audience }, not { $wanted }.
proof-found-registration-redirects = Redirect addresses are missing: { $redirects }.
proof-found-principal = "{ $name }" is there and switched on.
proof-found-grant = It holds: { $scopes }.
proof-found-lent-consent-gone = What it holds in your name: { $kept }.
proof-found-client-choice = Settings keep { $id }.
proof-found-account = It is there, switched on, under this name.
proof-found-group = It is there, a security group with this setup's mark.
proof-found-member = Its groups list { $group }.
proof-found-role-held = Its role assignments list { $role }.
proof-found-role-not-held = Its role assignments do not list { $role }.
proof-found-policy-excludes = The policy's list of exclusions says so.
proof-found-policy-excludes-not = The policy's list of exclusions does not say so.
proof-found-access-policy = It is there as planned, and is { $state }.
proof-found-policy-state = It is there, and is { $state }.
proof-found-strength = It is there, with exactly the combinations of the plan.
proof-found-defaults-replaced = Security Defaults: { $defaults }. The policy: { $policy }.
proof-found-roles-active = Active, with exactly { $count ->
    [one] this role
   *[other] these { $count } roles
}.
proof-found-consent-empty = "{ $name }" is there and holds no permission.
proof-found-consent-own = "{ $name }" is there. Granted to the app itself: { $own }.
proof-found-consent-in-names = "{ $name }" is there. Granted in people's names: { $in-names }.
proof-found-consent-both = "{ $name }" is there. Granted to the app itself: { $own }. Granted in people's names: { $in-names }.
proof-found-unconfirmed = Nobody has confirmed it yet. Grantway cannot read it.
proof-found-confirmed = { $by } has seen it and says so. Grantway cannot read it.
proof-found-paired = { $by } has mapped { $count ->
    [one] 1 tenant
   *[other] { $count } tenants
} and says so. Grantway cannot read it.
proof-found-unseen = { $by } has looked and not seen it. { $todo }
proof-found-nothing = It is not there.
proof-found-still-there = It is still there.
proof-found-different = It is there, but not as the plan says.
proof-found-pending = It is there and pending. It counts once it is active.
proof-found-status = It is there, but Microsoft says "{ $status }".
proof-found-other-roles = It is active with other roles: { $missing } missing, { $more } too many.
proof-found-publisher-other = The app comes from "{ $name }". Expected: { $expected }.
proof-found-publisher-unverified = The app has no verified publisher. Expected: { $expected }.
proof-found-app-other = It is another application than the one that the profile names.
proof-found-owner-other = The app belongs to another tenant than the vendor's.
proof-found-app-disabled = The app is switched off in your tenant.
proof-found-permissions-missing = Not granted, though the vendor lists it: { $permissions }.
proof-found-permissions-more = Granted, though the vendor does not list it: { $permissions }.

## Why a sign-in is needed again, or did not work

sign-in-because-token-refused = Microsoft no longer takes the sign-in. Sign in again.
sign-in-because-claims-challenge = A sign-in rule asks for more. Sign in again and do what the page asks for.
sign-in-because-wrong-tenant = You signed in to the tenant { $got }, not to { $expected }. Nothing was changed. Start over with the right account.
sign-in-because-wrong-account = You signed in as { $got }, not as { $expected }. Nothing was changed. Start over with the right account.
sign-in-because-not-consented = The tenant has not agreed to Grantway's permissions yet. An administrator consents once.
sign-in-because-admin-consent-needed = Only an administrator of the tenant may agree to these permissions. Sign in as one, or ask one.
sign-in-because-declined = The sign-in was declined. Nothing was changed.
sign-in-because-no-way-in = This account has no way into the tenant. Sign in with an account of that tenant.
sign-in-because-partner-policy = The account comes through a partner relationship, and a sign-in rule of the tenant keeps such accounts out.
sign-in-because-mfa-needed = The tenant asks for a second factor. Sign in again and set it up where the page asks for it.
sign-in-because-blocked-by-policy = A Conditional Access policy of the tenant blocks this sign-in. An administrator of the tenant sees which one in its sign-in logs.
sign-in-because-device-needed = A sign-in rule wants a managed device, and no private window can show one. Use your own browser.
sign-in-because-token-protection = A sign-in rule wants sign-ins that are bound to the device. Grantway's are not.
sign-in-because-app-disabled = The tenant has switched Grantway's app registration off.
sign-in-because-api-missing = The tenant lacks a service that is asked for: it is not licensed or not set up there.
sign-in-because-app-being-made = Microsoft is setting the app up in the tenant. Sign in again in a minute.
sign-in-because-session-ended = The sign-in has ended. Sign in again.
sign-in-because-code-spent = The sign-in took too long or was used twice. Sign in again.
sign-in-because-registration-wrong = The app registration does not fit: redirect address, audience or kind. Compare it with the setup instructions.
sign-in-because-other-cloud = The tenant lives in another Microsoft cloud. Choose that cloud in the settings.
sign-in-because-tenant-unknown = Microsoft knows no such tenant. Look at the domain.
sign-in-because-not-assigned = The account is not assigned to the app in this tenant. An administrator assigns it under Enterprise apps.
sign-in-because-guest-blocked = The account is a guest whose invitation is open, or guests of its tenant are kept out.
sign-in-because-service-busy = Microsoft's sign-in service has trouble. Sign in again in some minutes.
sign-in-because-tenant-restricted = This network or window is kept to other tenants. Use another network.
sign-in-because-unknown = Microsoft did not take the sign-in. The code below says more.

### app

## Signs
sign-passed = Passed
sign-proved = Proved
sign-not-proved = Not proved yet
sign-already-right = Already right
sign-look-at = Look at this
sign-failed = Failed
sign-stopped = Stopped
sign-cannot-see = Cannot see
sign-by-person = Confirmed by a person
sign-waiting = Waiting
sign-running = Running
sign-needs-you = Needs you
sign-by-hand = By hand
sign-left-out = Left out
sign-taken-back = Taken back
sign-not-started = Not started
sign-done = Done

## The frame
frame-identity-practice = Practice provider
frame-identity-none = No provider yet
frame-note-practice = Practice cloud
frame-note-no-session = No session open
frame-note-session-open = A clean session is open

## Home
home-waiting-for-you = Waiting for you
home-waiting-for-microsoft = Waiting for Microsoft
home-since = since { $time }
home-next-look = next look { $time }
home-new-setup = New setup
home-customers = { $count ->
    [one] { $count } customer
   *[other] { $count } customers
}
home-act-continue = Continue
home-act-open = Open
home-act-see = See what happened
home-act-review = Review
home-answer = Answer a few questions to begin.
home-sign-in = Sign in so that Grantway can look.
home-check = Read what is there. Nothing is changed.
home-check-failed = A check failed. Nothing has been changed.
home-review = The plan is ready to be read and approved.
home-applying = Changes are being made.
home-paused = Paused. Nothing new begins until you say so.
home-look-later = Done. Still to be looked at: { $step }.
home-prove = Everything is made. It has to be read back.
home-needs-you = { $step }
home-stopped = Stopped at: { $step }.
home-taking-back = Being taken back.
home-taken-back = Taken back, and every removal was proved.
home-left-over = Not everything could be taken back.
home-proved = Done, and everything was proved.
home-done-not-all-proved = Done. Not everything could be proved or seen.

## Customers
customers-all = All
customers-needs-you = Needs you
customers-ends-soon = Ends in { $days } days
customers-cannot-see = Cannot see
customers-not-set-up = Not set up
customers-file-customer = Customer
customers-file-domain = Domain
customers-file-tenant = Tenant id
customers-file-because = { $profile }, why
customers-file-setup = { $profile }, setup
customers-file-ends = Ends next
customers-file-what-ends = What ends
customer-progress = { $done } of { $total }
customer-until = until { $time }
customer-end-days = { $days ->
    [0] today
    [one] { $days } day
   *[other] { $days } days
}
customer-end-over = ended
customer-answer = Answer
customer-sign-in = Sign in
customer-check = Check
customer-checking = Checking
customer-review = Review
customer-not-ready = Not ready
customer-paused = Paused
customer-their-turn = Their turn
customer-next-plan = Next plan
customer-proving = Proving
customer-taking-back = Taking back
customer-left-over = Left over
customer-because-stopped = { $step }: { $what }
customer-because-left-out = The plan is made for other customers of the setup.
customer-because-others = Every step for this customer is done. It is proved when the others of the setup are done too.
customer-because-next-plan = The plan that is carried out opens the way to other customers. This one comes with the next plan.
customer-because-halted = It has come to a halt. The setup says what it needs.

## The gallery
card-by-hand = { $count ->
    [0] No steps by hand
    [one] { $count } step by hand
   *[other] { $count } steps by hand
}

## A setup
phase-answer = Answer
phase-sign-in = Sign in
phase-check = Check
phase-review = Review
phase-apply = Apply
phase-prove = Prove
phase-done = Done
setup-saved = Saved { $time }. You can close Grantway at any step.
rail-to-fix = { $count } to fix first
rail-passed = { $passed } of { $all } passed
rail-sign-in-later = A step of the plan
rail-approved = Approved { $time }
rail-changes = { $count ->
    [one] { $count } change
   *[other] { $count } changes
}
rail-applied = { $done } of { $total } changes
rail-proved = { $proved } of { $all } proved
rail-put-away = Put away { $time }
rail-taken-back = Taken back { $time }

## Answer
answer-sentence = Nothing is read or changed while you answer.
answer-submit = Go to sign-in

## Sign in
sign-in-sentence = You sign in on Microsoft's own page, in a window that shares nothing with any other and leaves nothing behind.
sign-in-later = Nobody can sign in yet: there is no client ID to sign in with. The sign-in is a step of the plan.
sign-in-no-client = No client ID is known for this cloud. Enter the ID of your app registration in Settings first.
sign-in-why-read = These permissions only read. The right to change is asked for after you have approved a plan.
sign-in-why-apply = You have approved the plan. These permissions let Grantway carry it out, and nothing beyond it.
sign-in-why-undo = These permissions let Grantway remove what the setup made, prove that it is gone, and take away its own consent last.
scope-other = Needed by a step of this setup
scope-application-read-all = Read applications and their publishers
scope-application-readwrite-all = Make, change and remove applications
scope-auditlog-read-all = Read which sign-in methods are registered
scope-delegatedadminrelationship-read-all = Read your relationships with customers
scope-delegatedadminrelationship-readwrite-all = Assign a group to a relationship with a customer
scope-delegatedpermissiongrant-readwrite-all = Give and take away what applications may do in a person's name
scope-directory-read-all = Read groups, members and grants in your tenant
scope-domain-read-all = Read your domains
scope-group-readbasic-all = Read names of groups
scope-group-read-all = Read groups
scope-group-readwrite-all = Make and remove a group
scope-groupmember-read-all = Read members of groups
scope-groupmember-readwrite-all = Add and remove members of groups
scope-licenseassignment-read-all = Read which licences your tenant has
scope-organization-read-all = Read your tenant's name and domains
scope-policy-read-all = Read whether Security Defaults are on
scope-rolemanagement-read-directory = Read who holds which directory role
scope-rolemanagement-readwrite-directory = Give and take away a directory role
scope-user-read = Read who you are
scope-user-read-all = Read accounts
scope-user-readbasic-all = Read names of accounts
scope-user-readwrite-all = Make and remove an account
scope-user-deleterestore-all = Remove an account
scope-userauthmethod-microsoftauthapp-read-all = Read whether Authenticator is set up for the account
scope-userauthenticationmethod-read-all = Read how the account signs in
lane-clean = Clean window
lane-clean-note = An empty window of its own. It shares nothing and leaves nothing behind.
lane-private = Private browser
lane-private-note = Your browser in private mode with a throw-away profile. For passkeys, smart cards and certificates.
lane-own = Own browser
lane-own-note = Your browser as you use it. It shares its cookies and extensions. For rules that ask for a managed device.
lane-link = Copy the link
lane-link-note = For a colleague on another computer. Grantway looks for the effect.
lane-no-browser = No such browser was found on this computer.
session-window-seat = The window is open. Sign in there.
session-window-task = The window is open. Do what is listed here, then say that it is done.
session-window-page = The window is open. When you are through with the page, say that it is done: Grantway reads again what it says.
session-browser = Your browser is open. Go on there.
loopback-title = You are signed in
loopback-sentence = Close this window and go back to Grantway.

## Check
check-sentence = Read only. Nothing has been changed.
check-summary = { $count ->
    [one] { $count } check, { $time }
   *[other] { $count } checks, { $time }
}
check-blocked = { $count ->
    [one] Fix { $count } failed check first
   *[other] Fix { $count } failed checks first
}
check-group-failed = Fix before the plan
check-group-look-at = Look at these
check-group-cannot-see = Cannot see
check-group-passed = Passed
check-filter-failed = Failed
check-filter-look-at = Look at
check-filter-cannot-see = Cannot see
check-filter-passed = Passed
check-read-tenant = Tenant
check-read-at = Read at
check-read-right = Right used
check-act-again = Check again
check-act-open-page = Open the page
check-page-who = Sign in there with an account that may change this in { $place }.
check-page-who-roles =
    { $count ->
        [one] Sign in there with an account that holds this role in { $place }: { $roles }.
       *[other] Sign in there with an account that holds one of these roles in { $place }: { $roles }.
    }
check-page-who-customer =
    { $count ->
        [one] Sign in there with an account of { $place } that holds this role: { $roles }. Somebody of { $provider } to whom a relationship gives it can try as well; not every page of Microsoft lets them in.
       *[other] Sign in there with an account of { $place } that holds one of these roles: { $roles }. Somebody of { $provider } to whom a relationship gives one of them can try as well; not every page of Microsoft lets them in.
    }
check-page-path = Go to { $path }.
check-page-left = The page was left at { $left }. What was done there may not be seen here before { $seen }. Check again then.
check-act-accept = Go on without it
check-act-other-account = Sign in with another account
check-act-answer = Change the answer

## Review
review-sentence = { $summary } Nothing has been changed yet.
review-no-plan = There is no plan. Check again to make one.
review-number = Plan { $number }
review-made = made { $time }, fits what was read
review-group-changes = { $count ->
    [one] { $count } change
   *[other] { $count } changes
}
review-group-by-hand = By hand: { $count ->
    [one] { $count } step
   *[other] { $count } steps
}
review-group-waits = Waits and reads: { $count }
review-group-already-right = Already right: { $count ->
    [one] { $count } thing stays as it is
   *[other] { $count } things stay as they are
}
review-type-number = { $count ->
    [one] Type { $count } to approve { $count } change
   *[other] Type { $count } to approve { $count } changes
}
review-type-role = Type { $role } to approve a role that stays
review-approve = Approve and apply
review-blocked = { $count ->
    [one] { $count } thing stands in the way
   *[other] { $count } things stand in the way
}
review-next-apply = Then the changes are made.
review-next-first-sign-in = You sign in for the first time while it is applied: the plan says when.
review-next-sign-in = Then you sign in once more, with the right to make these changes.
map-until = until { $day }
stale-check-failed = A check that passed before has failed now.

## Apply
apply-paused = Paused. What was made stays; nothing new begins.
apply-needs-you = { $count ->
    [one] One thing needs you.
   *[other] { $count } things need you.
}
apply-finished = Everything is made. Now it is read back.
apply-waits = Nothing for you to do. Grantway waits and goes on by itself.
apply-runs = Changes are being made, one after the other.
apply-progress = { $done } of { $total } changes made
apply-blocked-running = Not everything is made yet
apply-blocked-cards = { $count ->
    [one] One thing needs you
   *[other] { $count } things need you
}
apply-place-summary = { $done } of { $total } steps done
apply-after = after: { $step }
apply-quiet = Microsoft asked for quiet. Nothing is lost; this step goes on then.
apply-wait-minutes = { $passed } of about { $usually } min
apply-wait-seconds = { $passed } of about { $usually } s
apply-wait-next = Next look { $time }. Survives a restart.

## Customers side by side
matrix-ready = Ready
matrix-not-ready = Not ready
matrix-decision = Needs a decision
matrix-left-out = Left out
matrix-not-read = Not read yet
matrix-not-checked = not checked
matrix-not-set-up = not set up
matrix-of = { $some } of { $all }
matrix-look-at-accepted = Look at this, accepted
matrix-cannot-see-accepted = Cannot see, accepted
matrix-in-plan = { $count ->
    [one] 1 check is mended by the plan
   *[other] { $count } checks are mended by the plan
}
matrix-and-more = { $first }, and { $count } more
matrix-for-all-open = { $check }: open for { $count } customers.
matrix-for-all-planned = { $check }: the plan mends it for { $count } customers. Accepting it takes that out of the plan.
matrix-for-all-detail = { $remedy }. { $detail }
matrix-for-all-act = Accept for all { $count } customers
matrix-goes-on = Goes on
matrix-nothing-to-do = Nothing to do
matrix-waits-until = Waits until { $time }
matrix-waits-for = for: { $who }
matrix-filter-hand-off = Somebody else
matrix-filter-waits = Waits
matrix-more-stopped = { $count ->
    [one] and 1 more that stopped
   *[other] and { $count } more that stopped
}
matrix-more-task = { $count ->
    [one] and 1 more that needs you
   *[other] and { $count } more that need you
}
matrix-more-hand-off = { $count ->
    [one] and 1 more that waits for somebody else
   *[other] and { $count } more that wait for somebody else
}
matrix-more-waits = { $count ->
    [one] and 1 more wait
   *[other] and { $count } more waits
}

## Cards that need a person
need-sign-in-title = Sign in to { $place }
need-sign-in-apply = The plan is approved. One sign-in with the right to make these changes, then it goes on by itself.
need-sign-in-undo = One sign-in with the right to remove, then it goes on by itself.
need-sign-in-again = Sign in again: { $because }
need-halted-title = The setup has stopped
need-stopped-title = Stopped: { $step }
need-stopped-sentence = { $done ->
    [0] Nothing was changed.
    [one] { $done } change was made and stays.
   *[other] { $done } changes were made and stay.
}
need-act-sign-in = Sign in
need-act-show-window = Show window
need-act-open = Open the window
need-act-open-again = Open the window again
need-act-done = It is done
need-act-other-client = Give another client ID
need-act-look-again = Look again
need-act-retry = Try again
need-act-seen = I see it
need-act-not-seen = Not seen
need-act-look-now = Look now
need-hand-off = { $who } has to act. Pass the link on; Grantway looks by itself until it is done, also after a restart.
need-look-later = { $cause } You are reminded { $time }. If you see it before, say so.
need-look-now = Look now. { $cause }
need-look-not-seen = Not seen by { $by }, { $time }. { $todo }
need-hand-off-link = Link
need-hand-off-message = Message with the link
need-act-go-on = Go on
need-act-start-over = Remove it and start over clean
need-act-accept = Go on without it
trouble-too-few-prompts =
    .what = Credentials were asked for { $seen ->
        [0] not once
        [one] once
       *[other] { $seen } times
    }, not { $expected } times.
    .why = A saved session or an extension took a sign-in away, so the connection is not complete.
    .todo = Remove what came of it and start over in a clean window.
trouble-not-finished =
    .what = The window was closed before it was done. Nothing else was changed.
    .todo = Open the window again, or look again if it is done.
trouble-no-effect =
    .what = Microsoft does not show what this step leaves behind.
    .why = The consent was cancelled, or it was given in another tenant.
    .todo = Open the window again. If it was done, look again in a minute.
trouble-half-started-over =
    .what = Starting over was cut off before its end.
    .why = What the first try has left may be gone or still be there; Grantway looks before it removes anything.
    .todo = Start over once more.
trouble-overdue =
    .what = This has lasted longer than it ever should.
    .why = Microsoft has not come to an end with it.
    .todo = Look again later. What was made stays.
trouble-check-failed =
    .what = { $found }
    .why = Needed: { $needed }
    .todo = { $todo }
trouble-check-failed-todo = Look again, or take everything back.

## Pairs of tenants and names of another portal
pairs-other = Organization of { $vendor }
pairs-own = Your own
pairs-list-label = Organizations of { $vendor }, one on each line
pairs-list-hint = Copy them from { $vendor }'s portal. A table works too, if its first line has the heading Organization or Name. A column Tenant id or Domain is read as the tenant beside it.
pairs-list-given = { $count ->
    [one] 1 organization is listed.
   *[other] { $count } organizations are listed.
}
pairs-list-choose = Choose a list of organizations
pairs-list-empty = There is no name in it.
pairs-list-long = It has more than 20,000 names.
pairs-list-unreadable = It cannot be read as a table: { $detail }
pairs-list-no-name = The name is missing.
pairs-list-twice = "{ $name }" stands in line { $first } already. One organization belongs to one tenant.
pairs-list-no-tenant = "{ $text }" is neither a tenant id nor a domain.
pairs-list-more = { $count ->
    [one] 1 more line is wrong.
   *[other] { $count } more lines are wrong.
}
pairs-name-long = The name has more than { $length } letters.
pairs-name-signs = The name holds signs that cannot be shown.
pairs-sentence = { $paired } of { $all ->
    [one] 1 tenant has
   *[other] { $all } tenants have
} an organization. { $doubles ->
    [0] { "" }
   *[other] { $doubles } share one.{ " " }
}{ $unused ->
    [0] { "" }
    [one] 1 listed organization fits no tenant.
   *[other] { $unused } listed organizations fit no tenant.
}
pairs-take-sure = { $count ->
    [0] No sure proposals
    [one] Take the sure proposal
   *[other] Take the { $count } sure proposals
}
pairs-confirm = { $count ->
    [0] They are mapped as confirmed before
    [one] I have mapped this 1 in the portal
   *[other] I have mapped these { $count } in the portal
}
pairs-blocked-open = { $count ->
    [one] 1 tenant has no organization yet.
   *[other] { $count } tenants have no organization yet.
}
pairs-blocked-doubles = { $count ->
    [one] 1 tenant has the organization of another one.
   *[other] { $count } tenants share an organization.
}
pairs-tab-all = All
pairs-tab-open = Not mapped
pairs-tab-double = Doubles
pairs-tab-look = Look at
pairs-tab-confirmed = Confirmed
pairs-confirmed = Confirmed
pairs-paired = To be confirmed
pairs-double = Double
pairs-proposed = Proposed
pairs-look = Look at it
pairs-open = Not mapped
pairs-free = Need not be mapped
pairs-note-confirmed = Confirmed by { $by }, { $time }.
pairs-note-confirmed-elsewhere = Confirmed by { $by }, { $time }, in setup { $setup }.
pairs-note-double = { $others } has the same organization. Only one of them gets data in.
pairs-note-listed = The list has it beside this tenant.
pairs-note-marked = The portal marks it as your own.
pairs-note-same = The same name.
pairs-note-bare = The same name but for legal form, punctuation or accents.
pairs-note-form = The same name with another legal form. Look whether it is the same company.
pairs-note-domain = It reads as the tenant's domain. Look whether it is the same company.
pairs-note-near = Alike to { $percent } %. Look whether it is the same company.
pairs-note-listed-twice = The list has this tenant under several organizations: { $names }. One of them is right.
pairs-note-unlisted = It is not in the list that was given. Make sure that the portal has it.
pairs-note-free = Map it only if it is to be protected too.
pairs-file-tenant-name = Tenant
pairs-file-domain = Domain
pairs-file-tenant = Tenant id
pairs-file-organization = Organization
pairs-file-state = State
pairs-file-why = Why

## Prove, Done, take back
done-title = Done for { $who }
done-title-not-proved = Not proved yet for { $who }
done-title-proving = Prove
done-title-putting-away = Being put away
done-putting-away = Grantway's own permissions are removed first. The removal is read back.
done-title-put-away = Put away
done-put-away = Nothing of this setup is in a tenant.
done-put-away-left = Nothing of this setup is in a tenant but what is listed here.
done-title-taking-back = Taking back
done-title-taken-back = Taken back
done-title-left-over = Not everything is taken back
done-proving = What was made is being read back.
done-proved = Everything was read back, and it is as the plan says.
done-confirmed = Everything that can be read was read back, and it is as the plan says. { $count ->
    [one] One thing that cannot be read was confirmed by a person.
   *[other] { $count } things that cannot be read were confirmed by a person.
}
done-not-proved = { $count ->
    [one] One thing is not as the plan says yet.
   *[other] { $count } things are not as the plan says yet.
}
done-cannot-see = { $count ->
    [one] What can be seen is as the plan says. One thing cannot be seen.
   *[other] What can be seen is as the plan says. { $count } things cannot be seen.
}
done-taking-back = Last made, first removed. Every removal is read back.
done-taken-back = Everything that this setup made is gone, and that was read back.
done-left-over = { $count ->
    [one] One removal failed. It is listed with the way to do it by hand.
   *[other] { $count } removals failed. They are listed with the way to do it by hand.
}
done-left-in-use = { $count ->
    [one] One thing stays while another setup works with it.
   *[other] { $count } things stay while other setups work with them.
} Until then Grantway keeps the permissions to remove { $count ->
    [one] it
   *[other] them
}.
fate-removed = is removed
fate-put-back = is put back as it was
fate-looked-for = is looked for, and removed if it is there
fate-left = stays: it was there before, or it would give access again
undone-reverted = gone, and read back
undone-was-gone = was gone already
undone-kept = stays as it was
undone-drifted = somebody changed it; not touched
undone-failed = could not be taken back
undone-not-yet = not yet
fate-consent-removed = is removed last, with the sign-in
fate-consent-kept = stays: another setup works with it
fate-in-use = stays while another setup works with it
fate-consent-waits = stays until the rest is gone
fate-consent-removable = can be removed now
fate-consent-stays = stays
fate-consent-for-everyone = stays: given for the whole organisation
fate-lent-consent = is back to what it may have held before
own-consent-for-everyone = It was given for the whole organisation, so others may use it. Grantway does not take it away.
own-consent-title = Grantway's own permissions in { $place }
own-consent-by-hand = In the Entra admin center: Enterprise applications, Grantway's app registration, Permissions: remove what was granted.
consent-left-because = You signed in with { $client } for this setup and chose another way since. In your name it may still use what that sign-in asked for: { $scopes }. Grantway works with that client no more, so it cannot take this away.
journal-consent-left = Another way was chosen: what the earlier client was allowed in { $place } stays
lent-consent-title = What the borrowed client may do in { $place }
lent-consent-by-hand = In the Entra admin center: Enterprise applications, the client that was borrowed, Permissions, User consent: remove what is not needed.
lent-consent-kept = Some of it may have been there before this setup, so Grantway leaves that.
lent-consent-unknown = Grantway could not read what was there before this setup, so it takes nothing away.
own-consent-stopped = What the setup made is gone. Grantway's own permissions are still there.
put-away-removable = Nothing of this setup is in a tenant but what its sign-in has left: Grantway's own permissions. No other setup works with them, so they can be removed first. Removing them can take one more sign-in, with the right to remove.
put-away-used = Grantway's own permissions stay: another setup of the same account works with them. They go when that one is taken back or put away.
put-away-stays = Grantway's own permissions stay in the tenant. They can be removed by hand: Entra, Enterprise apps, Grantway's app registration, Permissions.
put-away-remove = Remove and put away
put-away-keep = Leave and put away
take-back-sentence = { $count ->
    [one] One change is taken back{ $own ->
        [0] .
       *[other] , and after it what Grantway itself was permitted.
    }
   *[other] All { $count } changes are taken back, last first{ $own ->
        [0] .
       *[other] , and after them what Grantway itself was permitted.
    }
} { $stay ->
    [0] Every removal is proved.
    [one] One thing stays as it is. Every removal is proved.
   *[other] { $stay } things stay as they are. Every removal is proved.
}
take-back-type = { $count ->
    [one] Type { $count } to take back { $count } change
   *[other] Type { $count } to take back { $count } changes
}
take-back-button = Take back

## Activity
journal-opened = Setup begun
journal-answered = Questions answered
journal-signed-in = { $account } signed in to { $place }
journal-signed-out = Sign-in to { $place } forgotten
journal-checked = { $failed ->
    [0] { $count } checks read, none failed
   *[other] { $count } checks read, { $failed } failed
}
journal-accepted = { $by } goes on without a check
journal-planned = Plan { $number } made, { $count } changes
journal-approved-here = Plan { $number } approved at this computer, before anybody signed in
journal-approved = Plan { $number } approved by { $by }
journal-stale = Plan { $number } no longer fitted and was refused
journal-intent = About to write: { $step }
journal-undo-intent = About to take back: { $step }
journal-created = Made: { $step }
journal-updated = Changed: { $step }
journal-removed = Removed: { $step }
journal-done = Done: { $step }
journal-failed = Stopped: { $step } ({ $id })
journal-needed = Needs you: { $step }
journal-attended = You were at it: { $step }
journal-troubled = Needs a decision: { $step }
journal-retried = Tried again: { $step }
journal-waiting = Waiting: { $step }
journal-confirmed = Seen by { $by }: { $step }
journal-listed = { $by } gave { $count ->
    [one] 1 name
   *[other] { $count } names
}: { $step }
journal-paired = { $by } paired { $count ->
    [one] 1 tenant
   *[other] { $count } tenants
}: { $step }
journal-pairs-confirmed = { $by } confirms { $count ->
    [one] 1 pair
   *[other] { $count } pairs
}: { $step }
journal-not-seen = Not seen by { $by }: { $step }
journal-paused = Paused
journal-resumed = Going on
journal-proved = Read back: { $proved } of { $all } proved
journal-undo-began = Take back begun by { $by }
journal-undone = Taken back: { $step }
journal-undo-ended = { $left ->
    [0] Take back ended, nothing stays
   *[other] Take back ended, { $left } things are listed
}
journal-consent-ending = About to take away: Grantway's { $count } permissions in { $place }
journal-consent-ended = Taken away: Grantway's permissions in { $place }
journal-consent-kept = Kept for another setup: Grantway's permissions in { $place }
journal-lent-consent = Back to what it may have held before: the borrowed client in { $place }
journal-consent-for-everyone = Given for the whole organisation, so it stays: Grantway's permissions in { $place }
journal-consent-stays = Stopped: Grantway's permissions in { $place } ({ $id })
journal-closed = Put away

## Settings
settings-cloud-file-choose = Choose a cloud file
settings-cloud-file-given = Given with --cloud at this start
settings-cloud-file-unused = Not in use
settings-vault-keychain = The keychain of this computer
settings-vault-passphrase = A file behind your passphrase
settings-vault-memory = Nowhere; secrets are gone with this window

## What is being done
doing-removing-own-consent = taking away Grantway's own consent
doing-signing-in = signing in to { $place }
doing-renewing-sign-in = renewing the sign-in of { $account }
doing-looking-for-sign-in = looking for a sign-in
sign-in-because-nobody = nobody is signed in for this tenant.

## Problems: what happened, why, what to do
problem-window =
    .what = The window could not ask the app. Nothing was changed.
    .todo = Close Grantway and open it again.
problem-offline =
    .what = No connection. Nothing was sent and nothing is lost.
    .why = { $detail }
    .todo = Check the network, then go on. Grantway goes on where it stood.
problem-answer-lost =
    .what = Microsoft did not answer while { $doing }. It may have taken effect; Grantway looks before it writes again.
    .why = { $detail }
    .todo = Try again.
problem-throttled =
    .what = Microsoft asked for quiet while { $doing }. Nothing is lost.
    .why = Too many requests at once in this tenant.
    .todo = Grantway goes on by itself at { $until }.
problem-refused =
    .what = Microsoft refused while { $doing }. Nothing was changed by it.
    .why = The account or the app lacks a right: { $needs }. { $detail }
    .todo = Sign in with an account that has it, or ask an administrator to give it.
problem-not-found =
    .what = Something that this step needs is not there, while { $doing }.
    .why = { $detail }
    .todo = Check again, and make the plan anew.
problem-conflict =
    .what = Something else stands in the way, while { $doing }. Grantway did not write over it.
    .why = { $detail }
    .todo = Look at what is there, then try again.
problem-in-use =
    .what = Setup { $detail } works with it, so it stays for now, while { $doing }.
    .todo = Take that setup back, then try again.
problem-not-yet-visible =
    .what = Microsoft does not show yet what was made a moment ago, while { $doing }.
    .why = { $detail }
    .todo = Try again in a minute. What was made stays.
problem-sign-in-needed =
    .what = A sign-in is needed. Nothing was changed.
    .why = { $because }
    .todo = Sign in again.
problem-invalid =
    .what = Microsoft took the request for wrong while { $doing }. Nothing was changed by it.
    .why = { $detail }
    .todo = Try again. If it stays so, send this id and the request id { $request } to support.
problem-unexpected-answer =
    .what = The answer is not what Microsoft promises, while { $doing }.
    .why = { $detail }
    .todo = A network sign-in page or a proxy can cause this. Open any web page, then try again.
problem-service-failed =
    .what = Microsoft's service failed several times while { $doing }.
    .why = { $detail }
    .todo = Try again later. Nothing is lost.
problem-stale =
    .what = Somebody changed it after you approved. Grantway did not write over it.
    .why = { $detail }
    .todo = Check again, and look at the new plan.
problem-local =
    .what = This computer stood in the way while { $doing }.
    .why = { $detail }
    .todo = Mend it, then try again. Nothing was sent.
problem-journal-cannot-write =
    .what = The journal cannot be written, so nothing was sent.
    .why = { $detail }
    .todo = Make room or give Grantway the right to write, then go on.
problem-journal-read-only =
    .what = This window only reads. Nothing was changed.
    .why = { $detail }
    .todo = Use the other Grantway window, or close it and start again.
problem-journal-damaged =
    .what = The journal is damaged, so nothing was sent.
    .why = { $detail }
    .todo = Close Grantway and open it again. It then shows what can be read, and lets you export it.
problem-read-only-instance =
    .what = Another Grantway has these setups open. This one only shows them, and nothing is changed from here.
    .why = A journal has one writer: { $detail }.
    .todo = Use the other one, or close it and try again here.
problem-read-only-damaged =
    .what = The journal is damaged. Grantway shows what can be read of it and changes nothing.
    .why = Found when it was opened: { $detail }.
    .todo = Export it, then start a new one. The damaged one is set aside, not deleted.
problem-read-only-folder =
    .what = The journal cannot be written. Grantway shows what is in it and changes nothing.
    .why = Found when it was opened: { $detail }.
    .todo = Make room, or give Grantway the right to write to its data folder. Then try again.
problem-journal-export =
    .what = The journal was not exported. It is as it was.
    .why = { $detail }
    .todo = Try again.
problem-journal-whole =
    .what = The journal is whole. It was not set aside.
    .todo = Go on with it.
problem-journal-not-set-aside =
    .what = The journal could not be set aside. Nothing was deleted.
    .why = { $detail }
    .todo = Close every other Grantway and check the right to write to the data folder. Then try again.
problem-journal-open =
    .what = The journal cannot be opened. Nothing was changed.
    .why = { $detail }
    .todo = Check the data folder, or update Grantway if a later version wrote it.
problem-vault =
    .what = The vault cannot be opened, so there are no sign-ins. Nothing was changed.
    .why = { $detail }
    .todo = Unlock the keychain of this computer, or give the passphrase.
problem-http =
    .what = The connection cannot be set up on this computer.
    .why = { $detail }
    .todo = Check the certificates of this computer.
problem-no-plan =
    .what = There is no plan yet.
    .todo = Check first.
problem-other-plan =
    .what = The plan was made anew since it was shown. Nothing was approved.
    .todo = Read the new plan, then approve it.
problem-wrong-word =
    .what = "{ $typed }" was typed. Nothing was approved.
    .why = { $asked } is asked for: it says how much will change.
    .todo = Type { $asked }.
problem-approval-blocked =
    .what = The plan cannot be approved yet. { $count ->
        [one] One thing has
       *[other] { $count } things have
    } to be mended first.
    .todo = Fix what failed, then check again.
problem-approved-before =
    .what = The plan was approved already. Nothing was changed by this.
    .todo = Take the setup back first, or begin another one.
problem-draft =
    .what = The plan does not hang together at { $step }. Nothing was changed.
    .why = { $detail }
    .todo = This is a defect of Grantway. Send this id to support.
problem-no-draft =
    .what = The plan cannot be made. Nothing was changed.
    .why = { $because }
    .todo = Check again.
problem-host-absent =
    .what = This is not to be had here.
    .why = { $detail }
    .todo = Choose another way.
problem-host-refused =
    .what = The system refused.
    .why = { $detail }
    .todo = Try again, or choose another way.
problem-field =
    .what = { $what }
    .todo = { $todo }
problem-unknown-domain =
    .what = No tenant has the domain { $domain }.
    .why = Microsoft's sign-in service does not know it in this cloud.
    .todo = Check the spelling, or use the tenant's onmicrosoft domain.
problem-discovery =
    .what = Cannot ask which tenant this domain belongs to. Nothing was stored.
    .why = { $detail }
    .todo = Check the network, then try again.
problem-same-tenant =
    .what = { $first } and { $second } are the same tenant.
    .todo = Enter the domain of the customer.
problem-close-unfinished =
    .what = This setup is not finished. It was not put away.
    .why = What it made would be forgotten.
    .todo = Finish it, or take it back first.
problem-close-begun =
    .what = This setup was begun. It was not put away.
    .why = What it made goes before Grantway's own permissions.
    .todo = Take it back first: the permissions go with it.
problem-no-such-setup =
    .what = There is no setup { $setup } here.
    .why = It belongs to another cloud or to the other mode, or the id has a slip.
    .todo = Open it from Home.
problem-no-such-customer =
    .what = There is no customer { $tenant } in this setup.
    .why = {""}
    .todo = Go back to the setup and choose one of its customers.
problem-no-such-profile =
    .what = There is no vendor profile named "{ $profile }".
    .todo = Choose one that is in the gallery.
problem-no-such-pattern =
    .what = This version does not know the pattern "{ $pattern }".
    .todo = Update Grantway.
problem-no-such-step =
    .what = The plan has no step "{ $step }".
    .todo = Open the setup again.
problem-no-such-seat =
    .what = The setup has no sign-in "{ $seat }".
    .todo = Open the setup again.
problem-no-such-check =
    .what = There is no such check.
    .todo = Check again.
problem-no-such-value =
    .what = This value is not known yet, or it was used and forgotten.
    .todo = Look at the card again when the step before it is done.
problem-no-such-format =
    .what = A proof cannot be written as "{ $format }".
    .todo = Choose html or json.
problem-no-such-cloud =
    .what = There is no cloud named "{ $cloud }".
    .todo = Choose one of those in Settings.
problem-profile-file =
    .what = This file cannot be used as a profile. Nothing of it was kept.
    .why = { $detail }
    .todo = Mend the file, or get it again from whoever gave it to you.
problem-profile-damaged =
    .what = A profile of your own cannot be used.
    .why = { $detail }
    .todo = Mend that file in { $folder }, or get it again from whoever gave it to you, and start Grantway again. Setups that were begun with it are shown again then. Nothing else is affected.
problem-profile-taken =
    .what = There is a profile of that ID already. Nothing was kept.
    .why = { $detail }
    .todo = Use the one that is there, or change the ID in the file. A profile that was put away keeps its ID, because setups may still need it.
problem-profile-in-use =
    .what = This profile is still needed. Nothing was put away.
    .why = { $count ->
        [one] A setup was begun with it and is not over: { $setups }.
       *[other] { $count } setups were begun with it and are not over: { $setups }.
    }
    .todo = Take them back or put them away first.
problem-profile-not-kept =
    .what = The profile was not kept.
    .why = { $detail }
    .todo = See that there is room in the data folder and that it can be written, then try again.
problem-profile-not-own =
    .what = "{ $profile }" is not a profile of your own.
    .todo = Profiles that come with Grantway stay as they are.
problem-cloud-file =
    .what = The cloud file cannot be used. Nothing of it was kept.
    .why = { $detail }
    .todo = Mend the file, or choose another one in Settings.
problem-cloud-given =
    .what = This start was given its cloud file with --cloud. Nothing was changed.
    .todo = Close Grantway and start it without --cloud.
problem-check-blocks =
    .what = A failed check cannot be passed over.
    .why = Nothing is written while it stands.
    .todo = Fix it, then check again.
problem-check-overtaken =
    .what = What was read was not used: the plan was approved or an answer changed meanwhile. Nothing was changed by this.
    .todo = Look at the setup again.
problem-own-consent-stays =
    .what = What the setup made is gone. Grantway's own consent is still listed.
    .why = Microsoft has not shown its removal within a minute.
    .todo = Try again in a minute. By hand: Enterprise applications, your app, Permissions, User consent.
problem-answer-first =
    .what = The questions are not answered yet.
    .todo = Answer them first.
problem-session-open =
    .what = A session of this setup is open already.
    .todo = Go on there, or stop it first.
problem-session-closed =
    .what = The window was closed before the sign-in was done. Nothing was changed.
    .todo = Sign in again when you are ready.
problem-session-timed-out =
    .what = The window was open for a quarter of an hour and has closed itself. Nothing was changed.
    .todo = Sign in again when you are ready.
problem-no-browser =
    .what = No browser for this way was found on this computer.
    .why = Grantway looks for Edge, Chrome, Chromium, Brave and Firefox.
    .todo = Use the clean window, or install one of these.
problem-no-client-id =
    .what = No client ID is known for this cloud.
    .why = Sign-in needs the ID of an app registration.
    .todo = Enter it in Settings.
problem-client-id =
    .what = "{ $id }" is not a client ID.
    .why = It has the form 00000000-0000-0000-0000-000000000000.
    .todo = Copy the application (client) ID from the app registration.
problem-lane =
    .what = This way cannot be used here.
    .todo = Choose the clean window, a private browser or your own browser.
problem-answer-ignored =
    .what = The answer did not belong to this sign-in. It was not used, and nothing was changed.
    .todo = Sign in again.
problem-loopback =
    .what = This computer does not let Grantway wait for the answer.
    .why = { $detail }
    .todo = Use the clean window.
problem-sign-in-unreadable =
    .what = Microsoft did not say who signed in. Nothing was kept.
    .todo = Sign in with a work account of this tenant.
problem-scopes-missing =
    .what = The sign-in does not carry everything that this step needs. Nothing was changed.
    .why = Missing: { $scopes }
    .todo = Sign in again and accept what is listed, or ask an administrator to.
problem-wrong-tenant =
    .what = You signed in to { $got }, not { $expected }. Nothing was changed.
    .why = The account is { $account }.
    .todo = Start over with the right account.
problem-wrong-account =
    .what = You signed in as { $got }, not as { $expected }. Nothing was changed.
    .why = This setup was begun by { $expected }.
    .todo = Start over with that account.
problem-task-not-ready =
    .what = This step is not ready for you yet, or it is done.
    .todo = Do first what stands before it.
problem-nobody-confirms =
    .what = Nobody is signed in, so nobody's name could stand under it.
    .todo = Sign in, then say it again.
problem-no-portal =
    .what = This cloud has no page named "{ $portal }".
    .todo = Open the page by hand, then look again.
problem-nothing-to-take-back =
    .what = There is nothing to take back.
    .todo = Close the setup.
problem-client-in-use =
    .what = The setup { $setup } is signed in with the app that would be deleted.
    .todo = Take back or put away { $setup } first. Without the app nobody could take it back here.
problem-all-in-use =
    .what = Setup { $setup } works with everything that this one has made.
    .todo = Take that setup back first.
problem-nothing-to-prove =
    .what = Nothing was read back: no setup of these customers is made yet.
    .todo = Open a customer to see what its setup waits for.
problem-nothing-to-pair =
    .what = The step "{ $step }" has nothing to map.
    .todo = Open the setup again and choose a step that it shows.
problem-not-pairable =
    .what = Nothing can be mapped for "{ $step }" now.
    .why = The step is not reached yet, the setup is paused, or it is being taken back.
    .todo = Let the setup go on until it asks for the mapping.
problem-pair-file =
    .what = The file cannot be read.
    .why = { $detail }
    .todo = Choose another file, or paste the names.
problem-pair-file-large =
    .what = The file is larger than 4 MB.
    .why = A list of organizations is smaller.
    .todo = Choose the file with the organizations, or paste their names.
problem-pair-file-letters =
    .what = The file is no text in UTF-8.
    .todo = Save it as "CSV UTF-8" and choose it again, or paste the names.
problem-no-such-pair =
    .what = The tenant { $tenant } is not in this table.
    .todo = Choose one of the tenants that are shown.
problem-pair-name =
    .what = { $what }
    .todo = Write the organization's name as the portal shows it.
problem-pairs-blocked =
    .what = The mapping cannot be confirmed yet. { $because }
    .why = One tenant belongs to one organization, and the reverse.
    .todo = Give every tenant an organization of its own, then confirm.
problem-other-pairs =
    .what = The pairs have changed since they were shown. Nothing was confirmed.
    .todo = Look at the table again, then confirm.
problem-pair-line =
    .what = Line { $line }: { $what }
    .todo = Mend the line and read the list again.
problem-pair-list =
    .what = { $what }
    .todo = Paste the names, one on each line.
problem-pairs-file =
    .what = The table cannot be written.
    .why = { $detail }
    .todo = Try again. If it stays so, report the id.
problem-customers-file =
    .what = The list of customers cannot be written.
    .why = { $detail }
    .todo = Try again.
problem-report =
    .what = The proof cannot be written.
    .why = { $detail }
    .todo = Try again.
problem-no-practice =
    .what = This build has no practice cloud.
    .todo = Use a build that has one.
problem-not-practice =
    .what = This is only there in practice.
    .todo = Enter practice first.
problem-practice-file =
    .what = The practice cloud does not say where it is.
    .why = { $detail }
    .todo = Start Grantway again.
problem-practice-silent =
    .what = The practice cloud does not answer.
    .why = { $detail }
    .todo = Start Grantway again. Nothing real was touched.
problem-practice-refused =
    .what = The practice cloud refused.
    .why = { $detail }
    .todo = Look at the sign-in page again.

### clean session window

## Its strip

strip-name = Origin strip
strip-window-title = Clean session, { $party ->
    [provider] provider
    [customer] customer
   *[vendor] vendor
} – Grantway
strip-party = { $party ->
    [provider] Provider
    [customer] Customer
   *[vendor] Vendor
}
strip-address = Address: { $host }
strip-expects = expects
strip-sign-ins = Sign-ins seen { $seen } of { $expected }
strip-practice = Practice
strip-https = https
strip-on-this-computer = on this computer
strip-opening = Opening the first page
strip-blocked = Nothing is shown
strip-start-over = Start over clean
strip-private-browser = Open in private browser
strip-own-browser = Use my own browser
strip-stop = Stop
strip-page-error = This page shows an error
strip-copy-link = Copy the link
strip-federated-yes = Yes, go there
strip-federated-no = No, stop
strip-ask-federated = Microsoft hands the sign-in to { $host }. Is that the { $party ->
    [provider] provider
    [customer] customer
   *[vendor] vendor
}’s own sign-in page?
strip-ask-federated-practice = The practice cloud hands the sign-in to { $host }. Is that the { $party ->
    [provider] provider
    [customer] customer
   *[vendor] vendor
}’s own sign-in page?
strip-ask-federated-next = { $from } hands the sign-in on to { $host }. Is that the { $party ->
    [provider] provider
    [customer] customer
   *[vendor] vendor
}’s own sign-in page?
strip-refused-host = Stopped: the page wanted to open { $host }, which is not part of this step.
strip-refused-look-alike = Stopped: { $host } imitates { $known }. Type no password there.
strip-refused-not-encrypted = Stopped: { $host } does not encrypt the connection.
strip-refused-address = Stopped: { $host } is no named host on the usual port.
strip-refused-user-info = Stopped: the address of { $host } carries a user name to look like another.
strip-refused-outside-practice = Stopped: the practice cloud never leaves this computer, and the page wanted to.
strip-refused-too-deep = Stopped: five hosts handed the sign-in on to each other, { $host } is the last.
strip-refused-download = Stopped: the page wanted to save a file. A clean session saves nothing.
strip-refused-window = Stopped: the page wanted another window. This step needs none.
strip-ask-error = What does the page speak of?
strip-error-key = A passkey or smart card
strip-error-device = A managed device
strip-error-other = Something else
strip-passkey = This sign-in wants a passkey. This window cannot use one; your browser can.
strip-passkey-no-browser = This sign-in wants a passkey. This window cannot use one, and Grantway found no browser here.
strip-device-rule = Your company lets only managed devices sign in. No private window can show that this one is.
strip-other-error = Start over clean, or go on in a browser. The page itself says what it misses.
strip-wrong-tenant = You signed in to { $signed_in }, not { $expected }. Nothing was changed. Start over with the right account.
strip-copied = The link is on the clipboard. Grantway reads the effect; nothing comes back to this window.
strip-time-short = This session ends in one minute and is emptied.
strip-prompt-missing = Something signed you in without asking. This step needs { $expected ->
    [one] 1 sign-in
   *[other] { $expected } sign-ins
}. Start over clean.

## The page that replaces one which is not shown

blocked-title = Stopped
blocked-heading = This page is not shown
blocked-host = The sign-in wanted to open { $host }. Grantway stopped it before it was shown.
blocked-why = The strip above says why and what you can do.

## Other dialogs of the desktop

passphrase-choose = Choose a passphrase
passphrase-choose-sentence = No keychain answers on this computer, so Grantway keeps its sign-ins in an encrypted file. Choose a passphrase of at least { $count } characters. It is asked for at each start.
passphrase-enter = Enter the passphrase
passphrase-enter-sentence = Grantway keeps its sign-ins in an encrypted file. The passphrase opens it.
passphrase-wrong-sentence = That passphrase does not open the file. Try again. GW-VLT-0101
passphrase-field = Passphrase
passphrase-field-again = Passphrase again
passphrase-open = Open Grantway
passphrase-cancel = Cancel
file-dialog-choose = Choose
file-dialog-cancel = Cancel

### ui

ui-app = Grantway
ui-busy = Grantway is at it.
ui-column-state = State
ui-column-action = Action
ui-column-at = At
ui-copy = Copy
ui-copied = Copied
ui-done = done
ui-gives-to = gives to
ui-close = Close
ui-cancel = Cancel
ui-reading = Reading

ui-risk-low = Low
ui-risk-medium = Medium
ui-risk-high = High

ui-action-create = Is made
ui-action-update = Is changed
ui-action-remove = Is taken away
ui-action-conflict = In the way
ui-action-byHand = By hand
ui-action-alreadyRight = Already right
ui-action-wait = Waits
ui-action-check = Is checked
ui-action-handOff = Somebody else acts

ui-nav = Places
ui-nav-home = Home
ui-nav-set-up = Set up
ui-nav-customers = Customers
ui-nav-activity = Activity
ui-nav-practice = Practice
ui-nav-settings = Settings
ui-nav-waiting =
    { $count ->
        [one] 1 setup waits
       *[other] { $count } setups wait
    }

ui-practice = Practice
ui-practice-tape = Simulated tenants on this computer. Nothing real is touched.
ui-practice-leave = Leave practice

ui-read-only-tryAgain = Try again
ui-read-only-export = Export the journal
ui-read-only-startAfresh = Start a new journal…
ui-read-only-still = Grantway looked again. Nothing has changed.
ui-read-only-exported = Exported to
ui-read-only-aside = The damaged journal lies in
ui-afresh-title = Start a new journal
ui-afresh-moved = The damaged journal is moved into a folder beside it. It is not deleted.
ui-afresh-forgotten = Grantway then knows none of its setups: it cannot go on with them or take them back. What they made in tenants stays there.
ui-afresh-export = Export the journal first. The file lists everything that was done.
ui-afresh-act = Start a new journal

ui-home-title = What would you like to do?
ui-home-door-provider-whom = For providers
ui-home-door-provider = Set up access to my customers
ui-home-door-provider-sentence = Plan it once, check the tenants, then grant, prove and take back from one place.
ui-home-door-practice-whom = For training and demos
ui-home-door-practice = Practise
ui-home-door-practice-sentence = The same steps against simulated tenants, with faults to find. Nothing real is touched.
ui-home-waiting = Waiting for something
ui-home-waiting-count =
    { $count ->
        [one] 1 setup
       *[other] { $count } setups
    }
ui-home-goes-on = goes on by itself
ui-home-empty = Nothing is waiting
ui-home-empty-sentence = Setups that need you, a customer or Microsoft will be listed here, with the reason.
ui-home-empty-practise = Practise first
ui-home-empty-set-up = Set up access
ui-home-finished = Finished

ui-gallery-title = Choose what to set up
ui-gallery-sentence = Each card says who gets what, for how long, and what is left to do by hand.
ui-gallery-set-up = Set up
ui-gallery-set-up-name = Set up { $name }
ui-gallery-own = Your own
ui-gallery-more = More for { $name }
ui-gallery-make = Fill in the form
ui-gallery-import = Bring in a file…
ui-gallery-export = Save as a file
ui-gallery-exported = Saved as { $path }
ui-gallery-put-away = Put away
ui-gallery-put-away-title = Put { $name } away?
ui-gallery-put-away-sentence = No setup can be begun with it any more. Setups that were begun with it keep it. To have it back, save it as a file first and bring that in again.

ui-profile-back = Back to the gallery
ui-profile-problems =
    { $count ->
        [one] 1 answer has to be changed.
       *[other] { $count } answers have to be changed.
    }

ui-wizard-back = Back to Home
ui-wizard-rail = Phases
ui-wizard-footer = Next
ui-wizard-explanation = Explanation
ui-wizard-companion = Practice phone and explanation
ui-putaway-title = Put this setup away
ui-putaway-rows = What its sign-in has left
ui-wizard-put-away = Put away
ui-wizard-read-only = This phase is over. It is shown as it was.
ui-wizard-to-current = Back to { $phase }

ui-answer-privileged = privileged
ui-answer-lost = Left out:
ui-answer-optional = may stay empty
ui-picks-search = Search and add
ui-picks-none = Nothing of that name
ui-picks-remove = Remove { $name }

ui-signin-clean = Why a clean session
ui-signin-clean-sentence = The sign-in opens in a window of its own that shares nothing with your browser: no cookies, no extensions, no other account. It is emptied when it closes.
ui-signin-emptied = The session is emptied when its window closes.
ui-signin-next = Check
ui-signin-not-ready = Sign in first
ui-signin-settings = Open Settings
ui-session-sign-in = Sign in
ui-session-show = Show window
ui-session-stop = Stop
ui-session-sign-out = Sign out
ui-session-seen = Sign-in { $number } seen
ui-session-expected = Sign-in { $number } expected
ui-session-scopes =
    { $count ->
        [one] 1 permission is asked for
       *[other] { $count } permissions are asked for
    }
ui-lanes = Other ways in

ui-check-table = Checks
ui-check-table-of = Checks of { $name }
ui-check-filter = Show only
ui-check-column-check = Check
ui-check-column-where = Where
ui-check-column-found = Found
ui-check-column-needed = Needed
ui-check-fix = Fix
ui-check-fix-name = Fix { $name }
ui-check-decide = Decide
ui-check-decide-name = Decide whether to go on without { $name }
ui-check-in-plan = In the plan
ui-check-accepted = Accepted
ui-check-how-to-fix = How to fix it
ui-check-how-to-go-on = How to go on
ui-check-path = Path
ui-check-again = Check again
ui-check-running = Reading. It takes a few seconds.
ui-check-next = Review the plan
ui-check-why = Why this check
ui-check-read = What Grantway read
ui-check-quote = Quote this
ui-check-choose = Open a check to read why it is made and what was found.

ui-review-table = Changes
ui-review-column-action = What is done
ui-review-column-change = Change, before and after
ui-review-column-risk = Risk
ui-review-column-undo = Undo
ui-review-why = Why
ui-review-means = What it means
ui-review-undo = How it is taken back
ui-review-needs = Permission needed
ui-review-conflict = What stands in the way
ui-review-stale = The plan before this one was refused: something changed after you approved it. Nothing was written over.
ui-review-stale-todo = Look at the new plan and approve it.
ui-map-title = Grant map
ui-map-hint = Arrows run from giver to receiver
ui-map-as-list = As a list
ui-map-as-map = As a map
ui-map-list = Grants
ui-map-giver = Giver
ui-map-receiver = Receiver
ui-map-what = What
ui-map-until = Until
ui-map-no-until = –
ui-map-belongs = belongs to it
ui-approve-off = Type { $expected } first.

ui-for-all = Decide for several customers at once
ui-for-all-more = Show { $count } more
ui-matrix-search = Name or domain
ui-matrix-search-name = Find customers by name or domain. Press / to come here.
ui-matrix-filter = Show only
ui-matrix-all = All
ui-matrix-customers = Customers
ui-matrix-state = State
ui-matrix-shown = { $shown } of { $all }
ui-matrix-none = No customer fits. Clear the search or show all.
ui-matrix-cell = { $customer }, { $column }: { $state }
ui-matrix-said = { $word }, { $more }
ui-matrix-opened = Details of { $customer }
ui-matrix-loading = Reading what is known of { $customer }.
ui-matrix-keys = Arrow keys move, Enter opens a customer.
ui-strip-done = { $count ->
    [one] 1 step done
   *[other] { $count } steps done
}
ui-strip-more = and { $count } more
ui-apply-table = Steps
ui-apply-no-steps = The plan does nothing for { $name }.
ui-apply-table-of = Steps of { $name }
ui-apply-column-step = Step
ui-apply-column-now = Now
ui-apply-waits = What it waits for
ui-apply-waits-none = Nothing at the moment.
ui-apply-journal = Journal
ui-apply-pause = Pause
ui-apply-resume = Go on
ui-apply-stop = Stop and take back
ui-take-back-between = Take back what is done
ui-apply-next = Prove
ui-apply-not-finished = Not everything has reached its state yet

ui-need-task = Needs you
ui-need-signIn = Sign-in needed
ui-need-stopped = Stopped
ui-need-handOff = Waits for somebody else
ui-need-prompts = How often were you asked to sign in?

ui-task-expect = Before you go on, the page must show
ui-task-values = Values to copy
ui-task-secret = kept in the vault
ui-task-secret-note = Copied without being shown.

ui-proof-column-claim = What was claimed
ui-proof-column-from = Read from
ui-proof-column-result = Result
ui-proof-proved = proved
ui-proof-not-yet = not proved yet
ui-proof-cannot-see = cannot see
ui-proof-by-person = confirmed by a person
ui-proof-more = { $count } more: { $word }

ui-done-proved = Proved
ui-done-prove-again = Prove again
ui-done-open = Still open
ui-done-open-show = Open
ui-done-open-show-name = Open: { $name }
ui-done-open-hide = Close
ui-done-open-hide-name = Close: { $name }
ui-done-open-more = { $count } more
ui-done-stays = What stays
ui-left-failed = Left: remove it by hand
ui-left-stays = Stays for a while
ui-done-takeback = Take it back
ui-done-takeback-act = Take back…
ui-done-report = Proof
ui-done-report-sentence = What was granted, what was read back, and how to take it back. Unsigned.
ui-done-save-html = Save page
ui-done-save-json = Save JSON
ui-done-saved = Saved as
ui-done-undone = Taken back

ui-takeback-title = Take it back
ui-takeback-plan = What is taken back, last change first
ui-takeback-keep = Keep it

ui-customers-title = Customers
ui-customers-tabs = Which customers
ui-pairs-none = none
ui-pairs-proposed = { $name } ?
ui-pairs-column-tenant = Tenant
ui-pairs-column-state = State
ui-pairs-edit = Map { $tenant }
ui-pairs-name-of = { $other } for { $tenant }
ui-pairs-pair = Map
ui-pairs-remove = Take it off
ui-pairs-list-again = Give another list
ui-pairs-list-read = Read the list
ui-pairs-list-file = Choose a file
ui-pairs-unused = { $count ->
    [one] 1 organization without a tenant
   *[other] { $count } organizations without a tenant
}
ui-pairs-take-chosen = { $count ->
    [one] Take the proposal that is selected
   *[other] Take the { $count } proposals that are selected
}
ui-pairs-none-shown = No tenant is shown.
ui-pairs-tabs = Parts of the table
ui-pairs-select = Select tenants
ui-customers-number = { $count }
ui-customers-search = Name, domain or tenant id
ui-customers-search-clear = Clear the search
ui-customers-shown = { $shown } of { $all }
ui-customers-column-name = Customer
ui-customers-column-domain = Domain
ui-customers-column-tenant = Tenant id
ui-customers-column-ends = Ends next
ui-customers-column-what = What ends
ui-customers-not-set-up = not set up
ui-customers-no-end = does not end by itself
ui-customers-select = Select customers
ui-customers-is-selected = selected
ui-customers-is-not-selected = not selected
ui-customers-selection = Selected customers
ui-customers-selected = { $count } selected
ui-customers-deselect = Deselect
ui-customers-open = Open
ui-customers-prove = Prove
ui-customers-prove-all = Prove all
ui-customers-set-up = Set up
ui-customers-export = Export
ui-customers-none-shown = No customer is shown.
ui-customers-none-provable = Nothing is made yet that could be read back.
ui-customers-reason = { $customer }, { $profile }: { $told }
ui-customers-foot = The list
ui-customers-rows = Rows { $first } to { $last } of { $all }
ui-customers-proved = { $count } proved
ui-customers-key-move = move
ui-customers-key-select = select
ui-customers-key-open = open
ui-customers-key-search = search
ui-key-space = Space
ui-key-enter = Enter
ui-customers-empty = Bring in your customers
ui-customers-empty-sentence = A setup brings its customers along: they are listed here as soon as its questions are answered.
ui-customers-no-match = No customer matches “{ $query }”
ui-customers-no-match-tab = Only customers under “{ $tab }” were searched.
ui-customers-nearest = The nearest name is
ui-customers-tab-empty = Nobody is under “{ $tab }”
ui-customers-show-all = Show all customers
ui-picker-open = Choose from customers
ui-picker-title = Choose customers
ui-picker-sentence = These are the customers of your setups. Others are typed into the field.
ui-picker-tabs = Which customers
ui-picker-all = All
ui-picker-not-set-up = Not set up
ui-picker-ready = Ready
ui-picker-not-ready = Not ready
ui-picker-done = Done
ui-picker-use =
    { $count ->
        [0] Use no customer
        [one] Use { $count } customer
       *[other] Use { $count } customers
    }
ui-picker-empty = No customer is known yet
ui-picker-empty-sentence = Type the domains into the field. From then on the customers are known.
ui-activity-title = Activity
ui-activity-sentence = Everything that Grantway did and saw, newest first.
ui-activity-setup = Setup
ui-activity-all = All setups
ui-activity-table = Journal
ui-activity-column-what = What happened
ui-activity-empty = No entries yet
ui-activity-empty-sentence = The journal starts with the first setup. Each entry is stored before the request leaves.

ui-practice-title = Practice
ui-practice-sentence = The real steps and the real checks, against a simulated cloud on this computer.
ui-practice-scenarios = Scenarios
ui-practice-current = In use
ui-practice-use = Use this one
ui-practice-use-name = Use { $name }
ui-practice-people = Practice accounts
ui-practice-people-sentence = Made up, with passwords that work nowhere else.
ui-practice-account = Account
ui-practice-password = Password
ui-practice-role = Part
ui-practice-clock = practice clock
ui-practice-advance-minutes = +15 min
ui-practice-advance-day = +1 day
ui-practice-advance-days = +90 days
ui-practice-reset = Reset
ui-practice-reset-title = Start this scenario again
ui-practice-reset-sentence = Tenants, accounts and grants of the practice cloud go back to the beginning. Practice setups are put away.
ui-practice-reset-act = Start again
ui-practice-enter = Enter practice
ui-practice-enter-sentence = Practice has its own data. Your real setups stay as they are.

ui-phone-name = Practice phone
ui-phone-sentence = Stands in for the authenticator app. It knows only practice accounts.
ui-phone-question = Are you signing in?
ui-phone-app = App
ui-phone-from = From
ui-phone-enter = Enter the number shown
ui-phone-yes = Yes
ui-phone-no = No, it is not me
ui-phone-erase = Erase
ui-phone-keypad = Keypad
ui-phone-yes-off = Type the two digits that the sign-in page shows first.
ui-phone-idle = No sign-in asks at the moment.

ui-settings-title = Settings
ui-settings-theme = Theme
ui-settings-theme-light = Light
ui-settings-theme-dark = Dark
ui-settings-theme-system = As the system has it

ui-settings-cloud = Cloud and app
ui-settings-cloud-which = Cloud
ui-settings-cloud-hint = For new setups. Setups that were begun stay in their cloud.
ui-settings-file = Cloud file
ui-settings-file-hint = Describes another Microsoft cloud, or a practice cloud that runs by itself. Practice and real tenants stay apart: the file says which it is.
ui-settings-file-choose = Choose a cloud file…
ui-settings-file-other = Choose another…
ui-settings-file-remove = Remove
ui-settings-client = Client ID
ui-settings-client-hint = The app registration of your own tenant that signs in. It needs the redirect URI below and no secret.
ui-settings-client-fixed = Comes with the practice cloud.
ui-settings-client-make = Set one up
ui-settings-client-make-hint = Grantway can make an app registration in your tenant, or take one that you have, and enter its client ID here. You see the plan first, and can take it back.
ui-settings-redirect = Redirect URI to register
ui-settings-save = Save
ui-settings-lane = Way in that is offered first
ui-settings-about = This computer
ui-settings-mode = Mode
ui-settings-mode-live = Real tenants
ui-settings-mode-practice = Practice
ui-settings-vault = Secrets
ui-settings-data = Journal
ui-settings-version = Version

ui-lost = Grantway does not answer
ui-lost-sentence = Nothing was sent and nothing is lost. Setups go on when it answers again.
