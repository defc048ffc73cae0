const exitCodeTable = `
Exit codes:
  0  done
  1  the input, the network or the cloud caused a failure
  2  the command line is invalid`;

const credentials = `
Credentials and region come from the environment, as for the provider: ALICLOUD_ACCESS_KEY, ALICLOUD_SECRET_KEY and
ALICLOUD_REGION, ALICLOUD_PROFILE, a RAM role by OIDC, or the default chain of @alicloud/credentials.`;

/** Parts of the help that commander does not write itself. */
export const helpTexts = {
  program: `${exitCodeTable}
  3  report --fail-on-loss: addresses would be lost

Run "npx --no eip-segment help <command>" for the options of a command.`,

  reportDescription:
    "Reads previews and prints what they do to public addresses: each address block that would be lost, its addresses, and " +
    "what they are attached to. A file can contain several previews.",

  report: `${exitCodeTable}
  3  --fail-on-loss: addresses would be lost
     --fail-on-loss=in-use: addresses in use, or not checked, would be lost
     --fail-on-loss=16: more than 16 addresses would be lost
${credentials}
Requests are sent only if a block would be lost, to check what its addresses are attached to. The report names each block that
could not be checked.

Preview with --show-replacement-steps. Without it, blocks that an earlier run replaced and did not release are missing:
  pulumi preview --json --show-replacement-steps | npx --no eip-segment report --fail-on-loss=in-use`,

  list: `${exitCodeTable}
${credentials}`,

  orphansDescription:
    "Lists live segments that no given state owns, and pending creations with the segment that they probably allocated. " +
    "Prints how to adopt or release each segment. Only reads: it releases nothing.",

  orphans: `${exitCodeTable}
${credentials}

Pass the states of all your stacks. Segments of a stack that you leave out are reported as orphans:
  for stack in dev prod; do pulumi stack export --stack $stack; done | npx --no eip-segment orphans`,

  doctorDescription:
    "Checks versions, credentials, region, endpoints, clock, permissions and quota. Prints a line for each, with what to do. " +
    "Only reads: it creates, changes and releases nothing.",

  doctor: `
Exit codes:
  0  no check failed
  1  a check failed
  2  the command line is invalid

Settings come from the configuration of --stack, then from the environment, as for the provider. Run the command in the folder
of the Pulumi program. The output contains no secret, and only the ends of the access key id:
  npx --no eip-segment doctor --stack dev`,

  verifyDescription:
    "Measures how the cloud behaves where its documentation gives no answer: allocates one /28 segment, sends about 100 " +
    "requests, releases the segment and writes a report. It costs what 16 EIPs cost for some minutes, and requires a " +
    "confirmation.",

  verify: `
Exit codes:
  0  done, and everything released
  1  a failure; run the command again to release what may be left
  2  the command line is invalid

--list prints the questions with their ids. Settings come from --stack, then from the environment.`,

  simulateDescription:
    "Simulates the API on a loopback port, to test Pulumi programs without an account. With a command, runs it with the " +
    "simulator's environment and ends with its exit code. Without one, prints the environment to export and runs until " +
    "it is interrupted.",

  simulate: `${exitCodeTable}
  With a command: its exit code.

Examples:
  npx --no eip-segment simulate -- bash
  npx --no eip-segment simulate --allocate-ms 60000 --fault '{"kind":"throttle","action":"AllocateEipSegmentAddress"}'

A seed is a JSON file with any of "settings", "faults" (both as in the simulator's control path) and "segments":
  { "segments": [{ "eipMask": 28, "attach": [{ "instanceId": "i-web1" }] }] }

--save writes a seed with the segments, addresses and ids of the simulated cloud, and the settings of --seed:
  npx --no eip-segment simulate --save cloud.json -- pulumi up --yes
  npx --no eip-segment simulate --seed cloud.json --save cloud.json -- pulumi destroy --yes`,
} as const;
