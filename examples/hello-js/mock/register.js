// `node --import ./mock/register.js …` lets Node run a plugin: what the host would provide comes from ./host.js.
import { register } from "node:module";

register("./hooks.js", import.meta.url);
