// What is the mark's link called? What stands on it: Wagtail's sidebar calls it "Dashboard", which nobody can see.
const watch = new MutationObserver(() => {
  const mark = document.querySelector(".sidebar-custom-branding");
  if (!mark) return;
  mark.removeAttribute("aria-label");
  watch.disconnect();
});
watch.observe(document.documentElement, { childList: true, subtree: true });

// Paper: a button that prints the page, shown only where a script can do it.
document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
    button.hidden = false;
  }
});
