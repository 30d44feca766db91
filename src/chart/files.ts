import { chartMetadata } from './metadata.js';
import { chartObjects } from './objects.js';
import type { Partials } from './stand-ins.js';
import { helpers, objectTemplate, templateNames } from './templates.js';
import { CHART_HEADER, chartReadme, chartSchema, chartValues } from './values.js';
import { filledIn } from './written.js';

/** Texts of the chart that are written by hand, by their paths below templates/chart. */
export type WrittenTexts = Readonly<Record<string, string>>;

/**
 * All files of the chart: [path below the chart's folder, text].
 *
 * @param written what stays as it is, but for generated parts where it says so
 */
export function chartFiles(written: WrittenTexts): [string, string][] {
  const { objects, partials } = chartObjects();
  const names = templateNames(objects.map(({ manifest }) => manifest));
  const templates = objects.map((object, index): [string, string] => [
    `templates/${names[index]}`,
    CHART_HEADER + objectTemplate(object),
  ]);
  const kept = Object.entries(written)
    .filter(([path]) => !(path in GENERATED))
    .map(([path, text]): [string, string] => [path, filledIn(text)]);
  const generated = Object.entries(GENERATED).map(([path, make]): [string, string] => [
    path,
    make(written[path] ?? '', partials),
  ]);
  return [...kept, ...generated, ...templates];
}

/** Files that are made as a whole, or of which a part is. */
const GENERATED: Readonly<Record<string, (written: string, partials: Partials) => string>> = {
  'Chart.yaml': () => chartMetadata(),
  'values.yaml': () => chartValues(),
  'values.schema.json': () => chartSchema(),
  'README.md': (written) => chartReadme(written),
  'templates/_helpers.tpl': (written, partials) => helpers(written, partials),
};
