// What the tests ask a page of JupyterLab. It exposes its application as window.jupyterapp (expose_app_in_browser).
window.lab = (() => {
  const panel = () => window.jupyterapp?.shell.currentWidget; // the page may still be loading
  const codeCells = () =>
    panel()
      .content.widgets.map((widget, index) => ({ widget, model: widget.model, index }))
      .filter(({ model }) => model.type === "code" && model.sharedModel.getSource().trim());
  const outputs = (model) => Array.from({ length: model.outputs.length }, (_, i) => model.outputs.get(i).toJSON());
  const text = (data) => (Array.isArray(data) ? data.join("") : data);
  const meantToFail = (model) => (model.getMetadata("tags") ?? []).includes("raises-exception");
  const frame = () => new Promise(requestAnimationFrame);
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  let timesInFront = 0;

  const read = ({ model, index }) => {
    const all = outputs(model);
    const data = all.map((output) => output.data ?? {});
    return {
      index,
      id: model.id,
      ran: model.executionCount !== null,
      outputs: all.length,
      meant_to_fail: meantToFail(model),
      errors: all.filter((output) => output.output_type === "error").map((o) => `${o.ename}: ${o.evalue}`),
      views: data.filter((d) => WIDGET in d).map((d) => d[WIDGET].model_id),
      html: data.filter((d) => !(WIDGET in d) && d["text/html"]).map((d) => text(d["text/html"])),
    };
  };

  return {
    ready: () =>
      panel()?.context?.isReady &&
      panel().content.widgets.length === panel().content.model?.cells.length && // they are made one by one
      panel().sessionContext?.isReady && panel().sessionContext.session?.kernel != null,
    forget: () => codeCells().forEach(({ model }) => model.clearExecution()),
    // Asked every second: so it looks at the types of outputs, and copies none of them.
    ended: () => {
      const models = codeCells().map(({ model }) => model);
      const failed = ({ outputs }) =>
        Array.from({ length: outputs.length }, (_, i) => outputs.get(i).type).includes("error");
      return (
        models.some((model) => failed(model) && !meantToFail(model)) ||
        (models.every((model) => model.executionCount !== null) &&
          panel().sessionContext.session.kernel.status === "idle")
      );
    },
    cells: () => codeCells().map(read),
    begin: (id, was, now) => {
      const { sharedModel } = codeCells().find(({ model }) => model.id === id).model;
      if (!sharedModel.getSource().includes(was)) throw new Error(`${id} does not say ${was}`);
      sharedModel.setSource(sharedModel.getSource().replace(was, now));
      window.jupyterapp.commands.execute("notebook:run-cell"); // ends with the cell; nobody waits for it
    },
    busy: () => codeCells().some(({ model }) => model.executionState === "running"),
    show: async (index) => {
      panel().content.activeCellIndex = index;
      await panel().content.scrollToItem(index, "center");
    },

    // Parts of a cell's outputs that a learner would have to scroll, except those that match `allowed` (selectors), as
    // "cell id: what: how far". The cell must be in view: others are not in the page.
    scrolling: (index, allowed) => {
      const { node, model } = panel().content.widgets[index];
      return Array.from(node.querySelectorAll(".jp-OutputArea-output, .jp-OutputArea-output *"))
        .filter((part) => /auto|scroll/.test(getComputedStyle(part).overflow))
        .filter((part) => !allowed.some((selector) => part.matches(selector)))
        .map((part) => [part, part.scrollWidth - part.clientWidth, part.scrollHeight - part.clientHeight])
        .filter(([, across, down]) => across > 1 || down > 1)
        .map(([part, across, down]) => `${model.id}: ${part.className || part.tagName}: ${across} px across, ${down} px down`);
    },

    // From the first message that makes the widget, or brings the picture, until it has been painted.
    paint: async (index, selector) => {
      const node = panel().content.widgets[index].node;
      const before = node.querySelector(selector);
      let begun, failed;
      const hear = (_, { header, content }) => {
        if (["comm_open", "execute_result", "display_data"].includes(header.msg_type)) begun ??= performance.now();
        if (header.msg_type === "error") failed = `${content.ename}: ${content.evalue}`;
      };
      panel().sessionContext.iopubMessage.connect(hear);
      try {
        const ran = window.jupyterapp.commands.execute("notebook:run-cell");
        for (;;) {
          const now = node.querySelector(selector);
          if (begun && now && now !== before && now.getBoundingClientRect().height > 0) break;
          if (failed) throw new Error(`cell ${index}, run again: ${failed}`);
          await frame();
        }
        await frame(); // it is painted at the end of the frame in which it was seen
        const painted = performance.now();
        await ran;
        return painted - begun;
      } finally {
        panel().sessionContext.iopubMessage.disconnect(hear);
      }
    },

    // From the next click until the element says `text`.
    listen: (selector, text) => {
      const element = document.querySelector(selector);
      if (element.textContent.includes(text)) throw new Error(`${selector} says ${text} already`);
      window.lab.answered = new Promise((resolve, reject) => {
        // Playwright would wait for ever.
        setTimeout(() => reject(new Error(`${selector} does not say ${text}: ${element.textContent}`)), 120_000);
        document.addEventListener(
          "click",
          () => {
            const clicked = performance.now();
            const watch = async () => {
              while (!document.querySelector(selector)?.textContent.includes(text)) await frame();
              resolve(performance.now() - clicked);
            };
            watch();
          },
          { capture: true, once: true },
        );
      });
    },

    // Whether a link has opened this notebook, and it is ready; whether the cell with this text is in view.
    opened: (path) => panel()?.context?.path === path && window.lab.ready(),
    inView: (text) => {
      const cell = panel().content.widgets.find(({ model }) => model.sharedModel.getSource().includes(text));
      const [around, { top }] = [panel().content.node.getBoundingClientRect(), cell.node.getBoundingClientRect()];
      return cell.node.isConnected && top >= around.top - 100 && top < around.bottom;
    },
    // Back to the notebook that a link led away from. The other stays open: closed while it starts, it would complain.
    back: (path) => {
      const all = Array.from(window.jupyterapp.shell.widgets("main"));
      window.jupyterapp.shell.activateById(all.find(({ context }) => context?.path === path).id);
    },

    // Bring what has this title to the front; whether it has stayed there since it was asked three times before.
    staysInFront: (label) => {
      const { shell } = window.jupyterapp;
      const wanted = Array.from(shell.widgets("main")).find(({ title }) => title.label === label);
      const there = shell.currentWidget === wanted;
      timesInFront = there ? timesInFront + 1 : 0;
      if (!there && wanted) shell.activateById(wanted.id);
      return timesInFront > 3;
    },

    // All cells in the page, instead of those in view.
    whole: async () => {
      const { content } = panel();
      content.notebookConfig = { ...content.notebookConfig, windowingMode: "none" };
      await Promise.all(content.widgets.map((widget) => widget.ready));
      while (!content.widgets.every(({ node }) => node.isConnected)) await frame();
    },
    // What axe-core finds in prose and outputs except `others` (selectors), as "rule: the element's HTML: what to do".
    violations: async (others) => {
      const find = (selector) => Array.from(panel().node.querySelectorAll(selector));
      const context = { include: find(".jp-RenderedMarkdown, .jp-OutputArea-output"), exclude: others.flatMap(find) };
      const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
      const { violations } = await axe.run(context, { runOnly, resultTypes: ["violations"] });
      return violations.flatMap(({ id, nodes }) => nodes.map((one) => `${id}: ${one.html}: ${one.failureSummary}`));
    },

    open: async (path) => {
      await window.jupyterapp.commands.execute("docmanager:open", { path }); // gives what no test can be told
    },
    // JupyterLab writes what the kernel says of itself into the notebook; that has happened when this ends.
    kernelIsKnown: async () => {
      const { kernel } = panel().sessionContext.session;
      await Promise.all([kernel.info, kernel.spec]);
      await frame();
    },
    dirty: () => panel().context.model.dirty,
    fillIn: (tag, source) => {
      const cell = panel().content?.widgets?.find(({ model }) => (model.getMetadata("tags") ?? []).includes(tag));
      cell?.model.sharedModel.setSource(source);
      return cell !== undefined; // it may still be loading
    },

    active: () => panel().content.activeCell.model.id,
    restart: () => panel().sessionContext.session.kernel.restart(),
    forgetAllBut: (number) =>
      codeCells().forEach(({ model }, place) => {
        if (place !== number) model.clearExecution();
      }),

    shutdown: () => panel().sessionContext.shutdown(),

    theme: (name) => window.jupyterapp.commands.execute("apputils:change-theme", { theme: name }),
  };
})();
