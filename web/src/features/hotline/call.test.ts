import { describe, expect, it } from "vitest";
import { phoneOf, spoken } from "./call";

describe("a number on the line", () => {
  it.each([
    ["138 1234 5678", "13812345678"],
    ["+86 138-1234-5678", "13812345678"],
    ["008613812345678", "13812345678"],
    ["0571-88001234", "057188001234"],
    ["5678", null],
    ["王小明", null],
  ])("%s is read as %s", (text, phone) => {
    expect(phoneOf(text)).toBe(phone);
  });

  it("is read out in groups", () => {
    expect(spoken("13812345678")).toBe("138 1234 5678");
    expect(spoken("057188001234")).toBe("057188001234");
  });
});
