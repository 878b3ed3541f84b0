/** What the data model says in one section, and the titles of the cases that hold documents against it. */
export type Rules = readonly [section: string, must: string, ...titles: string[]]

/** Of credentials: what is neither signed nor verified otherwise. The titles say the section. */
export const OF_CREDENTIALS: readonly Rules[] = [
  [
    '1.3',
    'A conforming document includes all required properties',
    'a conforming document is an object with all required members',
  ],
  ['4.3', 'A credential includes @context', 'a credential has a @context'],
  ['4.3', '@context is an ordered set', 'the @context of a credential is an ordered set'],
  [
    '4.3',
    'Its first item is https://www.w3.org/ns/credentials/v2',
    'the first context of a credential is that of VCDM 2.0',
  ],
  [
    '4.3',
    'Its further items are URLs or objects that are JSON-LD contexts',
    'further contexts of a credential are URLs or contexts',
  ],
  ['4.4', 'An id, where there is one, is a single URL', 'an id is a single URL'],
  ['4.5', 'A credential has a type', 'a credential has a type'],
  [
    '4.5',
    'Types are terms or absolute URLs, in any order',
    'a type is one or more terms or absolute URLs, in any order',
  ],
  [
    '4.5',
    'The type of a credential contains VerifiableCredential',
    'a credential has the type VerifiableCredential',
  ],
  [
    '4.6',
    'A name is a string or a language value object',
    'the name of a credential is a string or a language value object',
    'the name of an issuer is a string or a language value object',
  ],
  [
    '4.6',
    'A description is a string or a language value object',
    'the description of a credential is a string or a language value object',
    'the description of an issuer is a string or a language value object',
  ],
  ['4.7', 'A credential has an issuer', 'a credential has an issuer'],
  [
    '4.7',
    'The issuer is a URL, or an object whose id is a URL',
    'an issuer is a URL, or an object whose id is a URL',
  ],
  ['4.8', 'A credential has a credentialSubject', 'a credential has a credentialSubject'],
  [
    '4.8',
    'Each subject is the subject of one or more claims',
    'each credentialSubject is the subject of a claim inside of it',
  ],
  ['4.9', 'validFrom is an XML Schema dateTimeStamp', 'validFrom is an XML Schema dateTimeStamp'],
  ['4.9', 'validUntil is an XML Schema dateTimeStamp', 'validUntil is an XML Schema dateTimeStamp'],
  [
    '4.9',
    'validUntil is not earlier than validFrom',
    'validUntil is the same moment as validFrom, or a later one',
  ],
  ['4.10', 'credentialStatus is one object or more', 'credentialStatus is one object or more'],
  ['4.10', 'credentialStatus has a type', 'credentialStatus says its type (section 4.5)'],
  [
    '4.10',
    'The id of a credentialStatus, if any, is a URL',
    'credentialStatus has no id or one that is a URL (section 4.4)',
  ],
  ['4.11', 'credentialSchema is one object or more', 'credentialSchema is one object or more'],
  ['4.11', 'credentialSchema has a type', 'credentialSchema says its type (section 4.5)'],
  ['4.11', 'credentialSchema has an id, a URL', 'credentialSchema has an id that is a URL (section 4.4)'],
  ['5.3', 'relatedResource is one object or more', 'relatedResource is one object or more'],
  ['5.3', 'A relatedResource has an id, a URL', 'each relatedResource has an id that is a URL'],
  [
    '5.3',
    'The id of a relatedResource is unique in its list',
    'the id of a relatedResource is unique in the list',
  ],
  [
    '5.3',
    'A relatedResource has a digestSRI or a digestMultibase',
    'each relatedResource has a digestSRI or a digestMultibase',
    'a digestSRI is one or more hash expressions of Subresource Integrity',
    'a digestMultibase is one or more digests in Multibase',
    'a mediaType is one that IANA could list',
  ],
  [
    '5.4',
    'refreshService is one object or more with a type',
    'refreshService is one object or more',
    'refreshService says its type (section 4.5)',
    'refreshService has no id or one that is a URL (section 4.4)',
  ],
  [
    '5.5',
    'termsOfUse is one object or more with a type',
    'termsOfUse is one object or more',
    'termsOfUse says its type (section 4.5)',
    'termsOfUse has no id or one that is a URL (section 4.4)',
  ],
  ['5.6', 'evidence is one object or more', 'evidence is one object or more'],
  ['5.6', 'evidence has a type', 'evidence says its type (section 4.5)'],
  ['5.6', 'The id of an evidence, if any, is a URL', 'evidence has no id or one that is a URL (section 4.4)'],
  [
    '5.10',
    'The reserved members confidenceMethod and renderMethod have a type',
    'confidenceMethod is one object or more',
    'confidenceMethod says its type (section 4.5)',
    'confidenceMethod has no id or one that is a URL (section 4.4)',
    'renderMethod is one object or more',
    'renderMethod says its type (section 4.5)',
    'renderMethod has no id or one that is a URL (section 4.4)',
    'confidenceMethod of a subject is one object or more',
    'confidenceMethod of a subject says its type (section 4.5)',
    'confidenceMethod of a subject has no id or one that is a URL (section 4.4)',
  ],
  [
    '11.1',
    'A language value object has @value, @language and @direction only',
    ...['name', 'description'].flatMap((member) =>
      ['a credential', 'an issuer'].map(
        (whose) =>
          `a language value object as ${member} of ${whose} has @value, @language and @direction only`,
      ),
    ),
  ],
]

