// What the browser keeps of a lesson: the progress as a link has it, under the lesson's name.

const key = (/** @type {string} */ lesson) => `tempfit-lesson-${lesson}`;

/** The progress that was kept, or none. @param {string} lesson */
export function kept(lesson) {
  try {
    return localStorage.getItem(key(lesson)) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} lesson @param {string} progress */
export function keep(lesson, progress) {
  try {
    if (progress) localStorage.setItem(key(lesson), progress);
    else localStorage.removeItem(key(lesson));
  } catch {
    // Then the link alone has it.
  }
}
