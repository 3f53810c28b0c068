#!/usr/bin/env node
// Starts the command line. Sources newer than the last build are built first, so there is no build step to remember.
import { build, isStale } from "./build.mjs";

// The SDK's word on Node 20 is for the developers of this tool; on the terminal of its users it would hide the verdict.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

if (isStale()) await build();
await import("../dist/main.mjs");
