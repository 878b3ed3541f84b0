import type { Context } from '../../context.ts'
import { OAuthError } from '../../errors.ts'
import { UUID_PATTERN } from '../../fields.ts'
import { getGrant } from './access-token.ts'
import { updateNotification } from './queries.ts'
import type { Notification } from './schema.ts'

/**
 * What a wallet says has become of a credential (OpenID4VCI 1.0, section 11). The same told again is the same.
 * @throws OAuthError 401; invalid_notification_id when no credential of this token has the id
 */
export async function recordNotification(
  ctx: Context,
  slug: string,
  { token, notification }: { token: string | undefined; notification: Notification },
): Promise<void> {
  const { grant } = await getGrant(ctx, slug, token)
  const { notification_id: id, event, event_description: description = null } = notification
  const known =
    new RegExp(`^${UUID_PATTERN}$`).test(id) &&
    (await updateNotification(ctx.db, { id, grantId: grant.id }, { event, description, at: ctx.clock() }))
  if (!known) throw new OAuthError('invalid_notification_id', 'No credential of this token has this id')
}
