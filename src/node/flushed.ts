/** What `podcloak encrypt flush` did. */
export interface Flushed {
  readonly outcome: 'all deleted' | 'deleted' | 'declined';
  /** How many SAs were deleted. */
  readonly states: number;
  readonly policies: number;
  /** How many the kernel refused to delete, and the errnos' names of that, each once. */
  readonly refused: number;
  readonly reasons: readonly string[];
}

/** Somebody was asked, and said no. */
export const DECLINED: Flushed = {
  outcome: 'declined',
  states: 0,
  policies: 0,
  refused: 0,
  reasons: [],
};

/** In the words of cilium-dbg where all of it went. */
export function flushedText({ outcome, states, policies }: Flushed): string {
  switch (outcome) {
    case 'declined':
      return 'Nothing was deleted.\n';
    case 'all deleted':
      return 'All XFRM states and policies have been deleted.\n';
    case 'deleted':
      return `Deleted ${states} XFRM states.\nDeleted ${policies} XFRM policies.\n`;
  }
}

/** The same for programs: of what went, its number says enough. */
export function flushedJson({ outcome, states, policies, refused, reasons }: Flushed): object {
  return {
    outcome: outcome === 'declined' ? 'declined' : 'deleted',
    deleted: { states, policies },
    refused: { count: refused, reasons },
  };
}
