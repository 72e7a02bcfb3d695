/** A process that puts events on record as fast as it can. Arguments: organisation id, how many. */
import { putOnRecord } from "../../lib/store/audit.ts";
import { closeDatabase } from "../../lib/store/database.ts";
import { writingAll } from "../../lib/store/tenancy.ts";

const [organisation = "", count = ""] = process.argv.slice(2);
for (let number = 0; number < Number(count); number++) {
  await writingAll((transaction) =>
    putOnRecord(transaction, { organisation, event: "report.export", details: { number } }),
  );
}
await closeDatabase();
