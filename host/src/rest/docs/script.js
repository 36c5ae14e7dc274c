"use strict";
// Everything that comes from a plugin or from Xyte is put into the page as text, never as markup.
const byId = (id) => document.getElementById(id);
const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
};
const pretty = (value) => JSON.stringify(value, null, 2);

let key = "";
const ask = async (path, options = {}) => {
  const headers = { ...options.headers };
  if (key) headers["X-Xyte-Api-Key"] = key;
  const init = { ...options, headers, credentials: "omit", redirect: "error", cache: "no-store" };
  const response = await fetch(path, init);
  const text = await response.text();
  let body;
  try { body = JSON.parse(text); } catch { body = { detail: text }; }
  return { status: response.status, ok: response.ok, body };
};

const say = (text, bad) => {
  const status = byId("status");
  status.textContent = text;
  status.className = bad ? "bad" : "";
};
const explain = (answer) =>
  [answer.status, answer.body.error, answer.body.detail, answer.body.hint].filter(Boolean).join(" · ");

const folded = (title, value) => {
  const details = element("details");
  details.append(element("summary", title), element("pre", pretty(value)));
  return details;
};

// A form that sends something and shows what came back.
const trial = (label, fields, send) => {
  const form = element("form");
  const button = element("button", label);
  const note = element("p", "", "answer-note");
  note.setAttribute("role", "status");
  const shown = element("pre");
  shown.hidden = true;
  shown.tabIndex = 0;
  form.append(...fields, button, note, shown);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    note.textContent = "Waiting…";
    try {
      const answer = await send();
      note.textContent = answer.ok ? "Answered." : explain(answer);
      note.classList.toggle("bad", !answer.ok);
      shown.textContent = pretty(answer.body);
      shown.hidden = false;
    } catch (error) {
      note.textContent = String(error.message || error);
      note.classList.add("bad");
    } finally {
      button.disabled = false;
    }
  });
  return form;
};

const labelled = (id, name, input) => {
  const row = element("div", undefined, "row");
  const label = element("label", name);
  label.htmlFor = id;
  input.id = id;
  row.append(label, input);
  return row;
};

const example = (schema) => {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.fromEntries(required.map((name) => [name, ""]));
};

const showTool = (tool) => {
  const details = element("details");
  details.dataset.tool = tool.name;
  const summary = element("summary", tool.name);
  if (!tool.annotations.read_only) summary.append(element("span", "changes things", "tag"));
  const input = element("textarea");
  input.value = pretty(example(tool.input_schema));
  input.spellcheck = false;
  const field = labelled("arguments-" + tool.name, "Arguments, one JSON object", input);
  const call = trial("Call", [field], () => {
    JSON.parse(input.value);
    const headers = { "Content-Type": "application/json" };
    return ask("/v1/tools/" + encodeURIComponent(tool.name), { method: "POST", headers, body: input.value });
  });
  details.append(summary, element("p", tool.description, "text"), folded("Schema of the arguments", tool.input_schema));
  if (tool.output_schema) details.append(folded("Schema of the answer", tool.output_schema));
  details.append(call);
  return details;
};

// A value stays one segment: what is typed in is encoded, slashes too.
// A value stays one segment: the browser would take these two for a way up.
const segment = (value) => (value === "." || value === ".." ? "%20" + value : encodeURIComponent(value));

const filled = (template, values) => {
  const uri = template.replace(/\{([^}]*)\}/g, (_, name) => segment(values(name)));
  const [scheme, ...rest] = uri.split("://");
  const tail = rest.join("://");
  return "/v1/" + scheme + (tail ? "/" + tail : "");
};

const showResource = (resource) => {
  const template = resource.uri || resource.uri_template;
  const details = element("details");
  const names = Array.from(template.matchAll(/\{([^}]*)\}/g), (match) => match[1]);
  const inputs = new Map(names.map((name) => [name, element("input")]));
  const fields = names.map((name) => labelled("value-" + template + name, name, inputs.get(name)));
  details.append(element("summary", template), element("p", resource.description || resource.name, "text"));
  details.append(trial("Read", fields, () => ask(filled(template, (name) => inputs.get(name).value))));
  return details;
};

const showPrompt = (prompt) => {
  const details = element("details");
  const inputs = prompt.arguments.map((argument) => [argument, element("input")]);
  const fields = inputs.map(([argument, input]) => {
    input.required = argument.required;
    return labelled("argument-" + prompt.name + "-" + argument.name, argument.name, input);
  });
  details.append(element("summary", prompt.name), element("p", prompt.description || "", "text"));
  details.append(trial("Get", fields, () => {
    const given = inputs.filter(([, input]) => input.value).map(([argument, input]) => [argument.name, input.value]);
    const query = new URLSearchParams(given).toString();
    return ask("/v1/prompts/" + encodeURIComponent(prompt.name) + (query ? "?" + query : ""));
  }));
  return details;
};

const fill = (id, items, show) => {
  const made = items.length ? items.map(show) : [element("p", "None.")];
  byId(id).replaceChildren(...made);
};

// More pages than any plugin lists for people to read here.
const RESOURCE_PAGES_MAX = 20;
const allResources = async () => {
  const found = [];
  let cursor = "";
  for (let page = 0; page < RESOURCE_PAGES_MAX; page++) {
    const answer = await ask("/v1/resources" + (cursor ? "?cursor=" + encodeURIComponent(cursor) : ""));
    if (!answer.ok) break;
    found.push(...answer.body.resources, ...answer.body.templates);
    cursor = answer.body.next_cursor;
    if (!cursor) break;
  }
  return found;
};

const load = async () => {
  say("Loading…");
  try {
    const tools = await ask("/v1/tools");
    if (!tools.ok) {
      const typed = tools.status === 401 && !key;
      say(typed ? "This host needs your key: type it in above." : explain(tools), !typed);
      return;
    }
    const [prompts, resources] = [await ask("/v1/prompts"), await allResources()];
    fill("tools", tools.body.tools, showTool);
    fill("resources", resources, showResource);
    fill("prompts", prompts.ok ? prompts.body.prompts : [], showPrompt);
    say(tools.body.tools.length + " tools.");
  } catch (error) {
    say("The host cannot be reached: " + (error.message || error), true);
  }
};

byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  key = byId("key").value.trim();
  load();
});
load();
