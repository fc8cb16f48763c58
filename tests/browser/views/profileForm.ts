import type { FieldView } from "../../../ui/src/gen/FieldView";
import type { ProfileFormView } from "../../../ui/src/gen/ProfileFormView";

const field = (id: string, label: string, over: Partial<FieldView> = {}): FieldView => ({
  id,
  label,
  why: `${label}: what it is for, in a sentence or two that stand beside the form while the field has the focus.`,
  hint: null,
  kind: { kind: "text" },
  value: "",
  placeholder: null,
  chooses: null,
  optional: false,
  onlyWhen: null,
  ...over,
});

const role = (value: string, label: string, privileged: boolean, warning: string | null = null) => ({ value, label, privileged, warning });

export const profileForm: ProfileFormView = {
  title: "A vendor of your own",
  sentence: "Give a vendor that is not here a service account with admin roles in your customers' tenants.",
  submit: "Keep this profile",
  fields: [
    field("vendor", "Vendor", { value: "Contoso Security" }),
    field("purpose", "What the vendor does with the access", { hint: "One sentence, such as: It looks for stolen sign-ins and blocks them." }),
    field("roles", "Roles in the customer", {
      value: "b, d",
      kind: {
        kind: "picks",
        options: [
          role("a", "Exchange Administrator", false),
          role("b", "Global Administrator", true, "This role may do everything in the customer, and a relationship that holds it cannot extend itself. Ask the vendor for smaller roles first."),
          role("c", "Security Administrator", true),
          role("d", "Reports Reader", false),
        ],
        lines: [
          { id: "why", label: "What it is used for", placeholder: "Reads sign-ins", optional: false },
          { id: "lost", label: "What is lost without it, if the vendor can do without it", placeholder: "No report of sign-ins", optional: true },
        ],
      },
    }),
    field("badge", "Verified by Microsoft", {
      value: "yes",
      kind: {
        kind: "choice",
        options: [
          ["yes", "Yes, with the blue badge"],
          ["no", "No, the vendor has none"],
        ],
      },
    }),
    field("app", "Application ID", { optional: true, placeholder: "00000000-0000-0000-0000-000000000000" }),
    field("acts", "What to do in the portal", { hint: "One on each line", value: "Sign in to the vendor's portal.\nAdd the integration there.\nCompare the publisher, then press Accept.", kind: { kind: "sentences" } }),
  ],
};
