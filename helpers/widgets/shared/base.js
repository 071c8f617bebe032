// What assistive technology needs and ipywidgets 8.1 leaves out: names of groups and sliders, which button of a group is
// pressed; and that what scrolls can be reached by keyboard. JupyterLab runs this in an output of the widget, as `element`,
// before that has its place.
const mend = (root) => {
  for (const row of root.querySelectorAll(".widget-hbox")) {
    const labels = Array.from(row.querySelectorAll(".widget-label, .lab-name"), (label) => label.textContent.trim());
    const name = labels.find(Boolean); // some are empty, and hidden
    for (const part of name ? row.querySelectorAll(".widget-toggle-buttons, .noUi-handle") : []) {
      if (part.matches(".widget-toggle-buttons")) part.setAttribute("role", "group");
      part.setAttribute("aria-label", name);
    }
  }
  for (const button of root.querySelectorAll(".widget-toggle-button")) {
    button.setAttribute("aria-pressed", button.classList.contains("mod-active"));
  }
  for (const part of root.querySelectorAll("pre, dd")) {
    const scrolls = part.scrollHeight > part.clientHeight + 1 && getComputedStyle(part).overflowY === "auto";
    scrolls ? part.setAttribute("tabindex", "0") : part.removeAttribute("tabindex");
  }
  root.querySelectorAll('[title="null"]').forEach((part) => part.removeAttribute("title")); // of a tooltip that is None
};

const begin = () => {
  const root = element.closest(".lab-widget");
  if (!root) return setTimeout(begin, 20);
  mend(root);
  new MutationObserver(() => mend(root)).observe(root, {
    ...{ subtree: true, childList: true, attributes: true, attributeFilter: ["class", "title"] },
  });
};
begin();
