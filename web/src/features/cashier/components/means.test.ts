import { expect, test } from "vitest";
import { blank, taking } from "./means";

test("what was typed becomes fen, with change for cash", () => {
  const read = taking({ ...blank, cash: "100", wechat: "80.5", tendered: "150", rounding: "0.1" });
  expect(read).toEqual({
    form: { cash: 10000, wechat: 8050, rounding: 10, tendered: 15000 },
    sum: 18060,
    change: 5000,
    wrong: null,
  });
});

test("what is no amount is named, and nothing typed is nothing", () => {
  expect(taking({ ...blank, card: "-3" }).wrong).toBe("card");
  expect(taking(blank)).toEqual({ form: {}, sum: 0, change: null, wrong: null });
});
