import { SECRET_NAME } from "../model/secret.ts";

/** What looks like a secret, whoever owns it: how it is found, and what is left of it. */
interface SecretPattern {
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** Not what was taken out already, not an ARN, not the tag of an event. */
const PLAIN = String.raw`(?!\[redacted|arn:|sp-\d)`;

/**
 * In turn. The shapes are AWS' own where they are AWS' things:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids (AKIA, ASIA; AROA and the rest are no
 * credentials), https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html (signed URLs).
 */
const PATTERNS: readonly SecretPattern[] = [
  {
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    replacement: "[redacted: private key]",
  },
  { pattern: /([a-z][a-z0-9+.-]*:\/\/)(?!\[redacted)[^\s/?#@"'<>]+@/gi, replacement: "$1[redacted: URL credentials]@" },
  {
    pattern: /\b(X-Amz-(?:Signature|Security-Token|Credential)(?:=|%3D))(?!\[redacted)[^&\s"'<>\\]+/gi,
    replacement: "$1[redacted: signed URL]",
  },
  {
    pattern: /([?&](?:Signature|AWSAccessKeyId|sig)=)(?!\[redacted)[^&\s"'<>\\]+/g,
    replacement: "$1[redacted: signed URL]",
  },
  { pattern: /\b(Signature=)[0-9a-f]{64}/g, replacement: "$1[redacted: signature]" },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, replacement: "[redacted: access key id]" },
  { pattern: /\b(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9/+=%]{8,}/g, replacement: "[redacted: session token]" },
  { pattern: /\beyJ[\w-]{8,}\.[\w-]{8,}\.?[\w-]*/g, replacement: "[redacted: token]" },
  { pattern: /\b(Bearer\s+)(?=[^\s"'\\]*\d)[\w.~+/=-]{8,}/gi, replacement: "$1[redacted: token]" },
  {
    pattern: /(\bauthorization[\\"']*\s*[:=]\s*[\\"']*)(?!\[redacted|Bearer|AWS4)(\w+\s+)?[^\s"'\\,;]{6,}/gi,
    replacement: "$1[redacted: authorization]",
  },
  {
    pattern: new RegExp(
      String.raw`((?<![:\w/-])${SECRET_NAME}\\*["']\s*[:=]\s*(\\*["']))${PLAIN}(?:(?!\2).){4,}`,
      "gi",
    ),
    replacement: "$1[redacted: by its name]",
  },
  {
    pattern: new RegExp(String.raw`((?<![:\w/-])${SECRET_NAME}=["']?)${PLAIN}[^\s,;&"'<>\\)\]}]{4,}`, "gi"),
    replacement: "$1[redacted: by its name]",
  },
  {
    pattern: new RegExp(
      String.raw`((?<![:\w/-])${SECRET_NAME}:\s+)${PLAIN}(?=[^\s,;"']*\d)[^\s,;"'<>\\)\]}]{8,}`,
      "gi",
    ),
    replacement: "$1[redacted: by its name]",
  },
];

/** A quick look first: nearly all texts hold none of these. */
const HINT =
  /PRIVATE KEY|:\/\/[^\s/?#]*@|X-Amz-|Signature=|[?&](?:AWSAccessKeyId|sig)=|A[KS]IA|IQoJ|F[wQ]oGZXI|eyJ|Bearer|authorization|passw|passphrase|secret|token|credential|(?:access|api|private)_?key/i;

/** Whether a text is worth looking through. */
export function mayHoldSecret(text: string): boolean {
  return HINT.test(text);
}

/** The text without what looks like a secret: access key ids, signatures, session and bearer tokens, private keys, URL userinfo. */
export function redactPatterns(text: string): string {
  return PATTERNS.reduce((left, { pattern, replacement }) => left.replace(pattern, replacement), text);
}
