/* Saves a part of an application quietly while it is written. Without it the button does. */
(() => {
  const form = document.querySelector("[data-ka-saving]");
  const said = document.querySelector("[data-ka-said]");
  if (!form || !window.fetch) return;
  const PAUSE = 2500;
  let timer = 0, running = null, again = false, stopped = false;

  function save() {
    if (running) { again = true; return; }
    running = send().finally(() => {
      running = null;
      if (again && !stopped) { again = false; save(); }
    });
  }

  async function send() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("quiet", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), redirect: "error" });
      const told = await answer.json();
      if (told.count !== undefined) form.elements.count.value = told.count;
      if (said && told.said !== said.textContent) said.textContent = told.said;
      stopped = Boolean(told.stop);
    } catch {
      /* No connection: the button tells, and the text is on the page. */
    }
  }

  function later() {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }
  form.addEventListener("input", later);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    stopped = true;
    if (!running) return;
    /* What is under way first: else it would look like somebody else's saving. */
    event.preventDefault();
    running.then(() => form.requestSubmit(event.submitter));
  });
})();
