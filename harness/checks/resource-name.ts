/** The name in an ARN or id, for subjects and remedies: `web` of `arn:…:loadbalancer/app/web/50dc6c495c0c9188`. */
export function nameIn(reference: string): string {
  if (!reference.startsWith("arn:")) return reference;
  const resource = reference.split(":").slice(5).join(":");
  const loadBalancer = /^loadbalancer\/(?:app|net|gwy)\/([^/]+)\//.exec(resource)?.[1];
  const targetGroup = /^targetgroup\/([^/]+)\//.exec(resource)?.[1];
  return loadBalancer ?? targetGroup ?? resource.replace(/^[^:/]*[:/]/, "");
}
