// Brings the tables up to date in their place, so that the page stays where it was scrolled to. Every 15 seconds,
// unless the box is unticked.
const main = document.querySelector("main");

async function refresh() {
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const scrolled = document.querySelector(".wide")?.scrollLeft ?? 0;
    const focused = main.contains(document.activeElement);
    main.replaceChildren(...page.querySelector("main").childNodes);
    const table = document.querySelector(".wide");
    if (table) table.scrollLeft = scrolled;
    if (focused) table?.focus();
  } catch {
    main.querySelector("p").textContent = "The room's page has ended: start it again in its terminal.";
  }
}

document.querySelector("#refresh").onclick = refresh;
setInterval(() => document.querySelector("#every").checked && refresh(), 15_000);
