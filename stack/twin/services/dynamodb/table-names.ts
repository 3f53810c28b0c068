import type { Home } from "../../state/home.ts";

/** Calls name a table by its name or by its ARN; dynalite knows names only. */
export function tableNameOf(nameOrArn: string): string {
  return /^arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}

export function tableArnOf(home: Home, nameOrArn: string): string {
  const { partition, region, accountId } = home;
  return `arn:${partition}:dynamodb:${region}:${accountId}:table/${tableNameOf(nameOrArn)}`;
}
