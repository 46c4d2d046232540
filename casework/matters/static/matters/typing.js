// Forms with data-typing: Enter in a one-line field goes on to the next field instead of sending a
// half-filled form. While an input method is composing, Enter belongs to it alone.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  const form = field.closest?.("form[data-typing]");
  if (!form || event.key !== "Enter" || field.matches("textarea, button, a, summary")) return;
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
