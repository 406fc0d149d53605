declare module "dynalite" {
  import type { Server } from "node:http";

  /** The HTTP server of an in-memory DynamoDB: not listening until it is told to. Times are milliseconds. */
  export default function dynalite(options?: {
    readonly path?: string;
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }): Server;
}
