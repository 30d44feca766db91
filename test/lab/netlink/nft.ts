import { runOrThrow } from '../run.js';
import { onPath, type Requirement } from '../tools.js';

export const NFT: Requirement = {
  name: 'nft',
  remedy: 'install nftables',
  lacking: () => (onPath('nft') === undefined ? 'not on PATH' : undefined),
};

/** What nft writes our table as, with the elements of its set, such as `elements = { fd10:2::/64 }`. */
export function tableOfNft(elements = ''): string {
  return `table inet podcloak {
    set closed6 { type ipv6_addr; flags interval; ${elements}; }
    chain postrouting {
      type nat hook postrouting priority 99; policy accept;
      meta nfproto ipv4 rt ipsec exists snat ip to ip saddr comment "podcloak"
      meta nfproto ipv6 rt ipsec exists snat ip6 to ip6 saddr comment "podcloak"
    };
    chain guard {
      type filter hook postrouting priority 200; policy accept;
      meta nfproto ipv6 oifname != "podcloak_wg*" rt ipsec missing ip6 daddr @closed6 drop comment "podcloak"
    };
  }`;
}

/** Runs nft with commands, or options and a command without spaces of its own. */
export function nft(command: string): Promise<string> {
  return command.startsWith('-')
    ? runOrThrow('nft', command.split(' '))
    : runOrThrow('nft', ['-f', '-'], { input: command });
}

export type Listed = Readonly<Record<string, Record<string, unknown>>>;

/** What is there, without the numbers that the kernel counts up. */
export async function ruleset(): Promise<Listed[]> {
  const { nftables } = JSON.parse(await nft('-j list ruleset')) as { nftables: Listed[] };
  return nftables
    .filter((one) => !('metainfo' in one))
    .map((one) =>
      Object.fromEntries(Object.entries(one).map(([kind, { handle: _, ...rest }]) => [kind, rest])),
    );
}
