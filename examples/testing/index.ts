import { Egress } from "./egress";

export const allowList = new Egress("egress", 50).allowList;
