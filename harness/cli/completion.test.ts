import { execFileSync, spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { stackproof } from "../testing/stackproof.ts";

let bash = "";
beforeAll(async () => {
  bash = (await stackproof(["completion", "bash"])).stdout;
});

/** What bash proposes for the last of these words, as it asks the sourced script. */
function proposed(...words: readonly string[]): string[] {
  const quoted = words.map((word) => `'${word}'`).join(" ");
  const asked = `${bash}\nCOMP_WORDS=(${quoted}) COMP_CWORD=${words.length - 1}; _stackproof; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const text = execFileSync("bash", ["--norc", "-u", "-c", asked], { encoding: "utf8", timeout: 10_000 });
  return text.split("\n").filter((line) => line !== "");
}

describe("the completion of bash", () => {
  it("completes a command", () => {
    expect(proposed("stackproof", "ver")).toEqual(["verify"]);
    expect(proposed("stackproof", "")).toEqual(expect.arrayContaining(["canary", "load", "init", "compare", "report"]));
  });

  it("completes an option of the command, and none of another", () => {
    expect(proposed("stackproof", "verify", "--sc")).toEqual(["--scenarios"]);
    expect(proposed("stackproof", "load", "--sc")).toEqual([]);
    expect(proposed("stackproof", "canary", "--twin", "--hist")).toEqual(["--history"]);
  });

  it("completes the value of an option that has a few, and leaves the others to file names", () => {
    expect(proposed("stackproof", "load", "--profile", "s")).toEqual(["steady", "spike", "search"]);
    expect(proposed("stackproof", "verify", "--deployment", "")).toEqual([]);
    expect(proposed("stackproof", "completion", "f")).toEqual(["fish"]);
  });

  it("is registered for the program's name", () => {
    const asked = spawnSync("bash", ["--norc", "-c", `${bash}\ncomplete -p stackproof`], { encoding: "utf8" });
    expect(asked).toMatchObject({ status: 0, stderr: "" });
    expect(asked.stdout).toContain("-F _stackproof stackproof");
  });
});

describe("the completion of other shells", () => {
  it.each(["zsh", "fish"])("names every command and its options in %s", async (shell) => {
    const { exitCode, stdout } = await stackproof(["completion", shell]);
    expect(exitCode).toBe(0);
    for (const word of ["verify", "canary", "twin-delays", "quick aws", "max-cost"]) expect(stdout).toContain(word);
  });

  it("is refused for a shell that nobody wrote one for", async () => {
    const { exitCode, stderr } = await stackproof(["completion", "tcsh"]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("bash, zsh, fish");
  });
});

describe("help", () => {
  it("of every command has examples that begin with the program's name", async () => {
    for (const command of proposed("stackproof", "")) {
      const { stdout } = await stackproof([command, "--help"]);
      expect(stdout, command).toMatch(/Examples:\n(.*\n)*.*stackproof/);
      expect(stdout, command).toContain(`stackproof ${command}`);
      expect(stdout, command).toContain("Exit codes:");
    }
  });
});
