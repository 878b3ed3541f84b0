import { sql } from 'drizzle-orm'
import t from 'tap'
import { WALLET_FAMILIES } from '../../src/compatibility/wallets.ts'
import {
  assess,
  codesOf,
  createBadgeWith,
  createDraftWith,
  familyOf,
  fitting,
  NEVER,
} from '../support/compatibility.ts'
import { award, createTenant } from '../support/factories.ts'
import { png } from '../support/images.ts'
import { startService } from '../support/service.ts'

const service = await startService(t, { publicUrl: 'https://badges.example.org' })
const tenant = await createTenant(service.app)
const PNG = await png(600, 600)

t.test('a badge with a PNG fits every wallet that keeps Open Badges', async (t) => {
  const id = await createBadgeWith(tenant, PNG, { claimBinding: 'none' })
  const found = await assess(tenant, id)
  t.match(found, { badgeClassId: id, version: 1, status: 'published' })
  t.same(fitting(found, 'no'), NEVER)
  t.same(fitting(found, 'partly'), [])
  t.same(codesOf(found, 'learncard'), [], 'nothing to say')
  t.same(familyOf(found, 'learncard').formats, ['eddsa-rdfc-2022', 'jwt_vc_json'])
  t.same(familyOf(found, 'walt-id').formats, ['jwt_vc_json'])
  t.same(familyOf(found, 'credo-paradym').formats, ['jwt_vc_json', 'ldp_vc_v1'])
  t.same(familyOf(found, 'linkedin').formats, ['url'])
  t.same(codesOf(found, 'eudi'), ['sd-jwt-only'])
  t.same(familyOf(found, 'eudi').formats, [])
  t.equal(found.wallets.length, WALLET_FAMILIES.length)
})

t.test('the samples are what an award would be, verified, and nothing of them is stored', async (t) => {
  const other = await createTenant(service.app)
  const id = await createBadgeWith(other, PNG)
  const { samples } = await assess(other, id)
  t.same(
    samples.map(({ format }) => format),
    ['eddsa-rdfc-2022', 'Ed25519Signature2020', 'vc-jwt', 'ldp_vc_v1', 'jwt_vc_json', 'png', 'svg'],
  )
  for (const sample of samples) t.match(sample, { verified: true, faults: undefined }, sample.format)
  const { body } = await other.call('GET', `/v1/issuers/${other.slug}/assertions`)
  t.same(body.items, [])
  const lists = (await service.ctx.db.execute(
    sql`select id from status_lists where issuer_id = ${other.id}`,
  )) as unknown as { rows: unknown[] }
  t.same(lists.rows, [])
  const { path } = await award(other, id)
  for (const [form, format] of [
    ['.json', 'eddsa-rdfc-2022'],
    ['.json?proof=Ed25519Signature2020', 'Ed25519Signature2020'],
    ['.png', 'png'],
    ['.svg', 'svg'],
  ]) {
    const { bytes } = await other.call('GET', `${path}${form}`)
    const sample = samples.find((one) => one.format === format)!
    // A status index of more digits is all that differs.
    t.ok(Math.abs(bytes.length - sample.bytes) < 20, `${form}: ${bytes.length}, ${sample.bytes}`)
  }
})

t.test('a did:key issuer has no JWT that wallets could check', async (t) => {
  const issuer = await createTenant(service.app, { didMethod: 'key' })
  const found = await assess(issuer, await createBadgeWith(issuer, PNG))
  t.ok(found.samples.every(({ verified }) => verified))
  t.same(fitting(found, 'no'), ['walt-id', 'unime', ...NEVER])
  t.match(familyOf(found, 'walt-id').reasons, [{ code: 'jwt-key-elsewhere', severity: 'blocks' }])
  t.same(familyOf(found, 'walt-id').formats, [])
  t.match(familyOf(found, 'credo-paradym'), { fits: 'yes', formats: ['ldp_vc_v1'] })
  t.match(familyOf(found, 'credo-paradym').reasons, [
    { code: 'jwt-key-elsewhere', severity: 'note' },
    { code: 'issuer-unnamed', severity: 'note' },
  ])
  t.same(codesOf(found, 'linkedin'), ['link-only'], 'which verifies nothing')
  t.same(familyOf(found, '1edtech-validator').formats.includes('vc-jwt'), true)
})

t.test('an issuer of older proofs', async (t) => {
  const issuer = await createTenant(service.app, { proofSuite: 'Ed25519Signature2020' })
  const found = await assess(issuer, await createBadgeWith(issuer, PNG))
  t.same(fitting(found, 'partly'), ['backpacks', '1edtech-validator'])
  t.match(familyOf(found, 'backpacks').reasons, [{ code: 'older-proof', severity: 'limits' }])
  t.same(familyOf(found, 'digital-bazaar').formats, ['Ed25519Signature2020'])
})

t.test('a sample that does not hold blocks whoever needs it', async (t) => {
  const id = await createDraftWith(tenant, PNG)
  await service.ctx.db.execute(
    sql`update badge_class_versions set content = content || '{"alignment": [{"targetName": "?"}]}' where badge_class_id = ${id}`,
  )
  const found = await assess(tenant, id)
  for (const { format, verified, faults } of found.samples) {
    if (format === 'png' || format === 'svg') continue
    t.match({ verified, faults }, { verified: false, faults: [/credentialSubject/] }, format)
  }
  t.match(familyOf(found, 'walt-id'), {
    fits: 'no',
    formats: [],
    reasons: [{ code: 'sample-fails', severity: 'blocks' }],
  })
  t.equal(familyOf(found, 'linkedin').fits, 'yes', 'which keeps a link')
})

t.test('an image that was lost, and a key that is gone', async (t) => {
  const id = await createBadgeWith(tenant, await png(601, 601))
  const { body } = await tenant.call('GET', `/v1/badge-classes/${id}`)
  await service.ctx.storage.remove(`images/${body.imageUrl.split('/').at(-1)}`)
  const failures = () => service.logged().split('a sample of a credential cannot be made').length - 1
  const before = failures()
  const [lost] = await Promise.all(Array.from({ length: 10 }, () => assess(tenant, id)))
  if (!lost) throw new Error('nobody asked')
  t.equal(
    failures() - before,
    2,
    'whoever asks at once shares the samples: a PNG and an SVG that could not be made',
  )
  t.match(lost.samples.slice(5), [{ verified: false }, { verified: false }])
  t.match(familyOf(lost, 'backpacks'), {
    fits: 'partly',
    formats: ['eddsa-rdfc-2022', 'Ed25519Signature2020'],
    reasons: [{ code: 'image-lost' }],
  })

  const issuer = await createTenant(service.app)
  const other = await createBadgeWith(issuer, PNG)
  await service.ctx.db.execute(
    sql`update signing_keys set status = 'retired', retired_at = now() where issuer_id = ${issuer.id} and algorithm = 'P-256'`,
  )
  const keyless = await assess(issuer, other)
  t.match(familyOf(keyless, 'walt-id'), { fits: 'no', reasons: [{ code: 'no-key', severity: 'blocks' }] })
  t.match(familyOf(keyless, 'learncard'), { fits: 'yes', formats: ['eddsa-rdfc-2022'] })
})
