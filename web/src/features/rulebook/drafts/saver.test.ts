import { expect, test } from "vitest";
import { Refused, Unreachable } from "@/api/client";
import type { DraftSaved } from "@/api/drafts";
import { Saver, type Phase } from "./saver";

const saved = (version: number): DraftSaved => ({
  version,
  clean: true,
  findings: [],
  changes: [],
  unsets: [],
});

/** A server that holds one text, and a clock moved by hand. */
function world(value: string, version = 1) {
  const server = { value, version, away: false, puts: [] as string[] };
  const phases: Phase[] = [];
  const came: string[] = [];
  const timers: (() => void)[] = [];
  const saver = new Saver<string>(value, version, {
    put: async (wish, seen) => {
      if (server.away) throw new Unreachable("away");
      if (seen !== server.version) throw new Refused(412, { code: "stale", detail: "" });
      server.puts.push(wish);
      server.value = wish;
      server.version += 1;
      return saved(server.version);
    },
    get: async () => ({ value: server.value, version: server.version }),
    merge: (base, mine, theirs) =>
      mine !== base && theirs !== base && mine[0] === theirs[0]
        ? { value: mine, clashes: [theirs] }
        : { value: mine + theirs.slice(base.length), clashes: [] },
    same: (a, b) => a === b,
    saved: () => undefined,
    came: (next) => came.push(next),
    standing: ({ phase }) => phases.push(phase),
    later: (what) => {
      timers.push(what);
      return () => timers.splice(timers.indexOf(what), 1);
    },
  });
  const pass = async () => {
    for (const timer of timers.splice(0)) timer();
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };
  return { server, saver, phases, came, pass };
}

test("edits in a burst are one request with the last of them", async () => {
  const { server, saver, phases, pass } = world("a");
  saver.edit("ab");
  saver.edit("abc");
  await pass();
  expect(server.puts).toEqual(["abc"]);
  expect(phases.at(-1)).toBe("saved");
  expect(saver.dirty).toBe(false);
});

test("an edit back to what is saved asks nothing", async () => {
  const { server, saver, phases, pass } = world("a");
  saver.edit("ab");
  saver.edit("a");
  await pass();
  expect(server.puts).toEqual([]);
  expect(phases.at(-1)).toBe("saved");
});

test("somebody else's edit beside mine is kept with mine", async () => {
  const { server, saver, came, pass } = world("a");
  server.value = "a+theirs";
  server.version = 2;
  saver.edit("mine");
  await pass();
  expect(server.puts).toEqual(["mine+theirs"]);
  expect(came).toEqual(["mine+theirs"]);
});

test("another part of the draft may change without anybody's word", async () => {
  const { server, saver, came, pass } = world("a");
  server.version = 7;
  saver.edit("b");
  await pass();
  expect(server.puts).toEqual(["b"]);
  expect(came).toEqual([]);
});

test("the same changed by both waits for a person", async () => {
  const { server, saver, phases, pass } = world("a");
  server.value = "m-theirs";
  server.version = 2;
  saver.edit("mine");
  await pass();
  expect(phases.at(-1)).toBe("clash");
  expect(server.puts).toEqual([]);
  // Typing on answers nothing: theirs would be gone unseen.
  saver.edit("mine, more");
  saver.flush();
  await pass();
  expect(server.puts).toEqual([]);
  expect(phases.at(-1)).toBe("clash");
  saver.decide("mine");
  await pass();
  expect(server.puts).toEqual(["mine"]);
  expect(phases.at(-1)).toBe("saved");
});

test("what cannot be sent is sent when the server is back", async () => {
  const { server, saver, phases, pass } = world("a");
  server.away = true;
  saver.edit("b");
  await pass();
  expect(phases.at(-1)).toBe("offline");
  expect(saver.dirty).toBe(true);
  server.away = false;
  await pass();
  expect(server.puts).toEqual(["b"]);
  expect(phases.at(-1)).toBe("saved");
});
