/** What is said of who presents something: as of the issuer, but of the holder. */
export const HOLDER_MESSAGES = {
  'holder-unnamed': {
    en: 'The signature is intact, but the presentation does not name its holder: anybody can have made it.',
    fr: 'La signature est intacte, mais la présentation ne nomme pas son porteur : n’importe qui a pu la faire.',
  },
  'holder-mismatch': {
    en: 'It was signed by a key of somebody other than the holder.',
    fr: 'La clé qui a signé n’est pas celle du porteur.',
  },
  'holder-key-unknown': {
    en: 'The holder does not publish the key that signed.',
    fr: 'Le porteur ne publie pas la clé qui a signé.',
  },
  'holder-key-unconfirmed': {
    en: 'The signature is intact, but nothing proves that the key is the holder’s: anybody can sign under this name.',
    fr: 'La signature est intacte, mais rien ne prouve que la clé est bien celle du porteur : n’importe qui peut signer sous ce nom.',
  },
  'holder-not-resolved': {
    en: 'The holder’s key cannot be looked up from here, so the signature was not checked.',
    fr: 'La clé du porteur ne peut pas être consultée d’ici : la signature n’a pas été vérifiée.',
  },
  'holder-not-looked-up': {
    en: 'The holder’s key is kept elsewhere, and this service is set to look nothing up elsewhere, so the signature was not checked.',
    fr: 'La clé du porteur se trouve ailleurs, et ce service est réglé pour ne consulter aucun site extérieur : la signature n’a pas été vérifiée.',
  },
  'holder-claims': {
    en: 'The token’s claim {claim} does not match the presentation.',
    fr: 'L’élément {claim} du jeton ne correspond pas à la présentation.',
  },
} as const
