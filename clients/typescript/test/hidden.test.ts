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

const pose = (name: string, x: number) => ({ type: "Pose", name, x });
const keys = { Pose: "pose/{name}", Set: "{name}", Remove: "{name}" };

/** A page that is hidden after it was shown the window before `seq` 3. */
function hiddenStage(changes = {}): Stage {
  const stage = new Stage({ keys, ...changes });
  FakeSocket.last.greet("");
  broadcast(3, [pose("a", 0)]);
  stage.hide(true);
  return stage;
}

test("what a hidden page missed comes as one window, in order, without what was superseded", () => {
  const stage = hiddenStage();
  broadcast(4, [pose("a", 1), pose("b", 1)]);
  broadcast(5, [{ type: "Note" }, pose("a", 2)]);
  broadcast(6, [{ type: "Note" }]);
  expect(stage.story).toEqual(["hello", "Pose a 0"]);
  expect(stage.position).toMatchObject({ seq: 3 });
  stage.hide(false);
  expect(stage.story.slice(2)).toEqual(["Pose b 1+Note+Pose a 2+Note"]);
  expect(stage.position).toMatchObject({ seq: 6 });
  broadcast(7, [pose("a", 3)]);
  expect(stage.story.slice(3)).toEqual(["Pose a 3"]);
  expect(FakeSocket.last.said).toEqual([{ hidden: true }, { hidden: false }]);
});

test("messages of one key but of different types are both kept", () => {
  const stage = hiddenStage();
  const [set, remove] = [{ type: "Set", name: "x" }, { type: "Remove", name: "x" }];
  broadcast(4, [remove, set, pose("x", 1), remove, set]);
  stage.hide(false);
  expect(stage.story.at(-1)).toBe("Pose x 1+Remove x+Set x");
});

test("a page that is hidden and shown without news gets nothing", () => {
  const stage = hiddenStage();
  stage.hide(true);
  broadcast(4, []);
  stage.hide(false);
  stage.hide(false);
  expect(stage.story).toEqual(["hello", "Pose a 0"]);
});

test("what is for this client alone is not kept back, and doesn't say that the rest is applied", () => {
  const stage = hiddenStage();
  broadcast(4, [pose("a", 1)]);
  whisper(1, [{ type: "Answer" }]);
  expect(stage.story.slice(2)).toEqual(["Answer"]);
  expect(stage.position).toMatchObject({ seq: 3, own: 1 });
  stage.hide(false);
  expect(stage.story.slice(3)).toEqual(["Pose a 1"]);
  expect(stage.position).toMatchObject({ seq: 4, own: 1 });
});

test("a reset makes what was held before it superfluous", () => {
  const stage = hiddenStage();
  broadcast(4, [{ type: "Old" }]);
  broadcast(1, [{ type: "New" }], { epoch: 2, reset: true });
  expect(stage.story).toEqual(["hello", "Pose a 0"]);
  stage.hide(false);
  expect(stage.story.slice(2)).toEqual(["reset", "New"]);
});

/** More than a hidden page may hold: the maximum is 1 MiB here. */
const large = { type: "Mesh", data: new Uint8Array(700_000) };

test("a page that missed too much has it sent again, and takes nothing until then", () => {
  const stage = hiddenStage();
  for (const seq of [4, 5, 6]) broadcast(seq, [large]);
  whisper(1, [{ type: "Answer" }]);
  expect(stage.story.slice(2)).toEqual(["Answer"]);
  stage.hide(false);
  expect(FakeSocket.last.said.slice(1)).toEqual([{ hidden: false }, { resync: 3 }]);
  broadcast(7, [{ type: "UnderWay" }]);
  whisper(2, [{ type: "Answer" }]);
  broadcast(7, [{ type: "Newest" }], { resync: true });
  broadcast(8, [{ type: "Next" }]);
  expect(stage.story.slice(3)).toEqual(["Answer", "Newest", "Next"]);
  expect(stage.position).toMatchObject({ seq: 8, own: 2 });
});

