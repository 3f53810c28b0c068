import type { Command, Option } from "commander";

export type Shell = "bash" | "zsh" | "fish";

/** A script that completes the program's commands, options and values of options, made from the program itself. */
export function completionScript(program: Command, shell: Shell): string {
  const commands = program.commands.map(toCompleted);
  switch (shell) {
    case "bash":
      return bashScript(program.name(), commands);
    case "zsh":
      return zshScript(program.name(), commands);
    case "fish":
      return fishScript(program.name(), commands);
    default:
      return shell satisfies never;
  }
}

interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** What its first argument may be, where that is one of a few. */
  readonly choices: readonly string[];
}

interface CompletedOption {
  /** With both hyphens. */
  readonly flag: string;
  readonly description: string;
  /** `--twin [state]` may stand alone. */
  readonly value: "none" | "optional" | "required";
  readonly choices: readonly string[];
}

function toCompleted(command: Command): CompletedCommand {
  const help = { flag: "--help", description: "display help", value: "none", choices: [] } as const;
  return {
    name: command.name(),
    description: command.description(),
    options: [...command.options.flatMap(toCompletedOption), help],
    choices: command.registeredArguments[0]?.argChoices ?? [],
  };
}

function toCompletedOption({ long, description, required, optional, argChoices }: Option): CompletedOption[] {
  if (long === undefined || long === null) return [];
  const value = required ? "required" : optional ? "optional" : "none";
  return [{ flag: long, description, value, choices: argChoices ?? [] }];
}

/** Where nothing is proposed, readline completes file names (`-o default`). */
function bashScript(program: string, commands: readonly CompletedCommand[]): string {
  const afterOption = commands.flatMap(({ name, options }) =>
    options
      .filter(({ value }) => value === "required")
      .map(({ flag, choices }) => `    "${name} ${flag}") ${bashWords(choices)}; return ;;`),
  );
  const ofCommand = commands.map(
    ({ name, options, choices }) =>
      `    ${name}) case "$current" in -*) ${bashWords(options.map(({ flag }) => flag))} ;; *) ${bashWords(choices)} ;; esac ;;`,
  );
  return `# bash completion of ${program}: add this line to ~/.bashrc
#   source <(${program} completion bash)
_${program}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    ${bashWords(commands.map(({ name }) => name))}
    return
  fi
  case "\${COMP_WORDS[1]} $previous" in
${afterOption.join("\n")}
  esac
  case "\${COMP_WORDS[1]}" in
${ofCommand.join("\n")}
  esac
}
complete -o default -F _${program} ${program}
`;
}

function bashWords(words: readonly string[]): string {
  return words.length === 0 ? ":" : `COMPREPLY=($(compgen -W "${words.join(" ")}" -- "$current"))`;
}

/** https://zsh.sourceforge.io/Doc/Release/Completion-System.html, `_arguments` and `_describe`. */
function zshScript(program: string, commands: readonly CompletedCommand[]): string {
  const inBrackets = (text: string) => quote(text.replaceAll(/[[\]:]/g, "\\$&"));
  const takes = ({ value, choices }: CompletedOption) => {
    if (value === "none") return "";
    const proposed = choices.length === 0 ? "_files" : `(${choices.join(" ")})`;
    return `${value === "optional" ? "::" : ":"}value:${proposed}`;
  };
  const ofCommand = commands.map(({ name, options, choices }) => {
    const specs = options.map((option) => `'*${option.flag}[${inBrackets(option.description)}]${takes(option)}'`);
    const rest = choices.length === 0 ? "'*:file:_files'" : `'1:value:(${choices.join(" ")})'`;
    return `    ${name}) _arguments ${[...specs, rest].join(" ")} ;;`;
  });
  return `#compdef ${program}
# zsh completion of ${program}: add this line to ~/.zshrc, after compinit
#   source <(${program} completion zsh)
_${program}() {
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    '${name}:${inBrackets(description)}'`).join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local name="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$name" in
${ofCommand.join("\n")}
  esac
}
compdef _${program} ${program}
`;
}

/** https://fishshell.com/docs/current/cmds/complete.html */
function fishScript(program: string, commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, choices }) => {
    const within = `complete -c ${program} -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c ${program} -n __fish_use_subcommand -f -a ${name} -d '${quoteFish(description)}'`,
      ...options.map(({ flag, description: about, value, choices: values }) => {
        const takes = values.length > 0 ? ` -x -a '${values.join(" ")}'` : value === "required" ? " -r" : "";
        return `${within} -l ${flag.slice(2)} -d '${quoteFish(about)}'${takes}`;
      }),
      ...(choices.length === 0 ? [] : [`${within} -f -a '${choices.join(" ")}'`]),
    ];
  });
  return `# fish completion of ${program}: put it where fish looks
#   ${program} completion fish > ~/.config/fish/completions/${program}.fish
${lines.join("\n")}
`;
}

/** Within single quotes of a POSIX shell. */
function quote(text: string): string {
  return text.replaceAll("'", "'\\''");
}

/** Within single quotes of fish, where a backslash escapes. */
function quoteFish(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("'", "\\'");
}
