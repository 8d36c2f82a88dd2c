import { describe, expect, test } from "vitest";
import { type Key, translate } from "@/shared/i18n";
import { accountPath, amount, serialsOf, signed } from "./words";

const t = (key: Key, args?: Record<string, string | number>) => translate("zh", key, args);

describe("amounts of the ledger", () => {
  test("are money or pieces", () => {
    expect(amount("fen", 128_000, t)).toBe("¥1,280.00");
    expect(amount("pieces", 5, t)).toBe("5 件");
    expect(amount("pieces", -5, (key, args) => translate("en", key, args))).toBe("-5 pcs");
  });

  test("carry their sign where they are changes", () => {
    expect(signed("pieces", 5)).toBe("+5");
    expect(signed("pieces", -5)).toBe("−5");
    expect(signed("fen", -1200)).toBe("−¥12.00");
  });
});

test("a path with slashes goes into an address whole", () => {
  expect(accountPath("stock/CB/BAT-48-20")).toBe("/account?path=stock%2FCB%2FBAT-48-20");
});

test("serials are told apart however they were typed", () => {
  expect(serialsOf("LD1, LD2、LD3;LD2\nLD4 ")).toEqual(["LD1", "LD2", "LD3", "LD4"]);
  expect(serialsOf("  ")).toEqual([]);
});
