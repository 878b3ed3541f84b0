const FIRST_NAMES =
  'Aïcha Amélie André Angélique Anaïs Benoît Cécile Chloé Clémence Dorothée Émile Élodie Étienne François Françoise Frédéric Gaëlle Geneviève Gérard Hélène Inès Irène Jérôme Joël José Kévin Léa Loïc Maël Maïté Marie-Thérèse Mélanie Moussa Nadège Noé Océane Raphaël Régis Rémi René Séverine Stéphane Théo Thérèse Valérie Véronique Yaël Zoé'.split(
    ' ',
  )
const LAST_NAMES =
  'Aubépine Bélanger Benhaddou Béranger Besançon Carré Château Côté Crémieux Dégât Desprès Diallo Dupré Élias Fauché Février Garçon Gérard Guénolé Hébert Héritier Ibáñez Jégou Kéita Lacôte Lefèvre Lemaître Lévêque Maréchal Ménard Mérieux Néel Noël Péchard Pénélon Préfontaine Quéré Rémond Rézé Sénéchal Séguin Théâtre Traoré Trémeau Valéry Vénitien Ximénès Zoïa'.split(
    ' ',
  )
const STRUCTURES = [
  'Régie de quartier « Les Épinettes »',
  'Chantier d’insertion du Pré-Saint-Gervais',
  'Entr’aide & Compétences',
  'Atelier de l’Île; Évry',
]

/**
 * An attendance list as a French spreadsheet saves it: UTF-8, semicolons, a few quoted fields.
 * @param list tells this list's people from those of every other list
 */
export function attendanceList(rows: number, list: string): Buffer {
  const lines = ['Prénom;Nom;Adresse mail;Structure']
  for (let row = 0; row < rows; row++) {
    const firstName = FIRST_NAMES[row % FIRST_NAMES.length]!
    const lastName = LAST_NAMES[Math.floor(row / FIRST_NAMES.length) % LAST_NAMES.length]!
    const structure = STRUCTURES[row % STRUCTURES.length]!
    const field = structure.includes(';') ? `"${structure}"` : structure
    lines.push(
      `${firstName};${lastName};${ascii(firstName)}.${ascii(lastName)}.${list}-${row}@exemple.org;${field}`,
    )
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`)
}

function ascii(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^a-z]/gi, '')
    .toLowerCase()
}
