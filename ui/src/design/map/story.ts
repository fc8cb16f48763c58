/** A made-up map for tests: one vendor, one provider, three bundles of customers. */
import type { GrantMapModel } from "./model";

const high = { risk: "high", word: "High" } as const;
const medium = { risk: "medium", word: "Medium" } as const;

export const story: GrantMapModel = {
  parties: [
    { id: "vendor", kind: "vendor", name: "Example Labs", initials: "Ex", note: "Vendor, must be a verified publisher", objects: [] },
    {
      id: "provider",
      kind: "provider",
      name: "Larkspur Managed IT",
      initials: "LM",
      objects: [
        { id: "group", name: "Security Platform", note: "new group", rows: ["r1"] },
        { id: "account", name: "platform", note: "new account", rows: ["r2"] },
        { id: "role", name: "Global Administrator", note: "only until setup ends", risk: high, temporary: true, rows: ["r3"] },
      ],
    },
    { id: "c1", kind: "customer", name: "7 customers", initials: "7", note: "until 30 Jun 2028", count: 7, objects: [] },
    { id: "c2", kind: "customer", name: "4 customers", initials: "4", note: "until 14 Mar 2027", count: 4, objects: [] },
    { id: "c3", kind: "customer", name: "Inlet Seafoods", initials: "IS", note: "if it agrees", count: 1, temporary: true, objects: [] },
  ],
  grants: [
    { id: "g1", from: "c1", to: "group", label: "10 admin roles", risk: high, rows: ["r4"] },
    { id: "g2", from: "c2", to: "group", label: "10 admin roles", risk: high, rows: ["r4"] },
    { id: "g3", from: "c3", to: "group", label: "10 admin roles", risk: high, temporary: true, rows: ["r5"] },
    { id: "g4", from: "group", to: "account", rows: ["r2"] },
    { id: "g5", from: "account", to: "role", rows: ["r3"], temporary: true },
    { id: "g6", from: "account", to: "vendor", label: "Consent, 9 permissions", until: "until you remove it", risk: medium, rows: ["r6"] },
  ],
};
