"""What browser and server say to each other; `assets/types.js` mirrors it, and a test compares."""
