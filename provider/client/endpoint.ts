/** The services of Alibaba Cloud this package talks to. */
export type Service = "vpc" | "sts";

/** Where a service is reached. */
export interface Endpoint {
  /** Scheme, host and port, for example `https://vpc.cn-hangzhou.aliyuncs.com`. */
  url: string;
  /** Names of the settings that change it, for error messages. */
  changedBy: string;
}

/** Finds the endpoint of a service in a region. */
export type EndpointResolver = (service: Service, regionId: string) => Endpoint;
