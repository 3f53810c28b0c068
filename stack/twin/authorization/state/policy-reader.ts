import {
  type CompiledPolicy,
  type CompileOutcome,
  compileParsed,
  compilePolicyText,
  type PolicyKind,
} from "../policy/compiled-policy.ts";
import { readPolicyDocument } from "../policy/policy-document.ts";

/**
 * Compiles the state's policies one after another and keeps what there is to say about them. A policy that AWS would
 * have refused allows and denies nothing here, and a note names it.
 */
export class PolicyReader {
  readonly notes: string[] = [];
  dependsOnTime = false;

  /** `address` is the Terraform resource that holds the policy, `attribute` where in it. */
  readText(text: string, kind: PolicyKind, address: string, attribute: string): CompiledPolicy[] {
    return this.#keep(compilePolicyText(text, kind), `${address}, ${attribute}`);
  }

  /** A document that is JSON values already, for example of AWS' own policies or one that a resource stands for. */
  readDocument(document: unknown, kind: PolicyKind, place: string): CompiledPolicy[] {
    return this.#keep(compileParsed(readPolicyDocument(document), kind), place);
  }

  #keep(outcome: CompileOutcome, place: string): CompiledPolicy[] {
    if (outcome.kind === "malformed") {
      this.notes.push(`${place}: AWS takes no such policy, so it neither allows nor denies: ${outcome.reason}`);
      return [];
    }
    this.dependsOnTime ||= outcome.policy.dependsOnTime;
    return [outcome.policy];
  }
}
