/** What an image is not accepted for, by code. */
export const IMAGE_FAULTS = {
  'not-an-image': { en: 'is neither a PNG nor an SVG image', fr: 'n’est ni une image PNG ni une image SVG' },
  'png-broken': { en: 'is no readable PNG: {why}', fr: 'n’est pas un PNG lisible : {why}' },
  'image-pixels': {
    en: 'is larger than {max} by {max} pixels',
    fr: 'dépasse {max} pixels de côté',
  },
  'svg-broken': { en: 'is no well-formed SVG: {why}', fr: 'n’est pas un SVG bien formé : {why}' },
  'svg-element': {
    en: 'holds what an SVG here may not: {name}',
    fr: 'contient un élément interdit : {name}',
  },
  'svg-attribute': {
    en: 'holds what an SVG here may not: the attribute {name}',
    fr: 'contient un attribut interdit : {name}',
  },
  'svg-attribute-reference': {
    en: 'holds what an SVG here may not: the attribute {name} with a reference',
    fr: 'contient une référence interdite dans l’attribut {name}',
  },
  'svg-link': {
    en: 'holds what an SVG here may not: a reference to {target}',
    fr: 'contient un renvoi interdit vers {target}',
  },
  'svg-style-reference': {
    en: 'holds what an SVG here may not: <style> with a reference',
    fr: 'contient une référence interdite dans <style>',
  },
  'svg-style-elements': {
    en: 'holds what an SVG here may not: <style> with elements inside',
    fr: 'contient des éléments à l’intérieur de <style>',
  },
  'svg-levels': { en: 'has more than {max} levels', fr: 'a plus de {max} niveaux' },
  'svg-attributes': {
    en: 'has an element with more than {max} attributes',
    fr: 'a un élément de plus de {max} attributs',
  },
  'svg-namespaces': { en: 'has too many namespaces', fr: 'a trop d’espaces de noms' },
  'svg-references': { en: 'has too many references', fr: 'a trop de renvois' },
} as const
