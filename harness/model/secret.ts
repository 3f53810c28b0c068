/** A text that may not be written down anywhere. */
export interface Secret {
  readonly value: string;
  /** What stands in its place: `sensitive output`. Says what kind of thing it is, never which. */
  readonly what: string;
}

/** Source of a regular expression, to be matched without regard to case: how things that are secret are named. */
export const SECRET_NAME = String.raw`[\w-]*(?:password|passwd|passphrase|secret|secret_?key|access_?key|api_?key|private_?key|token|credentials?)`;

const WHOLE_NAME = new RegExp(`^${SECRET_NAME}$`, "i");

/** Whether a thing of this name (a variable, an attribute) is a secret by its name alone. */
export function isSecretName(name: string): boolean {
  return WHOLE_NAME.test(name);
}
