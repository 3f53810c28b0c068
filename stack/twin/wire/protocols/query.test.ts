import { expect, test } from "vitest";
import { Timestamp } from "../../model/values.ts";
import { queryProtocol, readForm } from "./query.ts";

test("a form reads as nested objects and lists", () => {
  const form =
    "Action=Do&Dimensions.member.1.Name=a&Dimensions.member.2.Name=b&Ids.1=x&Ids.2=y&Plain=z&Deep.Er.member.1=q&Ten.10=j&Ten.9=i";
  expect(readForm(new URLSearchParams(form))).toEqual({
    Action: "Do",
    Dimensions: [{ Name: "a" }, { Name: "b" }],
    Ids: ["x", "y"],
    Plain: "z",
    Deep: { Er: ["q"] },
    Ten: ["i", "j"],
  });
});

test("a form that names the machinery of objects is only data", () => {
  const input = readForm(new URLSearchParams("__proto__.polluted=yes&constructor.name=x"));
  expect("polluted" in {}).toBe(false);
  expect(input["constructor"]).toEqual({ name: "x" });
});

test("an answer is XML in the service's namespace, with lists as members and times in ISO 8601", () => {
  const output = { Arn: "a<b", At: new Timestamp(0), List: [{ N: 1 }, { N: 2 }], Nothing: undefined };
  const { status, body } = queryProtocol.write({ kind: "ok", output }, "sts", "Get", "id-1");
  expect(status).toBe(200);
  expect(body).toBe(
    '<GetResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetResult><Arn>a&lt;b</Arn>' +
      "<At>1970-01-01T00:00:00.000Z</At><List><member><N>1</N></member><member><N>2</N></member></List></GetResult>" +
      "<ResponseMetadata><RequestId>id-1</RequestId></ResponseMetadata></GetResponse>",
  );
});

test("an error has the code without the ending of its shape", () => {
  const error = { kind: "error", status: 400, code: "InvalidParameterValueException", message: "no" } as const;
  const { body } = queryProtocol.write(error, "monitoring", "Get", "id-1");
  expect(body).toContain("<Error><Type>Sender</Type><Code>InvalidParameterValue</Code><Message>no</Message></Error>");
});
