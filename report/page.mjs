// node page.mjs CONFIG.json RESULTS...: one self-contained page of folders of results, by Allure's "awesome" report.
//
// CONFIG.json is Allure's own configuration, and beside it `page`: the page's options, and the sentence of each rule.
// What Allure 3 cannot be told to do is done to the page here: no tag manager, and the tests by rule.
import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { AllureReport, resolveConfig } from "@allurereport/core";
import AwesomePlugin from "@allurereport/plugin-awesome";

const HISTORY_SHOWN = 10; // of a test; the trends take every run of the history
const ANALYTICS =
  /\s*<script async src="https:\/\/www\.googletagmanager\.com[^"]*"><\/script>\s*<script>\s*window\.dataLayer[\s\S]*?<\/script>/;
const DATA = /d\("((?:[^"\\]|\\.)*)","([^"]*)"\)/g;
const DATA_SCRIPTS = /<script async>\s*window\.allureReportDataReady = false;[\s\S]*<\/script>/;
const BY_RULE = "?by=rule";
const OUTSIDE = /(?:src|href)="(?!data:)/;
const POLICY = ["default-src 'none'", "script-src 'unsafe-inline' data:", "style-src 'unsafe-inline' data:"]
  .concat(["img", "font", "media", "connect", "frame", "worker", "object"].map((kind) => `${kind}-src data: blob:`))
  .join("; ");
const SWITCH = `
    <style>
      #groupings { position: fixed; left: calc(50% - 70px); bottom: 6px; transform: translateX(-50%); z-index: 9; font: 12px Arial, sans-serif;
        background: #fff; border: 1px solid #ccc; border-radius: 12px; padding: 4px 10px; opacity: 0.92 }
      #groupings a { color: #333; text-decoration: none; padding: 0 6px }
      #groupings a[aria-current] { font-weight: bold; color: #000 }
    </style>
    <nav id="groupings"><a href="?">按功能 Features</a><a href="?by=rule">按规则 Rules</a></nav>`;

class Page extends AwesomePlugin {
  constructor({ rules, ...options }) {
    super(options);
    const { done } = this;
    this.done = async (context, store) => {
      const tests = await store.allTestResults();
      const ruleOf = new Map(tests.map(({ id, labels }) => [id, labels.find(({ name }) => name === "rule")?.value]));
      const { reportFiles } = context;
      const addFile = (name, content) =>
        reportFiles.addFile(name, name === "index.html" ? Buffer.from(shaped(`${content}`, ruleOf, rules)) : content);
      await done({ ...context, reportFiles: { addFile } }, withBriefHistory(store));
    };
  }
}

function shaped(html, ruleOf, rules) {
  const data = [...html.matchAll(DATA)].map(([, name, value]) => [JSON.parse(`"${name}"`), value]);
  const bare = html.replace(ANALYTICS, "").replace(DATA_SCRIPTS, "");
  if (OUTSIDE.test(bare)) throw new Error("the page would ask the network for something");
  if (DATA.test(bare) || data.length === 0) throw new Error("the page keeps its data in another way than it did");
  const trees = data.filter(([name]) => /^widgets\/(?:.*\/)?tree\.json$/.test(name));
  const byRule = trees.map(([name, tree]) => [`${name}${BY_RULE}`, encoded(treeByRule(decoded(tree), ruleOf, rules))]);
  return bare
    .replace('<meta charset="utf-8">', (tag) => `${tag}\n    <meta http-equiv="Content-Security-Policy" content="${POLICY}">`)
    .replace('<div id="app"></div>', (tag) => `${tag}${SWITCH}${packed([...data, ...byRule])}`);
}

// Thousands of tests are a tenth of the size when packed; the browser unpacks them by itself.
function packed(data) {
  const entries = data.map(([name, value]) => [name, ...texts(value)]);
  return `
    <script id="packed" type="text/plain">${gzipSync(JSON.stringify(entries)).toString("base64")}</script>
    <script>(${unpack})(${JSON.stringify(BY_RULE)})</script>`;
}

// As text where it is text, which packs far better, else as it is.
function texts(value) {
  const content = Buffer.from(value, "base64");
  return isUtf8(content) ? [content.toString()] : [null, value];
}

// Runs in the browser: gives Allure its data as it asks for it, in base64, the trees in the grouping of the address.
async function unpack(byRule) {
  const query = window.location.search === byRule ? byRule : "?";
  document.querySelector(`#groupings a[href="${query}"]`).setAttribute("aria-current", "page");
  window.allureReportDataReady = false;
  window.allureReportData = {};
  if (!("DecompressionStream" in window)) {
    document.body.textContent = "请用较新的浏览器打开（2023 年以后的版本） Please open this page in a browser of 2023 or later.";
    return;
  }
  const bytes = Uint8Array.from(atob(document.getElementById("packed").textContent), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const entries = await new Response(stream).json();
  const base64 = (text) => {
    const parts = [];
    const content = new TextEncoder().encode(text);
    for (let at = 0; at < content.length; at += 32768)
      parts.push(String.fromCharCode(...content.subarray(at, at + 32768)));
    return btoa(parts.join(""));
  };
  const names = new Map(entries.map((entry) => [entry[0], entry]));
  for (const name of names.keys()) {
    const [, text, binary] = names.get(`${name}${query}`) ?? names.get(name);
    Object.defineProperty(window.allureReportData, name, { get: () => (text === null ? binary : base64(text)) });
  }
  window.allureReportDataReady = true;
}

function treeByRule({ leavesById }, ruleOf, rules) {
  const groups = new Map();
  for (const [id, { status }] of Object.entries(leavesById)) {
    const rule = ruleOf.get(id) ?? "-";
    if (!groups.has(rule)) groups.set(rule, { nodeId: `rule-${rule}`, name: named(rule, rules), statistic: { total: 0 }, leaves: [] });
    const { statistic, leaves } = groups.get(rule);
    leaves.push(id);
    statistic.total += 1;
    statistic[status] = (statistic[status] ?? 0) + 1;
  }
  const order = [...Object.keys(rules), "-"];
  const sorted = [...groups.keys()].sort((one, other) => order.indexOf(one) - order.indexOf(other));
  const groupsById = Object.fromEntries(sorted.map((rule) => [`rule-${rule}`, groups.get(rule)]));
  return { root: { groups: Object.keys(groupsById), leaves: [] }, groupsById, leavesById };
}

const named = (rule, rules) => (rules[rule] ? `${rule} ${rules[rule]}` : rule === "-" ? "没有规则 no rule" : rule);
const decoded = (text) => JSON.parse(Buffer.from(text, "base64").toString());
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64");

// Thirty runs of thousands of tests, each with its labels, would be most of the page.
function withBriefHistory(store) {
  const related = async (ids) => {
    const found = await store.relatedByTestResultIds(ids);
    const brief = (history) => history?.slice(0, HISTORY_SHOWN).map(({ labels, fullName, trace, ...rest }) => rest);
    return { ...found, historyByTrId: new Map([...found.historyByTrId].map(([id, history]) => [id, brief(history)])) };
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === "relatedByTestResultIds") return related;
      return typeof target[name] === "function" ? target[name].bind(target) : target[name];
    },
  });
}

const [configFile, ...folders] = process.argv.slice(2);
const { page, ...given } = JSON.parse(await readFile(configFile, "utf8"));
const config = await resolveConfig(given);
// One plugin: with a second one the page lies in a folder, below an English page of its own.
config.plugins = [{ id: "awesome", enabled: true, options: page, plugin: new Page(page) }];
const report = new AllureReport(config);
await report.start();
for (const folder of folders) await report.readDirectory(folder);
await report.done();
