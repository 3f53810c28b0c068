/**
 * A value that nobody changes, all the way down: what a schema infers is mutable, and what it describes is not. Arrays and tuples
 * become readonly ones; functions and what is `unknown` stay as they are.
 */
export type DeepReadonly<T> = unknown extends T
  ? T
  : T extends (...parameters: never[]) => unknown
    ? T
    : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };
