// Builds dist/ anew, without anything whose source is gone: npm run build
import { rebuild } from "./setup/build.mjs";
import { runMain } from "./setup/failure.mjs";

await runMain(async () => {
  await rebuild();
  return 0;
});
