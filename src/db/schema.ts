// Every table, for drizzle-kit: the one place that knows them all.
export { apiKeys } from '../access/table.ts'
export { assertions, credentials } from '../assertions/table.ts'
export { badgeClasses, badgeClassVersions } from '../badge-classes/table.ts'
export { batches, batchRows } from '../batches/table.ts'
export { idempotencyKeys } from '../http/idempotency/table.ts'
export { issuers } from '../issuers/table.ts'
export { signingKeys } from '../keys/table.ts'
export { revokedEntries, statusListCredentials, statusLists } from '../status-lists/table.ts'
