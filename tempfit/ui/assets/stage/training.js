// What the stage hears of the training, and its way to ask for more: a component beside the stage,
// which gets each answer and shows nothing.

import { element } from "../elements.js";
import { mounting } from "../loader.js";

/** @import {Send} from "../channel.js" */
/** @import {Component} from "../loader.js" */
/** @import {TrainingData} from "../types.js" */

class Training {
  constructor() {
    /** @type {TrainingData | null} */
    this.last = null; // what was heard last
    /** @type {() => void} */
    this.listener = () => {};
    /** @type {Send} */
    this.send = () => {};
  }

  /** @param {Pick<Component<TrainingData>, "data" | "setTriggerValue">} component */
  hear({ data, setTriggerValue }) {
    this.send = setTriggerValue;
    this.last = data;
    this.listener();
  }
}

/** The training of the page. */
export const training = new Training();

/** Called by Streamlit for every message. */
export const mount = mounting(
  () => ({
    root: element("div", {}),
    receive: (/** @type {Component<TrainingData>} */ component) => training.hear(component),
    destroy: () => {},
  }),
  [],
);
