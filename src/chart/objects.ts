import { ApiObject, App, Chart } from 'cdk8s';
import { conditionOf, markChecked, markReleased, Podcloak } from '../manifests/index.js';
import type { Manifest } from '../render/index.js';
import { standIn, type Term } from '../terms/index.js';
import { type Partials, standInRelease, standInValues } from './stand-ins.js';

/** An object of the chart, with stand-ins in it, and the condition under which it is there. */
export interface ChartObject {
  readonly manifest: Manifest;
  readonly condition: Term | undefined;
}

export interface ChartObjects {
  readonly objects: readonly ChartObject[];
  readonly partials: Partials;
}

/** All objects that Podcloak may consist of, from the same constructs as those of `synth`. */
export function chartObjects(): ChartObjects {
  const partials: Partials = new Map();
  const values = markChecked(standInValues());
  markReleased(values, standInRelease(partials));
  const namespace = standIn({ kind: 'release', field: 'namespace' });
  const chart = new Chart(new App(), 'podcloak', { namespace });
  new Podcloak(chart, 'podcloak', values);
  const objects = unsorted(() =>
    chart.node
      .findAll()
      .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct))
      .map((object) => ({
        manifest: nameFirst(object.toJson() as Manifest),
        condition: conditionOf(object),
      })),
  );
  return { objects, partials };
}

/** cdk8s sorts the metadata by itself. */
function nameFirst(manifest: Manifest): Manifest {
  const { name, namespace, ...rest } = manifest.metadata;
  const place = namespace === undefined ? {} : { namespace };
  return { ...manifest, metadata: { name, ...place, ...rest } };
}

/** Fields stay in the order in which people write them; cdk8s sorts them unless a variable is set. */
function unsorted<T>(run: () => T): T {
  const before = process.env.CDK8S_DISABLE_SORT;
  process.env.CDK8S_DISABLE_SORT = 'yes';
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env.CDK8S_DISABLE_SORT;
    else process.env.CDK8S_DISABLE_SORT = before;
  }
}
