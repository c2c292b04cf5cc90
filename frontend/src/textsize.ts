// How large are the words? Five sizes (화면 크기), kept in this browser only.
class TextSize extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.show();
    this.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLButtonElement>("button[data-size]");
      if (button?.dataset.size) choose(button.dataset.size);
    });
    addEventListener("text-size", () => this.show());
  }

  private show(): void {
    const chosen = document.documentElement.dataset.text ?? "1";
    for (const button of this.querySelectorAll<HTMLButtonElement>("button[data-size]")) {
      button.setAttribute("aria-pressed", String(button.dataset.size === chosen));
    }
  }
}

function choose(size: string): void {
  document.documentElement.dataset.text = size;
  try {
    localStorage.setItem("text-size", size);
  } catch {
    // storage is closed to us: the size holds for this page
  }
  dispatchEvent(new Event("text-size"));
}

customElements.define("text-size", TextSize);
