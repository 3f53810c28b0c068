import type { Change } from "../model/change.ts";
import { type Colours, plain } from "./colours.ts";
import { withoutControlCharacters } from "./control-characters.ts";
import { hang } from "./wrap.ts";

const WIDTH = 80;

/** What changed between two runs, for a person at a terminal, 80 columns wide. */
export function renderComparison(
  ids: { readonly before: string; readonly after: string },
  changes: readonly Change[],
  colours: Colours = plain,
): string {
  const lines = changes.flatMap(({ subject, direction, statement }) => {
    const [first = "", ...rest] = hang(
      `${LABEL[direction]}  `,
      withoutControlCharacters(`${subject}: ${statement}`),
      WIDTH,
    );
    const colour = colourOf(direction, colours);
    return [`${colour(first.slice(0, LABEL[direction].length))}${first.slice(LABEL[direction].length)}`, ...rest];
  });
  return `From ${ids.before} to ${ids.after}:\n\n${lines.join("\n")}\n`;
}

const LABEL: Readonly<Record<Change["direction"], string>> = {
  worse: "WORSE  ",
  better: "BETTER ",
  same: "same   ",
  different: "differs",
  "not-known": "?      ",
};

function colourOf(direction: Change["direction"], colours: Colours): (text: string) => string {
  switch (direction) {
    case "worse":
      return colours.red;
    case "better":
      return colours.green;
    case "not-known":
      return colours.yellow;
    case "same":
    case "different":
      return colours.dim;
    default:
      return direction satisfies never;
  }
}
