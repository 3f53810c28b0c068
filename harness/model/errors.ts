/** Why a run could not start, or could not go on. */
export interface Problem {
  /** Stable: `deployment.not-json`. */
  readonly code: string;
  /** What happened, one sentence. */
  readonly message: string;
  /** File and field, or resource, or option. */
  readonly place: string;
  /** What to do. */
  readonly remedy: string;
}

/** 0 pass, 1 fail, 2 unknown, 3 could not run, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** Thrown where a run cannot start: bad input, no credentials, no deployment. Only the command line exits. */
export class CannotRun extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.message} (${problem.place})`);
    this.name = "CannotRun";
    this.problem = problem;
  }
}
