/** Breaks a text at spaces into lines of at most `width` characters; a longer word gets its own line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").filter((part) => part !== "")) {
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

/** A text after a label, its further lines under its first: `  cause   the function …`. */
export function hang(label: string, text: string, width: number): string[] {
  const indent = " ".repeat(label.length);
  return wrap(text, width - label.length).map((line, index) => `${index === 0 ? label : indent}${line}`);
}
