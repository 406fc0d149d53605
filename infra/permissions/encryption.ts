import type { Permission } from "./permission.ts";

/** Reading and writing what the user's own key encrypts: the lock table and the reports. */
export const encryptionPermissions: readonly Permission[] = [
  {
    sid: "UseKey",
    why: "Reads and writes the lock table and the reports, which your key encrypts.",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    on: "encryption-key",
  },
];
