const EXIT_CODES =
  "Exit codes: 0 pass, 1 fail, 2 unknown, 3 could not run (bad input, no credentials, no deployment), 130 interrupted.";

/** The text below a command's options in `--help`: what its exit codes mean, and examples. */
export const HELP_AFTER = {
  stackproof: `
${EXIT_CODES}`,
  verify: `
${EXIT_CODES}

Examples:
  stackproof verify                                   the applied stack/, or its twin where nothing is applied
  stackproof verify --deployment outputs.json         what terraform output -json printed
  stackproof verify --deployment infra/ --pipelines pipelines.ts --scenarios scenarios.ts
  stackproof verify --twin state.json --functions dist/
  stackproof verify --only 'alb-*' --json > report.json`,
  canary: `
${EXIT_CODES}

Examples:
  stackproof canary                                   the applied stack/, or its twin where nothing is applied
  stackproof canary --deployment outputs.json --history canary.ndjson
  stackproof canary --acknowledge known.json          [{"code":"event.lost","until":"2027-01-31","reason":"ticket 12"}]`,
  load: `
${EXIT_CODES}

Examples:
  stackproof load                                     search the highest rate that holds, entry by entry
  stackproof load --only alb-load --rate 200/s --duration 60s
  stackproof load --only alb-load --profile spike --rate 500/s --duration 2m
  stackproof load --target 2500/s                     and what to set for that rate, and what it costs
  stackproof load --batch 10 --rate 1000/s            ten events in each request
  stackproof load --saturate --rate 100/s             what a closed loop gets through first; it is no capacity
  stackproof load --engine artillery --workers 2 --rate 200/s
                                                      the same load by two processes of Artillery
  stackproof load --deployment infra/ --engine artillery --fargate 4 --rate 1500/s --dry-run
                                                      what Artillery's Fargate runner would be given`,
  analyze: `
${EXIT_CODES}

Examples:
  stackproof analyze reports/latest                   the newest run, judged by today's rules
  stackproof analyze artifacts/journal.ndjson --json > report.json`,
  init: `
Exit codes: 0 written, 3 could not run (no state, nothing recognised, the file is there already).

Examples:
  stackproof init infra/                              a folder from which something is applied
  terraform show -json > state.json && stackproof init state.json --out pipelines.ts
  stackproof verify --deployment infra/ --pipelines stackproof.pipelines.ts`,
  report: `
Exit codes: 0 printed or opened, 3 could not run.

Examples:
  stackproof report                                   the newest run, as text
  stackproof report --open                            its page, in a browser
  stackproof report 20261122t025336x06e6c8 --format markdown >> "$GITHUB_STEP_SUMMARY"`,
  compare: `
Exit codes: 0 nothing got worse, 1 something did, 3 could not run.

Examples:
  stackproof compare reports/20261122t025336x06e6c8 reports/latest
  stackproof compare 20261122t025336x06e6c8 20261122t031500x41b20a --json > comparison.json`,
  checks: `
Exit codes: 0 printed, 3 could not run.

Examples:
  stackproof checks                                   every check: what breaks, what is read, what to do
  stackproof checks --json                            the same for a program`,
  policy: `
Exit codes: 0 printed, 3 could not run.

Examples:
  stackproof policy > verifier-policy.json            for the applied stack/, or its snapshot
  stackproof policy --deployment infra/ --pipelines pipelines.ts`,
  twin: `
Exit codes: 0 ended by Ctrl-C, 3 could not run.

Examples:
  stackproof twin                                     the snapshot of stack/
  stackproof twin state.json --functions dist/ --port 4566
  stackproof twin --faults faults.json --twin-delays aws`,
  completion: `
Exit codes: 0 printed, 3 could not run.

Examples:
  source <(stackproof completion bash)                in ~/.bashrc
  source <(stackproof completion zsh)                 in ~/.zshrc, after compinit
  stackproof completion fish > ~/.config/fish/completions/stackproof.fish`,
} as const satisfies Readonly<Record<string, string>>;
