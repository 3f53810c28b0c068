import type { SequenceSet } from "../../model/sequence-set.ts";
import type { AwaitedLoad } from "./awaited-load.ts";
import { type DueLook, PendingLooks } from "./pending-looks.ts";

/** Where only so many are awaited still, they are looked for every second, so that the wait ends soon after the last came. */
const FEW = 2_000;
const FEW_DELAY_MS = 1_000;

/** Which keys to look for next: what was cut off, then what is new, then what was not found before, then what may have come again. */
export class ItemLooks {
  readonly #awaited: AwaitedLoad;
  readonly #firstLookMs: number;
  readonly #pending = new PendingLooks();
  #again: DueLook[] = [];
  #recheck: Iterator<number> | undefined;
  #rechecking = 0;
  #underWay = 0;

  constructor(awaited: AwaitedLoad, firstLookMs: number) {
    this.#awaited = awaited;
    this.#firstLookMs = firstLookMs;
  }

  /** Nothing is left to look for: everything that was settled was found, and looked at again where that was asked for. */
  isDone(): boolean {
    return this.#awaited.ended() && this.unseen() + this.#underWay + this.#rechecking === 0;
  }

  /** How many were settled and neither found nor given up, those that are being looked for aside. */
  unseen(): number {
    return this.#awaited.left() + this.#pending.count + this.#again.length;
  }

  /** These are being looked for until the returned function is called. */
  begin(looks: readonly DueLook[]): () => void {
    this.#underWay += looks.length;
    return () => {
      this.#underWay -= looks.length;
    };
  }

  /** Up to `most` looks that are due. */
  next(most: number, nowMs: number): DueLook[] {
    const due = this.#again.splice(0, most);
    const firstMs = nowMs - this.#firstLookMs;
    for (const sequence of this.#awaited.take(most - due.length, firstMs)) due.push({ sequence, attempts: 0 });
    const isFew = this.#awaited.ended() && this.#pending.count <= FEW;
    due.push(...this.#pending.take(most - due.length, nowMs, isFew ? FEW_DELAY_MS : Number.POSITIVE_INFINITY));
    while (due.length < most && this.#rechecking > 0) {
      const sequence = this.#recheck?.next().value;
      if (sequence === undefined) break;
      this.#rechecking -= 1;
      due.push({ sequence, attempts: 0 });
    }
    return due;
  }

  /** Up to `most` of what was never found, due or not. */
  last(most: number, nowMs: number): DueLook[] {
    const due = this.#again.splice(0, most);
    for (const sequence of this.#awaited.take(most - due.length, nowMs)) due.push({ sequence, attempts: 0 });
    due.push(...this.#pending.take(most - due.length, nowMs, 0));
    return due;
  }

  missed(looks: readonly DueLook[], nowMs: number): void {
    this.#pending.missed(looks, nowMs);
  }

  /** Gives back looks that came to nothing: they are due at once. */
  giveBack(looks: readonly DueLook[]): void {
    for (const look of looks) this.#again.push(look);
  }

  /** Has everything in the set looked at once more, when there is nothing better to do. */
  recheck(seen: SequenceSet): void {
    this.#recheck = numbersOf(seen);
    this.#rechecking = seen.count;
  }
}

/** The numbers of the set as it is now; what is added while they are handed out may or may not be among them. */
function* numbersOf(set: SequenceSet): Generator<number, undefined> {
  for (const [from, until] of [...set.ranges()]) for (let each = from; each < until; each += 1) yield each;
  return undefined;
}
