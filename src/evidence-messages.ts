/** Titles of problems with evidence, by code. */
export const EVIDENCE_PROBLEMS = {
  'evidence-slot-full': {
    en: 'This place holds {max} files already; delete one first',
    fr: 'Cet emplacement contient déjà {max} fichiers ; supprimez-en un d’abord',
  },
  'evidence-total': {
    en: 'The files of a request may have {max} MB in all',
    fr: 'Les fichiers d’une demande ne peuvent pas dépasser {max} Mo en tout',
  },
  'upload-offset': {
    en: 'The next part must begin at byte {received}',
    fr: 'La partie suivante doit commencer à l’octet {received}',
  },
} as const

/** Faults of files that are handed in, by code. */
export const EVIDENCE_FAULTS = {
  'evidence-empty': {
    en: 'is empty: the body must be a file',
    fr: 'est vide : le contenu doit être un fichier',
  },
  'evidence-type': {
    en: 'is not a kind of file that is taken here ({types})',
    fr: 'n’est pas d’un type accepté ici ({types})',
  },
  'evidence-broken': {
    en: 'is damaged: it cannot be read as {type}',
    fr: 'est endommagé : il est illisible en tant que {type}',
  },
  'evidence-infected': {
    en: 'holds harmful software, the scanner says',
    fr: 'contient un logiciel malveillant selon l’antivirus',
  },
  'evidence-one-file': {
    en: 'must be one file and nothing else',
    fr: 'doit être un seul fichier et rien d’autre',
  },
  'content-range': {
    en: 'must be of the form “bytes 0-1048575/5242880” and fit the body, which is not multipart',
    fr: 'doit être de la forme « bytes 0-1048575/5242880 » et correspondre au contenu, qui n’est pas en multipart',
  },
  'upload-parts': {
    en: 'more than {max} parts: send larger ones',
    fr: 'plus de {max} parties : envoyez-en de plus grandes',
  },
} as const
