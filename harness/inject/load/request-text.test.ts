import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTag } from "../../model/event.ts";
import { fillEvents, fillTag } from "../../model/template.ts";
import { createRequestText, type RequestShape } from "./request-text.ts";

const shape: RequestShape = {
  method: "POST",
  path: "/events?mode=a",
  host: "my-alb.example.com:8080",
  body: '{"id":"{tag}","again":"{tag}","name":"Zoë €"}',
  batchBody: null,
  runId: "r1",
  producer: "orders",
  eventsPerRequest: 1,
  bodyBytes: null,
};

/** The head, and the body as the peer would read it. */
function split(text: string): { readonly head: string; readonly body: string; readonly bodyBytes: number } {
  const end = text.indexOf("\r\n\r\n");
  const body = Buffer.from(text.slice(end + 4), "latin1");
  return { head: text.slice(0, end), body: body.toString("utf8"), bodyBytes: body.length };
}

const tag = (sequence: number) => formatTag({ runId: "r1", producer: "orders", sequence });

describe("the text of a request", () => {
  it("is HTTP/1.1 with the entry's own host, and the body filled with the tag", () => {
    const { head, body } = split(createRequestText(shape)(12));
    expect(head.split("\r\n")).toEqual([
      "POST /events?mode=a HTTP/1.1",
      "host: my-alb.example.com:8080",
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
    ]);
    expect(body).toBe(fillTag(shape.body, tag(12)));
  });

  it("says the length of its body and fills every event's tag, whatever the numbers and templates are", () => {
    const bodies = fc.constantFrom(
      shape.body,
      "{}",
      '{"id":"{tag}"}',
      '"{tag}"',
      '{"padding":"{tag}"}',
      "no json {tag}",
      '{"a":{}}  ',
    );
    fc.assert(
      fc.property(
        bodies,
        fc.constantFrom(1, 2, 7),
        fc.nat({ max: 100_000 }),
        fc.option(fc.integer({ min: 1, max: 300 })),
        (body, eventsPerRequest, request, bodyBytes) => {
          const batchBody = eventsPerRequest === 1 ? null : '{"ä":"{events}"}';
          const text = createRequestText({ ...shape, body, batchBody, eventsPerRequest, bodyBytes });
          const made = split(text(request));
          expect(made.head).toMatch(new RegExp(`content-length: ${made.bodyBytes}$`));
          if (bodyBytes === null) expect(made.body).toBe(expectedBody(body, batchBody, eventsPerRequest, request));
        },
      ),
    );
  });

  it("counts events on from request to request", () => {
    const text = createRequestText({
      ...shape,
      body: '{"id":"{tag}"}',
      batchBody: '["{events}"]',
      eventsPerRequest: 3,
    });
    const tags = [2, 3, 33].map((request) => split(text(request)).body.match(/sp-r1-orders-\d+/g));
    expect(tags).toEqual([
      [tag(6), tag(7), tag(8)],
      [tag(9), tag(10), tag(11)],
      [tag(99), tag(100), tag(101)],
    ]);
  });

  it("pads a JSON object with a member of its own, to exactly the wanted bytes", () => {
    const text = createRequestText({ ...shape, bodyBytes: 200 });
    for (const request of [0, 9, 10, 12_345]) {
      const { body, bodyBytes } = split(text(request));
      expect(bodyBytes).toBe(200);
      expect(JSON.parse(body)).toMatchObject({
        id: tag(request),
        name: "Zoë €",
        padding: expect.stringMatching(/^x+$/),
      });
    }
  });

  it("pads with spaces where a member has no room or no place", () => {
    const size = (body: string, bodyBytes: number) => split(createRequestText({ ...shape, body, bodyBytes })(0));
    expect(size('{"id":"{tag}"}', 25)).toMatchObject({ body: `{"id":"${tag(0)}"}  `, bodyBytes: 25 });
    expect(size('["{tag}"]', 30)).toMatchObject({ body: `["${tag(0)}"]${" ".repeat(12)}`, bodyBytes: 30 });
  });

  it("does not touch a body that is long enough, nor a member that is there already", () => {
    expect(split(createRequestText({ ...shape, bodyBytes: 5 })(0)).body).toBe(fillTag(shape.body, tag(0)));
    const own = createRequestText({ ...shape, body: '{"padding":"{tag}"}', bodyBytes: 60 });
    expect(JSON.parse(split(own(0)).body)).toMatchObject({ padding: tag(0), padding_: expect.stringMatching(/^x+$/) });
  });
});

function expectedBody(body: string, batchBody: string | null, events: number, request: number): string {
  const bodies = Array.from({ length: events }, (_, index) => fillTag(body, tag(request * events + index)));
  return batchBody === null ? bodies.join("") : fillEvents(batchBody, bodies);
}
