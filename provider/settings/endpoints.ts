import type { EndpointResolver, Service } from "../client/types";
import { ConfigurationError } from "../util/errors";
import type { SettingName } from "./setting-names";
import { type Found, type SettingReader, waysToSet } from "./setting-reader";

const endpointSetting = { vpc: "vpcEndpoint", sts: "stsEndpoint" } as const satisfies Record<
  Service,
  SettingName
>;

/** Ids of regions are part of host names, so nothing else may stand in them. */
const regionIdPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/i;

/** Hosts of this very machine, as `URL.hostname` gives them. */
export const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i;

/** Endpoints that are set explicitly, as URLs without a path. */
export type FixedEndpoints = Partial<Record<Service, string>>;

/**
 * Reads the endpoints that are set explicitly.
 * A host without a scheme gets the protocol of the settings, HTTPS by default.
 *
 * @throws {ConfigurationError} for a value that is no host or URL, and for plain HTTP to another machine that
 * `alicloud:protocol` does not allow.
 */
export function readFixedEndpoints(reader: SettingReader): FixedEndpoints {
  const scheme = readScheme(reader);
  const block = reader.block("endpoints");
  const services = Object.keys(endpointSetting) as Service[];
  return Object.fromEntries(
    services.flatMap((service) => {
      const value = block?.[service];
      const hit =
        value === undefined
          ? reader.fromEnvironment(endpointSetting[service])
          : { value, from: "alicloud:endpoints" };
      return hit === undefined ? [] : [[service, parseEndpoint(hit, scheme)]];
    }),
  );
}

/** Resolves a service in a region: what is set explicitly, else the vendor's host for the region. */
export function endpointResolver(reader: SettingReader, fixed: FixedEndpoints): EndpointResolver {
  const scheme = readScheme(reader);
  return (service, regionId) => {
    checkRegionId(regionId, "regionId");
    return {
      url: fixed[service] ?? `${scheme}//${service}.${regionId}.aliyuncs.com`,
      changedBy: waysToSet(endpointSetting[service]),
    };
  };
}

/** @throws {ConfigurationError} naming `from` when the text cannot be the id of a region. */
export function checkRegionId(regionId: string, from: string): void {
  if (!regionIdPattern.test(regionId)) {
    throw new ConfigurationError(`${from} must be the id of a region, such as cn-hangzhou.`);
  }
}

function readScheme(reader: SettingReader): "http:" | "https:" {
  const hit = reader.first("protocol");
  const word = hit?.value.toUpperCase() ?? "HTTPS";
  if (word !== "HTTP" && word !== "HTTPS") {
    throw new ConfigurationError("alicloud:protocol must be HTTPS or HTTP.");
  }
  return word === "HTTP" ? "http:" : "https:";
}

function parseEndpoint({ value, from }: Found, scheme: "http:" | "https:"): string {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `${scheme}//${value}`);
  // The value is not echoed: a URL may hold a password.
  if (
    url === undefined ||
    (url.protocol !== "https:" && url.protocol !== "http:") ||
    url.pathname !== "/" ||
    `${url.search}${url.hash}${url.username}${url.password}` !== ""
  ) {
    throw new ConfigurationError(
      `${from} must name a host, such as vpc.cn-hangzhou.aliyuncs.com or https://host:port.`,
    );
  }
  if (url.protocol === "http:" && scheme !== "http:" && !loopbackHosts.test(url.hostname)) {
    throw new ConfigurationError(
      `${from} sets unencrypted HTTP to ${url.host}, which would show everything but the secret key on the wire: ` +
        "use https://, or set alicloud:protocol to HTTP.",
    );
  }
  return url.origin;
}

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
