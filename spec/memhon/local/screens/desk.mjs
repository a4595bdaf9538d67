// Sends the forms of the desk as JSON and says what came of it. Everything can be read without.
const told = document.getElementById("told");
const JSON_TYPE = "application/json";

function say(text, error) {
  const line = document.createElement("p");
  if (error) {
    line.className = "error";
    const id = document.createElement("b");
    id.textContent = error.id ? `${error.id} ` : "";
    line.append(id);
  }
  line.append(text);
  told.replaceChildren(line);
}

function value(text, kind) {
  if (kind === "number") return Number(text);
  return kind === "boolean" ? text === "true" : text;
}

function wish(form, pressed) {
  const body = {};
  for (const field of [...form.elements, pressed]) {
    const send = field && field.name && (field === pressed || field.type !== "submit");
    if (send && field.value !== "") body[field.name] = value(field.value, field.dataset.kind);
  }
  return body;
}

async function answered(path, settings) {
  const response = await fetch(path, { ...settings, cache: "no-store" });
  const text = await response.text();
  let found = {};
  try {
    found = text ? JSON.parse(text) : {};
  } catch {
    found = { message: text };
  }
  if (response.ok) return found;
  const error = new Error("refused");
  error.told = found.finding ?? { ...found, text: found.message };
  throw error;
}

async function send(form, pressed) {
  const { method, path, login } = form.dataset;
  const headers = {};
  if (login) {
    const body = JSON.stringify({ patient: login });
    const settings = { method: "POST", body, headers: { "Content-Type": JSON_TYPE } };
    Object.assign(headers, (await answered("/_sandbox/login", settings)).headers);
  }
  const settings = { method, headers };
  if (method === "POST") {
    headers["Content-Type"] = JSON_TYPE;
    settings.body = JSON.stringify(wish(form, pressed));
  }
  return answered(path, settings);
}

// The hand-over tells of each document; a refusal has its reason.
function summary(found, done) {
  if (!Array.isArray(found.handed)) return done;
  const causes = found.handed.flatMap((each) => each.findings.map((one) => `${one.id} ${one.text}`));
  const left = found.left ? [`${found.left} document(s) non tentés : l'échange ne répond plus.`] : [];
  return [done, `Documents touchés : ${found.handed.length}.`, ...left, ...causes].join(" ");
}

async function renew(pressed) {
  const response = await fetch(location.href, { cache: "no-store" });
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  document.querySelector("main").replaceWith(document.adoptNode(fresh.querySelector("main")));
  reveal();
  // What was pressed may be gone, or be another one now; the focus stays where it was.
  (document.getElementById(pressed) ?? document.querySelector("main")).focus();
}

async function act(form, pressed) {
  if (form.dataset.busy || (form.dataset.confirm && !confirm(form.dataset.confirm))) return;
  form.dataset.busy = "yes";
  pressed?.setAttribute("aria-disabled", "true");
  try {
    const found = await send(form, pressed);
    await renew(pressed?.id ?? "");
    say(summary(found, form.dataset.done));
  } catch (error) {
    const found = error.told ?? { text: "Le poste de commande ne répond pas. Est-il arrêté ?" };
    say([found.text, found.fix].filter(Boolean).join(" "), found);
  } finally {
    delete form.dataset.busy;
    pressed?.removeAttribute("aria-disabled");
  }
}

function reveal() {
  for (const form of document.querySelectorAll("form.act")) form.hidden = false;
}

document.addEventListener("submit", (event) => {
  if (!event.target.classList.contains("act")) return;
  event.preventDefault();
  act(event.target, event.submitter);
});
reveal();
