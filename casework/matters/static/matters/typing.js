// Forms with data-typing: Enter in a one-line field goes on to the next field instead of sending a
// half-filled form. While an input method is composing, Enter belongs to it alone.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  const form = field.closest?.("form[data-typing]");
  if (!form || event.key !== "Enter" || field.matches("textarea, button, a, summary")) return;
  if (event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  if (event.isComposing || event.keyCode === 229) return;
  const stops = [...form.querySelectorAll("input, select, textarea, button")].filter(
    (stop) => !stop.disabled && stop.type !== "hidden" && stop.offsetParent !== null,
  );
  // The radio buttons of one choice are one stop.
  const later = stops.slice(stops.indexOf(field) + 1);
  later.find((stop) => stop.type !== "radio" || stop.name !== field.name)?.focus();
});

// After a refusal the list of what is wrong is read first, as soon as the shell lets anything be seen.
window.addEventListener("load", () => document.querySelector("#problems")?.focus());

// Ctrl+Enter sends the form from wherever one is typing, as its first button would.
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-typing]");
  if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  form.querySelector(".mt-buttons button:not([disabled])")?.click();
});

// Forms with data-keep are kept on the server a moment after the last key, so that nothing is lost.
const keeping = new Map();
const keep = async (form) => {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.set("draft_path", form.dataset.keepPath);
  const answer = await fetch(form.dataset.keep, { method: "POST", body: data }).catch(() => null);
  const told = form.querySelector("[data-kept]");
  if (told) told.textContent = answer?.ok ? await answer.text() : "没能自动保存，请尽快提交。";
};
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (!form) return;
  clearTimeout(keeping.get(form));
  keeping.set(form, setTimeout(() => keep(form), 3000));
});
document.addEventListener("submit", (event) => clearTimeout(keeping.get(event.target)));

// Rows of a desk: J and K go to the next and the one before, while the focus is on one of them.
document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.("[data-rows]");
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!list || !step || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const links = [...document.querySelectorAll("[data-rows] > li > :first-child a, [data-rows] > li > a, [data-rows] > li > span > a")];
  links[links.indexOf(event.target) + step]?.focus();
});
