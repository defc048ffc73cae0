import { proxyOf } from "../../../provider/settings/transport";

const endpoint = new URL("https://vpc.cn-hangzhou.aliyuncs.com");
const names = [
  "HTTPS_PROXY",
  "https_proxy",
  "HTTP_PROXY",
  "http_proxy",
  "ALL_PROXY",
  "all_proxy",
  "NO_PROXY",
  "no_proxy",
];
const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));

function setOnly(variables: Record<string, string>): void {
  for (const name of names) {
    Reflect.deleteProperty(process.env, name);
  }
  Object.assign(process.env, variables);
}

afterAll(() => {
  setOnly(
    Object.fromEntries(
      Object.entries(before).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  );
});

it("is none when no variable names one", () => {
  setOnly({});
  expect(proxyOf(endpoint)).toBe("");
});

it.each(["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])("is read from %s", (name) => {
  setOnly({ [name]: "http://proxy.example:3128" });
  expect(proxyOf(endpoint)).toBe("http://proxy.example:3128");
});

it("is none for hosts that NO_PROXY names", () => {
  setOnly({ HTTPS_PROXY: "http://proxy.example:3128", NO_PROXY: ".aliyuncs.com" });
  expect(proxyOf(endpoint)).toBe("");
});

it.each(["http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"])(
  "is none for %s",
  (loopback) => {
    setOnly({ HTTP_PROXY: "http://proxy.example:3128" });
    expect(proxyOf(new URL(loopback))).toBe("");
  },
);

it("that is no HTTP URL is refused without its text, which may hold a password", () => {
  setOnly({ HTTPS_PROXY: "socks5://user:hidden@proxy.example" });
  expect(() => proxyOf(endpoint)).toThrow(/must be a URL such as http:\/\/proxy\.example:3128/);
  expect(() => proxyOf(endpoint)).not.toThrow(/hidden/);
});
