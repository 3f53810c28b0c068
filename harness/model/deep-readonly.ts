/**
 * A type with every property and array readonly, at every depth: zod infers mutable types, and what the schemas describe is never
 * changed. Functions and `unknown` stay as they are.
 */
export type DeepReadonly<T> = unknown extends T
  ? T
  : T extends (...parameters: never[]) => unknown
    ? T
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };
