import { Invalid } from '../../errors.ts'
import { LIMITS } from './limits.ts'
import type { ListColumn, ListField } from './list-row.ts'

/** Headings that people write, French and English, as `plain` leaves them. */
const HEADINGS: Readonly<Record<ListField, string>> = {
  email:
    'email mail courriel mel adressemail adresseemail adressecourriel adresseelectronique adressedemessagerie ' +
    'adressemailpro emailpro mailpro courrielprofessionnel emailprofessionnel emailaddress mailaddress ' +
    'recipientemail',
  did: 'did recipientdid decentralizedidentifier identifiantdecentralise',
  identifier: 'identifiant identifier matricule id recipientidentifier numero',
  name: 'nometprenom nomprenom prenometnom prenomnom nomcomplet nomsetprenoms fullname displayname recipientname participant',
  firstName: 'prenom prenoms firstname givenname forename',
  lastName: 'nomdefamille nomusuel nomdusage lastname surname familyname',
  structure:
    'structure organisation organization organisme employeur employer siae company entreprise association societe',
  awardedDate:
    'date datedeparticipation datedepresence datepresence awardeddate dateawarded awardedon datedobtention datedattribution datedelevenement ' +
    'obtenule',
  validUntil:
    'validuntil valablejusquau valablejusqua valablejusque validejusquau valideau datedexpiration expiration ' +
    'datedefindevalidite expires expiresat expirydate expirationdate',
  narrative: 'narrative commentaire commentaires comment description',
  evidenceUrl:
    'evidence evidenceurl evidencelink preuve preuves lien lienpreuve liendelapreuve liendepreuve urldelapreuve ' +
    'urldepreuve preuveurl url link',
}

const FIELD_BY_HEADING: ReadonlyMap<string, ListField> = new Map(
  Object.entries(HEADINGS).flatMap(([field, headings]) =>
    headings.split(' ').map((heading) => [heading, field as ListField] as const),
  ),
)

/** Headings that are the surname beside a first name, and else the whole name. */
const NAMES = ['nom', 'name', 'recipientname']

/** @throws Invalid when a heading is too long */
export function assertHeadingLengths(headings: readonly string[]): void {
  const max = LIMITS.headingLength
  if (headings.some((heading) => heading.length > max))
    throw new Invalid({ path: '', code: 'list-heading-too-long', params: { max } })
}

/** What each column holds. Of two columns for one field the first holds it, the other is the caller's own. */
export function mapColumns(headings: readonly string[]): ListColumn[] {
  const words = headings.map(plain)
  const has = (field: ListField) => words.some((word) => FIELD_BY_HEADING.get(word) === field)
  const nameIsSurname = has('firstName') && !has('lastName')
  const taken = new Set<ListField>()
  return headings.map((heading, i) => {
    const isName = NAMES.includes(words[i]!)
    const field = isName ? (nameIsSurname ? 'lastName' : 'name') : FIELD_BY_HEADING.get(words[i]!)
    if (field === undefined || taken.has(field)) return { heading, field: null }
    taken.add(field)
    return { heading, field }
  })
}

/** Is there a column that says who a row is about? */
export function namesRecipient(columns: readonly ListColumn[]): boolean {
  return columns.some(({ field }) => field === 'email' || field === 'did' || field === 'identifier')
}

/** Headings that tell columns apart: an empty one is `#3`, a second `Date` is `Date (2)`. */
export function distinctHeadings(headings: readonly string[]): string[] {
  const seen = new Set<string>()
  return headings.map((text, i) => {
    const heading = text.trim() || `#${i + 1}`
    let distinct = heading
    for (let n = 2; seen.has(distinct); n++) distinct = `${heading} (${n})`
    seen.add(distinct)
    return distinct
  })
}

/** Letters and digits alone, lower case, without accents. */
function plain(heading: string): string {
  return heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
}
