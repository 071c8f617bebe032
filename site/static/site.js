// What scrolls sideways has to be reachable with the keyboard: a wide table, a long line of code, a picture.
const mark = () => {
  for (const part of document.querySelectorAll("article :is(pre, p, .table-wrapper, .output, .cell_output)")) {
    if (part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX === "auto") part.tabIndex = 0;
    else part.removeAttribute("tabindex");
  }
};
window.addEventListener("load", mark);
window.addEventListener("resize", mark);
document.addEventListener("toggle", mark, true); // a solution was unfolded
