import { describe, expect, it } from "vitest";
import { codeText, html, trusted } from "./markup.ts";

describe("a template of HTML", () => {
  it("escapes every text put into it, in content and in attributes, and drops control characters", () => {
    const text = `<b title="x">'&'</b>\u0000`;
    expect(html`<p title="${text}">${text}</p>`.text).toBe(
      `<p title="&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt; ">&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt; </p>`,
    );
  });

  it("takes markup, numbers and lists as they are", () => {
    expect(html`<ul>${[1, 2].map((each) => html`<li>${each}</li>`)}${trusted("<hr>")}</ul>`.text).toBe(
      "<ul><li>1</li><li>2</li><hr></ul>",
    );
  });

  it("keeps the lines of code and escapes them", () => {
    expect(codeText("a = <b>\n\tc\u001b = 1").text).toBe("a = &lt;b&gt;\n  c  = 1");
  });
});
