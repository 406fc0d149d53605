import type { Permission } from "./permission.ts";

/** Reading and writing what the user's own key encrypts: the lock table, the reports, the dead letters. */
export const encryptionPermissions: readonly Permission[] = [
  {
    sid: "UseKey",
    why: "Reads and writes what your key encrypts: the lock table, the reports, the dead letters.",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    on: "encryption-key",
  },
];
