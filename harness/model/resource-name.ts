/**
 * The name in an ARN of any account and region, or the name itself: `web` of `arn:…:loadbalancer/app/web/50dc6c495c0c9188`, `ingest`
 * of `arn:…:function:ingest:live`. For texts and metrics; use `subjectOf` to tell resources apart.
 */
export function nameIn(reference: string): string {
  if (!reference.startsWith("arn:")) return reference;
  const resource = reference.split(":").slice(5).join(":");
  const named = /^(?:loadbalancer\/(?:app|net|gwy)\/|targetgroup\/)([^/]+)\/|^function:([^:]+)/.exec(resource);
  return named?.[1] ?? named?.[2] ?? resource.replace(/^[^:/]*[:/]/, "");
}
