import type { Cause } from "./cause.ts";
import { answerTo } from "./next-look.ts";

/** The entry says itself why it does not take the event: a 4xx with words in it. */
export const entryAnswer: Cause = {
  name: "entry-answer",
  explain({ observation, tags }, timeline) {
    const answer = observation.code === "entry.rejected" ? answerTo(timeline, tags) : undefined;
    if (answer?.outcome.kind !== "rejected" || answer.outcome.answer.trim() === "") return undefined;
    const { status } = answer.outcome;
    const text = answer.outcome.answer.replaceAll(/\s+/g, " ").trim().slice(0, 300);
    return {
      likelihood: 0.5,
      cause: `the entry refuses the event with ${status}: ${text}`,
      remedy: { text: remedyOf(status) },
      evidence: [],
    };
  },
};

function remedyOf(status: number): string {
  switch (status) {
    case 400:
    case 422:
      return "Make the event's body, as the pipeline describes it, what the entry's function takes; or mend the function's validation.";
    case 401:
    case 403:
      return "Let the entry take requests without credentials that the sender does not have: look at its resource policy, authorizer, WAF and (S3) bucket policy.";
    case 404:
    case 405:
      return "Route the method and path that the pipeline describes to the function: look at the listener's rules, or the API's resources and its deployed stage.";
    case 413:
      return "The event is larger than the entry takes (1 MB for a Lambda target of an ALB): send smaller events.";
    default:
      return "Look at what the entry's answer says, and at the entry's access log for the same moment.";
  }
}