/** Of presentations: what is not verified otherwise. */
export const OF_PRESENTATIONS: readonly Rules[] = [
  ['4.3', 'A presentation includes @context', 'a presentation has a @context'],
  [
    '4.3',
    'Its @context is an ordered set that begins with that of VCDM 2.0',
    'the @context of a presentation is an ordered set that begins with that of VCDM 2.0',
  ],
  [
    '4.3',
    'Its further items are URLs or JSON-LD contexts',
    'further contexts of a presentation are URLs or contexts',
  ],
  [
    '4.12',
    'An embedded proof of a presentation has a type',
    'the proof of a presentation is one or more objects with their type',
  ],
  ['4.13', 'The id of a presentation, if any, is a URL', 'the id of a presentation is a URL (section 4.4)'],
  [
    '4.13',
    'The type of a presentation contains VerifiablePresentation',
    'a presentation has the type VerifiablePresentation (section 4.5)',
  ],
  [
    '4.13',
    'verifiableCredential holds no values that are no objects',
    'verifiableCredential holds objects, no strings, numbers or URLs',
  ],
  [
    '4.13',
    'verifiableCredential holds verifiable or enveloped credentials',
    'each verifiableCredential is a verifiable credential',
  ],
  ['4.13', 'A holder is a URL, or an object with an id', 'a holder is a URL, or an object whose id is one'],
  [
    '4.13',
    'With a credential that only the presentation secures there is a holder',
    'with a credential that only its own proof secures, a presentation has a holder',
  ],
  [
    '4.13',
    'The issuer of such a credential is the holder',
    'the issuer of a credential that only the presentation secures is its holder',
  ],
  [
    '4.13',
    'An enveloped credential has the base context',
    'the envelope of a credential has a @context with that of VCDM 2.0',
  ],
  [
    '4.13',
    'The id of an enveloped credential is a data: URL',
    'the id of the envelope of a credential is a data: URL',
  ],
  [
    '4.13',
    'The type of an enveloped credential says so',
    'the type of the envelope of a credential says so, and nothing else',
  ],
  [
    '4.13',
    'An enveloped presentation has the base context',
    'the envelope of a presentation has a @context with that of VCDM 2.0',
  ],
  [
    '4.13',
    'The id of an enveloped presentation is a data: URL',
    'the id of the envelope of a presentation is a data: URL',
  ],
  [
    '4.13',
    'The type of an enveloped presentation says so',
    'the type of the envelope of a presentation says so, and nothing else',
  ],
  [
    '5.4',
    'refreshService of a presentation has a type',
    'refreshService of a presentation is one object or more with their type',
  ],
  [
    '5.5',
    'termsOfUse of a presentation has a type',
    'termsOfUse of a presentation is one object or more with their type',
  ],
]
