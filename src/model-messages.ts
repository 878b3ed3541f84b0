/** What breaks the data model of verifiable credentials, by code: what the value at the fault's path lacks. */
export const MODEL_FAULTS = {
  'model-required': { en: 'is missing', fr: 'est manquant' },
  'model-object': { en: 'must be a JSON object', fr: 'doit être un objet JSON' },
  'model-list-empty': {
    en: 'is an empty list: leave the member out, or name at least one',
    fr: 'est une liste vide : omettez ce membre, ou donnez-en au moins un élément',
  },
  'model-url': {
    en: 'must be a single absolute URL, such as https://…, did:… or urn:uuid:…',
    fr: 'doit être une seule URL absolue, comme https://…, did:… ou urn:uuid:…',
  },
  'model-party': {
    en: 'must be an absolute URL, or an object whose “id” is one',
    fr: 'doit être une URL absolue, ou un objet dont « id » en est une',
  },
  'model-context-list': {
    en: 'must be a list of contexts',
    fr: 'doit être une liste de contextes',
  },
  'model-context-first': {
    en: 'must be https://www.w3.org/ns/credentials/v2, as the first context of the list',
    fr: 'doit être https://www.w3.org/ns/credentials/v2, le premier contexte de la liste',
  },
  'model-context-item': {
    en: 'must be the absolute URL of a context, or a context itself',
    fr: 'doit être l’URL absolue d’un contexte, ou un contexte lui-même',
  },
  'model-context-twice': {
    en: 'names a context that stands in the list already',
    fr: 'nomme un contexte qui figure déjà dans la liste',
  },
  'model-context-term': {
    en: 'is no JSON-LD context: it gives a term something other than an address',
    fr: 'n’est pas un contexte JSON-LD : il donne à un terme autre chose qu’une adresse',
  },
  'model-type': {
    en: 'must be one or more terms or absolute URLs',
    fr: 'doit être un ou plusieurs termes ou URL absolues',
  },
  'model-type-credential': {
    en: 'must contain VerifiableCredential',
    fr: 'doit contenir VerifiableCredential',
  },
  'model-type-presentation': {
    en: 'must contain VerifiablePresentation',
    fr: 'doit contenir VerifiablePresentation',
  },
  'model-text': {
    en: 'must be a text, or an object with “@value” and “@language”, or a list of these',
    fr: 'doit être un texte, ou un objet avec « @value » et « @language », ou une liste de ceux-ci',
  },
  'model-text-value': {
    en: 'must be the text itself',
    fr: 'doit être le texte lui-même',
  },
  'model-text-member': {
    en: 'may hold “@value”, “@language” and “@direction” only',
    fr: 'ne peut contenir que « @value », « @language » et « @direction »',
  },
  'model-language': {
    en: 'must be a language tag, such as fr or en-GB (BCP 47)',
    fr: 'doit être un code de langue, comme fr ou en-GB (BCP 47)',
  },
  'model-direction': {
    en: 'must be ltr or rtl',
    fr: 'doit être ltr ou rtl',
  },
  'model-subject-empty': {
    en: 'says nothing: a subject needs at least one claim',
    fr: 'ne dit rien : un sujet a besoin d’au moins une affirmation',
  },
  'model-date': {
    en: 'must be a date and time with a time zone, such as 2026-10-15T14:00:00Z',
    fr: 'doit être une date et une heure avec un fuseau horaire, comme 2026-10-15T14:00:00Z',
  },
  'model-date-1': {
    en: 'must be a date and time, such as 2026-10-15T14:00:00Z',
    fr: 'doit être une date et une heure, comme 2026-10-15T14:00:00Z',
  },
  'model-dates-order': {
    en: 'is before “validFrom”',
    fr: 'est antérieur à « validFrom »',
  },
  'model-resource-twice': {
    en: 'is the resource of an earlier object in the list',
    fr: 'désigne la ressource d’un objet précédent de la liste',
  },
  'model-digest-missing': {
    en: 'needs “digestSRI” or “digestMultibase”',
    fr: 'doit avoir « digestSRI » ou « digestMultibase »',
  },
  'model-digest-sri': {
    en: 'must be a digest as of Subresource Integrity, such as sha384-…',
    fr: 'doit être une empreinte au format Subresource Integrity, comme sha384-…',
  },
  'model-digest-multibase': {
    en: 'must be a digest in Multibase, in base64url (u…) or base58 (z…)',
    fr: 'doit être une empreinte en Multibase, en base64url (u…) ou en base58 (z…)',
  },
  'model-media-type': {
    en: 'must be a media type, such as application/json',
    fr: 'doit être un type de média, comme application/json',
  },
  'model-data-url': {
    en: 'must be a data: URL with a media type and the secured document',
    fr: 'doit être une URL data: avec un type de média et le document sécurisé',
  },
  'model-enveloped-context': {
    en: 'must contain https://www.w3.org/ns/credentials/v2',
    fr: 'doit contenir https://www.w3.org/ns/credentials/v2',
  },
  'model-enveloped-type': {
    en: 'must be the type of an enveloped document and no other',
    fr: 'doit être le type d’un document sous enveloppe, sans aucun autre',
  },
  'model-holder-missing': {
    en: 'is missing: the presentation holds a credential without a proof of its own',
    fr: 'est manquant : la présentation contient une attestation sans signature propre',
  },
  'model-holder-other': {
    en: 'must be the holder of the presentation, since the credential has no proof of its own',
    fr: 'doit être le porteur de la présentation, puisque l’attestation n’a pas de signature propre',
  },
  'model-status-purpose': {
    en: 'must be a text that says what the bit means, such as revocation',
    fr: 'doit être un texte qui dit ce que le bit signifie, comme revocation',
  },
  'model-status-index': {
    en: 'must be a whole number from 0, written as a text',
    fr: 'doit être un nombre entier à partir de 0, écrit comme un texte',
  },
  'model-status-size': {
    en: 'must be a whole number of bits, 1 or more',
    fr: 'doit être un nombre entier de bits, 1 au moins',
  },
  'model-status-id': {
    en: 'must not be the URL of the status list: that one is named by “statusListCredential”',
    fr: 'ne doit pas être l’URL de la liste de statuts, que désigne déjà « statusListCredential »',
  },
  'model-status-messages': {
    en: 'must be a list of objects with a “status”, such as 0x1, and a “message”',
    fr: 'doit être une liste d’objets avec un « status », comme 0x1, et un « message »',
  },
  'model-status-messages-count': {
    en: 'must have one message for each value that “statusSize” bits can have: 2 for 1 bit, 4 for 2 bits',
    fr: 'doit comporter un message pour chaque valeur possible selon « statusSize » : 2 pour 1 bit, 4 pour 2 bits',
  },
} as const

export type ModelCode = keyof typeof MODEL_FAULTS
