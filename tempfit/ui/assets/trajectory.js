// The snapshots of all runs, by epoch: what the server trained and the page has received.

const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** Unpack base64 text of little-endian binary, as `trainer.packed` writes it. */
export const floats = (text) => new Float32Array(bytes(text).buffer);
export const integers = (text) => new Int32Array(bytes(text).buffer);

function packed(values) {
  const octets = new Uint8Array(values.buffer);
  let text = "";
  for (const octet of octets) text += String.fromCharCode(octet);
  return btoa(text);
}

export class Trajectory {
  /** @param {number} runs how many runs there are */
  constructor(runs) {
    this.runs = runs;
    this.epoch = [];
    this.stops = Array(runs).fill(Infinity); // the index at which each run is stopped
    // One list a quantity and run: loss[run][index].
    for (const name of ["loss", "w", "b", "status"]) {
      this[name] = Array.from({ length: runs }, () => []);
    }
  }

  get length() {
    return this.epoch.length;
  }

  get lastEpoch() {
    return this.length ? this.epoch[this.length - 1] : -1;
  }

  /** Take in snapshots, each epoch once and in order, whatever arrives and how often. */
  merge(packed) {
    const epoch = integers(packed.epoch);
    const values = {
      loss: floats(packed.loss),
      w: floats(packed.w),
      b: floats(packed.b),
      status: bytes(packed.status),
    };
    epoch.forEach((moment, index) => {
      const place = this.indexAt(moment) + 1;
      if (place > 0 && this.epoch[place - 1] === moment) return;
      this.epoch.splice(place, 0, moment);
      for (const [name, list] of Object.entries(values)) {
        for (let run = 0; run < this.runs; run++) {
          this[name][run].splice(place, 0, list[run * epoch.length + index]);
        }
      }
    });
  }

  /** The whole, packed as the server packs snapshots. */
  pack() {
    const flat = (name) => this[name].flat();
    return {
      epoch: packed(Int32Array.from(this.epoch)),
      loss: packed(Float32Array.from(flat("loss"))),
      w: packed(Float32Array.from(flat("w"))),
      b: packed(Float32Array.from(flat("b"))),
      status: packed(Uint8Array.from(flat("status"))),
    };
  }

  /** Forget all but the start. */
  truncate() {
    this.epoch.length = 1;
    for (const name of ["loss", "w", "b", "status"]) {
      for (const list of this[name]) list.length = 1;
    }
  }

  /** The index of the last snapshot at or before an epoch, or -1. */
  indexAt(epoch) {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.epoch[middle] <= epoch) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Whether every run has stopped or overflowed at a snapshot. */
  allEnded(index) {
    return this.loss.every(
      (losses, run) => index >= this.stops[run] || !Number.isFinite(losses[index]),
    );
  }

  /** The index of the snapshot at which a run is while the stage shows `index`. */
  reached(run, index) {
    return Math.min(index, this.stops[run]);
  }

  /** The index of a run's last finite snapshot up to `index`, or -1. */
  lastFinite(run, index) {
    let last = this.reached(run, index);
    while (last >= 0 && !Number.isFinite(this.loss[run][last])) last--;
    return last;
  }

  /** Whether a run has overflowed when the stage shows `index`. */
  overflowed(run, index) {
    return !Number.isFinite(this.loss[run][this.reached(run, index)]);
  }
}
