// Requests to a registry: where it is, who we are there, and patience with it.
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from './failure.mjs';

const ATTEMPTS = 4;
/** Before the second attempt, in milliseconds; doubled each time. */
const FIRST_PAUSE = 1000;
/** Reasons that may be gone in a moment; a wrong name, port or certificate is not. */
const PASSING = /^(ECONNRESET|ETIMEDOUT|EPIPE|EAI_AGAIN|UND_ERR_\w+)$/;

/**
 * @param {import('./reference.mjs').Reference} reference
 * @param {{ credentials?: import('./credentials.mjs').Credentials, plainHttp?: boolean }} options
 */
export function openSession({ registry, repository }, { credentials, plainHttp = false }) {
  const base = new URL(baseOf(registry, plainHttp));
  let authorization;

  /**
   * @param {string | URL} path below the repository's, or the absolute URL that the registry named
   * @param {{ method?: string, headers?: Record<string, string>, body?: Buffer }} request
   * @returns {Promise<Response>} with a status below 400, or 404 for a HEAD
   * @throws Failure
   */
  const send = async (path, { method = 'GET', headers = {}, body } = {}) => {
    const url = new URL(path, new URL(`/v2/${repository}/`, base));
    // An upload may be to a store elsewhere, which has no business with our credentials.
    const own = url.origin === base.origin;
    const once = () =>
      attempt(registry, url, {
        method,
        body,
        headers: { ...headers, ...(own && authorization ? { authorization } : {}) },
      });
    let response = await once();
    if (response.status === 401 && own && authorization === undefined) {
      await response.body?.cancel();
      authorization = await authorize(response.headers.get('www-authenticate') ?? '');
      response = await once();
    }
    if (response.ok || (method === 'HEAD' && response.status === 404)) return response;
    throw await refusal(registry, repository, response);
  };

  /** The answer to a 401 (RFC 9110 section 11; distribution's token specification). */
  const authorize = async (challenge) => {
    const [, scheme = ''] = /^\s*(\w+)/.exec(challenge) ?? [];
    if (scheme.toLowerCase() === 'basic' && credentials?.user) return basic(credentials);
    if (scheme.toLowerCase() !== 'bearer') return undefined;
    const parameters = Object.fromEntries(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    );
    const realm = URL.canParse(parameters.realm ?? '') ? new URL(parameters.realm) : undefined;
    if (realm === undefined || (realm.protocol !== 'https:' && base.protocol === 'https:')) {
      throw new Failure(
        `${registry} names no safe place to log in`,
        'Its administrator must give its token service an https address.',
      );
    }
    const query = {
      ...(parameters.service ? { service: parameters.service } : {}),
      scope: `repository:${repository}:pull,push`,
    };
    const response = await attempt(realm.host, ...tokenRequest(realm, query, credentials));
    if (!response.ok) throw await refusal(registry, repository, response);
    const { token, access_token: accessToken } = await response.json();
    return `Bearer ${token ?? accessToken}`;
  };

  return { send };
}

/** Docker Hub's API is at another host than its name. */
function baseOf(registry, plainHttp) {
  if (registry === 'docker.io') return 'https://registry-1.docker.io';
  const { hostname } = new URL(`http://${registry}`);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return `${isLoopback || plainHttp ? 'http' : 'https'}://${registry}`;
}

function basic({ user, password }) {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function tokenRequest(realm, query, credentials) {
  const url = new URL(realm);
  if (credentials?.refreshToken !== undefined) {
    const form = {
      ...query,
      grant_type: 'refresh_token',
      refresh_token: credentials.refreshToken,
      client_id: 'podcloak',
    };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return [url, { method: 'POST', headers, body: `${new URLSearchParams(form)}` }];
  }
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return [url, { headers: credentials?.user ? { authorization: basic(credentials) } : {} }];
}

/** One request, repeated while the other side is out of reach or out of sorts. */
async function attempt(host, url, request) {
  for (let count = 1; ; count += 1) {
    const outcome = await fetch(url, request).catch((error) => error);
    const failed = outcome instanceof Error;
    const reason = failed && (outcome.cause?.code ?? outcome.cause?.message ?? outcome.message);
    const passing = failed ? PASSING.test(reason) : outcome.status === 429 || outcome.status >= 500;
    if (!failed && (!passing || count === ATTEMPTS)) return outcome;
    if (!passing || count === ATTEMPTS) {
      throw new Failure(
        `${host} cannot be reached: ${reason}`,
        'Check its name and the network. A registry without TLS needs --plain-http, one with a ' +
          'company’s certificate NODE_EXTRA_CA_CERTS=FILE.',
      );
    }
    if (!failed) await outcome.body?.cancel();
    await sleep(FIRST_PAUSE * 2 ** (count - 1));
  }
}

async function refusal(registry, repository, response) {
  const { errors } = await response.json().catch(() => ({}));
  const said = (Array.isArray(errors) ? errors : [])
    .map(({ code, message }) => [code, message].filter(Boolean).join(': '))
    .join('; ');
  const what = `${registry} refuses ${repository}: ${response.status}${said && ` ${said}`}`;
  if (response.status === 401 || response.status === 403) {
    return new Failure(
      what,
      `Log in as one who may push there: \`docker login ${registry}\`, or podman’s or buildah’s.`,
    );
  }
  if (response.status === 404) {
    return new Failure(what, 'Create the repository first: this registry does not by itself.');
  }
  if (response.status === 413) {
    return new Failure(what, 'Let the proxy before the registry pass bodies of 50 MB.');
  }
  return new Failure(what, 'The registry’s log says more.');
}
