import { z } from "zod";

/** A whole number that counts something. */
export const count = z.int().min(0);

/** A region that could not be read: what is there is not in the output. */
export const failures = z.array(z.object({ regionId: z.string(), message: z.string() }));

/** Raised when a field changes its meaning or is dropped; new fields do not raise it. */
export const schemaVersion = z.literal(1);
