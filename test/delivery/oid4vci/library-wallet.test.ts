import { createHash, randomBytes } from 'node:crypto'
import { type CallbackContext, clientAuthenticationAnonymous, setGlobalConfig } from '@openid4vc/oauth2'
import {
  Openid4vciClient,
  Openid4vciVersion,
  setGlobalConfig as setWalletConfig,
} from '@openid4vc/openid4vci'
import { CompactSign } from 'jose'
import t from 'tap'
import type { CredentialFormat } from '../../../src/assertions/schema.ts'
import { createWallet, type Wallet } from '../../support/wallet.ts'
import { startStand } from './stand.ts'

// The service of a test has no certificate.
for (const set of [setGlobalConfig, setWalletConfig]) set({ allowInsecureUrls: true })

const stand = await startStand(t)
const FORMATS = ['ldp_vc', 'jwt_vc_json', 'ldp_vc_v1'] as const

function clientOf(wallet: Wallet): Openid4vciClient {
  const callbacks: Partial<CallbackContext> = {
    hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
    generateRandom: (length) => randomBytes(length),
    clientAuthentication: clientAuthenticationAnonymous(),
    signJwt: async (_signer, { header, payload }) => ({
      jwt: await new CompactSign(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader(header as { alg: string })
        .sign(wallet.privateKey),
      signerJwk: wallet.publicJwk,
    }),
  }
  return new Openid4vciClient({ callbacks: callbacks as CallbackContext })
}

interface Visit {
  readonly link: string
  readonly wallet: Wallet
  readonly version: Openid4vciVersion
  readonly txCode?: string
  readonly details?: boolean
}

/** The way that the library lays out for wallets, from the link to the credential. */
async function visit({ link, wallet, version, txCode, details }: Visit) {
  const client = clientOf(wallet)
  const offer = await client.resolveCredentialOffer(link)
  const found = await client.resolveIssuerMetadata(offer.credential_issuer)
  const issuerMetadata = { ...found, originalDraftVersion: version }
  const [id] = offer.credential_configuration_ids as [string]
  const asked = { type: 'openid_credential', credential_configuration_id: id }
  const { accessTokenResponse: token } = await client.retrievePreAuthorizedCodeAccessTokenFromOffer({
    credentialOffer: offer,
    issuerMetadata,
    ...(txCode ? { txCode } : {}),
    ...(details ? { additionalRequestPayload: { authorization_details: JSON.stringify([asked]) } } : {}),
  })
  const isFinal = version === Openid4vciVersion.V1
  const nonce = isFinal ? (await client.requestNonce({ issuerMetadata })).c_nonce : token.c_nonce!
  const alg = wallet.algorithm === 'Ed25519' ? 'EdDSA' : 'ES256'
  const { jwt } = await client.createCredentialRequestJwtProof({
    issuerMetadata,
    credentialConfigurationId: id,
    nonce,
    signer: { method: 'did', didUrl: wallet.keyId, alg },
  })
  const { credentialResponse } = await client.retrieveCredentials({
    issuerMetadata,
    accessToken: token.access_token,
    credentialConfigurationId: id,
    ...(isFinal ? { proofs: { jwt: [jwt] } } : { proof: { proof_type: 'jwt', jwt } }),
  })
  return { client, issuerMetadata, token, response: credentialResponse, found }
}

t.test(
  'the library knows every configuration, and takes the issuer for one of the final edition',
  async (t) => {
    const { issuerMetadata } = await visit({
      link: (await stand.offer('ldp_vc')).link,
      wallet: createWallet(),
      version: Openid4vciVersion.V1,
    })
    t.equal(issuerMetadata.originalDraftVersion, 'V1')
    t.strictSame(
      Object.keys(issuerMetadata.knownCredentialConfigurations),
      FORMATS.map((format) => `OpenBadgeCredential_${format}`),
    )
    t.equal(issuerMetadata.authorizationServers[0]?.issuer, stand.issuer)
  },
)

t.test('final flow: offer by reference, token, nonce, proofs.jwt, credentials', async (t) => {
  for (const format of FORMATS) {
    for (const wallet of [createWallet(), createWallet('P-256'), createWallet('P-256', 'jwk')]) {
      const { link, assertionId } = await stand.offer(format)
      const { client, issuerMetadata, token, response } = await visit({
        link,
        wallet,
        version: Openid4vciVersion.V1,
        details: true,
      })
      t.match(token.authorization_details, [
        {
          type: 'openid_credential',
          credential_configuration_id: `OpenBadgeCredential_${format}`,
          credential_identifiers: [assertionId],
        },
      ])
      const [issued, ...more] = response.credentials as { credential: unknown }[]
      t.same(more, [])
      t.notOk('credential' in response, 'no member of the older edition')
      const { subject } = await stand.verify(issued!.credential)
      t.equal(subject, wallet.did, `${format} names the ${wallet.did.slice(0, 12)} of the proof`)
      await client.sendNotification({
        issuerMetadata,
        accessToken: token.access_token,
        notification: { notificationId: response.notification_id!, event: 'credential_accepted' },
      })
    }
  }
})

t.test('draft 13 flow: nonce of the token answer, format and proof, credential', async (t) => {
  for (const format of FORMATS) {
    for (const wallet of [createWallet(), createWallet('P-256', 'jwk')]) {
      const { link } = await stand.offer(format)
      const { token, response } = await visit({ link, wallet, version: Openid4vciVersion.Draft14 })
      t.notOk('authorization_details' in token, 'nobody asked for them')
      t.notOk('credentials' in response, 'no member of the newer edition')
      t.match(response, { c_nonce: String, c_nonce_expires_in: 600 })
      const { subject } = await stand.verify(response.credential)
      t.equal(subject, wallet.did)
    }
  }
})

t.test('an offer with a code asks for it, and takes the right one', async (t) => {
  const { link, claim } = await stand.offer('ldp_vc', { pin: 'returned' })
  const wallet = createWallet()
  const errand = { link, wallet, version: Openid4vciVersion.V1 }
  await t.rejects(visit(errand), /tx_code/, 'the wallet knows by the offer')
  await t.rejects(visit({ ...errand, txCode: 'wrong' }), /tx_code is wrong/)
  const { response } = await visit({ ...errand, txCode: claim.pin })
  const [issued] = response.credentials as { credential: unknown }[]
  t.equal((await stand.verify(issued!.credential)).subject, wallet.did)
})

t.test('the jwt_vc_json is what wallets keep: ES256, a vc claim, nbf and sub', async (t) => {
  const { link } = await stand.offer('jwt_vc_json' satisfies CredentialFormat)
  const wallet = createWallet('P-256')
  const { response } = await visit({ link, wallet, version: Openid4vciVersion.V1 })
  const [issued] = response.credentials as { credential: unknown }[]
  const { document } = await stand.verify(issued!.credential)
  const { protectedHeader, vc, nbf, sub, iss, jti } = document as Record<string, Record<string, unknown>>
  t.strictSame(Object.keys(protectedHeader!).sort(), ['alg', 'kid', 'typ'])
  t.equal(protectedHeader!.alg, 'ES256')
  t.type(nbf, 'number')
  t.equal(sub, wallet.did)
  t.equal(iss, stand.tenant.did)
  t.equal(jti, vc!.id)
  t.match(vc, {
    '@context': ['https://www.w3.org/2018/credentials/v1'],
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuanceDate: String,
    credentialSubject: { id: wallet.did },
  })
})
