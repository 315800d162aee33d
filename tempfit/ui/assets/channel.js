// How a part of the page asks the server for something: one request at a time, numbered,
// repeated if no answer comes. The clock is passed in, so that tests say what time it is.

/**
 * @typedef {{
 *   now: () => number,
 *   after: (act: () => void, ms: number) => unknown,
 *   cancel: (timer: any) => void,
 * }} Time a clock, and timers on it (ms)
 */

/** @typedef {(name: string, message: object) => void} Send */

const PATIENCE_MS = 3000; // how long to wait for an answer before asking again
const APART_MS = 5; // longer than Streamlit takes to send what it was told

/**
 * The way to the server that all channels of a page share. Streamlit sends what it is told by a
 * timer, and whatever it is told until then goes in one request, of which the server answers only
 * one part of the page. So messages go one at a time, apart from each other and from widgets.
 */
export class Outbox {
  /** @param {Time} time */
  constructor(time) {
    this.time = time;
    /** @type {(() => void)[]} */
    this.waiting = [];
    this.touches = 0;
    // Greater than any number of an earlier page of this viewer.
    this.number = time.now();
  }

  /** Note that the viewer did something: a widget may be about to tell the server of it. */
  touched() {
    this.touches++;
  }

  /**
   * Call a function that sends one message, when nothing else is being sent.
   * @param {() => void} send
   */
  add(send) {
    this.waiting.push(send);
    if (this.waiting.length === 1) this.next();
  }

  /**
   * Send a message that has no answer.
   * @param {Send} send @param {string} name @param {object} message
   */
  tell(send, name, message) {
    this.add(() => send(name, { ...message, number: ++this.number }));
  }

  next() {
    const before = this.touches;
    // Streamlit's timer for a widget was set before this one, and so ends before it.
    this.time.after(() => {
      if (this.touches !== before) {
        this.next();
        return;
      }
      this.waiting[0]();
      this.time.after(() => {
        this.waiting.shift();
        if (this.waiting.length) this.next();
      }, APART_MS);
    }, 0);
  }
}

/**
 * Requests of one kind, each a message without its number. `M` is that message.
 * @template {object} M
 */
export class Channel {
  /**
   * @param {string} name the name under which Streamlit hands the messages on
   * @param {Outbox} outbox
   * @param {(message: M) => object} complete adds what is only known when a message is sent
   */
  constructor(name, outbox, complete = (message) => message) {
    this.name = name;
    this.outbox = outbox;
    this.complete = complete;
    /** @type {Send} */
    this.send = () => {};
    /** @type {{ message: M, first: number } | null} */
    this.asked = null; // what was sent, and its first number, while an answer is awaited
    /** @type {M[]} */
    this.waiting = [];
    this.queued = false;
  }

  /** Whether something was asked that has not been answered. */
  get busy() {
    return this.asked !== null || this.waiting.length > 0;
  }

  /**
   * Ask for something. Of what is not sent yet, a newer message takes an older one's place.
   * @param {M} message
   * @param {(last: M) => boolean} replaces whether it takes the place of the last one waiting
   */
  ask(message, replaces = () => true) {
    const last = this.waiting.at(-1);
    if (last && replaces(last)) this.waiting.pop();
    this.waiting.push(message);
    if (!this.asked) this.queue();
  }

  /**
   * Take note of the number in an answer; return whether it is the one that was awaited.
   * @param {number} number
   */
  answered(number) {
    if (!this.asked || number < this.asked.first) return false;
    this.settle();
    if (this.waiting.length) this.queue();
    return true;
  }

  /** Wait for no answer, and ask for nothing more. */
  forget() {
    this.waiting = [];
    this.settle();
  }

  settle() {
    this.asked = null;
    this.outbox.time.cancel(this.timer);
  }

  queue() {
    if (this.queued) return;
    this.queued = true;
    this.outbox.add(() => {
      this.queued = false;
      this.speak();
    });
  }

  /** Send what waits, or again what was sent and not answered, under a number of its own. */
  speak() {
    const message = this.asked?.message ?? this.waiting.shift();
    if (!message) return;
    const number = ++this.outbox.number;
    this.asked ??= { message, first: number };
    this.send(this.name, { ...this.complete(message), number });
    this.timer = this.outbox.time.after(() => this.queue(), PATIENCE_MS);
  }
}
