// Shows the OpenAPI document of this server. Everything is set as text: nothing in it is markup.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const nameOf = (reference) => reference.split("/").at(-1);

// A schema in a few words, with links to the values that it names.
function typeOf(schema) {
  if (!schema) return [];
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return [element("a", { href: `#${name}` }, name)];
  }
  const either = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (either) return either.flatMap((one, i) => (i ? [" or ", ...typeOf(one)] : typeOf(one)));
  if (schema.const !== undefined) return [element("code", {}, JSON.stringify(schema.const))];
  if (schema.enum) return [element("code", {}, schema.enum.join(" | "))];
  if (schema.type === "array") return ["list of ", ...typeOf(schema.items)];
  return [schema.format ?? schema.type ?? "anything"];
}

function row(name, schema, required, doc) {
  return element("tr", {},
    element("td", {}, name, required ? " *" : ""),
    element("td", {}, ...typeOf(schema)),
    element("td", { class: "faint" }, doc ?? ""));
}

function contentOf(title, content) {
  const types = Object.keys(content ?? {});
  if (!types.length) return [];
  return [element("p", {}, `${title}: `, ...typeOf(content[types[0]].schema), " ",
    element("span", { class: "faint" }, types.join(", ")))];
}

function operation(method, path, spec) {
  const article = element("article", { id: spec.operationId },
    element("h3", {}, element("span", { class: "method" }, method.toUpperCase()), path),
    element("p", {}, spec.summary));
  if (spec.parameters.length) {
    article.append(element("table", {}, element("tbody", {}, ...spec.parameters.map(
      (one) => row(one.name, one.schema, one.required, `${one.in}. ${one.description}`)))));
  }
  article.append(...contentOf("Takes", spec.requestBody?.content));
  for (const [status, response] of Object.entries(spec.responses)) {
    if (status !== "default") article.append(...contentOf(`Answers ${status}`, response.content));
  }
  return article;
}

function value(name, schema) {
  const article = element("article", { id: name }, element("h3", {}, name));
  if (schema.description) article.append(element("p", {}, schema.description));
  if (schema.properties) {
    const required = new Set(schema.required ?? []);
    article.append(element("table", {}, element("tbody", {}, ...Object.entries(schema.properties)
      .map(([key, one]) => row(key, one, required.has(key), one.description)))));
  } else {
    article.append(element("p", {}, ...typeOf(schema)));
  }
  if (schema.pattern) article.append(element("p", {}, element("code", {}, schema.pattern)));
  return article;
}

function link(target, text) {
  return element("li", {}, element("a", { href: `#${target}` }, text));
}

async function show() {
  const answer = await fetch("/v1/openapi.json");
  const api = await answer.json();
  document.getElementById("title").textContent = `${api.info.title} ${api.info.version}`;
  document.getElementById("about").textContent = api.info.description;
  const contents = document.getElementById("contents");
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, spec] of Object.entries(methods)) {
      document.getElementById("operations").append(operation(method, path, spec));
      contents.append(link(spec.operationId, spec.operationId));
    }
  }
  for (const [name, schema] of Object.entries(api.components.schemas).sort()) {
    document.getElementById("schemas").append(value(name, schema));
    contents.append(link(name, name));
  }
  if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
}

await show();
