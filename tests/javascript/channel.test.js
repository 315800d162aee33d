import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Channel, Outbox } from "../../tempfit/ui/assets/channel.js";
import { Clock } from "./time.js";

const START = 1_700_000_000_000;

/** @type {Clock} */
let clock;
/** @type {Outbox} */
let outbox;
/** @type {{ name: string, number: number, at: number, [field: string]: any }[]} */
let sent;

const send = (/** @type {string} */ name, /** @type {any} */ message) =>
  sent.push({ name, ...message, at: clock.now() });

/** @param {string} name @param {(message: any) => object} [complete] @returns {Channel<any>} */
function channel(name = "pull", complete = undefined) {
  const made = new Channel(name, outbox, complete);
  made.send = send;
  return made;
}

const whats = () => sent.map(({ what }) => what);

beforeEach(() => {
  clock = new Clock(START);
  outbox = new Outbox(clock);
  sent = [];
});

test("a request is sent once, under its name, and numbered", () => {
  channel("pull").ask({ what: "a" });
  clock.pass(1000);
  assert.equal(sent.length, 1);
  assert.deepEqual([sent[0].name, sent[0].what], ["pull", "a"]);
  assert.ok(sent[0].number > START);
});

test("numbers rise over all channels, and over those of an earlier page", () => {
  const [one, other] = [channel("pull"), channel("edit")];
  one.ask({ what: "a" });
  other.ask({ what: "b" });
  clock.pass(100);
  clock.pass(60_000);
  const before = sent.map(({ number }) => number);
  assert.deepEqual(before, before.toSorted());
  assert.equal(new Set(before).size, before.length);
  outbox = new Outbox(clock); // the page is loaded anew
  channel().ask({ what: "c" });
  clock.pass(100);
  assert.ok(/** @type {any} */ (sent.at(-1)).number > Math.max(...before));
});

test("what is not answered is asked again, under a number of its own", () => {
  const pulls = channel();
  pulls.ask({ what: "a" });
  clock.pass(2900);
  assert.deepEqual(whats(), ["a"]);
  clock.pass(200);
  assert.deepEqual(whats(), ["a", "a"]);
  assert.ok(sent[1].number > sent[0].number);
  clock.pass(3100);
  assert.deepEqual(whats(), ["a", "a", "a"]);
});

test("what is answered is not asked again", () => {
  const pulls = channel();
  pulls.ask({ what: "a" });
  clock.pass(10);
  assert.ok(pulls.busy);
  assert.ok(pulls.answered(sent[0].number));
  assert.ok(!pulls.busy);
  clock.pass(60_000);
  assert.deepEqual(whats(), ["a"]);
});

test("an answer to any sending of a request is an answer to it", () => {
  const pulls = channel();
  pulls.ask({ what: "a" });
  clock.pass(3100);
  assert.ok(pulls.answered(sent[0].number));
  assert.ok(!pulls.answered(sent[1].number), "the second comes late, and is awaited no more");
});

test("an answer to an earlier request is not one to a later", () => {
  const pulls = channel();
  pulls.ask({ what: "a" });
  clock.pass(10);
  pulls.answered(sent[0].number);
  pulls.ask({ what: "b" });
  clock.pass(10);
  assert.ok(!pulls.answered(sent[0].number));
  assert.ok(pulls.busy);
  assert.ok(pulls.answered(sent[1].number));
});

test("one request is under way at a time, and of those waiting the newest is next", () => {
  const pulls = channel();
  pulls.ask({ what: "a" });
  clock.pass(10);
  pulls.ask({ what: "b" });
  pulls.ask({ what: "c" });
  clock.pass(100);
  assert.deepEqual(whats(), ["a"]);
  pulls.answered(sent[0].number);
  clock.pass(100);
  assert.deepEqual(whats(), ["a", "c"]);
});

test("a request that has not left yet is replaced by a newer one", () => {
  const pulls = channel();
  pulls.ask({ what: "a" });
  pulls.ask({ what: "b" });
  clock.pass(100);
  assert.deepEqual(whats(), ["b"]);
});

test("requests that do not replace each other are sent in their order", () => {
  const edits = channel("edit");
  const sameReading = (/** @type {any} */ last) => last.what === "move";
  edits.ask({ what: "add" }, () => false);
  clock.pass(10);
  edits.ask({ what: "move", x: 1 }, sameReading);
  edits.ask({ what: "move", x: 2 }, sameReading);
  edits.ask({ what: "remove" }, () => false);
  for (const place of [0, 1, 2]) {
    clock.pass(100);
    edits.answered(sent[place].number);
  }
  assert.deepEqual(whats(), ["add", "move", "remove"]);
  assert.equal(sent[1].x, 2);
  assert.ok(!edits.busy);
});

test("what is forgotten is neither repeated nor awaited", () => {
  const pulls = channel();
  pulls.ask({ what: "a" });
  clock.pass(10);
  pulls.ask({ what: "b" });
  pulls.forget();
  clock.pass(60_000);
  assert.deepEqual(whats(), ["a"]);
  assert.ok(!pulls.answered(sent[0].number));
});

test("a message is completed when it is sent, and anew when it is sent again", () => {
  let after = 0;
  const pulls = channel("pull", (message) => ({ ...message, after }));
  pulls.ask({ what: "a" });
  after = 5;
  clock.pass(10);
  after = 9;
  clock.pass(3100);
  assert.deepEqual(
    sent.map((message) => message.after),
    [5, 9],
  );
});

test("two channels never send within the same moment", () => {
  const channels = ["pull", "edit", "look"].map((name) => channel(name));
  for (const one of channels) one.ask({ what: one.name });
  outbox.tell(send, "go_on", { what: "go_on" });
  clock.pass(100);
  assert.deepEqual(whats(), ["pull", "edit", "look", "go_on"]);
  sent.slice(1).forEach(({ at }, place) => assert.ok(at - sent[place].at >= 5));
});

test("a message without an answer is sent once", () => {
  outbox.tell(send, "go_on", { what: "a" });
  clock.pass(60_000);
  assert.deepEqual(whats(), ["a"]);
  assert.ok(sent[0].number > START);
});

test("a message waits until a widget has told the server what the viewer did", () => {
  channel().ask({ what: "a" });
  outbox.touched();
  clock.timers[0].act(); // the moment comes in which it would have been sent
  clock.timers.shift();
  assert.deepEqual(whats(), []);
  clock.pass(0);
  assert.deepEqual(whats(), ["a"]);
});

test("what is sent goes by the way that Streamlit gave last", () => {
  const pulls = channel();
  pulls.ask({ what: "a" });
  /** @type {string[]} */
  const other = [];
  pulls.send = (name) => other.push(name);
  clock.pass(10);
  assert.deepEqual([sent.length, other], [0, ["pull"]]);
});
