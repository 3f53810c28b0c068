/** Reads an environment variable that the function cannot work without. Throws when it is missing or empty. */
export function requiredVariable(environment: NodeJS.ProcessEnv, name: string): string {
  const value = environment[name];
  if (value === undefined || value === "") {
    throw new Error(`environment variable ${name} is not set: set it in the function's configuration`);
  }
  return value;
}
