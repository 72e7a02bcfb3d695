import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

const listed = join(import.meta.dirname, "peers");
const files = ["package.json", "package-lock.json"];

/**
 * Installs the packages the product is measured against, once, into a cache folder of the user, and returns the folder.
 * Without a registry they are missing, and are reported so; the product itself never needs them.
 */
export function installPeers(): string {
  const lock = createHash("sha256")
    .update(readFileSync(join(listed, "package-lock.json")))
    .digest("hex");
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  const folder = join(cache, "disclosure-annual-report", `benchmark-peers-${lock.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const fresh = mkdtempSync(`${folder}-`);
  try {
    for (const file of files) copyFileSync(join(listed, file), join(fresh, file));
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-fund", "--no-audit"], { cwd: fresh, stdio: "ignore" });
    renameSync(fresh, folder);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
  return folder;
}
