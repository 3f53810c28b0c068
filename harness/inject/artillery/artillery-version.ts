/**
 * The version of Artillery that is run through npx. It is no dependency: it brings some 430 MB. 2.0.21 is the last that runs on
 * Node 20; from 2.0.22 on it needs Node 22.13.
 */
export const ARTILLERY_VERSION = "2.0.21";
