// Turns `xyte:plugin/call@0.1.0` into a module whose default export is `call` of ./host.js.
const SPECIFIER = /^xyte:plugin\/([a-z]+)@/;

export function resolve(specifier, context, next) {
  if (!SPECIFIER.test(specifier)) return next(specifier, context);
  return { url: specifier, format: "module", shortCircuit: true };
}

export function load(url, context, next) {
  const [, name] = SPECIFIER.exec(url) ?? [];
  if (!name) return next(url, context);
  const host = JSON.stringify(new URL("./host.js", import.meta.url).href);
  return { format: "module", shortCircuit: true, source: `export { ${name} as default } from ${host};` };
}
