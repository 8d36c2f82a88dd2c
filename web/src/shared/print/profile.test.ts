import { describe, expect, it } from "vitest";
import { lookOf, pageOf, paperOf, plain, usable } from "./profile";

describe("print settings of a machine", () => {
  it("reads whatever the storage holds", () => {
    for (const found of [null, 7, "x", {}, { look: null, paper: null }]) {
      expect(usable(found)).toEqual({ paper: {}, look: {} });
    }
    const broken = { look: { A5: { x: "1", y: Infinity, scale: 900 } }, paper: { a: 1, b: "A5" } };
    expect(usable(broken)).toEqual({
      paper: { b: "A5" },
      look: { A5: { ...plain, scale: 120 } },
    });
  });

  it("takes the usual paper where the chosen one is no longer allowed", () => {
    const of = { paper: { settlement: "receipt_80" }, look: {} };
    expect(paperOf(of, "settlement", ["A4", "receipt_80"])).toBe("receipt_80");
    expect(paperOf(of, "settlement", ["A4", "A5"])).toBe("A4");
    expect(paperOf(of, "order", ["A5"])).toBe("A5");
  });

  it("asks the server for what differs from nothing", () => {
    expect(pageOf("/documents/d1", plain, { paper: null })).toBe("/documents/d1");
    const look = { ...plain, x: -1.5, dark: true };
    expect(pageOf("/documents/d1", look, { print: 2 })).toBe(
      "/documents/d1?print=2&x=-1.5&dark=1",
    );
    expect(lookOf({ paper: {}, look: {} }, "A4")).toBe(plain);
  });
});
