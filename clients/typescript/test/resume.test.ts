import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { broadcast, Stage, whisper } from "./stage.js";
import { FakeSocket, windowFrame } from "./support.js";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  FakeSocket.install();
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The connection breaks, and the next is dialled. */
function breakAndDial(code = 1006): void {
  FakeSocket.last.end(code);
  vi.advanceTimersToNextTimer();
}

test("the first connection asks for nothing, and its reset tells the page nothing", () => {
  const stage = new Stage();
  expect(stage.offer).toBe("scenewire.resume");
  FakeSocket.last.greet("");
  broadcast(3, [{ type: "A" }]);
  expect(stage.story).toEqual(["hello", "A"]);
});

test("a connection goes on behind the last window of both kinds", () => {
  const stage = new Stage();
  FakeSocket.last.greet("");
  broadcast(3, [{ type: "A" }]);
  whisper(2, [{ type: "B" }]);
  broadcast(9, []);
  breakAndDial();
  expect(stage.offer).toBe("scenewire.resume.1.9.2.secret");
  FakeSocket.last.greet("client", { seq: 9, own: 2 });
  broadcast(10, [{ type: "C" }]);
  expect(stage.story).toEqual(["hello", "A", "B", "hello", "C"]);
  expect(stage.position).toEqual({ epoch: 1, seq: 10, own: 2, session: "secret" });
});

test("as a new client in the same scene, what it alone is sent is counted anew", () => {
  const stage = new Stage();
  FakeSocket.last.greet("");
  broadcast(3, [{ type: "A" }]);
  whisper(2, [{ type: "B" }]);
  breakAndDial();
  FakeSocket.last.greet("scene", { seq: 3, hello: { client: 8, session: "other", graceSec: 30, resumed: "scene" } });
  breakAndDial();
  expect(stage.offer).toBe("scenewire.resume.1.3.0.other");
  expect(stage.story).toEqual(["hello", "A", "B", "hello"]);
});

test("in another epoch the page forgets everything first", () => {
  const stage = new Stage();
  FakeSocket.last.greet("");
  broadcast(3, [{ type: "A" }]);
  breakAndDial();
  FakeSocket.last.greet("", { epoch: 2 });
  broadcast(1, [{ type: "B" }], { epoch: 2 });
  breakAndDial();
  expect(stage.story).toEqual(["hello", "A", "reset", "hello", "B"]);
  expect(stage.offer).toBe("scenewire.resume.2.1.0.secret");
});

test("a reset in the middle of a connection comes before its messages", () => {
  const stage = new Stage();
  FakeSocket.last.greet("");
  broadcast(3, [{ type: "A" }]);
  broadcast(2, [{ type: "B" }], { epoch: 2, reset: true });
  expect(stage.story).toEqual(["hello", "A", "reset", "B"]);
  expect(stage.position).toMatchObject({ epoch: 2, seq: 2 });
});

test("a server without sessions is still asked for the scene", () => {
  const stage = new Stage();
  FakeSocket.last.greet("", { hello: { client: 1, resumed: "" } });
  broadcast(3, [{ type: "A" }]);
  breakAndDial();
  expect(stage.offer).toBe("scenewire.resume.1.3.0.-");
});

test("servers that do not greet send everything again: the page forgets first", () => {
  const stage = new Stage();
  FakeSocket.last.accept("scenewire.v1");
  FakeSocket.last.receive(windowFrame([{ type: "A" }]));
  breakAndDial();
  FakeSocket.last.accept("scenewire.v1");
  FakeSocket.last.receive(windowFrame([{ type: "A" }]));
  expect(stage.story).toEqual(["A", "reset", "A"]);
  expect(stage.offer).toBe("scenewire.resume");
  expect(FakeSocket.last.said).toEqual([]);
});

test("nothing is asked for if it shall not be, or the protocol is another", () => {
  expect(new Stage({ resume: false }).offer).toBe("scenewire.v1");
  const stage = new Stage({ protocols: ["viser-v1.0.21"] });
  expect(stage.offer).toBe("viser-v1.0.21");
  FakeSocket.last.accept("viser-v1.0.21");
  FakeSocket.last.receive(windowFrame([{ type: "A" }]));
  breakAndDial();
  FakeSocket.last.accept("viser-v1.0.21");
  expect(stage.story).toEqual(["A", "reset"]);
});

test("a corrupt window is asked for again, and everything if it comes again", () => {
  const stage = new Stage();
  FakeSocket.last.greet("");
  broadcast(3, [{ type: "A" }]);
  FakeSocket.last.receive(new ArrayBuffer(9));
  vi.advanceTimersToNextTimer();
  expect(stage.offer).toBe("scenewire.resume.1.3.0.secret");
  FakeSocket.last.greet("client", { seq: 3 });
  broadcast(4, [{ type: "B" }]);
  FakeSocket.last.receive(new ArrayBuffer(9));
  vi.advanceTimersToNextTimer();
  expect(stage.offer).toBe("scenewire.resume");
  FakeSocket.last.greet("");
  broadcast(4, [{ type: "B" }]);
  expect(stage.story).toEqual(["hello", "A", "error", "hello", "B", "error", "reset", "hello", "B"]);
});

test("after a good while, a corrupt window is the first one again", () => {
  const stage = new Stage();
  FakeSocket.last.greet("");
  for (let seq = 1; seq < 4; seq++) {
    broadcast(seq, [{ type: "A" }]);
    vi.advanceTimersByTime(5_000);
    FakeSocket.last.receive(new ArrayBuffer(9));
    vi.advanceTimersToNextTimer();
    expect(stage.offer).toBe(`scenewire.resume.1.${seq}.0.secret`);
    FakeSocket.last.greet("client", { seq });
  }
});

test("a page that was kept goes on where it was left", () => {
  const stage = new Stage({}, false, { epoch: 5, seq: 6, own: 7, session: "kept" });
  expect(stage.offer).toBe("scenewire.resume.5.6.7.kept");
  FakeSocket.last.greet("", { epoch: 6 });
  expect(stage.story).toEqual(["reset", "hello"]);
});

test("hints are said once the server has greeted, and what was applied is confirmed", () => {
  const stage = new Stage({ maxRate: 5 }, true);
  FakeSocket.last.accept("scenewire.v1");
  stage.link.handle({ kind: "applied", position: { epoch: 1, seq: 1, own: 1, session: "" } });
  expect(FakeSocket.last.said).toEqual([]);
  FakeSocket.last.greet("");
  stage.link.handle({ kind: "applied", position: { epoch: 1, seq: 2, own: 3, session: "" } });
  stage.link.handle({ kind: "applied", position: { epoch: 9, seq: 2, own: 4, session: "" } });
  expect(FakeSocket.last.said).toEqual([{ hidden: true }, { maxRate: 5 }, { seq: 2, own: 3 }, { own: 4 }]);
});

for (const [what, head] of Object.entries({
  "a sequence that is none": { epoch: 1, seq: -1 },
  "a sequence beyond 2^53": { epoch: 1, seq: 2 ** 60 },
  "an epoch without a sequence": { epoch: 1 },
  "a hello that is no map": { hello: 1 },
  "a hello that does not say how": { hello: { client: 1 } },
  "a session that is no text": { hello: { client: 1, resumed: "", session: 2 } },
})) {
  test(`${what} is corrupt`, () => {
    const stage = new Stage();
    FakeSocket.last.accept("scenewire.v1");
    FakeSocket.last.receive(windowFrame([], 1, head));
    expect(stage.story).toEqual(["error"]);
  });
}
