// Which text size did this person choose? Asked before the first paint, so that nothing jumps.
try {
  const size = localStorage.getItem("text-size");
  if (size) document.documentElement.dataset.text = size;
} catch {
  // storage is closed to us: the page keeps its usual size
}
