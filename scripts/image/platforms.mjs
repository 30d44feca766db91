/** The platforms that an image is for, each by the names that others give it. */
export const PLATFORMS = [
  {
    name: 'linux/amd64',
    architecture: 'amd64',
    node: 'x64',
    debian: 'amd64',
    triplet: 'x86_64-linux-gnu',
    /** Where a program of this platform looks for its loader: part of the ABI. */
    loader: 'lib64/ld-linux-x86-64.so.2',
  },
  {
    name: 'linux/arm64',
    architecture: 'arm64',
    node: 'arm64',
    debian: 'arm64',
    triplet: 'aarch64-linux-gnu',
    loader: 'lib/ld-linux-aarch64.so.1',
  },
];
