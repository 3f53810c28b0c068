import type { TwinState } from "../../state/index.ts";
import type { Question } from "../question.ts";
import { apiQuestions } from "./api.ts";
import { dataQuestions } from "./data.ts";
import { functionQuestions } from "./functions.ts";
import { identityQuestions } from "./identity.ts";
import { loadBalancerQuestions } from "./load-balancer.ts";
import { networkQuestions } from "./network.ts";
import { objectQuestions } from "./objects.ts";

/** Everything that a check reads from the account, for every resource of the state. */
export function questionsAbout(state: TwinState): readonly Question[] {
  return [
    functionQuestions,
    identityQuestions,
    loadBalancerQuestions,
    networkQuestions,
    apiQuestions,
    dataQuestions,
    objectQuestions,
  ].flatMap((questions) => questions(state));
}
