import { logPassage } from "../../faults/log-passage.ts";
import type { Clock, FaultPlan, KeyRefusal, KeyUses } from "../../model/ports.ts";
import type { Home } from "../../state/home.ts";
import type { Resource } from "../../state/twin-state.ts";
import { failed } from "../answer.ts";
import { LogGroup } from "./log-group.ts";

/** Streams per group; a service that makes up stream names cannot fill the memory. */
export const MAXIMUM_STREAMS_PER_GROUP = 20_000;
export const MAXIMUM_GROUPS = 1000;

/** The log groups of the state, and those made since. */
export class LogStore {
  readonly groups = new Map<string, LogGroup>();
  readonly #home: Home;
  readonly #clock: Clock;
  readonly #faults: FaultPlan;
  readonly #keys: KeyUses;
  readonly #delayMs: number;
  #sequence = 0;

  constructor(
    home: Home,
    resources: readonly Resource<"logGroups">[],
    clock: Clock,
    { faults, keys }: { readonly faults: FaultPlan; readonly keys: KeyUses },
    delayMs: number,
  ) {
    this.#home = home;
    this.#clock = clock;
    this.#faults = faults;
    this.#keys = keys;
    this.#delayMs = delayMs;
    for (const group of resources) {
      this.groups.set(
        group.name,
        new LogGroup({
          name: group.name,
          arn: group.arn.replace(/:\*$/, ""),
          kmsKeyId: group.kms_key_id,
          retentionInDays: group.retention_in_days,
          logGroupClass: group.log_group_class,
          tags: group.tags_all,
          createdAtMs: clock.nowMs(),
        }),
      );
    }
  }

  /** The ARN that a group has or would have. */
  arnOf(groupName: string): string {
    const { partition, region, accountId } = this.#home;
    return (
      this.groups.get(groupName)?.settings.arn ?? `arn:${partition}:logs:${region}:${accountId}:log-group:${groupName}`
    );
  }

  /** A group as a call names it: by name, or by ARN with or without `:*`. */
  groupNamed(nameOrArn: string): LogGroup | undefined {
    const name = /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
    return this.groups.get(name);
  }

  /** Why the group's key does not serve CloudWatch Logs; undefined where it does, or the group has none. */
  keyRefusal(access: "write" | "read", { settings: { kmsKeyId: key, arn: logGroupArn } }: LogGroup) {
    const refused: KeyRefusal | undefined =
      key === undefined ? undefined : this.#keys.ofLogGroup(access, { key, logGroupArn });
    return refused === undefined ? undefined : failed(refused.code, refused.message, refused.status);
  }

  /** Makes a group without key and without retention, as one that is made by a call is. */
  createGroup(name: string, settings: { kmsKeyId?: string | undefined; tags?: Record<string, string> }): LogGroup {
    const group = new LogGroup({
      name,
      arn: this.arnOf(name),
      kmsKeyId: settings.kmsKeyId,
      retentionInDays: 0,
      logGroupClass: "STANDARD",
      tags: settings.tags ?? {},
      createdAtMs: this.#clock.nowMs(),
    });
    this.groups.set(name, group);
    return group;
  }

  /** Puts one event; it shows up after the twin's delay, and what a planted fault adds to it. */
  append(group: LogGroup, streamName: string, timestampMs: number, message: string): void {
    const fault = this.#faults.actionAt(`logs:${group.settings.name}`, () => logPassage(message));
    if (fault.kind === "drop" || fault.kind === "error" || fault.kind === "throttle") return;
    const ingestedAtMs = this.#clock.nowMs();
    const visibleAtMs = ingestedAtMs + this.#delayMs + (fault.kind === "delay" ? fault.delayMs : 0);
    const event = { timestampMs, message, streamName, ingestedAtMs, visibleAtMs };
    group.append({ ...event, sequence: this.#nextSequence() });
    if (fault.kind === "duplicate") group.append({ ...event, sequence: this.#nextSequence() });
  }

  #nextSequence(): number {
    this.#sequence += 1;
    return this.#sequence;
  }
}
