/** One statement of a RAM policy. `*` stands for any characters, `?` for one. */
export interface RamStatement {
  readonly Effect: "Allow" | "Deny";
  /** Such as `vpc:DescribeEipSegment`. */
  readonly Action: string | readonly string[];
  /** Such as `acs:vpc:cn-hangzhou:*:eip/*`. */
  readonly Resource: string | readonly string[];
}

/**
 * A RAM policy as RAM itself takes it, without conditions and without NotAction and NotResource.
 *
 * Source: the pages on policy elements and on policy evaluation of RAM (https://www.alibabacloud.com/help/en/ram).
 */
export interface RamPolicy {
  readonly Version: "1";
  readonly Statement: readonly RamStatement[];
}

/** Why RAM refuses: nothing allows the call, or something forbids it. */
export type RamDenial = "ImplicitDeny" | "ExplicitDeny";

/** What a policy says of a call; undefined when it is allowed. A call on several resources needs all of them. */
export function denialBy(
  policy: RamPolicy,
  action: string,
  resources: readonly string[],
): RamDenial | undefined {
  const said = resources.map((resource) => {
    const about = policy.Statement.filter(
      (statement) => matches(statement.Action, action) && matches(statement.Resource, resource),
    );
    if (about.some(({ Effect }) => Effect === "Deny")) return "ExplicitDeny";
    return about.length === 0 ? "ImplicitDeny" : undefined;
  });
  return said.find((denial) => denial === "ExplicitDeny") ?? said.find((denial) => denial !== undefined);
}

function matches(patterns: string | readonly string[], text: string): boolean {
  return [patterns].flat().some((pattern) => {
    const expression = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${expression}$`).test(text);
  });
}
