// What ical.js and node-ical read in the calendar files named as arguments, as JSON by reader and file.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../package.json", import.meta.url));
const ICAL = (await import(require.resolve("ical.js"))).default;
const nodeIcal = require("node-ical");

const pad = (number) => String(number).padStart(2, "0");
const day = (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
const instant = (date) => date.toISOString().replace(".000Z", "Z");

const readers = {
  "ical.js": (text) =>
    new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      const time = (value) => (value.isDate ? value.toString() : instant(value.toJSDate()));
      return [event.uid, time(event.startDate), time(event.endDate), event.sequence ?? 0];
    }),
  "node-ical": (text) =>
    Object.values(nodeIcal.sync.parseICS(text))
      .filter((component) => component.type === "VEVENT")
      .map((event) => {
        const time = event.datetype === "date" ? day : instant;
        return [event.uid, time(event.start), time(event.end), Number(event.sequence)];
      }),
};

const found = {};
for (const [name, read] of Object.entries(readers)) {
  found[name] = Object.fromEntries(process.argv.slice(2).map((path) => [path, read(readFileSync(path, "utf8"))]));
}
console.log(JSON.stringify(found));
