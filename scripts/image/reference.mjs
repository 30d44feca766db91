import { Failure } from './failure.mjs';

/**
 * @typedef {object} Reference a parsed image reference
 * @property {string} registry host, with its port if there is one
 * @property {string} repository
 * @property {string} tag
 */

const HOST = /^(?:[\w-]+(?:\.[\w-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/;
const REPOSITORY =
  /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^\w[\w.-]{0,127}$/;

/**
 * Reads `[registry/]repository[:tag]` as docker and the kubelet do: without a registry it is Docker
 * Hub's, and a single name there is in `library/`.
 *
 * @param {string} text
 * @param {string} defaultTag
 * @returns {Reference}
 * @throws Failure
 */
export function parseReference(text, defaultTag) {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  // docker's rule: the first part is a host when it could not be a folder.
  const isHost = /[.:\]]/.test(first) || first === 'localhost';
  const registry = isHost ? first : 'docker.io';
  const rest = isHost ? text.slice(slash + 1) : text;
  const colon = rest.lastIndexOf(':');
  const name = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? defaultTag : rest.slice(colon + 1);
  const repository = registry === 'docker.io' && !name.includes('/') ? `library/${name}` : name;
  if (text.includes('@')) {
    throw new Failure(
      `${text}: a digest cannot be chosen, it follows from the contents`,
      'Give a tag, or nothing, after the repository.',
    );
  }
  if (!HOST.test(registry) || !REPOSITORY.test(repository) || !TAG.test(tag)) {
    throw new Failure(
      `${JSON.stringify(text)} is not the name of an image`,
      'Give REGISTRY/REPOSITORY[:TAG], in lower case, such as registry.example.com/platform/podcloak.',
    );
  }
  return { registry, repository, tag };
}

/** The name as people write it, with a digest if one is given. */
export function showReference({ registry, repository, tag }, digest) {
  return `${registry}/${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`;
}
