const exitCodeTable = `
Exit codes:
  0  done
  1  a failure of the input, the network or the cloud
  2  the command line is invalid`;

const credentials = `
Credentials and region come from the environment, as for the provider: ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY and
ALICLOUD_REGION, ALICLOUD_PROFILE, a RAM role by OIDC, or the default chain of @alicloud/credentials.`;

/** Parts of the help that commander does not write itself. */
export const helpTexts = {
  program: `${exitCodeTable}
  3  report --fail-on-loss: addresses would be lost

Each command has its own --help.`,

  reportDescription:
    "Reads previews and prints what they do to public addresses: every address block that would be lost, with each address " +
    "and what it is attached to. Several previews may follow one another, in one file or in several.",

  report: `${exitCodeTable}
  3  --fail-on-loss: addresses would be lost
     --fail-on-loss=in-use: addresses would be lost that are attached to something, or for which that is not known
     --fail-on-loss=16: more than 16 addresses would be lost
${credentials}
They are used only when a block would be lost, to check what its addresses are attached to; the report says so when it could
not check.

Use --show-replacement-steps, or a release that an earlier run left undone is not in the preview:
  pulumi preview --json --show-replacement-steps | eip-segment report --fail-on-loss=in-use`,

  list: `${exitCodeTable}
${credentials}`,

  orphansDescription:
    "Lists live segments that no given state owns, pending creations with the segment they most likely made, and for each " +
    "segment how to adopt or release it. It reads only and never releases anything itself.",

  orphans: `${exitCodeTable}
${credentials}

Give the states of all your stacks, or their segments show up as orphans:
  for stack in dev prod; do pulumi stack export --stack $stack; done | eip-segment orphans`,

  doctorDescription:
    "Checks versions, credentials, region, endpoints, clock, permissions and quota, and prints a line for each with what to do. " +
    "It reads only: nothing is created, changed or released.",

  doctor: `
Exit codes:
  0  no check failed
  1  a check failed
  2  the command line is invalid

Settings come from where the provider reads them: the configuration of --stack, then the environment. Run the command in
the folder of the Pulumi program. Its output holds no secret, and the access key id only by its ends:
  eip-segment doctor --stack dev`,

  verifyDescription:
    "Measures what the documentation leaves open: allocates one /28 segment, asks, releases it, and writes a report. " +
    "It costs what 16 EIPs cost for some minutes, and asks for a confirmation first.",

  verify: `
Exit codes:
  0  done, and everything released
  1  a failure; run the command again to release what may be left
  2  the command line is invalid

--list prints the questions with their ids. Settings come from --stack, then the environment.`,

  simulateDescription:
    "Simulates the API on a loopback port, to test a Pulumi program without an account. With a command, runs it with the " +
    "simulator's environment and ends with its exit code. Without one, prints the environment to export and runs until " +
    "it is interrupted.",

  simulate: `${exitCodeTable}
  With a command: its exit code.

Examples:
  eip-segment simulate -- bash
  eip-segment simulate --allocate-ms 60000 --fault '{"kind":"throttle","action":"AllocateEipSegmentAddress"}'

A seed is a JSON file with any of "settings", "faults" (both as the simulator's control path takes them) and "segments":
  { "segments": [{ "eipMask": 28, "attach": [{ "instanceId": "i-web1" }] }] }

--save writes a seed with the same segments, addresses and ids, and the seed's own settings:
  eip-segment simulate --save cloud.json -- pulumi up --yes
  eip-segment simulate --seed cloud.json --save cloud.json -- pulumi destroy --yes`,
} as const;
