/** What things cost, in milliseconds unless said otherwise; every figure is measured, or a documented default. */
export interface Costs extends Computing, KernelCosts {
  /** From the request to the answer, for a write of a record or its status; its event comes no later. */
  readonly apiWrite: number;
  /** An event of a record or a status, as JSON: bytes. */
  readonly eventBytes: number;
  /** What the API server can send to all watches together: bytes a millisecond. */
  readonly apiBytes: number;
  /** From one agent to another and back, without what the agents do. */
  readonly roundTrip: number;
}

/** The processor's time of an agent's own code. */
export interface Computing {
  /** What a round does for each peer, whether anything has changed or not. */
  readonly roundPerPeer: number;
  /** Comparing the kernel with what it should hold. */
  readonly comparePerPeer: number;
  /** The state file's text and digest, with two tunnels a pair. */
  readonly savePerPeer: number;
  /** A curve's product and the keys of two SAs. */
  readonly derive: number;
  /** Checking a record's proofs. */
  readonly judge: number;
  /** Parsing an event of a watch. */
  readonly event: number;
  /** A message between agents at one end: making or checking its MAC, and the socket. */
  readonly message: number;
}

/** Netlink as the agent uses it, with the kernel's share. */
export interface KernelCosts {
  /** An object of a dump. */
  readonly readPerObject: number;
  readonly writePerMessage: number;
}

/**
 * By `npm run bench api 100`: a real kube-apiserver 1.35 on two cores that eight others shared, so that a quiet one
 * is faster. The median of 100 writes of a record; the event was at a watch 4 ms before the answer. The bytes are
 * those of a node's two records and four statuses.
 */
export const API = { apiWrite: 168, eventBytes: 17_873 / 6 };

/** An interface of 10 Gbit/s, full of events and nothing else, in bytes a millisecond. */
export const TEN_GIGABIT = 10e9 / 8 / 1000;

/**
 * Kubelets renew what they have mounted when they sync a pod: after `syncFrequency` of KubeletConfiguration, by
 * default a minute, and up to half as much more (`workerResyncIntervalJitterFactor` of pkg/kubelet/pod_workers.go).
 */
const SYNC = 60_000;
const SYNC_JITTER = 0.5;

/** From a change of a Secret to that of the file: what is left, at a random moment, of a random interval. */
export function kubeletDelay(random: () => number): number {
  for (;;) {
    const interval = SYNC * (1 + SYNC_JITTER * random());
    // A moment falls into a longer interval more often.
    if (random() * SYNC * (1 + SYNC_JITTER) < interval) return interval * random();
  }
}

/**
 * Messages that wait in a UDP socket before the kernel drops more: `net.core.rmem_default`, 212,992 bytes, of which
 * a small packet takes 768 (its `skb->truesize`: a half kilobyte of data and the head of 256).
 */
export const SOCKET_HOLDS = Math.floor(212_992 / 768);
