import type { EncryptionValues, PodcloakValues } from 'podcloak';

/** What both clusters share. Hover over a name to see what it means and what it is by default. */
const encryption: EncryptionValues = {
  enabled: true,
  type: 'ipsec',
};

export const staging: PodcloakValues = {
  encryption,
  ipv4NativeRoutingCIDR: '10.244.0.0/16',
};

export const production: PodcloakValues = {
  encryption: {
    ...encryption,
    // No packet of a pod leaves a node in plaintext, not even before its peers are encrypted.
    strictMode: { egress: { enabled: true }, ingress: { enabled: true } },
  },
  ipv4NativeRoutingCIDR: '10.128.0.0/14',
  ipv6NativeRoutingCIDR: 'fd00:10:128::/48',
  commonLabels: { team: 'platform' },
  monitoring: { enabled: true },
};
