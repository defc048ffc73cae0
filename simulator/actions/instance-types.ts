/** Kinds of instances that an EIP can be attached to, and the form of their ids. */
export const instanceTypes: Readonly<Record<string, RegExp>> = {
  EcsInstance: /^i-\w+$/,
  SlbInstance: /^lb-\w+$/,
  Nat: /^ngw-\w+$/,
  HaVip: /^havip-\w+$/,
  NetworkInterface: /^eni-\w+$/,
  IpAddress: /^\d+\.\d+\.\d+\.\d+$/,
};
