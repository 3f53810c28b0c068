/** The name in a function's ARN, with or without a qualifier, or the name itself. */
export function functionNameOf(arnOrName: string): string {
  const parts = arnOrName.split(":");
  return (parts[0] === "arn" ? parts[6] : parts[0]) ?? arnOrName;
}