test("if that is too long ago, the page forgets first", () => {
  const stage = hiddenStage();
  for (const seq of [4, 5]) broadcast(seq, [large]);
  stage.hide(false);
  broadcast(6, [{ type: "All" }], { resync: true, reset: true });
  expect(stage.story.slice(2)).toEqual(["reset", "All"]);
});

test("a connection that breaks meanwhile goes on where the page was left", () => {
  const stage = hiddenStage();
  for (const seq of [4, 5, 6]) broadcast(seq, [large]);
  FakeSocket.last.end(1006);
  vi.advanceTimersToNextTimer();
  expect(stage.offer).toBe("scenewire.resume.1.3.0.secret");
  FakeSocket.last.greet("client", { seq: 3 });
  expect(FakeSocket.last.said).toEqual([{ hidden: true }]);
  broadcast(7, [{ type: "Newest" }]);
  stage.hide(false);
  expect(stage.story.slice(2)).toEqual(["hello", "Newest"]);
  expect(FakeSocket.last.said).toEqual([{ hidden: true }, { hidden: false }]);
});

test("a connection that breaks with something held goes on behind it", () => {
  const stage = hiddenStage();
  broadcast(4, [{ type: "Held" }]);
  FakeSocket.last.end(1006);
  vi.advanceTimersToNextTimer();
  expect(stage.offer).toBe("scenewire.resume.1.4.0.secret");
  FakeSocket.last.greet("client", { seq: 4 });
  broadcast(5, [{ type: "More" }]);
  stage.hide(false);
  expect(stage.story.slice(2)).toEqual(["hello", "Held+More"]);
});

test("shown while the connection is broken, what was lost comes with the next one", () => {
  const stage = hiddenStage();
  for (const seq of [4, 5]) broadcast(seq, [large]);
  FakeSocket.last.end(1006);
  stage.hide(false);
  vi.advanceTimersToNextTimer();
  expect(stage.offer).toBe("scenewire.resume.1.3.0.secret");
  FakeSocket.last.greet("scene", { seq: 3 });
  broadcast(7, [{ type: "Newest" }]);
  expect(stage.story.slice(2)).toEqual(["hello", "Newest"]);
  expect(FakeSocket.last.said).toEqual([]);
});

test("hidden again before what was lost has come, it is held when it comes", () => {
  const stage = hiddenStage();
  for (const seq of [4, 5]) broadcast(seq, [large]);
  stage.hide(false);
  stage.hide(true);
  broadcast(6, [{ type: "Newest" }], { resync: true });
  expect(stage.story).toEqual(["hello", "Pose a 0"]);
  stage.hide(false);
  expect(stage.story.slice(2)).toEqual(["Newest"]);
});

test("a server that can't send what was lost is left for a new connection", () => {
  const stage = new Stage();
  FakeSocket.last.accept();
  FakeSocket.last.receive(windowFrame([{ type: "A" }]));
  stage.hide(true);
  for (const _ of [1, 2, 3]) FakeSocket.last.receive(windowFrame([large]));
  stage.hide(false);
  vi.advanceTimersToNextTimer();
  FakeSocket.last.accept();
  FakeSocket.last.receive(windowFrame([{ type: "B" }]));
  expect(stage.story).toEqual(["A", "reset", "B"]);
});

test("a page that wants to be given everything is, and the server is told", () => {
  const stage = hiddenStage({ hold: false });
  broadcast(4, [pose("a", 1)]);
  expect(stage.story.slice(2)).toEqual(["Pose a 1"]);
  expect(FakeSocket.last.said).toEqual([{ hidden: true }]);
});

test("a page that opens hidden is given everything when it is first looked at", () => {
  const stage = new Stage({ keys }, true);
  FakeSocket.last.greet("");
  broadcast(3, [pose("a", 0)]);
  broadcast(4, [pose("a", 1)]);
  stage.hide(false);
  expect(stage.story).toEqual(["hello", "Pose a 1"]);
});
