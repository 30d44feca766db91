import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { labDescribe } from '../lab/lab-describe.js';
import { type Cluster, startCluster } from './cluster.js';
import { clusterNeeds } from './needs.js';

const IMAGE = 'registry.example.com/platform/podcloak';

labDescribe('a cluster of two nodes', clusterNeeds, () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(IMAGE);
  });
  afterEach(() => cluster?.sweep());
  afterAll(() => cluster?.stop());

  it('is ready', async () => {
    const { stdout } = await cluster.plane.kubectl(['get', 'nodes', '-o', 'wide']);
    console.log(stdout);
    expect(stdout.match(/ Ready /g)).toHaveLength(2);
  });
});
