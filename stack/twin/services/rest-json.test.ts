import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { RestContext, Service } from "../model/service.ts";
import { unimplementedCounter } from "../wire/unimplemented.ts";
import { failed, ok } from "./answer.ts";
import { restJsonService } from "./rest-json.ts";

const echo: Service = {
  name: "books",
  operations: {
    GetBook: ({ input }) => ok({ operation: "GetBook", input }),
    ListPages: ({ input }) => ok({ operation: "ListPages", input }),
    Burn: () => failed("NotBurnable", "Books do not burn.", 409),
  },
};
const context: RestContext = {
  principal: { kind: "user", arn: "arn:aws:iam::123456789012:user/reader" },
  secureTransport: true,
  requestId: "request-1",
};

function serve() {
  const unimplemented = unimplementedCounter();
  const service = restJsonService(
    echo,
    [
      { method: "GET", path: "/books/{bookId}", operation: "GetBook" },
      { method: "GET", path: "/books/{bookId}/pages", operation: "ListPages" },
      { method: "DELETE", path: "/books/{bookId}", operation: "Burn" },
    ],
    unimplemented,
    (message) => ({ Message: message }),
  );
  const ask = async (method: string, url: string, from = context) => {
    const answer = await service.handle({ method, url, headers: {}, body: Readable.from([]) }, from);
    return { ...answer, body: JSON.parse(String(answer.body)) };
  };
  return { ask, unimplemented };
}

describe("a REST-JSON service", () => {
  it("takes parameters from the path, percent-decoded", async () => {
    const { status, body } = await serve().ask("GET", "/books/arn%3Aaws%3Abook%2F1");
    expect({ status, body }).toEqual({
      status: 200,
      body: { operation: "GetBook", input: { bookId: "arn:aws:book/1" } },
    });
  });

  it("takes parameters from the query, repeated ones as a list; the path's win", async () => {
    const { body } = await serve().ask("GET", "/books/1/pages/?limit=2&tag=a&tag=b&bookId=2");
    expect(body).toEqual({ operation: "ListPages", input: { bookId: "1", limit: "2", tag: ["a", "b"] } });
  });

  it("writes errors with their code in the header and the message in the service's own member", async () => {
    const { status, headers, body } = await serve().ask("DELETE", "/books/1");
    expect({ status, body }).toEqual({ status: 409, body: { Message: "Books do not burn." } });
    expect(headers).toMatchObject({ "x-amzn-errortype": "NotBurnable", "x-amzn-requestid": "request-1" });
  });

  it.each([
    ["POST", "/books/1"],
    ["GET", "/books"],
    ["GET", "/books/"],
    ["GET", "/books/1/pages/2"],
  ])("counts %s %s, which is no operation of it", async (method, url) => {
    const { ask, unimplemented } = serve();
    expect((await ask(method, url)).status).toBe(404);
    expect(unimplemented.counts()).toMatchObject([{ service: "books", count: 1 }]);
  });

  it("turns away who is nobody", async () => {
    const { status, headers } = await serve().ask("GET", "/books/1", { ...context, principal: undefined });
    expect(status).toBe(403);
    expect(headers["x-amzn-errortype"]).toBe("UnrecognizedClientException");
  });
});
