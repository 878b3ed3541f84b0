import type { Text } from '../messages.ts'

/** Why a badge fits a wallet or does not, by code, for people who make badges: what is so, and what to do. */
export const REASONS = {
  'sample-fails': {
    en: 'A sample credential of this badge does not hold in the form {format}. Show this answer, all of it, to whoever runs the service.',
    fr: 'Un exemplaire d’essai de ce badge ne se vérifie pas au format {format}. Montrez cette réponse, en entier, à la personne qui gère le service.',
  },
  'too-many-parts': {
    en: 'The badge has too many parts (more than {max}) to be checked in good time. Take out alignments, results or levels.',
    fr: 'Le badge compte trop d’éléments (plus de {max}) pour être vérifié en un temps raisonnable. Retirez des référentiels, des résultats ou des niveaux.',
  },
  'no-key': {
    en: 'The issuer has no {algorithm} key that can sign now. Make new keys, or ask whoever runs the service.',
    fr: 'L’émetteur n’a pas de clé {algorithm} utilisable pour signer. Créez de nouvelles clés, ou adressez-vous à la personne qui gère le service.',
  },
  'jwt-key-elsewhere': {
    en: 'The issuer is known by a single key (did:key), and another one signs the form {format}: the wallet cannot find it. Use an issuer that is bound to your domain (did:web).',
    fr: 'L’émetteur n’est désigné que par une clé (did:key), et c’est une autre qui signe le format {format} : le portefeuille ne la trouvera pas. Utilisez un émetteur rattaché à votre domaine (did:web).',
  },
  'origin-local': {
    en: 'Nobody else can reach the address of the service ({origin}). Whoever runs it has to give it a public one, in https (the setting PUBLIC_URL).',
    fr: 'L’adresse du service ({origin}) n’est accessible à personne d’autre. La personne qui le gère doit lui en donner une publique, en https (réglage PUBLIC_URL).',
  },
  'origin-http': {
    en: 'The address of the service is not in https ({origin}): wallets refuse it. Whoever runs the service has to give it one in https (the setting PUBLIC_URL).',
    fr: 'L’adresse du service n’est pas en https ({origin}) : les portefeuilles la refusent. La personne qui gère le service doit lui en donner une en https (réglage PUBLIC_URL).',
  },
  'origin-ip': {
    en: 'The address of the service is an IP address ({origin}), to which no issuer of the kind did:web can be bound. Whoever runs the service has to give it a domain name (the setting PUBLIC_URL).',
    fr: 'L’adresse du service est une adresse IP ({origin}), à laquelle un émetteur de type did:web ne peut pas être rattaché. La personne qui gère le service doit lui donner un nom de domaine (réglage PUBLIC_URL).',
  },
  'origin-port': {
    en: 'The address of the service has a port ({origin}): some verifiers then fail to find an issuer that is bound to it (did:web). Without a port nothing can go wrong there.',
    fr: 'L’adresse du service comporte un port ({origin}) : certains vérificateurs ne savent pas trouver un émetteur qui y est rattaché (did:web). Sans port, rien à craindre.',
  },
  'did-document-large': {
    en: 'The document that publishes the issuer’s keys has {bytes} bytes; this wallet reads {max} at most. It has too many retired keys: use a new issuer.',
    fr: 'Le document qui publie les clés de l’émetteur pèse {bytes} octets ; ce portefeuille en lit {max} au plus. Il contient trop d’anciennes clés : utilisez un nouvel émetteur.',
  },
  'older-proof': {
    en: 'The issuer signs in an older way (Ed25519Signature2020), which is no longer in the standard’s certification. Whoever runs the service can change that (set the issuer’s proofSuite to eddsa-rdfc-2022).',
    fr: 'L’émetteur signe par un procédé ancien (Ed25519Signature2020), qui ne fait plus partie de la certification de la norme. La personne qui gère le service peut en changer (réglage proofSuite de l’émetteur : eddsa-rdfc-2022).',
  },
  'issuer-unnamed': {
    en: 'The issuer is known by a single key (did:key): verifiers can tell that the badge is unaltered, not who is behind it, and the key can never be changed. An issuer that is bound to your domain (did:web) can be recognised.',
    fr: 'L’émetteur n’est désigné que par une clé (did:key) : on peut vérifier que le badge est intact, pas qui l’a signé, et cette clé ne pourra jamais changer. Un émetteur rattaché à votre domaine (did:web) est reconnaissable.',
  },
  'image-none': {
    en: 'The badge has no image: nothing, or a plain drawing, is shown in its place. Add a PNG image.',
    fr: 'Le badge n’a pas d’image : rien, ou un dessin neutre, s’affiche à sa place. Ajoutez une image PNG.',
  },
  'image-lost': {
    en: 'The image of the badge is missing from the storage of the service. Send it again.',
    fr: 'L’image du badge a disparu du stockage du service. Envoyez-la de nouveau.',
  },
  'image-svg': {
    en: 'The image is an SVG, which this wallet does not draw. Add a PNG image instead.',
    fr: 'L’image est un SVG, que ce portefeuille n’affiche pas. Ajoutez plutôt une image PNG.',
  },
  'image-svg-doubtful': {
    en: 'The image is an SVG: on phones it may not be drawn. A PNG image is drawn everywhere.',
    fr: 'L’image est un SVG : sur téléphone, elle pourrait ne pas s’afficher. Une image PNG s’affiche partout.',
  },
  'image-heavy': {
    en: 'The image is {kilobytes} KB ({width} × {height} pixels): it is slow to show, and every picture with the badge inside weighs as much. 600 × 600 pixels are enough.',
    fr: 'L’image pèse {kilobytes} Ko ({width} × {height} pixels) : elle est lente à afficher, et chaque image contenant le badge pèse autant. 600 × 600 pixels suffisent.',
  },
  'image-small': {
    en: 'The image has only {width} × {height} pixels: it will look blurred. Add one of 600 × 600 pixels.',
    fr: 'L’image ne fait que {width} × {height} pixels : elle sera floue. Ajoutez-en une de 600 × 600 pixels.',
  },
  'credential-large': {
    en: 'A credential of this badge is {kilobytes} KB: it may be slow on a phone. Shorter texts and fewer alignments make it lighter.',
    fr: 'Une attestation de ce badge pèse {kilobytes} Ko : elle peut être lente sur un téléphone. Des textes plus courts et moins de référentiels l’allègent.',
  },
  'name-long': {
    en: 'The name has {length} characters: it may be cut short in lists. Up to {max} are safe.',
    fr: 'Le nom compte {length} caractères : il risque d’être coupé dans les listes. Jusqu’à {max}, rien à craindre.',
  },
  'criteria-elsewhere': {
    en: 'The criteria are on a web page only: wallets show no more than its address. Write them in the badge itself too.',
    fr: 'Les critères ne sont que sur une page web : les portefeuilles n’en montrent que l’adresse. Écrivez-les aussi dans le badge lui-même.',
  },
  'type-of-your-own': {
    en: 'The type {type} is your own: it is shown as it is, or not at all.',
    fr: 'Le type {type} vous est propre : il s’affiche tel quel, ou pas du tout.',
  },
  'pages-in-french': {
    en: 'The badge is in another language ({language}): the page where it is collected, and the mails, are in French or English.',
    fr: 'Le badge est dans une autre langue ({language}) : la page pour le récupérer et les e-mails sont en français ou en anglais.',
  },
  'not-published': {
    en: 'The badge is a draft: this is how it will be once you publish it.',
    fr: 'Le badge est un brouillon : voici ce qu’il en sera une fois publié.',
  },
  archived: {
    en: 'The badge is archived: this holds for those who have it, and it is awarded no more.',
    fr: 'Le badge est archivé : ceci vaut pour les personnes qui l’ont déjà, et il n’est plus attribué.',
  },
  'bound-by-link': {
    en: 'The badge is bound to a wallet, and this one keeps such a badge only by its own link (“Learner Credential Wallet” on the page where the badge is collected), not by the QR code.',
    fr: 'Le badge est lié à un portefeuille, et celui-ci ne le garde que par le lien qui lui est propre (« Learner Credential Wallet » sur la page de récupération), pas par le code QR.',
  },
  'not-in-registry': {
    en: 'It keeps the badge, but says that it does not know the issuer, unless the issuer is in the registry of the Digital Credentials Consortium.',
    fr: 'Il accepte le badge, mais dit ne pas connaître l’émetteur, sauf si celui-ci est inscrit au registre du Digital Credentials Consortium.',
  },
  'scan-only': {
    en: 'It opens no link: the person scans the QR code.',
    fr: 'Il n’ouvre aucun lien : la personne scanne le code QR.',
  },
  'same-address': {
    en: 'The person must use the e-mail address to which the badge was awarded.',
    fr: 'La personne doit y utiliser l’adresse e-mail à laquelle le badge a été attribué.',
  },
  'link-only': {
    en: 'It keeps a link and the name of the badge, not the credential.',
    fr: 'Il garde un lien et le nom du badge, pas l’attestation elle-même.',
  },
  unconfirmed: {
    en: 'By what its makers write: it was not tried with their software.',
    fr: 'D’après la documentation de ses auteurs : l’essai n’a pas été fait avec leur logiciel.',
  },
  'sealed-only': {
    en: 'It takes European Digital Credentials with a qualified seal only. The badge can be attached as a file, not deposited.',
    fr: 'Il n’accepte que les attestations européennes (EDC) munies d’un cachet qualifié. Le badge peut y être joint comme fichier, pas déposé.',
  },
  'sd-jwt-only': {
    en: 'They take the forms dc+sd-jwt and mso_mdoc only, which are not made here.',
    fr: 'Ils n’acceptent que les formats dc+sd-jwt et mso_mdoc, que le service ne produit pas.',
  },
  'passes-only': {
    en: 'They keep tickets and cards, not Open Badges.',
    fr: 'Ils gardent des billets et des cartes, pas des Open Badges.',
  },
} as const satisfies Record<string, Text>

/** What a family says of a reason that is told above all of them. */
export const AS_TOLD_ABOVE = {
  en: 'The address of the service: see above.',
  fr: 'L’adresse du service : voir plus haut.',
} as const satisfies Text

export type ReasonCode = keyof typeof REASONS
