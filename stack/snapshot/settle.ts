import { isDeepStrictEqual } from "node:util";
import { SnapshotError } from "./errors.ts";
import { type Plan, resourcesOf, type State } from "./terraform-json.ts";

/** An attribute that the control plane in memory forgot and that the snapshot takes from the plan. */
export interface Adopted {
  readonly address: string;
  readonly attribute: string;
}

/**
 * AWS keeps what was asked for: after an apply, a second plan is empty. A control plane in memory forgets some attributes
 * (a function's kms_key_arn, for one), and the plan after the apply still wants to set them. The snapshot stands for AWS,
 * so `state` is given what that plan says, in place; the answer lists what was adopted.
 * Throws where the plan would create, replace or delete something: the apply did not come to rest, and no value mends that.
 */
export function settle(state: State, plan: Plan): Adopted[] {
  const resources = new Map([...resourcesOf(state.values.root_module)].map((resource) => [resource.address, resource]));
  const adopted: Adopted[] = [];
  for (const { address, change } of plan.resource_changes) {
    const action = change.actions.join("+");
    if (action === "no-op" || action === "read") continue;
    const resource = resources.get(address);
    if (action !== "update" || resource === undefined) {
      throw new SnapshotError(
        `after two applies the plan still wants to ${action} ${address}`,
        address,
        "the configuration never comes to rest on this control plane: see why with terraform plan, and mend the configuration",
      );
    }
    for (const [attribute, after] of Object.entries(change.after ?? {})) {
      if (isDeepStrictEqual(after, change.before?.[attribute])) continue;
      resource.values[attribute] = after;
      adopted.push({ address, attribute });
    }
  }
  return adopted;
}
