import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import type { VpcApi } from "../../../provider/client/vpc-api";
import { AccountLookup } from "../../../provider/handlers/account";
import { confirmEngineRuns } from "../../../provider/handlers/run";
import { ConfigurationError } from "../../../provider/util/errors";
import { VirtualClock } from "../../support/virtual-clock";

describe("an allocation", () => {
  it("is sent while the engine listens, and refused once it has ended", async () => {
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(confirmEngineRuns(address)).resolves.toBeUndefined();
    await new Promise((resolve) => server.close(resolve));
    await expect(confirmEngineRuns(address)).rejects.toThrow("The Pulumi run has ended");
  });

  it.each([undefined, "", "--version", "unix:/tmp/socket", "10.0.0.1:80"])(
    "is sent where no engine's address is known (%s)",
    async (address) => {
      await expect(confirmEngineRuns(address)).resolves.toBeUndefined();
    },
  );
});

describe("the account of the credentials", () => {
  it("is requested again after it could not be", async () => {
    const outcomes: (() => Promise<{ accountId: string; arn: string }>)[] = [
      () => Promise.reject(new ConfigurationError("No credentials.")),
      () => Promise.resolve({ accountId: "1", arn: "acs:ram::1:root" }),
    ];
    const api = { getCallerIdentity: () => outcomes.shift()?.() } as unknown as VpcApi;
    const account = new AccountLookup(api, new VirtualClock(), () => undefined);
    await expect(account.current("cn-hangzhou")).rejects.toThrow("No credentials.");
    await expect(account.current("cn-hangzhou")).resolves.toBe("1");
    await expect(account.current("cn-hangzhou")).resolves.toBe("1");
    expect(outcomes).toEqual([]);
  });
});
