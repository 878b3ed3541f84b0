import { customType } from 'drizzle-orm/pg-core'

/** Bytes: Buffer from `pg`, Uint8Array from the embedded engine. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
})
