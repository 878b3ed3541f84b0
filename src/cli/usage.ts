import type { Text } from '../messages.ts'

/** What the command says of itself. */
export const USAGE: Text = {
  en: `Issues a badge to everyone on a list, through an Écusson service that is started.

  npx ecusson issue LIST.csv --badge SLUG_OR_ID --url ADDRESS --key KEY

  --badge SLUG_OR_ID        the badge class, published
  --issuer SLUG             whose badge it is; needed only where the key sees several issuers
  --url ADDRESS             where the service is, such as https://badges.example.org (or ECUSSON_URL)
  --key KEY                 an API key with the scopes batches:write and issuer:read (or ECUSSON_KEY)
  --key-file FILE           the same, in a file
  --event-name TEXT         the event; it will stand on each credential
  --event-date DAY          or --event-start DAY --event-end DAY; 2026-10-15
  --event-place TEXT  --event-url ADDRESS
  --disclose-name           put the names of the people into their credentials
  --no-mail                 write to nobody; otherwise each person gets a link to collect the badge by mail
  --dry-run                 only check the list
  --report FILE             write what became of each row, as CSV
  --lang en|fr              the language of these messages; without it, that of LANG

The list is CSV with a line of headings (one of them for the e-mail addresses), or JSON {"rows": […]}.
People who hold the badge already are left alone: the same list can be issued again.

Exit status: 0 everyone on the list has the badge (--dry-run: or could have it); 1 some rows could not be issued,
and are listed, or their fate is not known; 2 nothing was done; 130 interrupted.`,
  fr: `Délivre un badge à toutes les personnes d’une liste, au moyen d’un service Écusson démarré.

  npx ecusson issue LISTE.csv --badge NOM_OU_ID --url ADRESSE --key CLÉ

  --badge NOM_OU_ID         le badge, publié : son nom court (slug) ou son identifiant
  --issuer NOM              son émetteur ; nécessaire seulement si la clé en voit plusieurs
  --url ADRESSE             où est le service, par exemple https://badges.example.org (ou ECUSSON_URL)
  --key CLÉ                 une clé d’API avec les droits batches:write et issuer:read (ou ECUSSON_KEY)
  --key-file FICHIER        la même, dans un fichier
  --event-name TEXTE        l’événement ; il figurera sur chaque attestation
  --event-date JOUR         ou --event-start JOUR --event-end JOUR ; 2026-10-15
  --event-place TEXTE  --event-url ADRESSE
  --disclose-name           mettre le nom des personnes dans leur attestation
  --no-mail                 n’écrire à personne ; sinon chaque personne reçoit par courriel le lien vers son badge
  --dry-run                 vérifier la liste, sans plus
  --report FICHIER          écrire ce qu’est devenue chaque ligne, en CSV
  --lang en|fr              la langue de ces messages ; sinon celle de LANG

La liste est en CSV avec une ligne d’en-têtes (dont un pour les adresses e-mail), ou en JSON {"rows": […]}.
Qui a déjà le badge n’en reçoit pas un second : on peut délivrer la même liste de nouveau.

Code de retour : 0 toutes les personnes de la liste ont le badge (--dry-run : ou peuvent l’avoir) ; 1 des lignes
n’ont pas abouti, et sont nommées, ou leur sort n’est pas connu ; 2 rien n’a été fait ; 130 interrompu.`,
}
