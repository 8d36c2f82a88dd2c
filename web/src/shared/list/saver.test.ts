import { expect, test } from "vitest";
import { Saver } from "./saver";

/** A line on which requests wait until they are let through. */
function line() {
  const sent: string[] = [];
  const open: { done: () => void; fail: (why: Error) => void }[] = [];
  const saver = new Saver<string>((value) => {
    sent.push(value);
    return new Promise<void>((done, fail) => open.push({ done, fail }));
  });
  return { sent, open, saver };
}

test("the newest goes out after the one on its way, those between do not", async () => {
  const { sent, open, saver } = line();
  const first = saver.keep("a");
  const last = (saver.keep("b"), saver.keep("c"));
  expect(sent).toEqual(["a"]);
  open[0]?.done();
  await expect.poll(() => sent).toEqual(["a", "c"]);
  open[1]?.done();
  await Promise.all([first, last]);
  const later = saver.keep("d");
  expect(sent).toEqual(["a", "c", "d"]);
  open[2]?.done();
  await later;
});

test("what waits goes out when the page goes away", async () => {
  const { sent, open, saver } = line();
  const first = saver.keep("a");
  void saver.keep("b");
  saver.leave();
  expect(sent).toEqual(["a", "b"]);
  open[0]?.done();
  await first;
  expect(sent).toEqual(["a", "b"]);
});

test("a refusal is told, and the next one is sent all the same", async () => {
  const { sent, open, saver } = line();
  const refused = saver.keep("a");
  open[0]?.fail(new Error("no"));
  await expect(refused).rejects.toThrow("no");
  void saver.keep("b");
  expect(sent).toEqual(["a", "b"]);
});
