/** Every text of a JSON value in the order of the document, names of fields left out. A loop: a value may be nested very deeply. */
export function textsIn(json: unknown): string[] {
  const texts: string[] = [];
  const left: unknown[] = [json];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value === "string") texts.push(value);
    else if (typeof value === "object" && value !== null)
      for (const part of Object.values(value).reverse()) left.push(part);
  }
  return texts;
}
